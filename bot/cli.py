"""The command line. Parses words and prints answers; the work is elsewhere.

Exit status: 0 done, 1 failed, 2 wrong use.
"""

import asyncio
import signal
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import Annotated, Any

import typer
from aiohttp import ClientConnectionError
from slack_sdk.errors import SlackApiError
from sqlalchemy.exc import OperationalError

from bot import crm, doctor, logs, manifest, salesforce
from bot import demo as demo_run
from bot.clock import SystemClock
from bot.connectors import CrmError
from bot.data import chosen, moment, opened, prepare, reason, upgrade
from bot.erasing import erase_person
from bot.import_command import import_command
from bot.looking import AsJson, WorkspaceName, export_rows, report, schedules
from bot.person import held_on
from bot.rekeying import check_key, rekey
from bot.service import Everboard
from bot.settings import Environment, Service, SettingsError, read
from domain.errors import RuleError
from domain.imports.dates import DayOrder
from domain.imports.kinds import ImportKind
from handlers.installing import INSTALL_PATH
from storage import migrate as migrations
from storage.database import DatabaseBusyError
from storage.sealing import WrongKeyError

cli = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Everboard: a Slack bot that makes customer-advocacy programs stick.",
)
data_in = typer.Typer(no_args_is_help=True, help="Bring in what you have as CSV or as an Excel workbook.")
cli.add_typer(data_in, name="import")
from_crm = typer.Typer(no_args_is_help=True, help="Read your CRM: companies, people and deals that changed there.")
cli.add_typer(from_crm, name="crm")
cli.add_typer(report, name="report")
cli.add_typer(schedules, name="schedule")
cli.command("export")(export_rows)
cli.command("erase")(erase_person)
cli.command("person")(held_on)
cli.command("rekey")(rekey)


@cli.command()
def demo(
    port: Annotated[int, typer.Option(help="The page's port; another one is taken when it is in use.")] = 8420,
) -> None:
    """Try Everboard with a sample company in a Slack workspace on this machine."""
    logs.configure("WARNING", as_json=False)
    _until_stopped(demo_run.run(port, _say))


@cli.command()
def serve() -> None:
    """Run the bot: Socket Mode with SLACK_APP_TOKEN, else HTTP on PORT with SLACK_SIGNING_SECRET.

    With SLACK_CLIENT_ID it serves every workspace that installs the app, over HTTP.
    """
    settings = read(Service)
    logs.configure(settings.log_level, as_json=not sys.stderr.isatty())
    prepare(settings)
    check_key(settings)
    _until_stopped(_serve(settings))


async def _serve(settings: Service) -> None:
    everboard = Everboard(settings, SystemClock())
    try:
        if settings.hosts_many:
            count = await everboard.host()
            _say(f"Everboard listens on {everboard.url} for the workspaces that installed it ({count} so far).")
            _say(f"A workspace installs it at {settings.public_url}{INSTALL_PATH}. Ctrl-C stops it.")
            await asyncio.Event().wait()
        found = await everboard.start()
        where = f"listens on {everboard.url}" if everboard.url else "is connected over Socket Mode"
        _say(f"Everboard {where} for the workspace {found.name}. Ctrl-C stops it.")
        await asyncio.Event().wait()
    finally:
        await everboard.stop()


@cli.command()
def migrate() -> None:
    """Bring the database to this version's tables."""
    upgrade(read(Environment))
    _say("The database is up to date.")


@cli.command("manifest")
def show_manifest(
    http: Annotated[str | None, typer.Option(help="The bot's public https address, for the HTTP variant.")] = None,
    without_steps: Annotated[
        bool,
        typer.Option("--without-steps", help="Leave out what Workflow Builder offers, as Slack's free plan needs."),
    ] = False,
) -> None:
    """Print the Slack app's manifest: for Socket Mode, or with --http for requests over HTTP."""
    found = manifest.load()
    if without_steps:
        found = manifest.without_steps(found)
    typer.echo(manifest.as_yaml(manifest.http(found, http) if http else manifest.socket_mode(found)), nl=False)


FileArgument = Annotated[Path, typer.Argument(help="A CSV file or an Excel workbook (.xlsx) with a line of headers.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would happen and change nothing.")]
Dates = Annotated[DayOrder | None, typer.Option("--dates", help="How dates such as 03/04/2026 are meant.")]
Sheet = Annotated[
    str | None, typer.Option("--sheet", help="Which sheet of an Excel workbook; needed if it has several.")
]
Strict = Annotated[bool, typer.Option("--strict", help="Exit with 1 when a line was refused.")]
RefusedTo = Annotated[Path | None, typer.Option("--refused", help="Write all refused lines to this CSV file.")]

