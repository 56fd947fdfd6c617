"""What time brings for requests: reminders, escalations, expiry, the questions afterwards. When is up to domain."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date

from domain.messages import Kind, Rendered
from domain.moment import Moment
from domain.people import Actor, Standing
from domain.request_routing import Owner, Step, Way
from domain.request_timers import Due, due_actions, timing_for
from domain.requests import Card, Move
from domain.settings import Settings
from domain.time_zones import may_speak, zone_of
from steps import askers, owners, protection, requests
from steps import request_progress as progress
from steps.progress import TEAM_CHANNEL
from storage import audit, outbox, request_cards
from storage.guard import GuardedSession
from storage.people import Person
from storage.request_cards import Waiting
from storage.requests import Request
from views import approvals, outcomes, request_alert, request_news

AT_A_TIME = 100
"""Requests that are read at once; when so many had something due the transaction ends, so that nobody waits for it."""

EVERBOARD = Actor("", "", "Everboard", Standing.BOT)
"""Who lets a request expire, and asks whoever looks after a customer by now."""

Deed = Callable[[GuardedSession, Moment, Request, date, Settings], None]


def run(session: GuardedSession, moment: Moment, settings: Settings) -> bool:
    """Do what is due now, each thing once. One statement for a hundred requests, and more for each that is due.

    True when there may be more.
    """
    after, busy = "", 0
    while found := request_cards.waiting_on_time(session, AT_A_TIME, after):
        busy += sum(_see_to(session, moment, one, settings) for one in found)
        if busy >= AT_A_TIME:
            return True
        after = found[-1].request.id
    return False


def digest(session: GuardedSession, moment: Moment, _settings: Settings) -> bool:
    """Remind the team of requests that wait longer than promised; silent when none does."""
    late = [card for card in request_cards.queue(session) if card.late]
    if late:
        subjects = {subject for card in late for subject in card.subjects}
        message = request_alert.digest(late, moment.now)
        outbox.put(session, moment, Kind.REVIEW_DIGEST, TEAM_CHANNEL, message, subjects=subjects)
    return False


def _see_to(session: GuardedSession, moment: Moment, one: Waiting, settings: Settings) -> bool:
    """Whether anything was due."""
    row, today = one.request, _day(one.requester, moment)
    is_here = askers.is_here(one.requester)
    owner = owners.standing_of(one.owner, today)
    line = replace(request_cards.timeline(row, one.deal), owner=owner, asker_is_here=is_here)
    if is_here and row.asker_gone_at is not None:  # back again; should they leave once more, that is news
        progress.locked(session, row.id).asker_gone_at = None
        progress.refresh(session, moment, row.id)
    due = _in_their_day(due_actions(line, moment.now, today, timing_for(settings.numbers)), one, moment)
    hands_changed = one.has_another_owner and Due.EXPIRE not in due
    if not due and not hands_changed:
        return False
    progress.locked(session, row.id)
    if hands_changed:
        _ask_anew(session, moment, row, today, settings)
    for deed in due:
        if not (hands_changed and deed in _OF_THE_OWNER):  # a new owner has all the time that the one before had
            DEEDS[deed](session, moment, row, today, settings)
    return True


_OF_THE_OWNER = frozenset({Due.REMIND_OWNER, Due.ESCALATE_OWNER})


def _in_their_day(due: Iterable[Due], one: Waiting, moment: Moment) -> tuple[Due, ...]:
    """Without what would wake somebody: it waits, hour by hour, until it is day where they are as well."""
    asleep = {who for who, person in (("asker", one.requester), ("owner", one.owner)) if _sleeps(person, moment)}
    return tuple(deed for deed in due if _WRITES_TO.get(deed) not in asleep)


def _sleeps(person: Person | None, moment: Moment) -> bool:
    return person is not None and not may_speak(zone_of(person.time_zone), moment.now)


_WRITES_TO = {
    Due.ASK_OUTCOME: "asker",
    Due.ASK_DEAL: "asker",
    Due.REMIND_OWNER: "owner",
    Due.THANK_OWNER: "owner",
}


def _day(requester: Person | None, moment: Moment) -> date:
    zone = requester.time_zone if requester else "UTC"
    return Actor("", "", "", time_zone=zone).today(moment.now)


def _ask_anew(session: GuardedSession, moment: Moment, row: Request, today: date, settings: Settings) -> None:
    """The account has changed hands while its owner was asked: whoever looks after it by now is asked."""
    before = request_cards.one(session, row.id)
    owners.answered(session, moment, before, approvals.NOT_YOURS)
    guard = owners.of_advocate(session, row.advocate_id, today) if row.advocate_id else owners.NOBODY
    is_here = guard.person is not None and guard.standing is Owner.HERE
    step = Step(Way.ASK_OWNER if is_here else Way.ASK_TEAM)
    card = requests.set_out(session, EVERBOARD, moment, row, step, settings)
    after = {"owner": card.owner_id}
    audit.record(
        session,
        moment,
        None,
        "request.owner_changed",
        ("request", row.id),
        before={"owner": before.owner_id},
        after=after,
    )
    if not is_here:
        progress.tell_team(session, moment, card, request_alert.owner_silent(card))


def _remind_owner(session: GuardedSession, moment: Moment, row: Request, _today: date, _settings: Settings) -> None:
    row.owner_reminded_at = moment.now
    owners.remind(session, moment, request_cards.one(session, row.id))


def _escalate_owner(session: GuardedSession, moment: Moment, row: Request, _today: date, _settings: Settings) -> None:
    row.owner_escalated_at = moment.now
    card = progress.refresh(session, moment, row.id)
    progress.tell_team(session, moment, card, request_alert.owner_silent(card))


def _escalate_late(session: GuardedSession, moment: Moment, row: Request, _today: date, _settings: Settings) -> None:
    row.late_at = moment.now
    card = progress.refresh(session, moment, row.id)
    progress.tell_team(session, moment, card, request_alert.late(card))
    progress.tell_requesters(session, moment, card, request_news.late(card))


def _expire(session: GuardedSession, moment: Moment, row: Request, _today: date, settings: Settings) -> None:
    protection.release(session, moment, row.id, settings)
    card = progress.move(session, EVERBOARD, moment, row, Move.EXPIRE)
    owners.answered(session, moment, card)
    progress.tell_requesters(session, moment, card, request_news.expired(card))


def _ask_outcome(session: GuardedSession, moment: Moment, row: Request, today: date, _settings: Settings) -> None:
    if row.outcome_asked_for != row.happens_on:  # the first time, or it was moved
        row.outcome_asked_for, row.outcome_questions = row.happens_on, 0
    row.outcome_asked_on, row.outcome_questions = today, row.outcome_questions + 1
    _ask_requester(session, moment, row, outcomes.ask)


def _tell_of_silence(session: GuardedSession, moment: Moment, row: Request, today: date, _settings: Settings) -> None:
    row.outcome_asked_on, row.outcome_questions = today, row.outcome_questions + 1
    card = request_cards.one(session, row.id)
    progress.tell_team(session, moment, card, request_alert.untold(card))


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
    said_yes = session.get(Person, (session.workspace_id, row.owner_id)) if row.owner_id else None
    owner = guard.person or said_yes  # an account may have nobody by now, or be none that we know
    if owner is not None and owner.slack_user_id and owner.standing == Standing.MEMBER.value:
        progress.tell(session, moment, card, owner.slack_user_id, outcomes.thank(card), Kind.THANKS)


def _asker_left(session: GuardedSession, moment: Moment, row: Request, _today: date, _settings: Settings) -> None:
    askers.left(session, moment, row)


DEEDS: Mapping[Due, Deed] = {
    Due.REMIND_OWNER: _remind_owner,
    Due.ESCALATE_OWNER: _escalate_owner,
    Due.ESCALATE_LATE: _escalate_late,
    Due.EXPIRE: _expire,
    Due.ASK_OUTCOME: _ask_outcome,
    Due.TELL_OF_SILENCE: _tell_of_silence,
    Due.ASK_DEAL: _ask_deal,
    Due.THANK_OWNER: _thank,
    Due.ASKER_LEFT: _asker_left,
}
