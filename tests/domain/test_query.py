"""What is understood of a look-up's line."""

import re
from collections.abc import Iterable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from domain.names import fold
from domain.names import words as words_of
from domain.query import (
    LIMIT,
    Facet,
    Query,
    UnknownFacet,
    Vocabularies,
    parse,
    remarks,
    understood,
    usual_vocabularies,
)
from domain.query.reading import LOOKED_AT
from domain.query.spelling import corrections
from domain.query.tokens import FACET_NAMES
from domain.regions import regions

USUAL = usual_vocabularies(["Cloud Shield", "Vault", "Retail Connect", "Straße", "R&D Suite"])


def asked(query: Query) -> dict[str, set[str]]:
    """Facet -> values, the excluded ones under "-facet"."""
    return {f"{'-' if one.excluded else ''}{one.facet}": set(one.values) for one in query.filters}


def read(text: str) -> dict[str, object]:
    """All that a line means, in short; what is empty is left out."""
    query = parse(text, USUAL)
    found: dict[str, object] = {**asked(query)}
    for name in ("words", "phrases", "not_words", "not_phrases"):
        if getattr(query, name):
            found[name] = " ".join(getattr(query, name)) if "words" in name else getattr(query, name)
    return found | ({"now": True} if query.available_now else {})


HEALTH, RETAIL, FINANCE = {"healthcare"}, {"retail"}, {"financial services"}

