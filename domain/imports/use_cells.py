"""What one cell means in files of what advocates approved, did and got. Raises RuleError as `cells`."""

from collections.abc import Mapping

from domain.assets import Kind, Scope
from domain.errors import RuleError
from domain.imports.cells import Reading, activities, key
from domain.vocabulary import Activity

LOWEST, HIGHEST = 1, 5
"""The ends of a rating."""

_KINDS: Mapping[str, Kind] = {
    key(word): kind
    for kind, words in {
        Kind.CASE_STUDY: "case study,customer story,success story,story",
        Kind.QUOTE: "quote,testimonial",
        Kind.VIDEO: "video,video testimonial",
        Kind.REVIEW: "review,public review,online review",
    }.items()
    for word in words.split(",")
}
_SCOPES: Mapping[str, Scope] = {
    key(word): scope
    for scope, words in {
        Scope.PUBLIC: f"in public,public,yes,everywhere,{Scope.PUBLIC.value}",
        Scope.PRIVATE: "in private,private,no,internal",
    }.items()
    for word in words.split(",")
}
_OUTCOMES = {"done": True, "completed": True, "happened": True, "yes": True} | {
    "released": False,
    "cancelled": False,
    "canceled": False,
    "no": False,
}
STILL_TO_COME = "is still to come; ask for it with a request, so that the customer is reserved"


def kind(cell: str, _reading: Reading) -> Kind:
    """What was approved."""
    found = _KINDS.get(key(cell))
    if found is None:
        raise RuleError(f"isn't one of: {', '.join(Kind)}")
    return found


def scope(cell: str, _reading: Reading) -> Scope:
    """Where it may be used."""
    found = _SCOPES.get(key(cell))
    if found is None:
        raise RuleError("isn't one of: in public, in private")
    return found


def activity(cell: str, reading: Reading) -> Activity:
    """The one thing that an advocate did."""
    found = activities(cell, reading)
    if len(found) != 1:
        raise RuleError("names several activities; write a line for each")
    return Activity(found[0])


def came_about(cell: str, _reading: Reading) -> bool:
    """Whether it happened."""
    if key(cell) in {"reserved", "planned", "scheduled"}:
        raise RuleError(STILL_TO_COME)
    found = _OUTCOMES.get(key(cell))
    if found is None:
        raise RuleError("isn't one of: done, released")
    return found


def rating(cell: str, _reading: Reading) -> int:
    """How it went, 1 to 5."""
    if not (cell.strip().isascii() and cell.strip().isdigit() and LOWEST <= int(cell) <= HIGHEST):
        raise RuleError(f"isn't a number from {LOWEST} to {HIGHEST}")
    return int(cell)
