"""How a value differs in shape from what Slack was seen to send. Decides no exception; those stand in the tests.

The reference shows every key that was ever seen, so a real value has fewer of them. Empty strings and zeros
stand for values, empty lists and objects for anything of their kind.
"""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parents[2] / "../shared/reference"

# What apps make, and checks of its own look into.
FREE = frozenset({"blocks", "attachments", "event_payload", "state"})

_TS = "0000000000.000000"
_ID = re.compile(r"[A-Z]0{7}\d")
_TS_FORM = re.compile(r"\d{10}\.\d{6}")


def load(kind: str, name: str) -> Any:
    """One file: `payloads` or `web-api`, and its name without the ending."""
    return json.loads((FOLDER / kind / f"{name}.json").read_text(encoding="utf-8"))


def names(kind: str) -> list[str]:
    """The files of a kind, none where the reference is not at hand."""
    return sorted(file.stem for file in (FOLDER / kind).glob("*.json"))


def answer(method: str) -> Any:
    """What a method answers: a file holds it alone, or a good and a bad example."""
    found = load("web-api", method)
    return merged(found["ok"], found["error"]) if isinstance(found["ok"], dict) else found


def merged(one: Any, *others: Any) -> Any:
    """A shape with the keys of all."""
    for other in others:
        if isinstance(one, Mapping) and isinstance(other, Mapping):
            one = {
                k: merged(one[k], other[k]) if k in one and k in other else one.get(k, other.get(k))
                for k in {**one, **other}
            }
        elif isinstance(one, list) and isinstance(other, list):
            one = [*one, *other]
        elif one is None:
            one = other
    return one


def everywhere(key: str) -> Any:
    """The object that stands under a key in any file, with all keys that it has in any of them."""
    shapes = [
        found
        for kind in ("payloads", "web-api")
        for name in names(kind)
        for found in _under(load(kind, name), key)
        if isinstance(found, dict)
    ]
    return merged(*shapes)


def _under(value: Any, key: str) -> Iterator[Any]:
    if isinstance(value, dict):
        for name, inner in value.items():
            if name == key:
                yield inner
            yield from _under(inner, key)
    elif isinstance(value, list):
        for item in value:
            yield from _under(item, key)


def differences(sent: Any, known: Any, shared: Mapping[str, Any], at: str = "") -> Iterator[tuple[str, str]]:
    """Each place where a value is not as known, and how. `shared` are the shapes under some keys in any place."""
    if isinstance(sent, dict) and isinstance(known, dict):
        by_id = bool(known) and all(_ID.fullmatch(key) for key in known)
        known = dict.fromkeys(sent, merged(*known.values())) if by_id else known
        for key, value in sent.items():
            place = f"{at}.{key}".lstrip(".")
            if key not in known and known:
                yield place, "Slack sends no such key"
            elif key not in FREE and known:
                yield from differences(value, shared.get(key, known[key]), shared, place)
    elif isinstance(sent, list) and isinstance(known, list):
        for value in sent if known else []:
            yield from differences(value, merged(*known), shared, f"{at}[]")
    elif not _alike(sent, known):
        yield at, f"{sent!r} stands where Slack sends the like of {known!r}"


def _alike(sent: Any, known: Any) -> bool:
    if known is None:
        return True
    if known == _TS:
        return isinstance(sent, str) and bool(_TS_FORM.fullmatch(sent))
    if isinstance(known, bool) or isinstance(sent, bool):
        return isinstance(sent, bool) and isinstance(known, bool)
    if isinstance(known, int | float):
        return isinstance(sent, int | float)
    return type(sent) is type(known)
