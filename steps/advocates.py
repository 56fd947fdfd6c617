"""The journey from an introduction to a published profile. The rules are in domain.advocates.

Every step brings the alert in the team's channel up to date, and tells whoever nominated or endorsed.
"""

from datetime import date, datetime
from functools import partial

from sqlalchemy import select

from domain import nominations, permissions
from domain.advocates import (
    Card,
    Consent,
    ConsentScope,
    Move,
    Profile,
    State,
    after,
    check_publishable,
    check_until,
    notes_mark,
)
from domain.errors import AlreadyDone, RuleError
from domain.moment import Moment
from domain.nominations import NOTE_LIMIT, WHY_LIMIT
from domain.nominations import State as NominationState
from domain.people import Actor
from steps import findable, progress, saved_searches, vocabulary, wins
from steps.checks import colleague, needed, optional
from storage import audit, cards, profiles, receipts
from storage.accounts import Account
from storage.advocates import Advocate, ConsentRow, InterviewRow, Introduction
from storage.database import sealer
from storage.guard import GuardedSession
from storage.nominations import Contact, Nomination
from views import news


def introduced(session: GuardedSession, actor: Actor, moment: Moment, nomination_id: str, note: str | None) -> Card:
    """Record that the customer was introduced to us: from now on there is an advocate to interview.

    Raises NotAllowed, AlreadyDone, RuleError for a nomination that was not accepted.
    """
    row = progress.locked(session, nomination_id)
    card = cards.one(session, nomination_id)
    permissions.check(actor, permissions.Action.RECORD_INTRODUCTION, progress.relations_of(actor, card))
    check_awaits_introduction(card)
    introduction = session.scalars(select(Introduction).where(Introduction.nomination_id == nomination_id)).one()
    introduction.made_at, introduction.made_by_id = moment.now, actor.person_id
    introduction.note = optional(note, NOTE_LIMIT, "note")
    advocate = _begin(session, moment, row)
    audit.record(
        session,
        moment,
        actor.person_id,
        "advocate.introduced",
        ("advocate", advocate.id),
        after={"state": advocate.state},
    )
    card = cards.one(session, nomination_id)
    progress.refresh(session, moment, card)
    progress.close_introduction(session, moment, card)
    progress.tell_backers(session, moment, card, lambda _reader: news.introduced(card))
    return profiles.one(session, advocate.id)


def check_awaits_introduction(card: nominations.Card) -> None:
    """Raises AlreadyDone once the introduction is recorded, RuleError for a nomination that was not accepted."""
    if card.state is not NominationState.ACCEPTED:
        raise RuleError(f"This nomination is {card.state.words}, so there is nobody to introduce.")
    if card.introduction_made or card.introduction_due is None:
        raise AlreadyDone("The introduction is recorded already.")


def _begin(session: GuardedSession, moment: Moment, row: Nomination) -> Advocate:
    contact = session.get_one(Contact, (session.workspace_id, row.contact_id))
    account = session.get(Account, (session.workspace_id, contact.account_id)) if contact.account_id else None
    advocate = Advocate(
        id=moment.new_id(),
        contact_id=row.contact_id,
        nomination_id=row.id,
        state=State.INTRODUCED.value,
        created_at=moment.now,
        languages=[],
        refused_activities=[],
    )
    profile = first_profile(row, account)
    profiles.put_profile(advocate, profile)
    vocabulary.learn(session, None, moment, findable.terms_of(profile))
    session.add(advocate)
    session.flush()
    return advocate


def first_profile(row: Nomination, account: Account | None) -> Profile:
    """What the nomination and the account already say, so that nobody types it again."""
    country = row.country or (account.country if account else None)
    return Profile(
        title=row.title,
        persona=row.persona,
        industry=row.industry or (account.industry if account else None),
        country=country,
        region=findable.region(country),
        products=tuple(row.products or (account.products if account else ())),
        use_cases=row.use_cases,
        activities=tuple(row.activities),
    )


