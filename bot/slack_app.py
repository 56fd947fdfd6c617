"""The Bolt app: who is installed, and that every client it makes reaches the configured server."""

import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from urllib.parse import urljoin

import aiohttp
import structlog
from slack_bolt.async_app import AsyncApp, AsyncBoltContext
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.oauth.async_callback_options import AsyncCallbackOptions
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient

from bot import manifest
from bot.metrics import Metrics, kind_of
from bot.settings import Service
from handlers import listeners, shapes
from handlers.house import House, Installation
from handlers.installing import INSTALL_PATH, installed, invitation, not_installed
from storage.installations import STATE_SECONDS

Find = Callable[[str | None, str | None], Awaitable[Installation | None]]
"""The installation of an organisation's id and a workspace's; None for one that is not ours."""

HTTP_TIMEOUT = 10
"""Seconds for one call of Slack's API; the outbox's leases are longer than this."""

UNREADABLE = (ValueError, TypeError, KeyError, AttributeError, RecursionError)
"""What Bolt raises, without an error of its own, where it looks for the team and the person in what is no payload."""

said = structlog.get_logger(__name__)

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


class EverboardApp(AsyncApp):
    """A Bolt app that says how long each request took until it was acknowledged, over whatever it came in, and to which
    nothing comes that does not have the shape of Slack's payloads."""

    metrics: Metrics
    verifier: SignatureVerifier | None = None

    async def async_dispatch(self, req: AsyncBoltRequest) -> BoltResponse:
        """Answer a request."""
        began = time.perf_counter()
        fault = shapes.fault(req.body)
        answer = await super().async_dispatch(req) if fault is None else self._not_understood(req, fault)
        self.metrics.acknowledged(kind_of(req.body), answer.status, time.perf_counter() - began)
        return answer

    async def answer(self, body: str, query: str, headers: Mapping[str, str]) -> BoltResponse:
        """Answer what came over HTTP. What is no payload at all is acknowledged when Slack has signed it: it would send
        the same again otherwise, and stop sending events if it happened often."""
        try:
            request = AsyncBoltRequest(body=body, query=query, headers=dict(headers))
        except UNREADABLE as error:
            if not self._is_signed(body, headers):
                return BoltResponse(status=401)
            said.warning("payload not understood", fault=type(error).__name__)
            return BoltResponse(status=200)
        return await self.async_dispatch(request)

    def _not_understood(self, req: AsyncBoltRequest, fault: str) -> BoltResponse:
        if req.mode == "http" and not self._is_signed(req.raw_body, {key: req.headers[key][0] for key in req.headers}):
            return BoltResponse(status=401)
        said.warning("payload not understood", fault=fault, kind=kind_of(req.body))
        return BoltResponse(status=200, body=shapes.answer(req.body))

    def _is_signed(self, body: str, headers: Mapping[str, str]) -> bool:
        return self.verifier is not None and self.verifier.is_valid_request(body, dict(headers))


def make_app(
    client: AsyncWebClient, house: House, signing_secret: str | None, metrics: Metrics, find: Find | None = None
) -> EverboardApp:
    """The Bolt app with every listener attached. `client` has no token: each request gets its own workspace's.

    `find` looks for an installation that this process may not know yet.
    """

    async def authorize(enterprise_id: str | None, team_id: str | None, **_rest: Any) -> AuthorizeResult | None:
        found = house.installed(enterprise_id, team_id) or (await find(enterprise_id, team_id) if find else None)
        return _authorized(found) if found else None

    app = EverboardApp(
        client=client,
        authorize=authorize,  # type: ignore[arg-type]  # None, for a workspace that is not ours, is allowed
        signing_secret=signing_secret,
        request_verification_enabled=signing_secret is not None,
        logger=log,
    )

    app.metrics = metrics
    if signing_secret is not None:
        app.verifier = SignatureVerifier(signing_secret)

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
