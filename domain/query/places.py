"""Which words of a sentence are countries and regions. What a region holds is in `domain.regions`.

Stricter than a field of a form: in a sentence "it", "in" and "is" are no countries.
"""

from collections.abc import Mapping
from types import MappingProxyType

from domain.near import term_words
from domain.regions import country_code, country_codes, country_name, regions

_NAME_LIST = """
EMEA; APAC; North America; Latin America; Americas; Europe; Asia; Africa; Oceania; DACH; Nordics; Scandinavia; Benelux
Baltics; Iberia; UK and Ireland; Central Europe; Western Europe; Eastern Europe; Northern Europe; Southern Europe; CEE
Balkans; Visegrad; CIS; Caucasus; EU; Middle East; GCC; Levant; ANZ; Greater China; MENA; MEA; North Africa
Sub-Saharan Africa; West Africa; East Africa; Middle Africa; Southern Africa; East Asia; South Asia; Southeast Asia
Central Asia; West Asia; Southern Asia; Pacific; Central America; South America; Caribbean
Australia and New Zealand; Micronesia; Melanesia; Polynesia
"""

REGION_NAMES = tuple(name.strip() for name in _NAME_LIST.replace("\n", ";").split(";") if name.strip())
"""The names under which regions are told, and the canonical values of the region facet; of two names for the same
countries the first stands for both."""

_ADJECTIVES: Mapping[str, str] = MappingProxyType(
    {
        "european": "Europe",
        "asian": "Asia",
        "african": "Africa",
        "scandinavian": "Scandinavia",
        "latam": "Latin America",
    }
)

_PEOPLE_LIST = """
american US, argentinian AR, australian AU, austrian AT, belgian BE, brazilian BR, british GB, canadian CA, chilean CL
colombian CO, egyptian EG, emirati AE, indian IN, irish IE, israeli IL, kenyan KE, mexican MX, nigerian NG
saudi arabian SA, scottish GB, singaporean SG, south african ZA, swiss CH
"""
_PEOPLE_OF: Mapping[str, str] = MappingProxyType(
    {said.strip()[:-3]: said[-2:] for said in _PEOPLE_LIST.strip().replace("\n", ",").split(",")}
)
"""Where a customer is from, when the word is no language."""

_SHORT_NAMES = frozenset({"uk", "us", "usa", "uae", "ksa", "prc", "drc", "rok"})
"""What people write for a country in two or three letters of any case. Other short words are words."""

_SHORT_REGIONS = frozenset({"eu", "cee", "cis", "gcc", "anz", "mea", "uki", "apj", "v4"})

_CODE_LIST = """
ai am ar as at be bi by cd cs cv do hr id in io is it la me ml my na no pm pr qa so to tv
"""
_CODES_THAT_ARE_WORDS = frozenset(_CODE_LIST.split())
"""Two-letter codes that mean something else even in capitals: IT, HR, AI."""

_COUNTRY_BY_NAME = MappingProxyType({" ".join(term_words(country_name(code))): code for code in country_codes()})


def _by_countries() -> Mapping[frozenset[str], str]:
    found: dict[frozenset[str], str] = {}
    for name in REGION_NAMES:
        found.setdefault(regions(name) or frozenset(), name)
    return MappingProxyType(found)


_REGION_BY_COUNTRIES = _by_countries()


def spelt_countries() -> Mapping[str, str]:
    """Folded name -> code of every country, for telling misspelt ones."""
    return _COUNTRY_BY_NAME


def spelt_regions() -> Mapping[str, str]:
    """Folded name -> name of every region in REGION_NAMES, for telling misspelt ones."""
    return MappingProxyType({" ".join(term_words(name)): canonical_region(name) or name for name in REGION_NAMES})


def canonical_region(text: str) -> str | None:
    """The region's name, such as "EMEA" for "Europe, Middle East and Africa"; None for a word that is no region."""
    text = _ADJECTIVES.get(text.casefold(), text)
    codes = regions(text)
    return None if codes is None else _REGION_BY_COUNTRIES.get(codes, text)


def country_in_sentence(text: str) -> str | None:
    """The code of the country that a word, or several, mean in a sentence."""
    if text in _PEOPLE_OF:
        return _PEOPLE_OF[text]
    short = len(text) <= 3
    if not short or text.casefold() in _SHORT_NAMES:
        return country_code(text)
    is_code = len(text) == 2 and text.isascii() and text.isupper() and text.casefold() not in _CODES_THAT_ARE_WORDS
    return country_code(text) if is_code or not text.isascii() else None


def region_in_sentence(text: str) -> str | None:
    """The name of the region that a word, or several, mean in a sentence. NA is North America in capitals only."""
    if len(text) > 3 or text.casefold() in _SHORT_REGIONS or text == "NA":
        return canonical_region(text)
    return None
