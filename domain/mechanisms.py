"""Programs that customers belong to, such as an advisory board or a user group: what makes sense as one.

Decides nothing about who fits or joins (domain.memberships), or what a customer can bear (domain.protection).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from domain.errors import RuleError
from domain.meetings import Meeting
from domain.memberships import Member
from domain.names import clean_line, clean_text
from domain.participation import Cap, Totals
from domain.portfolio import FACETS, Criteria
from domain.targets import FIELDS, MOST_VALUES
from domain.vocabulary import Activity

NAME_LIMIT = 100
"""Characters of a name: what one line of a list and of an invitation holds."""

PURPOSE_LIMIT = 600
"""Characters of what it is for: the relationship owner retells it to the customer."""

LARGEST = 1000
"""Customers of one program: a community beyond that needs a tool of its own."""

MOST = 100
"""Programs that run at the same time in a workspace: more than any team looks after."""

FURTHEST = timedelta(days=365)
"""How far ahead one may begin: capacity is not looked at any further ahead."""

LONGEST = timedelta(days=5 * 366)
"""From its first to its last day: nobody plans a program for longer."""


class Kind(StrEnum):
    """What a program is; the value is what people read."""

    COMMUNITY = "community"
    ADVISORY_BOARD = "customer advisory board"
    USER_GROUP = "user group"
    REVIEW_DRIVE = "review drive"
    REFERRAL_DRIVE = "referral drive"
    SPEAKER_BUREAU = "speaker bureau"
    AWARDS = "awards"

    @property
    def heading(self) -> str:
        """As a heading begins."""
        return self.value[:1].upper() + self.value[1:]


ASKED_FOR: Mapping[Kind, Activity] = MappingProxyType(
    {
        Kind.COMMUNITY: Activity.FEEDBACK,  # stays between them and us
        Kind.ADVISORY_BOARD: Activity.ADVISORY_BOARD,
        Kind.USER_GROUP: Activity.GROUP_CALL,  # other customers sit at the table
        Kind.REVIEW_DRIVE: Activity.REVIEW,
        Kind.REFERRAL_DRIVE: Activity.REFERRAL,
        Kind.SPEAKER_BUREAU: Activity.SPEAKER,
        Kind.AWARDS: Activity.QUOTE,  # the winner is named in public
    }
)
"""What members are asked for, so that their consent and what they refuse are respected before anybody invites them."""

TERMS = frozenset({Kind.ADVISORY_BOARD})
"""Joining one of these is a use by itself, reserved for the day on which the term begins. In the others each single use
is asked for, and counted, when it comes."""

DRIVES = frozenset({Kind.REVIEW_DRIVE, Kind.REFERRAL_DRIVE, Kind.SPEAKER_BUREAU})
"""To take part in one of these is to do what it asks for; in the others it is to come together."""


class State(StrEnum):
    """Where a program stands."""

    OPEN = "open"
    CLOSED = "closed"


class End(StrEnum):
    """Why a program is closed; the value is what people read."""

    OVER = "Its last day has passed."
    STOPPED = "It was closed by hand."


@dataclass(frozen=True, slots=True)
class Values:
    """What somebody typed into a program's form."""

    kind: str | None
    name: str
    purpose: str
    owner_slack_id: str | None
    size: str
    starts_on: date | None
    ends_on: date | None
    criteria: Criteria


@dataclass(frozen=True, slots=True)
class Checked:
    """The same, as it can be kept. `size` is how many customers are wanted; `ends_on` None for no end."""

    kind: Kind
    name: str
    purpose: str
    size: int
    starts_on: date
    ends_on: date | None
    criteria: Criteria


@dataclass(frozen=True, slots=True)
class Draft:
    """What a program's form opens with; `id` is None for a new one."""

    kind: Kind = Kind.ADVISORY_BOARD
    name: str = ""
    purpose: str = ""
    owner_slack_id: str | None = None
    size: int | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    criteria: Criteria = field(default_factory=dict)
    id: str | None = None
    version: int = 0


@dataclass(frozen=True, slots=True)
class Summary:
    """One program in a list: `members` have joined, `invited` have not answered yet. `owner` is a Slack id, `next_on`
    the day of the next meeting."""

    id: str
    kind: Kind
    name: str
    purpose: str
    state: State
    size: int
    starts_on: date
    ends_on: date | None
    owner: str | None
    members: int
    invited: int
    end: End | None = None
    next_on: date | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """All programs, those that run first; `today` is the reader's."""

    programs: tuple[Summary, ...]
    today: date


