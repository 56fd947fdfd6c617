"""Who must not be nominated again, by keyed digests alone: the list names nobody. Decides nothing about who is told.

An entry made by an erasure has the digest of the address where there was one, and that of name and company. Two people
of one name at one company are told apart by their addresses where both are known.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Index, LargeBinary, String, Text, func, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from domain.do_not_contact import Entry, Named, Origin
from domain.moment import Moment
from storage import blind
from storage.base import ID_LENGTH, Base, TenantRow
from storage.database import sealer
from storage.guard import GuardedSession
from storage.people import Person


class DoNotContact(TenantRow, Base):
    """One person who must not be asked: digests, and who entered or lifted it."""

    __tablename__ = "do_not_contact"
    __table_args__ = (
        Index(None, "workspace_id", "email_digest"),
        Index(None, "workspace_id", "name_digest"),
        Index(None, "workspace_id", "added_at"),
    )

    email_digest: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    name_digest: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    origin: Mapped[str] = mapped_column(String(16))
    added_at: Mapped[datetime]
    added_by_id: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    lifted_at: Mapped[datetime | None]
    lifted_by_id: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    lift_reason: Mapped[str | None] = mapped_column(Text)


def against(session: GuardedSession, new: Named) -> DoNotContact | None:
    """The entry that stands against nominating this customer. Two statements, one of them once a transaction."""
    wanted = _digests(session, new)
    return next(iter(_standing(session, [wanted])), None)


def against_any(session: GuardedSession, candidates: Collection[Named]) -> set[Named]:
    """Those of many against whom an entry stands. As many statements."""
    wanted = {one: _digests(session, one) for one in candidates}
    entries = _standing(session, wanted.values())
    return {one for one, digests in wanted.items() if any(digests.fit(entry) for entry in entries)}


@dataclass(frozen=True, slots=True)
class _Digests:
    """As what somebody may stand on the list."""

    emails: frozenset[bytes]
    names: frozenset[bytes]

    def fit(self, entry: DoNotContact) -> bool:
        """Whether an entry is theirs: by the address; by the name only where one of the two has no address."""
        if entry.email_digest is not None and entry.email_digest in self.emails:
            return True
        return entry.name_digest in self.names and (entry.email_digest is None or not self.emails)


def _digests(session: GuardedSession, one: Named) -> _Digests:
    emails = blind.digests(session, one.email) if one.email else []
    names = blind.digests(session, _named(one)) if one.name_key else []
    return _Digests(frozenset(emails), frozenset(names))


def _named(one: Named) -> str:
    """No address can be taken for it."""
    return f"name\0{one.name_key}\0{one.company_key}"


def _standing(session: GuardedSession, wanted: Collection[_Digests]) -> list[DoNotContact]:
    emails = {digest for one in wanted for digest in one.emails}
    names = {digest for one in wanted for digest in one.names}
    fits = or_(DoNotContact.email_digest.in_(emails), DoNotContact.name_digest.in_(names))
    in_force = select(DoNotContact).where(DoNotContact.lifted_at.is_(None)).order_by(DoNotContact.added_at)
    entries = session.scalars(in_force.where(fits))
    return [entry for entry in entries if any(one.fit(entry) for one in wanted)]


def add(session: GuardedSession, moment: Moment, actor_id: str | None, origin: Origin, new: Named) -> DoNotContact:
    """A new entry, or the very same that stands already."""
    wanted = _digests(session, new)
    for entry in _standing(session, [wanted]):
        same_address = entry.email_digest in wanted.emails if wanted.emails else entry.email_digest is None
        if same_address and (entry.name_digest in wanted.names if wanted.names else entry.name_digest is None):
            return entry
    row = DoNotContact(
        id=moment.new_id(),
        email_digest=sealer(session).digest(new.email),
        name_digest=sealer(session).digest(_named(new)) if new.name_key else None,
        origin=origin.value,
        added_at=moment.now,
        added_by_id=actor_id,
    )
    session.add(row)
    return row


def listed(session: GuardedSession, most: int) -> list[Entry]:
    """Those in force, the newest first. One statement."""
    query = (
        select(DoNotContact, Person.slack_user_id)
        .outerjoin(Person, Person.id == DoNotContact.added_by_id)
        .where(DoNotContact.lifted_at.is_(None))
        .order_by(DoNotContact.added_at.desc(), DoNotContact.id.desc())
        .limit(most)
    )
    return [
        Entry(
            row.id,
            Origin(row.origin),
            row.added_at,
            slack_id,
            row.email_digest is not None,
            row.name_digest is not None,
        )
        for row, slack_id in session.execute(query)
    ]


def how_many(session: GuardedSession) -> int:
    """How many are in force. One statement."""
    return session.scalar(select(func.count(DoNotContact.id)).where(DoNotContact.lifted_at.is_(None))) or 0
