"""Requests as people see them, and what time decides about each. Checks no permission."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, select
from sqlalchemy.orm import aliased

from domain.errors import NotFound
from domain.obstacles import Kind
from domain.request_outcomes import Fate, Happened, Outcome
from domain.request_routing import Routing
from domain.request_timers import MOST_DEAL_QUESTIONS, Due, Timeline
from domain.requests import HOLDING, LIVE, OPEN, Card, State
from domain.vocabulary import Activity
from storage import backers
from storage.accounts import Account
from storage.advocates import Advocate
from storage.backers import Backer, Backers
from storage.base import by_age
from storage.guard import GuardedSession
from storage.home_lists import first_of_each
from storage.nominations import Contact
from storage.opportunities import Opportunity
from storage.people import Person
from storage.requests import Follower, Request

Requester, Owner, Taker = aliased(Person), aliased(Person), aliased(Person)
OPEN_STATES = tuple(sorted(state.value for state in OPEN))
LIVE_STATES = tuple(sorted(state.value for state in LIVE))

MOST = 500
"""Requests that one list holds: more than anybody works through."""


def one(session: GuardedSession, request_id: str) -> Card:
    """The request. Two statements. Raises NotFound."""
    found = listed(session, Request.id == request_id)
    if not found:
        raise NotFound("This request isn't here any more.")
    return found[0]


def listed(
    session: GuardedSession, condition: ColumnElement[bool], *, limit: int = MOST, offset: int = 0, newest: bool = False
) -> list[Card]:
    """Requests that fulfil a condition, oldest first or `newest`. Two statements, however many there are."""
    session.flush()
    rows = session.execute(
        _query().where(condition).order_by(*by_age(Request, newest=newest)).offset(offset).limit(limit)
    ).all()
    return of_rows(rows, backers.of(session, request_ids=[row.Request.id for row in rows]))


def of_rows(rows: Iterable[Row[Any]], behind: Backers) -> list[Card]:
    """The cards of rows of this module, in their order."""
    return [_card(row, behind.get(row.Request.id, ())) for row in rows]


def rows_for_home(session: GuardedSession, person_id: str, limit: int, *, desk: bool) -> Sequence[Row[Any]]:
    """The newest that somebody asked for and joined, the oldest that wait for their yes as relationship owner, and for
    the team (`desk`) the oldest to answer, at most `limit` of each. In no order. One statement, which reads no longer
    list than these."""
    newest, oldest = (Request.created_at.desc(), Request.id.desc()), (Request.created_at, Request.id)
    joined = select(Request.id).join(Follower, Follower.request_id == Request.id)
    lists = [
        select(Request.id).where(Request.requester_id == person_id).order_by(*newest),
        joined.where(Follower.person_id == person_id).order_by(*newest),
        select(Request.id).where(waits_for(person_id)).order_by(*oldest),
    ]
    if desk:
        lists.append(select(Request.id).where(Request.state.in_(OPEN_STATES)).order_by(*oldest))
    return session.execute(_query().where(Request.id.in_(first_of_each(lists, limit)))).all()


def waits_for(owner_id: str) -> ColumnElement[bool]:
    """That a request waits for this relationship owner's yes, for a query."""
    return (Request.owner_id == owner_id) & (Request.state == State.AWAITING_OWNER.value)


def queue(session: GuardedSession) -> list[Card]:
    """What the team still has to answer, oldest first."""
    return listed(session, Request.state.in_(OPEN_STATES))


def live_for(session: GuardedSession, *, opportunity_id: str) -> list[Card]:
    """Live requests for one deal."""
    return listed(session, (Request.opportunity_id == opportunity_id) & Request.state.in_(LIVE_STATES))


def is_approved_for(session: GuardedSession, person_id: str, advocate_id: str) -> bool:
    """Whether this person asked for this advocate, or joined, and it was approved. One statement."""
    joined = select(Follower.request_id).where(Follower.person_id == person_id)
    theirs = (Request.requester_id == person_id) | Request.id.in_(joined)
    states = [state.value for state in HOLDING]
    found = select(Request.id).where(Request.advocate_id == advocate_id, Request.state.in_(states), theirs)
    return session.scalar(found.limit(1)) is not None


def _query() -> Select[*tuple[Any, ...]]:
    query: Select[*tuple[Any, ...]] = (
        select(Request, Advocate, Contact, Account, Opportunity, Requester, Owner, Taker)
        .outerjoin(Advocate, Advocate.id == Request.advocate_id)
        .outerjoin(Contact, Contact.id == Advocate.contact_id)
        .outerjoin(Account, Account.id == Contact.account_id)
        .outerjoin(Opportunity, Opportunity.id == Request.opportunity_id)
        .outerjoin(Requester, Requester.id == Request.requester_id)
        .outerjoin(Owner, Owner.id == Request.owner_id)
        .outerjoin(Taker, Taker.id == Request.taken_by_id)
    )
    return query


