"""Ids that sort by age, and times that always have a zone."""

import random
from datetime import UTC, datetime, timedelta, timezone

import pytest

from domain.moment import CROCKFORD, Moment

THEN = datetime(2026, 3, 2, 9, tzinfo=UTC)


def test_ids_of_one_moment_differ_and_keep_the_order_in_which_they_were_drawn() -> None:
    moment = Moment(THEN, random.Random(1).getrandbits)
    drawn = [moment.new_id() for _ in range(2000)]
    assert len(set(drawn)) == len(drawn)
    assert drawn == sorted(drawn)
    assert all(len(one) == 26 and set(one) <= set(CROCKFORD) for one in drawn)


def test_many_ids_at_once_are_as_those_drawn_one_by_one() -> None:
    moment = Moment(THEN, random.Random(1).getrandbits)
    drawn = [moment.new_id(), *moment.new_ids(2000), moment.new_id(), *moment.new_ids(1), *moment.new_ids(0)]
    assert len(drawn) == 2003
    assert drawn == sorted(set(drawn))
    assert all(len(one) == 26 and set(one) <= set(CROCKFORD) for one in drawn)


def test_ids_of_a_later_moment_sort_later() -> None:
    rng = random.Random(2)
    early = Moment(THEN, rng.getrandbits).new_id()
    late = Moment(THEN + timedelta(milliseconds=1), rng.getrandbits).new_id()
    assert early < late


def test_the_same_randomness_gives_the_same_ids() -> None:
    assert Moment(THEN, random.Random(3).getrandbits).new_id() == Moment(THEN, random.Random(3).getrandbits).new_id()


def test_a_moment_is_utc_whatever_zone_it_came_in() -> None:
    tokyo = timezone(timedelta(hours=9))
    assert Moment(THEN.astimezone(tokyo), random.getrandbits).now.tzinfo is UTC


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        Moment(datetime(2026, 3, 2, 9), random.getrandbits)  # noqa: DTZ001  # that is the point
