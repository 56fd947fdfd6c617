"""All that the resistance log and the adoption list hold on whoever asks. Decides nothing about others."""

from domain import permissions
from domain.moment import Moment
from domain.people import Actor
from domain.permissions import Action
from domain.resistance import Held
from steps import adoption_list
from steps.resistance import switch_of
from storage import resistance, settings
from storage.guard import GuardedSession


def held(session: GuardedSession, actor: Actor, moment: Moment) -> Held:
    """Entries about them, also while the log is off, and their part in the list. Raises NotAllowed for guests."""
    permissions.check(actor, Action.LOOK_UP)
    known = settings.load(session)
    listed = adoption_list.own(session, actor, moment, known) if known.list_on else None
    return Held(resistance.of_person(session, actor.person_id), switch_of(session, known), listed)
