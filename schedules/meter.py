"""What this process has done since it began, for whoever watches it. Decides nothing, and knows no person."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(slots=True)
class Meter:
    """Counts that only grow. `sends` are outcomes by the kind of message, `runs` jobs by how they went, and `late` how
    many seconds after its time each job ran last."""

    sends: Counter[tuple[str, str]] = field(default_factory=Counter)
    runs: Counter[tuple[str, str]] = field(default_factory=Counter)
    late: dict[str, float] = field(default_factory=dict)

    def sent(self, kind: str, outcome: str) -> None:
        """A send came to an end; `too_fast` is Slack's 429."""
        self.sends[kind, outcome] += 1

    def ran(self, job: str, due: datetime, now: datetime) -> None:
        """A job did what was due."""
        self.runs[job, "ran"] += 1
        self.late[job] = (now - due).total_seconds()

    def failed(self, job: str) -> None:
        """A job raised, and will be tried again."""
        self.runs[job, "failed"] += 1
