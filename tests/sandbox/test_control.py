"""Faults on demand through the control API: what tests and the page set, as an app meets it."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientError, ClientSession
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.apps import App
from sandbox.control import Control, ControlRefused
from sandbox.control_api.deeds import DEEDS
from sandbox.person import Person, Refused
from sandbox.server import Sandbox
from tests.sandbox.greeter import Greeter


@pytest.fixture
async def control(sandbox: Sandbox) -> AsyncIterator[Control]:
    async with Control(sandbox.url) as found:
        yield found


@pytest.fixture
def impatient(client: AsyncWebClient) -> AsyncWebClient:
    """Slack's client without its own retries."""
    return AsyncWebClient(token=client.token, base_url=client.base_url, retry_handlers=[])


async def texts(client: AsyncWebClient) -> list[str]:
    return [m["text"] for m in (await client.conversations_history(channel="C0ADVOCACY"))["messages"]]


async def test_calls_fail_so_often(control: Control, impatient: AsyncWebClient) -> None:
    await control.fail("auth.test", "internal_error", status=500, times=2)
    for _ in range(2):
        with pytest.raises(SlackApiError, match="internal_error"):
            await impatient.auth_test()
    assert (await impatient.auth_test())["ok"] is True


async def test_a_storm_of_429(control: Control, impatient: AsyncWebClient) -> None:
    await control.storm(calls=3, retry_after=9)
    for method in ("auth.test", "team.info", "users.list"):
        with pytest.raises(SlackApiError) as caught:
            await impatient.api_call(method)
        assert caught.value.response.headers["Retry-After"] == "9"
    assert (await impatient.auth_test())["ok"] is True


@pytest.mark.parametrize(("when", "left"), [("before", []), ("after", ["Once"])])
async def test_a_connection_is_cut(control: Control, impatient: AsyncWebClient, when: str, left: list[str]) -> None:
    await control.demand("drop", method="chat.postMessage", when=when)
    with pytest.raises(ClientError):
        await impatient.chat_postMessage(channel="C0ADVOCACY", text="Once")
    assert await texts(impatient) == left


async def test_the_state_and_its_end(control: Control, impatient: AsyncWebClient) -> None:
    await control.limit("auth.test", times=None)
    await control.delay("team.info", 0.5)
    await control.deliveries("twice", "message")
    await control.rates(True)
    state = await control.state()
    assert [fault["method"] for fault in state["faults"]] == ["auth.test", "team.info"]
    assert [fault["mishap"] for fault in state["delivery_faults"]] == ["twice"]
    assert state["rates"] is True
    await control.clear()
    state = await control.state()
    assert state["faults"] == state["delivery_faults"] == []
    assert (await impatient.auth_test())["ok"] is True


async def test_a_revoked_token(control: Control, impatient: AsyncWebClient) -> None:
    await control.revoke()
    with pytest.raises(SlackApiError, match="token_revoked"):
        await impatient.auth_test()
    await control.uninstall()
    with pytest.raises(SlackApiError, match="account_inactive"):
        await impatient.auth_test()


async def test_archived_and_deactivated(control: Control, impatient: AsyncWebClient) -> None:
    await control.archive("advocacy")
    with pytest.raises(SlackApiError, match="is_archived"):
        await impatient.chat_postMessage(channel="C0ADVOCACY", text="x")
    await control.archive("advocacy", archived=False)
    await impatient.chat_postMessage(channel="C0ADVOCACY", text="x")
    await control.deactivate("U0RITA")
    with pytest.raises(SlackApiError, match="user_not_found"):
        await impatient.chat_postMessage(channel="U0RITA", text="x")


def heard(greeter: Greeter) -> list[str]:
    return [event["text"] for event in greeter.seen if "text" in event]


async def test_deliveries_come_again_when_the_acknowledgement_is_lost(served: tuple[Sandbox, App, Greeter]) -> None:
    sandbox, _, greeter = served
    async with Control(sandbox.url) as control, Person(sandbox.url, "U0RITA") as rita:
        await control.deliveries("unacknowledged", "message", times=2)
        await rita.say("Hello", channel="general")
        await sandbox.settled()
        assert heard(greeter) == ["Hello"] * 3


async def test_deliveries_come_twice_and_out_of_order(served: tuple[Sandbox, App, Greeter]) -> None:
    sandbox, _, greeter = served
    async with Control(sandbox.url) as control, Person(sandbox.url, "U0RITA") as rita:
        await control.deliveries("twice", "message")
        await rita.say("Twice", channel="general")
        await sandbox.settled()
        await control.deliveries("held", "message")
        await rita.say("First", channel="general")
        await rita.say("Second", channel="general")
        await sandbox.settled()
        assert heard(greeter) == ["Twice", "Twice", "Second", "First"]
        await control.deliveries("held", "message")
        await rita.say("Last", channel="general")
        assert (await control.state())["held"] == 1
        await control.clear()
        await sandbox.settled()
        assert heard(greeter)[-1] == "Last"


@pytest.mark.parametrize("mishap", ["unreachable", "unacknowledged"])
async def test_a_person_reads_that_the_app_did_not_respond(served: tuple[Sandbox, App, Greeter], mishap: str) -> None:
    sandbox, _, greeter = served
    async with Control(sandbox.url) as control, Person(sandbox.url, "U0RITA") as rita:
        await control.demand("deliveries", mishap=mishap, name="/hello")
        with pytest.raises(Refused, match="did not respond"):
            await rita.command("/hello", "quickly")
        assert len(greeter.seen) == (mishap == "unacknowledged")


async def test_an_app_comes_back_after_it_was_told_to_go(served: tuple[Sandbox, App, Greeter]) -> None:
    sandbox, app, greeter = served
    async with Control(sandbox.url) as control, Person(sandbox.url, "U0RITA") as rita:
        await control.disconnect("warning")
        await control.disconnect("refresh_requested")
        await sandbox.until_connected(app)
        await rita.command("/hello", "quickly")
        assert greeter.seen


@pytest.mark.parametrize(
    ("name", "values", "complaint"),
    [
        ("fail", {}, "`method` must be a string"),
        ("fail", {"method": "x", "error": "y", "status": 9999}, "HTTP status"),
        ("limit", {"method": "x", "retry_after": -1}, "at least 0"),
        ("limit", {"method": "x", "times": 0}, "at least 1"),
        ("delay", {"method": "x", "seconds": 61}, "from 0 to 60"),
        ("drop", {"method": "x", "when": "later"}, "one of: before, after"),
        ("deliveries", {"mishap": "x"}, "must be one of"),
        ("rates", {"on": 1}, "true or false"),
        ("archive", {"channel": "nowhere"}, "a channel"),
        ("deactivate", {"user": "USLACKBOT"}, "a person"),
        ("revoke", {"app": "A0NONE"}, "an app"),
        ("disconnect", {"reason": "x"}, "must be one of"),
        ("nonsense", {}, "no such demand"),
    ],
)
async def test_demands_that_are_none(control: Control, name: str, values: dict[str, object], complaint: str) -> None:
    with pytest.raises(ControlRefused, match=complaint):
        await control.demand(name, **values)


@pytest.mark.parametrize("body", ["{", "[]", "5", "null", '"x"', "[" * 100_000])
async def test_bodies_that_are_no_demand(sandbox: Sandbox, body: str) -> None:
    async with ClientSession() as session:
        for name in DEEDS:
            async with session.post(f"{sandbox.url}/_control/{name}", data=body) as answer:
                assert answer.status == 400, name
