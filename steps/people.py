"""Who is here: the workspace's members as Slack lists them, their functions and roles from user groups.

Decides who the first admin and the first advocacy team are while nobody has been chosen.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from domain import permissions
from domain.errors import RuleError
from domain.moment import Moment
from domain.people import Actor, Function, Role
from storage import audit, people, settings
from storage.guard import GuardedSession
from storage.people import Person


@dataclass(frozen=True, slots=True)
class Census:
    """What Slack says at one moment: who is listed, user groups' members by group id, the team channel's members."""

    listed: Collection[str]
    groups: Mapping[str, Sequence[str]] = field(default_factory=dict)
    group_handles: Mapping[str, str] = field(default_factory=dict)
    team_channel: Sequence[str] = ()


def keep_members(session: GuardedSession, moment: Moment, members: Sequence[Mapping[str, Any]]) -> None:
    """Take over one page of Slack's member list: a page a transaction, so that nobody waits for ten thousand."""
    for member in members:
        people.keep_member(session, moment, member)


def conclude_census(session: GuardedSession, moment: Moment, census: Census) -> int:
    """After the last page: who is gone, functions, roles. Answers how many full members have no known function."""
    _mark_missing(session, moment, census.listed)
    _apply_groups(session, census)
    _first_admins(session)
    team_from_channel(session, census.team_channel)
    session.flush()
    return len(people.unknown(session))


def _mark_missing(session: GuardedSession, moment: Moment, present: Collection[str]) -> None:
    """Somebody whom Slack no longer lists is gone, and must not be asked for anything."""
    for person in people.gone(session, present):
        person.standing, person.updated_at = "deactivated", moment.now


def _apply_groups(session: GuardedSession, census: Census) -> None:
    wanted = settings.load(session)
    functions = {**_functions_by_handle(census), **wanted.function_groups}
    for group, function in functions.items():
        for person in people.by_slack_ids(session, census.groups.get(group, ())):
            if person.function_source in {None, "group"}:
                person.function, person.function_source = function, "group"
    for group, role in wanted.role_groups.items():
        members = people.by_slack_ids(session, census.groups.get(group, ()))
        people.set_holders(session, Role(role), [person.id for person in members], f"group:{group}")


def _functions_by_handle(census: Census) -> dict[str, str]:
    """A group that bears a function's name means it, until somebody says otherwise in the settings."""
    names = {function.value.replace(" ", "-"): function.value for function in Function}
    return {group: names[handle] for group, handle in census.group_handles.items() if handle in names}


def _first_admins(session: GuardedSession) -> None:
    if not people.holders(session, Role.ADMIN):
        for person in people.slack_admins(session):
            people.grant(session, person.id, Role.ADMIN, "slack")


def team_from_channel(session: GuardedSession, slack_user_ids: Sequence[str]) -> None:
    """Let the members of the team's channel count as the team until anybody has been given that role."""
    members = [] if people.has_chosen_team(session) else people.by_slack_ids(session, slack_user_ids)
    people.set_holders(session, Role.TEAM, [person.id for person in members], people.FROM_CHANNEL)


def set_own_function(session: GuardedSession, actor: Actor, moment: Moment, function: Function) -> None:
    """Somebody says what they work in; nobody else's word outranks it but an import's."""
    permissions.check(actor, permissions.Action.NOMINATE)
    person = session.get_one(Person, (session.workspace_id, actor.person_id))
    person.function, person.function_source = function.value, "self"
    audit.record(
        session, moment, actor.person_id, "person.function", ("person", person.id), after={"function": function.value}
    )


def unknown(session: GuardedSession, actor: Actor, _moment: Moment) -> list[tuple[str, str]]:
    """Slack id and name of everybody whose function nobody knows."""
    permissions.check(actor, permissions.Action.SEE_UNKNOWN_PEOPLE)
    return [(person.slack_user_id or "", person.name) for person in people.unknown(session)]


def set_roles(session: GuardedSession, actor: Actor, moment: Moment, chosen: Mapping[Role, Sequence[str]]) -> None:
    """Give each role to exactly these Slack users by hand. Raises RuleError when no admin would be left."""
    permissions.check(actor, permissions.Action.EDIT_ROLES)
    if not chosen.get(Role.ADMIN):
        sentence = "Somebody has to be admin, or nobody could change this any more."
        raise RuleError(sentence, {"admin": sentence})
    for role, slack_user_ids in chosen.items():
        ids = [person.id for person in people.by_slack_ids(session, slack_user_ids)]
        for source in ("slack", people.FROM_CHANNEL):
            people.set_holders(session, role, [], source)
        added, removed = people.set_holders(session, role, ids)
        if added or removed:
            audit.record(
                session,
                moment,
                actor.person_id,
                "role.changed",
                ("role", role.name),
                before={"removed": sorted(removed)},
                after={"added": sorted(added)},
            )
