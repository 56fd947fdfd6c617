"""What comes of the nudges, with how many it rests on and how sure it is. Decides no figure."""

from collections.abc import Mapping

from domain.nudge_effect import LEAST, Compared, Did, Effect
from views import blocks
from views.ids import Callback
from views.text import Block, count


def effect(found: Effect) -> Block:
    """Both ways of sending, each with what was done after."""
    content = [
        blocks.section("*What people did in the seven days after*, beside weeks and people without a nudge."),
        blocks.section(_part("Posts in channels, per week", found.channels, ("week", "weeks"))),
        blocks.section(_part("Direct messages, per message", found.people, ("person", "people"))),
        blocks.context(
            "The range is the one that holds the true difference 95 times in 100. It says what came together, not why."
        ),
    ]
    return blocks.modal(Callback.NUDGE_EFFECT, "What comes of it", content)


def _part(title: str, compared: Mapping[Did, Compared], unit: tuple[str, str]) -> str:
    any_of_them = next(iter(compared.values()))
    sides = f"{_many(any_of_them.with_nudges.n, unit)} with and {_many(any_of_them.without.n, unit)} without"
    if any_of_them.bounds is None:
        return f"*{title}*\nToo few to tell: {sides}; it takes {LEAST} of each. In the first year that is usual."
    rows = [f"• {did.value.capitalize()}: {_row(one)}" for did, one in compared.items()]
    return "\n".join([f"*{title}* ({sides})", *rows])


def _many(number: int, unit: tuple[str, str]) -> str:
    return count(number, *unit)


def _row(one: Compared) -> str:
    low, high = one.bounds or (0.0, 0.0)
    sure = "; that may be chance" if one.may_be_chance else ""
    return (
        f"{one.with_nudges.mean:.2f} with, {one.without.mean:.2f} without: *{one.difference:+.2f}* "
        f"(from {low:+.2f} to {high:+.2f}){sure}"
    )
