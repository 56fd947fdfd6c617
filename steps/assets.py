"""What customers have approved, as the advocacy team keeps it, and the note that some of it expires. Rules: domain."""

from collections.abc import Collection
from datetime import date

from domain import permissions
from domain.assets import ABOUT, SOON, Approved, AssetValues, Shelf, check_asset, check_covered, mark
from domain.assets import Kind as AssetKind
from domain.errors import AlreadyDone, NotFound
from domain.messages import Kind
from domain.moment import Moment
from domain.people import Actor
from domain.permissions import Action
from domain.settings import Settings
from steps import findable, progress, vocabulary
from steps.on_hand import GONE, ready_from, values_of
from storage import assets, audit, outbox, profiles, receipts, settings
from storage.assets import Asset
from storage.guard import GuardedSession
from views import ready as view

MOST_ENDING = 20
"""Pieces that one note to the team names."""


def shelf(session: GuardedSession, actor: Actor, moment: Moment, advocate_id: str) -> Shelf:
    """All that one advocate has approved, for the team. Raises NotFound, NotAllowed."""
    permissions.check(actor, Action.EDIT_ASSETS)
    card = profiles.one(session, advocate_id)
    rows = assets.of_advocate(session, advocate_id)
    taken = assets.uses(session, [row.id for row in rows])
    pieces = tuple(Approved(row.id, advocate_id, values_of(row), taken.get(row.id, 0)) for row in rows)
    return Shelf(advocate_id, card.contact_name, card.company, actor.today(moment.now), card.consent, pieces)


def one(session: GuardedSession, actor: Actor, _moment: Moment, asset_id: str) -> Approved:
    """One piece, to be changed. Raises NotFound, NotAllowed."""
    permissions.check(actor, Action.EDIT_ASSETS)
    row = _there(session, asset_id)
    return Approved(row.id, row.advocate_id, values_of(row))


def add(
    session: GuardedSession, actor: Actor, moment: Moment, advocate_id: str, typed: AssetValues, receipt: str
) -> Shelf:
    """Keep what a customer has approved. The same receipt stores once. Raises RuleError with fields, NotAllowed."""
    permissions.check(actor, Action.EDIT_ASSETS)
    if receipts.outcome_of(session, receipt) is None:
        row = keep(session, moment, advocate_id, typed, actor.today(moment.now), actor.person_id)
        receipts.keep(session, moment, receipt, row.id)
    return shelf(session, actor, moment, advocate_id)


def keep(
    session: GuardedSession,
    moment: Moment,
    advocate_id: str,
    typed: AssetValues,
    today: date,
    by: str | None,
    stored: Asset | None = None,
) -> Asset:
    """Store a piece that was checked against the customer's consent, or write the `stored` one anew; `by` None is
    Everboard itself."""
    values = check_asset(typed, today)
    check_covered(values.scope, profiles.consents_of(session, [advocate_id]).get(advocate_id), today)
    what = "asset.changed" if stored else "asset.added"
    row = stored or Asset(id=moment.new_id(), advocate_id=advocate_id, approved_by_id=by, approved_at=moment.now)
    _put(session, moment, row, values, by)
    session.add(row)
    audit.record(session, moment, by, what, ("asset", row.id), after=_facts(values, advocate_id))
    _found_by(session, row, {values.kind}, today)
    return row


def change(
    session: GuardedSession, actor: Actor, moment: Moment, asset_id: str, typed: AssetValues, opened_with: str
) -> Shelf:
    """Write a piece anew. Raises AlreadyDone when a colleague changed it since the form was opened, RuleError."""
    permissions.check(actor, Action.EDIT_ASSETS)
    row = _there(session, asset_id)
    before = values_of(row)
    values = check_asset(typed, actor.today(moment.now))
    if values != before:
        if mark(before) != opened_with:
            raise AlreadyDone("A colleague changed this in the meantime. Please copy your text, reopen it and add it.")
        consent = profiles.consents_of(session, [row.advocate_id]).get(row.advocate_id)
        check_covered(values.scope, consent, actor.today(moment.now))
        _put(session, moment, row, values, actor.person_id)
        was, now = _facts(before, row.advocate_id), _facts(values, row.advocate_id)
        audit.record(session, moment, actor.person_id, "asset.changed", ("asset", row.id), before=was, after=now)
        _found_by(session, row, {before.kind, values.kind}, actor.today(moment.now))
    return shelf(session, actor, moment, row.advocate_id)


def _put(session: GuardedSession, moment: Moment, row: Asset, values: AssetValues, by: str | None) -> None:
    row.kind, row.title, row.link, row.words = values.kind.value, values.title, values.link, values.words
    row.scope, row.expires_on = values.scope.name.lower(), values.expires_on
    row.facets = {facet.value: list(getattr(values, field)) for facet, field in ABOUT.items()}
    said = ((facet, value) for facet, field in ABOUT.items() for value in getattr(values, field))
    vocabulary.learn(session, by, moment, said)


def _facts(values: AssetValues, advocate_id: str) -> dict[str, object]:
    """What the audit keeps: not the words, which the customer may want gone one day."""
    expires = values.expires_on.isoformat() if values.expires_on else None
    return {"advocate": advocate_id, "kind": values.kind, "scope": values.scope.name.lower(), "expires_on": expires}


def _found_by(session: GuardedSession, row: Asset, kinds: Collection[AssetKind], today: date) -> None:
    """The words of a quote find whoever said it, as long as it may be used."""
    session.flush()
    if AssetKind.QUOTE in kinds:
        findable.of_advocate(session, row.advocate_id, today, settings.load(session))


def withdraw(session: GuardedSession, actor: Actor, moment: Moment, asset_id: str) -> Shelf:
    """Offer a piece no more, from now on. What it was used for stays."""
    permissions.check(actor, Action.EDIT_ASSETS)
    row = _there(session, asset_id)
    row.withdrawn_at = moment.now
    audit.record(session, moment, actor.person_id, "asset.withdrawn", ("asset", row.id))
    _found_by(session, row, {AssetKind(row.kind)}, actor.today(moment.now))
    return shelf(session, actor, moment, row.advocate_id)


def _there(session: GuardedSession, asset_id: str) -> Asset:
    row = assets.held(session, asset_id)
    if row is None or row.withdrawn_at is not None:
        raise NotFound(GONE)
    return row


def tell_of_ends(session: GuardedSession, moment: Moment, _settings: Settings) -> bool:
    """Tell the team what expires soon, in time to ask the customer once more; silent when nothing does."""
    today = moment.now.date()
    rows = assets.ending(session, findable.FINDABLE, today, today + SOON, MOST_ENDING + 1)
    if rows:
        who = assets.customers(session, {row.advocate_id for row in rows}, findable.FINDABLE)
        ends = [(row.advocate_id, ready_from(row, who[row.advocate_id])) for row in rows]
        message = view.ending(ends[:MOST_ENDING], has_more=len(rows) > MOST_ENDING)
        subjects = {row.advocate_id for row in rows}
        outbox.put(session, moment, Kind.ASSETS_END, progress.TEAM_CHANNEL, message, subjects=subjects)
    return False
