"""What is coming, in order, and no further than four weeks."""

from datetime import UTC, date, datetime

from domain.schedule import AHEAD, Calendar, Entry, What

TODAY = date(2026, 9, 1)


def entry(title: str, on: date, at: datetime | None = None) -> Entry:
    return Entry(on, at, What.NUDGE, title, None, "because")


def test_days_in_order_and_on_a_day_what_has_no_time_first() -> None:
    late, early = datetime(2026, 9, 2, 15, tzinfo=UTC), datetime(2026, 9, 2, 9, tzinfo=UTC)
    found = Calendar.of(
        TODAY,
        [
            entry("late", date(2026, 9, 2), late),
            entry("early", date(2026, 9, 2), early),
            entry("some time", date(2026, 9, 2)),
            entry("today", TODAY),
            entry("the last day", TODAY + AHEAD),
            entry("too far", date(2026, 9, 30)),
            entry("past", date(2026, 8, 31)),
        ],
        is_paused=False,
        newcomers=0,
    )
    assert [one.title for one in found.entries] == ["today", "some time", "early", "late", "the last day"]
