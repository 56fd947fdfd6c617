"""How far the CRM has been read, what went wrong last, and what it was told. Decides nothing of what is read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import String, Text, select
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import JSON

from domain.crm import Mark, Thing
from storage.base import ID_LENGTH, Base, Tenant, within
from storage.engagements import Engagement, Status
from storage.guard import GuardedSession
from storage.opportunities import Opportunity


class CrmReading(Tenant, Base):
    """How far one kind of thing is read. While a reading goes on `is_whole` is false, so that it can be taken up."""

    __tablename__ = "crm_reading"

    thing: Mapped[str] = mapped_column(String(16), primary_key=True)
    changed_at: Mapped[datetime | None]
    record_id: Mapped[str | None] = mapped_column(String(32))
    is_whole: Mapped[bool] = mapped_column(default=True)
    read_at: Mapped[datetime | None]
    trouble: Mapped[str | None] = mapped_column(Text)
    refused: Mapped[list[list[str]]] = mapped_column(JSON, default=list)
    """Records that the last readings could not take: id, name and reason of each."""

    @property
    def mark(self) -> Mark | None:
        """How far it is read; None from the beginning."""
        if self.changed_at is None or self.record_id is None:
            return None
        return Mark(self.changed_at, self.record_id)


class CrmTold(Tenant, Base):
    """What was written into the CRM about a deal."""

    __tablename__ = "crm_told"
    __table_args__ = (within("opportunity_id", "opportunity"),)

    opportunity_id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True)
    said: Mapped[str] = mapped_column(String(255))
    told_at: Mapped[datetime]


@dataclass(frozen=True, slots=True)
class DealUse:
    """A use of an advocate for a deal that the CRM knows."""

    opportunity_id: str
    external_id: str
    name: str
    activity: str
    happened_on: date


def readings(session: GuardedSession) -> dict[Thing, CrmReading]:
    """All readings there were. One statement."""
    return {Thing(row.thing): row for row in session.scalars(select(CrmReading))}


def reading(session: GuardedSession, thing: Thing) -> CrmReading:
    """The reading of this kind of thing, new where there was none."""
    row = session.get(CrmReading, (session.workspace_id, thing.value))
    if row is None:
        row = CrmReading(thing=thing.value, is_whole=True, refused=[])
        session.add(row)
    return row


def uses(session: GuardedSession) -> list[DealUse]:
    """Every use that took place for a deal with an id in the CRM. One statement."""
    query = (
        select(Opportunity.id, Opportunity.external_id, Opportunity.name, Engagement.activity, Engagement.happens_on)
        .join(Engagement, Engagement.opportunity_id == Opportunity.id)
        .where(Opportunity.external_id.is_not(None), Engagement.status == Status.DONE.value)
        .order_by(Opportunity.id)
    )
    return [
        DealUse(row.id, row.external_id or "", row.name, row.activity, row.happens_on) for row in session.execute(query)
    ]


def told(session: GuardedSession) -> Mapping[str, str]:
    """What was written about each deal, by the deal's id here. One statement."""
    return {row.opportunity_id: row.said for row in session.execute(select(CrmTold.opportunity_id, CrmTold.said))}


def note_told(session: GuardedSession, opportunity_id: str, said: str, now: datetime) -> None:
    """The CRM has taken this."""
    row = session.get(CrmTold, (session.workspace_id, opportunity_id))
    if row is None:
        row = CrmTold(opportunity_id=opportunity_id)
        session.add(row)
    row.said, row.told_at = said, now
