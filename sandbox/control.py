"""The control API for tests in Python: one method a demand. Decides nothing, knows no app."""

from datetime import datetime
from types import TracebackType
from typing import Literal, Self

from aiohttp import ClientSession

from sandbox.delivery.socket_mode import Reason
from sandbox.delivery_faults import Mishap
from sandbox.shapes import JSON


class ControlRefused(ValueError):
    """A demand that the sandbox did not understand; the message says what is wrong with it."""


class Control:
    """The control API of a running sandbox. `async with Control(sandbox.url) as control:`.

    `times` is how often; None means until `clear`. `app` and `team` are needed only where there are several.
    Every method raises ControlRefused.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self._session: ClientSession | None = None

    async def __aenter__(self) -> Self:
        self._session = ClientSession()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._session is not None:
            await self._session.close()

    async def demand(self, name: str, /, **values: object) -> JSON:
        """Any demand, by its name in the protocol."""
        if self._session is None:
            raise RuntimeError("the control is used as a context: async with Control(url)")
        async with self._session.post(f"{self._url}/_control/{name}", json=values) as answer:
            body: JSON = await answer.json()
        if not body["ok"]:
            raise ControlRefused(body["error"])
        return body

    async def state(self) -> JSON:
        """What is set: rates, faults, the clock."""
        return await self.demand("state")

    async def fail(self, method: str, error: str, *, status: int = 200, times: int | None = 1) -> None:
        """Refuse the next calls of a method (`*`: of any)."""
        await self.demand("fail", method=method, error=error, status=status, times=times)

    async def limit(self, method: str, *, retry_after: int = 1, times: int | None = 1) -> None:
        """Answer the next calls of a method with 429."""
        await self.demand("limit", method=method, retry_after=retry_after, times=times)

    async def storm(self, *, calls: int = 20, retry_after: int = 1) -> None:
        """Answer the next calls of any method with 429."""
        await self.demand("storm", calls=calls, retry_after=retry_after)

    async def delay(self, method: str, seconds: float, *, times: int | None = 1) -> None:
        """Answer the next calls of a method late."""
        await self.demand("delay", method=method, seconds=seconds, times=times)

    async def drop(self, method: str, when: Literal["before", "after"], *, times: int | None = 1) -> None:
        """Cut the connection of the next calls of a method, before or after they did their work."""
        await self.demand("drop", method=method, when=when, times=times)

    async def deliveries(self, mishap: Mishap, name: str = "*", *, times: int | None = 1, seconds: float = 0.0) -> None:
        """Let the next deliveries of a name (command, interaction's or event's type) meet a mishap."""
        await self.demand("deliveries", mishap=mishap, name=name, times=times, seconds=seconds)

    async def clear(self) -> None:
        """End every fault."""
        await self.demand("clear")

    async def rates(self, on: bool) -> None:
        """Switch the rate limits."""
        await self.demand("rates", on=on)

    async def revoke(self, app: str | None = None, *, team: str | None = None) -> None:
        """Take back the bot's token."""
        await self.demand("revoke", **_named(app=app, team=team))

    async def uninstall(self, app: str | None = None, *, team: str | None = None) -> None:
        """Remove the app."""
        await self.demand("uninstall", **_named(app=app, team=team))

    async def archive(self, channel: str, *, archived: bool = True, team: str | None = None) -> None:
        """Close a channel, or open it again."""
        await self.demand("archive", channel=channel, archived=archived, **_named(team=team))

    async def deactivate(self, user: str, *, deleted: bool = True, team: str | None = None) -> None:
        """Deactivate a person, or let them in again."""
        await self.demand("deactivate", user=user, deleted=deleted, **_named(team=team))

    async def move_clock(self, *, to: datetime | None = None, by: Literal["day", "week", "next"] = "next") -> JSON:
        """Move the calendar forward; what is due on the way happens. Answers `now` and the `ticks` on the way."""
        return await self.demand("clock", **({"to": to.isoformat()} if to else {"by": by}))

    async def disconnect(self, reason: Reason = "refresh_requested", app: str | None = None) -> None:
        """Tell Socket Mode connections to go."""
        await self.demand("disconnect", reason=reason, **_named(app=app))


def _named(**names: str | None) -> JSON:
    return {key: value for key, value in names.items() if value is not None}
