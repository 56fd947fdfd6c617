"""What advocacy does for the business, as its champion reads it in Slack. Decides no figure."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from decimal import Decimal

from domain import quarters
from domain.messages import Rendered
from domain.money import Money, words
from domain.opportunities import Status
from domain.value import Brought, Choices, Filters, Period, Report, Row
from domain.vocabulary import Activity
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


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a window shows: a period by its name, and of each of the others a word, or ALL."""

    period: str = USUAL
    industry: str = ALL
    region: str = ALL
    product: str = ALL
    activity: str = ALL


MENUS = {
    Action.VALUE_PERIOD: "period",
    Action.VALUE_INDUSTRY: "industry",
    Action.VALUE_REGION: "region",
    Action.VALUE_PRODUCT: "product",
    Action.VALUE_ACTIVITY: "activity",
}
"""Which menu chooses which of them."""


def overview(found: Report, chosen: Chosen, choices: Choices) -> Block:
    """The figures, with what can be chosen above them."""
    words = {
        Action.VALUE_INDUSTRY: ("All industries", choices.industries, chosen.industry),
        Action.VALUE_REGION: ("All regions", choices.regions, chosen.region),
        Action.VALUE_PRODUCT: ("All products", choices.products, chosen.product),
        Action.VALUE_ACTIVITY: ("All activities", tuple(Activity), chosen.activity),
    }
    periods = [inputs.option(said, name) for name, said in PERIODS.items()]
    row = [{**inputs.select(periods, chosen.period), "action_id": Action.VALUE_PERIOD.value}]
    row += [_menu(action, *given) for action, given in words.items()]
    content = [
        *blocks.actions(row, "filters"),
        *_too_many(choices),
        blocks.section(headline(found)),
        *_bars(found),
        blocks.section("\n".join(f"• {one}" for one in list(figures_in_words(found))[1:])),
        *sheets.ways("Send me the chart and the deals", Action.VALUE_SEND, Action.VALUE_FILE),
        blocks.context(CAUTION),
        blocks.context(
            f"A use counts for deals that close up to {found.window_days} days later. Settings change that."
        ),
    ]
    return blocks.modal(Callback.VALUE, TITLE, content, meta=blocks.metadata(asdict(chosen)))


def _menu(action: Action, of_all: str, words: Sequence[str], chosen: str) -> Block:
    """A menu of words; one that is too long for a choice cannot be chosen, the one that is chosen always can."""
    fit = [one for one in words if inputs.cut_value(one) == one and one != ALL]
    first = [one for one in fit[: inputs.OPTIONS - 2] if one != chosen]
    some = sorted([*first, *([chosen] if chosen != ALL else [])], key=str.casefold)
    options = [inputs.option(of_all, ALL), *(inputs.option(one[:1].upper() + one[1:], one) for one in some)]
    return {**inputs.select(options, chosen), "action_id": action.value}


def _too_many(choices: Choices) -> list[Block]:
    """Slack's menus hold so many words; whoever needs another one is told where."""
    if all(len(some) <= inputs.OPTIONS - 2 for some in (choices.industries, choices.regions, choices.products)):
        return []
    return [blocks.context("The menus hold the first words by name; `everboard report value` takes any.")]


def chosen_in(view: Block) -> Chosen:
    """What a window shows."""
    kept = blocks.read_metadata(view.get("private_metadata"))
    return Chosen(**{name: str(kept[name]) for name in MENUS.values() if kept.get(name)})


def filters_of(chosen: Chosen, today: date) -> Filters:
    """What the choices mean."""

    def some(word: str) -> tuple[str, ...]:
        return () if word == ALL else (word,)

    return Filters(
        period_of(chosen.period, today),
        industries=some(chosen.industry),
        regions=some(chosen.region),
        products=some(chosen.product),
        activities=some(chosen.activity),
    )


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