def schedule(
    session: GuardedSession,
    actor: Actor,
    moment: Moment,
    advocate_id: str,
    at: datetime,
    link: str | None,
    interviewer_slack_id: str | None,
    receipt: str,
) -> Card:
    """Set or move the interview; the same receipt twice does it once.

    Raises RuleError for a time that has passed or an interviewer nobody knows.
    """
    permissions.check(actor, permissions.Action.EDIT_PROFILE)
    row = locked(session, advocate_id)
    if not receipts.is_new(session, moment, receipt):
        return profiles.one(session, advocate_id)
    state = after(State(row.state), Move.SCHEDULE)
    if at <= moment.now:
        raise RuleError("That time has passed.", {"at": "Please pick a time that is still to come."})
    interviewer = colleague(session, interviewer_slack_id, "interviewer") if interviewer_slack_id else None
    interview = _interview_of(session, advocate_id)
    if interview is None:
        interview = InterviewRow(id=moment.new_id(), advocate_id=advocate_id)
        session.add(interview)
    interview.at, interview.link = at, optional(link, NOTE_LIMIT, "link")
    interview.interviewer_id = interviewer.id if interviewer else actor.person_id
    moved(session, actor, moment, row, state, "advocate.interview_scheduled")
    card = cards.one(session, row.nomination_id)
    progress.tell_backers(session, moment, card, lambda _reader: news.interview(card, at))
    return profiles.one(session, advocate_id)


def record_interview(
    session: GuardedSession, actor: Actor, moment: Moment, advocate_id: str, notes: str | None, *, held: bool, mark: str
) -> Card:
    """Keep the notes, sealed, and whether the conversation took place. `mark` is of the notes that the form showed.

    Raises RuleError without an interview, AlreadyDone when somebody else changed the notes since.
    """
    permissions.check(actor, permissions.Action.SEE_INTERVIEW_NOTES)
    row = locked(session, advocate_id)
    interview = _interview_of(session, advocate_id)
    if interview is None:
        raise RuleError("Please schedule the interview first.")
    words, stood = optional(notes, WHY_LIMIT, "notes"), sealer(session).open(interview.notes)
    if notes_mark(stood) != mark and stood != words:
        raise AlreadyDone("A colleague changed these notes in the meantime. Please copy your text, reopen and add it.")
    interview.notes = sealer(session).seal(words)
    interview.held_at = (interview.held_at or moment.now) if held else None
    moved(session, actor, moment, row, State(row.state), "advocate.interview_recorded")
    return profiles.one(session, advocate_id)


def record_consent(
    session: GuardedSession, actor: Actor, moment: Moment, advocate_id: str, consent: Consent, receipt: str
) -> Card:
    """Keep what the customer agreed to; the same receipt twice does it once.

    Raises RuleError for a day still to come, without a word on how, or for an end that makes no sense.
    """
    permissions.check(actor, permissions.Action.EDIT_PROFILE)
    row = locked(session, advocate_id)
    if not receipts.is_new(session, moment, receipt):
        return profiles.one(session, advocate_id)
    before = profiles.consents_of(session, [advocate_id]).get(advocate_id)
    keep_consent(session, actor, moment, advocate_id, consent)
    moved(session, actor, moment, row, State(row.state), "advocate.consent_recorded")
    if row.state == State.ACTIVE.value and ConsentScope.LISTED not in consent.scopes:
        _leave(session, actor, moment, row, Move.REST)
    elif row.state == State.ACTIVE.value:
        back_in_time(session, actor, moment, row, before)
    return profiles.one(session, advocate_id)


def keep_consent(session: GuardedSession, actor: Actor, moment: Moment, advocate_id: str, consent: Consent) -> None:
    """Write down what the customer agreed to. Raises RuleError at the fields."""
    if consent.given_on > actor.today(moment.now):
        raise RuleError("That day is still to come.", {"given_on": "On which day did they agree?"})
    until = check_until(consent.given_on, consent.until)
    how = needed(consent.how, NOTE_LIMIT, "how", "A few words on how they agreed, such as: by email.")
    session.add(
        ConsentRow(
            id=moment.new_id(),
            advocate_id=advocate_id,
            scopes=[scope.value for scope in consent.scopes],
            given_on=consent.given_on,
            how=how,
            recorded_by_id=actor.person_id,
            recorded_at=moment.now,
            ends_on=until,
        )
    )
    session.flush()


