"""Everything sealed is sealed anew when the key has changed, and every digest made anew, in steps that may be cut off.

What opens under the new key is left alone, so that whoever begins again goes on where it stood. What opens under
neither stops it. Nothing else may write meanwhile: what it seals with the old key might not be looked at again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import inspect, select

from domain.moment import Moment
from domain.names import normalise_email
from storage.base import Base
from storage.blind import RetiredKey
from storage.database import leave_no_copy, sealer
from storage.guard import GuardedSession
from storage.people import Person
from storage.sealed import BLIND, DIGESTS, SEALED
from storage.sealing import Keys, Sealer, WrongKeyError

AT_A_TIME = 500
"""Rows of one transaction: what is cut off loses a second's work."""

TABLES: Sequence[type[Base]] = tuple(SEALED)
"""In the order in which they are seen to."""


@dataclass(frozen=True, slots=True)
class Done:
    """What one transaction has seen to: how many values were sealed anew, and the last row; None at the table's end."""

    sealed: int
    last: str | None


def retire(session: GuardedSession, moment: Moment, old: Keys) -> None:
    """First of all: keep the old digest key, and digest anew what only digests are left of. One transaction, once."""
    leave_no_copy(session)
    present, before = sealer(session), old.sealer(session.workspace_id)
    for row in session.scalars(select(RetiredKey).with_for_update()).all():
        _seal(present, before, row)
        if present.open(row.key) == old.digest_key.hex():
            return
    for table, columns in BLIND.items():
        for blind in session.scalars(select(table)):
            for name in columns:
                digest = getattr(blind, name)
                setattr(blind, name, present.over(digest) if digest is not None else None)
    session.add(RetiredKey(id=moment.new_id(), key=present.seal(old.digest_key.hex()), retired_at=moment.now))
    session.flush()


def seal_some(session: GuardedSession, old: Keys, table: type[Base], after: str | None) -> Done:
    """Seal the next rows of a table anew. Raises WrongKeyError for what opens under neither key."""
    leave_no_copy(session)
    key = _key(table)
    query = select(table).order_by(key).limit(AT_A_TIME).with_for_update()
    rows = session.scalars(query if after is None else query.where(key > after)).all()
    present, before = sealer(session), old.sealer(session.workspace_id)
    changed = sum(_seal(present, before, row) for row in rows)
    session.flush()
    return Done(changed, getattr(rows[-1], key.key) if len(rows) == AT_A_TIME else None)


def _key(table: type[Base]) -> Any:
    """The column that tells a workspace's rows of this table apart."""
    [name] = [column.name for column in inspect(table).primary_key if column.name != "workspace_id"]
    return getattr(table, name)


def _seal(present: Sealer, before: Sealer, row: Any) -> int:
    changed = 0
    for name in SEALED[type(row)]:
        sealed, is_new = _anew(present, before, getattr(row, name))
        if is_new:
            setattr(row, name, sealed)
            changed += 1
    for name, source in DIGESTS.get(type(row), {}).items():
        text = present.open(getattr(row, source))
        setattr(row, name, present.digest(normalise_email(text)) if text else None)
    return changed


def _anew(present: Sealer, before: Sealer, sealed: bytes | None) -> tuple[bytes | None, bool]:
    """The value under the present key, and whether it was not so already."""
    try:
        present.open(sealed)
    except WrongKeyError:
        return present.seal(before.open(sealed)), True
    return sealed, False


def conclude(session: GuardedSession, moment: Moment) -> None:
    """Everything of this workspace has the new seal."""
    for row in session.scalars(select(RetiredKey).where(RetiredKey.done_at.is_(None))):
        row.done_at = moment.now


def is_under_way(session: GuardedSession) -> bool:
    """Whether a change of key was begun here and not ended. Raises WrongKeyError when the present key opens nothing."""
    keys = session.scalars(select(RetiredKey)).all()
    for row in keys:
        sealer(session).open(row.key)
    some = session.scalar(select(Person.email).where(Person.email.is_not(None)).order_by(Person.id).limit(1))
    is_open = any(row.done_at is None for row in keys)
    if not is_open:
        sealer(session).open(some)
    return is_open
