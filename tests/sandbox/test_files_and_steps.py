"""Files that apps upload and steps of workflows, through Slack's own client and Bolt."""

from typing import Any

import pytest
from aiohttp import ClientSession, FormData
from slack_bolt.async_app import AsyncApp
from slack_bolt.context.complete.async_complete import AsyncComplete
from slack_bolt.context.fail.async_fail import AsyncFail
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.apps import App
from sandbox.person import Person, Refused
from sandbox.server import Sandbox
from sandbox.stream import Listener
from sandbox.world import World
from tests.patience import UNHURRIED
from tests.sandbox.conftest import over_http, over_socket
from tests.sandbox.greeter import Greeter
from tests.sandbox.refused import refusal
from tests.sandbox.seeds import MANIFEST, SEED, manifest

JSON = dict[str, Any]

SCOPES = [*MANIFEST["oauth_config"]["scopes"]["bot"], "files:read", "files:write"]


@pytest.fixture
def app() -> App:
    return App.from_manifest(manifest(scopes=SCOPES), channels=["general", "advocacy"])


async def test_slacks_own_client_uploads_a_file(sandbox: Sandbox, app: App, client: AsyncWebClient) -> None:
    answer = await client.files_upload_v2(
        filename="report.csv", content="a,b\n1,2\n", title="The report", channel="C0ADVOCACY", initial_comment="Here"
    )
    [file] = answer["files"]
    assert (file["title"], file["mimetype"], file["size"]) == ("The report", "text/csv", 8)
    async with Person(sandbox.url, "U0OMAR") as omar:
        message = await omar.message("advocacy", containing="Here")
        assert message["files"][0]["id"] == file["id"]
    async with ClientSession() as session:
        headers = {"Authorization": f"Bearer {app.bot_token}"}
        async with session.get(file["url_private"], headers=headers) as got:
            assert (got.status, await got.text()) == (200, "a,b\n1,2\n")
            assert "default-src 'none'" in got.headers["Content-Security-Policy"]
        for who, status in (("U0OMAR", 200), ("U0RITA", 404), ("U0NONE", 404), ("", 404)):
            async with session.get(file["url_private"], params={"as": who}) as got:
                assert got.status == status, who


async def test_a_file_for_nobody_and_one_in_a_thread(client: AsyncWebClient) -> None:
    alone = await client.files_upload_v2(filename="x.txt", content="x")
    assert alone["files"][0]["is_public"] is False
    parent = await client.chat_postMessage(channel="C0GENERAL", text="Parent")
    await client.files_upload_v2(filename="x.txt", content="x", channel="C0GENERAL", thread_ts=parent["ts"])
    replies = (await client.conversations_replies(channel="C0GENERAL", ts=parent["ts"]))["messages"]
    assert [len(message.get("files", [])) for message in replies] == [0, 1]


async def test_an_app_asks_about_its_own_files_and_those_it_sees(sandbox: Sandbox, client: AsyncWebClient) -> None:
    alone = (await client.files_upload_v2(filename="x.txt", content="x"))["files"][0]["id"]
    shown = (await client.files_upload_v2(filename="y.txt", content="y", channel="C0ADVOCACY"))["files"][0]["id"]
    _, begun = await announced(client)
    places = [
        (answer["file"]["channels"], answer["file"]["groups"])
        for answer in [await client.files_info(file=file) for file in (alone, shown)]
    ]
    assert places == [([], []), ([], ["C0ADVOCACY"])]
    foreign = sandbox.workspace.files.keep("U0RITA", "z.txt", b"z", created=1)
    for unseen in (begun, foreign.id, "F0NONE"):
        assert (await refusal(client, "files.info", file=unseen))["error"] == "file_not_found"
    foreign.shared.append("C0GENERAL")
    assert (await client.files_info(file=foreign.id))["file"]["channels"] == ["C0GENERAL"]


async def announced(client: AsyncWebClient, length: int = 3) -> tuple[str, str]:
    answer = await client.files_getUploadURLExternal(filename="x.txt", length=length)
    return answer["upload_url"], answer["file_id"]


