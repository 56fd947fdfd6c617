"""The command line: exit status, one line for what is wrong, one JSON document where asked."""

import json
import logging
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog
import yaml

from bot.cli import main

SECRET = "0123456789abcdef" * 4


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, sqlite_url: str) -> pytest.MonkeyPatch:
    for name in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_API_URL", "PORT", "LOG_LEVEL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("EVERBOARD_SECRET_KEY", SECRET)
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    return monkeypatch


def everboard(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    """What the console script answers."""
    monkeypatch.setattr(sys, "argv", ["everboard", *words])
    with pytest.raises(SystemExit) as ended:
        main()
    code = ended.value.code
    assert isinstance(code, int)
    return code


@pytest.fixture(autouse=True)
def logging_as_before() -> Iterator[None]:
    """The command line sets up logging for its whole process, which is also that of the next tests."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers, root.level = handlers, level
    structlog.reset_defaults()


@pytest.fixture
def closed_port() -> Iterator[int]:
    """A port at which nobody listens, and nobody else can until the test is over."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]


def test_a_wrong_setting_is_one_line_that_names_it(
    environment: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    environment.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    assert everboard(environment, "serve") == 1
    [line] = capsys.readouterr().err.splitlines()
    assert line.startswith("SLACK_APP_TOKEN or SLACK_SIGNING_SECRET")


def test_a_server_that_nobody_reaches_is_one_line(
    environment: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], closed_port: int
) -> None:
    environment.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    environment.setenv("SLACK_APP_TOKEN", "xapp-1")
    environment.setenv("SLACK_API_URL", f"http://127.0.0.1:{closed_port}/api/")
    assert everboard(environment, "serve") == 1
    [line] = capsys.readouterr().err.splitlines()
    assert line.startswith("SLACK_API_URL: Cannot connect")


def test_a_database_that_nobody_reaches_is_one_line(
    environment: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], closed_port: int
) -> None:
    environment.setenv("DATABASE_URL", f"postgresql://127.0.0.1:{closed_port}/nothing")
    assert everboard(environment, "migrate") == 1
    [line] = capsys.readouterr().err.splitlines()
    assert line.startswith("DATABASE_URL: ")


def test_a_folder_that_cannot_be_made_is_one_line(
    environment: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    environment.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/file/everboard.db")
    assert everboard(environment, "migrate") == 1
    [line] = capsys.readouterr().err.splitlines()
    assert line.startswith("DATABASE_URL: ")


def test_migrate_twice_is_fine(environment: pytest.MonkeyPatch, tmp_path: Path) -> None:
    environment.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/new/everboard.db")
    assert everboard(environment, "migrate") == 0
    assert everboard(environment, "migrate") == 0


def test_manifest_prints_both_variants(environment: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert everboard(environment, "manifest") == 0
    assert yaml.safe_load(capsys.readouterr().out)["settings"]["socket_mode_enabled"] is True
    assert everboard(environment, "manifest", "--http", "https://bot.example.com") == 0
    over_http = yaml.safe_load(capsys.readouterr().out)
    assert over_http["settings"]["socket_mode_enabled"] is False
    assert "https://bot.example.com" in json.dumps(over_http)


def test_import_says_what_it_did_and_twice_changes_nothing(
    environment: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "accounts.csv"
    file.write_text("Account Name,Billing Country\nHarbor Mutual,Germany\nLapwing Rail,Atlantis\n", encoding="utf-8")
    assert everboard(environment, "import", "accounts", str(file), "--json") == 0
    first = json.loads(capsys.readouterr().out)
    assert (first["added"], first["refused"], first["refusals"][0]["line"]) == (1, 1, 3)
    assert everboard(environment, "import", "accounts", str(file), "--json", "--strict") == 1
    second = json.loads(capsys.readouterr().out)
    assert (second["added"], second["unchanged"], second["refused"]) == (0, 1, 1)


@pytest.mark.parametrize("words", [(), ("import",), ("nonsense",), ("import", "accounts"), ("serve", "--loud")])
def test_wrong_use_is_status_2(environment: pytest.MonkeyPatch, words: tuple[str, ...]) -> None:
    assert everboard(environment, *words) == 2


def test_a_missing_file_is_wrong_use(environment: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert everboard(environment, "import", "people", "nowhere.csv") == 2
    assert "nowhere.csv" in capsys.readouterr().err


def test_the_doctor_says_what_is_fine_and_what_to_mend(
    environment: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], closed_port: int
) -> None:
    assert everboard(environment, "doctor") == 0
    said = capsys.readouterr().out
    assert "fine    database: sqlite" in said
    assert "fine    writing:" in said
    assert "unseen  Slack's settings: SLACK_BOT_TOKEN" in said
    environment.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    environment.setenv("SLACK_APP_TOKEN", "xapp-1")
    environment.setenv("SLACK_API_URL", f"http://127.0.0.1:{closed_port}/api/")
    assert everboard(environment, "doctor", "--live") == 1
    assert "MEND    bot token: Slack can't be reached" in capsys.readouterr().out
    environment.setenv("EVERBOARD_SECRET_KEY", "short")
    assert everboard(environment, "doctor") == 1
    assert "MEND    settings: EVERBOARD_SECRET_KEY" in capsys.readouterr().out


def test_the_schedule_is_listed_and_a_job_is_run(
    environment: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert everboard(environment, "schedule", "list") == 0
    listed = capsys.readouterr().out.splitlines()
    assert listed[0].startswith("job")
    assert any(line.startswith("pulses ") and "never" in line for line in listed)
    assert everboard(environment, "schedule", "run", "review digest") == 0
    assert "“review digest” has run, in 1 step." in capsys.readouterr().err
    assert everboard(environment, "schedule", "run", "census") == 1
    assert "only `everboard serve` can run it" in capsys.readouterr().err
    assert everboard(environment, "schedule", "run", "crm") == 1
    assert "run `everboard crm read`" in capsys.readouterr().err
    assert everboard(environment, "crm", "read") == 1
    assert "No CRM is connected. For Salesforce set SALESFORCE_URL" in capsys.readouterr().err
    assert everboard(environment, "crm", "status") == 0
    assert "Accounts: not read yet." in capsys.readouterr().out
    assert everboard(environment, "schedule", "run", "nothing") == 1
    assert "There is no job “nothing”" in capsys.readouterr().err


def test_value_and_exports_of_an_empty_database(
    environment: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert everboard(environment, "report", "value", "--json", "--from", "2026-01-01", "--to", "2026-03-31") == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["period"], found["won_amount"]) == ({"from": "2026-01-01", "to": "2026-03-31"}, {})
    assert everboard(environment, "report", "value", "--from", "2026-01-02", "--to", "2026-01-01") == 1
    assert "before it begins" in capsys.readouterr().err
    assert everboard(environment, "export", "accounts", "--json") == 0
    assert json.loads(capsys.readouterr().out) == []
