"""By which clock the workspace's reminders come. Decides no rule. The field bears the name that refusals use."""

from collections.abc import Sequence

from views import blocks, inputs
from views.ids import Action, Callback
from views.text import Block


def time_zone(name: str) -> Block:
    """Where the program runs, by its clock."""
    content = [
        blocks.section("The program's reminders and digests come by this clock. Each person's own times don't change."),
        inputs.field(
            "time_zone",
            "Time zone",
            inputs.search(Action.TIME_ZONE, inputs.option(name, name), "Type a city"),
        ),
    ]
    return blocks.modal(Callback.SETTING_TIME_ZONE, "Time zone", content, submit="Save")


def zone_options(names: Sequence[str]) -> list[Block]:
    """What the type-ahead offers."""
    return inputs.options(names)


def time_zone_from(typed: inputs.Typed) -> str:
    """The zone that was picked, unchecked; "" for none."""
    return inputs.choice_of(typed, "time_zone") or ""
