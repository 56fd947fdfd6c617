"""How requests are answered, as team, leader and champion read it in Slack. Decides no figure."""

from collections.abc import Callable, Iterator, Sequence

from domain.messages import Rendered
from domain.people import Function
from domain.request_rates import Asked
from domain.request_report import Behind, Line, Report, Wanted
from domain.vocabulary import Activity
from views import blocks, charts, inputs, periods, sheets
from views.health import bar
from views.ids import Action, Callback
from views.request_report_words import (
    NOBODY,
    WHAT_COUNTS,
    activity,
    answered,
    became,
    filled,
    function,
    headline,
    hours,
    of,
    took,
)
from views.text import Block, day
from views.text import line as escaped

TITLE = "How requests go"
ALL = "all"
ROWS = 20
"""Requests in the message: all cells together must stay within what it holds; the report writes all of them."""

HEAD = ("For", "Asked by", "Who", "State", "Made", "Answer took")

NAME = 60
"""Characters of a name."""

MOST = 14
"""Activities or functions that one paragraph tells."""


def overview(report: Report, days: int) -> Block:
    """All of it, with what can be chosen above."""
    row = [periods.select(Action.REQUEST_REPORT_PERIOD, days), _activities(report.wanted), _functions(report.wanted)]
    content = [
        *blocks.actions(row, "filters"),
        blocks.context(f"{periods.in_words(report.period)}."),
        *_figures(report),
        *sheets.ways("Send me the chart and the requests", Action.REQUEST_REPORT_SEND, Action.REQUEST_REPORT_FILE),
        blocks.context(WHAT_COUNTS),
    ]
    return blocks.modal(Callback.REQUEST_REPORT, TITLE, content, meta=_meta(report.wanted, days))


def _activities(wanted: Wanted) -> Block:
    choices = [inputs.option("All activities", ALL), *(inputs.option(one.capitalize(), one.value) for one in Activity)]
    return _menu(Action.REQUEST_REPORT_ACTIVITY, choices, wanted.activity)


def _functions(wanted: Wanted) -> Block:
    choices = [inputs.option("All functions", ALL), *(inputs.option(one.capitalize(), one.value) for one in Function)]
    return _menu(Action.REQUEST_REPORT_FUNCTION, choices, wanted.function)


def _menu(action: Action, choices: list[Block], chosen: Activity | Function | None) -> Block:
    return {**inputs.select(choices, chosen.value if chosen else ALL), "action_id": action.value}


def _figures(report: Report) -> Iterator[Block]:
    now = report.whole.now
    yield blocks.section(f"*{headline(report)}*" + (f"\n{became(now).capitalize()}." if now.asked else ""))
    if not now.asked:
        yield blocks.section(f"{NOBODY} → Show people how: `/advocates` finds one, and “Request” asks for them.")
        return
    if now.decided:
        yield blocks.section(f"{bar(now.filled / now.decided)} {filled(report.whole)}.")
    told = [*answered(report)]
    if told:
        yield blocks.section("\n".join(f"• {one}" for one in told))
    yield blocks.section(_lines("By activity", report.activities, activity))
    yield blocks.section(_lines("By function", report.functions, function))


def _lines(title: str, lines: Sequence[Line], name: Callable[[Line], str]) -> str:
    rows = [f"*{title}*", *(f"• {escaped(name(one), NAME)}: {of(one)}." for one in lines[:MOST])]
    if len(lines) > MOST:
        rows.append(f"{len(lines) - MOST} more are in the report: `everboard report requests`.")
    return "\n".join(rows)


def _meta(wanted: Wanted, days: int) -> str:
    kept = {"activity": wanted.activity, "function": wanted.function}
    return blocks.metadata({"days": str(days), **{name: one.value for name, one in kept.items() if one}})


def chosen_in(view: Block) -> tuple[int, Wanted]:
    """The days and the filters that a window shows."""
    kept = blocks.read_metadata(view.get("private_metadata"))
    return blocks.whole(kept.get("days") or periods.USUAL), wanted_of(
        kept.get("activity", ALL), kept.get("function", ALL)
    )


def wanted_of(activity: str, function: str) -> Wanted:
    """What was chosen in the menus."""
    return Wanted(None if activity == ALL else Activity(activity), None if function == ALL else Function(function))


def message(report: Report, newest: Sequence[Behind]) -> Rendered:
    """The figures with a chart, and the newest requests: charts live in messages only."""
    content = [
        blocks.header(TITLE),
        blocks.context(f"{periods.in_words(report.period)}.{_only(report.wanted)}"),
        *_figures(report),
        *_chart(report),
        *charts.table(HEAD, [_row(one) for one in newest[:ROWS]]),
        blocks.context(WHAT_COUNTS),
    ]
    return blocks.message(f"{TITLE}: {headline(report)}. {became(report.whole.now)}", content)


def _only(wanted: Wanted) -> str:
    chosen = [one.value for one in (wanted.activity, wanted.function) if one]
    return f" Only {' and '.join(chosen)}." if chosen else ""


def _chart(report: Report) -> list[Block]:
    """How long answers took, beside the time before."""
    both = {"Now": report.whole.now.took, "Before": report.whole.before.took}
    return charts.bars("How long answers took", "Requests", took(), both) if any(map(sum, both.values())) else []


def _row(one: Behind) -> list[str]:
    who = f"{one.customer}, {one.company}" if one.customer else "nobody yet"
    made = day(one.asked.opened_at.date())
    return [one.activity, one.asker or "not known", who, one.asked.state.words, made, _waited(one.asked)]


def _waited(asked: Asked) -> str:
    if asked.answered_at is not None:
        return hours(asked.answered_at - asked.opened_at)
    return "waiting" if asked.state.is_open else "–"
