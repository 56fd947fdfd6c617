"""A small Bolt app for the page's tests. It uses each thing that the page can do; it is no bot of ours."""

import json
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from tests.page import sample_charts
from tests.page.sample_views import alert, everything, gallery, nomination_form, option, plain, received, showcase
from tests.page.sample_world import JSON
from tests.patience import unhurry

COMPANIES = ("Acme", "Acme Robotics", "Globex", "Initech")


async def nominate(ack: Any, body: JSON, client: AsyncWebClient) -> None:
    """Open the form, filled with "name @ company, why"."""
    await ack()
    who, _, rest = body["text"].partition("@")
    company, _, why = rest.partition(",")
    form = nomination_form(who.strip(), company.strip(), why.strip())
    await client.views_open(trigger_id=body["trigger_id"], view=form)


async def open_form(ack: Any, body: JSON, client: AsyncWebClient) -> None:
    """Open the form; a message shortcut brings the reason along."""
    await ack()
    why = body.get("message", {}).get("text", "")[:60]
    await client.views_open(trigger_id=body["trigger_id"], view=nomination_form("", "", why))


async def suggest_companies(ack: Any, payload: JSON) -> None:
    """Offer what fits, and always what was typed."""
    typed = payload["value"]
    found = [option(c, c.lower()) for c in COMPANIES if typed.lower() in c.lower()]
    await ack(options=[*found, option(f"Use “{typed}”", f"new:{typed}")])


async def choose_kind(ack: Any, body: JSON, client: AsyncWebClient) -> None:
    """Update the form: a note comes on top, and the reason moves to the end."""
    await ack()
    blocks = body["view"]["blocks"]
    why = [block for block in blocks if block["block_id"] == "why"]
    others = [block for block in blocks if block["block_id"] != "why"]
    note = {"type": "context", "block_id": "note", "elements": [plain("Thank you for saying so")]}
    kept = {key: body["view"][key] for key in ("type", "callback_id", "title", "submit", "close")}
    await client.views_update(view_id=body["view"]["id"], view={**kept, "blocks": [note, *others, *why]})


async def submit(ack: Any, body: JSON, view: JSON, client: AsyncWebClient) -> None:
    """Refuse a name with an @; else tell the team, and thank the person."""
    values = view["state"]["values"]
    name = values["name"]["value"]["value"]
    if "@" in name:
        await ack(response_action="errors", errors={"name": "A name has no @ in it."})
        return
    await ack()
    company = values["company"]["value"]["selected_option"]["value"].removeprefix("new:")
    blocks = alert(name, company, "new")
    await client.chat_postMessage(channel="advocacy", text=f"New nomination: {name}", blocks=blocks)
    thanks = f"Thank you. *{name}* is with the team."
    await client.chat_postEphemeral(channel="general", user=body["user"]["id"], text=thanks)


async def accept(ack: Any, body: JSON, client: AsyncWebClient) -> None:
    """Show the decision where the buttons were."""
    await ack()
    name = body["actions"][0]["value"]
    blocks = alert(name, "Acme", f"Accepted by <@{body['user']['id']}>")
    place = {"channel": body["channel"]["id"], "ts": body["message"]["ts"]}
    await client.chat_update(**place, text=f"Accepted: {name}", blocks=blocks)


async def decline(ack: Any, body: JSON, client: AsyncWebClient) -> None:
    """Take the message away."""
    await ack()
    await client.chat_delete(channel=body["channel"]["id"], ts=body["message"]["ts"])


async def look_up(ack: Any, respond: Any) -> None:
    """Answer privately with the newer blocks."""
    await ack()
    await respond(text="Two matches", blocks=showcase())


async def show_charts(ack: Any, body: JSON, client: AsyncWebClient) -> None:
    """Post charts and tables."""
    await ack()
    for number, blocks in enumerate(sample_charts.messages(), start=1):
        await client.chat_postMessage(channel=body["channel_id"], text=f"Charts {number}", blocks=blocks)


async def open_everything(ack: Any, body: JSON, client: AsyncWebClient) -> None:
    """Open the form with one field of each kind."""
    await ack()
    await client.views_open(trigger_id=body["trigger_id"], view=everything())


async def say_what_came(ack: Any, view: JSON) -> None:
    """Push a view with the values, without their types."""
    values = view["state"]["values"]
    flat = {name: next(v for k, v in state["value"].items() if k != "type") for name, state in values.items()}
    await ack(response_action="push", view=received(json.dumps(flat)))


async def never_answer() -> None:
    """Does not acknowledge."""


async def acknowledge(ack: Any) -> None:
    """Does nothing else."""
    await ack()


async def publish_home(event: JSON, client: AsyncWebClient) -> None:
    """Put everything on the Home tab."""
    if event["tab"] == "home":
        await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": gallery()})


async def filter_home(ack: Any, body: JSON, client: AsyncWebClient) -> None:
    """Say on the Home tab what was chosen."""
    await ack()
    chosen = body["actions"][0]["selected_option"]["value"]
    view = {"type": "home", "blocks": gallery(chosen)}
    await client.views_publish(user_id=body["user"]["id"], view=view)


async def echo(event: JSON, client: AsyncWebClient) -> None:
    """Answer people with their own words."""
    if not event.get("bot_id") and not event.get("subtype"):
        await client.chat_postMessage(channel=event["channel"], text=f"You said: {event['text']}")


COMMANDS = {
    "/nominate": nominate,
    "/advocates": look_up,
    "/silent": never_answer,
    "/everything": open_everything,
    "/charts": show_charts,
}
SHORTCUTS = {"nominate_anywhere": open_form, "nominate_message": open_form}
ACTIONS = {
    "open_form": open_form,
    "value": choose_kind,
    "accept": accept,
    "decline": decline,
    "show": filter_home,
    "card": acknowledge,
}
EVENTS = {"app_home_opened": publish_home, "message": echo}


def build(token: str, api_url: str) -> AsyncApp:
    """The app, talking to the workspace at `api_url`."""
    app = AsyncApp(client=AsyncWebClient(token=token, base_url=api_url))
    for table, register in (
        (COMMANDS, app.command),
        (SHORTCUTS, app.shortcut),
        (ACTIONS, app.action),
        (EVENTS, app.event),
    ):
        for name, listener in table.items():
            register(name)(listener)
    app.options("value")(suggest_companies)
    app.view("nominate")(submit)
    app.view("everything")(say_what_came)
    unhurry(app)
    return app
