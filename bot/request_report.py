"""`everboard report requests`: how requests are answered, in words, as JSON, row by row. Decides no figure."""

from datetime import date
from pathlib import Path
from typing import Any, TextIO

from bot.printing import Put, tell, write_rows
from domain.moment import Moment
from domain.request_rates import WITHIN, Rates
from domain.request_report import Line, Report, Wanted
from steps import request_report
from storage.database import Database
from storage.guard import GuardedSession
from views.request_report_rows import COLUMNS, cells
from views.request_report_words import sentences


def report(
    db: Database,
    workspace_id: str,
    moment: Moment,
    first: date | None,
    last: date | None,
    wanted: Wanted,
    *,
    as_json: bool,
    rows: Path | None,
    out: TextIO,
) -> None:
    """Print the figures; with `rows`, write the requests behind them into that file, the newest first."""
    found = db.run_now(workspace_id, request_report.read, moment, first, last, wanted)
    tell(out, found, _document, sentences, as_json=as_json)
    if rows is not None:
        write_rows(db, workspace_id, rows, COLUMNS, _each, moment, first, last, wanted)


def _each(
    session: GuardedSession, put: Put, moment: Moment, first: date | None, last: date | None, wanted: Wanted
) -> None:
    request_report.rows(session, moment, first, last, wanted, lambda one: put(cells(one)))


def _document(found: Report) -> dict[str, Any]:
    """Keys may be added, never renamed; what is withheld is null."""
    period, wanted = found.period, found.wanted
    return {
        "period": {"from": period.first and period.first.isoformat(), "to": period.last and period.last.isoformat()},
        "activity": wanted.activity and wanted.activity.value,
        "function": wanted.function and wanted.function.value,
        "goal_hours": found.goal.total_seconds() / 3600,
        **_line(found.whole),
        "activities": [{"activity": line.name, **_line(line)} for line in found.activities],
        "functions": [{"function": line.name, **_line(line)} for line in found.functions],
    }


def _line(line: Line) -> dict[str, Any]:
    return {**_rates(line.now), "before": _rates(line.before)}


def _rates(rates: Rates) -> dict[str, Any]:
    within = [f"within_{round(limit.total_seconds() / 3600)}_hours" for limit in WITHIN]
    half = rates.half_within
    return {
        "requests": rates.asked,
        "filled": rates.filled,
        "not_filled": rates.decided - rates.filled,
        "withdrawn": rates.withdrawn,
        "waiting": rates.waiting,
        "fill_rate": rates.fill_rate,
        "answered_in_time": rates.in_time,
        "answered_or_late": rates.due,
        "in_time_rate": rates.in_time_rate,
        "answers": dict(zip([*within, "longer"], rates.took, strict=True)),
        "half_within_hours": half and half.total_seconds() / 3600,
    }
