"""Imported advocates: contact, accepted nomination, profile, consent and index; only who waits for them is told.

Decides what a file may do to an advocate whom the team has worked on since: it may fill in and move them on, it never
wakes who rests, takes a step back, or replaces a newer consent or check by an older one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime, time

from domain.advocates import (
    Consent,
    ConsentScope,
    Profile,
    State,
    check_activities,
    check_until,
    missing_for_publishing,
    usual_end,
)
from domain.errors import RuleError
from domain.imports.kinds import AdvocateRow
from domain.imports.report import Outcome
from domain.moment import Moment
from domain.names import company_key
from domain.query import Facet
from domain.settings import CONSENT_DAYS
from steps import findable
from steps.imports.batch import Colleagues, Job, checked_address, digest_of, each, put, result_of
from steps.imports.contacts import Known, contact_of, named, nomination_of, written_otherwise
from steps.imports.words import taken_up
from storage import audit, do_not_contact, imports, profiles, settings
from storage.accounts import Account
from storage.advocates import Advocate, ConsentRow, InterviewRow
from storage.guard import GuardedSession
from storage.nominations import Contact

HOW = "From an imported list"
"""Stands as the proof of a consent where the file names none."""

_JOURNEY = (State.INTRODUCED, State.INTERVIEWING, State.ACTIVE)
_LEFT = frozenset({State.RESTING, State.RETIRED})
_PROFILE = tuple(item.name for item in fields(Profile) if item.name != "region")


@dataclass(slots=True)
class _Batch:
    session: GuardedSession
    moment: Moment
    known: Known
    advocates: dict[str, Advocate]
    consents: dict[str, ConsentRow]
    interviews: dict[str, InterviewRow]
    to_index: dict[str, Advocate]


@dataclass(frozen=True, slots=True)
class _Plan:
    """What a line leads to, decided before anything is written."""

    profile: Profile
    state: State
    remarks: tuple[str, ...]


def keep(session: GuardedSession, moment: Moment, _job: Job, rows: Sequence[AdvocateRow]) -> list[Outcome]:
    """Add or change the advocates of these lines."""
    batch = _batch(session, moment, rows)
    outcomes = each(rows, lambda row: _keep_one(batch, row))
    imports.add_in_order(session, batch.known.staged)
    changed = list(batch.to_index.values())
    for advocate in changed:
        findable.refresh(session, advocate, moment.now.date())
    inherited = (term for one in changed for term in findable.terms_of(profiles.profile_of(one)))
    return taken_up(session, moment, outcomes, {row.line: _words(row) for row in rows}, inherited)


def _words(row: AdvocateRow) -> Iterator[tuple[Facet, str]]:
    said = Profile(
        persona=row.persona, industry=row.industry, languages=row.languages or (), products=row.products or ()
    )
    return findable.terms_of(said)


def _batch(session: GuardedSession, moment: Moment, rows: Sequence[AdvocateRow]) -> _Batch:
    keys = {company_key(row.company) for row in rows}
    digests = {digest for row in rows if (digest := digest_of(session, row.email))}
    contacts = imports.contacts_like(session, digests, keys)
    ids = {contact.id for contact in contacts}
    advocates = imports.advocates_of(session, ids)
    advocate_ids = {advocate.id for advocate in advocates.values()}
    refused = do_not_contact.against_any(session, [named(row) for row in rows])
    known = Known(
        session,
        moment,
        Colleagues(session, [row.nominator for row in rows]),
        imports.accounts_by_key(session, keys),
        contacts,
        imports.nominations_of(session, ids),
        refused,
    )
    consents, interviews = imports.consents_of(session, advocate_ids), imports.interviews_of(session, advocate_ids)
    return _Batch(session, moment, known, advocates, consents, interviews, {})


def _keep_one(batch: _Batch, row: AdvocateRow) -> Outcome:
    row = replace(row, email=checked_address(row.email))
    _check_days(row, batch.moment.now.date())
    contact, is_new = contact_of(batch.known, row)
    batch.known.check_may_be_asked(row)
    advocate = None if is_new else batch.advocates.get(contact.id)
    plan = _planned(batch, row, advocate, batch.known.accounts.get(contact.company_key))
    changed = batch.known.keep(contact, row, is_new=is_new)
    before = advocate.state if advocate else None
    if advocate is None:
        advocate = _new(batch, contact, row)
    changed = _write(batch, advocate, plan, row) or changed
    if changed or before is None:
        batch.to_index[advocate.id] = advocate
        audit.record(
            batch.session,
            batch.moment,
            None,
            "advocate.imported",
            ("advocate", advocate.id),
            before={"state": before} if before else None,
            after={"state": advocate.state},
        )
    unknown = batch.known.colleagues.remark(row.nominator, "the nominator is left open")
    remarks = (*plan.remarks, *written_otherwise(contact, row), *unknown)
    return Outcome(row.line, result_of(added=before is None, changed=changed), remarks=remarks)


def _check_days(row: AdvocateRow, today: date) -> None:
    for day, what in ((row.consent_on, "consent"), (row.verified_on, "last check")):
        if day is not None and day > today:
            raise RuleError(f"the day of the {what}, {day.isoformat()}, is still to come")


def _planned(batch: _Batch, row: AdvocateRow, advocate: Advocate | None, account: Account | None) -> _Plan:
    profile = profiles.profile_of(advocate) if advocate else _from_account(account)
    said = {name: value for name in _PROFILE if (value := getattr(row, name)) is not None}
    profile = replace(profile, **said)
    if profile.country is not None:
        profile = replace(profile, region=findable.region(profile.country))
    check_activities(profile.activities, profile.refused_activities)
    consent = _consent(batch, row, advocate)
    if row.consent_on is not None:
        check_until(row.consent_on, row.consent_until)
    elif row.consent_until is not None:
        raise RuleError("the consent has an end and no date; on which day did they agree?")
    missing = missing_for_publishing(profile, consent, interviewed=True, today=batch.moment.now.date())
    if advocate is None:
        return _Plan(profile, *_first_state(row, missing))
    return _Plan(profile, *_next_state(State(advocate.state), row.state, missing))


def _from_account(account: Account | None) -> Profile:
    """What the account says already, so that a file need not repeat it."""
    if account is None:
        return Profile()
    return Profile(industry=account.industry, country=account.country, products=tuple(account.products))


def _consent(batch: _Batch, row: AdvocateRow, advocate: Advocate | None) -> Consent | None:
    stored = batch.consents.get(advocate.id) if advocate else None
    if row.consent_on and (stored is None or row.consent_on >= stored.given_on):
        scopes = row.consent_scopes or (ConsentScope.LISTED,)
        return Consent(scopes, row.consent_on, row.consent_how or HOW, _until(batch, row, row.consent_on, stored))
    if stored is None:
        return None
    return Consent(tuple(ConsentScope(scope) for scope in stored.scopes), stored.given_on, stored.how, stored.ends_on)


def _until(batch: _Batch, row: AdvocateRow, given_on: date, stored: ConsentRow | None) -> date | None:
    """The consent's last day: the line's, else that of the same consent as it stands, else the usual one."""
    if row.consent_until is not None:
        return row.consent_until
    if stored is not None and stored.given_on == given_on:
        return stored.ends_on
    return usual_end(given_on, settings.load(batch.session).numbers[CONSENT_DAYS])


def _first_state(row: AdvocateRow, missing: tuple[str, ...]) -> tuple[State, tuple[str, ...]]:
    if row.state is State.ACTIVE:
        _check_complete(missing)
    if row.state is not None:
        return row.state, ()
    if row.consent_on is None:
        return State.INTERVIEWING, ()
    if missing:
        return State.INTERVIEWING, (f"Not published yet; still missing: {', '.join(missing)}.",)
    return State.ACTIVE, ()


def _next_state(present: State, wanted: State | None, missing: tuple[str, ...]) -> tuple[State, tuple[str, ...]]:
    if wanted is None or wanted is present:
        return present, ()
    is_back = wanted in _JOURNEY and present in _JOURNEY and _JOURNEY.index(wanted) < _JOURNEY.index(present)
    if present in _LEFT or is_back:
        return present, (f"Is {present.words} by now, which a file does not change to “{wanted.value}”.",)
    if wanted is State.ACTIVE:
        _check_complete(missing)
    return wanted, ()


def _check_complete(missing: tuple[str, ...]) -> None:
    if missing:
        raise RuleError(f"they can't be active yet; still missing: {', '.join(missing)}")


def _new(batch: _Batch, contact: Contact, row: AdvocateRow) -> Advocate:
    advocate = Advocate(
        id=batch.moment.new_id(),
        contact_id=contact.id,
        nomination_id=nomination_of(batch.known, contact, row).id,
        state=State.INTERVIEWING.value,
        created_at=batch.moment.now,
        version=1,
    )
    profiles.put_profile(advocate, Profile())
    batch.known.staged.append(advocate)
    batch.advocates[contact.id] = advocate
    return advocate


def _write(batch: _Batch, advocate: Advocate, plan: _Plan, row: AdvocateRow) -> bool:
    changed = profiles.profile_of(advocate) != plan.profile
    if changed:
        profiles.put_profile(advocate, plan.profile)
    changed = put(advocate, {"state": plan.state.value}) or changed
    changed = _write_consent(batch, advocate, row) or changed
    changed = _write_interview(batch, advocate, row) or changed
    if plan.state is State.ACTIVE and advocate.published_at is None:
        advocate.published_at, changed = batch.moment.now, True
    return _write_check(advocate, row, plan.state) or changed


def _write_consent(batch: _Batch, advocate: Advocate, row: AdvocateRow) -> bool:
    stored = batch.consents.get(advocate.id)
    if row.consent_on is None or (stored is not None and stored.given_on > row.consent_on):
        return False
    consent = ConsentRow(
        id=batch.moment.new_id(),
        advocate_id=advocate.id,
        scopes=[scope.value for scope in row.consent_scopes or (ConsentScope.LISTED,)],
        given_on=row.consent_on,
        how=row.consent_how or (stored.how if stored is not None else HOW),
        recorded_at=batch.moment.now,
        ends_on=_until(batch, row, row.consent_on, stored),
    )
    if stored is not None and _proof(stored) == _proof(consent):
        return False
    if stored is not None and stored.given_on == row.consent_on and stored.recorded_by_id is None:
        # Said by a file before, perhaps by another line of this one: corrected, or each run would add one more.
        stored.scopes, stored.how, stored.ends_on = consent.scopes, consent.how, consent.ends_on
        return True
    batch.known.staged.append(consent)
    batch.consents[advocate.id] = consent
    return True


def _proof(consent: ConsentRow) -> tuple[object, ...]:
    return consent.given_on, consent.scopes, consent.how, consent.ends_on


def _write_interview(batch: _Batch, advocate: Advocate, row: AdvocateRow) -> bool:
    if row.interview_on is None:
        return False
    at = _noon(row.interview_on)
    interview = batch.interviews.get(advocate.id)
    if interview is None:
        interview = InterviewRow(id=batch.moment.new_id(), advocate_id=advocate.id, at=at)
        batch.known.staged.append(interview)
        batch.interviews[advocate.id] = interview
    elif interview.held_at is not None or interview.at.date() == row.interview_on:
        return False
    interview.at, interview.held_at = at, at if at <= batch.moment.now else None
    return True


def _write_check(advocate: Advocate, row: AdvocateRow, state: State) -> bool:
    """When the profile was last found right: the file's day if it is newer; at first also the day of the consent."""
    day = row.verified_on or (row.consent_on if state is State.ACTIVE and advocate.verified_at is None else None)
    if day is None or (advocate.verified_at is not None and advocate.verified_at.date() >= day):
        return False
    advocate.verified_at = _noon(day)
    return True


def _noon(day: date) -> datetime:
    """A day as an instant that is that day nearly everywhere."""
    return datetime.combine(day, time(12), UTC)
