"""A program's meetings in Slack: the list, the form, and who came. Decides nothing; fields are named as in refusals."""

from domain.meetings import ABOUT_LIMIT, Count, Listed, Meeting, Somebody, State, Values
from views import blocks, inputs
from views.ids import Action, Callback
from views.text import Block, count, day, line

TITLE = "Meetings"
SHOWN = 40
"""Meetings in the list: two blocks each, of the hundred that a window holds."""

NONE_YET = (
    "No meeting is planned yet. A week before each one, Everboard tells the relationship owners, so that their "
    "customers know; afterwards it asks who came."
)
THESE, ALL_BUT = "these", "all_but"


def listed(found: Listed) -> Block:
    """A program's meetings, the latest day first."""
    new = blocks.button("Plan a meeting", Action.MEETING_NEW, found.mechanism_id, style="primary")
    content = [
        blocks.section(f"*{line(found.program, 100)}*: when it comes together, and who was there."),
        *blocks.actions([new] if found.is_open else []),
        blocks.divider(),
        *(block for one in found.meetings[:SHOWN] for block in _row(one, found)),
    ]
    if not found.meetings:
        content.append(blocks.section(NONE_YET if found.is_open else "There was no meeting."))
    if len(found.meetings) > SHOWN:
        content.append(blocks.context(f"And {count(len(found.meetings) - SHOWN, 'earlier one')}."))
    return blocks.modal(Callback.MEETINGS, TITLE, content, meta=found.mechanism_id)


def _row(one: Meeting, found: Listed) -> list[Block]:
    said = blocks.section(f"*{day(one.on)}*: {line(one.about, ABOUT_LIMIT)}\n{_stands(one, found)}")
    return [said, *blocks.actions(_buttons(one, found), f"meeting-{one.id}")]


def _stands(one: Meeting, found: Listed) -> str:
    match one.state:
        case State.CALLED_OFF:
            return "Called off."
        case State.COUNTED:
            return f":white_check_mark: {count(one.came, 'member')} came."
    return ":point_right: Who came?" if one.waits_for_count(found.today) else "Planned."


def _buttons(one: Meeting, found: Listed) -> list[Block]:
    if one.state is State.CALLED_OFF:
        return []
    row = []
    if one.on <= found.today:
        label = "Change who came" if one.state is State.COUNTED else "Note who came"
        style = None if one.state is State.COUNTED else "primary"
        spoken = f"{label}: {day(one.on)}"
        row.append(blocks.button(label, Action.MEETING_COUNT, one.id, style=style, spoken=spoken))
    if found.is_open:
        row.append(
            blocks.button("Change", Action.MEETING_CHANGE, one.id, spoken=f"Change the meeting of {day(one.on)}")
        )
    if one.on <= found.today:
        row.append(did_not_take_place(one))
    elif found.is_open:
        row.append(_call_off(one))
    return row


def _call_off(one: Meeting) -> Block:
    sure = blocks.confirm(
        "Call this meeting off?",
        "Relationship owners who were told of it hear that it does not take place. This can't be undone.",
        "Call it off",
        "Keep it",
        danger=True,
    )
    spoken = f"Call off the meeting of {day(one.on)}"
    return blocks.button("Call off", Action.MEETING_OFF, one.id, style="danger", spoken=spoken, confirm=sure)


def did_not_take_place(one: Meeting) -> Block:
    """The button for a day on which nobody came together."""
    sure = blocks.confirm(
        "It did not take place?",
        "It counts for nobody then. This can't be undone.",
        "It didn't",
        "Back",
        danger=True,
    )
    spoken = f"Did not take place: the meeting of {day(one.on)}"
    return blocks.button("Did not take place", Action.MEETING_OFF, one.id, spoken=spoken, confirm=sure)


def form(mechanism_id: str, one: Meeting | None) -> Block:
    """A meeting, new or to be changed."""
    hint = "A day that has passed is fine too: you can note who came."
    content = [
        inputs.field("on", "On what day?", inputs.day(one.on if one else None), hint=None if one else hint),
        inputs.field(
            "about",
            "What is it about?",
            inputs.text_input(one.about if one else None, most=ABOUT_LIMIT, placeholder="Such as: what we build next"),
            hint="Relationship owners read it, and tell their customers. Where it is fits in here too.",
        ),
    ]
    meta = blocks.metadata(
        {"program": mechanism_id, "id": one.id if one else None, "version": one.version if one else 0}
    )
    return blocks.modal(Callback.MEETING, "Meeting", content, submit="Save", meta=meta)


def values_from(typed: inputs.Typed) -> Values:
    """What was typed."""
    return Values(inputs.day_of(typed, "on"), inputs.text_of(typed, "about"))


def count_form(found: Count) -> Block:
    """Who was there?"""
    one = found.meeting
    choices = [inputs.option("Those I pick", THESE), inputs.option("Everybody but those I pick", ALL_BUT)]
    picked = [option(somebody) for somebody in found.picked]
    content = [
        blocks.section(f"*{line(one.program, 100)}*, {day(one.on)}\n{line(one.about, ABOUT_LIMIT)}"),
        *_too_many(found),
        inputs.field("how", "Who came?", inputs.radio(choices, ALL_BUT if found.all_but else THESE)),
        inputs.field(
            "who",
            "Members",
            inputs.search_many(Action.MEETING_MEMBER, picked, "Pick any number"),
            hint="Nobody picked is an answer too.",
            optional=True,
        ),
    ]
    meta = blocks.metadata({"program": one.mechanism_id, "id": one.id, "version": one.version})
    return blocks.modal(Callback.MEETING_COUNT, "Who came?", content, submit="Save", meta=meta)


def _too_many(found: Count) -> list[Block]:
    if found.picked or found.noted <= inputs.OPTIONS:
        return []
    said = f":warning: {count(found.noted, 'member is', 'members are')} noted, more than a form can show."
    return [blocks.section(f"{said} What you save takes the place of all of them.")]


def option(one: Somebody) -> Block:
    """Somebody to pick."""
    return inputs.option(f"{one.name}, {one.company}", one.member_id)


def count_from(typed: inputs.Typed) -> tuple[tuple[str, ...], bool]:
    """Who was picked, and whether everybody else is meant."""
    return inputs.choices_of(typed, "who"), inputs.choice_of(typed, "how") == ALL_BUT


def place_of(meta: str | None) -> tuple[str, str, int]:
    """Which program and meeting a form is about, and which version of it."""
    held = blocks.read_metadata(meta)
    version = held.get("version")
    return (
        str(held.get("program") or ""),
        str(held.get("id") or ""),
        version if isinstance(version, int) and 0 <= version <= blocks.MOST else 0,
    )
