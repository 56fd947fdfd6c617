"""What one person's Home shows at present. Decides nothing: the values are put together by steps.home."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from domain.advocates import Card as Advocate
from domain.credit import Credit
from domain.health import Health
from domain.home_focus import Focus
from domain.launch_plan import Glance as LaunchPlan
from domain.loads import Load
from domain.nominations import Card as Nomination
from domain.people import Function
from domain.permissions import Action
from domain.pulse_overview import Waiting
from domain.requests import Card as Request
from domain.self_checks import Part
from domain.setup import Setup
from domain.team_goals import Overview as Goals
from domain.value import Brought

READ = 40
"""Of each list, rows that are read: Home draws fewer, and no longer list makes it slower."""


@dataclass(frozen=True, slots=True)
class Desk:
    """The advocacy team's work: nominations to decide on, and those not introduced yet; advocates on their way;
    requests to answer, and which of them one group call could serve. The oldest come first."""

    queue: Sequence[Nomination] = ()
    waiting: Sequence[Nomination] = ()
    journeys: Sequence[Advocate] = ()
    to_answer: Sequence[Request] = ()
    groups: Sequence[Sequence[Request]] = ()


@dataclass(frozen=True, slots=True)
class Upkeep:
    """What an admin lends a hand with: messages that could not be delivered, people of whom nobody knows the work."""

    problems: int = 0
    unknown_people: int = 0


@dataclass(frozen=True, slots=True)
class Home:
    """`mine` and `requests` are the viewer's own, newest first; `to_approve` and `loads` a relationship owner's.

    `desk` and `upkeep` are None for whoever has no part in them, `setup` and `targets` (how many there are, and when
    the next is due) for whoever may not see them. `health` is how the program stood on the last day that was counted,
    `brought` what its quarter had brought by then; None also before the first. `conversations` are those that the
    viewer planned for today or before. `leads` says whether somebody has the viewer as manager, `may` what else they
    may see. `parts` are those there are for the viewer, `focus` the one they want to see, None for all.
    """

    name: str
    function: Function | None = None
    manager_slack_id: str | None = None
    parts: Sequence[Focus] = ()
    focus: Focus | None = None
    may: frozenset[Action] = field(default_factory=frozenset)
    mine: Sequence[Nomination] = ()
    requests: Sequence[Request] = ()
    to_approve: Sequence[Request] = ()
    loads: Sequence[Load] = ()
    pulse: Waiting | None = None
    self_checks: Sequence[Part] = ()
    goals: Goals | None = None
    plan: LaunchPlan | None = None
    conversations: int = 0
    credit: Credit | None = None
    leads: bool = False
    desk: Desk | None = None
    upkeep: Upkeep | None = None
    targets: tuple[int, date | None] | None = None
    health: tuple[date, Health] | None = None
    brought: tuple[date, Brought] | None = None
    setup: Setup | None = None

    def shows(self, part: Focus) -> bool:
        """Whether the viewer wants to see this part."""
        return self.focus in {None, part}
