"""Taking what exists already instead of asking a customer. The rules are in domain.assets.

Taking a piece costs nobody anything: it is written down as influence, and never as a use of the advocate.
"""

from dataclasses import dataclass
from datetime import date

from domain import permissions
from domain.assets import PURPOSE_LIMIT, TakenFor, has_expired, is_covered
from domain.errors import NotFound, RuleError
from domain.moment import Moment
from domain.names import clean_line
from domain.offers import Ready
from domain.people import Actor
from domain.permissions import Action
from steps import findable, opportunities
from steps.on_hand import GONE, ready_from, scope_of
from storage import assets, audit, profiles, receipts
from storage import opportunities as deals
from storage.assets import Asset, AssetUse
from storage.guard import GuardedSession


@dataclass(frozen=True, slots=True)
class Taken:
    """Somebody took a piece: the id of that use, and the piece."""

    use_id: str
    ready: Ready


def use(
    session: GuardedSession,
    actor: Actor,
    moment: Moment,
    asset_id: str,
    opportunity_id: str | None = None,
    purpose: str | None = None,
    receipt: str | None = None,
) -> Taken:
    """Take a piece instead of asking: influence that costs nobody anything. The same receipt stores once.

    Raises RuleError for what may not be used (any more), NotAllowed.
    """
    permissions.check(actor, Action.USE_ASSET)
    row = _takeable(session, asset_id, actor.today(moment.now))
    who = assets.customers(session, [row.advocate_id], findable.FINDABLE)[row.advocate_id]
    done = receipts.outcome_of(session, receipt) if receipt else None
    if done is not None:
        return Taken(done, ready_from(row, who))
    if opportunity_id and deals.by_id(session, opportunity_id) is None:
        raise NotFound(opportunities.GONE, {"opportunity": opportunities.GONE})
    taken = _take(session, actor, moment, row.id, opportunity_id, purpose)
    if receipt:
        receipts.keep(session, moment, receipt, taken.id)
    return Taken(taken.id, ready_from(row, who))


def _takeable(session: GuardedSession, asset_id: str, today: date) -> Asset:
    row = assets.held(session, asset_id)
    if row is None or row.withdrawn_at is not None:
        raise NotFound("This was withdrawn, so please don't use it. Find another one with /advocates assets.")
    if has_expired(row.expires_on, today):
        raise RuleError(
            "This has expired, so please don't use it. The advocacy team can ask whether it may be renewed."
        )
    consent = profiles.consents_of(session, [row.advocate_id]).get(row.advocate_id)
    is_found = bool(assets.customers(session, [row.advocate_id], findable.FINDABLE))
    if not (is_covered(scope_of(row), consent, today) and is_found):
        raise RuleError("The customer's consent doesn't cover this any more, so please don't use it.")
    return row


def _take(
    session: GuardedSession,
    actor: Actor,
    moment: Moment,
    asset_id: str,
    opportunity_id: str | None,
    purpose: str | None,
) -> AssetUse:
    row = AssetUse(
        id=moment.new_id(),
        asset_id=asset_id,
        person_id=actor.person_id,
        opportunity_id=opportunity_id,
        purpose=_purpose(purpose),
        at=moment.now,
    )
    session.add(row)
    after = {"use": row.id, "opportunity": opportunity_id}
    audit.record(session, moment, actor.person_id, "asset.used", ("asset", asset_id), after=after)
    session.flush()
    return row


def _purpose(typed: str | None) -> str | None:
    try:
        return clean_line(typed or "", PURPOSE_LIMIT) or None
    except RuleError as error:
        raise RuleError(error.message, {"purpose": error.message}) from None


def taken_for(
    session: GuardedSession, actor: Actor, moment: Moment, use_id: str, typed: TakenFor, before: str | None = None
) -> None:
    """Say what a piece was taken for, which may be left open; `before` is the deal that was known when this was asked.

    Where another one was named meanwhile, a further deal is a further use. Raises RuleError with the fields that need
    another look, NotFound for somebody else's use.
    """
    permissions.check(actor, Action.USE_ASSET)
    row = session.get(AssetUse, (session.workspace_id, use_id), with_for_update=True)
    if row is None or row.person_id != actor.person_id:
        raise NotFound(GONE)
    purpose = _purpose(typed.purpose)
    piece = session.get_one(Asset, (session.workspace_id, row.asset_id))
    at = profiles.account_of(session, piece.advocate_id)
    deal = opportunities.ensure(session, actor, moment, typed, at) if typed.has_deal else None
    if deal is None or deal.id == row.opportunity_id:
        row.purpose = purpose or row.purpose
    elif row.opportunity_id not in (None, before):
        _take(session, actor, moment, row.asset_id, deal.id, purpose)
    else:
        was, row.opportunity_id, row.purpose = row.opportunity_id, deal.id, purpose or row.purpose
        change = ({"use": row.id, "opportunity": was}, {"use": row.id, "opportunity": deal.id})
        subject = ("asset", row.asset_id)
        audit.record(session, moment, actor.person_id, "asset.used_for", subject, before=change[0], after=change[1])
    session.flush()
