"""`everboard report requests`: from rows to words, to one JSON document and to the rows, on both databases."""

import csv
import io
import json
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot import request_report
from domain.errors import NotAllowed
from domain.messages import Kind
from domain.people import Function, Role
from domain.request_report import Wanted
from domain.vocabulary import Activity
from steps import request_report as steps
from storage.guard import GuardedSession
from storage.outbox import Message
from storage.requests import Request
from tests.bot.importing import NOW, Office, office
from tests.bot.test_health import people
from tests.worlds import START, World, counted

__all__ = ["office"]

CALL, QUOTE = Activity.REFERENCE_CALL, Activity.QUOTE


def ask(
    office: Office,
    state: str,
    *,
    days_ago: int = 3,
    hours: int | None = None,
    activity: Activity = CALL,
    function: str | None = "sales",
    by: str | None = None,
) -> None:
    opened = NOW - timedelta(days=days_ago)
    row = Request(id=office.moment().new_id(), activity=activity.value, state=state, routing="team", purpose="other")
    row.need_by, row.opened_at, row.created_at = date(2026, 3, 20), opened, opened
    row.requester_function, row.requester_id = function, by
    row.answered_at = None if hours is None else opened + timedelta(hours=hours)
    office.do(lambda session: session.add(row))


def words(office: Office, *, as_json: bool = False, wanted: Wanted = Wanted(), rows: Path | None = None) -> str:  # noqa: B008  # it never changes
    out, given = io.StringIO(), (office.moment(), None, None, wanted)
    request_report.report(office.db, office.workspace_id, *given, as_json=as_json, rows=rows, out=out)
    return out.getvalue()


def told(office: Office, wanted: Wanted = Wanted()) -> Any:  # noqa: B008  # it never changes
    return json.loads(words(office, as_json=True, wanted=wanted))


def a_month(office: Office) -> None:
    asker = people(office, "sales", 1)[0]
    for hours in (3, 20, 30, 80):
        ask(office, "completed", hours=hours, by=asker)
    ask(office, "declined", hours=60, activity=QUOTE, function="marketing")
    ask(office, "expired", days_ago=12, activity=QUOTE, function=None)
    ask(office, "new", days_ago=1)
    ask(office, "cancelled", days_ago=9)
    ask(office, "approved", days_ago=40, hours=5)
    ask(office, "approved", days_ago=300, hours=5)


def test_nothing_yet_says_so(office: Office) -> None:
    found = told(office)
    assert (found["requests"], found["fill_rate"], found["activities"]) == (0, None, [])
    assert "Nobody asked for an advocate in these days." in words(office)


def test_the_figures(office: Office) -> None:
    a_month(office)
    found = told(office)
    assert found["period"] == {"from": "2026-02-03", "to": "2026-03-04"}
    assert {key: found[key] for key in ("requests", "filled", "not_filled", "withdrawn", "waiting", "fill_rate")} == {
        "requests": 8,
        "filled": 4,
        "not_filled": 2,
        "withdrawn": 1,
        "waiting": 1,
        "fill_rate": 4 / 6,
    }
    assert (found["answered_in_time"], found["answered_or_late"]) == (4, 6)
    assert found["answers"] == {
        "within_4_hours": 1,
        "within_24_hours": 1,
        "within_48_hours": 1,
        "within_72_hours": 1,
        "longer": 1,
    }
    assert found["half_within_hours"] == 48
    assert found["before"]["requests"] == 1
    assert [(one["activity"], one["requests"]) for one in found["activities"]] == [(CALL, 6), (QUOTE, 2)]
    assert [(one["function"], one["requests"]) for one in found["functions"]] == [
        ("sales", 6),
        ("marketing", 1),
        (None, 1),
    ]
    said = words(office)
    assert "8 requests (before: 1)" in said
    assert "4 got an advocate, 2 got none, 1 taken back, 1 waiting" in said
    assert "Half of the answers took no longer than 48 hours." in said
    assert "Function not known: 1 request" in said


def test_only_what_was_chosen(office: Office) -> None:
    a_month(office)
    assert told(office, Wanted(QUOTE))["requests"] == 2
    assert told(office, Wanted(None, Function.MARKETING))["requests"] == 1
    assert told(office, Wanted(CALL, Function.MARKETING))["requests"] == 0


def test_the_rows_behind_the_figures(office: Office, tmp_path: Path) -> None:
    a_month(office)
    words(office, rows=tmp_path / "rows.csv")
    with (tmp_path / "rows.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 8
    times = [datetime.fromisoformat(row["made_at"]) for row in rows]
    assert times == sorted(times, reverse=True)
    assert sorted(row["answer_hours"] for row in rows) == ["", "", "", "20.0", "3.0", "30.0", "60.0", "80.0"]
    assert sum(row["asked_by"] != "" for row in rows) == 4


def test_two_statements_however_many(office: Office) -> None:
    def how_many() -> int:
        def read(session: GuardedSession) -> int:
            with counted(office.db) as statements:
                steps.read(session, office.moment(), None, None, Wanted())
            return len(statements)

        return office.do(read)

    a_month(office)
    few = how_many()
    for _one in range(200):
        ask(office, "completed", hours=1)
    assert how_many() == few == 2


def test_who_may_see_and_send_it(world: World) -> None:
    workspace = world.workspace("T1")
    champion, rep = world.member(workspace, "UCHAMPION", Role.CHAMPION), world.member(workspace, "UREP")
    found = world.do(workspace, steps.seen, champion, world.moment(), 30, Wanted())
    assert (found.whole.now.asked, found.period.last) == (0, START.date())
    world.do(workspace, steps.send, champion, world.moment(), 30, Wanted())
    sent = world.do(workspace, lambda session: [(one.target, one.kind) for one in session.query(Message)])
    assert sent == [("UCHAMPION", Kind.REQUEST_REPORT)]
    for act in (steps.seen, steps.send):
        with pytest.raises(NotAllowed, match=r"^Only .* can see what advocacy does"):
            world.do(workspace, act, rep, world.moment(), 30, Wanted())
