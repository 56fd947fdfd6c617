"""The form that says who asks in the place of somebody who has left. Decides no rule."""

from domain.requests import Card
from views import blocks, inputs
from views.ids import Callback
from views.request_words import asked_by, what
from views.text import Block

TITLE = "Hand it on"


def hand_on(card: Card) -> Block:
    """To whom? They hear of it, and of each step from now on."""
    content = [
        blocks.section(f"{asked_by(card)} has left. Who asks for *{what(card)}* in their place?"),
        inputs.field(
            "colleague",
            "Colleague",
            inputs.person(placeholder="Pick a colleague"),
            hint="Everboard tells them, and whatever is reserved is theirs.",
        ),
    ]
    return blocks.modal(Callback.REQUEST_HAND_ON, TITLE, content, submit="Hand on", meta=card.id)
