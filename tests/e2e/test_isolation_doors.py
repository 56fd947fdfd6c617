"""People of one company, with every right there, hold ids of another company that is on the same server.

Through everything that Slack may send (clicks, forms, lists, commands, shortcuts, events, runs of steps) and every web
page nothing of the other company is read, changed, or told to anybody. That these tests would see it if it were, is
tried too: with the guard of the session off, with an installation that leads astray, and by the other company's people.
"""

import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from random import Random
from typing import Any

import pytest
from aiohttp import ClientSession
from sqlalchemy import true
from sqlalchemy.orm import with_loader_criteria

from handlers.advocacy_command import WAYS
from sandbox import payloads
from sandbox.delivery.exchange import Delivery, NotAcknowledged
from sandbox.events import send_event
from sandbox.posting import bot_message, open_im
from sandbox.workflow_steps import start as begin
from storage import guard
from storage.base import Tenant
from storage.settings import Setting
from tests.e2e.conftest import JSON
from tests.e2e.forged import SEARCHED, Deed, Put, deeds, id_like, payload
from tests.e2e.test_access import doors
from tests.e2e.test_pages import KNOWN as PAGES
from tests.e2e.two_companies import KNOWN_ADDRESS, OTHERS, OURS, SECRETS, Side, Two, two_companies
from tests.worlds import START

pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth:DeprecationWarning")  # Slack's own client


@dataclass
class Forger:
    """Somebody of `side` who puts these ids and people into what they send."""

    two: Two
    side: Side
    rng: Random
    ids: tuple[str, ...]
    people: tuple[str, ...]

    @property
    def user(self) -> str:
        """The one with every right."""
        return self.side.people[0]

    def put(self, _value: str) -> str:
        """One of the ids, whatever stood there."""
        return self.rng.choice(self.ids)

    def typed(self, element: JSON) -> Any:
        """What is chosen in an input, or typed into it."""
        kind = element["type"].removeprefix("multi_")
        options = element.get("options") or [one for g in element.get("option_groups", ()) for one in g["options"]]
        searched = {"text": {"type": "plain_text", "text": "One"}, "value": self.put("")}
        choices: dict[str, list[Any]] = {
            "users_select": list(self.people),
            "conversations_select": ["C0ADV2", "C0GENERAL2"],
            "channels_select": ["C0ADV2", "C0GENERAL2"],
            "external_select": [searched],
            "datepicker": ["2026-12-01"],
            "timepicker": ["10:00"],
            "datetimepicker": [1_800_000_000],
            "number_input": ["3"],
            "email_text_input": [KNOWN_ADDRESS],
            "file_input": [],
        }
        some = options or choices.get(kind, [*SEARCHED, *self.ids])
        many = element["type"].startswith("multi_") or kind in ("checkboxes", "file_input")
        return list(some[:3]) if many else self.rng.choice(some)

    async def does(self, deed: Deed, put: Put) -> str:
        """Do it. Answers all that the bot said to anybody."""
        slack, app = self.two.slack(self.side), self.two.app(self.side)
        made = payload(deed, put, self.typed, self.rng)
        body: JSON = {"type": made.pop("type"), "trigger_id": slack.triggers.issue(app.id, self.user)}
        if "view" in made:
            view = made.pop("view")
            opened = self._opened(view) | {"state": view["state"]}
            body |= {**payloads.acting_in_view(slack, app, self.user), **payloads.in_view(opened)}
        else:
            im = open_im(slack, self.user, app.bot_user_id)
            message = bot_message(slack, app, {"text": "A message", "blocks": made.pop("message_blocks")})
            im.messages[message["ts"]] = message
            body |= payloads.acting(slack, app, self.user)
            body |= payloads.in_message(slack, app, self.user, im, message)
        return await self.sends(Delivery("interactive", body | made))

    def _opened(self, view: JSON) -> JSON:
        views, app = self.two.slack(self.side).world.views, self.two.app(self.side)
        show = views.publish if view["type"] == "home" else views.open
        return dict(show(self.user, view, app_id=app.id, bot_id=app.bot_id))

    async def sends(self, delivery: Delivery) -> str:
        """Let Slack deliver something. Answers all that the bot said to anybody."""
        slack = self.two.slack(self.side)
        start = self.newest()
        with suppress(NotAcknowledged):  # it was refused, or nobody foresaw it: what was said then counts as well
            await slack.deliver(self.two.app(self.side), delivery)
        await self.two.hosted.everboard.house.finished(60)
        return self.said(start)

    async def happens(self, event: JSON) -> str:
        """Let something happen in Slack. Answers all that the bot said to anybody."""
        slack, app, start = self.two.slack(self.side), self.two.app(self.side), self.newest()
        name = "message.im" if event["type"] == "message" else event["type"]
        assert name in app.events
        send_event(slack, app, name, {"event_ts": slack.clock.ts(), **event})
        await self.two.settled()
        return self.said(start)

    def newest(self) -> int:
        """The number of the last exchange with Slack."""
        return max((record.number for record in self.two.slack(self.side).calls), default=0)

    def said(self, since: int) -> str:
        """All that the bot said to anybody after that exchange."""
        said = [record.detail for record in self.two.slack(self.side).calls if record.number > since]
        return str([[one.get("ack"), one.get("arguments"), one.get("body")] for one in said]).casefold()


