"""A wrong setting stops the start with one line that names it."""

import pytest

from bot.settings import DEFAULT_DATABASE, SLACK, Environment, Service, SettingsError, read

GOOD = {
    "EVERBOARD_SECRET_KEY": "0123456789abcdef" * 4,
    "SLACK_BOT_TOKEN": "xoxb-1",
    "SLACK_APP_TOKEN": "xapp-1",
}
NAMES = (*GOOD, "SLACK_SIGNING_SECRET", "SLACK_API_URL", "DATABASE_URL", "PORT", "LOG_LEVEL")
LOGINS = ("DATABASE_URL", "DATABASE_DISPATCHER_URL", "DATABASE_OWNER_URL")


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in (*NAMES, *LOGINS):
        monkeypatch.delenv(name, raising=False)
    for name, value in GOOD.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


def test_the_least_that_is_needed_is_enough() -> None:
    found = read(Service)
    assert found.api_url == SLACK
    assert found.database_url == DEFAULT_DATABASE


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("EVERBOARD_SECRET_KEY", None, "is not set"),
        ("EVERBOARD_SECRET_KEY", "short", "at least 32 characters"),
        ("SLACK_BOT_TOKEN", None, "is not set"),
        ("SLACK_BOT_TOKEN", "xapp-1", "begins with xoxb-"),
        ("SLACK_APP_TOKEN", "xoxb-1", "begins with xapp-"),
        ("SLACK_API_URL", "slack", "https://"),
        ("DATABASE_URL", "mysql://x/y", "sqlite:///"),
        ("DATABASE_URL", "nonsense", "sqlite:///"),
        ("PORT", "abc", "PORT: a number from 0 to 65535"),
        ("PORT", "-1", "PORT: a number from 0 to 65535"),
        ("PORT", "", "PORT: a number from 0 to 65535"),
        ("PORT", "70000", "65535"),
        ("LOG_LEVEL", "LOUD", "DEBUG, INFO"),
    ],
)
def test_one_line_names_the_wrong_setting(
    environment: pytest.MonkeyPatch, name: str, value: str | None, words: str
) -> None:
    if value is None:
        environment.delenv(name)
    else:
        environment.setenv(name, value)
    with pytest.raises(SettingsError) as refused:
        read(Service)
    [line] = str(refused.value).splitlines()
    assert line.startswith(f"{name}:")
    assert words in line
    assert value is None or "KEY" not in name or value not in line


MANY = {"SLACK_CLIENT_ID": "1.2", "SLACK_CLIENT_SECRET": "hidden", "PUBLIC_URL": "https://everboard.example"}


@pytest.fixture
def for_many(environment: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"):
        environment.delenv(name)
    for name, value in {**MANY, "SLACK_SIGNING_SECRET": "secret"}.items():
        environment.setenv(name, value)
    return environment


def test_a_client_id_and_its_secret_serve_many(for_many: pytest.MonkeyPatch) -> None:
    assert read(Service).hosts_many


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("SLACK_CLIENT_ID", "", "is not set"),
        ("SLACK_CLIENT_SECRET", "", "is not set"),
        ("PUBLIC_URL", "", "where workspaces install the app"),
        ("SLACK_BOT_TOKEN", "xoxb-1", "each workspace has its own"),
        ("SLACK_APP_TOKEN", "xapp-1", "over HTTP only"),
    ],
)
def test_what_does_not_go_with_many_workspaces_is_named(
    for_many: pytest.MonkeyPatch, name: str, value: str, words: str
) -> None:
    for_many.setenv(name, value)
    with pytest.raises(SettingsError) as refused:
        read(Service)
    [line] = str(refused.value).splitlines()
    assert line.startswith(f"{name}:")
    assert words in line
    assert "hidden" not in line


def test_without_a_way_in_both_variables_are_named(environment: pytest.MonkeyPatch) -> None:
    environment.delenv("SLACK_APP_TOKEN")
    with pytest.raises(SettingsError, match=r"SLACK_APP_TOKEN or SLACK_SIGNING_SECRET"):
        read(Service)
    environment.setenv("SLACK_SIGNING_SECRET", "secret")
    assert read(Service).app_token is None


@pytest.mark.parametrize("url", ["postgres://u:p@h/n", "postgresql://u:p@h/n", "postgresql+psycopg://u:p@h/n"])
def test_every_spelling_of_postgresql_means_the_driver_we_have(environment: pytest.MonkeyPatch, url: str) -> None:
    environment.setenv("DATABASE_URL", url)
    assert read(Environment).database_url == "postgresql+psycopg://u:p@h/n"


@pytest.mark.parametrize(
    ("urls", "named", "words"),
    [
        (("postgresql://a@h/n", "", "postgresql://o@h/n"), "DATABASE_DISPATCHER_URL", "three logins go together"),
        (("postgresql://a@h/n", "postgresql://a@h/n", ""), "DATABASE_DISPATCHER_URL", "the same login as DATABASE_URL"),
        (("postgresql://a@h/n", "postgresql://d@h/n", "postgresql://d@h/n"), "DATABASE_OWNER_URL", "the same login"),
        (("postgresql://a@h/n", "postgresql://d@h/m", ""), "DATABASE_DISPATCHER_URL", "another database"),
        (("postgresql://a@h/n", "postgresql://d@h/n", "postgresql://o@h/m"), "DATABASE_OWNER_URL", "another database"),
        (("sqlite:///a.db", "postgresql://d@h/n", ""), "DATABASE_DISPATCHER_URL", "another database"),
        (("postgresql://a@h/n", "sqlite:///a.db", ""), "DATABASE_DISPATCHER_URL", "postgresql://"),
        (("postgresql://a@h/n", "nonsense", ""), "DATABASE_DISPATCHER_URL", "postgresql://"),
    ],
)
def test_logins_that_do_not_go_together_are_named(
    environment: pytest.MonkeyPatch, urls: tuple[str, str, str], named: str, words: str
) -> None:
    for name, url in zip(LOGINS, urls, strict=True):
        environment.setenv(name, url)
    with pytest.raises(SettingsError) as refused:
        read(Environment)
    [line] = str(refused.value).splitlines()
    assert line.startswith(f"{named}:")
    assert words in line


def test_who_serves_need_not_have_the_owners_login(environment: pytest.MonkeyPatch) -> None:
    for name, url in zip(LOGINS, ("postgres://a:p@h/n", "postgres://d:p@h/n", ""), strict=True):
        environment.setenv(name, url)
    found = read(Environment)
    assert found.dispatcher_url == "postgresql+psycopg://d:p@h/n"
    assert found.owner_url is None


def test_only_serve_needs_slack(environment: pytest.MonkeyPatch) -> None:
    environment.delenv("SLACK_BOT_TOKEN")
    environment.delenv("SLACK_APP_TOKEN")
    read(Environment)
