"""How a CSV file is read: encoding, separator, lines. Decides nothing about what cells mean.

A file is refused as a whole, before anything of it is used, when it is no text, or ends within a quoted cell.
"""

import codecs
import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from domain.errors import RuleError
from domain.formulas import as_typed

CHUNK = 1 << 20
"""Bytes looked at a time: a file of any size is read without being held in memory."""

SEPARATORS = (",", ";", "\t", "|")
"""What programs put between cells; a comma where the first line has none of them."""

_END = "\ue000the end of the file\ue000\n"
"""Fed to the parser after the last line: when it does not come out as a line of its own, a quotation was open."""

_OTHER_FORMATS = {b"PK\x03\x04": "an Excel workbook or a zip archive", b"\xd0\xcf\x11\xe0": "an old Excel workbook"}
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True, slots=True)
class CsvFile:
    """A file that can be read: its encoding for Python and in words, and its first line."""

    path: Path
    encoding: str
    encoding_words: str
    separator: str
    header: tuple[str, ...]
    header_line: int

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """The lines below the first, each with the number of the line that it begins in; blank ones are left out.

        Raises RuleError when the file ends within a quoted cell, or a cell has no end.
        """
        for line, cells in _parsed(self.path, self.encoding, self.separator):
            if line > self.header_line:
                yield line, cells


def open_csv(path: Path) -> CsvFile:
    """Look at a file. Raises RuleError with a sentence when it cannot be read, is no CSV file, or is empty."""
    encoding, in_words = _encoding(path)
    separator = _separator(path, encoding)
    for line, cells in _parsed(path, encoding, separator):
        if not _is_hint(cells, separator):
            return CsvFile(path, encoding, in_words, separator, tuple(cells), line)
    raise RuleError(f"{path.name} is empty. Its first line should name the columns.")


def _encoding(path: Path) -> tuple[str, str]:
    """One encoding for the whole file: UTF-16 by its mark, else UTF-8, else what Excel writes on Windows."""
    decoder, is_utf_8 = codecs.getincrementaldecoder("utf-8")(), True
    line = 1
    for number, chunk in enumerate(_chunks(path)):
        if number == 0 and chunk.startswith(_UTF_16):
            return "utf-16", "UTF-16"
        _check_chunk(path, chunk, line)
        line += chunk.count(b"\n")
        is_utf_8 = is_utf_8 and _decodes(decoder, chunk)
    if is_utf_8 and _decodes(decoder, b"", final=True):
        return "utf-8-sig", "UTF-8"
    return "cp1252", "Windows-1252"


def _chunks(path: Path) -> Iterator[bytes]:
    if path.is_dir():
        raise RuleError(f"{path} is a folder, not a file.")
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                yield chunk
    except FileNotFoundError:
        raise RuleError(f"There is no file {path}.") from None
    except OSError as error:
        raise RuleError(f"{path} can't be read: {(error.strerror or 'unknown reason').lower()}.") from error


def _check_chunk(path: Path, chunk: bytes, line: int) -> None:
    for start, what in _OTHER_FORMATS.items():
        if line == 1 and chunk.startswith(start):
            raise RuleError(f"{path.name} is {what}. Please save the sheet as “CSV UTF-8” and import that.")
    if b"\0" in chunk:
        at = line + chunk[: chunk.index(b"\0")].count(b"\n")
        raise RuleError(f"{path.name} is no text: line {at} holds a NUL byte. Please save it as “CSV UTF-8”.")


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return False
    return True


def _separator(path: Path, encoding: str) -> str:
    """The one that Excel's hint names (sep=;), else the one seen most often in the first line, outside of quotes."""
    first = next((line for line in _lines(path, encoding) if line.strip()), "")
    if first.casefold().startswith("sep=") and first[4:5] in SEPARATORS:
        return first[4]
    unquoted = "".join(first.split('"')[::2])
    return max(SEPARATORS, key=unquoted.count)


def _is_hint(cells: list[str], separator: str) -> bool:
    return separator.join(cells).casefold() == f"sep={separator}"


def _lines(path: Path, encoding: str) -> Iterator[str]:
    try:
        with path.open(encoding=encoding, newline="") as file:
            yield from file
    except UnicodeError as error:
        raise RuleError(f"{path.name} is neither UTF-8 nor Windows-1252. Please save it as “CSV UTF-8”.") from error


def _with_end(lines: Iterator[str]) -> Iterator[str]:
    yield from lines
    yield _END


def _parsed(path: Path, encoding: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """All lines that are not blank, the hint among them; a line's number is that of its first line in the file."""
    reader = csv.reader(_with_end(_lines(path, encoding)), delimiter=separator)
    begun, last = 1, 0
    try:
        for cells in reader:
            begun, last = last + 1, reader.line_num
            if _END.strip() in "".join(cells[-1:]):
                _check_end(path, cells, begun)
                return
            if any(cell.strip() for cell in cells):
                yield begun, [as_typed(cell) for cell in cells]
    except csv.Error as error:
        raise RuleError(
            f"{path.name}: a cell that begins in line {last + 1} has no end ({error}). Is a quotation mark missing?"
        ) from error


def _check_end(path: Path, cells: list[str], begun: int) -> None:
    if cells != [_END.strip()]:
        raise RuleError(
            f"{path.name} ends within a quoted cell of line {begun}. Is the file complete, or a quotation mark missing?"
        )
