"""Somebody chooses which of their roles Home shows. Decides not what each shows."""

from domain import permissions
from domain.home_focus import focus_of
from domain.moment import Moment
from domain.people import Actor
from domain.permissions import Action
from storage.guard import GuardedSession
from storage.people import Person


def choose(session: GuardedSession, actor: Actor, _moment: Moment, chosen: str) -> None:
    """Keep the choice until the next. Raises NotAllowed, and RuleError for what cannot be chosen."""
    permissions.check(actor, Action.NOMINATE)
    focus = focus_of(chosen)
    session.get_one(Person, (session.workspace_id, actor.person_id)).home_focus = focus.value if focus else None
