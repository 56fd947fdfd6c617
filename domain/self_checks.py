"""What program leader and executive champion ask themselves once a quarter, and how their answers went over time.

Five statements each, about what leaders and champions of lasting programs have in common; our own wording. Decides
nothing about what the figures say; that is `domain.health`'s.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from domain.errors import NotAllowed, RuleError
from domain.people import Actor, Role

LOWEST, HIGHEST = 1, 5
"""The ends of the scale of an answer, in points."""

REMIND_AFTER = timedelta(days=14)
"""How long a self-check may lie unanswered before it is brought up again, once: a holiday is over by then."""

QUARTERS_SHOWN = 8
"""Two years: long enough to see a habit, short enough to read."""


class Part(StrEnum):
    """In which part somebody checks themselves. The leader comes first wherever both are listed."""

    LEADER = "leader"
    CHAMPION = "champion"


ROLE_OF: Mapping[Part, Role] = MappingProxyType({Part.LEADER: Role.LEADER, Part.CHAMPION: Role.CHAMPION})


class Attribute(StrEnum):
    """What a statement is about; the value is its short name for people."""

    BELIEF = "belief in advocacy"
    TIME = "time"
    SKILL = "skill"
    TENACITY = "tenacity"
    AMBITION = "ambition"
    OWNERSHIP = "ownership of the idea"
    ENTHUSIASM = "enthusiasm"
    GOALS = "advocacy in own goals"
    INVOLVEMENT = "involvement beyond funding"
    INTEREST = "interest in results"


STATEMENTS: Mapping[Part, Mapping[Attribute, str]] = MappingProxyType(
    {
        Part.LEADER: MappingProxyType(
            {
                Attribute.BELIEF: "I am convinced that customers who speak for us convince others better than we can.",
                Attribute.TIME: "I have the hours that the program needs each week, and I keep them free for it.",
                Attribute.SKILL: "I can win colleagues over, talk with customers and read the figures, or have help.",
                Attribute.TENACITY: "When something in the program stalls, I come back to it until it moves.",
                Attribute.AMBITION: "I have said out loud what the program is to reach, and it is more than today.",
            }
        ),
        Part.CHAMPION: MappingProxyType(
            {
                Attribute.OWNERSHIP: "I speak of the program as mine, and not as something that I once signed.",
                Attribute.ENTHUSIASM: "Whoever hears me talk about our advocates can tell that I care.",
                Attribute.GOALS: "What advocacy is to achieve stands among my own goals for this year.",
                Attribute.INVOLVEMENT: "This quarter I gave the program more than money: a talk, a call, a customer.",
                Attribute.INTEREST: "I ask for the program's results before anybody brings them to me.",
            }
        ),
    }
)
"""In the order in which they are asked. One thing each, in the first person."""

Scores = Mapping[Attribute, int]


@dataclass(frozen=True, slots=True)
class SelfCheck:
    """What one person answered in a quarter (known by its first day)."""

    part: Part
    quarter: date
    scores: Scores


@dataclass(frozen=True, slots=True)
class Summary:
    """What those of a part answered in a quarter: how many they are, and the unrounded mean of each statement."""

    part: Part
    quarter: date
    n: int
    means: Mapping[Attribute, float]

    @property
    def mean(self) -> float:
        """Of all five statements."""
        return sum(self.means.values()) / len(self.means)

    @property
    def weakest(self) -> Attribute:
        """The statement with the lowest mean; of several the first."""
        return min(self.means, key=lambda attribute: self.means[attribute])


@dataclass(frozen=True, slots=True)
class Form:
    """What a form opens with: `scores` None where nothing was answered in that quarter."""

    part: Part
    quarter: date
    scores: Scores | None


def parts_of(actor: Actor) -> tuple[Part, ...]:
    """The parts in which this person checks themselves."""
    return tuple(part for part in Part if ROLE_OF[part] in actor.roles)


def check_part(actor: Actor, part: Part) -> None:
    """Raises NotAllowed for whoever does not have that part."""
    if part not in parts_of(actor):
        raise NotAllowed(f"Only the {ROLE_OF[part]} can answer this self-check. Please ask them.")


def check_scores(part: Part, typed: Mapping[str, str | None]) -> dict[Attribute, int]:
    """The scores that were chosen, by the names of the fields. Raises RuleError at each statement without one."""
    found: dict[Attribute, int] = {}
    missing: dict[str, str] = {}
    for attribute in STATEMENTS[part]:
        said = typed.get(attribute.name) or ""
        if said in _SCALE:
            found[attribute] = int(said)
        else:
            missing[attribute.name] = f"Please choose one, from {LOWEST} to {HIGHEST}."
    if missing:
        raise RuleError("Please answer all five statements.", missing)
    return found


_SCALE = {str(score) for score in range(LOWEST, HIGHEST + 1)}


def check_quarter(quarter: date, today_quarter: date) -> None:
    """Raises RuleError when the quarter of a form is over: those answers stand."""
    if quarter != today_quarter:
        raise RuleError("A new quarter has begun, so these answers stand as they were. Please open the new self-check.")


def summaries(checks: Iterable[SelfCheck]) -> list[Summary]:
    """Each part's quarters, the oldest first, the leader's before the champion's; no more than can be shown."""
    by_quarter: defaultdict[tuple[Part, date], list[Scores]] = defaultdict(list)
    for check in checks:
        by_quarter[check.part, check.quarter].append(check.scores)
    found = []
    for part in Part:
        quarters = sorted(quarter for of_part, quarter in by_quarter if of_part is part)
        found += [_summary(part, quarter, by_quarter[part, quarter]) for quarter in quarters[-QUARTERS_SHOWN:]]
    return found


def _summary(part: Part, quarter: date, scores: Sequence[Scores]) -> Summary:
    means = {attribute: sum(one[attribute] for one in scores) / len(scores) for attribute in STATEMENTS[part]}
    return Summary(part, quarter, len(scores), means)


def newest(found: Iterable[Summary], since: date) -> dict[Part, Summary]:
    """The newest of each part, of this quarter or later: what somebody said longer ago is history."""
    return {one.part: one for one in found if one.quarter >= since}
