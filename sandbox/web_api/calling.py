"""What a Web API method is given and how it refuses. Knows no method."""

import base64
import binascii
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sandbox.apps import App
from sandbox.shapes import JSON
from sandbox.strict_json import parse
from sandbox.workspace import Workspace

Caller = Literal["bot", "app"]

# No number that Slack knows has more digits, and Python reads none of very many.
LONGEST_NUMBER = 18


def is_number(text: str) -> bool:
    """Whether a text is a whole number of at least 0, in the digits 0 to 9."""
    return text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER


class SlackError(Exception):
    """An answer with `ok: false`. `error` is Slack's string; `more` further keys, such as `needed`."""

    def __init__(self, error: str, **more: Any) -> None:
        super().__init__(error)
        self.error = error
        self.more = more


def invalid_arguments(*messages: str) -> SlackError:
    """Slack's answer to arguments of the wrong form; each message says which."""
    return SlackError("invalid_arguments", response_metadata={"messages": [f"[ERROR] {m}" for m in messages]})


class Arguments:
    """The arguments of one call, whether they came as a form, a query or JSON."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self.values = values

    def __contains__(self, name: str) -> bool:
        return self.values.get(name) is not None

    def text(self, name: str, default: str = "") -> str:
        """A string. Raises SlackError when it is something else."""
        value = self.values.get(name)
        if value is None:
            return default
        if isinstance(value, str):
            return value
        if isinstance(value, int | float) and not isinstance(value, bool):
            return str(value)
        raise invalid_arguments(f"must provide a string [json-pointer:/{name}]")

    def required(self, name: str) -> str:
        """A string that must be there. Raises SlackError."""
        value = self.text(name)
        if not value:
            raise invalid_arguments(f"missing required field: {name}")
        return value

    def integer(self, name: str, default: int) -> int:
        """A whole number of at least 0. Raises SlackError."""
        value = self.text(name)
        if not value:
            return default
        if not is_number(value):
            raise invalid_arguments(f"must be an integer [json-pointer:/{name}]")
        return int(value)

    def flag(self, name: str, default: bool = False) -> bool:
        """True or false; forms write it as 1, true, 0 or false."""
        value = self.values.get(name)
        if value is None:
            return default
        return value is True or str(value).lower() in ("1", "true")

    def parsed(self, name: str, error: str = "invalid_arguments") -> Any:
        """A JSON value, which a form carries as a string; None when it is absent. Raises SlackError with `error`."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return parse(value)
        except ValueError:
            raise SlackError(error) from None

    def names(self, name: str, default: Sequence[str] = ()) -> list[str]:
        """A list that is written with commas, or as a JSON array."""
        value = self.values.get(name)
        if isinstance(value, list):
            return [str(item) for item in value]
        text = self.text(name)
        return [part.strip() for part in text.split(",") if part.strip()] if text else list(default)


@dataclass(frozen=True)
class Call:
    """One call of a method by an app.

    `size`: the arguments hold no more characters than this. `pictures`: whether they can name a picture at all.
    """

    ws: Workspace
    app: App
    args: Arguments
    size: int
    pictures: bool

    def need(self, *scopes: str) -> None:
        """Refuse unless one of the scopes was granted. Raises SlackError."""
        if not self.app.scopes.intersection(scopes):
            raise missing_scope(self.app, scopes)


def missing_scope(app: App, scopes: Sequence[str]) -> SlackError:
    """Slack's answer when no needed scope was granted."""
    return SlackError("missing_scope", needed=",".join(scopes), provided=",".join(sorted(app.scopes)))


@dataclass(frozen=True)
class Method:
    """A method of the Web API: what it does, which token it takes, of which scopes it needs one."""

    name: str
    run: Callable[[Call], JSON]
    scopes: tuple[str, ...] = ()
    caller: Caller = "bot"

    @property
    def needs_team(self) -> bool:
        """Whether an organisation's token must say which workspace it means: lists, and what makes something new."""
        return self.name.rpartition(".")[2] in ("list", "create", "conversations", "teamInfo")


# Slack's ceiling for what a list method may be asked for: "a limit value under 1000".
PAGE_LIMIT = 999


def page(call: Call, items: Sequence[Any], default_limit: int = 100, *, name: str = "limit") -> tuple[list[Any], JSON]:
    """The part of a list that was asked for, and the response_metadata that leads on.

    Raises SlackError, which for a limit that is none is `invalid_arguments`: see `page_or_invalid_limit`.
    """
    limit = call.args.integer(name, 0)
    if limit > PAGE_LIMIT:
        raise invalid_arguments(f"must be less than {PAGE_LIMIT + 1} [json-pointer:/{name}]")
    start = _start(call.args.text("cursor"))
    end = start + (limit or default_limit)
    cursor = _cursor(end) if end < len(items) else ""
    return list(items[start:end]), {"next_cursor": cursor}


def page_or_invalid_limit(call: Call, items: Sequence[Any]) -> tuple[list[Any], JSON]:
    """`page` for the methods whose documentation lists `invalid_limit`. Raises SlackError."""
    try:
        limit = call.args.integer("limit", 0)
    except SlackError:
        raise SlackError("invalid_limit") from None
    if limit > PAGE_LIMIT:
        raise SlackError("invalid_limit")
    return page(call, items)


def _cursor(position: int) -> str:
    return base64.b64encode(f"next:{position}".encode()).decode()


def _start(cursor: str) -> int:
    if not cursor:
        return 0
    try:
        word, _, number = base64.b64decode(cursor, validate=True).decode().partition(":")
        if word == "next" and is_number(number):
            return int(number)
    except (binascii.Error, ValueError):
        pass
    raise SlackError("invalid_cursor")
