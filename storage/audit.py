"""Who changed what, when, from what to what. Written with the change, in its transaction."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, Session, mapped_column
from sqlalchemy.types import JSON

from domain.moment import Moment
from storage.base import ID_LENGTH, Base, TenantRow


class Audit(TenantRow, Base):
    """One change of state, override, export or erasure. Holds no contact details."""

    __tablename__ = "audit"
    __table_args__ = (Index(None, "workspace_id", "subject_type", "subject_id"),)

    at: Mapped[datetime]
    actor_id: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    action: Mapped[str] = mapped_column(String(64))
    subject_type: Mapped[str] = mapped_column(String(32))
    subject_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    before: Mapped[dict[str, object] | None] = mapped_column(JSON)
    after: Mapped[dict[str, object] | None] = mapped_column(JSON)
    reason: Mapped[str | None] = mapped_column(Text)


def record(
    session: Session,
    moment: Moment,
    actor_id: str | None,
    action: str,
    subject: tuple[str, str],
    *,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
    reason: str | None = None,
) -> None:
    """Write one audit row; `subject` is (type, id), `actor_id` None means Everboard itself."""
    session.add(
        Audit(
            id=moment.new_id(),
            at=moment.now,
            actor_id=actor_id,
            action=action,
            subject_type=subject[0],
            subject_id=subject[1],
            before=dict(before) if before is not None else None,
            after=dict(after) if after is not None else None,
            reason=reason,
        )
    )
