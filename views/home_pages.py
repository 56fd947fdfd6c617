"""One of Home's lists as a window, page by page, with the same buttons as in Home. Decides no rule."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from domain.home_pages import Page, Part, part_of
from views import blocks, home_owner, home_requests, home_rows, home_team
from views.home_parts import TITLES
from views.ids import Action, Callback
from views.text import Block

EMPTY = "Nothing is left in this list."


def window(page: Page, reader: str, now: datetime) -> Block:
    """The window; `reader` is their Slack id, `now` aware UTC."""
    rows = [block for row in page.rows for block in _ROWS[page.part](row, reader, now)]
    content = [*(rows or [blocks.section(EMPTY)]), *_ways(page)]
    meta = blocks.metadata({"part": page.part.value, "number": str(page.number)})
    return blocks.modal(Callback.HOME_LIST, TITLES[page.part], content, meta=meta)


_ROWS: Mapping[Part, Callable[[Any, str, datetime], Sequence[Block]]] = {
    Part.MINE: lambda row, reader, _now: home_rows.my_nomination(row, reader),
    Part.QUEUE: lambda row, _reader, now: home_rows.to_review(row, now),
    Part.WAITING: lambda row, _reader, _now: home_rows.to_introduce(row),
    Part.JOURNEYS: lambda row, _reader, _now: home_rows.on_their_way(row),
    Part.REQUESTS: home_requests.one,
    Part.TO_APPROVE: lambda row, _reader, now: home_owner.question(row, now),
    Part.TO_ANSWER: lambda row, _reader, now: home_team.request(row, now),
    Part.LOADS: lambda row, _reader, now: [blocks.section(home_owner.load_of(row, now.date()))],
}
"""How a row of each list is drawn."""


def _ways(page: Page) -> list[Block]:
    row = []
    if page.number:
        row.append(blocks.button("Back", Action.HOME_LIST_BACK, _place(page, -1), spoken="Back to the page before"))
    if not page.is_last:
        row.append(blocks.button("Next", Action.HOME_LIST_NEXT, _place(page, 1), spoken="Next page"))
    return blocks.actions(row)


def _place(page: Page, step: int) -> str:
    return f"{page.part.value}:{page.number + step}"


def place_of(value: str) -> tuple[Part, int]:
    """The list and the page that a button leads to. Raises RuleError for what no button says."""
    part, _colon, number = value.partition(":")
    return part_of(part), int(number) if number.isdecimal() and len(number) < 9 else 0


def place_in(view: Block) -> tuple[Part, int]:
    """The list and the page that a window shows."""
    kept = blocks.read_metadata(view.get("private_metadata"))
    return place_of(f"{kept.get('part')}:{kept.get('number')}")
