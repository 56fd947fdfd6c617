"""Which obstacles the advocacy team may override, and what a reason is."""

from datetime import date

import pytest

from domain.errors import RuleError
from domain.obstacles import REASON_LIMIT, Kind, Obstacle, check_override

CAN_BE = {"yellow", "paused", "renewal", "rest", "cap"}


@pytest.mark.parametrize("kind", Kind)
def test_what_can_be_overridden(kind: Kind) -> None:
    obstacle = Obstacle(kind, "is busy")
    assert obstacle.can_be_overridden == (kind.value in CAN_BE)
    assert not Obstacle(kind, "asked for it", is_wish=True).can_be_overridden
    if kind.value in CAN_BE:
        assert check_override([obstacle], " The board asked\nfor them. ") == "The board asked\nfor them."
    else:
        with pytest.raises(RuleError, match="can't be overridden: The customer is busy"):
            check_override([Obstacle(Kind.CAP, "is free from tomorrow"), obstacle], "A good reason")


@pytest.mark.parametrize("typed", ["", "  \n", "\u2066"])
def test_a_reason_is_needed(typed: str) -> None:
    with pytest.raises(RuleError) as refused:
        check_override([Obstacle(Kind.CAP, "is full", date(2026, 5, 3))], typed)
    assert set(refused.value.fields) == {"reason"}


def test_a_reason_has_an_end() -> None:
    with pytest.raises(RuleError) as refused:
        check_override([], "x" * (REASON_LIMIT + 1))
    assert set(refused.value.fields) == {"reason"}


def test_an_obstacle_is_read_after_a_name() -> None:
    assert Obstacle(Kind.STATE, "is resting").sentence("Ada Okafor") == "Ada Okafor is resting."
