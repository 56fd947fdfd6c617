"""How long the runs under fire are: a short form for every day, and `make chaos`. Decides nothing else."""

import os
import random
from dataclasses import dataclass


@dataclass(frozen=True)
class Scale:
    """Kills and people of a run, rounds of trouble among replicas, and seconds that it may take."""

    kills: int
    people: int
    rounds: int
    afterwards: float
    """Seconds of work once the bot lives on."""
    settling: float
    longest: float
    payloads: int
    """Garbled payloads of every kind."""
    files: int
    """Garbled files of each kind, an engine."""
    faults: int
    """Faults of the database one after the other."""
    few_payloads: int = 100_000
    payload_seconds: float = 20
    """The form of every day sends as many as go into this time."""


SHORT = Scale(kills=5, people=20, rounds=1, afterwards=8, settling=240, longest=540, payloads=3000, files=15, faults=10)
FULL = Scale(
    kills=100, people=2000, rounds=4, afterwards=60, settling=1200, longest=5400, payloads=20_000, files=200, faults=120
)

EVERY_DAY = 2026

SCALE = FULL if os.environ.get("CHAOS") == "full" else SHORT


def a_seed() -> int:
    """What makes a run random. In full a new one each time, unless `CHAOS_SEED` asks for one again; the short form is
    the same every day, so that a change fails by what it changed."""
    anew = random.SystemRandom().randrange(10**9) if SCALE is FULL else EVERY_DAY
    seed = int(os.environ.get("CHAOS_SEED") or anew)
    said(f"CHAOS_SEED={seed}")
    return seed


def said(words: str) -> None:
    """What pytest shows of a run that failed, and of every run under `make chaos`."""
    print(words)  # noqa: T201  # there is nobody else to tell
