"""Settings at a glance, and the numbers. Decides no bounds. Fields bear the names that refusals use: a number's key."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from domain.messages import Rendered
from domain.numbers import Number
from domain.people import GRANTED_ROLES, Role
from domain.retention import KEPT
from domain.settings import CHANNEL_WORDS, DEFAULT_CHANNEL_NAMES, NUMBERS, ChannelRole, Settings
from views import blocks, crm, currencies, inputs, routing, stages, volunteers
from views.channels import Risk, warned
from views.delivery import Trouble, reason
from views.ids import Action, Callback
from views.text import Block, channel, count, line, mentions

KEPT_TITLE = "How long data is kept"


def overview(
    found: Settings,
    channels: Mapping[ChannelRole, str | None],
    holders: Mapping[Role, Sequence[str]],
    *,
    can_edit: bool,
    risks: Sequence[Risk] = (),
    troubles: Mapping[ChannelRole, Trouble] = MappingProxyType({}),
) -> Block:
    """Everything at a glance. `channels` are those in use (ids), `holders` Slack ids by role.

    `troubles` say of which channel Everboard is no member, and the like.
    """
    numbers = [f"{number.words} *{count_of(found, key)}*" for key, number in NUMBERS.items() if key not in KEPT]
    kept = [f"{number.words} *{count_of(found, key)}*" for key, number in KEPT.items()]
    used = [f"{CHANNEL_WORDS[role]}: {_channel(channels.get(role), role, troubles.get(role))}" for role in ChannelRole]
    roles = [f"{role.value.capitalize()}: {mentions(holders.get(role, ())) or 'nobody yet'}" for role in GRANTED_ROLES]
    groups = count(len({**found.function_groups, **found.role_groups}), "user group")
    content = [
        _part("Numbers", numbers, Action.SETTING_NUMBERS, can_edit=can_edit),
        _part(KEPT_TITLE, kept, Action.SETTING_KEPT, can_edit=can_edit),
        _part("Time zone", [_clock(found)], Action.SETTING_TIME_ZONE, can_edit=can_edit),
        _part(currencies.TITLE, [currencies.in_short(found.currency)], Action.SETTING_CURRENCY, can_edit=can_edit),
        _part(volunteers.TITLE, [volunteers.in_short(is_on=found.join_open)], Action.SETTING_JOIN, can_edit=can_edit),
        _part("Channels", used, Action.SETTING_CHANNELS, can_edit=can_edit),
        *warned(risks),
        _part("Roles", roles, Action.SETTING_ROLES, can_edit=can_edit),
        _part("User groups", [f"{groups} stand for functions or roles"], Action.SETTING_GROUPS, can_edit=can_edit),
        _part(routing.TITLE, routing.in_short(found.routing), Action.SETTING_ROUTING, can_edit=can_edit),
        _part(crm.TITLE, [crm.in_short(found)], Action.SETTING_CRM, can_edit=can_edit),
        _part(stages.TITLE, stages.in_short(found.stage_map), Action.SETTING_STAGES, can_edit=can_edit),
        *(_hands() if can_edit else [blocks.context("The program leader or an Everboard admin can change these.")]),
    ]
    return blocks.modal(Callback.SETTINGS, "Settings", content)


def count_of(found: Settings, key: str) -> str:
    """A setting with its unit: "7 days"."""
    value = found.numbers.get(key, NUMBERS[key].default)
    return count(value, NUMBERS[key].unit.removesuffix("s"))


def _clock(found: Settings) -> str:
    return f"Reminders and digests come by the clock of *{line(found.time_zone)}*"


def _channel(channel_id: str | None, role: ChannelRole, trouble: Trouble | None) -> str:
    if channel_id is None:
        return f"none (there is no channel named {DEFAULT_CHANNEL_NAMES[role]})"
    place = channel(channel_id)
    return f"{place}\n:warning: {reason(trouble, place)}" if trouble else place


def _part(title: str, rows: Sequence[str], action: Action, *, can_edit: bool) -> Block:
    edit = blocks.button("Change", action, spoken=f"Change {title.lower()}") if can_edit else None
    return blocks.section("\n".join([f"*{title}*", *[f"• {row}" for row in rows]]), edit)


def _hands() -> list[Block]:
    row = [
        blocks.button("Words we use", Action.WORDS, spoken="Words we use: industries, products, roles and more"),
        blocks.button("Nudges", Action.NUDGES, spoken="Nudges: who gets which, when and why"),
        blocks.button("What people need", Action.RESISTANCE, spoken="What people need: the resistance log, on or off"),
        blocks.button("People without a function", Action.UNKNOWN_PEOPLE),
        blocks.button("Undelivered messages", Action.DEAD_LETTERS),
        blocks.button("Erase a person", Action.ERASE),
        blocks.button("Do-not-contact list", Action.DO_NOT_CONTACT),
    ]
    return [blocks.divider(), *blocks.actions(row)]


def numbers(found: Settings) -> Block:
    """The numbers, each with its bounds and why its default is what it is."""
    return _form("Numbers", found, {key: number for key, number in NUMBERS.items() if key not in KEPT})


def kept(found: Settings) -> Block:
    """The same of how long data is kept."""
    return _form(KEPT_TITLE, found, KEPT)


def _form(title: str, found: Settings, asked: Mapping[str, Number]) -> Block:
    content = [
        inputs.field(
            key,
            f"{number.words} … {number.unit}",
            inputs.text_input(str(found.numbers.get(key, number.default)), most=10),
            hint=f"{number.least} to {number.most}, usually {number.default}. {number.why}",
        )
        for key, number in asked.items()
    ]
    return blocks.modal(Callback.SETTING_NUMBERS, title, content, submit="Save")


def numbers_from(typed: inputs.Typed) -> dict[str, str]:
    """What was typed for each number, unchecked."""
    return {key: inputs.text_of(typed, key) for key in NUMBERS if inputs.has(typed, key)}


def in_modal(title: str, message: Rendered) -> Block:
    """A message where there is no conversation to put it into."""
    return blocks.modal(Callback.NOTHING, title, [dict(block) for block in message.blocks])
