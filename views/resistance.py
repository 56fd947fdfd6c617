"""What single colleagues need, as the leaders who were named read it; switching it on and off. Permits nothing."""

from collections.abc import Iterator
from datetime import date

from domain.pulse import Element
from domain.pulse_statements import Motive
from domain.resistance import (
    NEED_LIMIT,
    STEP_LIMIT,
    TALK_LIMIT,
    Counts,
    Entry,
    Log,
    Switch,
    kept_until,
)
from domain.suggestions import LACKS, MOVES_THEM, suggestions
from views import blocks, inputs
from views.ids import Action, Callback
from views.text import Block, count, day, in_words, line, mention, quote

TITLE = "What people need"
ON_TITLE = "Switch it on"
OFF_TITLE = "Switch it off"
ENTRY_TITLE = "What a colleague needs"
TALK_TITLE = "A conversation"

CLOSED_SHOWN = 8
"""Closed entries that are drawn; all stay until their time is over."""

LOG, LIST = "log", "list"
KEEP, DELETE = "keep", "delete"
YES = "yes"

CAREFUL = (
    "Write as if they read it over your shoulder: they may. What would help them, in their words if you have them. "
    "Nothing about health, family, beliefs, unions or pay."
)

NOTICE = (
    (
        "*What it is.* _The resistance log_: for single colleagues, what they need to come along (to know why, a "
        "reason, to know how, to manage, to see a result), what would move them, what was tried, and "
        "the next conversation. _The list_: who by name has nominated, looked up or requested, and who has not yet. "
        "Answers to a pulse are in neither."
    ),
    (
        "*Who sees it.* Only the leaders whom you name below. Each time one of them looks, it is written down. Change "
        "partners see numbers without names. Everybody can read what is held about them with `/advocacy about me`."
    ),
    (
        "*How long.* {months}, then it is deleted. Switching it off deletes the entries at once, or closes them to "
        "everybody until then; you choose."
    ),
    (
        "*Before you begin.* This is personal data about employees. In many countries a works council must agree "
        "first, people must be told, and there must be a reason in law. Ask whoever answers for privacy in your "
        "company."
    ),
)


def value_of(entry: Entry) -> str:
    """What a button carries: which entry, and as it was seen."""
    return f"{entry.id}:{entry.version}"


def read_value(value: str) -> tuple[str, int]:
    """The entry's id and version of a button."""
    entry_id, _, version = value.partition(":")
    return entry_id, blocks.whole(version or 0)


def in_home(due: int) -> list[Block]:
    """Conversations that the reader has planned for today or before; their number alone."""
    if not due:
        return []
    said = f"*{count(due, 'conversation')}* that you planned {'is' if due == 1 else 'are'} for today or late."
    return [blocks.section(said, blocks.button("Open", Action.RESISTANCE, spoken=f"Open: {TITLE}"))]


def overview(found: Log) -> Block:
    """The log, as far as this reader may see it."""
    switch = found.switch
    if not (switch.log or switch.listing):
        return blocks.modal(Callback.RESISTANCE, TITLE, [*_off(found)])
    content = [blocks.context(_rules(switch)), *blocks.actions(_ways(found))]
    if not switch.log:
        content.append(blocks.section("The log is off, the list is on."))
    elif found.entries is None:
        content += _counted(found.counts)
    else:
        content += _entries(found)
    return blocks.modal(Callback.RESISTANCE, TITLE, content)


def _rules(switch: Switch) -> str:
    readers = in_words([line(one.name, 60) for one in switch.readers]) or "nobody any more"
    return (
        f"Read by {readers}; each look is written down. Kept for {count(switch.months, 'month')}. "
        "Whoever it is about can read it with `/advocacy about me`."
    )


def _off(found: Log) -> Iterator[Block]:
    yield blocks.section(
        "*This is switched off.* It would help leaders to talk with single colleagues: what somebody needs to come "
        "along, what was tried, and a reminder of the next conversation. "
        "It is personal data, so that it begins with a notice."
    )
    if found.switch.entries:
        kept = count(found.switch.entries, "entry is", "entries are")
        yield blocks.context(
            f"{kept} kept closed: nobody can read them until it is switched on, or their time is over."
        )
    if found.switches:
        yield from blocks.actions([blocks.button("Read the notice", Action.RESISTANCE_ON, style="primary")])
    else:
        yield blocks.context("The program leader can switch it on.")


def _ways(found: Log) -> list[Block]:
    row = []
    reads = found.reader_id in {one.person_id for one in found.switch.readers}
    if found.entries is not None:
        row.append(blocks.button("Add a colleague", Action.RESISTANCE_ADD, style="primary"))
    if found.switch.listing and reads:
        row.append(blocks.button("Who has taken part", Action.ADOPTION_LIST))
    if found.switches:
        row.append(blocks.button("Who reads it", Action.RESISTANCE_ON, spoken="Change who reads it, and what is on"))
        row.append(blocks.button("Switch it off", Action.RESISTANCE_OFF))
    return row


