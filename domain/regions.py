"""Which country, and which countries, somebody means by a word. Decides nothing about accounts or searches.

Country and region names after ISO 3166 and the UN M49 list (lukes/ISO-3166-Countries-with-Regional-Codes,
CC BY-SA 4.0); the data are in `region_data`.
"""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from domain.names import fold, words
from domain.region_data import SUBREGIONS

_ALIAS_LIST = """
AE: uae, emirates, vereinigte arabische emirate; AT: osterreich; BA: bosnia, bosnia herzegovina, bih
BE: belgique, belgie, belgien; BN: brunei darussalam; BO: plurinational state of bolivia, bolivia plurinational state of
BQ: bonaire sint eustatius and saba, bonaire; BR: brasil, brasilien
CC: cocos keeling islands; CD: congo democratic republic of the, dr congo, drc, congo kinshasa
CG: congo, congo brazzaville; CH: schweiz, suisse, svizzera; CI: ivory coast; CN: prc, peoples republic of china
CV: cabo verde; CY: zypern; CZ: czech republic, cesko, tschechien; DE: deutschland, allemagne, alemania, brd
DK: danmark, danemark; ES: espana, spanien, espagne; FI: suomi, finnland; FK: falkland islands malvinas
FM: federated states of micronesia, micronesia federated states of; FR: frankreich, francia
GB: uk, great britain, britain, england, scotland, wales, northern ireland
GB: united kingdom of great britain and northern ireland, grossbritannien, vereinigtes konigreich
GR: hellas, griechenland; HK: hongkong, hong kong sar; HR: hrvatska, kroatien; HU: magyarorszag, ungarn
IE: eire, republic of ireland, irland; IN: bharat, indien
IR: islamic republic of iran, iran islamic republic of; IT: italia, italien, italie
JP: nippon, nihon, 日本; CN: 中国; KR: korea, republic of korea, korea republic of, rok, 한국, 대한민국
KP: dprk, democratic peoples republic of korea, korea democratic peoples republic of
LA: lao peoples democratic republic, lao pdr; LU: luxemburg; MD: republic of moldova, moldova republic of
MF: saint martin french part; MK: macedonia, fyrom; MM: burma; MO: macau; MX: mejico
NL: holland, the netherlands, kingdom of the netherlands, netherlands kingdom of the, nederland, niederlande
NO: norge, norwegen; NZ: aotearoa; PL: polska, polen; PS: state of palestine, palestine state of
RU: russia, russian federation, россия; SA: ksa, saudi; SE: sverige, schweden; SH: st helena
SH: saint helena ascension and tristan da cunha; SK: slovak republic; ST: sao tome
SX: sint maarten dutch part; SY: syrian arab republic; SZ: swaziland; TL: timor leste, timor
TR: turkey, turkei, turquie; TW: taiwan province of china, republic of china, 台灣; TZ: tanzania united republic of
UA: украина, україна; UM: united states minor outlying islands; US: america
US: united states of america, vereinigte staaten, estados unidos, etats unis
VA: holy see, vatican; VE: venezuela bolivarian republic of
VG: virgin islands british; VI: virgin islands us; VN: viet nam
"""
"""What people write besides the name and the codes, folded: official, former, short and their own names."""

_MEANING_LIST = """
dach, d a ch: DE AT CH
nordics, nordic, nordic countries: DK FI IS NO SE AX FO
scandinavia: DK NO SE
benelux: BE NL LU
baltics, baltic, baltic states: EE LV LT
iberia: ES PT
uki, uk and ireland, uk and i, british isles: GB IE GG IM JE
central europe: AT CH CZ DE HU LI PL SI SK
western europe: AD AT BE CH DE DK ES FI FR GB GR IE IS IT LI LU MC MT NL NO PT SE SM VA
cee, central and eastern europe: AL BA BG BY CZ EE HR HU LT LV MD ME MK PL RO RS SI SK UA
balkans: AL BA BG GR HR ME MK RO RS SI
visegrad, v4: CZ HU PL SK
cis: AM AZ BY KG KZ MD RU TJ TM UZ
caucasus: AM AZ GE
eu, european union: AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK
middle east: AE BH EG IL IQ IR JO KW LB OM PS QA SA SY TR YE
gcc, gulf, gulf states: AE BH KW OM QA SA
levant: IL JO LB PS SY
asean: BN ID KH LA MM MY PH SG TH TL VN
anz, australasia: AU NZ
greater china: CN HK MO TW
"""
"""Regions that no list of the UN has, as sales teams draw them."""

