"""Home's lists, page by page: all that belongs there, once, in the order of Home; for nobody else."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.errors import NotAllowed
from domain.home_pages import ROWS, Page, Part
from domain.loads import Load
from domain.people import Actor, Standing
from steps import fulfilment, home, home_pages
from storage.guard import GuardedSession
from tests.steps.crowd import Crowd, crowd
from tests.steps.office import GRACE, Office, office
from tests.steps.test_requests import ask
from tests.worlds import counted

__all__ = ["crowd", "office"]


def page(place: Office | Crowd, actor: Actor, part: Part, number: int = 0) -> Page:
    found: Page = place.world.do(place.id, home_pages.seen, actor, place.world.moment(), part, number)
    return found


def ids(found: Page) -> list[str]:
    return [str(row.advocate_id if isinstance(row, Load) else row.id) for row in found.rows]


def test_a_long_list_is_turned_to_its_end_and_names_everything_once(office: Office) -> None:
    made = [office.nominate(replace(GRACE, contact_name=f"Customer {at:02}")) for at in range(2 * ROWS + 3)]
    pages = [page(office, office.reviewer, Part.QUEUE, number) for number in range(3)]
    assert [one for found in pages for one in ids(found)] == made, "the oldest first"
    assert [found.is_last for found in pages] == [False, False, True]
    mine = [page(office, office.rep, Part.MINE, number) for number in range(3)]
    assert [one for found in mine for one in ids(found)] == made[::-1], "one's own: the newest first"
    assert page(office, office.reviewer, Part.MINE).rows == []
    beyond = page(office, office.reviewer, Part.QUEUE, 7)
    assert (beyond.number, ids(beyond)) == (0, made[:ROWS]), "rather the beginning than nothing"


def test_a_list_that_ends_with_its_page_has_no_other(office: Office) -> None:
    for at in range(ROWS):
        office.nominate(replace(GRACE, contact_name=f"Customer {at:02}"))
    found = page(office, office.reviewer, Part.QUEUE)
    assert (len(found.rows), found.is_last) == (ROWS, True)


def test_each_list_has_what_home_shows_the_beginning_of(crowd: Crowd) -> None:
    owner = crowd.world.member(crowd.id, "UOWNER")
    crowd.add("Ada", owner_id=owner.person_id)
    made = [ask(crowd, opportunity=f"Deal {at}").id for at in range(3)]
    day = crowd.world.now.date() + timedelta(days=14)
    for request_id in made[:2]:
        crowd.do(fulfilment.propose, crowd.team, request_id, crowd.ids["Ada"], day, None)
    for actor in (crowd.rep, owner, crowd.team):
        shown = crowd.world.do(crowd.id, home.seen, actor, crowd.world.moment())
        lists = {Part.MINE: shown.mine, Part.REQUESTS: shown.requests, Part.TO_APPROVE: shown.to_approve}
        lists[Part.LOADS] = shown.loads
        if shown.desk:
            desk = shown.desk
            lists |= {Part.QUEUE: desk.queue, Part.WAITING: desk.waiting, Part.JOURNEYS: desk.journeys}
            lists[Part.TO_ANSWER] = desk.to_answer
        for part, rows in lists.items():
            assert list(page(crowd, actor, part).rows) == list(rows), part


@pytest.mark.parametrize("part", list(Part))
def test_the_teams_lists_are_the_teams_alone(office: Office, part: Part) -> None:
    guest = replace(office.rep, standing=Standing.GUEST)
    with pytest.raises(NotAllowed):
        page(office, guest, part)
    if part in {Part.QUEUE, Part.WAITING, Part.JOURNEYS, Part.TO_ANSWER}:
        with pytest.raises(NotAllowed, match="can see the queue"):
            page(office, office.rep, part)
    else:
        page(office, office.rep, part)


@pytest.mark.parametrize("part", list(Part))
def test_a_page_costs_the_same_however_long_the_list(office: Office, part: Part) -> None:
    def cost() -> int:
        def read(session: GuardedSession) -> int:
            with counted(office.world.db) as statements:
                home_pages.seen(session, office.reviewer, office.world.moment(), part, 0)
            return len(statements)

        number: int = office.world.do(office.id, read)
        return number

    office.nominate(GRACE)
    few = cost()
    for at in range(ROWS + 2):
        office.nominate(replace(GRACE, contact_name=f"Customer {at:02}"))
    assert cost() == few <= 3  # one more for the settings that a customer's load depends on
