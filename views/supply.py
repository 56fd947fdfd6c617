"""What there is of each value of a facet, and the advocates behind a figure. Decides no figure."""

from domain.portfolio import FACETS, Behind, Criteria, Portfolio, Supply, in_words
from domain.query import Facet
from domain.targets import as_stored, from_stored
from views import blocks, inputs
from views.criteria import HEADINGS
from views.ids import Action, Callback
from views.targets import carried, pager
from views.text import Block, count, line

PAGE = 20
"""Values on a page; a modal holds 100 blocks."""


def listed(found: Portfolio, facet: Facet, page: int = 0) -> Block:
    """What there is of each value of one facet."""
    rows = [one for one in found.supply if one.facet is facet]
    pages = max(1, -(-len(rows) // PAGE))
    page = min(max(page, 0), pages - 1)
    kinds = [inputs.option(HEADINGS[one], one.value) for one in FACETS]
    choose = {"action_id": Action.SUPPLY_FACET.value, **inputs.select(kinds, facet.value)}
    shown = rows[page * PAGE : (page + 1) * PAGE]
    content = [
        *blocks.actions([choose, blocks.button("Back to targets", Action.SUPPLY_BACK)]),
        *(blocks.section(_supply(one), _show(one)) for one in shown),
        *([] if rows else [blocks.section("Nothing is known of this yet.")]),
        *pager(page, pages, Action.SUPPLY_PAGE_BACK, Action.SUPPLY_PAGE),
    ]
    return blocks.modal(Callback.TARGETS, "What we have", content, meta=blocks.metadata({"facet": facet.value}))


def facet_of(meta: str | None) -> Facet:
    """Which facet a list of supply shows."""
    return Facet(blocks.read_metadata(meta).get("facet") or Facet.INDUSTRY)


def _supply(one: Supply) -> str:
    have = f"{one.available:,} of {one.active:,} active available" if one.active else "no advocate yet"
    return f"*{line(one.shown, 100)}*: {have} · {count(one.accounts, 'customer')}"


def _show(one: Supply) -> Block | None:
    if not one.active:
        return None
    value = carried({one.facet: (one.value,)})
    return blocks.button("Show", Action.SUPPLY_AVAILABLE, value, spoken=f"Show who is active: {one.shown}")


def behind(found: Behind, target_id: str | None = None) -> Block:
    """The advocates behind a figure, of a target or of a value of a facet."""
    what = "available today" if found.available else "active"
    content = [blocks.section(f"*{line(in_words(found.criteria), 400)}*: {count(found.total, 'advocate')} {what}.")]
    for one in found.people:
        title = f", {line(one.title, 100)}" if one.title else ""
        opened = blocks.button("Open profile", Action.CARD, one.id, spoken=f"Open profile: {one.name}")
        content.append(blocks.section(f"*{line(one.name, 100)}*{title}\n{line(one.company, 100)}", opened))
    content += pager(found.page, found.pages, Action.BEHIND_PAGE_BACK, Action.BEHIND_PAGE)
    of_what = {"target": target_id} if target_id else {"criteria": as_stored(found.criteria)}
    meta = blocks.metadata({**of_what, "available": found.available})
    return blocks.modal(Callback.NOTHING, "Who they are", content, meta=meta)


def behind_of(meta: str | None) -> tuple[str | None, Criteria, bool]:
    """Which figure a list of advocates stands behind: a target's or a value's, and whether only who is available."""
    held = blocks.read_metadata(meta)
    return held.get("target"), from_stored(held.get("criteria") or {}), bool(held.get("available"))
