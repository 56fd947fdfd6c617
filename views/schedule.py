"""What is coming, day by day, as its planner reads it. Decides no time."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from domain.nudge_times import Plan
from domain.nudges import Audience
from domain.schedule import AHEAD, Calendar, Entry, Next
from views import blocks, inputs
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
        *_nudges(found.nudges),
    ]
    if found.newcomers:
        who = count(found.newcomers, "newcomer is", "newcomers are")
        content.append(blocks.context(f"{who} on the way through the welcome: days 0, 3, 10 and 21 after they joined."))
    return blocks.modal(Callback.SCHEDULE, TITLE, content)


def _nudges(coming: Sequence[Next]) -> Iterator[Block]:
    """The next nudge of each audience, and what can be done with that one alone."""
    if coming:
        yield blocks.divider()
        yield blocks.section("*One nudge on another day, or not at all*; the plan stays as it is.")
    for one in coming:
        about = f"nudge for {one.audience.value}"
        if one.moved_from is None:
            yield blocks.section(f"Next {about}: {moment(one.at)}")
            yield from blocks.actions(_ways(one, about))
            continue
        became = f"comes on {day(one.moved_to)} instead" if one.moved_to else "is left out"
        again = blocks.button(
            "As planned after all", Action.NUDGE_UNSHIFT, one.audience.value, spoken=f"As planned after all: {about}"
        )
        yield blocks.section(f"The {about} of {day(one.moved_from)} {became}.", again)


def _ways(one: Next, about: str) -> list[Block]:
    value = f"{one.audience.value}:{one.on.isoformat()}"
    return [
        blocks.button("Another day", Action.NUDGE_SHIFT, value, spoken=f"Another day: {about}"),
        blocks.button("Leave it out", Action.NUDGE_SKIP, value, spoken=f"Leave it out: {about}"),
    ]


def read_value(value: str) -> tuple[Audience, date]:
    """The audience and the day of a button or a form."""
    audience, _, on = value.partition(":")
    return Audience(audience), date.fromisoformat(on)


def shift_form(plan: Plan, on: date, proposed: date) -> Block:
    """On which day instead?"""
    content = [
        blocks.section(
            f"The nudge for {plan.audience.value} of {day(on)}, at {plan.at:%H:%M} in {line(plan.zone, 60)}."
        ),
        inputs.field("to", "On which day instead?", inputs.day(proposed)),
    ]
    if not plan.is_direct:
        small = "A channel gets one post in seven days: when this one comes later, the one after it may fall out."
        content.append(blocks.context(small))
    meta = blocks.metadata({"nudge": f"{plan.audience.value}:{on.isoformat()}"})
    return blocks.modal(Callback.NUDGE_SHIFT, "On another day", content, submit="Save", meta=meta)


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
