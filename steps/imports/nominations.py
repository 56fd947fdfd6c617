"""Imported nominations: each goes the way of every other source, but the team hears of a long file once.

A nomination keeps the day on which it was made, so that its age and its expiry are true.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta

from domain.errors import RuleError
from domain.imports.cells import shown
from domain.imports.kinds import NominationRow
from domain.imports.report import Outcome, Result
from domain.messages import Kind
from domain.moment import Moment
from domain.names import company_key, person_key
from domain.nominations import Card, Source, Values
from domain.people import Actor, Function, Role
from steps import nominations, progress
from steps.imports.batch import Colleagues, Job, digest_of, each
from steps.imports.contacts import known_as
from steps.nominations import Submitted
from storage import imports, outbox, settings
from storage.guard import GuardedSession
from storage.nominations import Contact, Nomination
from storage.people import Person
from views.imports import nominations_waiting

FEW = 10
"""Lines of a file whose nominations are announced one by one: as many as a team reads as they come."""

_AS_READ = ("why", "title", "persona", "phone", "industry", "country", "use_cases", "relationship", "evidence_link")


@dataclass(slots=True)
class _Batch:
    session: GuardedSession
    moment: Moment
    nominators: Colleagues
    handled: set[str]
    imported: set[tuple[str, str]]
    contact_of: dict[object, str]
    expiry: timedelta
    added: list[Card] = field(default_factory=list)


def keep(session: GuardedSession, moment: Moment, job: Job, rows: Sequence[NominationRow]) -> list[Outcome]:
    """Submit the nominations of these lines, and let the team know."""
    contacts = _contacts(session, rows)
    earlier = imports.nominations_of(session, {contact.id for contact in contacts})
    batch = _Batch(
        session,
        moment,
        Colleagues(session, [row.nominator for row in rows]),
        imports.handled(session, [_receipt(row) for row in rows]),
        {(one.contact_id, one.why) for some in earlier.values() for one in some if one.source == Source.IMPORT.value},
        _by_identity(contacts),
        timedelta(days=settings.load(session).numbers["nomination_expiry_days"]),
    )
    outcomes = each(rows, lambda row: _keep_one(batch, row))
    _announce(batch, job)
    return outcomes


def _keep_one(batch: _Batch, row: NominationRow) -> Outcome:
    if _was_imported(batch, row):
        return Outcome(row.line, Result.UNCHANGED)
    if row.nominated_on and row.nominated_on > batch.moment.now.date():
        raise RuleError(f"the day of the nomination, {row.nominated_on.isoformat()}, is still to come")
    values = Values(
        contact_name=row.contact_name,
        company=row.company,
        email=row.email,
        customer_knows=bool(row.customer_knows),
        products=row.products or (),
        activities=row.activities or (),
        **{name: getattr(row, name) for name in _AS_READ},
    )
    nominator = _nominator(batch, row)
    done = nominations.submit(batch.session, nominator, batch.moment, values, Source.IMPORT, _receipt(row), quiet=True)
    if not isinstance(done, Submitted):
        return Outcome(row.line, Result.KNOWN)
    batch.handled.add(_receipt(row))
    batch.added.append(_of_its_day(batch, done.card, row.nominated_on))
    return Outcome(row.line, Result.ADDED, remarks=(*_soon_gone(batch, row), *_known_as(done.card)))


def _known_as(card: Card) -> tuple[str, ...]:
    if card.written_name is None:
        return ()
    return (known_as(card.contact_name, card.company),)


def _soon_gone(batch: _Batch, row: NominationRow) -> tuple[str, ...]:
    if row.nominated_on is None or batch.moment.now.date() - row.nominated_on < batch.expiry:
        return ()
    return (f"Older than {batch.expiry.days} days, so it expires tonight unless somebody accepts it before.",)


def _nominator(batch: _Batch, row: NominationRow) -> Actor:
    """Whoever nominated them then. Their standing today says nothing about that day, so it is not asked for."""
    person = batch.nominators.find(row.nominator)
    if row.nominator and person is None:
        raise RuleError(
            f"“{shown(row.nominator)}” is no colleague that Everboard knows (or several of that name); "
            "please import people first, or leave the cell empty"
        )
    return _actor(person)


def _actor(person: Person | None) -> Actor:
    if person is None:
        return Actor(person_id="", slack_user_id="", name="")
    return Actor(
        person_id=person.id,
        slack_user_id=person.slack_user_id or "",
        name=person.name,
        roles=frozenset({Role.MEMBER}),
        function=Function(person.function) if person.function else None,
    )


def _receipt(row: NominationRow) -> str:
    """The same for the same nomination in whatever line, on whatever day the file was made."""
    facts = {name: value for name, value in asdict(row).items() if name not in {"line", "nominated_on"}}
    return f"import:{hashlib.sha256(repr(sorted(facts.items())).encode('utf-8', 'surrogatepass')).hexdigest()}"


def _was_imported(batch: _Batch, row: NominationRow) -> bool:
    """By its receipt, or, when receipts of that time are gone, by what stands in the nomination itself."""
    if _receipt(row) in batch.handled:
        return True
    digest = digest_of(batch.session, row.email)
    contact_id = batch.contact_of.get(digest) if digest else None
    contact_id = contact_id or batch.contact_of.get((company_key(row.company), person_key(row.contact_name)))
    return contact_id is not None and (contact_id, row.why) in batch.imported


def _contacts(session: GuardedSession, rows: Sequence[NominationRow]) -> list[Contact]:
    digests = {digest for row in rows if (digest := digest_of(session, row.email))}
    return imports.contacts_like(session, digests, {company_key(row.company) for row in rows})


def _by_identity(contacts: Sequence[Contact]) -> dict[object, str]:
    found: dict[object, str] = {(contact.company_key, contact.identity): contact.id for contact in contacts}
    return found | {contact.email_digest: contact.id for contact in contacts if contact.email_digest}


def _of_its_day(batch: _Batch, card: Card, nominated_on: date | None) -> Card:
    """The nomination as of the day in the file: its alert says the same day as every list."""
    if nominated_on is None:
        return card
    row = batch.session.get_one(Nomination, (batch.session.workspace_id, card.id))
    row.created_at = min(datetime.combine(nominated_on, time(12), UTC), batch.moment.now)
    return replace(card, created_at=row.created_at)


def _announce(batch: _Batch, job: Job) -> None:
    """An alert each for a few. For a long file one message that is kept current while the file is read."""
    if job.lines <= FEW:
        for card in batch.added:
            progress.refresh(batch.session, batch.moment, card)
    elif batch.added:
        so_far = imports.counted(batch.session, job.id, Result.ADDED.name.lower())
        outbox.put(
            batch.session,
            batch.moment,
            Kind.REVIEW_DIGEST,
            progress.TEAM_CHANNEL,
            nominations_waiting(so_far + len(batch.added)),
            slot=f"import:{job.id}",
        )
