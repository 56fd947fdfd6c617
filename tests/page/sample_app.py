"""A small Bolt app and workspace for the page's tests. It shows each thing that the page can draw; it is no bot of ours."""

from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

JSON = dict[str, Any]

SEED: JSON = {
    "team": {"name": "Northwind"},
    "users": [
        {"id": "U0ROSA", "name": "rosa", "real_name": "Rosa Marín", "title": "Account Executive", "role_hint": "Sales rep", "tz": "Europe/Madrid"},
        {"id": "U0AMIR", "name": "amir", "real_name": "Amir Haddad", "title": "Advocacy Manager", "role_hint": "Advocacy team", "tz": "America/New_York"},
        {"id": "U0LENA", "name": "lena", "real_name": "Lena Vogt", "title": "VP Marketing", "role_hint": "Program leader", "tz": "Europe/Berlin"},
        {"id": "U0NOOR", "name": "noor", "real_name": "Noor Khan", "title": "Support Engineer", "role_hint": "Anyone", "tz": "Asia/Karachi"},
        {"id": "U0GUS", "name": "gus", "real_name": "Gus Grant", "title": "Agency", "is_restricted": True},
    ],
    "channels": [
        {
            "name": "general",
            "topic": "Company-wide news",
            "members": "all",
            "messages": [
                {"user": "lena", "text": "Welcome to *Northwind*, everyone. Read the <https://example.com/guide|guide> first.", "minutes_ago": 1500},
                {"user": "noor", "text": "Good morning! :wave: Two things:\n> a _quiet_ launch\n> and `make demo` works", "minutes_ago": 61},
                {"user": "noor", "text": "<@U0AMIR> could you look at <#C0ADVOCACY>? 5 &lt; 6 &amp; 7 &gt; 6", "minutes_ago": 60},
                {"user": "amir", "text": "شكرا جزيلا، سأفعل ذلك اليوم", "minutes_ago": 40},
            ],
        },
        {"id": "C0ADVOCACY", "name": "advocacy", "topic": "Nominations and requests", "members": ["amir", "lena"], "is_private": True},
        {"id": "C0RANDOM", "name": "random", "members": ["lena", "noor"]},
        {"name": "old-launch", "members": ["rosa"], "is_archived": True},
    ],
}  # fmt: skip

MANIFEST: JSON = {
    "display_information": {"name": "Sampler", "description": "Finds people who speak for us"},
    "features": {
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True, "messages_tab_read_only_enabled": False},
        "bot_user": {"display_name": "sampler"},
        "slash_commands": [
            {"command": "/nominate", "description": "Put a customer forward", "usage_hint": "[name @ company, why]"},
            {"command": "/noise", "description": "Post a few messages", "usage_hint": "[how many]"},
            {"command": "/silent", "description": "Never answers"},
            {"command": "/advocates", "description": "Look up who could speak for us"},
        ],
        "shortcuts": [
            {"type": "global", "name": "Nominate a customer", "callback_id": "nominate_anywhere", "description": "Opens the form"},
            {"type": "message", "name": "Nominate from this", "callback_id": "nominate_message", "description": "Uses the message"},
        ],
    },
    "oauth_config": {"scopes": {"bot": ["commands", "chat:write", "im:history", "channels:history", "users:read"]}},
    "settings": {
        "socket_mode_enabled": True,
        "event_subscriptions": {"bot_events": ["app_home_opened", "message.im"]},
        "interactivity": {"is_enabled": True},
    },
}  # fmt: skip

COMPANIES = ("Acme", "Acme Robotics", "Globex", "Initech")


def plain(text: str) -> JSON:
    """A text object that is not marked up."""
    return {"type": "plain_text", "text": text}


def option(text: str, value: str | None = None) -> JSON:
    """One choice of a select."""
    return {"text": plain(text), "value": value or text.lower()}


def field(block_id: str, label: str, element: JSON, **more: Any) -> JSON:
    """An input block whose action_id is `value`."""
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain(label),
        "element": {"action_id": "value", **element},
        **more,
    }


def nomination_form(name: str, company: str, why: str) -> JSON:
    """The modal behind /nominate, filled with what the command said."""
    initial = {"initial_option": option(f"Use “{company}”", f"new:{company}")} if company else {}
    return {
        "type": "modal",
        "callback_id": "nominate",
        "title": plain("Nominate a customer"),
        "submit": plain("Nominate"),
        "close": plain("Cancel"),
        "notify_on_close": True,
        "blocks": [
            {"type": "context", "elements": [{"type": "mrkdwn", "text": "The *advocacy team* sees this."}]},
            field("name", "Name", {"type": "plain_text_input", "initial_value": name}),
            field(
                "company",
                "Company",
                {"type": "external_select", "min_query_length": 2, "placeholder": plain("Find a company"), **initial},
            ),
            field("email", "Email", {"type": "email_text_input"}, optional=True),
            field(
                "why",
                "Why them?",
                {"type": "plain_text_input", "multiline": True, "max_length": 60, "initial_value": why},
                hint=plain("A sentence is enough."),
            ),
            field(
                "topics",
                "Topics",
                {
                    "type": "multi_static_select",
                    "option_groups": [
                        {"label": plain("Product"), "options": [option("Rollout"), option("Security")]},
                        {"label": plain("Business"), "options": [option("Return on investment", "roi")]},
                    ],
                },
                optional=True,
            ),
            field(
                "kind",
                "They would",
                {"type": "radio_buttons", "options": [option("Take a call", "call"), option("Write a quote", "quote")]},
                optional=True,
                dispatch_action=True,
            ),
        ],
    }


