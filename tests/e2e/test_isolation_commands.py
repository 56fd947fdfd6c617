"""Every command, run for one company, with names, addresses and ids of another that is in the same database.

The commands are found by asking the command line, so that a new one fails here until somebody says how it is run.
"""

import io
import random
import sys
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest
from sqlalchemy import update

from bot.cli import cli, main
from bot.clock import SystemClock
from domain.imports.kinds import ImportKind
from domain.moment import Moment
from schedules.jobs import JOBS
from storage import workspaces
from storage.database import Database
from storage.exports import EVERY
from storage.sealing import Keys
from storage.workspaces import Workspace
from tests.e2e.conftest import SECRET
from tests.e2e.two_companies import KNOWN_ADDRESS, OTHERS, OURS, SECRETS, Side, fill, rows_of_side
from tests.patience import owner

OF_ALL = {
    "demo": "is a company of its own",
    "serve": "serves all, each for itself: test_isolation_doors.py",
    "migrate": "changes the tables of all",
    "manifest": "prints a file of ours",
    "rekey": "seals everything anew, whosever it is",
    "doctor": "tells whoever runs the server how each workspace stands, by its name",
    "crm read": "hands on what the CRM says, to the imports below",
}
"""Commands that are no company's, and why."""

CSV = {
    ImportKind.ACCOUNTS: "Account Name,Owner email,Id\nAcme,ada@engines.example,1\nAcme Inc,ada@engines.example,2\n",
    ImportKind.PEOPLE: "Name,Email,Function,Manager email\nAda,ada@engines.example,sales,ada@engines.example\n",
    ImportKind.CONTACTS: "Contact name,Account Name,Email\nAda Lovelace,Analytical Engines,ada@engines.example\n",
    ImportKind.ADVOCATES: "Contact name,Account Name,Email\nAda Lovelace,Analytical Engines,ada@engines.example\n",
    ImportKind.OPPORTUNITIES: "Opportunity Name,Account Name,Stage,Id\nDeal,Acme,Won,1\nDeal Acme,Acme Inc,Open,2\n",
    ImportKind.NOMINATIONS: "Contact name,Account Name,Email,Why\nAda Lovelace,Acme,ada@engines.example,Yes\n",
    ImportKind.PULSES: "pulse,date,group,respondent,element,score\n1,2026-03-01,Sales,ada@engines.example,desire,2\n",
    ImportKind.ASSETS: "Contact name,Account Name,Kind,Title,Use\nAda Lovelace,Acme,quote,Wow,in public\n",
    ImportKind.ENGAGEMENTS: "Contact name,Account Name,Activity,Date\nAda Lovelace,Acme,video,2026-03-01\n",
    ImportKind.GIFTS: "Contact name,Account Name,What,Date\nAda Lovelace,Analytical Engines,A cup,2026-03-01\n",
    ImportKind.PROGRAMS: "Program,Kind,Purpose,Wanted,Begins on\nBoard,advisory board,Advises,9,2025-01-01\n",
    ImportKind.MEMBERS: "Program,Contact name,Account Name,Stands\nBoard,Ada Lovelace,Analytical Engines,member\n",
    ImportKind.MEETINGS: "Program,Date,About\nBoard,2025-03-01,The plan\n",
    ImportKind.ATTENDANCE: "Program,Date,Contact name,Company\nBoard,2025-03-01,Ada Lovelace,Analytical Engines\n",
}


def lines(folder: Path) -> Iterator[tuple[str, ...]]:
    """Each command that is run for a company, as it is typed."""
    for name in EVERY:
        yield ("export", name)
        yield ("export", name, "--json")
    for name in ("adkar", "portfolio", "value", "adoption", "requests", "load", "program"):
        yield ("report", name)
        yield ("report", name, "--json")
    for name in ("value", "requests", "load"):
        yield ("report", name, "--from", "2020-01-01", "--to", "2030-01-01", "--rows", str(folder / f"{name}.csv"))
    for kind, text in CSV.items():
        path = folder / f"{kind.value}-in.csv"
        path.write_text(text, encoding="utf-8")
        yield ("import", kind.value, str(path), "--dry-run")
        yield ("import", kind.value, str(path))
    yield ("crm", "status")
    yield ("schedule", "list")
    yield ("schedule", "run", "purge")
    for who in (KNOWN_ADDRESS, "olga@other.test", f"Ada {OTHERS.word} @ Analytical Engines", OTHERS.id(0)):
        yield ("person", who)
        yield ("erase", who, "--dry-run")
        yield ("erase", who, "--yes")


