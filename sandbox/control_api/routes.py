"""The addresses of the control API. Decides no answer."""

from typing import TYPE_CHECKING

from aiohttp import web

from sandbox.control_api.asking import Demand, Malformed, demanded
from sandbox.control_api.deeds import DEEDS
from sandbox.shapes import JSON

if TYPE_CHECKING:
    from sandbox.server import Sandbox


class ControlApi:
    """Everything under `/_control`."""

    def __init__(self, sandbox: "Sandbox") -> None:
        self._sandbox = sandbox

    def routes(self) -> list[web.RouteDef]:
        """Where the server sends these requests."""
        return [web.get("/_control/state", self._state), web.post("/_control/{name}", self._do)]

    async def _state(self, _request: web.Request) -> web.Response:
        return web.json_response({"ok": True, **await DEEDS["state"](self._sandbox, Demand({}))})

    async def _do(self, request: web.Request) -> web.Response:
        deed = DEEDS.get(request.match_info["name"])
        if deed is None:
            return _refused("there is no such demand", 404)
        try:
            answer: JSON = await deed(self._sandbox, await demanded(request))
        except Malformed as error:
            return _refused(str(error), 400)
        return web.json_response({"ok": True, **answer})


def _refused(error: str, status: int) -> web.Response:
    return web.json_response({"ok": False, "error": error}, status=status)
