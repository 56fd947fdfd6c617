"""Imported assets: what customers approved before. Each needs the consent on record that its use needs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from domain.advocates import Consent
from domain.assets import AssetValues, Scope
from domain.imports.kinds import AssetRow
from domain.imports.report import Outcome
from domain.moment import Moment
from domain.names import fold
from steps import assets as steps
from steps.imports.batch import Job, each, put, result_of
from steps.imports.whose import Advocates
from steps.on_hand import values_of
from storage import assets as stored
from storage import profiles
from storage.assets import Asset
from storage.guard import GuardedSession

Key = tuple[str, str, str]


@dataclass(slots=True)
class _Batch:
    session: GuardedSession
    moment: Moment
    advocates: Advocates
    known: dict[Key, Asset]
    consents: Mapping[str, Consent]


def keep(session: GuardedSession, moment: Moment, _job: Job, rows: Sequence[AssetRow]) -> list[Outcome]:
    """Add or change the pieces of these lines; one is known by its advocate, kind and title."""
    advocates = Advocates(session, rows)
    known = {_key(one.advocate_id, one.kind, one.title): one for one in stored.of_advocates(session, advocates.ids)}
    batch = _Batch(session, moment, advocates, known, profiles.consents_of(session, advocates.ids))
    outcomes = each(rows, lambda row: _keep_one(batch, row))
    session.flush()
    return outcomes


def _key(advocate_id: str, kind: str, title: str) -> Key:
    return advocate_id, kind, fold(title)


def _keep_one(batch: _Batch, row: AssetRow) -> Outcome:
    advocate = batch.advocates.of(row)
    key = _key(advocate.id, row.kind.value, row.title)
    found = batch.known.get(key)
    values = _values(row, values_of(found) if found else None)
    changed = found is None or values != values_of(found)
    piece = found
    if piece is None or changed:
        # An approval or a consent that has ended is history, and no reason to refuse it.
        consent = batch.consents.get(advocate.id)
        ends = (values.expires_on, consent.until if consent else None)
        today = min([batch.moment.now.date(), *(end for end in ends if end is not None)])
        piece = steps.keep(batch.session, batch.moment, advocate.id, values, today, None, piece)
    batch.known[key] = piece
    days = {"approved_at": _at(row.approved_on), "withdrawn_at": _at(row.withdrawn_on)}
    changed = put(piece, days) or changed
    return Outcome(row.line, result_of(added=found is None, changed=changed))


def _values(row: AssetRow, before: AssetValues | None) -> AssetValues:
    """What the line says, and where it says nothing what is stored."""
    known = before or AssetValues(row.kind, row.title, scope=Scope.PRIVATE)
    return AssetValues(
        row.kind,
        known.title if before else row.title,
        row.link or known.link,
        row.words or known.words,
        known.products if row.products is None else row.products,
        known.languages if row.languages is None else row.languages,
        row.scope or known.scope,
        row.expires_on or known.expires_on,
    )


def _at(day: date | None) -> datetime | None:
    return datetime.combine(day, time(), UTC) if day else None
