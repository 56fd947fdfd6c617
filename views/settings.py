"""Settings as people see and change them: numbers, channels, roles, user groups; and what needs an admin's hand.

Decides no bounds. Fields bear the names that refusals use: a number's key, a role's value, a channel role's value.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Protocol

from domain.messages import Rendered
from domain.people import GRANTED_ROLES, Function, Role
from domain.settings import CHANNEL_WORDS, DEFAULT_CHANNEL_NAMES, NUMBERS, ChannelRole, Settings
from views import blocks, inputs
from views.ids import Action, Callback
from views.text import Block, channel, count, in_words, line, mention, mentions

GROUPS = 90
"""User groups in one form; a modal holds 100 blocks."""

LISTED = 80
"""People or messages in one list."""


class Risk(StrEnum):
    """What is risky about the channel where alerts name customers; completes "the channel for them …"."""

    PUBLIC = (
        "is public, so that everybody can read it, and whoever joins it counts as the advocacy team until somebody is "
        "given that role here"
    )
    SHARED = "is shared with another organisation"
    GUESTS = "has guests in it"
    UNREADABLE = "can't be looked into, so that nobody knows who reads it"


FUNCTION, ROLE = "function:", "role:"


class Undelivered(Protocol):
    """A message that waits for a hand."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def target(self) -> str:
        """Where it should have gone."""

    @property
    def status(self) -> str:
        """ "held" until its channel is mended, or "dead"."""

    @property
    def reason(self) -> str:
        """Slack's word for why."""


def overview(
    found: Settings,
    channels: Mapping[ChannelRole, str | None],
    holders: Mapping[Role, Sequence[str]],
    *,
    can_edit: bool,
    risks: Sequence[Risk] = (),
) -> Block:
    """Everything at a glance. `channels` are those in use (ids), `holders` Slack ids by role."""
    numbers = [f"{number.words} *{count_of(found, key)}*" for key, number in NUMBERS.items()]
    used = [f"{CHANNEL_WORDS[role]}: {_channel(channels.get(role), role)}" for role in ChannelRole]
    roles = [f"{role.value.capitalize()}: {mentions(holders.get(role, ())) or 'nobody yet'}" for role in GRANTED_ROLES]
    groups = count(len({**found.function_groups, **found.role_groups}), "user group")
    content = [
        _part("Numbers", numbers, Action.SETTING_NUMBERS, can_edit=can_edit),
        _part("Channels", used, Action.SETTING_CHANNELS, can_edit=can_edit),
        *_warned(risks),
        _part("Roles", roles, Action.SETTING_ROLES, can_edit=can_edit),
        _part("User groups", [f"{groups} stand for functions or roles"], Action.SETTING_GROUPS, can_edit=can_edit),
        *(_hands() if can_edit else [blocks.context("The program leader or an Everboard admin can change these.")]),
    ]
    return blocks.modal(Callback.SETTINGS, "Settings", content)


def count_of(found: Settings, key: str) -> str:
    """A setting with its unit: "7 days"."""
    value = found.numbers.get(key, NUMBERS[key].default)
    return count(value, NUMBERS[key].unit.removesuffix("s"))


def _channel(channel_id: str | None, role: ChannelRole) -> str:
    return channel(channel_id) if channel_id else f"none (there is no channel named {DEFAULT_CHANNEL_NAMES[role]})"


def _part(title: str, rows: Sequence[str], action: Action, *, can_edit: bool) -> Block:
    edit = blocks.button("Change", action, spoken=f"Change {title.lower()}") if can_edit else None
    return blocks.section("\n".join([f"*{title}*", *[f"• {row}" for row in rows]]), edit)


def _hands() -> list[Block]:
    row = [
        blocks.button("People without a function", Action.UNKNOWN_PEOPLE),
        blocks.button("Undelivered messages", Action.DEAD_LETTERS),
    ]
    return [blocks.divider(), *blocks.actions(row)]


def numbers(found: Settings) -> Block:
    """The numbers, each with its bounds and why its default is what it is."""
    content = [
        inputs.field(
            key,
            f"{number.words} … {number.unit}",
            inputs.text_input(str(found.numbers.get(key, number.default)), most=10),
            hint=f"{number.least} to {number.most}, usually {number.default}. {number.why}",
        )
        for key, number in NUMBERS.items()
    ]
    return blocks.modal(Callback.SETTING_NUMBERS, "Numbers", content, submit="Save")


def numbers_from(typed: inputs.Typed) -> dict[str, str]:
    """What was typed for each number, unchecked."""
    return {key: inputs.text_of(typed, key) for key in NUMBERS if inputs.has(typed, key)}


def _warned(risks: Sequence[Risk]) -> list[Block]:
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
        *_warned(risks),
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


_ROLE_HINTS: Mapping[Role, str] = {
    Role.TEAM: "Review nominations, write profiles, see contact details.",
    Role.LEADER: "Runs the program: reviews, settings, reports.",
    Role.CHAMPION: "Sees value and health of the program.",
    Role.CHANGE_PARTNER: "Enablement or HR: sees pulse results.",
    Role.ADMIN: "Settings, roles, import, export and erasing. Somebody has to be one.",
}


