"""What admins read when a message cannot be delivered where it should be. Decides nothing about sending."""

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType

from domain.messages import Rendered
from domain.settings import CHANNEL_WORDS, ChannelRole

INVITE = "type `/invite @Everboard` in it"
CHOOSE = "or choose another channel in `/advocacy settings`"


class Trouble(Enum):
    """What is wrong, and what helps."""

    MISSING = f"I can't find {{place}}. Create it and {INVITE} (I can't see a private channel before that), {CHOOSE}."
    UNSEEN = (
        "I can't see {place}: it was deleted, or it is private and I'm not a member. "
        f"If it is there, {INVITE}, {CHOOSE}."
    )
    NOT_IN = f"I'm not a member of {{place}}. Go to that channel and {INVITE}, {CHOOSE}."
    ARCHIVED = f"{{place}} is archived. Unarchive it, {CHOOSE}."
    RESTRICTED = f"I may not post in {{place}}. Ask whoever manages it to let Everboard post, {CHOOSE}."
    NOBODY = "Slack does not know this person any more."
    LET_GO = "Slack has let Everboard go: install it again."


TROUBLES: Mapping[str, Trouble] = MappingProxyType(
    {
        "not_in_channel": Trouble.NOT_IN,
        "channel_not_found": Trouble.UNSEEN,
        "is_archived": Trouble.ARCHIVED,
        "is_inactive": Trouble.ARCHIVED,
        "restricted_action": Trouble.RESTRICTED,
        "restricted_action_read_only_channel": Trouble.RESTRICTED,
        "restricted_action_thread_only_channel": Trouble.RESTRICTED,
        "restricted_action_non_threadable_channel": Trouble.RESTRICTED,
        "posting_to_channel_denied": Trouble.RESTRICTED,
        "user_not_found": Trouble.NOBODY,
        "account_inactive": Trouble.LET_GO,
        "token_revoked": Trouble.LET_GO,
    }
)
"""Refusals that somebody can do something about, in Slack's words."""

PLACES = frozenset({Trouble.MISSING, Trouble.UNSEEN, Trouble.NOT_IN, Trouble.ARCHIVED, Trouble.RESTRICTED})
"""Troubles of a channel: once they are mended, what waits is posted."""


def channel(channel_id: str) -> str:
    """A channel as Slack shows it."""
    return f"<#{channel_id}>"


def reason(trouble: Trouble, place: str) -> str:
    """One or two sentences, mrkdwn: what is wrong with `place` (a mention or #name) and what to do."""
    return trouble.value.format(place=place)


def notice(trouble: Trouble, place: str, role: ChannelRole | None) -> Rendered:
    """The message to an admin: what does not arrive, why, what to do, and that nothing is lost."""
    what = CHANNEL_WORDS[role] if role is not None else "A message"
    return Rendered(
        f"*{what}: can't be delivered.* {reason(trouble, place)}\n"
        "Nothing is lost: what should have been posted waits, and is posted once that is done."
    )
