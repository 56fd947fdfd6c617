"""What time brings for a request: reminders, escalations, expiry, and the questions afterwards.

Decides what is due and not when a message may be sent: quiet hours and days off are the schedule's.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from domain.request_outcomes import Fate
from domain.request_routing import Owner
from domain.requests import RESERVED, State

ANSWER_GOAL_HOURS = 72
"""From asking to an answer: after three days a rep in a deal has given up, or calls the customer on their own."""

OWNER_REMINDER_HOURS = 24
"""Until the relationship owner is reminded, once: a day with one meeting after another is forgiven."""

OWNER_ESCALATION_HOURS = 48
"""Until the advocacy team may answer in the owner's place: one day of the answer goal is then left."""

EXPIRY_DAYS = 3
"""From need-by to expiry without an approval: a weekend may lie between, and a deal's date slips by a day or two."""

OUTCOME_AGAIN_DAYS = 3
"""From one question how it went to the next: a weekend, or a day or two on the road."""

MOST_OUTCOME_QUESTIONS = 3
"""Times that somebody is asked how it went; then the advocacy team hears that nobody has said it."""

DEAL_QUESTION_DAYS = 30
"""From an activity to the question about a deal without a close date, and from one such question to the next."""

DEAL_PAUSE_DAYS = 7
"""At least so long after an activity before the deal is asked about: how it went is asked first, and alone."""

MOST_DEAL_QUESTIONS = 3
"""Times that somebody is asked what became of a deal; whoever hasn't said it by then won't."""


@dataclass(frozen=True, slots=True)
class Timing:
    """One workspace's periods."""

    answer_goal: timedelta = timedelta(hours=ANSWER_GOAL_HOURS)
    owner_reminder: timedelta = timedelta(hours=OWNER_REMINDER_HOURS)
    owner_escalation: timedelta = timedelta(hours=OWNER_ESCALATION_HOURS)
    expiry_days: int = EXPIRY_DAYS
    deal_question_days: int = DEAL_QUESTION_DAYS


def timing_for(numbers: Mapping[str, int]) -> Timing:
    """The periods from the workspace's settings, or the defaults."""
    return Timing(
        answer_goal=timedelta(hours=numbers.get("request_goal_hours", ANSWER_GOAL_HOURS)),
        owner_reminder=timedelta(hours=numbers.get("owner_reminder_hours", OWNER_REMINDER_HOURS)),
        owner_escalation=timedelta(hours=numbers.get("owner_escalation_hours", OWNER_ESCALATION_HOURS)),
        expiry_days=numbers.get("request_expiry_days", EXPIRY_DAYS),
        deal_question_days=numbers.get("deal_question_days", DEAL_QUESTION_DAYS),
    )


class Due(StrEnum):
    """What is to be done for a request now."""

    REMIND_OWNER = "remind_owner"
    ESCALATE_OWNER = "escalate_owner"
    ESCALATE_LATE = "escalate_late"
    EXPIRE = "expire"
    ASK_OUTCOME = "ask_outcome"
    TELL_OF_SILENCE = "tell_of_silence"
    ASK_DEAL = "ask_deal"
    THANK_OWNER = "thank_owner"
    ASKER_LEFT = "asker_left"


@dataclass(frozen=True, slots=True)
class Timeline:
    """All that decides what is due for one request. Instants are aware UTC, days the requester's own.

    `opened_at` is when it was sent or last opened again; `owner_asked_at` when the present advocate's owner was asked.
    `done` holds when each thing was last done: who asks the advocacy team in the owner's place from the start notes
    ESCALATE_OWNER there. `asker_is_here` is false once whoever asked has left the workspace.
    `day` is that of the activity, `outcome_asked_for` the day about which was asked how it went,
    `outcome_questions` how often, the word to the team included.
    `has_deal` is false for a campaign and the like; `fate` may come from the CRM as well.
    """

    state: State
    opened_at: datetime
    need_by: date
    asker_is_here: bool = True
    owner: Owner = Owner.HERE
    owner_asked_at: datetime | None = None
    done: Mapping[Due, datetime] = field(default_factory=dict)
    day: date | None = None
    outcome_asked_for: date | None = None
    outcome_asked_on: date | None = None
    outcome_questions: int = 0
    completed_on: date | None = None
    has_deal: bool = False
    close_on: date | None = None
    fate: Fate | None = None
    deal_questions: int = 0
    deal_asked_on: date | None = None


