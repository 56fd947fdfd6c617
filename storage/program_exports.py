"""What the program itself holds, as exported: targets, campaigns, self-checks, pulses, and the programs that customers
belong to. Decides nothing about who may.

Of pulses there is what was asked of how many and when. Answers are not here: what may be told of them, the report
tells, under the rule that keeps each person's own from being guessed.
"""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from domain.imports.program_cells import written
from domain.mechanisms import End
from domain.self_checks import STATEMENTS, Attribute, Part
from storage.advocates import Advocate
from storage.campaigns import Campaign
from storage.database import sealer
from storage.engagements import Engagement
from storage.export_sheets import Cells, Sheet, day, listed
from storage.guard import GuardedSession
from storage.mechanisms import Mechanism, MechanismMember
from storage.meetings import Attendance, MeetingRow
from storage.nominations import Contact
from storage.people import Person
from storage.pulse_runs import PulseRun
from storage.sealing import Sealer
from storage.self_checks import SelfCheckRow
from storage.targets import TargetRow


def _targets(session: GuardedSession) -> Sheet:
    """Every target, those that were deleted with the day of that."""
    seal = sealer(session)

    def cells(found: Any) -> Cells:
        target, owner, *_rest = found
        return {
            "Target": target.name,
            "Wanted": str(target.count),
            "Criteria": _criteria(target.criteria),
            "Due": day(target.due_on),
            "Owner email": (seal.open(owner.email) or owner.name) if owner else "",
            "Created on": day(target.created_at),
            "Deleted on": day(target.ended_at),
        }

    return Sheet(TargetRow.id, select(TargetRow, Person).outerjoin(Person, Person.id == TargetRow.owner_id), cells)


def _criteria(criteria: dict[str, list[str]]) -> str:
    return listed(f"{facet}: {', '.join(values)}" for facet, values in sorted(criteria.items()) if values)


def _campaigns(session: GuardedSession) -> Sheet:
    """Every campaign with its target."""
    seal = sealer(session)

    def cells(found: Any) -> Cells:
        campaign, target, starter, *_rest = found
        return {
            "Target": target,
            "Text": campaign.text,
            "Stands": campaign.state,
            "Ended because": campaign.end or "",
            "Expected": str(campaign.expected),
            "Started on": day(campaign.created_at),
            "Runs until": day(campaign.ends_on),
            "Closed on": day(campaign.closed_at),
            "Started by": (seal.open(starter.email) or starter.name) if starter else "",
        }

    query = (
        select(Campaign, TargetRow.name, Person)
        .join(TargetRow, TargetRow.id == Campaign.target_id)
        .outerjoin(Person, Person.id == Campaign.started_by_id)
    )
    return Sheet(Campaign.id, query, cells)


def _self_checks(session: GuardedSession) -> Sheet:
    """What leaders and champions answered of themselves, quarter by quarter; what is not answered is left out."""
    seal = sealer(session)

    def cells(found: Any) -> Cells:
        check, person, *_rest = found
        scores = dict(zip(STATEMENTS[Part(check.part)], check.scores, strict=False))
        return {
            "Email": seal.open(person.email) or person.name,
            "Part": check.part,
            "Quarter": day(check.quarter),
            "Answered on": day(check.answered_at),
            **{one.value.capitalize(): str(scores.get(one, "")) for one in Attribute},
        }

    query = select(SelfCheckRow, Person).join(Person, Person.id == SelfCheckRow.person_id)
    return Sheet(SelfCheckRow.id, query.where(SelfCheckRow.answered_at.is_not(None)), cells)


def _pulses(_session: GuardedSession) -> Sheet:
    """Every pulse that was planned here, without an answer."""

    def cells(found: Any) -> Cells:
        run, *_rest = found
        return {
            "Pulse": run.name,
            "Stands": run.state,
            "Opens on": day(run.opens_on),
            "Open for (days)": str(run.open_days),
            "Asked": str(run.asked),
            "Smallest group": str(run.smallest),
            "Ended on": day(run.ended_at),
        }

    return Sheet(PulseRun.id, select(PulseRun), cells)


