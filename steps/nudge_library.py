"""The library of nudges: the one that comes with Everboard, as the program leader has changed it. Decides no choice."""

from functools import cache
from importlib import resources

from domain import nudge_files
from domain.nudges import Entry

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
