"""`everboard report program`, from nothing to a verdict with its figures, as JSON and in words, on both databases."""

import io
import json
from datetime import date, timedelta
from typing import Any

from bot import health
from domain.health import Measure
from domain.imports.kinds import ImportKind
from storage.nominations import Contact, Nomination
from storage.people import Person
from storage.requests import Request
from storage.saved_searches import LookUp
from storage.self_checks import SelfCheckRow
from storage.targets import TargetRow
from tests.bot.importing import NOW, Office, as_csv, office
from tests.bot.test_pulses import HEAD, answers
from tests.worlds import counted

__all__ = ["office"]


def words(office: Office, *, as_json: bool = False) -> str:
    out = io.StringIO()
    health.report(office.db, office.workspace_id, office.moment(), as_json=as_json, out=out)
    return out.getvalue()


def told(office: Office) -> Any:
    return json.loads(words(office, as_json=True))


def people(office: Office, function: str, many: int) -> list[str]:
    """Full members of a function."""
    ids = [office.moment().new_id() for _one in range(many)]
    rows = [
        Person(id=one, slack_user_id=f"U{one[-12:]}", name=one, function=function, updated_at=NOW, standing="member")
        for one in ids
    ]
    office.do(lambda session: session.add_all(rows))
    return ids


def look_up(office: Office, person_id: str, days_ago: int) -> None:
    row = LookUp(
        id=office.moment().new_id(), person_id=person_id, query="x", fitted=1, at=NOW - timedelta(days=days_ago)
    )
    office.do(lambda session: session.add(row))


def nominate(office: Office, person_id: str, days_ago: int) -> None:
    key = office.moment().new_id()
    names = {"name": key, "name_key": key, "identity": key, "company": key, "company_key": key}
    made = NOW - timedelta(days=days_ago)
    said = {"source": "command", "state": "submitted", "why": "", "customer_knows": True}
    row = Nomination(
        id=key, contact_id=key, nominator_id=person_id, nominator_function="sales", created_at=made, **said
    )

    def write(session: Any) -> None:
        session.add(Contact(id=key, created_at=made, **names))
        session.flush()
        session.add(row)

    office.do(write)


def ask(office: Office, state: str, *, hours: int | None) -> None:
    opened = NOW - timedelta(days=20)
    row = Request(id=office.moment().new_id(), activity="reference call", state=state, routing="team", purpose="other")
    row.need_by, row.opened_at, row.created_at = date(2026, 3, 1), opened, opened
    row.answered_at = None if hours is None else opened + timedelta(hours=hours)
    office.do(lambda session: session.add(row))


def check(office: Office, person_id: str, part: str, *scores: int) -> None:
    row = SelfCheckRow(id=office.moment().new_id(), person_id=person_id, part=part, quarter=date(2026, 1, 1))
    row.scores, row.answered_at = list(scores), NOW
    office.do(lambda session: session.add(row))


def aim(office: Office, count: int) -> None:
    row = TargetRow(id=office.moment().new_id(), name="=Banks", criteria={}, count=count, due_on=date(2026, 9, 1))
    row.created_at = NOW
    office.do(lambda session: session.add(row))


def test_nothing_yet_says_what_to_do(office: Office) -> None:
    found = told(office)
    assert (found["verdict"], found["points"], found["drags"]) == (None, None, [])
    assert [one["measure"] for one in found["measures"]] == [one.value for one in Measure]
    assert {one["value"] for one in found["measures"]} == {None}
    assert found["period"] == {"from": "2025-12-05", "to": "2026-03-04"}
    said = words(office)
    assert "too early to tell" in said
    for hint in ("everboard import people", "/pulse", "/advocacy targets", "/advocates request", "answer it in Home"):
        assert hint in said


def test_a_whole_program(office: Office) -> None:
    sales = people(office, "sales", 8)
    people(office, "support", 6)
    people(office, "product", 2)
    boss = people(office, "executive", 1)[0]
    look_up(office, sales[0], 89)
    look_up(office, sales[1], 91)
    nominate(office, sales[2], 10)
    nominate(office, sales[2], 5)
    nominate(office, sales[3], 100)
    office.load(
        ImportKind.PULSES, as_csv(HEAD, *answers("Sales", *[(4, 4, 2, 4, 4)] * 5, (4, 4, 3, 4, 4), day="2026-02-01"))
    )
    aim(office, 10)
    for state, hours in (("approved", 10), ("completed", 80), ("declined", 2), ("expired", None), ("scheduled", 72)):
        ask(office, state, hours=hours)
    check(office, boss, "leader", 5, 5, 5, 5, 5)
    check(office, boss, "champion", 4, 4, 4, 2, 4)
    found = told(office)
    measures = {one["measure"]: one["value"] for one in found["measures"]}
    assert measures["adoption"] == 2 / 16
    assert round(measures["pulse"], 6) == round(13 / 6, 6)
    assert measures["coverage"] == 0
    assert measures["fill rate"] == 0.6
    assert measures["self-checks"] == (5 + 3.6) / 2
    attained = (2 / 16 / 0.3 + (13 / 6 - 1) / 2.5 + 0 + 0.75 + 1) / 5
    assert found["points"] == int(100 * attained)
    assert found["verdict"] == "stalling"
    assert [one["measure"] for one in found["drags"]] == ["coverage", "adoption"]
    assert "=Banks" in found["drags"][0]["next_step"]
    assert "sales: 2 of 8" in found["drags"][1]["next_step"]
    assert {one["who"] for one in found["disagreements"]} == {"leader", "champion"}
    figures = found["figures"]
    assert figures["requests"] == {
        "decided": 5,
        "filled": 3,
        "due": 5,
        "answered_in_time": 3,
        "answered_in_time_rate": 0.6,
    }
    assert figures["nominations"] == {"sales": 2}
    assert figures["nominations_before"] == {"sales": 1}
    # Two people of product are too few, and support goes with them: the sum is told too.
    assert figures["adoption"] == [
        {"function": "sales", "people": 8, "took_part": 2},
        {"function": "support", "people": None, "took_part": None},
        {"function": "product", "people": None, "took_part": None},
    ]
    said = words(office)
    assert "The program is stalling" in said
    assert "The program leader's own view (100 of 100)" in said


def test_the_number_of_statements_does_not_grow(office: Office) -> None:
    aim(office, 3)
    with counted(office.db) as few:
        told(office)
    for _more in range(3):
        sales = people(office, "sales", 9)
        nominate(office, sales[0], 3)
        ask(office, "approved", hours=3)
        aim(office, 5)
    with counted(office.db) as many:
        told(office)
    assert len(many) == len(few)
    assert len([one for one in many if one.lstrip().upper().startswith("SELECT")]) <= 16
