"""What a spreadsheet would run: how a cell is written so that it does not, and read as it was typed."""

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""


def neutral(cell: str) -> str:
    """The cell as it is written: one that begins like a formula gets an apostrophe, which spreadsheets do not show.

    Numbers are left alone. Reading takes the apostrophe off again.
    """
    is_number = cell.lstrip("+-").replace(".", "", 1).isdigit()
    return f"'{cell}" if cell.startswith(FORMULA) and not is_number else cell


def as_typed(cell: str) -> str:
    """A cell that was written by `neutral`, or by a person who knows the same trick."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA) else cell
