"""How evenly customers are asked, as team, leader and champion read it in Slack. Decides no figure."""

from collections.abc import Iterator, Sequence

from domain.messages import Rendered
from domain.use_report import Named, Report
from domain.vocabulary import Activity
from views import blocks, charts, inputs, periods, sheets
from views.health import bar
from views.ids import Action, Callback
from views.text import Block, line
from views.use_report_words import NOBODY, WHAT_COUNTS, beyond, headline, idle, of, spread

TITLE = "How customers are asked"
ALL = "all"
LISTED = 8
"""Advocates named in each list."""

NAME = 60
"""Characters of a name."""


def overview(report: Report, days: int) -> Block:
    """All of it, with what can be chosen above."""
    choices = [inputs.option("All activities", ALL), *(inputs.option(one.capitalize(), one.value) for one in Activity)]
    chosen = report.activity.value if report.activity else ALL
    menu = {**inputs.select(choices, chosen), "action_id": Action.USE_REPORT_ACTIVITY.value}
    content = [
        *blocks.actions([periods.select(Action.USE_REPORT_PERIOD, days), menu], "filters"),
        blocks.context(f"{periods.in_words(report.period)}."),
        *_figures(report),
        *_list("Asked most", report.most, [of(one) for one in report.most]),
        *_list(idle(report), report.idle, ["" for _one in report.idle]),
        *sheets.ways("Send me the chart", Action.USE_REPORT_SEND, Action.USE_REPORT_FILE),
        blocks.context(WHAT_COUNTS),
    ]
    meta = blocks.metadata({"days": str(days), "activity": chosen})
    return blocks.modal(Callback.USE_REPORT, TITLE, content, meta=meta)


def chosen_in(view: Block) -> tuple[int, Activity | None]:
    """The days and the activity that a window shows."""
    kept = blocks.read_metadata(view.get("private_metadata"))
    return blocks.whole(kept.get("days") or periods.USUAL), activity_of(kept.get("activity", ALL))


def activity_of(chosen: str) -> Activity | None:
    """What was chosen in the menu."""
    return None if chosen == ALL else Activity(chosen)


def _figures(report: Report) -> Iterator[Block]:
    yield blocks.section(f"*{headline(report)}*")
    if not report.now.uses:
        yield blocks.section(f"{NOBODY} → `/advocates` finds whom to ask, and `/advocates touch` logs what happened.")
    told = [*spread(report)]
    if told and report.now.share is not None:
        yield blocks.section("\n".join([f"{bar(report.now.share)} {told[0]}", *(f"→ {one}" for one in told[1:])]))
    if report.now.beyond:
        yield blocks.section(f":warning: {beyond(report)}")
    if report.activities:
        rows = [f"• {line(name, NAME)}: {now:,} (before: {before:,})" for name, now, before in report.activities]
        yield blocks.section("\n".join(["*By activity*", *rows[: charts.MOST_BARS]]))


def _list(title: str, some: Sequence[Named], told: Sequence[str]) -> Iterator[Block]:
    if not some:
        return
    yield blocks.section(f"*{title}*")
    for one, words in zip(some, told, strict=True):
        opened = blocks.button("Open profile", Action.CARD, one.advocate_id, spoken=f"Open profile: {one.name}")
        name = f"{line(one.name, NAME)}, {line(one.company, NAME)}"
        yield blocks.section(f"{name}: {words}" if words else name, opened)


def message(report: Report) -> Rendered:
    """The figures with a chart of the activities: charts live in messages only."""
    content = [
        blocks.header(TITLE),
        blocks.context(f"{periods.in_words(report.period)}.{_only(report.activity)}"),
        *_figures(report),
        *_chart(report),
        blocks.context(WHAT_COUNTS),
    ]
    return blocks.message(f"{TITLE}: {headline(report)}", content)


def _only(activity: Activity | None) -> str:
    return f" Only {activity.value}." if activity else ""


def _chart(report: Report) -> list[Block]:
    shown = report.activities[: charts.MOST_BARS]
    both = {"Now": [now for _name, now, _before in shown], "Before": [before for _name, _now, before in shown]}
    return charts.bars("Uses by activity", "Uses", charts.labels(name for name, _now, _before in shown), both)
