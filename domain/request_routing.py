"""Which way a request takes: when the relationship owner is asked, told, or stood in for by the advocacy team.

Decides nothing about capacity: a request that protection stands against is passed in as `obstructed`.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

EVERY_ACTIVITY = "*"
"""Under this key the settings keep the way of activities that have none of their own."""


class Routing(StrEnum):
    """How requests are handled in a workspace, or for one activity in it."""

    TEAM = "team"
    TEAM_AND_OWNER = "team_owner"
    SELF_TELLING_OWNER = "self_told"
    SELF_AND_OWNER = "self_owner"

    @property
    def words(self) -> str:
        """The mode as it stands in the settings."""
        return ROUTING_WORDS[self]


DEFAULT_ROUTING = Routing.TEAM_AND_OWNER

ROUTING_WORDS: Mapping[Routing, str] = MappingProxyType(
    {
        Routing.TEAM: "The advocacy team finds somebody and tells the relationship owner",
        Routing.TEAM_AND_OWNER: "The advocacy team finds somebody and the relationship owner approves",
        Routing.SELF_TELLING_OWNER: "Whoever asks picks somebody who is free; the relationship owner is told",
        Routing.SELF_AND_OWNER: "Whoever asks picks somebody who is free; the relationship owner approves",
    }
)

SELF_SERVICE = frozenset({Routing.SELF_TELLING_OWNER, Routing.SELF_AND_OWNER})
ASKS_OWNER = frozenset({Routing.TEAM_AND_OWNER, Routing.SELF_AND_OWNER})


def routing_for(of_activity: Mapping[str, str], activity: str, of_workspace: str | None) -> Routing:
    """The activity's own mode, else the workspace's, else the default; values of a later version count as not set."""
    known = {mode.value: mode for mode in Routing}
    return known.get(of_activity.get(activity, ""), known.get(of_workspace or "", DEFAULT_ROUTING))


class Owner(StrEnum):
    """How the relationship owner of the account can be asked."""

    HERE = "here"
    AWAY = "away"
    GONE = "gone"
    NONE = "none"
    AGREED = "agreed"


def owner_standing(
    owner_id: str | None,
    *,
    active: bool,
    away_until: date | None,
    today: date,
    agreed: Collection[str] = (),
) -> Owner:
    """How the owner stands. `agreed` are people whose act already says yes: the requester, and whoever proposes.

    `away_until` is the first day back. Whoever is away and yet makes the request themselves has agreed all the same.
    """
    if owner_id is None:
        return Owner.NONE
    if not active:
        return Owner.GONE
    if owner_id in agreed:
        return Owner.AGREED
    return Owner.AWAY if away_until is not None and today < away_until else Owner.HERE


class Way(StrEnum):
    """Where a request goes next."""

    TEAM = "to the advocacy team's queue"
    ASK_OWNER = "to the relationship owner, for approval"
    ASK_TEAM = "to the advocacy team, for approval in the owner's place"
    APPROVED = "approved at once"


@dataclass(frozen=True, slots=True)
class Step:
    """What happens next. `tell_owner`: the owner gets a message that nothing is asked of them.

    `in_place_of_owner`: somebody other than the owner approves; the audit says so, with `why`.
    """

    way: Way
    tell_owner: bool = False
    in_place_of_owner: bool = False
    why: str = ""


WHY_NOT_OWNER: Mapping[Owner, str] = MappingProxyType(
    {
        Owner.NONE: "The account has no relationship owner",
        Owner.GONE: "The relationship owner's Slack account is deactivated",
        Owner.AWAY: "The relationship owner is away",
    }
)
"""Why the advocacy team is next in line."""

TO_TEAM = Step(Way.TEAM)


def at_submit(routing: Routing, owner: Owner, *, chosen: bool, obstructed: bool = False) -> Step:
    """What happens to a request when it is sent.

    Only self-service with a chosen advocate who is free goes ahead by itself. Criteria, and anybody whom protection
    stands against, go to the team: it alone may match, and override.
    """
    if routing not in SELF_SERVICE or not chosen or obstructed:
        return TO_TEAM
    return _with_owner(routing, owner, may_stand_in=False)


def at_proposal(routing: Routing, owner: Owner, *, may_stand_in: bool) -> Step:
    """What happens when the team has settled on an advocate, whatever way the request came to it.

    `may_stand_in`: whoever proposes may approve in the owner's place (the advocacy team may, the program leader may
    not). Where the owner can't be asked, their proposal is the approval: to ask the same people again helps nobody.
    """
    return _with_owner(routing, owner, may_stand_in=may_stand_in)


def _with_owner(routing: Routing, owner: Owner, *, may_stand_in: bool) -> Step:
    if owner is Owner.AGREED:
        return Step(Way.APPROVED)
    if routing not in ASKS_OWNER:
        # The message waits for whoever is away; there is nobody to tell when nobody is there.
        return Step(Way.APPROVED, tell_owner=owner in {Owner.HERE, Owner.AWAY})
    if owner is Owner.HERE:
        return Step(Way.ASK_OWNER)
    why = WHY_NOT_OWNER[owner]
    tell = owner is Owner.AWAY
    return Step(Way.APPROVED if may_stand_in else Way.ASK_TEAM, tell_owner=tell, in_place_of_owner=True, why=why)
