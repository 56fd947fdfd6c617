"""Profiles that are to be checked, and what their owners were asked. Decides nothing about whose turn it is."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Select, and_, or_, select, update

from domain.advocates import State
from domain.freshness import Check, Due
from domain.people import Standing
from storage.accounts import Account
from storage.advocates import Advocate, ConsentRow, newest_consent
from storage.guard import GuardedSession
from storage.nominations import Contact
from storage.people import Person

ROWS_A_STATEMENT = 500

_LONG_AGO = datetime(1900, 1, 1, tzinfo=UTC)


def due(session: GuardedSession, before: datetime, agreed_before: datetime, today: date, ends_by: date) -> list[Due]:
    """Active advocates whose profile was last checked `before` this, or what they would do and agreed to before that
    other instant, the longest ago first; and those whose consent ends by a day. One statement."""
    agreed = or_(Advocate.agreed_at.is_(None), Advocate.agreed_at < agreed_before)
    stale = or_(Advocate.verified_at < before, and_(Advocate.verified_at < agreed_before, agreed))
    query = (
        _profiles()
        .where(
            Advocate.state == State.ACTIVE.value,
            or_(Advocate.verified_at.is_(None), stale, ConsentRow.ends_on <= ends_by),
        )
        .order_by(Advocate.verified_at.is_not(None), Advocate.verified_at, Advocate.id)
    )
    times = _Times(today, before, agreed_before, ends_by)
    return [_due(row, times) for row in session.execute(query)]


def _profiles() -> Select[*tuple[Any, ...]]:
    return (
        select(Advocate, Contact.name, Contact.company, Person, ConsentRow.ends_on)
        .join(Contact, Contact.id == Advocate.contact_id)
        .outerjoin(Account, Account.id == Contact.account_id)
        .outerjoin(Person, Person.id == Account.owner_id)
        .outerjoin(ConsentRow, ConsentRow.id == newest_consent())
    )


@dataclass(frozen=True, slots=True)
class _Times:
    today: date
    before: datetime
    agreed_before: datetime
    ends_by: date


def _check(row: Advocate, times: _Times) -> Check:
    if row.verified_at is None or row.verified_at < times.before:
        return Check.WHOLE
    is_old = row.verified_at < times.agreed_before and (row.agreed_at is None or row.agreed_at < times.agreed_before)
    return Check.AGREEMENT if is_old else Check.CONSENT


def _due(found: Any, times: _Times) -> Due:
    row, name, company, owner, ends_on = found
    today = times.today
    there = owner is not None and owner.standing == Standing.MEMBER.value and bool(owner.slack_user_id)
    away = owner is not None and owner.away_until is not None and owner.away_until >= today
    checked = row.verified_at.date() if row.verified_at else None
    return Due(
        row.id,
        name,
        company,
        owner.id if owner else None,
        owner.slack_user_id if owner is not None and there and not away else None,
        checked,
        row.check_asked_on,
        row.check_asked,
        row.state == State.ACTIVE.value,
        _check(row, times),
        tuple(row.activities),
        ends_on if ends_on is not None and ends_on <= times.ends_by else None,
    )


def note_asked(session: GuardedSession, advocate_ids: Collection[str], today: date) -> None:
    """Their owners are asked once more. One statement a few hundred."""
    ids = list(advocate_ids)
    for start in range(0, len(ids), ROWS_A_STATEMENT):
        session.execute(
            update(Advocate)
            .where(Advocate.id.in_(ids[start : start + ROWS_A_STATEMENT]))
            .values(check_asked_on=today, check_asked=Advocate.check_asked + 1)
            .execution_options(synchronize_session=False)
        )


def of_advocates(
    session: GuardedSession,
    advocate_ids: Collection[str],
    today: date,
    before: datetime = _LONG_AGO,
    agreed_before: datetime = _LONG_AGO,
    ends_by: date = date.min,
) -> list[Due]:
    """These as they stand now, whatever their state, by name; the instants and the day as for `due`. One statement."""
    query = (
        _profiles()
        .where(Advocate.id.in_(advocate_ids))
        .order_by(Contact.name, Advocate.id)
        .execution_options(populate_existing=True)
    )
    times = _Times(today, before, agreed_before, ends_by)
    return [_due(row, times) for row in session.execute(query)]