def alert(name: str, company: str, state: str) -> list[JSON]:
    """What the advocacy channel reads."""
    done = state != "new"
    buttons = [
        {"type": "button", "action_id": "accept", "text": plain("Accept"), "style": "primary", "value": name},
        {
            "type": "button",
            "action_id": "decline",
            "text": plain("Decline"),
            "style": "danger",
            "value": name,
            "confirm": {
                "title": plain("Decline?"),
                "text": plain("The nominator hears of it."),
                "confirm": plain("Decline"),
                "deny": plain("Back"),
                "style": "danger",
            },
        },
        {
            "type": "overflow",
            "action_id": "more",
            "options": [option("Merge"), option("Take it")],
        },
    ]
    return [
        {"type": "header", "text": plain(f"New nomination: {name}")},
        {
            "type": "section",
            "text": {"type": "mrkdwn", "text": f"*{name}* at *{company}*\n{state}"},
            "fields": [
                {"type": "mrkdwn", "text": "*Source*\nSales"},
                {"type": "mrkdwn", "text": "*When*\n<!date^1790000000^{date_short_pretty} at {time}|then>"},
            ],
        },
        {"type": "divider"},
        *([] if done else [{"type": "actions", "block_id": "decide", "elements": buttons}]),
        {"type": "context", "elements": [plain("Nominations are reviewed within 7 days")]},
    ]


def gallery(shown: str = "") -> list[JSON]:
    """A Home with one of each block."""
    return [
        *([{"type": "section", "text": plain(f"Showing {shown} ones")}] if shown else []),
        {"type": "header", "text": plain("Your nominations")},
        {"type": "section", "text": {"type": "mrkdwn", "text": "You put *3 customers* forward. ~2~ :sparkles: one is active."},
         "accessory": {"type": "button", "action_id": "open_form", "text": plain("Nominate"), "style": "primary"}},
        {"type": "section", "text": {"type": "mrkdwn", "text": "Show me"},
         "accessory": {"type": "static_select", "action_id": "show", "placeholder": plain("Everything"),
                       "options": [option("Open"), option("Closed")]}},
        {"type": "divider"},
        {"type": "rich_text", "elements": [
            {"type": "rich_text_section", "elements": [{"type": "text", "text": "Next steps", "style": {"bold": True}}]},
            {"type": "rich_text_list", "style": "ordered", "elements": [
                {"type": "rich_text_section", "elements": [{"type": "text", "text": "Ask for an introduction"}]},
                {"type": "rich_text_section", "elements": [{"type": "text", "text": "Schedule the interview"}]}]}]},
        {"type": "data_table", "caption": "Supply by region", "rows": [
            [{"type": "raw_text", "text": "Region"}, {"type": "raw_text", "text": "Active"}],
            [{"type": "raw_text", "text": "EMEA"}, {"type": "raw_text", "text": "12"}],
            [{"type": "raw_text", "text": "APAC"}, {"type": "raw_text", "text": "1,204"}]]},
        {"type": "actions", "block_id": "dates", "elements": [
            {"type": "datepicker", "action_id": "from", "initial_date": "2026-11-02", "placeholder": plain("From")},
            {"type": "timepicker", "action_id": "at", "initial_time": "09:30", "placeholder": plain("At")},
            {"type": "users_select", "action_id": "who", "placeholder": plain("Somebody")},
            {"type": "checkboxes", "action_id": "flags", "options": [option("Only mine"), option("With history")]}]},
        {"type": "image", "image_url": "https://example.invalid/picture.png", "alt_text": "A chart of supply", "title": plain("Supply")},
        {"type": "context", "elements": [{"type": "mrkdwn", "text": "Updated <!date^1790000000^{date_long} {time}|then>"}]},
    ]  # fmt: skip


def showcase() -> list[JSON]:
    """A message with the newer blocks, and one that no client knows."""
    return [
        {"type": "markdown", "text": "### Two matches\n\n1. **Ada Lovelace**, _Acme_\n2. `Grace Hopper`, Globex"},
        {"type": "card", "title": {"type": "mrkdwn", "text": "Ada Lovelace"}, "subtitle": {"type": "mrkdwn", "text": "Acme"},
         "body": {"type": "mrkdwn", "text": "Runs the EU rollout and likes to talk about it."},
         "actions": [{"type": "button", "action_id": "card", "text": plain("Ask for her")}]},
        {"type": "table", "rows": [
            [{"type": "raw_text", "text": "Name"}, {"type": "raw_text", "text": "Free again"}],
            [{"type": "raw_text", "text": "Ada Lovelace"}, {"type": "raw_text", "text": "now"}]]},
        {"type": "video", "title": plain("Reel"), "alt_text": "Reel", "title_url": "https://example.com/v",
         "video_url": "https://example.com/v", "thumbnail_url": "https://example.com/t.png"},
    ]  # fmt: skip


