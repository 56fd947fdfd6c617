"""How requests are answered, in words that Slack and the terminal share. Decides no figure."""

from collections.abc import Iterator
from datetime import timedelta

from domain.request_rates import LEAST_REQUESTS, WITHIN, Rates
from domain.request_report import Line, Report
from views import periods
from views.health_words import percent
from views.text import count

NOBODY = "Nobody asked for an advocate in these days."
WHAT_COUNTS = (
    "A request counts on the day on which it was made. The share that got an advocate is of those that were decided; "
    "what was taken back, or still waits, is no part of it. Of fewer than "
    f"{LEAST_REQUESTS} no share is told."
)


def hours(time: timedelta) -> str:
    """ "72 hours"."""
    return count(round(time.total_seconds() / 3600), "hour")


def headline(report: Report) -> str:
    """How many there were, beside the time before."""
    now, before = report.whole.now, report.whole.before
    return f"{count(now.asked, 'request')} (before: {before.asked:,})"


def became(rates: Rates) -> str:
    """What became of them."""
    parts = (
        (rates.filled, "got an advocate"),
        (rates.decided - rates.filled, "got none"),
        (rates.withdrawn, "taken back"),
        (rates.waiting, "waiting"),
    )
    return ", ".join(f"{number:,} {words}" for number, words in parts if number)


def filled(line: Line) -> str:
    """Which share of the decided ones got an advocate, beside the time before."""
    now = line.now
    said = f"{now.filled:,} of {now.decided:,} decided got an advocate"
    rate, before = now.fill_rate, line.before.fill_rate
    if rate is None:
        return said
    return f"{said} ({percent(rate)}{'' if before is None else f'; before: {percent(before)}'})"


def answered(report: Report) -> Iterator[str]:
    """How soon they were answered."""
    now = report.whole.now
    if now.due:
        rate = f" ({percent(now.in_time_rate)})" if now.in_time_rate is not None else ""
        yield f"Answered within the {hours(report.goal)} that are the goal: {now.in_time:,} of {now.due:,}{rate}."
    if now.half_within is not None:
        yield f"Half of the answers took no longer than {hours(now.half_within)}."


def took() -> list[str]:
    """The times by which answers are counted."""
    return [*(f"Within {hours(limit)}" for limit in WITHIN), "Longer"]


def activity(line: Line) -> str:
    """What was asked for, as it stands at the beginning of a line."""
    return (line.name or "something else").capitalize()


def function(line: Line) -> str:
    """Who asked, as it stands at the beginning of a line."""
    return line.name.capitalize() if line.name else "Function not known"


def sentences(report: Report) -> Iterator[str]:
    """All of it for a terminal."""
    yield f"{periods.in_words(report.period)}: {headline(report)}."
    if not report.whole.now.asked:
        yield NOBODY
        return
    yield f"{became(report.whole.now).capitalize()}. {filled(report.whole)}."
    yield from answered(report)
    for title, lines, name in (
        ("By activity", report.activities, activity),
        ("By function", report.functions, function),
    ):
        yield f"{title}:"
        yield from (f"  {name(line)}: {of(line)}." for line in lines)
    yield WHAT_COUNTS


def of(line: Line) -> str:
    """One activity or function in a line."""
    how = f"; {became(line.now)}" if line.now.asked else ""
    return f"{count(line.now.asked, 'request')} (before: {line.before.asked:,}){how}"
