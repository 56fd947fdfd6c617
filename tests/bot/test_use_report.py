"""`everboard report load`: from imported advocates to words, to one JSON document and to rows, on both databases."""

import csv
import io
import json
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bot import use_report
from domain.errors import NotAllowed
from domain.imports.kinds import ImportKind
from domain.messages import Kind
from domain.people import Role
from domain.vocabulary import Activity
from steps import use_report as steps
from storage.advocates import Advocate
from storage.engagements import Engagement, Status
from storage.guard import GuardedSession
from storage.outbox import Message
from tests.bot.importing import NOW, Office, as_csv, office
from tests.bot.test_portfolio import ACCOUNTS, ADVOCATES
from tests.worlds import World, counted
from views.health_words import percent

__all__ = ["office"]

CALL, QUOTE = Activity.REFERENCE_CALL, Activity.QUOTE


def prepared(office: Office) -> list[str]:
    """The ids of six active advocates."""
    office.load(ImportKind.ACCOUNTS, as_csv(*ACCOUNTS))
    more = [(f"Customer {at}", *ADVOCATES[1][1:]) for at in range(4)]
    office.load(ImportKind.ADVOCATES, as_csv(*ADVOCATES, *more))
    return [one.id for one in office.every(Advocate) if one.state == "active"]


def use(
    office: Office,
    advocate_id: str,
    days_ago: int = 3,
    *,
    times: int = 1,
    activity: Activity = CALL,
    status: Status = Status.DONE,
    over: bool = False,
) -> None:
    for _one in range(times):
        row = Engagement(id=office.moment().new_id(), advocate_id=advocate_id, activity=activity.value, halves=2)
        row.happens_on, row.status, row.source = NOW.date() - timedelta(days=days_ago), status.value, "touch"
        row.over_cap, row.created_at = over, NOW
        office.do(partial(_keep, row))


def _keep(row: Engagement, session: GuardedSession) -> None:
    session.add(row)


def words(office: Office, *, as_json: bool = False, activity: Activity | None = None, rows: Path | None = None) -> str:
    out, given = io.StringIO(), (office.moment(), None, None, activity)
    use_report.report(office.db, office.workspace_id, *given, as_json=as_json, rows=rows, out=out)
    return out.getvalue()


def told(office: Office, activity: Activity | None = None) -> Any:
    return json.loads(words(office, as_json=True, activity=activity))


def test_nothing_yet_says_so(office: Office) -> None:
    assert (told(office)["uses"], told(office)["top_share"], told(office)["idle"]) == (0, None, 0)
    assert "No customer was asked for anything in these days." in words(office)


def test_the_figures(office: Office, tmp_path: Path) -> None:
    first, second, *others = prepared(office)
    use(office, first, times=7)
    use(office, second, times=2, activity=QUOTE, over=True)
    use(office, second, days_ago=29)
    use(office, second, status=Status.RELEASED)  # it did not come about
    use(office, first, days_ago=30)
    use(office, others[0], days_ago=100)
    found = told(office)
    assert found["period"] == {"from": "2026-02-03", "to": "2026-03-04"}
    assert {key: found[key] for key in ("uses", "used", "advocates", "halves", "beyond", "top")} == {
        "uses": 10,
        "used": 2,
        "advocates": 2 + len(others),
        "halves": 20,
        "beyond": 2,
        "top": 1,
    }
    assert found["top_share"] == 0.7
    assert (found["before"]["uses"], found["before"]["top_share"]) == (1, None)
    assert found["activities"] == [
        {"activity": CALL, "uses": 8, "before": 1},
        {"activity": QUOTE, "uses": 2, "before": 0},
    ]
    assert [one["uses"] for one in found["most"]] == [7, 3]
    assert (found["idle"], len(found["idle_longest"])) == (len(others), len(others))
    said = words(office, rows=tmp_path / "rows.csv")
    assert f"carried {percent(0.7)} of it" in said
    assert "Few carry most of it." in said
    assert "2 uses went beyond a customer's limit" in said
    with (tmp_path / "rows.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["beyond_limit"] for row in rows].count("yes") == 2
    assert [date.fromisoformat(row["happens_on"]) for row in rows] == sorted(
        (date.fromisoformat(row["happens_on"]) for row in rows), reverse=True
    )
    assert told(office, QUOTE)["uses"] == 2
    assert told(office, QUOTE)["idle"] == 1 + len(others)


def test_as_many_statements_however_many(office: Office) -> None:
    first, second, *_others = prepared(office)

    def how_many() -> int:
        def read(session: GuardedSession) -> int:
            with counted(office.db) as statements:
                steps.read(session, office.moment(), None, None, None)
            return len(statements)

        return office.do(read)

    use(office, first)
    few = how_many()
    use(office, second, times=60)
    assert how_many() == few <= 7


def test_who_may_see_and_send_it(world: World) -> None:
    workspace = world.workspace("T1")
    champion, rep = world.member(workspace, "UCHAMPION", Role.CHAMPION), world.member(workspace, "UREP")
    assert world.do(workspace, steps.seen, champion, world.moment(), 30, None).now.uses == 0
    world.do(workspace, steps.send, champion, world.moment(), 30, None)
    sent = world.do(workspace, lambda session: [(one.target, one.kind) for one in session.query(Message)])
    assert sent == [("UCHAMPION", Kind.USE_REPORT)]
    for act in (steps.seen, steps.send):
        with pytest.raises(NotAllowed, match=r"^Only .* can see what advocacy does"):
            world.do(workspace, act, rep, world.moment(), 30, None)
