"""Both engines find the same advocates for the same words, whatever was typed, and only the workspace's own."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert

from storage import documents, search, workspaces
from storage.advocates import Advocate
from storage.guard import GuardedSession
from storage.nominations import Contact, Nomination
from tests.patience import patient
from tests.worlds import KEYS, World

MOST = 200


@pytest.fixture
def both(sqlite_url: str, postgresql_url: str) -> Iterator[list[World]]:
    worlds = [World(patient(url, KEYS)) for url in (sqlite_url, postgresql_url)]
    yield worlds
    for world in worlds:
        world.db.close()


def settle(world: World, team: str = "T1", number: int = 6) -> str:
    """A workspace with advocates a0, a1, …; answers its id."""
    workspace_id = world.workspace(team)

    def write(session: GuardedSession) -> None:
        now, ids = world.now, range(number)
        own = {"workspace_id": workspace_id, "created_at": now}
        names = ("name", "name_key", "identity", "company", "company_key")
        facts = {"source": "web", "state": "accepted", "why": "", "customer_knows": True, "version": 1}
        session.execute(insert(Contact), [{**own, "id": f"c{i}", **dict.fromkeys(names, f"x{i}")} for i in ids])
        session.execute(
            insert(Nomination),
            [{**own, "id": f"n{i}", "contact_id": f"c{i}", "products": [], "activities": [], **facts} for i in ids],
        )
        lists: dict[str, object] = {key: [] for key in ("languages", "products", "activities", "refused_activities")}
        session.execute(
            insert(Advocate),
            [
                {**own, "id": f"a{i}", "contact_id": f"c{i}", "nomination_id": f"n{i}", "state": "active", "version": 1}
                | lists
                for i in ids
            ],
        )

    world.do(workspace_id, write)
    return workspace_id


def found(world: World, workspace_id: str, query: str) -> list[str]:
    if not search.terms(query):
        return []
    hits: list[search.Hit] = world.do(workspace_id, search.matching, search.words_of(query), MOST)
    return [hit.advocate_id for hit in hits]


def index(world: World, workspace_id: str, *texts: str) -> None:
    def write(session: GuardedSession) -> None:
        for place, text in enumerate(texts):
            documents.index(session, f"a{place}", text)

    world.do(workspace_id, write)


WORD = st.one_of(
    st.sampled_from(
        [
            "zero",
            "trust",
            "Zürich",
            "zurich",
            "CISO",
            "naïve",
            "O'Brien",
            "C++",
            "a_b",
            "12",
            "1.5",
            "1e5",
            "½",
            "ſ",
            "İ",
            "日本語",
            "x@y.example",
        ]
    ),
    st.text(max_size=8),
)
TEXTS = st.lists(st.lists(WORD, max_size=6).map(" ".join), min_size=6, max_size=6)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=TEXTS, query=st.lists(WORD, max_size=4).map(" ".join), data=st.data())
def test_both_engines_find_the_same(both: list[World], texts: list[str], query: str, data: st.DataObject) -> None:
    part = data.draw(st.sampled_from(texts))
    answers = []
    for world in both:
        workspace_id = world.db.run_now(None, workspaces.named, "T1") or settle(world)
        index(world, workspace_id, *texts)
        answers.append([set(found(world, workspace_id, words)) for words in (query, part, part[:3])])
    assert answers[0] == answers[1]
    wanted = search.terms(part)
    expected = {
        f"a{place}"
        for place, text in enumerate(texts)
        if wanted and all(any(word.startswith(term) for word in documents.fold(text).split()) for term in wanted)
    }
    assert answers[0][1] == expected


NASTY = [
    "",
    " ",
    '"',
    "''",
    "*",
    "zero*",
    "zero NEAR trust",
    "NEAR(zero trust)",
    "zero AND",
    "OR OR OR",
    "NOT zero",
    "zero & ! | trust",
    "!:*",
    "zero:*",
    "body:zero",
    "workspace_id : x",
    "a:b:c",
    "((((",
    ")",
    "{zero}",
    "^zero",
    "-zero",
    "zero + trust",
    "\\",
    "%_",
    "\x00zero",
    "zero\ntrust",
    "<->",
    "'; DROP TABLE advocate_document; --",
    "zero " * 300,
    " ".join(f"word{place}" for place in range(300)),
    "z" * 5000,
    "\ud800",
    "🎉",
    "é" * 40,
    "\u0301" * 40,
]


@pytest.mark.parametrize("query", NASTY)
def test_whatever_is_typed_is_only_words(both: list[World], query: str) -> None:
    answers = []
    for world in both:
        workspace_id = settle(world)
        index(world, workspace_id, "zero trust for healthcare", "trust and near or not", "body workspace_id drop table")
        answers.append(set(found(world, workspace_id, query)))
    assert answers[0] == answers[1]
    assert answers[0] <= {"a0", "a1", "a2"}


@pytest.fixture
def workspace_id(world: World) -> str:
    return settle(world)


@pytest.mark.parametrize("query", ["zero trust", "TRUST Zero", "zéro", "heal", "zer tru hea", "12"])
def test_words_are_found_by_their_beginning_in_any_order_without_accents(
    world: World, workspace_id: str, query: str
) -> None:
    index(world, workspace_id, "Zero-Trust for HEALTHCARE, 12 sites", "nothing of the kind")
    assert found(world, workspace_id, query) == ["a0"]


@pytest.mark.parametrize("query", ["zero nothing", "ero", "trusting", "kindly"])
def test_all_the_words_have_to_be_there(world: World, workspace_id: str, query: str) -> None:
    index(world, workspace_id, "Zero-Trust for HEALTHCARE, 12 sites", "nothing of the kind")
    assert found(world, workspace_id, query) == []


def test_what_changed_is_found_by_the_new_words_only(world: World, workspace_id: str) -> None:
    index(world, workspace_id, "old words")
    index(world, workspace_id, "new words")
    assert found(world, workspace_id, "old") == []
    assert found(world, workspace_id, "new") == ["a0"]
    world.do(workspace_id, documents.forget, "a0")
    assert found(world, workspace_id, "new") == []


def test_a_search_stays_in_its_workspace(world: World, workspace_id: str) -> None:
    other = settle(world, "T2")
    index(world, workspace_id, "zero trust")
    index(world, other, "zero hour", "trust")
    assert found(world, workspace_id, "zero") == ["a0"]
    assert found(world, other, "trust") == ["a1"]
    assert found(world, workspace_id, f"{other}") == []
    for typed in (workspace_id, workspace_id[:2], f":{workspace_id}"):
        assert found(world, workspace_id, typed) == [], "the workspace's id is no word of the text"


def test_the_most_that_is_asked_for(world: World, workspace_id: str) -> None:
    index(world, workspace_id, *["zero"] * 6)
    assert len(world.do(workspace_id, search.matching, search.words_of("zero"), 4)) == 4


def test_what_was_not_committed_is_not_found_afterwards(world: World, workspace_id: str) -> None:
    with world.db.session(workspace_id) as session:
        documents.index(session, "a0", "zero")
        assert [hit.advocate_id for hit in search.matching(session, search.words_of("zero"), MOST)] == ["a0"]
    assert found(world, workspace_id, "zero") == []
