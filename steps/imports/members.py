"""Imported members of programs: who belongs to which, who was asked, who left. Nobody is told: it is history.

Where somebody stands here already, a file does not change. An invitation that comes from a file waits with the advocacy
team, for nobody knows whom it was sent to.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from domain.errors import RuleError
from domain.imports.kinds import MemberRow
from domain.imports.report import Outcome
from domain.mechanisms import ASKED_FOR, TERMS, Kind
from domain.memberships import ASKED_AT_MOST, State
from domain.moment import Moment
from domain.settings import Settings
from domain.vocabulary import Activity
from steps import protection
from steps.imports.batch import Colleagues, Job, each, put, result_of
from steps.imports.programs import STANDS, Programs, at
from steps.imports.whose import Advocates
from steps.memberships import today_of
from storage import imported_programs as stored
from storage import settings
from storage.engagements import Engagement, Status
from storage.guard import GuardedSession
from storage.mechanisms import Mechanism, MechanismMember
from storage.participation import TERM

HERE = (State.MEMBER, State.LEFT)
"""States that somebody comes to by joining."""


@dataclass(slots=True)
class _Batch:
    session: GuardedSession
    moment: Moment
    known: Settings
    today: date
    programs: Programs
    advocates: Advocates
    colleagues: Colleagues
    there: dict[tuple[str, str], MechanismMember]
    terms: dict[str, Engagement]
    free: list[Engagement]
    touched: set[str] = field(default_factory=set)


def keep(session: GuardedSession, moment: Moment, _job: Job, rows: Sequence[MemberRow]) -> list[Outcome]:
    """Add or change the members of these lines; one is known by program and advocate."""
    batch = _batch(session, moment, rows)
    outcomes = each(rows, lambda row: _keep_one(batch, row))
    session.flush()
    for advocate_id in sorted(batch.touched):
        protection.settle(session, advocate_id, batch.known, batch.today)
    return outcomes


def _batch(session: GuardedSession, moment: Moment, rows: Sequence[MemberRow]) -> _Batch:
    programs, advocates, known = Programs(session), Advocates(session, rows), settings.load(session)
    there = stored.members(session, programs.ids(rows), advocates.ids)
    named = [name for row in rows for name in (row.inviter, row.answerer)]
    return _Batch(
        session,
        moment,
        known,
        today_of(known, moment.now),
        programs,
        advocates,
        Colleagues(session, named),
        there,
        stored.terms(session, [row.engagement_id for row in there.values() if row.engagement_id]),
        stored.free_terms(session, advocates.ids, Activity.ADVISORY_BOARD.value),
    )


def _keep_one(batch: _Batch, row: MemberRow) -> Outcome:
    program, advocate = batch.programs.of(row), batch.advocates.of(row)
    _check(row, program, batch.today)
    found = batch.there.get((program.id, advocate.id))
    member = found or _new(batch, row, program, advocate.id)
    remarks: tuple[str, ...] = ()
    if row.state is not None and row.state.value != member.state:
        remarks = (STANDS.format(here=member.state, there=row.state.value),)
        changed = False
    else:
        changed = put(member, _facts(batch, row))
        changed = _keep_term(batch, row, program, member) or changed
    for name in (row.inviter, row.answerer):
        remarks += batch.colleagues.remark(name, "nobody is named there")
    return Outcome(row.line, result_of(added=found is None, changed=changed), remarks=remarks)


def _check(row: MemberRow, program: Mechanism, today: date) -> None:
    for word, day in (("joined", row.joined_on), ("left", row.left_on), ("was invited", row.invited_on)):
        if day is not None and day > today:
            raise RuleError(f"{day.isoformat()}, the day on which the customer {word}, is still to come")
    if row.joined_on and row.left_on and row.left_on < row.joined_on:
        raise RuleError("the customer left before they joined")
    if row.term_on is not None and Kind(program.kind) not in TERMS:
        raise RuleError(f"“{program.name}” has no terms; only an advisory board has")


def _new(batch: _Batch, row: MemberRow, program: Mechanism, advocate_id: str) -> MechanismMember:
    state = row.state or State.MEMBER
    invited = row.invited_on or row.joined_on or min(batch.today, program.starts_on)
    member = MechanismMember(id=batch.moment.new_id(), mechanism_id=program.id, advocate_id=advocate_id)
    member.state, member.invited_at, member.asked_on, member.asked = (
        state.value,
        batch.moment.now,
        invited,
        ASKED_AT_MOST,
    )
    member.invited_at = at(invited) or batch.moment.now
    if state in HERE:
        member.joined_on = row.joined_on or invited
    if state is State.LEFT:
        member.left_on = row.left_on or batch.today
    batch.session.add(member)
    batch.there[program.id, advocate_id] = member
    return member


def _facts(batch: _Batch, row: MemberRow) -> dict[str, object]:
    inviter, answerer = batch.colleagues.find(row.inviter), batch.colleagues.find(row.answerer)
    return {
        "invited_by_id": inviter.id if inviter else None,
        "answered_by_id": answerer.id if answerer else None,
        "answered_at": at(row.answered_on),
        "joined_on": row.joined_on,
        "left_on": row.left_on,
        "again_on": row.again_on,
    }


def _keep_term(batch: _Batch, row: MemberRow, program: Mechanism, member: MechanismMember) -> bool:
    """The term that joining took, which counts as a use: one that is here already, else a new one."""
    if row.term_on is None or State(member.state) not in HERE:
        return False
    held = batch.terms.get(member.engagement_id or "")
    if held is not None:
        return False
    same = (one for one in batch.free if (one.advocate_id, one.happens_on) == (member.advocate_id, row.term_on))
    term = next(same, None)
    if term is None:
        term = _term(batch, row.term_on, program, member)
    else:
        batch.free.remove(term)
    member.engagement_id, batch.terms[term.id] = term.id, term
    return True


def _term(batch: _Batch, on: date, program: Mechanism, member: MechanismMember) -> Engagement:
    activity = ASKED_FOR[Kind(program.kind)]
    term = Engagement(id=batch.moment.new_id(), advocate_id=member.advocate_id, activity=activity.value, source=TERM)
    term.halves, term.happens_on, term.words = protection.weight_of(activity), on, program.name
    term.created_at = batch.moment.now
    begun = on <= batch.today
    to_come = Status.RESERVED if member.state == State.MEMBER.value else Status.RELEASED
    term.status = (Status.DONE if begun else to_come).value
    batch.session.add(term)
    batch.session.flush()
    batch.touched.add(member.advocate_id)
    return term