@pytest.fixture
async def two(sqlite_url: str, quiet: list[Any]) -> AsyncIterator[Two]:
    """Both companies. What nobody foresaw of forged ids is said to be an error, and is not what this is about."""
    async with two_companies(sqlite_url) as found:
        yield found
    quiet.clear()


@pytest.fixture(autouse=True)
def bolt_may_complain() -> Iterator[None]:
    """Of what was not acknowledged, for the same reason."""
    log = logging.getLogger("slack_bolt.everboard")
    before = log.level
    log.setLevel(logging.CRITICAL)
    yield
    log.setLevel(before)


@pytest.fixture(scope="module")
def every_deed() -> list[Deed]:
    """Every click, form and list that there is."""
    return deeds(doors("action"), doors("view"))


def intruder(two: Two, seed: int = 7) -> Forger:
    """Somebody of ours with ids of theirs, and now and then one of our own beside them."""
    ids = (OTHERS.id(0), OTHERS.id(0), OTHERS.id(1), OURS.id(0))
    return Forger(two, OURS, Random(seed), ids, (*OTHERS.people, *OURS.people))


def typed_lines() -> Iterator[str]:
    """Every command with every word that leads somewhere, and with what finds something of both companies'."""
    for words, _handler in WAYS:
        yield f"/advocacy {min(words)}"
    for command in sorted(doors("command")):
        yield command
        for text in (*SEARCHED, OTHERS.id(0), "Ada Lovelace @ Analytical Engines, yes", "request word", "touch Ada"):
            yield f"{command} {text}"
    yield "/advocates assets word"


async def types(who: Forger, line: str) -> str:
    """Type a command in a channel."""
    slack, app = who.two.slack(who.side), who.two.app(who.side)
    channel = slack.world.find_channel("general")
    assert channel is not None
    return await who.sends(Delivery("slash_commands", payloads.command(slack, app, who.user, channel, line)))


async def picks_each_shortcut(who: Forger) -> str:
    """Each shortcut, the one of messages on a message that says ids."""
    slack, app = who.two.slack(who.side), who.two.app(who.side)
    im = open_im(slack, who.user, app.bot_user_id)
    message = {"type": "message", "user": OTHERS.people[0], "ts": slack.clock.ts(), "text": f"{OTHERS.id(0)} word"}
    said = []
    for one in app.shortcuts:
        made = (
            payloads.global_shortcut(slack, app, who.user, one.callback_id)
            if one.type == "global"
            else payloads.message_shortcut(slack, app, who.user, one.callback_id, (im, message))
        )
        said.append(await who.sends(Delivery("interactive", made)))
    assert {one.callback_id for one in app.shortcuts} == doors("shortcut")
    return str(said)


