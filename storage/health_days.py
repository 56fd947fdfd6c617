"""How the program stood, day by day: what each measure had attained. Decides no verdict."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import JSON

from domain.health import Measure
from storage.base import Base, Tenant
from storage.guard import GuardedSession

Attained = Mapping[Measure, float | None]
"""What each measure had attained, 0 to 1; None for what was not known."""


class HealthDay(Tenant, Base):
    """One day of the workspace's own calendar."""

    __tablename__ = "health_day"

    day: Mapped[date] = mapped_column(primary_key=True)
    attained: Mapped[dict[str, float | None]] = mapped_column(JSON)


def keep(session: GuardedSession, day: date, attained: Attained) -> None:
    """Write down a day; what stood there is replaced. Two statements."""
    session.execute(delete(HealthDay).where(HealthDay.day == day))
    session.add(HealthDay(day=day, attained={measure.value: part for measure, part in attained.items()}))


def newest_columns() -> dict[str, ColumnElement[Any]]:
    """The last day that was written down, and what stands there, as columns for `read`."""
    last = HealthDay.day.desc()
    return {
        "health day": select(HealthDay.day).order_by(last).limit(1).scalar_subquery(),
        "attained": select(HealthDay.attained).order_by(last).limit(1).scalar_subquery(),
    }


def read(day: date | None, attained: Mapping[str, float | None] | None) -> tuple[date, Attained] | None:
    """A day as it was written down; None before the first. A measure that is no longer counted is left out, and one
    that is new was not known."""
    if day is None or attained is None:
        return None
    return day, {measure: attained.get(measure.value) for measure in Measure}


def since(session: GuardedSession, first: date) -> list[tuple[date, Attained]]:
    """Every day from this one on, the oldest first. One statement."""
    rows = session.scalars(select(HealthDay).where(HealthDay.day >= first).order_by(HealthDay.day))
    return [found for row in rows if (found := read(row.day, row.attained))]
