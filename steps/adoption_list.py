"""Who by name has taken part, for the leaders who were named for it, each look written down. Decides no figure."""

from datetime import date, timedelta

from domain.adoption_list import Chosen, Listed
from domain.errors import RuleError
from domain.moment import Moment
from domain.people import Actor
from domain.resistance import MONTH, OwnUse
from domain.settings import Settings
from domain.time_zones import zone_of
from domain.value import Period
from steps.periods import bounds
from steps.resistance import check_reader, switch_of
from storage import adoption_list, audit, settings
from storage.guard import GuardedSession

OFF = "This list is switched off. The program leader can switch it on."


def _first(moment: Moment, known: Settings) -> tuple[date, date]:
    """The days that are counted: as many as entries of the log are kept."""
    today = moment.now.astimezone(zone_of(known.time_zone)).date()
    return today - known.numbers["log_months"] * MONTH + timedelta(days=1), today


def page(session: GuardedSession, actor: Actor, moment: Moment, chosen: Chosen) -> Listed:
    """One page of it, for those who were named. Raises NotAllowed, RuleError while it is off."""
    known = settings.load(session)
    check_reader(actor, switch_of(session, known))
    if not known.list_on:
        raise RuleError(OFF)
    first, last = _first(moment, known)
    since, _until = bounds(Period(first, last), known.time_zone)
    rows, people, took_part = adoption_list.page(session, since, chosen)
    found = Listed(rows, chosen, first, last, people, took_part)
    said = {"which": chosen.which.value, "function": chosen.function.value if chosen.function else None}
    about = ("workspace", session.workspace_id)
    audit.record(session, moment, actor.person_id, "adoption_list.seen", about, after=said | {"page": chosen.page})
    return found


def own(session: GuardedSession, actor: Actor, moment: Moment, known: Settings) -> OwnUse:
    """What it holds of whoever asks. One statement."""
    first, last = _first(moment, known)
    since, _until = bounds(Period(first, last), known.time_zone)
    return adoption_list.own(session, actor.person_id, since, (last - first).days + 1)
