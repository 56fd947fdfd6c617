"""`everboard report`: what Everboard knows, as sentences for a terminal or as one JSON document. Decides no figure."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TextIO

from domain.moment import Moment
from domain.portfolio import FACETS, Measured, Portfolio, Supply, in_words
from domain.pulse import BARRIERS, GroupResult, PulseResult, Told, Unblocked
from domain.targets import as_stored
from steps import portfolio, pulse
from storage.database import Database
from storage.guard import GuardedSession
from views.pulse_words import TRADEMARK, end_in_words, held_back, means_in_words, own_barriers

NOTHING_YET = "There is no pulse yet. Bring in past assessments with: everboard import pulses FILE.csv"


def adkar(db: Database, workspace_id: str, *, as_json: bool, out: TextIO) -> None:
    """Print what each group answered in each pulse, the oldest first; of groups too small, only their name."""
    found, names = db.run_now(workspace_id, _read)
    document = {"pulses": [_pulse(one, names) for one in found]}
    out.write(json.dumps(document, ensure_ascii=False, indent=2) if as_json else "\n".join(_sentences(found, names)))
    out.write("\n")


def _read(session: GuardedSession) -> tuple[Sequence[PulseResult], Mapping[str, str]]:
    found = pulse.results(session)
    return found, pulse.team_names(session, found)


def _pulse(one: PulseResult, names: Mapping[str, str]) -> dict[str, Any]:
    groups = [_group(group, names) for group in one.groups]
    return {"pulse": one.name, "date": one.held_on.isoformat(), "groups": groups}


def _group(one: GroupResult, names: Mapping[str, str]) -> dict[str, Any]:
    """Keys may be added, never renamed. A hidden group has null in all but its name and `suppressed`; `team` is the
    manager whose team it is within the group, null for the whole group."""
    name = {"group": one.group, "team": _team(one, names)}
    if one.told is None:
        return {**name, "suppressed": True, **dict.fromkeys(_SHOWN)}
    return {**name, "suppressed": False, **_plain(one.told)}


def _team(one: GroupResult, names: Mapping[str, str]) -> str | None:
    return None if one.team is None else names.get(one.team, "somebody")


_SHOWN = ("n", "means", "unanimous", "barrier", "spread", "merged")


def _plain(told: Told) -> dict[str, Any]:
    return {
        "n": told.n,
        "means": {element.value: mean for element, mean in told.means.items()},
        "unanimous": {element.value: end_in_words(score) for element, score in told.unanimous.items()},
        "barrier": None if told.barrier is Unblocked.NONE else told.barrier.value,
        # A barrier that is not told apart is null; so many people have one of those.
        "spread": {barrier.value: told.spread.get(barrier) for barrier in BARRIERS},
        "merged": told.merged,
    }


def _sentences(found: Sequence[PulseResult], names: Mapping[str, str]) -> Iterator[str]:
    if not found:
        yield NOTHING_YET
        return
    for one in found:
        yield f"{one.name}, {one.held_on.day} {one.held_on:%B %Y}"
        for group in one.groups:
            team = _team(group, names)
            yield from _in_words(group, group.group if team is None else f"{group.group}, team of {team}", one)
    yield TRADEMARK


def _in_words(group: GroupResult, name: str, one: PulseResult) -> Iterator[str]:
    if group.told is None:
        others = ", or others' answers could be worked out from theirs" if one.is_live else ""
        yield f"  {name}: fewer than {one.least} answered{others}, so nothing is shown."
        return
    yield f"  {name}: {group.told.n} answered. {held_back(group.told).capitalize()}."
    yield f"    {means_in_words(group.told)}"
    yield f"    What holds each person back: {own_barriers(group.told)}"


def supply_and_targets(db: Database, workspace_id: str, moment: Moment, *, as_json: bool, out: TextIO) -> None:
    """Print what there is of each kind of advocate, and what targets lack."""
    found = db.run_now(workspace_id, portfolio.read, moment)
    document = {
        "date": found.today.isoformat(),
        "supply": [_supply(one) for one in found.supply],
        "targets": [_target(one) for one in found.targets],
    }
    out.write(json.dumps(document, ensure_ascii=False, indent=2) if as_json else "\n".join(_portfolio_words(found)))
    out.write("\n")


def _supply(one: Supply) -> dict[str, Any]:
    """Keys may be added, never renamed."""
    counts = {"accounts": one.accounts, "active": one.active, "available": one.available}
    return {"facet": one.facet.value, "value": one.shown, **counts}


def _target(one: Measured) -> dict[str, Any]:
    """Keys may be added, never renamed."""
    target = one.target
    return {
        "name": target.name,
        "criteria": as_stored(target.criteria),
        "count": target.count,
        "active": one.active,
        "available": one.available,
        "gap": one.gap,
        "due": target.due_on.isoformat(),
    }


def _portfolio_words(found: Portfolio) -> Iterator[str]:
    yield f"{found.active:,} advocates are active, {found.available:,} of them available today."
    for one in found.targets:
        target, late = one.target, ", late" if one.is_late(found.today) else ""
        due = f"due {target.due_on.day} {target.due_on:%B %Y}{late}"
        yield f"{target.name}: {one.available:,} of {target.count:,} available, {one.gap:,} missing, {due}."
        yield f"  Seeks: {in_words(target.criteria)}"
    for facet in FACETS:
        rows = [one for one in found.supply if one.facet is facet]
        if rows:
            yield f"By {facet.value}:"
        for row in rows:
            yield f"  {row.shown}: {row.available:,} of {row.active:,} available; {row.accounts:,} customers"