LINES: list[tuple[str, dict[str, object]]] = [
    ("", {}),
    (
        'healthcare ciso emea "zero trust" -retail available:now',
        {
            "industry": HEALTH,
            "persona": {"CISO"},
            "region": {"EMEA"},
            "phrases": ("zero trust",),
            "-industry": RETAIL,
            "now": True,
        },
    ),
    ("HEALTHCARE Ciso", {"industry": HEALTH, "persona": {"CISO"}}),
    ("héälthcare", {"industry": HEALTH}),
    ('industry:"Héälthcare"', {"industry": HEALTH}),
    ("ｈｅａｌｔｈｃａｒｅ", {"industry": HEALTH}),
    ("industry:healthcare", {"industry": HEALTH}),
    ("Industry : Healthcare", {"industry": HEALTH}),
    ("industry: healthcare", {"industry": HEALTH}),
    ("industry：healthcare", {"industry": HEALTH}),
    ("vertical:hospital", {"industry": HEALTH}),
    ("industy:healthcare", {"industry": HEALTH}),
    ('industry:"financial services"', {"industry": FINANCE}),
    ("industry:“financial services”", {"industry": FINANCE}),
    ("industry:«financial services»", {"industry": FINANCE}),
    ("industry:financial services", {"industry": FINANCE}),
    ("industry:financial services sso", {"industry": FINANCE, "words": "sso"}),
    ("industry:financial-services", {"industry": FINANCE}),
    ("industry:healthcare,retail", {"industry": HEALTH | RETAIL}),
    ("industry:(healthcare|retail)", {"industry": HEALTH | RETAIL}),
    ("industry:oil & gas", {"industry": {"energy and utilities"}}),
    ("oil & gas", {"industry": {"energy and utilities"}}),
    ("oil and gas", {"industry": {"energy and utilities"}}),
    ("media/entertainment", {"industry": {"media and entertainment"}}),
    ("ciso/cio", {"persona": {"CISO", "CIO"}}),
    ("healthcare retail", {"industry": HEALTH | RETAIL}),
    ("retail, banking", {"industry": RETAIL | {"banking"}}),
    ("retail banking", {"industry": {"banking"}}),
    ("-retail banking", {"-industry": RETAIL, "industry": {"banking"}}),
    ("-industry:retail", {"-industry": RETAIL}),
    ("industry:-retail", {"-industry": RETAIL}),
    ('-industry:"financial services"', {"-industry": FINANCE}),
    ("−retail", {"-industry": RETAIL}),
    ("–retail", {"-industry": RETAIL}),
    ("--retail", {"-industry": RETAIL}),
    ("- retail", {"industry": RETAIL}),
    ("healthcare — sso", {"industry": HEALTH, "words": "sso"}),
    ("-financial-services", {"-industry": FINANCE}),
    ("-rollout", {"not_words": "rollout"}),
    ('-"zero trust"', {"not_phrases": ("zero trust",)}),
    ("-“zero trust”", {"not_phrases": ("zero trust",)}),
    ('"financial services"', {"phrases": ("financial services",)}),
    ('"Retail"', {"phrases": ("retail",)}),
    ("„zero trust“", {"phrases": ("zero trust",)}),
    ('"zero trust', {"words": "zero trust"}),
    ('zero trust"', {"words": "zero trust"}),
    ('"zero trust" "sso', {"phrases": ("zero trust",), "words": "sso"}),
    ('""', {}),
    ('" "', {}),
    ("head of IT", {"persona": {"head of IT"}}),
    ("head of it germany", {"persona": {"head of IT"}, "country": {"DE"}}),
    ("vp of security", {"persona": {"head of security"}}),
    ("role:head of IT", {"persona": {"head of IT"}}),
    ("role:ciso", {"persona": {"CISO"}}),
    ("cisos", {"persona": {"CISO"}}),
    ("reference call", {"activity": {"reference call"}}),
    ("reference calls", {"activity": {"reference call"}}),
    ("case studies", {"activity": {"case study"}}),
    ("videos", {"activity": {"video"}}),
    ("group reference call", {"activity": {"group reference call"}}),
    ("mid-market", {"segment": {"mid-market"}}),
    ("size:smb", {"segment": {"small business"}}),
    ("lang:german", {"language": {"German"}}),
    ("german-speaking", {"language": {"German"}}),
    ("speaks french", {"language": {"French"}}),
    ("deutsch", {"language": {"German"}}),
    ("日本語", {"language": {"Japanese"}}),
    ("Cloud Shield", {"product": {"Cloud Shield"}}),
    ("retail connect", {"product": {"Retail Connect"}}),
    ("r & d suite", {"product": {"R&D Suite"}}),
    ("strasse", {"product": {"Straße"}}),
    ("product:vault", {"product": {"Vault"}}),
    ("Germany", {"country": {"DE"}}),
    ("Deutschland", {"country": {"DE"}}),
    ("germany france", {"country": {"DE", "FR"}}),
    ("country:de", {"country": {"DE"}}),
    ("country:IT", {"country": {"IT"}}),
    ("DE", {"country": {"DE"}}),
    ("de", {"words": "de"}),
    ("IT", {"words": "it"}),
    ("it is in no", {"words": "it no"}),
    ("HR", {"words": "hr"}),
    ("uk", {"country": {"GB"}}),
    ("us", {"country": {"US"}}),
    ("U.S.", {"country": {"US"}}),
    ("U.S.A.", {"country": {"US"}}),
    ("in the us", {"country": {"US"}}),
    ("told us about sso", {"words": "sso"}),
    ("told us about sso in the US", {"words": "sso", "country": {"US"}}),
    ("an Australian bank", {"country": {"AU"}, "industry": {"banking"}}),
    ("South African", {"country": {"ZA"}}),
    ("South Korea", {"country": {"KR"}}),
    ("côte d’ivoire", {"country": {"CI"}}),
    ("EMEA", {"region": {"EMEA"}}),
    ("emea", {"region": {"EMEA"}}),
    ("Europe, Middle East and Africa", {"region": {"Europe", "MEA"}}),
    ("Europe Middle East and Africa", {"region": {"EMEA"}}),
    ("d-a-ch", {"region": {"DACH"}}),
    ("nordic", {"region": {"Nordics"}}),
    ("european", {"region": {"Europe"}}),
    ("UK & Ireland", {"region": {"UK and Ireland"}}),
    ("latam", {"region": {"Latin America"}}),
    ("asean", {"region": {"Southeast Asia"}}),
    ("NA", {"region": {"North America"}}),
    ("na", {"words": "na"}),
    ("country:na", {"country": {"NA"}}),
    ("region:na", {"region": {"North America"}}),
    ("country:emea", {"region": {"EMEA"}}),
    ("region:germany", {"country": {"DE"}}),
    ("geo:apac", {"region": {"APAC"}}),
    ("place:bavaria", {}),
    ("-dach", {"-region": {"DACH"}}),
    ("Ada Acme", {"words": "ada acme"}),
    ("O'Brien", {"words": "o brien"}),
    ("O’Brien Sørensen", {"words": "o brien sørensen"}),
    ("word:retail", {"words": "retail"}),
    ("-word:retail", {"not_words": "retail"}),
    ("word:zero-trust", {"words": "zero trust"}),
    ("zero-trust", {"words": "zero trust"}),
    ("ISO 27001", {"words": "iso 27001"}),
    ("ada@acme.com", {"words": "ada acme com"}),
    ("https://acme.com/x", {"words": "https acme com x"}),
    ("10:30", {"words": "10 30"}),
    ("foo:bar", {"words": "foo bar"}),
    ("available now", {"now": True}),
    ("available", {"now": True}),
    ("available: right now", {"now": True}),
    (
        "I need a CISO in retail for a reference call, please",
        {"persona": {"CISO"}, "industry": RETAIL, "activity": {"reference call"}},
    ),
    ("not healthcare, free now", {"-industry": HEALTH, "now": True}),
    ("retail without germany", {"industry": RETAIL, "-country": {"DE"}}),
    ("not the usual story about healthcare", {"words": "usual", "activity": {"case study"}, "industry": HEALTH}),
    ("healthcare not", {"industry": HEALTH}),
    ("who is", {"words": "who is"}),
    ("healthcare and retail", {"industry": HEALTH | RETAIL}),
]


