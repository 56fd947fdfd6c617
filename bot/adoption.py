"""`everboard report adoption`: who takes part, in words or as JSON. Decides no figure."""

from datetime import date
from typing import Any, TextIO

from bot.printing import tell
from domain.adoption import COLUMNS, Count, Report, Row
from domain.funnel import Funnel, Stage, silent
from domain.moment import Moment
from domain.value import Period
from steps import adoption
from storage.database import Database
from views.adoption_words import sentences


def report(
    db: Database,
    workspace_id: str,
    moment: Moment,
    first: date | None,
    last: date | None,
    *,
    as_json: bool,
    out: TextIO,
) -> None:
    """Print how many of each function and team took part, beside the period before."""
    found = db.run_now(workspace_id, adoption.read, moment, first, last)
    tell(out, found, _document, sentences, as_json=as_json)


def _document(found: Report) -> dict[str, Any]:
    """Keys may be added, never renamed; of groups that are not told everything but the name is null."""
    return {
        "period": _days(found.period),
        "period_before": _days(found.period.before() or Period()),
        "everybody": _row(found.whole),
        "functions": [
            {
                "function": row.function.value if row.function else None,
                **_row(row),
                "teams": [{"team": found.names.get(team.team or ""), **_row(team)} for team in row.teams],
            }
            for row in found.functions
        ],
        "nominations": [_stages(row) for row in found.nominations],
        "silent_sources": [source.value for source in silent(found.nominations)],
    }


def _stages(row: Funnel) -> dict[str, Any]:
    stages = {"nominated": row.nominated, "accepted": row.accepted, "introduced": row.introduced}
    days = {stage.value: {"n": row.times[stage].n, "mean": row.times[stage].mean} for stage in Stage}
    return {"source": row.source and row.source.value, **stages, "published": row.published, "days": days}


def _days(period: Period) -> dict[str, str | None]:
    days = {"from": period.first, "to": period.last}
    return {name: None if day is None else day.isoformat() for name, day in days.items()}


def _row(row: Row) -> dict[str, Any]:
    return {"suppressed": row.now is None, **_count(row.now), "before": None if row.now is None else _count(row.before)}


def _count(one: Count | None) -> dict[str, int | None]:
    return {name: None if one is None else getattr(one, name) for name in COLUMNS}
