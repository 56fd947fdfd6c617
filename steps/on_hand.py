"""What exists already and makes asking a customer unnecessary: finding it, and taking it. The rules are in domain.

Taking a piece costs nobody anything: it is written down as influence, and never as a use of the advocate.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain, islice
from types import MappingProxyType

from domain import permissions, query
from domain.assets import (
    ABOUT,
    PURPOSE_LIMIT,
    AssetValues,
    Kind,
    Scope,
    TakenFor,
    closeness,
    has_expired,
    is_covered,
    kinds_for,
)
from domain.errors import NotFound, RuleError
from domain.moment import Moment
from domain.names import clean_line
from domain.offers import OnHand, Ready
from domain.people import Actor
from domain.permissions import Action
from domain.query import Facet, Query
from domain.vocabulary import Activity
from steps import findable, opportunities, querying, vocabulary
from storage import assets, audit, profiles, receipts, search
from storage import opportunities as deals
from storage.assets import Asset, AssetUse
from storage.guard import GuardedSession
from storage.search import Holding

Terms = Mapping[Facet, Mapping[str, tuple[str, ...]]]
"""What else the values of each facet are called."""

MOST_HITS = 300
"""Advocates whose pieces are looked at: more than anybody scrolls through."""

MOST = 3
"""Pieces offered at once, where nothing else is said: more would hide the form below."""

WAYS = 6
"""The query itself and without one part of it: how often it is asked for something that exists."""

EVERYTHING = Query()
NO_TERMS: Terms = MappingProxyType({})

GONE = "This isn't here any more."


def existing(
    session: GuardedSession,
    actor: Actor,
    moment: Moment,
    activity: Activity | None,
    line: str,
    advocate_id: str | None = None,
    most: int = MOST,
) -> OnHand:
    """What makes asking a customer unnecessary, best first: the chosen advocate's own, then whatever fits the line.

    Without an activity, of every kind; nothing where nothing on paper could answer it. Five statements, five more for
    a chosen advocate, and one for each part of the line that is left out because nothing fits all of it.
    """
    permissions.check(actor, Action.USE_ASSET)
    kinds, today = kinds_for(activity), actor.today(moment.now)
    if not kinds:
        return OnHand()
    terms = vocabulary.load(session)
    asked = _on_paper(query.parse(line, terms))
    own = _usable(session, {advocate_id: 0.0}, kinds, today) if advocate_id else []
    if advocate_id and asked.asks_nothing:
        return OnHand(tuple(own[:most]))
    wider = () if own else ((said, one) for said, one in query.relaxations(asked) if _asks_for_something(one))
    for left_out, used in islice(chain([(None, asked)], wider), WAYS):
        wanted = querying.wanted(used, terms, today, resting_too=True)
        hits = search.matching(session, replace(wanted, holding=Holding(kinds, today)), MOST_HITS)
        scores = {hit.advocate_id: hit.score for hit in hits if hit.advocate_id != advocate_id}
        found = _usable(session, scores, kinds, today, used, terms.values) if scores else []
        if found:
            return OnHand(tuple((own + found)[:most]), left_out)
    return OnHand(tuple(own[:most]))


def _asks_for_something(asked: Query) -> bool:
    """Whether it says what is wanted, and not only what isn't."""
    return bool(asked.words or asked.phrases or any(not one.excluded for one in asked.filters))


def _on_paper(asked: Query) -> Query:
    """Without what concerns only people: what they would do, and whether they are free."""
    kept = tuple(one for one in asked.filters if one.facet is not Facet.ACTIVITY)
    return replace(asked, filters=kept, available_now=False)


def _usable(
    session: GuardedSession,
    scores: dict[str, float],
    kinds: Sequence[Kind],
    today: date,
    asked: Query = EVERYTHING,
    terms: Terms = NO_TERMS,
) -> list[Ready]:
    """What of these advocates may be used today and is not about something else, best first. Three statements."""
    rows = assets.usable(session, list(scores), [kind.value for kind in kinds], today)
    customers = assets.customers(session, {row.advocate_id for row in rows}, findable.FINDABLE)
    consents = profiles.consents_of(session, customers.keys())
    ranked = [
        (-close, -scores[row.advocate_id], at, row)
        for at, row in enumerate(rows)
        if row.advocate_id in customers
        and is_covered(scope_of(row), consents.get(row.advocate_id))
        and (close := closeness(about_of(row), asked, terms)) is not None
    ]
    return [ready_from(row, customers[row.advocate_id]) for *_rank, row in sorted(ranked, key=lambda one: one[:3])]


def about_of(row: Asset) -> dict[Facet, tuple[str, ...]]:
    """What a stored piece says of itself."""
    found: dict[Facet, tuple[str, ...]] = {}
    for facet in ABOUT:
        held = row.facets.get(facet.value)
        found[facet] = tuple(map(str, held)) if isinstance(held, list) else ()
    return found


def scope_of(row: Asset) -> Scope:
    """Where a stored piece may be used."""
    return Scope[row.scope.upper()]


def ready_from(row: Asset, who: str) -> Ready:
    """A stored piece as colleagues see it."""
    return Ready(row.kind, row.title, row.link, row.words, row.id, who, scope_of(row).value, row.expires_on)


def of_advocate(session: GuardedSession, advocate_id: str, today: date) -> tuple[Ready, ...]:
    """What of one advocate may be used today, the newest first. Three statements."""
    return tuple(_usable(session, {advocate_id: 0.0}, list(Kind), today))


def values_of(row: Asset) -> AssetValues:
    """A stored piece as it was typed."""
    about = about_of(row)
    return AssetValues(
        kind=Kind(row.kind),
        title=row.title,
        link=row.link,
        words=row.words,
        products=about[Facet.PRODUCT],
        languages=about[Facet.LANGUAGE],
        scope=scope_of(row),
        expires_on=row.expires_on,
    )


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
        raise NotFound("This was withdrawn, so please don't use it. Look for another one: `/advocates assets`.")
    if has_expired(row.expires_on, today):
        raise RuleError(
            "This has expired, so please don't use it. The advocacy team can ask whether it may be renewed."
        )
    consent = profiles.consents_of(session, [row.advocate_id]).get(row.advocate_id)
    if not (is_covered(scope_of(row), consent) and assets.customers(session, [row.advocate_id], findable.FINDABLE)):
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
    deal = opportunities.ensure(session, actor, moment, typed) if typed.has_deal else None
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
