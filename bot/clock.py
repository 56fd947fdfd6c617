"""The one place where the time is read."""

from datetime import UTC, datetime


class SystemClock:
    """The machine's clock, for both times."""

    def now(self) -> datetime:
        """Calendar time."""
        return datetime.now(UTC)

    def real(self) -> datetime:
        """Real time."""
        return datetime.now(UTC)
