"""Keeping profiles true: owners are asked in one message each, and each answer does something at once."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from domain import permissions
from domain.advocates import Consent, Move, State, after, usual_end
from domain.errors import RuleError
from domain.freshness import WORDS_LIMIT, Check, Due, check_pause, is_the_teams, letters
from domain.messages import Kind
from domain.moment import Moment
from domain.people import Actor
from domain.permissions import Action, Relation
from domain.protection import PauseReason
from domain.settings import CONSENT_DAYS, CONSENT_NOTICE_DAYS, Settings
from domain.time_zones import zone_of
from steps import findable, protection
from steps.advocates import back_in_time, keep_consent, locked, moved
from steps.checks import optional
from steps.progress import TEAM_CHANNEL
from storage import audit, freshness, outbox, profiles, receipts, settings
from storage.advocates import Advocate
from storage.guard import GuardedSession
from views import freshness as view

OWNERS_AT_ONCE = 100
"""Owners asked in one transaction, so that nobody waits for it."""

MOST_TOLD = 20
"""Profiles in the team's list: what a person works through in a morning."""

PERIOD, AGREEMENT = "verify_days", "agreement_days"


def ask(session: GuardedSession, moment: Moment, known: Settings) -> bool:
    """Ask the owners whose turn it is, each in one message. True when there are more."""
    today = _today(moment, known)
    some = list(letters(_due(session, known, today), today).items())
    for owner_id, rows in some[:OWNERS_AT_ONCE]:
        due = {one.advocate_id for one in rows}
        _write(session, moment, f"check:{owner_id}:{today.isoformat()}", rows[0].owner or "", rows, due)
    freshness.note_asked(session, [one.advocate_id for _owner, rows in some[:OWNERS_AT_ONCE] for one in rows], today)
    return len(some) > OWNERS_AT_ONCE


def _today(moment: Moment, known: Settings) -> date:
    return moment.now.astimezone(zone_of(known.time_zone)).date()


def _due(session: GuardedSession, known: Settings, today: date) -> list[Due]:
    return freshness.due(
        session, _before(known, today, PERIOD), _before(known, today, AGREEMENT), today, _ends_by(known, today)
    )


def _ends_by(known: Settings, today: date) -> date:
    """Until which day a consent may end that is asked for again now."""
    return today + timedelta(days=known.numbers[CONSENT_NOTICE_DAYS])


def _before(known: Settings, today: date, period: str) -> datetime:
    """What was checked before this instant is to be checked again."""
    day = today - timedelta(days=known.numbers[period] - 1)
    return datetime.combine(day, time(0), zone_of(known.time_zone))


def _write(session: GuardedSession, moment: Moment, slot: str, owner: str, rows: list[Due], due: set[str]) -> None:
    subjects = [one.advocate_id for one in rows]
    agreed = profiles.consents_of(session, [one.advocate_id for one in rows if one.check is not Check.WHOLE])
    today = _today(moment, settings.load(session))
    message = view.ask(rows, due, agreed, today, first=all(one.asked <= 1 for one in rows))
    outbox.put(session, moment, Kind.PROFILE_CHECK, owner, message, subjects=subjects, slot=slot)


def tell_team(session: GuardedSession, moment: Moment, known: Settings) -> bool:
    """List the profiles whose owner has not answered, or can't be asked, those first whose consent has ended; silent
    when there are none."""
    today = _today(moment, known)
    left = [one for one in _due(session, known, today) if is_the_teams(one, today)]
    left.sort(key=lambda one: not one.has_no_consent(today))  # nobody finds these by now
    if left:
        message = view.unanswered(left[:MOST_TOLD], len(left), today)
        subjects = [one.advocate_id for one in left[:MOST_TOLD]]
        outbox.put(session, moment, Kind.PROFILE_DIGEST, TEAM_CHANNEL, message, subjects=subjects)
    return False


def confirm(session: GuardedSession, actor: Actor, moment: Moment, advocate_id: str) -> None:
    """Everything is still right. Raises NotAllowed, RuleError."""
    row = _checked(session, actor, advocate_id)
    before = row.verified_at
    row.verified_at, row.check_asked_on, row.check_asked = moment.now, None, 0
    findable.refresh(session, row, actor.today(moment.now))
    _answered(session, actor, moment, row, "advocate.verified", before.isoformat() if before else None)


def agreed(session: GuardedSession, actor: Actor, moment: Moment, advocate_id: str) -> None:
    """They would still do it, and what they agreed to still holds. Raises NotAllowed, RuleError."""
    row = _checked(session, actor, advocate_id)
    before = row.agreed_at
    row.agreed_at, row.check_asked_on, row.check_asked = moment.now, None, 0
    _answered(session, actor, moment, row, "advocate.agreement_confirmed", before.isoformat() if before else None)


def consent(
    session: GuardedSession, actor: Actor, moment: Moment, advocate_id: str
) -> tuple[str, Consent | None, date, date | None]:
    """Whose consent is to be renewed, what it says, today, and until when a new one holds that nobody says an end of.

    Raises NotAllowed, RuleError.
    """
    _checked(session, actor, advocate_id, lock=False)
    today = actor.today(moment.now)
    one = _asked_about(session, advocate_id, today)
    days = settings.load(session).numbers[CONSENT_DAYS]
    return one.name, profiles.consents_of(session, [advocate_id]).get(advocate_id), today, usual_end(today, days)