async def test_an_upload_address_takes_the_announced_bytes_once(client: AsyncWebClient) -> None:
    url, file_id = await announced(client)
    form = FormData()
    form.add_field("file", b"abc", filename="x.txt")
    async with ClientSession() as session:
        for body, status in ((b"ab", 400), (b"abcd" * 100_000, 400), (form, 200), (b"abc", 404)):
            async with session.post(url, data=body) as answer:
                assert answer.status == status
    await client.files_completeUploadExternal(files=[{"id": file_id}])
    assert (await refusal(client, "files.completeUploadExternal", files=[{"id": file_id}]))["error"] == "file_not_found"


@pytest.mark.parametrize(
    ("method", "arguments", "error"),
    [
        ("files.getUploadURLExternal", {"length": 1}, "invalid_arguments"),
        ("files.getUploadURLExternal", {"filename": "x"}, "invalid_arguments"),
        ("files.getUploadURLExternal", {"filename": "x", "length": 2**40}, "file_upload_size_restricted"),
        ("files.completeUploadExternal", {}, "invalid_arguments"),
        ("files.completeUploadExternal", {"files": [{}]}, "invalid_arguments"),
        ("files.completeUploadExternal", {"files": [{"id": "F0NONE"}]}, "file_not_found"),
    ],
)
async def test_refusals(client: AsyncWebClient, method: str, arguments: JSON, error: str) -> None:
    assert (await refusal(client, method, **arguments))["error"] == error


@pytest.mark.parametrize(
    ("channel", "error"),
    [
        ("general", "invalid_arguments"),
        ("U0RITA", "invalid_arguments"),
        ("C0NONE", "channel_not_found"),
        ("C0EMPTY", "not_in_channel"),
        ("C0OLD", "posting_to_channel_denied"),
    ],
)
async def test_where_a_file_cannot_go(client: AsyncWebClient, channel: str, error: str) -> None:
    url, file_id = await announced(client)
    async with ClientSession() as session, session.post(url, data=b"abc"):
        wanted = {"files": [{"id": file_id}], "channel_id": channel}
    assert (await refusal(client, "files.completeUploadExternal", **wanted))["error"] == error
    await client.files_completeUploadExternal(files=[{"id": file_id}], channel_id="C0GENERAL")


STEP = {
    "nominate": {
        "title": "Nominate",
        "description": "Nominates a customer",
        "input_parameters": {
            "company": {"type": "string", "title": "Company", "description": "", "is_required": True},
            "seats": {"type": "integer", "title": "Seats", "description": ""},
        },
        "output_parameters": {
            "link": {"type": "string", "title": "Link", "description": "", "is_required": True},
        },
    }
}


def with_step() -> JSON:
    events = [*MANIFEST["settings"]["event_subscriptions"]["bot_events"], "function_executed"]
    found = manifest(events=events)
    found["settings"]["org_deploy_enabled"] = True
    return {**found, "functions": STEP}


def stepping(bolt: AsyncApp) -> None:
    @bolt.function("nominate")
    async def nominate(inputs: JSON, complete: AsyncComplete, fail: AsyncFail) -> None:
        if inputs["company"] == "Nobody":
            await fail("Nobody cannot be nominated")
        else:
            await complete({"link": f"about {inputs['company']}"})


async def ended(listener: Listener) -> JSON:
    while True:
        frame = await listener.frames.get()
        assert frame is not None
        if frame["type"] == "step":
            execution: JSON = frame["execution"]
            return execution


