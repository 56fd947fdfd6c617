"""The launch plan: in Home, in its window, and its forms. Decides no day and no state."""

from collections.abc import Iterator, Sequence
from datetime import date

from domain.launch_plan import (
    MOST_FUNCTIONS,
    TITLE_LIMIT,
    WORDS_LIMIT,
    Glance,
    Goals,
    Phase,
    Plan,
    Progress,
    State,
    Task,
    Template,
    progress_of,
)
from domain.people import Function
from views import blocks, inputs
from views.health import bar
from views.ids import Action, Callback
from views.nudge_plans import place_of
from views.text import Block, count, day, line, mention

TITLE = "Launch plan"
BEGIN_TITLE = "Begin a launch plan"
TASK_TITLE = "A task of the plan"
DAY_TITLE = "On another day"

PHASES = {
    Phase.ANNOUNCE: "Announce: everybody knows why",
    Phase.EDUCATE: "Educate: everybody has done it once",
    Phase.PROMOTE: "Promote: it is seen and thanked",
    Phase.GOALS: "Set goals: each team knows what it wants to reach",
}

EXPLAINED = {
    Template.NEW: "About sixty days from the first announcement to goals",
    Template.STALLED: "About fifty days: what got in the way, then begin again",
}

USUAL_FUNCTIONS = (Function.SALES, Function.MARKETING, Function.CUSTOMER_SUCCESS)


def value_of(task: Task) -> str:
    """What a button carries: which task, and as it was seen."""
    return f"{task.id}:{task.version}"


def read_value(value: str) -> tuple[str, int]:
    """The task's id and version of a button."""
    task_id, _, version = value.partition(":")
    return task_id, blocks.whole(version or 0)


def progress(found: Progress) -> str:
    """ "5 of 14 tasks done, 1 late", with a bar."""
    share = found.done / found.total if found.total else 0.0
    late = f", :warning: {found.late} late" if found.late else ""
    return f"{bar(share)} {found.done} of {count(found.total, 'task')} done{late}"


def in_home(found: Glance) -> list[Block]:
    """How far the plan is, and the reader's own part in it; for its planner the way to a first one."""
    way = blocks.button(TITLE, Action.PLAN)
    own = _own(found)
    if found.whole is not None:
        coming = f", the next is for {day(found.whole.next_on)}" if found.whole.next_on else ""
        return [blocks.section(f"*{TITLE}*\n{progress(found.whole)}{coming}.{own}", way)]
    if found.own_open:
        return [blocks.section(f"*{TITLE}*{own}", way)]
    if found.plans:
        return [blocks.section(f"*{TITLE}*: from announcing to goals, as a dated list that you make yours.", way)]
    return []


def _own(found: Glance) -> str:
    if not found.own_open or found.own_next is None:
        return ""
    return f"\nYours: {count(found.own_open, 'task')}, the next for {day(found.own_next)}."


def overview(plan: Plan) -> Block:
    """The plan by phase, each task with what the reader can do with it."""
    if plan.id is None:
        return blocks.modal(Callback.PLAN, TITLE, [*_nothing_yet(plan)])
    content = [*_head(plan)]
    for phase in Phase:
        tasks = [task for task in plan.tasks if task.phase is phase]
        if tasks:
            content.append(blocks.section(f"*{PHASES[phase]}*"))
        for task in tasks:
            content += _shown(task, plan)
    return blocks.modal(Callback.PLAN, TITLE, content)


def _nothing_yet(plan: Plan) -> Iterator[Block]:
    said = (
        "No plan runs. A plan leads from announcing the program over learning and thanking to goals: each task has an "
        "owner and a day, owners are reminded, and leader and champion see how far it is."
    )
    yield blocks.section(said)
    if plan.plans:
        yield from blocks.actions([blocks.button(BEGIN_TITLE, Action.PLAN_BEGIN, style="primary")])
    else:
        yield blocks.context("The program leader begins one.")


