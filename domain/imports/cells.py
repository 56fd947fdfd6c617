"""What one cell means: a day, a country, a list, a role. Raises RuleError with the end of a sentence that begins
with the column and the cell. Decides nothing about which cells a line needs.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from domain.advocates import ConsentScope, State
from domain.errors import RuleError
from domain.imports.dates import DayOrder, read_day
from domain.names import clean_line, clean_text, fold, words
from domain.nominations import LINE_LIMIT, NAME_LIMIT, NOTE_LIMIT, WHY_LIMIT
from domain.people import GRANTED_ROLES, Function, Role
from domain.reachable import FEWEST_DIGITS, MOST_DIGITS, phone_number, web_address
from domain.regions import country_code
from domain.vocabulary import Activity, canonical_industry, canonical_segment

MOST_IN_A_LIST = 50
"""Entries of one cell: a longer list was meant for several columns or lines."""

ID_LIMIT = 64
"""Characters of another system's id; Salesforce has 18, a UUID 36."""


@dataclass(slots=True)
class Reading:
    """What reading one line needs and notes: the file's order of days, and remarks for whoever imports it."""

    order: DayOrder | None = None
    remarks: list[str] = field(default_factory=list)


Parser = Callable[[str, Reading], Any]


def key(text: str) -> str:
    """Equal for spellings of one term: case, spaces, punctuation and accents do not count."""
    return "".join(words(fold(text)))


def line(limit: int) -> Parser:
    """One line of text."""
    return lambda cell, _reading: clean_line(cell, limit)


def text(limit: int) -> Parser:
    """Text over any number of lines."""
    return lambda cell, _reading: clean_text(cell, limit)


name, short, identifier = line(NAME_LIMIT), line(LINE_LIMIT), line(ID_LIMIT)
note, long = text(NOTE_LIMIT), text(WHY_LIMIT)


def day(cell: str, reading: Reading) -> date:
    """A day."""
    return read_day(cell, reading.order)


def country(cell: str, _reading: Reading) -> str:
    """An ISO code, from a country's name or code."""
    code = country_code(cell)
    if code is None:
        raise RuleError("isn't the name or code of a country that Everboard knows")
    return code


def phone(cell: str, _reading: Reading) -> str:
    """A telephone number, as typed."""
    return _checked(cell, phone_number, f"isn't a phone number of {FEWEST_DIGITS} to {MOST_DIGITS} digits")


def address(cell: str, _reading: Reading) -> str:
    """A web address, as typed."""
    return _checked(cell, web_address, "isn't a web address that begins with https:// or http://")


def _checked(cell: str, check: Callable[[str], str], sentence: str) -> str:
    try:
        return check(clean_line(cell, NOTE_LIMIT))
    except RuleError:
        raise RuleError(sentence) from None


def industry(cell: str, _reading: Reading) -> str:
    """The usual word for an industry; one that nobody listed stays as it is."""
    return canonical_industry(cell) or clean_line(cell, LINE_LIMIT)


def segment(cell: str, _reading: Reading) -> str:
    """The usual word for a size of company; another division stays as it is."""
    return canonical_segment(cell) or clean_line(cell, ID_LIMIT)


def entries(cell: str, _reading: Reading) -> tuple[str, ...]:
    """A list, parted by semicolons, or by commas or lines where there is no semicolon."""
    parts = re.split(r"[;|\n]" if re.search(r"[;|]", cell) else r"[,\n]", cell)
    found = tuple(dict.fromkeys(filter(None, (clean_line(part, LINE_LIMIT) for part in parts))))
    if len(found) > MOST_IN_A_LIST:
        raise RuleError(f"has {len(found)} entries; a list holds up to {MOST_IN_A_LIST}")
    return found


def _by_key(terms: Mapping[str, str]) -> dict[str, str]:
    return {key(alias): meaning for meaning, aliases in terms.items() for alias in (meaning, *aliases.split(","))}


