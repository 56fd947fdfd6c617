"""Which countries somebody means by a word."""

import pytest

from domain.regions import REGIONS, country_code, country_codes, country_name, region_of, regions

CODES = {
    "US": "US, us, USA, U.S., U.S.A., United States, the United States, United States of America, America",
    "GB": "GB, GBR, UK, U.K., United Kingdom, Great Britain, England, Scotland, Wales, Northern Ireland",
    "DE": "DE, DEU, Germany, GERMANY, Deutschland, Allemagne",
    "AT": "Austria, Österreich, Osterreich",
    "CH": "Switzerland, Schweiz, Suisse, CHE",
    "NL": "Netherlands, The Netherlands, Holland, Nederland, NLD, Kingdom of the Netherlands",
    "KR": "Korea, South Korea, Republic of Korea, KOR, 한국",
    "KP": "North Korea, DPRK",
    "AE": "UAE, U.A.E., United Arab Emirates, Emirates",
    "CZ": "Czechia, Czech Republic, CZE",
    "TR": "Türkiye, Turkiye, Turkey",
    "RU": "Russia, Russian Federation, Россия",
    "VN": "Vietnam, Viet Nam",
    "TW": "Taiwan, TWN",
    "CN": "China, PRC, 中国",
    "HK": "Hong Kong, Hongkong",
    "JP": "Japan, 日本, Nippon",
    "BR": "Brazil, Brasil",
    "ES": "Spain, España",
    "IE": "Ireland, Republic of Ireland, Éire",
    "CI": "Ivory Coast, Côte d'Ivoire, Cote d’Ivoire",
    "BA": "Bosnia, Bosnia and Herzegovina, Bosnia & Herzegovina",
    "CD": "DR Congo, DRC, Democratic Republic of the Congo",
    "CG": "Congo, Republic of the Congo",
    "SZ": "Eswatini, Swaziland",
    "CV": "Cape Verde, Cabo Verde",
    "MK": "North Macedonia, Macedonia",
    "MM": "Myanmar, Burma",
    "VA": "Vatican City, Holy See",
    "GW": "Guinea-Bissau, Guinea Bissau",
    "NA": "NA, Namibia",
    "TT": "Trinidad & Tobago",
    "RE": "Réunion, Reunion",
    "SA": "KSA, Saudi Arabia",
    "US ": "  united   states ",
}

UNKNOWN = ["", " ", "Atlantis", "EMEA", "Europe", "X", "XX", "ZZZ", "🚀", "Bavaria"]

BUSINESS = {
    "EMEA": "DE GB FR RU TR IL AE SA EG ZA NG KE IR CY KZ GE IS RE",
    "APAC": "CN JP IN AU NZ SG KR TW HK PK AF ID FJ MN",
    "North America": "US CA BM GL PM",
    "Latin America": "MX BR AR CL CO CU PR JM PA",
}

MEANINGS = {
    "dach": "AT CH DE",
    "D-A-CH": "AT CH DE",
    "Nordics": "AX DK FI FO IS NO SE",
    "scandinavia": "DK NO SE",
    "Benelux": "BE LU NL",
    "baltics": "EE LT LV",
    "iberia": "ES PT",
    "UK & Ireland": "GB GG IE IM JE",
    "UK&I": "GB GG IE IM JE",
    "anz": "AU NZ",
    "Australasia": "AU NZ",
    "greater china": "CN HK MO TW",
    "GCC": "AE BH KW OM QA SA",
    "asean": "BN ID KH LA MM MY PH SG TH TL VN",
    "visegrad": "CZ HU PL SK",
    "north africa": "DZ EG EH LY MA SD TN",
    "Northern Africa": "DZ EG EH LY MA SD TN",
    "southern africa": "BW LS NA SZ ZA",
    "east asia": "CN HK JP KP KR MN MO TW",
    "south asia": "AF BD BT IN LK MV NP PK",
    "central asia": "KG KZ TJ TM UZ",
    "central america": "BZ CR GT HN MX NI PA SV",
    "NA": "BM CA GL PM US",
    "NAMER": "BM CA GL PM US",
}

