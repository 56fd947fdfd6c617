"""The deals behind the figures of business value, as rows of a table. Decides no figure."""

from decimal import Decimal

from domain.value import Row

COLUMNS = (
    "opportunity",
    "account",
    "status",
    "type",
    "stage",
    "amount",
    "currency",
    "opened_on",
    "close_on",
    "external_id",
    "influenced",
)


def cells(row: Row) -> list[str]:
    """One deal."""
    amount = "" if row.hundredths is None else f"{Decimal(row.hundredths) / 100:.2f}"
    days = [day.isoformat() if day else "" for day in (row.opened_on, row.close_on)]
    texts = [row.name, row.account or "", row.status, row.kind, row.stage, amount, row.currency or ""]
    return [*texts, *days, row.external_id or "", "yes" if row.influenced else "no"]
