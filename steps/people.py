"""Who is here: the workspace's members as Slack lists them, their functions and roles from user groups.

Decides who the first admin and the first advocacy team are while nobody has been chosen.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from domain import permissions
from domain.errors import RuleError
from domain.moment import Moment
from domain.people import Actor, Function, Role, Standing
from storage import audit, people, settings
from storage import members as member_rows
from storage.guard import GuardedSession
from storage.people import Person

TIME_ZONE = "time_zone"
"""The setting by whose clock a workspace's reminders come."""


@dataclass(frozen=True, slots=True)
class Groups:
    """Slack's user groups: their members (Slack ids) and their handles, by group id."""

    members: Mapping[str, Sequence[str]]
    handles: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Census:
    """What Slack says at one moment: who is listed, the groups, who is in the team's channel. None: it did not say."""

    listed: Collection[str]
    groups: Groups | None = None
    team_channel: Sequence[str] | None = None


def keep_members(session: GuardedSession, moment: Moment, listed: Sequence[Mapping[str, Any]]) -> None:
    """Take over one page of Slack's member list: a page a transaction, so that nobody waits for ten thousand."""
    member_rows.keep_all(session, moment, member_rows.worth_keeping(session, listed))


def conclude_census(session: GuardedSession, moment: Moment, census: Census) -> int:
    """After the last page: who is gone, functions, roles. Answers how many full members have no known function."""
    _mark_missing(session, moment, census.listed)
    apply_groups(session, moment, census.groups)
    _first_admins(session, moment)
    if census.team_channel is not None:
        team_from_channel(session, moment, census.team_channel)
    session.flush()
    _settle_time_zone(session, moment)
    return people.how_many_unknown(session)


def _settle_time_zone(session: GuardedSession, moment: Moment) -> None:
    """Slack knows no zone of a workspace: it is where most people are, once and for all, or 09:00 would be UTC's."""
    usual = people.usual_time_zone(session)
    if usual is not None and TIME_ZONE not in settings.stored(session):
        settings.save(session, moment, None, TIME_ZONE, usual)


def _mark_missing(session: GuardedSession, moment: Moment, present: Collection[str]) -> None:
    """Somebody whom Slack no longer lists is gone, and must not be asked for anything."""
    for person in people.gone(session, present):
        person.standing, person.updated_at = "deactivated", moment.now


def apply_groups(session: GuardedSession, moment: Moment, groups: Groups | None) -> None:
    """Let functions and roles follow the user groups; nothing changes while nobody knows who is in them."""
    if groups is None:
        return
    wanted = settings.load(session)
    functions = {**_functions_by_handle(groups), **wanted.function_groups}
    people.follow_groups(session, _functions_of_members(groups, functions))
    for group, role in wanted.role_groups.items():
        members = people.by_slack_ids(session, groups.members.get(group, ()))
        hold(session, moment, Role(role), [person.id for person in members], f"{people.THROUGH_GROUP}{group}")


def _functions_of_members(groups: Groups, functions: Mapping[str, str]) -> dict[str, str]:
    """The function of everybody in a group that means one; of several, the first group's by id, each time the same."""
    found: dict[str, str] = {}
    for group in sorted(functions):
        for slack_user_id in groups.members.get(group, ()):
            found.setdefault(slack_user_id, functions[group])
    return found


def _functions_by_handle(groups: Groups) -> dict[str, str]:
    """A group that bears a function's name means it, until somebody says otherwise in the settings."""
    names = {function.value.replace(" ", "-"): function.value for function in Function}
    return {group: names[handle] for group, handle in groups.handles.items() if handle in names}


def _first_admins(session: GuardedSession, moment: Moment) -> None:
    if not people.holders(session, Role.ADMIN):
        hold(session, moment, Role.ADMIN, [person.id for person in people.slack_admins(session)], "slack")


def team_from_channel(session: GuardedSession, moment: Moment, slack_user_ids: Sequence[str]) -> None:
    """Let the members of the team's channel count as the team until anybody has been given that role."""
    members = [] if people.has_chosen_team(session) else people.by_slack_ids(session, slack_user_ids)
    hold(session, moment, Role.TEAM, [person.id for person in members], people.FROM_CHANNEL)


def hold(session: GuardedSession, moment: Moment, role: Role, person_ids: Sequence[str], source: str) -> None:
    """Let a role follow what Slack says (`source`: a group, the channel), and write down who got and who lost it."""
    added, removed = people.set_holders(session, role, person_ids, source)
    if added or removed:
        audit.record(
            session,
            moment,
            None,
            "role.changed",
            ("role", role.name),
            before={"removed": sorted(removed)},
            after={"added": sorted(added)},
            reason=source,
        )