_WORDS_OF_REGIONS = MappingProxyType(
    {
        "EMEA": "emea, europe middle east and africa",
        "APAC": "apac, apj, japac, jpac, asia pacific, asiapac, asia and pacific",
        "North America": "north america, northern america, na, nam, namer, noram, us and canada",
        "Latin America": "latin america, latam, lac, latin america and the caribbean, latin america and caribbean",
    }
)
REGIONS = tuple(_WORDS_OF_REGIONS)
"""The four regions that programs report by. "NA" means North America here, not Namibia."""

_EMEA_OF_ASIA = frozenset({"Western Asia", "Central Asia"})
"""The Middle East, the Caucasus and the CIS are sold to from Europe. So is Iran, which the UN puts in Southern Asia."""


def _countries() -> Iterator[tuple[str, str, str, str, str]]:
    for (region, subregion), rows in SUBREGIONS.items():
        for row in " ".join(rows.split()).split("; "):
            code, three, name = row.split(" ", 2)
            yield code, three, name, region, subregion


def _key(text: str) -> str:
    found = words(fold(text).replace(".", "").replace("&", " and "))
    return " ".join(found[1:] if found[1:] and found[0] == "the" else found)


def _business_region(code: str, region: str, subregion: str) -> str | None:
    if region in ("Europe", "Africa") or subregion in _EMEA_OF_ASIA or code == "IR":
        return "EMEA"
    if region == "Americas":
        return "North America" if subregion == "Northern America" else "Latin America"
    return "APAC" if region else None


def _codes_by_text() -> dict[str, str]:
    found: dict[str, str] = {}
    for code, three, name, *_ in _countries():
        found |= dict.fromkeys((_key(name), code.casefold(), three.casefold()), code)
    for entry in re.split(r"[;\n]", _ALIAS_LIST.strip()):
        code, _, aliases = entry.partition(":")
        found |= {_key(alias): code.strip() for alias in aliases.split(",")}
    return found


_NAMES = MappingProxyType({code: name for code, _, name, *_ in _countries()})
_UN = MappingProxyType({code: (region, subregion) for code, _, _, region, subregion in _countries() if region})
_REGION = MappingProxyType({code: _business_region(code, *_UN.get(code, ("", ""))) for code in _NAMES})
_CODES = MappingProxyType(_codes_by_text())


def _in_un(*names: str) -> frozenset[str]:
    return frozenset(code for code, places in _UN.items() if not set(places).isdisjoint(names))


def _meanings() -> Iterator[tuple[str, frozenset[str]]]:
    for places in _UN.values():
        yield from ((place, _in_un(place)) for place in places)
    for region, said in _WORDS_OF_REGIONS.items():
        yield said, frozenset(code for code, where in _REGION.items() if where == region)
    lines = (line.split(":") for line in _MEANING_LIST.strip().splitlines())
    drawn = {said: frozenset(codes.split()) for said, codes in lines}
    yield from drawn.items()
    africa, middle_east = _in_un("Africa"), drawn["middle east"]
    yield "europe", _in_un("Europe") | {"CY"}  # in the EU, though the UN puts it in Asia
    yield "mea, middle east and africa", africa | middle_east
    yield "mena, middle east and north africa", _in_un("Northern Africa") | middle_east
    yield "north africa", _in_un("Northern Africa")
    yield "sub saharan africa, subsaharan africa, ssa", africa - _in_un("Northern Africa")
    yield "west africa", _in_un("Western Africa")
    yield "east africa", _in_un("Eastern Africa")
    yield "east asia, far east", _in_un("Eastern Asia")
    yield "south asia, indian subcontinent", _in_un("Southern Asia") - {"IR"}
    yield "southeast asia, south east asia", _in_un("South-eastern Asia")
    yield "west asia", _in_un("Western Asia")
    yield "pacific, pacific islands", _in_un("Melanesia", "Micronesia", "Polynesia")
    yield "amer, america and the caribbean", _in_un("Americas")


_MEANINGS: Mapping[str, frozenset[str]] = MappingProxyType(
    {_key(word): codes for said, codes in _meanings() for word in said.split(",")}
)


def country_code(text: str) -> str | None:
    """The two-letter code of the country named, by name, code, or a usual other spelling; None if unknown.

    Two letters are read as a code in any case, so this is for a field, not for words of a sentence:
    "it", "in" and "is" are countries.
    """
    return _CODES.get(_key(text))


def country_name(code: str) -> str:
    """The everyday English name. Raises KeyError for what is no two-letter code of a country."""
    return _NAMES[code.upper()]


def country_codes() -> frozenset[str]:
    """Every two-letter code there is."""
    return frozenset(_NAMES)


def region_of(code: str) -> str | None:
    """One of REGIONS; None for Antarctica and for what is no code."""
    return _REGION.get(code.upper())


def regions(text: str) -> frozenset[str] | None:
    """The countries meant by a word for a region ("emea", "DACH", "Latin America"); None for any other word."""
    return _MEANINGS.get(_key(text))
