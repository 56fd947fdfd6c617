"""What time brings for requests: reminders, escalations, expiry, the questions afterwards. When is up to domain."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from domain.messages import Kind, Rendered
from domain.moment import Moment
from domain.people import Actor, Standing
from domain.request_timers import Due, due_actions, timing_for
from domain.requests import Card, Move
from domain.settings import Settings
from steps import owners, protection
from steps import request_progress as progress
from storage import request_cards
from storage.guard import GuardedSession
from storage.opportunities import Opportunity
from storage.people import Person
from storage.requests import Request
from views import approvals, outcomes, request_alert, request_news

AT_A_TIME = 100
"""Requests that one transaction looks at, so that nobody waits for it."""

EVERBOARD = Actor("", "", "Everboard", Standing.BOT)
"""Who lets a request expire."""

Deed = Callable[[GuardedSession, Moment, Request, date, Settings], None]


def run(session: GuardedSession, moment: Moment, settings: Settings, after: str = "") -> bool:
    """Do what is due now, each thing once."""
    rows = request_cards.waiting_on_time(session, AT_A_TIME, after)
    timing = timing_for(settings.numbers)
    for row in rows:
        requester = _person(session, row.requester_id)
        today = _day(requester, moment)
        line = request_cards.timeline(row, _deal(session, row))
        owner = owners.standing_of(_person(session, row.owner_id), today)
        for due in due_actions(replace(line, owner=owner), moment.now, today, timing):
            DEEDS[due](session, moment, row, today, settings)
    if len(rows) == AT_A_TIME:
        return run(session, moment, settings, rows[-1].id)
    return False


def _person(session: GuardedSession, person_id: str | None) -> Person | None:
    return session.get(Person, (session.workspace_id, person_id)) if person_id else None


def _deal(session: GuardedSession, row: Request) -> Opportunity | None:
    return session.get(Opportunity, (session.workspace_id, row.opportunity_id)) if row.opportunity_id else None


def _day(requester: Person | None, moment: Moment) -> date:
    zone = requester.time_zone if requester else "UTC"
    return Actor("", "", "", time_zone=zone).today(moment.now)


def _remind_owner(session: GuardedSession, moment: Moment, row: Request, _today: date, _settings: Settings) -> None:
    row.owner_reminded_at = moment.now
    card = request_cards.one(session, row.id)
    if card.owner_slack_id:
        progress.tell(session, moment, card, card.owner_slack_id, approvals.reminder(card), Kind.APPROVAL)


def _escalate_owner(session: GuardedSession, moment: Moment, row: Request, _today: date, _settings: Settings) -> None:
    row.owner_escalated_at = moment.now
    card = progress.refresh(session, moment, row.id)
    progress.tell_team(session, moment, card, request_alert.owner_silent(card))


def _escalate_late(session: GuardedSession, moment: Moment, row: Request, _today: date, _settings: Settings) -> None:
    row.late_at = moment.now
    card = progress.refresh(session, moment, row.id)
    progress.tell_team(session, moment, card, request_alert.late(card))


def _expire(session: GuardedSession, moment: Moment, row: Request, _today: date, settings: Settings) -> None:
    protection.release(session, moment, row.id, settings)
    card = progress.move(session, EVERBOARD, moment, row, Move.EXPIRE)
    owners.answered(session, moment, card)
    progress.tell_requesters(session, moment, card, request_news.expired(card))


def _ask_outcome(session: GuardedSession, moment: Moment, row: Request, _today: date, _settings: Settings) -> None:
    row.outcome_asked_for = row.happens_on
    _ask_requester(session, moment, row, outcomes.ask)


def _ask_deal(session: GuardedSession, moment: Moment, row: Request, today: date, _settings: Settings) -> None:
    row.deal_asked_on, row.deal_questions = today, row.deal_questions + 1
    _ask_requester(session, moment, row, outcomes.ask_deal)


def _ask_requester(session: GuardedSession, moment: Moment, row: Request, make: Callable[[Card], Rendered]) -> None:
    """Whoever asked first that is still here: to ask everybody who joined brings as many answers."""
    card = request_cards.one(session, row.id)
    for slack_user_id in progress.still_here(session, card.requester_slack_ids)[:1]:
        progress.tell(session, moment, card, slack_user_id, make(card), Kind.REQUEST_QUESTION)


def _thank(session: GuardedSession, moment: Moment, row: Request, _today: date, _settings: Settings) -> None:
    row.thanks_asked_at = moment.now
    card = request_cards.one(session, row.id)
    guard = owners.of_advocate(session, row.advocate_id, moment.now.date()) if row.advocate_id else owners.NOBODY
    if guard.person is not None and guard.person.slack_user_id and guard.person.standing == Standing.MEMBER.value:
        progress.tell(session, moment, card, guard.person.slack_user_id, outcomes.thank(card), Kind.THANKS)


DEEDS: Mapping[Due, Deed] = {
    Due.REMIND_OWNER: _remind_owner,
    Due.ESCALATE_OWNER: _escalate_owner,
    Due.ESCALATE_LATE: _escalate_late,
    Due.EXPIRE: _expire,
    Due.ASK_OUTCOME: _ask_outcome,
    Due.ASK_DEAL: _ask_deal,
    Due.THANK_OWNER: _thank,
}
