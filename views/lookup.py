"""The private answer to a look-up, page by page. Decides neither what fits nor its order; the form is in `refining`."""

import json
from collections.abc import Sequence
from datetime import date

from domain.capacity import weight_words
from domain.matching import Part
from domain.messages import Rendered
from domain.offers import Answer, Offer
from domain.phrases import A_USE, said
from views import blocks
from views.ids import Action, Callback
from views.profile import agreed, ask_for, checked, summary
from views.text import Block, count, line, shorten

RESULTS = 10
"""Advocates on one page, at most."""

ASK_FIRST = "Only you see this. Nobody is asked before you send a request."


def answer(found: Answer) -> Rendered:
    """One page of what was found: what was understood, who, why, in which order, and the ways on."""
    if not found.offers:
        return _nobody(found)
    text = _headline(found)
    content = [
        blocks.section(f"*{text}*"),
        *_understood(found),
        *[block for one in found.offers[:RESULTS] for block in _result(one, found)],
        *_ways_on(found),
    ]
    return blocks.message(f"{text} {_looked_for(found, 300)}".strip(), content)


def _headline(found: Answer) -> str:
    advocates = count(found.total, "advocate")
    if found.relaxed:
        return f"Nobody fits all of it. Without {line(found.relaxed, 120)}: {advocates}."
    if not found.understood:
        return f"{advocates}, best first."
    return f"{advocates} {'fits' if found.total == 1 else 'fit'}, best first."


def _looked_for(found: Answer, limit: int) -> str:
    parts = "; ".join(line(part, 200) for part in found.understood)
    return f"Looked for: {shorten(parts, limit)}" if parts else ""


def _understood(found: Answer) -> list[Block]:
    """What was made of the words, and what could not be used."""
    remarks = shorten(" ".join(line(remark, 300) for remark in found.remarks), 500)
    shown = list(filter(None, [_looked_for(found, 600), remarks]))
    return [blocks.context(*shown)] if shown else []


def _result(one: Offer, found: Answer) -> list[Block]:
    facts = f"{room(one, found.today)} · {checked(one.found.verified_at)} · {agreed(one.found.consent)}"
    return [
        blocks.section(summary(one.found)),
        blocks.context(shorten(facts, 280)),
        blocks.context(f"Why here: {order(one.score, one.parts)}"),
        *blocks.actions(_buttons(one, found.query)),
    ]


def _buttons(one: Offer, query: str) -> list[Block]:
    name = one.found.contact_name
    return [
        blocks.button("Open profile", Action.CARD, one.found.id, spoken=f"Open profile: {name}"),
        ask_for(one.found.id, name, query),
    ]


def room(one: Offer, today: date) -> str:
    """What is left of an advocate, and from when on they are free. Escaped mrkdwn."""
    left = f"{weight_words(one.capacity.left_halves)} of {weight_words(one.capacity.cap_halves)} left"
    if one.obstacle:
        return f"*{left}*, but {line(one.obstacle, 200).rstrip('.')}"
    when = "free now" if one.is_free else f"free from {said(one.next_free, today)}" if one.next_free else None
    return f"*{left}* · {when or 'not free within a year'} for {A_USE[one.activity]}"


def order(score: float, parts: Sequence[Part]) -> str:
    """The score with each of its parts, in plain words. Escaped mrkdwn."""
    told = [f"{part.name} {part.points:g} of {part.most:g} ({line(part.words, 120)})" for part in parts]
    return shorten(f"{score:g} points of 100: {', '.join(told)}", 300)


def _ways_on(found: Answer) -> list[Block]:
    turns = [
        *([_turn("Previous", Action.PAGE_BACK, found.query, found.page - 1)] if found.page > 0 else []),
        *([_turn("Next", Action.PAGE, found.query, found.page + 1)] if found.page + 1 < found.pages else []),
    ]
    page = [f"Page {found.page + 1} of {found.pages}"] if found.pages > 1 else []
    ways = [*turns, _refine(found.query), *(_waiting(found) if found.relaxed else [])]
    return [blocks.context(" · ".join([*page, ASK_FIRST])), *blocks.actions(ways)]


def _turn(label: str, action: Action, query: str, page: int) -> Block:
    carried = json.dumps({"q": query, "p": page}, ensure_ascii=False)
    return blocks.button(label, action, carried, spoken=f"{label} page of advocates")


def _refine(query: str) -> Block:
    return blocks.button("Refine", Action.REFINE, _carried(query), spoken="Refine what you look for")


def _carried(query: str) -> str:
    return json.dumps({"q": query}, ensure_ascii=False)


def _waiting(found: Answer) -> list[Block]:
    """The way to hear of the first one who fits, or to hear of them no more."""
    if not found.understood:
        return []
    if found.is_awaited:
        return [
            blocks.button("Stop telling me", Action.STOP_SEARCH, _carried(found.query)),
            blocks.button("All I wait for", Action.SEARCHES),
        ]
    return [blocks.button("Tell me when there is one", Action.SAVE_SEARCH, _carried(found.query))]


def _nobody(found: Answer) -> Rendered:
    """Nobody fits: what to do about it."""
    buttons = [blocks.button("Nominate a customer", Action.NOMINATE, style="primary"), _refine(found.query)]
    if not found.understood:
        text = "There are no advocates to look up yet."
        advice = "The first ones are on their way once somebody nominates them. Who comes to your mind?"
    else:
        text = "Nobody fits yet."
        advice = "Try fewer or other words: an industry, a country, a product. Or nominate somebody who would fit."
        if found.is_awaited:
            advice += "\nAs soon as somebody fits, you get one message."
    content = [blocks.section(f"*{text}*\n{advice}"), *_understood(found)]
    return blocks.message(
        f"{text} {_looked_for(found, 300)}".strip(), [*content, *blocks.actions([*_waiting(found), *buttons])]
    )


def in_modal(message: Rendered) -> Block:
    """The same answer where there is no conversation to put it into."""
    return blocks.modal(Callback.NOTHING, "Advocates", [dict(block) for block in message.blocks])
