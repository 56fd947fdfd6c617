"""The answer to a look-up: who is offered, what was understood, and what had to be let go. Decides no order."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from domain.advocates import Card, Found
from domain.capacity import Capacity
from domain.matching import Part
from domain.obstacles import Obstacle
from domain.query import Facet
from domain.vocabulary import Activity


@dataclass(frozen=True, slots=True)
class Offer:
    """One advocate in an answer: profile, why it matched, what is left, when they are free for `activity`.

    `obstacle` is what stands in the way until somebody changes it, in a sentence; "" when nothing does.
    """

    found: Found
    activity: Activity
    capacity: Capacity
    is_free: bool
    next_free: date | None
    score: float
    parts: tuple[Part, ...]
    obstacle: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """An offer for a request, with what stands in the way on its day."""

    offer: Offer
    obstacles: tuple[Obstacle, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """One page of a look-up; `page` counts from 0.

    `query` is the line that leads here again, short enough to be carried by a button; `relaxed` is what was left out,
    in words; `is_awaited` says that the asker is told already when somebody fits all of it.
    """

    offers: tuple[Offer, ...]
    query: str
    page: int
    pages: int
    total: int
    understood: tuple[str, ...]
    remarks: tuple[str, ...]
    relaxed: str | None = None
    today: date = date.min
    is_awaited: bool = False


@dataclass(frozen=True, slots=True)
class Refinement:
    """A query taken apart for a form: what can be chosen, what is chosen, and the line with all the rest."""

    line: str = ""
    chosen: Mapping[Facet, tuple[str, ...]] = field(default_factory=dict)
    choices: Mapping[Facet, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Awaited:
    """A search that somebody waits for: its id, the line that leads there, and what was understood of it."""

    id: str
    query: str
    understood: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PastUse:
    """One use of an advocate as any colleague may know it: what and about when, never for whom.

    `is_own` when it was for the viewer; `is_coming` while it is agreed and still to come.
    """

    on: date
    activity: Activity
    is_own: bool = False
    is_coming: bool = False


@dataclass(frozen=True, slots=True)
class Ready:
    """What was approved and speaks for us without asking anybody: its kind, title, address and words.

    `who` approved it, in words; `scope` says where it may be used; `expires_on` is the last day of that.
    """

    kind: str
    title: str
    link: str | None = None
    words: str | None = None
    id: str = ""
    who: str = ""
    scope: str = ""
    expires_on: date | None = None


@dataclass(frozen=True, slots=True)
class OnHand:
    """What exists already and fits, best first; `relaxed` is what was left out to find it, in words."""

    ready: tuple[Ready, ...] = ()
    relaxed: str | None = None


@dataclass(frozen=True, slots=True)
class Portrait:
    """All that one colleague may know of an advocate.

    `may_keep_assets` says that they keep what is approved, `may_edit` that they work on the journey.
    """

    card: Card
    offer: Offer
    history: tuple[PastUse, ...] = ()
    ready: tuple[Ready, ...] = ()
    may_see_contact: bool = False
    today: date = date.min
    may_keep_assets: bool = False
    may_edit: bool = False
