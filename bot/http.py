"""The bot's web server: Slack's requests over HTTP, and a page for the load balancer. Decides nothing."""

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncApp

BODY_BYTES = 1024 * 1024
"""Slack's largest payload is a view of 250 kB; anything beyond this is no request of Slack's."""


async def serve(app: AsyncApp, port: int, host: str = "0.0.0.0") -> tuple[web.AppRunner, str]:  # noqa: S104  # Slack comes from outside
    """Listen for Slack; port 0 takes a free one. Answers the runner and the address."""

    async def events(request: web.Request) -> web.Response:
        answer = await app.async_dispatch(await to_bolt_request(request))
        return await to_aiohttp_response(answer)

    async def health(_request: web.Request) -> web.Response:
        return web.Response(text="ok\n")

    application = web.Application(client_max_size=BODY_BYTES)
    application.add_routes([web.post("/slack/events", events), web.get("/health", health)])
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, host, port).start()
    return runner, f"http://127.0.0.1:{runner.addresses[0][1]}"
