"""What a benchmark answers, and how two ways are compared on a noisy machine. Decides no goal.

Two ways are always measured in turns, a little of each, and the median of the rounds' ratios counts: what else the
machine does then slows both.
"""

import os
import platform
import statistics
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Figure:
    """One number. `goal` is what it should reach at least (`at_most` false) or at most."""

    name: str
    value: float
    unit: str
    goal: float | None = None
    at_most: bool = False
    note: str = ""

    @property
    def met(self) -> bool | None:
        """Whether the goal is reached; None where there is none."""
        if self.goal is None:
            return None
        return self.value <= self.goal if self.at_most else self.value >= self.goal


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which this share (0 to 1) of all lies; the nearest one that was seen."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def ratio(pairs: Sequence[tuple[float, float]]) -> float:
    """The median of one over the other, round by round."""
    return statistics.median(one / other for one, other in pairs)


def in_turns(rounds: int, one: Callable[[], float], other: Callable[[], float]) -> list[tuple[float, float]]:
    """Both, once a round, after a first round that warms up and does not count."""
    return [(one(), other()) for _ in range(rounds + 1)][1:]


def machine() -> dict[str, Any]:
    """What the numbers were measured on, and how busy it was."""
    return {
        "cores": os.cpu_count(),
        "processor": _processor(),
        "load": [round(load, 2) for load in os.getloadavg()],
        "system": platform.platform(),
        "python": sys.version.split()[0],
    }


def _processor() -> str:
    information = Path("/proc/cpuinfo")
    lines = information.read_text(encoding="utf-8").splitlines() if information.exists() else []
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())
