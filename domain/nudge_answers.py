"""What people may say to a nudge, and what they want of nudges. Decides nothing about who gets one."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Said(StrEnum):
    """What somebody may say with a click."""

    DONE = "done"
    NOT_MINE = "not mine"
    SNOOZE = "snooze"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Wishes:
    """What somebody wants of nudges now. `until` is the day on which a rest ends."""

    stopped: bool = False
    until: date | None = None
    may_name: bool = False


@dataclass(frozen=True, slots=True)
class Answered:
    """What was said to which nudge, and what holds since."""

    said: Said
    nudge_id: str
    wishes: Wishes
    in_channel: bool
