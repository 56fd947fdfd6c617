"""How far Everboard is set up, for whoever may set it up. What counts as done is storage.setup's."""

from domain import permissions
from domain.moment import Moment
from domain.people import Actor
from domain.permissions import Action
from domain.setup import Setup
from storage import settings, setup
from storage.guard import GuardedSession

PUT_AWAY = "setup_put_away"


def seen(session: GuardedSession, actor: Actor, _moment: Moment) -> Setup | None:
    """How far it is; None for whoever may not change settings. Two statements at most."""
    if not permissions.may(actor, Action.EDIT_SETTINGS):
        return None
    put_away = settings.load(session).setup_put_away
    return Setup(frozenset(), put_away=True) if put_away else Setup(setup.done(session))


def show(session: GuardedSession, actor: Actor, moment: Moment, *, shown: bool) -> Setup:
    """Put the guide away, or bring it back. Raises NotAllowed."""
    permissions.check(actor, Action.EDIT_SETTINGS)
    settings.save(session, moment, actor.person_id, PUT_AWAY, not shown)
    return Setup(setup.done(session), put_away=not shown)
