"""Commands that look at what there is: reports, exports, schedules. Parses words; the work is elsewhere."""

import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from bot import adoption, exports, health, reports, request_report, schedule, use_report, value
from bot.data import chosen, moment, opened, prepare
from bot.settings import Environment, read
from domain.people import Function
from domain.request_report import Wanted
from domain.value import Filters, check_period
from domain.vocabulary import Activity
from storage.exports import EVERY

DAY = "%Y-%m-%d"

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")]
WorkspaceName = Annotated[str | None, typer.Option("--workspace", help="Which one, when there are several.")]

report = typer.Typer(no_args_is_help=True, help="See what Everboard knows, in words or as JSON.")
schedules = typer.Typer(no_args_is_help=True, help="See what time brings, and run it now.")


@report.command("adkar")
def report_adkar(as_json: AsJson = False, workspace: WorkspaceName = None) -> None:
    """What holds each group back, pulse by pulse; of groups under five only the name."""
    settings = read(Environment)
    prepare(settings)
    with opened(settings) as db:
        reports.adkar(db, chosen(db, moment(), workspace), as_json=as_json, out=sys.stdout)


@report.command("portfolio")
def report_portfolio(as_json: AsJson = False, workspace: WorkspaceName = None) -> None:
    """What we have of each kind of advocate, and what the targets lack."""
    settings = read(Environment)
    prepare(settings)
    with opened(settings) as db:
        now = moment()
        reports.supply_and_targets(db, chosen(db, now, workspace), now, as_json=as_json, out=sys.stdout)


@report.command("value")
def report_value(
    first: Annotated[
        datetime | None, typer.Option("--from", formats=[DAY], help="Deals that close from this day.")
    ] = None,
    last: Annotated[
        datetime | None, typer.Option("--to", formats=[DAY], help="Deals that close until this day.")
    ] = None,
    industry: Annotated[list[str] | None, typer.Option(help="Of accounts in this industry; may be repeated.")] = None,
    region: Annotated[list[str] | None, typer.Option(help="Of accounts in this region.")] = None,
    country: Annotated[list[str] | None, typer.Option(help="Of accounts in this country (its two letters).")] = None,
    product: Annotated[list[str] | None, typer.Option(help="Of accounts with this product.")] = None,
    activity: Annotated[list[str] | None, typer.Option(help="Influenced by this activity.")] = None,
    rows: Annotated[Path | None, typer.Option(help="Write the deals behind the figures into this CSV file.")] = None,
    as_json: AsJson = False,
    workspace: WorkspaceName = None,
) -> None:
    """Deals that an advocate may have influenced, beside the others. It does not prove a cause."""
    period = check_period(first.date() if first else None, last.date() if last else None)
    chosen_ones = (tuple(some or ()) for some in (industry, region, country, product, activity))
    filters = Filters(period, *chosen_ones)
    settings = read(Environment)
    prepare(settings)
    with opened(settings) as db:
        now = moment()
        value.report(db, chosen(db, now, workspace), now, filters, as_json=as_json, rows=rows, out=sys.stdout)


@report.command("adoption")
def report_adoption(
    first: Annotated[datetime | None, typer.Option("--from", formats=[DAY], help="From this day on.")] = None,
    last: Annotated[datetime | None, typer.Option("--to", formats=[DAY], help="Until this day.")] = None,
    as_json: AsJson = False,
    workspace: WorkspaceName = None,
) -> None:
    """Who takes part, by function and team, beside as many days before. Without days: the last month."""
    period = check_period(first.date() if first else None, last.date() if last else None)
    settings = read(Environment)
    prepare(settings)
    with opened(settings) as db:
        now = moment()
        found = chosen(db, now, workspace)
        adoption.report(db, found, now, period.first, period.last, as_json=as_json, out=sys.stdout)


