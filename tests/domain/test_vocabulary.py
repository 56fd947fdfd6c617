"""The program's own words, and what else people call the same thing."""

import pytest

from domain.vocabulary import (
    INDUSTRIES,
    INDUSTRY_SYNONYMS,
    PERSONAS,
    SEGMENT_SYNONYMS,
    SEGMENTS,
    Activity,
    canonical_industry,
    canonical_segment,
)

LONGEST_OPTION = 75  # characters of an option in a Slack menu

INDUSTRY_WORDS = {
    "healthcare": "healthcare, Healthcare, health care, Health-Care, HOSPITAL, hospitals, medical",
    "life sciences": "life sciences, Pharma, pharmaceuticals, biotech, MedTech",
    "banking": "Bank, banking, Retail Banking",
    "financial services": "FinServ, fsi, finance, fintech, Financial Services",
    "government and public sector": "Government, public sector, Government & Public Sector, SLED, gov",
    "energy and utilities": "energy, Utilities, oil & gas, Oil and Gas",
    "software and technology": "SaaS, software, High-Tech, hi-tech, Information Technology, tech",
    "telecommunications": "telco, Telecom, telecommunications",
    "transport and logistics": "logistics, Transportation & Logistics, supply chain",
    "travel and hospitality": "travel, hotels, airlines",
    "retail": "retail, E-Commerce, ecommerce",
    "consumer goods": "CPG, fmcg, consumer goods",
    "aerospace and defense": "defence, Aerospace & Defence, aerospace/defense",
    "media and entertainment": "media, Media/Entertainment, gaming",
    "nonprofit": "non-profit, NGO, Nonprofit",
    "manufacturing": "manufacturing, industrial, mfg",
    "insurance": "insurance, Insurer",
    "education": "higher ed, university, education",
    "professional services": "consulting, law firm",
    "automotive": "automotive, auto",
    "agriculture and food": "agriculture, Food & Beverage",
    "chemicals and materials": "chemicals, mining",
    "construction and real estate": "construction, real estate",
}

SEGMENT_WORDS = {
    "enterprise": "enterprise, Enterprise, large enterprise, ENT, strategic",
    "mid-market": "mid-market, Mid Market, midmarket, MM, Mittelstand",
    "small business": "small business, SMB, sme, Startup, start-up",
}

NEITHER = ["", " ", "it", "services", "industry", "zero trust", "EMEA", "other", "🚀", "government relations"]


def test_every_activity_of_the_program_has_plain_words() -> None:
    assert [activity.value for activity in Activity] == [
        "reference call",
        "group reference call",
        "site visit",
        "case study",
        "quote or logo",
        "video",
        "public review",
        "event speaker",
        "analyst briefing",
        "press",
        "advisory board",
        "referral",
        "beta or product feedback",
        "investor or executive meeting",
    ]


@pytest.mark.parametrize("words", [PERSONAS, INDUSTRIES, SEGMENTS])
def test_defaults_fit_a_menu_and_differ(words: tuple[str, ...]) -> None:
    assert len({word.casefold() for word in words}) == len(words) <= 100
    assert all(0 < len(word) <= LONGEST_OPTION for word in words)


@pytest.mark.parametrize(
    ("industry", "text"), [(i, text) for i, all_ in INDUSTRY_WORDS.items() for text in all_.split(", ")]
)
def test_an_industry_is_known_by_many_names(industry: str, text: str) -> None:
    assert canonical_industry(text) == industry


@pytest.mark.parametrize(
    ("segment", "text"), [(s, text) for s, all_ in SEGMENT_WORDS.items() for text in all_.split(", ")]
)
def test_a_segment_is_known_by_many_names(segment: str, text: str) -> None:
    assert canonical_segment(text) == segment


@pytest.mark.parametrize("text", NEITHER)
def test_nothing_is_guessed(text: str) -> None:
    assert canonical_industry(text) is None
    assert canonical_segment(text) is None


@pytest.mark.parametrize(("names", "synonyms"), [(INDUSTRIES, INDUSTRY_SYNONYMS), (SEGMENTS, SEGMENT_SYNONYMS)])
def test_no_word_means_two_things(names: tuple[str, ...], synonyms: dict[str, tuple[str, ...]]) -> None:
    assert set(names) == set(synonyms)
    said = [word for name in names for word in (name, *synonyms[name])]
    assert len(set(said)) == len(said)
    canonical = canonical_industry if names is INDUSTRIES else canonical_segment
    assert all(canonical(word) == name for name in names for word in synonyms[name])
    assert set(INDUSTRY_WORDS) == set(INDUSTRIES)
