"""Who brought customers that became advocates, and what these did: credit, badges and the list of contributors.

Decides by outcome alone: a nomination counts once the customer is published, an endorsement beside it, and an activity
of an advocate counts for whoever nominated them. Nothing is kept: what is undone takes its credit along.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from domain.value import Period

TOP = 10
"""Contributors that are listed."""


@dataclass(frozen=True, slots=True)
class Credit:
    """What somebody has brought: published advocates that they nominated, those that they endorsed, and activities of
    the former that took place."""

    person_id: str
    advocates: int = 0
    endorsed: int = 0
    activities: int = 0

    @property
    def is_any(self) -> bool:
        """Whether there is anything to thank for."""
        return bool(self.advocates or self.endorsed or self.activities)

    def __add__(self, other: "Credit") -> "Credit":
        return replace(
            self,
            advocates=self.advocates + other.advocates,
            endorsed=self.endorsed + other.endorsed,
            activities=self.activities + other.activities,
        )


class Badge(StrEnum):
    """A mark that stays as long as what it stands for; the value is what people read."""

    FIRST = "first advocate"
    FIVE = "five advocates"
    TEN = "ten advocates"
    SPOKEN = "an advocate who has spoken for us"
    OFTEN = "advocates who have spoken ten times"
    VOICE = "three endorsements that became advocates"


def badges(credit: Credit) -> list[Badge]:
    """Those that somebody has earned, in their order."""
    earned = {
        Badge.FIRST: credit.advocates >= 1,
        Badge.FIVE: credit.advocates >= 5,
        Badge.TEN: credit.advocates >= 10,
        Badge.SPOKEN: credit.activities >= 1,
        Badge.OFTEN: credit.activities >= 10,
        Badge.VOICE: credit.endorsed >= 3,
    }
    return [badge for badge, is_earned in earned.items() if is_earned]


def together(parts: Iterable[Credit]) -> dict[str, Credit]:
    """Each person's parts as one."""
    found: dict[str, Credit] = {}
    for part in parts:
        found[part.person_id] = found.get(part.person_id, Credit(part.person_id)) + part
    return found


@dataclass(frozen=True, slots=True)
class Place:
    """A line of the list: `rank` counts from 1 and is shared by equals; `slack_user_id` None: not to be named."""

    rank: int
    slack_user_id: str | None
    credit: Credit


@dataclass(frozen=True, slots=True)
class Board:
    """The contributors of a period, one's own credit in it and of all time, one's team, and whether one is named, and
    may thank everybody in the program's name."""

    period: Period
    places: Sequence[Place]
    own: Credit
    ever: Credit
    team: Sequence[Place]
    is_named: bool
    may_thank: bool = False


def ranked(
    of_people: Iterable[Credit], slack_ids: Mapping[str, str], unnamed: Collection[str], most: int = TOP
) -> list[Place]:
    """Most advocates first, then activities, then endorsements. Who declined keeps their place without a name."""
    some = sorted((one for one in of_people if one.is_any), key=_order)
    places = []
    for one in some[:most]:
        rank = 1 + sum(_order(other)[:3] < _order(one)[:3] for other in some)
        places.append(Place(rank, None if one.person_id in unnamed else slack_ids.get(one.person_id), one))
    return places


def _order(one: Credit) -> tuple[int, int, int, str]:
    return (-one.advocates, -one.activities, -one.endorsed, one.person_id)
