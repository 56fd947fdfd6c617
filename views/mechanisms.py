"""Programs in Slack: the list, one program with who is in it, and its form. Fields bear the names of refusals."""

from collections.abc import Iterator

from domain.mechanisms import (
    DRIVES,
    NAME_LIMIT,
    PURPOSE_LIMIT,
    TERMS,
    Draft,
    Kind,
    Listed,
    Opened,
    State,
    Summary,
    Values,
)
from domain.meetings import ABOUT_LIMIT
from domain.portfolio import in_words
from views import blocks, criteria, inputs, meetings, members, targets
from views.ids import Action, Callback
from views.text import Block, count, day, line, mention, quote

TITLE = "Programs"
SHOWN = 40
"""Programs in the list: two blocks each."""

NONE_YET = (
    "There is no program yet. A program is something customers belong to: an advisory board, a user group, a review "
    "drive. Begin with “New program”, and Everboard proposes who fits."
)


def listed(found: Listed) -> Block:
    """All programs, those that run first."""
    content = [
        blocks.section("*What customers belong to*, who is in it, and what they get back."),
        *blocks.actions([blocks.button("New program", Action.MECHANISM_NEW, style="primary")]),
        blocks.divider(),
        *(_row(one) for one in found.programs[:SHOWN]),
    ]
    if not found.programs:
        content.append(blocks.section(NONE_YET))
    if len(found.programs) > SHOWN:
        content.append(blocks.context(f"And {len(found.programs) - SHOWN:,} older ones are not shown."))
    return blocks.modal(Callback.MECHANISMS, TITLE, content)


def _row(one: Summary) -> Block:
    button = blocks.button("Open", Action.MECHANISM, one.id, spoken=f"Open {one.name}")
    return blocks.section(f"*{line(one.name, NAME_LIMIT)}*, {one.kind.value}\n{_bar(one)}\n{_stands(one)}", button)


def _bar(one: Summary) -> str:
    waiting = f", {one.invited:,} invited" if one.invited else ""
    return f"`{targets.bar(one.members, one.size)}` {one.members:,} of {one.size:,} joined{waiting}"


def _stands(one: Summary) -> str:
    owner = f" · {mention(one.owner)} sees to it" if one.owner else ""
    if one.state is State.CLOSED:
        return f"Closed. {one.end.value if one.end else ''}{owner}"
    until = f" to {day(one.ends_on)}" if one.ends_on else ""
    meets = f" · next meeting {day(one.next_on)}" if one.next_on else ""
    return f"From {day(one.starts_on)}{until}{meets}{owner}"


def opened(found: Opened) -> Block:
    """One program: what it is, who is in it, and what can be done."""
    one = found.summary
    content = [
        blocks.section(f"*{line(one.name, NAME_LIMIT)}*, {one.kind.value}\n{_bar(one)}\n{_stands(one)}"),
        blocks.section(quote(one.purpose, PURPOSE_LIMIT)),
        blocks.context(f"Seeks: {line(in_words(found.criteria), 400)}", *_term(one)),
        *_hands(one),
        _meetings(found),
        *_totals(found),
        blocks.divider(),
        *(block for member in found.members for block in members.row(member, found)),
        *targets.pager(found.page, found.pages, Action.MECHANISM_PAGE_BACK, Action.MECHANISM_PAGE),
    ]
    if not found.members:
        content.append(blocks.section("Nobody is in it yet. “Invite” proposes who fits."))
    meta = blocks.metadata({"id": one.id, "page": found.page})
    return blocks.modal(Callback.MECHANISM, "Program", content, meta=meta)


def place_of(meta: str | None) -> tuple[str, int]:
    """Which program a window shows, and which page of its members."""
    held = blocks.read_metadata(meta)
    page = held.get("page")
    return str(held.get("id") or ""), page if isinstance(page, int) and 0 <= page <= blocks.MOST else 0


def _term(one: Summary) -> Iterator[str]:
    if one.kind in TERMS:
        yield "Joining counts as 2 uses of a customer, on the first day of the term."


