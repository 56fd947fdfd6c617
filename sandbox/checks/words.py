"""The rules of plain values (text, numbers, one of a few words) and of keys that need one another. Knows no block."""

import math
from collections.abc import Callable, Iterator
from typing import Any

from sandbox.checks.rules import Misfit, Refusal, Rule, Together, Word, as_it_is, beyond, not_among, wrong_type
from sandbox.shapes import JSON


def string(most: int | None = None, least: int = 1) -> Rule:
    """A string of so many characters."""

    def refusals(value: Any, at: str) -> Iterator[Refusal]:
        if not isinstance(value, str):
            yield Refusal(at, "must provide a string", wrong_type("string"))
        elif len(value) < least:
            yield Refusal(at, f"must be more than {least - 1} characters", beyond("min_length", least, len(value)))
        elif most is not None and len(value) > most:
            yield Refusal(at, f"must be less than {most + 1} characters", beyond("max_length", most, len(value)))

    longest = math.inf if most is None else most

    def keep(value: Any) -> Any:
        if isinstance(value, str) and least <= len(value) <= longest:
            return value
        raise Misfit

    return Word(refusals, keep)


def _boolean(value: Any, at: str) -> Iterator[Refusal]:
    if not isinstance(value, bool):
        yield Refusal(at, "must provide a boolean", wrong_type("boolean"))


def _keep_boolean(value: Any) -> Any:
    if value is True or value is False:
        return value
    raise Misfit


boolean = Word(_boolean, _keep_boolean)


def integer(least: int | None = None, most: int | None = None) -> Rule:
    """A whole number in a range."""

    def refusals(value: Any, at: str) -> Iterator[Refusal]:
        if not isinstance(value, int) or isinstance(value, bool):
            yield Refusal(at, "must provide a number", wrong_type("number"))
        elif least is not None and value < least:
            yield Refusal(at, f"must be at least {least}", beyond("minimum", least, value))
        elif most is not None and value > most:
            yield Refusal(at, f"must be at most {most}", beyond("maximum", most, value))

    return as_it_is(refusals)


def _number(value: Any, at: str) -> Iterator[Refusal]:
    if not isinstance(value, int | float) or isinstance(value, bool):
        yield Refusal(at, "must provide a number", wrong_type("number"))


number = as_it_is(_number)


def one_of(*allowed: str) -> Rule:
    """One of a few words."""

    def refusals(value: Any, at: str) -> Iterator[Refusal]:
        if value not in allowed:
            yield Refusal(at, f"must be one of: {', '.join(allowed)}", not_among(allowed, value))

    return as_it_is(refusals)


def matching(fits: Callable[[str], bool], wish: str) -> Rule:
    """A string that is a date, a time, an address."""

    def refusals(value: Any, at: str) -> Iterator[Refusal]:
        if not isinstance(value, str) or not fits(value):
            yield Refusal(at, wish)

    return as_it_is(refusals)


def exactly_one(*keys: str) -> Together:
    """Between keys: one of them, not two."""

    def check(value: JSON, at: str) -> Iterator[Refusal]:
        given = [key for key in keys if value.get(key) is not None]
        if not given:
            yield Refusal(at, f"missing required field: {' or '.join(keys)}")
        elif len(given) > 1:
            yield Refusal(at, f"cannot have both {' and '.join(given)}")

    return check


def at_least_one(*keys: str) -> Together:
    """Between keys: any of them."""

    def check(value: JSON, at: str) -> Iterator[Refusal]:
        if all(value.get(key) in (None, "", []) for key in keys):
            yield Refusal(at, f"missing required field: {' or '.join(keys)}")

    return check
