"""One column of an imported file, and all that one kind of file may have. Decides nothing about which there are."""

from dataclasses import dataclass

from domain.imports import cells
from domain.imports.cells import Parser
from domain.imports.kinds import Row


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the field it fills and its names. The first name is the one Everboard recommends."""

    field: str
    names: tuple[str, ...]
    parse: Parser


@dataclass(frozen=True, slots=True)
class Columns:
    """All columns of one kind of file, those without which a line says nothing, and those that must be there although
    a cell of theirs may be empty."""

    row: type[Row]
    required: tuple[str, ...]
    columns: tuple[Column, ...]
    present: tuple[str, ...] = ()


FIRST, LAST = "first_name", "last_name"
"""Fields that are no part of a row: together they are the name where no column holds a whole one."""


def column(field: str, names: str, parse: Parser) -> Column:
    """A column by its names, parted by commas."""
    return Column(field, tuple(name.strip() for name in names.split(",")), parse)


FIRST_AND_LAST = (
    column(FIRST, "First name, Given name, Contact: First Name, Contact First Name", cells.name),
    column(LAST, "Last name, Surname, Family name, Contact: Last Name, Contact Last Name", cells.name),
)