def _programs(session: GuardedSession) -> Sheet:
    """Every program that customers belong to."""
    seal = sealer(session)

    def cells(found: Any) -> Cells:
        row, owner, *_rest = found
        return {
            "Program": row.name,
            "Kind": row.kind,
            "Purpose": row.purpose,
            "Wanted": str(row.size),
            "Begins on": day(row.starts_on),
            "Ends on": day(row.ends_on),
            "Criteria": written(row.criteria),
            "Owner email": _named(seal, owner),
            "Stands": row.state,
            "Ended because": End[row.end].value if row.end else "",
            "Closed on": day(row.closed_at),
        }

    return Sheet(Mechanism.id, select(Mechanism, Person).outerjoin(Person, Person.id == Mechanism.owner_id), cells)


def _named(seal: Sealer, person: Person | None) -> str:
    return (seal.open(person.email) or person.name) if person else ""


def _members(session: GuardedSession) -> Sheet:
    """Every customer in a program, whatever became of the invitation."""
    seal = sealer(session)
    inviter, answerer = aliased(Person), aliased(Person)
    columns = (MechanismMember, Mechanism.name, Mechanism.starts_on, Contact.name, Contact.company)
    query = (
        select(*columns, inviter, answerer, Engagement.happens_on)
        .join(Mechanism, Mechanism.id == MechanismMember.mechanism_id)
        .join(Advocate, Advocate.id == MechanismMember.advocate_id)
        .join(Contact, Contact.id == Advocate.contact_id)
        .outerjoin(inviter, inviter.id == MechanismMember.invited_by_id)
        .outerjoin(answerer, answerer.id == MechanismMember.answered_by_id)
        .outerjoin(Engagement, Engagement.id == MechanismMember.engagement_id)
    )

    def cells(found: Any) -> Cells:
        row, program, begins, name, company, by, answered_by, term, *_rest = found
        return {
            "Program": program,
            "Program begins on": day(begins),
            "Advocate": name,
            "Company": company,
            "Stands": row.state,
            "Invited on": day(row.invited_at),
            "Invited by": _named(seal, by),
            "Answered on": day(row.answered_at),
            "Answered by": _named(seal, answered_by),
            "Joined on": day(row.joined_on),
            "Left on": day(row.left_on),
            "Not again before": day(row.again_on),
            "Term begins on": day(term),
        }

    return Sheet(MechanismMember.id, query, cells)


def _meetings(_session: GuardedSession) -> Sheet:
    """Every meeting of a program."""
    columns = (MeetingRow, Mechanism.name, Mechanism.starts_on)
    query = select(*columns).join(Mechanism, Mechanism.id == MeetingRow.mechanism_id)

    def cells(found: Any) -> Cells:
        row, program, begins, *_rest = found
        return {
            "Program": program,
            "Program begins on": day(begins),
            "Date": day(row.held_on),
            "About": row.about,
            "Stands": row.state,
        }

    return Sheet(MeetingRow.id, query, cells)


def _attendance(_session: GuardedSession) -> Sheet:
    """Who was at which meeting."""
    columns = (MeetingRow.held_on, MeetingRow.about, Mechanism.name, Mechanism.starts_on, Contact.name, Contact.company)
    query = (
        select(*columns)
        .select_from(Attendance)
        .join(MeetingRow, MeetingRow.id == Attendance.meeting_id)
        .join(Mechanism, Mechanism.id == MeetingRow.mechanism_id)
        .join(MechanismMember, MechanismMember.id == Attendance.member_id)
        .join(Advocate, Advocate.id == MechanismMember.advocate_id)
        .join(Contact, Contact.id == Advocate.contact_id)
    )

    def cells(found: Any) -> Cells:
        held_on, about, program, begins, name, company, *_rest = found
        return {
            "Program": program,
            "Program begins on": day(begins),
            "Date": day(held_on),
            "About": about,
            "Advocate": name,
            "Company": company,
        }

    return Sheet(Attendance.meeting_id + Attendance.member_id, query, cells)


SHEETS = {
    "programs": _programs,
    "members": _members,
    "meetings": _meetings,
    "attendance": _attendance,
    "targets": _targets,
    "campaigns": _campaigns,
    "self-checks": _self_checks,
    "pulses-held": _pulses,
}
"""By its name on the command line."""
