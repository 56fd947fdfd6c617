"""The figures of the portfolio as a message: charts, which Slack shows only there, and a table. Decides no figure."""

from collections.abc import Iterable, Sequence
from datetime import date

from domain.messages import Rendered
from domain.portfolio import Measured, Portfolio, Supply, in_words
from domain.query import Facet
from views import blocks, charts
from views.text import Block, count, day, line, plain

BARS = 12
"""Bars side by side in one chart: what can be told apart on a telephone. Slack would take 20."""

ROWS = 25
"""Targets in the table: all cells together must stay within what one message holds."""

CELL = 60
"""Characters of a cell."""

WHAT_COUNTS = "Available means published, checked lately, not resting and free to be asked today."


def message(found: Portfolio) -> Rendered:
    """Targets and supply as charts and a table."""
    title = f"Advocates we have and want, {day(found.today)}"
    content = [
        blocks.header(title),
        blocks.section(in_short(found)),
        *_targets_chart(found.targets),
        *_table(found.targets, found.today),
        *_supply_chart(found.supply),
        blocks.context(WHAT_COUNTS),
        *_rest(found.targets),
    ]
    return blocks.message(f"{title}. {in_short(found)}", content)


def in_short(found: Portfolio) -> str:
    """All of it in two sentences."""
    be = "is" if found.active == 1 else "are"
    have = f"{count(found.active, 'advocate')} {be} active, {found.available:,} of them available today."
    if not found.targets:
        return f"{have} There is no target yet."
    gaps = [one.gap for one in found.targets if one.gap]
    if not gaps:
        return f"{have} Every target is met."
    lack = "lacks" if len(gaps) == 1 else "lack"
    return f"{have} {len(gaps):,} of {count(len(found.targets), 'target')} {lack} {count(sum(gaps), 'advocate')}."


def by_gap(targets: Iterable[Measured]) -> list[Measured]:
    """The widest gaps first, of equal ones what is due first."""
    return sorted(targets, key=lambda one: (-one.gap, one.target.due_on, one.target.id))


def _targets_chart(targets: Sequence[Measured]) -> list[Block]:
    shown = by_gap(targets)[:BARS]
    labels = charts.labels(one.target.name for one in shown)
    series = {"Available": [one.available for one in shown], "Missing": [one.gap for one in shown]}
    return charts.bars("Targets", "Advocates", labels, series)


def _supply_chart(supply: Sequence[Supply]) -> list[Block]:
    of_industry = [one for one in supply if one.facet is Facet.INDUSTRY and one.active]
    shown = sorted(of_industry, key=lambda one: (-one.active, one.value.casefold()))[:BARS]
    series = {"Active": [one.active for one in shown], "Available": [one.available for one in shown]}
    return charts.bars("Advocates by industry", "Advocates", charts.labels(one.shown for one in shown), series)


def _table(targets: Sequence[Measured], today: date) -> list[Block]:
    if not targets:
        return []
    head = ("Target", "Seeks", "Wanted", "Available", "Missing", "Due")
    rows = [[_cell(words) for words in head]]
    for one in targets[:ROWS]:
        target = one.target
        late = " (late)" if one.is_late(today) else ""
        figures = (str(target.count), str(one.available), str(one.gap))
        cells = (target.name, in_words(target.criteria), *figures, f"{day(target.due_on)}{late}")
        rows.append([_cell(words) for words in cells])
    right = {"align": "right"}
    return [
        {
            "type": "table",
            "rows": rows,
            "column_settings": [{"is_wrapped": True}, {"is_wrapped": True}, right, right, right],
        }
    ]


def _cell(words: str) -> Block:
    return {"type": "raw_text", "text": plain(words, CELL)["text"]}


def _rest(targets: Sequence[Measured]) -> list[Block]:
    if len(targets) <= ROWS:
        return []
    more = line(f"{len(targets) - ROWS:,} more targets stand in /advocacy targets and in the report")
    return [blocks.context(f"{more}: `everboard report portfolio`.")]
