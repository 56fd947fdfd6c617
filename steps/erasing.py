"""Erasing a person on request: what there is, the act itself, and what goes on after it until nothing is left.

The first transaction empties the person's rows and forbids nominating them again; then table by table is searched for
their name, and message by message is changed in Slack. Each is a transaction, so that an interrupted erasure goes on
where it stood. Which column becomes what is said in domain.privacy.
"""

from datetime import timedelta

from domain import permissions
from domain.do_not_contact import Named, Origin
from domain.erasing import Preview, Subject
from domain.errors import AlreadyDone, RuleError
from domain.moment import Moment
from domain.names import normalise_email
from domain.people import Actor
from domain.permissions import Action
from domain.requests import OPEN, State
from domain.settings import Settings
from steps import askers, findable, fulfilment
from steps import request_progress as progress
from steps.checks import address
from steps.do_not_contact import named_in
from steps.erased_posts import rewrite_indexed, rewrite_naming
from storage import audit, do_not_contact, erased, erased_counts, erased_posts, erasing
from storage.advocates import Advocate
from storage.database import leave_no_copy, sealer
from storage.erasing import Erasure, Reach
from storage.guard import GuardedSession
from storage.nominations import Contact
from storage.requests import Request
from views import erasing as view

WHO = "Please write an email address, or a name and a company, such as: Ada Lovelace @ Analytical Engines."
NOBODY_THERE = "Everboard holds nobody under that. Please check the spelling, or try the email address."
SEVERAL = "Several customers are called that there. Please give the email address of the one who is meant."
NOT_THE_SAME = "That isn't what you looked for. Please type it again to confirm, or close this window."

INDEXED, NAMING, INDEX, ACCOUNT = "messages about them", "messages that name them", "search index", "slack account"
"""What is left to do beside the tables to search."""


def check(_session: GuardedSession, actor: Actor, _moment: Moment) -> None:
    """Raises NotAllowed for whoever may not erase anybody."""
    permissions.check(actor, Action.ERASE)


def preview(session: GuardedSession, actor: Actor, _moment: Moment, who: str) -> Preview:
    """What there is of somebody. Raises NotAllowed, RuleError at `who`."""
    permissions.check(actor, Action.ERASE)
    return shown(session, find(session, who))


def shown(session: GuardedSession, subject: Subject) -> Preview:
    """The same of rows that were found."""
    reach = erasing.reach_of(session, subject)
    counts = erased_counts.of(session, reach)
    return Preview(
        called=erasing.called(session, subject),
        subject=subject,
        counts=counts,
        has_email=erased_counts.has_email(session, subject),
        is_in_slack=erased_counts.is_in_slack(session, subject),
    )


def find(session: GuardedSession, who: str) -> Subject:
    """The person with this address, or of this "name @ company". Raises RuleError at `who`."""
    name, company = named_in(who)
    by_name = erasing.by_name(session, name, company) if company else None
    found = by_name if by_name is not None else [erasing.by_address(session, _address(who))]
    if len(found) > 1:
        raise RuleError(SEVERAL, {"who": SEVERAL})
    if not found or not found[0]:
        raise RuleError(NOBODY_THERE, {"who": NOBODY_THERE})
    return found[0]


def _address(who: str) -> str:
    try:
        return address(who)
    except RuleError:
        raise RuleError(WHO, {"who": WHO}) from None


def confirm(session: GuardedSession, actor: Actor, moment: Moment, meant: Subject, who: str) -> bool:
    """Erase whom the preview showed, if the same is typed again. Answers whether they can't be nominated any more.

    Raises NotAllowed, AlreadyDone when they are gone already, RuleError at `who`.
    """
    permissions.check(actor, Action.ERASE)
    if not erasing.by_ids(session, meant):
        raise AlreadyDone("They are erased already.")
    try:
        same = find(session, who) == meant
    except RuleError:
        same = False
    if not same:
        raise RuleError(NOT_THE_SAME, {"who": NOT_THE_SAME})
    begin(session, actor, moment, meant)
    return bool(meant.contact_ids)


