"""`/pulse`: what is open for me, what was published, and for its planner the way to the plan. Decides no figure."""

from collections.abc import Sequence

from domain.messages import Rendered
from domain.pulse_overview import Seen, Waiting
from domain.pulse_runs import State
from views import blocks, pulse
from views.ids import Action, Callback
from views.pulse_words import TRADEMARK
from views.text import Block, line, moment

NOTHING_OPEN = "No pulse is open for you at the moment. When one starts, you get it here as a direct message."
COMMENTS_SHOWN = 60
"""Comments that fit into one window, each in a paragraph."""


def overview(seen: Seen) -> Rendered:
    """Everything that `/pulse` has for this person."""
    content = [*_waiting(seen.waiting), *_plans(seen), *_results(seen)]
    said = NOTHING_OPEN if seen.waiting is None else _open(seen.waiting)
    return blocks.message(said, content)


def in_home(waiting: Waiting) -> list[Block]:
    """The part of Home that leads to a pulse that is open for its reader."""
    return _waiting(waiting)


def _open(waiting: Waiting) -> str:
    what = "You have answered it." if waiting.has_answered else "It takes a minute."
    return f"The pulse “{line(waiting.name, 60)}” is open for you until {moment(waiting.closes_at)}. {what}"


def _waiting(waiting: Waiting | None) -> list[Block]:
    if waiting is None:
        return [blocks.section(NOTHING_OPEN)]
    if waiting.has_answered:
        row = [blocks.button("Review my answers", Action.PULSE_TAKE, waiting.run_id)]
    else:
        row = [blocks.button("Take the pulse", Action.PULSE_TAKE, waiting.run_id, style="primary")]
    return [blocks.section(_open(waiting)), *blocks.actions(row)]


def _plans(seen: Seen) -> list[Block]:
    if not seen.may_plan:
        return []
    if seen.standing is None:
        said = "No pulse is planned. A pulse asks people five statements and tells you what holds each group back."
        return [blocks.section(said), *blocks.actions([blocks.button("Plan a pulse", Action.PULSE_PLAN)])]
    words = {State.PLANNED: "is planned", State.OPEN: "is open", State.PAUSED: "is paused"}
    said = f"The pulse “{line(seen.standing.name, 60)}” {words[seen.standing.state]}."
    row = [blocks.button("How it stands", Action.PULSE_STANDING, seen.standing.run_id)]
    return [blocks.section(said), *blocks.actions(row)]


def _results(seen: Seen) -> list[Block]:
    rows: list[Block] = []
    if seen.teams and seen.newest is not None:
        rows += pulse.team_results(seen.newest, seen.teams)
    if seen.all_results:
        rows += pulse.all_results(seen.all_results, seen.names or {})
        if seen.has_comments:
            rows += blocks.actions(
                [blocks.button("Comments", Action.PULSE_COMMENTS, spoken="Comments: what people added")]
            )
    elif seen.newest is not None and seen.own is not None:
        rows.append(blocks.header(f"Pulse {seen.newest.name}"))
        rows += pulse.of_group(seen.newest, seen.own)
    return [*rows, blocks.context(TRADEMARK)] if rows else []


def comments(said: Sequence[tuple[str, str]]) -> Block:
    """What people added, by group, without names."""
    content: list[Block] = []
    group = None
    for one, text in said[:COMMENTS_SHOWN]:
        if one != group:
            content.append(blocks.header(one))
            group = one
        content.append(blocks.words(text))
    if not content:
        content = [blocks.section("Nobody of a group that may be shown added anything.")]
    if len(said) > COMMENTS_SHOWN:
        content.append(blocks.context(f"{len(said) - COMMENTS_SHOWN} more are not shown here."))
    content.append(
        blocks.context("In no order, and beside nobody's scores. Please do not try to guess who wrote what.")
    )
    return blocks.modal(Callback.PULSE_COMMENTS, "Comments", content)