def _choice(cell: str, meanings: Mapping[str, str], offered: Iterable[str]) -> str:
    found = meanings.get(key(cell))
    if found is None:
        raise RuleError(f"isn't one of: {', '.join(offered)}")
    return found


def _choices(cell: str, reading: Reading, meanings: Mapping[str, str], offered: Iterable[str]) -> tuple[str, ...]:
    """Each entry of a list as one of the offered, in the singular or the plural; each once."""
    found = {entry: meanings.get(key(entry)) or meanings.get(_singular(key(entry))) for entry in entries(cell, reading)}
    for entry, meaning in found.items():
        if meaning is None:
            raise RuleError(f"names “{shown(entry)}”, which isn't one of: {', '.join(offered)}")
    return tuple(dict.fromkeys(filter(None, found.values())))


def _singular(term: str) -> str:
    return f"{term[:-3]}y" if term.endswith("ies") else term.removesuffix("s")


_HEALTH = _by_key(
    {"green": "good,healthy,strong,on track", "yellow": "amber,orange,fair,neutral,watch", "red": "poor,bad,at risk"}
)


def health(cell: str, _reading: Reading) -> str:
    """How an account is doing."""
    return _choice(cell, _HEALTH, ("green", "yellow", "red"))


_YES_OR_NO = _by_key({"yes": "y,true,1,x,ja,oui,si,sim", "no": "n,false,0,not yet,unknown,nein,non,nao"})


def yes(cell: str, _reading: Reading) -> bool:
    """Yes or no."""
    return _choice(cell, _YES_OR_NO, ("yes", "no")) == "yes"


_FUNCTIONS = _by_key(
    {
        Function.SALES: "revenue,account management,business development,presales,field sales,inside sales",
        Function.MARKETING: "marketing and communications,product marketing,field marketing,demand generation,growth",
        Function.CUSTOMER_SUCCESS: "cs,csm,client success,customer experience,cx,customer success management",
        Function.SUPPORT: "customer support,technical support,service desk,customer service,customer care",
        Function.PRODUCT: "product management,products,r&d,research and development",
        Function.SERVICES: "professional services,consulting,implementation,training,education services",
        Function.EXECUTIVE: "executives,leadership,management board,c level,exec",
        Function.OTHER: "none,n/a",
    }
)


def function(cell: str, reading: Reading) -> Function:
    """What part of the company; a department that is none of the functions counts as "other", with a remark."""
    found = _FUNCTIONS.get(key(cell))
    if found is None:
        reading.remarks.append(f"“{shown(cell)}” is none of Everboard's functions and counts as “other”.")
    return Function(found or Function.OTHER)


_ROLES = _by_key(
    {
        Role.TEAM: "team,advocacy,advocacy manager,customer advocacy team",
        Role.LEADER: "leader,program lead,programme leader",
        Role.CHAMPION: "champion,executive sponsor,sponsor",
        Role.CHANGE_PARTNER: "enablement,hr",
        Role.ADMIN: "administrator,everboard admin",
    }
)


def roles(cell: str, reading: Reading) -> tuple[Role, ...]:
    """Roles that somebody is given."""
    return tuple(map(Role, _choices(cell, reading, _ROLES, GRANTED_ROLES)))


_ACTIVITIES = {key(activity.value): activity.value for activity in Activity} | _by_key(
    {
        Activity.REFERENCE_CALL: "reference,customer reference,sales reference,peer call",
        Activity.CASE_STUDY: "customer story,success story",
        Activity.QUOTE: "quote,logo,testimonial",
        Activity.REVIEW: "review,online review,peer review",
        Activity.SPEAKER: "speaker,speaking,conference speaker,webinar",
        Activity.ANALYST: "analyst,analyst call,analyst reference",
        Activity.ADVISORY_BOARD: "customer advisory board,cab",
        Activity.FEEDBACK: "beta,product feedback",
        Activity.EXECUTIVE_MEETING: "investor meeting,executive meeting",
    }
)


