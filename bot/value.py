"""`everboard report value`: deals with and without an advocate, in words, as JSON, row by row. Decides nothing."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

from bot.printing import Put, tell, write_rows
from domain.moment import Moment
from domain.opportunities import DealKind, Status
from domain.value import Amounts, Figures, Filters, Report, Value
from steps import value
from storage.database import Database
from storage.guard import GuardedSession
from views.value_rows import COLUMNS, cells
from views.value_words import CAUTION, figures_in_words


def report(
    db: Database, workspace_id: str, moment: Moment, filters: Filters, *, as_json: bool, rows: Path | None, out: TextIO
) -> None:
    """Print the figures; with `rows`, write the deals behind them into that file. Raises RuleError when it can't."""
    found = db.run_now(workspace_id, value.read, moment, filters)
    tell(out, found, _document, _sentences, as_json=as_json)
    if rows is not None:
        write_rows(db, workspace_id, rows, COLUMNS, _each, moment, filters)


def _each(session: GuardedSession, put: Put, moment: Moment, filters: Filters) -> None:
    value.rows(session, moment, filters, lambda row: put(cells(row)))


def _document(found: Report) -> dict[str, Any]:
    """Keys may be added, never renamed; what is withheld is null."""
    period = found.filters.period
    days = {"from": period.first and period.first.isoformat(), "to": period.last and period.last.isoformat()}
    document = {"period": days, "window_days": found.window_days, **_value(found.value)}
    return document if found.before is None else {**document, "before": _value(found.before)}


def _value(found: Value) -> dict[str, Any]:
    parts = {"influenced": _figures(found.influenced), "not_influenced": _figures(found.others)}
    return {**_figures(found.all), **parts}


def _figures(one: Figures) -> dict[str, Any]:
    return {
        "opportunities": {status.value: one.counts[status] for status in Status},
        "won_amount": _amounts(one.amounts[Status.WON]),
        "open_amount": _amounts(one.amounts[Status.OPEN]),
        "renewed_amount": _amounts(one.won_by_kind[DealKind.RENEWAL]),
        "expanded_amount": _amounts(one.won_by_kind[DealKind.EXPANSION]),
        "win_rate": one.win_rate,
        "win_rate_n": one.decided,
        "cycle_days": {status.value: one.cycle_days(status) for status in (Status.WON, Status.LOST)},
        "cycle_n": {status.value: one.timed[status] for status in (Status.WON, Status.LOST)},
    }


def _amounts(amounts: Amounts) -> dict[str, float]:
    return {currency: float(amount) for currency, amount in sorted(amounts.items())}


def _sentences(found: Report) -> Iterator[str]:
    yield from figures_in_words(found)
    yield CAUTION
