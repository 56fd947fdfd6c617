"""In which currency an amount without one is. Decides no rule. The field bears the name that refusals use."""

from domain.currencies import CODES
from views import blocks, inputs
from views.ids import Callback
from views.text import Block, line

TITLE = "Currency"


def in_short(code: str) -> str:
    """As it stands among the settings, and beside a field that asks for an amount."""
    return f"An amount that names no currency is in *{line(code)}*"


def form(code: str) -> Block:
    """Which currency is it now?"""
    content = [
        blocks.section(
            "An amount that names no currency is in this one: what somebody types into a form, and what a file of "
            "deals says. Amounts that are stored stay in their own currency, and two currencies are never added up."
        ),
        inputs.field("currency", TITLE, inputs.select(inputs.options(sorted(CODES)), code)),
    ]
    return blocks.modal(Callback.SETTING_CURRENCY, TITLE, content, submit="Save")


def currency_from(typed: inputs.Typed) -> str:
    """The code that was picked, unchecked; "" for none."""
    return inputs.choice_of(typed, "currency") or ""
