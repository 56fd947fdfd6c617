"""What may be typed of a deal, and how its parts are stored."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest

from domain.errors import RuleError
from domain.money import Money
from domain.opportunities import (
    Deal,
    FateChange,
    Status,
    TypedDeal,
    amount_in_file,
    changed_fates,
    check_deal,
    crm_id,
    deal_key,
    hundredths,
)

TODAY = date(2026, 9, 1)


@dataclass(frozen=True)
class Form:
    """What a form gave back."""

    opportunity: str | None = "Acme rollout"
    amount: str | None = None
    close_on: date | None = None
    stage: str | None = None
    crm_id: str | None = None
    company: str | None = None
    opportunity_id: str | None = None


def test_a_name_is_enough() -> None:
    assert check_deal(Form("  Acme \n rollout "), TODAY, "USD") == TypedDeal("Acme rollout")


def test_everything_is_cleaned() -> None:
    form = Form("Acme", " 1.234.567,89 € ", date(2026, 12, 31), " Closed  Won ", "006Dn000004AbCd")
    assert check_deal(form, TODAY, "USD") == TypedDeal(
        "Acme", Money(Decimal("1234567.89"), "EUR"), date(2026, 12, 31), "Closed Won", "006Dn000004AbCdIAK"
    )
    assert check_deal(Form(amount="12k"), TODAY, "CHF").amount == Money(Decimal(12000), "CHF")


@pytest.mark.parametrize(
    ("form", "field", "words"),
    [
        (Form(" "), "opportunity", "Which deal is it for? Its name is enough."),
        (Form("x" * 256), "opportunity", "Please keep this to 255 characters; it has 256 now."),
        (Form(amount="lots"), "amount", "Please write an amount such as 12,000 or EUR 12,000."),
        (Form(amount="-5"), "amount", "Please write an amount greater than zero, such as 12,000."),
        (Form(close_on=date(2206, 1, 1)), "close_on", "A day within ten years of today, please; 2206-01-01 isn't."),
        (Form(stage="x" * 101), "stage", "Please keep this to 100 characters; it has 101 now."),
        (Form(crm_id="x" * 65), "crm_id", "Please keep this to 64 characters; it has 65 now."),
    ],
)
def test_what_makes_no_sense_is_said_at_its_field(form: Form, field: str, words: str) -> None:
    with pytest.raises(RuleError) as refusal:
        check_deal(form, TODAY, "USD")
    assert refusal.value.fields == {field: words}


def test_all_that_makes_no_sense_is_said_at_once() -> None:
    with pytest.raises(RuleError) as refusal:
        check_deal(Form("", "lots", date(1026, 1, 1), "x" * 300, "y" * 300), TODAY, "USD")
    assert refusal.value.fields.keys() == {"opportunity", "amount", "close_on", "stage", "crm_id"}


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("006Dn000004AbCd", "006Dn000004AbCdIAK"),
        ("006Dn000004AbCdIAK", "006Dn000004AbCdIAK"),
        ("006000000000000", "006000000000000AAA"),
        ("006ABCDEFGHIJKL", "006ABCDEFGHIJKLY55"),
        ("0015000000Gv7qJ", "0015000000Gv7qJ"),  # no deal's
        (" 9087654321 ", "9087654321"),
        ("006Dn000004AbC-", "006Dn000004AbC-"),
        ("", ""),
    ],
)
def test_both_forms_of_a_salesforce_id_are_one(text: str, stored: str) -> None:
    assert crm_id(text) == stored


@pytest.mark.parametrize(
    ("money", "stored"),
    [
        (Money(Decimal("1234.56"), "EUR"), 123456),
        (Money(Decimal(5), "JPY"), 500),
        (Money(Decimal("1.235"), "KWD"), 124),
    ],
)
def test_amounts_are_whole_hundredths(money: Money, stored: int) -> None:
    assert hundredths(money) == stored


def test_a_deal_tells_its_amount() -> None:
    assert Deal("1", "Acme", Status.OPEN, hundredths=123456, currency="EUR").amount == Money(Decimal("1234.56"), "EUR")
    assert Deal("1", "Acme", Status.OPEN).amount is None
    assert Deal("1", "Acme", Status.OPEN, hundredths=0, currency="EUR").amount is None
    assert Deal("1", "Acme", Status.OPEN, hundredths=5).amount is None  # of no currency: of no worth that can be told


@pytest.mark.parametrize(
    ("text", "money"),
    [
        ("0", Money(Decimal(0), "USD")),
        ("€ 0,00", Money(Decimal(0), "EUR")),
        ("$12,000.00", Money(Decimal(12000), "USD")),
        ("1.234,50", Money(Decimal("1234.50"), "USD")),
    ],
)
def test_an_amount_in_a_file_may_be_zero(text: str, money: Money) -> None:
    assert amount_in_file(text, "USD") == money


@pytest.mark.parametrize("text", ["-0.01", "(12)", "0 apples", "soon", "-0"])
def test_an_amount_in_a_file_is_an_amount(text: str) -> None:
    with pytest.raises(RuleError):
        amount_in_file(text, "USD")


def test_a_key_fits_its_column() -> None:
    assert deal_key("ﷺ" * 255) == deal_key("ﷺ" * 255)[:255]
    assert deal_key("  ÀCME  Rollout ") == "acme rollout"


def test_a_new_deal_has_no_fate_yet() -> None:
    assert changed_fates({"1": "open", "2": "won"}, {"1": "lost", "2": "won", "3": "won"}) == [
        FateChange("1", Status.OPEN, Status.LOST)
    ]
