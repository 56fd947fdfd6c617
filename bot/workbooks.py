"""How an Excel workbook is read: which sheet, and what a cell of it shows. Decides nothing about what cells mean.

A row at a time, as in a CSV file. The package that reads workbooks is no part of every installation.
"""

import re
import sys
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import zip_longest
from pathlib import Path
from struct import error as BrokenNumber  # noqa: N812  # an exception, though its name is small
from typing import Any
from zlib import error as BrokenStream  # noqa: N812  # an exception, though its name is small

from domain.errors import RuleError
from domain.formulas import as_typed
from domain.imports.cells import digits
from domain.imports.layout import Line

LARGEST_SHEET = 4 << 30
"""Bytes of a sheet when it is unpacked: a full one with ten columns has about 0.5 GB."""

LARGEST_PART = 128 << 20
"""Bytes of any other part when it is unpacked, the table of texts above all: these are held in memory."""

MOST_PARTS = 10_000
"""Files in the archive; a workbook has some dozens."""

MOST_ROWS = 1_048_576
"""What a sheet can hold. A row's number may claim to be more, and all between would be gone through."""

PACKED_AT_MOST = 2_000
"""How much smaller than its content a large part may be: rows that are all the same come to about 100."""

SHEETS, LOOKED_FOR = "xl/worksheets/", ("xl/workbook.xml", "[Content_Types].xml")
DECLARED = b"<!DOCTYPE"
"""No program writes one in a workbook; it can make a small file explode when it is read."""

FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
CURRENCY = re.compile(r"\[\$([^\]-]+)|([€£])")
"""Where the format of a number names its currency, such as [$EUR] or [$€-407]."""

NOT_CALCULATED = (
    "{} holds a formula whose result is not in the file. Please open the workbook in Excel, save it, and import it "
    "again"
)
# Both readers of XML that may be there call what they cannot read a SyntaxError.
_BROKEN = (
    *(zipfile.BadZipFile, SyntaxError, BrokenStream, EOFError, LookupError, ValueError, TypeError, AttributeError),
    # A place in the archive before its beginning; a way of packing that nobody knows; one that needs a password.
    *(OSError, NotImplementedError, RuntimeError, OverflowError, BrokenNumber),
)


@dataclass(frozen=True, slots=True)
class Workbook:
    """A sheet that can be read, and its first line."""

    path: Path
    sheet: str
    has_formulas: bool
    header: tuple[str, ...]
    header_line: int

    @property
    def form(self) -> str:
        """What was read, in words."""
        return f"sheet “{self.sheet}”"

    def rows(self) -> Iterator[Line]:
        """The lines below the first under the numbers that Excel shows; blank ones are left out.

        Raises RuleError when the file is damaged.
        """
        for line in _lines(self.path, self.sheet, formulas=self.has_formulas):
            if line.number > self.header_line:
                yield line


def open_workbook(path: Path, kind: str, sheet: str | None = None) -> Workbook:
    """The named sheet, else the only one with content, else the one that is called like what is imported.

    Raises RuleError with a sentence when there is none, or the file cannot be read.
    """
    _check_package()
    _check_archive(path)
    with _opened(path) as book:
        names = [one.title for one in book.worksheets if sheet is not None or one.sheet_state == "visible"]
        parts = {one.title: one._worksheet_path for one in book.worksheets}  # told by nothing else
    first = {name: line for name in names if (line := next(_lines(path, name), None))}
    chosen = _chosen(path, kind, sheet, names, first)
    header = first[chosen]
    formulas = _holds(path, parts[chosen])
    return Workbook(path, chosen, formulas, tuple(header.cells), header.number)


def _chosen(path: Path, kind: str, sheet: str | None, names: Sequence[str], first: dict[str, Line]) -> str:
    if sheet is not None and sheet not in names:
        raise RuleError(f"{path.name} has no sheet “{sheet}”; it has: {_listed(names)}.")
    wanted = [sheet] if sheet is not None else [name for name in first if name.strip().casefold() == kind] or [*first]
    if len(wanted) > 1:
        raise RuleError(f"{path.name} has several sheets: {_listed(wanted)}. Say which one: --sheet NAME.")
    if not wanted or wanted[0] not in first:
        where = f"The sheet “{sheet}” of {path.name}" if sheet is not None else path.name
        raise RuleError(f"{where} is empty. Its first line should name the columns.")
    return wanted[0]


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"“{name}”" for name in names)


def _check_package() -> None:
    try:
        import openpyxl  # noqa: F401, PLC0415  # not everybody has it
    except ImportError:
        raise RuleError(
            "Reading Excel workbooks needs one more package, which this command installs: "
            f"{sys.executable} -m pip install 'everboard[xlsx]' "
            "(or save the sheet as “CSV UTF-8” and import that)."
        ) from None


