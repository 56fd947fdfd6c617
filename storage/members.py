"""What Slack says of its members, taken over into the rows of people. Decides nothing about functions and roles."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from domain.moment import Moment
from domain.names import normalise_email
from domain.people import Standing
from storage.database import sealer
from storage.guard import GuardedSession
from storage.people import Person


def keep(session: GuardedSession, moment: Moment, member: Mapping[str, Any]) -> Person:
    """Take over what Slack says of one member."""
    return keep_all(session, moment, [member])[0]


def keep_all(session: GuardedSession, moment: Moment, members: Sequence[Mapping[str, Any]]) -> list[Person]:
    """Take over what Slack says of members (`user` objects): name, standing, time zone, address, admin.

    One statement to look, then what is new or changed, each kind in one statement. Somebody imported is recognised by
    the address. An address that changed hands belongs to whoever Slack says has it now.
    """
    said = {member["id"]: member for member in members}
    addresses = _addresses(session, said.values())
    holder_of = {address.digest: slack_id for slack_id, address in addresses.items()}
    by_slack, by_digest = _rows_of(session, said, holder_of)
    kept: dict[str, Person] = {}
    for slack_id, member in said.items():
        address = addresses.get(slack_id)
        imported = by_digest.get(address.digest) if address is not None else None
        unseen = imported if imported is not None and imported.slack_user_id is None else None
        kept[slack_id] = by_slack.get(slack_id) or unseen or Person(id=moment.new_id())
        _describe(kept[slack_id], member)
    for digest in by_digest.keys() & holder_of.keys():
        person, heir = by_digest[digest], kept[holder_of[digest]]
        if person is not heir:
            _give_up_address(person, heir)
    session.flush()  # an address is unique: it has to be free before somebody else gets it
    for slack_id, person in kept.items():
        _put_address(session, person, addresses.get(slack_id))
        if person not in session or session.is_modified(person):
            person.updated_at = moment.now
        session.add(person)
    session.flush()
    return [kept[member["id"]] for member in members]


def worth_keeping(session: GuardedSession, listed: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Without those who left before anybody here knew them, or were erased since: Slack lists them for ever.

    One statement where any has left.
    """
    left = {member["id"]: member for member in listed if member.get("deleted")}
    addresses = _addresses(session, left.values())
    digests = [address.digest for address in addresses.values()]
    by_slack, by_digest = _rows_of(session, left, digests) if left else ({}, {})
    known = by_slack.keys() | {slack_id for slack_id, address in addresses.items() if address.digest in by_digest}
    return [member for member in listed if member["id"] not in left or member["id"] in known]


@dataclass(frozen=True, slots=True)
class _Address:
    text: str
    digest: bytes


def _addresses(session: GuardedSession, members: Iterable[Mapping[str, Any]]) -> dict[str, _Address]:
    """Each member's address by Slack id; of two with the same one, whoever is still here has it."""
    found: dict[bytes, tuple[str, str]] = {}
    for member in sorted(members, key=lambda member: not member.get("deleted")):
        text = (member.get("profile") or {}).get("email")
        if text:
            found[sealer(session).digest(normalise_email(text))] = (member["id"], text)
    return {slack_id: _Address(text, digest) for digest, (slack_id, text) in found.items()}


def _rows_of(
    session: GuardedSession, slack_ids: Collection[str], digests: Collection[bytes]
) -> tuple[dict[str, Person], dict[bytes, Person]]:
    """The rows of these Slack accounts, and those that have these addresses now."""
    theirs = Person.slack_user_id.in_(list(slack_ids)) | Person.email_digest.in_(list(digests))
    rows = session.scalars(select(Person).where(theirs)).all()
    by_slack = {row.slack_user_id: row for row in rows if row.slack_user_id is not None}
    return by_slack, {row.email_digest: row for row in rows if row.email_digest is not None}


def _describe(person: Person, member: Mapping[str, Any]) -> None:
    profile = member.get("profile") or {}
    person.slack_user_id = member["id"]
    person.name = (profile.get("real_name") or member.get("real_name") or member.get("name") or member["id"])[:255]
    person.title = (profile.get("title") or "")[:255] or None
    person.standing = standing_of(member).value
    person.time_zone = member.get("tz") or person.time_zone or "UTC"
    person.is_slack_admin = bool(member.get("is_admin") or member.get("is_owner"))


def _give_up_address(person: Person, heir: Person) -> None:
    """Who had the address loses it; of somebody only imported, the heir also takes what the import said."""
    person.email = person.email_digest = None
    if person.slack_user_id is None:
        if heir.function is None:
            heir.function, heir.function_source = person.function, person.function_source
        if person.manager_id != heir.id:
            heir.manager_id = heir.manager_id or person.manager_id


def _put_address(session: GuardedSession, person: Person, address: _Address | None) -> None:
    """Seal anew only what is new: sealing the same text twice differs, and would be written every night."""
    if address is not None and person.email_digest != address.digest:
        person.email, person.email_digest = sealer(session).seal(address.text), address.digest


def standing_of(member: Mapping[str, Any]) -> Standing:
    """What kind of account a Slack `user` object describes."""
    if member.get("deleted"):
        return Standing.DEACTIVATED
    if member.get("is_bot") or member.get("id") == "USLACKBOT":
        return Standing.BOT
    if member.get("is_stranger"):
        return Standing.STRANGER
    if member.get("is_restricted") or member.get("is_ultra_restricted"):
        return Standing.GUEST
    return Standing.MEMBER
