"""The databases that tests write to are fresh, migrated, and of the engine they say."""

import pytest
from sqlalchemy import inspect, text
from sqlalchemy.engine import make_url

from storage import migrate
from storage.engines import make_engine


def test_it_has_the_present_tables(database_url: str) -> None:
    engine = make_engine(database_url)
    assert migrate.is_current(engine)
    assert "workspace" in inspect(engine).get_table_names()
    engine.dispose()


@pytest.mark.parametrize("turn", [1, 2])
def test_nothing_is_left_from_another_test(database_url: str, turn: int) -> None:
    engine = make_engine(database_url)
    with engine.begin() as connection:
        assert not inspect(connection).has_table("left_behind")
        connection.execute(text("create table left_behind (id integer)"))
    engine.dispose()


def test_an_empty_one_has_no_tables(empty_database_url: str) -> None:
    engine = make_engine(empty_database_url)
    assert inspect(engine).get_table_names() == []
    engine.dispose()


def test_each_url_is_of_its_engine(sqlite_url: str, postgresql_url: str) -> None:
    assert make_url(sqlite_url).get_backend_name() == "sqlite"
    assert make_url(postgresql_url).drivername == "postgresql+psycopg"
    engine = make_engine(postgresql_url)
    with engine.connect() as connection:
        assert connection.scalar(text("show server_version_num")) >= "160000"
        assert connection.scalar(text("show fsync")) == "off"
    engine.dispose()
