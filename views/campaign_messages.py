"""What a campaign says: to a channel, to a relationship owner about their own customers, and how it ended."""

import json
from collections.abc import Sequence
from datetime import date

from domain.campaigns import END_WORDS, Customer, Progress
from domain.messages import Rendered
from views import blocks
from views.ids import Action
from views.text import Block, count, day, in_words, line, quote

_TITLE = "We are looking for customers who would speak for us"


def carried(campaign_id: str, account_id: str = "", name: str = "") -> str:
    """What a button to nominate holds: the form opens complete without asking the database."""
    held = {"campaign": campaign_id, "account": account_id, "name": name}
    return json.dumps({key: value for key, value in held.items() if value}, ensure_ascii=False)


def post(campaign_id: str, text: str, ends_on: date) -> Rendered:
    """To a channel: who is sought, and a button."""
    button = blocks.button("Nominate a customer", Action.CAMPAIGN_NOMINATE, carried(campaign_id), style="primary")
    content = [
        blocks.section(f"*{_TITLE}*\n{quote(text)}"),
        *blocks.actions([button]),
        blocks.context(f"Until {day(ends_on)}, or until we have found them."),
    ]
    return blocks.message(f"{_TITLE}.", content)


def ask(campaign_id: str, text: str, ends_on: date, some: Sequence[Customer], number: int) -> Rendered:
    """To an owner alone: which customers of theirs may be the right ones."""
    said = f"{_TITLE}, and {count(number, 'customer')} of yours might fit."
    content = [blocks.section(f"*{said}*\n{quote(text)}"), *(_customer(campaign_id, one) for one in some)]
    if number > len(some):
        content.append(blocks.context(f"And {number - len(some):,} more; these come first by name."))
    small = f"Only you see this list. Until {day(ends_on)}, or until we have found them."
    return blocks.message(said, [*content, blocks.context(small)])


def _customer(campaign_id: str, one: Customer) -> Block:
    value = carried(campaign_id, one.account_id, one.name)
    button = blocks.button("Nominate", Action.CAMPAIGN_NOMINATE, value, spoken=f"Nominate somebody of {one.name}")
    return blocks.section(line(one.name, 100), button)


def closed(text: str) -> Rendered:
    """In the place of both, once it is over."""
    said = "Thank you: this search is over. You can still nominate customers at any time."
    return blocks.message(said, [blocks.section(said), blocks.context(line(text, 300))])


def gone(text: str, names: Sequence[str]) -> Rendered:
    """To whoever started it: who can't be asked, and what to do."""
    who = in_words([line(name, 80) for name in names[:20]])
    said = f"Your campaign goes on, but these owners have left or can't be asked: {who}. "
    said += "Their customers need another relationship owner."
    return blocks.message(said, [blocks.section(said), blocks.context(line(text, 300))])


def figures(found: Progress) -> list[str]:
    """What it has brought, in lines."""
    return [
        f"Came through it: *{count(found.nominations, 'nomination')}*.",
        f"Of them can be asked today: *{count(found.counting, 'advocate')}*, of {found.expected:,} expected.",
        f"The target: {found.available:,} of {found.count:,} available.",
    ]


def result(found: Progress) -> Rendered:
    """To whoever started it and the team: the result against what was expected."""
    why = END_WORDS[found.end] if found.end else ""
    said = f"The campaign for {line(found.name, 80)} is closed. {why}"
    button = blocks.button("Open", Action.CAMPAIGN, found.id, spoken=f"Open the campaign for {found.name}")
    return blocks.message(said, [blocks.section("\n".join([f"*{said}*", *figures(found)]), button)])
