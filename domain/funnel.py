"""What became of nominations, by where they came from, and which ways to nominate nobody takes. Decides no state."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from domain.nominations import Source

TOUCHPOINTS = tuple(source for source in Source if source is not Source.IMPORT)
"""Ways in which people nominate; an import brings in what was known already."""


@dataclass(frozen=True, slots=True)
class Funnel:
    """Nominations from one source (None: from all), and how many of them have come how far by now: each stage counts
    those that went beyond it too."""

    source: Source | None
    nominated: int = 0
    accepted: int = 0
    introduced: int = 0
    published: int = 0


def whole(rows: Iterable[Funnel]) -> Funnel:
    """All sources together."""
    some = list(rows)
    stages = ("nominated", "accepted", "introduced", "published")
    return Funnel(None, *(sum(getattr(row, stage) for row in some) for stage in stages))


def silent(rows: Sequence[Funnel]) -> list[Source]:
    """The ways to nominate by which nothing came, in their order."""
    there = {row.source for row in rows if row.nominated}
    return [source for source in TOUCHPOINTS if source not in there]
