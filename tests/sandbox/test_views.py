"""Triggers, hashes, external ids and stacks: what views.* refuses and keeps."""

from typing import Any

import pytest
from aiohttp import ClientSession
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.apps import App
from sandbox.clock import Ids
from sandbox.person import Person, Refused
from sandbox.server import Sandbox
from sandbox.triggers import TriggerRefused, Triggers
from sandbox.workspace import Workspace

JSON = dict[str, Any]


def modal(title: str = "One", **more: Any) -> JSON:
    return {"type": "modal", "title": {"type": "plain_text", "text": title}, "blocks": [{"type": "divider"}], **more}


@pytest.fixture
def trigger(sandbox: Sandbox, app: App) -> Any:
    """Makes trigger ids, as something that Rita did would."""
    workspace: Workspace = sandbox.workspace
    return lambda: workspace.triggers.issue(app.id, "U0RITA")


async def error_of(call: Any) -> str:
    with pytest.raises(SlackApiError) as caught:
        await call
    return str(caught.value.response["error"])


async def test_a_trigger_opens_once(client: AsyncWebClient, trigger: Any) -> None:
    used = trigger()
    opened = await client.views_open(trigger_id=used, view=modal())
    assert opened["view"]["root_view_id"] == opened["view"]["id"]
    assert opened["view"]["state"] == {"values": {}}
    assert await error_of(client.views_open(trigger_id=used, view=modal())) == "exchanged_trigger_id"
    assert await error_of(client.views_open(trigger_id="1.2.3", view=modal())) == "invalid_trigger_id"


async def test_a_view_that_is_refused_costs_no_trigger(client: AsyncWebClient, trigger: Any) -> None:
    kept = trigger()
    assert await error_of(client.views_open(trigger_id=kept, view={"type": "modal"})) == "invalid_arguments"
    await client.views_open(trigger_id=kept, view=modal())


def test_a_trigger_lives_three_seconds_of_the_machines_time() -> None:
    seconds = 0.0
    triggers = Triggers(Ids(), lambda: seconds)
    early, late = triggers.issue("A", "U"), triggers.issue("A", "U")
    seconds = 3.0
    assert triggers.exchange(early, "A") == "U"
    seconds = 3.1
    with pytest.raises(TriggerRefused, match="expired_trigger_id"):
        triggers.exchange(late, "A")


def test_a_trigger_is_for_one_app() -> None:
    triggers = Triggers(Ids(), lambda: 0.0)
    with pytest.raises(TriggerRefused, match="invalid_trigger_id"):
        triggers.exchange(triggers.issue("A", "U"), "B")


async def test_three_views_and_no_more(client: AsyncWebClient, trigger: Any, sandbox: Sandbox) -> None:
    assert await error_of(client.views_push(trigger_id=trigger(), view=modal())) == "not_found"
    await client.views_open(trigger_id=trigger(), view=modal("One"))
    await client.views_push(trigger_id=trigger(), view=modal("Two"))
    await client.views_push(trigger_id=trigger(), view=modal("Three", clear_on_close=True))
    assert await error_of(client.views_push(trigger_id=trigger(), view=modal("Four"))) == "push_limit_reached"
    async with Person(sandbox.url, "U0RITA") as rita:
        await rita.modal("Three")
        await rita.close()
        await rita.no_modal()


async def test_updates_by_id_and_external_id_and_old_hashes(client: AsyncWebClient, trigger: Any) -> None:
    opened = (await client.views_open(trigger_id=trigger(), view=modal(external_id="form-1")))["view"]
    updated = (await client.views_update(view_id=opened["id"], hash=opened["hash"], view=modal("Two")))["view"]
    assert updated["id"] == opened["id"]
    assert updated["hash"] != opened["hash"]
    stale = client.views_update(view_id=opened["id"], hash=opened["hash"], view=modal("Three"))
    assert await error_of(stale) == "hash_conflict"


async def test_an_external_id_names_one_view(client: AsyncWebClient, trigger: Any) -> None:
    await client.views_open(trigger_id=trigger(), view=modal(external_id="form-1"))
    again = client.views_push(trigger_id=trigger(), view=modal(external_id="form-1"))
    assert await error_of(again) == "duplicate_external_id"
    found = await client.views_update(external_id="form-1", view=modal("Two", external_id="form-1"))
    assert found["view"]["title"]["text"] == "Two"


async def test_a_view_stays_what_it_is(client: AsyncWebClient, trigger: Any) -> None:
    opened = (await client.views_open(trigger_id=trigger(), view=modal()))["view"]
    home = {"type": "home", "blocks": []}
    assert await error_of(client.views_update(view_id=opened["id"], view=home)) == "invalid_arguments"
    assert await error_of(client.views_open(trigger_id=trigger(), view=home)) == "invalid_arguments"


async def test_a_form_gets_an_address_for_the_channel_that_was_chosen(
    sandbox: Sandbox, client: AsyncWebClient, trigger: Any
) -> None:
    select = {"type": "conversations_select", "action_id": "where", "response_url_enabled": True}
    block = {"type": "input", "block_id": "place", "label": {"type": "plain_text", "text": "Where"}, "element": select}
    view = modal("Share", submit={"type": "plain_text", "text": "Send"}, blocks=[block])
    await client.views_open(trigger_id=trigger(), view=view)
    async with Person(sandbox.url, "U0RITA") as rita:
        with pytest.raises(Refused):
            await rita.submit({"place": "general"})
        [sent] = sandbox.calls.named("view_submission")
        [address] = sent.detail["payload"]["response_urls"]
        assert (address["block_id"], address["action_id"], address["channel_id"]) == ("place", "where", "C0GENERAL")
        body = {"text": "Shared", "response_type": "in_channel"}
        async with ClientSession() as session, session.post(address["response_url"], json=body) as answer:
            assert answer.status == 200
        await rita.message("general", containing="Shared")
