"""How much the most asked carry: the tenth of all, rounded up, and of few uses nothing."""

import pytest

from domain.use_report import Figures, Used


def used(*uses: int, active: bool = True, beyond: int = 0) -> list[Used]:
    return [Used(str(at), active, number, 2 * number, beyond) for at, number in enumerate(uses)]


@pytest.mark.parametrize(
    ("uses", "active", "top", "share"),
    [
        ([], 0, 0, None),
        ([], 40, 4, None),
        ([9], 40, 4, None),  # too few to tell
        ([10], 1, 1, 1.0),
        ([5, 5], 10, 1, 0.5),
        ([5, 5], 11, 2, 1.0),
        ([1, 6, 3], 10, 1, 0.6),
        ([1] * 20, 20, 2, 0.1),
    ],
)
def test_what_the_tenth_carries(uses: list[int], active: int, top: int, share: float | None) -> None:
    found = Figures.of(used(*uses), active)
    assert (found.top, found.share, found.uses, found.halves) == (top, share, sum(uses), 2 * sum(uses))


def test_whoever_is_no_longer_active_counts_for_the_days_on_which_they_were_used() -> None:
    found = Figures.of([*used(4, 4), *used(3, active=False, beyond=2)], 9)
    assert (found.advocates, found.used, found.beyond) == (10, 3, 2)
    assert found.share == pytest.approx(4 / 11)


def test_half_of_it_on_a_few_is_uneven() -> None:
    assert Figures.of(used(5, 5), 10).is_uneven
    assert not Figures.of(used(4, 6, 3), 10).is_uneven
    assert not Figures.of(used(9), 90).is_uneven
