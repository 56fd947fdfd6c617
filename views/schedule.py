"""What is coming, day by day, as its planner reads it. Decides no time."""

from itertools import groupby

from domain.schedule import AHEAD, Calendar, Entry
from views import blocks
from views.ids import Action, Callback
from views.nudge_plans import place_of
from views.text import Block, count, day, line, moment

TITLE = "What is coming"
TITLE_LIMIT = 120
"""Characters of what an entry is called: a target's or a pulse's name may be long."""

MOST_OF_A_DAY = 6
"""Entries that one paragraph holds."""


def calendar(found: Calendar) -> Block:
    """The next four weeks, and the ways to what can be changed."""
    row = [blocks.button("Nudges", Action.NUDGES), blocks.button("Targets", Action.TARGETS)]
    content = [
        blocks.context(f"From today until {day(found.today + AHEAD)}. Times are by your own clock."),
        *([blocks.section(":double_vertical_bar: Nudges are paused.")] if found.is_paused else []),
        *(blocks.section(_day(list(of_day))) for _on, of_day in groupby(found.entries, key=lambda one: one.on)),
        *([] if found.entries else [blocks.section("Nothing is planned. Begin with a pulse, or with nudges.")]),
        *blocks.actions(row),
    ]
    if found.newcomers:
        who = count(found.newcomers, "newcomer is", "newcomers are")
        content.append(blocks.context(f"{who} on the way through the welcome: days 0, 3, 10 and 21 after they joined."))
    return blocks.modal(Callback.SCHEDULE, TITLE, content)


def _day(entries: list[Entry]) -> str:
    on = entries[0].on
    rows = [f"*{on:%A}, {day(on)}*", *(f"• {_entry(one)}" for one in entries[:MOST_OF_A_DAY])]
    if len(entries) > MOST_OF_A_DAY:
        rows.append(f"{len(entries) - MOST_OF_A_DAY} more")
    return "\n".join(rows)


def _entry(one: Entry) -> str:
    where = f" in {place_of(one.where)}" if one.where else ""
    when = f", {moment(one.at)}" if one.at else ""
    return f"{line(one.title, TITLE_LIMIT)}{where}{when}: {line(one.why, TITLE_LIMIT)}"


def in_home() -> list[Block]:
    """The way to it from its planner's Home."""
    said = "*What is coming* in the next four weeks: nudges, pulses, digests, targets and campaigns."
    return [blocks.section(said, blocks.button(TITLE, Action.SCHEDULE))]
