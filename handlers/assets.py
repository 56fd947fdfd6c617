"""What customers have approved: the team's list and form, and "Use this" for everybody. The rules are in steps.

`/advocates assets WORDS` lists what fits the words.
"""

from typing import Any

from domain.assets import Approved, TakenFor
from domain.offers import OnHand
from domain.query import parse, usual_vocabularies
from domain.slack_text import plain
from handlers.act import Act
from handlers.answering import answered
from handlers.house import House
from handlers.switchboard import Switchboard
from steps import asset_uses, assets, lookup, on_hand
from views import assets as view
from views import inputs, ready
from views.deals import deal_of
from views.ids import Action, Callback

COMMAND = "assets"
"""The first word after `/advocates` that asks for what exists already."""

LONGEST, MOST = 1000, 8
"""Characters of the words that are looked at, and pieces that the command answers with."""

USUAL = usual_vocabularies(())
"""Enough to know the names of activities."""


def register(board: Switchboard, house: House) -> None:
    """Listen to the team's list and form, and to "Use this"."""
    board.action(Action.ASSETS.value)(answered(house, open_shelf))
    board.action(Action.ASSET_ADD.value)(answered(house, open_new))
    board.action(Action.ASSET_CHANGE.value)(answered(house, open_one))
    board.action(Action.ASSET_WITHDRAW.value)(answered(house, withdraw))
    board.view(Callback.ASSET.value)(answered(house, save))
    board.action(Action.ASSET_USE.value)(answered(house, use))
    board.view(Callback.ASSET_USED.value)(answered(house, say_what_for))


async def open_from_command(act: Act, words: str) -> None:
    """`/advocates assets …`: what fits the words, of the kind that they name, else of every kind."""
    line = plain(words)[:LONGEST]
    found: OnHand = await act.read(on_hand.existing, lookup.activity_of(parse(line, USUAL)), line, None, MOST)
    message = ready.answer(found)
    await act.args.respond(text=message.text, blocks=message.blocks, response_type="ephemeral")


async def open_shelf(act: Act) -> None:
    """The team's list of one advocate."""
    await act.args.ack()

    async def make() -> dict[str, Any]:
        return view.shelf(await act.read(assets.shelf, act.value))

    await act.show(view.TITLE, make)


async def open_new(act: Act) -> None:
    """An empty form."""
    await act.args.ack()

    async def make() -> dict[str, Any]:
        return view.form(None, (await act.read(assets.shelf, act.value)).advocate_id)

    await act.show("Something approved", make)


async def open_one(act: Act) -> None:
    """The form with what is stored."""
    await act.args.ack()

    async def make() -> dict[str, Any]:
        found: Approved = await act.read(assets.one, act.value)
        return view.form(found, found.advocate_id)

    await act.show("Change it", make)


async def save(act: Act) -> None:
    """Added or changed; the list below, if it is open, shows it."""
    meta, typed = act.meta, act.typed_as(view.asset_from)
    if "id" in meta:
        found = await act.run(assets.change, meta.text("id"), typed, meta["mark"])
    else:
        found = await act.run(assets.add, meta.text("a"), typed, f"asset:{act.view_id}")
    await act.args.ack()
    if below := act.view.get("previous_view_id"):
        await act.update(below, view.shelf(found))


async def withdraw(act: Act) -> None:
    """Offered no more (the button has asked whether they are sure)."""
    await act.args.ack()
    await act.update(act.view_id, view.shelf(await act.run(assets.withdraw, act.value)))


async def use(act: Act) -> None:
    """ "Use this": the piece itself, and for which deal. Three windows at most lie on one another."""
    await act.args.ack()
    below = act.view.get("previous_view_id")
    if below and below != act.view.get("root_view_id"):
        await act.update(act.view_id, await _used(act))
        return

    async def make() -> dict[str, Any]:
        return await _used(act)

    await act.show("Ready to use", make)


async def _used(act: Act) -> dict[str, Any]:
    deal = _asked_for(act)
    asset_id, receipt = act.value, _receipt(act)
    taken = await act.run(asset_uses.use, asset_id, deal.opportunity_id, deal.purpose, receipt)
    return view.used(taken.use_id, taken.ready, deal)


def _asked_for(act: Act) -> TakenFor:
    """What the form says in which the button stands; nothing anywhere else."""
    if act.view.get("callback_id") != Callback.REQUEST.value:
        return TakenFor()
    opportunity_id, opportunity = act.typed_as(deal_of)
    return TakenFor(opportunity_id, opportunity, act.typed_as(inputs.text_of, "purpose_words") or None)


def _receipt(act: Act) -> str:
    """The same for two clicks on one button: whoever takes a piece twice in one place has taken it once."""
    place = act.view.get("id") or (act.body.get("container") or {}).get("message_ts", "")
    return f"use:{place}:{act.user_id}:{act.action['value']}"


async def say_what_for(act: Act) -> None:
    """For which deal, if any."""
    meta = act.meta
    await act.run(asset_uses.taken_for, meta.text("u"), act.typed_as(view.taken_from), meta.get("d"))
    await act.args.ack(response_action="update", view=view.noted())
