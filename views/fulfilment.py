"""The advocacy team's forms for a request: propose, decline, hand over, set the time, group; the owner's no."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from domain.errors import RuleError
from domain.nominations import NOTE_LIMIT
from domain.obstacles import REASON_LIMIT
from domain.offers import Proposal
from domain.requests import Card, DeclineReason, OwnerReason
from views import blocks, inputs
from views.ids import Action, Callback
from views.lookup import room
from views.request_words import asked_by, asks, purpose_whole, what, what_plain, whom
from views.text import Block, day, line

QUERY_LIMIT = 500

_NOBODY = "Please pick somebody."
_NO_DAY = "For which day?"


def propose(card: Card, found: Sequence[Proposal], searched: str, relaxed: str | None, today: date) -> Block:
    """Who could do it, best first; one is picked, for a day. The metadata is JSON with the request's id."""
    content = [
        blocks.section(
            f"{asked_by(card)} {asks(card)} for *{what(card)}*, needed by {day(card.need_by)}. {purpose_whole(card)}"
        ),
        *_relaxed(relaxed),
        *([block for one in found for block in _proposed(one, today)] or [blocks.section(_nobody(searched))]),
        _search(searched),
        *(_decision(card, found) if found else []),
    ]
    meta = blocks.metadata({"id": card.id, "q": searched[:QUERY_LIMIT]})
    submit = "Propose" if found else "Look"
    return blocks.modal(Callback.REQUEST_PROPOSE, "Propose an advocate", content, submit=submit, meta=meta)


def _relaxed(relaxed: str | None) -> list[Block]:
    return [blocks.context(f"Nobody fits all of it. Left out: {line(relaxed, 200)}.")] if relaxed else []


def _nobody(searched: str) -> str:
    tried = f" “{line(searched, 150)}”" if searched else ""
    return f"Nobody fits{tried}. Try other words below, or decline with a reason."


def _proposed(one: Proposal, today: date) -> list[Block]:
    found = one.offer.found
    role = ", ".join(filter(None, [line(found.profile.title or ""), line(found.company)]))
    why = f"\nBecause of {line(', '.join(found.why), 200)}" if found.why else ""
    rows = [blocks.section(f"*{line(found.contact_name)}*, {role}\n{room(one.offer, today)}{why}")]
    if one.obstacles:
        name = found.contact_name
        rows.append(blocks.context(*[f":warning: {line(each.sentence(name), 300)}" for each in one.obstacles]))
    return rows


def _search(searched: str) -> Block:
    element = {
        **inputs.text_input(searched or None, most=QUERY_LIMIT, placeholder="Such as: healthcare ciso emea"),
        "action_id": Action.REQUEST_SEARCH.value,
        "dispatch_action_config": {"trigger_actions_on": ["on_enter_pressed"]},
    }
    block = inputs.field("search", "Look for others", element, hint="Press Enter to look.", optional=True)
    return {**block, "dispatch_action": True}


def _decision(card: Card, found: Sequence[Proposal]) -> list[Block]:
    choices = [_choice(one) for one in found]
    chosen = card.advocate_id if any(one.offer.found.id == card.advocate_id for one in found) else None
    reason = inputs.field(
        "override",
        "Reason for an exception",
        inputs.text_input(multiline=True, most=REASON_LIMIT),
        hint="Only where something stands in the way. It is kept, and shown to the relationship owner.",
        optional=True,
    )
    return [
        inputs.field("advocate", "Whom do you propose?", inputs.select(choices, chosen, "Pick an advocate")),
        inputs.field("day", "For which day?", inputs.day(card.day or card.need_by)),
        reason,
    ]


def _choice(one: Proposal) -> Block:
    found = one.offer.found
    hint = "Something stands in the way" if one.obstacles else None
    return inputs.option(f"{found.contact_name}, {found.company}", found.id, hint)


@dataclass(frozen=True, slots=True)
class Choice:
    """Whom the team proposes, for which day, and why regardless of what stands in the way."""

    advocate_id: str
    on: date
    override: str | None


def choice_from(typed: inputs.Typed) -> Choice:
    """What was picked. Raises RuleError at the field that is empty."""
    advocate, on = inputs.choice_of(typed, "advocate"), inputs.day_of(typed, "day")
    if advocate is None:
        raise RuleError(_NOBODY, {"advocate": _NOBODY})
    if on is None:
        raise RuleError(_NO_DAY, {"day": _NO_DAY})
    return Choice(advocate, on, inputs.text_of(typed, "override").strip() or None)


def offered_somebody(typed: inputs.Typed) -> bool:
    """Whether the form had anybody to pick; where it had not, it is sent to look for others."""
    return "advocate" in typed


def search_from(typed: inputs.Typed) -> str:
    """The words to look for instead."""
    return inputs.text_of(typed, "search")[:QUERY_LIMIT]


