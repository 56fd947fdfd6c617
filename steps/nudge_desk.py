"""All that choosing nudges rests on, read once for all: the library, facts, pulses, and what was sent lately."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import time

from domain.moment import Moment
from domain.nudge_choice import Group, Shelf, standing
from domain.nudge_times import Plan, Reader
from domain.nudges import Audience, Entry
from domain.pulse import PulseResult
from domain.settings import Settings
from steps import pulse, unasked
from steps.nudge_facts import Known, program
from steps.nudge_library import library
from steps.unasked import Ledger
from storage.guard import GuardedSession
from storage.nudge_facts import Program
from storage.nudge_people import Row
from storage.nudges import NudgePlan


def plan_of(row: NudgePlan) -> Plan:
    """The plan in a row."""
    at = time.fromisoformat(row.at)
    return Plan(
        row.id,
        Audience(row.audience),
        row.place,
        row.day,
        at,
        row.zone,
        row.is_on,
        row.since,
        row.run_on,
        row.shifted_from,
        row.shifted_to,
    )


@dataclass
class Desk:
    """All that a choice rests on, read once: the library, the facts, the pulses, and what has been sent lately."""

    moment: Moment
    seed: str
    settings: Settings
    library: Sequence[Entry]
    program: Program
    pulses: Sequence[PulseResult]
    ledger: Ledger
    _known: dict[Audience, Known] = field(default_factory=dict)
    _shelves: dict[tuple[Audience, int | None], Shelf] = field(default_factory=dict)

    @classmethod
    def of(cls, session: GuardedSession, moment: Moment, settings: Settings) -> "Desk":
        """A fixed number of statements."""
        return cls(
            moment,
            session.workspace_id,
            settings,
            library(session),
            program(session, moment),
            pulse.with_motives(session, pulse.results(session)),
            unasked.ledger(session, moment),
        )

    def known(self, audience: Audience) -> Known:
        """What is true for this audience."""
        return self._known.setdefault(audience, Known.of(self.program, audience))

    def group(self, audience: Audience) -> Group:
        """Where this audience stands."""
        return standing(audience, self.pulses)

    def shelf(self, audience: Audience, day: int | None = None) -> Shelf:
        """What this audience may get now."""
        key = (audience, day)
        if key not in self._shelves:
            self._shelves[key] = Shelf(self.library, self.group(audience), day)
        return self._shelves[key]

    def reader(self, row: Row, *, on_track: bool = False) -> Reader:
        """Somebody with all that speaks against a message."""
        return Reader(
            row.person_id,
            row.slack_user_id,
            row.zone,
            row.away_until,
            row.opted_out,
            row.snoozed_until,
            self.ledger.has_pulse(row.slack_user_id),
            on_track,
            self.ledger.spent(row.slack_user_id, row.zone),
        )
