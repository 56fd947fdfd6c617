"""The one place where the time is read."""

from collections.abc import Callable
from datetime import UTC, datetime


def real_time() -> datetime:
    """The machine's clock, aware, in UTC."""
    return datetime.now(UTC)


class SystemClock:
    """The machine's clock, for both times. `calendar` gives another calendar, such as one that a demo moves forward."""

    def __init__(self, calendar: Callable[[], datetime] = real_time) -> None:
        self._calendar = calendar

    def now(self) -> datetime:
        """Calendar time."""
        return self._calendar()

    def real(self) -> datetime:
        """Real time."""
        return real_time()