def build(token: str, api_url: str) -> AsyncApp:
    """The app, talking to the workspace at `api_url`."""
    app = AsyncApp(client=AsyncWebClient(token=token, base_url=api_url))
    _nominations(app)
    _rest(app)
    return app


def _nominations(app: AsyncApp) -> None:
    @app.command("/nominate")
    async def command(ack: Any, body: JSON, client: AsyncWebClient) -> None:
        await ack()
        who, _, rest = body["text"].partition("@")
        company, _, why = rest.partition(",")
        form = nomination_form(who.strip(), company.strip(), why.strip())
        await client.views_open(trigger_id=body["trigger_id"], view=form)

    @app.action("open_form")
    @app.shortcut("nominate_anywhere")
    async def anywhere(ack: Any, body: JSON, client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=nomination_form("", "", ""))

    @app.shortcut("nominate_message")
    async def from_message(ack: Any, body: JSON, client: AsyncWebClient) -> None:
        await ack()
        form = nomination_form("", "", body["message"]["text"][:60])
        await client.views_open(trigger_id=body["trigger_id"], view=form)

    @app.options("value")
    async def companies(ack: Any, payload: JSON) -> None:
        typed = payload["value"]
        found = [option(c, c.lower()) for c in COMPANIES if typed.lower() in c.lower()]
        await ack(options=[*found, option(f"Use “{typed}”", f"new:{typed}")])

    @app.action("value")
    async def kind_chosen(ack: Any, body: JSON, client: AsyncWebClient) -> None:
        await ack()
        blocks = [b for b in body["view"]["blocks"] if b["block_id"] != "why"]
        note = {"type": "context", "block_id": "note", "elements": [plain("Thank you for saying so")]}
        keys = ("type", "callback_id", "title", "submit", "close")
        view = {**{k: body["view"][k] for k in keys}, "blocks": [note, *blocks, *_kept(body)]}
        await client.views_update(view_id=body["view"]["id"], view=view)

    @app.view("nominate")
    async def submitted(ack: Any, body: JSON, view: JSON, client: AsyncWebClient) -> None:
        values = view["state"]["values"]
        name = values["name"]["value"]["value"]
        if "@" in name:
            await ack(response_action="errors", errors={"name": "A name has no @ in it."})
            return
        await ack()
        company = values["company"]["value"]["selected_option"]["value"].removeprefix("new:")
        await client.chat_postMessage(
            channel="advocacy", text=f"New nomination: {name}", blocks=alert(name, company, "new")
        )
        await client.chat_postEphemeral(
            channel="general", user=body["user"]["id"], text=f"Thank you. *{name}* is with the team."
        )


def _kept(body: JSON) -> list[JSON]:
    return [b for b in body["view"]["blocks"] if b["block_id"] == "why"]


def _rest(app: AsyncApp) -> None:
    @app.action("show")
    async def show(ack: Any, body: JSON, client: AsyncWebClient) -> None:
        await ack()
        chosen = body["actions"][0]["selected_option"]["value"]
        await client.views_publish(user_id=body["user"]["id"], view={"type": "home", "blocks": gallery(chosen)})

    @app.action("accept")
    async def accept(ack: Any, body: JSON, client: AsyncWebClient) -> None:
        await ack()
        name = body["actions"][0]["value"]
        blocks = alert(name, "Acme", f"Accepted by <@{body['user']['id']}>")
        await client.chat_update(
            channel=body["channel"]["id"], ts=body["message"]["ts"], text=f"Accepted: {name}", blocks=blocks
        )

    @app.action("decline")
    async def decline(ack: Any, body: JSON, client: AsyncWebClient) -> None:
        await ack()
        await client.chat_delete(channel=body["channel"]["id"], ts=body["message"]["ts"])

    @app.command("/noise")
    async def noise(ack: Any, body: JSON, client: AsyncWebClient) -> None:
        await ack()
        for number in range(int(body["text"] or "3")):
            await client.chat_postMessage(channel=body["channel_id"], text=f"Message number {number}")

    @app.command("/advocates")
    async def advocates(ack: Any, respond: Any) -> None:
        await ack()
        await respond(text="Two matches", blocks=showcase())

    @app.action("card")
    async def card(ack: Any) -> None:
        await ack()

    @app.command("/silent")
    async def silent() -> None:
        """Never acknowledges."""

    @app.event("app_home_opened")
    async def home(event: JSON, client: AsyncWebClient) -> None:
        if event["tab"] == "home":
            await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": gallery()})

    @app.event("message")
    async def echo(event: JSON, client: AsyncWebClient) -> None:
        if not event.get("bot_id") and not event.get("subtype"):
            await client.chat_postMessage(channel=event["channel"], text=f"You said: {event['text']}")
