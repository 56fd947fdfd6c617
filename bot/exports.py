"""`everboard export`: what there is, as CSV that an import reads back, or as JSON. Decides nothing about who may."""

import csv
import json
from typing import Any, TextIO

from domain.errors import RuleError
from domain.formulas import neutral
from storage import exports
from storage.database import Database
from storage.guard import GuardedSession


def export(db: Database, workspace_id: str, name: str, *, as_json: bool, out: TextIO) -> int:
    """Write every row of a kind; answers how many. Raises RuleError for a kind that there is not."""
    if name not in exports.EVERY:
        raise RuleError(f"There is no {name} to export; there are: {', '.join(exports.EVERY)}.")
    sink = Json(out) if as_json else Csv(out)

    def read(session: GuardedSession) -> None:
        exports.EVERY[name](session, sink.put)

    db.run_now(workspace_id, read)
    sink.close()
    return sink.rows


class Csv:
    """Rows as lines; typed text that begins like a formula is kept from being one."""

    def __init__(self, out: TextIO) -> None:
        self.rows = 0
        self._writer: Any = csv.writer(out, lineterminator="\n")

    def put(self, cells: exports.Cells) -> None:
        """Write one row, before the first of which the columns' names."""
        if not self.rows:
            self._writer.writerow(cells)
        self._writer.writerow([neutral(cell) for cell in cells.values()])
        self.rows += 1

    def close(self) -> None:
        """Nothing follows the last line."""


class Json:
    """Rows as one list, a row a line."""

    def __init__(self, out: TextIO) -> None:
        self.rows = 0
        self._out = out

    def put(self, cells: exports.Cells) -> None:
        """Write one row."""
        self._out.write("[\n" if not self.rows else ",\n")
        self._out.write(json.dumps(cells, ensure_ascii=False))
        self.rows += 1

    def close(self) -> None:
        """End the list."""
        self._out.write("\n]\n" if self.rows else "[]\n")
