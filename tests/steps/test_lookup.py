"""Looking advocates up, as a whole step on both databases: what is understood, who comes first, what it costs."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.advocates import ConsentScope, Profile
from domain.errors import NotAllowed
from domain.people import Actor, Role, Standing
from domain.query import Facet, together
from domain.query.relaxing import MOST as RELAXED
from domain.vocabulary import Activity
from steps import lookup, vocabulary_editing
from storage.documents import MARK
from storage.guard import GuardedSession
from storage.saved_searches import LookUp
from tests.steps.crowd import PLAIN, Crowd, names
from tests.steps.crowd import crowd as crowd  # noqa: PLC0414  # a fixture
from tests.worlds import counted

CISO = replace(PLAIN, persona="CISO", industry="healthcare", use_cases="Zero trust in forty clinics.")


MOST_STATEMENTS = 13
"""Eleven, and what begins the transaction."""


def profile(**facts: object) -> Profile:
    return replace(CISO, **facts)  # type: ignore[arg-type]  # each name is a field of Profile


def test_words_and_facets_together(crowd: Crowd) -> None:
    crowd.add_many({"Ada": CISO, "Ben": profile(country="US"), "Cleo": profile(industry="retail"), "Dora": PLAIN})
    answer = crowd.looks('healthcare ciso emea "zero trust"')
    assert names(answer) == ["Ada"]
    assert answer.relaxed is None
    assert answer.understood == ("industry: healthcare", "persona: CISO", "region: EMEA", "“zero trust” as a phrase")
    assert answer.offers[0].found.why == ("healthcare", "CISO", "Germany", "your words in use case")
    assert names(crowd.looks(answer.query)) == ["Ada"], "the line that buttons carry leads to the same"


def test_only_the_value_that_fits_is_told(crowd: Crowd) -> None:
    crowd.add("Ada", profile(country="FR", region="EMEA"))
    [one] = crowd.looks("healthcare retail france germany").offers
    assert one.found.why == ("healthcare", "France")


def test_a_facet_in_the_text_alone_counts_where_people_write_it(crowd: Crowd) -> None:
    crowd.add("Ada", profile(persona=None, title="CISO and board member"))
    crowd.add("Ben", profile(persona=None, title="Developer"))
    assert crowd.finds("ciso") == ["Ada"]
    assert crowd.looks("persona:ciso").relaxed is None
    assert crowd.finds("persona:ciso") == [], "naming the facet asks for it alone, and nothing is left to let go"


def test_one_part_after_the_other_is_let_go(crowd: Crowd) -> None:
    crowd.add_many({"Ada": CISO, "Ben": profile(industry="retail")})
    answer = crowd.looks("healthcare ciso france")
    assert (names(answer), answer.relaxed, answer.total) == (["Ada"], "country: France", 1)
    assert answer.offers[0].found.why == ("healthcare", "CISO")
    assert crowd.looks("healthcare ciso spaceships").relaxed == "the word “spaceships”"
    nobody = crowd.looks("spaceships zeppelins")
    assert (nobody.offers, nobody.total, nobody.pages, nobody.relaxed) == ((), 0, 1, None)


def test_an_unknown_value_is_told_and_filters_nothing(crowd: Crowd) -> None:
    crowd.add("Ada", CISO)
    answer = crowd.looks("industry:healthcrae persona:wizard")
    assert names(answer) == ["Ada"]
    assert answer.understood == ("industry: healthcare (from “healthcrae”)",)
    assert answer.remarks == ("I know no persona “wizard”.",)


def test_words_of_the_workspace_and_what_else_they_are_called(crowd: Crowd) -> None:
    crowd.add("Ada", profile(products=("Quantum Shield",)))
    crowd.add("Ben", CISO)
    assert crowd.looks("quantum shield").understood == ("product: Quantum Shield",)
    crowd.do(
        vocabulary_editing.set_synonyms,
        replace(crowd.team, roles=crowd.team.roles | {Role.LEADER}),
        Facet.PRODUCT,
        "Quantum Shield",
        ("qshield",),
    )
    assert crowd.finds("qshield") == ["Ada"]
    assert crowd.finds("-qshield healthcare") == ["Ben"]


def test_free_now_leaves_out_who_was_asked_lately(crowd: Crowd) -> None:
    crowd.add_many({"Ada": CISO, "Ben": CISO})
    crowd.use("Ada", crowd.ago(5))
    assert crowd.finds("healthcare") == ["Ben", "Ada"], "whoever is free comes first"
    assert crowd.finds("healthcare available:now") == ["Ben"]
    ada = crowd.looks("healthcare").offers[1]
    assert (ada.is_free, ada.next_free) == (False, crowd.ago(5) + timedelta(days=30))
    assert (ada.capacity.left_halves, ada.capacity.cap_halves) == (2, 4)
    crowd.use("Ben", crowd.ago(3))
    answer = crowd.looks("healthcare available:now")
    assert (answer.relaxed, answer.total) == ("free to be asked now", 2)


def test_work_spreads_to_who_was_asked_longest_ago(crowd: Crowd) -> None:
    crowd.add_many({"Ada": CISO, "Ben": CISO, "Cleo": CISO})
    crowd.use("Ada", crowd.ago(200))
    crowd.use("Ben", crowd.ago(300))
    assert crowd.finds("healthcare") == ["Cleo", "Ben", "Ada"]
    shown = crowd.looks("healthcare").offers[2]
    assert [part.name for part in shown.parts] == ["fit", "capacity", "unasked", "fresh"]
    assert sum(part.points for part in shown.parts) == pytest.approx(shown.score)


def test_the_activity_asked_for_decides_who_is_free(crowd: Crowd) -> None:
    crowd.add_many({"Ada": CISO})
    crowd.add("Ben", CISO, own_cap_halves=2)
    assert crowd.looks("reference call").offers[0].activity is Activity.REFERENCE_CALL
    ben = next(one for one in crowd.looks("case study").offers if one.found.contact_name == "Ben")
    assert (ben.activity, ben.is_free, ben.next_free) == (Activity.CASE_STUDY, False, None)


def test_who_must_not_be_come_across_is_not(crowd: Crowd) -> None:
    crowd.add("Resting", CISO, state="resting", rest_reason="WISH")
    crowd.add("Unlisted", CISO, scopes=[ConsentScope.CONVERSATIONS.value])
    crowd.add("Stale", CISO, verified_at=crowd.world.now - timedelta(days=360))
    crowd.add("Troubled", CISO, health="red")
    answer = crowd.looks("healthcare")
    assert names(answer) == ["Troubled"]
    assert answer.offers[0].obstacle == "Troubled is at an account that is in trouble (health: red)."


def test_pages_of_the_size_that_is_set(crowd: Crowd) -> None:
    crowd.add_many({f"Advocate {number:02}": CISO for number in range(12)})
    pages = [crowd.looks("healthcare", page) for page in range(3)]
    assert [len(page.offers) for page in pages] == [5, 5, 2]
    assert len({name for page in pages for name in names(page)}) == 12
    assert {(page.pages, page.total) for page in pages} == {(3, 12)}
    assert crowd.looks("healthcare", 99).page == 2
    assert crowd.looks("healthcare", -3).page == 0


def test_three_hundred_words_get_an_answer(crowd: Crowd) -> None:
    crowd.add("Ada", CISO)
    answer = crowd.looks(" ".join(["healthcare", *(f"word{number}" for number in range(299))]))
    assert "more than I can look for at once" in " ".join(answer.remarks)
    assert len(answer.query) < 2000
    assert crowd.looks(answer.query, 1).query == answer.query


@pytest.mark.parametrize("line", ["x" * 40_000, '"' + "zero trust " * 3000 + '"', "ß" * 9000, '-"a b c d e" ' * 500])
def test_a_line_that_no_button_could_carry_is_cut(crowd: Crowd, line: str) -> None:
    crowd.add("Ada", CISO)
    answer = crowd.looks(line)
    assert len(answer.query) <= lookup.LONGEST_LINE
    assert crowd.looks(answer.query).query == answer.query


INJECTIONS = (
    '"',
    "'",
    "healthcare' OR '1'='1",
    "'; DROP TABLE advocate; --",
    'body : "x" OR facets : *',
    "NEAR(healthcare ciso, 2)",
    "a AND OR NOT b",
    "* OR *",
    "^healthcare",
    "{body facets} : healthcare",
    "health*",
    "a & b | !c <-> d:*",
    "(((",
    ":*ABCD",
    "'a':B",
    "\\'\\\\",
    "%_",
    "-",
    '-"',
    "industry:",
    'industry:"',
    "\ue000industry\ue000healthcare",
    "\x00\x01",
    "😀 👩‍👩‍👧‍👦",
    "\u202eabc",
)


@pytest.mark.slow
def test_no_sign_is_an_operator_of_either_engine(crowd: Crowd) -> None:
    crowd.add("Ada", CISO)
    for line in INJECTIONS:
        answer = crowd.looks(line)
        assert answer.pages >= 1, line
        crowd.looks(answer.query)
    assert crowd.finds("healthcare") == ["Ada"]
    assert MARK not in crowd.looks(f"{MARK}industry{MARK}retail").query, "no value can be typed as the index has it"


@pytest.mark.slow
def test_the_number_of_statements_does_not_grow(crowd: Crowd) -> None:
    counts = []
    for number in (10, 390):
        crowd.add_many({f"A{number}-{at}": CISO for at in range(number)}, segment="enterprise")
        for line in ("", "healthcare ciso emea", 'healthcare -retail "zero trust" forty available:now'):
            with counted(crowd.world.db) as statements:
                assert len(crowd.looks(line).offers) == 5
            counts.append(len(statements))
    few, many = counts[:3], counts[3:]
    assert few == many
    assert (few[0], few[2]) == (few[1], few[0] + 1), "only words are looked for in approved quotes"
    assert max(counts) <= MOST_STATEMENTS


def test_letting_go_costs_one_statement_each(crowd: Crowd) -> None:
    crowd.add("Ada", CISO)
    with counted(crowd.world.db) as statements:
        crowd.looks("one two three four five six seven eight nine ten")
    assert len(statements) <= MOST_STATEMENTS + RELAXED


def test_only_full_members_look_up(crowd: Crowd) -> None:
    crowd.add("Ada", CISO)
    for standing in (Standing.GUEST, Standing.STRANGER, Standing.DEACTIVATED):
        with pytest.raises(NotAllowed):
            crowd.looks("healthcare", actor=Actor("x", "UX", "X", standing))


def test_what_was_looked_for_is_remembered(crowd: Crowd) -> None:
    crowd.add("Ada", CISO)
    for line in ("healthcare", "healthcare france", "spaceships"):
        crowd.do(lookup.note, crowd.rep, crowd.looks(line))

    def fitted(session: GuardedSession) -> dict[str, int]:
        return {row.query: row.fitted for row in session.query(LookUp)}

    assert crowd.world.do(crowd.id, fitted) == {
        "industry:healthcare": 1,
        "industry:healthcare country:FR": 0,
        "spaceships": 0,
    }


def test_a_query_comes_apart_for_the_form_and_together_again(crowd: Crowd) -> None:
    crowd.add("Ada", profile(products=("Quantum Shield",)))
    line = 'healthcare ciso emea france quantum shield "zero trust" -retail available:now'
    taken = crowd.do(lookup.refine, crowd.rep, line)
    assert taken.chosen == {
        Facet.INDUSTRY: ("healthcare",),
        Facet.PERSONA: ("CISO",),
        Facet.PRODUCT: ("Quantum Shield",),
        Facet.REGION: ("EMEA",),
    }
    assert taken.line == 'country:FR -industry:retail "zero trust" available:now'
    assert "Quantum Shield" in taken.choices[Facet.PRODUCT]
    again = crowd.looks(together(taken.line, taken.chosen))
    assert set(again.understood) == set(crowd.looks(line).understood)
