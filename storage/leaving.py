"""Erases everything of a workspace, little by little. Whether it is time is decided by storage.workspaces."""

from sqlalchemy import delete, inspect, select, tuple_, update

from storage.base import Base, Tenant
from storage.database import leave_no_copy
from storage.guard import GuardedSession
from storage.outbox import Pace
from storage.tables import metadata
from storage.workspaces import Workspace

AT_ONCE = 1000
"""Rows of a table in one transaction: it holds up nobody for long, and a large workspace is done in minutes."""


def erase_some(session: GuardedSession) -> bool:
    """Erase the next rows of this workspace. True when there is more; the workspace itself goes last."""
    leave_no_copy(session)
    for table in _classes():
        _untie(session, table)
        key = [getattr(table, column.key) for column in inspect(table).primary_key]
        some = select(*key).limit(AT_ONCE)
        session.execute(delete(table).where(tuple_(*key).in_(some)).execution_options(synchronize_session=False))
        if session.scalar(select(table.workspace_id).limit(1)) is not None:
            return True
    session.execute(delete(Pace).where(Pace.workspace_id == session.workspace_id))
    session.execute(delete(Workspace).where(Workspace.id == session.workspace_id))
    return False


def _untie(session: GuardedSession, table: type[Tenant]) -> None:
    """Rows that point at others of their own table could not go one part after the other."""
    for column in inspect(table).columns:
        if any(key.column.table is column.table for key in column.foreign_keys) and column.nullable:
            tied = update(table).where(getattr(table, column.key).is_not(None)).values({column.key: None})
            session.execute(tied.execution_options(synchronize_session=False))


def _classes() -> list[type[Tenant]]:
    """Every tenant's table, those that point at others first."""
    found = {mapper.local_table: mapper.class_ for mapper in Base.registry.mappers}
    ordered = [found[table] for table in reversed(metadata.sorted_tables) if table in found]
    return [one for one in ordered if issubclass(one, Tenant)]
