"""The addresses of the page: questions, deeds, the stream and the page's files. Decides no answer."""

import asyncio
from pathlib import Path

from aiohttp import WSMsgType, web

from sandbox.page_api.asking import Malformed, posted, queried
from sandbox.page_api.doing import DEEDS
from sandbox.page_api.looking import LOOKS
from sandbox.page_api.uploading import upload
from sandbox.refusals import Refused
from sandbox.shapes import JSON
from sandbox.site import Site
from sandbox.stream import Listener
from sandbox.workspace import Workspace

PAGE_FILES = Path(__file__).parent.parent / "page"

_NO_CACHE = {"Cache-Control": "no-cache"}


class PageApi:
    """Everything under `/_page`, and the page itself."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def _workspace(self, request: web.Request) -> Workspace:
        """The one that `team` in the address names, else the first. Raises Malformed."""
        first = next(iter(self._site.workspaces))
        found = self._site.workspaces.get(request.query.get("team", first))
        if found is None:
            raise Malformed("`team` must be the id of a workspace")
        return found

    def routes(self) -> list[web.RouteDef | web.StaticDef]:
        """Where the server sends these requests."""
        return [
            web.get("/", self._index),
            web.get("/archives/{channel}/{message}", self._archive),
            web.get("/_page/stream", self._stream),
            web.get("/_page/{name}", self._look),
            web.post("/_page/upload", self._upload),
            web.post("/_page/{name}", self._do),
            web.static("/page", PAGE_FILES),
        ]

    async def _index(self, _request: web.Request) -> web.StreamResponse:
        index = PAGE_FILES / "index.html"
        if not index.is_file():
            raise web.HTTPNotFound(text="The page is not installed.")
        return web.FileResponse(index, headers=_NO_CACHE)

    async def _archive(self, request: web.Request) -> web.StreamResponse:
        """A permalink leads to the page, which may look for the message."""
        place = request.match_info
        digits = place["message"].removeprefix("p")
        raise web.HTTPFound(f"/?channel={place['channel']}&ts={digits[:-6]}.{digits[-6:]}")

    async def _look(self, request: web.Request) -> web.Response:
        look = LOOKS.get(request.match_info["name"])
        if look is None:
            return _answer({"ok": False, "error": "unknown question"}, 404)
        try:
            return _answer({"ok": True, **look(self._workspace(request), request)})
        except (Malformed, Refused) as error:
            return _refusal(error)

    async def _do(self, request: web.Request) -> web.Response:
        deed = DEEDS.get(request.match_info["name"])
        if deed is None:
            return _answer({"ok": False, "error": "unknown deed"}, 404)
        try:
            return _answer({"ok": True, **await deed(await posted(self._workspace(request), request))})
        except (Malformed, Refused) as error:
            return _refusal(error)

    async def _upload(self, request: web.Request) -> web.Response:
        try:
            return _answer({"ok": True, **await upload(self._workspace(request), request)})
        except (Malformed, Refused) as error:
            return _refusal(error)

    async def _stream(self, request: web.Request) -> web.StreamResponse:
        try:
            workspace = self._workspace(request)
            user = queried(workspace, request).user
        except (Malformed, Refused) as error:
            return _refusal(error)
        socket = web.WebSocketResponse(heartbeat=30.0)
        listener = workspace.stream.listen(user)
        try:
            await socket.prepare(request)
            await _pump(socket, listener)
        finally:
            workspace.stream.leave(listener)
        return socket


async def _pump(socket: web.WebSocketResponse, listener: Listener) -> None:
    """Hand frames over until either side ends it."""
    reading = asyncio.create_task(_until_closed(socket))
    try:
        while not reading.done():
            waiting = asyncio.create_task(listener.frames.get())
            await asyncio.wait({reading, waiting}, return_when=asyncio.FIRST_COMPLETED)
            if not waiting.done():
                waiting.cancel()
                return
            frame = waiting.result()
            if frame is None:
                return
            await socket.send_json(frame)
    except ConnectionError:
        return
    finally:
        reading.cancel()
        await socket.close()


async def _until_closed(socket: web.WebSocketResponse) -> None:
    async for frame in socket:
        if frame.type in (WSMsgType.CLOSE, WSMsgType.ERROR):
            return


def _refusal(error: Malformed | Refused) -> web.Response:
    return _answer({"ok": False, "error": str(error)}, 400 if isinstance(error, Malformed) else 200)


def _answer(body: JSON, status: int = 200) -> web.Response:
    return web.json_response(body, status=status, headers=_NO_CACHE)