def _head(plan: Plan) -> Iterator[Block]:
    if not plan.is_whole:
        yield blocks.section("What is yours in the launch plan. The program leader sees how far it is.")
        return
    what = f"For {plan.template.value}, since {day(plan.starts_on)}." if plan.template and plan.starts_on else ""
    if plan.starts_on and plan.starts_on > plan.today:
        what = what.replace("since", "from")
    yield blocks.section(f"{progress(progress_of(plan.tasks, plan.today))}\n{what}")
    if plan.goals is not None:
        yield blocks.section(_goals(plan.goals), blocks.button("Team goals", Action.GOALS))
    if plan.plans:
        sure = blocks.confirm(
            "End this plan?", "Nobody is reminded and nothing is posted any more. You can begin another one.", "End it"
        )
        row = [
            blocks.button("Add a task", Action.PLAN_ADD, style="primary"),
            blocks.button("End the plan", Action.PLAN_END, plan.id or "", confirm=sure),
        ]
        yield from blocks.actions(row)


def _goals(goals: Goals) -> str:
    if not goals.agreed and not goals.undecided:
        return "*Team goals*: no team has one for this quarter yet."
    wait = f", {goals.undecided} still to be agreed" if goals.undecided else ""
    return f"*Team goals* of this quarter: {goals.agreed} agreed{wait}."


def _shown(task: Task, plan: Plan) -> list[Block]:
    mine = task.owner_id == plan.reader_id
    said = blocks.section(told(task, plan.today, plan.reader_id))
    if not (mine or plan.plans):
        return [said]
    if not task.is_open:
        again = again_button(task)
        return [blocks.section(told(task, plan.today, plan.reader_id), again)] if again else [said]
    return [said, *blocks.actions(buttons(task, plans=plan.plans))]


def told(task: Task, today: date, reader_id: str = "") -> str:
    """What is to be done, by whom, until when, and how it stands."""
    who = "You" if task.owner_id == reader_id else mention(task.owner_slack_id, line(task.owner, 60))
    gone = " (no longer here: give it to somebody else)" if task.is_open and not task.owner_is_here else ""
    moved = f" (planned for {day(task.planned)})" if task.planned != task.due and task.is_open else ""
    title = f"{_mark(task, today)}*{line(task.title, TITLE_LIMIT)}*"
    return f"{title}\n{who}{gone}, {_when(task, today)}{moved}{_post(task)}"


def _mark(task: Task, today: date) -> str:
    if task.state in (State.DONE, State.POSTED):
        return ":white_check_mark: "
    return ":warning: " if task.is_late(today) else ""


def _when(task: Task, today: date) -> str:
    if task.state is State.LEFT_OUT:
        return "left out"
    if task.state in (State.DONE, State.POSTED):
        return f"{task.state.value} on {day(task.done_on)}" if task.done_on else task.state.value
    if task.is_late(today):
        return f"was for {day(task.due)}, {count((today - task.due).days, 'day')} ago"
    return "today" if task.due == today else f"by {day(task.due)}"


def _post(task: Task) -> str:
    if not task.is_post or not task.is_open or not task.place:
        return ""
    return f"\n_Everboard posts it in {place_of(task.place)} on that day, or as soon as the channel's week has room._"


def buttons(task: Task, *, plans: bool) -> list[Block]:
    """What can be done with an open task; `plans`: by whoever plans."""
    about, value = task.title, value_of(task)
    row = [
        blocks.button("Done", Action.PLAN_DONE, value, style="primary", spoken=f"Done: {about}"),
        blocks.button("Another day", Action.PLAN_DAY, value, spoken=f"Another day: {about}"),
    ]
    if plans:
        sure = blocks.confirm("Leave it out?", "It no longer counts. You can take it in again.", "Leave it out")
        row.append(blocks.button("Change", Action.PLAN_TASK, value, spoken=f"Change: {about}"))
        row.append(blocks.button("Leave out", Action.PLAN_LEAVE_OUT, value, spoken=f"Leave out: {about}", confirm=sure))
    return row


