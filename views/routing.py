"""How requests are handled, as people see and change it. Decides no way. Fields bear the activities' values."""

from collections.abc import Mapping

from domain.request_routing import DEFAULT_ROUTING, EVERY_ACTIVITY, ROUTING_WORDS, Routing, routing_for
from domain.vocabulary import Activity
from views import blocks, inputs
from views.ids import Callback
from views.text import Block

TITLE = "How requests are handled"

USUAL = "usual"
"""The field that holds for every activity without a way of its own; also the choice that says so."""


def in_short(chosen: Mapping[str, str]) -> list[str]:
    """What stands of it in the overview of all settings."""
    usual = chosen.get(EVERY_ACTIVITY)
    own = {one: routing_for(chosen, one.value, usual) for one in Activity if chosen.get(one.value) in set(Routing)}
    exceptions = [f"{one.value.capitalize()}: {mode.words}" for one, mode in own.items()]
    return [f"{routing_for({}, '', usual).words}", *exceptions]


def form(chosen: Mapping[str, str]) -> Block:
    """The usual way, and each activity's own."""
    ways = [inputs.option(words, mode.value) for mode, words in ROUTING_WORDS.items()]
    as_usual = inputs.option("As usual", USUAL)
    known = {mode.value for mode in Routing}
    usual = chosen.get(EVERY_ACTIVITY, "")
    content = [
        blocks.section("Protection holds whichever way a request takes; only the advocacy team can make an exception."),
        inputs.field(USUAL, "Usually", inputs.select(ways, usual if usual in known else DEFAULT_ROUTING.value)),
        *[
            inputs.field(one.value, one.value.capitalize(), inputs.select([as_usual, *ways], _own(chosen, one, known)))
            for one in Activity
        ],
    ]
    return blocks.modal(Callback.SETTING_ROUTING, TITLE, content, submit="Save")


def _own(chosen: Mapping[str, str], activity: Activity, known: set[str]) -> str:
    own = chosen.get(activity.value, "")
    return own if own in known else USUAL


def chosen_from(typed: inputs.Typed) -> dict[str, str]:
    """What was chosen, by activity and for all others; nothing for those that go as usual."""
    chosen = {EVERY_ACTIVITY if name == USUAL else name: inputs.choice_of(typed, name) for name in typed}
    return {name: value for name, value in chosen.items() if value and value != USUAL}
