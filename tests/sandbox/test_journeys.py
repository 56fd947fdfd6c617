"""People and a real Bolt app through the sandbox, over both transports."""

import asyncio

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.apps import App
from sandbox.person import NotSeen, Person, Refused
from sandbox.server import Sandbox
from tests.sandbox.greeter import Greeter, home

Served = tuple[Sandbox, App, Greeter]


async def test_command_to_modal_to_message_to_button_to_update(served: Served) -> None:
    sandbox, _, _ = served
    async with Person(sandbox.url, "U0RITA") as rita, Person(sandbox.url, "U0OMAR") as omar:
        await rita.command("/hello", "Ada", channel="general")
        view = await rita.modal("greeting")
        assert "Say hello" in rita.text_of(view)
        assert "Ada" in rita.text_of(view)
        done = await rita.submit({"company": "Acme 2", "Tone": "Warm"})
        assert done.result == "close"
        await rita.no_modal()

        message = await omar.message("advocacy", containing="Hello *Ada* of Acme 2")
        await omar.click(message, "Wave back")
        changed = await omar.message("advocacy", containing="@omar waved")
        assert changed["ts"] == message["ts"]
        await omar.click(changed, "menu", value="Delete")
        await omar.say("still here?", channel="advocacy")
        await omar.message("advocacy", containing="still here?")
        assert [m["ts"] for m in await omar.messages("advocacy") if m["ts"] == message["ts"]] == []


async def test_typed_values_survive_an_update_of_the_view(served: Served) -> None:
    sandbox, _, greeter = served
    async with Person(sandbox.url, "U0RITA") as rita:
        await rita.command("/hello", "Ada")
        view = await rita.modal()
        await rita.fill({"name": "Grace", "company": "Acme 1"})
        await rita.click(view, "Add details")
        wide = await rita.modal(containing="When")
        assert wide["id"] == view["id"]
        await rita.submit({"when": "2026-12-24"})
        values = greeter.seen[-1]
        assert values["name"]["typed"]["value"] == "Grace"
        assert values["company"]["company"]["selected_option"]["value"] == "c1"
        assert values["when"]["when"] == {"type": "datepicker", "selected_date": "2026-12-24"}


async def test_answers_to_a_submission(served: Served) -> None:
    sandbox, _, _ = served
    async with Person(sandbox.url, "U0RITA") as rita:
        await rita.command("/hello", "Nobody")
        await rita.modal()
        missing = await rita.submit()
        assert missing.errors == {"company": "Please complete this required field."}
        refused = await rita.submit({"company": "Acme 1"})
        assert (refused.result, refused.errors) == ("errors", {"name": "Nobody cannot be greeted"})
        again = await rita.submit({"name": "Again"})
        assert again.result == "update"
        pushed = await rita.submit({"name": "Deeper"})
        assert pushed.result == "push"
        second = await rita.modal(containing="Second")
        assert second["previous_view_id"] == second["root_view_id"] != second["id"]
        with pytest.raises(Refused, match="We had some trouble connecting"):
            await rita.submit({"name": "Badly", "company": "Acme 1"})
        assert (await rita.submit({"name": "All"})).result == "clear"
        await rita.no_modal()


async def test_closing_tells_the_app(served: Served) -> None:
    sandbox, _, greeter = served
    async with Person(sandbox.url, "U0RITA") as rita:
        await rita.command("/hello", "Ada")
        await rita.modal()
        await rita.close()
        await sandbox.settled()
        assert greeter.seen[-1]["type"] == "view_closed"
        assert greeter.seen[-1]["is_cleared"] is False


async def test_the_acknowledgement_of_a_command_is_seen_by_its_author_alone(served: Served) -> None:
    sandbox, _, _ = served
    async with Person(sandbox.url, "U0RITA") as rita, Person(sandbox.url, "U0OMAR") as omar:
        await rita.command("/hello", "quickly")
        seen = await rita.message("general", containing="Hello, quickly")
        assert seen["is_ephemeral"] is True
        assert "Hello, quickly" not in [omar.text_of(m) for m in await omar.messages("general")]


