"""One move of a nomination, and what people hear of it. Permissions and state machine are in domain."""

from collections.abc import Callable

from domain import permissions
from domain.errors import AlreadyDone, IllegalMove, NotFound
from domain.messages import Kind, Rendered
from domain.moment import Moment
from domain.nominations import Card, Move, State, after
from domain.people import Actor, Standing
from domain.permissions import Relation
from domain.settings import ChannelRole
from storage import audit, cards, outbox, people
from storage.guard import GuardedSession
from storage.nominations import Nomination
from storage.outbox import TO_CHANNEL_ROLE
from views import alert, news, review

TEAM_CHANNEL = f"{TO_CHANNEL_ROLE}{ChannelRole.ADVOCACY.value}"


def relations_of(actor: Actor, card: Card) -> set[Relation]:
    """What ties this person to this nomination."""
    found = set()
    if card.nominator_id and card.nominator_id == actor.person_id:
        found.add(Relation.NOMINATOR)
    if actor.person_id in {card.account_owner_id, card.introduction_owner_id}:
        found.add(Relation.ACCOUNT_OWNER)
    return found


def move(
    session: GuardedSession,
    actor: Actor,
    moment: Moment,
    nomination_id: str,
    what: Move,
    action: permissions.Action,
    change: Callable[[Nomination], None] | None = None,
) -> Card:
    """Make one move: permission, lock, state machine, audit, alert. Answers the nomination as it is afterwards.

    Raises NotFound, NotAllowed, AlreadyDone (somebody was faster), IllegalMove.
    """
    row = locked(session, nomination_id)
    before = cards.one(session, nomination_id)
    permissions.check(actor, action, relations_of(actor, before))
    row.state = _after(before, what).value
    if change is not None:
        change(row)
    audit.record(
        session,
        moment,
        actor.person_id,
        f"nomination.{what.name.lower()}",
        ("nomination", nomination_id),
        before={"state": before.state.value},
        after={"state": row.state},
        reason=row.decline_reason if what is Move.DECLINE else None,
    )
    card = cards.one(session, nomination_id)
    refresh(session, moment, card)
    if before.state is State.NEEDS_INFO:
        close_question(session, moment, card)
    return card


def locked(session: GuardedSession, nomination_id: str) -> Nomination:
    """The nomination's row, held until the transaction ends, so that of two at once one waits and then sees."""
    row = session.get(Nomination, (session.workspace_id, nomination_id), with_for_update=True)
    if row is None:
        raise NotFound("This nomination isn't here any more.")
    return row


def _after(card: Card, what: Move) -> State:
    try:
        return after(card.state, what)
    except IllegalMove:
        if not card.state.is_open and card.decided_by_slack_id:
            raise AlreadyDone(f"Somebody was faster: this nomination is {card.state.words} already.") from None
        raise


def refresh(session: GuardedSession, moment: Moment, card: Card) -> None:
    """Bring the alert in the team's channel up to date; the first time posts it."""
    outbox.put(
        session,
        moment,
        Kind.NOMINATION_ALERT,
        TEAM_CHANNEL,
        alert.alert(card),
        subjects=subjects_of(card),
        slot=slot_of(card),
    )


def refresh_posted(session: GuardedSession, moment: Moment, card: Card) -> None:
    """The same, but only where there is an alert: what came in a large file has none, and gets none by the hundred."""
    if outbox.posted(session, [slot_of(card)]):
        refresh(session, moment, card)


def ask_nominator(session: GuardedSession, moment: Moment, card: Card) -> None:
    """Put the team's question to the nominator. Each question is a message of its own, which stays current."""
    if card.nominator_slack_id:
        slot = f"question:{card.id}:{moment.new_id()}"
        tell(session, moment, card, card.nominator_slack_id, news.question(card), Kind.QUESTION, slot)


def close_question(session: GuardedSession, moment: Moment, card: Card) -> None:
    """Let the last question's message say what came of it, and offer no answer any more."""
    slot = outbox.newest_slot(session, Kind.QUESTION, card.id)
    if slot is not None and card.nominator_slack_id:
        message = news.answered(card) if card.state is State.SUBMITTED else news.question_closed(card)
        tell(session, moment, card, card.nominator_slack_id, message, Kind.QUESTION, slot)


def ask_owner(session: GuardedSession, moment: Moment, card: Card) -> None:
    """Ask the relationship owner for the introduction; once it is made, the same message says so."""
    if card.introduction_owner_slack_id and card.introduction_due:
        message = review.introduction_request(card, card.introduction_due)
        tell(session, moment, card, card.introduction_owner_slack_id, message, Kind.INTRODUCTION, _asking(card))


def close_introduction(session: GuardedSession, moment: Moment, card: Card) -> None:
    """Let the request for the introduction say that it is made, and by whom, where there is such a request."""
    if card.introduction_owner_slack_id and outbox.posted(session, [_asking(card)]):
        done = review.introduction_made(card)
        tell(session, moment, card, card.introduction_owner_slack_id, done, Kind.INTRODUCTION, _asking(card))


def _asking(card: Card) -> str:
    return f"introduction:{card.id}"


def slot_of(card: Card) -> str:
    """The one message in the team's channel that stays current for this nomination."""
    return f"alert:{card.id}"


def tell(
    session: GuardedSession,
    moment: Moment,
    card: Card,
    slack_user_id: str,
    message: Rendered,
    kind: Kind = Kind.NOMINATION_NEWS,
    slot: str | None = None,
) -> None:
    """Tell one person something about a nomination, in a direct message; in one that is there, if it has a slot."""
    outbox.put(session, moment, kind, slack_user_id, message, subjects=subjects_of(card), slot=slot)


def tell_backers(session: GuardedSession, moment: Moment, card: Card, say: Callable[[str], Rendered]) -> None:
    """Tell the nominator and everybody who endorsed, as far as they are still here, each in their own words.

    `say` makes the message for one reader, named by their Slack id.
    """
    backers = dict.fromkeys(filter(None, (card.nominator_slack_id, *card.endorser_slack_ids)))
    gone = {p.slack_user_id for p in people.by_slack_ids(session, backers) if p.standing != Standing.MEMBER.value}
    for slack_user_id in backers:
        if slack_user_id not in gone:
            tell(session, moment, card, slack_user_id, say(slack_user_id))


def subjects_of(card: Card) -> list[str]:
    """Whom a message about this nomination speaks of."""
    people = (card.contact_id, card.nominator_id, card.id)
    return [subject for subject in people if subject]
