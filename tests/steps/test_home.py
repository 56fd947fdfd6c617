"""Home has of each list what belongs there, in the same few statements for everybody; on both databases."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.errors import NotAllowed, RuleError
from domain.home import Home
from domain.home_focus import Focus
from domain.people import Actor, Role, Standing
from steps import fulfilment, home, home_focus, nominations
from storage.guard import GuardedSession
from storage.home import Lists, lists
from tests.steps.crowd import PLAIN, Crowd, crowd
from tests.steps.office import GRACE, Office, office
from tests.steps.test_requests import ask
from tests.worlds import counted

__all__ = ["crowd", "office"]

MOST_STATEMENTS = 8


def seen(place: Office | Crowd, actor: Actor) -> Home:
    found: Home = place.world.do(place.id, home.seen, actor, place.world.moment())
    return found


def listed(place: Office | Crowd, actor: Actor, limit: int) -> Lists:
    found: Lists = place.world.do(place.id, lists, actor.person_id, limit, desk=True)
    return found


def test_each_nomination_stands_where_it_belongs(office: Office) -> None:
    made = [office.nominate(replace(GRACE, contact_name=f"Customer {name}")) for name in ("Anna", "Berta", "Clara")]
    office.world.do(office.id, nominations.endorse, office.colleague, office.world.moment(), made[1], None)
    office.accept(made[0])
    own = seen(office, office.rep)
    assert [card.id for card in own.mine] == made[::-1]
    assert own.desk is None
    endorser = seen(office, office.colleague)
    assert [card.id for card in endorser.mine] == [made[1]]
    assert endorser.mine[0].endorser_slack_ids == ("UREP2",)
    desk = seen(office, office.reviewer).desk
    assert desk is not None
    assert [card.id for card in desk.queue] == made[1:]
    assert [card.id for card in desk.waiting] == made[:1]


def test_of_a_long_list_the_first_are_read(office: Office) -> None:
    made = [office.nominate(replace(GRACE, contact_name=f"Customer {name}")) for name in ("Anna", "Berta", "Clara")]
    found = listed(office, office.rep, 2)
    assert [card.id for card in found.mine] == [made[2], made[1]], "one's own: the newest"
    assert [card.id for card in found.queue] == made[:2], "the team's: the oldest"


def test_each_request_stands_where_it_belongs(crowd: Crowd) -> None:
    owner = crowd.world.member(crowd.id, "UOWNER")
    crowd.add("Ada", owner_id=owner.person_id)
    made = [ask(crowd, opportunity=f"Deal {at}").id for at in range(3)]
    assert [card.id for card in seen(crowd, crowd.rep).requests] == made[::-1]
    day = crowd.world.now.date() + timedelta(days=14)
    for request_id in made[:2]:
        crowd.do(fulfilment.propose, crowd.team, request_id, crowd.ids["Ada"], day, None)
    theirs = seen(crowd, owner)
    assert [card.id for card in theirs.to_approve] == made[:2]
    assert [load.name for load in theirs.loads] == ["Ada"]
    desk = seen(crowd, crowd.team).desk
    assert desk is not None
    assert [card.id for card in desk.to_answer] == made
    assert [card.id for card in listed(crowd, crowd.rep, 2).requests] == [made[2], made[1]]
    assert [card.id for card in listed(crowd, owner, 1).to_approve] == made[:1]


@pytest.mark.parametrize("role", list(Role))
def test_the_statements_are_few_and_the_same_however_much_there_is(crowd: Crowd, role: Role) -> None:
    actor = crowd.world.member(crowd.id, "UANYBODY", *({role} - {Role.MEMBER}))
    crowd.add("Ada", owner_id=actor.person_id)
    ask(crowd)

    def read(session: GuardedSession) -> int:
        with counted(crowd.world.db) as statements:
            home.seen(session, actor, crowd.world.moment())
        return len(statements)

    def cost() -> int:
        number: int = crowd.world.do(crowd.id, read)
        return number

    few = cost()
    crowd.add_many({f"Another {at}": PLAIN for at in range(60)}, owner_id=actor.person_id)
    crowd.add_many({f"On the way {at}": PLAIN for at in range(60)}, state="interviewing")
    for at in range(5):
        ask(crowd, opportunity=f"Deal {at}")
    assert cost() == few
    assert few <= MOST_STATEMENTS


def test_a_guest_gets_no_home(office: Office) -> None:
    with pytest.raises(NotAllowed):
        seen(office, replace(office.rep, standing=Standing.GUEST))


def test_the_part_that_somebody_chose_is_kept_while_there_is_one(office: Office) -> None:
    def choose(actor: Actor, chosen: str) -> None:
        office.world.do(office.id, home_focus.choose, actor, office.world.moment(), chosen)

    assert (seen(office, office.rep).parts, seen(office, office.rep).focus) == ((Focus.OWN,), None)
    choose(office.reviewer, "desk")
    assert seen(office, office.reviewer).focus is Focus.DESK
    assert Focus.DESK in seen(office, office.reviewer).parts
    assert seen(office, replace(office.reviewer, roles=frozenset())).focus is None, "the role was taken away"
    choose(office.reviewer, "all")
    assert seen(office, office.reviewer).focus is None
    with pytest.raises(RuleError):
        choose(office.reviewer, "payroll")
    with pytest.raises(NotAllowed):
        choose(replace(office.rep, standing=Standing.GUEST), "own")
