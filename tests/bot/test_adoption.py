"""`everboard report adoption`: who takes part, from rows to one JSON document and to words, on both databases."""

import io
import json
from datetime import date, timedelta
from typing import Any

import pytest

from bot import adoption
from domain.adoption import COLUMNS
from domain.errors import NotAllowed
from domain.people import Role
from steps import adoption as steps
from storage.advocates import Advocate, Introduction
from storage.guard import GuardedSession
from storage.nominations import Endorsement, Nomination
from storage.nudges import Nudge
from storage.people import Person
from storage.requests import Follower, Request
from tests.bot.importing import NOW, Office, office
from tests.bot.test_health import ask, look_up, nominate, people
from tests.worlds import START, World, counted

__all__ = ["office"]


def words(office: Office, *, as_json: bool = False, first: date | None = None, last: date | None = None) -> str:
    out = io.StringIO()
    adoption.report(office.db, office.workspace_id, office.moment(), first, last, as_json=as_json, out=out)
    return out.getvalue()


def told(office: Office, first: date | None = None, last: date | None = None) -> Any:
    return json.loads(words(office, as_json=True, first=first, last=last))


def led(office: Office, manager_id: str, person_ids: list[str]) -> None:
    def write(session: GuardedSession) -> None:
        for one in person_ids:
            session.get_one(Person, (session.workspace_id, one)).manager_id = manager_id

    office.do(write)


def nudge(office: Office, *, person_id: str | None = None, audience: str = "sales", outcome: str = "sent") -> None:
    key = office.moment().new_id()
    row = Nudge(id=key, occasion=key, person_id=person_id, audience=audience, target="C1", outcome=outcome)
    row.due_on, row.created_at = NOW.date(), NOW - timedelta(days=2)
    office.do(lambda session: session.add(row))


def join_in(office: Office, person_id: str) -> None:
    """Somebody endorses what another nominated, and follows what another requested."""
    made = {"person_id": person_id, "created_at": NOW - timedelta(days=1)}

    def write(session: GuardedSession) -> None:
        nomination, request = session.query(Nomination).first(), session.query(Request).first()
        assert nomination is not None
        assert request is not None
        session.add(Endorsement(id=office.moment().new_id(), nomination_id=nomination.id, **made))
        session.add(Follower(id=office.moment().new_id(), request_id=request.id, **made))

    office.do(write)


def row(now: dict[str, int], before: dict[str, int]) -> dict[str, Any]:
    return {"suppressed": False, **now, "before": before}


def count(*numbers: int) -> dict[str, int]:
    return dict(zip(COLUMNS, numbers, strict=True))


HIDDEN = {"suppressed": True, **dict.fromkeys(COLUMNS), "before": None}


def test_each_person_counts_once_in_each_column(office: Office) -> None:
    sales, support = people(office, "sales", 9), people(office, "support", 5)
    boss = people(office, "executive", 5)[0]
    led(office, boss, sales[:5])
    for days in (1, 2, 29, 30, 31, 59, 60):
        nominate(office, sales[0], days)
    look_up(office, sales[0], 3)
    look_up(office, sales[1], 45)
    ask(office, "new", hours=None)
    join_in(office, sales[2])
    nudge(office, person_id=support[0])
    nudge(office, person_id=support[1], outcome="held out")
    found = told(office)
    assert found["period"] == {"from": "2026-02-03", "to": "2026-03-04"}
    assert found["period_before"] == {"from": "2026-01-04", "to": "2026-02-02"}
    whole = row(count(19, 1, 2, 1, 1, 2), count(19, 0, 1, 1, 0, 2))
    assert found["everybody"] == whole
    first, second, third = found["functions"]
    assert {**first, "teams": None} == {
        "function": "sales",
        **row(count(9, 0, 2, 1, 1, 2), count(9, 0, 1, 1, 0, 2)),
        "teams": None,
    }
    # Of the nine, five have a manager: the other four would be what is left.
    assert [team["suppressed"] for team in first["teams"]] == [True]
    assert second == {"function": "support", **row(count(5, 1, 0, 0, 0, 0), count(5, 0, 0, 0, 0, 0)), "teams": []}
    assert third["function"] == "executive"


def test_a_post_in_a_channel_invites_the_function(office: Office) -> None:
    people(office, "sales", 6)
    nudge(office, audience="sales")
    nudge(office, audience="support", outcome="silent")
    assert told(office)["everybody"]["invited"] == 6


def test_teams_are_named_after_their_manager(office: Office) -> None:
    sales = people(office, "sales", 12)
    led(office, sales[0], sales[2:7])
    led(office, sales[1], sales[7:])
    led(office, sales[1], sales[:2])
    nominate(office, sales[2], 3)
    [function] = told(office)["functions"]
    assert {team["team"]: team["took_part"] for team in function["teams"]} == {sales[0]: 1, sales[1]: 0}
    assert f"Team of {sales[0]}: 1 of 5 people took part (20%; before: 0)" in words(office)


