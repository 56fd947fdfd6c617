"""What a program leader changes in Slack. The bounds are in domain.settings."""

from collections.abc import Mapping

from domain import permissions
from domain.currencies import check_currency
from domain.errors import RuleError
from domain.moment import Moment
from domain.people import GRANTED_ROLES, Actor, Role
from domain.request_routing import EVERY_ACTIVITY, Routing
from domain.settings import NUMBERS, ChannelRole, Settings, channel_key, check_number
from domain.time_zones import check_time_zone
from domain.vocabulary import Activity
from steps.people import TIME_ZONE, hold
from storage import audit, documents, outbox, people, settings, undelivered
from storage.guard import GuardedSession

FREE_DAYS = frozenset({"cap_uses", "cap_window_days", "rest_days"})
"""Numbers that decide when an advocate is free again: what the index knows of that is then worked out anew."""


def overview(session: GuardedSession, actor: Actor, _moment: Moment) -> tuple[Settings, dict[Role, list[str]], bool]:
    """The settings, who holds which role (Slack ids), and whether this person may change them."""
    permissions.check(actor, permissions.Action.LOOK_UP)
    holders = {role: [person.slack_user_id or "" for person in people.holders(session, role)] for role in GRANTED_ROLES}
    return settings.load(session), holders, permissions.may(actor, permissions.Action.EDIT_SETTINGS)


def overview_for_editing(
    session: GuardedSession, actor: Actor, moment: Moment
) -> tuple[Settings, dict[Role, list[str]], bool]:
    """The same, for whoever may change them only."""
    permissions.check(actor, permissions.Action.EDIT_SETTINGS)
    return overview(session, actor, moment)


def set_numbers(session: GuardedSession, actor: Actor, moment: Moment, typed: Mapping[str, str]) -> None:
    """Change numbers. Raises RuleError naming every field that is out of bounds; then nothing is changed."""
    permissions.check(actor, permissions.Action.EDIT_SETTINGS)
    wrong: dict[str, str] = {}
    values: dict[str, object] = {}
    for key in NUMBERS.keys() & typed.keys():
        try:
            values[key] = check_number(key, typed[key])
        except RuleError as error:
            wrong |= error.fields
    if wrong:
        raise RuleError("Some numbers are out of bounds.", wrong)
    now = settings.load(session).numbers
    changed = {key: value for key, value in values.items() if value != now[key]}
    _save(session, actor, moment, changed)
    if changed.keys() & FREE_DAYS:
        documents.outdate(session)


def set_time_zone(session: GuardedSession, actor: Actor, moment: Moment, name: str) -> None:
    """Say by which clock reminders come. Raises RuleError at the field for a zone that does not exist."""
    permissions.check(actor, permissions.Action.EDIT_SETTINGS)
    _save(session, actor, moment, {TIME_ZONE: check_time_zone(name)})


def currency(session: GuardedSession, actor: Actor, _moment: Moment) -> str:
    """The currency of an amount that names none."""
    permissions.check(actor, permissions.Action.LOOK_UP)
    return settings.load(session).currency


def set_currency(session: GuardedSession, actor: Actor, moment: Moment, code: str) -> None:
    """Say in which currency an amount without one is from now on; what is stored stays in its own.

    Raises RuleError at the field for one that is not known here.
    """
    permissions.check(actor, permissions.Action.EDIT_SETTINGS)
    _save(session, actor, moment, {"currency": check_currency(code)})


def set_routing(session: GuardedSession, actor: Actor, moment: Moment, chosen: Mapping[str, str]) -> None:
    """Say which way requests take from now on, by activity and for all others. Raises RuleError for an unknown one."""
    permissions.check(actor, permissions.Action.EDIT_SETTINGS)
    known = {mode.value for mode in Routing}
    if not set(chosen) <= {EVERY_ACTIVITY, *(one.value for one in Activity)} or not set(chosen.values()) <= known:
        raise RuleError("This form is from an earlier version. Please open the settings again.")
    _save(session, actor, moment, {"routing": dict(chosen)})


def set_channels(
    session: GuardedSession, actor: Actor, moment: Moment, chosen: Mapping[ChannelRole, str | None]
) -> None:
    """Say which channel is for what, and let go whatever waited for one."""
    permissions.check(actor, permissions.Action.EDIT_SETTINGS)
    _save(session, actor, moment, {channel_key(role): channel for role, channel in chosen.items()})
    outbox.release_held(session, moment)


def set_groups(
    session: GuardedSession,
    actor: Actor,
    moment: Moment,
    functions: Mapping[str, str],
    roles: Mapping[str, str],
) -> None:
    """Say which Slack user group means which function or role."""
    permissions.check(actor, permissions.Action.EDIT_ROLES)
    for group, role in settings.load(session).role_groups.items():
        if roles.get(group) != role:
            # The group means something else from now on.
            hold(session, moment, Role(role), [], f"{people.THROUGH_GROUP}{group}")
    _save(session, actor, moment, {"function_groups": dict(functions), "role_groups": dict(roles)})


def _save(session: GuardedSession, actor: Actor, moment: Moment, values: Mapping[str, object]) -> None:
    before = settings.stored(session)
    changed = {key: value for key, value in values.items() if before.get(key) != value}
    for key, value in changed.items():
        settings.save(session, moment, actor.person_id, key, value)
    if changed:
        audit.record(
            session,
            moment,
            actor.person_id,
            "settings.changed",
            ("workspace", session.workspace_id),
            before={key: before.get(key) for key in changed},
            after=changed,
        )


def problems(session: GuardedSession, actor: Actor, _moment: Moment) -> list[undelivered.Problem]:
    """Messages that could not be delivered, with the reason."""
    permissions.check(actor, permissions.Action.SEE_DEAD_LETTERS)
    return undelivered.problems(session)


def retry(session: GuardedSession, actor: Actor, moment: Moment, message_id: str) -> None:
    """Try a message again that was given up."""
    permissions.check(actor, permissions.Action.SEE_DEAD_LETTERS)
    undelivered.retry_dead(session, moment, message_id)
    audit.record(session, moment, actor.person_id, "message.retried", ("message", message_id))
