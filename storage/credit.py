"""What people have brought, counted from nominations, endorsements and activities; and who is not to be named.

Decides no rank.
"""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import ColumnElement, String, func, select
from sqlalchemy.orm import Mapped, mapped_column

from domain.credit import Credit
from storage.advocates import Advocate
from storage.base import ID_LENGTH, Base, Tenant, within
from storage.engagements import Engagement, Status
from storage.guard import GuardedSession
from storage.nominations import Endorsement, Nomination
from storage.people import Person


class Unnamed(Tenant, Base):
    """Somebody who does not want to be named where colleagues are thanked."""

    __tablename__ = "unnamed"
    __table_args__ = (within("person_id", "person"),)

    person_id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True)
    since: Mapped[datetime]


def brought(
    session: GuardedSession, since: datetime | None, until: datetime | None, first: date | None, last: date | None
) -> list[Credit]:
    """Everybody's parts: advocates published from `since` on and before `until`, and activities from the `first` day to
    the `last`; without them, of all time. Three statements, however many people there are."""
    return [
        *_advocates(session, since, until),
        *_endorsed(session, since, until),
        *_activities(session, first, last),
    ]


def _advocates(session: GuardedSession, since: datetime | None, until: datetime | None) -> list[Credit]:
    query = (
        select(Nomination.nominator_id, func.count(Advocate.id))
        .join(Advocate, Advocate.nomination_id == Nomination.id)
        .where(Nomination.nominator_id.is_not(None), *_published(since, until))
        .group_by(Nomination.nominator_id)
        .order_by(Nomination.nominator_id)
    )
    return [Credit(person, advocates=number) for person, number in session.execute(query) if person]


def _endorsed(session: GuardedSession, since: datetime | None, until: datetime | None) -> list[Credit]:
    query = (
        select(Endorsement.person_id, func.count(Advocate.id))
        .join(Advocate, Advocate.nomination_id == Endorsement.nomination_id)
        .where(*_published(since, until))
        .group_by(Endorsement.person_id)
        .order_by(Endorsement.person_id)
    )
    return [Credit(person, endorsed=number) for person, number in session.execute(query)]


def _published(since: datetime | None, until: datetime | None) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [Advocate.published_at.is_not(None)]
    if since is not None:
        found.append(Advocate.published_at >= since)
    if until is not None:
        found.append(Advocate.published_at < until)
    return found


def _activities(session: GuardedSession, first: date | None, last: date | None) -> list[Credit]:
    query = (
        select(Nomination.nominator_id, func.count(Engagement.id))
        .join(Advocate, Advocate.nomination_id == Nomination.id)
        .join(Engagement, Engagement.advocate_id == Advocate.id)
        .where(
            Nomination.nominator_id.is_not(None),
            Engagement.status == Status.DONE.value,
            Engagement.happens_on.between(first or date.min, last or date.max),
        )
        .group_by(Nomination.nominator_id)
        .order_by(Nomination.nominator_id)
    )
    return [Credit(person, activities=number) for person, number in session.execute(query) if person]


def own(session: GuardedSession, person_id: str) -> Credit:
    """What somebody has ever brought. One statement, of that person's own rows."""
    columns = own_columns(person_id)
    row = session.execute(select(*columns.values())).one()
    return Credit(person_id, **dict(zip(columns, row, strict=True)))


def own_columns(person_id: str) -> dict[str, ColumnElement[int]]:
    """Each part of somebody's credit by its name, as a column."""
    advocates = select(func.count(Advocate.id)).join(Nomination, Advocate.nomination_id == Nomination.id)
    endorsed = select(func.count(Advocate.id)).join(Endorsement, Advocate.nomination_id == Endorsement.nomination_id)
    activities = (
        select(func.count(Engagement.id))
        .join(Advocate, Engagement.advocate_id == Advocate.id)
        .join(Nomination, Advocate.nomination_id == Nomination.id)
    )
    own, published = Nomination.nominator_id == person_id, _published(None, None)
    return {
        "advocates": advocates.where(own, *published).scalar_subquery(),
        "endorsed": endorsed.where(Endorsement.person_id == person_id, *published).scalar_subquery(),
        "activities": activities.where(own, Engagement.status == Status.DONE.value).scalar_subquery(),
    }


def unnamed(session: GuardedSession) -> set[str]:
    """The ids of all who do not want to be named. One statement."""
    return set(session.scalars(select(Unnamed.person_id)))


def unnamed_among(session: GuardedSession, slack_user_ids: Collection[str]) -> set[str]:
    """The Slack ids of those among these who do not want to be named. One statement."""
    query = (
        select(Person.slack_user_id)
        .join(Unnamed, Unnamed.person_id == Person.id)
        .where(Person.slack_user_id.in_(list(slack_user_ids)))
    )
    return {one for one in session.scalars(query) if one}


def name(session: GuardedSession, person_id: str, now: datetime, *, named: bool) -> None:
    """Let somebody be named, or not. Two statements at most."""
    row = session.get(Unnamed, (session.workspace_id, person_id))
    if named and row is not None:
        session.delete(row)
    elif not named and row is None:
        session.add(Unnamed(person_id=person_id, since=now))


def led_by(session: GuardedSession, manager_id: str) -> set[str]:
    """The ids of those who have this manager. One statement."""
    return set(session.scalars(select(Person.id).where(Person.manager_id == manager_id)))
