"""Where the bytes of files come in and go out. Decides who may have them, not who is told of them."""

import time
from urllib.parse import quote

from aiohttp import BodyPartReader, web

from sandbox.connect import sides
from sandbox.files import File
from sandbox.posting import may_see
from sandbox.sharing import app_sees
from sandbox.site import Site
from sandbox.workspace import Workspace


class FileServer:
    """`POST /upload/v1/<secret>` and `GET /files-pri/<team>-<file>/<name>`."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def routes(self) -> list[web.RouteDef]:
        """Where the server sends these requests."""
        return [
            web.post("/upload/v1/{secret}", self._upload),
            web.get("/files-pri/{team}-{file}/{name}", self._download),
        ]

    async def _upload(self, request: web.Request) -> web.Response:
        """Take the announced bytes, raw or as the first part of a form; an address works once."""
        started, secret = time.monotonic(), request.match_info["secret"]
        found = (ws.files.awaiting(secret) for ws in self._site.workspaces.values())
        file = next((one for one in found if one is not None), None)
        if file is None:
            return web.Response(status=404, text="not found")
        content = await _content(request, file.size)
        error = None if len(content) == file.size else "the length is not the one that was announced"
        self._site.log("in", "file upload", started, error=error, app=file.app, detail={"bytes": len(content)})
        if error:
            return web.Response(status=400, text=error)
        file.content = content
        return web.Response(text=f"OK - {file.size}")

    async def _download(self, request: web.Request) -> web.Response:
        """Give the bytes to an app with `files:read`, or to a person (`as`) who owns it or sees a channel with it."""
        workspace = self._site.workspaces.get(request.match_info["team"])
        file = workspace.files.find(request.match_info["file"]) if workspace else None
        if workspace is None or file is None or not file.complete or file.content is None:
            return web.Response(status=404, text="not found")
        if not _may(workspace, request, file):
            return web.Response(status=404, text="not found")
        disposition = f"inline; filename*=UTF-8''{quote(file.name)}"
        # Nothing that an app uploads may run as a page of this server.
        headers = {
            "Content-Disposition": disposition,
            "Content-Security-Policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'",
            "X-Content-Type-Options": "nosniff",
        }
        return web.Response(body=file.content, content_type=file.mimetype, headers=headers)


def _may(ws: Workspace, request: web.Request, file: File) -> bool:
    token = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if any(app.bot_token == token and "files:read" in app.scopes for app in ws.apps.values()):
        return True
    person = request.query.get("as", "")
    if person == file.user:
        return True
    shown = [place for one in file.shared for place in sides(ws, ws.world.channels[one])]
    return any(person in side.world.users and may_see(side, person, there) for side, there in shown) or any(
        app.bot_token == token and "files:read" in app.scopes and app_sees(side, app, file)
        for side in ws.site.workspaces.values()
        for app in side.apps.values()
    )


async def _content(request: web.Request, most: int) -> bytes:
    """The body, read no further than one byte beyond what was announced."""
    content = b""
    if request.content_type != "multipart/form-data":
        while len(content) <= most and (chunk := await request.content.readany()):
            content += chunk
        return content
    part = await (await request.multipart()).next()
    if not isinstance(part, BodyPartReader):
        return content
    while len(content) <= most and (chunk := await part.read_chunk()):
        content += chunk
    return content
