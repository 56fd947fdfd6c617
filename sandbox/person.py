"""A person in the workspace, for tests: does what the page's user does, over real HTTP. Knows no app."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sandbox.filling import NoSuchChoice, offered, pick, state_for
from sandbox.finding import Field, find_element
from sandbox.inputs import STATEFUL, Values, complete_values
from sandbox.refusals import GONE, Refused
from sandbox.shapes import JSON
from sandbox.sight import NotSeen, Sight

__all__ = ["NoSuchChoice", "NotSeen", "Person", "Refused", "Submitted"]

T = TypeVar("T")

REDRAWN = 10
"""Times that a person looks again because the app has just drawn anew what they wanted to use."""

# Mappings do not vary in their keys, so that each kind of keys is named.
Fields = Mapping[str, Any] | Mapping[tuple[str, str], Any] | Mapping[Field, Any]


@dataclass(frozen=True)
class Submitted:
    """What became of a form: close, clear, update, push or errors (by block_id); `view` is what it shows now."""

    result: str
    errors: dict[str, str] = field(default_factory=dict)
    view: JSON | None = None


class Person(Sight):
    """One member of the workspace. Every wait ends after `timeout` seconds with NotSeen."""

    def __init__(self, url: str, user: str, *, team: str | None = None, timeout: float = 30.0) -> None:
        """`url` is the sandbox's, `user` an id, `team` the workspace's where there are several."""
        super().__init__(url, user, team=team, timeout=timeout)
        self._typed: dict[str, Values] = {}

    async def command(self, command: str, text: str = "", *, channel: str = "general") -> None:
        """Type a slash command. Raises Refused with the words that Slack shows when the app does not answer."""
        await self._client.do("command", channel=await self.channel_id(channel), command=command, text=text)

    async def say(self, text: str, *, channel: str | None = None, thread: JSON | None = None) -> JSON:
        """Post a message; without a channel, to the app. Answers the message."""
        channel_id = await self.channel_id(channel)
        more = {"thread_ts": thread.get("thread_ts", thread["ts"])} if thread else {}
        answer = await self._client.do("say", channel=channel_id, text=text, **more)
        return {**answer["message"], "channel": channel_id}

    async def upload(self, name: str, content: bytes) -> JSON:
        """Pick a file, which nobody else sees yet. The answer is a value for a form's field. Raises Refused."""
        return await self._client.upload(name, content)

    async def edit(self, message: JSON, text: str) -> JSON:
        """Give a message of one's own another text. Answers the message. Raises Refused."""
        place = {"channel": message["channel"], "message_ts": message["ts"]}
        answer = await self._client.do("edit", text=text, **place)
        return {**answer["message"], "channel": message["channel"]}

    async def delete(self, message: JSON) -> None:
        """Take a message of one's own away. Raises Refused."""
        await self._client.do("delete", channel=message["channel"], message_ts=message["ts"])

    async def shortcut(self, name: str, *, app: str | None = None) -> None:
        """Pick a global shortcut by its name or callback id."""
        found, callback_id = self._shortcut("global", name, app)
        await self._client.do("shortcut", app=found, callback_id=callback_id)

    async def message_shortcut(self, message: JSON, name: str, *, app: str | None = None) -> None:
        """Pick a shortcut on a message by its name or callback id."""
        found, callback_id = self._shortcut("message", name, app)
        place = {"channel": message["channel"], "message_ts": message["ts"]}
        await self._client.do("shortcut", app=found, callback_id=callback_id, **place)

    async def click(self, where: JSON, what: Field, *, value: str | None = None) -> None:
        """Press a button in a message or view, by its action_id, (block_id, action_id) or text.

        `value` tells buttons of one name apart; in an overflow menu it is the option's text or value.
        """

        async def press() -> None:
            surface, block_id, element = await self._reach(where, what, value)
            action: JSON = {"type": element["type"], "block_id": block_id, "action_id": element["action_id"]}
            if element["type"] == "overflow":
                action["selected_option"] = pick(element["options"], value or "")
            await self._act(surface, action)

        await _in_what_is_drawn_now(press)

    async def choose(self, where: JSON, what: Field, choice: Any) -> None:
        """Choose in a select, picker, checkboxes or the like that acts at once; a form's plain input is only filled."""

        async def pick_it() -> None:
            surface, block_id, element = await self._reach(where, what)
            state = await self._state(surface, block_id, element, choice)
            self._typed_in(surface).setdefault(block_id, {})[element["action_id"]] = state
            if _acts(surface, block_id):
                await self._act(surface, {**state, "block_id": block_id, "action_id": element["action_id"]})

        await _in_what_is_drawn_now(pick_it)

    async def suggest(self, where: JSON, what: Field, typed: str) -> list[JSON]:
        """The options that the app offers while the person types; groups come flat."""

        async def look() -> list[JSON]:
            surface, block_id, element = await self._reach(where, what)
            return await self._suggestions(surface, block_id, element, typed)

        return await _in_what_is_drawn_now(look)

    async def fill(self, values: Fields, *, view: JSON | None = None) -> JSON:
        """Put values into the top modal without submitting it. Answers the view. Keys: see `submit`."""
        surface = await self.current(view) if view else await self.modal()
        for name, value in values.items():
            surface, block_id, element = await self._reach(surface, name)
            state = await self._state(surface, block_id, element, value)
            self._typed_in(surface).setdefault(block_id, {})[element["action_id"]] = state
        return surface

    async def submit(self, values: Fields | None = None, *, view: JSON | None = None) -> Submitted:
        """Fill in and submit the top modal. Inputs that are not named keep what they hold.

        Keys are block_ids, (block_id, action_id), action_ids or labels; values are plain: text, the text or value of an
        option (of a type-ahead: what is typed and then picked), lists of them, dates, times, True and False, names of
        people and channels, None for nothing. Raises Refused when the app does not answer.
        """
        surface = await self.fill(values or {}, view=view)
        state = {"values": complete_values(surface["blocks"], _held(surface), self._typed_in(surface))}
        answer = await self._client.do("submit", view_id=surface["id"], state=state)
        return Submitted(answer["result"], answer.get("errors", {}), answer.get("view"))

    async def close(self, view: JSON | None = None) -> None:
        """Close the top modal."""
        surface = view or await self.modal()
        await self._client.do("close", view_id=surface["id"])

    async def react(self, message: JSON, name: str) -> None:
        """Put an emoji on a message, or take it off again."""
        await self._client.do("reaction", channel=message["channel"], message_ts=message["ts"], name=name)

    async def run_step(self, callback_id: str, *, app: str | None = None, **inputs: Any) -> JSON:
        """Run a step of an app as a workflow does. Answers the execution, which has only begun."""
        answer = await self._client.do("step", app=self.app(app)["id"], callback_id=callback_id, inputs=inputs)
        execution: JSON = answer["execution"]
        return execution

    async def join(self, channel: str) -> None:
        """Join a public channel."""
        await self._client.do("join", channel=await self.channel_id(channel))

    def _shortcut(self, kind: str, name: str, app: str | None) -> tuple[str, str]:
        found = self.app(app)
        for shortcut in found["shortcuts"]:
            if shortcut["type"] == kind and name in (shortcut["name"], shortcut["callback_id"]):
                return found["id"], shortcut["callback_id"]
        there = ", ".join(s["name"] for s in found["shortcuts"] if s["type"] == kind)
        raise NotSeen(f"{found['name']} has no {kind} shortcut {name!r}, but {there or 'none'}")

    async def _reach(self, where: JSON, what: Field, value: str | None = None) -> tuple[JSON, str, JSON]:
        """The surface as it is once the element is there, its block_id and the element. Raises NotSeen.

        An app may still be drawing the surface, and a person does not press what is yet to come.
        """

        async def look() -> tuple[JSON, str, JSON] | None:
            surface = await self.current(where)
            found = find_element(surface, what, value)
            return (surface, *found) if found else None

        async def instead() -> str:
            return self.text_of(await self.current(where))

        return await self._wait(f"something to use called {what!r}", look, instead)

    async def _act(self, surface: JSON, action: JSON) -> None:
        state = {"values": complete_values(surface["blocks"], _held(surface), self._typed_in(surface))}
        await self._client.do("action", container=_container(surface), action=action, state=state)

    async def _state(self, surface: JSON, block_id: str, element: JSON, value: Any) -> JSON:
        if element["type"].endswith("external_select") and value is not None:
            many = STATEFUL[element["type"]].many
            wanted = value if many and isinstance(value, list | tuple) else [value]
            options = [await self._suggested(surface, block_id, element, one) for one in wanted]
            value = options if many else options[0]
        return state_for(element, value, self._resolve)

    async def _suggested(self, surface: JSON, block_id: str, element: JSON, typed: Any) -> JSON:
        """The option that a person picks after typing: the one of that text or value, else the only one."""
        if isinstance(typed, dict):
            return typed
        options = await self._suggestions(surface, block_id, element, str(typed))
        return options[0] if len(options) == 1 else pick(options, str(typed))

    async def _suggestions(self, surface: JSON, block_id: str, element: JSON, typed: str) -> list[JSON]:
        place = {"container": _container(surface), "block_id": block_id, "action_id": element["action_id"]}
        return offered(await self._client.do("suggest", value=typed, **place))

    def _resolve(self, name: str) -> str:
        """The id behind the name of a person or channel, for the selects of both."""
        for channel in self._channels:
            if name.removeprefix("#") in (channel["id"], channel["name"]):
                return str(channel["id"])
        return self.user_id(name)

    def _typed_in(self, surface: JSON) -> Values:
        return self._typed.setdefault(surface.get("id") or surface["ts"], {})


async def _in_what_is_drawn_now(use: Callable[[], Awaitable[T]]) -> T:
    """Do something with a surface; where the app has just drawn it anew, do it in the new one, as a person would."""
    for _again in range(REDRAWN):
        try:
            return await use()
        except Refused as refusal:
            if str(refusal) != GONE:
                raise
    return await use()


def _held(surface: JSON) -> Values:
    values: Values = surface.get("state", {}).get("values", {})
    return values


def _container(surface: JSON) -> JSON:
    if "ts" in surface:
        return {"type": "message", "channel": surface["channel"], "message_ts": surface["ts"]}
    return {"type": "view", "view_id": surface["id"]}


def _acts(surface: JSON, block_id: str) -> bool:
    """Whether what is chosen in a block is told to the app at once: everywhere but in a form's plain inputs."""
    block = next((b for b in surface["blocks"] if b.get("block_id") == block_id), {"type": ""})
    return block["type"] != "input" or bool(block.get("dispatch_action"))
