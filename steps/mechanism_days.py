"""What a day brings for programs: one that is over closes, terms begin, who retired leaves, the next in line is asked,
and its meetings are told of.

Decides nothing itself.
"""

from domain.moment import Moment
from domain.settings import Settings
from steps import invitations, mechanisms, meeting_news
from steps.memberships import left_with_their_profile, today_of
from storage import memberships
from storage.guard import GuardedSession


def run(session: GuardedSession, moment: Moment, known: Settings) -> bool:
    """All of it. True when there is more to do."""
    mechanisms.close_ended(session, moment, known)
    memberships.begin_terms(session, today_of(known, moment.now))
    more_left = left_with_their_profile(session, moment, known)
    more_asked = invitations.run(session, moment, known)
    more_told = meeting_news.run(session, moment, known)
    return more_left or more_asked or more_told
