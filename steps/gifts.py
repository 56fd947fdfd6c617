"""What a customer got back, kept by the team within the year's cap. The rules are in domain.gifts."""

from domain import permissions
from domain.errors import RuleError
from domain.gifts import Log, Typed, check, check_cap
from domain.moment import Moment
from domain.people import Actor
from domain.permissions import Action
from steps.advocates import locked
from storage import audit, gifts, profiles, receipts, settings
from storage.advocates import Advocate
from storage.gifts import GiftRow
from storage.guard import GuardedSession

CAP = "gift_cap"

MOST = 40
"""Gifts that are listed: years of them."""

GONE = "This advocate isn't here any more."


def seen(session: GuardedSession, actor: Actor, moment: Moment, advocate_id: str) -> Log:
    """What this advocate got. Raises NotAllowed, RuleError when they are gone. Five statements."""
    permissions.check(actor, Action.EDIT_PROFILE)
    if session.get(Advocate, (session.workspace_id, advocate_id)) is None:
        raise RuleError(GONE)
    return _log(session, actor, moment, advocate_id)


def _log(session: GuardedSession, actor: Actor, moment: Moment, advocate_id: str) -> Log:
    known, today = settings.load(session), actor.today(moment.now)
    given = gifts.given(session, advocate_id, today.year, known.currency)
    held = gifts.of_advocate(session, advocate_id, MOST)
    name = profiles.name_of(session, advocate_id)
    return Log(advocate_id, name, held, today, given, known.numbers[CAP], known.currency)


def give(session: GuardedSession, actor: Actor, moment: Moment, advocate_id: str, typed: Typed, receipt: str) -> Log:
    """Write down what they got. Of two at once the second one sees what the first one left of the cap; the same receipt
    stores once. Raises RuleError with the fields that need another look, NotAllowed."""
    permissions.check(actor, Action.EDIT_PROFILE)
    known, row = settings.load(session), locked(session, advocate_id)
    what, on, hundredths = check(typed, actor.today(moment.now), known.currency)
    if receipts.outcome_of(session, receipt) is None:
        given = gifts.given(session, advocate_id, on.year, known.currency)
        check_cap(hundredths, on.year, given, known.numbers[CAP], known.currency)
        gift = GiftRow(id=moment.new_id(), advocate_id=row.id, what=what, given_on=on, hundredths=hundredths)
        gift.currency, gift.given_by_id, gift.created_at = known.currency, actor.person_id, moment.now
        session.add(gift)
        receipts.keep(session, moment, receipt, gift.id)
        after = {"what": what, "on": on.isoformat(), "hundredths": hundredths, "currency": known.currency}
        audit.record(session, moment, actor.person_id, "gift.given", ("advocate", row.id), after=after)
        session.flush()
    return _log(session, actor, moment, advocate_id)


def take_back(session: GuardedSession, actor: Actor, moment: Moment, gift_id: str) -> Log:
    """It was entered by mistake. Raises NotAllowed, RuleError when it is gone already."""
    permissions.check(actor, Action.EDIT_PROFILE)
    row = session.get(GiftRow, (session.workspace_id, gift_id))
    if row is None:
        raise RuleError("This isn't in the list any more. Please open it again.")
    before = {"what": row.what, "on": row.given_on.isoformat(), "hundredths": row.hundredths, "currency": row.currency}
    advocate_id = row.advocate_id
    session.delete(row)
    audit.record(session, moment, actor.person_id, "gift.taken_back", ("advocate", advocate_id), before=before)
    session.flush()
    return _log(session, actor, moment, advocate_id)
