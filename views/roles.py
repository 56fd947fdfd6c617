"""Who has which role, by hand and through user groups. Fields bear a role's value or a group's id."""

from collections.abc import Mapping, Sequence

from domain.people import GRANTED_ROLES, Function, Role
from domain.settings import Settings
from views import blocks, inputs
from views.ids import Callback
from views.text import Block, count

GROUPS = 90
"""User groups in one form; a modal holds 100 blocks."""

FUNCTION, ROLE = "function:", "role:"

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
            hint=_hint(role, len(holders.get(role, ()))),
            optional=role is not Role.ADMIN,
        )
        for role in GRANTED_ROLES
    ]
    return blocks.modal(Callback.SETTING_ROLES, "Roles", content, submit="Save")


def _hint(role: Role, number: int) -> str:
    if number <= inputs.OPTIONS:
        return _ROLE_HINTS[role]
    unseen = count(number - inputs.OPTIONS, "more colleague")
    return (
        f"{_ROLE_HINTS[role]} {unseen} of this role, who find no room here, keep it; a user group can hold any number."
    )


def roles_shown(form: Block) -> dict[Role, tuple[str, ...]]:
    """Who stood in each role's field when the form was opened."""
    fields = {block.get("block_id"): block["element"] for block in form.get("blocks") or [] if "element" in block}
    return {
        role: tuple(fields[role.value].get("initial_users") or ()) for role in GRANTED_ROLES if role.value in fields
    }


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
