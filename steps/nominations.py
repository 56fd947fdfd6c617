"""From what somebody says of a customer to a stored nomination, or an endorsement of a known one.

Decides the order of the steps; the rules are in domain. `submit` is the way in for every source.
"""

from dataclasses import dataclass, replace

from domain import duplicates, permissions
from domain.do_not_contact import Named
from domain.errors import AlreadyDone, RuleError
from domain.moment import Moment
from domain.nominations import NOTE_LIMIT, Card, Move, Source, State, Values
from domain.people import Actor
from steps import do_not_contact, progress
from steps.checks import checked, needed, optional
from storage import accounts, audit, cards, contacts, drafts, receipts, settings
from storage.guard import GuardedSession
from storage.nominations import Endorsement, Nomination
from views import news


@dataclass(frozen=True, slots=True)
class Submitted:
    """The nomination is stored; the team has `review_days` to look at it."""

    card: Card
    review_days: int


@dataclass(frozen=True, slots=True)
class AlreadyKnown:
    """Somebody nominated this customer before; `can_differ` when it might be a namesake."""

    card: Card
    is_own: bool
    can_differ: bool


def submit(
    session: GuardedSession,
    actor: Actor,
    moment: Moment,
    values: Values,
    source: Source,
    receipt: str,
    *,
    somebody_else: bool = False,
    quiet: bool = False,
) -> Submitted | AlreadyKnown:
    """Store a nomination, or say that the customer is known. The same receipt twice stores once.

    `quiet` is for files: nobody is told, and nothing is held back for somebody who might answer.

    Raises RuleError with the fields that need another look, NotAllowed for whoever may not nominate, Refused for a
    customer on the do-not-contact list.
    """
    permissions.check(actor, permissions.Action.NOMINATE)
    review_days = settings.load(session).numbers["review_goal_days"]
    if (before := _stored_before(session, receipt, review_days)) is not None:
        return before
    values = _with_account(session, checked(values))
    new = contacts.candidate(session, values)
    do_not_contact.check(session, actor, Named.of(values.contact_name, values.company, values.email))
    match, namesake = _known(session, new)
    if match is not None and namesake is not None and (match.why == "email" or not somebody_else):
        # What is known may be this very form: Slack's other delivery of it, stored since the first look.
        before = _stored_before(session, receipt, review_days)
        if before is None and not quiet:
            drafts.keep(session, moment, receipt, actor.person_id, values, source.value)
        return before or _already_known(session, actor, namesake, match)
    card = _store(session, actor, moment, values, new, source, namesake, receipt)
    if not quiet:
        announce(session, moment, card, review_days)
    return Submitted(card, review_days)


def _stored_before(session: GuardedSession, receipt: str, review_days: int) -> Submitted | None:
    done = receipts.outcome_of(session, receipt)
    return None if done is None else Submitted(cards.one(session, done), review_days)


def _known(session: GuardedSession, new: duplicates.Candidate) -> tuple[duplicates.Match | None, str | None]:
    """Who it most likely is, and that contact's live nomination."""
    known, nomination_of = contacts.known_like(session, new)
    match = duplicates.find_duplicate(new, known)
    return match, nomination_of[match.contact_id] if match is not None else None


def _already_known(session: GuardedSession, actor: Actor, nomination_id: str, match: duplicates.Match) -> AlreadyKnown:
    card = cards.one(session, nomination_id)
    return AlreadyKnown(card, card.nominator_id == actor.person_id, can_differ=match.why == "name")


def submit_somebody_else(session: GuardedSession, actor: Actor, moment: Moment, key: str) -> Submitted | AlreadyKnown:
    """Store, after all, the form that was held back because a namesake is known. Raises NotFound."""
    values, source = drafts.of(session, key, actor.person_id)
    return submit(session, actor, moment, values, Source(source), f"{key}:else", somebody_else=True)


