"""Which currency people mean by a code, a sign or a word. Decides nothing about amounts and converts nothing."""

from collections.abc import Mapping
from types import MappingProxyType

from domain.errors import RuleError

USUAL_CURRENCY = "USD"
"""The workspace's currency until somebody chooses another: most deals that CRMs are asked about are told in it."""

NOT_A_CURRENCY = "Please pick a currency from the list, such as EUR."

_CODE_LIST = """
AED ARS AUD BDT BGN BHD BRL CAD CHF CLP CNY COP CRC CZK DKK DZD EGP EUR GBP GEL GHS HKD HUF IDR ILS INR IQD ISK JOD JPY
KES KRW KWD KZT LBP LKR MAD MXN MYR NGN NOK NZD OMR PEN PHP PKR PLN PYG QAR RON RSD RUB SAR SEK SGD THB TND TRY TWD TZS
UAH UGX USD UYU VND XAF XOF ZAR
"""
CODES = frozenset(_CODE_LIST.split())
"""The currencies in which deals are made; three letters after ISO 4217."""

_WORD_LIST: Mapping[str, str] = MappingProxyType(
    {
        "EUR": "€ euro euros",
        "USD": "us$ usd$",
        "GBP": "£ sterling quid stg",
        "CHF": "sfr fr franken",
        "INR": "₹ rs rupee rupees",
        "KRW": "₩ won",
        "TRY": "₺ lira tl",
        "RUB": "₽ ruble rubles rouble roubles",
        "ILS": "₪ shekel shekels nis",
        "VND": "₫ dong",
        "THB": "฿ baht",
        "UAH": "₴ hryvnia",
        "NGN": "₦ naira",
        "PHP": "₱",
        "PLN": "zł zl zloty zlotys",
        "CZK": "kč kc",
        "HUF": "ft forint",
        "RON": "lei leu",
        "BRL": "r$ reais real",
        "AUD": "a$ au$",
        "CAD": "c$ ca$ can$",
        "NZD": "nz$",
        "HKD": "hk$",
        "SGD": "s$ sg$",
        "TWD": "nt$",
        "MXN": "mx$ mex$",
        "JPY": "円 yen jp¥",
        "CNY": "元 rmb yuan renminbi cn¥",
        "ZAR": "rand",
        "AED": "dirham dirhams dhs",
        "SAR": "riyal riyals",
    }
)
_BY_WORD = MappingProxyType({word: code for code, said in _WORD_LIST.items() for word in said.split()})

_SHARED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "$": ("USD", "AUD", "CAD", "NZD", "HKD", "SGD", "TWD", "MXN", "ARS", "CLP", "COP", "UYU"),
        "dollar": ("USD", "AUD", "CAD", "NZD", "HKD", "SGD", "TWD"),
        "¥": ("JPY", "CNY"),
        "pound": ("GBP", "EGP", "LBP"),
        "peso": ("MXN", "ARS", "CLP", "COP", "PHP", "UYU"),
        "kr": ("SEK", "NOK", "DKK", "ISK"),
        "franc": ("CHF", "XAF", "XOF"),
    }
)
"""Signs and words of several currencies. The workspace's own is meant when it is one of them, else the first; but
nobody can tell whose crown or peso is meant."""

_NEVER_GUESSED = frozenset({"kr", "peso"})
_FORM_LIST: Mapping[str, str] = MappingProxyType(
    {
        "dollar": "dollars bucks",
        "pound": "pounds",
        "peso": "pesos",
        "franc": "francs",
        "kr": "krona kronor krone kroner",
    }
)
_OTHER_FORMS = MappingProxyType({form: word for word, forms in _FORM_LIST.items() for form in forms.split()})

THREE_DECIMALS = frozenset({"BHD", "IQD", "JOD", "KWD", "OMR", "TND"})
NO_DECIMALS = frozenset({"CLP", "ISK", "JPY", "KRW", "PYG", "UGX", "VND", "XAF", "XOF"})


def check_currency(code: str) -> str:
    """A currency that a workspace can keep. Raises RuleError, at the field `currency`, for any other text."""
    if code not in CODES:
        raise RuleError(NOT_A_CURRENCY, {"currency": NOT_A_CURRENCY})
    return code


def decimals(code: str) -> int:
    """Digits after the point in which a currency is counted."""
    return 3 if code in THREE_DECIMALS else 0 if code in NO_DECIMALS else 2


def possible(word: str, default: str) -> tuple[str, ...]:
    """The codes that a code, a sign or a word may mean, the likeliest first; `default` is the workspace's currency.

    Empty for what is no currency that is known here. Several stay only where more than one must be thought of: "$"
    beside "CAD" is Canadian. `likeliest` settles it.
    """
    said = word.casefold()
    if said.upper() in CODES:
        return (said.upper(),)
    if said in _BY_WORD:
        return (_BY_WORD[said],)
    several = _SHARED.get(_OTHER_FORMS.get(said, said), ())
    return (default, *(code for code in several if code != default)) if default in several else several


def likeliest(word: str, default: str) -> str | None:
    """The one code that is meant; None when nobody could tell."""
    found = possible(word, default)
    said = _OTHER_FORMS.get(word.casefold(), word.casefold())
    if said in _NEVER_GUESSED and default not in found:
        return None
    return found[0] if found else None
