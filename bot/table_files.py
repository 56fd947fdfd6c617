"""Which kind of file a table is in. Decides nothing about what is in it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from bot.csv_files import open_csv
from bot.workbooks import open_workbook
from domain.errors import RuleError
from domain.imports.layout import Line

ARCHIVE = b"PK\x03\x04"
"""How a workbook begins, whatever its name ends with."""


class Table(Protocol):
    """Something with a line of column names and lines below it, which can be gone through more than once."""

    @property
    def path(self) -> Path:
        """Where it is from."""

    @property
    def form(self) -> str:
        """How it is written, in words."""

    @property
    def header(self) -> tuple[str, ...]:
        """The names of its columns."""

    def rows(self) -> Iterator[Line]:
        """The lines below the first."""


def open_table(path: Path, kind: str, sheet: str | None = None) -> Table:
    """A CSV file or a sheet of a workbook, for an import of this kind.

    Raises RuleError with a sentence when it cannot be read, is neither, or is empty.
    """
    if _begins(path).startswith(ARCHIVE):
        return open_workbook(path, kind, sheet)
    if sheet is not None:
        raise RuleError(f"{path.name} is no Excel workbook (.xlsx), so it has no sheet “{sheet}”.")
    return open_csv(path)


def _begins(path: Path) -> bytes:
    """The first bytes; nothing where there is no file, which reading it says in words."""
    try:
        with path.open("rb") as file:
            return file.read(len(ARCHIVE))
    except OSError:
        return b""
