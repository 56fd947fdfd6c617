"""The contact and the nomination behind an imported advocate, found again or made. Decides nothing of the profile."""

from collections.abc import Collection, Iterable, Mapping

from domain.do_not_contact import NEUTRAL, Named
from domain.errors import RuleError
from domain.imports.kinds import AdvocateRow
from domain.moment import Moment
from domain.names import company_key, person_key
from domain.nominations import Source, State
from steps import progress
from steps.imports.batch import Colleagues, digest_of
from storage import audit, cards
from storage.accounts import Account
from storage.base import Base
from storage.database import sealer
from storage.guard import GuardedSession
from storage.nominations import Contact, Nomination

WHY = "Imported as an advocate"
"""The reason of a nomination that nobody wrote one for: the list itself is the reason."""


class Known:
    """What is stored of the customers in a batch, and what its earlier lines have added.

    New rows wait in `staged` until all lines are through, so that they are written table by table.
    """

    def __init__(
        self,
        session: GuardedSession,
        moment: Moment,
        colleagues: Colleagues,
        accounts: Mapping[str, Account],
        contacts: Iterable[Contact],
        nominations: dict[str, list[Nomination]],
        refused: Collection[Named] = (),
    ) -> None:
        """`refused` are those of the batch who are on the do-not-contact list."""
        self.session = session
        self.moment = moment
        self.colleagues = colleagues
        self.accounts = accounts
        self.nominations = nominations
        self.refused = frozenset(refused)
        self.staged: list[Base] = []
        self.by_digest: dict[bytes, Contact] = {}
        self.by_identity: dict[tuple[str, str], Contact] = {}
        for contact in contacts:
            self.remember(contact)

    def remember(self, contact: Contact) -> None:
        """Let later lines find this contact."""
        self.by_identity[contact.company_key, contact.identity] = contact
        if contact.email_digest is not None:
            self.by_digest[contact.email_digest] = contact

    def check_may_be_asked(self, row: AdvocateRow) -> None:
        """Raises RuleError for somebody on the do-not-contact list."""
        if named(row) in self.refused:
            raise RuleError(NEUTRAL)

    def keep(self, contact: Contact, row: AdvocateRow, *, is_new: bool) -> bool:
        """Write what the line says of the contact, sealed. Answers whether anything is different now."""
        sealing, changed = sealer(self.session), is_new
        if is_new:
            self.staged.append(contact)
        if row.email and contact.email_digest is None:
            contact.email, contact.email_digest = sealing.seal(row.email), digest_of(self.session, row.email)
            changed = True
        if row.phone and sealing.open(contact.phone) != row.phone:
            contact.phone, changed = sealing.seal(row.phone), True
        account = self.accounts.get(contact.company_key)
        if account is not None and contact.account_id is None:
            contact.account_id, changed = account.id, True
        self.remember(contact)
        return _fill_nominator(self, contact, row) or changed


def named(row: AdvocateRow) -> Named:
    """Whom a line is about, as the do-not-contact list compares them."""
    return Named.of(row.contact_name, row.company, row.email)


def contact_of(known: Known, row: AdvocateRow) -> tuple[Contact, bool]:
    """The contact of a line, and whether it is new; nothing is written yet.

    Raises RuleError for a namesake: only people can tell whether an address changed or it is somebody else.
    """
    digest = digest_of(known.session, row.email)
    found = known.by_digest.get(digest) if digest else None
    key, name = company_key(row.company), person_key(row.contact_name)
    if found is None:
        found = known.by_identity.get((key, name))
        if found is not None and digest is not None and found.email_digest not in {None, digest}:
            raise RuleError(
                f"somebody called {row.contact_name} at {row.company} is known already, with another email address"
            )
    if found is not None:
        return found, False
    contact = Contact(
        id=known.moment.new_id(), name=row.contact_name, name_key=name, identity=name, company=row.company
    )
    contact.company_key, contact.created_at = key, known.moment.now
    return contact, True


def written_otherwise(contact: Contact, row: AdvocateRow) -> tuple[str, ...]:
    """What to say of a line whose address belongs to a name or company that is stored otherwise; that one stays."""
    same = (person_key(row.contact_name), company_key(row.company)) == (contact.name_key, contact.company_key)
    return () if same else (known_as(contact.name, contact.company),)


def known_as(name: str, company: str) -> str:
    """The remark on a line that was taken for somebody who is known by another name."""
    return f"That email address is known as {name}'s of {company}, so it is taken for them."


def nomination_of(known: Known, contact: Contact, row: AdvocateRow) -> Nomination:
    """The accepted nomination that an advocate comes from: the live one, accepted if need be, else a new one."""
    live = [one for one in known.nominations.get(contact.id, ()) if State(one.state).is_live]
    if live:
        return _accepted(known, live[-1])
    person = known.colleagues.find(row.nominator)
    nomination = Nomination(
        id=known.moment.new_id(),
        contact_id=contact.id,
        nominator_id=person.id if person else None,
        nominator_function=person.function if person else None,
        source=Source.IMPORT.value,
        state=State.ACCEPTED.value,
        why=WHY,
        customer_knows=row.consent_on is not None,
        products=list(row.products or ()),
        activities=list(row.activities or ()),
        created_at=known.moment.now,
        decided_at=known.moment.now,
    )
    known.staged.append(nomination)
    known.nominations.setdefault(contact.id, []).append(nomination)
    return nomination


def _accepted(known: Known, nomination: Nomination) -> Nomination:
    if nomination.state != State.ACCEPTED.value:
        before, nomination.state = nomination.state, State.ACCEPTED.value
        nomination.decided_at = known.moment.now
        audit.record(
            known.session,
            known.moment,
            None,
            "nomination.accept",
            ("nomination", nomination.id),
            before={"state": before},
            after={"state": nomination.state},
        )
        # The team's channel may show it as open: an alert always shows the present state.
        progress.refresh(known.session, known.moment, cards.one(known.session, nomination.id))
    return nomination


def _fill_nominator(known: Known, contact: Contact, row: AdvocateRow) -> bool:
    """Credit whom an earlier import could not name, because people were imported later."""
    person = known.colleagues.find(row.nominator)
    changed = False
    for nomination in known.nominations.get(contact.id, ()) if person else ():
        if nomination.nominator_id is None and nomination.source == Source.IMPORT.value and person is not None:
            nomination.nominator_id, nomination.nominator_function, changed = person.id, person.function, True
    return changed
