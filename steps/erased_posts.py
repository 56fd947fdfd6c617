"""What stands in Slack of somebody who was erased, changed where it stands. Decides what becomes of which message.

A message about a customer is replaced as a whole: beside the name it tells more than can be found by looking. One that
names a colleague loses the name, for it is about something else. What shows the present state of a request or of a
nomination that lives on is drawn anew.
"""

from domain.erasing import Traits
from domain.errors import NotFound
from domain.messages import Kind, Rendered
from domain.moment import Moment
from steps import progress, request_progress
from storage import cards, erased_posts, erasing, outbox
from storage.erased_posts import Standing
from storage.erasing import Erasure
from storage.guard import GuardedSession
from views import erasing as view

ALERT, REQUEST = "alert:", "request:"
"""What leads the slots of alerts that show the present state."""


def rewrite_indexed(session: GuardedSession, moment: Moment, row: Erasure, traits: Traits) -> bool:
    """Change what is indexed under the person, some at a time. True when nothing is left."""
    found = erased_posts.indexed_under(session, row.subjects, row.begun_at)
    of_customer = erasing.is_of_customer(session, row)
    for one in erased_posts.take_out(session, found):
        _rewrite(session, moment, one, traits, of_customer=of_customer)
    return not found


def rewrite_naming(session: GuardedSession, moment: Moment, row: Erasure, traits: Traits) -> bool:
    """Take the name out of messages that are not indexed under the person. True when nothing is left."""
    found = erased_posts.naming(session, traits, row.begun_at)
    for one in erased_posts.take_out(session, found):
        _rewrite(session, moment, one, traits, of_customer=False)
    return not found


def _rewrite(session: GuardedSession, moment: Moment, one: Standing, traits: Traits, *, of_customer: bool) -> None:
    if _drawn_anew(session, moment, one.slot, of_customer=of_customer):
        return
    message = view.removed()
    if one.said is not None and not of_customer:
        message = Rendered(traits.without(one.said.text), tuple(traits.without(list(one.said.blocks))))
    outbox.put(session, moment, Kind.ERASURE, one.place, message, slot=one.slot)


def _drawn_anew(session: GuardedSession, moment: Moment, slot: str, *, of_customer: bool) -> bool:
    """Whether the message shows the present state of something that lives on, and now does so again."""
    try:
        if slot.startswith(REQUEST):
            request_progress.refresh(session, moment, slot.removeprefix(REQUEST))
            return True
        if slot.startswith(ALERT) and not of_customer:
            progress.refresh(session, moment, cards.one(session, slot.removeprefix(ALERT)))
            return True
    except NotFound:
        return False
    return False
