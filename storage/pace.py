"""How fast Slack may be called, kept in the database so that all replicas share one allowance.

Decides when the next call may start, for a workspace, for a conversation in it, and for one method; not what is
sent. Times are real time, not the calendar's: Slack's patience does not move with a calendar.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, case, delete, select, tuple_, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import InstrumentedAttribute

from storage.guard import GuardedSession
from storage.outbox import Pace

WORKSPACE = "*"
"""The scope of everything that is sent in a workspace."""

UPDATES = "chat.update"
"""The scope of messages that are changed in place: Slack counts that method by itself."""

WORKSPACE_MS = 250
"""Milliseconds between two sends in a workspace: Slack's ceiling is unpublished, 4 a second is a careful start."""

UPDATES_MS = 1200
"""Milliseconds between two updates in a workspace: Slack allows 50 a minute."""

CONVERSATION_MS = 1000
"""Milliseconds between two sends to one conversation: Slack allows about one a second."""

SLOWEST_MS = 8000
"""However often Slack says "too fast", a message still leaves this often."""

AHEAD = timedelta(seconds=1)
"""How much is claimed at a time: more would make an urgent message wait behind what is already claimed."""

REFILL = AHEAD / 2
"""How much of a workspace's claimed time is left when more is claimed. Waiting for its end would lose what passes until
somebody looks again: a quarter of the pace, in a fan-out to thousands."""

UNUSED = timedelta(days=1)
"""After this long without a send a scope says nothing any more and its row can go."""

SEVERAL_TOLD = 2
"""Conversations told to wait at the same time from which on it is the workspace that is too fast."""


def base_ms(scope: str) -> int:
    """The interval of a scope about which Slack never complained, in milliseconds."""
    return {WORKSPACE: WORKSPACE_MS, UPDATES: UPDATES_MS}.get(scope, CONVERSATION_MS)


def scopes(target: str, *, updating: bool) -> tuple[str, ...]:
    """What a send to this target uses up."""
    return (WORKSPACE, target, UPDATES) if updating else (WORKSPACE, target)


class Allowance:
    """What some workspaces may still send, as read under their locks; `take` uses it up."""

    def __init__(self, session: GuardedSession, rows: Iterable[Pace], real: datetime) -> None:
        self._session = session
        self._real = real
        self._rows = {(row.workspace_id, row.scope): row for row in rows}

    def covers(self, workspace_id: str) -> bool:
        """Whether this sender holds the workspace's lock; another one claims for it otherwise."""
        return (workspace_id, WORKSPACE) in self._rows

    def take(self, workspace_id: str, used: tuple[str, ...], *, paced: bool) -> datetime | None:
        """When a send that uses these scopes may start; None when that is not within the next second."""
        rows = [self._row(workspace_id, scope) for scope in used]
        start = max([self._real, *(row.free_at for row in rows)]) if paced else self._real
        if start >= self._real + AHEAD:
            return None
        for row in rows:
            row.free_at = start + timedelta(milliseconds=row.interval_ms)
        return start

    def _row(self, workspace_id: str, scope: str) -> Pace:
        key = (workspace_id, scope)
        if key not in self._rows:
            self._rows[key] = _pace(key, self._real)
            self._session.add(self._rows[key])
        return self._rows[key]


def lock(session: GuardedSession, wanted: Iterable[tuple[str, tuple[str, ...]]], real: datetime) -> Allowance:
    """The allowance of the workspaces that no other sender is claiming for. Three statements."""
    wishes = list(wanted)
    workspaces = sorted({workspace_id for workspace_id, _ in wishes})
    session.execute(
        _insert(session)
        .values([_values((workspace_id, WORKSPACE), real) for workspace_id in workspaces])
        .on_conflict_do_nothing()
    )
    locked = session.scalars(
        select(Pace)
        .where(Pace.workspace_id.in_(workspaces), Pace.scope == WORKSPACE)
        .order_by(Pace.workspace_id)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    ).all()
    mine = {row.workspace_id for row in locked}
    keys = sorted({(one, scope) for one, used in wishes if one in mine for scope in used if scope != WORKSPACE})
    others = session.scalars(
        select(Pace)
        .where(tuple_(Pace.workspace_id, Pace.scope).in_(keys))
        .order_by(Pace.workspace_id, Pace.scope)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    return Allowance(session, [*locked, *others], real)


def free(
    workspace_id: InstrumentedAttribute[str],
    scope: ColumnElement[str] | InstrumentedAttribute[str],
    real: ColumnElement[datetime],
) -> ColumnElement[bool]:
    """The condition that a scope may be used now, for the claim's query.

    One equality on the whole key, so that a fan-out's thousands of conversations are looked up and not searched.
    """
    return (
        ~select(Pace.scope).where(Pace.workspace_id == workspace_id, Pace.scope == scope, Pace.free_at > real).exists()
    )


def pause(session: GuardedSession, scope: str, until: datetime, *, slower: bool = False) -> None:
    """Let nothing leave in this scope before `until`; `slower` doubles its interval, for Slack has complained."""
    row = session.get(Pace, (session.workspace_id, scope), with_for_update=True)
    if row is None:
        row = _pace((session.workspace_id, scope), until)
        session.add(row)
    row.free_at = max(row.free_at, until)
    if slower:
        row.interval_ms = min(row.interval_ms * 2, SLOWEST_MS)


def resume(session: GuardedSession, real: datetime) -> None:
    """Let a workspace send at once: its token was renewed."""
    row = session.get(Pace, (session.workspace_id, WORKSPACE), with_for_update=True)
    if row is not None:
        row.free_at = real


def quicken(session: GuardedSession, used: tuple[str, ...]) -> None:
    """After a success, come two per cent nearer to the usual interval: slowly, or Slack complains at once again."""
    usual = case({WORKSPACE: WORKSPACE_MS, UPDATES: UPDATES_MS}, value=Pace.scope, else_=CONVERSATION_MS)
    faster = Pace.interval_ms * 98 // 100
    session.execute(
        update(Pace)
        .where(Pace.workspace_id == session.workspace_id, Pace.scope.in_(used), Pace.interval_ms > usual)
        .values(interval_ms=case((faster > usual, faster), else_=usual))
        .execution_options(synchronize_session=False)
    )


def told_to_wait(session: GuardedSession, real: datetime) -> int:
    """How many conversations of the workspace Slack has told to wait, and that still wait."""
    slowed = (
        select(Pace.scope)
        .where(
            Pace.workspace_id == session.workspace_id,
            Pace.scope.not_in((WORKSPACE, UPDATES)),
            Pace.free_at > real,
            Pace.interval_ms > CONVERSATION_MS,
        )
        .limit(SEVERAL_TOLD)
    )
    return len(session.scalars(slowed).all())


def forget(session: GuardedSession, real: datetime) -> None:
    """Drop the rows of conversations that nothing was sent to for a day. Runs across workspaces."""
    session.execute(
        delete(Pace)
        .where(Pace.scope != WORKSPACE, Pace.free_at < real - UNUSED)
        .execution_options(synchronize_session=False)
    )


def _pace(key: tuple[str, str], free_at: datetime) -> Pace:
    return Pace(**_values(key, free_at))


def _values(key: tuple[str, str], free_at: datetime) -> dict[str, Any]:
    return {"workspace_id": key[0], "scope": key[1], "free_at": free_at, "interval_ms": base_ms(key[1])}


def _insert(session: GuardedSession) -> sqlite.Insert | postgresql.Insert:
    return sqlite.insert(Pace) if session.get_bind().dialect.name == "sqlite" else postgresql.insert(Pace)
