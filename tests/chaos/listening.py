"""What Everboard and its libraries log while a test runs, with the place at which an error began. Decides nothing."""

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any

import structlog

from tests.e2e.conftest import Loud, _complains

OURS = Path(__file__).resolve().parents[2]

UNFORESEEN = {"unexpected", "sending failed", "job failed"}


NOT_OURS = "the app should be installed into this workspace"
"""What Bolt logs of a workspace that has not installed Everboard, and says to whoever is there."""


@dataclass
class Listening:
    """`news()` is what nobody foresaw since the last look; `events` counts whatever was logged."""

    loud: Loud = field(default_factory=Loud)
    unforeseen: list[str] = field(default_factory=list)
    events: list[str] = field(default_factory=list)
    last: list[str] = field(default_factory=list)
    """The last complaints of libraries, the harmless ones too."""

    def hear(self, _logger: Any, _method: str, event: dict[str, Any]) -> Any:
        """The only processor while listening."""
        self.events.append(str(event["event"]))
        if event["event"] in UNFORESEEN:
            self.unforeseen.append(f"{event['event']} in {event.get('act') or event.get('job')}: {_cause(event)}")
        raise structlog.DropEvent

    def news(self) -> list[str]:
        """What came since the last look."""
        self.last = self.loud.said[-2:]
        found = [*self.unforeseen, *(words for words in self.loud.said if _complains(words) and NOT_OURS not in words)]
        self.unforeseen.clear()
        self.loud.said.clear()
        return found


def _cause(event: dict[str, Any]) -> str:
    if not event.get("exc_info"):
        return str(event.get("error") or event.get("problem"))
    kind, error, trace = sys.exc_info()
    return f"{kind.__name__ if kind else ''}: {' '.join(str(error).split())[:300]} at {' < '.join(_places(trace))}"


def _places(trace: TracebackType | None) -> list[str]:
    """The innermost places of ours, the innermost first."""
    places: list[str] = []
    while trace is not None:
        path = Path(trace.tb_frame.f_code.co_filename)
        if path.is_relative_to(OURS):
            places.append(f"{path.relative_to(OURS)}:{trace.tb_lineno}")
        trace = trace.tb_next
    return places[-3:][::-1]


@contextmanager
def listening() -> Iterator[Listening]:
    """Listen to both for a while."""
    found = Listening()
    processors: list[Any] = structlog.get_config()["processors"]
    before = processors.copy()
    logging.getLogger().addHandler(found.loud)
    try:
        processors[:] = [found.hear]
        structlog.configure(processors=processors)
        yield found
    finally:
        processors[:] = before
        structlog.configure(processors=processors)
        logging.getLogger().removeHandler(found.loud)
