"""All that a colleague may know of one advocate. Decides nothing that is not decided in domain."""

from collections.abc import Iterator
from datetime import date

from domain import permissions
from domain.advocates import Card, Found, State
from domain.capacity import WEIGHTS, capacity
from domain.errors import RuleError
from domain.moment import Moment
from domain.offers import Offer, PastUse, Portrait
from domain.people import Actor
from domain.protection import Facts, activity_to_show, is_free, next_day, standing
from domain.vocabulary import Activity
from steps import contacts, on_hand, protection
from storage import cards, engagements, profiles, settings
from storage.engagements import Status
from storage.guard import GuardedSession

SHOWN = 5
"""Uses that are told: enough to see how somebody is treated."""


def of_advocate(session: GuardedSession, actor: Actor, moment: Moment, advocate_id: str) -> Portrait:
    """The profile with capacity, history and what is approved already. Raises NotAllowed, NotFound, RuleError.

    Only the advocacy team sees somebody who rests, or who is not published.
    """
    permissions.check(actor, permissions.Action.LOOK_UP)
    card = profiles.one(session, advocate_id)
    if card.state is not State.ACTIVE and not permissions.may(actor, permissions.Action.EDIT_PROFILE):
        raise RuleError("This advocate can't be asked at present. Please look for another one.")
    today = actor.today(moment.now)
    relations = contacts.relations_with(session, actor, advocate_id, cards.one(session, card.nomination_id))
    return Portrait(
        card=card,
        offer=_offer(card, protection.of_one(session, advocate_id, settings.load(session), today), today),
        history=tuple(_history(session, actor, advocate_id)),
        ready=on_hand.of_advocate(session, advocate_id, today),
        may_see_contact=permissions.may(actor, permissions.Action.SEE_CONTACT, relations),
        today=today,
        may_keep_assets=permissions.may(actor, permissions.Action.EDIT_ASSETS),
        may_edit=permissions.may(actor, permissions.Action.EDIT_PROFILE),
    )


def _offer(card: Card, facts: Facts, today: date) -> Offer:
    activity = activity_to_show([one for one in card.profile.activities if one not in facts.refused])
    found = Found(card.id, card.contact_name, card.company, card.profile, card.consent, card.verified_at)
    return Offer(
        found=found,
        activity=activity,
        capacity=capacity(facts.uses, facts.limits, today, WEIGHTS[activity]),
        is_free=is_free(facts, activity, today, today),
        next_free=next_day(facts, activity, today),
        score=0,
        parts=(),
        obstacle=next((one.sentence(card.contact_name) for one in standing(facts, activity, today)), ""),
    )


def _history(session: GuardedSession, actor: Actor, advocate_id: str) -> Iterator[PastUse]:
    for row in engagements.of_advocate(session, advocate_id, SHOWN):
        own = row.person_id == actor.person_id
        yield PastUse(row.happens_on, Activity(row.activity), own, row.status == Status.RESERVED.value)
