"""A tiny Bolt app: the peer of the sandbox in its own tests."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from tests.patience import unhurry

JSON = dict[str, Any]


def plain(text: str) -> JSON:
    return {"type": "plain_text", "text": text}


def option(text: str, value: str) -> JSON:
    return {"text": plain(text), "value": value}


def form(greeted: str) -> JSON:
    """A modal with an input of most kinds."""
    return {
        "type": "modal",
        "callback_id": "greeting",
        "title": plain("Say hello"),
        "submit": plain("Send"),
        "close": plain("Cancel"),
        "notify_on_close": True,
        "blocks": [
            {
                "type": "input",
                "block_id": "name",
                "label": plain("Name"),
                "element": {"type": "plain_text_input", "action_id": "typed", "initial_value": greeted or "World"},
            },
            {
                "type": "input",
                "block_id": "company",
                "label": plain("Company"),
                "element": {"type": "external_select", "action_id": "company", "min_query_length": 1},
            },
            {
                "type": "input",
                "block_id": "tone",
                "label": plain("Tone"),
                "element": {
                    "type": "static_select",
                    "action_id": "tone",
                    "options": [option("Warm", "warm"), option("Formal", "formal")],
                },
                "optional": True,
            },
            {
                "type": "section",
                "block_id": "more",
                "text": {"type": "mrkdwn", "text": "Need *more*?"},
                "accessory": {"type": "button", "action_id": "details", "text": plain("Add details"), "value": "1"},
            },
        ],
    }


def with_details(view: JSON) -> JSON:
    """The form with one more input, everything else under the same ids."""
    wide = {
        "type": "input",
        "block_id": "when",
        "label": plain("When"),
        "element": {"type": "datepicker", "action_id": "when"},
        "optional": True,
    }
    more = form("")
    more["blocks"] = [*more["blocks"][:3], wide]
    more["private_metadata"] = view["id"]
    return more


def greeting(text: str) -> list[JSON]:
    return [
        {"type": "section", "text": {"type": "mrkdwn", "text": text}},
        {
            "type": "actions",
            "block_id": "answers",
            "elements": [
                {"type": "button", "action_id": "wave", "text": plain("Wave back"), "value": "42"},
                {"type": "overflow", "action_id": "menu", "options": [option("Delete", "delete")]},
            ],
        },
    ]


# How the form answers to some names.
ANSWERS: dict[str, JSON] = {
    "Nobody": {"response_action": "errors", "errors": {"name": "Nobody cannot be greeted"}},
    "Again": {"response_action": "update", "view": form("Once more")},
    "Deeper": {"response_action": "push", "view": form("Second")},
    "Badly": {"response_action": "update", "view": {"type": "modal"}},
}


class Greeter:
    """The app and, in `seen`, what arrived."""

    def __init__(self, bolt: AsyncApp) -> None:
        self.bolt = bolt
        self.seen: list[JSON] = []
        _opening(bolt, self.seen)
        _form(bolt, self.seen)
        _message(bolt, self.seen)
        _home(bolt)
        _events(bolt, self.seen)
        unhurry(bolt)


def _opening(app: AsyncApp, seen: list[JSON]) -> None:
    @app.command("/hello")
    async def hello(ack: AsyncAck, command: JSON, client: AsyncWebClient) -> None:
        seen.append(command)
        if command["text"] == "quickly":
            await ack("Hello, quickly")
            return
        await client.views_open(trigger_id=command["trigger_id"], view=form(command["text"]))
        await ack()

    @app.shortcut("hello")
    async def hello_shortcut(ack: AsyncAck, shortcut: JSON, client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=shortcut["trigger_id"], view=form("Shortcut"))

    @app.shortcut("answer")
    async def answer(ack: AsyncAck, shortcut: JSON, respond: AsyncRespond) -> None:
        await ack()
        seen.append(shortcut)
        await respond(f"You chose: {shortcut['message']['text']}")


def _form(app: AsyncApp, seen: list[JSON]) -> None:
    @app.options("company")
    async def companies(ack: AsyncAck, payload: JSON) -> None:
        known = [option(f"Acme {n}", f"c{n}") for n in range(1, 4)]
        await ack(options=[one for one in known if payload["value"].lower() in one["text"]["text"].lower()])

    @app.action("details")
    async def details(ack: AsyncAck, body: JSON, client: AsyncWebClient) -> None:
        await ack()
        seen.append(body)
        await client.views_update(
            view_id=body["view"]["id"], hash=body["view"]["hash"], view=with_details(body["view"])
        )

    @app.view("greeting")
    async def greeted(ack: AsyncAck, view: JSON, client: AsyncWebClient) -> None:
        values = view["state"]["values"]
        seen.append(values)
        name = values["name"]["typed"]["value"]
        if name in ANSWERS:
            await ack(**ANSWERS[name])
            return
        await ack(response_action="clear") if name == "All" else await ack()
        company = values["company"]["company"]["selected_option"]["text"]["text"]
        await client.chat_postMessage(
            channel="C0ADVOCACY", text="A greeting", blocks=greeting(f"Hello *{name}* of {company}")
        )

    @app.view_closed("greeting")
    async def closed(ack: AsyncAck, body: JSON) -> None:
        await ack()
        seen.append(body)


def _message(app: AsyncApp, seen: list[JSON]) -> None:
    @app.action("wave")
    async def wave(ack: AsyncAck, body: JSON, respond: AsyncRespond) -> None:
        await ack()
        seen.append(body)
        await respond(replace_original=True, text="Waved", blocks=greeting(f"<@{body['user']['id']}> waved"))

    @app.action("menu")
    async def menu(ack: AsyncAck, respond: AsyncRespond) -> None:
        await ack()
        await respond(delete_original=True)


def _home(app: AsyncApp) -> None:
    @app.action("pick")
    async def pick(ack: AsyncAck, body: JSON, client: AsyncWebClient) -> None:
        await ack()
        chosen = body["actions"][0]["selected_option"]["value"]
        await client.views_publish(user_id=body["user"]["id"], view=home(f"You picked {chosen}"))

    @app.event("app_home_opened")
    async def opened(event: JSON, client: AsyncWebClient) -> None:
        await client.views_publish(user_id=event["user"], view=home("Welcome home"))


def _events(app: AsyncApp, seen: list[JSON]) -> None:
    @app.event("message")
    async def message(event: JSON, client: AsyncWebClient) -> None:
        seen.append(event)
        if event["channel_type"] == "im" and not {"bot_id", "subtype"} & event.keys():
            await client.chat_postMessage(channel=event["channel"], text=f"You said: {event['text']}")

    @app.event("app_mention")
    async def mention(event: JSON, client: AsyncWebClient) -> None:
        await client.chat_postMessage(channel=event["channel"], text="You called?", thread_ts=event["ts"])

    @app.event("team_join")
    async def team_join(event: JSON, client: AsyncWebClient) -> None:
        await client.chat_postMessage(channel=event["user"]["id"], text="Welcome aboard")

    @app.event("member_joined_channel")
    async def member_joined(event: JSON) -> None:
        seen.append(event)


def home(text: str) -> JSON:
    """A Home tab with a select."""
    select = {
        "type": "static_select",
        "action_id": "pick",
        "options": [option("First", "one"), option("Second", "two")],
    }
    return {
        "type": "home",
        "blocks": [
            {"type": "header", "text": plain(text)},
            {"type": "actions", "block_id": "choice", "elements": [select]},
        ],
    }
