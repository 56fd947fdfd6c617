"""The resistance log: switching it on and off, and who may read it. Its entries are in steps.conversations.

Every reading by name writes an audit row, so that whoever it is about can be told who looked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from domain import permissions
from domain.errors import NotAllowed, RuleError
from domain.messages import Kind
from domain.moment import Moment
from domain.people import Actor, Role, Standing
from domain.permissions import Action
from domain.resistance import OFF, Log, Reader, Switch, counts_of
from domain.settings import Settings
from domain.time_zones import zone_of
from storage import audit, outbox, people, resistance, settings
from storage.guard import GuardedSession
from storage.people import Person
from views import resistance_messages as messages

LOG_ON, LIST_ON, READERS = "log_on", "list_on", "log_readers"
"""The settings' keys."""


@dataclass(frozen=True, slots=True)
class On:
    """What the form that switches on says. `understood`: its notice was agreed to."""

    log: bool
    listing: bool
    reader_slack_ids: Sequence[str]
    understood: bool


@dataclass(frozen=True, slots=True)
class Off:
    """What the form that switches off says. `keep`: entries stay, closed to everybody, until their time is over."""

    log: bool
    listing: bool
    keep: bool


def today_in(moment: Moment, known: Settings) -> date:
    """Which day it is on the workspace's calendar."""
    return moment.now.astimezone(zone_of(known.time_zone)).date()


def switch_of(session: GuardedSession, known: Settings) -> Switch:
    """How it is switched. Three statements."""
    leaders = {one.id: one for role in (Role.LEADER, Role.CHAMPION) for one in people.holders(session, role)}
    named = [leaders[one] for one in known.log_readers if one in leaders]
    readers = [Reader(one.id, one.name, one.slack_user_id or "") for one in named]
    months = known.numbers["log_months"]
    return Switch(known.log_on, known.list_on, readers, months, resistance.how_many(session))


def check_reader(actor: Actor, switch: Switch) -> None:
    """Raises NotAllowed for whoever was not named, with the names of those who were."""
    permissions.check(actor, Action.SEE_RESISTANCE_NAMES)
    if actor.person_id not in {one.person_id for one in switch.readers}:
        named = ", ".join(one.name for one in switch.readers) or "nobody"
        raise NotAllowed(
            f"Only the leaders who were named for it can read names here: {named}. Please ask one of them."
        )


def check_on(switch: Switch) -> None:
    """Raises RuleError while the log is off."""
    if not switch.log:
        raise RuleError(OFF)


def seen(session: GuardedSession, actor: Actor, moment: Moment) -> Log:
    """The log for this person: entries for those who were named, figures for change partners. Raises NotAllowed.

    Nobody sees anything of it while it is off; how to switch it on is for the leader to see.
    """
    permissions.check(actor, Action.SEE_RESISTANCE_LOG)
    known = settings.load(session)
    today, switch = today_in(moment, known), switch_of(session, known)
    switches = permissions.may(actor, Action.SWITCH_LOG)
    if not switch.log:
        return Log(switch, None, counts_of((), today), today, actor.person_id, switches)
    found = resistance.entries(session)
    may_read = permissions.may(actor, Action.SEE_RESISTANCE_NAMES)
    names = may_read and actor.person_id in {one.person_id for one in switch.readers}
    if names:
        about = ("workspace", session.workspace_id)
        audit.record(session, moment, actor.person_id, "resistance.seen", about, after={"entries": len(found)})
    return Log(switch, found if names else None, counts_of(found, today), today, actor.person_id, switches)


def switching(session: GuardedSession, actor: Actor, _moment: Moment) -> Switch:
    """What the forms that switch open with. Raises NotAllowed."""
    permissions.check(actor, Action.SWITCH_LOG)
    return switch_of(session, settings.load(session))


def switch_on(session: GuardedSession, actor: Actor, moment: Moment, said: On) -> None:
    """Switch on log, list or both, and say who reads them; the same form changes who does. Those who are new to it are
    told. Raises NotAllowed, RuleError at the fields."""
    permissions.check(actor, Action.SWITCH_LOG)
    known = settings.load(session)
    before = switch_of(session, known)
    if not (said.log or said.listing):
        raise RuleError("What is to be switched on?", {"what": "Please choose at least one of the two."})
    if not said.understood:
        raise RuleError("Please settle this first.", {"understood": "Please settle this first, and say so here."})
    readers = _readers(session, said.reader_slack_ids)
    values = {
        LOG_ON: said.log or known.log_on,
        LIST_ON: said.listing or known.list_on,
        READERS: [one.id for one in readers],
    }
    for key, value in values.items():
        settings.save(session, moment, actor.person_id, key, value)
    _noted(session, actor, moment, "on", before, values)
    told = {one.person_id for one in before.readers} if before.log or before.listing else set()
    after = switch_of(session, settings.load(session))
    for one in readers:
        if one.id not in told and one.id != actor.person_id:
            message = messages.named(after, actor.slack_user_id)
            outbox.put(session, moment, Kind.NOTICE, one.slack_user_id or "", message, subjects=[one.id])


def _readers(session: GuardedSession, slack_ids: Sequence[str]) -> list[Person]:
    leaders = {one.slack_user_id: one for role in (Role.LEADER, Role.CHAMPION) for one in people.holders(session, role)}
    if not slack_ids:
        raise RuleError("Who may read it?", {"readers": "Please name those who may read it; you can be one of them."})
    if any(one not in leaders for one in slack_ids):
        sentence = "Only program leaders and executive champions can be named here. Roles are given in the settings."
        raise RuleError(sentence, {"readers": sentence})
    return [leaders[one] for one in slack_ids]


def switch_off(session: GuardedSession, actor: Actor, moment: Moment, said: Off) -> int:
    """Switch off log, list or both; answers how many entries were deleted. Raises NotAllowed, RuleError at `what`."""
    permissions.check(actor, Action.SWITCH_LOG)
    known = settings.load(session)
    before = switch_of(session, known)
    if not (said.log or said.listing):
        raise RuleError("What is to be switched off?", {"what": "Please choose at least one."})
    deleted = resistance.remove_all(session) if said.log and not said.keep else 0
    values: dict[str, object] = {
        LOG_ON: known.log_on and not said.log,
        LIST_ON: known.list_on and not said.listing,
    }
    for key, value in values.items():
        settings.save(session, moment, actor.person_id, key, value)
    _noted(session, actor, moment, "off", before, values | {"deleted": deleted})
    return deleted


def _noted(
    session: GuardedSession, actor: Actor, moment: Moment, what: str, before: Switch, after: dict[str, object]
) -> None:
    was = {LOG_ON: before.log, LIST_ON: before.listing, READERS: [one.person_id for one in before.readers]}
    about = ("workspace", session.workspace_id)
    audit.record(session, moment, actor.person_id, f"resistance.{what}", about, before=was, after=after)


def readers_here(session: GuardedSession, switch: Switch) -> list[Person]:
    """Those of the readers whom a message reaches. One statement."""
    some = people.by_ids(session, [one.person_id for one in switch.readers])
    return [one for one in some if one.standing == Standing.MEMBER.value and one.slack_user_id]
