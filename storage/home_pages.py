"""A page of one of Home's lists, read by itself. Decides not who may see it."""

from collections.abc import Sequence

from sqlalchemy import select

from domain.advocates import Card as Advocate
from domain.home_pages import Part
from domain.nominations import Card as Nomination
from domain.requests import Card as Request
from storage import cards, profiles, request_cards
from storage.advocates import Advocate as AdvocateRow
from storage.guard import GuardedSession
from storage.nominations import Endorsement
from storage.nominations import Nomination as NominationRow
from storage.profiles import JOURNEY
from storage.requests import Follower
from storage.requests import Request as RequestRow


def nominations(session: GuardedSession, part: Part, person_id: str, offset: int, limit: int) -> Sequence[Nomination]:
    """One's own with those one endorsed, the newest first; else the team's, the oldest first. Two statements."""
    endorsed = select(Endorsement.nomination_id).where(Endorsement.person_id == person_id)
    conditions = {
        Part.MINE: (NominationRow.nominator_id == person_id) | NominationRow.id.in_(endorsed),
        Part.QUEUE: NominationRow.state.in_(cards.OPEN_STATES),
        Part.WAITING: cards.WAITS_FOR_INTRODUCTION,
    }
    return cards.listed(session, conditions[part], limit=limit, offset=offset, newest=part is Part.MINE)


def requests(session: GuardedSession, part: Part, person_id: str, offset: int, limit: int) -> Sequence[Request]:
    """One's own with those one joined, the newest first; else those that wait for one's yes as relationship owner, or
    the team's, the oldest first. Two statements."""
    joined = select(Follower.request_id).where(Follower.person_id == person_id)
    conditions = {
        Part.REQUESTS: (RequestRow.requester_id == person_id) | RequestRow.id.in_(joined),
        Part.TO_APPROVE: request_cards.waits_for(person_id),
        Part.TO_ANSWER: RequestRow.state.in_(request_cards.OPEN_STATES),
    }
    return request_cards.listed(session, conditions[part], limit=limit, offset=offset, newest=part is Part.REQUESTS)


def journeys(session: GuardedSession, offset: int, limit: int) -> Sequence[Advocate]:
    """Advocates on their way to being published, the oldest first. Two statements."""
    return profiles.listed(session, AdvocateRow.state.in_(JOURNEY), limit=limit, offset=offset)