def who_i_am(session: GuardedSession, actor: Actor, _moment: Moment) -> tuple[Function | None, str | None]:
    """What somebody works in, and their manager's Slack id, as far as known."""
    permissions.check(actor, permissions.Action.NOMINATE)
    manager = people.manager_of(session, actor.person_id)
    return actor.function, manager.slack_user_id if manager else None


def say_who_i_am(
    session: GuardedSession, actor: Actor, moment: Moment, function: Function, manager_slack_id: str | None
) -> None:
    """Somebody says what they work in and who their manager is. Raises RuleError at the field `manager`."""
    permissions.check(actor, permissions.Action.NOMINATE)
    person = session.get_one(Person, (session.workspace_id, actor.person_id))
    manager = _manager(session, person, manager_slack_id)
    before = {"function": person.function, "manager": person.manager_id}
    person.function, person.function_source = function.value, "self"
    person.manager_id = manager.id if manager else None
    after = {"function": person.function, "manager": person.manager_id}
    audit.record(session, moment, actor.person_id, "person.said", ("person", person.id), before=before, after=after)


def _manager(session: GuardedSession, person: Person, slack_user_id: str | None) -> Person | None:
    if slack_user_id is None:
        return None
    manager = people.by_slack_id(session, slack_user_id)
    if manager is None or manager.standing != Standing.MEMBER.value:
        raise _not_your_manager("Please pick a colleague with a full Slack account.")
    if manager.id == person.id:
        raise _not_your_manager("Please pick somebody else than yourself.")
    if manager.manager_id == person.id:
        raise _not_your_manager(f"{manager.name} has named you as their manager. One of the two can't be right.")
    return manager


def _not_your_manager(sentence: str) -> RuleError:
    return RuleError(sentence, {"manager": sentence})


def unknown(session: GuardedSession, actor: Actor, _moment: Moment) -> list[tuple[str, str]]:
    """Slack id and name of everybody whose function nobody knows."""
    permissions.check(actor, permissions.Action.SEE_UNKNOWN_PEOPLE)
    return [(person.slack_user_id or "", person.name) for person in people.unknown(session)]


def set_roles(
    session: GuardedSession,
    actor: Actor,
    moment: Moment,
    chosen: Mapping[Role, Sequence[str]],
    shown: Mapping[Role, Collection[str]],
) -> None:
    """Give each role to these Slack users, by hand where that changes who holds it.

    Whoever holds a role and was not `shown` (a form has room for a hundred) keeps it.
    Raises RuleError, at the role's field, when no admin would be left, for somebody who is no full member, and for
    taking a role from somebody who holds it through a user group.
    """
    permissions.check(actor, permissions.Action.EDIT_ROLES)
    for role, slack_user_ids in chosen.items():
        now = {person.id: person for person in people.holders(session, role)}
        unseen = {person.id: person for person in now.values() if person.slack_user_id not in shown.get(role, ())}
        wanted = unseen | {person.id: person for person in _full_members(session, role, slack_user_ids)}
        if role is Role.ADMIN and not wanted:
            raise _at(Role.ADMIN, "Somebody has to be admin, or nobody could change this any more.")
        if wanted.keys() != now.keys():
            _give(session, actor, moment, role, wanted, now)


def _full_members(session: GuardedSession, role: Role, slack_user_ids: Sequence[str]) -> list[Person]:
    found = people.by_slack_ids(session, slack_user_ids)
    outside = [person.name for person in found if person.standing != Standing.MEMBER.value]
    if outside or len(found) < len(set(slack_user_ids)):
        who = outside[0] if outside else "One of them"
        raise _at(role, f"{who} is not a full member of this workspace, so they can't have this role.")
    return found


def _give(
    session: GuardedSession,
    actor: Actor,
    moment: Moment,
    role: Role,
    wanted: Mapping[str, Person],
    now: Mapping[str, Person],
) -> None:
    for source in ("slack", people.FROM_CHANNEL):
        people.set_holders(session, role, [], source)
    people.set_holders(session, role, _by_hand(session, role, wanted))
    session.flush()
    still = [person for person in people.holders(session, role) if person.id not in wanted]
    if still:
        raise _at(role, f"{still[0].name} has this role through a user group. Please change that in Slack.")
    audit.record(
        session,
        moment,
        actor.person_id,
        "role.changed",
        ("role", role.name),
        before={"removed": sorted(now.keys() - wanted.keys())},
        after={"added": sorted(wanted.keys() - now.keys())},
    )


def _by_hand(session: GuardedSession, role: Role, wanted: Collection[str]) -> set[str]:
    """All but those whose user group gives it to them: they lose it when they leave the group."""
    sources = people.sources_of(session, role)
    through_groups = {
        person_id
        for person_id, found in sources.items()
        if all(source.startswith(people.THROUGH_GROUP) for source in found)
    }
    return set(wanted) - through_groups


def _at(role: Role, sentence: str) -> RuleError:
    return RuleError(sentence, {role.value: sentence})