def _counted(counts: Counts) -> Iterator[Block]:
    yield blocks.context("You see numbers without names.")
    needs = [f"• {LACKS[one]}: {number}" for one, number in counts.elements.items() if number]
    moved = [f"• {MOVES_THEM[one]}: {number}" for one, number in counts.motives.items() if number]
    if not needs:
        yield blocks.section("Nothing is open.")
        return
    yield blocks.section("\n".join(["*What colleagues need*", *needs]))
    if moved:
        yield blocks.section("\n".join(["*What would move them*", *moved]))
    yield blocks.section(f"{count(counts.due, 'conversation')} for today or late.")


def _entries(found: Log) -> Iterator[Block]:
    entries = found.entries or ()
    still = [entry for entry in entries if entry.is_open]
    closed = [entry for entry in entries if not entry.is_open]
    for entry in still:
        yield blocks.section(told(entry, found.today, found.switch.months, found.reader_id))
        yield from blocks.actions(_buttons(entry))
    if not still:
        yield blocks.section("Nobody is in it at present. Add a colleague when you mean to talk with them.")
    if closed:
        yield blocks.section("*Closed*: nothing more is needed.")
    for entry in closed[:CLOSED_SHOWN]:
        who = mention(entry.person_slack_id, line(entry.person, 60))
        again = blocks.button(
            "Open again", Action.RESISTANCE_REOPEN, value_of(entry), spoken=f"Open again: {entry.person}"
        )
        yield blocks.section(
            f"{who}: {_talks(entry)}, kept until {day(kept_until(entry.since, found.switch.months))}", again
        )
    if len(closed) > CLOSED_SHOWN:
        yield blocks.context(f"{len(closed) - CLOSED_SHOWN} more, until their time is over.")


def _talks(entry: Entry) -> str:
    return count(len(entry.talks), "conversation")


def told(entry: Entry, today: date, months: int, reader_id: str = "") -> str:
    """What somebody needs, what was tried, what is next, and what may help."""
    who = mention(entry.person_slack_id, line(entry.person, 60))
    gone = "" if entry.is_here else " (no longer here)"
    rows = [f"*{who}*{gone} · {LACKS[entry.element]}{_moved(entry.motive)}", quote(entry.need, NEED_LIMIT)]
    if entry.talks:
        last = entry.talks[-1]
        rows.append(f"{_talks(entry)}, the last on {day(last.on)} ({line(last.by, 60)}):\n{quote(last.words, 400)}")
    rows.append(_next(entry, today, reader_id))
    rows.append("_May help:_ " + " _Or:_ ".join(suggestions(entry.element, entry.motive)))
    rows.append(f"_Kept until {day(kept_until(entry.since, months))}._")
    return "\n".join(rows)


def _moved(motive: Motive | None) -> str:
    return f" · {MOVES_THEM[motive]}" if motive is not None else ""


def _next(entry: Entry, today: date, reader_id: str) -> str:
    coach = "you" if entry.coach_id == reader_id else mention(entry.coach_slack_id, line(entry.coach, 60))
    if entry.next_on is None:
        return f"*Next:* nothing planned yet ({coach})."
    late = ":warning: " if entry.next_on < today else ""
    when = "today" if entry.next_on == today else day(entry.next_on)
    return f"*Next:* {late}{when}, {coach}: {line(entry.next_step or '', STEP_LIMIT)}"


def _buttons(entry: Entry) -> list[Block]:
    about, value = entry.person, value_of(entry)
    sure = blocks.confirm(
        "Delete this entry?",
        "It goes with all conversations noted in it, and can't be brought back.",
        "Delete",
        danger=True,
    )
    return [
        blocks.button(
            "Note a conversation",
            Action.RESISTANCE_TALK,
            value,
            style="primary",
            spoken=f"Note a conversation: {about}",
        ),
        blocks.button("Change", Action.RESISTANCE_ENTRY, value, spoken=f"Change: {about}"),
        blocks.button("Nothing more needed", Action.RESISTANCE_CLOSE, value, spoken=f"Nothing more needed: {about}"),
        blocks.button(
            "Delete", Action.RESISTANCE_DELETE, value, spoken=f"Delete: {about}", confirm=sure, style="danger"
        ),
    ]


def on_form(switch: Switch, reader: str) -> Block:
    """The notice, what is switched on, and who reads it; `reader` is the Slack id of whoever fills it in."""
    is_on = switch.log or switch.listing
    choices = [
        inputs.option("The resistance log", LOG, "What single colleagues need, and the next conversation"),
        inputs.option("The list of who has taken part", LIST, "By name: nominated, looked up, requested, not yet"),
    ]
    chosen = [name for name, on in ((LOG, switch.log), (LIST, switch.listing)) if on]
    named = [one.slack_id for one in switch.readers] or [reader]
    settled = inputs.option("We have settled this, and people have been told", YES)
    content = [
        *(blocks.section(part.format(months=count(switch.months, "month").capitalize())) for part in NOTICE),
        inputs.field("what", "What is on?" if is_on else "What is switched on?", inputs.checkboxes(choices, chosen)),
        inputs.field(
            "readers",
            "Who may read it?",
            inputs.people(named),
            hint="Program leaders and executive champions. Each of them is told.",
        ),
        inputs.field("understood", "Works council, privacy, information", inputs.checkboxes([settled])),
    ]
    return blocks.modal(Callback.RESISTANCE_ON, ON_TITLE, content, submit="Save" if is_on else "Switch on")


