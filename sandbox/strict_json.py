"""JSON from outside: no deeper than anybody writes it, no numbers that are none, no halves of characters."""

import json
from typing import Any, NoReturn

# Slack's own limit is not known; views nest less than twenty levels.
DEEPEST = 100


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")


_DECODER = json.JSONDecoder(parse_constant=_refuse)


def parse(text: str) -> Any:
    """The value of a JSON text. Raises ValueError for whatever Slack would not read."""
    try:
        value = _DECODER.decode(text)
    except RecursionError:
        raise ValueError("too deep") from None
    if text.count("[") + text.count("{") > DEEPEST and _too_deep(value):
        raise ValueError("too deep")
    if "\\u" in text:
        # Half a character can be written in JSON, but in no encoding that anything else speaks.
        json.dumps(value, ensure_ascii=False).encode()
    return value


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