@pytest.mark.parametrize("day", [date(1900, 1, 1), date(2199, 12, 31)])
def test_the_first_and_the_last_day_that_may_be_named(office: Office, day: date) -> None:
    people(office, "sales", 6)
    for found in (told(office, first=day), told(office, last=day), told(office, first=day, last=day)):
        assert found["everybody"]["took_part"] == 0


def test_nobody_and_nothing(office: Office) -> None:
    found = told(office, first=date(2026, 1, 1), last=date(2026, 1, 31))
    assert found["everybody"] == HIDDEN
    assert found["functions"] == []
    assert found["period_before"] == {"from": "2025-12-01", "to": "2025-12-31"}
    people(office, "sales", 6)
    assert "Nobody has taken part in these days" in words(office)


def test_the_number_of_statements_does_not_grow(office: Office) -> None:
    def asked() -> int:
        with counted(office.db) as statements:
            told(office)
        return len([one for one in statements if one.lstrip().upper().startswith("SELECT")])

    sales = people(office, "sales", 12)
    led(office, sales[0], sales[:6])
    led(office, sales[1], sales[6:])
    few = asked()
    for function in ("support", "product", "services"):
        some = people(office, function, 14)
        led(office, some[0], some[:7])
        nominate(office, some[0], 4)
    assert asked() == few == 5


def took(n: int, mean: float | None) -> dict[str, Any]:
    """How long a stage took; SQLite counts days to a few microseconds."""
    return {"n": n, "mean": mean if mean is None else pytest.approx(mean, abs=1e-6)}


def test_what_became_of_nominations_by_where_they_came_from(office: Office) -> None:
    [person] = people(office, "sales", 1)
    for days in (1, 2, 3, 40):
        nominate(office, person, days)

    def decide(session: GuardedSession) -> None:
        first, second, third, _older = session.query(Nomination).order_by(Nomination.created_at.desc())
        first.state = second.state = "accepted"
        first.decided_at, second.decided_at = (
            first.created_at + timedelta(hours=6),
            second.created_at + timedelta(days=1),
        )
        third.decided_at = third.created_at - timedelta(days=9)  # brought in out of order: no time at all
        introduced = Introduction(id="I", nomination_id=first.id, due_on=NOW.date(), asked_at=first.decided_at)
        introduced.made_at = first.decided_at + timedelta(hours=3)
        session.add(introduced)
        third.source = "web"
        for nomination, published in ((first, NOW), (second, None)):
            row = Advocate(id=nomination.id, contact_id=nomination.contact_id, nomination_id=nomination.id)
            row.state, row.created_at, row.published_at = "active" if published else "introduced", NOW, published
            session.add(row)

    office.do(decide)
    found = told(office)
    assert found["nominations"] == [
        {"source": "command", "nominated": 2, "accepted": 2, "introduced": 2, "published": 1}
        | {"days": {"review": took(2, 0.625), "introduction": took(1, 0.125), "profile": took(1, 0.625)}},
        {"source": "web", "nominated": 1, "accepted": 0, "introduced": 0, "published": 0}
        | {"days": dict.fromkeys(("review", "introduction", "profile"), took(0, None))},
    ]
    assert found["silent_sources"] == ["shortcut", "message", "home", "nudge", "workflow", "campaign"]
    said = words(office)
    assert "What became of 3 nominations: 2 accepted, 2 introduced, 1 published as advocates." in said
    assert "it took 0.6 days to a decision (n = 2), 0.1 days to the introduction (n = 1) and 0.6 days to the" in said
    assert "They came with /nominate (2, 1 published) and on the web page (1, 0 published)." in said
    assert "None came with the shortcut, from a message, from Home, after a reminder, in a workflow and in" in said


def test_leaders_see_all_managers_their_team_and_others_nothing(world: World) -> None:
    workspace = world.workspace("T1")
    leader, boss = world.member(workspace, "ULEADER", Role.LEADER), world.member(workspace, "UBOSS")
    team = [world.member(workspace, f"UREP{at}") for at in range(5)]
    with pytest.raises(NotAllowed, match=r"^Only the program leader, .* can see who uses the program"):
        world.do(workspace, steps.seen, boss, world.moment(), 30)

    def write(session: GuardedSession) -> None:
        for one in team:
            session.get_one(Person, (workspace, one.person_id)).manager_id = boss.person_id

    world.do(workspace, write)
    world.nominate(workspace, team[0])
    own = world.do(workspace, steps.seen, boss, world.moment(), 30)
    assert own.is_own_team
    assert (own.whole.now.people, own.whole.now.took_part, own.functions) == (5, 1, ())
    whole = world.do(workspace, steps.seen, leader, world.moment(), 30)
    assert (whole.whole.now.people, whole.is_own_team) == (7, False)
    assert whole.period.last == START.date()
    with pytest.raises(NotAllowed):
        world.do(workspace, steps.seen, team[0], world.moment(), 30)
