"""`everboard report`: what Everboard knows, as sentences for a terminal or as one JSON document. Decides no figure."""

import json
from collections.abc import Iterator, Sequence
from typing import Any, TextIO

from domain.phrases import listed
from domain.pulse import BARRIERS, ELEMENTS, HIGHEST, SMALLEST_GROUP, Element, GroupResult, PulseResult, Unblocked
from steps import pulse
from storage.database import Database

NOTHING_YET = "There is no pulse yet. Bring in past assessments with: everboard import pulses FILE.csv"
TRADEMARK = "ADKAR is a registered trademark of Prosci, Inc.; Everboard is not affiliated with it."


def adkar(db: Database, workspace_id: str, *, as_json: bool, out: TextIO) -> None:
    """Print what each group answered in each pulse, the oldest first; of groups too small, only their name."""
    found = db.run_now(workspace_id, pulse.results)
    document = {"pulses": [_pulse(one) for one in found]}
    out.write(json.dumps(document, ensure_ascii=False, indent=2) if as_json else "\n".join(_sentences(found)))
    out.write("\n")


def _pulse(one: PulseResult) -> dict[str, Any]:
    return {"pulse": one.name, "date": one.held_on.isoformat(), "groups": [_group(group) for group in one.groups]}


def _group(one: GroupResult) -> dict[str, Any]:
    """Keys may be added, never renamed. A hidden group has null in all but its name and `suppressed`."""
    return {
        "group": one.group,
        "n": one.n,
        "suppressed": one.suppressed,
        "means": _plain(one.means),
        "unanimous": None if one.unanimous is None else {e.value: _end(s) for e, s in one.unanimous.items()},
        "barrier": None if one.barrier is Unblocked.NONE or one.barrier is None else one.barrier.value,
        "spread": _plain(one.spread),
    }


def _plain(values: Any) -> dict[str, Any] | None:
    return None if values is None else {key.value: value for key, value in values.items()}


def _end(score: int) -> str:
    return "very high" if score == HIGHEST else "very low"


def _sentences(found: Sequence[PulseResult]) -> Iterator[str]:
    if not found:
        yield NOTHING_YET
        return
    for one in found:
        yield f"{one.name}, {one.held_on.day} {one.held_on:%B %Y}"
        for group in one.groups:
            yield from _told(group)
    yield TRADEMARK


def _told(group: GroupResult) -> Iterator[str]:
    if group.means is None or group.spread is None or group.unanimous is None:
        yield f"  {group.group}: fewer than {SMALLEST_GROUP} answered, so nothing is shown."
        return
    yield f"  {group.group}: {group.n} answered. {_held_back(group)}"
    yield f"    {', '.join(_mean(element, group.means[element], group.unanimous.get(element)) for element in ELEMENTS)}"
    own = [f"{barrier.value} {group.spread[barrier]}" for barrier in BARRIERS if group.spread[barrier]]
    yield f"    What holds each person back: {listed(own)}"


def _held_back(group: GroupResult) -> str:
    if group.barrier is Unblocked.NONE:
        return "Nothing holds them back."
    if group.barrier is Unblocked.INCOMPLETE:
        return "What holds them back can't be told: an element has no answers."
    return f"Held back first by {group.barrier}."


def _mean(element: Element, mean: float | None, unanimous: int | None) -> str:
    if unanimous is not None:
        return f"{element} {_end(unanimous)}"
    return f"{element} not answered" if mean is None else f"{element} {mean:.1f}"
