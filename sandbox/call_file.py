"""Everything that happened, as a file of JSON lines, each written as it happens. Chooses nothing, forgets nothing."""

import json
from pathlib import Path

from sandbox.calls import CallRecord


class CallFile:
    """A file that is written anew."""

    def __init__(self, path: Path) -> None:
        """Opens the file; raises OSError."""
        self._file = path.open("w", encoding="utf-8", errors="backslashreplace")

    def write(self, record: CallRecord) -> None:
        """One line: the whole record, `at` in ISO 8601, what JSON has no word for as text."""
        line = record.frame() | {"at": record.at.isoformat(), "detail": record.detail}
        self._file.write(json.dumps(line, ensure_ascii=False, default=str) + "\n")
        self._file.flush()

    def close(self) -> None:
        """No more lines."""
        self._file.close()
