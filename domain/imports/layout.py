"""From a file's first line to its columns, and from each further line to a row or to the reasons against it.

Decides nothing about whether a row fits what is stored already.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, NamedTuple

from domain.errors import RuleError
from domain.imports.cells import Reading, day, key, shown
from domain.imports.columns import COLUMNS, FIRST, LAST, Column, Columns
from domain.imports.dates import DayOrder
from domain.imports.kinds import ImportKind, Row

OF_ITS_OWN = "__c"
"""Ends the technical name of a field that a company added to its CRM."""

EXAMPLES = 6
"""Column names in a sentence that says what a file may look like; nobody reads more."""


@dataclass(frozen=True, slots=True)
class Found:
    """A column of the file: which of ours it is, its own name, and where it stands."""

    column: Column
    heading: str
    position: int


@dataclass(frozen=True, slots=True)
class Layout:
    """What a file's columns mean. Where two say the same, the later one counts where the earlier is empty."""

    kind: ImportKind
    found: tuple[Found, ...]
    ignored: tuple[str, ...]
    width: int
    order: DayOrder | None = None

    @property
    def columns(self) -> Columns:
        """All columns that such a file may have."""
        return COLUMNS[self.kind]


CELLS_KEPT, LONGEST_KEPT = 4096, 64
"""Cells of a column whose meaning is remembered: countries, stages and days stand in a file again and again. And
characters of such a cell: what is longer is somebody's text."""


class Line(NamedTuple):
    """A line of a file: where it begins, its cells, what to know of it, and why it cannot be used ("" if it can)."""

    number: int
    cells: Sequence[str]
    remarks: tuple[str, ...] = ()
    trouble: str = ""


class Read(NamedTuple):
    """A row, and what whoever imports it should know of it."""

    row: Row
    remarks: tuple[str, ...] = ()


def read_header(kind: ImportKind, headings: Sequence[str]) -> Layout:
    """The columns of a file by its first line. Raises RuleError when it cannot be one of that kind."""
    columns = COLUMNS[kind]
    known = _names(columns)
    _check_twice(headings)
    found = [
        Found(known[name], heading, at)
        for at, heading in enumerate(headings)
        if (name := heading_key(heading)) in known
    ]
    if not found:
        raise RuleError(
            f"None of the columns is one that Everboard knows: {_listed(headings)}. The first line of a file of "
            f"{kind.value} names its columns, such as: {_listed([column.names[0] for column in columns.columns])}."
        )
    found.sort(key=lambda one: _preference(columns, one))
    _check_required(columns, {one.column.field for one in found})
    ignored = tuple(shown(heading) for heading in headings if heading.strip() and heading_key(heading) not in known)
    return Layout(kind, tuple(found), ignored, len(headings))


def _names(columns: Columns) -> Mapping[str, Column]:
    return MappingProxyType({key(name): column for column in columns.columns for name in column.names})


def heading_key(heading: str) -> str:
    """Equal for spellings of one column's name."""
    return key(heading.strip().removesuffix(OF_ITS_OWN))


def _preference(columns: Columns, found: Found) -> tuple[int, int]:
    names = [key(name) for name in found.column.names]
    return columns.columns.index(found.column), names.index(heading_key(found.heading))


def _check_twice(headings: Sequence[str]) -> None:
    seen: dict[str, str] = {}
    for heading in headings:
        name = heading_key(heading)
        if name and name in seen:
            raise RuleError(
                f"The column “{shown(heading)}” is there twice. Please remove one, or give it another name."
            )
        seen[name] = heading


def _check_required(columns: Columns, present: set[str]) -> None:
    if {FIRST, LAST} <= present:
        present = present | {"name", "contact_name"}
    for field in (*columns.required, *columns.present):
        if field not in present:
            names = next(column.names for column in columns.columns if column.field == field)
            raise RuleError(f"A column is missing: “{names[0]}” (it may also be called {_listed(names[1:4], 'or')}).")


