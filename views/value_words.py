"""Deals with and without an advocate, in words that Slack and the terminal share. Plain: nothing here was typed."""

from collections.abc import Iterator

from domain.money import Money, words
from domain.opportunities import DealKind, Status
from domain.value import LEAST, Amounts, Figures, Period, Report

CAUTION = (
    "“Influenced” means that an advocate was used, or an approved story taken, for the deal or its account in the days "
    "before it closed. It does not prove a cause: deals that get an advocate may be better ones to begin with."
)


def figures_in_words(found: Report) -> Iterator[str]:
    """A sentence for each figure, the influenced deals first."""
    value = found.value
    yield f"{_period(found.filters.period)}, with a window of {found.window_days} days:"
    yield f"Influenced: {counts(value.influenced)}."
    yield f"All deals: {counts(value.all)}."
    yield f"Influenced and won: {worth(value.influenced, Status.WON)}."
    yield f"Influenced and open: {worth(value.influenced, Status.OPEN)}."
    yield f"Influenced and renewed: {amounts(value.influenced.won_by_kind[DealKind.RENEWAL])}."
    yield f"Influenced and expanded: {amounts(value.influenced.won_by_kind[DealKind.EXPANSION])}."
    yield f"Won of those decided: {rate(value.influenced)} with an advocate, {rate(value.others)} without."
    yield f"Days to a won deal: {cycle(value.influenced)} with an advocate, {cycle(value.others)} without."
    if found.before is not None:
        before = found.before.influenced
        yield f"In the period before: {counts(before)}; won {worth(before, Status.WON)}."


def _period(period: Period) -> str:
    if period.first is None and period.last is None:
        return "All deals, whenever they close"
    first = f"from {period.first.isoformat()}" if period.first else "from the first"
    return f"Deals that close {first} to {period.last.isoformat() if period.last else 'the last'}"


def counts(one: Figures) -> str:
    """How many of each status."""
    return f"{one.counts[Status.OPEN]:,} open, {one.counts[Status.WON]:,} won, {one.counts[Status.LOST]:,} lost"


def worth(one: Figures, status: Status) -> str:
    """What the deals of a status are worth. That there are none is not the same as that no amount is known."""
    return amounts(one.amounts[status]) if one.counts[status] else "none"


def amounts(some: Amounts) -> str:
    """Each currency by itself: nobody here knows a rate."""
    return " and ".join(words(Money(amount, currency)) for currency, amount in sorted(some.items())) or "nothing known"


def rate(one: Figures) -> str:
    """The share that was won, with its number."""
    if one.win_rate is None:
        return f"too few to tell (n = {one.decided}, it takes {LEAST})"
    return f"{one.win_rate:.0%} (n = {one.decided:,})"


def cycle(one: Figures) -> str:
    """How long a won deal took, with its number."""
    days = one.cycle_days(Status.WON)
    if days is None:
        return f"too few to tell (n = {one.timed[Status.WON]}, it takes {LEAST})"
    return f"{days:.0f} (n = {one.timed[Status.WON]:,})"
