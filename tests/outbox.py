"""A company with messages to send, and two clocks that a test moves by hand."""

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from domain.messages import Kind, Rendered
from domain.moment import Moment
from domain.people import Role
from storage import outbox, people, workspaces
from storage.database import Database
from storage.guard import GuardedSession
from storage.outbox import Message
from storage.people import Person
from storage.sealing import Keys

START = datetime(2026, 9, 1, 9, tzinfo=UTC)
KEYS = Keys.of("0123456789abcdef" * 2)


class MovableClock:
    """Calendar and real time; `move` moves both, `jump` only the calendar."""

    def __init__(self) -> None:
        self._real, self._ahead = START, timedelta(0)

    def now(self) -> datetime:
        """The calendar's time."""
        return self._real + self._ahead

    def real(self) -> datetime:
        """Real time."""
        return self._real

    def move(self, by: timedelta) -> None:
        """Time passes."""
        self._real += by

    def jump(self, by: timedelta) -> None:
        """Somebody moves the calendar."""
        self._ahead += by

    async def pause(self, seconds: float) -> None:
        """Wait without waiting: the time is simply later afterwards."""
        until = self._real + timedelta(seconds=seconds)
        await asyncio.sleep(0)
        self._real = max(self._real, until)


@dataclass
class Company:
    """A database, a clock, and a workspace in it."""

    db: Database
    clock: MovableClock = field(default_factory=MovableClock)
    rng: random.Random = field(default_factory=lambda: random.Random(7))
    workspace_id: str = ""

    def __post_init__(self) -> None:
        self.workspace_id = self.workspace("T1")

    def moment(self) -> Moment:
        """Now."""
        return Moment(self.clock.now(), self.rng.getrandbits)

    def workspace(self, team_id: str) -> str:
        """A connected workspace; answers its id."""
        connected: str = self.across(workspaces.connect, self.moment(), team_id, "", team_id, "UBOT")
        return connected

    def across(self, function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Run over all workspaces."""
        return self.db.run_now(None, function, *args, **kwargs)

    def do(self, function: Callable[..., Any], *args: Any, workspace: str = "", **kwargs: Any) -> Any:
        """Run in the workspace."""
        return self.db.run_now(workspace or self.workspace_id, function, *args, **kwargs)

    def put(
        self,
        target: str,
        text: str = "Hello",
        kind: Kind = Kind.NOMINATION_NEWS,
        *,
        slot: str | None = None,
        due_at: datetime | None = None,
        workspace: str = "",
    ) -> str:
        """Put a message into the outbox; each one a millisecond after the other, as in life."""
        self.clock.move(timedelta(milliseconds=1))
        rendered = Rendered(text, ({"type": "section", "text": {"type": "plain_text", "text": text}},))
        message_id: str = self.do(
            outbox.put, self.moment(), kind, target, rendered, slot=slot, due_at=due_at, workspace=workspace
        )
        return message_id

    def row(self, message_id: str, *, workspace: str = "") -> Message:
        """What the outbox says of a message."""

        def read(session: GuardedSession) -> Message | None:
            return session.get(Message, (session.workspace_id, message_id))

        found = self.do(read, workspace=workspace)
        assert isinstance(found, Message)
        return found

    def admin(self, slack_user_id: str) -> None:
        """Somebody who can mend things."""

        def add(session: GuardedSession) -> None:
            person = Person(
                id=self.moment().new_id(), slack_user_id=slack_user_id, name=slack_user_id, updated_at=self.clock.now()
            )
            session.add(person)
            session.flush()
            people.grant(session, person.id, Role.ADMIN)

        self.do(add)
