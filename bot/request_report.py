"""`everboard report requests`: how requests are answered, in words, as JSON, row by row. Decides no figure."""

import csv
import json
from datetime import date
from pathlib import Path
from typing import Any, TextIO

from bot.csv_files import neutral
from domain.moment import Moment
from domain.request_rates import WITHIN, Rates
from domain.request_report import Behind, Line, Report, Wanted
from steps import request_report
from storage.database import Database
from storage.guard import GuardedSession
from views.request_report_words import sentences

COLUMNS = (
    "activity",
    "asked_by",
    "function",
    "customer",
    "company",
    "state",
    "made_at",
    "answered_at",
    "answer_hours",
    "need_by",
)


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
    out.write(json.dumps(_document(found), ensure_ascii=False, indent=2) if as_json else "\n".join(sentences(found)))
    out.write("\n")
    if rows is not None:
        with rows.open("w", encoding="utf-8", newline="") as file:
            db.run_now(workspace_id, _write, moment, first, last, wanted, csv.writer(file))


def _write(
    session: GuardedSession, moment: Moment, first: date | None, last: date | None, wanted: Wanted, writer: Any
) -> None:
    writer.writerow(COLUMNS)
    request_report.rows(session, moment, first, last, wanted, lambda one: writer.writerow(map(neutral, _cells(one))))


def _cells(one: Behind) -> list[str]:
    asked = one.asked
    took = "" if asked.answered_at is None else f"{(asked.answered_at - asked.opened_at).total_seconds() / 3600:.1f}"
    who = [one.asker or "", one.function or "", one.customer or "", one.company or ""]
    times = [at.isoformat(timespec="seconds") if at else "" for at in (asked.opened_at, asked.answered_at)]
    return [one.activity, *who, asked.state.value, *times, took, one.need_by.isoformat()]


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
