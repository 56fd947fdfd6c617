"""What rules are composed of: objects, lists, one of several types. Knows no block; `words.py` has the plain values.

Each rule says two things: what is wrong with a value, and how Slack keeps one with which nothing is wrong. The second
is for every message that an app sends, in one walk; the first, slower, only for those that Slack does not take.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NoReturn, Protocol

from sandbox.shapes import JSON


@dataclass(frozen=True)
class Refusal:
    """One thing that Slack does not take: where (a JSON pointer), why, and which limit it broke."""

    pointer: str
    reason: str
    constraint: JSON = field(default_factory=dict)
    # Of a few things Slack does not say where they are.
    told_where: bool = True

    def __str__(self) -> str:
        return f"{self.reason} [json-pointer:{self.pointer}]" if self.told_where else self.reason

    def detail(self, root: str) -> JSON:
        """The refusal as `blocks.validate` answers it; the pointer counts from `root`."""
        told = {"code": "failed_constraint", "message": self.reason, "pointer": self.pointer.removeprefix(root)}
        return {**told, "constraint": self.constraint} if self.constraint else told


def wrong_type(expected: str) -> JSON:
    return {"type": "type", "expected": expected}


def beyond(kind: str, expected: int, got: int) -> JSON:
    return {"type": kind, "expected": expected, "got": got}


def not_among(expected: Iterable[str], got: object) -> JSON:
    return {"type": "enum", "expected": list(expected), "got": got}


Refusals = Callable[[Any, str], Iterator[Refusal]]
Keep = Callable[[Any], Any]
Together = Callable[[JSON, str], Iterator[Refusal]]


class Misfit(Exception):
    """Slack does not take the value; the refusals say why."""


class Rule(Protocol):
    """What one place may hold."""

    def refusals(self, value: Any, at: str) -> Iterator[Refusal]:
        """Everything that is wrong with the value, which stands `at` a JSON pointer."""

    @property
    def keep(self) -> Keep:
        """What makes a copy of a value, with Slack's defaults. Raises Misfit exactly where there are refusals."""


def _misfit(_value: Any) -> NoReturn:
    raise Misfit


def _same(value: Any) -> Any:
    return value


class _Known(dict[str, Keep]):
    """How each known key or type is kept; no other key fits."""

    def __missing__(self, _key: str) -> Keep:
        return _misfit


@dataclass(frozen=True)
class Word:
    """A rule about a plain value."""

    refusals: Refusals
    keep: Keep


def as_it_is(refusals: Refusals) -> Word:
    """A rule that is kept as it is where it has no refusals."""

    def keep(value: Any) -> Any:
        for _ in refusals(value, ""):
            raise Misfit
        return value

    return Word(refusals, keep)


@dataclass(frozen=True)
class Shape:
    """An object: which keys it must and may have, what holds between them, and what Slack writes where one is left out.

    A key that is null counts as left out.
    """

    required: Mapping[str, Rule] = field(default_factory=dict)
    optional: Mapping[str, Rule] = field(default_factory=dict)
    together: tuple[Together, ...] = ()
    defaults: Mapping[str, Any] = field(default_factory=dict)

    def refusals(self, value: Any, at: str) -> Iterator[Refusal]:
        """Every refusal in the object; keys that Slack does not know are refused as well."""
        if not isinstance(value, dict):
            yield Refusal(at, "must provide an object", wrong_type("object"))
            return
        for key in self.required:
            if value.get(key) is None:
                yield Refusal(at, f"missing required field: {key}", {"type": "required", "expected": key})
        for key, item in value.items():
            rule = self._rules.get(key)
            if rule is None:
                yield Refusal(at, f"invalid additional property: {key}", {"type": "additional_property", "got": key})
            elif item is not None:
                yield from rule.refusals(item, f"{at}/{key}")
        for holds in self.together:
            yield from holds(value, at)

    @cached_property
    def _rules(self) -> Mapping[str, Rule]:
        return {"type": anything, **self.required, **self.optional}

    @cached_property
    def keep(self) -> Keep:
        """The same rules, put together once: every message passes here."""
        known = _Known({key: rule.keep for key, rule in self._rules.items()})
        required, whole = frozenset(self.required), tuple(self._whole())

        def keep(value: Any) -> Any:
            if not isinstance(value, dict):
                raise Misfit
            kept = {}
            for key, item in value.items():
                if item is not None:
                    kept[key] = known[key](item)
                elif key not in known:
                    raise Misfit
            if not required <= kept.keys():
                raise Misfit
            for see_to in whole:
                see_to(value, kept)
            return kept

        return keep

    def _whole(self) -> Iterator[Callable[[JSON, JSON], None]]:
        """What is to be seen to once every key is kept, of the value as it came and as it is kept."""
        for holds in self.together:
            yield _at_peace(holds)
        if self.defaults:
            yield _left_out(tuple(self.defaults.items()))