def roles(holders: Mapping[Role, Sequence[str]]) -> Block:
    """Who has which role."""
    content = [
        inputs.field(
            role.value,
            role.value.capitalize(),
            inputs.people(holders.get(role, ()), "Pick colleagues"),
            hint=_ROLE_HINTS[role],
            optional=role is not Role.ADMIN,
        )
        for role in GRANTED_ROLES
    ]
    return blocks.modal(Callback.SETTING_ROLES, "Roles", content, submit="Save")


def roles_from(typed: inputs.Typed) -> dict[Role, tuple[str, ...]]:
    """The Slack ids chosen for each role."""
    return {role: inputs.people_of(typed, role.value) for role in GRANTED_ROLES if inputs.has(typed, role.value)}


def groups(user_groups: Sequence[tuple[str, str, str]], found: Settings) -> Block:
    """What each user group (id, handle, name) stands for: a function, a role, or both."""
    if not user_groups:
        return blocks.notice("User groups", "This workspace has no user groups, or its plan does not include them.")
    mapped = {**found.function_groups, **found.role_groups}
    ordered = sorted(user_groups, key=lambda group: (group[0] not in mapped, group[1].casefold()))
    content = [
        blocks.section("A user group can stand for a function, a role, or one of each. Members follow by themselves."),
        *[_group_field(*group, found) for group in ordered[:GROUPS]],
    ]
    if len(ordered) > GROUPS:
        content.append(blocks.context(f"And {len(ordered) - GROUPS} more that stand for nothing yet."))
    return blocks.modal(Callback.SETTING_GROUPS, "User groups", content, submit="Save")


def _group_field(group_id: str, handle: str, name: str, found: Settings) -> Block:
    chosen = [FUNCTION + found.function_groups.get(group_id, ""), ROLE + found.role_groups.get(group_id, "")]
    choices = [
        *[inputs.option(f"Function: {function.value}", FUNCTION + function.value) for function in Function],
        *[inputs.option(f"Role: {role.value}", ROLE + role.value) for role in GRANTED_ROLES],
    ]
    element = {**inputs.multi_select(choices, chosen, "Nothing in particular"), "max_selected_items": 2}
    return inputs.field(group_id, f"@{handle[:80]} ({name[:200]})", element, optional=True)


def groups_from(typed: inputs.Typed) -> tuple[dict[str, str], dict[str, str]]:
    """The function by group id, and the role by group id; of two functions the first counts."""
    functions: dict[str, str] = {}
    roles_by_group: dict[str, str] = {}
    for group_id in typed:
        for value in inputs.choices_of(typed, group_id):
            kind, _, meaning = value.partition(":")
            (functions if f"{kind}:" == FUNCTION else roles_by_group).setdefault(group_id, meaning)
    return functions, roles_by_group


_REASONS: Mapping[str, str] = {
    "not_in_channel": "Everboard is not a member of this channel. Type `/invite @Everboard` there.",
    "channel_not_found": "Everboard cannot see this channel. Type `/invite @Everboard` there, or choose another one.",
    "is_archived": "This channel is archived. Bring it back, or choose another one in Settings.",
    "user_not_found": "Slack does not know this person any more.",
    "account_inactive": "Slack has let Everboard go: install it again.",
    "token_revoked": "Slack has let Everboard go: install it again.",
}


def problems(found: Sequence[Undelivered]) -> Block:
    """Messages that could not be delivered: why, what to do, and to try again."""
    if not found:
        return blocks.notice("Undelivered", "Every message was delivered.")
    content = [_problem(one) for one in found[:LISTED]]
    if len(found) > LISTED:
        content.append(blocks.context(f"And {len(found) - LISTED:,} more."))
    return blocks.modal(Callback.NOTHING, "Undelivered", content)


def _problem(one: Undelivered) -> Block:
    # What is held bears a sentence of views.delivery, with a channel in it; what was given up, Slack's own word.
    known = next((words for error, words in _REASONS.items() if error in one.reason), None)
    why = one.reason if one.status == "held" and " " in one.reason else known or line(one.reason, 300)
    again = blocks.button("Try again", Action.RETRY_DEAD, one.id, spoken="Try again to deliver this message")
    return blocks.section(f"*To {_target(one.target)}*\n{why}", again if one.status == "dead" else None)


def _target(target: str) -> str:
    prefix, _, role = target.partition(":")
    if role in set(ChannelRole):
        return f"the channel for: {CHANNEL_WORDS[ChannelRole(role)]}"
    if prefix[:1] in {"U", "W"}:
        return mention(target)
    return channel(target)


def in_modal(title: str, message: Rendered) -> Block:
    """A message where there is no conversation to put it into."""
    return blocks.modal(Callback.NOTHING, title, [dict(block) for block in message.blocks])
