"""The team's message about one nomination, kept up to date: all that is needed to decide, and the legal buttons.

Never an email address, a phone number or interview notes: a button asks for them.
"""

from domain.messages import Rendered
from domain.nominations import MOVES, Card, Move, State
from domain.regions import country_codes, country_name
from views import blocks
from views.ids import Action
from views.nomination_words import SOURCE_WORDS, nominator, standing, who, who_plain
from views.text import Block, count, line, link, mention, mentions, moment, quote

WORDS = 8
"""Endorsers' words in one alert: with all else it stays one message that somebody reads."""


def alert(card: Card) -> Rendered:
    """The team's message about one nomination: all that is needed to decide, and the buttons that are legal now."""
    by = f" by {line(card.nominator_name)}" if card.nominator_name else ""
    text = f"{who(card)} was nominated{by} and is {card.state.words}."
    return blocks.message(text, [*details(card), *buttons(card)])


def details(card: Card) -> list[Block]:
    """All that is known of a nomination, for the team to read."""
    return [
        blocks.header(f"{card.contact_name}, {card.company}"),
        blocks.section(standing(card)),
        blocks.section(f"*Why they would be a good advocate*\n{quote(card.why, 2400)}"),
        *blocks.fields(_facts(card)),
        *_evidence(card),
        *_words(card),
        *_conversation(card),
        *_warnings(card),
        blocks.context(f"Nominated by {nominator(card)} {SOURCE_WORDS[card.source]}, {moment(card.created_at)}"),
    ]


def _facts(card: Card) -> list[tuple[str, str | None]]:
    return [
        ("Does the customer know?", _knows(card)),
        ("Endorsed by", mentions(card.endorser_slack_ids) if card.endorser_slack_ids else None),
        ("Title", line(card.title or "")),
        ("Role in decisions", line(card.persona or "")),
        ("Industry", line(card.industry or "")),
        ("Country", line(_country(card.country))),
        ("Products", line(", ".join(card.products), 300)),
        ("Would do", line(", ".join(card.activities), 300)),
        ("How the colleague knows them", line(card.relationship or "")),
        ("Email address", "On file" if card.has_email else "Not known"),
    ]


def _knows(card: Card) -> str | None:
    """What the nominator said, until the introduction is made: then the customer knows."""
    if card.introduction_made or (card.state is State.ACCEPTED and card.advocate_id):
        return None
    return "Yes" if card.customer_knows else "Not yet"


def _country(code: str | None) -> str:
    """The country's name; a code that is none's stands for itself."""
    return country_name(code) if code and code.upper() in country_codes() else code or ""


def _evidence(card: Card) -> list[Block]:
    parts = []
    if card.use_cases:
        parts.append(f"*What they use us for*\n{quote(card.use_cases, 700)}")
    if card.evidence_text:
        parts.append(f"*What they said*\n{quote(card.evidence_text, 1500)}")
    if card.evidence_link:
        parts.append(f"*Evidence:* {link(card.evidence_link, 'open the link')}")
    return [blocks.section(part) for part in parts]


def _words(card: Card) -> list[Block]:
    """What endorsers added, the last ones where there are many."""
    shown = card.words[-WORDS:]
    rows = [blocks.section(f"*{mention(word.slack_user_id)} adds*\n{quote(word.note, 1000)}") for word in shown]
    earlier = len(card.words) - len(shown)
    return [*([blocks.context(f"And {count(earlier, 'earlier word')} of colleagues.")] if earlier else []), *rows]


def _conversation(card: Card) -> list[Block]:
    parts = []
    if card.question:
        parts.append(f"*The team asked*\n{quote(card.question, 900)}")
    if card.answer:
        parts.append(f"*The answer*\n{quote(card.answer, 900)}")
    return [blocks.section(part) for part in parts]


def _warnings(card: Card) -> list[Block]:
    warnings = []
    if card.possible_duplicate_of and card.state.is_open:
        warnings.append(
            "*Possibly a duplicate.* Somebody of that name at that company was nominated before; "
            "the colleague says that this is somebody else."
        )
    if card.written_name and card.written_company and card.state.is_live:
        warnings.append(
            f"*Written as {line(card.written_name)} of {line(card.written_company)}.* That email address is known as "
            f"{who(card)}'s, so it is taken for one person under the name that is known."
        )
    if card.flagged and card.state.is_open:
        warnings.append("*Waiting too long.* It is past the time in which we promise an answer.")
    return [blocks.section(f":warning: {warning}") for warning in warnings]


def buttons(card: Card) -> list[Block]:
    """What the team can do with this nomination now, as a row; nothing when there is nothing left to do."""
    return blocks.actions([*_decisions(card), *_next_steps(card)], f"review-{card.id}")


_DECISIONS: tuple[tuple[Move, str, Action, str | None], ...] = (
    (Move.ACCEPT, "Accept", Action.ACCEPT, "primary"),
    (Move.ASK, "Ask for more", Action.ASK, None),
    (Move.DECLINE, "Decline", Action.DECLINE, "danger"),
    (Move.MERGE, "Merge", Action.MERGE, None),
    (Move.REOPEN, "Reopen", Action.REOPEN, None),
)


def _decisions(card: Card) -> list[Block]:
    about = who_plain(card)
    legal = [
        blocks.button(words, action, card.id, style=style, spoken=f"{words}: {about}")
        for move, words, action, style in _DECISIONS
        if (card.state, move) in MOVES
    ]
    if card.state.is_open and not card.reviewer_slack_id:
        legal.append(blocks.button("Take it", Action.TAKE, card.id, spoken=f"Take it: {about}"))
    return legal


def _next_steps(card: Card) -> list[Block]:
    about, steps = who_plain(card), []
    if card.merged_into:
        spoken = f"Show the other one: {about} was merged into it"
        steps.append(blocks.button("Show the other one", Action.KEPT, card.merged_into, spoken=spoken))
    if card.state is State.ACCEPTED and card.advocate_id:
        steps.append(
            blocks.button("Open the journey", Action.JOURNEY, card.advocate_id, spoken=f"Open the journey: {about}")
        )
    elif card.state is State.ACCEPTED and not card.introduction_made:
        steps.append(
            blocks.button(
                "Record the introduction", Action.INTRODUCED, card.id, spoken=f"Record the introduction: {about}"
            )
        )
    if card.possible_duplicate_of and card.state.is_open:
        spoken = f"They are two people: {about} and who was nominated before"
        steps.append(blocks.button("They are two people", Action.TWO_PEOPLE, card.id, spoken=spoken))
    if card.written_name and card.state.is_live:
        written = f"Use the name as written: {card.written_name}"
        steps.append(blocks.button("Use the name as written", Action.USE_AS_WRITTEN, card.id, spoken=written))
    if card.state.is_live:
        steps.append(blocks.button("Contact details", Action.CONTACT, card.id, spoken=f"Contact details: {about}"))
    return steps