@pytest.mark.parametrize(("text", "meaning"), LINES)
def test_a_line_means(text: str, meaning: dict[str, object]) -> None:
    assert read(text) == meaning


MISSPELT: list[tuple[str, dict[str, object]]] = [
    ("helthcare", {"industry": HEALTH}),
    ("healtcare", {"industry": HEALTH}),
    ("heatlhcare", {"industry": HEALTH}),
    ("healthcaer", {"industry": HEALTH}),
    ("helth care", {"industry": HEALTH}),
    ("retial", {"industry": RETAIL}),
    ("retal", {"industry": RETAIL}),
    ("insurence", {"industry": {"insurance"}}),
    ("manufcturng", {"industry": {"manufacturing"}}),
    ("govermnent", {"industry": {"government and public sector"}}),
    ("telecomunications", {"industry": {"telecommunications"}}),
    ("finacial services", {"industry": FINANCE}),
    ("finacial servics", {"industry": FINANCE}),
    ("life sceinces", {"industry": {"life sciences"}}),
    ("referance call", {"activity": {"reference call"}}),
    ("refrence cals", {"activity": {"reference call"}, "words": "cals"}),
    ("head of marketng", {"persona": {"head of marketing"}}),
    ("germny", {"country": {"DE"}}),
    ("swedn", {"country": {"SE"}}),
    ("netherlads", {"country": {"NL"}}),
    ("scandinvia", {"region": {"Scandinavia"}}),
    ("-helthcare", {"-industry": HEALTH}),
    ("industry:retal", {"industry": RETAIL}),
    ("industry:bnking", {"industry": {"banking"}}),
    ("role:cisso", {"persona": {"CISO"}}),
    ("lang:frensh", {"language": {"French"}}),
    ("country:austia", {"country": {"AT"}}),
    ("cloud sheild", {"product": {"Cloud Shield"}}),
    ("product:cloud-sheild", {"product": {"Cloud Shield"}}),
]

