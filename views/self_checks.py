"""The self-check of program leader and executive champion: the question, the form, and what leads to it in Home."""

from collections.abc import Sequence
from datetime import date, timedelta

from domain import quarters
from domain.messages import Rendered
from domain.self_checks import HIGHEST, LOWEST, ROLE_OF, STATEMENTS, Attribute, Form, Part, check_scores
from views import blocks, inputs
from views.ids import Action, Callback
from views.text import Block, day

TITLE = "Self-check"

READ_BY = "Program leader and executive champion read the answers. `everboard report program` tells only their mean."

ANSWERS = {1: "1, not at all", 2: "2, hardly", 3: "3, in part", 4: "4, mostly", 5: "5, fully"}
"""The scale in words; each says its number, which the trend speaks in."""


def ask(part: Part, quarter: date, *, is_answered: bool) -> Rendered:
    """The question of the quarter, kept up to date."""
    when = quarters.in_words(quarter)
    if is_answered:
        said = f"Your self-check as {ROLE_OF[part]} for {when} is answered. Thank you."
        row = [blocks.button("Change my answers", Action.SELF_CHECK, part.value)]
    else:
        said = f"Your self-check as {ROLE_OF[part]} for {when}: five statements, two minutes."
        row = [blocks.button("Answer the five statements", Action.SELF_CHECK, part.value, style="primary")]
    content = [blocks.section(f"*{said}*"), *blocks.actions(row), blocks.context(f"{READ_BY} {_until(quarter)}")]
    return blocks.message(said, content)


def remind(part: Part, quarter: date) -> Rendered:
    """What still waits, once."""
    said = f"Your self-check as {ROLE_OF[part]} for {quarters.in_words(quarter)} still waits: two minutes."
    row = [blocks.button("Answer the five statements", Action.SELF_CHECK, part.value, style="primary")]
    why = "Without it, nobody sees where your view and the figures differ. You are not reminded again."
    return blocks.message(said, [blocks.section(f"*{said}*"), *blocks.actions(row), blocks.context(why)])


def _until(quarter: date) -> str:
    return f"You can change your answers until {day(quarters.after(quarter) - timedelta(days=1))}."


def form(found: Form) -> Block:
    """The five statements, filled where they were answered before."""
    intro = f"*As {ROLE_OF[found.part]}, {quarters.in_words(found.quarter)}.* How far is each of these true of you now?"
    content = [blocks.section(intro)]
    scores = found.scores or {}
    for attribute, statement in STATEMENTS[found.part].items():
        content.append(inputs.field(attribute.name, statement, _scale(scores.get(attribute))))
    content.append(blocks.context(f"{READ_BY} {_until(found.quarter)}"))
    meta = blocks.metadata({"part": found.part.value, "quarter": found.quarter.isoformat()})
    return blocks.modal(Callback.SELF_CHECK, TITLE, content, submit="Save", meta=meta)


def _scale(chosen: int | None) -> Block:
    choices = [inputs.option(words, str(score)) for score, words in ANSWERS.items() if LOWEST <= score <= HIGHEST]
    return inputs.radio(choices, str(chosen) if chosen is not None else None)


def kept_in(meta: str) -> tuple[Part, date]:
    """Which self-check a form is about."""
    kept = blocks.read_metadata(meta)
    return Part(kept["part"]), date.fromisoformat(kept["quarter"])


def scores_from(typed: inputs.Typed, part: Part) -> dict[Attribute, int]:
    """What was chosen. Raises RuleError at statements without an answer."""
    return check_scores(part, {name.name: inputs.choice_of(typed, name.name) for name in STATEMENTS[part]})


def in_home(waiting: Sequence[Part]) -> list[Block]:
    """The part of Home that asks for what this quarter still lacks."""
    return [
        blocks.section(
            f"*Your self-check as {ROLE_OF[part]}* for this quarter waits: five statements, two minutes.",
            blocks.button("Answer it", Action.SELF_CHECK, part.value, spoken=f"Answer it: the self-check as {part}"),
        )
        for part in waiting
    ]