def _check_archive(path: Path) -> None:
    """Whether it is a workbook, and unpacks to what a workbook can be: an archive of 1 MB may claim to be 1 TB.

    No more than a part claims is ever unpacked.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            if not set(LOOKED_FOR) <= {part.filename for part in parts}:
                raise RuleError(f"{path.name} is no Excel workbook (.xlsx). Please save the sheet as “CSV UTF-8”.")
            if len(parts) > MOST_PARTS or not all(_is_sound(archive, part) for part in parts):
                raise RuleError(
                    f"{path.name} is larger inside than a workbook can be. Please save the sheet as “CSV UTF-8”."
                )
    except _BROKEN as error:
        raise _damaged(path) from error


def _is_sound(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    if part.is_dir() or not part.filename.endswith((".xml", ".rels")):
        return True  # pictures and the like are never unpacked
    limit = LARGEST_SHEET if part.filename.startswith(SHEETS) else LARGEST_PART
    swollen = part.file_size > LARGEST_PART // 8 and part.file_size > part.compress_size * PACKED_AT_MOST
    if part.file_size > limit or swollen:
        return False
    with archive.open(part) as file:
        return DECLARED not in file.read(4096)


def _holds(path: Path, part: str) -> bool:
    """Whether any cell of a sheet is calculated."""
    try:
        with zipfile.ZipFile(path) as archive, archive.open(part.lstrip("/")) as file:
            before = b""
            while chunk := file.read(1 << 20):
                if FORMULA.search(before + chunk):
                    return True
                before = chunk[-16:]
    except _BROKEN as error:
        raise _damaged(path) from error
    return False


@contextmanager
def _opened(path: Path, *, formulas: bool = False) -> Iterator[Any]:
    """The workbook, closed again at the end; with results of formulas, or with the formulas themselves."""
    from openpyxl import load_workbook  # noqa: PLC0415  # not everybody has it
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415

    try:
        # Warnings are of what is not kept when it is written again: styles, validations, pictures.
        warnings.filterwarnings("ignore", module="openpyxl")
        # Opened by us: the library judges a file by the end of its name.
        with path.open("rb") as file:
            book = load_workbook(file, read_only=True, data_only=not formulas, keep_links=False)
            try:
                yield book
            finally:
                book.close()
    except (*_BROKEN, InvalidFileException) as error:
        raise _damaged(path) from error


def _damaged(path: Path) -> RuleError:
    return RuleError(f"{path.name} is damaged or cut off. Please open it in Excel, save it, and import it again.")


def _lines(path: Path, sheet: str, *, formulas: bool = False) -> Iterator[Line]:
    """Lines that are not blank. With `formulas`, each is compared with what it is calculated from."""
    with _opened(path) as book:
        shown = _rows(book, sheet)
        if not formulas:
            yield from _read(path, shown)
            return
        with _opened(path, formulas=True) as other:
            yield from _read(path, shown, _rows(other, sheet))


def _rows(book: Any, name: str) -> Iterator[Sequence[Any]]:
    sheet = book[name]
    sheet.reset_dimensions()  # the size that a file claims of itself may be wrong
    return iter(sheet.iter_rows())


def _read(path: Path, shown: Iterator[Sequence[Any]], typed: Iterator[Sequence[Any]] | None = None) -> Iterator[Line]:
    for number, row in enumerate(shown, start=1):
        if number > MOST_ROWS:
            raise RuleError(f"{path.name} has more than {MOST_ROWS:,} rows, which no sheet can have.")
        missing = _not_calculated(row, next(typed, ())) if typed is not None else None
        remarks: list[str] = []
        cells = [_text(cell, remarks) for cell in row]
        if missing:
            yield Line(number, cells, trouble=f"{NOT_CALCULATED.format(missing)}.")
        elif any(cell.strip() for cell in cells):
            yield Line(number, cells, tuple(remarks))


def _not_calculated(shown: Sequence[Any], typed: Sequence[Any]) -> str | None:
    """The first cell with a formula and no result."""
    pairs = zip_longest(shown, typed)
    return next((cell.coordinate for at, cell in pairs if cell and cell.data_type == "f" and _is_blank(at)), None)


def _is_blank(cell: Any) -> bool:
    return cell is None or cell.value is None


def _text(cell: Any, remarks: list[str]) -> str:
    """What a person reads in a cell; days as in 2026-05-31, numbers without a country's signs."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, str):
        if cell.data_type == "e":
            remarks.append(f"{cell.coordinate} shows {value} and was taken for empty.")
            return ""
        return as_typed(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float | Decimal):
        return _number(value, cell.number_format or "")
    return _when(value)


def _number(value: float | Decimal, form: str) -> str:
    """Its digits. Its currency follows where the cell's format names it."""
    named = CURRENCY.search(form)
    return f"{digits(value)} {(named[1] or named[2]).strip()}" if named else digits(value)


def _when(value: object) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date | time | timedelta):
        return str(value)
    return str(value)
