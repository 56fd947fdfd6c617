"""`everboard report load`: how evenly customers are asked, in words, as JSON, row by row. Decides no figure."""

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any, TextIO

from bot.printing import Put, tell, write_rows
from domain.moment import Moment
from domain.use_report import Figures, Named, Report
from domain.vocabulary import Activity
from steps import use_report
from storage.database import Database
from storage.guard import GuardedSession
from views.use_report_words import COLUMNS, sentences


def report(
    db: Database,
    workspace_id: str,
    moment: Moment,
    first: date | None,
    last: date | None,
    activity: Activity | None,
    *,
    as_json: bool,
    rows: Path | None,
    out: TextIO,
) -> None:
    """Print the figures; with `rows`, write the uses behind them into that file, the newest first."""
    found = db.run_now(workspace_id, use_report.read, moment, first, last, activity)
    tell(out, found, _document, sentences, as_json=as_json)
    if rows is not None:
        write_rows(db, workspace_id, rows, COLUMNS, _each, moment, first, last, activity)


def _each(
    session: GuardedSession,
    put: Put,
    moment: Moment,
    first: date | None,
    last: date | None,
    activity: Activity | None,
) -> None:
    use_report.rows(session, moment, first, last, activity, put)


def _document(found: Report) -> dict[str, Any]:
    """Keys may be added, never renamed; what is withheld is null."""
    period = found.period
    return {
        "period": {"from": period.first and period.first.isoformat(), "to": period.last and period.last.isoformat()},
        "activity": found.activity and found.activity.value,
        **_figures(found.now),
        "before": _figures(found.before),
        "activities": [{"activity": name, "uses": now, "before": before} for name, now, before in found.activities],
        "most": [_named(one) for one in found.most],
        "idle": found.idle_count,
        "idle_longest": [{"name": one.name, "company": one.company} for one in found.idle],
    }


def _figures(one: Figures) -> dict[str, Any]:
    found = asdict(one)
    return {**found, "top_share": found.pop("share")}


def _named(one: Named) -> dict[str, Any]:
    return {"name": one.name, "company": one.company, "uses": one.uses, "halves": one.halves}
