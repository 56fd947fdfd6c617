"""The session's guard: no statement on a tenant's table without its workspace.

Decides which statements a session may run. Row-level security of PostgreSQL stands behind it (storage.isolation);
this guard works on every engine and names the mistake. What it cannot see it refuses: text inside a statement,
and columns of a table that were not reached through the mapped class.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, NoReturn

from sqlalchemy import (
    BindParameter,
    Column,
    ColumnClause,
    Connection,
    Delete,
    Table,
    TableClause,
    TextClause,
    Update,
    event,
    inspect,
)
from sqlalchemy.orm import (
    LoaderCriteriaOption,
    ORMExecuteState,
    Session,
    SessionTransaction,
    UOWTransaction,
    with_loader_criteria,
)
from sqlalchemy.sql import visitors
from sqlalchemy.sql.selectable import AliasedReturnsRows, SelectBase, TextualSelect

from storage.base import Base, Tenant

WORKSPACE = "workspace_id"
ACROSS = "across"
READING = "reading"
MADE_ONCE = "made_once"
"""The execution option of a statement that is made once for all runs: it is looked through once."""

CRITERIA = "criteria"

SETTING = "everboard.workspace"
"""What a transaction on PostgreSQL names its workspace by; it ends with the transaction."""

NAMING = f"SELECT set_config('{SETTING}', %s, true)"

MAPPED = "parententity"
"""SQLAlchemy's mark on whatever was reached through a mapped class."""


class TenantError(Exception):
    """A statement that could read or write another workspace's rows: a mistake in our code, never a person's."""


class ReadOnlyError(Exception):
    """A change in a transaction that was begun for reading: a mistake in our code, never a person's."""


class GuardedSession(Session):
    """A session for one workspace, or (across) for the tables that the delivery loop and schedules share."""

    @property
    def workspace_id(self) -> str:
        """The workspace of this transaction. Raises TenantError in a session without one."""
        workspace = self.info.get(WORKSPACE)
        if not isinstance(workspace, str):
            raise TenantError("this session has no workspace")
        return workspace

    def _unguarded(self, *_given: object, **_options: object) -> NoReturn:
        """SQLAlchemy's old ways to write many rows pass by every event that this guard could listen to."""
        raise TenantError("write many rows with session.execute and a list of rows")

    bulk_save_objects = bulk_insert_mappings = bulk_update_mappings = _unguarded


@event.listens_for(GuardedSession, "do_orm_execute")
def _scope(state: ORMExecuteState) -> None:
    info = state.session.info
    if info.get(READING) and not (state.is_select or isinstance(state.statement, TextClause)):
        raise ReadOnlyError("a change in a transaction for reading")
    if isinstance(state.statement, TextClause):
        _check_text(state, state.statement, info)
        return
    is_made_once = state.statement.get_execution_options().get(MADE_ONCE)
    tables = _of_known(state.statement) if is_made_once else _tenant_tables(state.statement)
    if info.get(ACROSS):
        outside = tables - _across_tables()
        if outside:
            raise TenantError(f"not readable across workspaces: {', '.join(sorted(outside))}")
    elif tables:
        _scope_to_workspace(state, info.get(WORKSPACE), tables)


def _scope_to_workspace(state: ORMExecuteState, workspace: str | None, tables: set[str]) -> None:
    if workspace is None:
        raise TenantError(f"no workspace for a statement on {', '.join(sorted(tables))}")
    if not state.is_orm_statement:
        raise TenantError(f"a statement on {', '.join(sorted(tables))} must go through its mapped class")
    if state.is_insert or (state.is_update and state.parameters):
        _check_rows(state, workspace)
        return
    state.statement = state.statement.options(_criteria(state.session.info, workspace))


def _criteria(info: dict[Any, Any], workspace: str) -> LoaderCriteriaOption:
    """The condition added to every tenant's table; made once a session, for making it costs as much as using it."""
    if CRITERIA not in info:
        info[CRITERIA] = with_loader_criteria(Tenant, lambda cls: cls.workspace_id == workspace, include_aliases=True)
    made = info[CRITERIA]
    assert isinstance(made, LoaderCriteriaOption)  # noqa: S101  # narrows the type; nobody else writes it
    return made


