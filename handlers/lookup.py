"""`/advocates …`: a private, paged answer, and one advocate's card. The search is in steps.lookup."""

from typing import Any

import structlog
from slack_bolt.context.respond.async_respond import AsyncRespond

from domain.messages import Rendered
from domain.offers import Answer
from domain.slack_text import plain
from handlers.act import Act, Meta
from handlers.answering import answered
from handlers.house import House
from handlers.switchboard import Switchboard
from steps import contacts, lookup, portraits, saved_searches
from storage.database import DatabaseBusyError
from views import lookup as view
from views import portrait as portrait_view
from views import refining
from views import review as review_view
from views import searches as searches_view
from views.ids import Action, Callback

LONGEST_QUERY = 40_000
"""Characters of a query that are looked at: as many as Slack's longest message has."""

log = structlog.get_logger(__name__)


def register(board: Switchboard, house: House) -> None:
    """Listen to look-ups."""
    board.action(Action.PAGE.value)(answered(house, turn_page))
    board.action(Action.PAGE_BACK.value)(answered(house, turn_page))
    board.action(Action.LOOK_UP.value)(answered(house, open_query))
    board.action(Action.REFINE.value)(answered(house, open_refining))
    board.view(Callback.LOOK_UP.value)(answered(house, look_up_from_form))
    board.action(Action.SAVE_SEARCH.value)(answered(house, save_search))
    board.action(Action.STOP_SEARCH.value)(answered(house, stop_search))
    board.action(Action.SEARCHES.value)(answered(house, open_searches))
    board.action(Action.STOP_LISTED.value)(answered(house, stop_listed))
    board.action(Action.CARD.value)(answered(house, open_card))
    board.action(Action.ADVOCATE_CONTACT.value)(answered(house, show_contact))


async def look_up(act: Act) -> None:
    """The command: an answer that only the asker sees."""
    await act.args.ack()
    found = await answer_to(act, plain(act.body.get("text") or ""))
    message = view.answer(found)
    await act.args.respond(text=message.text, blocks=message.blocks, response_type="ephemeral")
    await noted(act, found)


async def answer_to(act: Act, typed: str, page: int = 0) -> Answer:
    """One page of those who fit."""
    return await act.read(lookup.look_up, typed[:LONGEST_QUERY], page)


async def noted(act: Act, found: Answer) -> None:
    """Remember what was looked for. The asker has the answer already, so nothing here may reach them."""
    try:
        await act.run(lookup.note, found)
    except DatabaseBusyError:
        log.info("look-up not noted")


async def turn_page(act: Act) -> None:
    """The next or previous five, in the place of these."""
    await act.args.ack()
    wanted = act.value_as(Meta.of)
    await put_in_place(act, view.answer(await answer_to(act, wanted.text("q"), wanted.number("p"))))


async def put_in_place(act: Act, message: Rendered) -> None:
    """An answer in the place of the one whose button was pressed."""
    if act.view:
        await act.update(act.view_id, view.in_modal(message))
    else:
        await act.args.respond(text=message.text, blocks=message.blocks, replace_original=True)


async def open_query(act: Act) -> None:
    """From Home or a button: what are you looking for?"""
    await act.args.ack()
    await _open_form(act, "", {})


async def open_refining(act: Act) -> None:
    """The same form with what was looked for; its answer goes where this one stands."""
    await act.args.ack()
    where = {"below": act.view_id} if act.view else {"url": act.args.context.response_url or ""}
    await _open_form(act, act.value_as(Meta.of).text("q"), where)


async def _open_form(act: Act, line: str, where: dict[str, str]) -> None:
    async def make() -> dict[str, Any]:
        return refining.query_form(await act.read(lookup.refine, line), where)

    await act.show("Look up advocates", make)


async def look_up_from_form(act: Act) -> None:
    """The question was sent: the answer takes the form's place, or that of the answer it was opened from."""
    where = act.meta
    found = await answer_to(act, act.typed_as(refining.query_from))
    message = view.answer(found)
    if where.get("below"):
        await act.args.ack()
        await act.update(where.text("below"), view.in_modal(message))
    elif where.get("url"):
        await act.args.ack()
        await _replace(act, where.text("url"), message)
    else:
        await act.args.ack(response_action="update", view=view.in_modal(message))
    await noted(act, found)


async def _replace(act: Act, url: str, message: Rendered) -> None:
    """Put an answer in the place of an earlier one; where that can be changed no more, send it as a direct message."""
    client = act.args.client
    respond = AsyncRespond(response_url=url, proxy=client.proxy, ssl=client.ssl)
    answer = await respond(text=message.text, blocks=message.blocks, replace_original=True)
    if answer.status_code != 200:
        await client.chat_postMessage(channel=act.user_id, text=message.text, blocks=message.blocks)


async def save_search(act: Act) -> None:
    """ "Tell me when there is one": the same answer, which now says so, or shows whoever fits by now."""
    await act.args.ack()
    line = act.value_as(Meta.of).text("q")
    await act.run(saved_searches.save, line)
    await put_in_place(act, view.answer(await answer_to(act, line)))


async def stop_search(act: Act) -> None:
    """ "Stop telling me", in an answer."""
    await act.args.ack()
    line = act.value_as(Meta.of).text("q")
    await act.run(saved_searches.stop, line)
    await put_in_place(act, view.answer(await answer_to(act, line)))


async def open_searches(act: Act) -> None:
    """Everything that this person waits for."""
    await act.args.ack()

    async def make() -> dict[str, Any]:
        return searches_view.waiting_for(await act.read(saved_searches.mine))

    await act.show("What I wait for", make)


async def stop_listed(act: Act) -> None:
    """One of them, in the list."""
    await act.args.ack()
    left = await act.run(saved_searches.stop_one, act.value)
    await act.update(act.view_id, searches_view.waiting_for(left))


async def open_card(act: Act) -> None:
    """One advocate's profile, as far as this person may see it."""
    await act.args.ack()

    async def make() -> dict[str, Any]:
        return portrait_view.portrait(await act.read(portraits.of_advocate, act.value))

    await act.show("Advocate", make)


async def show_contact(act: Act) -> None:
    """An advocate's email and phone, to whoever may see them."""
    await act.args.ack()

    async def make() -> dict[str, Any]:
        return review_view.contact_details(*await act.run(contacts.of_advocate, act.value))

    await act.show("Contact details", make)