def known() -> set[str]:
    """Every command that there is."""
    found = {
        str(one.name or getattr(one.callback, "__name__", "")).replace("_", " ") for one in cli.registered_commands
    }
    for group in cli.registered_groups:
        assert group.typer_instance is not None
        for one in group.typer_instance.registered_commands:
            found.add(f"{group.name} {one.name}")
    return found


@pytest.fixture
def filled(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """Both companies in one database, which the environment names."""
    db, moment = Database(sqlite_url, Keys.of(SECRET)), Moment(SystemClock().now(), random.Random(3).getrandbits)
    names = {OURS: "Quorvane", OTHERS: "Other Corp"}
    ids = {
        side: db.run_now(None, workspaces.connect, moment, side.team, "", name, "UBOT") for side, name in names.items()
    }
    with owner(db) as connection:
        for side, workspace_id in ids.items():
            fill(connection, workspace_id, side, db.keys)
    monkeypatch.setenv("EVERBOARD_SECRET_KEY", SECRET)
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    yield db
    db.close()


def typed(monkeypatch: pytest.MonkeyPatch, *words: str) -> tuple[object, str]:
    """What the console script ends with, and all that it says."""
    said = io.StringIO()
    monkeypatch.setattr(sys, "argv", ["everboard", *words])
    with redirect_stdout(said), redirect_stderr(said):
        try:
            main()
        except SystemExit as ended:
            return ended.code, said.getvalue()
    return 0, said.getvalue()


def test_every_command_is_run_or_is_nobodys(tmp_path: Path) -> None:
    run = {" ".join(words[:count]) for words in lines(tmp_path) for count in (1, 2)}
    assert known() - run == set(OF_ALL)


def of(side: Side, db: Database) -> dict[str, list[str]]:
    workspace_id = db.run_now(None, workspaces.named, side.team)
    assert workspace_id is not None
    with owner(db) as connection:
        return rows_of_side(connection, workspace_id)


def test_no_command_sees_or_changes_anything_of_another_company(
    filled: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before, telling = of(OTHERS, filled), 0
    for words in lines(tmp_path):
        _code, said = typed(monkeypatch, *words, "--workspace", OURS.team)
        assert [secret for secret in SECRETS if secret in said.casefold()] == [], words
        telling += OURS.word in said
    assert telling > 25  # they do say something of our own
    for path in tmp_path.glob("*.csv"):
        assert OTHERS.word not in path.read_text(encoding="utf-8"), path.name
    assert of(OTHERS, filled) == before


@pytest.mark.slow
@pytest.mark.parametrize("job", [job.name for job in JOBS if job.errand is None])
def test_no_job_run_for_one_company_touches_another(
    filled: Database, monkeypatch: pytest.MonkeyPatch, job: str
) -> None:
    before = of(OTHERS, filled)
    code, said = typed(monkeypatch, "schedule", "run", job, "--workspace", OURS.team)
    assert (code, said[:1]) == (0, "“"), said
    assert of(OTHERS, filled) == before
    assert OTHERS.word not in str(of(OURS, filled))


def test_without_the_workspace_named_nothing_is_done(
    filled: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = of(OTHERS, filled), of(OURS, filled)
    for words in lines(tmp_path):
        if "--json" not in words and "--dry-run" not in words:
            code, said = typed(monkeypatch, *words)
            assert (code, said) == (1, "there are several workspaces; say which with --workspace\n"), words
    assert (of(OTHERS, filled), of(OURS, filled)) == before


def test_a_name_that_two_companies_bear_is_refused(filled: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever may name their workspace in Slack may name it like another."""

    def rename(name: str) -> None:
        with owner(filled) as connection:
            connection.execute(update(Workspace).where(Workspace.team_id == OTHERS.team).values(name=name))

    rename("Quorvane")
    code, said = typed(monkeypatch, "export", "accounts", "--workspace", "Quorvane")
    assert code == 1
    assert said == (
        "--workspace: several workspaces are called Quorvane; say which by its Slack team id: T0OTHER, T0QUORVANE\n"
    )
    rename(OURS.team)
    code, said = typed(monkeypatch, "export", "accounts", "--workspace", OURS.team)
    assert code == 0
    assert OURS.word in said
    assert OTHERS.word not in said
