"""Which element of a message or view a person means by a name. Decides no more than that, and waits for nothing."""

from sandbox.elements import interactive_elements
from sandbox.shapes import JSON
from sandbox.sight import NotSeen

Field = str | tuple[str, str]


def find_element(surface: JSON, what: Field, value: str | None) -> tuple[str, JSON] | None:
    """The one element that is meant, with its block_id; None where there is none. Raises NotSeen for several."""
    there = list(interactive_elements(surface.get("blocks", [])))
    labels = {b["block_id"]: b["label"]["text"] for b in surface.get("blocks", []) if b["type"] == "input"}
    for handle in (_by_ids, _by_action, _by_block, _by_text):
        found = [(b, e) for b, e in there if handle(b, e, what, labels) and _has_value(e, value)]
        if len(found) == 1:
            return found[0]
        if found:
            raise NotSeen(f"{what!r} is there {len(found)} times, in the blocks {[b for b, _ in found]}")
    return None


def _has_value(element: JSON, value: str | None) -> bool:
    return value is None or element["type"] == "overflow" or element.get("value") == value


def _by_ids(block_id: str, element: JSON, what: Field, _labels: dict[str, str]) -> bool:
    return what == (block_id, element["action_id"])


def _by_action(_block_id: str, element: JSON, what: Field, _labels: dict[str, str]) -> bool:
    return bool(what == element["action_id"])


def _by_block(block_id: str, _element: JSON, what: Field, _labels: dict[str, str]) -> bool:
    return what == block_id


def _by_text(block_id: str, element: JSON, what: Field, labels: dict[str, str]) -> bool:
    return what in (element.get("text", {}).get("text"), labels.get(block_id))