def _at_peace(holds: Together) -> Callable[[JSON, JSON], None]:
    def see_to(value: JSON, _kept: JSON) -> None:
        for _ in holds(value, ""):
            raise Misfit

    return see_to


def _left_out(defaults: tuple[tuple[str, Any], ...]) -> Callable[[JSON, JSON], None]:
    def see_to(_value: JSON, kept: JSON) -> None:
        for key, default in defaults:
            if key not in kept:
                kept[key] = default

    return see_to


def _nothing(_value: Any, _at: str) -> Iterator[Refusal]:
    yield from ()


# Any value: what Slack does not check, or what another rule does.
anything = Word(_nothing, _same)


@dataclass(frozen=True)
class _Items:
    rule: Rule
    least: int
    most: int

    def refusals(self, value: Any, at: str) -> Iterator[Refusal]:
        if not isinstance(value, list):
            yield Refusal(at, "must provide an array", wrong_type("array"))
            return
        if len(value) < self.least:
            yield Refusal(at, f"no fewer than {self.least} items allowed", beyond("min_items", self.least, len(value)))
        if len(value) > self.most:
            yield Refusal(at, f"no more than {self.most} items allowed", beyond("max_items", self.most, len(value)))
        for position, item in enumerate(value):
            yield from self.rule.refusals(item, f"{at}/{position}")

    @cached_property
    def keep(self) -> Keep:
        one, least, most = self.rule.keep, self.least, self.most

        def keep(value: Any) -> Any:
            if isinstance(value, list) and least <= len(value) <= most:
                return [one(item) for item in value]
            raise Misfit

        return keep


def items(rule: Rule, least: int, most: int) -> Rule:
    """A list of so many items that each keep the rule."""
    return _Items(rule, least, most)


@dataclass(frozen=True)
class _ByType:
    table: Mapping[str, Rule]
    allowed: frozenset[str] | None

    def refusals(self, value: Any, at: str) -> Iterator[Refusal]:
        if not isinstance(value, dict):
            yield Refusal(at, "must provide an object", wrong_type("object"))
            return
        kind = value.get("type")
        if kind is None:
            yield Refusal(at, "missing required field: type", {"type": "required", "expected": "type"})
        elif not isinstance(kind, str) or kind not in self._allowed:
            yield Refusal(
                f"{at}/type", f"unsupported type: {kind}", not_among(sorted(self.allowed or self.table), kind)
            )
        else:
            yield from self.table[kind].refusals(value, at)

    @cached_property
    def _allowed(self) -> frozenset[str]:
        return frozenset(self.table) if self.allowed is None else self.allowed.intersection(self.table)

    @cached_property
    def keep(self) -> Keep:
        known = _Known({kind: self.table[kind].keep for kind in self._allowed})

        def keep(value: Any) -> Any:
            if isinstance(value, dict):
                kind = value.get("type")
                if isinstance(kind, str):
                    return known[kind](value)
            raise Misfit

        return keep


def by_type(table: Mapping[str, Rule], allowed: frozenset[str] | None = None) -> Rule:
    """An object whose `type` says which row of the table holds; `allowed` narrows what fits at this place."""
    return _ByType(table, allowed)
