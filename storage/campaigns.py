"""Campaigns, whom they are told to, and the nominations that came through them. Decides nothing."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ForeignKeyConstraint, Index, Select, String, Text, UniqueConstraint, func, select, text, update
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import JSON

from domain.advocates import State as AdvocateState
from domain.campaigns import State
from domain.moment import Moment
from storage.accounts import Account
from storage.advocates import Advocate
from storage.base import ID_LENGTH, Base, Tenant, TenantRow, within
from storage.guard import GuardedSession
from storage.nominations import Contact, Nomination
from storage.outbox import Message, Status
from storage.people import Person

_UNCLOSED = f"state != '{State.CLOSED.value}'"


class Campaign(TenantRow, Base):
    """One campaign; one that is not closed a target at a time. `expected` is the target's gap when it began."""

    __tablename__ = "campaign"
    __table_args__ = (
        within("target_id", "target"),
        within("started_by_id", "person"),
        Index(
            "uq_campaign_unclosed_target",
            "workspace_id",
            "target_id",
            unique=True,
            sqlite_where=text(_UNCLOSED),
            postgresql_where=text(_UNCLOSED),
        ),
        Index(None, "workspace_id", "state"),
    )

    target_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    state: Mapped[str] = mapped_column(String(16))
    end: Mapped[str | None] = mapped_column(String(16))
    text: Mapped[str] = mapped_column(Text)
    expected: Mapped[int]
    ends_on: Mapped[date]
    started_by_id: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class CampaignPlace(TenantRow, Base):
    """A channel, or a relationship owner with the customers of theirs that fit, that a campaign is told to."""

    __tablename__ = "campaign_place"
    __table_args__ = (
        within("campaign_id", "campaign"),
        within("owner_id", "person"),
        UniqueConstraint("workspace_id", "campaign_id", "channel"),
        UniqueConstraint("workspace_id", "campaign_id", "owner_id"),
    )

    campaign_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    channel: Mapped[str | None] = mapped_column(String(32))
    owner_id: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    account_ids: Mapped[list[str]] = mapped_column(JSON, default=list)
    told_at: Mapped[datetime | None]
    gone_at: Mapped[datetime | None]


class CampaignNomination(Tenant, Base):
    """That a nomination came through a campaign's button."""

    __tablename__ = "campaign_nomination"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "nomination_id"], ["nomination.workspace_id", "nomination.id"], ondelete="CASCADE"
        ),
        within("campaign_id", "campaign"),
        Index(None, "workspace_id", "campaign_id"),
    )

    nomination_id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True)
    campaign_id: Mapped[str] = mapped_column(String(ID_LENGTH))


@dataclass(frozen=True, slots=True)
class Free:
    """A customer without an advocate, and whose it is."""

    account_id: str
    owner: Person | None


def unclosed(session: GuardedSession) -> Sequence[Campaign]:
    """All campaigns that are not closed, the oldest first. One statement."""
    session.flush()
    return session.scalars(select(Campaign).where(Campaign.state != State.CLOSED.value).order_by(Campaign.id)).all()


def newest_of(session: GuardedSession, target_id: str) -> Campaign | None:
    """The last campaign of a target. One statement."""
    query = select(Campaign).where(Campaign.target_id == target_id).order_by(Campaign.id.desc()).limit(1)
    return session.scalars(query).first()


def places(session: GuardedSession, campaign_id: str) -> list[tuple[CampaignPlace, Person | None]]:
    """Whom it is told to. One statement."""
    session.flush()
    query = (
        select(CampaignPlace, Person)
        .outerjoin(Person, Person.id == CampaignPlace.owner_id)
        .where(CampaignPlace.campaign_id == campaign_id)
        .order_by(CampaignPlace.id)
    )
    return [(row.CampaignPlace, row.Person) for row in session.execute(query)]


def _has_advocate() -> Select[str | None]:
    return (
        select(Contact.account_id)
        .join(Advocate, Advocate.contact_id == Contact.id)
        .where(Advocate.state != AdvocateState.RETIRED.value, Contact.account_id.is_not(None))
    )


def without_advocate(session: GuardedSession) -> list[Free]:
    """Every customer nobody of whom is or becomes an advocate. One statement."""
    query = (
        select(Account.id, Person)
        .outerjoin(Person, Person.id == Account.owner_id)
        .where(Account.id.not_in(_has_advocate()))
        .order_by(Account.name, Account.id)
    )
    return [Free(row.id, row.Person) for row in session.execute(query)]


def still_free(session: GuardedSession, account_ids: Collection[str], owner_id: str) -> list[tuple[str, str]]:
    """Id and name of those that are still this owner's and without an advocate, by name. One statement."""
    query = (
        select(Account.id, Account.name)
        .where(Account.id.in_(account_ids), Account.owner_id == owner_id)
        .where(Account.id.not_in(_has_advocate()))
        .order_by(Account.name, Account.id)
    )
    return [(row.id, row.name) for row in session.execute(query)]


def nominations(session: GuardedSession, campaign_id: str) -> int:
    """How many nominations came through it."""
    query = select(func.count()).select_from(CampaignNomination).where(CampaignNomination.campaign_id == campaign_id)
    return session.scalar(query) or 0


def advocates(session: GuardedSession, campaign_id: str) -> set[str]:
    """The advocates who became of them. One statement."""
    query = (
        select(Advocate.id)
        .join(Nomination, Nomination.id == Advocate.nomination_id)
        .join(CampaignNomination, CampaignNomination.nomination_id == Nomination.id)
        .where(CampaignNomination.campaign_id == campaign_id)
    )
    return set(session.scalars(query))


def stuck(session: GuardedSession, slots: Collection[str]) -> list[str]:
    """Where messages of these slots could not be delivered. One statement."""
    bad = [Status.HELD.value, Status.DEAD.value]
    query = select(Message.target).where(Message.slot.in_(slots), Message.status.in_(bad)).distinct()
    return sorted(session.scalars(query))


def withdraw(session: GuardedSession, moment: Moment, slots: Collection[str]) -> None:
    """Take back what of these slots has not been sent. One statement."""
    session.execute(
        update(Message)
        .where(Message.slot.in_(slots), Message.status.in_([Status.WAITING.value, Status.HELD.value]))
        .values(status=Status.SUPERSEDED.value, done_at=moment.now)
        .execution_options(synchronize_session=False)
    )