@report.command("requests")
def report_requests(
    first: Annotated[datetime | None, typer.Option("--from", formats=[DAY], help="Made from this day on.")] = None,
    last: Annotated[datetime | None, typer.Option("--to", formats=[DAY], help="Made until this day.")] = None,
    activity: Annotated[Activity | None, typer.Option(help="For this activity.")] = None,
    function: Annotated[Function | None, typer.Option(help="By people of this function.")] = None,
    rows: Annotated[Path | None, typer.Option(help="Write the requests behind the figures into this CSV file.")] = None,
    as_json: AsJson = False,
    workspace: WorkspaceName = None,
) -> None:
    """How requests are answered, beside as many days before. Without days: the last month."""
    period, wanted = check_period(first and first.date(), last and last.date()), Wanted(activity, function)
    settings = read(Environment)
    prepare(settings)
    with opened(settings) as db:
        now = moment()
        found = chosen(db, now, workspace)
        days = (period.first, period.last)
        request_report.report(db, found, now, *days, wanted, as_json=as_json, rows=rows, out=sys.stdout)


@report.command("load")
def report_load(
    first: Annotated[datetime | None, typer.Option("--from", formats=[DAY], help="Uses from this day on.")] = None,
    last: Annotated[datetime | None, typer.Option("--to", formats=[DAY], help="Uses until this day.")] = None,
    activity: Annotated[Activity | None, typer.Option(help="Only this activity.")] = None,
    rows: Annotated[Path | None, typer.Option(help="Write the uses behind the figures into this CSV file.")] = None,
    as_json: AsJson = False,
    workspace: WorkspaceName = None,
) -> None:
    """How evenly customers are asked, beside as many days before. Without days: the last month."""
    period = check_period(first and first.date(), last and last.date())
    settings = read(Environment)
    prepare(settings)
    with opened(settings) as db:
        now = moment()
        found, days = chosen(db, now, workspace), (period.first, period.last)
        use_report.report(db, found, now, *days, activity, as_json=as_json, rows=rows, out=sys.stdout)


@report.command("program")
def report_program(as_json: AsJson = False, workspace: WorkspaceName = None) -> None:
    """How the program stands, what holds it back most, and what to do next."""
    settings = read(Environment)
    prepare(settings)
    with opened(settings) as db:
        now = moment()
        health.report(db, chosen(db, now, workspace), now, as_json=as_json, out=sys.stdout)


def export_rows(
    name: Annotated[str, typer.Argument(help="What: " + ", ".join(EVERY) + ".")],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON list instead of CSV.")] = False,
    to: Annotated[
        Path | None, typer.Option("--to", help="Into this file; if it is cut, the same command goes on where it was.")
    ] = None,
    workspace: WorkspaceName = None,
) -> None:
    """Write everything of one kind, as CSV that an import reads back: to standard output, or into a file."""
    settings = read(Environment)
    prepare(settings)
    with opened(settings) as db, exports.bar(sys.stderr) as shown:
        now = moment()
        found, earlier = chosen(db, now, workspace), 0
        if to is None:
            rows = exports.export(db, found, name, as_json=as_json, out=sys.stdout, moment=now, progress=shown)
        else:
            rows, earlier = exports.export_to(db, found, name, to, as_json=as_json, moment=now, progress=shown)
    went_on = f" The first {earlier:,} of them were there from a run that was cut." if earlier else ""
    typer.echo(f"{rows:,} rows.{went_on}", err=True)


@schedules.command("list")
def schedule_list(workspace: WorkspaceName = None) -> None:
    """What time brings, when it last did, and when it is due next."""
    settings = read(Environment)
    prepare(settings)
    with opened(settings) as db:
        now = moment()
        schedule.listed(db, chosen(db, now, workspace), now, sys.stdout)


@schedules.command("run")
def schedule_run(
    name: Annotated[str, typer.Argument(help="The job's name, as `schedule list` says it.")],
    workspace: WorkspaceName = None,
) -> None:
    """Run one of them now. What it sends, `everboard serve` delivers."""
    settings = read(Environment)
    prepare(settings)
    with opened(settings) as db:
        now = moment()
        steps = schedule.run(db, chosen(db, now, workspace), now, name)
    typer.echo(f"“{name}” has run, in {steps} {'step' if steps == 1 else 'steps'}.", err=True)
