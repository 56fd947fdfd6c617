"""What one cell means in files of programs, their members and their meetings. Raises RuleError as `cells`."""

import re
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import TypeVar

from domain.errors import RuleError
from domain.imports import cells
from domain.imports.cells import Reading, key, line, shown
from domain.mechanisms import LARGEST, End, Kind, State
from domain.meetings import State as MeetingState
from domain.memberships import State as MemberState
from domain.names import clean_line
from domain.portfolio import FACETS, Criteria
from domain.query import Facet
from domain.targets import MOST_VALUES
from domain.vocabulary import Activity

ChoiceT = TypeVar("ChoiceT", bound=StrEnum)

TERM_LIMIT = 200
"""Characters of one value that is sought."""

_PARTS = re.compile(rf"\n|;\s*(?=(?:{'|'.join(facet.value for facet in FACETS)})\s*:)", re.IGNORECASE)
"""What parts one sought value from the next: a line end, or a semicolon before a facet's name."""


def _choice(cell: str, choices: Iterable[ChoiceT], others: Mapping[str, ChoiceT]) -> ChoiceT:
    known = {key(one.value): one for one in choices} | {key(word): one for word, one in others.items()}
    found = known.get(key(cell))
    if found is None:
        raise RuleError(f"isn't one of: {', '.join(one.value for one in choices)}")
    return found


def kind(cell: str, _reading: Reading) -> Kind:
    """What a program is."""
    others = {"advisory board": Kind.ADVISORY_BOARD, "CAB": Kind.ADVISORY_BOARD, "award": Kind.AWARDS}
    return _choice(cell, tuple(Kind), others)


def state(cell: str, _reading: Reading) -> State:
    """Whether it runs."""
    others = {"running": State.OPEN, "active": State.OPEN, "ended": State.CLOSED, "over": State.CLOSED}
    return _choice(cell, tuple(State), others)


def end(cell: str, _reading: Reading) -> End:
    """Why it is closed."""
    others = {"over": End.OVER, "last day passed": End.OVER, "stopped": End.STOPPED, "by hand": End.STOPPED}
    return _choice(cell, tuple(End), others)


def size(cell: str, _reading: Reading) -> int:
    """How many customers are wanted."""
    text = cell.strip().replace(",", "")
    if not (text.isascii() and text.isdecimal() and len(text) <= len(str(LARGEST)) and 1 <= int(text) <= LARGEST):
        raise RuleError(f"isn't a whole number from 1 to {LARGEST:,}")
    return int(text)


def member_state(cell: str, _reading: Reading) -> MemberState:
    """Where a customer stands in a program."""
    others = {
        "joined": MemberState.MEMBER,
        "active": MemberState.MEMBER,
        "asked": MemberState.INVITED,
        "no": MemberState.DECLINED,
        "former": MemberState.LEFT,
    }
    return _choice(cell, tuple(MemberState), others)


def meeting_state(cell: str, _reading: Reading) -> MeetingState:
    """Where a meeting stands."""
    others = {
        "held": MeetingState.COUNTED,
        "done": MeetingState.COUNTED,
        "scheduled": MeetingState.PLANNED,
        "cancelled": MeetingState.CALLED_OFF,
        "canceled": MeetingState.CALLED_OFF,
    }
    return _choice(cell, tuple(MeetingState), others)


def _activity(cell: str, reading: Reading) -> str:
    found = cells.activities(cell, reading)
    if len(found) != 1:
        raise RuleError(f"names “{shown(cell)}”, which isn't one of: {', '.join(Activity)}")
    return found[0]


_WORDS: Mapping[Facet, Callable[[str, Reading], str]] = {
    Facet.INDUSTRY: cells.industry,
    Facet.COUNTRY: cells.country,
    Facet.SEGMENT: cells.segment,
    Facet.ACTIVITY: _activity,
}
"""How the values of a facet are read; those of the others are kept as they are written."""


def criteria(cell: str, reading: Reading) -> Criteria:
    """Who is sought: a value after its facet's name and a colon, each on a line of its own or after a semicolon."""
    found: dict[Facet, list[str]] = {}
    for part in filter(None, map(str.strip, _PARTS.split(cell))):
        name, colon, value = part.partition(":")
        facet = next((one for one in FACETS if one.value == name.strip().casefold()), None)
        if facet is None or not colon or not value.strip():
            raise RuleError(f"says “{shown(part)}”; write it as industry: healthcare")
        read = _WORDS.get(facet, line(TERM_LIMIT))(clean_line(value, TERM_LIMIT), reading)
        found.setdefault(facet, []).append(read)
    if any(len(values) > MOST_VALUES for values in found.values()):
        raise RuleError(f"names more than {MOST_VALUES} values of one kind")
    return {facet: tuple(dict.fromkeys(found[facet])) for facet in FACETS if facet in found}


def written(criteria: Mapping[str, Iterable[str]]) -> str:
    """The same as a cell that is read back as it was; `criteria` as they are stored, by the facet's name."""
    return "\n".join(f"{facet.value}: {value}" for facet in FACETS for value in criteria.get(facet.value, ()))
