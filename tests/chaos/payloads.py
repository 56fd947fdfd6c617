"""What Slack sent while somebody with every right went through Everboard's doors, and how to send it again.

Each is sent as Slack would: signed, over HTTP, with a trigger and a response URL that are good, and with a window open
where the click was in one. Decides not what is wrong with it.
"""

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from aiohttp import ClientSession
from sqlalchemy import select

from sandbox.delivery.exchange import Kind
from sandbox.delivery.http import signature_headers
from sandbox.payloads import response_url
from sandbox.response_urls import Reply
from sandbox.surfaces import open_modal
from storage.base import ID_LENGTH
from storage.tables import metadata
from tests.e2e.conftest import JSON, Company
from tests.patience import owner
from views.blocks import notice

TEAM = "T0QUORVANE"
"""The sample company's, in Slack."""

FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Sent:
    """One request: how it is packed, and what is in it."""

    kind: Kind
    payload: JSON

    @property
    def name(self) -> str:
        """Such as `block_actions nominate_open`."""
        match self.payload:
            case {"command": str(name)}:
                return name
            case {"event": {"type": str(name)}}:
                return f"event {name}"
            case (
                {"type": str(kind), "actions": [{"action_id": str(name)}, *_]}
                | {"type": str(kind), "view": {"callback_id": str(name)}}
                | {"type": str(kind), "callback_id": str(name)}
                | {"type": str(kind), "action_id": str(name)}
            ):
                return f"{kind} {name}"
            case _:
                return "of no kind"


def recorded(company: Company) -> list[Sent]:
    """The last request of each name that reached the bot."""
    found = {}
    for record in company.sandbox.calls:
        if record.direction == "out":
            sent = Sent(record.detail["kind"], record.detail["payload"])
            found[sent.name] = sent
    return list(found.values())


def closings(sent: list[Sent]) -> Iterator[Sent]:
    """Slack's word that a window was closed, of each form: nothing asks for it yet, and it may come all the same."""
    for one in sent:
        if one.payload.get("type") == "view_submission":
            body = {key: value for key, value in one.payload.items() if key not in {"trigger_id", "response_urls"}}
            yield Sent("interactive", {**body, "type": "view_closed", "is_cleared": False})


def ids_of(company: Company) -> list[str]:
    """Ids of every kind of row, of people and channels in Slack, and of a few that are nobody's."""
    found: set[str] = set()
    with owner(company.everboard.db) as connection:
        for table in metadata.sorted_tables:
            if "id" in table.c:
                found |= {str(one) for one in connection.scalars(select(table.c.id).limit(4))}
    world = company.sandbox.world
    gone = ["0" * ID_LENGTH, "01ARZ3NDEKTSV4RRFFQ69G5FAV", "U0NOBODY", "C0NOWHERE", "V0CLOSED", "T0ELSEWHERE"]
    return [*sorted(found), *sorted(world.users)[:8], *sorted(world.channels)[:8], *gone]


def events_of_slack() -> list[Sent]:
    """Every event that the app is told of and that acting in these tests does not always cause."""
    team, when = TEAM, 1781106241
    user = {
        "id": "U0KAYLEE",
        "team_id": team,
        "name": "kaylee",
        "deleted": False,
        "is_bot": False,
        "tz": "Europe/Berlin",
    }
    user["profile"] = {"real_name": "Kaylee Ekelund", "display_name": "kay", "email": "kaylee@quorvane.example"}
    channel = {"id": "C0SALES", "name": "sales-new", "created": when, "name_normalized": "sales-new"}
    moved = {"user": "U0KAYLEE", "channel": "C0SALES", "channel_type": "C", "team": team, "inviter": "U0PRIYANKA"}
    said = {"user": "U0KAYLEE", "text": "healthcare ciso", "ts": "1781106241.000100", "team": team}
    told: list[JSON] = [
        {"type": "app_home_opened", "user": "U0KAYLEE", "channel": "D0KAYLEE", "tab": "home"},
        {"type": "app_mention", "channel": "C0SALES", **said},
        {"type": "message", "channel": "D0KAYLEE", "channel_type": "im", **said},
        {"type": "app_uninstalled"},
        {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": ["U0SANDBOX"]}},
        *({"type": f"channel_{what}", "channel": "C0SALES", "user": "U0KAYLEE"} for what in ("archive", "unarchive")),
        *({"type": f"group_{what}", "channel": "C0SALES", "user": "U0KAYLEE"} for what in ("archive", "unarchive")),
        *({"type": f"{kind}_rename", "channel": channel} for kind in ("channel", "group")),
        *({"type": f"member_{what}_channel", **moved} for what in ("joined", "left")),
        *({"type": what, "user": user, "cache_ts": when} for what in ("team_join", "user_change")),
        {"type": "subteam_members_changed", "subteam_id": "S0SALES", "team_id": team, "added_users": ["U0KAYLEE"]},
    ]
    wrapped = {"token": "t", "team_id": team, "api_app_id": "A0", "type": "event_callback", "event_time": when}
    return [
        Sent(
            "events_api", {**wrapped, "event_id": f"Ev0FIRE{number}", "event": {**one, "event_ts": "1781106241.000200"}}
        )
        for number, one in enumerate(told)
    ]


class Post:
    """The way in for requests of one company."""

    def __init__(self, company: Company, session: ClientSession) -> None:
        self._company, self._session = company, session
        self._url = f"{company.everboard.url}/slack/events"

    def fresh(self, sent: Sent) -> Sent:
        """The same with a trigger and a response URL that are good."""
        ws, app = self._company.sandbox.workspace, self._company.app
        again = dict(sent.payload)
        user = str(again.get("user_id") or (again.get("user") or {}).get("id"))
        if "trigger_id" in again:
            again["trigger_id"] = ws.triggers.issue(app.id, user)
        place = again.get("container") or {}
        if "response_url" in again:
            channel = place.get("channel_id") or again.get("channel_id") or again["channel"]["id"]
            again["response_url"] = response_url(ws, Reply(app.id, user, channel, "commands"))
        view = again.get("view") or {}
        if view.get("type") == "modal":
            open_modal(ws, app, user, notice("Below", "A window."))
        return Sent(sent.kind, again)

    async def send(self, sent: Sent, *, secret: str | None = None) -> tuple[int, str]:
        """Send it signed, by default with the right secret. Answers the status and the body."""
        content_type, body = packed(sent)
        signed = signature_headers(secret or self._company.app.signing_secret, body, int(time.time()))
        headers = {"Content-Type": content_type, **signed}
        async with self._session.post(self._url, data=body, headers=headers) as answer:
            return answer.status, await answer.text()


def packed(sent: Sent) -> tuple[str, bytes]:
    """Content type and body, as Slack packs them; whatever is no text becomes some in a form."""
    if sent.kind == "slash_commands":
        fields = {key: value if isinstance(value, str) else json.dumps(value) for key, value in sent.payload.items()}
        return FORM, urlencode(fields, errors="surrogatepass").encode()
    if sent.kind == "interactive":
        return FORM, urlencode({"payload": json.dumps(sent.payload)}).encode()
    return "application/json", json.dumps(sent.payload).encode()


def shown(payload: JSON) -> str:
    """A payload as a failure prints it, without what a view looks like."""
    view = payload.get("view")
    if isinstance(view, dict):
        payload = {**payload, "view": {key: value for key, value in view.items() if key not in {"blocks", "title"}}}
    return json.dumps(payload)[:3000]
