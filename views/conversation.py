"""What the bot says to whoever writes to it: a short help, and the way to put somebody forward. Decides nothing."""

from domain.messages import Rendered
from views import blocks
from views.ids import Action
from views.text import quote, units

CARRIED = 2000
"""Characters that a button carries to the form; the message itself keeps the rest."""


def short_help() -> Rendered:
    """How to talk to the bot, in three lines."""
    text = "Tell me whom you look for, and I show you who fits."
    ways = (
        '• `healthcare ciso emea "zero trust"` looks advocates up; only you see the answer.\n'
        "• `nominate Ada Lovelace @ Acme, runs our EU rollout` puts a customer forward.\n"
        "• `help` says everything that you can do."
    )
    buttons = [
        blocks.button("Look up advocates", Action.LOOK_UP, style="primary"),
        blocks.button("Nominate a customer", Action.NOMINATE),
        blocks.button("Help", Action.HELP),
    ]
    return blocks.message(text, [blocks.section(f"*{text}*\n{ways}"), *blocks.actions(buttons)])


def way_to_nominate(words: str) -> Rendered:
    """The button that opens the form, filled from the words; what they were stands above it."""
    text = "One more step: the form is ready, and opens with what you wrote." if words else "Whom do you put forward?"
    carried = words.encode("utf-16-le", "surrogatepass")[: CARRIED * 2].decode("utf-16-le", "ignore")
    button = blocks.button("Open the form", Action.NOMINATE_WORDS, carried, style="primary")
    cut = units(words) > CARRIED
    content = [
        blocks.section(f"*{text}*"),
        *([blocks.section(quote(words, 600))] if words else []),
        *([blocks.context("The form takes the beginning of it; your message keeps the rest to copy.")] if cut else []),
        *blocks.actions([button]),
    ]
    return blocks.message(text, content)
