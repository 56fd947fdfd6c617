"""Which spellings are one company or one person, and what typed text may contain."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import RuleError
from domain.names import clean_line, clean_text, company_key, fold, is_legal_form, normalise_email, person_key, words

COMPANIES = {
    "acme": [
        "Acme",
        "ACME",
        " acme ",
        "Acme, Inc.",
        "Acme Inc",
        "Acme Incorporated",
        "Acme Corp.",
        "Acme Corporation",
        "Acme Co.",
        "Acme Company",
        "Acme LLC",
        "Acme L.L.C.",
        "Acme Ltd",
        "Acme Limited",
        "Acme Public Limited Company",
        "Acme PLC",
        "Acme Pty. Ltd.",
        "Acme Pte Ltd",
        "Acme Pvt. Ltd.",
        "Acme Private Limited",
        "Acme GmbH",
        "Acme GmbH & Co. KG",
        "Acme GmbH and Co KG",
        "Acme AG & Co. KGaA",
        "Acme UG (haftungsbeschränkt)",
        "Acme e.V.",
        "Acme SE",
        "Acme S.A.",
        "Acme S. A.",
        "Acme SA",
        "Acme S.A.S.",
        "Acme S.à r.l.",
        "Acme S.A.B. de C.V.",
        "Acme, S. de R.L. de C.V.",
        "Acme S.p.A.",
        "Acme S.r.l.",
        "Acme Ltda.",
        "Acme B.V.",
        "Acme N.V.",
        "Acme AB",
        "Acme A/S",
        "Acme ASA",
        "Acme Oyj",
        "Acme Sp. z o.o.",
        "Acme sp. z o. o.",
        "Acme s.r.o.",
        "Acme d.o.o.",
        "Acme Kft.",
        "Acme OÜ",
        "Acme ООО",
        "Acme K.K.",
        "Acme Kabushiki Kaisha",
        "Acme Sdn. Bhd.",
        "Acme 株式会社",
        "ACME有限公司",
        "Acme (株)",
        "ＡＣＭＥ",
        "Ácmé!",
        "«Acme»",
        "Acme & Co.",
        "Acme and Company",
        "\u202eAcme\u202c",
        "Ac\u0000me",
        "Ac\u00adme\u200b",
    ],
    "muller": ["Müller GmbH", "MÜLLER", "Mu\u0308ller AG", "muller"],
    "procter and gamble": ["Procter & Gamble", "Procter and Gamble Co.", "Procter&Gamble"],
    "jp morgan": ["J.P. Morgan", "JP Morgan", "J. P. Morgan", "j.p. morgan ltd"],
    "loreal": ["L'Oréal", "L’Oreal S.A.", "LOreal"],
    "at and t": ["AT&T", "AT&amp;T".replace("&amp;", "&"), "AT and T Inc."],
    "strasse": ["Straße", "STRASSE GmbH"],
    "orsted": ["Ørsted A/S", "Orsted"],
    "coca cola": ["Coca-Cola", "Coca Cola Company", "coca-cola co."],
    "amazon com": ["Amazon.com", "Amazon.com, Inc."],
    "3m": ["3M", "3M Company"],
    "トヨタ自動車": ["トヨタ自動車", "トヨタ自動車株式会社", "トヨタ自動車 株式会社"],
    "华为技术": ["华为技术有限公司", "华为技术"],
    "가나다": ["가나다 주식회사", "가나다"],
    "ромашка": ["Ромашка", "РОМАШКА ООО", "«Ромашка»"],
    "شركة النور": ["شركة النور", "شَركة النور"],
    "हिन्दी": ["हिन्दी Ltd"],
}

KEPT = [
    ("AG Insurance", "ag insurance"),
    ("Inc. Magazine", "inc magazine"),
    ("SE Ranking", "se ranking"),
    ("ООО Ромашка", "ооо ромашка"),
    ("株式会社トヨタ", "株式会社トヨタ"),
    ("Limited Brands Group", "limited brands group"),
    ("The Limited", "the limited"),
    ("The Company", "the company"),
    ("Inc.", "inc"),
    ("GmbH", "gmbh"),
    ("株式会社", "株式会社"),
    ("Ltd Company", "ltd"),
    ("& Co", "and"),
    ("Black And", "black and"),
    ("Johnson & Johnson", "johnson and johnson"),
    ("Plan B A/S", "plan b"),
    ("Acme Group", "acme group"),
    ("🚀🚀", "🚀🚀"),
    ("!!!", "!!!"),
    ("+", "+"),
]

PEOPLE = {
    "jose nunez": ["José Núñez", "JOSE NUNEZ", "Núñez, José", "Dr. José Núñez", "Mr José Núñez, PhD", "Jose  Nunez"],
    "ada lovelace": [
        "Ada Lovelace",
        "Lovelace, Ada",
        "Lovelace, Dr. Ada",
        "Prof. Dr. Ada Lovelace",
        "Prof. Dr. med. Ada Lovelace",
        "Dr.-Ing. Ada Lovelace",
        "Dipl.-Ing. Ada Lovelace",
        "Frau Ada Lovelace",
        "Ms. Ada Lovelace, MBA, CISSP",
        "Ada Lovelace PhD",
        "Ada Lovelace, Esq.",
    ],
    "john smith jr": ["John Smith, Jr.", "John Smith Jr", "Smith, John, Jr."],
    "conan obrien": ["Conan O'Brien", "Conan O’Brien", "OBrien, Conan"],
    "anna van der berg": ["van der Berg, Anna", "Anna van der Berg"],
    "j r smith": ["J.R. Smith", "J. R. Smith", "J R Smith"],
    "jean pierre martin": ["Jean-Pierre Martin", "Martin, Jean-Pierre"],
    "łukasz".replace("ł", "l"): ["Łukasz", "lukasz"],
    "иван петров": ["Иван Петров", "Петров, Иван"],
    "محمد علي": ["محمد علي", "مُحَمَّد علي"],
    "山田 太郎": ["山田 太郎", "山田　太郎"],
    "smith john": ["Smith John"],
    "ing lee": ["Ing Lee"],
    "dr": ["Dr.", "dr"],
    "phd": ["PhD, Dr."],
    "md rahman": ["Md Rahman"],
    "a b c": ["A, B, C"],
    "🚀": ["🚀"],
    "-": ["-"],
}


@pytest.mark.parametrize(("key", "name"), [(key, name) for key, names in COMPANIES.items() for name in names])
def test_spellings_of_one_company_share_a_key(key: str, name: str) -> None:
    assert company_key(name) == key


@pytest.mark.parametrize(("name", "key"), KEPT)
def test_a_company_keeps_what_is_its_name(name: str, key: str) -> None:
    assert company_key(name) == key


def test_different_companies_have_different_keys() -> None:
    assert len({company_key(names[0]) for names in COMPANIES.values()}) == len(COMPANIES)
    assert company_key("カキ") != company_key("ガギ")  # voicing marks are letters, not accents
    assert company_key("नील") != company_key("नल")


@pytest.mark.parametrize(("key", "name"), [(key, name) for key, names in PEOPLE.items() for name in names])
def test_spellings_of_one_person_share_a_key(key: str, name: str) -> None:
    assert person_key(name) == key


@pytest.mark.parametrize("blank", ["", " ", "\t\n", "\u200b", "\u202e", "\x00", "\u3164", "\ufeff \u200d"])
def test_nothing_to_see_gives_an_empty_key(blank: str) -> None:
    assert company_key(blank) == person_key(blank) == clean_text(blank, 0) == clean_line(blank, 0) == ""


@given(st.text())
def test_keys_are_empty_only_for_what_is_blank(name: str) -> None:
    visible = clean_line(name, len(name) * 3) != ""  # composed letters may become three
    assert bool(company_key(name)) == visible
    assert bool(person_key(name)) == visible


def test_a_letter_that_grows_when_normalised_is_no_error() -> None:
    assert company_key("\u0958") == "\u0915\u093c"


@given(st.text())
def test_case_and_form_never_change_a_key(name: str) -> None:
    assert fold(fold(name)) == fold(name)
    assert fold(unicodedata.normalize("NFD", name)) == fold(name)


@pytest.mark.parametrize("text", ["Inc.", "inc", "GmbH & Co. KG", "S.A.", "Pty Ltd", "LLC", "株式会社"])
def test_a_legal_form_alone_is_told(text: str) -> None:
    assert is_legal_form(text)


@pytest.mark.parametrize("text", ["", "Acme", "Acme Inc.", "Berlin", "Inc. runs", "&", "and", "🚀"])
def test_anything_else_is_no_legal_form(text: str) -> None:
    assert not is_legal_form(text)


CLEANED = [
    ("  Ada  Lovelace ", "Ada  Lovelace", "Ada Lovelace"),
    ("one\r\ntwo\rthree\n\nfour", "one\ntwo\nthree\n\nfour", "one two three four"),
    ("a\tb", "a\tb", "a b"),
    ("a\x00b\x07c\x7fd\x9fe", "abcde", "abcde"),
    ("evil\u202egnp.exe\u2066x\u2069", "evilgnp.exex", "evilgnp.exex"),
    ("half \ud83d of a character", "half  of a character", "half of a character"),
    ("e\u0301", "é", "é"),
    ("👩\u200d💻", "👩\u200d💻", "👩\u200d💻"),
    ("نمی\u200cخواهم", "نمی\u200cخواهم", "نمی\u200cخواهم"),
    ("\ufeffname\u200b", "name", "name"),
    ("שלום עולם", "שלום עולם", "שלום עולם"),
    ("a\u00a0b\u3000c", "a\u00a0b\u3000c", "a b c"),
    ("one\u2028two", "one\ntwo", "one two"),
    ("<!channel> & <b>", "<!channel> & <b>", "<!channel> & <b>"),
]


@pytest.mark.parametrize(("typed", "text", "line"), CLEANED)
def test_text_is_cleaned_without_losing_meaning(typed: str, text: str, line: str) -> None:
    assert clean_text(typed, 100) == text
    assert clean_line(typed, 100) == line


@given(st.text(st.characters()))
def test_cleaning_twice_changes_nothing_and_can_be_stored(typed: str) -> None:
    text, line = clean_text(typed, len(typed) * 3), clean_line(typed, len(typed) * 3)
    assert clean_text(text, len(text)) == text
    assert clean_line(line, len(line)) == line
    assert "\n" not in line
    assert "\x00" not in text
    text.encode()


def test_the_limit_counts_what_is_left_and_is_named() -> None:
    assert clean_text("  e\u0301\u202e ", 1) == "é"
    with pytest.raises(RuleError) as refused:
        clean_text("x" * 3001, 3000)
    assert refused.value.message == "Please keep this to 3,000 characters; it has 3,001 now."
    with pytest.raises(RuleError, match="keep this to 2 characters"):
        clean_line("a b", 2)
    assert clean_line("a   b", 3) == "a b"


def test_a_tower_of_accents_is_cut_and_costs_little() -> None:
    started = time.process_time()
    text = clean_text("a" + "\u0315\u0300" * 20_000, 100)
    assert len(text) <= 31
    assert time.process_time() - started < 1
    assert clean_text("Việt Nam điện tử", 100) == "Việt Nam điện tử"


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("Ada@Acme.COM", "ada@acme.com"),
        ("  ada@acme.com\n", "ada@acme.com"),
        ("ADA.LOVELACE+slack@acme.com", "ada.lovelace+slack@acme.com"),
        ("e\u0301va@bücher.example", "éva@bücher.example"),
        ("\u202eada@acme.com\u200b", "ada@acme.com"),
        ("not an address", "not an address"),
        ("", ""),
    ],
)
def test_addresses_are_compared_in_one_form(typed: str, normal: str) -> None:
    assert normalise_email(typed) == normal


@given(st.text())
def test_normalising_an_address_twice_changes_nothing(text: str) -> None:
    assert normalise_email(normalise_email(text)) == normalise_email(text)


@given(st.text(alphabet=st.characters(max_codepoint=127), max_size=40))
def test_plain_text_takes_a_shorter_way_to_the_same_keys(text: str) -> None:
    unseen = f"{text}\u200b"  # dropped at the end, but no plain text
    for key in (fold, company_key, person_key):
        assert key(text) == key(unseen), key.__name__
    assert clean_line(text, 100) == clean_line(unseen, 100)
    assert words(fold(text)) == [word for word in words(f"{fold(text)} é") if word != "é"]
