"""Telling leader and champion of the month. What is in it is counted by steps.value, adoption and health."""

from datetime import date, datetime, time

from domain import permissions
from domain.digest import WORDS_LIMIT, Digest, is_due, month_before, waiting
from domain.messages import Kind
from domain.moment import Moment
from domain.people import Actor, Role
from domain.permissions import Action
from domain.settings import Settings
from domain.time_zones import zone_of
from domain.value import Filters
from steps import adoption, health, value
from steps.checks import optional
from steps.working_days import working_in
from storage import audit, digests, outbox, people, settings
from storage.guard import GuardedSession
from views import digest as view

READERS = (Role.CHAMPION, Role.LEADER)


def send_monthly(session: GuardedSession, moment: Moment, known: Settings) -> bool:
    """Send the month before to who has not got it, from the first working day on. Silent where nothing happened."""
    today = _today(moment, known)
    if not is_due(today, working_in(known.time_zone)):
        return False
    since = datetime.combine(today.replace(day=1), time(), zone_of(known.time_zone))
    left = waiting(_readers(session, here_on=today), digests.sent_since(session, since))
    if left:
        found = read(session, moment)
        if found.says_something:
            _send(session, moment, found, left, None, None)
    return False


def read(session: GuardedSession, moment: Moment) -> Digest:
    """The month before this day's."""
    month = month_before(_today(moment, settings.load(session)))
    return Digest(
        month,
        value.read(session, moment, Filters(month)),
        adoption.read(session, moment, month.first, month.last),
        health.read(session, moment),
    )


def seen(session: GuardedSession, actor: Actor, moment: Moment) -> Digest:
    """The same for whoever may see it. Raises NotAllowed."""
    permissions.check(actor, Action.SEND_DIGEST)
    return read(session, moment)


def send_now(session: GuardedSession, actor: Actor, moment: Moment, words: str) -> int:
    """Send it to leader and champion with these covering words, whoever has had it already too; answers to how many.
    Raises RuleError at `words`, NotAllowed."""
    permissions.check(actor, Action.SEND_DIGEST)
    said = optional(words, WORDS_LIMIT, "words")
    readers = waiting(_readers(session), set())
    _send(session, moment, read(session, moment), readers, said, actor)
    audit.record(session, moment, actor.person_id, "digest.sent", ("workspace", session.workspace_id))
    return len(readers)


def _today(moment: Moment, known: Settings) -> date:
    return moment.now.astimezone(zone_of(known.time_zone)).date()


def _readers(session: GuardedSession, here_on: date | None = None) -> list[str]:
    """The Slack ids of champion and leader; with a day, but for who is on leave then."""
    holders = [person for role in READERS for person in people.holders(session, role)]
    away = [one for one in holders if here_on and one.away_until is not None and one.away_until >= here_on]
    return [one.slack_user_id for one in holders if one.slack_user_id and one not in away]


def _send(
    session: GuardedSession, moment: Moment, found: Digest, readers: list[str], words: str | None, by: Actor | None
) -> None:
    message = view.message(found, words, by.slack_user_id if by else None)
    subjects = [by.person_id] if by else []
    for reader in readers:
        outbox.put(session, moment, Kind.DIGEST, reader, message, subjects=subjects)
