"""Imported uses of advocates: history, so that nobody is asked too often. They may exceed the cap: they are true, and
flagged then, and new requests wait."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from domain.capacity import Use, refusals
from domain.errors import RuleError
from domain.imports.cells import shown
from domain.imports.kinds import EngagementRow
from domain.imports.report import Outcome
from domain.imports.use_cells import STILL_TO_COME
from domain.moment import Moment
from domain.opportunities import deal_key
from domain.settings import Settings
from steps import protection
from steps.imports.batch import Job, each, put, result_of
from steps.imports.whose import Advocates
from storage import engagements, imports, settings
from storage.engagements import Engagement, Status
from storage.guard import GuardedSession

SOURCE = "import"

Key = tuple[str, str, date]


@dataclass(slots=True)
class _Batch:
    session: GuardedSession
    moment: Moment
    job: Job
    known: Settings
    today: date
    advocates: Advocates
    uses: dict[Key, list[Engagement]]
    deals_by_id: dict[str, str]
    deals_by_name: dict[str, list[str]]
    touched: set[str] = field(default_factory=set)


def keep(session: GuardedSession, moment: Moment, job: Job, rows: Sequence[EngagementRow]) -> list[Outcome]:
    """Add or change the uses of these lines, and let what is left of each advocate follow."""
    batch = _batch(session, moment, job, rows)
    outcomes = each(rows, lambda row: _keep_one(batch, row))
    session.flush()
    for advocate_id in sorted(batch.touched):
        _flag(batch, advocate_id)
        protection.settle(session, advocate_id, batch.known, batch.today)
    return outcomes


def _batch(session: GuardedSession, moment: Moment, job: Job, rows: Sequence[EngagementRow]) -> _Batch:
    advocates = Advocates(session, rows)
    uses: dict[Key, list[Engagement]] = {}
    for use in engagements.of_advocates(session, advocates.ids):
        uses.setdefault((use.advocate_id, use.activity, use.happens_on), []).append(use)
    ids = {row.opportunity_external_id for row in rows if row.opportunity_external_id}
    names = {deal_key(row.opportunity) for row in rows if row.opportunity}
    by_id, by_name = imports.deal_ids(session, ids, names)
    known = settings.load(session)
    return _Batch(session, moment, job, known, moment.now.date(), advocates, uses, by_id, by_name)


def _keep_one(batch: _Batch, row: EngagementRow) -> Outcome:
    advocate = batch.advocates.of(row)
    if row.happened_on > batch.today:
        raise RuleError(f"{row.happened_on.isoformat()} {STILL_TO_COME}")
    deal, remarks = _deal(batch, row)
    key = (advocate.id, row.activity.value, row.happened_on)
    number = batch.job.times.of((key, row.opportunity_external_id or row.opportunity), row.line)
    same = [use for use in batch.uses.get(key, []) if deal is None or use.opportunity_id in {None, deal}]
    found = same[number - 1] if number <= len(same) else None
    use = found or _new(batch, row, advocate.id)
    changed = put(use, {"opportunity_id": deal, "rating": row.rating, "words": row.words})
    if row.came_about is not None:
        changed = put(use, {"status": (Status.DONE if row.came_about else Status.RELEASED).value}) or changed
    if found is None or changed:
        batch.touched.add(advocate.id)
    return Outcome(row.line, result_of(added=found is None, changed=changed), remarks=remarks)


def _new(batch: _Batch, row: EngagementRow, advocate_id: str) -> Engagement:
    use = Engagement(
        id=batch.moment.new_id(),
        advocate_id=advocate_id,
        activity=row.activity.value,
        halves=protection.weight_of(row.activity),
        happens_on=row.happened_on,
        status=Status.DONE.value,
        source=SOURCE,
        created_at=batch.moment.now,
    )
    batch.session.add(use)
    batch.uses.setdefault((advocate_id, use.activity, use.happens_on), []).append(use)
    return use


def _deal(batch: _Batch, row: EngagementRow) -> tuple[str | None, tuple[str, ...]]:
    """The deal that it was for, by its id in the CRM, else by its name where one deal alone bears it."""
    found = batch.deals_by_id.get(row.opportunity_external_id or "")
    if found is None and row.opportunity:
        named = batch.deals_by_name.get(deal_key(row.opportunity), [])
        found = named[0] if len(named) == 1 else None
    said = row.opportunity or row.opportunity_external_id
    if found or said is None:
        return found, ()
    return None, (f"The deal “{shown(said)}” isn't known (or several of that name), so the use is kept without it.",)


def _flag(batch: _Batch, advocate_id: str) -> None:
    """Mark what went beyond the cap, seen from each use's own day."""
    facts = protection.of_one(batch.session, advocate_id, batch.known, batch.today)
    for use in engagements.of_advocates(batch.session, [advocate_id]):
        if use.source == SOURCE and use.status == Status.DONE.value:
            others = list(facts.uses)
            itself = next((at for at, one in enumerate(others) if _is(one, use)), None)
            if itself is not None:
                del others[itself]
            use.over_cap = bool(refusals(others, facts.limits, use.happens_on, use.halves))
    batch.session.flush()


def _is(counted: Use, use: Engagement) -> bool:
    """Whether a use that counts is this one, or just like it."""
    return (counted.on, counted.halves, counted.request_id) == (use.happens_on, use.halves, use.request_id)
