"""A bounded log of what went to and fro between the app and the workspace. Decides nothing, forgets the oldest."""

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
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
    number: int = 0

    def frame(self) -> JSON:
        """The record as the page's inspector lists it, without its detail, which may be large; `at` is ISO 8601 in UTC.

        `number` counts from 1; `why` is what was complained of first, `kind` what was delivered.
        """
        shown = {key: getattr(self, key) for key in ("number", "direction", "name", "ok", "error", "ms", "app")}
        return shown | {
            "at": self.at.isoformat(timespec="milliseconds"),
            "kind": self.detail.get("kind"),
            "retry": self.detail.get("retry", 0),
            "why": self._complaint(),
        }

    def _complaint(self) -> str | None:
        told = self.detail.get("answer", {}).get("response_metadata", {}).get("messages") if not self.ok else None
        return str(told[0]) if told else None


class CallLog:
    """The last calls, oldest first. Whoever listens is told of each one as it is written."""

    def __init__(self, listener: Callable[[CallRecord], None]) -> None:
        self._records: deque[CallRecord] = deque(maxlen=KEPT)
        self._listener = listener
        self._count = 0

    def add(self, record: CallRecord) -> None:
        """Number and keep a record, and tell the listener."""
        self._count += 1
        kept = replace(record, number=self._count)
        self._records.append(kept)
        self._listener(kept)

    def __iter__(self) -> Iterator[CallRecord]:
        return iter(list(self._records))

    def __len__(self) -> int:
        return len(self._records)

    def named(self, name: str, *, ok: bool | None = None) -> list[CallRecord]:
        """The calls of one name, such as `chat.postMessage`, oldest first; only the good or the bad ones if asked."""
        return [r for r in self._records if r.name == name and ok in (None, r.ok)]
