"""The small words that the tables of rules are written in: text, list, one of, object. Knows no block."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from sandbox.shapes import JSON


@dataclass(frozen=True)
class Refusal:
    """One thing that Slack does not take: where (a JSON pointer), why, and which limit it broke."""

    pointer: str
    reason: str
    constraint: JSON = field(default_factory=dict)

    def __str__(self) -> str:
        return f"[ERROR] {self.reason} [json-pointer:{self.pointer}]"

    def detail(self, root: str) -> JSON:
        """The refusal as `blocks.validate` answers it; the pointer counts from `root`."""
        told = {"code": "failed_constraint", "message": self.reason, "pointer": self.pointer.removeprefix(root)}
        return {**told, "constraint": self.constraint} if self.constraint else told


def _type(expected: str) -> JSON:
    return {"type": "type", "expected": expected}


def _limit(kind: str, expected: int, got: int) -> JSON:
    return {"type": kind, "expected": expected, "got": got}


def _enum(expected: Iterable[str], got: object) -> JSON:
    return {"type": "enum", "expected": list(expected), "got": got}


Rule = Callable[[Any, str], Iterator[Refusal]]


@dataclass(frozen=True)
class Shape:
    """An object: which keys it must and may have, and what holds between them."""

    required: Mapping[str, Rule] = field(default_factory=dict)
    optional: Mapping[str, Rule] = field(default_factory=dict)
    together: tuple[Callable[[JSON, str], Iterator[Refusal]], ...] = ()

    def __call__(self, value: Any, at: str) -> Iterator[Refusal]:
        """Every refusal in the object; keys that Slack does not know are refused as well."""
        if not isinstance(value, dict):
            yield Refusal(at, "must provide an object", _type("object"))
            return
        for key in self.required:
            if value.get(key) is None:
                yield Refusal(at, f"missing required field: {key}", {"type": "required", "expected": key})
        for key, item in value.items():
            rule = self._known.get(key)
            if rule is None:
                yield Refusal(at, f"invalid additional property: {key}", {"type": "additional_property", "got": key})
            elif item is not None:
                yield from rule(item, f"{at}/{key}")
        for holds in self.together:
            yield from holds(value, at)

    @cached_property
    def _known(self) -> Mapping[str, Rule]:
        return {"type": anything, **self.required, **self.optional}


def anything(_value: Any, _at: str) -> Iterator[Refusal]:
    """Any value: what Slack does not check, or what another rule does."""
    yield from ()


def string(most: int | None = None, least: int = 1) -> Rule:
    """A string of so many characters."""

    def check(value: Any, at: str) -> Iterator[Refusal]:
        if not isinstance(value, str):
            yield Refusal(at, "must provide a string", _type("string"))
        elif len(value) < least:
            yield Refusal(at, f"must be more than {least - 1} characters", _limit("min_length", least, len(value)))
        elif most is not None and len(value) > most:
            yield Refusal(at, f"must be less than {most + 1} characters", _limit("max_length", most, len(value)))

    return check


def boolean(value: Any, at: str) -> Iterator[Refusal]:
    """True or false."""
    if not isinstance(value, bool):
        yield Refusal(at, "must provide a boolean", _type("boolean"))


def integer(least: int | None = None, most: int | None = None) -> Rule:
    """A whole number in a range."""

    def check(value: Any, at: str) -> Iterator[Refusal]:
        if not isinstance(value, int) or isinstance(value, bool):
            yield Refusal(at, "must provide a number", _type("number"))
        elif least is not None and value < least:
            yield Refusal(at, f"must be at least {least}", _limit("minimum", least, value))
        elif most is not None and value > most:
            yield Refusal(at, f"must be at most {most}", _limit("maximum", most, value))

    return check


def number(value: Any, at: str) -> Iterator[Refusal]:
    """Any number."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        yield Refusal(at, "must provide a number", _type("number"))


def one_of(*allowed: str) -> Rule:
    """One of a few words."""

    def check(value: Any, at: str) -> Iterator[Refusal]:
        if value not in allowed:
            yield Refusal(at, f"must be one of: {', '.join(allowed)}", _enum(allowed, value))

    return check


def matching(fits: Callable[[str], bool], wish: str) -> Rule:
    """A string that is a date, a time, an address."""

    def check(value: Any, at: str) -> Iterator[Refusal]:
        if not isinstance(value, str) or not fits(value):
            yield Refusal(at, wish)

    return check


def items(rule: Rule, least: int, most: int) -> Rule:
    """A list of so many items that each keep the rule."""

    def check(value: Any, at: str) -> Iterator[Refusal]:
        if not isinstance(value, list):
            yield Refusal(at, "must provide an array", _type("array"))
            return
        if len(value) < least:
            yield Refusal(at, f"no fewer than {least} items allowed", _limit("min_items", least, len(value)))
        if len(value) > most:
            yield Refusal(at, f"no more than {most} items allowed", _limit("max_items", most, len(value)))
        for position, item in enumerate(value):
            yield from rule(item, f"{at}/{position}")

    return check


def by_type(table: Mapping[str, Rule], allowed: frozenset[str] | None = None) -> Rule:
    """An object whose `type` says which row of the table holds; `allowed` narrows what fits at this place."""

    def check(value: Any, at: str) -> Iterator[Refusal]:
        if not isinstance(value, dict):
            yield Refusal(at, "must provide an object", _type("object"))
            return
        kind = value.get("type")
        if kind is None:
            yield Refusal(at, "missing required field: type", {"type": "required", "expected": "type"})
        elif not isinstance(kind, str) or kind not in table or (allowed is not None and kind not in allowed):
            yield Refusal(f"{at}/type", f"unsupported type: {kind}", _enum(sorted(allowed or table), kind))
        else:
            yield from table[kind](value, at)

    return check


def exactly_one(*keys: str) -> Callable[[JSON, str], Iterator[Refusal]]:
    """Between keys: one of them, not two."""

    def check(value: JSON, at: str) -> Iterator[Refusal]:
        given = [key for key in keys if value.get(key) is not None]
        if not given:
            yield Refusal(at, f"missing required field: {' or '.join(keys)}")
        elif len(given) > 1:
            yield Refusal(at, f"cannot have both {' and '.join(given)}")

    return check


def at_least_one(*keys: str) -> Callable[[JSON, str], Iterator[Refusal]]:
    """Between keys: any of them."""

    def check(value: JSON, at: str) -> Iterator[Refusal]:
        if all(value.get(key) in (None, "", []) for key in keys):
            yield Refusal(at, f"missing required field: {' or '.join(keys)}")

    return check
