"""What advocacy had brought by each day, as Home tells it without counting all deals again. Decides no figure."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import JSON

from domain.value import Amounts, Brought
from storage.base import Base, Tenant
from storage.guard import GuardedSession


class ValueDay(Tenant, Base):
    """One day of the workspace's own calendar."""

    __tablename__ = "value_day"

    day: Mapped[date] = mapped_column(primary_key=True)
    brought: Mapped[dict[str, Any]] = mapped_column(JSON)


def keep(session: GuardedSession, day: date, brought: Brought) -> None:
    """Write down a day; what stood there is replaced. Two statements."""
    session.execute(delete(ValueDay).where(ValueDay.day == day))
    session.add(ValueDay(day=day, brought=_written(brought)))


def newest_columns() -> dict[str, ColumnElement[Any]]:
    """The last day that was written down, and what stands there, as columns for `read`."""
    last = ValueDay.day.desc()
    return {
        "value day": select(ValueDay.day).order_by(last).limit(1).scalar_subquery(),
        "brought": select(ValueDay.brought).order_by(last).limit(1).scalar_subquery(),
    }


def read(day: date | None, brought: Mapping[str, Any] | None) -> tuple[date, Brought] | None:
    """A day as it was written down; None before the first."""
    if day is None or brought is None:
        return None
    return day, Brought(
        first=date.fromisoformat(brought["first"]),
        last=date.fromisoformat(brought["last"]),
        won_of_all=brought["won_of_all"],
        won=brought["won"],
        open=brought["open"],
        won_amounts=_amounts(brought["won_amounts"]),
        open_amounts=_amounts(brought["open_amounts"]),
    )


def _written(one: Brought) -> dict[str, Any]:
    return {
        "first": one.first.isoformat(),
        "last": one.last.isoformat(),
        "won_of_all": one.won_of_all,
        "won": one.won,
        "open": one.open,
        "won_amounts": {currency: str(amount) for currency, amount in one.won_amounts.items()},
        "open_amounts": {currency: str(amount) for currency, amount in one.open_amounts.items()},
    }


def _amounts(written: Mapping[str, str]) -> Amounts:
    return {currency: Decimal(amount) for currency, amount in written.items()}
