"""What a relationship owner is asked and told about the use of their customer. One click is enough to say yes."""

from domain.capacity import Capacity, weight_words
from domain.messages import Rendered
from domain.requests import Card, State
from views import blocks
from views.ids import Action
from views.request_words import answers, asked_by, purpose_whole, standing, weight, what, what_plain, when, whom
from views.text import Block, day, line


def ask(card: Card, capacity: Capacity) -> Rendered:
    """May we? Who asks for what, when, and what it leaves of the customer's good will."""
    text = f"May we ask {whom(card)} for {what_only(card)}? {asked_by(card)} would like to."
    content = [
        blocks.section(f"*{text}*"),
        *blocks.fields(_facts(card)),
        blocks.context(f"{_left(card, capacity)} Nobody contacts the customer before you say yes."),
        *blocks.actions(buttons(card), f"approval-{card.id}"),
    ]
    return blocks.message(text, content)


def what_only(card: Card) -> str:
    """The activity alone, within a sentence that names the customer already."""
    return what(card).split(" with ", maxsplit=1)[0]


def _facts(card: Card) -> list[tuple[str, str | None]]:
    return [
        ("For", purpose_whole(card)),
        ("Planned for", when(card)),
        ("Needed by", day(card.need_by)),
        *((question, answer) for question, answer in answers(card)),
        ("Exception", line(card.override_reason, 400) if card.override_reason else None),
    ]


def _left(card: Card, capacity: Capacity) -> str:
    left, cap = weight_words(capacity.left_halves), weight_words(capacity.cap_halves)
    return f"It {weight(card)}; {left} of {cap} are left for this time."


def buttons(card: Card) -> list[Block]:
    """Yes and no."""
    about = what_plain(card)
    return [
        blocks.button("Yes, go ahead", Action.USE_APPROVE, card.id, style="primary", spoken=f"Yes, go ahead: {about}"),
        blocks.button("No", Action.USE_REFUSE, card.id, style="danger", spoken=f"No: {about}"),
    ]


def reminder(card: Card) -> Rendered:
    """A day later: somebody waits."""
    text = f"{asked_by(card)} still waits for your word: may we ask {whom(card)} for {what_only(card)}?"
    return blocks.message(text, [blocks.section(text), *blocks.actions(buttons(card))])


def told(card: Card) -> Rendered:
    """Nothing is asked of the owner: their customer will be used."""
    text = f"For your information: {asked_by(card)} will ask {whom(card)} for {what_only(card)}, for {when(card)}."
    hint = "Nothing to do for you. If there is a reason not to, please tell the advocacy team."
    return blocks.message(text, [blocks.section(text), blocks.context(hint)])


def answered(card: Card, became: str | None = None) -> Rendered:
    """In the place of the question: what became of it, whoever saw to it."""
    text = f"{asked_by(card)} asked whether we may ask {whom(card)} for {what_only(card)}. {became or _became(card)}"
    return blocks.message(text, [blocks.section(text)])


SOMEBODY_ELSE = "The advocacy team looks for somebody else."
"""What an owner reads whose customer is not needed any more."""

NOT_YOURS = "A colleague looks after this customer now, so that your answer is not needed any more."
"""What a former owner reads."""


def _became(card: Card) -> str:
    if card.state is State.IN_PROGRESS:
        return f"The answer was no. {SOMEBODY_ELSE}" if card.owner_reason else SOMEBODY_ELSE
    return standing(card)
