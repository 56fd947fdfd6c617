"""What may be told of the groups of a pulse that people here have answered, so that nobody's answers come out.

The groups are a tree: everybody, in it the functions, in them the managers' teams. Decides what is hidden; what a
group's figures are is `domain.pulse`'s. The rule is that of cell suppression in statistical tables: a figure over too
few people is hidden, and where the hidden ones beside it could be worked out from a sum (the sum less what is shown),
together being too few, another one is hidden with them.

Against somebody who knows who belongs to which group and reads everything that is ever shown, and nobody's answers.
Respondents who pool what they answered are out of its reach.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from domain.names import fold
from domain.pulse import (
    BARRIERS,
    ELEMENTS,
    Barrier,
    GroupResult,
    Tally,
    Told,
    barrier_point,
    unanimous_end,
)

EVERYBODY = "Everybody"
"""The name of the group of all."""

FEWEST_ALIKE = 3
"""People: how many have the same barrier of their own is told from this number on; below it they are told together."""


@dataclass(frozen=True, slots=True)
class Cell:
    """The answers of those of a group who have the same manager; `team` is the manager's id, None where nobody knows
    one."""

    group: str
    team: str | None
    tally: Tally


class Level(StrEnum):
    """What a node of the tree is."""

    ALL = "all"
    GROUP = "group"
    TEAM = "team"
    REST = "rest"  # people of a group without a known manager: never told of, but part of the group's sums


@dataclass(slots=True)
class _Node:
    level: Level
    group: str
    team: str | None
    tally: Tally
    below: list["_Node"] = field(default_factory=list)

    @property
    def order(self) -> tuple[str, str]:
        return fold(self.group), self.team or ""


Shown = Mapping[int, bool]
"""Whether a figure is shown, by the identity of its node."""


def results(cells: Iterable[Cell], smallest: int) -> list[GroupResult]:
    """What is told of everybody, of each group and of each team, in this order; `smallest` is how many people a figure
    needs at least."""
    root = _tree(list(cells))
    nodes = _all(root)
    people = _suppressed(root, lambda node: node.tally.n, smallest, _none_hidden(nodes))
    means = [_mean_shown(root, place, smallest, people) for place in range(len(ELEMENTS))]
    spread = _spread_shown(root, people)
    told = {id(node): _told(node, means, spread) if people[id(node)] else None for node in nodes}
    listed = [node for level in (Level.ALL, Level.GROUP, Level.TEAM) for node in nodes if node.level is level]
    return [GroupResult(node.group, told[id(node)], team=node.team, is_all=node is root) for node in listed]


def _tree(cells: Sequence[Cell]) -> _Node:
    groups: dict[str, list[Cell]] = {}
    for cell in cells:
        groups.setdefault(cell.group, []).append(cell)
    below = [
        _Node(Level.GROUP, group, None, _sum(inside), sorted(map(_leaf, inside), key=lambda node: node.order))
        for group, inside in groups.items()
    ]
    return _Node(Level.ALL, EVERYBODY, None, _sum(cells), sorted(below, key=lambda node: node.order))


def _leaf(cell: Cell) -> _Node:
    return _Node(Level.REST if cell.team is None else Level.TEAM, cell.group, cell.team, cell.tally)


def _sum(cells: Sequence[Cell]) -> Tally:
    tallies = [cell.tally for cell in cells]
    return Tally(
        sum(one.n for one in tallies),
        tuple(sum(one.points[place] for one in tallies) for place in range(len(ELEMENTS))),
        tuple(sum(one.answered[place] for one in tallies) for place in range(len(ELEMENTS))),
        {barrier: sum(one.spread.get(barrier, 0) for one in tallies) for barrier in BARRIERS},
    )


def _all(node: _Node) -> list[_Node]:
    return [node, *(found for child in node.below for found in _all(child))]


def _none_hidden(nodes: Iterable[_Node]) -> dict[int, bool]:
    return {id(node): node.level is not Level.REST for node in nodes}


Count = Callable[[_Node], int]


def _suppressed(root: _Node, count: Count, least: int, allowed: Shown) -> dict[int, bool]:
    """Which nodes' figures are shown: those that were allowed, over at least `least` people, and whose hidden
    neighbours cannot be worked out to be fewer than that."""
    nodes, again = _all(root), True
    shown = {id(node): allowed[id(node)] and count(node) >= least for node in nodes}
    while again:
        hidden = [_hide_one_more(node, count, least, shown) for node in nodes]
        again = any(hidden)
    return shown


def _hide_one_more(node: _Node, count: Count, least: int, shown: dict[int, bool]) -> bool:
    """Where what is hidden below this node is too little, hide the sum, or one more of its parts; True when it did.

    Of everybody the sum is hidden: what single groups said helps more people, and without the sum nothing can be worked
    out. Nothing is shown below another hidden figure: through the sum above it, its hidden rest could be worked out.
    """
    open_below = [child for child in node.below if shown[id(child)]]
    if not shown[id(node)]:
        if node.level is Level.ALL:
            return False
        shown.update({id(child): False for child in open_below})
        return bool(open_below)
    hidden = sum(count(child) for child in node.below if not shown[id(child)])
    if not open_below or not 0 < hidden < least:
        return False
    smallest = min(open_below, key=lambda child: (count(child), child.order))
    shown[id(node if node.level is Level.ALL else smallest)] = False
    return True


def _mean_shown(root: _Node, place: int, smallest: int, people: Shown) -> dict[int, bool]:
    return _suppressed(root, lambda node: node.tally.answered[place], smallest, people)


def _spread_shown(root: _Node, people: Shown) -> Mapping[Barrier, Shown]:
    """Which counts of own barriers are shown. Each is a figure in two sums: over the groups above it, and over its own
    group's people, whose number is known."""
    shown = {barrier: dict(people) for barrier in BARRIERS}
    while True:
        shown = {
            barrier: _suppressed(root, _having(barrier), FEWEST_ALIKE, allowed) for barrier, allowed in shown.items()
        }
        merged = [_merge_one_more(node, shown) for node in _all(root)]
        if not any(merged):
            return shown


