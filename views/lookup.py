"""The private answer to a look-up, page by page, and the form that asks. Decides neither what fits nor its order."""

import json
from collections.abc import Sequence

from domain.advocates import Found
from domain.messages import Rendered
from views import blocks, inputs
from views.ids import Action, Callback
from views.profile import agreed, checked, summary
from views.text import Block, count, line, plain

QUERY_LIMIT = 500
"""Characters of a query that are shown and carried from page to page."""

RESULTS = 10
"""Advocates on one page, at most."""


def answer(
    found: Sequence[Found], *, query: str, page: int, pages: int, total: int, understood: Sequence[str]
) -> Rendered:
    """One page of what was found; `page` counts from 0. `understood` are the words that were looked for."""
    if not found:
        return nothing(query)
    text = _headline(query, total)
    content = [
        blocks.section(f"*{text}*"),
        *([blocks.context(f"Looked for: {line(', '.join(understood), 300)}")] if understood else []),
        *[block for one in found[:RESULTS] for block in _result(one)],
        *_paging(query, page, pages),
    ]
    return blocks.message(text, content)


def _headline(query: str, total: int) -> str:
    advocates = count(total, "advocate")
    fits = "fits" if total == 1 else "fit"
    return f"{advocates} {fits} “{line(query, 150)}”." if query.strip() else f"{advocates}, the newest first."


def _result(one: Found) -> list[Block]:
    spoken = f"Open profile: {one.contact_name}"
    return [
        blocks.section(summary(one), blocks.button("Open profile", Action.CARD, one.id, spoken=spoken)),
        blocks.context(f"{checked(one.verified_at)} · {agreed(one.consent)}"),
    ]


def _paging(query: str, page: int, pages: int) -> list[Block]:
    if pages <= 1:
        return []
    turns = []
    if page > 0:
        turns.append(_turn("Previous", query, page - 1))
    if page + 1 < pages:
        turns.append(_turn("Next", query, page + 1))
    # Two elements of one block may not share an action id, so that each turn stands in its own block.
    rows = [block for turn in turns for block in blocks.actions([turn])]
    return [blocks.context(f"Page {page + 1} of {pages}"), *rows]


def _turn(label: str, query: str, page: int) -> Block:
    words = plain(query, QUERY_LIMIT)["text"] if query.strip() else ""
    carried = json.dumps({"q": words, "p": page}, ensure_ascii=False)
    return blocks.button(label, Action.PAGE, carried, spoken=f"{label} page of advocates")


def nothing(query: str) -> Rendered:
    """Nobody fits: what to do about it."""
    if not query.strip():
        text = "There are no advocates to look up yet."
        advice = "The first ones are on their way once somebody nominates them. Who comes to your mind?"
    else:
        text = f"Nobody fits “{line(query, 150)}” yet."
        advice = "Try fewer or other words: an industry, a country, a product. Or nominate somebody who would fit."
    buttons = [
        blocks.button("Nominate a customer", Action.NOMINATE, style="primary"),
        blocks.button("Look up again", Action.LOOK_UP),
    ]
    return blocks.message(text, [blocks.section(f"*{text}*\n{advice}"), *blocks.actions(buttons)])


def in_modal(message: Rendered) -> Block:
    """The same answer where there is no conversation to put it into."""
    return blocks.modal(Callback.NOTHING, "Advocates", [dict(block) for block in message.blocks])


def query_form() -> Block:
    """What are you looking for?"""
    element = inputs.text_input(most=QUERY_LIMIT, placeholder="Such as: healthcare ciso emea")
    hint = "Any words: industry, country, product, role, what they should do. Leave it empty to see the newest."
    content = [inputs.field("query", "Who are you looking for?", element, hint=hint, optional=True)]
    return blocks.modal(Callback.LOOK_UP, "Look up advocates", content, submit="Look up")


def query_from(typed: inputs.Typed) -> str:
    """The words to look for."""
    return inputs.text_of(typed, "query")
