"""Sends one message that was claimed. Decides which call it takes; what came of it is written by schedules.records.

A message costs one call that changes something in Slack. Whatever goes wrong after that call has begun and before
its outcome is written leaves the lease to run out: the message is then in doubt (schedules.doubts).
"""

import asyncio
import copy
from collections.abc import Awaitable, Callable
from datetime import timedelta

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from domain.clock import Clock
from domain.messages import Kind
from domain.settings import DEFAULT_CHANNEL_NAMES, ChannelRole
from schedules import history
from schedules.answers import TROUBLES, Meaning, Refusal
from schedules.channels import Channels
from schedules.records import Pause, Records, log
from storage.database import DatabaseBusyError
from storage.delivery import Claimed
from storage.outbox import TO_CHANNEL_ROLE
from views import delivery as view

SlackFor = Callable[[str], Awaitable[AsyncWebClient]]
"""A workspace's Slack client, by the workspace's id. Raises LookupError while Slack has not connected it."""

NETWORK = (TimeoutError, OSError, aiohttp.ClientError)
"""What calling Slack raises when there is no answer."""

SPARE = timedelta(seconds=20)
"""What must be left of the lease, beyond the call's time-out, for a send to begin."""

SETTLING = 10.0
"""Seconds after which Slack has done what was under way when we stopped listening; a second copy stands no longer."""

FALLBACK = "A message from Everboard"
"""Stands where a message has no text: screen readers and notifications need one."""


def unrepeated(client: AsyncWebClient) -> AsyncWebClient:
    """The client without the SDK's own retries: those would send twice behind our back."""
    mine = copy.copy(client)
    mine.retry_handlers = []
    return mine


