"""Who may talk to the server at all: this machine, by its own name, from its own page. Knows no method."""

import codecs
import ipaddress
import logging
from collections.abc import Awaitable, Callable
from functools import lru_cache
from urllib.parse import urlsplit

from aiohttp import web

_LOG = logging.getLogger("sandbox")
_NAMES = {"localhost"}

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@lru_cache(maxsize=64)
def is_loopback(host: str) -> bool:
    """Whether a host name or address is this machine's loopback."""
    if host in _NAMES:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@web.middleware
async def guarded(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse whom the server does not answer, and answer a fault of the sandbox as Slack answers one of its own."""
    try:
        return _refused(request) or await handler(request)
    except web.HTTPRequestEntityTooLarge:
        return web.json_response({"ok": False, "error": "request_too_large"}, status=413)
    except web.HTTPException:
        raise
    except web.RequestPayloadError:
        # A body that broke off, or that is not packed as it says.
        return web.json_response({"ok": False, "error": "request_timeout"}, status=400)
    except Exception:  # noqa: BLE001 - the one place that answers whatever nobody foresaw
        _LOG.exception("%s %s failed", request.method, request.path)
        return web.json_response({"ok": False, "error": "internal_error"}, status=500)


def _refused(request: web.Request) -> web.Response | None:
    """What a foreign Host (a rebound DNS name), Origin (another site's script) or an unknown charset is answered."""
    if not _is_here(request.host):
        return web.json_response({"ok": False, "error": "this server answers to localhost only"}, status=403)
    origin = request.headers.get("Origin")
    if origin and origin != f"http://{request.host}":
        return web.json_response({"ok": False, "error": "this server answers to its own page only"}, status=403)
    if not _is_charset(request.charset or "utf-8"):
        return web.json_response({"ok": False, "error": "invalid_charset"}, status=400)
    return None


@lru_cache(maxsize=64)
def _is_here(host: str) -> bool:
    return is_loopback(_hostname(host))


@lru_cache(maxsize=64)
def _is_charset(name: str) -> bool:
    try:
        codecs.lookup(name)
    except LookupError:
        return False
    return True


def _hostname(host: str) -> str:
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""
