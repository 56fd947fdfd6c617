"""`everboard doctor`: is everything as it must be? Each check says what it found and what to do. Changes nothing."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from bot import manifest, slack_app
from bot.data import database
from bot.settings import Environment, Service, SettingsError, read
from domain.moment import Moment
from handlers.installing import INSTALL_PATH
from schedules.sending import NETWORK
from storage import isolation, migrate, settings, undelivered, workspaces
from storage.engines import make_engine
from storage.guard import GuardedSession
from storage.installations import Installations
from storage.sealing import WrongKeyError

STEP_UNSEEN = (
    "Slack does not tell whether it offers Nominate an advocate. Missing in Workflow Builder? Then the app is older "
    "than this manifest.yml (paste it anew, install again), or Slack's plan has no steps of apps"
)
"""What an operator can look at where the app itself can't."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found. `is_fine` None: it could not be looked at."""

    what: str
    is_fine: bool | None
    said: str


def examine(now: Moment, *, live: bool) -> Iterator[Finding]:
    """Every check that can be made with this environment; `live` also asks Slack."""
    try:
        environment = read(Environment)
    except SettingsError as error:
        yield Finding("settings", False, str(error))
        return
    yield Finding("settings", True, "DATABASE_URL and EVERBOARD_SECRET_KEY are set")
    yield from _database(environment, now)
    try:
        service = read(Service)
    except SettingsError as error:
        yield Finding("Slack's settings", None if not live else False, str(error))
        return
    yield Finding("Slack's settings", True, _way_in(service))
    if live:
        yield from asyncio.run(_hosted(service) if service.hosts_many else _slack(service))


def _way_in(service: Service) -> str:
    if service.hosts_many:
        return (
            f"HTTP on port {service.port}, for every workspace that installs it at {service.public_url}{INSTALL_PATH}"
        )
    one = "for one workspace; hosting for many is HTTP only, with SLACK_CLIENT_ID"
    return f"Socket Mode, {one}" if service.app_token else f"HTTP on port {service.port}, for one workspace"


def _database(environment: Environment, now: Moment) -> Iterator[Finding]:
    engine = make_engine(environment.database_url)
    try:
        if not migrate.is_known(engine):
            yield Finding("database", False, migrate.NEWER)
            return
        if not migrate.is_current(engine):
            yield Finding("database", False, "it lacks tables of this version; run: everboard migrate")
            return
        with engine.connect() as connection:
            version = (
                "SQLite" if engine.dialect.name == "sqlite" else str(connection.scalar(text("SHOW server_version")))
            )
        yield Finding("database", True, f"{engine.dialect.name} {version}, with this version's tables")
        if engine.dialect.name == "postgresql":
            yield _apart(environment)
    except (SQLAlchemyError, OSError) as error:
        yield Finding("database", False, f"can't be reached: {(str(error).splitlines() or ['no reason given'])[0]}")
        return
    finally:
        engine.dispose()
    yield from _rows(environment, now)


def _apart(environment: Environment) -> Finding:
    """Whether PostgreSQL, too, keeps the workspaces' rows apart."""
    if environment.dispatcher_url is None:
        one = "one login: Everboard alone keeps rows apart; docs/operations.md says how PostgreSQL does so too"
        return Finding("isolation", True, one)
    logins = {"DATABASE_URL": environment.database_url, "DATABASE_DISPATCHER_URL": environment.dispatcher_url}
    for name, url in logins.items():
        weak = _weakness(url)
        if weak is not None:
            return Finding("isolation", False, f"{name}: {weak}")
    return Finding("isolation", True, "PostgreSQL, too, keeps the workspaces' rows apart")


def _weakness(url: str) -> str | None:
    engine = make_engine(url)
    try:
        with engine.connect() as connection:
            return isolation.weakness(connection)
    finally:
        engine.dispose()


def _rows(environment: Environment, now: Moment) -> Iterator[Finding]:
    db = database(environment)
    try:
        writing = _tried("writing", lambda: db.run_now(None, _write, now) or "a row was written and taken back")
        yield writing
        if not writing.is_fine:
            return
        for workspace_id in db.run_now(None, workspaces.every):
            yield db.run_now(workspace_id, _workspace)
    finally:
        db.close()


def _tried(what: str, act: Callable[[], str]) -> Finding:
    try:
        return Finding(what, True, act())
    except Exception as error:  # noqa: BLE001  # whatever it is, it is what the operator has to know
        return Finding(what, False, (str(error).splitlines() or ["no reason given"])[0])


def _write(session: GuardedSession, now: Moment) -> None:
    with session.begin_nested() as trial:
        session.add(workspaces.Workspace(id=now.new_id(), created_at=now.now))
        session.flush()
        trial.rollback()


def _workspace(session: GuardedSession) -> Finding:
    held = undelivered.problems(session)
    name = session.get_one(workspaces.Workspace, session.workspace_id).name
    settings.load(session)
    if held:
        return Finding(name, False, f"{len(held)} messages wait for a hand; Home says which, and what to do")
    return Finding(name, True, "no message waits for a hand")


async def _slack(service: Service) -> list[Finding]:
    token = service.bot_token.get_secret_value() if service.bot_token else None
    async with aiohttp.ClientSession() as http:
        return await _token(slack_app.make_client(http, service.api_url, token), "bot token")


async def _hosted(service: Service) -> list[Finding]:
    """Each workspace's token."""
    db = database(service)
    found: list[Finding] = []
    try:
        kept = Installations(db, service.client_id or "")
        async with aiohttp.ClientSession() as http:
            for place in await db.outside(kept.places):
                what = f"token of {place.team_id or place.enterprise_id}"
                try:
                    bot = await db.outside(kept.find, place)
                except WrongKeyError as error:
                    found.append(Finding(what, False, f"EVERBOARD_SECRET_KEY: {error}"))
                    continue
                token = bot.bot_token if bot else None
                found += await _token(slack_app.make_client(http, service.api_url, token), what)
    finally:
        db.close()
    return found or [Finding("tokens", None, "no workspace has installed it yet")]


async def _token(client: AsyncWebClient, what: str) -> list[Finding]:
    try:
        answer = await client.auth_test()
    except SlackApiError as error:
        return [Finding(what, False, f"Slack answers {error.response.get('error')}")]
    except NETWORK as error:
        return [Finding(what, False, f"Slack can't be reached ({type(error).__name__})")]
    return [
        Finding(what, True, f"Slack knows it as {answer['user']} in {answer['team']}"),
        _scopes(answer.headers),
        Finding("workflow step", None, STEP_UNSEEN),
    ]


def _scopes(headers: Any) -> Finding:
    """What the token may do, against what manifest.yml asks for."""
    said = next((value for key, value in headers.items() if key.lower() == "x-oauth-scopes"), None)
    wanted = set(manifest.load()["oauth_config"]["scopes"]["bot"])
    if said is None:
        return Finding("scopes", None, "this server does not say which the token has")
    missing = sorted(wanted - {one.strip() for one in said.split(",")})
    if missing:
        return Finding("scopes", False, f"missing: {', '.join(missing)}. Install the app again from manifest.yml")
    return Finding("scopes", True, f"all {len(wanted)} of manifest.yml")