def every_event(who: Forger) -> dict[str, JSON]:
    """What may happen in Slack, with the other company's people, channels and words in it; the ends last."""
    im = open_im(who.two.slack(who.side), who.user, who.two.app(who.side).bot_user_id).id
    stranger, bot = OTHERS.people[0], who.two.app(OTHERS).bot_user_id
    member = {"id": stranger, "team_id": OTHERS.team, "profile": {"real_name": "Somebody", "email": KNOWN_ADDRESS}}
    said = {"user": who.user, "channel": im, "ts": "1.1", "text": "insurance word acme"}
    channel = {"id": "C0ADV2", "name": "advocacy"}
    found: dict[str, JSON] = {
        "app_home_opened": {"user": who.user, "channel": im, "tab": "home"},
        "message": {**said, "channel_type": "im"},
        "app_mention": {**said, "channel": "C0GENERAL"},
        "team_join": {"user": member},
        "user_change": {"user": {**member, "deleted": True}},
        "subteam_members_changed": {"subteam_id": "S1", "team_id": who.side.team, "added_users": [stranger]},
        "member_joined_channel": {"user": stranger, "channel": "C1", "channel_type": "C", "team": who.side.team},
        "member_left_channel": {"user": stranger, "channel": "C1", "channel_type": "C", "team": who.side.team},
    }
    for what in ("archive", "unarchive", "rename"):
        found[f"channel_{what}"] = {"channel": channel if what == "rename" else "C0ADV2", "user": stranger}
        found[f"group_{what}"] = {"channel": channel if what == "rename" else "C0ADV2", "user": stranger}
    found["tokens_revoked"] = {"tokens": {"oauth": [stranger], "bot": [bot]}}
    found["app_uninstalled"] = {}
    return {name: {"type": name, **event} for name, event in found.items()}


async def runs_each_step(who: Forger) -> str:
    """Each step of workflows, run for somebody of the other company, about somebody whom it knows."""
    slack, app, start = who.two.slack(who.side), who.two.app(who.side), who.newest()
    assert {step.callback_id for step in app.steps} == doors("function")
    inputs = {"contact_name": "Ada Lovelace", "company": "Analytical Engines", "email": KNOWN_ADDRESS, "why": "Yes"}
    for step in app.steps:
        for person in (OTHERS.people[0], who.user):
            begin(slack, app, step, who.user, {**inputs, "nominator": person})
    await who.two.settled()
    assert "running" not in {one.status for one in slack.executions.values()}
    return who.said(start)


def shown(two: Two, side: Side) -> str:
    """All that stands in a side's Slack: messages, and what is open before its people."""
    world, app = two.slack(side).world, two.app(side)
    messages = [channel.messages for channel in world.channels.values()]
    views = [(world.views.stack(user), world.views.home(app.id, user)) for user in side.people]
    return str((messages, views))


def leaked(said: str) -> list[str]:
    """What of the other company stands in it."""
    return [secret for secret in SECRETS if secret in said]


async def test_nothing_of_another_company_is_seen_or_changed_through_any_door(two: Two, every_deed: list[Deed]) -> None:
    assert {deed.name for deed in every_deed if deed.kind == "block_suggestion"} >= doors("options")
    who = intruder(two)
    before, told = two.rows(OTHERS), shown(two, OTHERS)
    found: dict[str, list[str]] = {}
    for deed in every_deed:
        found[f"{deed.kind} {deed.name}"] = leaked(await who.does(deed, id_like(who.put)))
    for line in typed_lines():
        found[line] = leaked(await types(who, line))
    found["shortcuts"] = leaked(await picks_each_shortcut(who))
    found["steps"] = leaked(await runs_each_step(who))
    events = every_event(who)
    assert set(events) == doors("event"), "say what these carry"
    for name, event in events.items():
        found[name] = leaked(await who.happens(event))
    assert {name: words for name, words in found.items() if words} == {}
    after = two.rows(OTHERS)
    assert {table for table in before if after[table] != before[table]} == set()
    assert leaked(str(two.rows(OURS)).casefold()) == []
    assert shown(two, OTHERS) == told
    assert any(one.team_id == OTHERS.team for one in two.hosted.everboard.house.installations.values())


