"""The bot's web server: Slack's requests over HTTP, and whatever pages it is given, each behind the guard."""

from collections.abc import Callable, Sequence
from datetime import datetime

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response

from bot.manifest import EVENTS_PATH
from bot.page_guard import guard
from bot.slack_app import EverboardApp

BODY_BYTES = 1024 * 1024
"""Slack's largest payload is a view of 250 kB; anything beyond this is no request of Slack's."""


async def serve(
    app: EverboardApp | None,
    pages: Sequence[web.AbstractRouteDef],
    port: int,
    now: Callable[[], datetime],
    *,
    is_https: bool = False,
    host: str = "0.0.0.0",  # noqa: S104  # Slack and customers come from outside
) -> tuple[web.AppRunner, str]:
    """Listen for Slack (not in Socket Mode, where there is no app to hand requests to) and for the web pages; port 0
    takes a free one. `now` is the real time, `is_https` how people reach us. Answers the runner and the address."""

    async def events(request: web.Request) -> web.Response:
        if app is None:
            raise web.HTTPNotFound
        try:
            body = await request.text()
        except (UnicodeDecodeError, LookupError):  # no text, or in an encoding that nobody knows: not of Slack
            raise web.HTTPUnauthorized from None
        answer = await app.answer(body, request.query_string, request.headers)
        return await to_aiohttp_response(answer)

    guarded = guard(now, uncounted=EVENTS_PATH, is_https=is_https)
    application = web.Application(client_max_size=BODY_BYTES, middlewares=[guarded])
    application.add_routes([web.post(EVENTS_PATH, events), *pages])
    return await _listen(application, port, host)


async def show(
    pages: Sequence[web.AbstractRouteDef],
    port: int,
    now: Callable[[], datetime],
    host: str = "0.0.0.0",  # noqa: S104  # a container's own network
) -> tuple[web.AppRunner, str]:
    """Serve pages that only operators reach; the rest as in `serve`."""
    application = web.Application(middlewares=[guard(now, uncounted="", is_https=False)])
    application.add_routes(pages)
    return await _listen(application, port, host)


async def _listen(application: web.Application, port: int, host: str) -> tuple[web.AppRunner, str]:
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, host, port).start()
    return runner, f"http://127.0.0.1:{runner.addresses[0][1]}"
