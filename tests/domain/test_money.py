"""Amounts of money as people write them."""

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.currencies import CODES, decimals
from domain.errors import RuleError
from domain.money import HOW, MOST, NOT_POSITIVE, TOO_LARGE, TWO_AMOUNTS, Money, parse_amount, plain_hundredths, words

READ = """
12000 = USD 12000
12,000 = USD 12000
12.000 = USD 12000
1,234 = USD 1234
1.234 = USD 1234
123,456 = USD 123456
0.123 = USD 0.12
0,5 = USD 0.5
1.5 = USD 1.5
1,50 = USD 1.5
1234.567 = USD 1234.57
1234,5 = USD 1234.5
1.234.567,89 € = EUR 1234567.89
€1.234.567,89 = EUR 1234567.89
$1,234.50 = USD 1234.5
1,234,567 = USD 1234567
1.234.567 = USD 1234567
1 234 567 = USD 1234567
1 234 567,5 = USD 1234567.5
1\u202f234\u00a0567 = USD 1234567
CHF 1'200'000 = CHF 1200000
CHF 1’200’000.50 = CHF 1200000.5
12,34,567 = USD 1234567
₹12,34,567.50 = INR 1234567.5
Rs. 5,00,000 = INR 500000
2.5m = USD 2500000
$2.5M = USD 2500000
2.5 million = USD 2500000
2.5 mn usd = USD 2500000
300k = USD 300000
300 K€ = EUR 300000
1,5 Mio = USD 1500000
1,5 Mio. € = EUR 1500000
€1,5 Mrd = EUR 1500000000
2bn = USD 2000000000
5 MEUR = EUR 5000000
250 KSEK = SEK 250000
3 lakh = USD 300000
1.2 crore INR = INR 12000000
1,234,000k = USD 1234000000
EUR 12.000 = EUR 12000
12.000 EUR = EUR 12000
12000EUR = EUR 12000
eur12000 = EUR 12000
EUR 12.000,- = EUR 12000
12.000,— € = EUR 12000
12000 euros = EUR 12000
500 dollars = USD 500
US$ 500 = USD 500
A$500 = AUD 500
500 C$ = CAD 500
R$ 1.234,56 = BRL 1234.56
£1,000.00 = GBP 1000
GBP £1,000 = GBP 1000
$500 CAD = CAD 500
$ 500 USD = USD 500
kr 500 SEK = SEK 500
¥120,000 = JPY 120000
120,000円 = JPY 120000
120000 yuan = CNY 120000
1 000 zł = PLN 1000
KWD 1.234 = KWD 1.234
KWD 1,234 = KWD 1234
JPY 1234.6 = JPY 1235
١٢٣٤ = USD 1234
١٬٢٣٤٬٥٦٧٫٨٩ = USD 1234567.89
١٫٢٣٤ = USD 1.23
１２，０００ = USD 12000
￥１２０００ = JPY 12000
＄500 = USD 500
१२३४ = USD 1234
\u200e$500 = USD 500
1000000000000000 = USD 1000000000000000
0.01 = USD 0.01
"""

NO_AMOUNT = """
NaN | inf | Infinity | 1e6 | 1e400 | 5-10 | 5 to 10 | 1,23,4 | 1.2.3 | 1,2345,678 | 1 23 | 12 34 567 | 1,234 567 | €
1.234,567,8 | 5² | ½ | ① | 5% | 5 apples | =1+1 | '; DROP TABLE x | 0x10 | . | 1.2,3.4 | 5 k m | 12,000 per year | abc
"""
NOT_ABOVE_ZERO = "0 | 0.00 | 0.001 | -5 | −5 | - 5 | -$5 | $-5 | (5,000) | ($5,000) | 5- | EUR -5"

REFUSED: list[tuple[str, str]] = [
    *((text.strip(), HOW) for line in NO_AMOUNT.strip().splitlines() for text in line.split("|")),
    *((text.strip(), NOT_POSITIVE) for text in NOT_ABOVE_ZERO.split("|")),
    *((text, HOW) for text in ("", " ", "5\0", "1" * 61, "\ud800")),
    *((text, TOO_LARGE) for text in ("1000000000000001", "9" * 40, "5000000 bn")),
    *((text, TWO_AMOUNTS) for text in ("1.234 m", "1,234k", "5 mil")),
    ("XYZ 100", f"I don't know the currency “XYZ”. {HOW}"),
    ("USD 5 EUR", "This amount names two currencies. Please write one, such as EUR 12,000."),
    ("$5 EUR", "This amount names two currencies. Please write one, such as EUR 12,000."),
    ("500 kr", "Which currency is “kr”? Please write its code, such as SEK 12,000."),
    ("500 pesos", "Which currency is “pesos”? Please write its code, such as SEK 12,000."),
]


@pytest.mark.parametrize("line", READ.strip().splitlines())
def test_an_amount_is_read(line: str) -> None:
    text, _, expected = line.rpartition(" = ")
    currency, number = expected.split()
    assert parse_amount(text, "USD") == Money(Decimal(number), currency)