PARTS = [
    ("emea", "DE ZA AE IR", "US JP IN BR"),
    ("EMEA", "DE ZA AE IR", "US JP IN BR"),
    ("Asia-Pacific", "JP AU IN SG", "DE AE US"),
    ("apj", "JP AU IN SG", "DE AE US"),
    ("asia", "JP IN AE KZ", "AU DE"),
    ("europe", "DE GB CY RU UA", "TR IL EG"),
    ("eu", "DE FR CY IE", "GB CH NO RS"),
    ("latam", "MX BR CU", "US CA ES"),
    ("Latin America and the Caribbean", "MX BR CU", "US CA"),
    ("americas", "US BR CU CA", "ES"),
    ("africa", "EG ZA", "AE"),
    ("sub-saharan africa", "ZA NG", "EG"),
    ("middle east", "AE IL TR EG IR", "CY GE IN"),
    ("mena", "AE MA DZ", "NG"),
    ("mea", "AE MA NG", "DE"),
    ("western europe", "FR GB ES IT", "PL RU"),
    ("eastern europe", "PL RU UA", "DE"),
    ("cee", "PL RO EE", "RU DE"),
    ("oceania", "AU NZ FJ WS", "ID"),
    ("southeast asia", "SG VN TL", "IN CN"),
    ("South-eastern Asia", "SG VN TL", "IN CN"),
    ("caribbean", "CU JM", "MX"),
]


@pytest.mark.parametrize(
    ("code", "text"), [(code.strip(), text) for code, texts in CODES.items() for text in texts.split(", ")]
)
def test_countries_are_known_by_many_names(code: str, text: str) -> None:
    assert country_code(text) == code


@pytest.mark.parametrize("text", UNKNOWN)
def test_no_country_is_guessed(text: str) -> None:
    assert country_code(text) is None


def test_every_country_is_found_by_its_name_and_code_and_lies_in_one_region() -> None:
    assert len(country_codes()) == 249
    names = {country_name(code) for code in country_codes()}
    assert len(names) == 249
    for code in country_codes():
        assert country_code(code) == country_code(code.lower()) == country_code(country_name(code)) == code
        assert (region_of(code) in REGIONS) is (code != "AQ")
        assert sum(code in (regions(region) or ()) for region in REGIONS) == (code != "AQ")


@pytest.mark.parametrize(("code", "name"), [("DE", "Germany"), ("gb", "United Kingdom"), ("KR", "South Korea")])
def test_names_are_everyday_ones(code: str, name: str) -> None:
    assert country_name(code) == name


def test_the_name_of_no_country_is_an_error() -> None:
    with pytest.raises(KeyError):
        country_name("XX")


@pytest.mark.parametrize(
    ("region", "code"), [(region, code) for region, codes in BUSINESS.items() for code in codes.split()]
)
def test_countries_lie_in_the_region_that_sells_to_them(region: str, code: str) -> None:
    assert region_of(code) == region_of(code.lower()) == region


@pytest.mark.parametrize("code", ["AQ", "XX", "", "Germany"])
def test_no_region_is_made_up(code: str) -> None:
    assert region_of(code) is None


@pytest.mark.parametrize(
    ("code", "place"),
    [
        ("DE", ("Europe", "Western Europe")),
        ("se", ("Europe", "Northern Europe")),
        ("TW", ("Asia", "Eastern Asia")),
        ("MX", ("Americas", "Central America")),
        ("NZ", ("Oceania", "Australia and New Zealand")),
        ("NG", ("Africa", "Western Africa")),
    ],
)
def test_regions_of_the_united_nations(code: str, place: tuple[str, str]) -> None:
    assert all(code.upper() in (regions(name) or ()) for name in place)


@pytest.mark.parametrize(("text", "codes"), MEANINGS.items())
def test_a_region_means_exactly_these_countries(text: str, codes: str) -> None:
    assert regions(text) == frozenset(codes.split())


@pytest.mark.parametrize(("text", "inside", "outside"), PARTS)
def test_a_large_region_holds_these_and_not_those(text: str, inside: str, outside: str) -> None:
    found = regions(text)
    assert found is not None
    assert found >= set(inside.split())
    assert found.isdisjoint(outside.split())
    assert found <= country_codes()


def test_the_european_union_has_27_members() -> None:
    assert len(regions("European Union") or ()) == 27


@pytest.mark.parametrize("text", ["", "Germany", "DE", "security", "west", "x", "🚀"])
def test_no_region_is_guessed(text: str) -> None:
    assert regions(text) is None
