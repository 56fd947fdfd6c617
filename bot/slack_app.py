"""The Bolt app: who is installed, and that every client it makes reaches the configured server."""

import logging
import time
from typing import Any

import aiohttp
from slack_bolt.async_app import AsyncApp, AsyncBoltContext
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.metrics import Metrics, kind_of
from handlers import listeners
from handlers.house import House, Installation

HTTP_TIMEOUT = 10
"""Seconds for one call of Slack's API; the outbox's leases are longer than this."""

log = logging.getLogger("slack_bolt.everboard")
"""Bolt writes every payload to it at the finest level, names and words of people among them: it is one of those of
which bot.logs keeps warnings alone."""


def make_client(session: aiohttp.ClientSession, api_url: str, token: str | None = None) -> AsyncWebClient:
    """A client whose base address, session and time-out Bolt carries over to those it makes for each request."""
    return AsyncWebClient(
        token=token,
        base_url=api_url,
        session=session,
        timeout=HTTP_TIMEOUT,
        # A call whose connection broke may have had its effect: what may be repeated is decided by the outbox.
        retry_handlers=[],
    )


class _Timed(AsyncApp):
    """A Bolt app that says how long each request took until it was acknowledged, over whatever it came in."""

    metrics: Metrics

    async def async_dispatch(self, req: AsyncBoltRequest) -> BoltResponse:
        """Answer a request."""
        began = time.perf_counter()
        answer = await super().async_dispatch(req)
        self.metrics.acknowledged(kind_of(req.body), answer.status, time.perf_counter() - began)
        return answer


def make_app(client: AsyncWebClient, house: House, signing_secret: str | None, metrics: Metrics) -> AsyncApp:
    """The Bolt app with every listener attached. `client` has no token: each request gets its own workspace's."""

    async def authorize(enterprise_id: str | None, team_id: str | None, **_rest: Any) -> AuthorizeResult | None:
        found = house.installed(enterprise_id, team_id)
        return _authorized(found) if found else None

    app = _Timed(
        client=client,
        authorize=authorize,  # type: ignore[arg-type]  # None, for a workspace that is not ours, is allowed
        signing_secret=signing_secret,
        request_verification_enabled=signing_secret is not None,
        logger=log,
    )

    app.metrics = metrics

    @app.middleware
    async def find_installation(context: AsyncBoltContext, next_: Any) -> BoltResponse | None:
        context["installation"] = house.installed(context.enterprise_id, context.team_id)
        answer: BoltResponse | None = await next_()
        return answer

    listeners.register(app, house)
    return app


def _authorized(found: Installation) -> AuthorizeResult:
    return AuthorizeResult(
        enterprise_id=found.enterprise_id or None,
        team_id=found.team_id,
        bot_user_id=found.bot_user_id,
        bot_id=found.bot_id,
        bot_token=found.bot_token,
    )
