"""Pulses that are over, and the answers they left. Decides nothing about what may be told of them.

An answer holds no person. Those of an imported pulse bear a keyed digest of what the file calls the respondent, so that
the same file again changes nothing; whoever has both the server's key and a list of names could test who gave which,
as can whoever has the file itself.
"""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import Index, LargeBinary, SmallInteger, String, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, mapped_column

from domain.pulse import Element, Scores
from storage.base import ID_LENGTH, Base, TenantRow, within
from storage.guard import GuardedSession


class Pulse(TenantRow, Base):
    """One survey, known by its name and the day on which it was held."""

    __tablename__ = "pulse"
    __table_args__ = (UniqueConstraint("workspace_id", "key", "held_on"),)

    name: Mapped[str] = mapped_column(String(255))
    key: Mapped[str] = mapped_column(String(255))
    held_on: Mapped[date]
    created_at: Mapped[datetime]


class Answer(TenantRow, Base):
    """What one respondent of a group answered: 1 to 5 for each element, None where they did not say."""

    __tablename__ = "answer"
    __table_args__ = (
        within("pulse_id", "pulse"),
        UniqueConstraint("workspace_id", "respondent_digest"),
        Index(None, "workspace_id", "pulse_id", "group_name"),
    )

    pulse_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    group_name: Mapped[str] = mapped_column(String(255))
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


def counted(session: GuardedSession) -> list[tuple[str, str, Scores, int]]:
    """How often each combination of scores was given in each group of each pulse. One statement.

    A group has at most 6 to the power of 5 combinations, so that what comes out does not grow with the answers.
    """
    scores = [getattr(Answer, element.value) for element in Element]
    what = (Answer.pulse_id, Answer.group_name, *scores)
    query = select(*what, func.count(Answer.id)).group_by(*what)
    return [(row[0], row[1], (row[2], row[3], row[4], row[5], row[6]), row[7]) for row in session.execute(query)]
