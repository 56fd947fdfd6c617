"""A nudge, and what is said when somebody answers it. Decides no text of a nudge: that is the library's.

A nudge's text is shown as it is, escaped: the names in it are people's, and the program leader may have written it.
"""

from domain.messages import Rendered
from domain.nudge_answers import Answered, Said, Wishes
from domain.nudges import Button
from views import blocks
from views.ids import Action, Callback
from views.text import Block, day, escape

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
        blocks.button("Stop these", Action.NUDGE_STOP, nudge_id, spoken="Stop these: send me no reminders any more"),
    ]
    content: list[Block] = [blocks.section(escape(text)), *blocks.actions(row)]
    if welcome:
        content.append(blocks.context(WELCOME))
    return blocks.message(escape(text), content)


def answered(now: Answered) -> Rendered:
    """What holds since somebody's click, to them alone, with the way back."""
    text = f"{_SAID[now.said]}{_in_channel(now)}"
    row = [blocks.button("Undo", Action.NUDGE_UNDO, f"{now.said.value}:{now.nudge_id}", spoken="Undo what I just said")]
    if now.said is Said.DONE and not now.wishes.may_name:
        text += " May we name you when we tell colleagues who takes part?"
        row.append(blocks.button("Yes, name me", Action.NUDGE_NAME_ME, "yes"))
    if now.said is Said.SNOOZE and now.wishes.until:
        text += f" They come again from {day(now.wishes.until)}."
    return blocks.message(text, [blocks.section(text), *blocks.actions(row)])


_SAID: dict[Said, str] = {
    Said.DONE: "Thank you! It is noted that you did this.",
    Said.NOT_MINE: "Understood: you don't get this one again as a direct message.",
    Said.SNOOZE: "Understood: you get no reminders for four weeks.",
    Said.STOP: "Understood: you get no reminders any more.",
}


def _in_channel(now: Answered) -> str:
    if not now.in_channel or now.said is Said.DONE:
        return ""
    return " This channel's own post comes for everybody, once a week at most."


def undone(now: Answered) -> Rendered:
    """It was taken back."""
    text = "Undone: nothing is noted." if now.said is Said.DONE else "Undone: you get reminders as before."
    return blocks.message(text, [blocks.section(text)])


def named(*, allowed: bool) -> Rendered:
    """Whether colleagues may read somebody's name."""
    text = "Thank you: you may be named." if allowed else "You are not named."
    where = "You can change that at any time: type `/advocacy nudges`."
    return blocks.message(text, [blocks.section(text), blocks.context(where)])


def mine(now: Wishes) -> Block:
    """What somebody wants of reminders, for themselves."""
    if now.stopped:
        state = "You get no reminders."
    elif now.until:
        state = f"You get no reminders until {day(now.until)}."
    else:
        state = "You get short reminders: never more than two messages a week that you did not ask for."
    named_now = "Colleagues may read your name in them." if now.may_name else "Your name does not stand in them."
    less = [
        blocks.button("Less often", Action.NUDGE_MY_SNOOZE, spoken="Less often: no reminders for four weeks"),
        blocks.button("Stop these", Action.NUDGE_MY_STOP, spoken="Stop these: send me no reminders any more"),
    ]
    more = [blocks.button("Send them again", Action.NUDGE_MY_AGAIN)]
    if now.may_name:
        name = blocks.button("Don't name me", Action.NUDGE_NAME_ME, "no")
    else:
        name = blocks.button("You may name me", Action.NUDGE_NAME_ME, "yes")
    content = [
        blocks.section(f"*Reminders for you*\n{state}"),
        *blocks.actions(more if now.stopped or now.until else less),
        blocks.section(f"*Your name*\n{named_now}", name),
    ]
    return blocks.modal(Callback.NUDGES_MINE, "Reminders", content)
