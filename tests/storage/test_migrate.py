"""Migrations make the tables that the models describe, on both databases, once, and however many start them."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta, timezone
from threading import Barrier

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, inspect, select, text
from sqlalchemy.dialects.postgresql.base import PGDialect
from sqlalchemy.dialects.sqlite.base import SQLiteDialect
from sqlalchemy.exc import StatementError

from storage import migrate
from storage.base import UtcTime
from storage.engines import DEADLINE, make_engine, make_patient_engine
from storage.receipts import Receipt
from storage.tables import metadata
from tests.patience import PATIENCE
from tests.worlds import World


@contextmanager
def engine_of(url: str) -> Iterator[Engine]:
    engine = make_engine(url)
    yield engine
    engine.dispose()


def is_ours(_object: object, name: str | None, kind: str, *_rest: object) -> bool:
    """All but the full-text index, which is made by hand for each engine."""
    if kind == "table":
        return not (name or "").startswith(("advocate_search", "alembic_version"))
    return name not in {"document", "ix_advocate_document_document"}


def test_the_migrations_make_what_the_models_describe(empty_database_url: str) -> None:
    migrate.upgrade(empty_database_url)
    with engine_of(empty_database_url) as engine, engine.connect() as connection:
        options = {"compare_type": True, "include_object": is_ours}
        assert compare_metadata(MigrationContext.configure(connection, opts=options), metadata) == []


def test_the_comparison_would_notice_a_missing_column(empty_database_url: str) -> None:
    migrate.upgrade(empty_database_url)
    with engine_of(empty_database_url) as engine:
        with engine.begin() as connection:
            connection.execute(text("ALTER TABLE account DROP COLUMN segment"))
        with engine.connect() as connection:
            options = {"compare_type": True, "include_object": is_ours}
            found = compare_metadata(MigrationContext.configure(connection, opts=options), metadata)
    assert [change[0] for change in found] == ["add_column"]


def test_every_table_leads_with_its_workspace() -> None:
    """In every primary key and every index that only one workspace's rows are found by."""
    for table in metadata.sorted_tables:
        if "workspace_id" not in table.c or table.name == "advocate_document":
            continue
        assert table.primary_key.columns.keys()[0] == "workspace_id", table.name


def test_migrating_again_changes_nothing(empty_database_url: str) -> None:
    migrate.upgrade(empty_database_url)
    before = tables(empty_database_url)
    migrate.upgrade(empty_database_url)
    assert tables(empty_database_url) == before


def tables(url: str) -> set[str]:
    with engine_of(url) as engine:
        return set(inspect(engine).get_table_names())


def test_all_tables_go_again(empty_database_url: str) -> None:
    migrate.upgrade(empty_database_url)
    assert {"account", "nomination"} <= tables(empty_database_url)
    settings = migrate.config()
    with engine_of(empty_database_url) as engine, engine.begin() as connection:
        settings.attributes["connection"] = connection
        command.downgrade(settings, "base")
    assert tables(empty_database_url) == {"alembic_version"}
    migrate.upgrade(empty_database_url)
    assert {"account", "nomination"} <= tables(empty_database_url)


def test_several_processes_may_migrate_at_once(empty_database_url: str) -> None:
    start = Barrier(4)

    def process(_number: int) -> None:
        start.wait(PATIENCE)
        migrate.upgrade(empty_database_url)

    with ThreadPoolExecutor(4) as processes:
        list(processes.map(process, range(4)))
    with engine_of(empty_database_url) as engine:
        assert migrate.is_current(engine)


def test_a_migration_that_fails_leaves_nothing(empty_database_url: str) -> None:
    """Half a migration would neither run again nor serve."""
    with engine_of(empty_database_url) as engine, engine.begin() as connection:
        connection.execute(text("CREATE TABLE interview (in_the_way INTEGER)"))
    with pytest.raises(Exception, match="interview"):
        migrate.upgrade(empty_database_url)
    assert tables(empty_database_url) == {"interview"}
    with engine_of(empty_database_url) as engine, engine.begin() as connection:
        connection.execute(text("DROP TABLE interview"))
    migrate.upgrade(empty_database_url)


def test_a_database_of_a_later_version_is_left_alone(empty_database_url: str) -> None:
    migrate.upgrade(empty_database_url)
    with engine_of(empty_database_url) as engine:
        with engine.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        with pytest.raises(migrate.NewerDatabaseError, match="later version"):
            migrate.upgrade(empty_database_url)
        assert not migrate.is_known(engine)
        assert not migrate.is_current(engine)


def test_an_empty_database_is_known_but_not_current(empty_database_url: str) -> None:
    with engine_of(empty_database_url) as engine:
        assert migrate.is_known(engine)
        assert not migrate.is_current(engine)


def test_a_statement_of_a_migration_may_take_longer_than_a_person_waits(postgresql_url: str) -> None:
    engine = make_patient_engine(postgresql_url)
    with engine.connect() as connection:
        limits = [connection.scalar(text(f"SHOW {name}")) for name in ("statement_timeout", "lock_timeout")]
    engine.dispose()
    assert limits == ["0", "1min"]
    with engine_of(postgresql_url) as hurried, hurried.connect() as connection:
        assert connection.scalar(text("SHOW statement_timeout")) == f"{int(DEADLINE * 1000)}ms"


def test_the_folder_of_a_file_is_made(tmp_path: object) -> None:
    url = f"sqlite:///{tmp_path}/new/folder/everboard.db"
    migrate.upgrade(url)
    assert "account" in tables(url)


ZONES = st.integers(-23, 23).map(lambda hours: timezone(timedelta(hours=hours)))
TIMES = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=ZONES)  # noqa: DTZ001  # bounds are naive


@given(TIMES)
def test_a_time_comes_back_as_the_same_instant_in_utc(moment: datetime) -> None:
    for dialect in (SQLiteDialect(), PGDialect()):  # type: ignore[no-untyped-call]  # SQLAlchemy leaves it untyped
        kept = UtcTime().process_bind_param(moment, dialect)
        back = UtcTime().process_result_value(kept, dialect)
        assert back == moment
        assert back is not None
        assert back.tzinfo is UTC


def test_times_are_stored_in_utc(world: World) -> None:
    workspace = world.workspace("T1")
    moment = datetime(2026, 10, 25, 2, 30, 0, 123456, tzinfo=timezone(timedelta(hours=2)))
    world.do(workspace, lambda session: session.add(Receipt(key="k", at=moment)))
    found = world.do(workspace, lambda session: session.scalars(select(Receipt.at)).all())
    assert found == [moment]
    assert found[0].tzinfo is UTC
    for at, expected in ((moment, ["k"]), (moment + timedelta(microseconds=1), [])):
        since = select(Receipt.key).where(Receipt.at >= at)
        assert world.do(workspace, lambda session, query: session.scalars(query).all(), since) == expected


def test_a_time_without_a_zone_is_refused(world: World) -> None:
    workspace = world.workspace("T1")
    naive = datetime(2026, 9, 1)  # noqa: DTZ001  # that it is naive is the point
    with pytest.raises(StatementError, match="zone"):
        world.do(workspace, lambda session: session.add(Receipt(key="k", at=naive)))
    with pytest.raises(StatementError, match="zone"):
        world.do(workspace, lambda session: session.scalars(select(Receipt.key).where(Receipt.at < naive)).all())
