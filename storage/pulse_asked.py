"""Who may be asked in a pulse, and who is. Decides nothing; the rules are in domain.

`participation` says whether somebody has answered, without any time, and nothing else links a person to answers.
It goes when the pulse closes.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Date,
    ForeignKeyConstraint,
    Index,
    SmallInteger,
    String,
    and_,
    case,
    delete,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Mapped, mapped_column

from domain.messages import UNASKED
from domain.people import Standing
from domain.pulse_audience import Candidate
from domain.pulse_overview import Waiting
from domain.pulse_runs import RUNNING
from storage.base import ID_LENGTH, Base, Tenant
from storage.guard import GuardedSession
from storage.letters import came_since
from storage.outbox import Message
from storage.people import Person
from storage.pulse_runs import PulseRun

ROWS_A_STATEMENT = 1000


class Participation(Tenant, Base):
    """Somebody who is asked: in which group and team their answers count, what they were sent, whether they answered.

    No times: those of the rows beside it would tell whose ballot is whose.
    """

    __tablename__ = "participation"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "run_id"], ["pulse_run.workspace_id", "pulse_run.id"]),
        ForeignKeyConstraint(["workspace_id", "person_id"], ["person.workspace_id", "person.id"]),
        Index(None, "workspace_id", "person_id"),
    )

    run_id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True)
    person_id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True)
    group_name: Mapped[str] = mapped_column(String(255))
    team_id: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    is_invited: Mapped[bool] = mapped_column(Boolean, default=False)
    reminded: Mapped[int] = mapped_column(SmallInteger, default=0)
    has_answered: Mapped[bool] = mapped_column(Boolean, default=False)


def candidates(session: GuardedSession) -> list[Candidate]:
    """Every full member, by id. One statement."""
    columns = (Person.id, func.coalesce(Person.slack_user_id, ""), Person.name, Person.function, Person.manager_id)
    query = select(*columns, Person.time_zone, Person.away_until).where(*_here()).order_by(Person.id)
    return [Candidate.of(*row) for row in session.execute(query)]


def _here() -> tuple[ColumnElement[bool], ...]:
    return (Person.standing == Standing.MEMBER.value, Person.slack_user_id.is_not(None))


def ask(session: GuardedSession, run_id: str, asked: Sequence[tuple[str, str, str | None]]) -> None:
    """Write down who is asked: person, group and team. One statement a thousand."""
    rows = [
        {
            "workspace_id": session.workspace_id,
            "run_id": run_id,
            "person_id": person_id,
            "group_name": group,
            "team_id": team,
            "is_invited": False,
            "reminded": 0,
            "has_answered": False,
        }
        for person_id, group, team in asked
    ]
    for start in range(0, len(rows), ROWS_A_STATEMENT):
        session.execute(
            insert(Participation), rows[start : start + ROWS_A_STATEMENT], execution_options={"render_nulls": True}
        )


def participation(session: GuardedSession, run_id: str, person_id: str) -> Participation | None:
    """Whether and as what this person is asked."""
    return session.get(Participation, (session.workspace_id, run_id, person_id))


def waiting(session: GuardedSession, person_id: str, now: datetime) -> Waiting | None:
    """The pulse that this person may answer now. One statement."""
    columns = open_columns(person_id, now)
    return opened(dict(zip(columns, session.execute(select(*columns.values())).one(), strict=True)))


def opened(found: Mapping[str, Any]) -> Waiting | None:
    """The values of `open_columns`; None where no pulse is open for that person."""
    if found["id"] is None:
        return None
    return Waiting(found["id"], found["name"], found["closes_at"], bool(found["answered"]))


def open_columns(person_id: str, now: datetime) -> dict[str, ColumnElement[Any]]:
    """The pulse that this person may answer now: its id, name and end, and whether they have answered, as columns."""
    theirs = and_(Participation.run_id == PulseRun.id, Participation.person_id == person_id)
    wanted = {
        "id": PulseRun.id,
        "name": PulseRun.name,
        "closes_at": PulseRun.closes_at,
        "answered": Participation.has_answered,
    }
    is_open = (PulseRun.state.in_([state.value for state in RUNNING]), PulseRun.closes_at > now)
    return {
        name: select(column)
        .select_from(PulseRun)
        .join(Participation, theirs)
        .where(*is_open)
        .order_by(PulseRun.id)
        .limit(1)
        .scalar_subquery()
        for name, column in wanted.items()
    }


def _theirs() -> ColumnElement[bool]:
    return and_(Person.workspace_id == Participation.workspace_id, Person.id == Participation.person_id)


def of_run(run_id: str) -> tuple[ColumnElement[bool], ...]:
    """Everybody who is asked."""
    return (Participation.run_id == run_id,)


def to_invite(run_id: str) -> tuple[ColumnElement[bool], ...]:
    """Who has not been sent the pulse."""
    return (Participation.run_id == run_id, Participation.is_invited.is_(False))


def rested(workspace_id: str, since: datetime) -> ColumnElement[bool]:
    """Who has got nothing since then that they did not ask for: a pulse takes the whole budget of a week."""
    lately = select(Message.target).where(Message.workspace_id == workspace_id, *came_since(list(UNASKED), since))
    return Person.slack_user_id.not_in(lately)


def to_remind(run_id: str, times: int) -> tuple[ColumnElement[bool], ...]:
    """Who has it, has not answered, and was reminded fewer than so many times."""
    return (
        Participation.run_id == run_id,
        Participation.is_invited.is_(True),
        Participation.has_answered.is_(False),
        Participation.reminded < times,
    )


def zones(session: GuardedSession, whom: Sequence[ColumnElement[bool]]) -> dict[str, int]:
    """How many of them are in each time zone, the absent too. One statement."""
    query = select(Person.time_zone, func.count()).select_from(Participation).join(Person, _theirs())
    return {row[0]: row[1] for row in session.execute(query.where(*whom, *_here()).group_by(Person.time_zone))}


def reachable(
    session: GuardedSession, whom: Sequence[ColumnElement[bool]], zone: str, today: date, most: int
) -> list[tuple[str, str, str]]:
    """Those of this zone who are not on leave on that day: person, Slack id and group, by person. One statement."""
    present = or_(Person.away_until.is_(None), Person.away_until < literal(today, Date))
    query = (
        select(Person.id, func.coalesce(Person.slack_user_id, ""), Participation.group_name)
        .select_from(Participation)
        .join(Person, _theirs())
        .where(*whom, *_here(), Person.time_zone == zone, present)
        .order_by(Person.id)
        .limit(most)
    )
    return [(row[0], row[1], row[2]) for row in session.execute(query)]


def note_invited(session: GuardedSession, run_id: str, person_ids: Sequence[str], reminded: int) -> None:
    """These are sent the pulse, so many reminders having gone to the others. One statement a thousand."""
    _note(session, run_id, person_ids, {"is_invited": True, "reminded": reminded})


def note_reminded(session: GuardedSession, run_id: str, person_ids: Sequence[str], times: int) -> None:
    """These have been reminded so often. One statement a thousand."""
    _note(session, run_id, person_ids, {"reminded": times})


def _note(session: GuardedSession, run_id: str, person_ids: Sequence[str], values: dict[str, object]) -> None:
    for start in range(0, len(person_ids), ROWS_A_STATEMENT):
        theirs = Participation.person_id.in_(person_ids[start : start + ROWS_A_STATEMENT])
        session.execute(
            update(Participation)
            .where(Participation.run_id == run_id, theirs)
            .values(**values)
            .execution_options(synchronize_session=False)
        )


def answered(session: GuardedSession, run_id: str) -> dict[str, tuple[int, int]]:
    """How many of each group have answered, and how many were asked. One statement."""
    counted = func.count(case((Participation.has_answered.is_(True), 1)))
    query = select(Participation.group_name, counted, func.count()).where(Participation.run_id == run_id)
    return {row[0]: (row[1], row[2]) for row in session.execute(query.group_by(Participation.group_name))}


def open_for(session: GuardedSession) -> set[str]:
    """The Slack ids of all who are asked in a pulse that is open, whether they have it yet or not. One statement."""
    states = [state.value for state in RUNNING]
    in_run = and_(PulseRun.workspace_id == Participation.workspace_id, PulseRun.id == Participation.run_id)
    query = (
        select(Person.slack_user_id)
        .select_from(Participation)
        .join(PulseRun, in_run)
        .join(Person, _theirs())
        .where(PulseRun.state.in_(states))
    )
    return {slack_id for slack_id in session.scalars(query) if slack_id}


def forget_participation(session: GuardedSession, run_id: str) -> None:
    """Nobody was asked, as far as the database knows. Waits for whoever is sending answers at this instant."""
    session.execute(
        delete(Participation).where(Participation.run_id == run_id).execution_options(synchronize_session=False)
    )