def renewed(
    session: GuardedSession, actor: Actor, moment: Moment, advocate_id: str, given: Consent, receipt: str
) -> None:
    """They agree again to what they had agreed to; the same receipt twice does it once. Who was not found is again.

    Raises NotAllowed, RuleError at the fields.
    """
    row = _checked(session, actor, advocate_id)
    if not receipts.is_new(session, moment, receipt):
        return
    before = profiles.consents_of(session, [advocate_id]).get(advocate_id)
    if before is None:
        raise RuleError("No consent is on record for them, so the advocacy team has to record one.")
    keep_consent(session, actor, moment, advocate_id, replace(given, scopes=before.scopes))
    row.agreed_at, row.check_asked_on, row.check_asked = moment.now, None, 0
    back_in_time(session, actor, moment, row, before)
    _answered(session, actor, moment, row, "advocate.consent_renewed", given.given_on.isoformat())


def changed(session: GuardedSession, actor: Actor, moment: Moment, advocate_id: str, words: str) -> None:
    """Something has changed: the team is told, and asks nobody else meanwhile. Raises NotAllowed, RuleError."""
    row = _checked(session, actor, advocate_id)
    said = optional(words, WORDS_LIMIT, "words")
    if said is None:
        raise RuleError("What has changed?", {"words": "What has changed? A few words are enough."})
    one = _asked_about(session, row.id, actor.today(moment.now))
    row.check_asked_on, row.check_asked = actor.today(moment.now), 0
    message = view.has_changed(one, actor.slack_user_id, said)
    outbox.put(session, moment, Kind.PROFILE_NEWS, TEAM_CHANNEL, message, subjects=[row.id, actor.person_id])
    _answered(session, actor, moment, row, "advocate.change_reported", None)


def left(
    session: GuardedSession, actor: Actor, moment: Moment, advocate_id: str, follows: str, company: str
) -> str | None:
    """The customer has left the company: nobody finds them any more, and the team hears who follows.

    Answers "Name @ Company" where it was said where they went, to nominate them there. Raises NotAllowed, RuleError.
    """
    row = _checked(session, actor, advocate_id)
    heir, there = optional(follows, WORDS_LIMIT, "follows"), optional(company, WORDS_LIMIT, "company")
    one = _asked_about(session, row.id, actor.today(moment.now))
    moved(session, actor, moment, row, after(State(row.state), Move.RETIRE), "advocate.left_company")
    findable.refresh(session, row, actor.today(moment.now))
    message = view.has_left(one, actor.slack_user_id, heir, there)
    outbox.put(session, moment, Kind.PROFILE_NEWS, TEAM_CHANNEL, message, subjects=[row.id, actor.person_id])
    _redraw(session, moment, row.id)
    return f"{one.name} @ {there}" if there else None


def pause(session: GuardedSession, actor: Actor, moment: Moment, advocate_id: str, until: date | None) -> None:
    """Nobody asks them until that day. Raises NotAllowed, RuleError at `until`."""
    row = _checked(session, actor, advocate_id)
    today = actor.today(moment.now)
    row.rest_until, row.rest_reason = check_pause(until, today), PauseReason.OTHER.name
    row.check_asked_on, row.check_asked = row.rest_until, 0  # asked again when the pause is over
    session.flush()
    protection.settle(session, row.id, settings.load(session), today)
    _answered(session, actor, moment, row, "advocate.paused_by_owner", row.rest_until.isoformat())


def check(session: GuardedSession, actor: Actor, _moment: Moment, advocate_id: str) -> None:
    """Whether this person may answer for this profile. Raises NotAllowed, RuleError."""
    _checked(session, actor, advocate_id, lock=False)


def _checked(session: GuardedSession, actor: Actor, advocate_id: str, *, lock: bool = True) -> Advocate:
    """The row, held for a change, of somebody for whom this person may answer."""
    row = locked(session, advocate_id) if lock else session.get(Advocate, (session.workspace_id, advocate_id))
    if row is None:
        raise RuleError("This advocate isn't here any more.")
    own = [one for one in freshness.of_advocates(session, [advocate_id], date.min) if one.owner_id == actor.person_id]
    permissions.check(actor, Action.CHECK_PROFILE, [Relation.ACCOUNT_OWNER] if own else [])
    if row.state != State.ACTIVE.value:
        raise RuleError(f"This advocate is {State(row.state).words} by now, so there is nothing to check.")
    return row


def _asked_about(session: GuardedSession, advocate_id: str, today: date) -> Due:
    (one,) = freshness.of_advocates(session, [advocate_id], today)
    return one


def _answered(
    session: GuardedSession, actor: Actor, moment: Moment, row: Advocate, what: str, value: str | None
) -> None:
    audit.record(
        session, moment, actor.person_id, what, ("advocate", row.id), after={"value": value} if value else None
    )
    _redraw(session, moment, row.id)


def _redraw(session: GuardedSession, moment: Moment, advocate_id: str) -> None:
    """The message that asked says what is left of it."""
    session.flush()
    newest = outbox.newest_of_family(session, "check:", advocate_id)
    if newest is None or newest.slot is None:
        return
    known = settings.load(session)
    today = _today(moment, known)
    ids = outbox.subjects_of_slot(session, newest.slot)
    rows = freshness.of_advocates(
        session, ids, today, _before(known, today, PERIOD), _before(known, today, AGREEMENT), _ends_by(known, today)
    )
    stale = {one.advocate_id for one in _due(session, known, today)}
    due = {one.advocate_id for one in rows if one.advocate_id in stale and not one.is_answered}
    _write(session, moment, newest.slot, newest.target, rows, due)