def _having(barrier: Barrier) -> Count:
    return lambda node: node.tally.spread.get(barrier, 0)


def _merge_one_more(node: _Node, shown: Mapping[Barrier, dict[int, bool]]) -> bool:
    """Put the rarest barrier that is shown of this group to the merged ones, when those are too few, or when everybody
    has the same one: that would tell each person's."""
    open_here = [barrier for barrier in BARRIERS if shown[barrier][id(node)]]
    merged = node.tally.n - sum(node.tally.spread.get(barrier, 0) for barrier in open_here)
    alike = any(node.tally.spread.get(barrier, 0) == node.tally.n for barrier in open_here)
    if not open_here or not (alike or 0 < merged < FEWEST_ALIKE):
        return False
    rarest = min(open_here, key=lambda barrier: (node.tally.spread.get(barrier, 0), BARRIERS.index(barrier)))
    shown[rarest][id(node)] = False
    return True


def _told(node: _Node, means: Sequence[Shown], spread: Mapping[Barrier, Shown]) -> Told:
    columns = zip(ELEMENTS, node.tally.points, node.tally.answered, means, strict=True)
    exact = {element: points / answered if shown[id(node)] else None for element, points, answered, shown in columns}
    ends = {
        element: end
        for element, points, answered in zip(ELEMENTS, node.tally.points, node.tally.answered, strict=True)
        if exact[element] is not None and (end := unanimous_end(points, answered))
    }
    counts = {barrier: node.tally.spread.get(barrier, 0) for barrier in BARRIERS if spread[barrier][id(node)]}
    return Told(
        node.tally.n,
        {element: None if element in ends else mean for element, mean in exact.items()},
        ends,
        barrier_point(list(exact.values())),
        counts,
        merged=node.tally.n - sum(counts.values()),
    )
