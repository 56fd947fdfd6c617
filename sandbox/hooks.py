"""Where apps answer through a response URL. Decides what a bad answer is told; what a good one does is in replies."""

import time
from typing import Any

from aiohttp import web

from sandbox.replies import BadReply, answer_to
from sandbox.response_urls import UrlRefused
from sandbox.site import Site
from sandbox.strict_json import parse
from sandbox.workspace import Workspace


class Hooks:
    """`POST /commands|actions|app/<team>/<secret>`."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def answer(self, request: web.Request) -> web.Response:
        """Take one answer; 404 for a URL that is used up or too old, 400 for a body that Slack does not take."""
        started = time.monotonic()
        body: Any = None
        error: str | None = None
        status = 200
        app = None
        try:
            body = await _body(request)
            workspace = self._workspace(request.match_info["team"])
            reply = workspace.response_urls.use(request.match_info["secret"])
            app = workspace.apps[reply.app_id]
            await self._site.downloads.look([body])
            answer_to(workspace, reply, body)
        except UrlRefused as refused:
            error, status = str(refused), 404
        except BadReply as bad:
            error, status = str(bad), 400
        self._site.log("in", "response_url", started, error=error, app=app, detail={"body": body})
        if error:
            return web.json_response({"ok": False, "error": error}, status=status)
        return web.json_response({"ok": True})

    def _workspace(self, team: str) -> Workspace:
        found = self._site.workspaces.get(team)
        if found is None:
            raise UrlRefused("no_team")
        return found


async def _body(request: web.Request) -> dict[str, Any]:
    try:
        if request.content_type == "application/x-www-form-urlencoded":
            body = parse(str((await request.post()).get("payload", "")))
        else:
            body = parse(await request.text())
    except ValueError:
        raise BadReply("invalid_payload") from None
    if not isinstance(body, dict):
        raise BadReply("invalid_payload")
    return body
