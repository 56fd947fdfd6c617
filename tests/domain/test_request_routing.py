"""The four ways of routing, cell by cell, with every standing of the relationship owner."""

from datetime import date, timedelta

import pytest

from domain.request_routing import (
    ROUTING_WORDS,
    WHY_NOT_OWNER,
    Owner,
    Routing,
    Step,
    at_proposal,
    at_submit,
    routing_for,
)
from domain.request_routing import owner_standing as standing

TODAY = date(2026, 5, 10)
TEAM, BOTH, TOLD, SELF = Routing

SUBMITTED = {
    (TEAM, Owner.HERE): "TEAM",
    (TEAM, Owner.AWAY): "TEAM",
    (TEAM, Owner.GONE): "TEAM",
    (TEAM, Owner.NONE): "TEAM",
    (TEAM, Owner.AGREED): "TEAM",
    (BOTH, Owner.HERE): "TEAM",
    (BOTH, Owner.AWAY): "TEAM",
    (BOTH, Owner.GONE): "TEAM",
    (BOTH, Owner.NONE): "TEAM",
    (BOTH, Owner.AGREED): "TEAM",
    (TOLD, Owner.HERE): "APPROVED told",
    (TOLD, Owner.AWAY): "APPROVED told",
    (TOLD, Owner.GONE): "APPROVED",
    (TOLD, Owner.NONE): "APPROVED",
    (TOLD, Owner.AGREED): "APPROVED",
    (SELF, Owner.HERE): "ASK_OWNER",
    (SELF, Owner.AWAY): "ASK_TEAM told in place",
    (SELF, Owner.GONE): "ASK_TEAM in place",
    (SELF, Owner.NONE): "ASK_TEAM in place",
    (SELF, Owner.AGREED): "APPROVED",
}
"""With a chosen advocate who is free."""

WITH_OWNER = {
    Owner.HERE: ("ASK_OWNER", "ASK_OWNER"),
    Owner.AWAY: ("APPROVED told in place", "ASK_TEAM told in place"),
    Owner.GONE: ("APPROVED in place", "ASK_TEAM in place"),
    Owner.NONE: ("APPROVED in place", "ASK_TEAM in place"),
    Owner.AGREED: ("APPROVED", "APPROVED"),
}
"""A proposal by somebody who may stand in for the owner, and by somebody who may not."""

WITHOUT = {
    Owner.HERE: "APPROVED told",
    Owner.AWAY: "APPROVED told",
    Owner.GONE: "APPROVED",
    Owner.NONE: "APPROVED",
    Owner.AGREED: "APPROVED",
}


def read(step: Step) -> str:
    return step.way.name + (" told" if step.tell_owner else "") + (" in place" if step.in_place_of_owner else "")


@pytest.mark.parametrize("routing", Routing)
@pytest.mark.parametrize("owner", Owner)
def test_what_happens_to_a_request_when_it_is_sent(routing: Routing, owner: Owner) -> None:
    assert read(at_submit(routing, owner, chosen=True)) == SUBMITTED[routing, owner]
    assert read(at_submit(routing, owner, chosen=False)) == "TEAM"
    assert read(at_submit(routing, owner, chosen=True, obstructed=True)) == "TEAM"


@pytest.mark.parametrize("routing", Routing)
@pytest.mark.parametrize("owner", Owner)
def test_what_happens_when_the_team_proposes_somebody(routing: Routing, owner: Owner) -> None:
    found = tuple(read(at_proposal(routing, owner, may_stand_in=may)) for may in (True, False))
    assert found == (WITH_OWNER[owner] if routing in (BOTH, SELF) else (WITHOUT[owner],) * 2)


@pytest.mark.parametrize("owner", Owner)
def test_whoever_approves_in_the_owners_place_says_why(owner: Owner) -> None:
    step = at_proposal(BOTH, owner, may_stand_in=True)
    assert step.why == (WHY_NOT_OWNER[owner] if step.in_place_of_owner else "")


@pytest.mark.parametrize(
    ("owner_id", "active", "away_until", "agreed", "expected"),
    [
        (None, True, None, (), Owner.NONE),
        ("p1", False, None, (), Owner.GONE),
        ("p1", False, None, ("p1",), Owner.GONE),
        ("p1", True, None, (), Owner.HERE),
        ("p1", True, None, ("p2",), Owner.HERE),
        ("p1", True, None, ("p2", "p1"), Owner.AGREED),
        ("p1", True, TODAY + timedelta(days=1), (), Owner.AWAY),
        ("p1", True, TODAY + timedelta(days=1), ("p1",), Owner.AGREED),
        ("p1", True, TODAY, (), Owner.HERE),
    ],
)
def test_how_the_owner_stands(
    owner_id: str | None, active: bool, away_until: date | None, agreed: tuple[str, ...], expected: Owner
) -> None:
    assert standing(owner_id, active=active, away_until=away_until, today=TODAY, agreed=agreed) is expected


@pytest.mark.parametrize(
    ("of_activity", "of_workspace", "expected"),
    [
        ({}, None, BOTH),
        ({}, "team", TEAM),
        ({"quote or logo": "self_told"}, "team", TOLD),
        ({"video": "self_told"}, "self_owner", SELF),
        ({"quote or logo": "of a later version"}, "team", TEAM),
        ({}, "of a later version", BOTH),
    ],
)
def test_the_mode_of_an_activity(of_activity: dict[str, str], of_workspace: str | None, expected: Routing) -> None:
    assert routing_for(of_activity, "quote or logo", of_workspace) is expected


def test_every_mode_has_words() -> None:
    assert set(ROUTING_WORDS) == set(Routing)
    assert all(mode.words for mode in Routing)