def again_button(task: Task) -> Block | None:
    """The way back; what was posted has none."""
    if task.state is State.POSTED:
        return None
    label = "Take in again" if task.state is State.LEFT_OUT else "Not done yet"
    return blocks.button(label, Action.PLAN_REOPEN, value_of(task), spoken=f"{label}: {task.title}")


def begin_form(today: date) -> Block:
    """Which template, from when on, and for whom."""
    kinds = [inputs.option(one.value.capitalize(), one.name, EXPLAINED[one]) for one in Template]
    functions = [inputs.option(one.value.capitalize(), one.name) for one in Function]
    content = [
        blocks.section(
            "You get a dated list with owners: yourself, the executive champion, and each function's manager. "
            "Everything in it can be changed, moved, added to or left out."
        ),
        inputs.field("template", "What is the plan for?", inputs.radio(kinds, Template.NEW.name)),
        inputs.field(
            "starts_on", "First day", inputs.day(today), hint="What falls on a day off comes on the next one."
        ),
        inputs.field(
            "functions",
            "Which functions take part?",
            inputs.multi_select(functions, [one.name for one in USUAL_FUNCTIONS]),
            hint=f"Up to {MOST_FUNCTIONS}. Whoever leads most people of a function gets its manager's part.",
        ),
    ]
    return blocks.modal(Callback.PLAN_BEGIN, BEGIN_TITLE, content, submit="Begin")


def begun_from(typed: inputs.Typed) -> tuple[Template, date | None, Sequence[Function]]:
    """What that form says."""
    template = Template[inputs.choice_of(typed, "template") or Template.NEW.name]
    functions = [Function[one] for one in inputs.choices_of(typed, "functions")]
    return template, inputs.day_of(typed, "starts_on"), functions


def task_form(today: date, task: Task | None) -> Block:
    """What is to be done, by whom, when; and what Everboard posts, if it is a post."""
    phases = [inputs.option(PHASES[one], one.name) for one in Phase]
    channel = task.place if task and task.place and not task.place.startswith("role:") else None
    kept = f"Left empty it stays {place_of(task.place)}. " if task and task.place and not channel else ""
    content = [
        inputs.field("title", "What is to be done?", inputs.text_input(task.title if task else None, most=TITLE_LIMIT)),
        inputs.field("owner", "Whose task is it?", inputs.person(task.owner_slack_id if task else None)),
        inputs.field("due", "Day", inputs.day(task.due if task else today)),
        inputs.field("phase", "Part of the plan", inputs.select(phases, (task.phase if task else Phase.ANNOUNCE).name)),
        inputs.field(
            "words",
            "Words that Everboard posts on that day",
            inputs.text_input(task.words if task else None, most=WORDS_LIMIT, multiline=True),
            hint="Left empty, the owner does it by hand.",
            optional=True,
        ),
        inputs.field(
            "channel",
            "Channel for these words",
            inputs.channel(channel),
            hint=f"{kept}It counts as the week's one post there.",
            optional=True,
        ),
    ]
    meta = blocks.metadata({"task": value_of(task) if task else ""})
    return blocks.modal(Callback.PLAN_TASK, TASK_TITLE, content, submit="Save", meta=meta)


def day_form(today: date, task: Task) -> Block:
    """On which day instead?"""
    content = [
        blocks.section(told(task, today)),
        inputs.field("day", "On which day instead?", inputs.day(max(task.due, today))),
    ]
    return blocks.modal(
        Callback.PLAN_DAY, DAY_TITLE, content, submit="Save", meta=blocks.metadata({"task": value_of(task)})
    )


def kept_in(meta: str | None) -> tuple[str | None, int]:
    """Which task a form is about, as it was seen; None: a new one."""
    task_id, version = read_value(blocks.read_metadata(meta).get("task", ""))
    return task_id or None, version
