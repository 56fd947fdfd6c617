"""The calendar that moves: schedules run in order, as if the time had passed, and messages come when they are due."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.apps import App
from sandbox.control import Control, ControlRefused
from sandbox.fast_forward import NotMoved
from sandbox.person import Person
from sandbox.server import Sandbox
from sandbox.world import World
from tests.patience import PATIENCE
from tests.sandbox.conftest import installed
from tests.sandbox.seeds import SEED

START = datetime(2031, 5, 5, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)


class Standing:
    """A calendar that stands still unless it is moved."""

    def __call__(self) -> datetime:
        return START


class Starting:
    """A calendar that stands still until it is started: until then, what comes soon is still to come."""

    def __init__(self) -> None:
        self._began: float | None = None

    def __call__(self) -> datetime:
        return START if self._began is None else START + timedelta(seconds=monotonic() - self._began)

    def start(self) -> None:
        self._began = monotonic()


class Every:
    """A driver with something to do every so often; it posts what time it finds."""

    def __init__(self, time: timedelta, name: str, log: list[tuple[str, datetime]]) -> None:
        self.time, self.name, self.log = time, name, log
        self.sandbox: Sandbox | None = None

    async def next_due(self, after: datetime) -> datetime | None:
        return START + self.time * ((after - START) // self.time + 1)

    async def tick(self, now: datetime) -> None:
        if (now - START) % self.time:
            return
        assert self.sandbox is not None
        self.log.append((self.name, self.sandbox.now()))


@pytest.fixture
async def sandbox(app: App) -> AsyncIterator[Sandbox]:
    async with Sandbox(World.from_dict(SEED, now=START), [app], now=Standing()) as running:
        yield running


async def test_what_is_due_happens_in_order_each_at_its_time(app: App) -> None:
    log: list[tuple[str, datetime]] = []
    drivers = [Every(timedelta(days=2), "two", log), Every(timedelta(days=3), "three", log)]
    async with Sandbox(World.from_dict(SEED, now=START), [app], now=Standing(), drivers=drivers) as sandbox:
        for driver in drivers:
            driver.sandbox = sandbox
        moved = await sandbox.calendar.by(timedelta(days=6))
        assert log == [
            ("two", START + 2 * DAY),
            ("three", START + 3 * DAY),
            ("two", START + 4 * DAY),
            ("two", START + 6 * DAY),
            ("three", START + 6 * DAY),
        ]
        assert moved.ticks == tuple(START + n * DAY for n in (2, 3, 4, 6))
        assert sandbox.now() == START + 6 * DAY
        assert (await sandbox.calendar.to_next()).end == START + 8 * DAY


async def test_a_quarter_passes_within_seconds(app: App) -> None:
    log: list[tuple[str, datetime]] = []
    hourly = Every(timedelta(hours=1), "hourly", log)
    async with Sandbox(World.from_dict(SEED, now=START), [app], now=Standing(), drivers=[hourly]) as sandbox:
        hourly.sandbox = sandbox
        async with asyncio.timeout(PATIENCE):
            await sandbox.calendar.by(timedelta(days=91))
        assert len(log) == 91 * 24


async def test_a_driver_may_come_later_and_go(sandbox: Sandbox) -> None:
    log: list[tuple[str, datetime]] = []
    daily = Every(DAY, "daily", log)
    daily.sandbox = sandbox
    sandbox.calendar.join(daily)
    await sandbox.calendar.by(2 * DAY)
    sandbox.calendar.leave(daily)
    await sandbox.calendar.by(2 * DAY)
    assert len(log) == 2


async def test_time_does_not_go_back(sandbox: Sandbox) -> None:
    with pytest.raises(NotMoved, match="not go back"):
        await sandbox.calendar.to(START - timedelta(seconds=1))
    with pytest.raises(NotMoved, match="time zone"):
        await sandbox.calendar.to(START.replace(tzinfo=None))
    with pytest.raises(NotMoved, match="nothing"):
        await sandbox.calendar.to_next()


async def test_a_driver_that_stands_still_is_named(app: App) -> None:
    class Stuck:
        async def next_due(self, after: datetime) -> datetime | None:
            return after

        async def tick(self, now: datetime) -> None:
            return

    async with Sandbox(World.from_dict(SEED), [app], drivers=[Stuck()]) as sandbox:
        with pytest.raises(NotMoved, match="as the next time after"):
            await sandbox.calendar.by(DAY)


async def test_an_app_that_cannot_say_what_is_next_hides_nothing_else(app: App) -> None:
    class Busy:
        async def next_due(self, after: datetime) -> datetime | None:
            raise OSError("the app's database is locked")

        async def tick(self, now: datetime) -> None:
            return

    async with (
        Sandbox(World.from_dict(SEED), [app], now=Standing(), drivers=[Busy()]) as sandbox,
        Control(sandbox.url) as control,
    ):
        state = await control.state()
        assert (state["now"], state["next_due"]) == (START.isoformat(), None)


async def test_rates_are_lifted_only_while_the_calendar_moves(app: App) -> None:
    seen: list[bool] = []

    class Looking:
        async def next_due(self, after: datetime) -> datetime | None:
            return START + DAY if after < START + DAY else None

        async def tick(self, now: datetime) -> None:
            seen.append(running.rates.on)

    async with Sandbox(World.from_dict(SEED), [app], now=Standing(), rates=True, drivers=[Looking()]) as running:
        await running.calendar.by(2 * DAY)
        assert seen == [False]
        assert running.rates.on
        [moved] = running.calls.named("clock moved")
        assert moved.detail["rates_lifted"] is True


async def test_the_control_api_and_every_page_know_the_time(sandbox: Sandbox) -> None:
    frames = sandbox.workspace.stream.listen("U0RITA").frames
    async with Control(sandbox.url) as control:
        assert (await control.state())["now"] == START.isoformat()
        assert (await control.move_clock(by="day"))["now"] == (START + DAY).isoformat()
        assert (await control.move_clock(by="week"))["now"] == (START + 8 * DAY).isoformat()
        assert (await control.move_clock(to=START + 9 * DAY))["ticks"] == []
        for bad in ({"to": "yesterday"}, {"to": START.isoformat()}, {"by": "year"}, {"by": "next"}, {}):
            with pytest.raises(ControlRefused):
                await control.demand("clock", **bad)
    told = [frame for _ in range(frames.qsize()) if (frame := frames.get_nowait()) and frame["type"] == "clock"]
    assert [frame["now"] for frame in told] == [(START + n * DAY).isoformat() for n in (1, 8, 9)]


def at(**time: int) -> int:
    return int((START + timedelta(**time)).timestamp())


async def refused(client: AsyncWebClient, method: str, **arguments: Any) -> str:
    with pytest.raises(SlackApiError) as caught:
        await client.api_call(method, json=arguments)
    return str(caught.value.response["error"])


async def test_a_scheduled_message_comes_when_it_is_due(sandbox: Sandbox, client: AsyncWebClient) -> None:
    answer = await client.chat_scheduleMessage(channel="C0ADVOCACY", text="Tomorrow", post_at=at(days=1))
    assert answer["scheduled_message_id"].startswith("Q")
    assert answer["post_at"] == at(days=1)
    [listed] = (await client.chat_scheduledMessages_list())["scheduled_messages"]
    assert (listed["channel_id"], listed["post_at"], listed["text"]) == ("C0ADVOCACY", at(days=1), "Tomorrow")
    moved = await sandbox.calendar.by(2 * DAY)
    assert moved.ticks == (START + DAY,)
    [message] = (await client.conversations_history(channel="C0ADVOCACY"))["messages"]
    assert message["text"] == "Tomorrow"
    assert message["ts"].startswith(str(at(days=1)))
    assert (await client.chat_scheduledMessages_list())["scheduled_messages"] == []


async def test_a_scheduled_message_comes_by_itself_as_time_goes_by(app: App) -> None:
    calendar = Starting()
    async with Sandbox(World.from_dict(SEED), [app], now=calendar) as sandbox, Person(sandbox.url, "U0OMAR") as omar:
        client = AsyncWebClient(token=app.bot_token, base_url=sandbox.api_url)
        await client.chat_scheduleMessage(channel="C0ADVOCACY", text="Soon", post_at=at(seconds=1))
        calendar.start()
        await omar.message("advocacy", containing="Soon")


async def test_what_is_deleted_does_not_come(sandbox: Sandbox, client: AsyncWebClient) -> None:
    made = await client.chat_scheduleMessage(channel="C0ADVOCACY", text="No", post_at=at(hours=1))
    await client.chat_deleteScheduledMessage(channel="C0ADVOCACY", scheduled_message_id=made["scheduled_message_id"])
    await sandbox.calendar.by(DAY)
    assert (await client.conversations_history(channel="C0ADVOCACY"))["messages"] == []


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"post_at": "soon"}, "invalid_time"),
        ({}, "invalid_arguments"),
        ({"post_at": at(seconds=-1)}, "time_in_past"),
        ({"post_at": at(days=121)}, "time_too_far"),
        ({"post_at": at(days=1), "text": ""}, "no_text"),
        ({"post_at": at(days=1), "channel": "C0NONE"}, "channel_not_found"),
        ({"post_at": at(days=1), "channel": "C0EMPTY"}, "not_in_channel"),
        ({"post_at": at(days=1), "thread_ts": "1.000001"}, "thread_not_found"),
    ],
)
async def test_what_cannot_be_scheduled(client: AsyncWebClient, arguments: dict[str, Any], error: str) -> None:
    good = {"channel": "C0GENERAL", "text": "x"}
    assert await refused(client, "chat.scheduleMessage", **{**good, **arguments}) == error


async def test_thirty_in_five_minutes_are_enough(client: AsyncWebClient) -> None:
    for number in range(30):
        await client.chat_scheduleMessage(channel="C0GENERAL", text="x", post_at=at(hours=1, seconds=number * 9))
    for time in (at(hours=1), at(hours=1, seconds=299)):
        assert await refused(client, "chat.scheduleMessage", channel="C0GENERAL", text="x", post_at=time) == (
            "restricted_too_many"
        )
    await client.chat_scheduleMessage(channel="C0GENERAL", text="x", post_at=at(hours=1, seconds=300))
    await client.chat_scheduleMessage(channel="C0ADVOCACY", text="x", post_at=at(hours=1))


async def test_what_cannot_be_deleted_or_listed(client: AsyncWebClient) -> None:
    made = await client.chat_scheduleMessage(channel="C0GENERAL", text="x", post_at=at(seconds=50))
    known = {"channel": "C0GENERAL", "scheduled_message_id": made["scheduled_message_id"]}
    for wrong in (known, {**known, "channel": "C0EMPTY"}, {**known, "scheduled_message_id": "Q0"}):
        assert await refused(client, "chat.deleteScheduledMessage", **wrong) == "invalid_scheduled_message_id"
    assert await refused(client, "chat.scheduledMessages.list", channel="C0NONE") == "invalid_channel"


async def test_what_became_impossible_is_not_posted_and_the_log_says_so(sandbox: Sandbox, app: App) -> None:
    client = AsyncWebClient(token=app.bot_token, base_url=sandbox.api_url)
    metadata = {"event_type": "x", "event_payload": {}}
    await client.chat_scheduleMessage(channel="C0ADVOCACY", text="x", post_at=at(hours=1))
    await client.chat_scheduleMessage(channel="C0GENERAL", text="x", post_at=at(hours=2), metadata=metadata)
    sandbox.admin.archive("advocacy")
    await sandbox.calendar.by(DAY)
    assert [call.error for call in sandbox.calls.named("scheduled message")] == [
        "is_archived",
        "scheduled messages with metadata are not posted",
    ]


async def test_unacknowledged_events_come_again_at_once_while_the_calendar_moves() -> None:
    app = installed(transport="http")
    async with Sandbox(World.from_dict(SEED), [app], retry_delays=(600.0, 600.0)) as sandbox:
        async with Person(sandbox.url, "U0RITA") as rita:
            await rita.say("Nobody listens", channel="general")
        # It does not wait for the minute and the five.
        async with asyncio.timeout(PATIENCE):
            await sandbox.calendar.by(DAY)
        assert [call.detail["retry"] for call in sandbox.calls.named("message")][:2] == [0, 1]
