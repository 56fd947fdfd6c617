"""Nominating: the command, the shortcuts, the form with its type-ahead, and the answer to a known customer.

Decides what is said when; what is stored is up to steps.nominations.
"""

import html
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import structlog
from slack_bolt.kwargs_injection.async_args import AsyncArgs
from slack_sdk.errors import SlackApiError

from domain import permissions
from domain.command_text import parse_nomination
from domain.errors import NotAllowed
from domain.moment import Moment
from domain.nominations import Card, Move, Source, Values, after
from domain.people import Actor
from domain.slack_text import plain
from handlers import home
from handlers.act import Act, NotMetYetError, NotOpened
from handlers.answering import answered
from handlers.house import House
from handlers.switchboard import Switchboard
from steps import campaigns, nominations
from steps.nominations import AlreadyKnown
from steps.progress import relations_of
from storage import accounts, cards
from storage.database import DatabaseBusyError
from storage.guard import GuardedSession
from views import nominations as view
from views.blocks import metadata, notice, read_metadata
from views.ids import Action, Callback
from views.text import escape

FORM_TEXT = 3000
"""Characters of a reason that one Slack input takes."""

MESSAGE_TEXT = 35_000
"""Characters of one message, as Slack counts them: it cuts at 40,000."""

LONGEST_ESCAPE = len("&amp;")

TOO_LONG = "Your text was longer than this form takes. You have all of it in a direct message from Everboard."

NO_META: Mapping[str, Any] = MappingProxyType({})

log = structlog.get_logger(__name__)


def register(board: Switchboard, house: House) -> None:
    """Listen to everything that nominates."""
    board.command("/nominate")(answered(house, open_from_command))
    board.shortcut(Callback.NOMINATE.value)(answered(house, open_from_shortcut))
    board.shortcut(Callback.NOMINATE_FROM_MESSAGE.value)(answered(house, open_from_message))
    board.action(Action.NOMINATE.value)(answered(house, open_from_button))
    board.action(Action.NOMINATE_WORDS.value)(answered(house, open_from_words))
    board.action(Action.CAMPAIGN_NOMINATE.value)(answered(house, open_from_campaign))
    board.action(Action.SHOW_DETAILS.value)(answered(house, show_details))
    board.options(Action.COMPANY.value)(answered(house, suggest_companies))
    board.action(Action.COMPANY.value)(_ack)
    board.view(Callback.NOMINATE.value)(answered(house, submit))
    board.view(Callback.DUPLICATE.value)(answered(house, endorse))
    board.action(Action.SOMEONE_ELSE.value)(answered(house, nominate_namesake))
    board.action(Action.WITHDRAW.value)(answered(house, withdraw))
    board.action(Action.ANSWER.value)(answered(house, open_answer))
    board.view(Callback.ANSWER.value)(answered(house, answer))


async def _ack(args: AsyncArgs) -> None:
    await args.ack()


async def open_from_command(act: Act) -> None:
    """`/nominate …`: the form, filled from the text alone; one call to Slack and no query before it."""
    await act.args.ack()
    typed = act.body.get("text") or ""
    draft = parse_nomination(typed)
    too_long = len(draft.reason) > FORM_TEXT
    try:
        await _open_form(act, draft, Source.COMMAND, notice_text=TOO_LONG if too_long else None)
    except (SlackApiError, NotOpened) as error:
        log.warning("form not opened", error=type(error).__name__)
        kept = " You have what you typed in a direct message." if typed else ""
        await act.tell(f"Slack could not open the form. Please try again.{kept}")
        too_long = bool(typed)
    if too_long:
        await _give_back(act, plain(typed))


async def _give_back(act: Act, typed: str) -> None:
    """Send people what they typed, unchanged, as often as one message is too small for it."""
    size = MESSAGE_TEXT // LONGEST_ESCAPE if len(typed) * LONGEST_ESCAPE > MESSAGE_TEXT else MESSAGE_TEXT
    for start in range(0, len(typed), size):
        words = html.escape(typed[start : start + size], quote=False)
        await act.args.client.chat_postMessage(
            channel=act.user_id, text=words, mrkdwn=False, unfurl_links=False, unfurl_media=False
        )


async def open_from_shortcut(act: Act) -> None:
    """The global shortcut: an empty form."""
    await act.args.ack()
    await _open_form(act, None, Source.SHORTCUT)


async def open_from_button(act: Act) -> None:
    """A button in Home or in a message."""
    await act.args.ack()
    await _open_form(act, None, Source.HOME if act.view.get("type") == "home" else Source.NUDGE)


async def open_from_words(act: Act) -> None:
    """A button below what somebody wrote to the bot: the form, filled from those words."""
    await act.args.ack()
    await _open_form(act, parse_nomination(act.action.get("value") or ""), Source.MESSAGE)


async def open_from_campaign(act: Act) -> None:
    """A campaign's button: the form with the customer that the message named, if it named one."""
    await act.args.ack()
    held = read_metadata(act.action.get("value"))
    account_id, name = held.get("account"), str(held.get("name") or "")
    values = Values(contact_name="", company=name, why="", account_id=account_id) if account_id else None
    await _open_form(act, values, Source.CAMPAIGN, meta={"campaign": held.get("campaign")})


async def open_from_message(act: Act) -> None:
    """The message shortcut: the message's text and its link become the evidence."""
    await act.args.ack()
    message = act.body.get("message") or {}
    evidence = plain(message.get("text") or "")[:FORM_TEXT]
    values = Values(contact_name="", company="", why="", evidence_text=evidence or None)
    view_id = await _open_form(act, values, Source.MESSAGE)
    link = await _permalink(act, message["ts"]) if view_id else None
    if view_id and link:
        await act.update(view_id, view.form(values, source=Source.MESSAGE.value, meta={"evidence_link": link}))


