"""What happens to nominations that wait: a flag and a weekday digest, and at last they expire."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial

from domain.messages import Kind
from domain.moment import Moment
from domain.nominations import Card, Move, State, after, is_overdue
from domain.settings import Settings
from steps import progress
from storage import audit, cards, outbox
from storage.guard import GuardedSession
from storage.nominations import Nomination
from views import news, review

AT_A_TIME = 50
"""Nominations that one transaction lets expire, so that nobody waits for it."""


def digest(session: GuardedSession, moment: Moment, settings: Settings) -> bool:
    """Remind the team of what waits longer than the goal; silent when nothing does."""
    goal = timedelta(days=settings.numbers["review_goal_days"])
    late = [card for card in cards.queue(session) if is_overdue(card.created_at, moment.now, goal)]
    _flag(session, moment, [card for card in late if not card.flagged])
    if late:
        subjects = {subject for card in late for subject in progress.subjects_of(card)}
        message = review.review_digest(late, moment.now)
        outbox.put(session, moment, Kind.REVIEW_DIGEST, progress.TEAM_CHANNEL, message, subjects=subjects)
    return False


def _flag(session: GuardedSession, moment: Moment, late: Sequence[Card]) -> None:
    """Say so in the alerts that there are: what came in a large file has none, and gets none by the hundred."""
    cards.flag(session, moment, [card.id for card in late])
    posted = outbox.posted(session, [progress.slot_of(card) for card in late])
    for card in late:
        if progress.slot_of(card) in posted:
            progress.refresh(session, moment, replace(card, flagged=True))


def expire(session: GuardedSession, moment: Moment, settings: Settings) -> bool:
    """Let nominations expire that were declined, or that the customer knows nothing of. True when there are more.

    Whoever put them forward hears of it, unless they have heard of the decline.
    """
    oldest = moment.now - timedelta(days=settings.numbers["nomination_expiry_days"])
    old = cards.kept_too_long(session, oldest, AT_A_TIME)
    for card in old:
        row = session.get_one(Nomination, (session.workspace_id, card.id))
        row.state = after(State(row.state), Move.EXPIRE).value
        before, now = {"state": card.state.value}, {"state": row.state}
        audit.record(session, moment, None, "nomination.expire", ("nomination", card.id), before=before, after=now)
        expired = cards.one(session, card.id)
        progress.refresh_posted(session, moment, expired)
        if card.state is State.NEEDS_INFO:
            progress.close_question(session, moment, expired)
        if card.state.is_open:
            progress.tell_backers(session, moment, expired, partial(news.expired, expired))
    return len(old) == AT_A_TIME
