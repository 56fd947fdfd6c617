"""How a call of the Web API comes in and goes out: body, token, scopes, log. Knows no method."""

import asyncio
import time
from dataclasses import asdict
from typing import Any

from aiohttp import web

from sandbox.apps import App
from sandbox.faults import Fault
from sandbox.oauth import OAuth
from sandbox.rates import TooMany
from sandbox.shapes import JSON
from sandbox.site import Site
from sandbox.strict_json import parse
from sandbox.web_api import METHODS
from sandbox.web_api.calling import Arguments, Call, Method, SlackError, missing_scope
from sandbox.web_api.oauth import access
from sandbox.web_api.tokens import bearer
from sandbox.workspace import Workspace

# What anybody may call, without a token.
OPEN = frozenset({"api.test", "oauth.v2.access"})

# What no log shall hold.
_SECRET = frozenset({"token", "client_secret", "code"})

_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


class WebApi:
    """Answers `POST` and `GET` of `/api/<method>`, always with 200 and `ok`, as Slack does."""

    def __init__(self, site: Site, oauth: OAuth) -> None:
        self._site = site
        self._oauth = oauth

    async def answer(self, request: web.Request) -> web.Response:
        """One call, from the request to the answer and the log."""
        name = request.match_info["method"]
        fault = self._site.faults.take(name)
        if fault is not None and fault.error is not None:
            return self._failing(name, fault, fault.error)
        if fault is not None and fault.dropped:
            return self._cut(name, fault, request)
        if fault is not None and fault.seconds:
            await asyncio.sleep(fault.seconds)
        answer = await self._called(name, request)
        if fault is not None and fault.lost:
            _abort(request)
        return answer

    async def _called(self, name: str, request: web.Request) -> web.Response:
        started = time.monotonic()
        app: App | None = None
        values: dict[str, Any] = {}
        limited: dict[str, str] = {}
        try:
            values, token = await _arguments(request)
            if name in OPEN:
                body = {"ok": True, **self._open(name, values, request)}
            else:
                method = _method(name)
                workspace, app = bearer(self._site, method, token, values)
                body = {"ok": True, **_run(workspace, method, app, values)}
        except SlackError as error:
            body = {"ok": False, "error": error.error, **error.more}
        except TooMany as error:
            body, limited = {"ok": False, "error": "ratelimited"}, {"Retry-After": str(error.retry_after)}
        detail = {"arguments": {k: v for k, v in values.items() if k not in _SECRET}, "answer": body}
        self._site.log("in", name, started, error=body.get("error"), app=app, detail=detail)
        headers = {**_scope_headers(app, METHODS.get(name)), **limited}
        return web.json_response(body, status=429 if limited else 200, headers=headers)

    def _cut(self, name: str, fault: Fault, request: web.Request) -> web.Response:
        self._log_fault(name, fault, "connection dropped")
        _abort(request)
        return web.Response()

    def _failing(self, name: str, fault: Fault, error: str) -> web.Response:
        self._log_fault(name, fault, error)
        headers = {"Retry-After": str(fault.retry_after)} if fault.retry_after is not None else {}
        return web.json_response({"ok": False, "error": error}, status=fault.status, headers=headers)

    def _log_fault(self, name: str, fault: Fault, error: str) -> None:
        self._site.log("in", name, time.monotonic(), error=error, app=None, detail={"fault": asdict(fault)})

    def _open(self, name: str, values: dict[str, Any], request: web.Request) -> JSON:
        """A method that needs no token."""
        if name == "api.test":
            return _api_test(Arguments(values))
        return access(self._oauth, Arguments(values), request.headers.get("Authorization", ""))


def _run(workspace: Workspace, method: Method, app: App, values: dict[str, Any]) -> JSON:
    workspace.rates.take(method.name, f"{workspace.world.team['id']}/{app.id}", str(values.get("channel", "")))
    if method.scopes and not app.scopes.intersection(method.scopes):
        raise missing_scope(app, method.scopes)
    return method.run(Call(workspace, app, Arguments(values)))


def _abort(request: web.Request) -> None:
    if request.transport is not None:
        request.transport.abort()


def _method(name: str) -> Method:
    if name not in METHODS:
        raise SlackError("unknown_method", req_method=name)
    return METHODS[name]


def _api_test(arguments: Arguments) -> JSON:
    if "error" in arguments:
        raise SlackError(arguments.text("error"), args=dict(arguments.values))
    return {"args": dict(arguments.values)}


async def _arguments(request: web.Request) -> tuple[dict[str, Any], str | None]:
    """The arguments and the token. A token in a JSON body does not count, as in Slack. Raises SlackError."""
    values: dict[str, Any] = dict(request.query)
    token = _bearer(request)
    if request.method == "POST" and request.can_read_body:
        if request.content_type == "application/json":
            return {**values, **await _json_body(request)}, token or values.get("token")
        if request.content_type not in _FORMS:
            raise SlackError("invalid_post_type")
        values |= await _form_body(request)
    return values, token or values.get("token")


def _bearer(request: web.Request) -> str | None:
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" and token.strip() else None


async def _form_body(request: web.Request) -> JSON:
    try:
        form = await request.post()
    except ValueError:
        raise SlackError("invalid_form_data") from None
    return {key: value for key, value in form.items() if isinstance(value, str)}


async def _json_body(request: web.Request) -> JSON:
    try:
        body = parse(await request.text())
    except ValueError:
        raise SlackError("invalid_json") from None
    if not isinstance(body, dict):
        raise SlackError("json_not_object")
    return body


def _scope_headers(app: App | None, method: Method | None) -> dict[str, str]:
    if app is None or method is None:
        return {}
    return {"X-OAuth-Scopes": ",".join(sorted(app.scopes)), "X-Accepted-OAuth-Scopes": ",".join(method.scopes)}
