"""Messages about teams' goals: to the manager, to whoever proposed, to the team's channel. Decides no figure."""

from collections.abc import Sequence
from datetime import date

from domain import quarters
from domain.messages import Rendered
from domain.team_goals import Goal, Measure, Overview, State, share
from views import blocks, charts
from views.ids import Action
from views.team_goals import TITLE, figures, progress, team, to_answer
from views.text import Block, line, mention, shorten

LABELLED = 9
"""Characters of a team's name under a bar, beside the name of the figure."""

MOST_TOLD = 12
"""Goals in one message: more is no news but a list."""


def ask(goal: Goal, proposer: str | None) -> Rendered:
    """The goal that is proposed for one's team, kept up to date."""
    what = f"{team(goal)}, {quarters.in_words(goal.quarter)}"
    match goal.state:
        case State.PROPOSED:
            said = f"A goal for your team is proposed: {what}."
            rows = [f"{mention(proposer)} proposes *{figures(goal.wanted)}*. Agree, or say what would fit."]
        case State.ANSWERED:
            said = f"You named other figures: {what}."
            instead = figures(goal.answer or goal.wanted)
            rows = [f"*{instead}* instead of {figures(goal.wanted)}. {mention(proposer)} was told."]
        case State.AGREED:
            said = f"The goal of your team is agreed: {what}."
            rows = [f"*{figures(goal.wanted)}*. Home shows how far your team is."]
        case _:
            said = f"The goal that was proposed for your team was taken back: {what}."
            rows = ["You need not do anything."]
    buttons = blocks.actions(to_answer(goal)) if goal.state is State.PROPOSED else []
    return blocks.message(said, [blocks.section(f"*{said}*"), *(blocks.section(one) for one in rows), *buttons])


def no_longer_asked(quarter: date) -> Rendered:
    """Somebody else answers for it now."""
    said = f"A colleague answers for that team's goal for {quarters.in_words(quarter)} now. You need not do anything."
    return blocks.message(said, [blocks.section(said)])


def news(goal: Goal) -> Rendered:
    """What the manager said, to whoever proposed."""
    who = mention(goal.manager_slack_id, line(goal.manager, 60))
    if goal.state is State.AGREED:
        said = f"{who} agrees: {team(goal)}, {figures(goal.wanted)}."
    else:
        said = f"{who} names other figures for {team(goal)}: {figures(goal.answer or goal.wanted)}."
    way = blocks.actions([blocks.button(TITLE, Action.GOALS)])
    return blocks.message(said, [blocks.section(said), *way])


def result(goal: Goal, state: State) -> Rendered:
    """How it ended."""
    when = quarters.in_words(goal.quarter)
    if state is State.LAPSED:
        said = f"{team(goal)}: the goal for {when} was not agreed before the quarter ended."
        return blocks.message(said, [blocks.section(said)])
    said = f"{team(goal)}, {when}: {_ended(goal)}."
    way = blocks.actions([blocks.button(TITLE, Action.GOALS)])
    return blocks.message(said, [blocks.section(f"*{said}*\n{progress(goal)}"), *way])


def _ended(goal: Goal) -> str:
    if goal.is_reached:
        return "the goal is reached"
    reached = sum(done >= wanted for _measure, wanted, done in goal.rows)
    return f"{reached} of {len(goal.rows)} figures reached" if reached else "the goal is not reached"


def post(goals: Sequence[Goal]) -> Rendered:
    """How far the teams of a channel are, or what came of the quarter that is over."""
    some = goals[:MOST_TOLD]
    first = some[0]
    if len(some) == 1:
        said = f"{team(first)}, {quarters.in_words(first.quarter)}: {_so_far(first)}."
    else:
        said = "How far our teams are with their goals."
    content: list[Block] = [blocks.section(f"*{said}*")]
    for goal in some:
        title = "" if len(some) == 1 else f"*{team(goal)}*, {quarters.in_words(goal.quarter)}: {_so_far(goal)}.\n"
        content.append(blocks.section(f"{title}{progress(goal)}"))
    content += _chart(some)
    content += blocks.actions(
        [blocks.button("Nominate a customer", Action.NOMINATE), blocks.button("Look up advocates", Action.LOOK_UP)]
    )
    return blocks.message(said, content)


def _so_far(goal: Goal) -> str:
    if goal.state is State.CLOSED:
        return _ended(goal)
    return "the goal is reached" if goal.is_reached else "so far"


def chart(found: Overview) -> Rendered:
    """All that somebody sees, with a chart."""
    said = f"{TITLE}, {quarters.in_words(found.quarter)}."
    rows = [blocks.section(f"*{team(goal)}*\n{progress(goal)}") for goal in found.goals[:MOST_TOLD]]
    return blocks.message(said, [blocks.header(said), *_chart(found.goals[:MOST_TOLD]), *rows])


def _chart(goals: Sequence[Goal]) -> list[Block]:
    """One bar a figure: how much of what is wanted is there, in hundredths."""
    bars = [
        (measure.value.capitalize() if len(goals) == 1 else _label(goal, measure), int(100 * share(wanted, done)))
        for goal in goals
        for measure, wanted, done in goal.rows
    ][: charts.MOST_BARS]
    names = charts.labels(name for name, _value in bars)
    return charts.bars(
        "Reached so far", "Of 100 wanted", names, {"There": [value for _name, value in bars]} if bars else {}
    )


def _label(goal: Goal, measure: Measure) -> str:
    """Team and figure, within what stands under a bar."""
    name = goal.team.value.capitalize() if goal.team else goal.manager
    return f"{shorten(name, LABELLED)}: {measure.value.split()[0]}"
