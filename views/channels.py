"""Which channel is for what, and what is wrong with it. Fields bear a channel role's value, as refusals do."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from domain.settings import CHANNEL_WORDS, DEFAULT_CHANNEL_NAMES, ChannelRole, Settings
from views import blocks, inputs
from views.ids import Callback
from views.text import Block, in_words


class Risk(StrEnum):
    """What is risky about the channel where alerts name customers; completes "the channel for them …"."""

    PUBLIC = (
        "is public, so that everybody can read it, and whoever joins it counts as the advocacy team until somebody is "
        "given that role here"
    )
    SHARED = "is shared with another organisation"
    GUESTS = "has guests in it"
    UNREADABLE = "can't be looked into, so that nobody knows who reads it"


def warned(risks: Sequence[Risk]) -> list[Block]:
    """What is risky about the channel where alerts name customers; nothing where nothing is."""
    words = in_words([risk.value for risk in risks])
    text = (
        f":warning: Alerts name customers, and the channel for them {words}. A private channel without guests is best."
    )
    return [blocks.section(text)] if risks else []


def channels(found: Settings, in_use: Mapping[ChannelRole, str | None], risks: Sequence[Risk] = ()) -> Block:
    """Which channel is for what, and what is risky about the one for alerts."""
    advice = (
        "Alerts name customers: choose a private channel for them. Everboard has to be a member of each channel: type "
        "`/invite @Everboard` there."
    )
    content = [
        blocks.section(advice),
        *warned(risks),
        *[
            inputs.field(
                role.value,
                CHANNEL_WORDS[role],
                inputs.channel(found.channels.get(role) or in_use.get(role)),
                hint=f"Without a choice: the channel named {DEFAULT_CHANNEL_NAMES[role]}.",
                optional=True,
            )
            for role in ChannelRole
        ],
    ]
    return blocks.modal(Callback.SETTING_CHANNELS, "Channels", content, submit="Save")


def channels_from(typed: inputs.Typed) -> dict[ChannelRole, str | None]:
    """The channel chosen for each purpose, None where it is found by name."""
    return {role: inputs.channel_of(typed, role.value) for role in ChannelRole if inputs.has(typed, role.value)}
