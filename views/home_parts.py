"""What the parts of Home have in common: how much of a list is read, and how the rest is told. Decides no order."""

from domain.home import READ
from views import blocks
from views.text import Block


def more(there: int, shown: int, where: str = "after these") -> list[Block]:
    """How many are not drawn, of those that were read; where as many were read as may be, there are more."""
    rest = there - shown
    if rest <= 0:
        return []
    many = f"more than {rest - 1:,}" if there >= READ else f"{rest:,}"
    return [blocks.context(f"And {many} more, {where}.")]