class Sender:
    """Posts messages, or changes them in place."""

    def __init__(
        self, records: Records, channels: Channels, slack_for: SlackFor, clock: Clock, timeout: float, pause: Pause
    ) -> None:
        self._records, self._channels, self._slack_for = records, channels, slack_for
        self._clock, self._timeout, self._pause = clock, timeout, pause

    async def send(self, message: Claimed) -> None:
        """Post or change the message, and have what came of it written down. `timeout` is in real seconds."""
        if self._clock.real() + timedelta(seconds=self._timeout) + SPARE > message.lease_until:
            await self._records.hand_back([message])  # this process slept: the lease is nearly over
            return
        if message.kind is Kind.ERASURE and message.post is None:
            await self._records.dropped(message, "There is no message to change.")
            return
        try:
            client = unrepeated(await self._slack_for(message.workspace_id))
        except LookupError:
            await self._records.not_connected(message, "Slack is not connected.")
            return
        place = await self._place(client, message)
        if place is not None:
            await self._send(client, message, place)

    async def _place(self, client: AsyncWebClient, message: Claimed) -> str | None:
        """Where the message goes: a conversation or a person. None when that failed and was written down."""
        if message.post is not None or not message.target.startswith(TO_CHANNEL_ROLE):
            return message.target
        role = ChannelRole(message.target.removeprefix(TO_CHANNEL_ROLE))
        try:
            async with asyncio.timeout(self._timeout):
                channel = await self._channels.of(client, message.workspace_id, role)
        except SlackApiError as error:
            await self._not_placed(message, Refusal.of(error))
            return None
        except NETWORK as error:
            await self._records.later(message, f"Slack did not answer ({type(error).__name__}).")
            return None
        except DatabaseBusyError:
            await self._records.later(message, "The database was busy.")
            return None
        if channel is None:
            await self._records.held(message, view.Trouble.MISSING, f"#{DEFAULT_CHANNEL_NAMES[role]}")
            return None
        await self._records.going_to(message, channel)
        return channel

    async def _not_placed(self, message: Claimed, refusal: Refusal) -> None:
        meaning = refusal.meaning(message.target, updating=False)
        if meaning in (Meaning.TOKEN, Meaning.TOKEN_OR_NOBODY):
            await self._records.not_connected(message, f"Slack refused the workspace: {refusal.error}.")
        else:
            await self._records.later(message, f"The channel could not be looked up: {refusal.error}.")

    async def _send(self, client: AsyncWebClient, message: Claimed, place: str) -> None:
        try:
            async with asyncio.timeout(self._timeout):
                channel, ts = await _call(client, message, place)
        except SlackApiError as error:
            await self._refused(client, message, Refusal.of(error), place)
        except aiohttp.ClientConnectorError:
            await self._records.later(message, "Slack can't be reached.")
        except NETWORK as error:
            if not await self._records.doubtful(message, f"Slack did not answer ({type(error).__name__})."):
                await self._take_back(client, message, place)
        else:
            twice = await self._records.delivered(message, channel, ts)
            if twice and message.post is None:
                await _delete(client, message, channel, ts)

    async def _take_back(self, client: AsyncWebClient, message: Claimed, place: str) -> None:
        """This process stood still for longer than its lease, and somebody else has sent the message: once is enough.

        Where our call reached Slack after they had looked, nobody but us knows of it.
        """
        await self._pause(SETTLING)
        if message.post is not None:
            await self._records.changed_late(message)
            return
        try:
            async with asyncio.timeout(self._timeout):
                found = await history.copies(client, message, place)
        except (history.UnreadableError, SlackApiError, *NETWORK) as error:
            log(message).warning("a second copy may stay", error=str(error))
            return
        for channel, ts in found:
            if await self._records.delivered(message, channel, ts):
                await _delete(client, message, channel, ts)

    async def _refused(self, client: AsyncWebClient, message: Claimed, refusal: Refusal, place: str) -> None:
        meaning = refusal.meaning(message.target, updating=message.post is not None)
        if meaning is Meaning.TOKEN_OR_NOBODY:
            meaning = Meaning.NOBODY if await _token_works(client) else Meaning.TOKEN
        log(message).info("refused", error=refusal.error, meaning=meaning.name)
        if meaning is Meaning.GONE and message.kind is Kind.ERASURE:
            await self._not_changed(client, message, refusal, place)
        else:
            await self._act_on(meaning, client, message, refusal, place)

    async def _act_on(
        self, meaning: Meaning, client: AsyncWebClient, message: Claimed, refusal: Refusal, place: str
    ) -> None:
        match meaning:
            case Meaning.TOO_FAST:
                await self._records.too_fast(message, refusal.retry_after)
            case Meaning.PLACE:
                self._channels.forget(message.workspace_id)
                await self._records.held(message, TROUBLES[refusal.error], view.channel(place))
            case Meaning.GONE:
                await self._records.gone(message)
            case Meaning.NOBODY | Meaning.MALFORMED:
                await self._records.dead(message, f"Slack refused it: {refusal.error}.")
            case Meaning.TOKEN:
                await self._records.not_connected(message, f"Slack refused the workspace: {refusal.error}.")
            case Meaning.BROKEN:
                await self._broken(client, message, refusal, place)
            case _:
                await self._records.later(message, f"Slack refused it: {refusal.error}.")

    async def _not_changed(self, client: AsyncWebClient, message: Claimed, refusal: Refusal, place: str) -> None:
        """What speaks of somebody who was erased can't be changed: it is gone already, or goes, or a hand is needed.

        Never posted anew.
        """
        if refusal.error == "message_not_found":
            await self._records.dropped(message, "The message to change is no longer in Slack.")
        elif refusal.error in TROUBLES:
            await self._records.held(message, TROUBLES[refusal.error], view.channel(place))
        elif message.post is not None and await _delete(client, message, *message.post):
            await self._records.dropped(message, "Slack lets nobody change it, so it was deleted.")
        else:
            await self._records.dead(message, f"Slack refused it: {refusal.error}. Please delete it by hand.")

    async def _broken(self, client: AsyncWebClient, message: Claimed, refusal: Refusal, place: str) -> None:
        """Slack failed, and may have posted it all the same: look before it is tried again."""
        problem = f"Slack failed: {refusal.error}."
        try:
            async with asyncio.timeout(self._timeout):
                found = None if message.post is not None else await history.find(client, message, place)
        except history.UnreadableError:
            found = None  # an answer that says "failed" mostly means that nothing was posted
        except (SlackApiError, *NETWORK):
            await self._records.doubtful(message, problem)
            return
        if found is None:
            await self._records.later(message, problem)
        else:
            await self._records.delivered(message, *found)


async def _call(client: AsyncWebClient, message: Claimed, place: str) -> tuple[str, str]:
    text, blocks = message.text or FALLBACK, [dict(block) for block in message.blocks]
    metadata = history.metadata(message.id)
    if message.post is not None:
        channel, ts = message.post
        await client.chat_update(channel=channel, ts=ts, text=text, blocks=blocks, metadata=metadata)
        return channel, ts
    posted = await client.chat_postMessage(
        channel=place, text=text, blocks=blocks or None, metadata=metadata, unfurl_links=False, unfurl_media=False
    )
    return str(posted["channel"]), str(posted["ts"])


async def _token_works(client: AsyncWebClient) -> bool:
    """Whether "account inactive" was said of the reader, and not of the bot."""
    try:
        await client.auth_test()
    except (SlackApiError, *NETWORK):
        return False
    return True


async def _delete(client: AsyncWebClient, message: Claimed, channel: str, ts: str) -> bool:
    """Whether it is gone from Slack now."""
    try:
        await client.chat_delete(channel=channel, ts=ts)
    except (SlackApiError, *NETWORK) as error:
        log(message).warning("a message that should go stays", error=str(error))
        return False
    return True
