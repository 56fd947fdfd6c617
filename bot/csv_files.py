"""How a CSV file is read: encoding, separator, lines. Decides nothing about what cells mean.

A file is refused as a whole, before anything of it is used, when it is no text, or ends within a quoted cell. A line
in another encoding than its neighbours is one line's matter.
"""

import codecs
import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from domain.errors import RuleError
from domain.formulas import as_typed
from domain.imports.layout import Line

CHUNK = 1 << 20
"""Bytes looked at a time: a file of any size is read without being held in memory."""

LONGEST_LINE = 4 << 20
"""Characters of one line. A table of contacts has some hundreds; a file without line ends must not fill the memory."""

SEPARATORS = (",", ";", "\t", "|")
"""What programs put between cells; a comma where the first line has none of them."""

READ_AS_WINDOWS = (
    "Holds letters that are not UTF-8 as others of this file are; they were read as Windows-1252. Please look whether "
    "they are right; if they are not, save the file as “CSV UTF-8” and import it again."
)
NO_ENCODING = (
    "It holds bytes that are neither UTF-8 nor Windows-1252. Please save the file as “CSV UTF-8” and import it again."
)

_END = "\ue000the end of the file\ue000\n"
"""Fed to the parser after the last line: when it does not come out as a line of its own, a quotation was open."""

_END_MARK = _END.strip()

_OTHER_FORMATS = {b"\xd0\xcf\x11\xe0": "an old Excel workbook, or one with a password"}
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_MARK = codecs.BOM_UTF8.decode("latin-1")


class Encoding(Enum):
    """How a file's bytes become letters; the value is what people read of it."""

    UTF_8 = "UTF-8"
    UTF_16 = "UTF-16"
    WINDOWS = "Windows-1252"
    MIXED = "UTF-8, in part Windows-1252"


@dataclass(frozen=True, slots=True)
class CsvFile:
    """A file that can be read: its encoding, and its first line."""

    path: Path
    encoding: Encoding
    separator: str
    header: tuple[str, ...]
    header_line: int

    @property
    def form(self) -> str:
        """How it is written, in words."""
        return self.encoding.value

    def rows(self) -> Iterator[Line]:
        """The lines below the first, each with the number of the line that it begins in; blank ones are left out.

        Raises RuleError when the file ends within a quoted cell, or a cell has no end.
        """
        for line in _parsed(self.path, self.encoding, self.separator):
            if line.number > self.header_line:
                yield line


def open_csv(path: Path) -> CsvFile:
    """Look at a file. Raises RuleError with a sentence when it cannot be read, is no CSV file, or is empty."""
    encoding = _encoding(path)
    separator = _separator(path, encoding)
    for line in _parsed(path, encoding, separator):
        if not _is_hint(line.cells, separator):
            if line.trouble:
                raise RuleError(f"{path.name}, line {line.number}: {line.trouble}")
            return CsvFile(path, encoding, separator, tuple(line.cells), line.number)
    raise RuleError(f"{path.name} is empty. Its first line should name the columns.")


def _encoding(path: Path) -> Encoding:
    """UTF-16 by its mark, else UTF-8, else what Excel writes on Windows; both where somebody joined two files."""
    decoder, is_utf_8 = codecs.getincrementaldecoder("utf-8")(), True
    line = 1
    for number, chunk in enumerate(_chunks(path)):
        if number == 0 and chunk.startswith(_UTF_16):
            return Encoding.UTF_16
        _check_chunk(path, chunk, line)
        line += chunk.count(b"\n")
        is_utf_8 = is_utf_8 and _decodes(decoder, chunk)
    if is_utf_8 and _decodes(decoder, b"", final=True):
        return Encoding.UTF_8
    return Encoding.MIXED if _has_utf_8(path) else Encoding.WINDOWS


def _has_utf_8(path: Path) -> bool:
    """Whether a line with letters beyond ASCII is UTF-8: words in Windows-1252 hardly ever look like it."""
    return any(not text.isascii() and _utf_8(text.removeprefix(_MARK)) for text in _texts(path, "latin-1"))


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252"), error.end


ELSE_WINDOWS = "everboard.windows-1252"
"""What is no UTF-8 becomes letters by itself: a line may be joined from two sources, too."""