def due_actions(request: Timeline, now: datetime, today: date, timing: Timing | None = None) -> tuple[Due, ...]:
    """What is due for a request now, on the requester's `today`; each once, and nothing else for one that expires."""
    timing = timing or Timing()
    if request.state.is_open:
        if (today - request.need_by).days > timing.expiry_days:
            return (Due.EXPIRE,)
        return (*_of_the_asker(request), *_of_the_owner(request, now, timing), *_of_the_goal(request, now, timing))
    if request.state in RESERVED:
        return (*_of_the_asker(request), *_of_the_activity(request, today))
    if request.state is State.COMPLETED:
        return tuple(_afterwards(request, today, timing))
    return ()


def _of_the_asker(request: Timeline) -> Iterator[Due]:
    """Whoever left is told of nothing, so that somebody else has to ask, or nobody needs it: noted once."""
    if not request.asker_is_here and Due.ASKER_LEFT not in request.done:
        yield Due.ASKER_LEFT


def is_late(state: State, opened_at: datetime, now: datetime, timing: Timing | None = None) -> bool:
    """Whether somebody still waits for an answer, and has waited as long as the goal."""
    return state.is_open and now - opened_at >= (timing or Timing()).answer_goal


def _of_the_owner(request: Timeline, now: datetime, timing: Timing) -> Iterator[Due]:
    """Whoever cannot be asked is not reminded, and the team is asked at once; so is it after a day of silence more."""
    asked = request.owner_asked_at
    if request.state is not State.AWAITING_OWNER or asked is None:
        return
    waited = now - asked
    if request.owner is not Owner.HERE or waited >= timing.owner_escalation:
        if not _done_since(request, Due.ESCALATE_OWNER, asked):
            yield Due.ESCALATE_OWNER
    elif waited >= timing.owner_reminder and not _done_since(request, Due.REMIND_OWNER, asked):
        yield Due.REMIND_OWNER


def _of_the_goal(request: Timeline, now: datetime, timing: Timing) -> Iterator[Due]:
    late = is_late(request.state, request.opened_at, now, timing)
    if late and not _done_since(request, Due.ESCALATE_LATE, request.opened_at):
        yield Due.ESCALATE_LATE


def _of_the_activity(request: Timeline, today: date) -> Iterator[Due]:
    """The day after, and again while nobody answers; one that was moved is asked about afresh, after the new day."""
    if request.day is None or today <= request.day:
        return
    asked = request.outcome_questions if request.outcome_asked_for == request.day else 0
    last = request.outcome_asked_on
    if asked and (last is None or (today - last).days < OUTCOME_AGAIN_DAYS):
        return
    if asked < MOST_OUTCOME_QUESTIONS:
        yield Due.ASK_OUTCOME
    elif asked == MOST_OUTCOME_QUESTIONS:
        yield Due.TELL_OF_SILENCE


def _afterwards(request: Timeline, today: date, timing: Timing) -> Iterator[Due]:
    if Due.THANK_OWNER not in request.done:
        yield Due.THANK_OWNER
    unanswered = request.has_deal and request.fate in {None, Fate.OPEN}
    if unanswered and request.deal_questions < MOST_DEAL_QUESTIONS and _deal_is_due(request, today, timing):
        yield Due.ASK_DEAL


def _deal_is_due(request: Timeline, today: date, timing: Timing) -> bool:
    """After the close date, or a month after the activity without one; then monthly."""
    since = request.deal_asked_on or request.completed_on
    if since is None:
        return False
    waited = (today - since).days
    if request.deal_asked_on is None and request.close_on is not None:
        return today > request.close_on and waited >= DEAL_PAUSE_DAYS
    return waited >= timing.deal_question_days


def _done_since(request: Timeline, due: Due, since: datetime) -> bool:
    last = request.done.get(due)
    return last is not None and last >= since