def _with_account(session: GuardedSession, values: Values) -> Values:
    """The company as the account that it is, whether it was picked from the list or typed."""
    account = (
        accounts.by_id(session, values.account_id) if values.account_id else accounts.by_name(session, values.company)
    )
    if account is None:
        return replace(values, account_id=None)
    return replace(values, company=account.name, account_id=account.id)


def _store(
    session: GuardedSession,
    actor: Actor,
    moment: Moment,
    values: Values,
    new: duplicates.Candidate,
    source: Source,
    namesake: str | None,
    receipt: str,
) -> Card:
    contact = contacts.keep(session, moment, values, new, somebody_else=namesake is not None)
    row = _row(actor, moment, values, source)
    row.contact_id, row.possible_duplicate_of = contact.id, namesake
    if (contact.name_key, contact.company_key) != (new.name_key, new.company_key):
        row.written_name, row.written_company = values.contact_name, values.company
    session.add(row)
    what, about = "nomination.submitted", ("nomination", row.id)
    audit.record(session, moment, actor.person_id or None, what, about, after={"state": row.state})
    receipts.keep(session, moment, receipt, row.id)
    return cards.one(session, row.id)


def _row(actor: Actor, moment: Moment, values: Values, source: Source) -> Nomination:
    return Nomination(
        id=moment.new_id(),
        nominator_id=actor.person_id or None,
        nominator_function=actor.function.value if actor.function else None,
        source=source.value,
        state=State.SUBMITTED.value,
        created_at=moment.now,
        products=list(values.products),
        activities=list(values.activities),
        **{name: getattr(values, name) for name in _AS_TYPED},
    )


_AS_TYPED = (
    "why",
    "customer_knows",
    "title",
    "persona",
    "industry",
    "country",
    "use_cases",
    "relationship",
    "evidence_link",
    "evidence_text",
)


def announce(session: GuardedSession, moment: Moment, card: Card, review_days: int) -> None:
    """Draw the team's alert, and tell whoever nominated that it has arrived."""
    progress.refresh(session, moment, card)
    if card.nominator_slack_id:
        progress.tell(session, moment, card, card.nominator_slack_id, news.received(card, review_days))


def endorse(session: GuardedSession, actor: Actor, moment: Moment, nomination_id: str, note: str | None) -> Card:
    """Add this person's word to a known nomination; once a person. Raises AlreadyDone, NotFound."""
    permissions.check(actor, permissions.Action.ENDORSE)
    progress.locked(session, nomination_id)  # or of two at once, each would draw an alert without the other
    card = cards.one(session, nomination_id)
    if not card.state.is_live:
        raise RuleError(f"This nomination is {card.state.words} by now. Please nominate them afresh.")
    if card.nominator_id == actor.person_id:
        raise AlreadyDone("You nominated them yourself, so your word counts already.")
    if actor.slack_user_id in card.endorser_slack_ids:
        raise AlreadyDone("You endorsed them before, so your word counts already.")
    row = Endorsement(id=moment.new_id(), nomination_id=nomination_id, person_id=actor.person_id, created_at=moment.now)
    row.note = optional(note, NOTE_LIMIT, "note")
    session.add(row)
    audit.record(session, moment, actor.person_id, "nomination.endorsed", ("nomination", nomination_id))
    card = cards.one(session, nomination_id)
    progress.refresh(session, moment, card)
    return card


def withdraw(session: GuardedSession, actor: Actor, moment: Moment, nomination_id: str) -> Card:
    """The nominator takes a nomination back while it is open. Raises NotAllowed, IllegalMove."""
    return progress.move(session, actor, moment, nomination_id, Move.WITHDRAW, permissions.Action.WITHDRAW)


def answer(session: GuardedSession, actor: Actor, moment: Moment, nomination_id: str, words: str) -> Card:
    """The nominator answers the team's question; the nomination waits for review again."""
    said = needed(words, NOTE_LIMIT, "answer", "What would you like to answer?")

    def note(row: Nomination) -> None:
        row.answer = said

    return progress.move(session, actor, moment, nomination_id, Move.ANSWER, permissions.Action.ANSWER_QUESTION, note)
