"""Whatever is sent, in whatever place, has an answer in Slack's words; nothing ends in a fault of the sandbox."""

import itertools
from typing import Any

import pytest
from aiohttp import ClientSession, web

from sandbox.apps import App
from sandbox.page_api.doing import DEEDS
from sandbox.person import Person, Refused
from sandbox.server import Sandbox
from sandbox.web_api import METHODS
from tests.sandbox.test_delivery import listening

NONSENSE: list[Any] = [None, 0, -1, 1.5, True, "", "x", "C0GENERAL", "U0RITA", [], [1], {}, {"type": "x"}, "[", "\x00"]

ARGUMENTS = ["channel", "user", "users", "user_id", "ts", "text", "blocks", "attachments", "metadata", "thread_ts", "limit", "cursor", "types", "view", "view_id", "trigger_id", "hash", "external_id", "email", "usergroup", "bot", "message_ts", "oldest", "markdown_text"]  # fmt: skip # noqa: E501

SENT = ["channel", "text", "thread_ts", "command", "app", "callback_id", "message_ts", "container", "action", "state", "block_id", "action_id", "value", "view_id", "tab", "user"]  # fmt: skip # noqa: E501

GOOD_CALL = {"channel": "C0GENERAL", "text": "x", "user": "U0RITA", "user_id": "U0RITA", "view": {"type": "home", "blocks": []}}  # fmt: skip # noqa: E501


@pytest.mark.parametrize("method", METHODS)
async def test_nonsense_in_the_web_api(sandbox: Sandbox, app: App, method: str) -> None:
    headers = {"Authorization": f"Bearer {app.bot_token}"}
    async with ClientSession(headers=headers) as session:
        for name, value in itertools.product(ARGUMENTS, NONSENSE):
            body = {**GOOD_CALL, name: value}
            async with session.post(f"{sandbox.api_url}{method}", json=body) as answer:
                assert answer.status == 200, (name, value)
                assert (await answer.json()).get("error") != "internal_error"


@pytest.mark.parametrize("deed", [deed for deed in DEEDS if deed not in ("command", "shortcut")])
async def test_nonsense_in_the_page_api(sandbox: Sandbox, deed: str) -> None:
    good = {"as": "U0RITA", "channel": "C0GENERAL", "app": "A0SANDBOX", "user": "U0OMAR"}
    async with ClientSession() as session:
        for name, value in itertools.product(SENT, NONSENSE):
            async with session.post(f"{sandbox.url}/_page/{deed}", json={**good, name: value}) as answer:
                assert answer.status in (200, 400), (name, value)
                body = await answer.json()
                assert body["ok"] or body["error"]


@pytest.mark.parametrize("path", ["boot", "channels", "messages", "home", "views", "stream", "nothing"])
@pytest.mark.parametrize("query", ["", "as=U0NONE", "as=U0RITA", "as=U0RITA&channel=x", "as=U0RITA&limit=-1&channel=C0GENERAL"])  # fmt: skip # noqa: E501
async def test_nonsense_in_questions(sandbox: Sandbox, path: str, query: str) -> None:
    async with ClientSession() as session, session.get(f"{sandbox.url}/_page/{path}?{query}") as answer:
        assert answer.status in (200, 400, 404)


@pytest.mark.parametrize("body", ["[1]", "5", '{"text": 5}', '{"blocks": "x"}', '{"blocks": [1]}', '{"attachments": 1}', '{"text": "x", "thread_ts": [1]}', '{"delete_original": true}', '{"replace_original": true}'])  # fmt: skip # noqa: E501
async def test_nonsense_in_the_acknowledgement_of_a_command(body: str) -> None:
    async with listening() as (sandbox, _, heard), Person(sandbox.url, "U0RITA") as rita:
        heard.answers = [web.Response(text=body)]
        try:
            await rita.command("/hello")
        except Refused as refused:
            assert str(refused).startswith("/hello failed with the error")  # noqa: PT017 - both ends are fine
        assert "internal_error" not in [call.error for call in sandbox.calls]
