""" "Tell me when there is one": kept once, told once, to nobody who has left; on both databases."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from domain.advocates import Move
from domain.errors import NotAllowed, RuleError
from domain.people import Actor, Standing
from domain.query import key_of, parse
from domain.settings import Settings
from steps import advocates, lookup, profiles, protection, querying, saved_searches, vocabulary
from storage import profiles as stored
from storage import search, settings
from storage.documents import Document
from storage.engagements import Engagement
from storage.guard import GuardedSession
from storage.outbox import Message
from storage.people import Person
from storage.saved_searches import SavedSearch
from tests.steps.crowd import PLAIN, Crowd
from tests.steps.crowd import crowd as crowd  # noqa: PLC0414  # a fixture
from tests.steps.race import at_once
from tests.steps.test_lookup import CISO, INJECTIONS
from tests.worlds import START, counted


def told(crowd: Crowd) -> list[tuple[str, str]]:
    """Who was told what, oldest first."""

    def read(session: GuardedSession) -> list[tuple[str, str]]:
        rows = session.scalars(select(Message).where(Message.kind == "saved_search").order_by(Message.id))
        return [(row.target, row.text) for row in rows]

    found: list[tuple[str, str]] = crowd.world.do(crowd.id, read)
    return found


def edited(crowd: Crowd, name: str, **facts: Any) -> None:
    """The team changes a profile."""
    advocate_id = crowd.ids[name]
    card = crowd.world.do(crowd.id, stored.one, advocate_id)
    crowd.do(profiles.edit_profile, crowd.team, advocate_id, replace(card.profile, **facts), card.version)


def test_told_once_when_a_profile_comes_to_fit(crowd: Crowd) -> None:
    crowd.add("Ada")
    crowd.do(saved_searches.save, crowd.rep, "healthcare ciso")
    assert crowd.looks("ciso healthcare").is_awaited, "however it is typed"
    edited(crowd, "Ada", persona="CISO")
    assert told(crowd) == []
    edited(crowd, "Ada", industry="healthcare")
    edited(crowd, "Ada", use_cases="Something else.")
    assert told(crowd) == [("UREP", "Somebody fits what you looked for: Ada, Ada Inc.")]
    assert crowd.do(saved_searches.mine, crowd.rep) == ()


def test_told_when_somebody_wakes_up(crowd: Crowd) -> None:
    crowd.add("Ada", CISO)
    crowd.do(advocates.leave, crowd.team, crowd.ids["Ada"], Move.REST)
    crowd.do(saved_searches.save, crowd.rep, "healthcare")
    assert crowd.looks("healthcare").is_awaited
    crowd.do(advocates.come_back, crowd.team, crowd.ids["Ada"])
    assert [target for target, _text in told(crowd)] == ["UREP"]


def test_everybody_who_waits_is_told_and_each_once(crowd: Crowd) -> None:
    crowd.add("Ada")
    other = crowd.world.member(crowd.id, "UOTHER")
    for actor in (crowd.rep, crowd.rep, other):
        crowd.do(saved_searches.save, actor, "healthcare")
        crowd.do(saved_searches.save, actor, "insurance")
    edited(crowd, "Ada", industry="healthcare")
    assert sorted(target for target, _ in told(crowd)) == ["UOTHER", "UREP"]
    assert [one.understood for one in crowd.do(saved_searches.mine, other)] == [("industry: insurance",)]


def test_who_has_left_or_stopped_is_not_told(crowd: Crowd) -> None:
    crowd.add("Ada")
    gone = crowd.world.member(crowd.id, "UGONE")
    for actor in (crowd.rep, gone):
        crowd.do(saved_searches.save, actor, "healthcare ciso")
    crowd.do(saved_searches.stop, crowd.rep, "ciso healthcare")
    crowd.world.do(crowd.id, leave, gone)
    edited(crowd, "Ada", industry="healthcare", persona="CISO")
    assert told(crowd) == []
    assert not crowd.looks("astronauts").is_awaited


def leave(session: GuardedSession, who: Actor) -> None:
    session.execute(update(Person).where(Person.id == who.person_id).values(standing=Standing.DEACTIVATED.value))


def test_a_search_that_ended_can_be_kept_again(crowd: Crowd) -> None:
    crowd.add("Ada")
    for industry in ("healthcare", "retail"):
        crowd.do(saved_searches.save, crowd.rep, industry)
    edited(crowd, "Ada", industry="healthcare")
    edited(crowd, "Ada", industry="banking")
    crowd.do(saved_searches.save, crowd.rep, "healthcare")
    edited(crowd, "Ada", industry="healthcare")
    assert len(told(crowd)) == 2
    assert len(crowd.world.do(crowd.id, lambda session: session.scalars(select(SavedSearch.id)).all())) == 2


def test_what_somebody_fits_already_or_asks_for_nothing_is_not_kept(crowd: Crowd) -> None:
    crowd.add("Ada", CISO)
    crowd.do(saved_searches.save, crowd.rep, "healthcare")
    assert crowd.do(saved_searches.mine, crowd.rep) == ()
    with pytest.raises(RuleError, match="whom you look for"):
        crowd.do(saved_searches.save, crowd.rep, "persona:wizard")


def test_only_so_many_are_kept(crowd: Crowd, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saved_searches, "MOST_OF_ONE", 2)
    for line in ("one", "two"):
        crowd.do(saved_searches.save, crowd.rep, line)
    with pytest.raises(RuleError, match="stop one of them"):
        crowd.do(saved_searches.save, crowd.rep, "three")
    crowd.do(saved_searches.save, crowd.rep, "two")
    first, second = crowd.do(saved_searches.mine, crowd.rep)
    other = crowd.world.member(crowd.id, "UOTHER")
    assert crowd.do(saved_searches.stop_one, other, first.id) == ()
    assert crowd.do(saved_searches.stop_one, crowd.rep, first.id) == (second,)
    monkeypatch.setattr(saved_searches, "MOST", 1)
    with pytest.raises(RuleError, match="advocacy team"):
        crowd.do(saved_searches.save, other, "three")


def test_who_must_not_be_come_across_is_not_told_of(crowd: Crowd) -> None:
    crowd.do(saved_searches.save, crowd.rep, "healthcare available:now")
    crowd.add("Busy", CISO)
    crowd.use("Busy", crowd.ago(3))
    crowd.add("Unlisted", CISO, scopes=[])
    for name in ("Busy", "Unlisted"):
        edited(crowd, name, topics="more")
    assert told(crowd) == []
    crowd.add("Free", CISO)
    edited(crowd, "Free", topics="more")
    assert [text for _target, text in told(crowd)] == ["Somebody fits what you looked for: Free, Free Inc."]


def test_only_members_wait(crowd: Crowd) -> None:
    guest = Actor("x", "UX", "X", Standing.GUEST)
    for step in (saved_searches.save, saved_searches.stop, saved_searches.stop_one):
        with pytest.raises(NotAllowed):
            crowd.do(step, guest, "healthcare")


@pytest.mark.slow
def test_telling_costs_the_same_however_many_advocates_there_are(crowd: Crowd) -> None:
    crowd.do(saved_searches.save, crowd.rep, "spaceships")
    costs = []
    for number in (1, 60):
        ids = crowd.add_many({f"A{number}-{at}": PLAIN for at in range(number)})
        with counted(crowd.world.db) as statements:
            crowd.world.do(crowd.id, saved_searches.tell, crowd.world.moment(), ids[:1])
        costs.append(len(statements))
    assert costs[0] == costs[1] <= 10


def test_two_published_at_once_tell_once(crowd: Crowd) -> None:
    crowd.do(saved_searches.save, crowd.rep, "healthcare")
    ids = crowd.add_many({"Ada": CISO, "Ben": CISO})
    moments = [crowd.world.moment() for _ in ids]

    def publish(at: int) -> Callable[[GuardedSession], None]:
        return lambda session: saved_searches.tell(session, moments[at], [ids[at]])

    assert at_once(crowd.world.db, crowd.id, publish(0), publish(1)) == [None, None]
    assert len(told(crowd)) == 1


LINES = (
    *INJECTIONS,
    "healthcare ciso emea",
    '"zero trust" fort',
    '"trust zero"',
    "-healthcare",
    '-"forty clinics"',
    "word:ciso",
    "country:DE -persona:ciso",
    "enterprise",
    "emea france",
    "english spanish",
    "forty-clinics",
    "Zero-Trust",
    "40%",
    "tejeda quiros",
    "case study",
    "head of",
)


def test_one_document_fits_as_the_index_finds_it(crowd: Crowd) -> None:
    crowd.add("José Tejeda-Quirós", CISO, segment="enterprise")
    crowd.add("Ben", replace(PLAIN, country="US", title="Head of 40 % growth"))

    def both(session: GuardedSession) -> list[str]:
        terms = vocabulary.load(session)
        wrong = []
        for line in LINES:
            wanted = querying.wanted(parse(line, terms), terms, crowd.world.now.date())
            found = {hit.advocate_id for hit in search.matching(session, wanted, 9)}
            rows = session.scalars(select(Document))
            fitting = {row.advocate_id for row in rows if search.fits(wanted, row.body, row.facets)}
            if found != fitting:
                wrong.append(line)
        return wrong

    assert crowd.world.do(crowd.id, both) == []


def test_the_same_query_has_one_key_however_it_is_typed(crowd: Crowd) -> None:
    def keys(session: GuardedSession) -> set[str]:
        terms = vocabulary.load(session)
        typed = ("ciso emea healthcare", "EMEA HEALTHCARE CISOs", "region:emea persona:ciso industry:healthcare")
        return {key_of(parse(line, terms)) for line in typed}

    assert len(crowd.world.do(crowd.id, keys)) == 1


def test_a_long_key_fits_its_column(crowd: Crowd) -> None:
    line = " ".join(f"{'x' * 60}{number}" for number in range(24))
    crowd.do(saved_searches.save, crowd.rep, line)
    crowd.do(saved_searches.save, crowd.rep, line[:-1])
    assert len(crowd.do(saved_searches.mine, crowd.rep)) == 2
    assert len(line) < lookup.LONGEST_LINE


def test_told_once_when_time_has_set_somebody_free(crowd: Crowd) -> None:
    crowd.add("Ada", CISO)
    crowd.use("Ada", crowd.ago(0))
    crowd.world.do(crowd.id, _settle, crowd.ids["Ada"])
    crowd.do(saved_searches.save, crowd.rep, "ciso available:now")
    _morning(crowd)
    assert told(crowd) == []
    crowd.world.now += timedelta(days=29)
    _morning(crowd)
    assert told(crowd) == [], "the rest takes thirty days"
    crowd.world.now += timedelta(days=1)
    _morning(crowd)
    _morning(crowd)
    assert told(crowd) == [("UREP", "Somebody fits what you looked for: Ada, Ada Inc.")]


def test_told_when_a_pause_has_ended_or_a_reservation_was_given_back(crowd: Crowd) -> None:
    crowd.add("Ada", CISO, rest_reason="WISH", rest_until=crowd.ago(-3))
    crowd.add("Bob", replace(CISO, industry="banking"))
    crowd.use("Bob", crowd.ago(0))
    crowd.world.do(crowd.id, _settle, crowd.ids["Bob"])
    for line in ("healthcare available:now", "banking available:now"):
        crowd.do(saved_searches.save, crowd.rep, line)
    _morning(crowd)
    assert told(crowd) == []
    crowd.world.do(crowd.id, _give_back)
    crowd.world.do(crowd.id, _settle, crowd.ids["Bob"])
    crowd.world.now += timedelta(days=4)
    _morning(crowd)
    assert sorted(text for _who, text in told(crowd)) == [
        "Somebody fits what you looked for: Ada, Ada Inc.",
        "Somebody fits what you looked for: Bob, Bob Inc.",
    ]


def _settle(session: GuardedSession, advocate_id: str) -> None:
    protection.settle(session, advocate_id, settings.load(session), START.date())


def _give_back(session: GuardedSession) -> None:
    session.execute(update(Engagement).values(status="released"))


def _morning(crowd: Crowd) -> None:
    crowd.world.do(crowd.id, lambda session: saved_searches.tell_of_freed(session, crowd.world.moment(), Settings()))
