"""Accounts whose advocates rest, as the advocacy team reads of them. Decides nothing."""

from collections.abc import Sequence

from domain.account_risk import Change, Risk
from domain.messages import Rendered
from domain.phrases import listed
from views import blocks
from views.text import count, day, line

NAMES_SHOWN = 5
"""Advocates named of one account."""


def news(changes: Sequence[Change], number: int) -> Rendered:
    """What has changed, account by account; `number` is how many there are in all."""
    said = f"{count(number, 'customer account')} stand{'s' if number == 1 else ''} otherwise than before."
    rest = [_row(one) for one in changes if one.risk is not None]
    again = [_row(one) for one in changes if one.risk is None]
    content = [blocks.section(f"*{said}*")]
    if rest:
        content.append(blocks.section("*Please ask nobody there for now.* Look-ups say so too.\n" + "\n".join(rest)))
    if again:
        content.append(blocks.section("*Back to normal: they can be asked again.*\n" + "\n".join(again)))
    if number > len(changes):
        content.append(blocks.context(f"And {number - len(changes):,} more; each profile says how its account stands."))
    return blocks.message(said, content)


def _row(one: Change) -> str:
    account = one.account
    names = [line(name, 60) for name in account.advocates[:NAMES_SHOWN]]
    if len(account.advocates) > NAMES_SHOWN:
        names.append(f"{len(account.advocates) - NAMES_SHOWN} more")
    return f"• *{line(account.company, 100)}*{_why(one)}: {listed(names)}"


def _why(one: Change) -> str:
    match one.risk:
        case Risk.RED:
            return " is in trouble (health: red)"
        case Risk.YELLOW:
            return " needs care (health: yellow)"
        case Risk.RENEWAL if one.account.renewal_on is not None:
            return f" renews on {day(one.account.renewal_on)}"
        case _:
            return ""
