"""What may be typed of something approved, until when and where it may be used, and what it is an answer to."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.advocates import Consent, ConsentScope
from domain.assets import (
    ANSWERS,
    MOST_FACETS,
    AssetValues,
    Kind,
    Scope,
    TakenFor,
    check_asset,
    check_covered,
    closeness,
    has_expired,
    is_covered,
    kinds_for,
    mark,
)
from domain.errors import RuleError
from domain.protection import NEEDS_SCOPE
from domain.query import Facet, Vocabularies, parse
from domain.vocabulary import Activity

TODAY = date(2026, 5, 3)
STORY = AssetValues(Kind.CASE_STUDY, "Forty clinics", "https://acme.example/story")
QUOTE = AssetValues(Kind.QUOTE, "The same screen", words="We look at the same screen.")
LISTED, CONVERSATIONS, PUBLIC = ConsentScope
PRODUCTS = {"Gate": ("gatekeeper",), "Shield": (), "Signal": ()}
TERMS = Vocabularies({Facet.PRODUCT: PRODUCTS, Facet.LANGUAGE: {"German": ("deutsch",), "English": ()}})


@pytest.mark.parametrize(
    ("wrong", "field", "said"),
    [
        (replace(STORY, title=" \n "), "title", "What is it called"),
        (replace(STORY, title="x" * 151), "title", "150"),
        (replace(STORY, link=None), "link", "A case study needs a link"),
        (replace(STORY, link="   "), "link", "A case study needs a link"),
        (replace(STORY, kind=Kind.VIDEO, link=None), "link", "A video needs a link"),
        (replace(STORY, link="ftp://acme.example"), "link", "https:// or http://"),
        (replace(STORY, link="javascript:alert(1)"), "link", "https:// or http://"),
        (replace(STORY, link="https://acme.example/" + "x" * 2000), "link", "2,000"),
        (replace(QUOTE, words=None), "words", "A quote needs its words"),
        (replace(QUOTE, words="x" * 1001), "words", "1,000"),
        (replace(QUOTE, link="the wiki"), "link", "https:// or http://"),
        (replace(STORY, products=("x" * 101,)), "products", "100"),
        (replace(STORY, languages=tuple(map(str, range(MOST_FACETS + 1)))), "languages", "At most 20"),
        (replace(STORY, expires_on=TODAY - timedelta(days=1)), "expires_on", "That day is past"),
    ],
)
def test_what_makes_no_sense_is_said_at_its_field(wrong: AssetValues, field: str, said: str) -> None:
    with pytest.raises(RuleError) as told:
        check_asset(wrong, TODAY)
    assert list(told.value.fields) == [field]
    assert said in told.value.fields[field]


def test_everything_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(RuleError) as told:
        check_asset(AssetValues(Kind.QUOTE, "", "nowhere", expires_on=date(2020, 1, 1)), TODAY)
    assert set(told.value.fields) == {"title", "link", "words", "expires_on"}


def test_what_is_typed_is_cleaned() -> None:
    typed = AssetValues(
        Kind.REVIEW, " Forty\n clinics ", " https://acme.example ", "\u202eIt works.\r\n", ("Gate ", "Gate", " "), ()
    )
    assert check_asset(typed, TODAY) == AssetValues(
        Kind.REVIEW, "Forty clinics", "https://acme.example", "It works.", ("Gate",)
    )
    assert check_asset(replace(QUOTE, expires_on=TODAY), TODAY).expires_on == TODAY


def test_the_last_day_counts() -> None:
    assert not has_expired(None, TODAY)
    assert not has_expired(TODAY, TODAY)
    assert has_expired(TODAY, TODAY + timedelta(days=1))


@pytest.mark.parametrize(
    ("scopes", "private", "public"),
    [
        (None, False, False),
        ((), False, False),
        ((LISTED,), False, False),
        ((CONVERSATIONS, PUBLIC), False, False),
        ((LISTED, CONVERSATIONS), True, False),
        ((LISTED, PUBLIC), False, True),
        ((LISTED, CONVERSATIONS, PUBLIC), True, True),
    ],
)
def test_the_newest_consent_decides(scopes: tuple[ConsentScope, ...] | None, private: bool, public: bool) -> None:
    consent = None if scopes is None else Consent(scopes, TODAY, "by email")
    for scope, expected in ((Scope.PRIVATE, private), (Scope.PUBLIC, public)):
        assert is_covered(scope, consent, TODAY) is expected
        if expected:
            check_covered(scope, consent, TODAY)
        else:
            with pytest.raises(RuleError, match="under Consent") as told:
                check_covered(scope, consent, TODAY)
            assert list(told.value.fields) == ["scope"]


def test_what_was_agreed_to_until_a_day_is_not_used_behind_it() -> None:
    consent = Consent((LISTED, PUBLIC), TODAY - timedelta(days=9), "by email", TODAY)
    assert is_covered(Scope.PUBLIC, consent, TODAY)
    tomorrow = TODAY + timedelta(days=1)
    assert not is_covered(Scope.PUBLIC, consent, tomorrow)
    with pytest.raises(RuleError, match="has ended"):
        check_covered(Scope.PUBLIC, consent, tomorrow)


def test_each_kind_answers_a_request_that_would_be_public() -> None:
    assert set(ANSWERS) == set(Kind)
    assert len(set(ANSWERS.values())) == len(Kind)
    assert {NEEDS_SCOPE[activity] for activity in ANSWERS.values()} == {PUBLIC}
    assert {activity for activity in Activity if kinds_for(activity)} == set(ANSWERS.values())
    assert kinds_for(Activity.QUOTE) == (Kind.QUOTE,)
    assert kinds_for(None) == tuple(Kind)


@pytest.mark.parametrize(
    ("line", "products", "languages", "expected"),
    [
        ("", ("Gate",), (), 0),
        ("gate", (), (), 0),
        ("gate", ("Gate",), (), 1),
        ("gate german", ("Gate",), ("German",), 2),
        ("gate deutsch", ("gatekeeper",), ("Deutsch",), 2),
        ("gate shield", ("Shield",), (), 1),
        ("gate", ("Shield", "Gate"), (), 1),
        ("gate", ("Shield",), (), None),
        ("gate german", ("Gate",), ("English",), None),
        ("-gate", ("Gate",), (), None),
        ("-gate", ("Shield",), (), 0),
        ("something else", ("Gate",), (), 0),
    ],
)
def test_what_a_piece_is_about(
    line: str, products: tuple[str, ...], languages: tuple[str, ...], expected: int | None
) -> None:
    about = {Facet.PRODUCT: products, Facet.LANGUAGE: languages}
    assert closeness(about, parse(line, TERMS), TERMS.values) == expected


def test_a_form_knows_what_it_was_opened_with() -> None:
    assert mark(STORY) == mark(replace(STORY))
    assert mark(STORY) != mark(replace(STORY, expires_on=TODAY))


def test_what_a_piece_was_taken_for() -> None:
    assert not TakenFor(opportunity="  ", purpose="A campaign").has_deal
    assert TakenFor(opportunity="Sonnenblick").has_deal
    assert TakenFor(opportunity_id="01DEAL").has_deal