async def _permalink(act: Act, ts: str) -> str | None:
    """The message's address; None where Everboard is not a member and Slack tells it nothing of the message."""
    try:
        answer = await act.args.client.chat_getPermalink(channel=act.body["channel"]["id"], message_ts=ts)
    except SlackApiError as error:
        log.info("no permalink", error=error.response.get("error"))
        return None
    return str(answer["permalink"])


async def _open_form(
    act: Act, draft: Any, source: Source, notice_text: str | None = None, meta: Mapping[str, Any] = NO_META
) -> str | None:
    """Open the form, then look who it is. Answers the view's id, None where a refusal has taken its place."""
    view_id = await act.open(view.form(draft, source=source.value, meta=meta, notice=notice_text))
    try:
        await act.read(_may_nominate)
    except NotAllowed as refusal:
        await act.update(view_id, notice("Nominate a customer", escape(refusal.message)))
        return None
    except (NotMetYetError, DatabaseBusyError):
        pass  # the form is open, and submitting asks again
    return view_id


def _may_nominate(_session: GuardedSession, actor: Actor, _moment: Moment) -> None:
    permissions.check(actor, permissions.Action.NOMINATE)


async def show_details(act: Act) -> None:
    """Unfold the optional fields; what was typed stays, since its inputs keep their ids."""
    await act.args.ack()
    meta = act.meta
    values = act.typed_as(view.values_from, meta)
    await act.update(act.view_id, view.form(values, source=meta.text("source"), meta=meta, details=True))


async def suggest_companies(act: Act) -> None:
    """The type-ahead over accounts, with what was typed as a company of its own."""
    typed = act.body.get("value") or ""
    try:
        known = await act.read(_companies, typed)
    except (NotAllowed, NotMetYetError, DatabaseBusyError):
        known = []  # a new company can always be named, and submitting decides
    await act.args.ack(options=view.company_options(typed, known))


def _companies(session: GuardedSession, actor: Actor, _moment: Moment, typed: str) -> list[tuple[str, str]]:
    permissions.check(actor, permissions.Action.NOMINATE)
    return [(account.id, account.name) for account in accounts.suggest(session, typed)]


async def submit(act: Act) -> None:
    """The form was sent: store it before the ack, so that a refusal can stand at the field."""
    meta = act.meta
    values, receipt = act.typed_as(view.values_from, meta), f"submit:{act.view_id}"
    if campaign := meta.get("campaign"):
        result = await act.run(campaigns.nominate, values, receipt, campaign)
    else:
        result = await act.run(nominations.submit, values, act.read_as(Source, meta.text("source")), receipt)
    if isinstance(result, AlreadyKnown):
        # Pushed on top of the form, which stays below as it was typed.
        await act.args.ack(response_action="push", view=_already_known(result, values.why, receipt, campaign))
    else:
        await act.args.ack(response_action="update", view=view.submitted(result.card, result.review_days))


def _already_known(result: AlreadyKnown, why: str, receipt: str, campaign: str | None) -> dict[str, Any]:
    return view.already_known(
        result.card,
        can_endorse=not result.is_own,
        why=why,
        meta=metadata({"nomination": result.card.id, "draft": receipt, "campaign": campaign}),
        different_person=result.can_differ,
    )


async def nominate_namesake(act: Act) -> None:
    """ "No, this is somebody else": store the form that was held back."""
    await act.args.ack()
    meta = act.meta
    if campaign := meta.get("campaign"):
        result = await act.run(campaigns.nominate_somebody_else, meta.text("draft"), campaign)
    else:
        result = await act.run(nominations.submit_somebody_else, meta.text("draft"))
    if isinstance(result, AlreadyKnown):
        await act.update(act.view_id, _already_known(result, "", meta.text("draft"), campaign))
        return
    thanks = view.submitted(result.card, result.review_days)
    await act.update(act.view_id, thanks)
    await _replace_form_below(act, thanks)


async def _replace_form_below(act: Act, thanks: dict[str, Any]) -> None:
    """The form that was held back has done its work, and must not come to light again when this view is closed."""
    below = act.view.get("previous_view_id")
    if below:
        await act.update(below, thanks)


async def endorse(act: Act) -> None:
    """ "Already known, endorse instead?": yes."""
    meta = act.meta
    card = await act.run(nominations.endorse, meta.text("nomination"), act.typed_as(view.note_from))
    thanks = view.endorsed(card)
    await act.args.ack(response_action="update", view=thanks)
    await _replace_form_below(act, thanks)


async def withdraw(act: Act) -> None:
    """The nominator takes a nomination back (the button has asked whether they are sure)."""
    await act.args.ack()
    card = await act.run(nominations.withdraw, act.value)
    await act.tell(f"Your nomination of {card.contact_name} is withdrawn.")
    await home.redraw(act)


async def open_answer(act: Act) -> None:
    """The nominator wants to answer the team's question."""
    await act.args.ack()
    nomination_id = act.value

    async def make() -> dict[str, Any]:
        return view.answer(await act.read(_own_card, nomination_id))

    await act.show("Answer the team", make)


def _own_card(session: GuardedSession, actor: Actor, _moment: Moment, nomination_id: str) -> Card:
    card = cards.one(session, nomination_id)
    permissions.check(actor, permissions.Action.ANSWER_QUESTION, relations_of(actor, card))
    after(card.state, Move.ANSWER)  # an old message may still offer it
    return card


async def answer(act: Act) -> None:
    """The answer was sent."""
    card = await act.run(nominations.answer, act.kept, act.typed_as(view.answer_from))
    await act.args.ack(response_action="update", view=view.answer_sent(card))
