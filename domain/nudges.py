"""What a nudge is: one small message that helps a change last, and which facts of the program it may name.

Decides what a good entry of the library is. Who gets which one is decided in domain.nudge_choice; how a file of entries
is read, in domain.nudge_files. No customer is ever named: channels have guests.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from domain.errors import RuleError
from domain.people import Function
from domain.phrases import listed
from domain.pulse import Element
from domain.pulse_statements import MANAGERS, Motive, group_of

LONGEST_TEXT = 600
"""Characters of a nudge: what is read on a phone without scrolling."""

SHORTEST_TEXT = 20
"""Characters: less than that says nothing."""

LEAST_COUNT = 2
"""A count is a fact worth telling from this on: one would name a person, and none is no encouragement."""

TRACK_DAYS = (0, 3, 10, 21)
"""Days after joining a channel on which the onboarding track speaks: at once, this week, next week, and once more when
the first three weeks have made it a habit or not."""


class Audience(StrEnum):
    """Whom a nudge is written for."""

    SALES = "sales"
    MARKETING = "marketing"
    CUSTOMER_SUCCESS = "customer success"
    SUPPORT = "support"
    MANAGERS = "managers"


FUNCTION_OF: Mapping[Audience, Function] = MappingProxyType(
    {audience: Function(audience.value) for audience in Audience if audience is not Audience.MANAGERS}
)
"""The function whose people an audience is; managers are those who lead people, whatever their function."""


def group_name(audience: Audience) -> str:
    """The pulse's group in which the people of an audience are counted."""
    return MANAGERS if audience is Audience.MANAGERS else group_of(FUNCTION_OF[audience], as_manager=False)


class Button(StrEnum):
    """What a nudge lets its reader do at once."""

    NOMINATE = "nominate"
    LOOK_UP = "look up"
    DONE = "did this"


class Fact(StrEnum):
    """A fact of the program as it is now. In a text it stands in braces; without it the text is not sent."""

    NOMINATIONS = "nominations"  # how many customers were put forward in the last 30 days
    TEAM_NOMINATIONS = "team_nominations"  # how many of them by the readers' own team
    NOMINATOR = "nominator"  # a colleague who put one forward, and agreed to be named
    WINNER = "winner"  # a colleague whose nomination became an advocate, and who agreed to be named
    NEW_ADVOCATES = "new_advocates"  # how many became advocates in the last 90 days
    ADVOCATES = "advocates"  # how many advocates there are
    USES = "uses"  # how many requests were completed in the last 90 days
    OPEN_REQUESTS = "open_requests"  # how many requests wait for an advocate
    UNMET = "unmet"  # how many look-ups of the last 30 days found nobody who fits
    WAITING = "waiting"  # how many searches wait for the first advocate who fits
    LEADER = "leader"  # the executive champion or program leader, having agreed to be named


FACT_WORDS: Mapping[Fact, str] = MappingProxyType(
    {
        Fact.NOMINATIONS: "at least two nominations in 30 days",
        Fact.TEAM_NOMINATIONS: "at least two nominations by this team in 30 days",
        Fact.NOMINATOR: "a colleague who nominated in the last 30 days and agreed to be named",
        Fact.WINNER: "a colleague whose nomination became an advocate in 90 days and who agreed to be named",
        Fact.NEW_ADVOCATES: "at least two new advocates in 90 days",
        Fact.ADVOCATES: "at least two advocates",
        Fact.USES: "at least two completed requests in 90 days",
        Fact.OPEN_REQUESTS: "at least two requests that wait for an advocate",
        Fact.UNMET: "at least two look-ups in 30 days that found nobody",
        Fact.WAITING: "at least two searches that wait for an advocate",
        Fact.LEADER: "a champion or program leader who agreed to be named",
    }
)
"""What has to be true before a text that names the fact is sent."""

Facts = Mapping[Fact, str]
"""Facts that are true now, in the words that stand in a text; what is not true is not in here."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One nudge of the library. `day` is its place in the onboarding track, None for all others.

    `is_own` was added by the program leader; one that is off is not sent.
    """

    id: str
    element: Element
    audiences: tuple[Audience, ...]
    motive: Motive
    text: str
    button: Button
    needs: tuple[Fact, ...] = ()
    day: int | None = None
    is_own: bool = False
    is_off: bool = False
    is_changed: bool = False

    def can_say(self, facts: Facts) -> bool:
        """Whether everything that the text needs is true now."""
        return all(facts.get(need) for need in self.needs)


_SLOT = re.compile(r"\{([^{}]*)\}")
_BRACES = re.compile(r"[{}]")


def slots_of(text: str) -> list[str]:
    """What stands in braces, in order."""
    return _SLOT.findall(text)


def fill(entry: Entry, facts: Facts) -> str:
    """The text with its facts. Raises ValueError where one is missing: an empty place is never sent."""
    missing = [need for need in entry.needs if not facts.get(need)]
    if missing:
        raise ValueError(f"{entry.id} needs {', '.join(missing)}")
    return _SLOT.sub(lambda slot: facts[Fact(slot[1])], entry.text)


def needs_of(text: str) -> tuple[Fact, ...]:
    """The facts that a text names. Raises RuleError at `text` for a text that cannot be a nudge."""
    wrong = text_problem(text)
    if wrong is not None:
        raise RuleError(wrong, {"text": wrong})
    return tuple(dict.fromkeys(Fact(slot) for slot in slots_of(text)))


def text_problem(text: str) -> str | None:
    """Why this cannot be a nudge's text, in a sentence; None when it can."""
    known = [fact.value for fact in Fact]
    unknown = [slot for slot in slots_of(text) if slot not in known]
    if unknown:
        return f"There is no fact named {{{unknown[0]}}}. You can use {_names(known)}."
    if _BRACES.search(_SLOT.sub("", text)):
        return "A { without its }, or the other way round. Facts are written like {nominations}."
    if len(text.strip()) < SHORTEST_TEXT:
        return f"Please write at least {SHORTEST_TEXT} characters."
    if len(text) > LONGEST_TEXT:
        return f"Please write at most {LONGEST_TEXT} characters; this has {len(text)}."
    return None


def _names(facts: Iterable[str]) -> str:
    return listed([f"{{{fact}}}" for fact in facts], "or")


def wanting(entry: Entry, facts: Facts) -> Sequence[Fact]:
    """What is not true now although the text needs it."""
    return [need for need in entry.needs if not facts.get(need)]
