"""When a person does not want to be disturbed: every day from one local time to another. Holds nothing back itself."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sandbox.shapes import JSON
from sandbox.users import SeedError


@dataclass(frozen=True)
class QuietHours:
    """From `start` until `end` by the person's own clock; `end` may lie on the next day."""

    start: time
    end: time

    @classmethod
    def from_seed(cls, seed: JSON) -> "QuietHours":
        """From `{"start": "22:00", "end": "08:00"}`. Raises SeedError."""
        try:
            return cls(time.fromisoformat(seed["start"]), time.fromisoformat(seed["end"]))
        except (KeyError, TypeError, ValueError):
            raise SeedError(f"quiet hours need a start and an end such as 22:00, not {seed!r}") from None

    def status(self, now: datetime, zone: str) -> JSON:
        """What `dnd.info` says at `now` (aware) of somebody in a time zone: the current or next stretch."""
        local = now.astimezone(ZoneInfo(zone))
        day = local.date() - timedelta(days=1)
        while True:
            start = datetime.combine(day, self.start, local.tzinfo)
            end = datetime.combine(day + timedelta(days=self.end <= self.start), self.end, local.tzinfo)
            if end.timestamp() > now.timestamp():
                return _status(True, int(start.timestamp()), int(end.timestamp()))
            day += timedelta(days=1)


def status_of(hours: QuietHours | None, now: datetime, zone: str) -> JSON:
    """The same for somebody who may always be disturbed; Slack then says 1 for both times."""
    return hours.status(now, zone) if hours is not None else _status(False, 1, 1)


def _status(enabled: bool, start: int, end: int) -> JSON:
    return {"dnd_enabled": enabled, "next_dnd_start_ts": start, "next_dnd_end_ts": end}
