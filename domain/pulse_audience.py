"""Who is asked in a pulse, and in which group each of them counts. Decides no time."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Self

from domain.errors import RuleError
from domain.people import Function
from domain.pulse_statements import group_of

NOBODY = "That is nobody. Please choose a function, a channel, the managers or people, and see who is named below."

Stored = dict[str, object]


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom the leader chose: functions, the members of channels (Slack ids), everybody who leads people, and people
    picked by hand (Slack ids). Whoever is named twice is asked once.

    `members` are the Slack ids of the people in each of the channels, as last heard; `managers` also lets whoever leads
    people be asked as a manager, and counted as one.
    """

    functions: tuple[Function, ...] = ()
    channels: tuple[str, ...] = ()
    managers: bool = False
    people: tuple[str, ...] = ()
    members: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was chosen at all."""
        return not (self.functions or self.channels or self.managers or self.people)

    def stored(self) -> Stored:
        """As it is kept."""
        return {
            "functions": [function.value for function in self.functions],
            "channels": list(self.channels),
            "managers": self.managers,
            "people": list(self.people),
            "members": {channel: list(members) for channel, members in self.members.items()},
        }

    @classmethod
    def of(cls, stored: Stored) -> Self:
        """What `stored` kept."""
        return cls(
            tuple(Function(value) for value in _texts(stored, "functions")),
            tuple(_texts(stored, "channels")),
            bool(stored.get("managers")),
            tuple(_texts(stored, "people")),
            _members(stored.get("members")),
        )

    def moved(self, channel: str, slack_id: str, *, joined: bool) -> Self:
        """The same after somebody joined one of its channels, or left it."""
        others = [one for one in self.members.get(channel, ()) if one != slack_id]
        now = (*others, slack_id) if joined else tuple(others)
        return replace(self, members={**self.members, channel: tuple(sorted(now))})


def _texts(stored: Stored, key: str) -> list[str]:
    value = stored.get(key)
    return [str(one) for one in value] if isinstance(value, list) else []


def _members(stored: object) -> dict[str, tuple[str, ...]]:
    found = stored if isinstance(stored, dict) else {}
    return {channel: tuple(str(one) for one in members) for channel, members in found.items()}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A full member of the workspace, as far as a pulse asks; `manager_id` is a person's id."""

    person_id: str
    slack_user_id: str
    name: str
    function: Function | None
    manager_id: str | None
    time_zone: str
    away_until: date | None

    @classmethod
    def of(
        cls,
        person_id: str,
        slack_user_id: str,
        name: str,
        function: str | None,
        manager_id: str | None,
        time_zone: str,
        away_until: date | None,
    ) -> Self:
        """As a row of the people's table says it."""
        known = Function(function) if function else None
        return cls(person_id, slack_user_id, name, known, manager_id, time_zone, away_until)


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody who is asked, the group in which the answers count, and whose team that is within it."""

    who: Candidate
    group: str
    team: str | None


@dataclass(frozen=True, slots=True)
class Resolved:
    """Who is asked, and who is not although they were chosen: because nobody knows what they work in, because they are
    away until it is over, or (Slack ids) because they are no full member here."""

    asked: tuple[Asked, ...] = ()
    unknown: tuple[Candidate, ...] = ()
    away: tuple[Candidate, ...] = ()
    outside: tuple[str, ...] = field(default=())

    def groups(self) -> dict[str, int]:
        """How many are asked in each group."""
        counts: dict[str, int] = {}
        for one in self.asked:
            counts[one.group] = counts.get(one.group, 0) + 1
        return counts


def resolve(audience: Audience, everybody: Sequence[Candidate], until: date) -> Resolved:
    """Who of everybody is asked in a pulse that ends on this day, in the order in which they came."""
    leading = {one.manager_id for one in everybody if one.manager_id is not None}
    named = {*audience.people, *(one for members in audience.members.values() for one in members)}
    functions = set(audience.functions)
    asked, unknown, away = [], [], []
    present = {one.person_id for one in everybody}
    for one in everybody:
        as_manager = audience.managers and one.person_id in leading
        if not (as_manager or one.function in functions or one.slack_user_id in named):
            continue
        if one.away_until is not None and one.away_until >= until:
            away.append(one)
        elif as_manager:
            asked.append(Asked(one, group_of(one.function or Function.OTHER, as_manager=True), None))
        elif one.function is None:
            unknown.append(one)
        else:
            team = one.manager_id if one.manager_id in present else None
            asked.append(Asked(one, group_of(one.function, as_manager=False), team))
    known = {one.slack_user_id for one in everybody}
    return Resolved(tuple(asked), tuple(unknown), tuple(away), tuple(sorted(set(audience.people) - known)))


def check(audience: Audience, resolved: Resolved) -> None:
    """Raises RuleError when nobody would be asked, at the form's field `functions`."""
    if audience.is_empty or not resolved.asked:
        raise RuleError(_why_nobody(resolved), {"functions": _why_nobody(resolved)})


def _why_nobody(resolved: Resolved) -> str:
    reasons = [
        *_names(resolved.unknown, "nobody knows what they work in"),
        *_names(resolved.away, "they are away until it is over"),
    ]
    return f"{NOBODY} Left out: {'; '.join(reasons)}." if reasons else NOBODY


def _names(people: Collection[Candidate], why: str) -> Iterable[str]:
    if people:
        shown = ", ".join(one.name for one in list(people)[:3])
        more = f" and {len(people) - 3} more" if len(people) > 3 else ""
        yield f"{shown}{more} ({why})"
