"""Rows behind a report as a file that spreadsheets open; nothing in it runs in one. Decides no figure."""

import csv
import io
from collections.abc import Sequence
from typing import TextIO

from domain.formulas import neutral
from views import blocks
from views.ids import Action
from views.text import Block

MOST = 50_000
"""Rows of a file in Slack: a phone still opens it, and it is there within moments. `everboard report` writes all."""


class Sheet:
    """A table that is written row by row; beyond `most` rows it only counts."""

    def __init__(self, columns: Sequence[str], file: TextIO | None = None, most: int | None = None) -> None:
        self.count = 0
        self._most = most
        self._file = io.StringIO(newline="") if file is None else file
        self._writer = csv.writer(self._file)
        self._writer.writerow(columns)

    def put(self, cells: Sequence[str]) -> None:
        """One more row."""
        self.count += 1
        if self._most is None or self.count <= self._most:
            self._writer.writerow([neutral(cell) for cell in cells])

    @property
    def data(self) -> bytes:
        """What was written into a sheet of its own: UTF-8 with the mark by which Excel knows it."""
        return self._file.getvalue().encode("utf-8-sig") if isinstance(self._file, io.StringIO) else b""


def ways(send: str, message: Action, file: Action) -> list[Block]:
    """The buttons below a report: `send` says what comes as a message; and the rows as a file."""
    return blocks.actions([blocks.button(send, message), blocks.button("Send me the rows as a file", file)])


def said(sheet: Sheet, one: str, many: str) -> str:
    """What the message with the file says."""
    if not sheet.count:
        return f"There are no {many} behind these figures, so that the file has only its headings."
    rest = f" The file has the first {MOST:,} of them; `everboard report` writes all." if sheet.count > MOST else ""
    return f"{sheet.count:,} {one if sheet.count == 1 else many} behind the figures, one in each line.{rest}"
