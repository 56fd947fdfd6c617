"""Terms that are probably one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.near import near_duplicates, singular
from domain.vocabulary import INDUSTRIES, PERSONAS, SEGMENTS, Activity

ALIKE = """
healthcare | helthcare; healthcare | Health Care; healthcare | HEALTHCARE; healthcare | health-care
Case study | Case studies; retailer | retailers; Videos | video; utility | utilities; agency | agencies
oil & gas | oil and gas; transport and logistics | logistics and transport; logistics/transport | transport & logistics
Nürnberg | nurnberg; Müller | muller; financial services | finacial services; financial services | financial service
manufacturing | manufcturng; head of security | head of securty; e-commerce | ecommerce; mid-market | midmarket
non-profit | nonprofit; Cloud Shield | CloudShield; data platform | data platfrom; Straße | strasse
ISO 27001 | iso27001; telecommunications | telecomunications; 日本 | 日 本; Vault 2 | vault-2; banking | Bankng
"""

DIFFERENT = """
CIO | CTO; CISO | CIO; CFO | COO; head of IT | head of HR; head of sales | head of data; bank | tank
Office 2016 | Office 2019; Vault 1 | Vault 2; v1 | v2; healthcare | retail; banking | insurance; SaaS | SAP
economic buyer | executive buyer; consumer goods | capital goods; ISO 27001 | ISO 27002; video | audio; a | b
reference call | group reference call; Cloud | Cloud Shield; business | busy; | x; ! | ?
"""


def pairs(text: str) -> list[tuple[str, str]]:
    found = [pair.partition(" | ") for line in text.strip().splitlines() for pair in line.split(";")]
    return [(one.strip(), other.strip()) for one, _, other in found]


@pytest.mark.parametrize(("one", "other"), pairs(ALIKE))
def test_these_are_pointed_out(one: str, other: str) -> None:
    assert near_duplicates(one, [other]) == (other,)
    assert near_duplicates(other, ["retail", one, other]) == (one,)


@pytest.mark.parametrize(("one", "other"), pairs(DIFFERENT))
def test_these_are_two_terms(one: str, other: str) -> None:
    assert near_duplicates(one, [other]) == ()
    assert near_duplicates(other, [one]) == ()


@pytest.mark.parametrize("terms", [INDUSTRIES, PERSONAS, SEGMENTS, tuple(activity.value for activity in Activity)])
def test_the_usual_terms_are_no_duplicates_of_one_another(terms: tuple[str, ...]) -> None:
    assert [near_duplicates(term, terms) for term in terms] == [()] * len(terms)


@pytest.mark.parametrize(
    ("word", "one"),
    [
        ("calls", "call"),
        ("studies", "study"),
        ("series", "sery"),
        ("business", "business"),
        ("status", "status"),
        ("analysis", "analysis"),
        ("ties", "tie"),
        ("gas", "gas"),
        ("", ""),
    ],
)
def test_plurals(word: str, one: str) -> None:
    assert singular(word) == one


@given(st.text(max_size=30), st.text(max_size=30))
def test_nearness_goes_both_ways_and_never_fails(one: str, other: str) -> None:
    assert bool(near_duplicates(one, [other])) == bool(near_duplicates(other, [one]))
    assert near_duplicates(one, [one]) == ()