async def test_shortcuts(served: Served) -> None:
    sandbox, _, _ = served
    async with Person(sandbox.url, "U0RITA") as rita:
        await rita.shortcut("Say hello")
        await rita.modal(containing="Shortcut")
        await rita.close()
        message = await rita.message("general", containing="delighted")
        await rita.message_shortcut(message, "answer")
        await rita.message("general", containing="You chose: Acme are delighted")


async def test_home_and_a_choice_in_it(served: Served) -> None:
    sandbox, _, _ = served
    async with Person(sandbox.url, "U0RITA") as rita:
        view = await rita.home(containing="Welcome home")
        await rita.choose(view, "pick", "Second")
        await rita.home(containing="You picked two", after=view, open_tab=False)


async def test_direct_messages_mentions_and_events(served: Served) -> None:
    sandbox, _, greeter = served
    async with Person(sandbox.url, "U0RITA") as rita:
        await rita.say("Q&A <now>")
        answer = await rita.message(containing="You said")
        assert rita.text_of(answer) == "You said: Q&A <now>"
        asked = await rita.say("@Greeter are you there?", channel="general")
        await rita.message("general", containing="You called?", thread=asked)
        parent = (await rita.messages("general"))[-1]
        assert parent["reply_count"] == 1
        await rita.join("empty")
        sandbox.admin.add_member("general", "U0GUS", inviter="U0OMAR")
        await sandbox.settled()
        joined = [e for e in greeter.seen if e.get("type") == "member_joined_channel"]
        assert [(e["user"], e["inviter"]) for e in joined] == [("U0GUS", "U0OMAR")]


async def test_a_new_member_is_welcomed(served: Served) -> None:
    sandbox, _, _ = served
    user = sandbox.admin.add_user({"id": "U0NEW", "name": "nora", "real_name": "Nora New"})
    async with Person(sandbox.url, user["id"]) as nora:
        await nora.message(containing="Welcome aboard")


async def test_waiting_in_vain_says_what_was_there(served: Served) -> None:
    sandbox, _, _ = served
    async with Person(sandbox.url, "U0RITA", timeout=0.1) as rita:
        with pytest.raises(NotSeen, match=r"containing 'never'(?s:.*)Great to hear"):
            await rita.message("general", containing="never")
        with pytest.raises(NotSeen, match="no modal"):
            await rita.modal()


async def test_what_is_yet_to_be_drawn_is_waited_for_and_then_used(served: Served) -> None:
    sandbox, app, _ = served
    client = AsyncWebClient(token=app.bot_token, base_url=sandbox.api_url)
    async with Person(sandbox.url, "U0RITA") as rita:
        view = await rita.home(containing="Welcome home")
        await client.views_publish(user_id="U0RITA", view={"type": "home", "blocks": view["blocks"][:1]})
        early = asyncio.ensure_future(rita.choose(view, "pick", "Second"))
        await rita.messages("general")
        assert not early.done(), "chosen although it is not there"
        await client.views_publish(user_id="U0RITA", view=home("Here again"))
        await early
        await rita.home(containing="You picked two", open_tab=False)


async def test_what_never_comes_is_named(served: Served) -> None:
    sandbox, _, _ = served
    async with Person(sandbox.url, "U0RITA", timeout=0.1) as rita:
        view = await rita.home(containing="Welcome home")
        with pytest.raises(NotSeen, match=r"to use called 'nowhere'(?s:.*)Welcome home"):
            await rita.click(view, "nowhere")


async def test_an_app_that_is_not_there(sandbox: Sandbox) -> None:
    async with Person(sandbox.url, "U0RITA") as rita:
        with pytest.raises(Refused, match=r"^/hello failed because the app did not respond$"):
            await rita.command("/hello")
        with pytest.raises(Refused, match="not a valid command"):
            await rita.command("/unknown")
        with pytest.raises(Refused, match="Say hello failed"):
            await rita.shortcut("Say hello")
