"""Which part of Home somebody wants to see: people with several roles choose one at a time. Decides no permission."""

from enum import StrEnum

from domain.errors import RuleError
from domain.permissions import Action


class Focus(StrEnum):
    """A role's part of Home."""

    OWN = "own"
    CUSTOMERS = "customers"
    TEAM = "team"
    DESK = "desk"
    PROGRAM = "program"


WORDS = {
    Focus.OWN: "My nominations and requests",
    Focus.CUSTOMERS: "My customers",
    Focus.TEAM: "My team",
    Focus.DESK: "The advocacy team's work",
    Focus.PROGRAM: "How the program stands",
}
"""As they are chosen."""

ALL = "all"
"""What is chosen for all of Home."""

_OF_THE_PROGRAM = frozenset({Action.SEE_HEALTH, Action.SEE_VALUE, Action.SEE_TARGETS, Action.EDIT_SETTINGS})


def open_to(may: frozenset[Action], *, looks_after: bool, leads: bool) -> tuple[Focus, ...]:
    """The parts that there are for somebody: `looks_after` customers, `leads` a team."""
    there = {
        Focus.OWN: True,
        Focus.CUSTOMERS: looks_after,
        Focus.TEAM: leads,
        Focus.DESK: Action.SEE_QUEUE in may,
        Focus.PROGRAM: bool(_OF_THE_PROGRAM & may),
    }
    return tuple(focus for focus in Focus if there[focus])


def focus_of(chosen: str | None) -> Focus | None:
    """What was chosen; None is all of Home. Raises RuleError for what cannot be chosen."""
    if chosen is None or chosen == ALL:
        return None
    try:
        return Focus(chosen)
    except ValueError:
        raise RuleError("Please choose one of the parts in the list.") from None
