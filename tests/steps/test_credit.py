"""Who brought what, from rows, on both databases: by outcome, by period, named or not."""

from datetime import date, timedelta
from typing import Any

import pytest

from domain.credit import Board, Credit
from domain.errors import NotAllowed
from domain.people import Actor, Standing
from domain.value import Period
from steps import credit
from storage.advocates import Advocate
from storage.guard import GuardedSession
from storage.nominations import Endorsement, Nomination
from storage.people import Person
from tests.steps.crowd import Crowd, crowd
from tests.worlds import counted

__all__ = ["crowd"]


def always(_today: date) -> Period:
    return Period(date(2020, 1, 1), date(2030, 1, 1))


def look(crowd: Crowd, actor: Actor, period: Any = always) -> Board:
    found: Board = crowd.do(credit.seen, actor, period)
    return found


def brought_by(crowd: Crowd, name: str, person_id: str) -> None:
    """The nomination of an advocate was this person's."""

    def write(session: GuardedSession) -> None:
        advocate = session.get_one(Advocate, (session.workspace_id, crowd.ids[name]))
        advocate.published_at = crowd.world.now
        session.get_one(Nomination, (session.workspace_id, advocate.nomination_id)).nominator_id = person_id

    crowd.world.do(crowd.id, write)


def endorsed_by(crowd: Crowd, name: str, person_id: str) -> None:
    def write(session: GuardedSession) -> None:
        advocate = session.get_one(Advocate, (session.workspace_id, crowd.ids[name]))
        row = Endorsement(id=crowd.world.moment().new_id(), nomination_id=advocate.nomination_id, person_id=person_id)
        row.created_at = crowd.world.now
        session.add(row)

    crowd.world.do(crowd.id, write)


@pytest.fixture
def office(crowd: Crowd) -> Crowd:
    for name in ("Ada", "Ben"):
        crowd.add(name)
        brought_by(crowd, name, crowd.rep.person_id)
    return crowd


def test_advocates_activities_and_endorsements_count_for_those_who_brought_them(office: Crowd) -> None:
    endorsed_by(office, "Ada", office.team.person_id)
    office.use("Ada", office.world.now.date() - timedelta(days=1))
    found = look(office, office.rep)
    me = Credit(office.rep.person_id, advocates=2, activities=1)
    assert (found.own, found.ever) == (me, me)
    assert [(one.slack_user_id, one.rank) for one in found.places] == [
        (office.rep.slack_user_id, 1),
        (office.team.slack_user_id, 2),
    ]
    assert found.places[1].credit == Credit(office.team.person_id, endorsed=1)


def test_only_the_period_counts(office: Crowd) -> None:
    past = look(office, office.rep, lambda _today: Period(date(2020, 1, 1), date(2020, 12, 31)))
    assert (past.places, past.own.is_any, past.ever.advocates) == ([], False, 2)


def test_whoever_declines_is_not_named_and_may_be_again(office: Crowd) -> None:
    for named in (False, False, True, True):
        office.do(credit.name_me, office.rep, named=named)
        found = look(office, office.team)
        assert found.places[0].slack_user_id == (office.rep.slack_user_id if named else None)
        assert look(office, office.rep).is_named is named


def test_a_manager_sees_the_team(office: Crowd) -> None:
    def led(session: GuardedSession) -> None:
        row = session.get_one(Person, (session.workspace_id, office.rep.person_id))
        row.manager_id = office.team.person_id

    assert look(office, office.team).team == []
    office.world.do(office.id, led)
    assert [one.credit.advocates for one in look(office, office.team).team] == [2]
    assert look(office, office.rep).team == []


def test_as_many_statements_however_many_people(office: Crowd) -> None:
    def how_many() -> int:
        def read(session: GuardedSession) -> int:
            with counted(office.world.db) as statements:
                credit.seen(session, office.rep, office.world.moment(), always)
            return len(statements)

        number: int = office.world.do(office.id, read)
        return number

    few = how_many()
    for at in range(8):
        office.add(f"Customer {at}")
        brought_by(office, f"Customer {at}", office.world.member(office.id, f"UREP{at}X").person_id)
    assert how_many() == few <= 10


def test_guests_see_nothing(office: Crowd) -> None:
    with pytest.raises(NotAllowed):
        look(office, Actor("01GUEST", "UGUEST", "A guest", Standing.GUEST))
