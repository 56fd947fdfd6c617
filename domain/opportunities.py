"""What a deal is, and what may be typed of one. Decides nothing about which deal in the table is meant, nor what the
CRM's words for its stage mean (that is `stages`).
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Protocol, TypeVar

from domain.errors import RuleError
from domain.money import Money, parse_amount
from domain.names import clean_line, fold

T = TypeVar("T")

NAME_LIMIT, STAGE_LIMIT, ID_LIMIT = 255, 100, 64
"""Characters; CRMs allow 120 or 255 for a deal's name, 40 to 100 for a stage, 18 to 36 for an id."""

FARTHEST = timedelta(days=3653)
"""How far from today a deal may close: ten years either way; what is beyond was mistyped."""

_SALESFORCE_DEAL, _SHORT_ID = "006", 15
_CHECK_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"


class Status(StrEnum):
    """What a stage means here."""

    OPEN = "open"
    WON = "won"
    LOST = "lost"


class DealKind(StrEnum):
    """What is sold to whom."""

    NEW = "new"
    RENEWAL = "renewal"
    EXPANSION = "expansion"


@dataclass(frozen=True, slots=True)
class Deal:
    """A deal as views show it. `hundredths` of `currency`; `account` is the company's name."""

    id: str
    name: str
    status: Status
    account: str | None = None
    hundredths: int | None = None
    currency: str | None = None
    stage: str = ""
    close_on: date | None = None
    kind: DealKind = DealKind.NEW
    external_id: str | None = None

    @property
    def amount(self) -> Money | None:
        """The amount, where it is known; CRMs write zero where it is not."""
        if not self.hundredths or not self.currency:
            return None
        return Money(Decimal(self.hundredths) / 100, self.currency)


KEYS_KEPT = 4096
"""Keys of deals' names that are remembered: each name is compared several times while its batch is imported."""

_NOT_ZERO = re.compile("[1-9]")


@lru_cache(maxsize=KEYS_KEPT)
def deal_key(name: str) -> str:
    """Equal for spellings of one deal's name, and what a type-ahead compares with."""
    return fold(name)[:NAME_LIMIT]


def crm_id(text: str) -> str:
    """A CRM's id as it is stored. Salesforce's reports show 15 characters of the 18 in its exports and addresses: the
    longer form is kept, so that both are one deal. Raises RuleError when it is longer than any id."""
    found = clean_line(text, ID_LIMIT)
    if len(found) == _SHORT_ID and found.startswith(_SALESFORCE_DEAL) and found.isascii() and found.isalnum():
        return found + "".join(_check_letter(found[at : at + 5]) for at in range(0, _SHORT_ID, 5))
    return found


def _check_letter(five: str) -> str:
    return _CHECK_LETTERS[sum(character.isupper() << at for at, character in enumerate(five))]


def hundredths(money: Money) -> int:
    """As it is stored: a whole number of hundredths, the nearest where a currency has smaller coins."""
    return int((money.amount * 100).to_integral_value())


def amount_in_file(text: str, currency: str) -> Money:
    """An amount of an imported deal. Unlike one that somebody types it may be zero: CRMs write that for "not known".

    Raises RuleError with a sentence.
    """
    if _NOT_ZERO.search(text):
        return parse_amount(text, currency)
    digits = [character for character in text if character.isdigit()]
    if digits and set(digits) == {"0"} and not any(sign in text for sign in "-−–("):
        return Money(Decimal(0), parse_amount(text.replace("0", "1"), currency).currency)
    return parse_amount(text, currency)


class DealFields(Protocol):
    """What a form that asks for a deal gives back: one picked from the list, or what was typed of it."""

    @property
    def opportunity_id(self) -> str | None:
        """The one that was picked."""

    @property
    def opportunity(self) -> str | None:
        """Its name."""

    @property
    def amount(self) -> str | None:
        """As it was typed."""

    @property
    def close_on(self) -> date | None:
        """The day on which it closes."""

    @property
    def stage(self) -> str | None:
        """The CRM's word."""

    @property
    def crm_id(self) -> str | None:
        """Its id in the CRM."""

    @property
    def company(self) -> str | None:
        """The company that it is with, where the form asks for it."""


@dataclass(frozen=True, slots=True)
class TypedDeal:
    """A deal that somebody typed, cleaned; None where nothing was said."""

    name: str
    amount: Money | None = None
    close_on: date | None = None
    stage: str = ""
    external_id: str | None = None
    company: str | None = None


def check_deal(typed: DealFields, today: date, currency: str) -> TypedDeal:
    """The deal that was typed; an amount without a currency is in `currency`.

    Raises RuleError whose `fields` name what is missing or makes no sense.
    """
    wrong: dict[str, str] = {}
    name = _checked(wrong, "opportunity", lambda: clean_line(typed.opportunity or "", NAME_LIMIT))
    if not name:
        wrong.setdefault("opportunity", "Which deal is it for? Its name is enough.")
    written = (typed.amount or "").strip()
    amount = _checked(wrong, "amount", lambda: parse_amount(written, currency)) if written else None
    stage = _checked(wrong, "stage", lambda: clean_line(typed.stage or "", STAGE_LIMIT))
    external_id = _checked(wrong, "crm_id", lambda: crm_id(typed.crm_id or ""))
    company = _checked(wrong, "company", lambda: clean_line(typed.company or "", NAME_LIMIT))
    if typed.close_on is not None and abs(typed.close_on - today) > FARTHEST:
        wrong["close_on"] = f"A day within ten years of today, please; {typed.close_on.isoformat()} isn't."
    if wrong:
        raise RuleError("Some fields need another look.", wrong)
    return TypedDeal(name or "", amount, typed.close_on, stage or "", external_id or None, company or None)


def _checked(wrong: dict[str, str], field: str, read: Callable[[], T]) -> T | None:
    """What was read, or None and the sentence under the field's name."""
    try:
        return read()
    except RuleError as error:
        wrong[field] = error.message
        return None


@dataclass(frozen=True, slots=True)
class FateChange:
    """A deal whose status is another one now."""

    deal_id: str
    before: Status
    after: Status


def changed_fates(before: Mapping[str, str], after: Mapping[str, str]) -> list[FateChange]:
    """The deals (by id) whose status is another one afterwards; one that is new has no fate yet."""
    return [
        FateChange(deal_id, Status(before[deal_id]), Status(status))
        for deal_id, status in after.items()
        if deal_id in before and before[deal_id] != status
    ]