IMPORTS = {
    ImportKind.ACCOUNTS: "Bring in customer companies.",
    ImportKind.PEOPLE: "Bring in colleagues: their functions, managers and roles.",
    ImportKind.CONTACTS: "Bring customers' details up to date where somebody nominated them; others are left out.",
    ImportKind.ADVOCATES: "Bring in advocates with their profiles and consent.",
    ImportKind.OPPORTUNITIES: "Bring in deals from the CRM, so that requests can point at them.",
    ImportKind.NOMINATIONS: "Bring in nominations; the advocacy team hears of them once.",
    ImportKind.PULSES: "Bring in past assessments of what holds groups back, a line an answer.",
    ImportKind.ASSETS: "Bring in case studies, quotes, videos and reviews that customers have approved.",
    ImportKind.ENGAGEMENTS: "Bring in past uses of advocates, so that nobody is asked too often.",
    ImportKind.GIFTS: "Bring in what advocates got back.",
    ImportKind.PROGRAMS: "Bring in advisory boards, user groups and other programs that customers belong to.",
    ImportKind.MEMBERS: "Bring in who belongs to programs, was asked or has left; nobody is written to.",
    ImportKind.MEETINGS: "Bring in meetings of programs.",
    ImportKind.ATTENDANCE: "Bring in who was at the meetings of programs.",
}


def _add_import(kind: ImportKind, words: str) -> None:
    @data_in.command(kind.value, help=words)
    def run(
        file: FileArgument,
        dry_run: DryRun = False,
        dates: Dates = None,
        sheet: Sheet = None,
        strict: Strict = False,
        as_json: AsJson = False,
        refused: RefusedTo = None,
        workspace: WorkspaceName = None,
    ) -> None:
        settings = read(Environment)
        prepare(settings)
        with opened(settings) as db:
            status = import_command(
                db,
                chosen(db, moment(), workspace),
                kind,
                file,
                moment_source=moment,
                dry_run=dry_run,
                dates=dates,
                sheet=sheet,
                strict=strict,
                as_json=as_json,
                refused_to=refused,
                out=sys.stdout,
                error=sys.stderr,
            )
        raise typer.Exit(status)


for _kind, _words in IMPORTS.items():
    _add_import(_kind, _words)


@from_crm.command("read")
def read_crm(as_json: AsJson = False, workspace: WorkspaceName = None) -> None:
    """Read what has changed in the CRM since the last time; `serve` does so every hour by itself."""
    settings = read(Environment)
    prepare(settings)
    connector = _connector(settings)
    with opened(settings) as db, crm.bar(sys.stderr) as progress:
        found = crm.read(db, chosen(db, moment(), workspace), connector, moment, progress)
    raise typer.Exit(crm.command(found, as_json=as_json, out=sys.stdout))


@from_crm.command("status")
def crm_status(workspace: WorkspaceName = None) -> None:
    """Say how far the CRM is read, and what of it could not be taken."""
    settings = read(Environment)
    prepare(settings)
    with opened(settings) as db:
        crm.status(db, chosen(db, moment(), workspace), sys.stdout)


def _connector(settings: Environment) -> salesforce.Salesforce:
    """Raises RuleError where no CRM is connected."""
    try:
        found = salesforce.from_settings(settings)
    except CrmError as error:
        raise RuleError(error.sentence) from error
    if found is None:
        raise RuleError(crm.NONE)
    return found


@cli.command("doctor")
def doctor_command(
    live: Annotated[bool, typer.Option("--live", help="Ask Slack too.")] = False,
) -> None:
    """Say whether everything is as it must be, and what to do where it isn't. Changes nothing."""
    ill = False
    for finding in doctor.examine(moment(), live=live):
        mark = {True: "fine", False: "MEND", None: "unseen"}[finding.is_fine]
        typer.echo(f"{mark:6}  {finding.what}: {finding.said}")
        ill = ill or finding.is_fine is False
    if ill:
        sys.exit(1)


def _until_stopped(work: Coroutine[Any, Any, None]) -> None:
    """Run until it ends or the process is told to go; then let it clean up."""

    async def run() -> None:
        task = asyncio.ensure_future(work)
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, task.cancel)
        try:
            await task
        except asyncio.CancelledError:
            _say("Stopped.")

    asyncio.run(run())


def _say(words: str) -> None:
    typer.echo(words, err=True)


def main() -> None:
    """The console script: every foreseen failure is one line, not a traceback."""
    try:
        cli()
    except (SettingsError, RuleError, migrations.NewerDatabaseError, LookupError) as error:
        _fail(str(error))
    except DatabaseBusyError as error:
        _fail(f"DATABASE_URL: {reason(error)}")
    except OperationalError as error:
        _fail(f"DATABASE_URL: the database can't be reached: {reason(error.orig)}")
    except SlackApiError as error:
        _fail(f"SLACK_BOT_TOKEN: Slack answers {error.response.get('error')}.")
    except ClientConnectionError as error:
        _fail(f"SLACK_API_URL: {reason(error)}")
    except WrongKeyError as error:
        _fail(f"EVERBOARD_SECRET_KEY: {error}; start with the key under which the database was filled")
    except OSError as error:
        _fail(f"{reason(error)}; PORT says where to listen")


def _fail(words: str) -> None:
    _say(words)
    sys.exit(1)
