"""Queries as kept lines, and queries with a part left out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.query import Facet, Query, Vocabularies, parse, relaxations, to_text, usual_vocabularies
from domain.query.relaxing import MOST, ONE_BY_ONE
from domain.query.usual import USUAL as DEFAULTS
from domain.vocabulary import PERSONAS, Activity

USUAL = usual_vocabularies(["Cloud Shield", 'The 15" One', "R&D Suite"])

TEXTS = [
    ("", ""),
    ("healthcare CISO", "industry:healthcare persona:CISO"),
    ("helthcare", "industry:helthcare"),
    ("finacial servics", 'industry:"finacial servics"'),
    ("emea germany", "region:EMEA country:DE"),
    ("uki", 'region:"uk and ireland"'),
    ('-retail "zero trust" sso -rollout -"big bang"', '-industry:retail "zero trust" sso -rollout -"big bang"'),
    ("available", "available:now"),
    ("industry:foo", "industry:foo"),
    ("-product:foo-bar", '-product:"foo bar"'),
    ("word:retail", "word:retail"),
    ("word:zero word:retail", "word:zero word:retail"),
    ("who is", "who is"),
    ("product:15-one", 'product:"15 one"'),
    ("r&d suite", 'product:"r and d suite"'),
]


@pytest.mark.parametrize(("typed", "kept"), TEXTS)
def test_a_query_is_kept_as_a_person_would_type_it(typed: str, kept: str) -> None:
    assert to_text(parse(typed, USUAL), USUAL) == kept


def test_without_vocabularies_free_words_are_called_words() -> None:
    assert to_text(parse("sso ciso -x", USUAL)) == "persona:CISO word:sso -word:x"


def meaning(query: Query) -> tuple[object, ...]:
    filters = {(one.facet, one.excluded, one.values, one.countries) for one in query.filters}
    slips = {(slip.facet, slip.value, slip.words) for slip in query.slips}
    lists = (query.words, query.phrases, query.not_words, query.not_phrases)
    return (filters, slips, *map(sorted, lists), query.available_now, len(query.unknown))


FRAGMENTS = [
    "healthcare", "helthcare", "finacial servics", "head of IT", "-retail", "industry:foo", "-role:zzz", "country:de",
    "emea", "germny", "-dach", "available:now", "sso", "-rollout", '"zero trust"', '-"big bang"', "word:retail", "the",
    "O'Brien", "cloud shield", 'product:"the 15 one"', "r&d suite", "Jordan", "日本語", "Sørensen", "mm", '"', "-",
    "us", "country:austia", "-industry:retal", "word:helthcare", "available:later", "uk & ireland", "iso 27001",
]  # fmt: skip
LINE = st.lists(st.sampled_from(FRAGMENTS), max_size=8).map(" ".join)


@given(st.one_of(LINE, st.text(max_size=60)))
def test_a_kept_line_is_read_as_the_same_query(text: str) -> None:
    query = parse(text, USUAL)
    for kept in (to_text(query), to_text(query, USUAL)):
        assert meaning(parse(kept, USUAL)) == meaning(query), kept


@given(LINE)
def test_a_kept_line_stays_as_it_is(text: str) -> None:
    kept = to_text(parse(text, USUAL), USUAL)
    assert to_text(parse(kept, USUAL), USUAL) == kept


RELAXED: list[tuple[str, list[tuple[str, str]]]] = [
    ("", []),
    ("healthcare", []),
    ("available:now", []),
    ("healthcare ciso", [("persona: CISO", "healthcare"), ("industry: healthcare", "ciso")]),
    ("helthcare", [("“helthcare” as typed, not healthcare", "word:helthcare")]),
    (
        'enterprise reference-call germany emea healthcare ciso german "zero trust" sso available:now',
        [
            (
                "free to be asked now",
                'enterprise reference-call germany emea healthcare ciso german "zero trust" sso',
            ),
            (
                "“zero trust” as a phrase, only its words",
                "enterprise reference-call germany emea healthcare ciso german sso zero trust available",
            ),
            (
                "the word “sso”",
                'enterprise reference-call germany emea healthcare ciso german "zero trust" available',
            ),
            ("“zero trust”", "enterprise reference-call germany emea healthcare ciso german sso available"),
            ("segment: enterprise", 'reference-call germany emea healthcare ciso german "zero trust" sso available'),
            ("country: Germany", 'enterprise reference-call emea healthcare ciso german "zero trust" sso available'),
            (
                "country: Germany, region: EMEA",
                'enterprise reference-call healthcare ciso german "zero trust" sso available',
            ),
            ("language: German", 'enterprise reference-call germany emea healthcare ciso "zero trust" sso available'),
            ("persona: CISO", 'enterprise reference-call germany emea healthcare german "zero trust" sso available'),
            ("industry: healthcare", 'enterprise reference-call germany emea ciso german "zero trust" sso available'),
            ("activity: reference call", 'enterprise germany emea healthcare ciso german "zero trust" sso available'),
        ],
    ),
    (
        "healthcare sso scim",
        [
            ("the word “scim”", "healthcare sso"),
            ("the word “sso”", "healthcare scim"),
            ("the words “sso” and “scim”", "healthcare"),
            ("industry: healthcare", "sso scim"),
        ],
    ),
    ("germany nordics sso", [("the word “sso”", "germany nordics"), ("country: Germany, region: Nordics", "sso")]),
    ("germany france sso", [("the word “sso”", "germany france"), ("country: Germany or France", "sso")]),
    ("healthcare -retail -foo", [("industry: healthcare", "-retail -foo")]),
    ("one-two three", [("the word “three”", "two"), ("the word “two”", "three")]),
    ("helthcare healthcare sso", [("the word “sso”", "helthcare healthcare"), ("industry: healthcare", "sso")]),
    (
        "helthcare retail",
        [("“helthcare” as typed, not healthcare", "retail word:helthcare")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), RELAXED)
def test_one_part_is_left_out_at_a_time(text: str, expected: list[tuple[str, str]]) -> None:
    found = list(relaxations(parse(text, USUAL)))
    assert [said for said, _ in found] == [said for said, _ in expected]
    for (_, query), (_, line) in zip(found, expected, strict=True):
        assert meaning(query) == meaning(parse(line, USUAL))


@given(LINE)
def test_nothing_excluded_is_ever_let_in_and_something_is_always_asked(text: str) -> None:
    query = parse(text, USUAL)
    excluded = {one for one in query.filters if one.excluded}
    found = list(relaxations(query))
    assert len(found) <= MOST
    for said, relaxed in found:
        assert said
        assert not relaxed.asks_nothing
        assert meaning(relaxed) != meaning(query)
        assert excluded <= set(relaxed.filters)
        assert (relaxed.not_words, relaxed.not_phrases) == (query.not_words, query.not_phrases)


def test_no_more_is_tried_than_a_person_waits_for() -> None:
    long = " ".join(f"w{number}" for number in range(18))
    assert len(list(relaxations(parse(long, USUAL)))) == ONE_BY_ONE
    phrases = " ".join(f'"a{number} b"' for number in range(9))
    assert len(list(relaxations(parse(f"{phrases} healthcare", USUAL)))) == MOST


def test_of_a_sentence_all_words_that_nobody_has_go_at_once() -> None:
    found = dict(relaxations(parse("someone in healthcare who could rave about badge logins", USUAL)))
    assert "the words “rave”, “badge” and “logins”" in found
    assert meaning(found["the words “rave”, “badge” and “logins”"]) == meaning(parse("healthcare", USUAL))


def test_the_usual_terms_are_the_programs_own() -> None:
    assert tuple(DEFAULTS[Facet.PERSONA]) == PERSONAS
    assert set(DEFAULTS[Facet.ACTIVITY]) == {activity.value for activity in Activity}


@pytest.mark.parametrize("facet", DEFAULTS)
def test_every_usual_term_is_found_by_its_facet_and_stays_itself(facet: Facet) -> None:
    for value, synonyms in DEFAULTS[facet].items():
        for said in (value, *synonyms):
            query = parse(f'{facet}:"{said}"', USUAL)
            assert [(one.facet, set(one.values)) for one in query.filters] == [(facet, {value})], said


@pytest.mark.parametrize("facet", DEFAULTS)
def test_every_usual_name_is_found_without_its_facet(facet: Facet) -> None:
    for value in DEFAULTS[facet]:
        query = parse(value, USUAL)
        assert [(one.facet, set(one.values)) for one in query.filters] == [(facet, {value})]


def test_thousands_of_terms_are_looked_up() -> None:
    products = {f"Product {number} Edition": (f"sku{number}",) for number in range(3000)}
    vocabularies = Vocabularies({**DEFAULTS, Facet.PRODUCT: products})
    query = parse("product 2999 edition sku17 helthcare", vocabularies)
    assert [one.values for one in query.filters] == [
        frozenset({"Product 2999 Edition", "Product 17 Edition"}),
        frozenset({"healthcare"}),
    ]
