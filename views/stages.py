"""What the stages of deals mean, as people see and change it. Decides no meaning. Fields bear the stages' keys."""

from collections.abc import Mapping, Sequence

from domain.opportunities import Status
from domain.stages import StageReading
from views import blocks, inputs
from views.ids import Callback
from views.text import Block, count

MOST = 90
"""Stages in one form; a modal holds 100 blocks."""

TITLE = "Deal stages"

_WORDS: Mapping[Status, str] = {Status.OPEN: "Open", Status.WON: "Won", Status.LOST: "Lost"}

NOTHING_YET = (
    "No deal in Everboard is in any stage yet. Whoever runs Everboard brings deals in with "
    "`everboard import opportunities FILE.csv`; then each of their stages stands here."
)


def in_short(own: Mapping[str, str]) -> list[str]:
    """What stands of stages in the overview of all settings."""
    usual = "Stages that say won or lost count so, all others as open"
    return [f"{usual}; {count(len(own), 'stage')} of your own reading" if own else usual]


def form(found: Sequence[StageReading]) -> Block:
    """Each stage that deals are in, with what it means; the fullest stages where there are very many."""
    if not found:
        return blocks.notice(TITLE, NOTHING_YET)
    choices = [inputs.option(words, status.value) for status, words in _WORDS.items()]
    content = [
        blocks.section("What does each stage of your CRM mean? All deals in it are read anew when you save."),
        *[
            inputs.field(one.key, one.stage, inputs.select(choices, one.status.value), hint=count(one.deals, "deal"))
            for one in found[:MOST]
        ],
    ]
    if len(found) > MOST:
        content.append(blocks.context(f"And {len(found) - MOST:,} more with fewer deals in them."))
    return blocks.modal(Callback.SETTING_STAGES, TITLE, content, submit="Save")


def chosen_from(typed: inputs.Typed) -> dict[str, Status]:
    """The meaning chosen for each stage, by its key."""
    chosen = {key: inputs.choice_of(typed, key) for key in typed}
    return {key: Status(value) for key, value in chosen.items() if value in set(Status)}
