"""A bounded log of what went to and fro between the app and the workspace. Decides nothing, forgets the oldest."""

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Literal

from sandbox.shapes import JSON

# Enough for a long demo; a test that needs more can read as it goes.
KEPT = 2_000

Direction = Literal["in", "out"]


@dataclass(frozen=True)
class CallRecord:
    """One exchange. `in`: the app called a method or a response URL; `out`: the workspace delivered to the app."""

    at: datetime
    direction: Direction
    name: str
    ok: bool
    error: str | None
    ms: float
    app: str | None
    detail: JSON = field(default_factory=dict)

    def frame(self) -> JSON:
        """The record as the page's inspector reads it; `at` is ISO 8601 in UTC."""
        return asdict(self) | {"at": self.at.isoformat(timespec="milliseconds")}


class CallLog:
    """The last calls, oldest first. Whoever listens is told of each one as it is written."""

    def __init__(self, listener: Callable[[CallRecord], None]) -> None:
        self._records: deque[CallRecord] = deque(maxlen=KEPT)
        self._listener = listener

    def add(self, record: CallRecord) -> None:
        """Keep a record and tell the listener."""
        self._records.append(record)
        self._listener(record)

    def __iter__(self) -> Iterator[CallRecord]:
        return iter(list(self._records))

    def __len__(self) -> int:
        return len(self._records)

    def named(self, name: str, *, ok: bool | None = None) -> list[CallRecord]:
        """The calls of one name, such as `chat.postMessage`, oldest first; only the good or the bad ones if asked."""
        return [r for r in self._records if r.name == name and ok in (None, r.ok)]
