"""When an account's advocates rest, and what of it is news."""

from datetime import date, timedelta

import pytest

from domain.account_risk import Risk, Standing, news, risk_of

TODAY = date(2026, 6, 1)
DAYS = 30


@pytest.mark.parametrize(
    ("health", "renews_in", "risk"),
    [
        (None, None, None),
        ("green", None, None),
        ("red", None, Risk.RED),
        ("yellow", 5, Risk.YELLOW),
        ("green", 0, Risk.RENEWAL),
        (None, 30, Risk.RENEWAL),
        (None, 31, None),
        (None, -1, None),
    ],
)
def test_red_and_yellow_and_the_days_before_a_renewal(
    health: str | None, renews_in: int | None, risk: Risk | None
) -> None:
    renewal_on = None if renews_in is None else TODAY + timedelta(days=renews_in)
    assert risk_of(health, renewal_on, TODAY, DAYS) is risk


def account(name: str, health: str | None, told: Risk | None = None) -> Standing:
    return Standing(name, name, health, None, ("Ada",), told)


def test_news_is_what_the_team_was_not_told_the_worst_first() -> None:
    found = news(
        [
            account("Fine", "green"),
            account("Known", "red", Risk.RED),
            account("Better", "green", Risk.YELLOW),
            account("Worse", "red", Risk.YELLOW),
            account("Careful", "yellow"),
        ],
        TODAY,
        DAYS,
    )
    assert [(one.account.company, one.risk) for one in found] == [
        ("Worse", Risk.RED),
        ("Careful", Risk.YELLOW),
        ("Better", None),
    ]
