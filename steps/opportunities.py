"""Deals that people pick or type, and what their stages mean. Decides when two are one deal.

What becomes of a deal is told by whoever changes it: `changed_fates` says of which ones.
"""

from collections.abc import Iterable, Mapping, Sequence

from domain import permissions
from domain.errors import NotFound, RuleError
from domain.moment import Moment
from domain.opportunities import (
    Deal,
    DealFields,
    DealKind,
    FateChange,
    Status,
    TypedDeal,
    changed_fates,
    check_deal,
    crm_id,
    deal_key,
    hundredths,
)
from domain.people import Actor
from domain.request_outcomes import Fate
from domain.stages import StageReading, merged_readings, readings, stage_key, status_of
from steps import namesakes
from storage import audit, imports, opportunities, settings
from storage import stages as stored
from storage.guard import GuardedSession
from storage.opportunities import Opportunity

FORM = "form"
"""The source of a deal that somebody typed."""

STAGE_MAP = "stage_map"
"""The setting that holds the workspace's own reading of its stages."""

_TOGETHER = (
    ("account_id", "account_name"),
    ("external_id",),
    ("close_on",),
    ("stage", "status"),
    ("hundredths", "currency"),
)
"""What is filled in together where the first is not known: a stage and what it means, an amount and its currency."""

GONE = "This deal isn't here any more. Please pick another one, or type its name."


def suggest(session: GuardedSession, actor: Actor, _moment: Moment, typed: str) -> list[Deal]:
    """Deals for a type-ahead: the one with this CRM id, else those of which a word starts as typed."""
    permissions.check(actor, permissions.Action.REQUEST)
    try:
        exact = opportunities.by_external_id(session, crm_id(typed)) if typed.strip() else None
    except RuleError:
        return []  # longer than any id or name that somebody types
    return deals_of(session, [exact] if exact else opportunities.suggest(session, typed))


def deals_of(session: GuardedSession, rows: Sequence[Opportunity]) -> list[Deal]:
    """These deals as views show them, with their accounts' names. One statement."""
    accounts = imports.accounts_by_id(session, {row.account_id for row in rows if row.account_id})
    return [_deal(row, accounts[row.account_id].name if row.account_id else row.account_name) for row in rows]


def _deal(row: Opportunity, account: str | None) -> Deal:
    return Deal(
        row.id,
        row.name,
        Status(row.status),
        account,
        row.hundredths,
        row.currency,
        row.stage,
        row.close_on,
        DealKind(row.kind),
        row.external_id,
    )


def ensure(
    session: GuardedSession, actor: Actor, moment: Moment, typed: DealFields, account_id: str | None = None
) -> Opportunity:
    """The deal that somebody picked or typed: found by its CRM id, else by its name, else made.

    Of a name alone, the deal at `account_id` (the advocate's account) is meant first; `namesakes` decides.

    What is known of a deal is not overwritten by what somebody typed; what is not known is filled in. Raises RuleError
    with the fields that need another look, NotAllowed.
    """
    permissions.check(actor, permissions.Action.REQUEST)
    if typed.opportunity_id:
        picked = opportunities.by_id(session, typed.opportunity_id)
        if picked is None:
            raise NotFound(GONE, {"opportunity": GONE})
        return picked
    own = settings.load(session)
    deal = check_deal(typed, actor.today(moment.now), own.currency)
    found = _known(session, deal, account_id)
    facts = _facts(deal, own.stage_map)
    place = _place(session, deal)
    if found is None:
        return _new(session, moment, deal, facts | place)
    if found.account_id is None and not found.account_name:
        facts |= place
    for together in _TOGETHER:
        if not getattr(found, together[0]):
            for name in together:
                setattr(found, name, facts.get(name, getattr(found, name)))
    return found


def _known(session: GuardedSession, deal: TypedDeal, account_id: str | None) -> Opportunity | None:
    if deal.external_id and (found := opportunities.by_external_id(session, deal.external_id)):
        return found
    return namesakes.meant(session, deal, account_id)


