"""What colleagues hear of the customers whom they put forward, in plain warm words. Decides not who hears it."""

from collections.abc import Collection
from datetime import datetime

from domain.messages import Rendered
from domain.nominations import REVIEW_GOAL, Card
from domain.phrases import A_USE
from domain.vocabulary import Activity
from views import blocks
from views.ids import Action
from views.nomination_words import Backed, Named, backers_of, credit, introduction, who, yours
from views.text import Block, count, mention, mentions, moment, quote


def _told(text: str, *more: Block) -> Rendered:
    return blocks.message(text, [blocks.section(text), *more])


def received(card: Card, days: int = REVIEW_GOAL.days) -> Rendered:
    """The nomination has arrived; what happens next, and by when."""
    return _told(
        f"Thank you for putting {who(card)} forward. The advocacy team looks at it within {count(days, 'day')}, "
        "and you hear here what becomes of it."
    )


def question(card: Card) -> Rendered:
    """The team needs to know more before it can decide."""
    asker = mention(card.reviewer_slack_id, "The advocacy team")
    return _told(
        f"{asker} has a question about {who(card)}, whom you put forward.",
        blocks.section(quote(card.question or "", 2000)),
        *blocks.actions([blocks.button("Answer", Action.ANSWER, card.id, style="primary")]),
    )


def answered(card: Card) -> Rendered:
    """In the place of the question: what was asked, and that the answer has arrived."""
    return _told(
        f"Thank you, your answer about {who(card)} is with the advocacy team now.",
        blocks.section(f"*The question*\n{quote(card.question or '', 1200)}"),
        blocks.section(f"*Your answer*\n{quote(card.answer or '', 1200)}"),
    )


def question_closed(card: Card) -> Rendered:
    """In the place of the question: nobody waits for an answer any more, and why."""
    return _told(
        f"The question about {who(card)} needs no answer any more: the nomination is {card.state.words}.",
        blocks.section(f"*The question*\n{quote(card.question or '', 1200)}"),
    )


def accepted(card: Card, reader: str | None = None) -> Rendered:
    """The team wants to talk with this customer."""
    return _told(f"Good news: the advocacy team would like to talk with {who(card)}. {introduction(card, reader)}")


def declined(card: Card, reader: str | None = None) -> Rendered:
    """The team will not take it up, and why."""
    by_themselves = reader is not None and reader == card.decided_by_slack_id
    talk = f"Questions, or news that changes this? Talk to {_decider(card)}."
    return _told(
        f"Thank you for putting {who(card)} forward. We won't take it up for now, and want you to know why.",
        blocks.section(quote(card.decline_reason or "No reason was given.", 2000)),
        blocks.context("You declined it yourself." if by_themselves else talk),
    )


def _decider(card: Card) -> str:
    return mention(card.decided_by_slack_id, "the advocacy team")


def reopened(card: Card, reader: str | None = None) -> Rendered:
    """A decline was taken back."""
    return _told(f"We are taking another look at {who(card)}: {yours(card, reader)} is open for review again.")


def merged(card: Card, kept: Card) -> Rendered:
    """Two nominations of one person became one; nobody's credit is lost."""
    other = f" under the name {who(kept)}" if who(kept) != who(card) else ""
    return _told(
        f"{who(card)} had been put forward by a colleague as well{other}, so both are one nomination now. "
        "You keep your credit, and hear how it goes on."
    )


def introduced(card: Named) -> Rendered:
    """The customer and the team know each other now."""
    return _told(f"{who(card)} and the advocacy team have been introduced. Next comes a conversation with them.")


def interview(card: Named, at: datetime) -> Rendered:
    """The conversation has a date."""
    return _told(f"A conversation of the advocacy team with {who(card)} is arranged: {moment(at)}.")


def published(card: Backed, reader: str | None = None) -> Rendered:
    """They are an advocate, and it is the backers' doing."""
    text = f"{who(card)} is an advocate now, and that is thanks to {credit(card, reader) or 'them alone'}."
    return _told(
        f":tada: {text} Colleagues can find them from today on.",
        *blocks.actions([blocks.button("Nominate somebody else", Action.NOMINATE)]),
    )


def expired(card: Card, reader: str | None = None) -> Rendered:
    """Nobody decided in time, and what is held on a customer who may not know of it is not kept for ever."""
    mine = yours(card, reader)
    return _told(
        f"{mine[0].upper()}{mine[1:]}, *{who(card)}*, has expired: nobody decided in time, and we keep no data on "
        "customers without a purpose. If they still would be a good advocate, please nominate them again."
    )


def win(card: Backed, unnamed: Collection[str] = ()) -> Rendered:
    """For everybody: a new advocate, and thanks to those who found them, but for those (by Slack id) who do not want to
    be named."""
    backers = mentions([one for one in backers_of(card) if one not in unnamed])
    thanks = f" Thank you, {backers}!" if backers else ""
    text = f"We have a new advocate: {who(card)}.{thanks}"
    return _cheer(text)


def took_place(card: Backed, activity: Activity, unnamed: Collection[str] = ()) -> Rendered:
    """For everybody: what an advocate has done for us, and thanks to those who found them, likewise."""
    backers = mentions([one for one in backers_of(card) if one not in unnamed])
    thanks = f" Thank you, {backers}, for bringing them!" if backers else ""
    return _cheer(f"{who(card)} has done something for us: {A_USE[activity]}.{thanks}")


def _cheer(text: str) -> Rendered:
    hint = "Know another customer who would speak for us? Type `/nominate`. Looking for one? Type `/advocates`."
    return blocks.message(text, [blocks.section(f":tada: {text}"), blocks.context(hint)])