@pytest.mark.parametrize(("text", "sentence"), REFUSED)
def test_what_is_no_amount_or_two_is_refused(text: str, sentence: str) -> None:
    with pytest.raises(RuleError) as refusal:
        parse_amount(text, "USD")
    assert refusal.value.message == sentence


@pytest.mark.parametrize(
    ("text", "default", "currency"),
    [
        ("500", "EUR", "EUR"),
        ("500", "chf", "CHF"),
        ("$500", "EUR", "USD"),
        ("$500", "AUD", "AUD"),
        ("500 dollars", "CAD", "CAD"),
        ("500 kr", "NOK", "NOK"),
        ("500 kronor", "SEK", "SEK"),
        ("500 pesos", "MXN", "MXN"),
        ("¥500", "USD", "JPY"),
        ("¥500", "CNY", "CNY"),
        ("£500", "EUR", "GBP"),
        ("500 francs", "EUR", "CHF"),
    ],
)
def test_a_sign_of_several_currencies_means_ones_own(text: str, default: str, currency: str) -> None:
    assert parse_amount(text, default).currency == currency


@pytest.mark.parametrize(
    ("amount", "currency", "said"),
    [
        ("1234567", "USD", "USD 1,234,567"),
        ("1234.5", "EUR", "EUR 1,234.50"),
        ("1234", "JPY", "JPY 1,234"),
        ("1.234", "KWD", "KWD 1.234"),
        ("0.05", "USD", "USD 0.05"),
        ("1E+6", "USD", "USD 1,000,000"),
    ],
)
def test_an_amount_is_told(amount: str, currency: str, said: str) -> None:
    assert words(Money(Decimal(amount), currency)) == said


@given(st.integers(1, int(MOST)), st.sampled_from(sorted(CODES)))
def test_what_is_told_is_read_back_as_the_same(coins: int, currency: str) -> None:
    money = Money(Decimal(coins).scaleb(-decimals(currency)), currency)
    assert parse_amount(words(money), "USD") == money


@given(st.integers(1, 10**12), st.integers(0, 99), st.sampled_from([",.", ".,", " ,", " .", "'.", "',"]))
def test_every_usual_way_to_part_thousands_and_cents_says_the_same(whole: int, cents: int, marks: str) -> None:
    text = f"{whole:,}".replace(",", marks[0]) + f"{marks[1]}{cents:02}"
    assert parse_amount(text, "USD").amount == Decimal(whole) + Decimal(cents) / 100


AMOUNT = st.lists(st.sampled_from([*"0123456789.,' -()$€k", "mio", "EUR", "٫", "٬", "٣", "bn", "\xa0"]), max_size=20)


@given(st.one_of(st.text(max_size=80), AMOUNT.map("".join)))
def test_nothing_typed_fails_otherwise_or_gives_an_impossible_amount(text: str) -> None:
    with suppress(RuleError):
        money = parse_amount(text, "USD")
        assert 0 < money.amount <= MOST
        assert money.amount == money.amount.quantize(Decimal(1).scaleb(-decimals(money.currency)))
        assert money.currency in CODES


def test_two_currencies_are_never_added() -> None:
    dollars, euros = Money(Decimal(1), "USD"), Money(Decimal(5), "EUR")
    with pytest.raises(TypeError):
        sum([dollars, euros])  # type: ignore[list-item]  # that it can't be done is the point


@given(
    st.sampled_from(["", "EUR ", "JPY ", "KWD ", "XXX ", "BLN "]),
    st.from_regex(r"[0-9]{1,15}(\.[0-9]{1,2})?", fullmatch=True),
    st.sampled_from(["USD", "JPY", "KWD"]),
)
def test_an_amount_as_programs_write_it_is_read_as_any_other(code: str, number: str, default: str) -> None:
    def read(text: str) -> object:
        try:
            return parse_amount(text, default)
        except RuleError as error:
            return error.message

    assert read(f"{code}{number}") == read(f" {code}{number}")  # the space at the front takes the long way


@given(
    st.sampled_from(["", "EUR ", "JPY ", "KWD ", "XXX ", "BLN "]),
    st.from_regex(r"[0-9]{1,15}(\.[0-9]{0,3})?", fullmatch=True),
    st.sampled_from(["USD", "JPY", "KWD", "eur"]),
)
def test_the_short_way_says_the_same_or_leaves_it_to_the_long_one(code: str, number: str, default: str) -> None:
    found = plain_hundredths(f"{code}{number}", default)
    if found is not None:
        read = parse_amount(f"{code}{number}", default)
        assert (Decimal(found[0]), found[1]) == (read.amount * 100, read.currency)


def test_the_short_way_is_taken_for_what_programs_write() -> None:
    assert plain_hundredths("EUR 12.5", "USD") == (1250, "EUR")
    assert plain_hundredths("12000", "usd") == (1200000, "USD")
    assert plain_hundredths("0.00", "USD") is None
    assert plain_hundredths("JPY 12.5", "USD") is None
