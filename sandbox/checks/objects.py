"""The rules of what elements and blocks are composed of: texts, options, confirmations. Knows no block."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from sandbox.checks.rules import Keep, Refusal, Rule, Shape, by_type, items
from sandbox.checks.words import at_least_one, boolean, exactly_one, matching, one_of, string
from sandbox.shapes import JSON

BLOCK_ID = string(255)
ACTION_ID = string(255)
URL = string(3000)

# A file that Slack keeps, by its id or its address.
SLACK_FILE = Shape({}, {"id": string(), "url": URL}, (exactly_one("id", "url"),))


# What a text object may say beside its text, and what Slack takes where it does not.
_FLAGS = {"plain_text": ("emoji", True), "mrkdwn": ("verbatim", False)}


def plain(most: int, least: int = 1) -> Rule:
    """A plain_text object of so many characters; mrkdwn is refused."""
    return _Text(("plain_text",), most, least)


def text(most: int, least: int = 1) -> Rule:
    """A plain_text or mrkdwn object of so many characters."""
    return _Text(("plain_text", "mrkdwn"), most, least)


@dataclass(frozen=True)
class _Text:
    kinds: tuple[str, ...]
    most: int
    least: int

    @cached_property
    def _by_type(self) -> Rule:
        flags = [(kind, *_FLAGS[kind]) for kind in self.kinds]
        length = string(self.most, self.least)
        return by_type({kind: Shape({"text": length}, {flag: boolean}, (), {flag: on}) for kind, flag, on in flags})

    def refusals(self, value: Any, at: str) -> Iterator[Refusal]:
        yield from self._by_type.refusals(value, at)

    @cached_property
    def keep(self) -> Keep:
        """Half of what messages consist of is text objects, which mostly are as below: the rest goes the long way."""
        otherwise, least, most = self._by_type.keep, self.least, self.most
        flags = {kind: _FLAGS[kind] for kind in self.kinds}

        def keep(value: Any) -> Any:
            if isinstance(value, dict) and len(value) == 3:
                kind, said = value.get("type"), value.get("text")
                if isinstance(kind, str) and kind in flags and isinstance(said, str) and least <= len(said) <= most:
                    flag = flags[kind][0]
                    chosen = value.get(flag)
                    if chosen is True or chosen is False:
                        return {"type": kind, "text": said, flag: chosen}
            return otherwise(value)

        return keep


CONFIRM = Shape(
    {"title": plain(100), "text": text(300), "confirm": plain(30), "deny": plain(30)},
    {"style": one_of("primary", "danger")},
)


def option(label: Rule, **more: Rule) -> Shape:
    """An option; `label` is what its text may be."""
    return Shape({"text": label, "value": string(150)}, {"description": label, **more})


SELECT_OPTION = option(plain(75))
RICH_OPTION = option(text(75))
OVERFLOW_OPTION = option(plain(75), url=URL)


def _not_empty_together(value: JSON, at: str) -> Iterator[Refusal]:
    yield from at_least_one("options", "option_groups")(value, at)
    if value.get("options") and value.get("option_groups"):
        yield Refusal(at, "cannot have both options and option_groups")


OPTIONS = items(SELECT_OPTION, 1, 100)
OPTION_GROUPS = items(Shape({"label": plain(75), "options": items(SELECT_OPTION, 1, 100)}), 1, 100)
EITHER_OPTIONS = _not_empty_together

CONVERSATION_FILTER = Shape(
    {},
    {
        "include": items(one_of("im", "mpim", "private", "public"), 1, 4),
        "exclude_external_shared_channels": boolean,
        "exclude_bot_users": boolean,
    },
    (at_least_one("include", "exclude_external_shared_channels", "exclude_bot_users"),),
)

DISPATCH_CONFIG = Shape({}, {"trigger_actions_on": items(one_of("on_enter_pressed", "on_character_entered"), 1, 2)})


def _is_date(value: str) -> bool:
    try:
        return len(value) == 10 and bool(date.fromisoformat(value))
    except ValueError:
        return False


def _is_time(value: str) -> bool:
    hours, colon, minutes = value.partition(":")
    digits = len(hours) == len(minutes) == 2 and hours.isdigit() and minutes.isdigit()
    return bool(colon) and digits and int(hours) < 24 and int(minutes) < 60


DATE = matching(_is_date, "must be a date in the form YYYY-MM-DD")
TIME = matching(_is_time, "must be a time in the form HH:mm")