def decline(card: Card) -> Block:
    """Decline, with a reason that whoever asked reads."""
    choices = [inputs.option(reason.value, reason.name) for reason in DeclineReason]
    content = [
        blocks.section(f"You decline *{what(card)}*. {asked_by(card)} is told, with the reason."),
        inputs.field("reason", "Why", inputs.select(choices, placeholder="Pick a reason")),
        _words("They read this. Say what would help instead."),
    ]
    return blocks.modal(Callback.REQUEST_DECLINE, "Decline", content, submit="Decline", meta=card.id)


def decline_from(typed: inputs.Typed) -> tuple[DeclineReason, str | None]:
    """The reason and the words added."""
    return DeclineReason[inputs.choice_of(typed, "reason") or "OTHER"], inputs.text_of(typed, "words").strip() or None


def _words(hint: str) -> Block:
    element = inputs.text_input(multiline=True, most=NOTE_LIMIT)
    return inputs.field("words", "In your own words", element, hint=hint, optional=True)


def refuse(card: Card) -> Block:
    """The owner's no to the use of a customer."""
    choices = [inputs.option(reason.value, reason.name) for reason in OwnerReason]
    content = [
        blocks.section(f"The advocacy team then looks for somebody other than {whom(card)}."),
        inputs.field("reason", "Why not?", inputs.select(choices, placeholder="Pick a reason")),
        _words("The advocacy team reads this, and knows when to ask again."),
    ]
    return blocks.modal(Callback.USE_REFUSE, "No", content, submit="Say no", meta=card.id)


def refusal_from(typed: inputs.Typed) -> tuple[OwnerReason, str | None]:
    """The reason and the words added."""
    return OwnerReason[inputs.choice_of(typed, "reason") or "OTHER"], inputs.text_of(typed, "words").strip() or None


YES, NO = "yes", "no"


def stand_in(card: Card) -> Block:
    """The advocacy team answers in the owner's place; the audit keeps why."""
    choices = [inputs.option("Yes, go ahead", YES), inputs.option("No, somebody else is needed", NO)]
    reason = inputs.text_input(multiline=True, most=NOTE_LIMIT)
    content = [
        blocks.section(f"May we ask *{whom(card)}* for {what(card)}? You answer in the relationship owner's place."),
        inputs.field("answer", "Your answer", inputs.radio(choices)),
        inputs.field("reason", "Why do you answer, and not they?", reason, hint="It is kept with your name."),
    ]
    return blocks.modal(Callback.USE_STAND_IN, "Answer for the owner", content, submit="Answer", meta=card.id)


def stand_in_from(typed: inputs.Typed) -> tuple[bool, str]:
    """Whether the answer is yes, and why somebody else gives it. Raises RuleError at an empty field."""
    answer = inputs.choice_of(typed, "answer")
    if answer is None:
        sentence = "Yes or no?"
        raise RuleError(sentence, {"answer": sentence})
    return answer == YES, inputs.text_of(typed, "reason")


def hand_over(card: Card) -> Block:
    """To which colleague of the team?"""
    content = [
        blocks.section(f"Who takes care of *{what(card)}* from now on?"),
        inputs.field("colleague", "Colleague", inputs.person(placeholder="Pick a colleague")),
    ]
    return blocks.modal(Callback.REQUEST_HAND_OVER, "Hand over", content, submit="Hand over", meta=card.id)


def colleague_from(typed: inputs.Typed) -> str:
    """The Slack id of the colleague. Raises RuleError when nobody was picked."""
    chosen = inputs.person_of(typed, "colleague")
    if chosen is None:
        raise RuleError(_NOBODY, {"colleague": _NOBODY})
    return chosen


def group(cards: Sequence[Card]) -> Block:
    """Several need the same: one group call instead? All are ticked at first."""
    choices = [
        inputs.option(f"{card.requester_name or 'A colleague'}: {what_plain(card)}", card.id, _by(card))
        for card in cards[:10]
    ]
    content = [
        blocks.section("These colleagues need the same. One group call serves them all, and costs the customer one."),
        inputs.field("requests", "Make one call of", inputs.checkboxes(choices, [card.id for card in cards])),
    ]
    return blocks.modal(Callback.REQUEST_GROUP, "One group call", content, submit="Make one call")


def _by(card: Card) -> str:
    return f"Needed by {day(card.need_by)}"


def group_from(typed: inputs.Typed) -> tuple[str, ...]:
    """The requests to make one call of. Raises RuleError for fewer than two."""
    chosen = inputs.choices_of(typed, "requests")
    if len(chosen) < 2:
        sentence = "A group call needs two or more of them."
        raise RuleError(sentence, {"requests": sentence})
    return chosen
