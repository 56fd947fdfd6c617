"""What somebody waits for: the message when an advocate fits, and the list. Decides no match."""

import json
from collections.abc import Sequence

from domain.advocates import Found
from domain.messages import Rendered
from domain.offers import Awaited
from views import blocks
from views.ids import Action, Callback
from views.profile import agreed, ask_for, checked, summary
from views.text import Block, line, shorten

SHOWN = 40
"""Searches on one list; nobody may wait for so many."""


def somebody_fits(found: Found, query: str, understood: Sequence[str]) -> Rendered:
    """To whoever waited: here is one, and the search has ended. `query` is the line that was looked for."""
    text = f"Somebody fits what you looked for: {line(found.contact_name)}, {line(found.company)}."
    buttons = [
        blocks.button("Open profile", Action.CARD, found.id, spoken=f"Open profile: {found.contact_name}"),
        ask_for(found.id, found.contact_name, query),
        blocks.button("Look up again", Action.REFINE, json.dumps({"q": query}, ensure_ascii=False)),
    ]
    content = [
        blocks.section(f"*{text}*"),
        blocks.section(summary(found)),
        blocks.context(f"{checked(found.verified_at)} · {agreed(found.consent)}"),
        blocks.context(f"You looked for: {_told(understood)}. You will hear no more of this search."),
        *blocks.actions(buttons),
    ]
    return blocks.message(text, content)


def _told(understood: Sequence[str]) -> str:
    return shorten("; ".join(line(part, 200) for part in understood), 600) or "anybody"


def waiting_for(searches: Sequence[Awaited]) -> Block:
    """All that this person waits for, each with a way to stop."""
    told = "As soon as somebody fits, you get one direct message, and that search ends."
    content = [blocks.section(told if searches else "You wait for nobody at the moment.")]
    for one in searches[:SHOWN]:
        words = _told(one.understood)
        stop = blocks.button("Stop", Action.STOP_LISTED, one.id, spoken=f"Stop waiting for {words}")
        content.append(blocks.section(words, stop))
    return blocks.modal(Callback.NOTHING, "What I wait for", content)