@dataclass(frozen=True, slots=True)
class Opened:
    """One program with a page of its members, counted from 0; what they did and got back, in all and against the `cap`;
    and its meetings that are planned, or that nobody has counted yet, the first day first."""

    summary: Summary
    criteria: Criteria
    members: tuple[Member, ...]
    page: int
    pages: int
    today: date
    cap: Cap
    totals: Totals = field(default_factory=Totals)
    meetings: tuple[Meeting, ...] = ()


def checked(values: Values, today: date, before: Checked | None = None, *, joined: int = 0) -> Checked:
    """The values as they can be kept. A day that stood there `before` may stay although it has passed; the kind stays,
    and so does the first day of a board that `joined` customers have promised a term to.

    Raises RuleError naming each field that needs another look.
    """
    wrong: dict[str, str] = {}
    kind = before.kind if before else _kind(values.kind)
    if kind is None:
        wrong["kind"] = "What kind of program is it?"
    name = _line(values.name, "What do you call it?", wrong)
    purpose = _purpose(values.purpose, wrong)
    size = _size(values.size)
    if size is None:
        wrong["size"] = f"A whole number from 1 to {LARGEST:,}, please."
    starts_on = values.starts_on or today
    _check_start(starts_on, today, before, joined, wrong)
    _check_end(values.ends_on, starts_on, today, before, wrong)
    criteria = {facet: tuple(dict.fromkeys(values.criteria[facet])) for facet in FACETS if values.criteria.get(facet)}
    for facet, some in criteria.items():
        if len(some) > MOST_VALUES:
            wrong[FIELDS.get(facet, facet.value)] = f"At most {MOST_VALUES}, please."
    if wrong or kind is None or size is None:
        raise RuleError("Some fields need another look.", wrong)
    return Checked(kind, name, purpose, size, starts_on, values.ends_on, criteria)


def _kind(value: str | None) -> Kind | None:
    return next((kind for kind in Kind if kind.value == value), None)


def _line(typed: str, question: str, wrong: dict[str, str]) -> str:
    try:
        name = clean_line(typed, NAME_LIMIT)
    except RuleError:
        wrong["name"] = f"At most {NAME_LIMIT} characters, please: it stands in one line of each invitation."
        return ""
    if not name:
        wrong["name"] = question
    return name


def _purpose(typed: str, wrong: dict[str, str]) -> str:
    try:
        purpose = clean_text(typed, PURPOSE_LIMIT)
    except RuleError as error:
        wrong["purpose"] = error.message
        return ""
    if not purpose:
        wrong["purpose"] = "What is it for? The relationship owners tell their customers."
    return purpose


def _size(typed: str) -> int | None:
    text = typed.strip().replace(",", "")
    if not (text.isascii() and text.isdecimal() and len(text) <= len(str(LARGEST))):
        return None
    return int(text) if 1 <= int(text) <= LARGEST else None


def _check_start(starts_on: date, today: date, before: Checked | None, joined: int, wrong: dict[str, str]) -> None:
    if before is not None and starts_on == before.starts_on:
        return
    if before is not None and before.kind in TERMS and joined:
        wrong["starts_on"] = (
            "Customers have joined for the first day as it was. Please leave it, or begin a new program."
        )
    elif not today - LONGEST <= starts_on <= today + FURTHEST:
        wrong["starts_on"] = "Please pick a day of the last five years, or within the next year."


def _check_end(
    ends_on: date | None, starts_on: date, today: date, before: Checked | None, wrong: dict[str, str]
) -> None:
    if ends_on is None:
        return
    if ends_on < starts_on:
        wrong["ends_on"] = "It can't end before it begins."
    elif ends_on < today and not (before and ends_on == before.ends_on):
        wrong["ends_on"] = "That day has passed. Please pick one that is still to come, or leave it empty."
    elif ends_on > starts_on + LONGEST:
        wrong["ends_on"] = "Please pick a day within five years of the first, or leave it empty."


def is_over(ends_on: date | None, today: date) -> bool:
    """Whether its last day has passed."""
    return ends_on is not None and ends_on < today


def term_day(starts_on: date, today: date) -> date:
    """The day on which the term of somebody who joins today begins: they missed what was before."""
    return max(starts_on, today)