async def test_with_the_guard_off_it_would_be_seen(two: Two, monkeypatch: pytest.MonkeyPatch) -> None:
    who = intruder(two)
    everything = with_loader_criteria(Tenant, lambda _cls: true(), include_aliases=True)
    monkeypatch.setattr(guard, "_criteria", lambda _info, _workspace: everything)
    seen = [line for line in typed_lines() if leaked(await types(who, line))]
    assert len(seen) >= 5, seen


async def test_with_an_installation_that_leads_astray_it_would_be_seen_and_changed(two: Two) -> None:
    places = two.hosted.everboard.house.installations
    key = next(key for key, one in places.items() if one.team_id == OURS.team)
    places[key] = replace(places[key], workspace_id=two.ids[OTHERS.team])
    before, who = two.rows(OTHERS), intruder(two)
    await who.happens({"type": "user_change", "user": {"id": who.user, "profile": {"real_name": "Somebody"}}})
    assert two.rows(OTHERS) != before
    assert [line for line in typed_lines() if leaked(await types(who, line))]


@pytest.mark.slow
async def test_their_own_people_reach_those_rows_by_the_same_deeds(two: Two, every_deed: list[Deed]) -> None:
    own = Forger(two, OTHERS, Random(7), (OTHERS.id(0), OTHERS.id(1)), OTHERS.people)
    before, reached = two.rows(OTHERS), set()
    for deed in sorted(every_deed, key=lambda one: one.kind):
        if leaked(await own.does(deed, id_like(own.put))):
            reached.add((deed.kind, deed.name))
    after = two.rows(OTHERS)
    assert len(reached) > 60
    assert len([table for table in before if after[table] != before[table]]) > 20


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
async def test_nor_with_ids_wherever_there_is_a_value(two: Two, every_deed: list[Deed], seed: int) -> None:
    who = intruder(two, seed)
    before = two.rows(OTHERS)

    def anywhere(value: str) -> str:
        return who.put(value) if who.rng.random() < 0.5 else id_like(who.put)(value)

    found = {deed.name: leaked(await who.does(deed, anywhere)) for deed in every_deed}
    assert {name: words for name, words in found.items() if words} == {}
    assert two.rows(OTHERS) == before


async def test_no_page_tells_or_takes_anything_of_another_company(two: Two) -> None:
    everboard = two.hosted.everboard

    def open_page(session: Any) -> None:
        session.add(Setting(key="join_open", value=True, changed_at=START))

    everboard.db.run_now(two.ids[OURS.team], open_page)
    before = two.rows(OTHERS)
    form = {
        "contact_name": "Ada Lovelace",
        "company": "Analytical Engines",
        "email": KNOWN_ADDRESS,
        "why": "word",
        "consent": "yes",
        "token": OTHERS.id(0),
    }
    asked = {"team": OTHERS.team, "id": OTHERS.id(0), "state": OTHERS.id(0), "code": OTHERS.id(0), "error": "word"}
    async with ClientSession() as visitor:
        for method, path in sorted(PAGES):
            for team in (OURS.team, OTHERS.team, OTHERS.id(0), two.ids[OTHERS.team]):
                address = f"{everboard.url}{path.replace('{team}', team)}"
                data = form if method == "POST" else None
                async with visitor.request(method, address, params=asked, allow_redirects=False, data=data) as answer:
                    said = f"{await answer.text()} {dict(answer.headers)}".casefold()
                    assert leaked(said) == [], (method, path, team)
                    if "{team}" in path and team != OURS.team:
                        assert answer.status == 404
    assert two.rows(OTHERS) == before