def _check_text(state: ORMExecuteState, text: TextClause, info: dict[Any, Any]) -> None:
    wanted = {element.key for element in visitors.iterate(text) if isinstance(element, BindParameter)}
    given = state.parameters
    bound = isinstance(given, dict) and given.get(WORKSPACE)
    if WORKSPACE not in wanted or not bound or bound != info.get(WORKSPACE):
        raise TenantError("a textual statement must be bound to this session's workspace_id")


def _check_rows(state: ORMExecuteState, workspace: str) -> None:
    given = state.parameters
    rows = [given] if isinstance(given, Mapping) or given is None else given
    if any(not row or row.get(WORKSPACE) != workspace for row in rows):
        raise TenantError("a statement over many rows must name this session's workspace in every row")


@lru_cache(maxsize=100)
def _of_known(statement: Any) -> set[str]:
    return _tenant_tables(statement)


def _tenant_tables(statement: Any) -> set[str]:
    """Names of the tenants' tables in a statement. Raises TenantError for what could hide one."""
    tables, mapped, bare = set(), set(), set()
    levels = 0
    for element in visitors.iterate(statement):
        levels += isinstance(element, SelectBase | Update | Delete)
        table = _table_of(element)
        if table is None or WORKSPACE not in table.c:
            continue
        tables.add(table.name)
        if MAPPED in element._annotations:
            mapped.add(table.name)
        elif isinstance(element, Column):
            bare.add(table.name if element.table is table else str(element))
    # `session.get` compares columns without the mark: in a statement of one level they are the mapped table's own.
    unseen = tables - mapped | (bare if levels > 1 else bare - mapped)
    if unseen:
        raise TenantError(f"{', '.join(sorted(unseen))} must be reached through its mapped class")
    return tables


def _table_of(element: Any) -> Table | None:
    """The table that this part of a statement is or belongs to. Raises TenantError for a part that is text."""
    if isinstance(element, TextClause | TextualSelect):
        raise TenantError("text inside a statement cannot be checked")
    if isinstance(element, ColumnClause) and element.is_literal and element.name != "*":
        raise TenantError("a literal column inside a statement cannot be checked")
    found = element.table if isinstance(element, Column) else element
    while isinstance(found, AliasedReturnsRows):
        found = found.element
    if isinstance(found, TableClause) and not isinstance(found, Table):
        raise TenantError(f"the table {found.name} inside a statement cannot be checked")
    return found if isinstance(found, Table) else None


def _across_tables() -> set[str]:
    return {mapper.local_table.name for mapper in Base.registry.mappers if mapper.class_.across}  # type: ignore[attr-defined]  # every mapped class is a Base over a Table


@event.listens_for(GuardedSession, "after_begin")
def _name_workspace(session: Session, transaction: SessionTransaction, connection: Connection) -> None:
    """Tell PostgreSQL whose transaction it is, before anything else is said in it and until it ends.

    Past SQLAlchemy's events: it is no statement of a step's, and would count as one. Only what goes wrong is said
    again through SQLAlchemy, which then knows that the connection is lost.
    """
    if connection.dialect.name != "postgresql" or transaction.nested:
        return
    named = (session.info.get(WORKSPACE) or "",)
    try:
        connection.connection.cursor().execute(NAMING, named)
    except connection.dialect.loaded_dbapi.Error:
        connection.exec_driver_sql(NAMING, named)


@event.listens_for(GuardedSession, "before_flush")
def _check_flush(session: Session, _context: UOWTransaction, _instances: object) -> None:
    changed = (*session.new, *session.dirty, *session.deleted)
    if changed and session.info.get(READING):
        raise ReadOnlyError("a change in a transaction for reading")
    rows = [row for row in changed if isinstance(row, Tenant)]
    if session.info.get(ACROSS):
        _check_across(rows)
    else:
        _stamp(session, rows)


def _check_across(rows: Iterable[Tenant]) -> None:
    for row in rows:
        if not getattr(row, ACROSS, False):
            raise TenantError(f"not writable across workspaces: {type(row).__name__}")


def _stamp(session: Session, rows: Iterable[Tenant]) -> None:
    workspace = session.info.get(WORKSPACE)
    for row in rows:
        if row in session.new and row.workspace_id is None and workspace is not None:
            row.workspace_id = workspace
        moved = inspect(row).attrs[WORKSPACE].history.deleted
        if workspace is None or row.workspace_id != workspace or moved:
            raise TenantError(f"{type(row).__name__} belongs to another workspace")
