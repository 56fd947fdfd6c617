"""What tells the time. Decides nothing."""

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """Two times, both aware UTC: the calendar's, which a demo may move, and the real one, which nobody moves."""

    def now(self) -> datetime:
        """Calendar time: due dates, message times, expiry."""

    def real(self) -> datetime:
        """Real time: leases, rates, time-outs."""
