"""The library of nudges: the one that comes with Everboard, as the program leader has changed it. Decides no choice."""

from dataclasses import replace
from functools import cache
from importlib import resources

from domain import nudge_files
from domain.nudges import Audience, Button, Entry, needs_of, text_problem
from domain.pulse import Element
from domain.pulse_statements import Motive
from storage import nudges
from storage.guard import GuardedSession
from storage.nudges import NudgeEdit

FOLDER = "nudge_texts"
"""Beside this file: one TOML file an element, and one for the onboarding track."""


@cache
def shipped() -> tuple[Entry, ...]:
    """What comes with Everboard. Raises BadLibraryError, naming the file and the line."""
    folder = resources.files(__package__ or "steps") / FOLDER
    files = {
        one.name: one.read_text(encoding="utf-8")
        for one in sorted(folder.iterdir(), key=lambda one: one.name)
        if one.name.endswith(".toml")
    }
    return tuple(nudge_files.together(files))


def library(session: GuardedSession) -> list[Entry]:
    """What comes with Everboard and what the program leader has made of it. One statement.

    A changed text that names a fact of an earlier version is left out rather than sent with an empty place.
    """
    changed = {row.entry_id: row for row in nudges.edits(session)}
    found = [_changed(entry, changed[entry.id]) if entry.id in changed else entry for entry in shipped()]
    return [*found, *(own for row in changed.values() if row.is_own and (own := _own(row)) is not None)]


def _changed(entry: Entry, row: NudgeEdit) -> Entry:
    if row.text is None:
        return replace(entry, is_off=row.is_off)
    if text_problem(row.text) is not None:
        return replace(entry, is_off=True)
    return replace(entry, is_off=row.is_off, text=row.text, needs=needs_of(row.text), is_changed=True)


def _own(row: NudgeEdit) -> Entry | None:
    if row.text is None or text_problem(row.text) is not None:
        return None
    return Entry(
        row.entry_id,
        Element(row.element or ""),
        tuple(Audience(one) for one in row.audiences),
        Motive(row.motive or ""),
        row.text,
        Button(row.button or ""),
        needs_of(row.text),
        is_own=True,
        is_off=row.is_off,
    )
