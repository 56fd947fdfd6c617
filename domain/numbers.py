"""A number that a workspace can set. Which ones there are, domain.settings and domain.retention say."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Number:
    """A number that can be set: what it is called, its unit, its bounds, and why the default is what it is."""

    words: str
    unit: str
    default: int
    least: int
    most: int
    why: str
