"""What is said of a nomination in more than one place: who, from where, and where it stands. Escaped mrkdwn."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Protocol

from domain.nominations import Card, Source, State
from views.text import line, mention, mentions


class Named(Protocol):
    """A customer's person, whatever card they stand on."""

    @property
    def contact_name(self) -> str:
        """As the colleague typed it."""

    @property
    def company(self) -> str:
        """As the colleague typed it."""


class Backed(Named, Protocol):
    """Somebody whom colleagues put forward."""

    @property
    def nominator_slack_id(self) -> str | None:
        """Who nominated them."""

    @property
    def endorser_slack_ids(self) -> tuple[str, ...]:
        """Who added their word."""


SOURCE_WORDS: Mapping[Source, str] = MappingProxyType(
    {
        Source.COMMAND: "with /nominate",
        Source.SHORTCUT: "with the shortcut",
        Source.MESSAGE: "from a message",
        Source.HOME: "from Home",
        Source.NUDGE: "after a reminder",
        Source.CAMPAIGN: "in a campaign",
        Source.IMPORT: "in an imported file",
        Source.WORKFLOW: "in a workflow",
        Source.WEB: "on the web page",
    }
)


def who(card: Named) -> str:
    """ "Ada Lovelace of Acme", as mrkdwn."""
    return f"{line(card.contact_name)} of {line(card.company)}"


def who_plain(card: Named) -> str:
    """ "Ada Lovelace of Acme", for plain text objects alone."""
    return f"{card.contact_name} of {card.company}"


def nominator(card: Card) -> str:
    """Who put the customer forward, with their function."""
    if card.nominator_slack_id is None and card.nominator_name is None:
        return "the customer in person" if card.source is Source.WEB else "nobody in particular"
    name = mention(card.nominator_slack_id, card.nominator_name or "somebody")
    return f"{name} ({line(card.nominator_function)})" if card.nominator_function else name


def standing(card: Card, reader: str | None = None) -> str:
    """Where the nomination stands, in a sentence; `reader` is the Slack id of the only one who reads it."""
    by = f" by {mention(card.decided_by_slack_id, reader=reader)}" if card.decided_by_slack_id else ""
    match card.state:
        case State.SUBMITTED:
            return f"*Waiting for review.* {_taken(card)}"
        case State.NEEDS_INFO:
            return f"*Waiting for an answer* from {nominator(card)}. {_taken(card)}"
        case State.DECLINED:
            return f"*Declined*{by}: {line(card.decline_reason or 'no reason given', 1200)}"
        case State.ACCEPTED:
            return f"*Accepted*{by}. {_journey(card, reader)}"
        case State.EXPIRED:
            return "*Expired*: nobody decided in time."
        case _:
            return f"*{card.state.words.capitalize()}*{by}."


def _taken(card: Card) -> str:
    return f"{mention(card.reviewer_slack_id)} has taken it." if card.reviewer_slack_id else "Nobody has taken it yet."


def _journey(card: Card, reader: str | None) -> str:
    if card.advocate_id:
        return f"Now: {line(card.advocate_state or 'on the way')}."
    if card.introduction_made:
        return "The introduction is made."
    return introduction(card, reader)


def introduction(card: Card, reader: str | None = None) -> str:
    """Who introduces us to the customer, and by when; "you" to the reader who does."""
    by_when = f" by {card.introduction_due.day} {card.introduction_due:%B %Y}" if card.introduction_due else ""
    if card.introduction_owner_slack_id and card.introduction_owner_slack_id == reader:
        return f"You are asked to introduce us{by_when}."
    if card.introduction_owner_slack_id:
        return f"{mention(card.introduction_owner_slack_id)} is asked to introduce us{by_when}."
    return f"The team introduces itself{by_when}."


def credit(card: Backed, reader: str | None = None) -> str:
    """Those who put the customer forward, the reader ("you") and the nominator first; "" for nobody at all."""
    backers = backers_of(card)
    return mentions(sorted(backers, key=lambda backer: backer != reader), reader=reader) if backers else ""


def backers_of(card: Backed) -> list[str]:
    """The Slack ids of those who put the customer forward, the nominator first."""
    return list(dict.fromkeys(filter(None, (card.nominator_slack_id, *card.endorser_slack_ids))))


def yours(card: Backed, reader: str | None) -> str:
    """The nomination, to one of those who put the customer forward."""
    is_endorser = reader in card.endorser_slack_ids and reader != card.nominator_slack_id
    return "the nomination that you endorsed" if is_endorser else "your nomination"
