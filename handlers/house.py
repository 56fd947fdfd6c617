"""What every listener works with, made once in bot. Decides nothing."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Protocol
from weakref import WeakValueDictionary

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from domain.clock import Clock
from domain.moment import Moment
from domain.settings import ChannelRole
from handlers.windows import Windows
from storage.database import Database
from storage.together import Together

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Installation:
    """One workspace that this process serves, or with an empty `team_id` an organisation's workspaces as one."""

    workspace_id: str
    team_id: str
    enterprise_id: str
    bot_token: str
    bot_user_id: str
    bot_id: str
    name: str

    def judged(self, member: Mapping[str, Any]) -> dict[str, Any]:
        """A `user` object of Slack's that also says when its person belongs to another organisation's workspace."""
        elsewhere = bool(member.get("team_id")) and member["team_id"] != self.team_id and not self.enterprise_id
        return {**member, "is_stranger": bool(member.get("is_stranger")) or elsewhere}


class Channels(Protocol):
    """Knows which channel is for what."""

    async def in_use(self, client: AsyncWebClient, workspace_id: str) -> Mapping[ChannelRole, str | None]:
        """The id of each role's channel; None where there is none."""

    def forget(self, workspace_id: str) -> None:
        """Channels have changed in Slack."""


@dataclass(slots=True)
class House:
    """The database, the clock, randomness, the doorbell of the delivery loop, channels, and who is installed."""

    db: Database
    clock: Clock
    random_bits: Callable[[int], int]
    wake: Callable[[], None]
    channels: Channels
    public_url: str | None = None
    hosts_many: bool = False
    still_serves: Callable[[Installation], Awaitable[bool]] | None = None
    """Whether Slack takes the present token of an installation, where there are many; the only one is asked itself."""
    installations: dict[tuple[str, str], Installation] = field(default_factory=dict)
    _at_work: set[asyncio.Task[Any]] = field(default_factory=set)
    windows: Windows = field(default_factory=Windows)
    _homes: WeakValueDictionary[tuple[str, str], asyncio.Lock] = field(default_factory=WeakValueDictionary)
    together: Together = field(init=False)

    def __post_init__(self) -> None:
        self.together = Together(self.db)

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Whoever answers somebody does it in here, so that `finished` waits for it."""
        task = asyncio.current_task()
        if task is None:
            raise RuntimeError("only a task can be at work")
        self._at_work.add(task)
        try:
            yield
        finally:
            self._at_work.discard(task)

    def home_of(self, workspace_id: str, user_id: str) -> asyncio.Lock:
        """Held while somebody's Home is read and sent: of two at once, the one that was read later comes later."""
        return self._homes.setdefault((workspace_id, user_id), asyncio.Lock())

    def aside(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Do something that goes on when whoever began it has stopped waiting."""
        task = asyncio.create_task(work)
        self._at_work.add(task)
        task.add_done_callback(self._done)
        return task

    def _done(self, task: asyncio.Task[Any]) -> None:
        self._at_work.discard(task)
        if not task.cancelled() and task.exception() is not None:
            log.info("not done", error=type(task.exception()).__name__)

    async def finished(self, timeout: float) -> None:  # noqa: ASYNC109  # what is not over by then is cut off
        """Wait until everybody has been answered, or for so many seconds: connections are closed after this."""
        if self._at_work:
            await asyncio.wait(self._at_work, timeout=timeout)

    def moment(self) -> Moment:
        """Now, with fresh ids."""
        return Moment(self.clock.now(), self.random_bits)

    def installed(self, enterprise_id: str | None, team_id: str | None) -> Installation | None:
        """The installation that Slack speaks of, a workspace's own before its organisation's; None for none of ours."""
        own = self.installations.get((enterprise_id or "", team_id or ""))
        return own or (self.installations.get((enterprise_id, "")) if enterprise_id else None)

    def of_workspace(self, workspace_id: str) -> Installation | None:
        """The installation of a workspace of ours."""
        return next((one for one in self.installations.values() if one.workspace_id == workspace_id), None)
