"""Talking with Everboard: a direct message or a mention is a look-up, the way to the form, or a call for help.

In a channel only the asker sees the answer. Bots, edits and Everboard itself are never answered.
"""

from typing import Any

import structlog
from slack_sdk.errors import SlackApiError

from domain.conversation import Heard, Wish, heard
from domain.errors import RuleError
from domain.messages import Rendered
from domain.offers import Answer
from handlers import lookup
from handlers.act import BUSY, Act
from handlers.advocacy_command import help_message
from handlers.answering import answered
from handlers.house import House
from handlers.switchboard import Switchboard
from steps import conversation
from storage.database import DatabaseBusyError
from views import blocks
from views import conversation as view
from views import lookup as lookup_view
from views.text import escape

WRITTEN = {None, "file_share", "thread_broadcast"}
"""Subtypes of what a person wrote, with or without a file."""

UNREACHABLE = {"not_in_channel", "channel_not_found", "is_archived", "user_not_in_channel"}
"""What Slack says where nothing can be said privately in a channel: then a direct message says it."""

log = structlog.get_logger(__name__)


def register(board: Switchboard, house: House) -> None:
    """Listen to direct messages and mentions."""
    board.event("message")(answered(house, message))
    board.event("app_mention")(answered(house, mention))


async def message(act: Act) -> None:
    """A person's own new direct message. Channels are told of by mentions."""
    if act.body["event"].get("channel_type") == "im":
        await _converse(act)


async def mention(act: Act) -> None:
    """A mention in a channel."""
    await _converse(act)


async def _converse(act: Act) -> None:
    event = act.body["event"]
    if not _is_said_by_a_person(act, event):
        return
    try:
        if await act.run(conversation.hear, event["channel"], event["ts"]):
            await _answer(act, heard(event.get("text") or ""))
    except RuleError as refusal:
        await _say(act, _sentence(refusal.message))
    except DatabaseBusyError:
        log.warning("database busy", act="conversation", exc_info=True)
        await _say(act, _sentence(BUSY))


def _is_said_by_a_person(act: Act, event: dict[str, Any]) -> bool:
    own = event.get("user") in {None, act.installation.bot_user_id}
    return not (own or event.get("bot_id") or event.get("edited")) and event.get("subtype") in WRITTEN


async def _answer(act: Act, said: Heard) -> None:
    match said.wish:
        case Wish.LOOK_UP:
            await _look_up(act, said.words)
        case Wish.NOMINATE:
            await _say(act, view.way_to_nominate(said.words))
        case Wish.HELP:
            await _say(act, await act.read(help_message))
        case Wish.NOTHING:
            await _say(act, view.short_help())


async def _look_up(act: Act, words: str) -> None:
    found: Answer = await lookup.answer_to(act, words)
    await _say(act, lookup_view.answer(found))
    await lookup.noted(act, found)


def _sentence(words: str) -> Rendered:
    return blocks.message(escape(words), [blocks.section(escape(words))])


async def _say(act: Act, answer: Rendered) -> None:
    """Where it was asked, and in its thread; in a channel to the asker alone."""
    event, client = act.body["event"], act.args.client
    told: dict[str, Any] = {"text": answer.text, "blocks": answer.blocks}
    where: dict[str, Any] = {"channel": event["channel"], "thread_ts": event.get("thread_ts")}
    try:
        if event.get("channel_type") == "im":
            await client.chat_postMessage(**where, **told)
        else:
            await client.chat_postEphemeral(**where, user=act.user_id, **told)
    except SlackApiError as error:
        if error.response.get("error") not in UNREACHABLE:
            raise
        await _say_directly(act, told)


async def _say_directly(act: Act, told: dict[str, Any]) -> None:
    """Where the conversation is gone, or not ours. Of somebody who is gone as well nobody waits for an answer."""
    try:
        await act.args.client.chat_postMessage(channel=act.user_id, **told)
    except SlackApiError as error:
        if error.response.get("error") not in UNREACHABLE:
            raise
        log.info("nowhere to answer", error=error.response.get("error"))
