"""PostgreSQL refuses, by itself, what a mistake in our code might ask of another workspace's rows."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import psycopg
import pytest
from psycopg.sql import SQL, Identifier
from sqlalchemy import Connection, Engine, event, text
from sqlalchemy.exc import ProgrammingError

from storage import isolation, migrate, search
from storage.database import Database, DatabaseBusyError
from storage.engines import make_engine
from storage.guard import SETTING, GuardedSession
from storage.isolation import OWN, SHARED, Logins
from storage.tables import metadata
from tests.databases import EMPTY, LOGINS, OWNER, PostgreSQL, as_login
from tests.patience import owner, patient
from tests.storage.test_tenants import MINE, THEIRS, fill, value_of
from tests.worlds import KEYS, World, counted

TENANTS = isolation.tenants()


@pytest.fixture
def world(postgresql_url: str) -> Iterator[World]:
    """An empty world on PostgreSQL, with the two logins that are bound."""
    db = patient(postgresql_url, KEYS)
    yield World(db)
    db.close()


@pytest.fixture
def two(world: World) -> tuple[str, str]:
    """Two workspaces with two rows in every table; their ids."""
    mine, theirs = world.workspace("T1"), world.workspace("T2")
    fill(world, mine, MINE)
    fill(world, theirs, THEIRS)
    return mine, theirs


def name(connection: Connection, workspace_id: str) -> None:
    """What the session does first."""
    connection.execute(text("SELECT set_config(:setting, :id, true)"), {"setting": SETTING, "id": workspace_id})


def count(connection: Connection, table: str, where: str = "true") -> int:
    return int(connection.scalar(text(f'SELECT count(*) FROM "{table}" WHERE {where}')) or 0)  # noqa: S608  # ours


def test_every_table_with_rows_of_a_workspace_has_its_policy(world: World) -> None:
    """Walked, not listed: a table that somebody adds is protected by the next migration, or this fails."""
    assert set(TENANTS) == {table.name for table in metadata.sorted_tables} - set(SHARED)
    with owner(world.db) as connection:
        secured = set(connection.scalars(text("SELECT relname FROM pg_class WHERE relrowsecurity")))
        policies = {
            row.tablename: (row.qual, row.with_check, row.cmd)
            for row in connection.execute(text("SELECT * FROM pg_policies WHERE policyname = :own"), {"own": OWN})
        }
    assert set(TENANTS) <= secured
    for table, column in TENANTS.items():
        seen, written, commands = policies[table]
        assert f"({column})::text = " in seen
        assert SETTING in seen
        assert written == seen
        assert commands == "ALL"


def test_the_bots_own_login_can_be_refused(world: World, two: tuple[str, str]) -> None:
    """What everything else here rests on: a superuser, or the owner, would see every row."""
    with owner(world.db) as connection:
        assert count(connection, "person") == 4
    with world.db.engine.connect() as connection:
        assert connection.scalar(text("SELECT current_user")) == LOGINS.app
        assert isolation.weakness(connection) is None
        assert count(connection, "person") == 0
        name(connection, two[0])
        assert count(connection, "person") == 2
        connection.rollback()
        assert count(connection, "person") == 0  # it ended with its transaction


@pytest.mark.parametrize("table", sorted(TENANTS))
def test_nothing_of_another_workspace_is_read_changed_moved_or_added(
    world: World, two: tuple[str, str], table: str
) -> None:
    mine, theirs = two
    column, given = TENANTS[table], {"mine": mine, "theirs": theirs}
    own = 1 if table == "workspace" else 2
    with world.db.engine.connect() as connection:
        name(connection, mine)
        assert count(connection, table) == own
        for statement in (
            f'SELECT * FROM "{table}" WHERE {column} = :theirs',  # noqa: S608  # our own names
            f'UPDATE "{table}" SET {column} = :mine WHERE {column} = :theirs',  # noqa: S608
            f'DELETE FROM "{table}" WHERE {column} = :theirs',  # noqa: S608
        ):
            assert connection.execute(text(statement), given).rowcount == 0
        with pytest.raises(ProgrammingError, match="row-level security"), connection.begin_nested():
            connection.execute(text(f'UPDATE "{table}" SET {column} = :theirs WHERE {column} = :mine'), given)  # noqa: S608
        kept = next(one for one in metadata.sorted_tables if one.name == table)
        row = {one.name: value_of(one, theirs, 0, THEIRS) for one in kept.c if one.autoincrement is not True}
        with pytest.raises(ProgrammingError, match="row-level security"), connection.begin_nested():
            connection.execute(kept.insert(), row | {column: theirs})
    with owner(world.db) as connection:
        assert count(connection, table, f"{column} = '{theirs}'") == own


def test_the_dispatcher_sees_what_it_sends_and_no_customer(world: World, two: tuple[str, str]) -> None:
    shared = isolation.across()
    assert shared == {"workspace", "outbox", "outbox_subject", "post", "pace", "occurrence"}
    with world.db.shared.connect() as connection:
        assert connection.scalar(text("SELECT current_user")) == LOGINS.dispatcher
        for table in sorted(shared):
            assert count(connection, table) == (2 if table == "workspace" else 4)
        for table in sorted(set(TENANTS) - shared):
            with pytest.raises(ProgrammingError, match="permission denied"), connection.begin_nested():
                count(connection, table)


def test_tokens_are_the_dispatchers_alone(world: World) -> None:
    for table in SHARED:
        with world.db.shared.connect() as connection:
            assert count(connection, table) == 0
        with (
            world.db.engine.connect() as connection,
            pytest.raises(ProgrammingError, match="permission denied"),
        ):
            count(connection, table)


def test_a_search_finds_its_own_and_by_the_index(world: World, two: tuple[str, str]) -> None:
    """By the table itself the policy would keep PostgreSQL from its index: that is what the view is for."""
    mine, theirs = two
    wanted = search.Wanted(((search.Word("word"),),), resting_too=True)
    many = text(  # which do not answer, of both
        "INSERT INTO advocate_document (number, workspace_id, advocate_id, body, facets) "
        "SELECT :number + n, CAST(:id AS varchar), 'A' || n, 'else', '' FROM generate_series(1, 2000) n"
    )
    with owner(world.db) as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))  # their advocates are not wanted
        connection.execute(many, [{"id": mine, "number": 10_000}, {"id": theirs, "number": 20_000}])
        connection.execute(text("SELECT gin_clean_pending_list('ix_advocate_document_document')"))
        connection.execute(text("ANALYZE advocate_document"))

    def plan(session: GuardedSession, table: str) -> str:
        words, values = search.statement(session, wanted, 100)
        asked = text(f"EXPLAIN {words.replace(isolation.FOUND, table)}")
        return "\n".join(session.execute(asked, values).scalars())

    hits = world.do(mine, search.matching, wanted, 100)
    assert len(hits) == 2
    assert "ix_advocate_document_document" in world.do(mine, plan, isolation.FOUND)
    assert "ix_advocate_document_document" not in world.do(mine, plan, "advocate_document")
    with world.db.engine.connect() as connection:
        name(connection, mine)
        assert count(connection, isolation.FOUND) == 2002
        assert count(connection, isolation.FOUND, f"workspace_id = '{theirs}'") == 0


def test_to_name_the_workspace_counts_as_no_statement(world: World, two: tuple[str, str]) -> None:
    with counted(world.db) as statements:
        world.do(two[0], search.matching, search.Wanted(((search.Word("word"),),)), 10)
    assert len(statements) == 1


def test_a_connection_that_is_lost_before_its_first_statement_is_known_to_be(world: World) -> None:
    """Else its pool would hand it out again, and nobody be told that the database is busy."""
    mine = world.workspace("T1")

    def cut(connection: Connection) -> None:
        with owner(world.db) as administration:
            pid = connection.connection.driver_connection.info.backend_pid  # type: ignore[union-attr]  # psycopg's
            administration.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": pid})

    event.listen(world.db.engine, "begin", cut)
    with pytest.raises(DatabaseBusyError):
        world.member(mine, "U1")
    event.remove(world.db.engine, "begin", cut)
    assert world.member(mine, "U1").slack_user_id == "U1"


def test_where_one_login_owns_everything_it_works_and_the_weakness_is_known(postgresql_url: str) -> None:
    db = Database(postgresql_url, KEYS)
    with db.engine.connect() as connection:
        assert "superuser" in str(isolation.weakness(connection))
    world = World(db)
    assert world.member(world.workspace("T1"), "U1").slack_user_id == "U1"
    db.close()


@pytest.fixture
def another(postgresql: PostgreSQL, postgresql_url: str) -> Iterator[str]:
    """One more login, which is given nothing yet."""
    name = f"everboard_{uuid4().hex}"
    server = postgresql.url("postgres").replace("+psycopg", "")
    with psycopg.connect(server, autocommit=True) as administration:
        administration.execute(SQL("CREATE ROLE {} LOGIN").format(Identifier(name)))
        yield name
        with psycopg.connect(postgresql_url.replace("+psycopg", ""), autocommit=True) as there:
            there.execute(SQL("REASSIGN OWNED BY {} TO {}").format(Identifier(name), Identifier(OWNER)))
            there.execute(SQL("DROP OWNED BY {}").format(Identifier(name)))
        administration.execute(SQL("DROP ROLE {}").format(Identifier(name)))


def test_another_login_may_take_over_and_the_old_one_sees_no_workspace_any_more(
    postgresql_url: str, another: str
) -> None:
    for _ in range(2):
        migrate.upgrade(postgresql_url, Logins(LOGINS.app, another))
    db = Database(as_login(postgresql_url, LOGINS.app), KEYS, dispatcher_url=as_login(postgresql_url, another))
    world = World(db)
    world.workspace("T1")
    db.close()
    former = make_engine(as_login(postgresql_url, LOGINS.dispatcher))
    with former.connect() as connection:
        assert count(connection, "workspace") == 0
    former.dispose()


def test_a_table_that_a_later_version_adds_is_protected_by_the_same_migration(
    postgresql_url: str, another: str
) -> None:
    """Nobody has to remember it: it is enough that its migration makes it. Here one that lost everything it had."""
    with _engine(postgresql_url) as engine, engine.begin() as connection:
        connection.execute(text("DROP TABLE gift"))
        next(one for one in metadata.sorted_tables if one.name == "gift").create(connection)
    migrate.upgrade(postgresql_url, LOGINS)
    with _engine(as_login(postgresql_url, LOGINS.app)) as engine, engine.connect() as connection:
        assert count(connection, "gift") == 0
        query = text("SELECT count(*) FROM pg_policies WHERE tablename = 'gift'")
        assert connection.scalar(query) == 1


def test_who_does_not_own_the_tables_is_told_what_to_set(postgresql_url: str) -> None:
    with pytest.raises(isolation.LoginError, match="DATABASE_OWNER_URL"):
        migrate.upgrade(as_login(postgresql_url, LOGINS.app), LOGINS)


def test_the_logins_are_not_forgotten_at_an_upgrade(postgresql_url: str) -> None:
    """Without them new tables would be closed to the bot, and what stood before would go on as if all were well."""
    with pytest.raises(isolation.LoginError, match="DATABASE_DISPATCHER_URL"):
        migrate.upgrade(postgresql_url)


def test_an_owner_who_is_no_superuser_is_enough(postgresql: PostgreSQL, another: str) -> None:
    with postgresql.copy(EMPTY) as url:
        with _engine(url) as engine, engine.begin() as connection:
            connection.execute(text(f'GRANT CREATE ON SCHEMA public TO "{another}"'))
        migrate.upgrade(as_login(url, another), LOGINS)
        with _engine(as_login(url, another)) as engine, engine.connect() as connection:
            assert isolation.weakness(connection) == "the login owns the tables, which passes by row-level security"
        with _engine(as_login(url, LOGINS.app)) as engine, engine.connect() as connection:
            assert isolation.weakness(connection) is None
            assert count(connection, isolation.FOUND) == 0


@contextmanager
def _engine(url: str) -> Iterator[Engine]:
    engine = make_engine(url)
    yield engine
    engine.dispose()
