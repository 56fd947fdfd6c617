"""Messages about a launch plan: to its owners, to whoever runs it, and in channels. Decides no day."""

from collections.abc import Sequence
from datetime import date

from domain.launch_plan import Progress, Task
from domain.messages import Rendered
from views import blocks
from views.ids import Action
from views.launch_plan import TITLE, again_button, buttons, progress, told
from views.text import Block, count, escape, mention

MOST_TOLD = 12
"""Tasks in one message: two blocks each, and more is no reminder but a list. The window has all."""


def tasks(some: Sequence[Task], today: date) -> Rendered:
    """To an owner: what of theirs is near, due or late; kept up to date."""
    way = blocks.actions([blocks.button(TITLE, Action.PLAN)])
    still_open = [task for task in some if task.is_open]
    if not some:
        said = "What was yours here is a colleague's now. You need not do anything."
        return blocks.message(said, [blocks.section(said)])
    if not still_open:
        said = "Done, thank you: nothing of the launch plan waits for you at the moment."
    else:
        said = f"{count(len(still_open), 'task')} of the launch plan for you, the first {_when(still_open[0], today)}."
    content: list[Block] = [blocks.section(f"*{said}*")]
    for task in some[:MOST_TOLD]:
        content += _shown(task, today)
    if len(some) > MOST_TOLD:
        content.append(blocks.context(f"{count(len(some) - MOST_TOLD, 'more task')} in the plan."))
    return blocks.message(said, [*content, *way])


def _when(task: Task, today: date) -> str:
    if task.due == today:
        return "for today"
    days = count(abs((task.due - today).days), "day")
    return f"since {days}" if task.due < today else f"in {days}"


def _shown(task: Task, today: date) -> list[Block]:
    said = told(task, today, task.owner_id)
    if task.is_open:
        return [blocks.section(said), *blocks.actions(buttons(task, plans=False))]
    return [blocks.section(said, again_button(task))]


def late(some: Sequence[Task], today: date) -> Rendered:
    """To whoever runs the plan: what is late for long, or has lost its owner."""
    what = "needs" if len(some) == 1 else "need"
    said = f"{count(len(some), 'task')} of the launch plan {what} your eye: late, or its owner has left."
    rows = [blocks.section(told(task, today)) for task in some[:MOST_TOLD]]
    more = (
        [blocks.context(f"{count(len(some) - MOST_TOLD, 'more task')} in the plan.")] if len(some) > MOST_TOLD else []
    )
    way = blocks.actions([blocks.button(TITLE, Action.PLAN)])
    return blocks.message(said, [blocks.section(f"*{said}*"), *rows, *more, *way])


def post(words: str, by: str | None) -> Rendered:
    """In a channel: the words of whoever plans; `by` is the Slack id of the one who stands for them."""
    row = [blocks.button("Nominate a customer", Action.NOMINATE), blocks.button("Look up advocates", Action.LOOK_UP)]
    stands = [blocks.context(f"From {mention(by)}, who answers your questions.")] if by else []
    said = f"From our advocacy program: {escape(words)}"
    return blocks.message(said, [blocks.section(escape(words)), *blocks.actions(row), *stands])


def all_done(found: Progress) -> Rendered:
    """To leader and champion: nothing is open any more."""
    said = "The launch plan is done: nothing of it is open any more."
    row = [blocks.button(TITLE, Action.PLAN), blocks.button("Program health", Action.HEALTH)]
    small = "What next? Keep the teams' goals going, and look at the program's health once a month."
    return blocks.message(
        said, [blocks.section(f"*{said}*\n{progress(found)}"), blocks.context(small), *blocks.actions(row)]
    )
