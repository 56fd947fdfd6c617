"""Teams' goals of a quarter: in Home, in their window, and the two forms. Decides no figure."""

from collections.abc import Iterator
from datetime import date

from domain import quarters
from domain.people import Function
from domain.team_goals import EXPLAINED, LIVE, Goal, Measure, Numbers, Overview, State, check_numbers, share
from views import blocks, inputs
from views.health import bar
from views.ids import Action, Callback
from views.nudge_plans import place_of
from views.text import Block, count, line, mention

TITLE = "Team goals"
OTHER_FIGURES = "Other figures"

IN_HOME = 2
"""Goals that Home draws; the window shows all."""

OWN_PEOPLE = "own"
"""The choice of a manager's own people, whatever they work in."""

STANDING = {
    State.PROPOSED: ":hourglass_flowing_sand: waits for {manager}",
    State.ANSWERED: ":speech_balloon: {manager} named other figures",
    State.AGREED: ":white_check_mark: agreed with {manager}",
    State.WITHDRAWN: "taken back",
    State.CLOSED: "closed, agreed with {manager}",
    State.LAPSED: "the quarter ended before it was agreed",
}


def team(goal: Goal) -> str:
    """Whose goal it is, as a title."""
    return goal.team.value.capitalize() if goal.team else f"Team of {line(goal.manager, 60)}"


def team_plain(goal: Goal) -> str:
    """The same for screen readers and charts."""
    return goal.team.value.capitalize() if goal.team else f"Team of {goal.manager}"


def progress(goal: Goal) -> str:
    """A bar for each figure that is wanted."""
    return "\n".join(
        f"{bar(share(wanted, done))} {done} of {wanted} {measure.value}" for measure, wanted, done in goal.rows
    )


def figures(numbers: Numbers) -> str:
    """ "3 advocates activated, 1 profile verified"."""
    return ", ".join(_figure(measure, number) for measure, number in zip(Measure, numbers, strict=True) if number)


def _figure(measure: Measure, number: int) -> str:
    noun, done = measure.value.split()
    return f"{count(number, noun.removesuffix('s'), noun)} {done}"


def value_of(goal: Goal) -> str:
    """What a button carries: which goal, and as it was seen."""
    return f"{goal.id}:{goal.version}"


def read_value(value: str) -> tuple[str, int]:
    """The goal's id and version of a button."""
    goal_id, _, version = value.partition(":")
    return goal_id, blocks.whole(version or 0)


def to_answer(goal: Goal) -> list[Block]:
    """The manager's buttons."""
    about = team_plain(goal)
    return [
        blocks.button("Agree", Action.GOAL_AGREE, value_of(goal), style="primary", spoken=f"Agree: {about}"),
        blocks.button("Name other figures", Action.GOAL_ANSWER, value_of(goal), spoken=f"Name other figures: {about}"),
    ]


def in_home(found: Overview) -> list[Block]:
    """What this person answers for and what their team has agreed on; for its planner the way to all."""
    rows: list[Block] = []
    for goal in found.goals[:IN_HOME]:
        rows += _in_home(goal, found)
    left = len(found.goals) - IN_HOME
    ways = [blocks.button(TITLE, Action.GOALS)] if found.plans or found.goals else []
    if not rows and not ways:
        return []
    when = quarters.in_words(found.quarter)
    said = f"*{TITLE}*, {when}"
    if not rows:
        said += ": what each team wants to reach, agreed with its manager."
    more = [blocks.context(f"{count(left, 'more goal')} in the window.")] if left > 0 else []
    return [blocks.section(said, ways[0]), *rows, *more]


def _in_home(goal: Goal, found: Overview) -> Iterator[Block]:
    if goal.manager_id == found.reader_id and goal.state is State.PROPOSED:
        yield blocks.section(f"*{team(goal)}*: the proposal is {figures(goal.wanted)}.")
        yield from blocks.actions(to_answer(goal))
    elif goal.state in (State.AGREED, State.CLOSED):
        yield blocks.section(f"*{team(goal)}*\n{progress(goal)}")
    else:
        yield blocks.section(f"*{team(goal)}*: {_standing(goal, found.reader_id)}.")


def _standing(goal: Goal, reader_id: str) -> str:
    who = "you" if goal.manager_id == reader_id else mention(goal.manager_slack_id, line(goal.manager, 60))
    return STANDING[goal.state].format(manager=who)


def overview(found: Overview) -> Block:
    """All goals of the quarter, each with what can be done with it."""
    content: list[Block] = [blocks.context(f"{quarters.in_words(found.quarter)}. They end with the quarter.")]
    for goal in found.goals:
        content += [blocks.section(_told(goal, found.reader_id)), *blocks.actions(_buttons(goal, found))]
    if not found.goals:
        content.append(blocks.section("No team has a goal for this quarter yet. Propose one; its manager is asked."))
    row = [blocks.button("Propose a goal", Action.GOAL_FORM, style="primary")] if found.plans else []
    if found.goals:
        row.append(blocks.button("Send me the chart", Action.GOALS_SEND))
    content += blocks.actions(row)
    content.append(blocks.context("\n".join(f"{one.value.capitalize()}: {EXPLAINED[one]}." for one in Measure)))
    return blocks.modal(Callback.GOALS, TITLE, content)


