"""What one advocate has approved, as the team keeps it, and the thanks to whoever takes a piece. Decides no rule.

A form's fields bear the names of `AssetValues`. The metadata of the team's list is the advocate's id; of its form it is
JSON: "a", the advocate, or "id" and "mark", the piece and what it was opened with; of the thanks "u", the use, and "d",
the deal that it is for as far as known.
"""

from domain.assets import (
    LINK_LIMIT,
    PURPOSE_LIMIT,
    TITLE_LIMIT,
    WORDS_LIMIT,
    Approved,
    AssetValues,
    Kind,
    Scope,
    Shelf,
    TakenFor,
    has_expired,
    is_covered,
    mark,
)
from domain.offers import Ready
from views import blocks, inputs, words
from views.deals import deal_of, picked
from views.ids import Action, Callback
from views.ready import kind, linked, name
from views.text import Block, count, day, in_words, line, quote, shorten

TITLE = "What they approved"

MOST = 40
"""Pieces in the team's list: two blocks each, and Slack takes a hundred."""


def shelf(found: Shelf) -> Block:
    """The team's list: each piece with its ways, and the way to add one."""
    add = blocks.button("Add one", Action.ASSET_ADD, found.advocate_id, style="primary")
    intro = (
        f"Approved by *{line(found.contact_name)}*, {line(found.company)}. Colleagues are offered it before a customer "
        "is asked, and using it takes nothing of anybody's time."
    )
    rows = [block for one in found.pieces[:MOST] for block in _piece(one, found)]
    nothing = [] if rows else [blocks.section("Nothing yet.")]
    more = len(found.pieces) - MOST
    rest = [blocks.context(f"And {count(more, 'older piece')}.")] if more > 0 else []
    content = [blocks.section(intro), *blocks.actions([add]), *nothing, *rows, *rest]
    return blocks.modal(Callback.ASSETS, TITLE, content, meta=found.advocate_id)


def _piece(one: Approved, found: Shelf) -> list[Block]:
    values = one.values
    said = f"\n{quote(values.words, 500)}" if values.words else ""
    about = [*values.products, *values.languages]
    what = f"\nAbout {in_words([line(word) for word in about])}" if about else ""
    text = f"*{kind(values.kind)}*: {linked(values.title, values.link)}{said}{what}\n{_standing(one, found)}"
    return [blocks.section(text), *blocks.actions(_buttons(one))]


def _standing(one: Approved, found: Shelf) -> str:
    values = one.values
    taken = f"taken {count(one.uses, 'time')}" if one.uses else "not taken yet"
    if found.consent is not None and found.consent.has_ended(found.today):
        return f":warning: Not offered: the consent ended on {day(found.consent.until or found.today)} · {taken}"
    if not is_covered(values.scope, found.consent, found.today):
        return f":warning: Not offered: the consent on record does not cover it any more · {taken}"
    if has_expired(values.expires_on, found.today):
        return f":warning: Not offered: expired on {day(values.expires_on or found.today)} · {taken}"
    until = f" until {day(values.expires_on)}" if values.expires_on else ""
    return f"May be used {values.scope}{until} · {taken}"


def _buttons(one: Approved) -> list[Block]:
    title = one.values.title
    sure = blocks.confirm(
        "Withdraw this?",
        "Colleagues won't be offered it any more. What it was used for stays on record.",
        "Withdraw",
        "Keep",
        danger=True,
    )
    return [
        blocks.button("Change", Action.ASSET_CHANGE, one.id, spoken=f"Change {title}"),
        blocks.button(
            "Withdraw", Action.ASSET_WITHDRAW, one.id, style="danger", spoken=f"Withdraw {title}", confirm=sure
        ),
    ]


