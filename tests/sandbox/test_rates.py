"""Rate limits as Slack's own client meets them."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.apps import App
from sandbox.person import Person
from sandbox.rates import GRAIN, TIER_OF, Allowance, Rates, TooMany
from sandbox.server import Sandbox
from sandbox.web_api import METHODS
from sandbox.world import World
from tests.sandbox.conftest import installed
from tests.sandbox.seeds import SEED


class Seconds:
    """A monotonic clock that a test moves."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def taken(rates: Rates, method: str, channel: str = "C1", app: str = "A1", most: int = 1000) -> int:
    """How many calls pass before one is refused, of so many at most."""
    for count in range(most):
        try:
            rates.take(method, app, channel)
        except TooMany:
            return count
    return most


@pytest.mark.parametrize(
    ("method", "calls", "wait"),
    [
        ("conversations.listConnectInvites", 3, 180),
        ("users.list", 20, 60),
        ("apps.connections.open", 50, 60),
        ("users.conversations", 50, 60),
        ("chat.update", 50, 60),
        ("views.open", 100, 60),
        ("auth.test", 600, 60),
        ("chat.postMessage", 4, 4),
    ],
)
def test_each_tier_has_its_allowance_and_says_when_to_come_back(method: str, calls: int, wait: int) -> None:
    clock = Seconds()
    rates = Rates(True, clock)
    assert taken(rates, method) == calls
    with pytest.raises(TooMany) as caught:
        rates.take(method, "A1", "C1")
    assert caught.value.retry_after == wait
    clock.now += wait
    assert taken(rates, method) == calls


SECONDS = st.floats(0.0, 1e6, allow_nan=False)


@given(start=SECONDS, gaps=st.lists(st.floats(0.0, 90.0, allow_nan=False), max_size=60))
def test_no_stretch_of_a_minute_has_more_calls_than_the_tier(start: float, gaps: list[float]) -> None:
    clock = Seconds()
    clock.now = start
    rates = Rates(True, clock)
    rates.allow("users.list", 3)
    passed: list[float] = []
    for gap in gaps:
        clock.now += gap
        if taken(rates, "users.list", most=1):
            passed.append(clock.now)
    assert all(later - earlier >= 60 - 2 * GRAIN for earlier, later in zip(passed, passed[3:], strict=False))


@given(start=SECONDS, gaps=st.lists(st.floats(0.0, 20.0, allow_nan=False), min_size=2, max_size=2))
def test_each_call_is_given_back_a_minute_after_it_and_not_before(start: float, gaps: list[float]) -> None:
    clock = Seconds()
    clock.now = start
    rates = Rates(True, clock)
    rates.allow("users.list", 3)
    for gap in (*gaps, 0.0):
        assert taken(rates, "users.list", most=1) == 1
        clock.now += gap
    for _ in range(6):
        with pytest.raises(TooMany) as caught:
            rates.take("users.list", "A1")
        assert 1 <= caught.value.retry_after <= 60
        clock.now += caught.value.retry_after
        # Whoever waits as long as Slack said is let in, and not with more than has come back by then.
        assert 1 <= taken(rates, "users.list") <= 3


def test_apps_methods_and_channels_have_allowances_of_their_own() -> None:
    rates = Rates(True, Seconds())
    assert taken(rates, "users.list") == 20
    assert taken(rates, "conversations.list") == 20
    assert taken(rates, "users.list", app="A2") == 20
    assert taken(rates, "chat.postMessage", channel="C1") == 4
    assert taken(rates, "chat.postMessage", channel="C2") == 4


def test_the_whole_workspace_has_a_ceiling_for_posts() -> None:
    rates = Rates(True, Seconds())
    assert sum(taken(rates, "chat.postMessage", channel=f"C{number}") for number in range(10)) == 20


def test_limits_can_be_set_switched_and_lifted() -> None:
    rates = Rates(True, Seconds())
    rates.allow("conversations.history", 1)
    assert taken(rates, "conversations.history") == 1
    with rates.lifted():
        assert taken(rates, "conversations.history") == 1000
    assert taken(rates, "conversations.history") == 0
    rates.on = False
    assert taken(rates, "conversations.history") == 1000


def test_every_method_with_a_tier_is_there() -> None:
    known_without = {"auth.test", "chat.getPermalink", "chat.postMessage"}
    assert set(METHODS) - set(TIER_OF) <= known_without


@pytest.fixture
async def limited(app: App) -> AsyncIterator[Sandbox]:
    async with Sandbox(World.from_dict(SEED), [app], rates=True) as running:
        yield running


async def test_slack_answers_429_with_retry_after(limited: Sandbox, app: App) -> None:
    client = AsyncWebClient(token=app.bot_token, base_url=limited.api_url)
    for number in range(4):
        await client.chat_postMessage(channel="C0GENERAL", text=str(number))
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel="C0GENERAL", text="One too many")
    assert caught.value.response.status_code == 429
    assert caught.value.response.data == {"ok": False, "error": "ratelimited"}
    assert 1 <= int(caught.value.response.headers["Retry-After"]) <= 4
    await client.chat_postMessage(channel="C0ADVOCACY", text="Elsewhere")
    limited.rates.on = False
    await client.chat_postMessage(channel="C0GENERAL", text="Switched off")


async def test_an_app_is_told_that_it_misses_events(app: App) -> None:
    moment = datetime(2031, 5, 6, tzinfo=UTC)
    async with (
        Sandbox(World.from_dict(SEED), [app], now=lambda: moment, rates=True, retry_delays=()) as sandbox,
        Person(sandbox.url, "U0RITA") as rita,
    ):
        sandbox.rates.events = Allowance(2, 3600.0)
        for number in range(4):
            await rita.say(str(number), channel="general")
        await sandbox.settled()
        assert len(sandbox.calls.named("message")) == 2
        [told] = sandbox.calls.named("app_rate_limited")
        assert told.detail["payload"]["minute_rate_limited"] % 60 == 0


async def test_rates_are_off_unless_asked_for(sandbox: Sandbox, client: AsyncWebClient) -> None:
    for number in range(6):
        await client.chat_postMessage(channel="C0GENERAL", text=str(number))
    assert not sandbox.rates.on
    assert installed().installed
