"""The bot's web server: Slack's requests over HTTP, and whatever pages it is given. Decides nothing."""

from collections.abc import Sequence

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncApp

BODY_BYTES = 1024 * 1024
"""Slack's largest payload is a view of 250 kB; anything beyond this is no request of Slack's."""


async def serve(
    app: AsyncApp | None,
    pages: Sequence[web.AbstractRouteDef],
    port: int,
    host: str = "0.0.0.0",  # noqa: S104  # Slack and customers come from outside
) -> tuple[web.AppRunner, str]:
    """Listen for Slack (not in Socket Mode, where there is no app to hand requests to) and for the web pages; port 0
    takes a free one. Answers the runner and the address."""

    async def events(request: web.Request) -> web.Response:
        if app is None:
            raise web.HTTPNotFound
        answer = await app.async_dispatch(await to_bolt_request(request))
        return await to_aiohttp_response(answer)

    application = web.Application(client_max_size=BODY_BYTES)
    application.add_routes([web.post("/slack/events", events), *pages])
    return await listen(application, port, host)


async def listen(
    application: web.Application,
    port: int,
    host: str = "0.0.0.0",  # noqa: S104  # a container's own network
) -> tuple[web.AppRunner, str]:
    """Serve these pages; port 0 takes a free one. Answers the runner and the address."""
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, host, port).start()
    return runner, f"http://127.0.0.1:{runner.addresses[0][1]}"
