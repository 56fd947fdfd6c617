"""When a customer's account lets its advocates rest: in trouble, in need of care, or shortly before the renewal.

Decides what is news to the advocacy team; that nobody asks such advocates is `domain.protection`'s.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Risk(StrEnum):
    """Why the advocates of an account rest; the first that is true is told."""

    RED = "red"
    YELLOW = "yellow"
    RENEWAL = "renewal"


@dataclass(frozen=True, slots=True)
class Standing:
    """An account with active advocates: its name, health ("green", "yellow", "red" or unknown) and renewal date as last
    imported, their names, and what the team was last told."""

    account_id: str
    company: str
    health: str | None
    renewal_on: date | None
    advocates: tuple[str, ...]
    told: Risk | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What is news: the account stands so now (None: back to normal), and stood so before."""

    account: Standing
    risk: Risk | None


def risk_of(health: str | None, renewal_on: date | None, today: date, renewal_days: int) -> Risk | None:
    """Why this account's advocates rest today; None where they don't. `renewal_days` count back from the renewal."""
    if health in (Risk.RED, Risk.YELLOW):
        return Risk(health)
    if renewal_on is not None and 0 <= (renewal_on - today).days <= renewal_days:
        return Risk.RENEWAL
    return None


def news(accounts: Sequence[Standing], today: date, renewal_days: int) -> list[Change]:
    """Accounts that stand otherwise than the team was told, those in trouble first, then by name."""
    found = [Change(one, risk_of(one.health, one.renewal_on, today, renewal_days)) for one in accounts]
    changed = [one for one in found if one.risk is not one.account.told]
    order = [*Risk, None]
    return sorted(changed, key=lambda one: (order.index(one.risk), one.account.company.casefold()))
