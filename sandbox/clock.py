"""What time it is in the workspace, and ids that never repeat. Does not decide when anything happens."""

import itertools
import zlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Now = Callable[[], datetime]

# Nine digits: the first four say in which workspace something was made.
_IDS_EACH = 36**5
_WORKSPACES = 36**4

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_MICROSECONDS = 1_000_000


def real_now() -> datetime:
    """The machine's clock, aware, in UTC."""
    return datetime.now(UTC)


class Ids:
    """Ids in Slack's look (`V0000000A3`), counted rather than drawn, so that a run can be repeated.

    `of` names a workspace: what two of them make on one server, such as a file that both then see, is never mixed up.
    """

    def __init__(self, of: str = "") -> None:
        self._count = itertools.count(1 + (zlib.crc32(of.encode()) % _WORKSPACES * _IDS_EACH if of else 0))

    def new(self, prefix: str) -> str:
        """The next id: the prefix and nine digits in base 36."""
        return prefix + _base36(next(self._count)).rjust(9, "0")


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, rest = divmod(number, 36)
        digits = _DIGITS[rest] + digits
    return digits or "0"


class Clock:
    """The calendar clock of a workspace: message times come from it and are unique, as Slack's are.

    It goes as `now` goes, and can be moved forward.
    """

    def __init__(self, now: Now) -> None:
        self._base = now
        self._ahead = timedelta(0)
        self._last = 0

    def now(self) -> datetime:
        """The calendar time, aware, in UTC."""
        return self._base() + self._ahead

    def move_to(self, instant: datetime) -> None:
        """Move forward to an instant; one that has passed already changes nothing."""
        self._ahead += max(instant - self.now(), timedelta(0))

    def seconds(self) -> int:
        """Now, in whole seconds since 1970 UTC."""
        return int(self.now().timestamp())

    def ts(self) -> str:
        """A message time such as `1581106241.371594`: later than every one given before."""
        self._last = max(int(self.now().timestamp() * _MICROSECONDS), self._last + 1)
        return format_ts(self._last)


def format_ts(microseconds: int) -> str:
    """Microseconds since 1970 UTC in the form of a message time."""
    seconds, rest = divmod(microseconds, _MICROSECONDS)
    return f"{seconds}.{rest:06d}"


def ts_at(when: datetime) -> str:
    """The message time of an instant; two messages of one instant would share it."""
    return format_ts(int(when.timestamp() * _MICROSECONDS))
