"""One page of one of Home's lists, for whoever may see it. Decides no order."""

from dataclasses import replace

from domain import permissions
from domain.home_pages import ROWS, Page, Part
from domain.moment import Moment
from domain.people import Actor
from steps import customers
from storage import home_pages
from storage.guard import GuardedSession


def seen(session: GuardedSession, actor: Actor, moment: Moment, part: Part, number: int) -> Page:
    """The page; the first one where there are fewer by now. Raises NotAllowed. Two statements at most a page."""
    permissions.check(actor, part.needs)
    found = _page(session, actor, moment, part, max(number, 0))
    return found if found.rows or not found.number else _page(session, actor, moment, part, 0)


def _page(session: GuardedSession, actor: Actor, moment: Moment, part: Part, number: int) -> Page:
    start, page = number * ROWS, Page(part, number, (), is_last=True)
    match part:
        case Part.LOADS:
            loads = customers.loads(session, actor, moment)[start : start + ROWS + 1]
            return replace(page, rows=loads[:ROWS], is_last=len(loads) <= ROWS)
        case Part.JOURNEYS:
            journeys = home_pages.journeys(session, start, ROWS + 1)
            return replace(page, rows=journeys[:ROWS], is_last=len(journeys) <= ROWS)
        case Part.MINE | Part.QUEUE | Part.WAITING:
            nominations = home_pages.nominations(session, part, actor.person_id, start, ROWS + 1)
            return replace(page, rows=nominations[:ROWS], is_last=len(nominations) <= ROWS)
        case _:
            requests = home_pages.requests(session, part, actor.person_id, start, ROWS + 1)
            return replace(page, rows=requests[:ROWS], is_last=len(requests) <= ROWS)
