"""What holds for every web page of the bot: headers, how many pages an address may ask for, how much it may send.

Decides no page's content. Slack's own address is not counted: thousands of clicks come from it, each of them signed.
"""

import math
from collections.abc import Awaitable, Callable
from datetime import datetime
from ipaddress import ip_address

import structlog
from aiohttp import web
from aiohttp.typedefs import Middleware

from domain.visits import Visits
from domain.volunteers import BYTES

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
"""Nothing loads, frames, keeps or passes on anything; a page that needs more says so itself, by the same name."""

ONLY_HTTPS = {"Strict-Transport-Security": "max-age=31536000"}
"""For a year, where people outside reach us under https: only this host, for its neighbours are not ours."""

TOO_MANY = "Many pages were asked for from where you are. Please try again in a minute.\n"
BROKEN = "Something went wrong on our side. Nothing was changed; please try again.\n"

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

log = structlog.get_logger(__name__)


def guard(now: Callable[[], datetime], *, uncounted: str, is_https: bool) -> Middleware:
    """The one middleware. `uncounted` is Slack's path; `is_https` says that people reach us under https."""
    headers, visits = HEADERS | (ONLY_HTTPS if is_https else {}), Visits()

    @web.middleware
    async def middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
        if request.path == uncounted:
            return _with(headers, await _answered(request, handler))
        visitor = address_of(request)
        wait = visits.wait(visitor, now())
        if wait is not None:
            retry = {"Retry-After": str(math.ceil(wait.total_seconds()))}
            return _with(headers, web.Response(text=TOO_MANY, status=429, headers=retry))
        return _with(headers, await _answered(request.clone(remote=visitor, client_max_size=BYTES), handler))

    return middleware


async def _answered(request: web.Request, handler: Handler) -> web.StreamResponse:
    """The page, or the one that says that there is none; what nobody foresaw is logged and says nothing more."""
    try:
        return await handler(request)
    except web.HTTPException as refusal:
        return web.Response(text=refusal.text, status=refusal.status, headers=_of(refusal))
    except Exception:  # the one place for what a page did not foresee
        log.exception("unexpected", page=request.path)
        return web.Response(text=BROKEN, status=500)


def _of(refusal: web.HTTPException) -> dict[str, str]:
    """The refusal's own headers, but for those that follow from its text."""
    return {name: value for name, value in refusal.headers.items() if name not in ("Content-Type", "Content-Length")}


def _with(headers: dict[str, str], answer: web.StreamResponse) -> web.StreamResponse:
    for name, value in headers.items():
        answer.headers.setdefault(name, value)
    return answer


def address_of(request: web.Request) -> str:
    """Who asks. Behind a proxy of one's own network it is whom the proxy names last: what stands before that, anybody
    could have written.
    """
    remote = request.remote or ""
    named = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    return named if named and _is_near(remote) and _is_address(named) else remote


def _is_near(address: str) -> bool:
    return _is_address(address) and ip_address(address).is_private


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