THEIR_OWN = """
Ada Acme Adam Alan Indra Malte Franco Frances Francis Heath Jorden Kenia Marin Martin Medica Powers Romano Turner Braun
Enron Chine Germain Polan Indica Spaid bnk cio1 hr it ai sso saml okta rollout migration terraform kubernetes
shopping clarity framing mixing baking rental trailer zero trust compliance onboarding dashboard integration ransomware
Siemens Bosch Nestle Philips Michelin Argenta Accenture Deloitte Salesforce Microsoft Oracle Cisco Volkswagen Lindsay
Health1care 2retail retail2 Carsten Banksy Videa Mediaset Panasonic Insead Columbia Healy Retha Cameron Cyrus François
finish hungry confidence convergence transform transformation developed administration consuming strategies
controlled blanking
"""


@pytest.mark.parametrize(("text", "meaning"), MISSPELT)
def test_a_slip_is_mended(text: str, meaning: dict[str, object]) -> None:
    assert read(text) == meaning


@pytest.mark.parametrize("word", THEIR_OWN.split())
def test_names_and_everyday_words_stay_what_they_are(word: str) -> None:
    assert read(word) == {"words": word.casefold()}


@pytest.mark.parametrize("text", [text for text, _ in MISSPELT])
def test_a_mended_word_keeps_what_was_typed(text: str) -> None:
    query = parse(text, USUAL)
    (slip,) = query.slips
    assert set(slip.words) <= set(words_of(fold(text)))
    assert slip.value in next(one for one in query.filters if one.facet is slip.facet).values
    assert any(f"from “{slip.said}”" in line for line in understood(query))


def test_two_terms_as_near_are_no_answer() -> None:
    vocabularies = Vocabularies({Facet.PRODUCT: {"Marathona": (), "Marathone": ()}})
    assert parse("Marathonu", vocabularies).words == ("marathonu",)


UNKNOWN = [
    ("industry:foo", "I know no industry “foo”; did you mean “agriculture and food”?"),
    ("industry:zzzzzz", "I know no industry “zzzzzz”."),
    ("industry:zero-trust", "I know no industry “zero trust”."),
    ("role:healthcare", "I know no persona “healthcare”"),
    ('product:"Xylophone 9"', "I know no product “Xylophone 9”."),
    ("country:bavaria", "I know no country “bavaria”; did you mean “Bulgaria”, “Bahrain” or “"),
    ("available:later", "I can't look for “later” in availability"),
    ("-available:now", "I can't look for “now” in availability"),
]


@pytest.mark.parametrize(("text", "sentence"), UNKNOWN)
def test_a_value_that_nobody_knows_is_told_and_filters_nothing(text: str, sentence: str) -> None:
    query = parse(f"{text} ciso", USUAL)
    assert asked(query) == {"persona": {"CISO"}}
    assert len(query.unknown) == 1
    assert remarks(query)[0].startswith(sentence)


def test_at_most_three_values_are_suggested() -> None:
    vocabularies = Vocabularies({Facet.PRODUCT: {f"Vault {letter}": () for letter in "ABCDEFG"}})
    (unknown,) = parse('product:"Vault XY"', vocabularies).unknown
    assert unknown == UnknownFacet(Facet.PRODUCT, "Vault XY", unknown.suggestions)
    assert len(unknown.suggestions) == 3


def test_a_word_of_two_facets_goes_to_the_one_that_has_it_as_a_name() -> None:
    both = Vocabularies({Facet.SEGMENT: {"Banking": ()}, Facet.INDUSTRY: {"finance": ("banking",)}})
    assert asked(parse("banking", both)) == {"segment": {"Banking"}}
    assert understood(parse("banking", both)) == ("segment: Banking (also industry:banking)",)
    assert asked(parse("industry:banking", both)) == {"industry": {"finance"}}


def test_of_two_facets_with_the_same_name_products_go_first() -> None:
    both = Vocabularies({Facet.INDUSTRY: {"retail": ()}, Facet.PRODUCT: {"Retail": ()}})
    assert asked(parse("retail", both)) == {"product": {"Retail"}}
    assert asked(parse("industry:retail", both)) == {"industry": {"retail"}}


