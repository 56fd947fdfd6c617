"""A company that is asked in a pulse, its clock moved by hand, for tests. Decides nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.messages import Kind
from domain.people import Actor, Function, Role
from domain.pulse import Scores
from domain.pulse_answers import Given
from domain.pulse_audience import Audience
from domain.pulse_calendar import Cadence
from domain.pulse_runs import Plan
from domain.settings import Settings
from steps import pulse_answers, pulse_clock, pulse_plans
from steps.pulse_answers import Sent
from storage import settings
from storage.guard import GuardedSession
from storage.outbox import Message, Status
from storage.pulse_asked import Participation
from storage.pulse_runs import PulseRun
from tests.steps.floor import Floor
from tests.worlds import World

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
"""A Monday at nine in UTC, far from any clock change and from holidays in most countries."""

SALES = Audience((Function.SALES,))
FEW_HOURS = timedelta(hours=3)


@dataclass
class Hall(Floor):
    """A workspace in which pulses are held."""

    def plans(self, name: str = "Spring", audience: Audience = SALES, **values: object) -> str:
        """Plan a pulse for today; answers its id."""
        plan = Plan(name, audience, self.world.now.date(), cadence=Cadence.ONCE)
        run_id = self.do(pulse_plans.start, self.leader, replace(plan, **values))  # type: ignore[arg-type]  # of Plan
        assert isinstance(run_id, str)
        return run_id

    def runs(self, at: datetime, known: Settings | None = None) -> None:
        """Let the job run at this instant, as often as it asks for."""
        self.world.now = at
        moment = self.world.moment()

        def step(session: GuardedSession) -> bool:
            return pulse_clock.run(session, moment, known or settings.load(session))

        while self.world.do(self.id, step):
            pass

    def passes(self, until: datetime) -> None:
        """Let the job run whenever it says that something comes, and every few hours, delivering what is due."""
        at = self.world.now.replace(second=0, microsecond=0)
        self.runs(at)
        self.deliver()
        while at < until:
            coming = self.world.do(self.id, pulse_clock.coming, at, Settings())
            waiting = [one.due_at for one in self.rows(Message, Message.status == "waiting", Message.due_at > at)]
            at = min([until, at + FEW_HOURS, *([coming] if coming else []), *waiting])
            self.runs(at)
            self.deliver()

    def deliver(self) -> None:
        """What is due now and may leave stands in Slack."""
        now = self.world.now
        done = now.replace(microsecond=0)

        def send(session: GuardedSession) -> None:
            for one in session.query(Message).filter(Message.status == Status.WAITING.value):
                if one.due_at <= now and (one.not_after is None or one.not_after > now):
                    one.status, one.channel, one.ts, one.done_at = "delivered", f"D{one.target}", f"{one.id}.1", done

        self.world.do(self.id, send)

    def sent(self, kind: Kind = Kind.PULSE) -> list[Message]:
        """Messages of this kind, whatever became of them."""
        return self.rows(Message, Message.kind == kind.value)

    def run(self, run_id: str) -> PulseRun:
        """The pulse."""
        (found,) = self.rows(PulseRun, PulseRun.id == run_id)
        assert isinstance(found, PulseRun)
        return found

    def asked(self) -> list[Participation]:
        """Everybody who is asked."""

        def read(session: GuardedSession) -> list[Participation]:
            return list(session.query(Participation).order_by(Participation.person_id))

        found: list[Participation] = self.world.do(self.id, read)
        return found

    def answers(self, run_id: str, slack_id: str, scores: Scores, seen: int = 0, comment: str = "") -> datetime:
        """Somebody sends their answers."""
        sent = Sent(slack_id, run_id, seen, Given(scores, None, comment), self.world.moment().now)
        (told,) = self.world.do(self.id, pulse_answers.submit, [sent])
        if isinstance(told, Exception):
            raise told
        assert isinstance(told, datetime)
        return told

    def all_answer(self, run_id: str, people: Sequence[str], scores: Scores) -> None:
        """All of them send the same."""
        for person_id in people:
            self.answers(run_id, slack(person_id), scores)


def slack(person_id: str) -> str:
    """The Slack id of somebody whom Floor has made."""
    return f"U{person_id[1:]}"


@pytest.fixture
def hall(world: World) -> Hall:
    """An empty hall on a Monday morning."""
    workspace_id = world.workspace("T1")
    leader: Actor = world.member(workspace_id, "ULEADER", Role.LEADER)
    world.now = MONDAY
    return Hall(world, workspace_id, leader)
