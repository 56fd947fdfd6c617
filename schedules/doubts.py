"""Settles messages of which nobody knows whether Slack has them. Decides what follows from looking.

By the time a lease has run out Slack shows everything that was sent under it. Found: delivered. Not found: sent
again. Not readable: what domain.messages.RULES says of its kind.
"""

import asyncio
from datetime import timedelta

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from domain.clock import Clock
from domain.messages import RULES, InDoubt
from schedules import history
from schedules.answers import Refusal
from schedules.records import NO_TOKEN_WAIT, Records, log
from schedules.sending import NETWORK, SlackFor, unrepeated
from storage.delivery import Claimed
from storage.outbox import TO_CHANNEL_ROLE

LOOKING_WAIT = timedelta(seconds=30)
"""Until the next look, when Slack did not answer."""


class Settler:
    """Looks for messages in doubt."""

    def __init__(self, records: Records, slack_for: SlackFor, clock: Clock, timeout: float) -> None:
        self._records, self._slack_for, self._clock, self._timeout = records, slack_for, clock, timeout

    async def settle(self, message: Claimed) -> None:
        """Find out whether the message is in Slack; write down that it is, or what is done about it."""
        sent_to = message.channel or message.target
        if message.post is not None or sent_to.startswith(TO_CHANNEL_ROLE):
            # A change is simply made again; a message without a channel never came as far as the call.
            await self._records.again(message, "The last attempt was cut off.")
            return
        try:
            client = unrepeated(await self._slack_for(message.workspace_id))
            async with asyncio.timeout(self._timeout):
                await self._look(client, message, sent_to)
        except LookupError:
            await self._not_now(message, "Slack is not connected", NO_TOKEN_WAIT)
        except SlackApiError as error:
            refusal = Refusal.of(error)
            await self._not_now(message, refusal.error, max(refusal.retry_after, LOOKING_WAIT))
        except NETWORK as error:
            await self._not_now(message, type(error).__name__, LOOKING_WAIT)

    async def _look(self, client: AsyncWebClient, message: Claimed, sent_to: str) -> None:
        try:
            found = await history.find(client, message, sent_to)
        except history.UnreadableError as error:
            await self._unreadable(message, str(error))
            return
        log(message).info("in doubt", found=found is not None)
        if found is None:
            await self._records.again(message, "The last attempt did not arrive.")
        else:
            await self._records.delivered(message, *found)

    async def _unreadable(self, message: Claimed, why: str) -> None:
        log(message).info("in doubt, and history is not readable", error=why)
        if RULES[message.kind].in_doubt is InDoubt.SEND_AGAIN:
            await self._records.again(message, "It may have arrived before; this is a possible repeat.")
        else:
            await self._records.dropped(message, "It may have arrived; it was not sent again.")

    async def _not_now(self, message: Claimed, why: str, wait: timedelta) -> None:
        problem = f"It may have arrived; Slack's history could not be read ({why})."
        await self._records.doubtful(message, problem, self._clock.real() + wait)
