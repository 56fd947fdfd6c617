"""The field that asks which deal something is for: one that is known, or any name. Decides not which deal is meant."""

from collections.abc import Sequence

from domain import money
from domain.opportunities import NAME_LIMIT, Deal
from views import inputs
from views.text import Block, day, shorten

NEW, KNOWN = "new:", "deal:"


def picked(opportunity_id: str | None, name: str) -> Block | None:
    """What a form opens with: a deal that is known, or one by its name alone."""
    if opportunity_id:
        return inputs.option(name, KNOWN + opportunity_id)
    return _new_deal(name) if name.strip() else None


def _new_deal(name: str) -> Block:
    return inputs.option(f"Use “{shorten(name, 68)}”", NEW + name)


def options(typed: str, deals: Sequence[Deal]) -> list[Block]:
    """What the type-ahead offers: deals that are known, and after them the deal as typed unless it is one of them.

    Another company may have a deal of the same name.
    """
    name = " ".join(typed.split())[:NAME_LIMIT]
    known = [inputs.option(one.name, KNOWN + one.id, _about(one) or None) for one in deals[: inputs.OPTIONS - 1]]
    is_known = any(name == one.external_id or (name == one.name and not one.account) for one in deals)
    return known if is_known or not name else [*known, _new_deal(name)]


def _about(deal: Deal) -> str:
    amount = money.words(deal.amount) if deal.amount else ""
    closes = f"closes {day(deal.close_on)}" if deal.close_on else ""
    return " · ".join(filter(None, [deal.account or "", amount, deal.stage, closes]))


def deal_of(typed: inputs.Typed) -> tuple[str | None, str | None]:
    """The deal that was picked by its id, with its name; or only a name that was typed."""
    chosen = inputs.choice_of(typed, "opportunity") or ""
    if chosen.startswith(KNOWN):
        return chosen.removeprefix(KNOWN), inputs.label_of(typed, "opportunity")
    return None, chosen.removeprefix(NEW) or None
