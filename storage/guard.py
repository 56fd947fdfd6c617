"""The session's guard: no statement on a tenant's table without its workspace.

Decides which statements a session may run. Row-level security of the database may stand behind it;
this guard works on every engine and names the mistake.
"""

from typing import Any

from sqlalchemy import Table, TextClause, event
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction, with_loader_criteria
from sqlalchemy.sql import visitors

from storage.base import Base, Tenant

WORKSPACE = "workspace_id"
ACROSS = "across"


class TenantError(Exception):
    """A statement that could read or write another workspace's rows: a mistake in our code, never a person's."""


class GuardedSession(Session):
    """A session for one workspace, or (across) for the tables that the delivery loop and schedules share."""

    @property
    def workspace_id(self) -> str:
        """The workspace of this transaction. Raises TenantError in a session without one."""
        workspace = self.info.get(WORKSPACE)
        if not isinstance(workspace, str):
            raise TenantError("this session has no workspace")
        return workspace


def _tenant_tables(statement: Any) -> list[Table]:
    tables = {element for element in visitors.iterate(statement) if isinstance(element, Table)}
    return [table for table in tables if WORKSPACE in table.c]


def _across_tables() -> set[str]:
    return {mapper.local_table.name for mapper in Base.registry.mappers if mapper.class_.across}  # type: ignore[attr-defined]  # every mapped class is a Base over a Table


@event.listens_for(GuardedSession, "do_orm_execute")
def _scope(state: ORMExecuteState) -> None:
    info = state.session.info
    if isinstance(state.statement, TextClause):
        _check_text(state, info)
        return
    tables = _tenant_tables(state.statement)
    if info.get(ACROSS):
        outside = {table.name for table in tables} - _across_tables()
        if outside:
            raise TenantError(f"not readable across workspaces: {', '.join(sorted(outside))}")
        return
    workspace = info.get(WORKSPACE)
    if not tables:
        return
    if workspace is None:
        raise TenantError(f"no workspace for a statement on {tables[0].name}")
    if not state.is_orm_statement:
        raise TenantError(f"a statement on {tables[0].name} must go through its mapped class")
    if state.is_insert:
        _check_insert(state, workspace)
        return
    state.statement = state.statement.options(
        with_loader_criteria(Tenant, lambda cls: cls.workspace_id == workspace, include_aliases=True)
    )


def _check_text(state: ORMExecuteState, info: dict[Any, Any]) -> None:
    given = state.parameters
    bound = isinstance(given, dict) and given.get(WORKSPACE)
    if not bound or bound != info.get(WORKSPACE):
        raise TenantError("a textual statement must be bound to this session's workspace_id")


def _check_insert(state: ORMExecuteState, workspace: str) -> None:
    rows = state.parameters if isinstance(state.parameters, list) else [state.parameters]
    if any(not row or row.get(WORKSPACE) != workspace for row in rows):
        raise TenantError("a bulk insert must name this session's workspace in every row")


@event.listens_for(GuardedSession, "before_flush")
def _stamp(session: Session, _context: UOWTransaction, _instances: object) -> None:
    workspace = session.info.get(WORKSPACE)
    for row in (*session.new, *session.dirty, *session.deleted):
        if not isinstance(row, Tenant):
            continue
        if session.info.get(ACROSS):
            if not getattr(row, ACROSS, False):
                raise TenantError(f"not writable across workspaces: {type(row).__name__}")
            continue
        if row in session.new and row.workspace_id is None and workspace is not None:
            row.workspace_id = workspace
        if workspace is None or row.workspace_id != workspace:
            raise TenantError(f"{type(row).__name__} belongs to another workspace")
