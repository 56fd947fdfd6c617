"""Amounts of money as people write them anywhere, and as they are told. Converts no currency.

A thousand too much or too little is the worst that can happen here, so what could be read in two ways is read by one
stated rule or refused.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

from domain.currencies import CODES, NO_DECIMALS, THREE_DECIMALS, decimals, likeliest, possible
from domain.errors import RuleError

LONGEST = 60
"""Characters of an amount; more is a text."""

MOST = Decimal(10) ** 15
"""No deal is larger in any currency; what is, was typed into the wrong field."""

HOW = "Please write an amount such as 12,000 or EUR 12,000."
NOT_POSITIVE = "Please write an amount greater than zero, such as 12,000."
TWO_AMOUNTS = "This could be two amounts. Please write all its digits, such as 1,234,000."
TOO_LARGE = "This amount is too large to be right. Please check it."

_SCALE_LIST: dict[int, str] = {
    3: "k t tsd thousand thousands grand tausend",
    5: "lakh lakhs lac lacs",
    6: "m mm mn mio mill million millions millionen millones milhões milioni",
    7: "cr crore crores",
    9: "b bn bln billion billions mrd milliarde milliarden milliard milliards",
}
_SCALES = {word: Decimal(10) ** power for power, said in _SCALE_LIST.items() for word in said.split()}

_SPACES = re.compile(r"\s+")
_SHAPE = re.compile(r"(?P<before>\D*)(?P<number>\d(?:[\d.,'٫ ]*\d)?)(?P<after>\D*)")
_AFFIX = re.compile(r"[^\W\d_]{0,3}[$¥]|[^\W\d_]+|[^\s\w]")
_NO_CENTS = re.compile(r"[.,]\s?[-–—]+")
_WESTERN = re.compile(r"\d{1,3}(?:(?P<mark>[.,' ])\d{3})(?:(?P=mark)\d{3})*")
_INDIAN = re.compile(r"\d{1,2}(?:,\d{2})+,\d{3}")
_ONE_MARK = re.compile(r"(\d+)([.,])(\d+)")
_SIMPLE = re.compile(r"(?:([A-Z]{3}) )?([0-9]{1,15}(?:\.[0-9]{1,2})?)")
"""As programs write amounts, a million at a time: digits, at most two behind a point, and perhaps a code."""

_CODES_ALONE = CODES - {word.upper() for word in _SCALES}
_DASHES = "-−–—"


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in one currency (three letters, ISO 4217). Amounts are not added up: nobody here knows a rate."""

    amount: Decimal
    currency: str


def words(money: Money) -> str:
    """For people, and read back as the same: "EUR 1,234.50", cents only where there are any."""
    places = decimals(money.currency)
    whole = money.amount == money.amount.to_integral_value()
    return f"{money.currency} {money.amount:,.{0 if whole else places}f}"


def parse_amount(text: str, default_currency: str) -> Money:
    """The amount that is written, in its currency, else in the default one (a code), rounded to its smallest coin.

    Of "." and "," that both occur, the last parts the cents; one that occurs twice parts thousands (or lakhs), and so
    does one alone with exactly three digits after it: "1,234" and "1.234" are 1234, for deals are made in thousands,
    not thousandths. Exceptions: "0.123"; "1.234" in a currency of three decimals (KWD); and "1.234 m" is refused.
    Spaces and apostrophes part thousands only. k, m, Mio, bn, lakh, crore and the like are understood.
    Raises RuleError with the sentence for the field: for no amount, none above zero, one too large, one that could be
    two, an unknown currency or two of them.
    """
    if (simple := _SIMPLE.fullmatch(text)) and (simple[1] is None or simple[1] in _CODES_ALONE):
        currency = simple[1] or default_currency.upper()
        return Money(_checked(Decimal(simple[2]), currency), currency)
    found = _SHAPE.fullmatch(_plain(text))
    if found is None:
        raise RuleError(HOW)
    before, after = _affixes(found["before"]), _affixes(found["after"])
    in_brackets = before[:1] == ["("] and after[-1:] == [")"]  # as in accounts
    if in_brackets or any(part in _DASHES for part in (*before, *after)):
        raise RuleError(NOT_POSITIVE)
    scale, said = _scaled([*before, *after])
    currency = _currency(said, default_currency)
    number = _number(found["number"], currency, scaled=scale != 1)
    return Money(_checked(number * scale, currency), currency)


def plain_hundredths(text: str, default_currency: str) -> tuple[int, str] | None:
    """The same for an amount as programs write it, in hundredths, with its currency.

    None for all that needs a closer look, which is `parse_amount`'s: a million deals have a million amounts.
    """
    found = _SIMPLE.fullmatch(text)
    if found is None or not (found[1] is None or found[1] in _CODES_ALONE):
        return None
    currency = found[1] or default_currency.upper()
    whole, _, cents = found[2].partition(".")
    number = int(whole) * 100 + int(cents.ljust(2, "0"))
    return None if number == 0 or currency in NO_DECIMALS else (number, currency)


