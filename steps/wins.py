"""What everybody hears in the wins channel: a new advocate, and an activity that took place. Decides no more than that.

Which activities are told is in domain.wins; who does not want to be named there says so in steps.credit.
"""

from datetime import date

from domain.messages import Kind
from domain.moment import Moment
from domain.nominations import Card
from domain.settings import ChannelRole
from domain.vocabulary import Activity
from domain.wins import is_win
from steps import progress
from storage import cards, credit, outbox
from storage.advocates import Advocate
from storage.guard import GuardedSession
from storage.outbox import TO_CHANNEL_ROLE
from views import news
from views.nomination_words import backers_of

WINS_CHANNEL = f"{TO_CHANNEL_ROLE}{ChannelRole.WINS.value}"


def published(session: GuardedSession, moment: Moment, card: Card) -> None:
    """A customer is an advocate now."""
    unnamed = credit.unnamed_among(session, backers_of(card))
    outbox.put(session, moment, Kind.WIN, WINS_CHANNEL, news.win(card, unnamed), subjects=progress.subjects_of(card))


def took_place(
    session: GuardedSession,
    moment: Moment,
    advocate_id: str,
    activity: Activity,
    on: date,
    *,
    rating: int | None,
    today: date,
) -> None:
    """An advocate did something for us, if that is news. Several colleagues who tell of the same activity on the same
    day make one post."""
    if not is_win(activity, on, rating, today):
        return
    advocate = session.get_one(Advocate, (session.workspace_id, advocate_id))
    card = cards.one(session, advocate.nomination_id)
    unnamed = credit.unnamed_among(session, backers_of(card))
    slot = f"win:{advocate_id}:{activity.name}:{on.isoformat()}"
    subjects = [advocate_id, *progress.subjects_of(card)]
    message = news.took_place(card, activity, unnamed)
    outbox.put(session, moment, Kind.WIN, WINS_CHANNEL, message, subjects=subjects, slot=slot)
