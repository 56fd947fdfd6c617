"""How many pages one address may ask for."""

from datetime import timedelta

from domain.visits import ADDRESSES, MOST_ASKED, WITHIN, Visits
from tests.worlds import START


def test_so_many_a_minute_and_then_the_rest_of_the_minute_to_wait() -> None:
    visits = Visits()
    assert [visits.wait("1.2.3.4", START) for _ in range(MOST_ASKED)] == [None] * MOST_ASKED
    assert visits.wait("1.2.3.4", START + timedelta(seconds=20)) == WITHIN - timedelta(seconds=20)
    assert visits.wait("5.6.7.8", START) is None
    assert visits.wait("1.2.3.4", START + WITHIN) is None


def test_who_is_refused_does_not_wait_longer_for_asking_again() -> None:
    visits = Visits()
    for _ in range(MOST_ASKED * 3):
        visits.wait("1.2.3.4", START)
    assert visits.wait("1.2.3.4", START + WITHIN) is None


def test_only_so_many_addresses_are_remembered() -> None:
    visits = Visits()
    for number in range(ADDRESSES + 50):
        visits.wait(str(number), START)
    assert len(visits._counts) == ADDRESSES
    assert "0" not in visits._counts