def _card(row: Any, followers: Sequence[Backer]) -> Card:
    request, contact, account, deal = row.Request, row.Contact, row.Account, row.Opportunity
    requester, owner, taker = row[5], row[6], row[7]
    asking = [Backer(requester.id, requester.slack_user_id or "")] if requester else []
    everybody = [*asking, *followers]
    return Card(
        id=request.id,
        state=State(request.state),
        activity=Activity(request.activity),
        need_by=request.need_by,
        created_at=request.created_at,
        requester_ids=tuple(one.person_id for one in everybody),
        requester_slack_ids=tuple(one.slack_user_id for one in everybody if one.slack_user_id),
        requester_name=requester.name if requester else None,
        routing=Routing(request.routing),
        advocate_id=request.advocate_id,
        advocate_name=contact.name if contact else None,
        company=contact.company if contact else None,
        contact_id=contact.id if contact else None,
        account_id=account.id if account else None,
        account_owner_id=account.owner_id if account else None,
        criteria=request.criteria,
        facets=frozenset(request.facets),
        purpose=request.purpose_words or request.purpose,
        opportunity_id=request.opportunity_id,
        opportunity=deal.name if deal else None,
        worth=deal.worth if deal else None,
        closes_on=deal.close_on if deal else None,
        in_the_way=tuple(Kind(one) for one in request.in_the_way),
        details=tuple((key, str(request.details[key])) for key in sorted(request.details)),
        owner_id=request.owner_id,
        owner_slack_id=owner.slack_user_id if owner else None,
        taken_by_slack_id=taker.slack_user_id if taker else None,
        day=request.happens_on,
        outcome=_outcome(request),
        fate=Fate(request.deal_fate) if request.deal_fate else None,
        late=request.late_at is not None and State(request.state).is_open,
        asker_is_gone=request.asker_gone_at is not None and State(request.state).is_live,
        **{name: getattr(request, name) for name in _PLAIN},
    )


_PLAIN = (
    "owner_asked_at",
    "owner_reason",
    "taken_by_id",
    "answered_at",
    "decline_reason",
    "override_reason",
    "scheduled_for",
    "why",
    "version",
)
"""Columns that stand in the card as they are."""


def _outcome(request: Request) -> Outcome | None:
    if request.happened is None:
        return None
    return Outcome(Happened.YES if request.happened else Happened.NO, request.rating, request.outcome_words)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A request for which something may fall due, with what decides about that. `guard_id` owns the account now."""

    request: Request
    deal: Opportunity | None
    requester: Person | None
    owner: Person | None
    guard_id: str | None

    @property
    def has_another_owner(self) -> bool:
        """Whether the account has changed hands while its owner was asked."""
        asked = self.request.owner_id if self.request.state == State.AWAITING_OWNER.value else None
        return asked is not None and asked != self.guard_id


def waiting_on_time(session: GuardedSession, most: int, after: str = "") -> list[Waiting]:
    """Requests for which something may fall due: the live ones, and completed ones whose story has not ended yet.

    In the order of their ids, from `after` on. One statement.
    """
    live = Request.state.in_(LIVE_STATES)
    unknown = Request.deal_fate.is_(None) | (Request.deal_fate == Fate.OPEN.value)
    untold = unknown & Request.opportunity_id.is_not(None) & (Request.deal_questions < MOST_DEAL_QUESTIONS)
    afterwards = (Request.state == State.COMPLETED.value) & (untold | Request.thanks_asked_at.is_(None))
    query = (
        select(Request, Opportunity, Requester, Owner, Account.owner_id)
        .outerjoin(Opportunity, Opportunity.id == Request.opportunity_id)
        .outerjoin(Requester, Requester.id == Request.requester_id)
        .outerjoin(Owner, Owner.id == Request.owner_id)
        .outerjoin(Advocate, Advocate.id == Request.advocate_id)
        .outerjoin(Contact, Contact.id == Advocate.contact_id)
        .outerjoin(Account, Account.id == Contact.account_id)
    )
    session.flush()
    rows = session.execute(query.where(live | afterwards, Request.id > after).order_by(Request.id).limit(most))
    return [Waiting(*row) for row in rows]


def timeline(request: Request, deal: Opportunity | None) -> Timeline:
    """What time decides about a request. The owner's standing is the caller's to add."""
    done: dict[Due, datetime | None] = {
        Due.REMIND_OWNER: request.owner_reminded_at,
        Due.ESCALATE_OWNER: request.owner_escalated_at,
        Due.ESCALATE_LATE: request.late_at,
        Due.THANK_OWNER: request.thanks_asked_at,
        Due.ASKER_LEFT: request.asker_gone_at,
    }
    closed = deal is not None and deal.status != "open"
    return Timeline(
        state=State(request.state),
        opened_at=request.opened_at,
        need_by=request.need_by,
        owner_asked_at=request.owner_asked_at,
        done={due: at for due, at in done.items() if at is not None},
        day=request.happens_on,
        outcome_asked_for=request.outcome_asked_for,
        outcome_asked_on=request.outcome_asked_on,
        outcome_questions=request.outcome_questions,
        completed_on=request.completed_on,
        has_deal=deal is not None,
        close_on=deal.close_on if deal else None,
        fate=Fate(deal.status) if deal and closed else Fate(request.deal_fate) if request.deal_fate else None,
        deal_questions=request.deal_questions,
        deal_asked_on=request.deal_asked_on,
    )
