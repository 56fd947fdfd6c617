"""After a pulse has closed nothing in the whole database joins a person to an answer: no row, order, column, page."""

from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import inspect, text
from sqlalchemy.engine import make_url

from domain.messages import Kind
from domain.pulse import Scores
from storage.base import Base
from storage.database import sealer
from storage.guard import GuardedSession
from storage.people import Person
from storage.pulse import Answer
from storage.pulse_ballots import Ballot, PulseComment, key_of
from storage.pulse_runs import PulseRun
from tests.patience import owner
from tests.steps.hall import MONDAY, Hall, slack
from tests.steps.hall import hall as hall  # noqa: PLC0414  # a fixture

DAY = timedelta(days=1)


def scores_of(number: int) -> Scores:
    """Answers that nobody else has."""
    return (1 + number % 5, 1 + number // 5 % 5, 4, 4, 4)


def held(hall: Hall, answering: int, silent: int) -> tuple[list[str], list[str], str, list[bytes]]:
    """A pulse that is over: who answered (in this order), who did not, its secret, and the keys of its ballots."""
    people = hall.people(answering + silent)
    run_id = hall.plans()
    hall.passes(MONDAY + 4 * DAY)  # everybody has been reminded once
    for number, person_id in enumerate(people[:answering]):
        comment = f"remark {number}" if number % 3 == 0 else ""
        hall.answers(run_id, slack(person_id), scores_of(number), comment=comment)
    hall.answers(run_id, slack(people[0]), (5, 5, 5, 5, 5), seen=1, comment="changed")
    secret, keys = hall.world.do(hall.id, secrets, run_id, people[:answering])
    assert len(hall.world.do(hall.id, ballots)) == answering
    assert sorted(hall.world.do(hall.id, ballots)) == sorted(keys)
    hall.passes(MONDAY + 9 * DAY)
    return people[:answering], people[answering:], secret, keys


def secrets(session: GuardedSession, run_id: str, people: list[str]) -> tuple[str, list[bytes]]:
    run = session.get_one(PulseRun, (session.workspace_id, run_id))
    secret = sealer(session).open(run.secret) or ""
    return secret, [key_of(secret, person_id) for person_id in people]


def ballots(session: GuardedSession) -> list[bytes]:
    return [one.key for one in session.query(Ballot)]


def everything(hall: Hall) -> dict[str, list[dict[str, Any]]]:
    """All rows of all tables, read past the guard, as the database keeps them."""
    with owner(hall.world.db) as connection:
        return {
            table.name: [dict(row) for row in connection.execute(table.select()).mappings()]
            for table in Base.metadata.sorted_tables
        }


def test_no_row_joins_a_person_to_an_answer(hall: Hall) -> None:
    answered, silent, secret, keys = held(hall, 12, 6)
    rows = everything(hall)
    assert rows["ballot"] == rows["participation"] == []
    assert [run["secret"] for run in rows["pulse_run"]] == [None]
    assert len(rows["answer"]) == 12
    for table, found in rows.items():
        if table not in ("answer", "pulse_comment"):
            assert "remark" not in str(found), table
        assert secret not in str(found), table
        assert not any(str(key) in str(found) for key in keys), table
    for row in (*rows["answer"], *rows["pulse_comment"]):
        assert not any(person in str(row) or slack(person) in str(row) for person in (*answered, *silent))


def test_who_answered_leaves_the_same_rows_as_who_did_not(hall: Hall) -> None:
    answered, silent, _secret, _keys = held(hall, 12, 6)
    rows = everything(hall)

    def traces(person_id: str) -> Counter[str]:
        names = {person_id, slack(person_id)}
        found: Counter[str] = Counter()
        for table, some in rows.items():
            for row in some:
                plain = {key: "X" if str(value) in names else type(value).__name__ for key, value in row.items()}
                if "X" in plain.values():
                    found[f"{table} {sorted(plain.items())} {row.get('kind')} {row.get('status')}"] += 1
        return found

    assert len({str(sorted(traces(one).items())) for one in (*answered, *silent)}) == 1
    assert all(row["kind"] != Kind.PULSE_REMINDER.value for row in rows["outbox"])


def test_the_order_of_answers_says_nothing(hall: Hall) -> None:
    answered, _silent, _secret, _keys = held(hall, 12, 6)
    sent = [scores_of(number)[:2] for number in range(1, len(answered))]
    hidden = "rowid" if hall.world.db.engine.dialect.name == "sqlite" else "ctid"
    for order in ("id", hidden):
        with owner(hall.world.db) as connection:
            query = text(f"SELECT awareness, desire FROM answer ORDER BY {order}")  # noqa: S608  # of two words
            kept = [tuple(row) for row in connection.execute(query)]
        assert sorted(kept) == sorted([*sent, (5, 5)])
        assert [one for one in kept if one != (5, 5)] != sent, order


def test_hidden_columns_and_the_file_keep_nothing(hall: Hall) -> None:
    _answered, _silent, secret, keys = held(hall, 12, 6)
    engine = hall.world.db.engine
    if engine.dialect.name == "postgresql":
        with owner(hall.world.db) as connection:
            for table in (Answer.__tablename__, PulseComment.__tablename__):
                found = connection.execute(text(f"SELECT DISTINCT xmin::text FROM {table}"))  # noqa: S608
                assert len(found.all()) == 1, "written at one instant, by one transaction"
            columns = {column["name"] for column in inspect(engine).get_columns("answer")}
            assert not {name for name in columns if "at" in name.split("_")}, "no times"
        return
    database = Path(make_url(hall.world.db.url).database or "")
    left = b"".join(path.read_bytes() for path in database.parent.glob(f"{database.name}*"))
    assert secret.encode() not in left
    assert not any(key in left for key in keys)
    assert b"remark 0" not in left, "changed before it closed"
    people = hall.rows(Person)
    assert any(person.id.encode() in left for person in people), "the file was read"
