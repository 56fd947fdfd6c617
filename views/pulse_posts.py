"""What channels read of a pulse while it is open, and what its planner is told. Names nobody."""

from datetime import datetime

from domain.messages import Rendered
from domain.pulse_groups import EVERYBODY
from views import blocks
from views.ids import Action
from views.text import line, moment


def open_now(run_id: str, name: str, closes_at: datetime, group: str, answers: int | None, smallest: int) -> Rendered:
    """It is open; `answers` is how many have answered, in steps, None for fewer than the smallest group."""
    who = "everybody who was asked" if group == EVERYBODY else f"everybody in {line(group, 60)} who was asked"
    so_far = f"Fewer than {smallest}" if answers is None else f"At least {answers:,}"
    said = f"The pulse “{line(name, 60)}” is open for {who}, until {moment(closes_at)}."
    row = [blocks.button("Take the pulse", Action.PULSE_TAKE, run_id, style="primary")]
    small = f"{so_far} have answered. The number is told every few hours, and never who."
    return blocks.message(said, [blocks.section(said), *blocks.actions(row), blocks.context(small)])


def closed(name: str) -> Rendered:
    """It is over."""
    return _only(f"The pulse “{line(name, 60)}” has closed. Thank you to everybody who answered.")


def called_off(name: str) -> Rendered:
    """There will be no result."""
    return _only(f"The pulse “{line(name, 60)}” was called off. What had been answered was deleted.")


def nobody_left(name: str) -> Rendered:
    """To whoever planned it."""
    return _only(
        f"The pulse “{line(name, 60)}” was to open now, but nobody whom you chose is here any more, or nobody "
        "knows what they work in. It was called off. `/pulse` plans another."
    )


def _only(said: str) -> Rendered:
    return blocks.message(said, [blocks.section(said)])
