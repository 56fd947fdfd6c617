"""A program leader keeps the workspace's words; profiles are found by each of them. On both databases."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from domain.errors import AlreadyDone, NotAllowed, NotFound, RuleError
from domain.people import Actor, Role
from domain.query import Facet, parse
from domain.terms import Line
from steps import findable, querying, vocabulary
from steps import vocabulary_editing as editing
from storage import search
from storage import vocabulary as stored
from storage.accounts import Account
from storage.advocates import Advocate
from storage.audit import Audit
from storage.guard import GuardedSession
from storage.nominations import Nomination
from storage.vocabulary import NewTerm, Term
from tests.steps.office import GRACE, Office, office  # noqa: F401  # a fixture
from tests.worlds import ADA, World, counted

INDUSTRY, PRODUCT = Facet.INDUSTRY, Facet.PRODUCT


@pytest.fixture
def leader(office: Office) -> Actor:  # noqa: F811  # the fixture
    return office.world.member(office.id, "ULEAD", Role.LEADER)


def advocate(office: Office, values: object = GRACE, **facts: object) -> str:  # noqa: F811
    """An active advocate with these facts; answers the id."""
    nomination_id = office.nominate(values)  # type: ignore[arg-type]  # Values
    office.accept(nomination_id)

    def make(session: GuardedSession) -> str:
        moment = office.world.moment()
        nomination = session.get_one(Nomination, (session.workspace_id, nomination_id))
        row = Advocate(
            id=moment.new_id(),
            contact_id=nomination.contact_id,
            nomination_id=nomination_id,
            state="active",
            created_at=moment.now,
            languages=[],
            products=[],
            activities=[],
            refused_activities=[],
            version=1,
        )
        for name, value in facts.items():
            setattr(row, name, value)
        session.add(row)
        session.flush()
        findable.refresh(session, row, moment.now.date())
        return row.id

    made: str = office.world.do(office.id, make)
    return made


def do(office: Office, step: object, *args: object) -> object:  # noqa: F811
    return office.world.do(office.id, step, *args)  # type: ignore[arg-type]  # a step


def changes(office: Office, leader: Actor, step: object, *args: object) -> object:  # noqa: F811
    return do(office, step, leader, office.world.moment(), *args)


def learn(office: Office, *said: tuple[Facet, str]) -> None:  # noqa: F811
    do(office, vocabulary.learn, None, office.world.moment(), said)


def listed(office: Office, leader: Actor, facet: Facet, page: int = 0) -> dict[str, Line]:  # noqa: F811
    shown = changes(office, leader, editing.overview, facet, page)
    return {line.entry.value: line for line in shown.lines}  # type: ignore[attr-defined]


def looked_up(office: Office, typed: str) -> list[str]:  # noqa: F811
    """Ids of the advocates that a look-up finds."""

    def find(session: GuardedSession) -> list[str]:
        words = vocabulary.load(session)
        wanted = querying.wanted(parse(typed, words), words, date(2030, 1, 1))
        return [hit.advocate_id for hit in search.matching(session, wanted, 10)]

    found: list[str] = office.world.do(office.id, find)
    return found


def audited(office: Office) -> list[tuple[str, object]]:  # noqa: F811
    def read(session: GuardedSession) -> list[tuple[str, object]]:
        rows = session.scalars(select(Audit).where(Audit.subject_type == "term").order_by(Audit.id))
        return [(row.action, (row.after or {}).get("value")) for row in rows]

    found: list[tuple[str, object]] = office.world.do(office.id, read)
    return found


def test_a_synonym_finds_whoever_bears_the_term(office: Office, leader: Actor) -> None:  # noqa: F811
    found = advocate(office, industry="healthcare")
    assert looked_up(office, "industry:krankenhaus") == [found]  # not understood: it filters nothing
    assert looked_up(office, "krankenhaus") == []
    changes(office, leader, editing.set_synonyms, INDUSTRY, "healthcare", ["Krankenhaus", "clinic"])
    assert looked_up(office, "krankenhaus") == [found]
    assert looked_up(office, "industry:retail") == []
    assert audited(office) == [("term.changed", "healthcare")]


def test_profiles_are_found_under_every_name_that_a_term_ever_had(office: Office, leader: Actor) -> None:  # noqa: F811
    old = advocate(office, industry="healthcare")
    misspelt = advocate(office, ADA, industry="helthcare")
    learn(office, (INDUSTRY, "helthcare"))
    changes(office, leader, editing.merge, INDUSTRY, "helthcare", "healthcare")
    assert set(looked_up(office, "healthcare")) == {old, misspelt}
    changes(office, leader, editing.rename, INDUSTRY, "healthcare", "Health services")
    for words in ("healthcare", "health services", "industry:helthcare", 'industry:"Health services"'):
        assert set(looked_up(office, words)) == {old, misspelt}, words
    line = listed(office, leader, INDUSTRY)["Health services"]
    assert (line.advocates, line.accounts) == (2, 0)
    assert [action for action, _value in audited(office)] == ["term.merged"] * 2 + ["term.changed"] * 2


def test_the_list_says_who_bears_what_and_what_looks_alike(office: Office, leader: Actor) -> None:  # noqa: F811
    advocate(office, industry="HEALTHCARE", products=["Core", "Edge"])
    advocate(office, ADA, industry="helthcare", products=["Core"])
    learn(office, (INDUSTRY, "helthcare"), (PRODUCT, "Core"), (PRODUCT, "Edge"))

    def account(session: GuardedSession) -> None:
        now = office.world.moment().now
        facts = {"industry": "hospitals", "products": ["Edge", "Vault"], "segment": "Enterprise"}
        session.add(Account(id="acc", name="Vast", key="vast", created_at=now, **facts))

    do(office, account)
    industries = listed(office, leader, INDUSTRY)
    assert next(iter(industries)) == "helthcare"
    assert industries["helthcare"].like == "healthcare"
    assert industries["helthcare"].advocates == 1
    assert (industries["healthcare"].advocates, industries["healthcare"].accounts) == (1, 1)
    products = listed(office, leader, PRODUCT)
    assert {name: (line.advocates, line.accounts) for name, line in products.items()} == {
        "Core": (2, 0),
        "Edge": (1, 1),
    }
    assert listed(office, leader, Facet.SEGMENT)["enterprise"].accounts == 1
    shown = changes(office, leader, editing.overview, INDUSTRY, 99)
    assert (shown.page, shown.pages, shown.total, shown.alike) == (1, 2, 24, 1)  # type: ignore[attr-defined]


def test_hidden_words_are_neither_known_nor_learned_again(office: Office, leader: Actor) -> None:  # noqa: F811
    changes(office, leader, editing.add, PRODUCT, "Relic")
    changes(office, leader, editing.hide, PRODUCT, "Relic")
    learn(office, (PRODUCT, "relic"), (PRODUCT, "Relic"))
    assert do(office, vocabulary.load).values[PRODUCT] == {}  # type: ignore[attr-defined]
    assert listed(office, leader, PRODUCT)["Relic"].entry.hidden
    with pytest.raises(AlreadyDone):
        changes(office, leader, editing.hide, PRODUCT, "Relic")
    changes(office, leader, editing.show_again, PRODUCT, "Relic")
    assert list(do(office, vocabulary.load).values[PRODUCT]) == ["Relic"]  # type: ignore[attr-defined]
    assert audited(office) == [("term.added", "Relic"), ("term.hidden", "Relic"), ("term.shown", "Relic")]


def test_only_who_may_change_settings(office: Office) -> None:  # noqa: F811
    for actor in (office.rep, office.reviewer):
        for step, args in (
            (editing.overview, (INDUSTRY,)),
            (editing.entry, (INDUSTRY, "retail")),
            (editing.add, (INDUSTRY, "space")),
            (editing.rename, (INDUSTRY, "retail", "shops")),
            (editing.set_synonyms, (INDUSTRY, "retail", ["x"])),
            (editing.change, (INDUSTRY, "retail", "retail", ["x"])),
            (editing.hide, (INDUSTRY, "retail")),
            (editing.show_again, (INDUSTRY, "retail")),
            (editing.merge, (INDUSTRY, "retail", "banking")),
        ):
            with pytest.raises(NotAllowed, match="can change settings"):
                changes(office, actor, step, *args)
    assert audited(office) == []


def test_what_is_refused_changes_nothing(office: Office, leader: Actor) -> None:  # noqa: F811
    for step, args, kind in (
        (editing.add, (INDUSTRY, "Hospitals"), RuleError),
        (editing.set_synonyms, (INDUSTRY, "retail", ["fine", "hospital"]), RuleError),
        (editing.rename, (Facet.ACTIVITY, "case study", "story"), RuleError),
        (editing.merge, (INDUSTRY, "retail", "nowhere"), NotFound),
    ):
        with pytest.raises(kind):
            changes(office, leader, step, *args)
    assert audited(office) == []
    assert do(office, lambda session: session.scalars(select(Term)).all()) == []


def test_an_activity_can_be_called_otherwise_and_hidden(office: Office, leader: Actor) -> None:  # noqa: F811
    changes(office, leader, editing.set_synonyms, Facet.ACTIVITY, "case study", ["Erfolgsgeschichte"])
    changes(office, leader, editing.hide, Facet.ACTIVITY, "press")
    values = do(office, vocabulary.load).values[Facet.ACTIVITY]  # type: ignore[attr-defined]
    assert values["case study"] == ("Erfolgsgeschichte",)
    assert "press" not in values


def test_long_values_and_too_many_are_not_taken_up(
    office: Office,  # noqa: F811
    leader: Actor,
) -> None:
    learn(office, (PRODUCT, "x" * 76), (PRODUCT, "!!!"), (PRODUCT, "ﷺ" * 75), (Facet.ACTIVITY, "juggling"))
    assert list(do(office, vocabulary.load).values[PRODUCT]) == ["ﷺ" * 75]  # type: ignore[attr-defined]
    learn(office, *((PRODUCT, f"thing {number}") for number in range(1100)))
    assert len(do(office, vocabulary.load).values[PRODUCT]) == 1000  # type: ignore[attr-defined]
    assert changes(office, leader, editing.overview, PRODUCT).total == 1000  # type: ignore[attr-defined]


def test_a_word_that_somebody_adds_at_the_same_moment_is_theirs(office: Office) -> None:  # noqa: F811
    for words in (("Core",), ("core", "Edge")):
        new = [NewTerm("product", word, word.casefold()) for word in words]
        do(office, stored.take_up, office.world.moment(), None, new)
    assert list(do(office, vocabulary.load).values[PRODUCT]) == ["Core", "Edge"]  # type: ignore[attr-defined]


def test_the_number_of_statements_does_not_grow(office: Office, leader: Actor) -> None:  # noqa: F811
    numbers = []
    for terms in (3, 300):
        learn(office, *((PRODUCT, f"{'abcdefghij'[n % 10] * 7} {n}") for n in range(terms)))
        advocate(office, replace(GRACE, contact_name=f"Grace {terms}"), products=[f"thing {n}" for n in range(terms)])
        seen = []
        for step, args in (
            (editing.overview, (PRODUCT,)),
            (vocabulary.suggest, (PRODUCT, "thing")),
            (editing.set_synonyms, (PRODUCT, "aaaaaaa 0", [f"other {terms}"])),
        ):
            with counted(office.world.db) as statements:
                changes(office, leader, step, *args)
            seen.append(len([one for one in statements if one.split()[0] in {"SELECT", "INSERT", "UPDATE"}]))
        numbers.append(seen)
    assert numbers[0][:2] == numbers[1][:2] == [3, 1]
    assert numbers[1][2] <= numbers[0][2] == 3


def test_what_is_offered_while_somebody_types(office: Office, world: World) -> None:  # noqa: F811
    def offered(typed: str, facet: Facet = INDUSTRY) -> list[str]:
        found: list[str] = world.do(office.id, vocabulary.suggest, office.rep, world.moment(), facet, typed)
        return found

    assert offered("insur") == ["insurance"]
    assert offered("hospital")[0] == "healthcare"
    assert offered("helthcare")[0] == "healthcare"
    assert offered("services")[:2] == ["financial services", "professional services"]
    assert offered("", Facet.PRODUCT) == []
    assert len(offered("")) == 23
    assert offered("zzzz") == []


def test_the_team_says_that_two_words_differ_and_hears_of_it_no_more(office: Office, leader: Actor) -> None:  # noqa: F811
    learn(office, (INDUSTRY, "helthcare"), (INDUSTRY, "bankng"))
    apart = (editing.keep_apart, INDUSTRY, "helthcare", "healthcare")
    with pytest.raises(NotAllowed):
        changes(office, office.rep, *apart)
    changes(office, office.reviewer, *apart)
    said = [(INDUSTRY, "helthcare"), (INDUSTRY, "bankng")]
    assert [one.value for one in do(office, vocabulary.lookalikes, said)] == ["bankng"]  # type: ignore[attr-defined]
    with pytest.raises(AlreadyDone):
        changes(office, leader, *apart)
    assert audited(office)[-1][0] == "term.kept_apart"
    changes(office, leader, editing.hide, INDUSTRY, "helthcare")
    changes(office, leader, editing.show_again, INDUSTRY, "helthcare")
    assert [one.value for one in do(office, vocabulary.lookalikes, said)] == ["bankng"]  # type: ignore[attr-defined]


def test_lookalikes_name_the_earlier_term(office: Office) -> None:  # noqa: F811
    learn(office, (INDUSTRY, "helthcare"), (PRODUCT, "Shield"))
    learn(office, (PRODUCT, "Sheild"))
    said = [(INDUSTRY, "helthcare"), (INDUSTRY, "healthcare"), (PRODUCT, "Shield"), (PRODUCT, "SHEILD")]
    found = do(office, vocabulary.lookalikes, said)
    assert [(one.value, one.like) for one in found] == [("helthcare", "healthcare"), ("SHEILD", "Shield")]  # type: ignore[attr-defined]
