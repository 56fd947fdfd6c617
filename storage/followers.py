"""Colleagues who joined a request. Decides nothing about who may."""

from sqlalchemy import delete, select

from domain.people import Standing
from storage.guard import GuardedSession
from storage.people import Person
from storage.requests import Follower


def here(session: GuardedSession, request_id: str) -> list[Person]:
    """Those who joined and are full members still, whoever joined first at the beginning. One statement."""
    query = (
        select(Person)
        .join(Follower, Follower.person_id == Person.id)
        .where(Follower.request_id == request_id, Person.standing == Standing.MEMBER.value)
        .order_by(Follower.created_at, Follower.id)
    )
    return list(session.scalars(query))


def remove(session: GuardedSession, request_id: str, person_id: str) -> None:
    """Somebody has joined no longer."""
    session.execute(delete(Follower).where(Follower.request_id == request_id, Follower.person_id == person_id))