def codes(text: str) -> frozenset[str]:
    return regions(text) or frozenset()


WHERE: list[tuple[str, frozenset[str] | None]] = [
    ("emea", codes("emea")),
    ("germany france", frozenset({"DE", "FR"})),
    ("emea germany", frozenset({"DE"})),
    ("germany nordics", frozenset({"DE"}) | codes("nordics")),
    ("germany japan emea", frozenset({"DE", "JP"})),
    ("dach nordics", codes("dach") | codes("nordics")),
    ("healthcare", None),
    ("-dach", None),
    ("emea -dach", codes("emea")),
]


@pytest.mark.parametrize(("text", "countries"), WHERE)
def test_countries_and_regions_are_one_question(text: str, countries: frozenset[str] | None) -> None:
    query = parse(text, USUAL)
    assert query.countries == countries
    for one in query.filters:
        if one.facet in (Facet.COUNTRY, Facet.REGION) and not one.excluded:
            assert one.countries == countries
        elif one.excluded:
            assert one.countries == codes("dach")


def test_a_long_line_is_used_up_to_the_limit_and_the_rest_is_told() -> None:
    query = parse(" ".join(f"word{number}" for number in range(300)), USUAL)
    assert query.words == tuple(f"word{number}" for number in range(LIMIT))
    assert query.ignored == tuple(f"word{number}" for number in range(LIMIT, 300))
    assert remarks(query) == (
        f"That is more than I can look for at once. I left out: “{' '.join(query.ignored[:12])}” and 264 more.",
    )


def test_small_words_do_not_use_up_the_limit() -> None:
    query = parse("the " * LIMIT + "healthcare " + "rollout" + " the" * LOOKED_AT, USUAL)
    assert asked(query) == {"industry": HEALTH}
    assert query.words == ("rollout",)
    assert len(query.passed_over) + len(query.ignored) == LIMIT + LOOKED_AT


def test_a_phrase_is_cut_at_the_limit() -> None:
    words = [f"w{number}" for number in range(LIMIT + 3)]
    query = parse(f'"{" ".join(words)}" after', USUAL)
    assert query.phrases == (" ".join(words[:LIMIT]),)
    assert query.ignored == (*words[LIMIT:], "after")


UNDERSTOOD = [
    ("helthcare", ("industry: healthcare (from “helthcare”)",)),
    ("healthcare", ("industry: healthcare",)),
    ("emea", ("region: EMEA",)),
    ('"zero trust"', ("“zero trust” as a phrase",)),
    ("-foo", ("not: foo",)),
    ("-retail", ("not: retail (industry)",)),
    ('-"zero trust"', ("not: “zero trust” as a phrase",)),
    ("available:now", ("free to be asked now",)),
    ("sso", ("the word “sso”",)),
    ("sso saml mfa", ("the words “sso”, “saml” and “mfa”",)),
    ("helthcare hospital", ("industry: healthcare (from “helthcare” and “hospital”)",)),
    ("healthcare retail", ("industry: healthcare or retail",)),
    ("germany france", ("country: Germany or France",)),
    ("emea germany", ("country: Germany, within EMEA",)),
    ("germany nordics", ("country: Germany, or region: Nordics",)),
    ("jordan", ('country: Jordan (to look for the word, put it in quotes: "jordan")',)),
    ("country:jordan", ("country: Jordan",)),
    ("mm", ("segment: mid-market (from “mm”)",)),
    ("industry:foo", ()),
    ("", ()),
]


@pytest.mark.parametrize(("text", "lines"), UNDERSTOOD)
def test_the_answer_says_what_was_understood(text: str, lines: tuple[str, ...]) -> None:
    assert understood(parse(text, USUAL)) == lines


def test_a_line_of_nothing_asks_nothing() -> None:
    assert parse("industry:foo", USUAL).asks_nothing
    assert parse(" - ", USUAL).asks_nothing
    assert not parse("-foo", USUAL).asks_nothing


