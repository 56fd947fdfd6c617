"""Digests of what nobody has any more: of whoever must not be contacted, and of who answered an imported pulse.

When the key changes they can't be made anew. Each is digested again with the new key instead, and the old digest key is
kept, sealed under the new one: who has the old key alone can tell nothing from today's rows. A text may therefore stand
as several digests, one for each key under which it can have been stored. Decides nothing about what they are for.
"""

from datetime import datetime

from sqlalchemy import LargeBinary, select
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base, TenantRow
from storage.database import sealer
from storage.guard import GuardedSession
from storage.sealing import Sealer


class RetiredKey(TenantRow, Base):
    """A digest key (hex, sealed) that made digests here once. `done_at` is when all else had the next key's seal."""

    __tablename__ = "retired_key"

    key: Mapped[bytes] = mapped_column(LargeBinary)
    retired_at: Mapped[datetime]
    done_at: Mapped[datetime | None]


def digests(session: GuardedSession, text: str) -> list[bytes]:
    """How this text may be stored, the newest way first. One statement, once a transaction."""
    present = sealer(session)
    earlier = _earlier(session, present)
    found = [present.digest(text)]
    for at, key in enumerate(earlier):
        digest = key.digest(text)
        for later in (*earlier[at + 1 :], present):
            digest = later.over(digest)
        found.append(digest)
    return found


def _earlier(session: GuardedSession, present: Sealer) -> list[Sealer]:
    """The retired keys, the oldest first."""
    if (known := session.info.get(RetiredKey)) is None:
        rows = session.scalars(select(RetiredKey).order_by(RetiredKey.retired_at, RetiredKey.id)).all()
        keys = [bytes.fromhex(present.open(row.key) or "") for row in rows]
        known = session.info[RetiredKey] = [Sealer(b"", key, session.workspace_id) for key in keys]
    found: list[Sealer] = known
    return found
