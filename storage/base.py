"""What every table shares: names of constraints, the tenant's column, and a time type that is always UTC."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, DateTime, Dialect, ForeignKey, ForeignKeyConstraint, MetaData, String
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column
from sqlalchemy.types import JSON, TypeDecorator

ID_LENGTH = 26
"""A ULID, see domain.moment."""

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
"""The same names on both engines, so that a migration can name what it changes."""


class UtcTime(TypeDecorator[datetime]):
    """An aware UTC time, in and out. Raises ValueError for a naive one: it has silently been local before."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive times; SQLite, which keeps no zone, gets UTC without one."""
        if value is None:
            return None
        if value.utcoffset() is None:
            raise ValueError("a time in the database needs a zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give every time its zone."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """All tables."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {  # noqa: RUF012  # SQLAlchemy reads it as a class attribute
        datetime: UtcTime(),
        list[str]: JSON(),
        dict[str, object]: JSON(),
    }

    across: bool = False
    """Whether the delivery loop and the schedules may read this table for all workspaces at once."""


class Tenant:
    """A row that belongs to exactly one workspace: the workspace leads every primary and foreign key."""

    @declared_attr
    @classmethod
    def workspace_id(cls) -> Mapped[str]:
        """The tenant."""
        return mapped_column(String(ID_LENGTH), ForeignKey("workspace.id"), primary_key=True, sort_order=-2)


class TenantRow(Tenant):
    """A tenant's row with an id of its own."""

    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True, sort_order=-1)


def within(column: str, table: str) -> ForeignKeyConstraint:
    """A reference that cannot leave the workspace: both columns point at the same tenant's row."""
    return ForeignKeyConstraint(["workspace_id", column], [f"{table}.workspace_id", f"{table}.id"])


def by_age(table: Any, *, newest: bool) -> tuple[ColumnElement[Any], ...]:
    """What rows of a table are ordered by: the oldest first, or the newest."""
    oldest = (table.created_at, table.id)
    return tuple(one.desc() for one in oldest) if newest else oldest
