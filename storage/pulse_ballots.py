"""Answers to a pulse that is open, and the comments it left. Decides nothing; the rules are in domain.pulse_answers.

While a pulse is open, a ballot bears a key instead of a person: the HMAC of the person's id under a secret of this
pulse, which is sealed under the server's key. Sending answers again finds the ballot by that key and writes it over,
so that they can be changed; a counter, no time, says whether they were changed since a form was opened. Until it
closes, an operator could trace answers: with the server's key by making each person's ballot key, and with the
database alone by what it notes beside rows (a ballot and the mark that somebody answered are written together, and
PostgreSQL's xmin says so). People read this before they answer.

Closing waits for whoever is sending at that instant, moves the ballots in random order to `answer` (without keys and
comments) and to `pulse_comment` (pulse and group alone), and deletes ballots, participation and the secret. SQLite
writes over what it deletes (secure_delete); PostgreSQL keeps the old rows until it has vacuumed, and backups keep them
for as long as backups are kept.
"""

import hashlib
import hmac
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    SmallInteger,
    String,
    Text,
    and_,
    delete,
    insert,
    select,
    update,
)
from sqlalchemy.orm import Mapped, mapped_column

from domain.people import Standing
from domain.pulse import ELEMENTS, Scores
from domain.pulse_answers import Given
from domain.pulse_statements import Motive
from storage.base import ID_LENGTH, Base, Tenant, TenantRow, within
from storage.guard import GuardedSession
from storage.people import Person
from storage.pulse import Answer
from storage.pulse_asked import Participation
from storage.pulse_runs import PulseRun

ROWS_A_STATEMENT = 1000


class Ballot(Tenant, Base):
    """What somebody answered to a pulse that is open; `changes` counts how often it was written."""

    __tablename__ = "ballot"
    __table_args__ = (ForeignKeyConstraint(["workspace_id", "run_id"], ["pulse_run.workspace_id", "pulse_run.id"]),)

    run_id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True)
    key: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    group_name: Mapped[str] = mapped_column(String(255))
    team_id: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    awareness: Mapped[int | None] = mapped_column(SmallInteger)
    desire: Mapped[int | None] = mapped_column(SmallInteger)
    knowledge: Mapped[int | None] = mapped_column(SmallInteger)
    ability: Mapped[int | None] = mapped_column(SmallInteger)
    reinforcement: Mapped[int | None] = mapped_column(SmallInteger)
    motive: Mapped[str | None] = mapped_column(String(16))
    comment: Mapped[str] = mapped_column(Text)
    changes: Mapped[int]


class PulseComment(TenantRow, Base):
    """What somebody of a group added to their answers."""

    __tablename__ = "pulse_comment"
    __table_args__ = (within("pulse_id", "pulse"), Index(None, "workspace_id", "pulse_id", "group_name"))

    pulse_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    group_name: Mapped[str] = mapped_column(String(255))
    text: Mapped[str] = mapped_column(Text)


@dataclass(frozen=True, slots=True)
class Seat:
    """What sending answers needs to know of a person and the pulse."""

    run_id: str
    state: str
    closes_at: datetime
    secret: bytes | None
    person_id: str
    group: str
    team: str | None
    reminded: int
    has_answered: bool


def seats(session: GuardedSession, run_id: str, slack_user_ids: Collection[str], *, lock: bool) -> dict[str, Seat]:
    """The places of these people in the pulse by Slack id; without whoever is not asked, or all when it has ended.

    Locks the participation, in one order: two forms of one person wait for each other, closing (which deletes it) waits
    for both, and people do not wait for one another, as they would at a lock on the pulse itself. Two statements, each
    of which goes by a key: a join would be planned by what the database knows of a table that was filled a minute ago.
    """
    here = (Person.slack_user_id.in_(slack_user_ids), Person.standing == Standing.MEMBER.value)
    people = {
        row.id: str(row.slack_user_id) for row in session.execute(select(Person.id, Person.slack_user_id).where(*here))
    }
    columns = (
        PulseRun.state,
        PulseRun.closes_at,
        PulseRun.secret,
        Participation.person_id,
        Participation.group_name,
        Participation.team_id,
        Participation.reminded,
        Participation.has_answered,
    )
    of_run = and_(PulseRun.workspace_id == Participation.workspace_id, PulseRun.id == Participation.run_id)
    query = (
        select(*columns)
        .select_from(Participation)
        .join(PulseRun, of_run)
        .where(Participation.run_id == run_id, Participation.person_id.in_(list(people)))
        .order_by(Participation.person_id)
    )
    rows = session.execute(query.with_for_update(of=Participation) if lock else query)
    return {people[at.person_id]: at for at in (Seat(run_id, *row) for row in rows)}


