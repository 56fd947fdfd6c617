"""A company with people in several functions and zones, for tests of nudges. Decides nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from sqlalchemy import insert, select

from domain.messages import Kind, Rendered
from domain.nudges import Audience
from domain.people import Actor, Role
from domain.pulse import ELEMENTS, Element
from domain.pulse_audience import Audience as PulseAudience
from domain.pulse_runs import Plan, State
from schedules.jobs import nudge
from steps import nudge_plans, pulse_plans
from storage import outbox, pulse_asked, settings
from storage.guard import GuardedSession
from storage.nudges import Nudge
from storage.outbox import Message
from storage.people import Person
from storage.pulse import Answer, Pulse
from storage.pulse_runs import PulseRun
from tests.worlds import World

TUESDAY = datetime(2026, 3, 3, 10, tzinfo=UTC)
"""A Tuesday at ten in UTC, far from any clock change."""


@dataclass
class Floor:
    """A workspace with a leader; people are added by the hundred."""

    world: World
    id: str
    leader: Actor
    _made: int = field(default=0)

    def do(self, step: Any, actor: Actor, *args: Any, **kwargs: Any) -> Any:
        """One committed step."""
        return self.world.do(self.id, step, actor, self.world.moment(), *args, **kwargs)

    def people(self, many: int, function: str | None = "sales", zone: str = "UTC", **facts: Any) -> list[str]:
        """So many new members; answers their ids."""
        rows = []
        for _one in range(many):
            self._made += 1
            own = {"workspace_id": self.id, "id": f"P{self._made:05}", "slack_user_id": f"U{self._made:05}"}
            said = {"name": f"Person {self._made}", "time_zone": zone, "function": function, "standing": "member"}
            rows.append({**own, **said, "is_slack_admin": False, "updated_at": self.world.now, **facts})
        self.world.do(self.id, lambda session: session.execute(insert(Person), rows))
        return [str(row["id"]) for row in rows]

    def plan(
        self,
        audience: Audience = Audience.SALES,
        place: str | None = "role:sales",
        day: str = "tue",
        at: time = time(10),
        zone: str = "UTC",
    ) -> None:
        """A plan that is on."""
        self.do(nudge_plans.save, self.leader, audience, place, day, at, zone, is_on=True)

    def pulse(self, name: str, on: date, barriers: dict[str, Element]) -> None:
        """A published pulse in which six people of each group are held back by this."""

        def write(session: GuardedSession) -> None:
            held = Pulse(id=self.world.moment().new_id(), name=name, key=name, held_on=on, created_at=self.world.now)
            session.add(held)
            session.flush()
            for group, barrier in barriers.items():
                scores = {one.value: 2 if one is barrier else 5 for one in ELEMENTS}
                for _one in range(6):
                    session.add(Answer(id=self.world.moment().new_id(), pulse_id=held.id, group_name=group, **scores))

        self.world.do(self.id, write)

    def tick(self, at: datetime) -> list[Message]:
        """Let the job run at this instant, as often as it asks for; answers the messages that it made."""
        self.world.now = at
        made = set(self.ids())
        moment = self.world.moment()
        while self.world.do(self.id, lambda session: nudge(session, moment, settings.load(session))):
            pass
        return [one for one in self.rows(Message) if one.id not in made]

    def ids(self) -> list[str]:
        """Of all messages."""
        return [one.id for one in self.rows(Message)]

    def rows(self, table: Any, *conditions: Any) -> list[Any]:
        """Rows of a table by their keys."""
        query = select(table).where(*conditions).order_by(table.id)
        return self.world.do(self.id, lambda session: list(session.scalars(query)))  # type: ignore[no-any-return]  # of that table

    def nudges(self, *conditions: Any) -> list[Nudge]:
        """What was decided."""
        return self.rows(Nudge, *conditions)

    def send(self, kind: Kind, targets: Iterable[str], due_at: datetime | None = None) -> None:
        """A message of another feature."""

        def put(session: GuardedSession) -> None:
            moment = self.world.moment()
            for target in targets:
                outbox.put(session, moment, kind, target, Rendered("Hello"), due_at=due_at)

        self.world.do(self.id, put)

    def asks(self, slack_ids: Iterable[str]) -> None:
        """A pulse that is open for these people."""

        def write(session: GuardedSession) -> None:
            now = self.world.now
            plan = Plan("Spring", PulseAudience(), now.date())
            settings_now = settings.load(session)
            run = pulse_plans.planned(
                self.world.moment(), plan, settings_now.numbers, "UTC", held=1, planned_by_id=None
            )
            run.state = State.OPEN.value
            session.add(run)
            session.flush()
            people = session.scalars(select(Person.id).where(Person.slack_user_id.in_(list(slack_ids))))
            pulse_asked.ask(session, run.id, [(person_id, "Sales", None) for person_id in people])

        self.world.do(self.id, write)

    def asks_no_more(self) -> None:
        """That pulse is over."""

        def write(session: GuardedSession) -> None:
            for run in session.scalars(select(PulseRun)):
                run.state = State.CLOSED.value

        self.world.do(self.id, write)

    def change(self, person_ids: Sequence[str], **facts: Any) -> None:
        """Something is different about these people."""

        def write(session: GuardedSession) -> None:
            for person in session.scalars(select(Person).where(Person.id.in_(person_ids))):
                for name, value in facts.items():
                    setattr(person, name, value)

        self.world.do(self.id, write)


def floor_of(world: World) -> Floor:
    """A floor in this world, a day before the first Tuesday."""
    world.now = datetime(2026, 3, 2, 9, tzinfo=UTC)
    workspace_id = world.workspace("T1")
    return Floor(world, workspace_id, world.member(workspace_id, "ULEAD", Role.LEADER))


@pytest.fixture
def floor(world: World) -> Floor:
    """The same, once an engine."""
    return floor_of(world)