def back_in_time(session: GuardedSession, actor: Actor, moment: Moment, row: Advocate, before: Consent | None) -> None:
    """Whose consent had ended is found again, and whoever waits for somebody like them hears of it."""
    if before is not None and before.has_ended(actor.today(moment.now)):
        findable.refresh(session, row, actor.today(moment.now))
        saved_searches.tell(session, moment, [row.id])


def publish(session: GuardedSession, actor: Actor, moment: Moment, advocate_id: str) -> Card:
    """Make the advocate findable, and give credit. Raises RuleError naming what is missing, IllegalMove."""
    permissions.check(actor, permissions.Action.PUBLISH)
    row = locked(session, advocate_id)
    state = after(State(row.state), Move.PUBLISH)
    _check_publishable(session, advocate_id, actor.today(moment.now))
    row.published_at = row.verified_at = moment.now
    moved(session, actor, moment, row, state, "advocate.published")
    findable.refresh(session, row, moment.now.date())
    card = cards.one(session, row.nomination_id)
    progress.tell_backers(session, moment, card, partial(news.published, card))
    wins.published(session, moment, card)
    saved_searches.tell(session, moment, [advocate_id])
    return profiles.one(session, advocate_id)


def _check_publishable(session: GuardedSession, advocate_id: str, today: date) -> None:
    card = profiles.one(session, advocate_id)
    interviewed = bool(card.interview and card.interview.held)
    check_publishable(card.profile, card.consent, interviewed=interviewed, today=today)


def leave(session: GuardedSession, actor: Actor, moment: Moment, advocate_id: str, what: Move) -> Card:
    """Rest or retire: nobody finds the advocate from now on."""
    permissions.check(actor, permissions.Action.EDIT_PROFILE)
    row = locked(session, advocate_id)
    _leave(session, actor, moment, row, what)
    return profiles.one(session, advocate_id)


def come_back(session: GuardedSession, actor: Actor, moment: Moment, advocate_id: str) -> Card:
    """Wake a resting advocate, or begin again with a retired one."""
    permissions.check(actor, permissions.Action.EDIT_PROFILE)
    row = locked(session, advocate_id)
    what = Move.WAKE if row.state == State.RESTING.value else Move.RETURN
    if what is Move.WAKE:
        # They may rest because they took their consent back.
        _check_publishable(session, advocate_id, actor.today(moment.now))
    moved(session, actor, moment, row, after(State(row.state), what), f"advocate.{what.name.lower()}")
    if row.state == State.ACTIVE.value:
        findable.refresh(session, row, moment.now.date())
        saved_searches.tell(session, moment, [advocate_id])
    return profiles.one(session, advocate_id)


def _leave(session: GuardedSession, actor: Actor, moment: Moment, row: Advocate, what: Move) -> None:
    moved(session, actor, moment, row, after(State(row.state), what), f"advocate.{what.name.lower()}")
    findable.refresh(session, row, moment.now.date())


def locked(session: GuardedSession, advocate_id: str) -> Advocate:
    """The advocate's row, held until the transaction ends. Raises NotFound."""
    row = session.get(Advocate, (session.workspace_id, advocate_id), with_for_update=True)
    if row is None:
        raise RuleError("This advocate isn't here any more.")
    return row


def _interview_of(session: GuardedSession, advocate_id: str) -> InterviewRow | None:
    return session.scalar(select(InterviewRow).where(InterviewRow.advocate_id == advocate_id))


def moved(session: GuardedSession, actor: Actor, moment: Moment, row: Advocate, state: State, what: str) -> None:
    """Write down one step of the journey, and bring the alert up to date."""
    before, row.state = row.state, state.value
    audit.record(
        session,
        moment,
        actor.person_id,
        what,
        ("advocate", row.id),
        before={"state": before},
        after={"state": row.state},
    )
    progress.refresh(session, moment, cards.one(session, row.nomination_id))
