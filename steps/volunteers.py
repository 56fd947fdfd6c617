"""A customer puts themselves forward on the web page, and the switch that opens the page."""

from domain import permissions
from domain.do_not_contact import Refused
from domain.messages import Kind
from domain.moment import Moment
from domain.nominations import Source, Values
from domain.people import Actor, Standing
from domain.permissions import Action
from steps import nominations
from steps.progress import TEAM_CHANNEL
from storage import audit, outbox, receipts, settings
from storage.guard import GuardedSession
from views import volunteers as view

CUSTOMER = Actor("", "", "", Standing.MEMBER)
"""Whoever fills in the page: nobody of the company, who may put one customer forward, themselves."""

JOIN_OPEN = "join_open"


def is_open(session: GuardedSession) -> bool:
    """Whether this workspace's page is switched on."""
    return settings.load(session).join_open


def volunteer(session: GuardedSession, moment: Moment, values: Values, receipt: str) -> None:
    """Store what somebody says of themselves as a nomination, or tell the team that somebody known did.

    By the same rules as every nomination; the same form twice stores once. Answers nothing, so that nobody outside can
    learn who is known, or who must not be contacted: of that the team alone hears, without a name. Raises RuleError
    with the fields that need another look.
    """
    if receipts.outcome_of(session, receipt) is not None:
        return
    try:
        result = nominations.submit(session, CUSTOMER, moment, values, Source.WEB, receipt, quiet=True)
    except Refused as refused:
        receipts.keep(session, moment, receipt, refused.entry_id)
        message = view.on_the_list()
        outbox.put(session, moment, Kind.NOMINATION_NEWS, TEAM_CHANNEL, message, subjects=[refused.entry_id])
        return
    if isinstance(result, nominations.Submitted):
        nominations.announce(session, moment, result.card, result.review_days)
        return
    receipts.keep(session, moment, receipt, result.card.id)
    message = view.known(result.card, values)
    outbox.put(session, moment, Kind.NOMINATION_NEWS, TEAM_CHANNEL, message, subjects=[result.card.id])


def open_page(session: GuardedSession, actor: Actor, moment: Moment, *, is_on: bool) -> None:
    """Switch the page on or off. Raises NotAllowed."""
    permissions.check(actor, Action.EDIT_SETTINGS)
    if settings.load(session).join_open == is_on:
        return
    settings.save(session, moment, actor.person_id, JOIN_OPEN, is_on)
    what = "join_page.opened" if is_on else "join_page.closed"
    audit.record(session, moment, actor.person_id, what, ("workspace", session.workspace_id))


def seen(session: GuardedSession, actor: Actor, _moment: Moment) -> bool:
    """Whether it is on, for whoever may switch it. Raises NotAllowed."""
    permissions.check(actor, Action.EDIT_SETTINGS)
    return is_open(session)
