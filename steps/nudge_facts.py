"""The facts that nudges name, as they are now, for each audience and each reader."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from domain.moment import Moment
from domain.nudges import FUNCTION_OF, LEAST_COUNT, Audience, Fact, Facts
from domain.requests import State
from storage import nudge_facts
from storage.guard import GuardedSession
from storage.nudge_facts import Named, Program

A_MONTH, A_QUARTER = timedelta(days=30), timedelta(days=90)

UNANSWERED = (State.NEW.value, State.IN_PROGRESS.value)
"""Requests for which an advocate is still looked for."""


def program(session: GuardedSession, moment: Moment) -> Program:
    """What is true of the program now. A fixed number of statements."""
    return nudge_facts.program(session, moment.now - A_MONTH, moment.now - A_QUARTER, UNANSWERED)


@dataclass(frozen=True, slots=True)
class Known:
    """What is true for one audience: facts for most readers, and whom of them each name belongs to."""

    program: Program
    counts: Facts

    @classmethod
    def of(cls, program: Program, audience: Audience) -> "Known":
        """The counts worth telling this audience."""
        function = FUNCTION_OF.get(audience)
        counts = {
            Fact.NOMINATIONS: program.nominations,
            Fact.TEAM_NOMINATIONS: program.by_function.get(function.value, 0) if function else 0,
            Fact.NEW_ADVOCATES: program.new_advocates,
            Fact.ADVOCATES: program.advocates,
            Fact.USES: program.uses,
            Fact.OPEN_REQUESTS: program.open_requests,
            Fact.UNMET: program.unmet,
            Fact.WAITING: program.waiting,
        }
        return cls(program, {fact: f"{many:,}" for fact, many in counts.items() if many >= LEAST_COUNT})

    def facts(self, reader_id: str | None = None) -> Facts:
        """What may be told this person (None: a channel); nobody is told of themselves."""
        return {**self.counts, **{fact: name for fact, (_id, name) in self._named(reader_id).items() if name.strip()}}

    def spoken_of(self, needs: tuple[Fact, ...], reader_id: str | None = None) -> list[str]:
        """Ids of the people whom a text with these needs names."""
        named = self._named(reader_id)
        return [named[need][0] for need in needs if need in named]

    def _named(self, reader_id: str | None) -> Mapping[Fact, Named]:
        lists = {
            Fact.NOMINATOR: self.program.nominators,
            Fact.WINNER: self.program.winners,
            Fact.LEADER: self.program.leaders,
        }
        others = {fact: [one for one in people if one[0] != reader_id] for fact, people in lists.items()}
        return {fact: people[0] for fact, people in others.items() if people}
