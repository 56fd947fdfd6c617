"""What becomes of a payload on the way: keys gone, other types, junk, ids of other things. Decides no expectation.

Seeded: the same random numbers garble the same payload in the same way.
"""

import copy
import json
import random
from collections.abc import Callable, Iterator, Sequence
from typing import Any

Path = tuple[str | int, ...]

HUGE = "€xaggerated " * 1500

TEXTS = (
    "",
    " ",
    "\x00",
    "a\x00b",
    "\ud800",
    "ok\udfff",
    "\u202e\u200fright to left",
    "\ufeff\u200b",
    "🧨" * 300,
    "0",
    "-1",
    "1e999",
    "NaN",
    "99999999999999999999",
    "null",
    "{}",
    "[]",
    "[1,",
    '{"a":',
    '["x","y","z","w"]',
    '{"id":null,"source":7,"q":["x"],"version":"x","month":0,"goal":{},"entry":[],"task":5,"page":"x"}',
    "0000-00-00",
    "0000-01-01",
    "9999-12-31",
    "2026-02-30",
    "::::",
    "a:b:c",
    "<!channel> <@U0STELLAN> <https://evil.example|x>",
    "=cmd()",
    "'; drop table nomination; --",
    HUGE,
)

JUNK: tuple[Any, ...] = (
    None,
    True,
    False,
    0,
    -1,
    2**31,
    2**63,
    10**40,
    3.5,
    [],
    {},
    [None],
    {"": None},
    [[[[{}]]]],
    {"id": {"id": [1]}},
)

NUMBERS = (0, -1, 1, 2**31, 2**53, 2**63, -(2**63), 10**18, 253402300800, -62135596801)

SPARED = frozenset({"type", "token", "api_app_id", "command"})
"""What says which kind of request this is: garbled seldom, or nearly everything would be of no kind at all."""

FEW = 0.02


def places(value: Any, at: Path = ()) -> Iterator[Path]:
    """Every place in a payload but its root."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield (*at, key)
        yield from places(inner, (*at, key))


def look(value: Any, path: Path) -> Any:
    """What stands at a place."""
    for key in path:
        value = value[key]
    return value


class Garbler:
    """Garbles payloads; `ids` are those of rows that exist or did, and of people and channels in Slack."""

    def __init__(self, rng: random.Random, ids: Sequence[str]) -> None:
        self._rng, self._ids = rng, ids
        self._ways: tuple[tuple[Callable[[Any, Path], None], int], ...] = (
            (self._gone, 4),
            (self._junk, 3),
            (self._text, 8),
            (self._id, 7),
            (self._inside, 6),
            (self._number, 2),
            (self._nested, 1),
        )

    def garbled(self, payload: dict[str, Any]) -> dict[str, Any]:
        """A copy with one to three things wrong with it."""
        found = copy.deepcopy(payload)
        for _ in range(self._rng.choice((1, 1, 1, 2, 3))):
            way = self._rng.choices([one for one, _ in self._ways], [weight for _, weight in self._ways])[0]
            if (path := self._place(found)) is not None:
                way(found, path)
        return found

    def _place(self, payload: dict[str, Any]) -> Path | None:
        """Mostly where Everboard reads: of what Slack says of how a view looks there is much more than that."""
        every = list(places(payload))
        read = [path for path in every if not {"blocks", "title", "close", "submit"} & set(path)]
        among = read if read and self._rng.random() > 0.1 else every
        for _ in range(5):
            if not among:
                return None
            path = self._rng.choice(among)
            if path[-1] not in SPARED or self._rng.random() < FEW:
                return path
        return None

    def _gone(self, payload: Any, path: Path) -> None:
        del look(payload, path[:-1])[path[-1]]

    def _put(self, payload: Any, path: Path, value: Any) -> None:
        look(payload, path[:-1])[path[-1]] = value

    def _junk(self, payload: Any, path: Path) -> None:
        self._put(payload, path, copy.deepcopy(self._rng.choice(JUNK)))

    def _text(self, payload: Any, path: Path) -> None:
        self._put(payload, path, self._rng.choice(TEXTS))

    def _id(self, payload: Any, path: Path) -> None:
        if isinstance(look(payload, path), str) and self._ids:
            self._put(payload, path, self._rng.choice(self._ids))

    def _inside(self, payload: Any, path: Path) -> None:
        """A value that is itself written as JSON, or as parts with colons, is garbled in its inside."""
        text = look(payload, path)
        if not isinstance(text, str):
            return
        try:
            held = json.loads(text)
        except ValueError:
            parts = text.split(":")
            parts[self._rng.randrange(len(parts))] = self._rng.choice((*TEXTS[:20], *self._ids[:50]))
            self._put(payload, path, ":".join(parts))
            return
        if inner := list(places(held)):
            self._rng.choice((self._gone, self._junk, self._text, self._id))(held, self._rng.choice(inner))
        self._put(payload, path, json.dumps(held))

    def _number(self, payload: Any, path: Path) -> None:
        number = self._rng.choice(NUMBERS)
        self._put(payload, path, str(number) if isinstance(look(payload, path), str) else number)

    def _nested(self, payload: Any, path: Path) -> None:
        deep: Any = look(payload, path)
        for _ in range(self._rng.choice((3, 60, 300))):
            deep = [deep] if self._rng.random() < 0.5 else {"inner": deep}
        self._put(payload, path, deep)
