"""What was approved and already speaks for us, and who used it. Decides nothing about what fits."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import Index, String, Text, func, select
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import JSON

from domain.assets import Kind
from storage.advocates import Advocate
from storage.base import ID_LENGTH, Base, TenantRow, within
from storage.guard import GuardedSession
from storage.nominations import Contact


class Asset(TenantRow, Base):
    """A case study, quote, video or review of one advocate, offered until it expires or is withdrawn."""

    __tablename__ = "asset"
    __table_args__ = (
        within("advocate_id", "advocate"),
        within("approved_by_id", "person"),
        Index(None, "workspace_id", "advocate_id"),
        Index(None, "workspace_id", "kind", "withdrawn_at"),
    )

    advocate_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    kind: Mapped[str] = mapped_column(String(16))
    title: Mapped[str] = mapped_column(String(255))
    link: Mapped[str | None] = mapped_column(Text)
    words: Mapped[str | None] = mapped_column(Text)
    facets: Mapped[dict[str, object]] = mapped_column(JSON, default=dict)
    scope: Mapped[str] = mapped_column(String(64))
    expires_on: Mapped[date | None]
    approved_by_id: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    approved_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


class AssetUse(TenantRow, Base):
    """Somebody took an asset instead of asking a customer: influence that costs nobody anything."""

    __tablename__ = "asset_use"
    __table_args__ = (
        within("asset_id", "asset"),
        within("person_id", "person"),
        within("opportunity_id", "opportunity"),
        Index(None, "workspace_id", "asset_id"),
        Index(None, "workspace_id", "opportunity_id"),
    )

    asset_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    person_id: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    opportunity_id: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    purpose: Mapped[str | None] = mapped_column(String(255))
    at: Mapped[datetime]


def usable(session: GuardedSession, advocate_ids: Collection[str], kinds: Collection[str], today: date) -> list[Asset]:
    """Assets of these advocates and kinds that may be used today, the newest first. One statement."""
    lasting = Asset.expires_on.is_(None) | (Asset.expires_on >= today)
    query = select(Asset).where(
        Asset.advocate_id.in_(advocate_ids), Asset.kind.in_(kinds), Asset.withdrawn_at.is_(None), lasting
    )
    return list(session.scalars(query.order_by(Asset.approved_at.desc(), Asset.id)))


def quotes_of(session: GuardedSession, advocate_ids: Collection[str], today: date) -> dict[str, str]:
    """The words of the quotes that may be used today, by advocate. One statement."""
    found: dict[str, list[str]] = {}
    for row in usable(session, advocate_ids, [Kind.QUOTE.value], today):
        found.setdefault(row.advocate_id, []).append(f"{row.title}\n{row.words or ''}")
    return {advocate_id: "\n".join(words) for advocate_id, words in found.items()}


def quotes_ended(session: GuardedSession, first: date, last: date) -> list[str]:
    """Ids of advocates of whom a quote expired in these days, its last day of use being one of them. One statement."""
    ended = Asset.expires_on.between(first, last)
    query = select(Asset.advocate_id).where(Asset.kind == Kind.QUOTE.value, Asset.withdrawn_at.is_(None), ended)
    return list(session.scalars(query.distinct().order_by(Asset.advocate_id)))


def titled(
    session: GuardedSession, words: Sequence[str], kinds: Collection[str], today: date, most: int
) -> list[Asset]:
    """What may be used today and has all of these words in its title, the newest first. One statement."""
    lasting = Asset.expires_on.is_(None) | (Asset.expires_on >= today)
    there = select(Asset).where(Asset.kind.in_(kinds), Asset.withdrawn_at.is_(None), lasting)
    named = there.where(*(Asset.title.icontains(word, autoescape=True) for word in words))
    return list(session.scalars(named.order_by(Asset.approved_at.desc(), Asset.id).limit(most)))


def of_advocate(session: GuardedSession, advocate_id: str) -> list[Asset]:
    """All that there is of one advocate and was not withdrawn, the newest first."""
    query = select(Asset).where(Asset.advocate_id == advocate_id, Asset.withdrawn_at.is_(None))
    return list(session.scalars(query.order_by(Asset.approved_at.desc(), Asset.id)))


def of_advocates(session: GuardedSession, advocate_ids: Collection[str]) -> list[Asset]:
    """All that these advocates have approved, what was withdrawn among it. One statement."""
    query = select(Asset).where(Asset.advocate_id.in_(advocate_ids)).order_by(Asset.id)
    return list(session.scalars(query)) if advocate_ids else []


def uses(session: GuardedSession, asset_ids: Sequence[str]) -> dict[str, int]:
    """How often each was taken. One statement."""
    counted = select(AssetUse.asset_id, func.count()).where(AssetUse.asset_id.in_(asset_ids))
    return {row[0]: row[1] for row in session.execute(counted.group_by(AssetUse.asset_id))}


def customers(session: GuardedSession, advocate_ids: Collection[str], states: Collection[str]) -> dict[str, str]:
    """Who these advocates are, as "name, company", of those in one of these states. One statement."""
    query = select(Advocate.id, Contact.name, Contact.company).join(Contact, Contact.id == Advocate.contact_id)
    rows = session.execute(query.where(Advocate.id.in_(advocate_ids), Advocate.state.in_(states)))
    return {row.id: f"{row.name}, {row.company}" for row in rows}


def ending(session: GuardedSession, states: Collection[str], first: date, last: date, most: int) -> list[Asset]:
    """What expires in these days and is not withdrawn, of advocates in one of these states, the first to end first."""
    query = select(Asset).join(Advocate, Advocate.id == Asset.advocate_id)
    there = query.where(Advocate.state.in_(states), Asset.withdrawn_at.is_(None))
    soon = there.where(Asset.expires_on >= first, Asset.expires_on <= last)
    return list(session.scalars(soon.order_by(Asset.expires_on, Asset.id).limit(most)))


def held(session: GuardedSession, asset_id: str) -> Asset | None:
    """One of them, held until the transaction ends."""
    return session.get(Asset, (session.workspace_id, asset_id), with_for_update=True)
