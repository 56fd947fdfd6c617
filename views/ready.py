"""What exists already, offered before a customer is asked, and the note on what will expire. Decides not what fits."""

from collections.abc import Sequence

from domain.messages import Rendered
from domain.offers import OnHand, Ready
from views import blocks
from views.ids import Action
from views.text import Block, count, day, line, link, shorten

HEADING = "*Ready to use, no customer needed*"


def offered(found: OnHand) -> list[Block]:
    """The pieces with their buttons, best first; nothing where there is none."""
    if not found.ready:
        return []
    close = f"\nNothing fits all of it; this comes close, without {line(found.relaxed, 200)}." if found.relaxed else ""
    return [blocks.section(HEADING + close), *pieces(found.ready)]


def pieces(found: Sequence[Ready]) -> list[Block]:
    """Each with "Use this"."""
    return [_offered(one) for one in found]


def _offered(one: Ready) -> Block:
    said = f"\n“{line(one.words, 300)}”" if one.words else ""
    ends = f", until {day(one.expires_on)}" if one.expires_on else ""
    may = f"\nMay be used {line(one.scope)}{ends}" if one.scope else ""
    take = blocks.button("Use this", Action.ASSET_USE, one.id, spoken=f"Use this {one.kind}: {one.title}")
    return blocks.section(f"{name(one)}{said}{may}", take)


def name(one: Ready) -> str:
    """What it is, whose and where, in a line. Escaped mrkdwn."""
    by = f", by {line(one.who)}" if one.who else ""
    return f"*{kind(one.kind)}*: {linked(one.title, one.link)}{by}"


def kind(word: str) -> str:
    """A kind as it begins a line."""
    return line(word[:1].upper() + word[1:], 40)


def linked(title: str, address: str | None) -> str:
    """A title that leads to the piece, where it has an address. A bar would end the words of Slack's link."""
    words = shorten(" ".join(title.split()), 100)
    return link(address, words.replace("|", "¦")) if address else line(words)


def answer(found: OnHand) -> Rendered:
    """What `/advocates assets` answers."""
    if not found.ready:
        text = "Nothing is approved yet that fits. You can ask for it, and the advocacy team finds out who would agree."
        return blocks.message(text, [blocks.section(text), *blocks.actions([_ask()])])
    text = f"{count(len(found.ready), 'piece')} ready to use, no customer needed."
    return blocks.message(text, offered(found))


def _ask() -> Block:
    return blocks.button("Request an advocate", Action.REQUEST)


def ending(ends: Sequence[tuple[str, Ready]], *, has_more: bool) -> Rendered:
    """To the team: what expires within the month, each with the advocate's id."""
    text = f"{count(len(ends), 'approved piece')} will expire within 30 days."
    rows = [_ending(*one) for one in ends]
    more = [blocks.context("There are more. They come in the next note.")] if has_more else []
    advice = blocks.context("Ask the customer whether it may be used for longer, then change the last day.")
    return blocks.message(text, [blocks.section(f"*{text}*"), *rows, *more, advice])


def _ending(advocate_id: str, one: Ready) -> Block:
    last = f" until {day(one.expires_on)}" if one.expires_on else ""
    see = blocks.button(
        "What they have approved", Action.ASSETS, advocate_id, spoken=f"What they have approved: {one.who}"
    )
    return blocks.section(f"{name(one)}{last}", see)