def begin(session: GuardedSession, actor: Actor, moment: Moment, subject: Subject) -> str:
    """Empty the person's rows, and write down what is left to do. Answers the erasure's id.

    `actor` without an id is the command line. Raises NotAllowed.
    """
    permissions.check(actor, Action.ERASE)
    leave_no_copy(session)
    reach, traits = erasing.reach_of(session, subject), erasing.traits_of(session, subject)
    _forbid(session, actor, moment, subject)
    _let_requests_go(session, actor, moment, reach)
    erased.forget_drafts(session, traits)
    if subject.person_ids:
        erased.unlink_answers(session, traits)
    erased.clear(session, moment, reach)
    _without_asker(session, moment, subject)
    tables = erased.searched_tables() if traits != type(traits)() else []
    row = Erasure(
        id=moment.new_id(),
        begun_by_id=actor.person_id or None,
        begun_at=moment.now,
        traits=erasing.sealed(session, traits),
        subjects=list(reach.subjects),
        requests=list(reach.requests),
        left=[INDEXED, *tables, INDEX, NAMING, *([ACCOUNT] if traits.slack_ids else [])],
    )
    session.add(row)
    what = "customer.erased" if subject.contact_ids else "colleague.erased"
    audit.record(session, moment, actor.person_id or None, what, ("erasure", row.id))
    session.flush()
    return row.id


def _forbid(session: GuardedSession, actor: Actor, moment: Moment, subject: Subject) -> None:
    """Put the customer on the do-not-contact list, under each name and address that they are known by."""
    for contact_id in subject.contact_ids:
        contact = session.get_one(Contact, (session.workspace_id, contact_id))
        email = sealer(session).open(contact.email)
        named = Named(contact.name_key, contact.company_key, normalise_email(email) if email else None)
        do_not_contact.add(session, moment, actor.person_id or None, Origin.ERASED, named)


def _let_requests_go(session: GuardedSession, actor: Actor, moment: Moment, reach: Reach) -> None:
    """Live requests for the customer go on without them: whoever asked still needs somebody."""
    for request_id in reach.requests:
        row = progress.locked(session, request_id)
        if not State(row.state).is_live:
            continue
        if State(row.state) in OPEN - {State.AWAITING_OWNER}:
            row.advocate_id = None
            card = progress.refresh(session, moment, row.id)
        else:
            card = fulfilment.let_go(session, actor, moment, row)
        progress.tell_requesters(session, moment, card, view.sought_anew(card))
    session.flush()


def _without_asker(session: GuardedSession, moment: Moment, subject: Subject) -> None:
    """Requests of a colleague who is gone now: those who joined take over, or the team says who does."""
    for request_id in erased_counts.live_requests_of(session, subject.person_ids):
        askers.left(session, moment, session.get_one(Request, (session.workspace_id, request_id)))


def go_on(session: GuardedSession, moment: Moment, _settings: Settings | None = None) -> bool:
    """Do the next thing that an unfinished erasure has left. True when there is more to do at once."""
    row = erasing.unfinished(session, lock=True)
    if row is None:
        return False
    leave_no_copy(session)
    # Messages that are drawn anew are told from those that are to be changed by being later.
    moment = Moment(max(moment.now, row.begun_at + timedelta(milliseconds=1)), moment.random_bits)
    step = row.left[0] if row.left else None
    if step is None:
        row.done_at, row.traits, row.subjects, row.requests = moment.now, None, [], []
        return True
    if step == ACCOUNT and not erased_posts.forget_account(session, erasing.traits_in(session, row).slack_ids):
        return False  # its messages are still being changed; the clock comes back to it
    if step == ACCOUNT or _is_done(session, moment, row, step):
        row.left = row.left[1:]
    return True


def _is_done(session: GuardedSession, moment: Moment, row: Erasure, step: str) -> bool:
    """Do one step, or as much of it as one transaction may take. Whether nothing of it is left."""
    traits = erasing.traits_in(session, row)
    if step == INDEXED:
        return rewrite_indexed(session, moment, row, traits)
    if step == NAMING:
        return rewrite_naming(session, moment, row, traits)
    if step == INDEX:
        erased.search(session, "advocate_document", traits)
        return True
    for advocate_id in erased.search(session, step, traits):
        advocate = session.get_one(Advocate, (session.workspace_id, advocate_id))
        findable.refresh(session, advocate, moment.now.date())
    return True
