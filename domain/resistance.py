"""The log of what single colleagues need to come along with a change: entries, conversations, and how long they stay.

It is about what somebody needs, never about what they are; the one it is about may read all of it. Off until the
program leader switches it on. Decides no permission; suggestions are in domain.suggestions.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from domain.errors import NotFound, RuleError
from domain.pulse import Element
from domain.pulse_statements import Motive

MOST_OPEN = 40
"""Entries that are open at once: each stands for a conversation that somebody will really have."""

NEED_LIMIT = 500
"""Characters of what somebody needs: a sentence or two."""

TALK_LIMIT = 800
"""Characters of what came of a conversation."""

STEP_LIMIT = 300
"""Characters of the next step: one."""

MOST_TALKS = 30
"""Conversations noted in one entry: whoever needs more of them needs something else than a log."""

REMIND_AGAIN = timedelta(days=3)
"""A conversation that was not noted so long after its day is brought up once more, then no more."""

FARTHEST = timedelta(days=183)
"""How far ahead a conversation may lie: half a year later it would be another one."""

MONTH = timedelta(days=30.4375)
"""A twelfth of a year, for the retention."""


class State(StrEnum):
    """Where an entry stands."""

    OPEN = "open"
    CLOSED = "closed"


class Move(StrEnum):
    """What can be done with one."""

    CHANGE = "change"
    CLOSE = "close"
    REOPEN = "reopen"


MOVES: Mapping[tuple[State, Move], State] = MappingProxyType(
    {
        (State.OPEN, Move.CHANGE): State.OPEN,
        (State.OPEN, Move.CLOSE): State.CLOSED,
        (State.CLOSED, Move.REOPEN): State.OPEN,
    }
)
"""What leads where. Whatever is not here is refused."""

_REFUSALS: Mapping[State, str] = MappingProxyType(
    {State.OPEN: "This entry is open already.", State.CLOSED: "This entry is closed. Please open it again first."}
)

CHANGED = "This entry has changed in the meantime. Please look at it again and decide once more."

OFF = "This log is switched off. The program leader can switch it on."

JUDGING = (
    "lazy",
    "stubborn",
    "incompetent",
    "hopeless",
    "useless",
    "stupid",
    "idiot",
    "dinosaur",
    "troublemaker",
    "whiner",
    "saboteur",
    "bad attitude",
    "does not care",
    "doesn't care",
    "couldn't care less",
    "refuses to",
    "always complains",
)
"""Words that say what somebody is, not what they need. A short list against a slip: it replaces nobody's judgement."""

