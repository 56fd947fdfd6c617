"""The workspace's own terms of each facet, beside the defaults of domain.vocabulary, and who bears which.

Decides no meaning.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, String, UniqueConstraint, func, select, true
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import InstrumentedAttribute, Mapped, mapped_column
from sqlalchemy.types import JSON

from domain.advocates import State
from domain.moment import Moment
from storage.accounts import Account
from storage.advocates import Advocate
from storage.base import ID_LENGTH, Base, TenantRow
from storage.guard import GuardedSession


class Term(TenantRow, Base):
    """One value of a facet with what else people call it. A row with a default's key takes that default's place;
    `hidden` takes it out of what is offered, never out of the profiles that bear it. `differs_from` are the
    keys of terms that it looks like and is not."""

    __tablename__ = "term"
    __table_args__ = (UniqueConstraint("workspace_id", "facet", "key"),)

    facet: Mapped[str] = mapped_column(String(16))
    value: Mapped[str] = mapped_column(String(200))
    key: Mapped[str] = mapped_column(String(200))
    synonyms: Mapped[list[str]] = mapped_column(JSON, default=list)
    hidden: Mapped[bool] = mapped_column(default=False)
    differs_from: Mapped[list[str]] = mapped_column(JSON, default=list)
    created_at: Mapped[datetime]
    created_by_id: Mapped[str | None] = mapped_column(String(ID_LENGTH))


@dataclass(frozen=True, slots=True)
class NewTerm:
    """A value that somebody used and nobody knew."""

    facet: str
    value: str
    key: str


def terms(session: GuardedSession) -> list[Term]:
    """Every term that somebody added or changed, in the order in which they came. One statement."""
    return list(session.scalars(select(Term).order_by(Term.facet, Term.created_at, Term.id)))


def terms_to_change(session: GuardedSession, facet: str) -> list[Term]:
    """The terms of one facet in the same order, held until the transaction ends. One statement."""
    query = select(Term).where(Term.facet == facet).order_by(Term.created_at, Term.id)
    return list(session.scalars(query.with_for_update().execution_options(populate_existing=True)))


def take_up(session: GuardedSession, moment: Moment, actor_id: str | None, new: Iterable[NewTerm]) -> None:
    """Add these terms; what somebody else adds at the same moment is theirs. One statement, none for nothing."""
    rows: list[dict[str, object]] = [
        {
            "workspace_id": session.workspace_id,
            "id": moment.new_id(),
            "facet": one.facet,
            "value": one.value,
            "key": one.key,
            "synonyms": [],
            "hidden": False,
            "differs_from": [],
            "created_at": moment.now,
            "created_by_id": actor_id,
        }
        for one in new
    ]
    if rows:
        insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
        session.execute(insert(Term).on_conflict_do_nothing(), rows)


Column = InstrumentedAttribute[Any]

_ADVOCATES: Mapping[str, Column] = MappingProxyType(
    {
        "industry": Advocate.industry,
        "persona": Advocate.persona,
        "product": Advocate.products,
        "language": Advocate.languages,
        "activity": Advocate.activities,
    }
)
_ACCOUNTS: Mapping[str, Column] = MappingProxyType(
    {"industry": Account.industry, "segment": Account.segment, "product": Account.products}
)


def borne_by_advocates(session: GuardedSession, facet: str) -> dict[str, int]:
    """How many advocates, but for retired ones, bear each value, as it is written. One statement at most."""
    return _borne(session, _ADVOCATES.get(facet), Advocate.state != State.RETIRED.value)


def borne_by_accounts(session: GuardedSession, facet: str) -> dict[str, int]:
    """How many accounts bear each value, as it is written. One statement at most."""
    return _borne(session, _ACCOUNTS.get(facet), true())


def _borne(session: GuardedSession, column: Column | None, which: ColumnElement[bool]) -> dict[str, int]:
    if column is None:
        return {}
    if not isinstance(column.type, JSON):
        rows = session.execute(select(column, func.count()).where(column.is_not(None), which).group_by(column))
        return {row[0]: row[1] for row in rows}
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    each = (func.json_each if is_sqlite else func.json_array_elements_text)(column).table_valued("value")
    query = select(each.c.value, func.count()).select_from(column.class_).join(each, true()).where(which)
    return {row[0]: row[1] for row in session.execute(query.group_by(each.c.value))}