def form(found: Approved | None, advocate_id: str) -> Block:
    """To add a piece, or to change the one that was found."""
    values = found.values if found else AssetValues(Kind.CASE_STUDY, "")
    kinds = [inputs.option(one.capitalize(), one.value) for one in Kind]
    scopes = [inputs.option(scope.capitalize(), scope.name) for scope in Scope]
    address = inputs.text_input(values.link, most=LINK_LIMIT, placeholder="https://")
    last = "The last day on which it may be used. Leave it empty if there is none."
    content = [
        inputs.field("kind", "What is it?", inputs.select(kinds, values.kind.value)),
        inputs.field("title", "What is it called?", inputs.text_input(values.title, most=TITLE_LIMIT)),
        inputs.field("link", "Where is it?", address, hint="All but a quote need a link.", optional=True),
        inputs.field(
            "words",
            "What did they say?",
            inputs.text_input(values.words, multiline=True, most=WORDS_LIMIT),
            hint="For a quote: the words exactly as approved.",
            optional=True,
        ),
        inputs.field("scope", "Where may it be used?", inputs.radio(scopes, values.scope.name)),
        inputs.field("products", "Which products is it about?", words.many(values.products), optional=True),
        inputs.field("languages", "In which languages is it?", words.many(values.languages), optional=True),
        inputs.field("expires_on", "Until when?", inputs.day(values.expires_on), hint=last, optional=True),
    ]
    meta = {"id": found.id, "mark": mark(found.values)} if found else {"a": advocate_id}
    title = "Change it" if found else "Something approved"
    return blocks.modal(Callback.ASSET, title, content, submit="Save", meta=blocks.metadata(meta))


def asset_from(typed: inputs.Typed) -> AssetValues:
    """What was typed, not checked."""
    return AssetValues(
        kind=Kind(inputs.choice_of(typed, "kind") or Kind.CASE_STUDY),
        title=inputs.text_of(typed, "title"),
        link=inputs.text_of(typed, "link") or None,
        words=inputs.text_of(typed, "words") or None,
        products=words.many_of(typed, "products"),
        languages=words.many_of(typed, "languages"),
        scope=Scope[inputs.choice_of(typed, "scope") or Scope.PUBLIC.name],
        expires_on=inputs.day_of(typed, "expires_on"),
    )


def used(use_id: str, ready: Ready, deal: TakenFor) -> Block:
    """Thanks, the piece itself, and which deal it is for, which may be left open."""
    chosen = picked(deal.opportunity_id, deal.opportunity or "The deal you picked") if deal.has_deal else None
    search = inputs.search(Action.REQUEST_DEAL, chosen, "Start typing its name or CRM id", least=1)
    said = f"\n{quote(ready.words, 1500)}" if ready.words else ""
    where = f"\n{line(ready.link, 2000)}" if ready.link else ""
    ends = f" until {day(ready.expires_on)}" if ready.expires_on else ""
    content = [
        blocks.section(f"Thank you: no customer had to be asked.\n{name(ready)}{said}{where}"),
        blocks.context(f"May be used {line(ready.scope)}{ends}, unchanged. That you took it is noted."),
        inputs.field("opportunity", "For which deal?", search, optional=True),
        inputs.field(
            "purpose",
            "Or for what else?",
            inputs.text_input(deal.purpose, most=PURPOSE_LIMIT, placeholder="Such as: the spring campaign"),
            optional=True,
        ),
    ]
    meta = blocks.metadata({"u": use_id, "d": deal.opportunity_id})
    view = blocks.modal(Callback.ASSET_USED, "Ready to use", content, submit="Save", meta=meta)
    return {**view, "close": {**view["close"], "text": "Close"}}


def taken_from(typed: inputs.Typed) -> TakenFor:
    """What it was taken for, not checked."""
    opportunity_id, opportunity = deal_of(typed)
    return TakenFor(opportunity_id, opportunity, shorten(inputs.text_of(typed, "purpose"), PURPOSE_LIMIT) or None)


def noted() -> Block:
    """It is written down."""
    return blocks.notice("Thank you", "Noted. It shows what the program is worth, and spared a customer a request.")