INJECTIONS = [
    'a" OR 1=1 --',
    "NEAR(a b, 3)",
    "a NEAR/2 b",
    "a AND NOT b OR c",
    "a* ^b {body} : c",
    "a & !b | (c:*) <-> d",
    "'; DROP TABLE advocate; --",
    "body:x workspace_id:y",
    "a\0b \x1b[31m c\x7f",
    "\u202eevil\u202c \u2066x\u2069 \u200bzero",
    "\\ ' \\' '' ''':*",
    "$$ $1 %s {0} ${x}",
    '"a\\" b" "c\'d" "e*"',
    "\ud800 \udfff",
    "()[]{}<>|&!:*^~@#%=+?/\\`´",
]


def texts(query: Query) -> Iterable[str]:
    return (*query.words, *query.phrases, *query.not_words, *query.not_phrases)


@pytest.mark.parametrize("text", INJECTIONS)
def test_what_an_engine_could_read_is_only_ever_words(text: str) -> None:
    for line in (text, f'"{text}"', f"-{text}", f"word:{text}", f"industry:{text}"):
        for word in " ".join(texts(parse(line, USUAL))).split(" "):
            assert word == "" or all(character.isalnum() for character in word)


FRAGMENTS = [
    "healthcare", "helthcare", "head of IT", "industry:", "role:", "country:", "word:", "available:", "now", "foo",
    '"', "“", "-", "—", ":", " ", "  ", ",", "&", "/", "(", ")", "emea", "germany", "us", "told", "the", "zero",
    "trust", "O'Brien", "é", "\0", "\u202e", "日本", "नमस्ते", "a.b.", "\n", "NEAR(", "*", "ß", "İ", "½",
    "ﬁ", "case studies", "'",
]  # fmt: skip
LINE = st.one_of(st.text(max_size=120), st.lists(st.sampled_from(FRAGMENTS), max_size=60).map("".join))


def heard(query: Query) -> str:
    """Everything that a query still says, folded."""
    parts = [*query.words, *query.phrases, *query.not_words, *query.not_phrases, *query.passed_over, *query.ignored]
    parts += [one.said for one in query.filters] + [slip.said for slip in query.slips]
    parts += [one.said for one in query.unknown] + (["available free right now today yes true"] * query.available_now)
    return folded(" ".join(parts))


def folded(text: str) -> str:
    """The letters and digits of a text, in one run."""
    return "".join(words_of(fold(text)))


@given(LINE)
@example('"a')
@example("industry:")
@example("- -")
@example("a'b" * 30)
def test_nothing_typed_is_lost_and_nothing_fails(text: str) -> None:
    query = parse(text, USUAL)
    understood(query)
    remarks(query)
    known = heard(query)
    for run in map(folded, re.findall(r"[^\W_]+", text.replace("\0", ""))):
        assert run in known or run in FACET_NAMES or corrections(run, FACET_NAMES), (run, query)


@given(LINE)
def test_at_most_so_many_terms_are_used(text: str) -> None:
    query = parse(text * 5, USUAL)
    used = [word for phrase in texts(query) for word in phrase.split()]
    assert len(used) + sum(len(one.values) for one in query.filters) + len(query.unknown) <= LIMIT
    assert all(used)


@pytest.mark.parametrize(
    "text",
    ["rollout " * 30_000, '"' * 100_001, '-"' * 50_001, "-" * 100_000 + " a", "industry" + " " * 100_000, "a." * 50_000,
     "a :" * 50_000, "retail, " * 30_000, "\u0301" * 100_000, "'" * 100_000, "industry: " * 20_000, "&" * 100_000],
    ids=lambda text: text[:10],
)  # fmt: skip
@pytest.mark.timeout(20)
def test_a_huge_line_is_read_in_time_that_grows_with_it(text: str) -> None:
    query = parse(text, USUAL)
    assert sum(len(word.split()) for word in texts(query)) <= LIMIT
