"""Messages of the resistance log. None holds a name or a word of an entry: messages stay where they were sent."""

from domain.messages import Rendered
from domain.resistance import Switch
from views import blocks
from views.ids import Action
from views.resistance import TITLE
from views.text import count, mention


def due(number: int) -> Rendered:
    """To a coach: conversations that they planned are for today, or were before."""
    said = f"{count(number, 'conversation')} that you planned {'is' if number == 1 else 'are'} for today or late."
    way = blocks.actions([blocks.button(f"Open “{TITLE}”", Action.RESISTANCE)])
    small = "Whom it is about stands only there. Note afterwards what came of it, or choose another day."
    return blocks.message(said, [blocks.section(f"*{said}*"), *way, blocks.context(small)])


def named(switch: Switch, by: str) -> Rendered:
    """To a leader who may read it from now on."""
    parts = [
        words
        for words, on in (("the resistance log", switch.log), ("the list of who has taken part", switch.listing))
        if on
    ]
    said = f"{mention(by)} has named you as one who reads {' and '.join(parts)}."
    small = (
        "It holds personal data about colleagues: write what they need, as they may read it. Each look is written "
        f"down, and entries are deleted after {count(switch.months, 'month')}."
    )
    way = blocks.actions([blocks.button(f"Open “{TITLE}”", Action.RESISTANCE)])
    return blocks.message(said, [blocks.section(said), blocks.context(small), *way])
