"""The three logins as docs/operations.md has them, from nothing to a bot that works; what is said when one is wrong."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from tests.bot.test_cli import environment as environment  # noqa: PLC0414  # a fixture
from tests.bot.test_cli import everboard
from tests.bot.test_cli import logging_as_before as logging_as_before  # noqa: PLC0414  # a fixture
from tests.databases import PostgreSQL, as_login

DOCS = Path(__file__).parent.parent.parent / "docs/operations.md"
NAMES = {"owner": "DATABASE_OWNER_URL", "app": "DATABASE_URL", "dispatcher": "DATABASE_DISPATCHER_URL"}


@dataclass
class Server:
    """A database made by the operator's manual, and the environment that goes with it."""

    database: str
    url: str
    environment: pytest.MonkeyPatch

    def use(self, **logins: str | None) -> None:
        """Set the variables: by default to what the manual says, None for leaving one out."""
        for login, name in NAMES.items():
            chosen = logins.get(login, f"{self.database}_{login}")
            if chosen is None:
                self.environment.delenv(name, raising=False)
            else:
                self.environment.setenv(name, as_login(self.url, chosen))


@pytest.fixture
def server(postgresql: PostgreSQL, environment: pytest.MonkeyPatch) -> Iterator[Server]:
    """What the manual's statements make, under names that nobody else uses."""
    [manual] = re.findall(r"```sql\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    name = f"manual_{uuid4().hex[:12]}"
    with psycopg.connect(postgresql.url("postgres").replace("+psycopg", ""), autocommit=True) as administration:
        for statement in manual.replace("everboard", name).strip().split("\n"):
            administration.execute(statement.encode())
        try:
            yield Server(name, postgresql.url(name), environment)
        finally:
            administration.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())
            for login in NAMES:
                administration.execute(f"DROP ROLE {name}_{login}".encode())


def test_the_manual_leads_to_a_bot_that_works(
    server: Server, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    server.use()
    for _ in range(2):
        assert everboard(server.environment, "migrate") == 0
    server.use(owner=None)
    file = tmp_path / "accounts.csv"
    file.write_text("name\nHarbor Mutual\n")
    assert everboard(server.environment, "import", "accounts", str(file)) == 0
    capsys.readouterr()
    assert everboard(server.environment, "export", "accounts") == 0
    assert "Harbor Mutual" in capsys.readouterr().out
    assert everboard(server.environment, "doctor") == 0
    assert "fine    isolation: PostgreSQL, too" in capsys.readouterr().out


def test_one_login_is_the_weaker_way_and_said_to_be(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    server.use(app=f"{server.database}_owner", dispatcher=None, owner=None)
    assert everboard(server.environment, "migrate") == 0
    assert everboard(server.environment, "doctor") == 0
    assert "fine    isolation: one login: Everboard alone" in capsys.readouterr().out
    server.use()  # and from there to three
    assert everboard(server.environment, "migrate") == 0
    assert everboard(server.environment, "doctor") == 0
    assert "fine    isolation: PostgreSQL, too" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("logins", "words"),
    [
        ({"owner": None}, "DATABASE_OWNER_URL: is not set"),
        ({"dispatcher": "nobody_here", "app": "postgres"}, "DATABASE_OWNER_URL: role"),
    ],
)
def test_a_migration_that_cannot_be_is_one_line(
    server: Server, capsys: pytest.CaptureFixture[str], logins: dict[str, str | None], words: str
) -> None:
    server.use(**logins)
    assert everboard(server.environment, "migrate") == 1
    [line] = capsys.readouterr().err.splitlines()
    assert line.startswith(words)


def test_who_has_three_logins_is_not_migrated_with_one(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    server.use()
    assert everboard(server.environment, "migrate") == 0
    capsys.readouterr()
    for app, named in (("owner", "DATABASE_DISPATCHER_URL"), ("app", "DATABASE_OWNER_URL")):
        server.use(app=f"{server.database}_{app}", dispatcher=None, owner=None)
        assert everboard(server.environment, "migrate") == 1
        [line] = capsys.readouterr().err.splitlines()
        assert line.startswith(f"{named}:")


def test_a_login_that_was_given_nothing_is_one_line(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    server.use(app=f"{server.database}_owner", dispatcher=None, owner=None)
    assert everboard(server.environment, "migrate") == 0
    server.use(owner=None)
    capsys.readouterr()
    assert everboard(server.environment, "report", "portfolio") == 1
    [line] = capsys.readouterr().err.splitlines()
    assert line.startswith("DATABASE_URL: permission denied")
    assert "everboard migrate" in line
    assert everboard(server.environment, "doctor") == 1


def test_the_doctor_names_the_login_that_is_bound_by_nothing(
    server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    server.use()
    assert everboard(server.environment, "migrate") == 0
    for wrong, named in (
        ({"app": "postgres"}, "DATABASE_URL"),
        ({"dispatcher": "postgres"}, "DATABASE_DISPATCHER_URL"),
    ):
        server.use(**wrong, owner=None)
        capsys.readouterr()
        assert everboard(server.environment, "doctor") == 1
        assert f"MEND    isolation: {named}: the login is a superuser" in capsys.readouterr().out
