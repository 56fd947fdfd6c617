"""A nudge, and what is said when somebody answers it. Decides no text of a nudge: that is the library's.

A nudge's text is shown as it is, escaped: the names in it are people's, and the program leader may have written it.
"""

from domain.messages import Rendered
from domain.nudges import Button
from views import blocks
from views.ids import Action
from views.text import Block, escape

_DO: dict[Button, tuple[str, Action]] = {
    Button.NOMINATE: ("Nominate a customer", Action.NOMINATE),
    Button.LOOK_UP: ("Look up advocates", Action.LOOK_UP),
    Button.DONE: ("I did this", Action.NUDGE_DONE),
}

WELCOME = "You get this because you joined a channel: one of four short messages to begin with."


def nudge(text: str, button: Button, nudge_id: str, *, welcome: bool = False) -> Rendered:
    """What somebody gets, or a channel. Each button does something at once."""
    label, action = _DO[button]
    row = [
        blocks.button(label, action, nudge_id, style="primary"),
        blocks.button("Not for me", Action.NUDGE_NOT_MINE, nudge_id, spoken="This message is not for me"),
        blocks.button("Less often", Action.NUDGE_SNOOZE, nudge_id, spoken="Send me reminders less often"),
        blocks.button("Stop these", Action.NUDGE_STOP, nudge_id, spoken="Send me no reminders any more"),
    ]
    content: list[Block] = [blocks.section(escape(text)), *blocks.actions(row)]
    if welcome:
        content.append(blocks.context(WELCOME))
    return blocks.message(escape(text), content)
