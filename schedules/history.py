"""Looks in Slack for a message that may or may not have arrived. Decides nothing about what to do then."""

from datetime import timedelta

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from schedules.answers import PERSON, Meaning, Refusal
from storage.delivery import Claimed

EVENT_TYPE = "everboard_delivery"
"""What our messages' metadata call themselves; the payload holds the delivery id and nothing else."""

METADATA_SCOPE = "metadata.message:read"

SKEW = timedelta(seconds=30)
"""How far our clock and Slack's may be apart."""

PAGE, PAGES = 200, 20
"""Messages read at most; in a conversation with more since then, not finding it would prove nothing."""

_OPAQUE = {Meaning.PLACE, Meaning.NOBODY, Meaning.MALFORMED, Meaning.LATER}


class UnreadableError(Exception):
    """The conversation's history may not be read, so that nothing can be said."""


def metadata(message_id: str) -> dict[str, object]:
    """What every message carries, so that it can be found."""
    return {"event_type": EVENT_TYPE, "event_payload": {"id": message_id}}


async def find(client: AsyncWebClient, message: Claimed, channel: str) -> tuple[str, str] | None:
    """Channel and ts of the message in Slack; None when it surely is not there. As `copies`."""
    return next(iter(await copies(client, message, channel)), None)


async def copies(client: AsyncWebClient, message: Claimed, channel: str) -> list[tuple[str, str]]:
    """Channel and ts of each copy of the message in Slack, newest first; empty when it surely is not there.

    `channel` is where it was sent to; for a person's id their conversation with the bot is opened first. Raises
    UnreadableError, SlackApiError for what may pass (too fast, broken, token), and what the network raises.
    """
    try:
        return await _search(client, message, await _conversation(client, channel))
    except SlackApiError as error:
        refusal = Refusal.of(error)
        if refusal.error == "missing_scope" or refusal.meaning(channel, updating=False) in _OPAQUE:
            raise UnreadableError(refusal.error) from error
        raise


async def _conversation(client: AsyncWebClient, channel: str) -> str:
    if not channel.startswith(PERSON):
        return channel
    opened = await client.conversations_open(users=channel)
    return str(opened["channel"]["id"])


async def _search(client: AsyncWebClient, message: Claimed, channel: str) -> list[tuple[str, str]]:
    oldest = f"{(message.started_at - SKEW).timestamp():.6f}"
    cursor: str | None = None
    found: list[tuple[str, str]] = []
    for _ in range(PAGES):
        page = await client.conversations_history(
            channel=channel, oldest=oldest, inclusive=True, include_all_metadata=True, limit=PAGE, cursor=cursor
        )
        _check_scope(page)
        found += [(channel, str(posted["ts"])) for posted in page["messages"] if _id_of(posted) == message.id]
        cursor = (page.get("response_metadata") or {}).get("next_cursor")
        if not cursor:
            return found
    if found:
        return found
    raise UnreadableError("too many messages since")


def _check_scope(page: AsyncSlackResponse) -> None:
    """Without its scope Slack leaves metadata out without a word, and every message would seem lost."""
    headers = {key.lower(): value for key, value in page.headers.items()}
    granted = headers.get("x-oauth-scopes")
    if granted and METADATA_SCOPE not in granted:
        raise UnreadableError(f"{METADATA_SCOPE} is not granted")


def _id_of(posted: dict[str, object]) -> object:
    held = posted.get("metadata")
    if not isinstance(held, dict) or held.get("event_type") != EVENT_TYPE:
        return None
    payload = held.get("event_payload")
    return payload.get("id") if isinstance(payload, dict) else None
