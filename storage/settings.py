"""What the program leader has set. Decides nothing about what the values mean."""

from datetime import datetime

from sqlalchemy import String, select
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import JSON

from domain.moment import Moment
from domain.settings import Settings
from storage.base import ID_LENGTH, Base, Tenant
from storage.guard import GuardedSession


class Setting(Tenant, Base):
    """One changed setting; what nobody changed has no row and follows the default."""

    __tablename__ = "setting"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    value: Mapped[object] = mapped_column(JSON)
    changed_at: Mapped[datetime]
    changed_by: Mapped[str | None] = mapped_column(String(ID_LENGTH))


_LOADED = "settings"
"""Under which name a session keeps what it has loaded."""


def load(session: GuardedSession) -> Settings:
    """All settings of the workspace. One statement for the first of a session, however often they are asked for: what
    one act decides, it decides by the same settings."""
    found: Settings | None = session.info.get(_LOADED)
    if found is None:
        found = session.info[_LOADED] = Settings.of(stored(session))
    return found


def stored(session: GuardedSession) -> dict[str, object]:
    """What somebody has set, as it stands in the table."""
    return {row.key: row.value for row in session.execute(select(Setting.key, Setting.value))}


def save(session: GuardedSession, moment: Moment, actor_id: str | None, key: str, value: object) -> None:
    """Set one value; the caller has had it checked by domain.settings."""
    row = session.get(Setting, (session.workspace_id, key))
    if row is None:
        row = Setting(key=key)
        session.add(row)
    row.value, row.changed_at, row.changed_by = value, moment.now, actor_id
    session.info.pop(_LOADED, None)
