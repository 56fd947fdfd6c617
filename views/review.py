"""What the advocacy team decides with: forms behind the alert's buttons, the request for an introduction, the digest.

Decides no rule. A form carries the nomination's id as its metadata; its fields bear the names that refusals use.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from domain.errors import RuleError
from domain.messages import Rendered
from domain.nominations import NOTE_LIMIT, Card, DeclineReason, State
from views import blocks, inputs
from views.alert import alert, details
from views.ids import Action, Callback
from views.nomination_words import credit, nominator, who
from views.text import Block, age, count, day, escape, line, mention, quote

DIGEST_CARDS = 20
"""Nominations named in the digest; whoever has more waiting needs time and not a longer list."""

OURSELVES = "ourselves"
_NO_DAY = "By when should they be introduced?"
_NO_TARGET = "Please pick the nomination to keep."
_NO_OWNER = "Please pick a colleague, or tick that the team introduces itself."


def accept(card: Card, owner: str | None, suggested: str | None, *, new_account: bool, due: date) -> Block:
    """Accept: who introduces us, and by when. `owner` and `suggested` are Slack ids."""
    picked = owner or suggested
    content = [
        blocks.section(f"You accept *{who(card)}*. Who introduces the advocacy team to them?"),
        blocks.context(_why_pick(card, owner, suggested, new_account=new_account)),
        inputs.field("owner", "Who introduces us", inputs.person(picked, "Pick a colleague"), optional=True),
        inputs.field(
            OURSELVES,
            "Or without a colleague",
            inputs.checkboxes([inputs.option("The team introduces itself", OURSELVES)]),
            optional=True,
        ),
        inputs.field(
            "due_on", "By when", inputs.day(due), hint=f"{day(due)} is what your settings suggest. Enthusiasm cools."
        ),
    ]
    return blocks.modal(Callback.ACCEPT, "Accept", content, submit="Accept", meta=card.id)


def _why_pick(card: Card, owner: str | None, suggested: str | None, *, new_account: bool) -> str:
    if owner:
        return f"{mention(owner)} looks after {line(card.company)} and will be asked in a direct message."
    reason = "is new to us, so nobody looks after it yet" if new_account else "has nobody who looks after it at present"
    hint = f" {mention(suggested)} put them forward and probably knows them best." if suggested else ""
    return f"{line(card.company)} {reason}: please pick somebody.{hint}"


@dataclass(frozen=True, slots=True)
class Acceptance:
    """Who introduces us (a Slack id; None: the team itself), and by when."""

    owner: str | None
    due: date


def acceptance_from(typed: inputs.Typed) -> Acceptance:
    """What was decided. Raises RuleError, at its field, when nothing was said of who or when."""
    due = inputs.day_of(typed, "due_on")
    if due is None:
        raise RuleError(_NO_DAY, {"due_on": _NO_DAY})
    owner = inputs.person_of(typed, "owner")
    if inputs.choices_of(typed, OURSELVES):
        return Acceptance(None, due)
    if owner is None:
        raise RuleError(_NO_OWNER, {"owner": _NO_OWNER})
    return Acceptance(owner, due)


def ask(card: Card) -> Block:
    """Ask the nominator for more."""
    content = [
        blocks.section(f"{nominator(card)} gets your question about *{who(card)}* in a direct message."),
        inputs.field("question", "What do you need to know?", inputs.text_input(multiline=True, most=NOTE_LIMIT)),
    ]
    return blocks.modal(Callback.ASK, "Ask for more", content, submit="Send", meta=card.id)


def question_from(typed: inputs.Typed) -> str:
    """The question."""
    return inputs.text_of(typed, "question")


def decline(card: Card) -> Block:
    """Decline, with a reason and perhaps words that the nominator reads."""
    choices = [inputs.option(reason.value, reason.name) for reason in DeclineReason]
    content = [
        blocks.section(f"You decline *{who(card)}*. {nominator(card)} is told, with the reason."),
        inputs.field("reason", "Why", inputs.select(choices, placeholder="Pick a reason")),
        inputs.field(
            "words",
            "In your own words",
            inputs.text_input(multiline=True, most=NOTE_LIMIT),
            hint="The colleague who put them forward reads this. A kind sentence keeps them nominating.",
            optional=True,
        ),
    ]
    return blocks.modal(Callback.DECLINE, "Decline", content, submit="Decline", meta=card.id)


def decline_from(typed: inputs.Typed) -> tuple[DeclineReason, str | None]:
    """The reason and the words added."""
    return DeclineReason[inputs.choice_of(typed, "reason") or "OTHER"], inputs.text_of(typed, "words").strip() or None


def merge(card: Card) -> Block:
    """Make this nomination part of another one."""
    content = [
        blocks.section(
            f"*{who(card)}* becomes part of another nomination. Whoever put them forward counts as endorser there."
        ),
        inputs.field("into", "Merge into", inputs.search(Action.MERGE_TARGET, placeholder="Type a name or a company")),
    ]
    return blocks.modal(Callback.MERGE, "Merge", content, submit="Merge", meta=card.id)


def kept(card: Card) -> Block:
    """The nomination that another one was merged into, to read."""
    return blocks.modal(Callback.NOTHING, "Nomination", details(card))


def merge_options(cards: Sequence[Card]) -> list[Block]:
    """The nominations offered while somebody types; the caller has left out the one to be merged."""
    return [
        inputs.option(
            f"{card.contact_name}, {card.company}", card.id, f"{card.state.words}, {day(card.created_at.date())}"
        )
        for card in cards[: inputs.OPTIONS]
    ]


def target_from(typed: inputs.Typed) -> str:
    """The id of the nomination to merge into. Raises RuleError, at the field, when none was picked."""
    chosen = inputs.choice_of(typed, "into")
    if chosen is None:
        raise RuleError(_NO_TARGET, {"into": _NO_TARGET})
    return chosen


def contact_details(name: str, company: str, email: str | None, phone: str | None) -> Block:
    """The one place where an address or a number is shown, after a check of who asks."""
    content = [
        blocks.words(f"{name}, {company}"),
        blocks.section(f"*Email*\n{escape(email) if email else 'Not known'}"),
        blocks.section(f"*Phone*\n{escape(phone) if phone else 'Not known'}"),
        blocks.context("Please keep this between you and the customer. It is noted that you looked."),
    ]
    return blocks.modal(Callback.CONTACT, "Contact details", content)


def introduction_request(card: Card, due: date) -> Rendered:
    """To the relationship owner: please introduce us, with words to copy."""
    text = f"Could you introduce the advocacy team to {who(card)} by {day(due)}?"
    backers = credit(card, card.introduction_owner_slack_id)
    because = f"{backers[0].upper()}{backers[1:]} put them forward" if backers else "They came to us by themselves"
    content = [
        blocks.section(f"*{text}*\n{because}, and the advocacy team would like to talk with them. Here is why:"),
        blocks.section(quote(card.why, 2000)),
        blocks.section(f"Words that you could use:\n{quote(_suggested_words(card), 900)}"),
        *blocks.actions(
            [
                blocks.button("I introduced them", Action.INTRODUCED, card.id, style="primary"),
                blocks.button("Contact details", Action.CONTACT, card.id),
            ]
        ),
        blocks.context(_if_not(card)),
    ]
    return blocks.message(text, content)


def introduction_made(card: Card) -> Rendered:
    """In the place of that request: it is done, and who said so."""
    text = f"{who(card)} and the advocacy team have been introduced.{_recorded(card)}"
    content = [
        blocks.section(f":white_check_mark: {text}"),
        blocks.context("Thank you! There is nothing left to do here: the advocacy team takes it on."),
    ]
    return blocks.message(text, content)


def _recorded(card: Card) -> str:
    if card.introduced_by_slack_id is None:
        return ""
    by_themselves = card.introduced_by_slack_id == card.introduction_owner_slack_id
    return " You recorded it." if by_themselves else f" {mention(card.introduced_by_slack_id)} recorded it."


def _suggested_words(card: Card) -> str:
    first = card.contact_name.split()[0] if card.contact_name.split() else "there"
    return (
        f"Hi {first}, my colleagues who run our customer advocacy program heard good things about your work with us, "
        "and would love to hear the story from you. May I introduce you? It is one friendly conversation of "
        "half an hour, and you decide what, if anything, comes of it."
    )


def _if_not(card: Card) -> str:
    who_to_tell = mention(card.decided_by_slack_id, "the advocacy team")
    return f"Not a good moment for this customer? Tell {who_to_tell}: it is your call."


def review_digest(cards: Sequence[Card], now: datetime) -> Rendered:
    """For the team: what has waited longer than we promise, oldest first."""
    waiting = sorted(cards, key=lambda card: card.created_at)
    have = "nomination has" if len(waiting) == 1 else "nominations have"
    text = f"{len(waiting)} {have} waited longer than we promise."
    rows = [blocks.section(_waiting_row(card, now)) for card in waiting[:DIGEST_CARDS]]
    if len(waiting) > DIGEST_CARDS:
        rows.append(blocks.context(f"And {count(len(waiting) - DIGEST_CARDS, 'more', 'more')}."))
    where = "Decide on them in their messages above, or open Everboard's Home tab, where all of them are listed."
    return blocks.message(text, [blocks.section(f"*{text}*"), *rows, blocks.context(where)])


def _waiting_row(card: Card, now: datetime) -> str:
    state = "waits for an answer" if card.state is State.NEEDS_INFO else "waits for review"
    taken = f"with {mention(card.reviewer_slack_id)}" if card.reviewer_slack_id else "nobody has taken it"
    return f"*{who(card)}* {state} {age(card.created_at, now)}; {taken}."


__all__ = [
    "Acceptance",
    "accept",
    "acceptance_from",
    "alert",
    "ask",
    "contact_details",
    "decline",
    "decline_from",
    "introduction_made",
    "introduction_request",
    "kept",
    "merge",
    "merge_options",
    "question_from",
    "review_digest",
    "target_from",
]
