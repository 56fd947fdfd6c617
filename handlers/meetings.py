"""A program's meetings in Slack: the list, the form, who came. The rules are in steps.meetings."""

from handlers.act import Act
from handlers.answering import Handler, answered
from handlers.house import House
from handlers.mechanisms import draw_below
from handlers.switchboard import Switchboard
from steps import meetings
from views import meetings as view
from views.ids import Action, Callback
from views.text import Block


def register(board: Switchboard, house: House) -> None:
    """Listen to the list, its forms, and the buttons of messages."""
    clicks: dict[Action, Handler] = {
        Action.MEETINGS: open_list,
        Action.MEETING_NEW: open_new,
        Action.MEETING_CHANGE: open_change,
        Action.MEETING_OFF: call_off,
        Action.MEETING_COUNT: open_count,
    }
    for action, handler in clicks.items():
        board.action(action.value)(answered(house, handler))
    board.options(Action.MEETING_MEMBER.value)(answered(house, suggest))
    board.view(Callback.MEETING.value)(answered(house, save))
    board.view(Callback.MEETING_COUNT.value)(answered(house, count))


async def open_list(act: Act) -> None:
    """When does it come together?"""
    await act.args.ack()

    async def make() -> Block:
        return view.listed(await act.read(meetings.listed, act.value))

    await act.show(view.TITLE, make)


async def open_new(act: Act) -> None:
    """One to plan: the form takes the list's place, for Slack shows no more than three windows on one another."""
    await act.args.ack()
    mechanism_id = act.value
    await act.update(act.view_id, view.form(mechanism_id, await act.read(meetings.begin, mechanism_id)))


async def open_change(act: Act) -> None:
    """One to change, in the list's place."""
    await act.args.ack()
    one = await act.read(meetings.draft, act.value)
    await act.update(act.view_id, view.form(one.mechanism_id, one))


async def save(act: Act) -> None:
    """Planned or changed: the list takes the form's place, and the program below is as it is now."""
    mechanism_id, meeting_id, version = act.kept_as(view.place_of)
    values = act.typed_as(view.values_from)
    if meeting_id:
        found = await act.run(meetings.change, meeting_id, values, version)
    else:
        receipt = f"{act.view_id}:{act.view.get('hash', '')}"
        found = await act.run(meetings.plan, mechanism_id, values, receipt)
    await act.args.ack(response_action="update", view=view.listed(found))
    await draw_below(act, found.mechanism_id)


async def call_off(act: Act) -> None:
    """It does not take place (the button has asked whether they are sure). In a message, it says so itself."""
    await act.args.ack()
    found = await act.run(meetings.call_off, act.value)
    if act.view:
        await act.update(act.view_id, view.listed(found))
        await draw_below(act, found.mechanism_id)


async def open_count(act: Act) -> None:
    """Who came? In the list's place, or over the message."""
    await act.args.ack()

    async def make() -> Block:
        return view.count_form(await act.read(meetings.count_form, act.value))

    if act.view:
        await act.update(act.view_id, await make())
    else:
        await act.show("Who came?", make)


async def suggest(act: Act) -> None:
    """Members, by what is typed."""
    _program, meeting_id, _version = act.kept_as(view.place_of)
    found = await act.read(meetings.suggest, meeting_id, act.body.get("value") or "")
    await act.args.ack(options=[view.option(one) for one in found])


async def count(act: Act) -> None:
    """Who came is noted; the list takes the form's place."""
    _program, meeting_id, version = act.kept_as(view.place_of)
    picked, all_but = act.typed_as(view.count_from)
    found = await act.run(meetings.count, meeting_id, picked, version, all_but=all_but)
    await act.args.ack(response_action="update", view=view.listed(found))
    await draw_below(act, found.mechanism_id)
