"""The pages for whoever runs the bot: is it alive, is it ready, what does it do. Decides nothing."""

import asyncio
from collections.abc import Callable

from aiohttp import web

from bot.metrics import TYPE, Metrics
from handlers.house import House
from storage import queue, workspaces
from storage.database import DatabaseBusyError

PATIENCE = 2.0
"""Seconds for the database: a load balancer asks again before long."""


class Watching:
    """`is_listening` says whether Slack's requests reach this process."""

    def __init__(self, house: House, metrics: Metrics, is_listening: Callable[[], bool]) -> None:
        self._house, self._metrics, self._is_listening = house, metrics, is_listening

    def public(self) -> list[web.RouteDef]:
        """What a load balancer asks, beside the pages for customers."""
        return [web.get("/health", self._alive), web.get("/ready", self._ready)]

    def private(self) -> list[web.RouteDef]:
        """The same and the metrics, for a port that only operators reach."""
        return [*self.public(), web.get("/metrics", self._measured)]

    async def _alive(self, _request: web.Request) -> web.Response:
        return web.Response(text="ok\n")

    async def _ready(self, _request: web.Request) -> web.Response:
        """503 with what is missing, a line each."""
        missing = []
        if not self._house.installations and not self._house.hosts_many:
            missing.append("Slack does not take the token: everboard doctor --live says why.")
        elif not self._is_listening():
            missing.append("Slack's requests do not reach this process.")
        try:
            async with asyncio.timeout(PATIENCE):
                await self._house.db.across(workspaces.every)
        except (DatabaseBusyError, TimeoutError):
            missing.append("The database does not answer.")
        return web.Response(text="\n".join([*missing, ""]) if missing else "ready\n", status=503 if missing else 200)

    async def _measured(self, _request: web.Request) -> web.Response:
        """Without the database the queue is left out, and the rest is told."""
        now = self._house.clock.now()
        try:
            async with asyncio.timeout(PATIENCE):
                depths = await self._house.db.across(queue.depth, now)
        except (DatabaseBusyError, TimeoutError):
            depths = []
        told = self._metrics.text(depths, now, len(self._house.installations))
        return web.Response(body=told, headers={"Content-Type": TYPE})
