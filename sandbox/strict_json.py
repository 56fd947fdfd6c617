"""JSON from outside: no deeper than anybody writes it, no numbers that are none, no halves of characters."""

import json
from typing import Any

import orjson

# Slack's own limit is not known; views nest less than twenty levels.
DEEPEST = 100


def parse(text: str) -> Any:
    """The value of a JSON text. Raises ValueError for whatever Slack would not read."""
    value = orjson.loads(text)
    if text.count("[") + text.count("{") > DEEPEST and _too_deep(value):
        raise ValueError("too deep")
    return value


def written(value: Any) -> bytes:
    """A value as JSON."""
    try:
        return orjson.dumps(value)
    except TypeError:
        # Half a character, which other charsets than UTF-8 can bring, is escaped as it came.
        return json.dumps(value).encode()


def _too_deep(value: Any) -> bool:
    """Whether a value has more levels than DEEPEST; without recursion, for it may be very deep."""
    level: list[Any] = [value]
    for _ in range(DEEPEST):
        level = [item for one in level for item in _inside(one)]
        if not level:
            return False
    return True


def _inside(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []
