"""What admins read when a message cannot be delivered where it should be. Decides nothing about sending."""

from enum import Enum

from domain.messages import Rendered
from domain.settings import CHANNEL_WORDS, ChannelRole

INVITE = "type `/invite @Everboard` in it"
CHOOSE = "or choose another channel in `/advocacy settings`"


class Trouble(Enum):
    """What is wrong with a channel, and what helps."""

    MISSING = f"I can't find {{place}}. Create it and {INVITE} (I can't see a private channel before that), {CHOOSE}."
    UNSEEN = (
        "I can't see {place}: it was deleted, or it is private and I'm not a member. "
        f"If it is there, {INVITE}, {CHOOSE}."
    )
    NOT_IN = f"I'm not a member of {{place}}. Go to that channel and {INVITE}, {CHOOSE}."
    ARCHIVED = f"{{place}} is archived. Unarchive it, {CHOOSE}."
    RESTRICTED = f"I may not post in {{place}}. Ask whoever manages it to let Everboard post, {CHOOSE}."


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
