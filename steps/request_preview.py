"""What the form says of the chosen advocate before it is sent, and who could be asked instead. Stores nothing."""

from collections.abc import Iterator
from datetime import date
from itertools import chain, islice

from domain import permissions, query
from domain.advocates import Card
from domain.capacity import WEIGHTS, capacity
from domain.errors import RuleError
from domain.moment import Moment
from domain.offers import Offer
from domain.people import Actor
from domain.protection import check, next_day
from domain.query import Query, Vocabularies
from domain.request_preview import Preview
from domain.request_values import RequestValues, planned_day
from domain.settings import Settings
from domain.vocabulary import Activity
from steps import findable, lookup, protection, vocabulary
from steps.requests import at_home
from storage import profiles, settings
from storage.guard import GuardedSession

ALTERNATIVES = 3
"""Advocates offered in the place of the chosen one: more would hide the form."""

LOOKED_AT = 20
"""Of the best fitting ones, how many are asked whether they are free on the planned day."""

WAYS = 5
"""A query itself and without one part of it: how often it is asked for somebody else."""

GONE = "This advocate can't be asked at present. Please look for somebody else, or say whom you look for."


def preview(session: GuardedSession, actor: Actor, moment: Moment, values: RequestValues, line: str) -> Preview | None:
    """The chosen advocate on the planned day; None where none is chosen. `line` is what was looked for.

    Raises NotAllowed, NotFound, RuleError for somebody whom colleagues can't come across. The number of statements
    depends on no table's size.
    """
    permissions.check(actor, permissions.Action.REQUEST)
    if values.advocate_id is None:
        return None
    card, today = profiles.one(session, values.advocate_id), actor.today(moment.now)
    if card.state.value not in findable.FINDABLE:
        raise RuleError(GONE)
    known = settings.load(session)
    facts = protection.of_one(session, card.id, known, today)
    day, free = planned_day(at_home(actor, values)), next_day(facts, values.activity, today)
    on = day or free or today
    return Preview(
        advocate_id=card.id,
        name=card.contact_name,
        company=card.company,
        capacity=capacity(facts.uses, facts.limits, day or today, WEIGHTS[values.activity]),
        day=day or today,
        today=today,
        next_free=free,
        obstacles=check(facts, values.activity, on, today),
        alternatives=_instead(session, card, values.activity, on, line, known, today),
    )


def _instead(
    session: GuardedSession, card: Card, activity: Activity, day: date, line: str, known: Settings, today: date
) -> tuple[Offer, ...]:
    """Others who fit what was looked for, else such as this one; nothing stands in their way on that day."""
    terms = vocabulary.load(session)
    asked, alike = query.parse(line, terms), _such_as(card, terms)
    wanted = [one for one in (asked, alike) if not one.asks_nothing]
    for used in chain.from_iterable(islice(_wider(one), WAYS) for one in wanted):
        found = lookup.fitting(session, used, terms, known, today)
        others = [one for one in found.ranked if one.id != card.id][:LOOKED_AT]
        free = [one for one in others if not check(found.facts[one.id], activity, day, today)][:ALTERNATIVES]
        if free:
            return lookup.offers(session, found, free, today, activity)
    return ()


def _wider(asked: Query) -> Iterator[Query]:
    """The query itself, and then without one part of it at a time."""
    return chain([asked], (without for _words, without in query.relaxations(asked)))


def _such_as(card: Card, terms: Vocabularies) -> Query:
    """What this advocate is, to whoever needs somebody of the kind: a single word asked for may be theirs alone."""
    shown = card.profile
    alike = {"industry": shown.industry, "region": shown.region, "persona": shown.persona}
    return query.parse(" ".join(f'{facet}:"{value}"' for facet, value in alike.items() if value), terms)