def activities(cell: str, reading: Reading) -> tuple[str, ...]:
    """What a customer would do, or would not."""
    return _choices(cell, reading, _ACTIVITIES, Activity)


_STATES = _by_key({State.ACTIVE: "published,available", State.INTERVIEWING: "interview", State.INTRODUCED: "new"}) | {
    key(state.value): state.value for state in State
}


def state(cell: str, _reading: Reading) -> State:
    """Where an advocate stands."""
    return State(_choice(cell, _STATES, State))


_SCOPE_WORDS = {
    "listed": ConsentScope.LISTED,
    "conversations": ConsentScope.CONVERSATIONS,
    "public": ConsentScope.PUBLIC,
}
_SCOPES = {key(word): scope.value for word, scope in _SCOPE_WORDS.items()} | {
    key(scope.value): scope.value for scope in ConsentScope
}


def scopes(cell: str, reading: Reading) -> tuple[ConsentScope, ...]:
    """What the customer agreed to."""
    return tuple(map(ConsentScope, _choices(cell, reading, _SCOPES, _SCOPE_WORDS)))


def website(cell: str, _reading: Reading) -> str:
    """The domain of a company, from its address on the web."""
    bare = re.sub(r"^[a-z]+://", "", clean_line(cell, NOTE_LIMIT).casefold()).removeprefix("www.")
    return clean_line(re.split(r"[/?#:]", bare, maxsplit=1)[0], LINE_LIMIT)


_AMOUNT = re.compile(
    r"(?P<before>[A-Za-z]{3}|[^\w\s.,'’-])?\s*(?P<number>-?[\d.,'’\s]*\d)\s*(?P<after>[A-Za-z]{3}|[^\w\s])?"
)
_SIGNS = {"€": "EUR", "£": "GBP"}
"""Signs of one currency; $ and ¥ belong to several, so that they say no more than no sign at all."""


def amount(cell: str, _reading: Reading) -> str:
    """An amount of money as plain digits, with its currency before them where the cell names one: "EUR 1200.50"."""
    found = _AMOUNT.fullmatch(cell.strip())
    try:
        number = Decimal(_plain_digits(found["number"])) if found else None
    except InvalidOperation:
        number = None
    if found is None or number is None:
        raise RuleError("isn't an amount; write it as 1200000 or EUR 1200000")
    sign = found["before"] or found["after"] or ""
    return clean_line(f"{_SIGNS.get(sign, sign.upper() if sign.isalpha() else '')} {number:f}", 32)


def _plain_digits(number: str) -> str:
    """Whichever of comma and dot stands last, with other than three digits after it, parts the cents."""
    bare = re.sub(r"[\s'’]", "", number)
    last = max(bare.rfind(","), bare.rfind("."))
    is_decimal = last >= 0 and (len(bare) - last - 1 != 3 or bare[0] == "0" or len(set(bare) & {",", "."}) == 2)
    whole, cents = (bare[:last], bare[last + 1 :]) if is_decimal and bare.count(bare[last]) == 1 else (bare, "")
    return re.sub(r"[.,]", "", whole) + (f".{cents}" if cents else "")


def digits(value: float | Decimal) -> str:
    """All digits of a number that a program gives, without an exponent, as `amount` and all others here read it back.

    A third digit behind the point gets a fourth: 1.234 as text would be a thousand.
    """
    plain = f"{Decimal(repr(value)):f}" if isinstance(value, float) else str(value)
    whole, _, cents = plain.partition(".")
    cents = cents.rstrip("0")
    return f"{whole}.{cents}{'0' if len(cents) == 3 else ''}" if cents else whole


def shown(cell: str, limit: int = 60) -> str:
    """A cell as it stands in a report: on one line, without control characters, cut."""
    plain = clean_line(cell[: limit * 4], limit * 4)
    return plain if len(plain) <= limit else plain[: limit - 1] + "…"
