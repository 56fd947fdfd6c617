"""Every web page there is, found by asking the server: headers, sizes and how often it may be asked for."""

import base64
import hashlib
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from aiohttp import ClientResponse, ClientSession, web

from bot import http
from bot.page_guard import HEADERS, ONLY_HTTPS
from bot.service import Everboard
from domain.visits import MOST_ASKED
from domain.volunteers import BYTES
from storage.settings import Setting
from tests.e2e.conftest import Company
from tests.e2e.hosted import MINE, Hosted, hosting
from tests.worlds import START

pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth:DeprecationWarning")  # Slack's own client

EVENTS = "/slack/events"

KNOWN = {
    ("POST", EVENTS),
    ("GET", "/health"),
    ("GET", "/ready"),
    ("GET", "/join/{team}"),
    ("POST", "/join/{team}"),
    ("GET", "/slack/install"),
    ("GET", "/slack/oauth_redirect"),
}

OWN_POLICY = (
    r"default-src 'none'; style-src 'sha256-[^' ]+'; form-action '(none|self)'; base-uri 'none'; "
    r"frame-ancestors 'none'"
)
"""Of a page that is shown in a browser."""


def pages(runner: web.AppRunner | None) -> set[tuple[str, str]]:
    """Method and path of everything that is served."""
    assert runner is not None
    found = {(route.method, route.resource.canonical) for route in runner.app.router.routes() if route.resource}
    return {(method, path) for method, path in found if method != "HEAD"}


def at(everboard: Everboard, path: str) -> str:
    return f"{everboard.url or everboard.pages_url}{path.replace('{team}', MINE)}"


@pytest.fixture
async def hosted(sqlite_url: str) -> AsyncIterator[Hosted]:
    async with hosting(sqlite_url) as found:
        await found.install(MINE, "U0PRIYANKA")

        def open_page(session: Any) -> None:
            session.add(Setting(key="join_open", value=True, changed_at=START))

        found.everboard.db.run_now(found.workspace(MINE).id, open_page)
        yield found


def missing(answer: ClientResponse, *, https: bool) -> set[str]:
    """The headers that are not as they must be. A page may load its own style, and send its own form to us."""
    wanted = HEADERS | (ONLY_HTTPS if https else {})
    wrong = {name for name, value in wanted.items() if answer.headers.get(name) != value}
    policy = answer.headers.get("Content-Security-Policy", "")
    if re.fullmatch(OWN_POLICY, policy):
        wrong.discard("Content-Security-Policy")
    return wrong | ({*ONLY_HTTPS} & {*answer.headers} if not https else set())


async def test_all_pages_are_known(hosted: Hosted) -> None:
    assert pages(hosted.everboard._web) == KNOWN


async def test_every_answer_bears_the_headers(hosted: Hosted) -> None:
    async with ClientSession() as visitor:
        for method, path in sorted(KNOWN):
            for asked in (method, "DELETE"):
                async with visitor.request(asked, at(hosted.everboard, path), allow_redirects=False) as answer:
                    assert (answer.status == 405) is (asked == "DELETE"), (asked, path, answer.status)
                    assert missing(answer, https=True) == set(), (asked, path)
        async with visitor.get(at(hosted.everboard, "/nothing")) as answer:
            assert answer.status == 404
            assert missing(answer, https=True) == set()


async def test_where_nothing_says_https_nobody_is_told_to_use_it_alone(company: Company) -> None:
    async with ClientSession() as visitor:
        for method, path in sorted(pages(company.everboard._web)):
            async with visitor.request(method, at(company.everboard, path)) as answer:
                assert missing(answer, https=False) == set(), (method, path)
        for method, path in sorted(pages(company.everboard._metrics_web)):
            async with visitor.request(method, f"{company.everboard.metrics_url}{path}") as answer:
                assert answer.status == 200
                assert missing(answer, https=False) == set(), (method, path)


@pytest.mark.parametrize("path", ["/join/{team}", "/slack/install"])
async def test_a_page_may_use_the_style_that_stands_in_it_and_no_other(hosted: Hosted, path: str) -> None:
    async with ClientSession() as visitor, visitor.get(at(hosted.everboard, path)) as answer:
        text = await answer.text()
    [style] = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in answer.headers["Content-Security-Policy"]
    assert "style=" not in text


async def _streamed(size: int) -> AsyncIterator[bytes]:
    for _ in range(size // 1024 + 1):
        yield b"x" * 1024


def too_large(path: str) -> Iterator[Any]:
    """More than a page takes, once with its length said beforehand and once without."""
    size = http.BODY_BYTES if path == EVENTS else BYTES
    yield BytesIO(b"x" * (size + 1))
    yield _streamed(size)


async def test_no_page_takes_more_than_it_needs(hosted: Hosted) -> None:
    taking = sorted(path for method, path in KNOWN if method == "POST")
    async with ClientSession() as visitor:
        for path in taking:
            for body in too_large(path):
                form = {"Content-Type": "application/x-www-form-urlencoded"}
                async with visitor.post(at(hosted.everboard, path), data=body, headers=form) as answer:
                    assert answer.status == 413, (path, type(body))
                    assert missing(answer, https=True) == set()


async def test_who_asks_for_too_many_pages_waits_and_nobody_else(hosted: Hosted) -> None:
    async with ClientSession() as visitor:
        for _ in range(MOST_ASKED):
            await visitor.get(at(hosted.everboard, "/health"))
        for method, path in sorted(KNOWN):
            async with visitor.request(method, at(hosted.everboard, path)) as answer:
                assert (answer.status == 429) is (path != EVENTS), (method, path, answer.status)
                assert missing(answer, https=True) == set()
                if path != EVENTS:
                    assert 0 < int(answer.headers["Retry-After"]) <= 60
        # The proxy says who it is; what stands before that, anybody may have written.
        for named, status in (("203.0.113.9", 200), ("127.0.0.1", 429), ("203.0.113.9, 127.0.0.1", 429)):
            headers = {"X-Forwarded-For": named}
            async with visitor.get(at(hosted.everboard, "/health"), headers=headers) as answer:
                assert answer.status == status, named


@asynccontextmanager
async def serving(*routes: web.RouteDef) -> AsyncIterator[str]:
    runner, url = await http.serve(None, routes, 0, lambda: datetime.now(UTC), host="127.0.0.1")
    try:
        yield url
    finally:
        await runner.cleanup()


async def test_what_a_page_did_not_foresee_is_logged_and_told_to_nobody(quiet: list[Any]) -> None:
    async def broken(_request: web.Request) -> web.Response:
        raise RuntimeError("the secret is 1234")

    async with (
        serving(web.get("/broken", broken)) as url,
        ClientSession() as visitor,
        visitor.get(f"{url}/broken") as answer,
    ):
        assert answer.status == 500
        assert await answer.text() == "Something went wrong on our side. Nothing was changed; please try again.\n"
        assert missing(answer, https=False) == set()
    [event] = quiet
    assert (event["event"], event["page"]) == ("unexpected", "/broken")
    quiet.clear()
