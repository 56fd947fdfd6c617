"""The questions after an activity: how it went, what became of the deal; and a word of thanks to pass on."""

from collections.abc import Mapping
from types import MappingProxyType

from domain.messages import Rendered
from domain.request_outcomes import WORDS_LIMIT, Fate, Happened, Outcome
from domain.requests import Card, State
from views import blocks, inputs
from views.ids import Action, Callback
from views.request_words import purpose, what, what_plain, when, whom
from views.text import Block, line


def ask(card: Card) -> Rendered:
    """Did it happen, and how did it go?"""
    text = f"Did {what(card)} take place on {when(card)}, and how did it go?"
    hint = "Two clicks. Your answer keeps the customer's rest true, and tells their relationship owner that it helped."
    row = [blocks.button("Tell how it went", Action.OUTCOME, card.id, style="primary", spoken=_about(card))]
    return blocks.message(text, [blocks.section(text), blocks.context(hint), *blocks.actions(row)])


def _about(card: Card) -> str:
    return f"Tell how it went: {what_plain(card)}"


FATES: Mapping[Fate, tuple[Action, str]] = MappingProxyType(
    {
        Fate.WON: (Action.FATE_WON, "We won it"),
        Fate.LOST: (Action.FATE_LOST, "We lost it"),
        Fate.OPEN: (Action.FATE_OPEN, "Still open"),
        Fate.UNKNOWN: (Action.FATE_UNKNOWN, "I don't know"),
    }
)
"""What can be answered about the deal, each with its button."""


def ask_deal(card: Card) -> Rendered:
    """What became of the deal?"""
    text = f"What became of {purpose(card) or 'the deal'}, for which you had {what(card)}?"
    row = [blocks.button(words, action, f"{fate.name}:{card.id}") for fate, (action, words) in FATES.items()]
    return blocks.message(text, [blocks.section(text), *blocks.actions(row)])


def noted(card: Card) -> Rendered:
    """In the place of the question: what was answered."""
    if card.state is State.COMPLETED:
        rating = card.outcome.rating if card.outcome else None
        text = f"Thank you, noted: {what(card)} took place{f', and went {rating} of 5' if rating else ''}."
    else:
        text = f"Thank you, noted: {what(card)} did not take place. What was reserved is free again."
    return blocks.message(text, [blocks.section(text)])


def fate_noted(card: Card) -> Rendered:
    """In the place of the question about the deal."""
    said = card.fate.value if card.fate else "nothing yet"
    text = f"Thank you, noted about {purpose(card) or 'the deal'}: {said}."
    return blocks.message(text, [blocks.section(text)])


RATINGS: Mapping[int, str] = MappingProxyType(
    {5: "5, very well", 4: "4, well", 3: "3, all right", 2: "2, not well", 1: "1, badly"}
)


def form(card: Card, happened: Happened = Happened.YES) -> Block:
    """Did it happen, and how did it go? It asks what belongs to the answer. The metadata is the request's id."""
    choices = [inputs.option(one.value, one.name) for one in Happened]
    choice = {**inputs.radio(choices, happened.name), "action_id": Action.OUTCOME_HAPPENED.value}
    asked = {**inputs.field("happened", "Did it take place?", choice), "dispatch_action": True}
    content = [blocks.section(f"*{what(card)}*, planned for {when(card)}"), asked, *_about_it(happened)]
    return blocks.modal(Callback.OUTCOME, "How did it go?", content, submit="Send", meta=card.id)


def _about_it(happened: Happened) -> list[Block]:
    if happened is Happened.MOVED:
        return [inputs.field("moved_to", "To which day?", inputs.day())]
    words = inputs.text_input(multiline=True, most=WORDS_LIMIT)
    if happened is Happened.NO:
        return [inputs.field("words", "What came between?", words, optional=True)]
    ratings = [inputs.option(label, str(number)) for number, label in RATINGS.items()]
    hint = "The customer's relationship owner reads it, and thanks them with it."
    return [
        inputs.field("rating", "How did it go?", inputs.radio(ratings)),
        inputs.field("words", "In a few words?", words, hint=hint, optional=True),
    ]


def outcome_from(typed: inputs.Typed) -> Outcome:
    """What was answered, not checked."""
    rating = inputs.choice_of(typed, "rating")
    return Outcome(
        Happened[inputs.choice_of(typed, "happened") or Happened.YES.name],
        rating=int(rating) if rating else None,
        words=inputs.text_of(typed, "words") or None,
        moved_to=inputs.day_of(typed, "moved_to"),
    )


def told(card: Card) -> Block:
    """Thank you for the answer."""
    if card.state.is_live:
        text = f"*{what(card)}* is on {when(card)} now. You are asked again afterwards."
    elif card.state is State.COMPLETED:
        text = "Your answer keeps the customer's rest true. Their relationship owner hears that it helped."
    else:
        text = "What was reserved is free again, so that others can ask them."
    return blocks.notice("Thank you", text)


def thank(card: Card) -> Rendered:
    """To the relationship owner: their customer did us a favour; a word of thanks keeps them willing."""
    colleague = line(card.requester_name or "a colleague")
    text = f"{whom(card)} gave {colleague} {_gave(card)}. A word of thanks from you goes far."
    return blocks.message(text, [blocks.section(text), *_praise(card)])


def _gave(card: Card) -> str:
    return what(card).split(" with ", maxsplit=1)[0]


def _praise(card: Card) -> list[Block]:
    words = card.outcome.words if card.outcome else None
    return [blocks.context(f"What {line(card.requester_name or 'they')} said: {line(words, 600)}")] if words else []
