"""Which listener a request is for, found by its name at once.

Bolt asks one listener after the other whether a request is theirs and builds its arguments for each of them, which took
most of the time of a click where there are hundreds. It is therefore given one listener of each kind. Decides nothing
else: what is done with a request that has no listener, a feature says.
"""

import re
from collections.abc import Awaitable, Callable
from enum import StrEnum
from functools import partial
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.kwargs_injection.async_args import AsyncArgs

Listener = Callable[[AsyncArgs], Awaitable[None]]
Register = Callable[[Listener], None]


class Kind(StrEnum):
    """What Bolt tells apart."""

    ACTION = "action"
    CLOSED = "view_closed"
    COMMAND = "command"
    EVENT = "event"
    FUNCTION = "function"
    OPTIONS = "options"
    SHORTCUT = "shortcut"
    VIEW = "view"


def _under(key: str) -> Callable[[dict[str, Any]], str]:
    return lambda payload: str(payload[key])


NAMED_BY: dict[Kind, Callable[[dict[str, Any]], str]] = {
    Kind.ACTION: _under("action_id"),
    Kind.CLOSED: _under("callback_id"),
    Kind.COMMAND: _under("command"),
    Kind.EVENT: _under("type"),
    Kind.FUNCTION: lambda payload: str(payload["function"]["callback_id"]),
    Kind.OPTIONS: _under("action_id"),
    Kind.SHORTCUT: _under("callback_id"),
    Kind.VIEW: _under("callback_id"),
}
"""What names a payload's listener."""


ANYTHING = re.compile(r"(?s).*")


class Switchboard:
    """Stands where the Bolt app does while the features say what they listen to; `connect` then gives Bolt one listener
    of each kind. Raises ValueError when two listen to the same."""

    def __init__(self) -> None:
        self._heard: dict[Kind, dict[str, Listener]] = {}
        self._otherwise: dict[Kind, Listener] = {}

    def action(self, name: str) -> Register:
        """A click on this element."""
        return self._named(Kind.ACTION, name)

    def command(self, name: str) -> Register:
        """This slash command."""
        return self._named(Kind.COMMAND, name)

    def event(self, name: str) -> Register:
        """Something that happened in Slack."""
        return self._named(Kind.EVENT, name)

    def function(self, name: str) -> Register:
        """This step of a workflow, run."""
        return self._named(Kind.FUNCTION, name)

    def options(self, name: str) -> Register:
        """What is typed into this search field."""
        return self._named(Kind.OPTIONS, name)

    def shortcut(self, name: str) -> Register:
        """This shortcut, global or of a message."""
        return self._named(Kind.SHORTCUT, name)

    def view(self, name: str) -> Register:
        """This form, sent."""
        return self._named(Kind.VIEW, name)

    def connect(self, app: AsyncApp) -> None:
        """Let the app hand on what somebody listens to."""
        attach: dict[Kind, Callable[..., Any]] = {
            Kind.ACTION: app.action,
            Kind.CLOSED: app.view_closed,
            Kind.COMMAND: app.command,
            Kind.EVENT: app.event,
            Kind.FUNCTION: partial(app.function, auto_acknowledge=False),
            Kind.OPTIONS: app.options,
            Kind.SHORTCUT: app.shortcut,
            Kind.VIEW: app.view,
        }
        for kind, heard in self._heard.items():
            names = re.compile(f"^(?:{'|'.join(re.escape(name) for name in heard)})$")
            attach[kind](names)(_switch(NAMED_BY[kind], heard))
        # Whatever else there is comes last, so that it is looked for only where nobody listens.
        for kind, listener in self._otherwise.items():
            attach[kind](ANYTHING)(listener)

    def otherwise(self, kind: Kind) -> Register:
        """Whatever of this kind nobody listens to."""

        def keep(listener: Listener) -> None:
            self._otherwise[kind] = listener

        return keep

    def _named(self, kind: Kind, name: str) -> Register:
        heard = self._heard.setdefault(kind, {})

        def keep(listener: Listener) -> None:
            if name in heard:
                raise ValueError(f"two features listen to {kind.value} {name!r}")
            heard[name] = listener

        return keep


def _switch(name_of: Callable[[dict[str, Any]], str], heard: dict[str, Listener]) -> Listener:
    async def listener(args: AsyncArgs) -> None:
        await heard[name_of(args.payload)](args)

    return listener
