"""Reads the files in which the library of nudges is written: TOML, one `[[nudge]]` an entry.

Decides what a file must say of each entry. A bad one is refused with its file and line, so that whoever wrote it finds
it; nothing of a library with a bad entry is used.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from domain.nudges import TRACK_DAYS, Audience, Button, Entry, Fact, slots_of, text_problem
from domain.pulse import Element
from domain.pulse_statements import Motive

TABLE = "nudge"
ID = re.compile(r"[a-z][a-z0-9-]{2,47}")
REQUIRED = ("id", "element", "audiences", "motive", "button", "text")
ALLOWED = frozenset({*REQUIRED, "needs", "day"})

_HEADER = re.compile(r"^\s*\[\[\s*nudge\s*\]\]")
_KEY = re.compile(r"^\s*([A-Za-z_-]+)\s*=")

E = TypeVar("E", bound=StrEnum)


class BadLibraryError(Exception):
    """An entry that cannot be used; the message begins with the file and the line."""


@dataclass(frozen=True, slots=True)
class _Place:
    """One entry as it stands in its file: the line of its head, and of each of its keys."""

    file: str
    head: int
    keys: Mapping[str, int]

    def error(self, why: str, key: str | None = None) -> BadLibraryError:
        return BadLibraryError(f"{self.file}:{self.keys.get(key or '', self.head)}: {why}")


def read(file: str, text: str) -> list[Entry]:
    """The entries of one file. Raises BadLibraryError."""
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line (\d+)", str(error))
        raise BadLibraryError(f"{file}:{line[1] if line else text.count(chr(10)) + 1}: {error}") from error
    rows = found.get(TABLE)
    if set(found) != {TABLE} or not isinstance(rows, list):
        raise BadLibraryError(f"{file}:1: a library file holds [[nudge]] entries and nothing else")
    return [_entry(place, row) for place, row in zip(_places(file, text), rows, strict=True)]


def together(files: Mapping[str, str]) -> list[Entry]:
    """The entries of all files, each id once. Raises BadLibraryError."""
    seen: dict[str, str] = {}
    entries: list[Entry] = []
    for file, text in files.items():
        for place, entry in zip(_places(file, text), read(file, text), strict=True):
            if entry.id in seen:
                raise place.error(f"the id {entry.id} stands in {seen[entry.id]} already", "id")
            seen[entry.id] = f"{place.file}:{place.head}"
            entries.append(entry)
    return entries


def _places(file: str, text: str) -> Iterator[_Place]:
    head, keys = 0, dict[str, int]()
    for number, line in enumerate(text.splitlines(), 1):
        if _HEADER.match(line):
            if head:
                yield _Place(file, head, keys)
            head, keys = number, {}
        elif found := _KEY.match(line):
            keys.setdefault(found[1], number)
    if head:
        yield _Place(file, head, keys)


def _entry(place: _Place, row: Mapping[str, Any]) -> Entry:
    missing = [key for key in REQUIRED if key not in row]
    if missing:
        raise place.error(f"{missing[0]} is missing")
    for key in row:
        if key not in ALLOWED:
            raise place.error(f"nothing is called {key} here", key)
    if not isinstance(row["id"], str) or not ID.fullmatch(row["id"]):
        raise place.error("an id is 3 to 48 small letters, digits and hyphens", "id")
    text = row["text"]
    if not isinstance(text, str):
        raise place.error("the text is a text", "text")
    problem = text_problem(text)
    if problem is not None:
        raise place.error(problem, "text")
    return Entry(
        id=row["id"],
        element=_one(place, row, "element", Element),
        audiences=_many(place, row, "audiences", Audience),
        motive=_one(place, row, "motive", Motive),
        text=text,
        button=_one(place, row, "button", Button),
        needs=_needs(place, row, text),
        day=_day(place, row),
    )


def _needs(place: _Place, row: Mapping[str, Any], text: str) -> tuple[Fact, ...]:
    needs = _many(place, row, "needs", Fact) if "needs" in row else ()
    named = [Fact(slot) for slot in slots_of(text)]
    unsaid = [fact for fact in named if fact not in needs]
    if unsaid:
        raise place.error(f"the text names {{{unsaid[0].value}}}, which is not among its needs", "text")
    return needs


def _day(place: _Place, row: Mapping[str, Any]) -> int | None:
    day = row.get("day")
    if day is not None and (not isinstance(day, int) or day not in TRACK_DAYS):
        raise place.error(f"the days of the track are {', '.join(map(str, TRACK_DAYS))}", "day")
    return day


def _one(place: _Place, row: Mapping[str, Any], key: str, kind: type[E]) -> E:
    return _word(place, row[key], key, kind)


def _many(place: _Place, row: Mapping[str, Any], key: str, kind: type[E]) -> tuple[E, ...]:
    words = row[key]
    if not isinstance(words, list) or not words:
        raise place.error(f"{key} is a list with at least one word", key)
    found = tuple(_word(place, word, key, kind) for word in words)
    if len(set(found)) < len(found):
        raise place.error(f"{key} names something twice", key)
    return found


def _word(place: _Place, word: object, key: str, kind: type[E]) -> E:
    allowed: Sequence[str] = [one.value for one in kind]
    if not isinstance(word, str) or word not in allowed:
        raise place.error(f"{word!r} is no {key.rstrip('s')}; known are {', '.join(allowed)}", key)
    return kind(word)
