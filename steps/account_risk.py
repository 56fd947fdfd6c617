"""The advocacy team hears when an account's advocates rest, and when they need not any more. The rules are domain's."""

from domain.account_risk import news
from domain.messages import Kind
from domain.moment import Moment
from domain.settings import Settings
from domain.time_zones import zone_of
from steps.progress import TEAM_CHANNEL
from storage import account_risk, outbox
from storage.guard import GuardedSession
from views import account_risk as view

RENEWAL_DAYS = "renewal_pause_days"

MOST_TOLD = 20
"""Accounts named in one message; more stand in a number, and on their profiles."""


def tell(session: GuardedSession, moment: Moment, known: Settings) -> bool:
    """One message about all that changed since the last; silent where nothing did. One statement then."""
    today = moment.now.astimezone(zone_of(known.time_zone)).date()
    changes = news(account_risk.standing(session), today, known.numbers[RENEWAL_DAYS])
    if changes:
        account_risk.note_told(session, {one.account.account_id: one.risk for one in changes})
        message = view.news(changes[:MOST_TOLD], len(changes))
        subjects = [one.account.account_id for one in changes[:MOST_TOLD]]
        outbox.put(session, moment, Kind.ACCOUNT_RISK, TEAM_CHANNEL, message, subjects=subjects)
    return False
