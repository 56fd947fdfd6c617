"""All that log and list hold on whoever asks, in plain words. Decides nothing."""

from collections.abc import Iterator

from domain.resistance import Entry, Held, OwnUse, Switch, kept_until
from domain.suggestions import LACKS, MOVES_THEM, to_you
from views import blocks
from views.ids import Callback
from views.text import Block, count, day, in_words, line, quote

TITLE = "Kept about me"

MOST = 20
"""Entries that are drawn, each with its conversations; more than one a year is rare."""

NOTHING = "*Notes about you*: none. No leader has written down anything about what you need."


def held(found: Held) -> Block:
    """The entries, and the part in the list."""
    content = [
        blocks.context("Nominations, requests and answers of your own are in Home and in `/pulse`. Only you see this."),
        *_notes(found),
        blocks.divider(),
        blocks.section(_listed(found.listed)),
        blocks.context(
            "Something is wrong, or should not be there? Please tell the program leader, who can delete it."
        ),
    ]
    return blocks.modal(Callback.NOTHING, TITLE, content)


def _notes(found: Held) -> Iterator[Block]:
    if not found.entries:
        yield blocks.section(NOTHING)
        return
    yield blocks.section(f"*Notes about you*, so that leaders can help: {_who_reads(found.switch)}")
    for entry in found.entries[:MOST]:
        yield blocks.section(_entry(entry, found.switch))


def _who_reads(switch: Switch) -> str:
    if not switch.log:
        return "closed at present, nobody reads them."
    return f"read by {in_words([line(one.name, 60) for one in switch.readers]) or 'nobody any more'}."


def _entry(entry: Entry, switch: Switch) -> str:
    moved = f" · {to_you(MOVES_THEM[entry.motive])}" if entry.motive else ""
    rows = [f"*{to_you(LACKS[entry.element])}*{moved}, since {day(entry.since)}", quote(entry.need, 600)]
    rows += [f"{day(talk.on)}, {line(talk.by, 60)}:\n{quote(talk.words, 250)}" for talk in entry.talks[-6:]]
    if len(entry.talks) > 6:
        rows.insert(2, f"{count(len(entry.talks) - 6, 'earlier conversation')} noted.")
    if entry.next_on is not None:
        rows.append(f"Next, on {day(entry.next_on)}: {line(entry.next_step or '', 300)}")
    state = "" if entry.is_open else "Closed. "
    rows.append(
        f"{state}{line(entry.coach, 60)} talks with you. Deleted by {day(kept_until(entry.since, switch.months))}."
    )
    return "\n".join(rows)


def _listed(own: OwnUse | None) -> str:
    if own is None:
        return "*The list of who takes part*: switched off. Nobody sees by name who does."
    did = f"{count(own.nominated, 'nomination')}, {count(own.looked_up, 'look-up')}, {count(own.requested, 'request')}"
    return f"*The list of who takes part* says of you, for the last {own.days} days: {did}."
