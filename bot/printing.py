"""How a report is printed: in words or as one JSON document, and its rows as CSV. Decides no figure."""

import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TextIO, TypeVar

from storage.database import Database
from storage.guard import GuardedSession
from views.sheets import Sheet

P = ParamSpec("P")
T = TypeVar("T")
Put = Callable[[Sequence[str]], object]


def tell(
    out: TextIO,
    found: T,
    document: Callable[[T], dict[str, Any]],
    sentences: Callable[[T], Iterable[str]],
    *,
    as_json: bool,
) -> None:
    """Print what was found."""
    out.write(json.dumps(document(found), ensure_ascii=False, indent=2) if as_json else "\n".join(sentences(found)))
    out.write("\n")


def write_rows(
    db: Database,
    workspace_id: str,
    path: Path,
    columns: Sequence[str],
    each: Callable[Concatenate[GuardedSession, Put, P], object],
    /,
    *args: P.args,
    **kwargs: P.kwargs,
) -> None:
    """Write the rows that `each` hands on into a file, one after another; nothing in it runs in a spreadsheet."""
    with path.open("w", encoding="utf-8", newline="") as file:
        db.run_now(workspace_id, each, Sheet(columns, file).put, *args, **kwargs)
