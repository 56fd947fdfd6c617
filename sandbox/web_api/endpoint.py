"""How a call of the Web API comes in and goes out: body, token, scopes, log. Knows no method."""

import asyncio
import json
import time
from dataclasses import asdict
from functools import lru_cache, partial
from typing import Any, NamedTuple

from aiohttp import web

from sandbox.apps import App
from sandbox.faults import Fault
from sandbox.oauth import OAuth
from sandbox.pictures import may_name_picture
from sandbox.rates import TooMany
from sandbox.shapes import JSON
from sandbox.site import Site
from sandbox.strict_json import parse, written
from sandbox.web_api import METHODS
from sandbox.web_api.calling import Arguments, Call, Method, SlackError, missing_scope
from sandbox.web_api.oauth import access
from sandbox.web_api.tokens import bearer
from sandbox.workspace import Workspace

# What anybody may call, without a token.
OPEN = frozenset({"api.test", "oauth.v2.access"})

# What no log shall hold.
_SECRET = frozenset({"token", "client_secret", "code"})

_JSON = {"Content-Type": "application/json; charset=utf-8"}

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
        given = _NOTHING
        limited: dict[str, str] = {}
        try:
            given = await _given(request)
            if name in OPEN:
                body = {"ok": True, **self._open(name, given.values, request)}
            else:
                method = _method(name)
                workspace, app = bearer(self._site, method, given.token, given.values)
                if given.pictures:
                    await self._site.downloads.look(given.values.values())
                body = {"ok": True, **_run(workspace, method, app, given)}
        except SlackError as error:
            body = {"ok": False, "error": error.error, **error.more}
        except TooMany as error:
            body, limited = {"ok": False, "error": "ratelimited"}, {"Retry-After": str(error.retry_after)}
        detail = partial(_detail, given.came_as, body)
        self._site.log("in", name, started, error=body.get("error"), app=app, detail=detail)
        headers = {**_JSON, **_scope_headers(app, METHODS.get(name)), **limited}
        return web.Response(body=written(body), status=429 if limited else 200, headers=headers)

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


class _Given(NamedTuple):
    """What a call brought: the arguments, the token, how long the arguments are at most, and for the log their text."""

    values: dict[str, Any]
    token: str | None
    size: int
    came_as: tuple[dict[str, str], str]

    @property
    def pictures(self) -> bool:
        """Whether a picture can be named anywhere in it."""
        plain, body = self.came_as
        return may_name_picture(body) or any(map(may_name_picture, plain.values()))


_NOTHING = _Given({}, None, 0, ({}, "{}"))


def _detail(came_as: tuple[dict[str, str], str], answer: JSON) -> JSON:
    """What the log holds of a call. Arguments are kept as text, which takes less room, until somebody looks."""
    plain, body = came_as
    values = plain | json.loads(body)
    return {"arguments": {k: v for k, v in values.items() if k not in _SECRET}, "answer": answer}


def _run(workspace: Workspace, method: Method, app: App, given: _Given) -> JSON:
    if workspace.rates.on:
        channel = str(given.values.get("channel", ""))
        workspace.rates.take(method.name, f"{workspace.world.team['id']}/{app.id}", channel)
    if method.scopes and app.scopes.isdisjoint(method.scopes):
        raise missing_scope(app, method.scopes)
    return method.run(Call(workspace, app, Arguments(given.values), given.size, given.pictures))


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


async def _given(request: web.Request) -> _Given:
    """What came in the query and the body. A token in a JSON body does not count, as in Slack. Raises SlackError."""
    plain: dict[str, str] = dict(request.query) if request.query_string else {}
    token = _bearer(request)
    if request.method == "POST" and request.can_read_body:
        if request.content_type == "application/json":
            body, text = await _json_body(request)
            size = len(request.query_string) + len(text)
            return _Given({**plain, **body}, token or plain.get("token"), size, (plain, text))
        if request.content_type not in _FORMS:
            raise SlackError("invalid_post_type")
        plain |= await _form_body(request)
    return _Given(dict(plain), token or plain.get("token"), sum(map(len, plain.values())), (plain, "{}"))


def _bearer(request: web.Request) -> str | None:
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" and token.strip() else None


async def _form_body(request: web.Request) -> dict[str, str]:
    try:
        form = await request.post()
    except ValueError:
        raise SlackError("invalid_form_data") from None
    return {key: value for key, value in form.items() if isinstance(value, str)}


async def _json_body(request: web.Request) -> tuple[JSON, str]:
    try:
        text = await request.text()
        body = parse(text)
    except ValueError:
        raise SlackError("invalid_json") from None
    if not isinstance(body, dict):
        raise SlackError("json_not_object")
    return body, text


def _scope_headers(app: App | None, method: Method | None) -> dict[str, str]:
    if app is None or method is None:
        return {}
    return {"X-OAuth-Scopes": _in_words(app.scopes), "X-Accepted-OAuth-Scopes": ",".join(method.scopes)}


@lru_cache(maxsize=256)
def _in_words(scopes: frozenset[str]) -> str:
    return ",".join(sorted(scopes))
