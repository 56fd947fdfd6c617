"""What customers get back for what they do for us, and how much of it in a year. Knows no rate: the cap is in
the workspace's currency, and so is every amount."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from domain.errors import RuleError
from domain.money import Money, parse_amount, words

WHAT_LIMIT = 200
"""Characters."""

YEARLY_CAP = 200
"""Whole units of the workspace's currency: about what many companies let their people accept in a year."""

LOOK_BACK = timedelta(days=366)
"""How long ago something may be that is entered now."""


@dataclass(frozen=True, slots=True)
class Gift:
    """Something that an advocate got; `amount` None where it has no price, such as a thank-you note."""

    id: str
    what: str
    on: date
    amount: Money | None
    giver: str | None


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the form, not checked."""

    what: str
    on: date | None
    amount: str


@dataclass(frozen=True, slots=True)
class Log:
    """An advocate's gifts, the newest first, and what those of the calendar year in which `today` is come to, in
    hundredths of the currency, against the cap in whole units."""

    advocate_id: str
    name: str
    gifts: Sequence[Gift]
    today: date
    given: int
    cap: int
    currency: str

    @property
    def left(self) -> int:
        """Hundredths that may still be given this year."""
        return max(0, 100 * self.cap - self.given)


def check(typed: Typed, today: date, currency: str) -> tuple[str, date, int | None]:
    """What it is, its day, and its hundredths (None: it has no price). Raises RuleError at `what`, `on` or `amount`."""
    what = " ".join(typed.what.split())
    if not what:
        raise RuleError("Please say what they got.", {"what": "Please say what they got."})
    if len(what) > WHAT_LIMIT:
        sentence = f"At most {WHAT_LIMIT} characters, please."
        raise RuleError(sentence, {"what": sentence})
    on = typed.on or today
    if not today - LOOK_BACK <= on <= today:
        sentence = "Please pick today or a day of the last year."
        raise RuleError(sentence, {"on": sentence})
    return what, on, _hundredths(typed.amount, currency)


def _hundredths(text: str, currency: str) -> int | None:
    if not text.strip():
        return None
    try:
        found = parse_amount(text, currency)
    except RuleError as error:
        raise RuleError(error.message, {"amount": error.message}) from None
    if found.currency != currency:
        sentence = f"Please write it in {currency}: the yearly limit is in {currency}, and no rate is known here."
        raise RuleError(sentence, {"amount": sentence})
    return int((found.amount * 100).to_integral_value())


def check_cap(hundredths: int | None, year: int, given: int, cap: int, currency: str) -> None:
    """Refuse what would go beyond the year's cap. Raises RuleError at `amount`, saying what is left."""
    if hundredths is None or given + hundredths <= 100 * cap:
        return
    left = Money(Decimal(max(0, 100 * cap - given)) / 100, currency)
    of_all = Money(Decimal(cap), currency)
    sentence = f"A customer gets back no more than {words(of_all)} in a year: for {year}, {words(left)} are left."
    raise RuleError(sentence, {"amount": sentence})
