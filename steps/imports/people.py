"""Imported colleagues. Where Slack knows somebody, Slack's word on name and title stands.

A function from a Slack user group outranks the file's; the file's outranks the person's own.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.errors import RuleError
from domain.imports.kinds import PersonRow
from domain.imports.report import Outcome, Result
from domain.moment import Moment
from domain.people import Role, Standing
from steps.imports.batch import Colleagues, Job, checked_address, digest_of, each, put, result_of
from storage import audit, imports, people
from storage.database import sealer
from storage.guard import GuardedSession
from storage.people import Person

FROM_GROUP, FROM_IMPORT = "group", "import"


@dataclass(slots=True)
class _Batch:
    session: GuardedSession
    moment: Moment
    by_digest: dict[bytes, Person]
    by_slack_id: dict[str, Person]
    held: set[tuple[str, str]]


def keep(session: GuardedSession, moment: Moment, _job: Job, rows: Sequence[PersonRow]) -> list[Outcome]:
    """Add or change the people of these lines. Their managers are linked when all are there."""
    digests = {digest for row in rows if (digest := digest_of(session, row.email))}
    by_digest = imports.people_by_digest(session, digests)
    by_slack_id = imports.people_by_slack_id(session, {row.slack_user_id for row in rows if row.slack_user_id})
    ids = {person.id for person in (*by_digest.values(), *by_slack_id.values())}
    batch = _Batch(session, moment, by_digest, by_slack_id, imports.roles_of(session, ids))
    return each(rows, lambda row: _keep_one(batch, row))


def _keep_one(batch: _Batch, row: PersonRow) -> Outcome:
    email = checked_address(row.email)
    digest = digest_of(batch.session, email)
    person = _known(batch, row, digest)
    added = person is None
    if person is None:
        person = _new(batch, row)
    remarks = _outranked(person, row)
    changed = put(person, _facts(row, person) | ({} if remarks else _function(row, person)))
    if email and digest and person.email_digest != digest:
        person.email, person.email_digest, changed = sealer(batch.session).seal(email), digest, True
    changed = _grant(batch, person, row.roles or ()) or changed
    if changed:
        person.updated_at = batch.moment.now
    if digest:
        batch.by_digest[digest] = person
    if row.slack_user_id:
        batch.by_slack_id[row.slack_user_id] = person
    return Outcome(row.line, result_of(added=added, changed=changed), remarks=remarks)


def _known(batch: _Batch, row: PersonRow, digest: bytes | None) -> Person | None:
    by_address = batch.by_digest.get(digest) if digest else None
    by_account = batch.by_slack_id.get(row.slack_user_id) if row.slack_user_id else None
    if by_address and row.slack_user_id and by_address.slack_user_id not in {None, row.slack_user_id}:
        raise RuleError("this address belongs to another Slack account than the one named here")
    if by_account and by_account.email_digest not in {None, digest}:
        raise RuleError("this Slack account has another address than the one named here")
    if by_address and by_account and by_address is not by_account:
        raise RuleError("the address and the Slack account named here belong to two people")
    return by_address or by_account


def _new(batch: _Batch, row: PersonRow) -> Person:
    person = Person(
        id=batch.moment.new_id(),
        name=row.name,
        standing=Standing.MEMBER.value,
        time_zone="UTC",
        is_slack_admin=False,
        updated_at=batch.moment.now,
    )
    batch.session.add(person)
    return person


def _facts(row: PersonRow, person: Person) -> dict[str, object]:
    in_slack = person.slack_user_id is not None
    own = {} if in_slack else {"name": row.name, "title": row.title}
    return {**own, "slack_user_id": row.slack_user_id, "away_until": row.away_until}


def _function(row: PersonRow, person: Person) -> dict[str, object]:
    if row.function is None or person.function == row.function.value:
        return {}
    return {"function": row.function.value, "function_source": FROM_IMPORT}


def _outranked(person: Person, row: PersonRow) -> tuple[str, ...]:
    if row.function is None or person.function_source != FROM_GROUP or person.function == row.function.value:
        return ()
    return (f"Slack's user groups say “{person.function}”, which counts more than “{row.function.value}” here.",)


def _grant(batch: _Batch, person: Person, roles: Sequence[Role]) -> bool:
    new = [role for role in roles if (person.id, role.value) not in batch.held]
    if new:
        batch.session.flush()  # a grant points at the person's row
    for role in new:
        people.grant(batch.session, person.id, role)
        batch.held.add((person.id, role.value))
        audit.record(
            batch.session, batch.moment, None, "role.changed", ("person", person.id), after={"added": role.value}
        )
    return bool(new)


def link_managers(session: GuardedSession, _moment: Moment, _job: Job, rows: Sequence[PersonRow]) -> list[Outcome]:
    """Say who is whose manager, once everybody of the file is there."""
    rows = [row for row in rows if row.manager]
    colleagues = Colleagues(session, [text for row in rows for text in (row.email, row.manager)])
    above = imports.managers(session) if rows else {}
    return each(rows, lambda row: _link(colleagues, above, row))


def _link(colleagues: Colleagues, above: dict[str, str], row: PersonRow) -> Outcome:
    person, manager = colleagues.find(row.email), colleagues.find(row.manager)
    if person is None:
        return Outcome(row.line, Result.UNCHANGED)  # refused before
    if manager is None:
        return Outcome(row.line, Result.UNCHANGED, remarks=colleagues.remark(row.manager, "the manager is left open"))
    if _is_above(above, person.id, manager.id):
        remark = f"{person.name} would be their own manager, directly or through others, so the manager is left open."
        return Outcome(row.line, Result.UNCHANGED, remarks=(remark,))
    above[person.id] = manager.id
    return Outcome(row.line, result_of(added=False, changed=put(person, {"manager_id": manager.id})))


def _is_above(above: dict[str, str], person_id: str, manager_id: str) -> bool:
    """Whether the person stands above their manager-to-be, or is the same."""
    seen: set[str] = set()
    at: str | None = manager_id
    while at is not None and at not in seen:
        if at == person_id:
            return True
        seen.add(at)
        at = above.get(at)
    return False
