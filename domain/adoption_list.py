"""Who by name has taken part in the program and who has not yet, for the leaders who were named for it.

Off until the program leader switches it on. Nothing is stored for it, and no answer to a pulse is in it. Decides no
permission; groups without names are domain.adoption's.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.people import Function

PAGE = 20
"""People on a page."""


class Which(StrEnum):
    """Whom the list shows; the value is what its reader chooses."""

    NOT_YET = "not yet"
    TOOK_PART = "have taken part"
    EVERYBODY = "everybody"


@dataclass(frozen=True, slots=True)
class Chosen:
    """What of it somebody looks at: whom, of which function (None: all), which page from 0 on."""

    which: Which = Which.NOT_YET
    function: Function | None = None
    page: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """What one colleague did in the days that are counted. Endorsing is nominating, following a request requesting."""

    name: str
    slack_id: str | None
    function: Function | None
    nominated: int
    looked_up: int
    requested: int

    @property
    def took_part(self) -> bool:
        """Whether it is anything at all."""
        return bool(self.nominated or self.looked_up or self.requested)


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of the list. `people` are all whom the choice of the function leaves, `took_part` those of them who
    have."""

    rows: Sequence[Row]
    chosen: Chosen
    first: date
    last: date
    people: int
    took_part: int

    @property
    def matching(self) -> int:
        """How many the whole list has."""
        match self.chosen.which:
            case Which.NOT_YET:
                return self.people - self.took_part
            case Which.TOOK_PART:
                return self.took_part
            case Which.EVERYBODY:
                return self.people

    @property
    def pages(self) -> int:
        """How many pages that makes."""
        return max(1, -(-self.matching // PAGE))
