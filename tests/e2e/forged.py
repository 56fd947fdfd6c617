"""Clicks, forms and searches with somebody else's ids in them, made of everything that the bot can draw.

Every element and every form of tests.views.every_view is taken as Slack would send it back, with ids put into values,
options, metadata and block ids. Decides nothing about what may come of it.
"""

import json
import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from random import Random
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import SearchStrategy

from domain.messages import Rendered
from sandbox.elements import interactive_elements
from sandbox.inputs import STATEFUL, complete_values
from tests.e2e.conftest import JSON
from tests.views.every_view import DRAWN
from tests.views.reading import Shown
from views import blocks as blocks_of
from views.ids import Callback

DRAWINGS = 2
"""Of each view: the plainest ones, and most elements of it are seen."""

Put = Callable[[str], str]
"""What is put in the place of a value."""

ID_LIKE = re.compile(r"01[A-Z0-9]*|([A-Z])\1{19,}\d*|[A-Z]\d{1,2}|own-01abc")
"""What samples of views have for ids."""

NUMBERED = {"member_answer_open", "member_invite_again", "member_leave"}
"""Elements in whose samples ids are numbers, which elsewhere are those of pages."""

WITH_VERSION = re.compile(r"(?!mine|queue|waiting|requests|to_approve|journeys|loads)(.*):\d+", re.DOTALL)
VERSION = 1000
"""What every whole number is in the rows of tests.e2e.two_companies."""

SAID = ("type", "action_id", "block_id", "text", "value")
"""What Slack repeats of an element."""


@dataclass(frozen=True)
class Surface:
    """A message or view as the bot drew it, with the ids that Slack gives blocks without one."""

    blocks: list[JSON]
    view: JSON | None

    @property
    def name(self) -> str:
        """The form's name; empty for a message and for Home."""
        return str((self.view or {}).get("callback_id") or "")


@dataclass(frozen=True)
class Deed:
    """Something that can be done: with an element of a surface, or by sending the form."""

    surface: Surface
    kind: str
    name: str
    block_id: str = ""


def surfaces() -> Iterator[Surface]:
    """Some drawings of every view, the same each time."""
    for strategy in DRAWN.values():
        for shown in _some(strategy):
            blocks = list(deepcopy(shown.blocks if isinstance(shown, Rendered) else shown["blocks"]))
            for number, block in enumerate(blocks):
                block.setdefault("block_id", f"b{number}")
            yield Surface(blocks, None if isinstance(shown, Rendered) else {**shown, "blocks": blocks})


def _some(strategy: SearchStrategy[Shown]) -> list[Shown]:
    found: list[Shown] = []
    few = settings(
        max_examples=DRAWINGS, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck)
    )

    @few
    @given(strategy)
    def draw(shown: Shown) -> None:
        found.append(shown)

    draw()
    return found


def deeds(actions: set[str], forms: set[str]) -> list[Deed]:
    """All that is listened to, once on each surface that has it, and a plain button for what none of them drew."""
    found: dict[tuple[str, str, str], Deed] = {}
    for surface in surfaces():
        for block_id, element in interactive_elements(surface.blocks):
            if element["action_id"] in actions:
                _keep(found, Deed(surface, "block_actions", element["action_id"], block_id), surface.name)
            if element["type"].endswith("external_select"):
                _keep(found, Deed(surface, "block_suggestion", element["action_id"], block_id), surface.name)
        if surface.name in forms:
            _keep(found, Deed(surface, "view_submission", surface.name), surface.name)
    drawn = {name for _kind, name, _where in found}
    plain = [
        Deed(_with_a_button(name, value), "block_actions", name, "b") for name in actions - drawn for value in PLAIN
    ]
    return [*found.values(), *sorted(plain, key=lambda deed: deed.name)]


PLAIN = ("01ID", "01ID:1", '{"a":"01ID","q":""}')
"""The shapes in which a button carries an id."""


