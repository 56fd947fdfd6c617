"""What a customer got back, and the form for more. Decides no cap. Fields bear the names of refusals."""

from decimal import Decimal

from domain.gifts import WHAT_LIMIT, Gift, Log, Typed
from domain.money import Money, words
from views import blocks, inputs
from views.health import bar
from views.ids import Action, Callback
from views.text import Block, day, line

TITLE = "What they got back"
SHOWN = 30
"""Rows of the list: each is one block of the hundred that a window holds."""

AMOUNT_LIMIT = 60


def log(found: Log, program_id: str = "") -> Block:
    """All of it, with what is left this year; opened from a program of theirs, or from their profile."""
    content = [
        blocks.section(f"*{line(found.name)}*: {_year(found)}"),
        *blocks.actions([blocks.button("Add something", Action.GIFT_ADD, found.advocate_id, style="primary")]),
        *(_row(one) for one in found.gifts[:SHOWN]),
    ]
    if not found.gifts:
        content.append(blocks.section("Nothing yet. A thank-you note counts too, and needs no amount."))
    content.append(blocks.context("Only the advocacy team sees this. The yearly limit is in `/advocacy settings`."))
    return blocks.modal(Callback.GIFTS, TITLE, content, meta=_place(found, program_id))


def _year(found: Log) -> str:
    cap, given = Money(Decimal(found.cap), found.currency), Money(Decimal(found.given) / 100, found.currency)
    if not found.cap:
        return f"{words(given)} in {found.today.year}. Nothing with a price may be given."
    share = min(1.0, found.given / (100 * found.cap))
    return f"{words(given)} of {words(cap)} in {found.today.year}\n{bar(share)}"


def _row(one: Gift) -> Block:
    amount = f", {words(one.amount)}" if one.amount else ""
    giver = f", by {line(one.giver, 60)}" if one.giver else ""
    sure = blocks.confirm(
        "Take it out of the list?", "As if it had never been given.", "Take it out", "Keep", danger=True
    )
    button = blocks.button("Take out", Action.GIFT_TAKE_BACK, one.id, spoken=f"Take out: {one.what}", confirm=sure)
    return blocks.section(f"{day(one.on)}: {line(one.what, WHAT_LIMIT)}{amount}{giver}", button)


def form(found: Log, program_id: str = "") -> Block:
    """What did they get?"""
    hint = f"In {found.currency}, such as 25. Empty where it has no price."
    content = [
        blocks.section(f"*{line(found.name)}*: {_year(found)}"),
        inputs.field("what", "What did they get?", inputs.text_input(most=WHAT_LIMIT)),
        inputs.field("amount", "What is it worth?", inputs.text_input(most=AMOUNT_LIMIT), hint=hint, optional=True),
        inputs.field("on", "On what day?", inputs.day(found.today), hint="Today or before."),
    ]
    return blocks.modal(Callback.GIFT, "Something for them", content, submit="Save", meta=_place(found, program_id))


def _place(found: Log, program_id: str) -> str:
    return blocks.metadata({"advocate": found.advocate_id, "program": program_id or None})


def place_of(meta: str | None) -> tuple[str, str]:
    """Whose gifts a window shows, and the program it was opened from, if any."""
    held = blocks.read_metadata(meta)
    return str(held.get("advocate") or ""), str(held.get("program") or "")


def typed_from(typed: inputs.Typed) -> Typed:
    """What was entered, not checked."""
    return Typed(inputs.text_of(typed, "what"), inputs.day_of(typed, "on"), inputs.text_of(typed, "amount"))