@pytest.mark.parametrize("transport", ["socket", "http"])
async def test_a_step_is_run_and_ended_by_its_app(transport: Any) -> None:
    app = App.from_manifest(with_step(), transport=transport, channels=["general", "advocacy"])
    connect = over_socket if transport == "socket" else over_http
    async with Sandbox(World.from_dict(SEED), [app], **UNHURRIED) as sandbox, Person(sandbox.url, "U0RITA") as rita:
        async with connect(app, sandbox) as greeter:
            assert isinstance(greeter, Greeter)
            stepping(greeter.bolt)
            pushes = sandbox.workspace.stream.listen("U0RITA")
            begun = await rita.run_step("nominate", company="Harbor")
            assert begun["status"] == "running"
            done = await ended(pushes)
            assert (done["status"], done["outputs"]) == ("completed", {"link": "about Harbor"})
            await rita.run_step("nominate", company="Nobody", seats=3)
            assert (await ended(pushes))["error"] == "Nobody cannot be nominated"
        texts = [m["text"] for c in sandbox.world.channels_of("U0RITA") if c.is_im for m in c.messages.values()]
        assert texts == ["The step “Nominate” of Greeter failed: Nobody cannot be nominated"]


@pytest.mark.parametrize("inputs", [{}, {"company": 5}, {"company": "x", "seats": True}, {"company": "x", "more": 1}])
async def test_a_step_that_cannot_start(inputs: JSON) -> None:
    app = App.from_manifest(with_step(), channels=["general"])
    async with Sandbox(World.from_dict(SEED), [app], **UNHURRIED) as sandbox, Person(sandbox.url, "U0RITA") as rita:
        with pytest.raises(Refused, match="cannot start"):
            await rita.run_step("nominate", **inputs)
        with pytest.raises(Refused, match="no step"):
            await rita.run_step("nothing")


async def test_a_step_is_ended_once_and_rightly() -> None:
    app = App.from_manifest(with_step(), channels=["general"])
    other = App.from_manifest(with_step(), app_id="A0OTHER")
    async with (
        Sandbox(World.from_dict(SEED), [app, other], **UNHURRIED) as sandbox,
        Person(sandbox.url, "U0RITA") as rita,
    ):
        run = (await rita.run_step("nominate", app="A0SANDBOX", company="x"))["id"]
        [execution] = sandbox.workspace.executions.values()
        client = AsyncWebClient(token=execution.token, base_url=sandbox.api_url)
        stranger = AsyncWebClient(token=other.bot_token, base_url=sandbox.api_url)
        method, good = "functions.completeSuccess", {"function_execution_id": run, "outputs": {"link": "x"}}
        assert (await refusal(stranger, method, **good))["error"] == "access_denied"
        for bad in ({}, {"link": 1}, {"link": "x", "more": "x"}):
            answer = await refusal(client, method, **{**good, "outputs": bad})
            assert answer["error"] == "parameter_validation_failed"
            assert answer["response_metadata"]["messages"]
        assert (await refusal(client, method, **{**good, "outputs": 5}))["error"] == "invalid_arguments"
        await client.api_call(method, json=good)
        assert (await refusal(client, method, **good))["error"] == "execution_not_in_running_state"
        unknown = {**good, "function_execution_id": "Fx0"}
        assert (await refusal(client, method, **unknown))["error"] == "function_execution_not_found"


async def test_a_step_is_given_up_once_and_with_a_reason() -> None:
    app = App.from_manifest(with_step(), channels=["general"])
    other = App.from_manifest(with_step(), app_id="A0OTHER")
    async with (
        Sandbox(World.from_dict(SEED), [app, other], **UNHURRIED) as sandbox,
        Person(sandbox.url, "U0RITA") as rita,
    ):
        run = (await rita.run_step("nominate", app="A0SANDBOX", company="x"))["id"]
        [execution] = sandbox.workspace.executions.values()
        client = AsyncWebClient(token=execution.token, base_url=sandbox.api_url)
        stranger = AsyncWebClient(token=other.bot_token, base_url=sandbox.api_url)
        method, good = "functions.completeError", {"function_execution_id": run, "error": "No such company"}
        assert (await refusal(stranger, method, **good))["error"] == "access_denied"
        for missing in good:
            less = {key: value for key, value in good.items() if key != missing}
            assert (await refusal(client, method, **less))["error"] == "invalid_arguments"
        await client.api_call(method, json=good)
        assert (await refusal(client, method, **good))["error"] == "execution_not_in_running_state"
        unknown = {**good, "function_execution_id": "Fx0"}
        assert (await refusal(client, method, **unknown))["error"] == "function_execution_not_found"
