"""Welcoming whoever joins a function's channel: four short messages by direct message, until they leave it again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from domain import permissions
from domain.messages import Kind
from domain.moment import Moment
from domain.nudge_times import DAYS, ONBOARDING_TIME, Not, track_day
from domain.nudges import TRACK_DAYS, Audience
from domain.people import Actor
from domain.pulse_calendar import instant
from domain.settings import ChannelRole, Settings
from domain.time_zones import LATEST, zone_of
from steps.nudge_desk import Desk
from steps.nudge_letters import Decided, decide, keep
from steps.nudges import AT_A_TIME
from storage import nudge_people, nudges
from storage.guard import GuardedSession
from storage.nudge_people import Row
from storage.nudges import SKIPPED, Newcomer
from storage.outbox import TO_CHANNEL_ROLE

InUse = Mapping[ChannelRole, str | None]
"""The channel of each role at present (its id), None where there is none."""


def channels(session: GuardedSession, in_use: InUse) -> dict[str, Audience]:
    """The channels that get nudges, by id, and whom each is for."""
    found: dict[str, Audience] = {}
    for row in nudges.plans(session):
        place = row.place or ""
        if place.startswith(TO_CHANNEL_ROLE):
            place = in_use.get(ChannelRole(place.removeprefix(TO_CHANNEL_ROLE))) or ""
        if place and row.is_on:
            found[place] = Audience(row.audience)
    return found


def joined(session: GuardedSession, actor: Actor, moment: Moment, channel: str, in_use: InUse) -> None:
    """Somebody joined a channel: they are welcomed if it gets nudges. Who comes back goes on where they were."""
    audience = channels(session, in_use).get(channel)
    if audience is None or not permissions.may(actor, permissions.Action.NOMINATE):
        return
    row = nudges.newcomer(session, actor.person_id, channel)
    if row is None:
        row = Newcomer(
            id=moment.new_id(), person_id=actor.person_id, channel=channel, joined_on=actor.today(moment.now)
        )
        session.add(row)
    row.audience, row.left_at = audience.value, None


def left(session: GuardedSession, actor: Actor, moment: Moment, channel: str) -> None:
    """Somebody left a channel: they are welcomed no more."""
    row = nudges.newcomer(session, actor.person_id, channel)
    if row is not None and row.left_at is None:
        row.left_at = moment.now


def run(session: GuardedSession, moment: Moment, settings: Settings) -> bool:
    """Send newcomers what is due today by their own clock. True when there are more of them."""
    if settings.nudges_paused:
        return False
    due = _due(session, moment)
    if not due:
        return False
    desk = Desk.of(session, moment, settings)
    possible = (found for one in due if (found := _decide(desk, one)) is not None)
    decided = list(islice(possible, AT_A_TIME))
    keep(session, desk, Kind.ONBOARDING, decided)
    nudge_people.welcomed(session, moment.now, [one.person_id for one in decided if one.track_day == TRACK_DAYS[-1]])
    return len(decided) == AT_A_TIME


@dataclass(frozen=True, slots=True)
class _Due:
    """A newcomer, the message of the track that is due, and which day it is for them."""

    audience: Audience
    row: Row
    day: int
    today: date


def _due(session: GuardedSession, moment: Moment) -> list[_Due]:
    """Everybody to whom something may be said today and was not, each once however many channels they joined."""
    had = nudge_people.track(session)
    found: dict[str, _Due] = {}
    for newcomer, row in nudge_people.newcomers(session):
        local = moment.now.astimezone(zone_of(row.zone))
        past = had.get(row.person_id, [])
        if row.person_id in found or local.weekday() >= len(DAYS) or not ONBOARDING_TIME <= local.time() < LATEST:
            continue
        day = track_day(newcomer.joined_on, local.date(), frozenset(done for done, _on in past))
        if day is not None and local.date() not in {on for _done, on in past}:
            found[row.person_id] = _Due(Audience(newcomer.audience), row, day, local.date())
    return list(found.values())


def _decide(desk: Desk, one: _Due) -> Decided | None:
    """What a newcomer gets; None when something speaks against it today: it then comes on another day."""
    shelf = desk.shelf(one.audience, one.day)
    found = decide(desk, one.audience, desk.reader(one.row), Kind.ONBOARDING, shelf, [])
    if found.outcome == SKIPPED and found.reason is not Not.NOTHING:
        return None
    found.occasion = f"track:{one.row.person_id}:{one.day}"
    found.track_day, found.due_on = one.day, one.today
    return found


def coming(session: GuardedSession, now: datetime) -> datetime | None:
    """The next instant after `now` at which a newcomer's time comes, if nothing speaks against it then."""
    had = nudge_people.track(session)
    found = []
    for newcomer, row in nudge_people.newcomers(session):
        day = track_day(
            newcomer.joined_on, date.max - timedelta(days=1), frozenset(d for d, _on in had.get(row.person_id, []))
        )
        if day is not None:
            zone = zone_of(row.zone)
            earliest = max(newcomer.joined_on + timedelta(days=day), now.astimezone(zone).date())
            found.append(_next_time(zone, earliest, now))
    return min(found, default=None)


def _next_time(zone: ZoneInfo, earliest: date, now: datetime) -> datetime:
    days = (earliest + timedelta(days=ahead) for ahead in range(6))
    working = (instant(day, ONBOARDING_TIME, zone) for day in days if day.weekday() < len(DAYS))
    return next(at for at in working if at > now)