def off_form(switch: Switch) -> Block:
    """What is switched off, and what becomes of the entries."""
    choices = []
    if switch.log:
        choices.append(inputs.option("The resistance log", LOG))
    if switch.listing:
        choices.append(inputs.option("The list of who has taken part", LIST))
    fates = [
        inputs.option("Delete them now", DELETE, "They can't be brought back"),
        inputs.option("Keep them closed", KEEP, "Nobody reads them, until it is on again or their time is over"),
    ]
    content = [
        blocks.section(
            f"The log has {count(switch.entries, 'entry', 'entries')}. "
            "While it is off, nobody is reminded. For the list nothing is stored."
        ),
        inputs.field("what", "What is switched off?", inputs.checkboxes(choices, [one["value"] for one in choices])),
        inputs.field("fate", "What becomes of the log's entries?", inputs.radio(fates, DELETE)),
    ]
    return blocks.modal(Callback.RESISTANCE_OFF, OFF_TITLE, content, submit="Switch off")


def entry_form(switch: Switch, entry: Entry | None, writer_id: str) -> Block:
    """What a colleague needs, what is next, and who talks with them."""
    coaches = [inputs.option(one.name, one.person_id) for one in switch.readers]
    elements = [inputs.option(words, one.name) for one, words in LACKS.items()]
    motives = [inputs.option(words, one.name) for one, words in MOVES_THEM.items()]
    about = [inputs.field("person", "Whom is it about?", inputs.person())]
    if entry is not None:
        about = [blocks.section(f"*{mention(entry.person_slack_id, line(entry.person, 60))}*")]
    content = [
        *about,
        inputs.field("element", "What is missing?", inputs.select(elements, entry.element.name if entry else None)),
        inputs.field(
            "motive",
            "What would move them?",
            inputs.select(motives, entry.motive.name if entry and entry.motive else None, "Not known yet"),
            optional=True,
        ),
        inputs.field(
            "need",
            "What would help them?",
            inputs.text_input(entry.need if entry else None, most=NEED_LIMIT, multiline=True),
            hint=CAREFUL,
        ),
        *_next_fields(entry),
        inputs.field(
            "coach",
            "Who talks with them?",
            inputs.select(coaches, entry.coach_id if entry else writer_id),
            hint="One of those who may read it. They are reminded on the day; the reminder names nobody.",
        ),
    ]
    meta = blocks.metadata({"entry": value_of(entry) if entry else ""})
    return blocks.modal(Callback.RESISTANCE_ENTRY, ENTRY_TITLE, content, submit="Save", meta=meta)


def _next_fields(entry: Entry | None) -> list[Block]:
    step = entry.next_step if entry else None
    return [
        inputs.field("next_step", "Next step", inputs.text_input(step, most=STEP_LIMIT), optional=True),
        inputs.field("next_on", "On which day?", inputs.day(entry.next_on if entry else None), optional=True),
    ]


def talk_form(entry: Entry) -> Block:
    """What came of a conversation, and what is next."""
    done = inputs.option("Nothing more is needed: close this entry", YES)
    content = [
        blocks.section(f"*{mention(entry.person_slack_id, line(entry.person, 60))}*\n{quote(entry.need, NEED_LIMIT)}"),
        inputs.field(
            "words",
            "What was said, or tried?",
            inputs.text_input(None, most=TALK_LIMIT, multiline=True),
            hint=CAREFUL,
        ),
        *_next_fields(None),
        inputs.field("closes", "Or", inputs.checkboxes([done]), optional=True),
    ]
    meta = blocks.metadata({"entry": value_of(entry)})
    return blocks.modal(Callback.RESISTANCE_TALK, TALK_TITLE, content, submit="Save", meta=meta)


def kept_in(meta: str | None) -> tuple[str | None, int]:
    """Which entry a form is about, as it was seen; None: a new one."""
    entry_id, version = read_value(blocks.read_metadata(meta).get("entry", ""))
    return entry_id or None, version


def element_from(typed: inputs.Typed) -> Element:
    """What is missing."""
    return Element[inputs.choice_of(typed, "element") or Element.AWARENESS.name]


def motive_from(typed: inputs.Typed) -> Motive | None:
    """What would move them; None: not known."""
    chosen = inputs.choice_of(typed, "motive")
    return Motive[chosen] if chosen else None