def _with_a_button(name: str, value: str) -> Surface:
    button = {"type": "button", "action_id": name, "text": {"type": "plain_text", "text": "Press"}, "value": value}
    blocks = [{"type": "actions", "block_id": "b", "elements": [button]}]
    return Surface(blocks, blocks_of.modal(Callback.NOTHING, "A window", blocks))


def _keep(found: dict[tuple[str, str, str], Deed], deed: Deed, where: str) -> None:
    found.setdefault((deed.kind, deed.name, where), deed)


def id_like(put: Put) -> Put:
    """Replace what looks like an id, in whatever it is wrapped, and leave the rest."""

    def replaced(value: str) -> str:
        try:
            held = json.loads(value)
        except ValueError:
            held = None
        if isinstance(held, dict | list):
            return json.dumps(_each(held, replaced), separators=(",", ":"))
        if versioned := WITH_VERSION.fullmatch(value):
            return f"{put(versioned[1])}:{VERSION}"
        return ":".join(put(part) if ID_LIKE.fullmatch(part) else part for part in value.split(":"))

    return replaced


def _each(held: Any, put: Put) -> Any:
    if isinstance(held, dict):
        return {key: _each(value, put) for key, value in held.items()}
    if isinstance(held, list):
        return [_each(item, put) for item in held]
    return put(held) if isinstance(held, str) else held


def payload(deed: Deed, put: Put, typed: Callable[[JSON], Any], rng: Random) -> JSON:
    """What Slack would send, but for who did it and where. `typed` says what a person puts into an input."""
    surface = deed.surface
    blocks = [_forged(block, put, rng) for block in surface.blocks]
    names = dict(zip([b["block_id"] for b in surface.blocks], [b["block_id"] for b in blocks], strict=True))
    chosen: dict[str, JSON] = {}
    for block_id, element in interactive_elements(blocks):
        kind = STATEFUL.get(element["type"])
        if kind is not None:
            value = {"type": element["type"], kind.key: typed(element)}
            chosen.setdefault(block_id, {})[element["action_id"]] = value
    state = {"values": complete_values(blocks, chosen)}
    made: JSON = {"type": deed.kind}
    if surface.view is None:
        made |= {"message_blocks": blocks, "state": state}
    else:
        meta = put(surface.view.get("private_metadata") or "") if surface.view.get("private_metadata") else ""
        made["view"] = {**surface.view, "blocks": blocks, "private_metadata": meta, "state": state}
    if deed.kind == "view_submission":
        return made
    block_id = names.get(deed.block_id, deed.block_id)
    element = next(
        one for holder, one in interactive_elements(blocks) if holder == block_id and one["action_id"] == deed.name
    )
    if deed.kind == "block_suggestion":
        return {**made, "action_id": deed.name, "block_id": block_id, "value": rng.choice(SEARCHED)}
    done = {key: element[key] for key in SAID if key in element} | {"block_id": block_id}
    done |= chosen.get(block_id, {}).get(deed.name, {})
    return {**made, "actions": [done]}


SEARCHED = ("word", "acme", "Ada", "ada@engines.example")
"""Typed into lists: each finds rows of both companies' where nobody keeps them apart."""


def _forged(block: JSON, put: Put, rng: Random) -> JSON:
    forged = deepcopy(block)
    for element in _elements(forged):
        is_id = element.get("action_id") in NUMBERED
        element["value"] = put("01" if is_id else element["value"])
    if ID_LIKE.fullmatch(block["block_id"]) and rng.random() < 0.5:
        forged["block_id"] = put(block["block_id"])
    return forged


def _elements(value: Any) -> Iterator[JSON]:
    if isinstance(value, dict):
        if isinstance(value.get("value"), str):
            yield value
        for item in value.values():
            yield from _elements(item)
    elif isinstance(value, list):
        for item in value:
            yield from _elements(item)
