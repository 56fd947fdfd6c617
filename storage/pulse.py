"""Pulses that are over, and the answers they left. Decides nothing about what may be told of them.

An answer holds no person. Those of an imported pulse bear a keyed digest of what the file calls the respondent, so that
the same file again changes nothing; whoever has both the server's key and a list of names could test who gave which,
as can whoever has the file itself.
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import (
    ColumnElement,
    Index,
    LargeBinary,
    SmallInteger,
    String,
    UniqueConstraint,
    and_,
    case,
    func,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column

from domain.pulse import BARRIERS, ELEMENTS, HOLDS_BACK, Barrier, Tally, Unblocked
from storage.base import ID_LENGTH, Base, TenantRow, within
from storage.guard import GuardedSession


class Pulse(TenantRow, Base):
    """One survey, known by its name and the day on which it was held.

    `smallest` is how many people a figure needs at least, as it was said to whoever answered here; None of one that was
    brought in.
    """

    __tablename__ = "pulse"
    __table_args__ = (UniqueConstraint("workspace_id", "key", "held_on"),)

    name: Mapped[str] = mapped_column(String(255))
    key: Mapped[str] = mapped_column(String(255))
    held_on: Mapped[date]
    smallest: Mapped[int | None] = mapped_column(SmallInteger)
    created_at: Mapped[datetime]


class Answer(TenantRow, Base):
    """What one respondent of a group answered: 1 to 5 for each element, None where they did not say.

    `team_id` is the manager within whose team it counts, `motive` what would move somebody whose desire is low.
    """

    __tablename__ = "answer"
    __table_args__ = (
        within("pulse_id", "pulse"),
        UniqueConstraint("workspace_id", "respondent_digest"),
        Index(None, "workspace_id", "pulse_id", "group_name"),
    )

    pulse_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    group_name: Mapped[str] = mapped_column(String(255))
    team_id: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    motive: Mapped[str | None] = mapped_column(String(16))
    respondent_digest: Mapped[bytes | None] = mapped_column(LargeBinary)
    awareness: Mapped[int | None] = mapped_column(SmallInteger)
    desire: Mapped[int | None] = mapped_column(SmallInteger)
    knowledge: Mapped[int | None] = mapped_column(SmallInteger)
    ability: Mapped[int | None] = mapped_column(SmallInteger)
    reinforcement: Mapped[int | None] = mapped_column(SmallInteger)


def with_keys(session: GuardedSession, keys: Collection[str]) -> list[Pulse]:
    """Pulses of these names, whenever they were held. One statement."""
    return list(session.scalars(select(Pulse).where(Pulse.key.in_(keys))))


def groups_of(session: GuardedSession, pulse_ids: Collection[str]) -> list[tuple[str, str]]:
    """The pulse and the name of each group that answered it. One statement."""
    query = select(Answer.pulse_id, Answer.group_name).where(Answer.pulse_id.in_(pulse_ids)).distinct()
    return [(row.pulse_id, row.group_name) for row in session.execute(query)]


def answers_of(session: GuardedSession, digests: Collection[bytes]) -> dict[bytes, Answer]:
    """Imported answers by the digest of their respondent. One statement."""
    found = session.scalars(select(Answer).where(Answer.respondent_digest.in_(digests)))
    return {answer.respondent_digest: answer for answer in found if answer.respondent_digest is not None}


def every(session: GuardedSession) -> list[Pulse]:
    """All pulses, the newest last. One statement."""
    return list(session.scalars(select(Pulse).order_by(Pulse.held_on, Pulse.key)))


def tallies(session: GuardedSession, *, live: bool) -> list[tuple[str, str, str | None, Tally]]:
    """What is counted of the answers to each pulse that people gave here (`live`, by group and team) or that was
    brought in (by group; it knows no teams). One statement, in which no single answer comes out.

    Apart, because a database that knows nothing of teams expects far more cells of three columns than of two, and then
    sorts a million answers.
    """
    scores = [getattr(Answer, element.value) for element in ELEMENTS]
    cell = (Answer.pulse_id, Answer.group_name, *([Answer.team_id] if live else []))
    given_here = select(Pulse.id).where(Pulse.smallest.is_not(None))
    of_kind = Answer.pulse_id.in_(given_here) if live else Answer.pulse_id.not_in(given_here)
    points = [func.coalesce(func.sum(score), 0) for score in scores]
    columns = (*cell, func.count(), *points, *map(func.count, scores), *_own_barriers(scores))
    found = []
    for pulse_id, group, *rest in session.execute(select(*columns).where(of_kind).group_by(*cell)):
        team, (n, *counts) = (rest[0], rest[1:]) if live else (None, rest)
        found.append((pulse_id, group, team, _tally(n, counts)))
    return found


def motives(session: GuardedSession) -> dict[str, dict[str, dict[str, int]]]:
    """How many named which motive, by pulse and group. One statement."""
    of_group = (Answer.pulse_id, Answer.group_name, Answer.motive)
    query = select(*of_group, func.count()).where(Answer.motive.is_not(None)).group_by(*of_group)
    found: dict[str, dict[str, dict[str, int]]] = {}
    for pulse_id, group, motive, people in session.execute(query):
        found.setdefault(pulse_id, {}).setdefault(group, {})[str(motive)] = people
    return found


def _own_barriers(scores: Sequence[ColumnElement[int | None]]) -> list[ColumnElement[int]]:
    """How many are held back by each element (those before it being high), and how many by none: the rule of
    `domain.pulse.barrier_point`, to which a test holds it."""
    high = [score > HOLDS_BACK for score in scores]
    low = [and_(*high[:place], score <= HOLDS_BACK) for place, score in enumerate(scores)]
    return [func.count(case((condition, 1))) for condition in (*low, and_(*high))]


def _tally(n: int, counts: Sequence[int]) -> Tally:
    size = len(ELEMENTS)
    spread: dict[Barrier, int] = dict(zip(BARRIERS, counts[2 * size :], strict=False))
    spread[Unblocked.INCOMPLETE] = n - sum(spread.values())
    return Tally(n, tuple(counts[:size]), tuple(counts[size : 2 * size]), spread)
