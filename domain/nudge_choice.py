"""Which nudge a group or a person gets, and why: the barrier decides, and nothing comes twice until all were used.

Pure: the same library, facts and history give the same choice. Decides no time (domain.nudge_times) and no budget
(domain.budget).
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256

from domain.names import fold
from domain.nudges import Audience, Entry, Facts, group_name
from domain.pulse import ELEMENTS, Element, PulseResult, Unblocked
from domain.pulse_statements import Motive

FIRST_NEEDED = (Element.AWARENESS, Element.DESIRE)
"""While one of these holds a group back, how it is done is of no interest to anybody."""

TOO_EARLY = frozenset({Element.KNOWLEDGE, Element.ABILITY})
"""What is not spoken of meanwhile."""


@dataclass(frozen=True, slots=True)
class Group:
    """Where a group stands: what it hears about, why, and how many of its people each motive would move.

    `pulse` is the one that said so, None before the first. `is_free` says that nothing holds the group back.
    """

    audience: Audience
    element: Element = Element.AWARENESS
    pulse: str | None = None
    is_free: bool = False
    motives: Mapping[Motive, int] = field(default_factory=dict)


def standing(audience: Audience, pulses: Sequence[PulseResult]) -> Group:
    """Where the last pulse that told something of this group left it; at Awareness before there is one.

    `pulses` are published ones, the newest last. A group of which nothing was told, or whose answers were too
    incomplete to say, stands where the pulse before left it. One that nothing holds back is reinforced.
    """
    name = fold(group_name(audience))
    for pulse in reversed(pulses):
        told = next((one.told for one in pulse.groups if fold(one.group) == name and one.team is None), None)
        if told is None or told.barrier is Unblocked.INCOMPLETE:
            continue
        named = next((counts for group, counts in pulse.motives.items() if fold(group) == name), {})
        motives = {Motive(motive): people for motive, people in named.items()}
        if isinstance(told.barrier, Element):
            return Group(audience, told.barrier, pulse.name, motives=motives)
        return Group(audience, Element.REINFORCEMENT, pulse.name, is_free=True, motives=motives)
    return Group(audience)


def order_of(element: Element) -> list[Element]:
    """What may be spoken of to a group held back by this element: that itself, and where nothing of it is left
    switched on, whatever else is allowed."""
    barred = TOO_EARLY if element in FIRST_NEEDED else frozenset()
    return [element, *(one for one in ELEMENTS if one is not element and one not in barred)]


@dataclass(frozen=True, slots=True)
class Why:
    """What led to a choice: where the group stands, and how far through its texts it has come."""

    audience: Audience
    barrier: Element
    pulse: str | None
    is_free: bool
    element: Element
    motive: Motive
    used: int
    size: int

    def stored(self) -> dict[str, object]:
        """As it is kept."""
        return {
            "audience": self.audience.value,
            "barrier": self.barrier.value,
            "pulse": self.pulse,
            "is_free": self.is_free,
            "element": self.element.value,
            "motive": self.motive.value,
            "used": self.used,
            "size": self.size,
        }


def why_of(kept: Mapping[str, object]) -> Why:
    """What `Why.stored` kept."""
    pulse = kept["pulse"]
    return Why(
        Audience(str(kept["audience"])),
        Element(str(kept["barrier"])),
        None if pulse is None else str(pulse),
        bool(kept["is_free"]),
        Element(str(kept["element"])),
        Motive(str(kept["motive"])),
        int(str(kept["used"])),
        int(str(kept["size"])),
    )


@dataclass(frozen=True, slots=True)
class Choice:
    """What is sent, and why."""

    entry: Entry
    why: Why


class Shelf:
    """The texts of a library that a group may get now, by element: sorted once, for however many people."""

    def __init__(self, library: Iterable[Entry], group: Group, day: int | None = None) -> None:
        """`day` is the one of the onboarding track; None for what comes every week."""
        self.group = group
        order = order_of(group.element)
        found: dict[Element, list[Entry]] = {element: [] for element in order}
        for entry in library:
            if entry.element in found and not entry.is_off and entry.day == day and group.audience in entry.audiences:
                found[entry.element].append(entry)
        self._pools = [pool for pool in found.values() if pool]

    def choose(self, facts: Facts, history: Sequence[str], seed: str, unwanted: Collection[str] = ()) -> Choice | None:
        """The next one for somebody with this history (ids of what they got, the oldest first); None where there is
        nothing to say. `unwanted` are ids that this reader does not want. Who shares no seed starts elsewhere.
        """
        for pool in self._pools:
            sayable = [entry for entry in pool if entry.can_say(facts) and entry.id not in unwanted]
            if sayable:
                return self._next(sayable, history, seed)
        return None

    def _next(self, sayable: Sequence[Entry], history: Sequence[str], seed: str) -> Choice:
        known = {entry.id: entry for entry in sayable}
        last = {entry_id: place for place, entry_id in enumerate(history)}
        used = used_in_round(history, known)
        newest = max(known.keys() & last.keys(), key=lambda one: last[one], default=None)
        # In a new round the one that came last does not come first again; and whatever never came goes before all.
        fresh = [one for one in sayable if one.id not in used | {newest}] or list(sayable)
        fresh = [one for one in fresh if one.id not in last] or fresh
        motive = self._motive(fresh, [known[one] for one in used], seed)
        entry = min(
            (one for one in fresh if one.motive is motive),
            key=lambda one: (last.get(one.id, -1), _drawn(seed, one.id)),
        )
        group = self.group
        why = Why(
            group.audience,
            group.element,
            group.pulse,
            group.is_free,
            entry.element,
            motive,
            len(used) + 1,
            len(sayable),
        )
        return Choice(entry, why)

    def _motive(self, fresh: Sequence[Entry], used: Sequence[Entry], seed: str) -> Motive:
        """The one that has had least of its share. Each has a share, for nobody is moved by one thing alone."""
        had = {motive: sum(one.motive is motive for one in used) for motive in Motive}

        def claim(motive: Motive) -> float:
            return (self.group.motives.get(motive, 0) + 1) / (had[motive] + 1)

        there = {entry.motive for entry in fresh}
        return max(there, key=lambda motive: (claim(motive), _drawn(seed, motive.value)))


def used_in_round(history: Iterable[str], pool: Collection[str]) -> set[str]:
    """Which of these were used since all of them had been: nobody gets one twice before they have had each."""
    used: set[str] = set()
    for entry_id in history:
        if entry_id in pool:
            used = used | {entry_id} if entry_id not in used else {entry_id}
    return used if not used >= set(pool) else set()


def _drawn(seed: str, word: str) -> bytes:
    """A place in an order that looks like chance and is always the same."""
    return sha256(f"{seed}\0{word}".encode()).digest()


HELD_OUT_OF = SILENT_OF = 10
"""One person in so many gets no direct messages, and one week in so many has no post: what comes without them shows
what comes of them."""


def is_held_out(seed: str, person_id: str) -> bool:
    """Whether this person is one of those who show what happens without direct messages: always the same."""
    return int.from_bytes(_drawn(seed, f"held out {person_id}")[:8], "big") % HELD_OUT_OF == 0


def is_silent(seed: str, plan_id: str, day: date) -> bool:
    """Whether a channel has no post in the week of this day: exactly one of each ten weeks, drawn for each ten."""
    block, place = divmod(day.toordinal() // 7, SILENT_OF)
    return int.from_bytes(_drawn(seed, f"silent {plan_id} {block}")[:8], "big") % SILENT_OF == place
