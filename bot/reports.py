"""`everboard report`: what Everboard knows, as sentences for a terminal or as one JSON document. Decides no figure."""

import json
from collections.abc import Iterator, Sequence
from typing import Any, TextIO

from domain.pulse import SMALLEST_GROUP, GroupResult, PulseResult, Told, Unblocked
from steps import pulse
from storage.database import Database
from views.pulse_words import TRADEMARK, end_in_words, held_back, means_in_words, own_barriers

NOTHING_YET = "There is no pulse yet. Bring in past assessments with: everboard import pulses FILE.csv"


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
    if one.told is None:
        return {"group": one.group, "suppressed": True, **dict.fromkeys(_SHOWN)}
    return {"group": one.group, "suppressed": False, **_plain(one.told)}


_SHOWN = ("n", "means", "unanimous", "barrier", "spread")


def _plain(told: Told) -> dict[str, Any]:
    return {
        "n": told.n,
        "means": {element.value: mean for element, mean in told.means.items()},
        "unanimous": {element.value: end_in_words(score) for element, score in told.unanimous.items()},
        "barrier": None if told.barrier is Unblocked.NONE else told.barrier.value,
        "spread": {barrier.value: people for barrier, people in told.spread.items()},
    }


def _sentences(found: Sequence[PulseResult]) -> Iterator[str]:
    if not found:
        yield NOTHING_YET
        return
    for one in found:
        yield f"{one.name}, {one.held_on.day} {one.held_on:%B %Y}"
        for group in one.groups:
            yield from _in_words(group)
    yield TRADEMARK


def _in_words(group: GroupResult) -> Iterator[str]:
    if group.told is None:
        yield f"  {group.group}: fewer than {SMALLEST_GROUP} answered, so nothing is shown."
        return
    yield f"  {group.group}: {group.told.n} answered. {held_back(group.told).capitalize()}."
    yield f"    {means_in_words(group.told)}"
    yield f"    What holds each person back: {own_barriers(group.told)}"
