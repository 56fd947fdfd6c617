"""Whom the advocacy team could propose for a request, best first. How people rank is up to domain."""

from dataclasses import dataclass
from datetime import date

from domain import permissions, query
from domain.moment import Moment
from domain.offers import Proposal
from domain.people import Actor
from domain.permissions import Action
from domain.protection import check
from domain.requests import Card
from steps import lookup, vocabulary
from storage import request_cards, settings
from storage.guard import GuardedSession

PROPOSALS = 10
"""Advocates that the team is proposed for criteria: more than anybody compares."""


@dataclass(frozen=True, slots=True)
class Proposals:
    """Who could do it, best first. `searched` is the line, `relaxed` what of it was left out as nobody fits all."""

    card: Card
    found: tuple[Proposal, ...]
    searched: str
    relaxed: str | None
    today: date


def found(session: GuardedSession, actor: Actor, moment: Moment, request_id: str, words: str | None) -> Proposals:
    """Who could do it, for the request's own criteria and advocate, or for other words. Raises NotAllowed."""
    permissions.check(actor, Action.FULFIL_REQUEST)
    card = request_cards.one(session, request_id)
    known, today, terms = settings.load(session), actor.today(moment.now), vocabulary.load(session)
    searched = words if words is not None else card.criteria or _themselves(card)
    fitting = lookup.find(session, query.parse(searched, terms), terms, known, today)
    return Proposals(card, _proposed(session, card, fitting, today), searched, fitting.relaxed, today)


def _themselves(card: Card) -> str:
    """The line that finds the advocate who was asked for."""
    return f'"{card.advocate_name}"' if card.advocate_name else ""


def _proposed(session: GuardedSession, card: Card, fitting: lookup.Fitting, today: date) -> tuple[Proposal, ...]:
    day = card.day or card.need_by
    offered = lookup.offers(session, fitting, fitting.ranked[:PROPOSALS], today, card.activity)
    return tuple(Proposal(one, check(fitting.facts[one.found.id], card.activity, day, today)) for one in offered)
