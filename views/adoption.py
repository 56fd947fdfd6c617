"""Who takes part, as leader, champion and managers read it in Slack. Decides no figure."""

from collections.abc import Iterator, Sequence

from domain.adoption import SMALLEST, Count, Report, Row
from domain.messages import Rendered
from views import blocks, charts, periods
from views.adoption_words import (
    NOBODY,
    NOT_TOLD,
    WHAT_COUNTS,
    became,
    columns,
    name_of,
    not_told,
    share,
    team_name,
)
from views.health import bar
from views.ids import Action, Callback
from views.text import Block, count, line

TITLE = "Who takes part"
MOST_TEAMS = 12
"""Teams that are told of each function; the report tells all."""


def overview(report: Report, days: int) -> Block:
    """Everybody, then each function with its teams; for a manager the own team."""
    content = [
        *blocks.actions([periods.select(Action.ADOPTION_PERIOD, days)], "filters"),
        blocks.context(f"{periods.in_words(report.period)}."),
        *_whole(report),
        *(blocks.section(_function(row, report)) for row in report.functions if row.now is not None),
        *(blocks.context(one) for one in not_told(report)),
        *_became(report),
        *blocks.actions([blocks.button("Send me the chart", Action.ADOPTION_SEND)]),
        blocks.context(WHAT_COUNTS),
    ]
    return blocks.modal(Callback.ADOPTION, TITLE, content, meta=blocks.metadata({"days": str(days)}))


def days_in(view: Block) -> int:
    """The days that a window shows."""
    return blocks.whole(blocks.read_metadata(view.get("private_metadata")).get("days") or periods.USUAL)


def message(report: Report) -> Rendered:
    """The same with a chart, in hundredths of those who are there: charts live in messages only."""
    told = [*_rows(report)]
    content = [
        blocks.header(TITLE),
        blocks.context(f"{periods.in_words(report.period)}."),
        *_whole(report),
        *_chart(told),
        *(blocks.section(_function(row, report)) for row in report.functions if row.now is not None),
        *(blocks.context(one) for one in not_told(report)),
        *_became(report),
        blocks.context(WHAT_COUNTS),
    ]
    name = "Your team" if report.is_own_team else "Everybody"
    return blocks.message(f"{TITLE}. {_told(name, report.whole)}", content)


def _rows(report: Report) -> Iterator[tuple[str, Count, Count]]:
    """What may be told, with its name."""
    name = "Your team" if report.is_own_team else "Everybody"
    for title, row in ((name, report.whole), *((name_of(row), row) for row in report.functions)):
        if row.now is not None and row.before is not None:
            yield title, row.now, row.before


def _chart(told: Sequence[tuple[str, Count, Count]]) -> list[Block]:
    shown = told[: charts.MOST_BARS]
    series = {"Now": [_hundredths(now) for _title, now, _before in shown]}
    series["Before"] = [_hundredths(before) for _title, _now, before in shown]
    return charts.bars(TITLE, "Of 100 people", charts.labels(title for title, _now, _before in shown), series)


def _hundredths(one: Count) -> int:
    return int(100 * (one.share or 0) + 1e-9)


def _whole(report: Report) -> Iterator[Block]:
    name = "Your team" if report.is_own_team else "Everybody"
    now = report.whole.now
    yield blocks.section(_told(name, report.whole))
    if now is None and report.is_own_team:
        yield blocks.section(f"From {SMALLEST} people on you see here how your team takes part.")
    elif now is None:
        yield blocks.section(
            "Bring people in with `everboard import people FILE.csv`, or let them join this workspace."
        )
    elif not now.took_part:
        yield blocks.section(f"→ {NOBODY}")


def _told(name: str, row: Row) -> str:
    if row.now is None or row.before is None:
        return f"*{name}*: {NOT_TOLD}."
    did = columns(row.now, row.before).capitalize()
    return f"{bar(row.now.share or 0)} *{name}*: {share(row.now, row.before)}\n{did}."


def _function(row: Row, report: Report) -> str:
    told = [team for team in row.teams if team.now is not None and team.before is not None]
    rows = [_told(name_of(row), row)]
    rows += [f"• {team_name(team, report, line)}: {_short(team)}" for team in told[:MOST_TEAMS]]
    if len(told) > MOST_TEAMS:
        rows.append(f"{len(told) - MOST_TEAMS} more teams are in the report: `everboard report adoption`.")
    hidden = len(row.teams) - len(told)
    if hidden:
        rows.append(f"{count(hidden, 'other team')}: {NOT_TOLD}.")
    return "\n".join(rows)


def _became(report: Report) -> Iterator[Block]:
    first, *rest = [*became(report)] or [""]
    if first:
        yield blocks.section("\n".join([f"*{first}*", *rest]))


def _short(team: Row) -> str:
    return share(team.now, team.before) if team.now is not None and team.before is not None else NOT_TOLD


def in_home() -> list[Block]:
    """The part of a manager's Home that leads here."""
    said = "*How your team takes part*: who was invited, how many nominated, looked up and requested."
    return [blocks.section(said, blocks.button(TITLE, Action.ADOPTION))]
