"""`everboard report value`, from an imported file to one JSON document, to words and to rows, on both databases."""

import csv
import io
import json
from datetime import date
from typing import Any

from bot import value
from domain.imports.kinds import ImportKind
from domain.value import Filters, Period
from storage.engagements import Engagement
from storage.opportunities import Opportunity
from tests.bot.importing import NOW, Office, as_csv, office
from tests.bot.test_portfolio import ACCOUNTS, ADVOCATES

__all__ = ["office"]

HEAD = ("Opportunity name", "Account name", "Stage", "Type", "Amount", "Created date", "Close date", "Opportunity ID")


def deals() -> str:
    rows = [
        (
            f"Deal {at}",
            "Harbor Mutual",
            "Closed Won" if at < 8 else "Closed Lost",
            "New",
            "USD 100",
            "2026-01-01",
            day,
            "",
        )
        for at, day in enumerate(["2026-03-02"] * 12)
    ]
    rows.append(("=cmd()", "Alderney Health", "Closed Won", "Renewal", "EUR 50.25", "", "2026-03-03", ""))
    rows.append(("Pipeline", "Alderney Health", "Proposal", "New", "EUR 7", "", "2026-12-01", ""))
    return as_csv(HEAD, *rows)


ALL = Filters()


def told(office: Office, filters: Filters = ALL) -> Any:
    out = io.StringIO()
    value.report(office.db, office.workspace_id, office.moment(), filters, as_json=True, rows=None, out=out)
    return json.loads(out.getvalue())


def prepared(office: Office) -> None:
    office.load(ImportKind.ACCOUNTS, as_csv(*ACCOUNTS))
    office.load(ImportKind.ADVOCATES, as_csv(*ADVOCATES))
    office.load(ImportKind.OPPORTUNITIES, deals())


def use(office: Office, deal: str, on: date) -> None:
    from storage.advocates import Advocate

    advocate, found = office.every(Advocate)[0], next(one for one in office.every(Opportunity) if one.name == deal)
    row = Engagement(id=office.moment().new_id(), advocate_id=advocate.id, activity="reference call", halves=2)
    row.happens_on, row.status, row.source, row.opportunity_id = on, "done", "touch", found.id
    row.created_at = NOW
    office.do(lambda session: session.add(row))


def test_figures_with_and_without_an_advocate(office: Office) -> None:
    prepared(office)
    use(office, "=cmd()", date(2026, 2, 1))
    found = told(office)
    assert found["opportunities"] == {"open": 1, "won": 9, "lost": 4}
    assert found["won_amount"] == {"EUR": 50.25, "USD": 800.0}
    assert (found["win_rate"], found["win_rate_n"]) == (9 / 13, 13)
    assert found["cycle_days"] == {"won": None, "lost": None}
    assert found["period"] == {"from": None, "to": None}
    assert found["influenced"]["opportunities"]["won"] == 1
    assert found["influenced"]["renewed_amount"] == {"EUR": 50.25}
    assert found["influenced"]["win_rate"] is None
    assert found["not_influenced"]["won_amount"] == {"USD": 800.0}
    assert "before" not in found


def test_filters_and_the_period_before(office: Office) -> None:
    prepared(office)
    found = told(office, Filters(Period(date(2026, 3, 3), date(2026, 3, 3)), industries=("healthcare",)))
    assert found["opportunities"] == {"open": 0, "won": 1, "lost": 0}
    assert found["before"]["opportunities"] == {"open": 0, "won": 0, "lost": 0}


def test_rows_behind_the_figures_hold_no_formula(office: Office) -> None:
    prepared(office)
    use(office, "=cmd()", date(2026, 2, 1))
    path, out = office.folder / "rows.csv", io.StringIO()
    value.report(office.db, office.workspace_id, office.moment(), Filters(), as_json=False, rows=path, out=out)
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 14
    [formula] = [row for row in rows if row["influenced"] == "yes" and row["type"] == "renewal"]
    assert (formula["opportunity"], formula["amount"], formula["currency"]) == ("'=cmd()", "50.25", "EUR")
    assert "It does not prove a cause" in out.getvalue()
    assert "too few to tell" in out.getvalue()


def test_nothing_yet(office: Office) -> None:
    found = told(office)
    assert found["opportunities"] == {"open": 0, "won": 0, "lost": 0}
    assert (found["won_amount"], found["win_rate"]) == ({}, None)