def _place(session: GuardedSession, deal: TypedDeal) -> dict[str, object]:
    """The company that it is with, as far as somebody said."""
    if not deal.company:
        return {}
    account = namesakes.account_of(session, deal.company)
    return {"account_id": account.id} if account else {"account_name": deal.company}


def _facts(deal: TypedDeal, own: Mapping[str, str]) -> dict[str, object]:
    facts: dict[str, object] = {"external_id": deal.external_id, "close_on": deal.close_on}
    if deal.stage:
        facts |= {"stage": deal.stage, "status": status_of(deal.stage, own).value}
    if deal.amount is not None:
        facts |= {"hundredths": hundredths(deal.amount), "currency": deal.amount.currency}
    return facts


def _new(session: GuardedSession, moment: Moment, deal: TypedDeal, facts: Mapping[str, object]) -> Opportunity:
    made = {"kind": DealKind.NEW.value, "stage": "", "status": Status.OPEN.value, **facts}
    row = Opportunity(
        id=moment.new_id(), name=deal.name, key=deal_key(deal.name), source=FORM, created_at=moment.now, **made
    )
    session.add(row)
    session.flush()
    return row


def told(session: GuardedSession, actor: Actor, moment: Moment, opportunity_id: str, fate: Fate) -> None:
    """Somebody says what became of a deal. It is believed of a deal that was typed; one of the CRM's the CRM knows.

    Its stage follows, so that a new reading of stages does not undo it.
    """
    row = opportunities.by_id(session, opportunity_id)
    if row is None or row.source != FORM or fate is Fate.UNKNOWN or row.status == _status_of(fate).value:
        return
    change = FateChange(row.id, Status(row.status), _status_of(fate))
    row.status = change.after.value
    row.stage = "" if change.after is Status.OPEN else change.after.value.capitalize()
    record_fates(session, moment, actor.person_id, [change])


def _status_of(fate: Fate) -> Status:
    """The status of a deal with this fate; one of unknown fate is open."""
    return {Fate.WON: Status.WON, Fate.LOST: Status.LOST}.get(fate, Status.OPEN)


def stages(session: GuardedSession, actor: Actor, _moment: Moment) -> list[StageReading]:
    """The stages that deals are in and what each means at present, the fullest first. Two statements."""
    permissions.check(actor, permissions.Action.EDIT_SETTINGS)
    return readings(stored.seen(session), settings.load(session).stage_map)


def set_stages(session: GuardedSession, actor: Actor, moment: Moment, chosen: Mapping[str, Status]) -> list[FateChange]:
    """Say what stages (by key) mean, and read all deals in them anew.

    Answers the changed fates of those deals that requests are for. As many statements for few deals as for many.
    """
    permissions.check(actor, permissions.Action.EDIT_SETTINGS)
    before = settings.load(session).stage_map
    after = merged_readings(before, chosen)
    if after == before:
        return []
    settings.save(session, moment, actor.person_id, STAGE_MAP, after)
    audit.record(
        session,
        moment,
        actor.person_id,
        "settings.changed",
        ("workspace", session.workspace_id),
        before={STAGE_MAP: dict(before)},
        after={STAGE_MAP: after},
    )
    return _reread(session, moment, actor.person_id, after)


def _reread(session: GuardedSession, moment: Moment, actor_id: str | None, own: Mapping[str, str]) -> list[FateChange]:
    names: dict[Status, list[str]] = {}
    for stage, _deals in stored.seen(session):
        if stage_key(stage):
            names.setdefault(status_of(stage, own), []).append(stage)
    changes: list[FateChange] = []
    for status, some in names.items():
        before = stored.awaited(session, some, status.value)
        stored.restate(session, some, status.value)
        changes += changed_fates(before, dict.fromkeys(before, status.value))
    record_fates(session, moment, actor_id, changes)
    return changes


def record_fates(session: GuardedSession, moment: Moment, actor_id: str | None, changes: Iterable[FateChange]) -> None:
    """Write down that these deals have another status now; `actor_id` None means an import."""
    for change in changes:
        audit.record(
            session,
            moment,
            actor_id,
            f"opportunity.{change.after.value}",
            ("opportunity", change.deal_id),
            before={"status": change.before.value},
            after={"status": change.after.value},
        )
