"""What is said of a request in more than one place: what for, by when, how it stands. Escaped mrkdwn."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime

from domain.capacity import WEIGHTS, weight_words
from domain.money import words
from domain.phrases import A_USE
from domain.query import Facet
from domain.regions import country_codes, country_name
from domain.request_values import FIELDS, Field
from domain.requests import Card, State
from views.text import day, line, mention, mentions, moment

DAYS = frozenset({Field.DEADLINE, Field.EVENT_ON})


def what(card: Card) -> str:
    """ "a reference call with Ada Lovelace of Acme"; without an advocate, for whom is looked."""
    return f"{A_USE[card.activity]} with {whom(card)}" if card.advocate_name else A_USE[card.activity]


def what_plain(card: Card) -> str:
    """The same, for plain text objects alone."""
    who = f" with {card.advocate_name} of {card.company}" if card.advocate_name else ""
    return f"{A_USE[card.activity]}{who}"


def whom(card: Card) -> str:
    """ "Ada Lovelace of Acme"."""
    return f"{line(card.advocate_name or 'an advocate')} of {line(card.company or 'a customer')}"


def capital(text: str) -> str:
    """The same at the beginning of a line."""
    return text[:1].upper() + text[1:]


def purpose(card: Card) -> str:
    """What it is for, such as the deal."""
    return line(card.opportunity or card.purpose or "", 300)


def purpose_whole(card: Card) -> str:
    """The same with what the deal is worth and when it closes, for whoever decides."""
    worth = words(card.worth) if card.worth else None
    closes = f"closes on {day(card.closes_on)}" if card.closes_on else None
    return " · ".join(filter(None, [purpose(card), worth, closes]))


_NAMED = re.compile(rf"(-?)\b({'|'.join(facet.value for facet in Facet)}):(\"[^\"]*\"|[^\s,]+),?")


def sought(criteria: str) -> str:
    """Whom somebody looks for, without the signs of a query: "industry: banking, country: Chile"."""

    def told(found: re.Match[str]) -> str:
        value = found[3].strip('"')
        shown = country_name(value) if found[2] == Facet.COUNTRY.value and value.upper() in country_codes() else value
        return f"{'not ' if found[1] else ''}{found[2]}: {shown},"

    return line(_NAMED.sub(told, criteria).strip().removesuffix(","), 300)


def asked_by(card: Card, reader: str | None = None) -> str:
    """Who asked, and who joined."""
    if card.requester_slack_ids:
        return mentions(card.requester_slack_ids, reader=reader)
    return line(card.requester_name or "a colleague who has left")


def asks(card: Card) -> str:
    """The verb after those who ask."""
    return "ask" if len(card.requester_slack_ids) > 1 else "asks"


def weight(card: Card) -> str:
    """How much of the customer's good will it takes."""
    return f"counts as {weight_words(WEIGHTS[card.activity])}"


def standing(card: Card, reader: str | None = None) -> str:
    """Where the request stands, in a sentence; `reader` is the Slack id of the only one who reads it."""
    return _OPEN[card.state](card, reader) if card.state in _OPEN else _DECIDED[card.state](card)


_OPEN: Mapping[State, Callable[[Card, str | None], str]] = {
    State.NEW: lambda _card, _reader: "*Waiting for the advocacy team.* Nobody has taken it yet.",
    State.IN_PROGRESS: lambda card, reader: f"*In the advocacy team's hands.* {_taken(card, reader)}",
    State.AWAITING_OWNER: lambda card, reader: f"*Waiting for a yes* {_waiting_for(card, reader)}",
}
_DECIDED: Mapping[State, Callable[[Card], str]] = {
    State.APPROVED: lambda card: f"*Approved* for {when(card)}.",
    State.SCHEDULED: lambda card: f"*Scheduled* for {when(card)}.",
    State.COMPLETED: lambda card: f"*Completed.*{_rating(card)}",
    State.DECLINED: lambda card: f"*Declined*: {line(card.decline_reason or 'no reason given', 1200)}",
    State.EXPIRED: lambda _card: "*Expired*: its need-by date has passed without a yes.",
    State.CANCELLED: lambda card: f"*Cancelled*{': ' + line(card.decline_reason, 600) if card.decline_reason else '.'}",
}


def _taken(card: Card, reader: str | None) -> str:
    if card.taken_by_slack_id is None:
        return "Nobody has taken it."
    taker = mention(card.taken_by_slack_id, reader=reader)
    return "You look for somebody." if taker == "you" else f"{taker} looks for somebody."


def _waiting_for(card: Card, reader: str | None) -> str:
    if card.owner_slack_id:
        owner, customer = mention(card.owner_slack_id, reader=reader), line(card.company or "the customer")
        return f"from {owner}, who looks after {customer}."
    return "from the advocacy team: the customer's relationship owner can't be asked now."


def _rating(card: Card) -> str:
    rating = card.outcome.rating if card.outcome else None
    return f" It went {rating} of 5." if rating else ""


def when(card: Card) -> str:
    """The time agreed, else the day that is reserved."""
    if card.scheduled_for is not None:
        return moment(card.scheduled_for)
    return day(card.day or card.need_by)


def answers(card: Card) -> Iterator[tuple[str, str]]:
    """What the activity's own questions were answered, each with its question."""
    said = dict(card.details)
    for question in FIELDS[card.activity]:
        answer = said.get(question.field.value)
        if answer:
            yield question.label, _answer(question.field, answer)


def _answer(field: Field, text: str) -> str:
    if field in DAYS:
        return day(date.fromisoformat(text))
    if field is Field.SLOTS:
        return ", ".join(moment(datetime.fromisoformat(slot).astimezone(UTC)) for slot in text.splitlines())
    return line(text, 900)