def _plain(text: str) -> str:
    """On one line, with plain digits; raises RuleError for what cannot be an amount."""
    if len(text) > LONGEST or any(unicodedata.category(character) in ("No", "Nl", "Cs") for character in text):
        raise RuleError(HOW)
    digits = "".join(_digit(character) for character in text)
    spaced = _SPACES.sub(" ", re.sub("[’‘`´ʼ＇٬]", "'", unicodedata.normalize("NFKC", digits))).strip()
    return _NO_CENTS.sub(" ", spaced)


def _digit(character: str) -> str:
    number = unicodedata.decimal(character, None)
    if number is not None:
        return str(number)
    return "'" if character == "٬" else "" if unicodedata.category(character) == "Cf" else character


def _affixes(text: str) -> list[str]:
    """The words and signs before or after the number, without the dots of abbreviations."""
    return [part for part in _AFFIX.findall(text.casefold()) if part != "."]


def _scaled(parts: list[str]) -> tuple[Decimal, list[str]]:
    """What the number is to be multiplied by, and the words that are left."""
    scale, left = Decimal(1), []
    if "mil" in parts:  # a thousand in Spanish, slang for a million in English
        raise RuleError(TWO_AMOUNTS)
    for part in parts:
        letter, code = part[:1], part[1:]
        if part in _SCALES and scale == 1:
            scale = _SCALES[part]
        elif len(part) == 4 and letter in "kmt" and possible(code, ""):
            scale = scale * _SCALES[letter]
            left.append(code)  # "5 MEUR"
        else:
            left.append(part)
    return scale, left


def _currency(said: list[str], default: str) -> str:
    if not said:
        return default.upper()
    options = [possible(word, default.upper()) for word in said]
    unknown = [word for word, codes in zip(said, options, strict=True) if not codes]
    if unknown:
        raise RuleError(_unknown(unknown))
    agreed = set(options[0]).intersection(*options[1:])
    meant = likeliest(min(zip(map(len, options), said, strict=True))[1], default.upper())
    if meant is None:
        raise RuleError(f"Which currency is “{said[0]}”? Please write its code, such as SEK 12,000.")
    if meant not in agreed:
        raise RuleError("This amount names two currencies. Please write one, such as EUR 12,000.")
    return meant


def _unknown(said: list[str]) -> str:
    if len(said) == 1 and len(said[0]) == 3 and said[0].isalpha():
        return f"I don't know the currency “{said[0].upper()}”. {HOW}"
    return HOW


def _number(written: str, currency: str, *, scaled: bool) -> Decimal:
    """The digits as a number. Raises RuleError when they are parted in no usual way, or could be two."""
    whole, mark, cents = written.partition("٫")
    if mark:
        return Decimal(f"{_grouped(whole)}.{_digits_only(cents)}")
    if one := _ONE_MARK.fullmatch(written):
        return _with_one_mark(one, currency, scaled=scaled)
    last = max(written.rfind("."), written.rfind(","))
    both = last >= 0 and written.count(written[last]) == 1 and re.search(r"[.,' ]", written[:last])
    if both:
        return Decimal(f"{_grouped(written[:last])}.{_digits_only(written[last + 1 :])}")
    return Decimal(_grouped(written))


def _with_one_mark(found: re.Match[str], currency: str, *, scaled: bool) -> Decimal:
    whole, mark, rest = found[1], found[2], found[3]
    as_cents = Decimal(f"{whole}.{rest}")
    if len(rest) != 3 or len(whole) > 3 or whole.startswith("0"):
        return as_cents
    if scaled:
        raise RuleError(TWO_AMOUNTS)
    return as_cents if mark == "." and currency in THREE_DECIMALS else Decimal(whole + rest)


def _grouped(written: str) -> str:
    """Digits parted into thousands, or lakhs and crores, or not at all."""
    if written.isdigit() or _WESTERN.fullmatch(written) or _INDIAN.fullmatch(written):
        return re.sub(r"\D", "", written)
    raise RuleError(HOW)


def _digits_only(written: str) -> str:
    if not written.isdigit():
        raise RuleError(HOW)
    return written


def _checked(amount: Decimal, currency: str) -> Decimal:
    if amount > MOST:
        raise RuleError(TOO_LARGE)
    rounded = amount.quantize(Decimal(1).scaleb(-decimals(currency)), ROUND_HALF_EVEN)
    if rounded <= 0:
        raise RuleError(NOT_POSITIVE)
    return rounded