def _told(goal: Goal, reader_id: str) -> str:
    where = f" · told in {place_of(goal.place)} once a month" if goal.place else ""
    rows = [f"*{team(goal)}* · {_standing(goal, reader_id)}{where}", progress(goal)]
    if goal.answer:
        rows.append(f"Instead: {figures(goal.answer)}.")
    return "\n".join(rows)


def _buttons(goal: Goal, found: Overview) -> list[Block]:
    if goal.state not in LIVE:
        return []
    row = to_answer(goal) if goal.manager_id == found.reader_id and goal.state is State.PROPOSED else []
    if not found.plans:
        return row
    about = team_plain(goal)
    if goal.state is State.ANSWERED:
        accept = blocks.button(
            "Take these figures",
            Action.GOAL_ACCEPT,
            value_of(goal),
            style="primary",
            spoken=f"Take these figures: {about}",
        )
        row.append(accept)
    row.append(blocks.button("Change", Action.GOAL_FORM, value_of(goal), spoken=f"Change the goal: {about}"))
    sure = blocks.confirm(
        "Take this goal back?", "Its manager sees that it was taken back. You can propose it again.", "Take it back"
    )
    row.append(
        blocks.button("Take back", Action.GOAL_WITHDRAW, value_of(goal), spoken=f"Take back: {about}", confirm=sure)
    )
    return row


def form(quarter: date, goal: Goal | None) -> Block:
    """What the team is to reach, who answers for it, and where it is told."""
    chosen = (goal.team.value if goal.team else OWN_PEOPLE) if goal else None
    choices = [inputs.option("The people of the manager below", OWN_PEOPLE)]
    choices += [inputs.option(one.value.capitalize(), one.value) for one in Function]
    content = [
        blocks.context(f"For {quarters.in_words(quarter)}. Nothing counts before the manager has agreed."),
        inputs.field("team", "Whose goal is it?", inputs.select(choices, chosen, "A function, or a manager's people")),
        inputs.field(
            "manager",
            "Who answers for it?",
            inputs.person(goal.manager_slack_id if goal else None),
            hint="The manager is asked, and agrees with one click or names other figures.",
        ),
        *_number_fields(goal.wanted if goal else None),
        inputs.field(
            "channel",
            "Channel that is told once a month",
            inputs.channel(goal.place if goal and goal.place and not goal.place.startswith("role:") else None),
            hint="Left empty: where the function gets its nudges, if it does. It counts as the week's one post there.",
            optional=True,
        ),
    ]
    meta = {"quarter": quarter.isoformat(), "goal": value_of(goal) if goal else ""}
    return blocks.modal(Callback.GOAL, TITLE, content, submit="Ask the manager", meta=blocks.metadata(meta))


def _number_fields(numbers: Numbers | None) -> Iterator[Block]:
    for measure, number in zip(Measure, numbers or (None, None, None), strict=True):
        shown = str(number) if number else None
        yield inputs.field(
            measure.name,
            measure.value.capitalize(),
            inputs.text_input(shown, most=5),
            hint=f"{EXPLAINED[measure].capitalize()}.",
            optional=True,
        )


def answer_form(goal: Goal) -> Block:
    """What the manager would rather have."""
    content = [
        blocks.section(f"*{team(goal)}*, {quarters.in_words(goal.quarter)}: the proposal is {figures(goal.wanted)}."),
        *_number_fields(goal.answer or goal.wanted),
        blocks.context("The program leader sees your figures and takes them, or talks with you."),
    ]
    meta = blocks.metadata({"goal": value_of(goal)})
    return blocks.modal(Callback.GOAL_ANSWER, OTHER_FIGURES, content, submit="Send", meta=meta)


def numbers_from(typed: inputs.Typed) -> Numbers:
    """The figures that were typed. Raises RuleError at the fields."""
    return check_numbers({one.name: inputs.text_of(typed, one.name) for one in Measure})


def kept_in(meta: str | None) -> tuple[date, str | None, int]:
    """The quarter of a form, and which goal it is about, as it was seen."""
    kept = blocks.read_metadata(meta)
    goal_id, version = read_value(kept.get("goal", ""))
    quarter = date.fromisoformat(kept["quarter"]) if "quarter" in kept else date.min
    return quarter, goal_id or None, version


def function_from(typed: inputs.Typed) -> Function | None:
    """The function that was chosen; None: the manager's own people."""
    chosen = inputs.choice_of(typed, "team")
    return None if chosen in (None, OWN_PEOPLE) else Function(chosen)
