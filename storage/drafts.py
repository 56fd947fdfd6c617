"""What somebody typed and has not sent yet, sealed, for a few days. Decides nothing."""

import json
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Index, LargeBinary, String, delete
from sqlalchemy.orm import Mapped, mapped_column

from domain.errors import NotFound
from domain.moment import Moment
from domain.nominations import Values
from storage.base import ID_LENGTH, Base, Tenant
from storage.database import sealer
from storage.guard import GuardedSession


class Draft(Tenant, Base):
    """A form's content while its author decides: `key` is the form's, and only its author gets it back."""

    __tablename__ = "draft"
    __table_args__ = (Index(None, "workspace_id", "at"),)

    key: Mapped[str] = mapped_column(String(255), primary_key=True)
    person_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    at: Mapped[datetime]


def keep(session: GuardedSession, moment: Moment, key: str, person_id: str, values: Values, source: str) -> None:
    """Keep what stands in a form, in the place of what stood there before."""
    row = session.get(Draft, (session.workspace_id, key))
    if row is None:
        row = Draft(key=key)
        session.add(row)
    content = sealer(session).seal(json.dumps({"values": asdict(values), "source": source}))
    row.content, row.person_id, row.at = content or b"", person_id, moment.now


def of(session: GuardedSession, key: str, person_id: str) -> tuple[Values, str]:
    """The form's values and source again. Raises NotFound for anybody but its author, and once it is forgotten."""
    row = session.get(Draft, (session.workspace_id, key))
    if row is None or row.person_id != person_id:
        raise NotFound("That form isn't here any more. Please nominate them afresh.")
    kept = json.loads(sealer(session).open(row.content) or "{}")
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in kept["values"].items()
    }
    return Values(**values), kept["source"]


def forget_before(session: GuardedSession, before: datetime) -> None:
    """Drop what nobody came back to."""
    session.execute(delete(Draft).where(Draft.at < before))
