"""Countries and regions within a sentence."""

import pytest

from domain.query.places import REGION_NAMES, canonical_region, country_in_sentence, region_in_sentence
from domain.regions import country_codes, country_name, regions


def test_each_region_is_known_and_has_one_name() -> None:
    assert len(set(REGION_NAMES)) == len(REGION_NAMES)
    for name in REGION_NAMES:
        assert regions(name)
        assert canonical_region(name) == name
    assert len({regions(name) for name in REGION_NAMES}) == len(REGION_NAMES)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("europe middle east and africa", "EMEA"),
        ("apj", "APAC"),
        ("latam", "Latin America"),
        ("south-eastern asia", "Southeast Asia"),
        ("northern africa", "North Africa"),
        ("eu", "EU"),
        ("NA", "North America"),
        ("scandinavian", "Scandinavia"),
    ],
)
def test_a_region_has_the_name_that_people_use(text: str, name: str) -> None:
    assert region_in_sentence(text) == name


def test_every_country_is_found_by_its_name() -> None:
    for code in country_codes():
        assert country_in_sentence(country_name(code)) == code


@pytest.mark.parametrize(
    "word", ["it", "in", "is", "no", "so", "to", "be", "me", "at", "do", "na", "de", "can", "and", "per", "ben"]
)
def test_small_words_are_no_places(word: str) -> None:
    assert country_in_sentence(word) is None
    assert region_in_sentence(word) is None


@pytest.mark.parametrize("word", ["IT", "HR", "AI", "BI", "ML", "PR", "QA", "AND", "CAN", "PER", "NAM", "LAC"])
def test_nor_are_capitals_that_mean_something_else(word: str) -> None:
    assert country_in_sentence(word) is None
    assert region_in_sentence(word) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("uk", "GB"),
        ("USA", "US"),
        ("uae", "AE"),
        ("DE", "DE"),
        ("south african", "ZA"),
        ("swiss", "CH"),
        ("日本", "JP"),
    ],
)
def test_usual_short_forms_are_places(text: str, code: str) -> None:
    assert country_in_sentence(text) == code
