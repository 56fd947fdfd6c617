"""The Bolt app: who is installed, and that every client it makes reaches the configured server."""

import logging
import time
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urljoin

import aiohttp
from slack_bolt.async_app import AsyncApp, AsyncBoltContext
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.oauth.async_callback_options import AsyncCallbackOptions
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore
from slack_sdk.web.async_client import AsyncWebClient

from bot import manifest
from bot.metrics import Metrics, kind_of
from bot.settings import Service
from handlers import listeners
from handlers.house import House, Installation
from handlers.installing import INSTALL_PATH, installed, invitation, not_installed
from storage.installations import STATE_SECONDS

Find = Callable[[str | None, str | None], Awaitable[Installation | None]]
"""The installation of an organisation's id and a workspace's; None for one that is not ours."""

HTTP_TIMEOUT = 10
"""Seconds for one call of Slack's API; the outbox's leases are longer than this."""

quiet = logging.getLogger("slack_bolt.everboard.oauth")
"""Bolt writes the code that Slack gave to it, which is as good as a token for ten minutes: we say ourselves what
failed."""
quiet.setLevel(logging.ERROR)

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


class _Flow(AsyncOAuthFlow):
    """Bolt's flow with a page of ours at its beginning."""

    async def build_install_page_html(self, url: str, request: AsyncBoltRequest) -> str:  # Bolt's signature
        """The page that leads to Slack."""
        return invitation(url)


def make_flow(
    client: AsyncWebClient, settings: Service, store: AsyncInstallationStore, states: AsyncOAuthStateStore
) -> AsyncOAuthFlow:
    """Bolt's own steps from *Add to Slack* to a kept token, each checked against a state and the browser's cookie."""
    secret = settings.client_secret
    return _Flow(
        client=client,
        logger=quiet,
        settings=AsyncOAuthSettings(
            client_id=settings.client_id,
            client_secret=secret.get_secret_value() if secret else None,
            scopes=manifest.load()["oauth_config"]["scopes"]["bot"],
            user_scopes=[],
            redirect_uri=f"{settings.public_url}{manifest.REDIRECT_PATH}",
            install_path=INSTALL_PATH,
            redirect_uri_path=manifest.REDIRECT_PATH,
            callback_options=AsyncCallbackOptions(success=installed, failure=not_installed),
            authorization_url=urljoin(settings.api_url, "../oauth/v2/authorize"),
            installation_store=store,
            state_store=states,
            state_expiration_seconds=STATE_SECONDS,
            logger=quiet,
        ),
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


def make_app(
    client: AsyncWebClient, house: House, signing_secret: str | None, metrics: Metrics, find: Find | None = None
) -> AsyncApp:
    """The Bolt app with every listener attached. `client` has no token: each request gets its own workspace's.

    `find` looks for an installation that this process may not know yet.
    """

    async def authorize(enterprise_id: str | None, team_id: str | None, **_rest: Any) -> AuthorizeResult | None:
        found = house.installed(enterprise_id, team_id) or (await find(enterprise_id, team_id) if find else None)
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
