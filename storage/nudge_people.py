"""Whoever may get a nudge by direct message, thousands at once, with all that decides whether they do. Decides nothing.

Each function is one statement however many people there are.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, func, select, update
from sqlalchemy.orm import aliased

from domain.people import Standing
from storage.guard import GuardedSession
from storage.nudges import SENT, Newcomer, Nudge, NudgeReply, NudgeWish
from storage.people import Person

DONE, UNWANTED = "done", "unwanted"
"""What somebody may say to a nudge."""


@dataclass(frozen=True, slots=True)
class Row:
    """One person of an audience, and what they want."""

    person_id: str
    slack_user_id: str
    zone: str
    away_until: date | None
    opted_out: bool
    snoozed_until: date | None


def _here() -> tuple[ColumnElement[bool], ...]:
    return (Person.standing == Standing.MEMBER.value, Person.slack_user_id.is_not(None))


def zones(session: GuardedSession) -> list[str]:
    """Every time zone in which a full member is."""
    return list(session.scalars(select(Person.time_zone).where(*_here()).distinct().order_by(Person.time_zone)))


def audience(function: str | None) -> ColumnElement[bool]:
    """The people of a function; those who lead people where it is None."""
    if function is not None:
        return Person.function == function
    led = aliased(Person)
    leading = select(led.manager_id).where(led.manager_id.is_not(None), led.standing == Standing.MEMBER.value)
    return Person.id.in_(leading)


def how_many(session: GuardedSession, condition: ColumnElement[bool]) -> int:
    """How many full members that is."""
    return session.scalar(select(func.count()).select_from(Person).where(*_here(), condition)) or 0


def undecided(
    session: GuardedSession, plan_id: str, condition: ColumnElement[bool], places: Collection[str], day: date, most: int
) -> list[Row]:
    """People of an audience, in these zones, of whom nothing is decided yet for this plan's day, by their ids."""
    decided = select(Nudge.person_id).where(Nudge.plan_id == plan_id, Nudge.due_on == day, Nudge.person_id.is_not(None))
    query = (
        select(
            Person.id,
            Person.slack_user_id,
            Person.time_zone,
            Person.away_until,
            NudgeWish.opted_out_at,
            NudgeWish.snoozed_until,
        )
        .outerjoin(NudgeWish, NudgeWish.person_id == Person.id)
        .where(*_here(), condition, Person.time_zone.in_(places), Person.id.not_in(decided))
    )
    return _rows(session, query.order_by(Person.id).limit(most))


def _rows(session: GuardedSession, query: Select[str, str | None, str, date | None, object, date | None]) -> list[Row]:
    return [Row(row[0], row[1] or "", row[2], row[3], row[4] is not None, row[5]) for row in session.execute(query)]


def histories(session: GuardedSession, first: str, last: str, since: date) -> dict[str, list[str]]:
    """What people with ids from `first` to `last` got since that day, the oldest first."""
    sent = (
        select(Nudge.person_id, Nudge.entry_id)
        .where(Nudge.person_id.between(first, last), Nudge.due_on >= since, Nudge.outcome == SENT)
        .order_by(Nudge.created_at, Nudge.id)
    )
    found: defaultdict[str, list[str]] = defaultdict(list)
    for person_id, entry_id in session.execute(sent):
        if person_id is not None and entry_id is not None:
            found[person_id].append(entry_id)
    return found


def unwanted(session: GuardedSession, first: str, last: str) -> dict[str, set[str]]:
    """Which entries people with ids from `first` to `last` said are not for them."""
    query = select(NudgeReply.person_id, NudgeReply.entry_id).where(
        NudgeReply.person_id.between(first, last), NudgeReply.what == UNWANTED
    )
    found: defaultdict[str, set[str]] = defaultdict(set)
    for person_id, entry_id in session.execute(query):
        found[person_id].add(entry_id)
    return found


def newcomers(session: GuardedSession) -> list[tuple[Newcomer, Row]]:
    """Everybody who joined a channel, has not left it and is still being welcomed; whoever joined first comes first."""
    query = (
        select(
            Newcomer,
            Person.slack_user_id,
            Person.time_zone,
            Person.away_until,
            NudgeWish.opted_out_at,
            NudgeWish.snoozed_until,
        )
        .join(Person, Person.id == Newcomer.person_id)
        .outerjoin(NudgeWish, NudgeWish.person_id == Person.id)
        .where(*_here(), Newcomer.left_at.is_(None), Newcomer.welcomed_at.is_(None))
        .order_by(Newcomer.joined_on, Newcomer.id)
    )
    return [
        (row[0], Row(row[0].person_id, row[1] or "", row[2], row[3], row[4] is not None, row[5]))
        for row in session.execute(query)
    ]


def being_welcomed(session: GuardedSession, since: datetime) -> set[str]:
    """Who is being welcomed now, or has been since. One statement."""
    recently = Newcomer.welcomed_at.is_(None) | (Newcomer.welcomed_at > since)
    return set(session.scalars(select(Newcomer.person_id).where(Newcomer.left_at.is_(None), recently)))


def track(session: GuardedSession) -> dict[str, list[tuple[int, date]]]:
    """What newcomers who are still being welcomed have had of the track, or were to have had: its day, and when."""
    welcome = select(Newcomer.person_id).where(Newcomer.welcomed_at.is_(None))
    had = select(Nudge.person_id, Nudge.track_day, Nudge.due_on).where(
        Nudge.track_day.is_not(None), Nudge.person_id.in_(welcome)
    )
    found: defaultdict[str, list[tuple[int, date]]] = defaultdict(list)
    for person_id, day, due_on in session.execute(had):
        if person_id is not None and day is not None:
            found[person_id].append((day, due_on))
    return found


def welcomed(session: GuardedSession, now: datetime, person_ids: Collection[str]) -> None:
    """Note that these people have had the whole track."""
    session.execute(
        update(Newcomer)
        .where(Newcomer.person_id.in_(person_ids))
        .values(welcomed_at=now)
        .execution_options(synchronize_session=False)
    )
