"""What whoever asks sees of the chosen advocate before anything is sent. Decides no rule: it only carries."""

from dataclasses import dataclass
from datetime import date

from domain.capacity import Capacity
from domain.obstacles import Obstacle
from domain.offers import Offer


@dataclass(frozen=True, slots=True)
class Preview:
    """The chosen advocate for one activity: what is left around `day` (today while no day is planned), when they are
    free, what stands in the way on the planned day, and who could be asked instead without anything in the way.
    """

    advocate_id: str
    name: str
    company: str
    capacity: Capacity
    day: date
    today: date
    next_free: date | None
    obstacles: tuple[Obstacle, ...] = ()
    alternatives: tuple[Offer, ...] = ()

    @property
    def can_be_sent(self) -> bool:
        """Whether nothing stands in the way that nobody may override."""
        return all(one.can_be_overridden for one in self.obstacles)
