"""Which week is told, and when there is anything to say."""

from datetime import date, timedelta

from domain.team_week import Done, Waiting, Week, week_before
from domain.value import Period


def test_it_is_the_last_whole_week_whatever_the_day() -> None:
    monday = date(2026, 11, 23)
    for days in range(7):
        assert week_before(monday + timedelta(days=days)) == Period(date(2026, 11, 16), date(2026, 11, 22))


def test_something_done_or_something_that_waits_is_worth_a_message() -> None:
    period = week_before(date(2026, 11, 23))
    assert not Week(period, Done(), Done(nominated=3), Waiting()).says_something
    assert Week(period, Done(uses=1), Done(), Waiting()).says_something
    assert Week(period, Done(), Done(), Waiting(unverified=1)).says_something
