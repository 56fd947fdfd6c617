"""What the parts of Home have in common: how much of a list is read, and the way to the rest. Decides no order."""

from domain.home import READ
from domain.home_pages import Part
from views import blocks
from views.ids import Action
from views.text import Block

TITLES = {
    Part.MINE: "My nominations",
    Part.REQUESTS: "My requests",
    Part.TO_APPROVE: "Waiting for your yes",
    Part.LOADS: "My customers",
    Part.QUEUE: "To review",
    Part.WAITING: "To be introduced",
    Part.JOURNEYS: "Becoming advocates",
    Part.TO_ANSWER: "Requests to answer",
}
"""Of a list's window: at most 24 characters."""

HEADS = TITLES | {Part.WAITING: "Waiting for an introduction", Part.JOURNEYS: "On their way to being advocates"}
"""Of a list in Home."""


def more(there: int, shown: int, part: Part) -> list[Block]:
    """How many are not drawn, of those that were read, and the way to them; where as many were read as may be, there
    are more."""
    rest = there - shown
    if rest <= 0:
        return []
    many = f"more than {rest - 1:,}" if there >= READ else f"{rest:,}"
    way = blocks.button("Show all", Action.HOME_LIST, part.value, spoken=f"Show all: {TITLES[part]}")
    return [blocks.section(f"And {many} more.", way)]
