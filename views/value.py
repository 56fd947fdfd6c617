"""What advocacy does for the business, as its champion reads it in Slack. Decides no figure."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from domain import quarters
from domain.messages import Rendered
from domain.money import Money, words
from domain.opportunities import Status
from domain.value import Brought, Filters, Period, Report, Row
from views import blocks, charts, inputs, sheets
from views.ids import Action, Callback
from views.text import Block, count, day
from views.value_words import CAUTION, amounts, figures_in_words, worth

TITLE = "Business value"
ALL = "all"

PERIODS = {
    "quarter": "This quarter",
    "last_quarter": "Last quarter",
    "year": "This year",
    "twelve": "The last twelve months",
    ALL: "All deals",
}
"""Periods that can be chosen, and their words."""

USUAL = "quarter"

ROWS = 20
"""Deals in the message: all cells together must stay within what it holds; the report writes all of them."""


def period_of(name: str, today: date) -> Period:
    """The days of a period that can be chosen; of an unknown name, all."""
    first = quarters.quarter_of(today)
    match name:
        case "quarter":
            return Period(first, quarters.after(first) - timedelta(days=1))
        case "last_quarter":
            return Period(quarters.before(first), first - timedelta(days=1))
        case "year":
            return Period(date(today.year, 1, 1), date(today.year, 12, 31))
        case "twelve":
            return Period(today - timedelta(days=365), today)
        case _:
            return Period()


def overview(found: Report, chosen: str, industries: Sequence[str]) -> Block:
    """The figures, with what can be chosen above them."""
    industry = next(iter(found.filters.industries), ALL)
    of_all = inputs.option("All industries", ALL)
    choices = [of_all, *(inputs.option(one, one) for one in industries if inputs.cut_value(one) == one)]
    periods = [inputs.option(said, name) for name, said in PERIODS.items()]
    row = [
        {**inputs.select(periods, chosen), "action_id": Action.VALUE_PERIOD.value},
        {**inputs.select(choices, industry), "action_id": Action.VALUE_INDUSTRY.value},
    ]
    content = [*blocks.actions(row, "filters"), blocks.section(headline(found)), *_bars(found)]
    content += [blocks.section("\n".join(f"• {one}" for one in list(figures_in_words(found))[1:]))]
    content += [
        *sheets.ways("Send me the chart and the deals", Action.VALUE_SEND, Action.VALUE_FILE),
        blocks.context(CAUTION),
        blocks.context(
            f"A use counts for deals that close up to {found.window_days} days later. Settings change that."
        ),
    ]
    meta = blocks.metadata({"period": chosen, "industry": industry})
    return blocks.modal(Callback.VALUE, TITLE, content, meta=meta)


def chosen_in(view: Block) -> tuple[str, str]:
    """The period and the industry that a window shows."""
    kept = blocks.read_metadata(view.get("private_metadata"))
    return str(kept.get("period") or USUAL), str(kept.get("industry") or ALL)


def filters_of(chosen: str, industry: str, today: date) -> Filters:
    """What these two mean."""
    return Filters(period_of(chosen, today), industries=() if industry == ALL else (industry,))


def headline(found: Report) -> str:
    """What was won, with an advocate and in all."""
    if not any(found.value.all.counts.values()):
        return (
            "*No deals here.* Bring them in with `everboard import opportunities FILE.csv`, or choose another period."
        )
    won, of_all = (worth(one, Status.WON) for one in (found.value.influenced, found.value.all))
    return f"*Won with an advocate: {won}*\nWon in all: {of_all}"


def in_home(standing: tuple[date, Brought] | None) -> list[Block]:
    """The part of Home that says what its quarter had brought by the last day that was counted."""
    if standing is None:
        return [blocks.section("*What advocacy brings* is counted every morning. The button counts it now.")]
    counted, brought = standing
    period = quarters.in_words(brought.first)
    if not brought.won_of_all and not brought.open:
        said = f"*No deal of {period} is won yet, and none that is open has an advocate.*"
    else:
        said = f"*Won with an advocate, {period}: {amounts(brought.won_amounts) if brought.won else 'none'}*"
    if brought.won_of_all:
        said += f"\n{_bar(brought.won, brought.won_of_all)}"
    if brought.open:
        said += f"\nOpen with an advocate: {count(brought.open, 'deal')}, {amounts(brought.open_amounts)}."
    return [blocks.section(f"{said}\nCounted on {day(counted)}.")]


def _bars(found: Report) -> list[Block]:
    won, of_all = (one.counts[Status.WON] for one in (found.value.influenced, found.value.all))
    return [blocks.context(_bar(won, of_all))] if of_all else []


def _bar(won: int, of_all: int) -> str:
    """How many of the won deals had an advocate: modals and Home show no charts."""
    filled = round(10 * won / of_all)
    return f"`{'█' * filled}{'░' * (10 - filled)}` {won:,} of {of_all:,} won deals had an advocate"


def message(found: Report, rows: Sequence[Row]) -> Rendered:
    """The figures with a chart, and the largest of the influenced deals: charts live in messages only."""
    title = next(iter(figures_in_words(found)))
    content = [
        blocks.header(TITLE),
        blocks.section(headline(found)),
        *chart(found),
        blocks.section("\n".join(f"• {one}" for one in figures_in_words(found))),
        *charts.table(("Deal", "Account", "Became", "Amount", "Closes"), [_row(one) for one in rows[:ROWS]]),
        blocks.context(CAUTION),
    ]
    return blocks.message(f"{TITLE}. {title}", content)


def _row(one: Row) -> list[str]:
    known = one.hundredths and one.currency
    amount = words(Money(Decimal(one.hundredths or 0) / 100, one.currency or "")) if known else "not known"
    closes = day(one.close_on) if one.close_on else "not known"
    return [one.name, one.account or "not known", one.status, amount, closes]


def chart(found: Report) -> list[Block]:
    """Deals with and without an advocate, by what became of them."""
    names = {Status.OPEN: "Open", Status.WON: "Won", Status.LOST: "Lost"}
    found_in = {"With an advocate": found.value.influenced, "Without": found.value.others}
    series = {name: [one.counts[status] for status in names] for name, one in found_in.items()}
    return charts.bars("Deals with and without an advocate", "Deals", list(names.values()), series)