def key_of(secret: str, person_id: str) -> bytes:
    """The key of this person's ballot."""
    return hmac.new(secret.encode(), person_id.encode(), hashlib.sha256).digest()


def find(session: GuardedSession, run_id: str, keys: Collection[bytes]) -> dict[bytes, tuple[Given, int]]:
    """What stands in the ballots of these keys, and how often each was written. One statement."""
    scores = [getattr(Ballot, element.value) for element in ELEMENTS]
    query = select(Ballot.key, *scores, Ballot.motive, Ballot.comment, Ballot.changes)
    found = {}
    for key, *row in session.execute(query.where(Ballot.run_id == run_id, Ballot.key.in_(keys))):
        *scored, motive, comment, changes = row
        first, second, third, fourth, fifth = scored
        given = Given((first, second, third, fourth, fifth), Motive(motive) if motive else None, comment)
        found[key] = (given, changes)
    return found


def cast(session: GuardedSession, run_id: str, ballots: Sequence[tuple[Seat, bytes, Given]]) -> None:
    """Write first ballots, and that these people have answered. Two statements."""
    rows = [
        {
            "workspace_id": session.workspace_id,
            "run_id": run_id,
            "key": key,
            "group_name": at.group,
            "team_id": at.team,
            "changes": 1,
            **_columns(given),
        }
        for at, key, given in ballots
    ]
    session.execute(insert(Ballot), rows, execution_options={"render_nulls": True})
    theirs = Participation.person_id.in_([at.person_id for at, _key, _given in ballots])
    session.execute(
        update(Participation)
        .where(Participation.run_id == run_id, theirs)
        .values(has_answered=True)
        .execution_options(synchronize_session=False)
    )


def change(session: GuardedSession, run_id: str, key: bytes, given: Given) -> None:
    """Write a ballot over. One statement."""
    session.execute(
        update(Ballot)
        .where(Ballot.run_id == run_id, Ballot.key == key)
        .values(changes=Ballot.changes + 1, **_columns(given))
        .execution_options(synchronize_session=False)
    )


def _columns(given: Given) -> dict[str, object]:
    scores = {element.value: score for element, score in zip(ELEMENTS, given.scores, strict=True)}
    return {**scores, "motive": given.motive.value if given.motive else None, "comment": given.comment}


@dataclass(frozen=True, slots=True)
class Cast:
    """A ballot without its key."""

    group: str
    team: str | None
    scores: Scores
    motive: str | None
    comment: str


def all_of(session: GuardedSession, run_id: str) -> list[Cast]:
    """Every ballot of the pulse. One statement."""
    scores = [getattr(Ballot, element.value) for element in ELEMENTS]
    query = select(Ballot.group_name, Ballot.team_id, *scores, Ballot.motive, Ballot.comment)
    return [
        Cast(row[0], row[1], (row[2], row[3], row[4], row[5], row[6]), row[7], row[8])
        for row in session.execute(query.where(Ballot.run_id == run_id))
    ]


def forget(session: GuardedSession, run_id: str) -> None:
    """Delete the ballots of the pulse."""
    session.execute(delete(Ballot).where(Ballot.run_id == run_id).execution_options(synchronize_session=False))


def leave(session: GuardedSession, pulse_id: str, answers: Iterable[tuple[str, Cast]]) -> None:
    """Keep these as answers of a pulse that is over, each under its id. One statement a thousand."""
    rows = [
        {
            "workspace_id": session.workspace_id,
            "id": answer_id,
            "pulse_id": pulse_id,
            "group_name": one.group,
            "team_id": one.team,
            "motive": one.motive,
            "respondent_digest": None,
            **dict(zip([element.value for element in ELEMENTS], one.scores, strict=True)),
        }
        for answer_id, one in answers
    ]
    for start in range(0, len(rows), ROWS_A_STATEMENT):
        some = rows[start : start + ROWS_A_STATEMENT]
        session.execute(insert(Answer), some, execution_options={"render_nulls": True})


def leave_comments(session: GuardedSession, pulse_id: str, comments: Iterable[tuple[str, str, str]]) -> None:
    """Keep these comments: id, group and text. One statement."""
    rows = [
        {"workspace_id": session.workspace_id, "id": one, "pulse_id": pulse_id, "group_name": group, "text": text}
        for one, group, text in comments
    ]
    if rows:
        session.execute(insert(PulseComment), rows)


def comments(session: GuardedSession, pulse_id: str, groups: Sequence[str]) -> list[tuple[str, str]]:
    """Group and text of what people of these groups added, by group. One statement."""
    query = select(PulseComment.group_name, PulseComment.text).where(
        PulseComment.pulse_id == pulse_id, PulseComment.group_name.in_(groups)
    )
    return [(row[0], row[1]) for row in session.execute(query.order_by(PulseComment.group_name, PulseComment.id))]