def _listed(names: Sequence[str], last: str = "and") -> str:
    some = [f"“{shown(name)}”" for name in names[:EXAMPLES]]
    if len(names) > EXAMPLES:
        return f"{', '.join(some)} and more"
    return f"{', '.join(some[:-1])} {last} {some[-1]}" if len(some) > 1 else "".join(some)


def days_at(layout: Layout) -> tuple[int, ...]:
    """Where a line has cells that are to hold a day."""
    return tuple(found.position for found in layout.found if found.column.parse is day)


class Reader:
    """The lines of one file into rows, by its layout. What a cell of a column means is worked out once."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        known: list[dict[str, Any]] = [{} for _ in layout.found]
        self._columns = [
            (one.position, one.column.field, one, cells) for one, cells in zip(layout.found, known, strict=True)
        ]
        self._makes_name = bool({FIRST, LAST} & {one.column.field for one in layout.found})
        self._required = layout.columns.required
        self._reading = Reading(layout.order)
        self._make = layout.columns.row

    def read(self, line: Line) -> Read:
        """The row in a line of the file. Raises RuleError with everything that is wrong in it as one sentence."""
        if line.trouble:
            raise RuleError(line.trouble)
        if len(line.cells) > self._layout.width:
            _check_width(self._layout, line.cells)
        self._reading.remarks.clear()
        values: dict[str, Any] = {}
        problems = self._fill(values, line.cells)
        if self._makes_name:
            _join_name(self._layout.columns, values)
        if problems or not all(map(values.__contains__, self._required)):
            raise RuleError("; ".join(problems + _missing(self._layout, values, problems)) + ".")
        return Read(self._make(line=line.number, **values), (*line.remarks, *self._reading.remarks))

    def _fill(self, values: dict[str, Any], cells: Sequence[str]) -> list[str]:
        """Put in what the cells say; answers what is wrong with them."""
        problems: list[str] = []
        width = len(cells)
        for position, field, found, known in self._columns:
            cell = cells[position].strip() if position < width else ""
            if not cell or field in values:
                continue
            if cell in known:
                values[field] = known[cell]
                continue
            try:
                value = found.column.parse(cell, self._reading)
            except RuleError as error:
                problems.append(_problem(found, cell, error.message))
                continue
            if value not in ("", ()):
                values[field] = value
                self._keep(known, cell, value)
        return problems

    def _keep(self, known: dict[str, Any], cell: str, value: Any) -> None:
        # A remark belongs to each line that earns it.
        if len(known) < CELLS_KEPT and len(cell) <= LONGEST_KEPT and not self._reading.remarks:
            known[cell] = value


def _check_width(layout: Layout, cells: Sequence[str]) -> None:
    if any(cell.strip() for cell in cells[layout.width :]):
        raise RuleError(
            f"It has {len(cells)} cells, but the first line names {layout.width} columns. "
            "Is a quotation mark missing around a cell that holds the separator?"
        )


def _problem(found: Found, cell: str, sentence: str) -> str:
    if sentence[0].isupper():
        return f"“{shown(found.heading)}”: {sentence.rstrip('.')}"
    return f"“{shown(found.heading)}”: “{shown(cell)}” {sentence}"


def _join_name(columns: Columns, values: dict[str, Any]) -> None:
    if FIRST not in values and LAST not in values:
        return
    parts = [values.pop(FIRST, ""), values.pop(LAST, "")]
    field = columns.required[0]
    if any(parts) and field not in values:
        values[field] = " ".join(filter(None, parts))


def _missing(layout: Layout, values: Mapping[str, Any], problems: Sequence[str]) -> list[str]:
    if problems or all(field in values for field in layout.columns.required):
        return []
    headings = {found.column.field: found.heading for found in layout.found}
    names = {column.field: column.names[0] for column in layout.columns.columns}
    return [
        f"“{shown(headings.get(field, names[field]))}” is empty"
        for field in layout.columns.required
        if field not in values
    ]