_JUDGES = re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(one) for one in JUDGING)})(?!\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Talk:
    """What came of one conversation. `by` is the name of whoever had it."""

    on: date
    by: str
    words: str


@dataclass(frozen=True, slots=True)
class Entry:
    """What one colleague needs. `motive` matters where the desire is missing; `next_step` and `next_on` go together.
    `since` is the day on which it was written, `version` says which state of it somebody has seen."""

    id: str
    person_id: str
    person: str
    person_slack_id: str | None
    is_here: bool
    element: Element
    motive: Motive | None
    need: str
    talks: Sequence[Talk]
    next_step: str | None
    next_on: date | None
    coach_id: str
    coach: str
    coach_slack_id: str | None
    state: State
    since: date
    version: int

    @property
    def is_open(self) -> bool:
        """Whether somebody is still at it."""
        return self.state is State.OPEN

    def is_due(self, today: date) -> bool:
        """Whether its next conversation is for today, or was before."""
        return self.is_open and self.next_on is not None and self.next_on <= today


@dataclass(frozen=True, slots=True)
class Reader:
    """A leader who was named as one who may read it."""

    person_id: str
    name: str
    slack_id: str


@dataclass(frozen=True, slots=True)
class Switch:
    """What is switched on, who may read it, and for how many months an entry is kept. `entries` are those there are,
    also while it is off."""

    log: bool
    listing: bool
    readers: Sequence[Reader]
    months: int
    entries: int


@dataclass(frozen=True, slots=True)
class Counts:
    """What whoever may not read names is told: how many open entries lack which element, and want which motive."""

    elements: Mapping[Element, int]
    motives: Mapping[Motive, int]
    due: int


@dataclass(frozen=True, slots=True)
class Log:
    """The log for one reader. `entries` None: they may not read names, and see `counts`. `switches`: they switch it."""

    switch: Switch
    entries: Sequence[Entry] | None
    counts: Counts
    today: date
    reader_id: str
    switches: bool


@dataclass(frozen=True, slots=True)
class OwnUse:
    """How often somebody nominated, looked up and requested in the days that the list reaches back."""

    nominated: int
    looked_up: int
    requested: int
    days: int


@dataclass(frozen=True, slots=True)
class Held:
    """All that is held on one person: entries on them, who reads these, and until when they stay; and what the list
    says of them (None: it is off), as sentences for them."""

    entries: Sequence[Entry]
    switch: Switch
    listed: OwnUse | None


def after(state: State, move: Move) -> State:
    """The state that a move leads to. Raises RuleError with a sentence for the person who tried."""
    try:
        return MOVES[state, move]
    except KeyError:
        raise RuleError(_REFUSALS[state]) from None


def check_version(seen: int, present: int) -> None:
    """Raises RuleError when what somebody decided on is not what stands there now."""
    if seen != present:
        raise RuleError(CHANGED)


def check_careful(text: str | None, field: str) -> None:
    """Raises RuleError at the field where the words judge somebody."""
    found = _JUDGES.search(text or "")
    if found:
        sentence = f"“{found[0]}” says what somebody is. They may read this: what do they need?"
        raise RuleError(sentence, {field: sentence})


def check_next(step: str | None, day: date | None, today: date) -> None:
    """Raises RuleError at the fields where a next step has no day or a day no step, or the day is over or too far."""
    if step and day is None:
        raise RuleError("By when?", {"next_on": "On which day is that? You are reminded of it."})
    if day is None:
        return
    if not step:
        raise RuleError("What then?", {"next_step": "What is to happen on that day?"})
    if day < today:
        raise RuleError("That day is over.", {"next_on": "That day is over. Please pick today or a later one."})
    if day > today + FARTHEST:
        raise RuleError("Too far ahead.", {"next_on": "Please pick a day within half a year."})


def check_room(there: int) -> None:
    """Raises RuleError when one more open entry is more than anybody will talk about."""
    if there >= MOST_OPEN:
        raise RuleError(f"The log holds {MOST_OPEN} open entries. Please close one that needs nothing more.")


def check_talks(there: int) -> None:
    """Raises RuleError when an entry has enough of them."""
    if there >= MOST_TALKS:
        raise RuleError(f"{MOST_TALKS} conversations are noted here. Please close this entry.")


def is_to_be_reminded(next_on: date, reminded_on: date | None, today: date) -> bool:
    """Whether the coach hears of a conversation now: on its day, and once more when it was not noted."""
    past = [occasion for occasion in (next_on, next_on + REMIND_AGAIN) if occasion <= today]
    return bool(past) and (reminded_on is None or reminded_on < past[-1])


def kept_until(since: date, months: int) -> date:
    """The day on which an entry is deleted."""
    return since + months * MONTH


def counts_of(entries: Collection[Entry], today: date) -> Counts:
    """What may be told without names."""
    still = [entry for entry in entries if entry.is_open]
    elements = {one: sum(entry.element is one for entry in still) for one in Element}
    motives = {one: sum(entry.motive is one for entry in still) for one in Motive}
    return Counts(elements, motives, sum(entry.is_due(today) for entry in still))


def found(entries: Collection[Entry], entry_id: str) -> Entry:
    """One of them. Raises NotFound."""
    for entry in entries:
        if entry.id == entry_id:
            return entry
    raise NotFound("This entry isn't there any more.")
