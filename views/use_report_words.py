"""How evenly customers are asked, in words that Slack and the terminal share. Decides no figure."""

from collections.abc import Iterator

from domain.capacity import weight_words
from domain.use_report import LEAST, Named, Report
from views import periods
from views.health_words import percent
from views.text import count

COLUMNS = ("happens_on", "activity", "customer", "company", "used_by", "source", "halves", "beyond_limit")
"""Of the uses behind the figures, as rows of a table."""

NOBODY = "No customer was asked for anything in these days."
WHAT_COUNTS = (
    "A use is an activity that took place or is agreed, on its day; in brackets what it weighs against a customer's "
    f"limit. The share of those who are asked most is told from {LEAST} uses on."
)


def headline(report: Report) -> str:
    """How many uses there were, of how many advocates, beside the time before."""
    now, before = report.now, report.before
    return (
        f"{count(now.uses, 'use')} of {now.used:,} of {count(now.advocates, 'advocate')} "
        f"(before: {before.uses:,} of {before.used:,})"
    )


def spread(report: Report) -> Iterator[str]:
    """How much of it those carried who were asked most, and what to do about it."""
    now, before = report.now, report.before
    if now.share is None:
        return
    who = "The one who is asked most" if now.top == 1 else f"The {now.top:,} who are asked most, one in ten,"
    told = "" if before.share is None else f" (before: {percent(before.share)})"
    yield f"{who} carried {percent(now.share)} of it{told}."
    if now.is_uneven:
        yield "Few carry most of it. Ask those below who were not asked at all, and find more like those who are."


def beyond(report: Report) -> str:
    """How often a limit was overridden; nothing when it was not."""
    now = report.now.beyond
    if not now:
        return ""
    said = "went beyond a customer's limit, by the advocacy team's decision or outside of Everboard"
    return f"{count(now, 'use')} {said}."


def idle(report: Report) -> str:
    """How many of the active ones were not asked."""
    were = "was" if report.idle_count == 1 else "were"
    return f"{count(report.idle_count, 'active advocate')} {were} not asked at all"


def of(one: Named) -> str:
    """How often an advocate was asked."""
    return f"{count(one.uses, 'use')} ({weight_words(one.halves)})"


def sentences(report: Report) -> Iterator[str]:
    """All of it for a terminal."""
    yield f"{periods.in_words(report.period)}: {headline(report)}."
    yield from spread(report)
    if report.now.beyond:
        yield beyond(report)
    if not report.now.uses:
        yield NOBODY
    for activity, now, before in report.activities:
        yield f"  {activity.capitalize()}: {now:,} (before: {before:,})"
    if report.most:
        yield "Asked most:"
        yield from (f"  {one.name}, {one.company}: {of(one)}" for one in report.most)
    if report.idle:
        yield f"{idle(report)}, among them:"
        yield from (f"  {one.name}, {one.company}" for one in report.idle)
    yield WHAT_COUNTS
