"""Colleagues who stand behind a nomination, or wait for the same request. Decides nothing."""

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Select, null, select, union_all

from storage.guard import GuardedSession
from storage.nominations import Endorsement
from storage.people import Person
from storage.requests import Follower


class Backer(NamedTuple):
    """Somebody who endorsed, with what they wrote, or who joined a request."""

    person_id: str
    slack_user_id: str
    note: str | None = None


Backers = Mapping[str, list[Backer]]
"""Those of each nomination and request, by its id, in the order in which they came."""


def of(session: GuardedSession, *, nomination_ids: Collection[str] = (), request_ids: Collection[str] = ()) -> Backers:
    """The backers of all of these; whoever is not in Slack is left out. One statement, none where nothing is asked."""
    sources = [_endorsers(nomination_ids)] if nomination_ids else []
    sources += [_followers(request_ids)] if request_ids else []
    if not sources:
        return {}
    both = union_all(*sources).subquery("backers")
    found: dict[str, list[Backer]] = {}
    for row in session.execute(select(both).order_by(both.c.at, both.c.id)):
        found.setdefault(row.behind, []).append(Backer(row.person_id, row.slack_user_id, row.note))
    return found


def _endorsers(nomination_ids: Collection[str]) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Endorsement.nomination_id.label("behind"),
            Person.id.label("person_id"),
            Person.slack_user_id.label("slack_user_id"),
            Endorsement.note.label("note"),
            Endorsement.created_at.label("at"),
            Endorsement.id.label("id"),
        )
        .join(Person, Person.id == Endorsement.person_id)
        .where(Endorsement.nomination_id.in_(nomination_ids), Person.slack_user_id.is_not(None))
    )


def _followers(request_ids: Collection[str]) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Follower.request_id.label("behind"),
            Person.id.label("person_id"),
            Person.slack_user_id.label("slack_user_id"),
            null().label("note"),
            Follower.created_at.label("at"),
            Follower.id.label("id"),
        )
        .join(Person, Person.id == Follower.person_id)
        .where(Follower.request_id.in_(request_ids), Person.slack_user_id.is_not(None))
    )
