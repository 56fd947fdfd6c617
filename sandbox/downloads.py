"""Pictures that blocks name by an address: which of them Slack could not download. Calls nobody beyond this machine.

Slack fetches what `image_url` names before it takes a block. Here only addresses of this machine are fetched; of others
nothing is known, and they pass.
"""

import asyncio
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import SplitResult, urljoin, urlsplit

from aiohttp import ClientError, ClientSession, ClientTimeout

from sandbox.guards import is_loopback
from sandbox.strict_json import parse

IMAGE_URL = "image_url"

# What a picture of a kind that Slack shows begins with: png, jpg and gif.
_BEGINNINGS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a")

# Slack's own figures are not known; a call must be answered within the three seconds that a trigger lives.
_PATIENCE = ClientTimeout(total=2.0)
_MOST_REDIRECTS = 5

# More failures at a time than one message can have.
_REMEMBERED = 1_000


class Downloads:
    """What became of the last try to fetch each address."""

    def __init__(self) -> None:
        self._failed: dict[str, None] = {}

    def failed(self, url: str) -> bool:
        """Whether Slack could not get a picture there: nothing that can be fetched, or a fetch that failed."""
        return _split(url) is None or url in self._failed

    async def look(self, values: Iterable[Any]) -> None:
        """Fetch every picture on this machine that the values name: blocks, views, messages or their JSON."""
        wanted = {url for value in values for url in _named(value) if _is_here(url)}
        if not wanted:
            return
        async with ClientSession(timeout=_PATIENCE) as session:
            found = await asyncio.gather(*(_is_picture(session, url) for url in wanted))
        for url, good in zip(wanted, found, strict=True):
            self._failed.pop(url, None)
            if not good:
                self._failed[url] = None
        while len(self._failed) > _REMEMBERED:
            del self._failed[next(iter(self._failed))]


def _named(value: Any) -> Iterator[str]:
    """Every `image_url` in a value; a text may hold one as JSON, as forms do."""
    if isinstance(value, str):
        if IMAGE_URL not in value and "\\u" not in value:
            return
        try:
            value = parse(value)
        except ValueError:
            return
    for key, item in value.items() if isinstance(value, dict) else enumerate(value if isinstance(value, list) else ()):
        if key == IMAGE_URL and isinstance(item, str):
            yield item
        elif isinstance(item, dict | list):
            yield from _named(item)


def _split(url: str) -> SplitResult | None:
    """The parts of an address that can be fetched."""
    try:
        parts = urlsplit(url)
        good = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        return None
    return parts if good else None


def _is_here(url: str) -> bool:
    parts = _split(url)
    return parts is not None and is_loopback(parts.hostname or "")


async def _is_picture(session: ClientSession, url: str) -> bool:
    try:
        for _ in range(_MOST_REDIRECTS):
            async with session.get(url, allow_redirects=False) as answer:
                if answer.status == 200:
                    return (await answer.content.read(16)).startswith(_BEGINNINGS)
                if not 300 <= answer.status < 400 or "Location" not in answer.headers:
                    return False
                url = urljoin(url, answer.headers["Location"])
            if not _is_here(url):
                return _split(url) is not None
    except (ClientError, TimeoutError, OSError, ValueError):
        pass
    return False
