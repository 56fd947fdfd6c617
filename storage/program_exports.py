"""What the program itself holds, as exported: targets, campaigns, self-checks, pulses. Decides nothing about who may.

Of pulses there is what was asked of how many and when. Answers are not here: what may be told of them, the report
tells, under the rule that keeps each person's own from being guessed.
"""

from typing import Any

from sqlalchemy import select

from domain.self_checks import STATEMENTS, Attribute, Part
from storage.campaigns import Campaign
from storage.database import sealer
from storage.export_sheets import Cells, Sheet, day, listed
from storage.guard import GuardedSession
from storage.people import Person
from storage.pulse_runs import PulseRun
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


SHEETS = {"targets": _targets, "campaigns": _campaigns, "self-checks": _self_checks, "pulses-held": _pulses}
"""By its name on the command line."""
