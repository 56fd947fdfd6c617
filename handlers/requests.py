"""Asking for an advocate: the ways in, the form that follows what is chosen in it, and joining what was asked already.

Decides what is said when; what is stored is up to steps.requests.
"""

from dataclasses import replace
from typing import Any

from domain.assets import kinds_for
from domain.errors import NotAllowed, RuleError
from domain.offers import OnHand
from domain.query import parse, usual_vocabularies
from domain.request_preview import Preview
from domain.request_values import TEXT_LIMIT, RequestValues
from domain.slack_text import plain
from domain.vocabulary import Activity
from handlers import home
from handlers.act import Act, Meta, NotMetYetError
from handlers.answering import answered
from handlers.house import House
from handlers.switchboard import Switchboard
from handlers.turns import Turns
from steps import lookup, on_hand, opportunities, request_preview, requests, settings
from steps.requests import AlreadyAsked
from storage.database import DatabaseBusyError
from views import deals
from views import requests as view
from views.blocks import notice
from views.ids import Action, Callback
from views.text import escape

USUAL = usual_vocabularies(())
"""Enough to know the names of activities."""

COMMAND = "request"
"""The first word after `/advocates` that asks for the form."""

TOO_LONG = "Only the beginning of what you typed fits here. A few words are enough: an industry, a country, a role."

TURNS = Turns()
"""Of the forms that are drawn anew at this moment."""


def register(board: Switchboard, house: House) -> None:
    """Listen to everything that asks for an advocate."""
    board.shortcut(Callback.REQUEST.value)(answered(house, open_empty))
    board.action(Action.REQUEST.value)(answered(house, open_empty))
    board.action(Action.REQUEST_FOR.value)(answered(house, open_for))
    for action in (Action.REQUEST_ACTIVITY, Action.REQUEST_PURPOSE, Action.REQUEST_DAY, Action.REQUEST_DEAL):
        board.action(action.value)(answered(house, follow))
    board.action(Action.REQUEST_INSTEAD.value)(answered(house, ask_instead))
    board.action(Action.REQUEST_NOBODY.value)(answered(house, ask_nobody))
    board.options(Action.REQUEST_DEAL.value)(answered(house, suggest_deals))
    board.view(Callback.REQUEST.value)(answered(house, submit))
    board.view(Callback.REQUEST_JOIN.value)(answered(house, join))


async def open_from_command(act: Act, words: str) -> None:
    """`/advocates request …`: the form, with what was typed as whom to look for."""
    typed = plain(words).strip()
    await _open(act, _for_words(typed), "", TOO_LONG if len(typed) > TEXT_LIMIT else None)


async def open_empty(act: Act) -> None:
    """The shortcut, Home, or a button in a message."""
    await act.args.ack()
    await _open(act, _for_words(""), "")


async def open_for(act: Act) -> None:
    """ "Ask for them" in an answer or on a profile: for this advocate, and remembering what was looked for."""
    await act.args.ack()
    wanted = act.value_as(Meta.of)
    looked_for = wanted.get("q") or ""
    await _open(act, replace(_for_words(looked_for), advocate_id=wanted.text("a")), looked_for)


def _for_words(words: str) -> RequestValues:
    """A form that is empty but for the words; where they name one activity, it is chosen. No query before it opens."""
    activity = lookup.activity_of(parse(words, USUAL)) or Activity.REFERENCE_CALL
    return RequestValues(activity, None, criteria=words.strip()[:TEXT_LIMIT] or None)


async def _open(act: Act, values: RequestValues, looked_for: str, notice_text: str | None = None) -> None:
    """Open the form from what is at hand, then look who asks for whom."""
    view_id = await act.open(view.form(values, looked_for=looked_for, notice=notice_text))
    mark = act.mark  # whatever is chosen meanwhile draws the form anew, and knows more
    try:
        found, ready = await act.read(request_preview.preview, values, looked_for), await _on_hand(act, values)
    except NotAllowed as refusal:
        await act.update(view_id, notice(view.TITLE, escape(refusal.message)))
    except (NotMetYetError, DatabaseBusyError):
        pass  # the form is open, and sending it asks again
    except RuleError as refusal:
        await act.update(view_id, await _without(act, values, looked_for, refusal.message), mark)
    else:
        if found is not None or ready.ready:
            drawn = await _form(act, values, looked_for, chosen=found, notice=notice_text, ready=ready)
            await act.update(view_id, drawn, mark)


async def _without(act: Act, values: RequestValues, looked_for: str, sentence: str) -> dict[str, Any]:
    """The form without the advocate who can't be asked any more."""
    criteria = looked_for[:TEXT_LIMIT] or None
    return await _form(act, replace(values, advocate_id=None, criteria=criteria), looked_for, notice=sentence)


