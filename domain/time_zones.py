"""The time zones that a workspace can keep, finding one by what somebody types, and the hours in which we speak."""

from datetime import datetime, time
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from domain.errors import RuleError
from domain.names import fold

NOT_A_ZONE = "Please pick a time zone from the list, such as Europe/Berlin."

_MACHINES = ("Etc/", "SystemV/", "posix/", "right/")
"""Names that no place bears."""


EARLIEST, LATEST = time(6), time(20)
"""Between these local times Everboard may speak up by itself; nobody wants a reminder at night."""


def zone_of(name: str) -> ZoneInfo:
    """The zone of this name; UTC for one that Slack knows and this machine does not."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # OSError: a folder of zones, or longer than a file's name
        return ZoneInfo("UTC")


def may_speak(zone: ZoneInfo, now: datetime) -> bool:
    """Whether Everboard may speak up by itself at this instant there."""
    return EARLIEST <= now.astimezone(zone).time() < LATEST


@cache
def time_zones() -> tuple[str, ...]:
    """Every zone named after a place, and UTC, in alphabetical order."""
    places = (name for name in available_timezones() if "/" in name and not name.startswith(_MACHINES))
    return (*sorted(places), "UTC")


def check_time_zone(name: str) -> str:
    """The zone of this name. Raises RuleError, at the field `time_zone`, for any other text."""
    if name not in time_zones():
        raise RuleError(NOT_A_ZONE, {"time_zone": NOT_A_ZONE})
    return name


def zones_like(typed: str, most: int) -> list[str]:
    """Zones in which all that was typed stands, those whose city begins with it first."""
    words = _plain(typed)
    found = [name for name in time_zones() if words in _plain(name)]
    return sorted(found, key=lambda name: not _plain(name.rpartition("/")[2]).startswith(words))[:most]


def _plain(text: str) -> str:
    return " ".join(fold(text.replace("_", " ").replace("/", " ")).split())
