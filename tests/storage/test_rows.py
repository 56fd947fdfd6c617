"""The small stores: companies by name, nominations typed ahead, receipts, drafts, settings; on both databases."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import func, select

from domain.errors import NotFound
from domain.nominations import Values
from domain.people import Actor
from storage import accounts, cards, drafts, receipts, settings
from storage.accounts import Account
from storage.drafts import Draft
from tests.patience import PATIENCE
from tests.worlds import ADA, World


@pytest.fixture
def workspace(world: World) -> str:
    return world.workspace("T1")


@pytest.fixture
def rep(world: World, workspace: str) -> Actor:
    return world.member(workspace, "UREP")


def company(world: World, workspace: str, name: str, **facts: object) -> str:
    made: str = world.do(workspace, lambda session: accounts.ensure(session, world.moment(), name, **facts).id)
    return made


def suggested(world: World, workspace: str, typed: str, limit: int = accounts.TYPE_AHEAD) -> list[str]:
    return [account.name for account in world.do(workspace, accounts.suggest, typed, limit)]


@pytest.mark.parametrize("spelling", ["Müller GmbH & Co. KG", "MULLER", " müller  gmbh "])
def test_spellings_of_one_company_are_one_account(world: World, workspace: str, spelling: str) -> None:
    first = company(world, workspace, "Müller GmbH", industry="Steel")
    assert company(world, workspace, spelling, industry="Food") == first
    found = world.do(workspace, accounts.by_name, spelling)
    assert (found.name, found.industry) == ("Müller GmbH", "Steel")


def test_a_company_made_by_two_at_once_is_one_account(world: World, workspace: str) -> None:
    start, moments = Barrier(4), [world.moment() for _ in range(4)]

    def make(place: int) -> str:
        start.wait(PATIENCE)
        made: str = world.do(workspace, lambda session: accounts.ensure(session, moments[place], "Acme").id)
        return made

    with ThreadPoolExecutor(4) as people:
        assert len(set(people.map(make, range(4)))) == 1


def test_the_type_ahead_offers_names_that_begin_so_before_words_that_do(world: World, workspace: str) -> None:
    for name in ("Northern Acme", "Acme", "Acme Rockets", "Macmedia", "100% Juice", "a_b"):
        company(world, workspace, name)
    assert suggested(world, workspace, "ACM") == ["Acme", "Acme Rockets", "Northern Acme"]
    assert suggested(world, workspace, "rock") == ["Acme Rockets"]
    assert suggested(world, workspace, "%") == suggested(world, workspace, "_") == []
    assert len(suggested(world, workspace, "")) == 6
    assert len(suggested(world, workspace, "", 2)) == 2


@pytest.mark.parametrize("typed", ["\\", "'", '"; --', "x" * 3000, "\u0301", "日本"])
def test_whatever_is_typed_ahead_is_only_text(world: World, workspace: str, rep: Actor, typed: str) -> None:
    company(world, workspace, "Acme")
    world.nominate(workspace, rep)
    assert suggested(world, workspace, typed) == []
    assert world.do(workspace, cards.live_like, typed) == []


@pytest.mark.parametrize("typed", ["ada", "LOVE", "analyt", "engines"])
def test_live_nominations_are_found_by_name_and_company(world: World, workspace: str, rep: Actor, typed: str) -> None:
    card = world.nominate(workspace, rep)
    assert [found.id for found in world.do(workspace, cards.live_like, typed)] == [card.id]


def test_a_receipt_is_found_until_it_is_forgotten(world: World, workspace: str) -> None:
    assert world.do(workspace, receipts.outcome_of, "view:V1") is None
    world.do(workspace, receipts.keep, world.moment(), "view:V1", "n1")
    assert world.do(workspace, receipts.outcome_of, "view:V1") == "n1"
    kept = world.now
    world.do(workspace, receipts.forget_before, kept)
    assert world.do(workspace, receipts.outcome_of, "view:V1") == "n1"
    world.do(workspace, receipts.forget_before, kept + timedelta(microseconds=1))
    assert world.do(workspace, receipts.outcome_of, "view:V1") is None


def test_a_form_comes_back_to_its_author_alone_and_is_sealed(world: World, workspace: str, rep: Actor) -> None:
    other = world.member(workspace, "UOTHER")
    for values in (replace(ADA, why="First."), ADA):
        world.do(workspace, drafts.keep, world.moment(), "view:V1", rep.person_id, values, "web")
    found: tuple[Values, str] = world.do(workspace, drafts.of, "view:V1", rep.person_id)
    assert found == (ADA, "web")
    for key, author in (("view:V1", other.person_id), ("view:V2", rep.person_id)):
        with pytest.raises(NotFound):
            world.do(workspace, drafts.of, key, author)
    content = world.do(workspace, lambda session: session.scalars(select(Draft.content)).one())
    assert b"ada@engines.example" not in content
    world.do(workspace, drafts.forget_before, world.now + timedelta(days=1))
    with pytest.raises(NotFound):
        world.do(workspace, drafts.of, "view:V1", rep.person_id)


def test_a_setting_is_what_was_said_last(world: World, workspace: str, rep: Actor) -> None:
    assert world.do(workspace, settings.stored) == {}
    for value in (7, 9):
        world.do(workspace, settings.save, world.moment(), rep.person_id, "results_per_page", value)
    world.do(workspace, settings.save, world.moment(), None, "function_groups", {"S1": "sales"})
    assert world.do(workspace, settings.stored) == {"results_per_page": 9, "function_groups": {"S1": "sales"}}
    assert world.do(workspace, settings.load).numbers["results_per_page"] == 9


def test_an_account_belongs_to_a_person_of_its_own_workspace(world: World, workspace: str) -> None:
    other = world.workspace("T2")
    theirs = world.member(other, "UREP")
    with pytest.raises(Exception, match=r"(?i)foreign key"):
        company(world, workspace, "Acme", owner_id=theirs.person_id)
    assert world.do(workspace, lambda session: session.scalar(select(func.count()).select_from(Account))) == 0