codecs.register_error(ELSE_WINDOWS, _as_windows)


def _utf_8(text: str) -> str | None:
    """The text whose bytes these are, one a character; None where they are not UTF-8."""
    try:
        return text.encode("latin-1").decode()
    except UnicodeDecodeError:
        return None


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


def _separator(path: Path, encoding: Encoding) -> str:
    """The one that Excel's hint names (sep=;), else the one seen most often in the first line, outside of quotes."""
    first = next((line for line in _Decoded(path, encoding) if line.strip()), "")
    if first.casefold().startswith("sep=") and first[4:5] in SEPARATORS:
        return first[4]
    unquoted = "".join(first.split('"')[::2])
    return max(SEPARATORS, key=unquoted.count)


def _is_hint(cells: Sequence[str], separator: str) -> bool:
    return separator.join(cells).casefold() == f"sep={separator}"


def _texts(path: Path, codec: str) -> Iterator[str]:
    """The lines with their ends. With latin-1 each character is one byte as it stands in the file."""
    try:
        with path.open(encoding=codec, newline="") as file:
            number = 0
            while text := file.readline(LONGEST_LINE):
                number += 1
                if len(text) == LONGEST_LINE:
                    raise RuleError(f"{path.name}: line {number} has no end. Is this a table, one line a row?")
                yield text
    except UnicodeError as error:
        raise RuleError(f"{path.name} is no proper UTF-16. Please save it as “CSV UTF-8”.") from error


class _Decoded:
    """The lines of a file as text, the end's mark behind them; and what is to be said of those read last."""

    def __init__(self, path: Path, encoding: Encoding) -> None:
        self._path, self._encoding = path, encoding
        self._remarks: tuple[str, ...] = ()
        self._trouble = ""

    def __iter__(self) -> Iterator[str]:
        if self._encoding in {Encoding.UTF_8, Encoding.UTF_16}:
            yield from _texts(self._path, "utf-8-sig" if self._encoding is Encoding.UTF_8 else "utf-16")
        else:
            for number, text in enumerate(_texts(self._path, "latin-1")):
                bare = text.removeprefix(_MARK) if number == 0 else text
                yield bare if bare.isascii() else self._letters(bare)
        yield _END

    def _letters(self, text: str) -> str:
        try:
            if self._encoding is Encoding.WINDOWS:
                return text.encode("latin-1").decode("cp1252")
            if found := _utf_8(text):
                return found
            self._remarks = (READ_AS_WINDOWS,)
            return text.encode("latin-1").decode("utf-8", ELSE_WINDOWS)
        except UnicodeDecodeError:
            self._trouble = NO_ENCODING
            return text

    def line(self, number: int, cells: list[str]) -> Line:
        """A line of the table that ends with what was read last."""
        if not self._remarks and not self._trouble:
            return Line(number, cells)
        remarks, trouble = self._remarks, self._trouble
        self._remarks, self._trouble = (), ""
        return Line(number, cells, remarks, trouble)


def _parsed(path: Path, encoding: Encoding, separator: str) -> Iterator[Line]:
    """All lines that are not blank, the hint among them; a line's number is that of its first line in the file."""
    decoded = _Decoded(path, encoding)
    reader = csv.reader(decoded, delimiter=separator)
    begun, last = 1, 0
    try:
        for cells in reader:
            begun, last = last + 1, reader.line_num
            whole = "".join(cells)
            if _END_MARK in whole and _END_MARK in cells[-1]:
                _check_end(path, cells, begun)
                return
            if "'" in whole:
                cells = [as_typed(cell) if cell[:1] == "'" else cell for cell in cells]  # noqa: PLW2901  # as they were typed
            line = decoded.line(begun, cells)
            if whole and not whole.isspace():
                yield line
    except csv.Error as error:
        raise RuleError(
            f"{path.name}: a cell that begins in line {last + 1} has no end ({error}). Is a quotation mark missing?"
        ) from error


def _check_end(path: Path, cells: list[str], begun: int) -> None:
    if cells != [_END_MARK]:
        raise RuleError(
            f"{path.name} ends within a quoted cell of line {begun}. Is the file complete, or a quotation mark missing?"
        )
