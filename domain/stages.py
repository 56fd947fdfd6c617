"""What the CRM's words for a deal's stage and type mean here. Decides nothing about a deal itself.

A workspace's own reading of a stage goes first; what nobody can tell is open.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from domain.names import fold, words
from domain.opportunities import STAGE_LIMIT, DealKind, Status

STAGES_KEPT = 1024
"""Stages whose meaning is remembered: a CRM has some dozens, and each deal is in one of them."""


@lru_cache(maxsize=STAGES_KEPT)
def stage_key(stage: str) -> str:
    """Equal for spellings of one stage: "Closed - Won" and "closed won". Empty where no stage is named."""
    folded = fold(stage)
    return (" ".join(words(folded)) or folded)[:STAGE_LIMIT]


def _keys(listed: str) -> frozenset[str]:
    return frozenset(stage_key(word) for word in listed.split())


_STATUSES = frozenset(Status)
_WON = _keys("won closedwon gewonnen gagné gagnée ganada ganado ganha ganho vinta vinto vunnet vunnen 受注")
_LOST = _keys(
    """lost closedlost disqualified abandoned cancelled canceled rejected declined churned dead withdrawn duplicate
    omitted verloren perdu perdue perdida perdido perso persa tapt förlorad 失注"""
)
_LOST_PHRASES = ("no decision", "no budget", "no bid", "not won", "did not win", "not interested")
_UNSURE = _keys("verbal verbally likely probably nearly almost expected pending forecast maybe be risk if")
"""Beside "won" or "lost" they say that it has not come to that yet."""


@lru_cache(maxsize=STAGES_KEPT)
def usual_status(stage: str) -> Status:
    """What a stage means to anybody: won or lost where it says so, else open."""
    key = stage_key(stage)
    said = set(key.split())
    if said & _UNSURE:
        return Status.OPEN
    lost = bool(said & _LOST) or any(phrase in f" {key} " for phrase in map(" {} ".format, _LOST_PHRASES))
    won = bool(said & _WON)
    if lost and (not won or "not" in said):
        return Status.LOST
    return Status.WON if won and not lost else Status.OPEN


def status_of(stage: str, own: Mapping[str, str]) -> Status:
    """What a stage means in a workspace; `own` is its own reading by key, which goes first."""
    said = own.get(stage_key(stage))
    return Status(said) if said in _STATUSES else usual_status(stage)


def merged_readings(own: Mapping[str, str], chosen: Mapping[str, Status]) -> dict[str, str]:
    """The workspace's own readings after these were chosen, by key: only what differs from the usual is kept."""
    kept = {key: status for key, status in own.items() if key not in chosen}
    return kept | {key: status.value for key, status in chosen.items() if status is not usual_status(key)}


_KINDS: Mapping[DealKind, frozenset[str]] = {
    DealKind.RENEWAL: _keys("renewal renewals renew renewed verlängerung renouvellement renovación"),
    DealKind.EXPANSION: _keys(
        """expansion expand upsell upsells upselling crosssell addon existing existingbusiness upgrade downgrade growth
        amendment replacement"""
    ),
    DealKind.NEW: _keys("new newbusiness newlogo greenfield"),
}
_PAIRS = {"up sell": "upsell", "cross sell": "crosssell", "add on": "addon"}


def kind_of(said: str) -> DealKind | None:
    """What a CRM's type means, of several the first of renewal, expansion, new; None for words that nobody knows."""
    key = stage_key(said)
    for pair, word in _PAIRS.items():
        key = key.replace(pair, word)
    return next((kind for kind, known in _KINDS.items() if known & set(key.split())), None)


@dataclass(frozen=True, slots=True)
class StageReading:
    """A stage that deals are in: the CRM's word, its key, what it means at present, and how many deals are in it."""

    stage: str
    key: str
    status: Status
    deals: int


def readings(seen: Iterable[tuple[str, int]], own: Mapping[str, str]) -> list[StageReading]:
    """The stages among these (the CRM's word, deals), the fullest first; spellings of one stage are one."""
    names: dict[str, str] = {}
    counts: dict[str, int] = {}
    for stage, deals in sorted(seen, key=lambda one: (-one[1], one[0])):
        if key := stage_key(stage):
            names.setdefault(key, stage)
            counts[key] = counts.get(key, 0) + deals
    found = [StageReading(names[key], key, status_of(names[key], own), deals) for key, deals in counts.items()]
    return sorted(found, key=lambda one: (-one.deals, one.key))