def _hands(one: Summary) -> list[Block]:
    if one.state is State.CLOSED:
        return []
    sure = blocks.confirm(
        "Close this program?",
        "Nobody joins it any more, and open invitations are taken back. What was stays on record.",
        "Close it",
        "Keep it",
        danger=True,
    )
    return blocks.actions(
        [
            blocks.button("Invite", Action.MECHANISM_INVITE, one.id, style="primary"),
            blocks.button("Change", Action.MECHANISM_CHANGE, one.id, spoken=f"Change {one.name}"),
            blocks.button("Close program", Action.MECHANISM_STOP, one.id, style="danger", confirm=sure),
        ]
    )


def _meetings(found: Opened) -> Block:
    """What comes next, and what waits to be counted; the button leads to all of them."""
    ahead = [one for one in found.meetings if one.lies_ahead(found.today)]
    waiting = sum(one.waits_for_count(found.today) for one in found.meetings)
    said = (
        f"*Next meeting*: {day(ahead[0].on)}, {line(ahead[0].about, ABOUT_LIMIT)}"
        if ahead
        else "*No meeting is planned.*"
    )
    if waiting:
        said += f"\n:point_right: {count(waiting, 'meeting waits', 'meetings wait')} for you to note who came."
    return blocks.section(said, blocks.button(meetings.TITLE, Action.MEETINGS, found.summary.id))


def _totals(found: Opened) -> Iterator[Block]:
    """What all members did together, and what they got back."""
    kind, totals = found.summary.kind, found.totals
    if kind in DRIVES or totals.uses:
        by = f", by {count(totals.users, 'member')}" if totals.uses else ""
        yield blocks.context(f"{members.activity(kind)} since they joined: {totals.uses:,}{by}.")
    if found.summary.members:
        given, most = members.money(totals.given, found.cap), members.money(100 * found.cap.units, found.cap)
        yield blocks.context(f"Members got back {given} in {found.cap.year} in all; each at most {most} in a year.")


def form(draft: Draft) -> Block:
    """A program, new or to be changed; what kind it is stays."""
    kinds = [inputs.option(kind.heading, kind.value) for kind in Kind]
    size = inputs.text_input(str(draft.size) if draft.size else None, most=10, placeholder="Such as 12")
    content = [
        *(
            [blocks.section(f"*{draft.kind.heading}*")]
            if draft.id
            else [inputs.field("kind", "What is it?", inputs.select(kinds, draft.kind.value))]
        ),
        inputs.field("name", "What do you call it?", inputs.text_input(draft.name or None, most=NAME_LIMIT)),
        inputs.field(
            "purpose",
            "What is it for?",
            inputs.text_input(draft.purpose or None, most=PURPOSE_LIMIT, multiline=True),
            hint="Relationship owners read it, and tell their customers.",
        ),
        inputs.field("owner", "Who sees to it?", inputs.person(draft.owner_slack_id), optional=True),
        inputs.field("size", "How many customers do you want in it?", size),
        inputs.field("starts_on", "From", inputs.day(draft.starts_on), optional=True),
        inputs.field("ends_on", "To", inputs.day(draft.ends_on), hint="Empty for no last day.", optional=True),
        *criteria.fields(draft.criteria),
    ]
    meta = blocks.metadata({"id": draft.id, "version": draft.version})
    return blocks.modal(Callback.MECHANISM_FORM, "Program", content, submit="Save", meta=meta)


def values_from(typed: inputs.Typed) -> Values:
    """What was typed."""
    return Values(
        inputs.choice_of(typed, "kind"),
        inputs.text_of(typed, "name"),
        inputs.text_of(typed, "purpose"),
        inputs.person_of(typed, "owner"),
        inputs.text_of(typed, "size"),
        inputs.day_of(typed, "starts_on"),
        inputs.day_of(typed, "ends_on"),
        criteria.criteria_of(typed),
    )