async def _form(act: Act, values: RequestValues, looked_for: str, **more: Any) -> dict[str, Any]:
    """The form once it may ask the database: it says which currency an amount is in."""
    try:
        currency = await act.read(settings.currency)
    except DatabaseBusyError:
        currency = None  # the form serves without that remark
    return view.form(values, looked_for=looked_for, currency=currency, **more)


def _typed(act: Act) -> tuple[RequestValues, str]:
    meta = act.meta
    return act.typed_as(view.values_from, meta), meta.get("q", "")


async def follow(act: Act) -> None:
    """Another activity, purpose, deal or day: what the form asks and says follows; what was typed stays."""
    await act.args.ack()
    await _redraw(act)


async def ask_instead(act: Act) -> None:
    """Somebody else who is free takes the chosen one's place."""
    await act.args.ack()
    await _redraw(act, advocate_id=act.value)


async def ask_nobody(act: Act) -> None:
    """Nobody is chosen any more: whom to look for is said in words."""
    await act.args.ack()
    await _redraw(act, advocate_id=None)


async def _redraw(act: Act, **decided: str | None) -> None:
    """Draw the form from what stands in it, with what was decided; nobody who came before may draw after this."""
    async with TURNS.of(act.view_id).taken() as turn:
        turn.decided |= decided
        typed, looked_for = _typed(act)
        values = replace(typed, **turn.decided)
        try:
            chosen, ready = await _preview(act, values, looked_for), await _on_hand(act, values)
            drawn = await _form(act, values, looked_for, chosen=chosen, ready=ready)
        except RuleError as refusal:
            drawn = await _without(act, values, looked_for, refusal.message)
        await act.update(act.view_id, drawn)


async def _preview(act: Act, values: RequestValues, looked_for: str) -> Preview | None:
    return await act.read(request_preview.preview, values, looked_for) if values.advocate_id else None


async def _on_hand(act: Act, values: RequestValues) -> OnHand:
    """What exists already comes first: it may make asking a customer unnecessary."""
    return await act.read(on_hand.existing, values.activity, values.criteria or "", values.advocate_id)


async def suggest_deals(act: Act) -> None:
    """The type-ahead over deals, with what was typed as a deal of its own."""
    typed = act.body.get("value") or ""
    try:
        known = await act.read(opportunities.suggest, typed)
    except (RuleError, DatabaseBusyError):
        known = []  # a new deal can always be named, and sending decides
    await act.args.ack(options=deals.options(typed, known))


async def submit(act: Act) -> None:
    """The form was sent: stored before the ack, so that a refusal can stand at the field."""
    values, looked_for = _typed(act)
    if (ready := await _not_shown_yet(act, values)) is not None:
        chosen = await _preview(act, values, looked_for)
        drawn = await _form(act, values, looked_for, chosen=chosen, ready=ready, notice=view.EXISTS)
        await act.args.ack(response_action="update", view=drawn)
        return
    try:
        result = await act.run(requests.submit, values, f"request:{act.view_id}")
    except RuleError as refusal:
        if "advocate" not in refusal.fields:
            raise
        await _refuse_advocate(act, values, looked_for, refusal)
        return
    if isinstance(result, AlreadyAsked):
        # On top of the form, which stays below as it was typed; three windows at most lie on one another.
        on_form = not _is_third(act)
        asked = view.join(result.card, is_in_it=result.is_in_it, reader=act.user_id, on_form=on_form)
        await act.args.ack(response_action="push" if on_form else "update", view=asked)
        return
    await act.args.ack(response_action="update", view=view.submitted(result.card, result.goal_hours))
    await home.redraw(act)


async def _not_shown_yet(act: Act, values: RequestValues) -> OnHand | None:
    """What fits all that was typed and did not stand in the form; None once it did, or where there is nothing."""
    if values.advocate_id or not kinds_for(values.activity):
        return None  # what the chosen one has approved stood in the form from the start
    seen = act.meta.get("s", ())
    found = await _on_hand(act, values)
    is_new = found.relaxed is None and any(one.id not in seen for one in found.ready)
    return found if is_new else None


def _is_third(act: Act) -> bool:
    below = act.view.get("previous_view_id")
    return bool(below) and below != act.view.get("root_view_id")


async def _refuse_advocate(act: Act, values: RequestValues, looked_for: str, refusal: RuleError) -> None:
    """The chosen one can't be asked: said on top of the form, with others below where there are any."""
    try:
        found = await _preview(act, values, looked_for)
        drawn = await _form(act, values, looked_for, chosen=found, notice=refusal.message)
    except (RuleError, DatabaseBusyError):
        drawn = await _without(act, values, looked_for, refusal.message)
    await act.args.ack(response_action="update", view=drawn)


async def join(act: Act) -> None:
    """Join what was asked already, instead of doubling it."""
    meta = act.meta
    thanks = view.joined(await act.run(requests.join, meta.text("r")))
    await act.args.ack(response_action="update", view=thanks)
    below = act.view.get("previous_view_id")
    if below and meta.get("form"):
        await act.update(below, thanks)
    await home.redraw(act)
