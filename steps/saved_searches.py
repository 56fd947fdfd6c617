""" "Tell me when there is one": who waits for which advocate, and telling them once. What fits is in domain.query.

Whoever has just become possible to find is held against what people wait for, in the same transaction and without
asking the index, so that it costs the same however many advocates there are.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from sqlalchemy import select

from domain import permissions, query
from domain.advocates import Found
from domain.errors import RuleError
from domain.messages import Kind
from domain.moment import Moment
from domain.offers import Awaited
from domain.people import Actor
from domain.protection import Facts, is_free
from domain.query import Query, Vocabularies
from domain.settings import Settings
from domain.vocabulary import Activity
from steps import lookup, protection, querying, vocabulary
from storage import documents, outbox, profiles, saved_searches, search, settings
from storage.documents import Document
from storage.guard import GuardedSession
from storage.people import Person
from storage.saved_searches import SavedSearch, Waiting
from views import searches as view

MOST_OF_ONE = 20
"""Searches that one person waits for: more is a list for the advocacy team, not a wish."""

FREED_WITHIN = timedelta(days=7)
"""How far back the daily look goes for whoever is free again: further than any outage, and nobody is told twice."""

MOST_FREED = 2000
"""Advocates held against the searches in one go, as many as a look-up weighs."""

MOST = 1000
"""Open searches of a workspace: each is held against every advocate who is published."""


def save(session: GuardedSession, actor: Actor, moment: Moment, line: str) -> None:
    """Wait for the first advocate who fits; the same again changes nothing, and neither does it when somebody fits.

    Raises RuleError for a query that asks for nothing, and where too many are waited for.
    """
    permissions.check(actor, permissions.Action.LOOK_UP)
    session.get(
        Person, (session.workspace_id, actor.person_id), with_for_update=True
    )  # of two clicks at once the second waits, and finds the row
    terms = vocabulary.load(session)
    asked = lookup.carried(query.parse(line, terms), terms)
    if asked.asks_nothing:
        raise RuleError("Please say first whom you look for.")
    if lookup.fitting(session, asked, terms, settings.load(session), actor.today(moment.now)).ranked:
        return
    key = query.key_of(asked)
    row = saved_searches.by_key(session, actor.person_id, key)
    if row is not None and row.ended_at is None:
        return
    _check_room(session, actor)
    if row is None:
        row = SavedSearch(id=moment.new_id(), person_id=actor.person_id, key=key)
        session.add(row)
    row.query, row.created_at, row.told_at, row.ended_at = query.to_text(asked), moment.now, None, None


def _check_room(session: GuardedSession, actor: Actor) -> None:
    if len(saved_searches.of_person(session, actor.person_id)) >= MOST_OF_ONE:
        raise RuleError(f"You wait for {MOST_OF_ONE} already. Please stop one of them first.")
    if saved_searches.how_many_wait(session) >= MOST:
        raise RuleError("Too many searches are waiting in this workspace. Please tell the advocacy team whom you need.")


def stop(session: GuardedSession, actor: Actor, moment: Moment, line: str) -> None:
    """Do not wait for this any more; it is no error when nobody did."""
    permissions.check(actor, permissions.Action.LOOK_UP)
    asked = query.parse(line, vocabulary.load(session))
    row = saved_searches.by_key(session, actor.person_id, query.key_of(asked))
    if row is not None and row.ended_at is None:
        row.ended_at = moment.now


def stop_one(session: GuardedSession, actor: Actor, moment: Moment, search_id: str) -> tuple[Awaited, ...]:
    """The same by its id, for a list; answers what is left of the list. Nobody ends a colleague's search."""
    permissions.check(actor, permissions.Action.LOOK_UP)
    row = session.get(SavedSearch, (session.workspace_id, search_id))
    if row is not None and row.person_id == actor.person_id and row.ended_at is None:
        row.ended_at = moment.now
        session.flush()
    return mine(session, actor, moment)


def mine(session: GuardedSession, actor: Actor, _moment: Moment) -> tuple[Awaited, ...]:
    """What this person waits for, the oldest first. Two statements."""
    permissions.check(actor, permissions.Action.LOOK_UP)
    terms = vocabulary.load(session)
    return tuple(
        Awaited(row.id, row.query, query.understood(query.parse(row.query, terms)))
        for row in saved_searches.of_person(session, actor.person_id)
    )


def tell(session: GuardedSession, moment: Moment, advocate_ids: Collection[str]) -> None:
    """Tell everybody who waits for one of these advocates, and end their search.

    One statement where nobody waits; else seven, and two for each person who is told.
    """
    waiting = saved_searches.waiting(session)
    if not waiting or not advocate_ids:
        return
    terms = vocabulary.load(session)
    offered = _Offered.load(session, moment, advocate_ids)
    for one in waiting:
        asked = query.parse(one.query, terms)
        fitting = next(offered.fitting(asked, terms), None)
        if fitting is not None and saved_searches.end(session, one.id, moment.now):
            _say(session, moment, one, replace(fitting, why=lookup.why_it_matches(fitting, asked)), asked)


def tell_of_freed(session: GuardedSession, moment: Moment, _settings: Settings) -> bool:
    """Tell whoever waits for somebody available of those whom time, an ended pause or a cancellation has set free."""
    if saved_searches.how_many_wait(session):
        today = moment.now.date()
        tell(session, moment, documents.freed(session, today - FREED_WITHIN, today, MOST_FREED))
    return False


@dataclass(frozen=True, slots=True)
class _Offered:
    """Advocates whom colleagues may come across, with all that decides whether they fit."""

    moment: Moment
    found: Iterable[tuple[Found, Facts, Document]]

    @classmethod
    def load(cls, session: GuardedSession, moment: Moment, advocate_ids: Collection[str]) -> "_Offered":
        session.flush()
        today = moment.now.date()
        facts = protection.facts_of(session, advocate_ids, settings.load(session), today)
        rows = session.scalars(select(Document).where(Document.advocate_id.in_(advocate_ids), Document.offered))
        known = {row.advocate_id: row for row in rows if lookup.is_offered(facts[row.advocate_id], today)}
        shown = profiles.found(session, {advocate_id: facts[advocate_id].consent for advocate_id in known})
        return cls(moment, [(one, facts[one.id], known[one.id]) for one in shown])

    def fitting(self, asked: Query, terms: Vocabularies) -> Iterator[Found]:
        """Those who fit this query, in the order given."""
        today = self.moment.now.date()
        wanted = querying.wanted(asked, terms, today)
        activity = lookup.activity_of(asked) or Activity.REFERENCE_CALL
        for found, facts, document in self.found:
            free = not asked.available_now or is_free(facts, activity, today, today)
            if free and search.fits(wanted, document.body, document.facets):
                yield found


def _say(session: GuardedSession, moment: Moment, one: Waiting, found: Found, asked: Query) -> None:
    outbox.put(
        session,
        moment,
        Kind.SAVED_SEARCH,
        one.slack_user_id,
        view.somebody_fits(found, one.query, query.understood(asked)),
        subjects=[one.person_id, found.id],
    )
