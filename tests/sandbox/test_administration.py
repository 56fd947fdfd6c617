"""What an administrator does, as apps hear of it."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from aiohttp import web
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.administration import Administration
from sandbox.apps import App
from sandbox.server import Sandbox
from sandbox.world import World
from tests.patience import UNHURRIED
from tests.sandbox.conftest import installed
from tests.sandbox.seeds import SEED, manifest
from tests.sandbox.test_delivery import Listening

JSON = dict[str, Any]

EVENTS = [
    "app_uninstalled",
    "channel_archive",
    "channel_rename",
    "channel_unarchive",
    "group_archive",
    "member_joined_channel",
    "member_left_channel",
    "subteam_members_changed",
    "team_join",
    "tokens_revoked",
    "user_change",
]


@pytest.mark.parametrize(
    ("deed", "told"),
    [
        (lambda admin: admin.add_user({"id": "U0NEW", "name": "nora"}), {"team_join": ("user", "id", "U0NEW")}),
        (lambda admin: admin.change_user("U0RITA", deleted=True), {"user_change": ("user", "deleted", True)}),
        (lambda admin: admin.change_user("U0RITA", profile={"title": "VP"}), {"user_change": ("user", "id", "U0RITA")}),
        (lambda admin: admin.add_member("general", "U0GUS"), {"member_joined_channel": ("user", "U0GUS")}),
        (lambda admin: admin.add_member("general", "U0RITA"), {}),
        (lambda admin: admin.remove_member("general", "U0RITA"), {"member_left_channel": ("user", "U0RITA")}),
        (lambda admin: admin.remove_member("general", "U0SANDBOX"), {"member_left_channel": ("user", "U0SANDBOX")}),
        (lambda admin: admin.archive("empty"), {"channel_archive": ("channel", "C0EMPTY")}),
        (lambda admin: admin.unarchive("old"), {"channel_unarchive": ("channel", "C0OLD")}),
        (lambda admin: admin.archive("advocacy"), {"group_archive": ("channel", "C0ADVOCACY")}),
        (lambda admin: admin.rename("empty", "full"), {"channel_rename": ("channel", "name", "full")}),
        (lambda admin: admin.rename("advocacy", "x"), {}),
        (lambda admin: admin.set_group("advocacy", []), {"subteam_members_changed": ("removed_users", 0, "U0OMAR")}),
        (lambda admin: admin.set_group("new", ["U0RITA"]), {"subteam_members_changed": ("added_users", 0, "U0RITA")}),
    ],
)  # fmt: skip
async def test_apps_hear_of_it(deed: Callable[[Administration], Any], told: JSON) -> None:
    heard = Listening()
    application = web.Application()
    application.router.add_post("/", heard.take)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/"
    app = App.from_manifest(
        manifest(events=EVENTS), transport="http", request_url=url, channels=["general", "advocacy"]
    )
    try:
        async with Sandbox(World.from_dict(SEED), [app], **UNHURRIED) as sandbox:
            deed(sandbox.admin)
            await sandbox.settled()
    finally:
        await runner.cleanup()
    events = {event["type"]: event for event in (json.loads(body)["event"] for _, body in heard.requests)}
    assert events.keys() == told.keys()
    for name, (*path, expected) in told.items():
        value: Any = events[name]
        for key in path:
            value = value[key]
        assert value == expected


async def test_an_uninstalled_app_may_do_nothing(sandbox: Sandbox, app: App, client: AsyncWebClient) -> None:
    sandbox.admin.uninstall(app)
    with pytest.raises(SlackApiError, match="account_inactive"):
        await client.auth_test()


async def test_a_channel_that_is_not_there(sandbox: Sandbox) -> None:
    with pytest.raises(KeyError):
        sandbox.admin.archive("nowhere")


async def test_messages_are_dated_by_the_calendar_that_is_given() -> None:
    app = installed()
    moment = datetime(2031, 5, 6, tzinfo=UTC)
    async with Sandbox(World.from_dict(SEED, now=moment), [app], now=lambda: moment) as sandbox:
        client = AsyncWebClient(token=app.bot_token, base_url=sandbox.api_url)
        posted = await client.chat_postMessage(channel="C0GENERAL", text="x")
        assert posted["ts"].partition(".")[0] == str(int(moment.timestamp()))
