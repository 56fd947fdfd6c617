"""What is to be done before a program can run: each step is done by fact, never because somebody says so."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum


class Part(StrEnum):
    """One step, in the order in which they are best taken."""

    CHANNELS = "channels"
    ROLES = "roles"
    ACCOUNTS = "accounts"
    WORDS = "words"
    TARGETS = "targets"
    PULSE = "pulse"
    NUDGES = "nudges"


@dataclass(frozen=True, slots=True)
class Setup:
    """Which steps are done, and whether somebody has put the guide away."""

    done: Collection[Part]
    put_away: bool = False

    @property
    def is_complete(self) -> bool:
        """Whether nothing is left to do."""
        return all(part in self.done for part in Part)

    @property
    def is_shown(self) -> bool:
        """Whether Home shows the guide."""
        return not (self.is_complete or self.put_away)

    @property
    def following(self) -> Part | None:
        """The first step that is left."""
        return next((part for part in Part if part not in self.done), None)
