"""How the program stood, day by day: what each measure had attained. Decides no verdict."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import delete, select
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


def newest(session: GuardedSession) -> tuple[date, Attained] | None:
    """The last day that was written down. One statement."""
    row = session.scalars(select(HealthDay).order_by(HealthDay.day.desc()).limit(1)).first()
    return (row.day, _attained(row)) if row else None


def since(session: GuardedSession, first: date) -> list[tuple[date, Attained]]:
    """Every day from this one on, the oldest first. One statement."""
    rows = session.scalars(select(HealthDay).where(HealthDay.day >= first).order_by(HealthDay.day))
    return [(row.day, _attained(row)) for row in rows]


def _attained(row: HealthDay) -> Attained:
    """A measure that is no longer counted is left out, and one that is new was not known."""
    return {measure: row.attained.get(measure.value) for measure in Measure}
