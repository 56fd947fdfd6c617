"""Each rule says twice what Slack takes: as refusals, and by what it keeps. Both say the same, of good and of bad."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any, get_args

import pytest

from sandbox.checks.blocks import BLOCKS, ON_SURFACE, Surface
from sandbox.checks.rules import Misfit, by_type
from tests.sandbox.test_checks import CASES
from tests.sandbox.test_checks_nested import BAD, GOOD

JSON = dict[str, Any]

SURFACES: tuple[Surface, ...] = get_args(Surface)

SEEN: list[JSON] = [*GOOD, *(case[0] for case in BAD), *(block for case in CASES for block in case[2:4])]

PUT: list[Any] = [None, "", "x", "x" * 4000, 0, -1, 10**6, 1.5, True, [], [None], {}, {"type": "plain_text", "text": "x"}, {"type": []}]  # fmt: skip # noqa: E501

DEFAULTS = {
    "plain_text": {"emoji": True},
    "mrkdwn": {"verbatim": False},
    "input": {"optional": False, "dispatch_action": False},
}


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where something stands in a block; of a list's items only the first, for the others are alike."""
    for key, item in value.items() if isinstance(value, dict) else enumerate(value[:1]):
        yield (*path, key)
        if isinstance(item, dict | list):
            yield from places(item, (*path, key))


def damaged(block: JSON) -> Iterator[JSON]:
    """The block with one thing at a time missing, too much, doubled or something else."""
    for *way, last in places(block):
        for put in ("missing", "more", "twice", *PUT):
            copy = deepcopy(block)
            inside: Any = copy
            for step in way:
                inside = inside[step]
            if put == "missing":
                del inside[last]
            elif put == "more" and isinstance(inside, dict):
                inside["unheard_of"] = inside[last]
            elif put == "twice" and isinstance(inside, list):
                inside.append(deepcopy(inside[last]))
            else:
                inside[last] = put
            yield copy


def with_defaults(value: Any) -> Any:
    """What is kept of a block that is fine: everything but nulls, and Slack's defaults."""
    if isinstance(value, list):
        return [with_defaults(item) for item in value]
    if not isinstance(value, dict):
        return value
    kept = {key: with_defaults(item) for key, item in value.items() if item is not None}
    return DEFAULTS.get(str(value.get("type")), {}) | kept


@pytest.mark.parametrize("block", SEEN, ids=lambda block: str(block.get("type")))
def test_what_is_kept_is_what_is_not_refused(block: JSON) -> None:
    surface: Surface = next((one for one in SURFACES if block.get("type") in ON_SURFACE[one]), "message")
    rule = by_type(BLOCKS, ON_SURFACE[surface])
    for one in (block, *damaged(block)):
        before = deepcopy(one)
        try:
            kept = rule.keep(one)
        except Misfit:
            assert list(rule.refusals(one, "")), one
        else:
            assert list(rule.refusals(one, "")) == []
            assert kept == with_defaults(one)
        assert one == before
