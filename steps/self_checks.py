"""Asking program leader and executive champion once a quarter, keeping what they answer, and showing both of them."""

from datetime import date

from domain import permissions
from domain.messages import Kind
from domain.moment import Moment
from domain.people import Actor
from domain.permissions import Action
from domain.quarters import quarter_of
from domain.self_checks import (
    REMIND_AFTER,
    ROLE_OF,
    STATEMENTS,
    Attribute,
    Form,
    Part,
    check_part,
    check_quarter,
)
from domain.settings import Settings
from domain.time_zones import zone_of
from storage import audit, outbox, people, self_checks, settings
from storage.guard import GuardedSession
from storage.people import Person
from storage.self_checks import SelfCheckRow
from views import self_checks as view


def ask(session: GuardedSession, moment: Moment, known: Settings) -> bool:
    """Ask everybody who has one of the parts and was not asked this quarter, and remind once of what lies unanswered
    for long; who is away is asked when they are back. Three statements, and what is written for each."""
    today = _today(moment, known)
    quarter = quarter_of(today)
    there = {(row.person_id, row.part): row for row in self_checks.of_quarter(session, quarter)}
    for part in Part:
        for person in people.holders(session, ROLE_OF[part]):
            row = there.get((person.id, part.value))
            if _is_away(person, today):
                continue
            if row is None:
                _ask(session, moment, person, part, quarter)
            elif _is_forgotten(row, moment):
                row.reminded_at = moment.now
                _remind(session, moment, row, person.slack_user_id or "")
    return False


def _is_forgotten(row: SelfCheckRow, moment: Moment) -> bool:
    if row.answered_at is not None or row.reminded_at is not None or row.asked_at is None:
        return False
    return moment.now - row.asked_at >= REMIND_AFTER


def _remind(session: GuardedSession, moment: Moment, row: SelfCheckRow, target: str) -> None:
    """A message of its own: what changes in an old one, nobody hears of. The old one goes on saying how it stands."""
    message = view.remind(Part(row.part), row.quarter)
    outbox.put(session, moment, Kind.SELF_CHECK, target, message, subjects=[row.person_id])


def _today(moment: Moment, known: Settings) -> date:
    return moment.now.astimezone(zone_of(known.time_zone)).date()


def _is_away(person: Person, today: date) -> bool:
    return person.away_until is not None and person.away_until >= today


def _ask(session: GuardedSession, moment: Moment, person: Person, part: Part, quarter: date) -> None:
    row = SelfCheckRow(id=moment.new_id(), person_id=person.id, part=part.value, quarter=quarter)
    row.asked_at = moment.now
    session.add(row)
    _tell(session, moment, row, person.slack_user_id or "")


def _tell(session: GuardedSession, moment: Moment, row: SelfCheckRow, target: str) -> None:
    message = view.ask(Part(row.part), row.quarter, is_answered=row.answered_at is not None)
    slot = f"self-check:{row.id}"
    outbox.put(session, moment, Kind.SELF_CHECK, target, message, subjects=[row.person_id], slot=slot)


def form(session: GuardedSession, actor: Actor, moment: Moment, part: Part) -> Form:
    """What the form of this quarter opens with. Raises NotAllowed."""
    _check(actor, part)
    quarter = _quarter(session, moment)
    row = self_checks.of_person(session, actor.person_id, part.value, quarter)
    scores = dict(zip(STATEMENTS[part], row.scores, strict=True)) if row is not None and row.scores else None
    return Form(part, quarter, scores)


def _check(actor: Actor, part: Part) -> None:
    permissions.check(actor, Action.ANSWER_SELF_CHECK)
    check_part(actor, part)


def _quarter(session: GuardedSession, moment: Moment) -> date:
    return quarter_of(_today(moment, settings.load(session)))


def save(
    session: GuardedSession, actor: Actor, moment: Moment, part: Part, quarter: date, scores: dict[Attribute, int]
) -> None:
    """Keep the answers, in the place of earlier ones of the same quarter. Raises NotAllowed, RuleError when the quarter
    is over."""
    _check(actor, part)
    check_quarter(quarter, _quarter(session, moment))
    # Two forms of the same person sent at once: the second one finds the first one's row.
    session.get_one(Person, (session.workspace_id, actor.person_id), with_for_update={"key_share": True})
    row = self_checks.of_person(session, actor.person_id, part.value, quarter)
    if row is None:
        row = SelfCheckRow(id=moment.new_id(), person_id=actor.person_id, part=part.value, quarter=quarter)
        session.add(row)
    row.scores, row.answered_at = [scores[attribute] for attribute in STATEMENTS[part]], moment.now
    # What was answered stays out of the audit: it is between leader and champion.
    audit.record(session, moment, actor.person_id, "self_check.answered", ("self_check", row.id))
    if row.asked_at is not None:
        _tell(session, moment, row, actor.slack_user_id)
