"""A bounded log of what went to and fro between the app and the workspace. Decides nothing, forgets the oldest."""

from collections import deque
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Literal, NamedTuple

from sandbox.shapes import JSON

# Enough for a long demo; a test that needs more can read as it goes.
KEPT = 2_000

Direction = Literal["in", "out"]


# What went to and fro in one exchange. A call tells it when it is asked: most calls nobody looks at.
Detail = JSON | Callable[[], JSON]


class CallRecord(NamedTuple):
    """One exchange. `in`: the app called a method or a response URL; `out`: the workspace delivered to the app.

    `number` counts from 1.
    """

    number: int
    at: datetime
    direction: Direction
    name: str
    error: str | None
    ms: float
    app: str | None
    told: Detail

    @property
    def ok(self) -> bool:
        """Whether there was no error."""
        return self.error is None

    @property
    def detail(self) -> JSON:
        """Arguments and answer, or payload and acknowledgement."""
        return self.told if isinstance(self.told, dict) else self.told()

    def frame(self) -> JSON:
        """The record as the page's inspector lists it, without its detail, which may be large; `at` is ISO 8601 in UTC.

        `why` is what was complained of first, `kind` what was delivered.
        """
        shown = {key: getattr(self, key) for key in ("number", "direction", "name", "ok", "error", "ms", "app")}
        delivered = self.detail if self.direction == "out" else {}
        return shown | {
            "at": self.at.isoformat(timespec="milliseconds"),
            "kind": delivered.get("kind"),
            "retry": delivered.get("retry", 0),
            "why": self._complaint(),
        }

    def _complaint(self) -> str | None:
        told = None if self.ok else self.detail.get("answer", {}).get("response_metadata", {}).get("messages")
        return str(told[0]) if told else None


class CallLog:
    """The last calls, oldest first. Whoever listens is told of each one as it is written."""

    def __init__(self, listener: Callable[[CallRecord], None]) -> None:
        self._records: deque[CallRecord] = deque(maxlen=KEPT)
        self._listener = listener
        self._count = 0

    def add(
        self, at: datetime, direction: Direction, name: str, error: str | None, ms: float, app: str | None, told: Detail
    ) -> None:
        """Number and keep an exchange, and tell the listener."""
        self._count += 1
        record = CallRecord(self._count, at, direction, name, error, ms, app, told)
        self._records.append(record)
        self._listener(record)

    def __iter__(self) -> Iterator[CallRecord]:
        return iter(list(self._records))

    def __len__(self) -> int:
        return len(self._records)

    def named(self, name: str, *, ok: bool | None = None) -> list[CallRecord]:
        """The calls of one name, such as `chat.postMessage`, oldest first; only the good or the bad ones if asked."""
        return [r for r in self._records if r.name == name and ok in (None, r.ok)]
