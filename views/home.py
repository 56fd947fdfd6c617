"""App Home: what concerns the viewer, most urgent first. Decides no rule; who sees which part is said in the value."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import TypeVar

from domain.home import Desk, Home, Upkeep
from domain.home_focus import ALL, WORDS, Focus
from domain.home_pages import Part
from domain.nominations import Card
from domain.people import Function
from domain.permissions import Action as May
from views import (
    adoption,
    blocks,
    credit,
    health,
    home_owner,
    home_requests,
    home_rows,
    home_team,
    inputs,
    launch_plan,
    mechanisms,
    pulse_overview,
    request_report,
    resistance,
    schedule,
    self_checks,
    setup,
    targets,
    team_goals,
    team_week,
    use_report,
    value,
)
from views.home_parts import HEADS, more
from views.ids import Action
from views.text import Block, count, mention, shorten

T = TypeVar("T")

MINE, QUEUE, WAITING, JOURNEYS = 8, 6, 2, 2
FEW = 2
"""How many of each are drawn; of one's own FEW, where Home is full of the team's work. Up to two blocks each, and
headings, stay under Slack's 100; the rest is counted, and a click away."""


def drawn(home: Home, reader: str, now: datetime) -> Block:
    """One person's Home; `reader` is their Slack id, `now` aware UTC."""
    few = home.desk is not None and home.focus is None
    content = [
        *_greeting(home.name),
        *_switch(home),
        *(_about_you(home.function, home.manager_slack_id) if home.function else _ask_function()),
        *(_needs_a_hand(home.upkeep) if home.upkeep else []),
        *(pulse_overview.in_home(home.pulse) if home.pulse else []),
        *(launch_plan.in_home(home.plan) if home.plan else []),
        *resistance.in_home(home.conversations),
        *(_program(home) if home.shows(Focus.PROGRAM) else []),
        *(_my_team(home) if home.shows(Focus.TEAM) else []),
        *(home_owner.waiting(home.to_approve, now) if home.shows(Focus.CUSTOMERS) else []),
        *(_desk(home.desk, now) if home.desk and home.shows(Focus.DESK) else []),
        *(home_requests.mine(home.requests, reader, now, few=few) if home.shows(Focus.OWN) else []),
        *(home_owner.load(home.loads, now.date()) if home.shows(Focus.CUSTOMERS) else []),
        *(_mine(home.mine, reader, few=few) if home.shows(Focus.OWN) else []),
        *(credit.in_home(home.credit) if home.credit and home.shows(Focus.OWN) else []),
        *_foot(),
    ]
    return blocks.home(content)


def _switch(home: Home) -> list[Block]:
    """For people with several roles: one of them at a time."""
    if len(home.parts) < 2:  # nothing to choose from
        return []
    choices = [inputs.option("All of it", ALL), *(inputs.option(WORDS[part], part.value) for part in home.parts)]
    menu = inputs.select(choices, home.focus.value if home.focus else ALL)
    return [blocks.section("What do you want to see here?", {**menu, "action_id": Action.HOME_FOCUS.value})]


def _program(home: Home) -> list[Block]:
    """How the program stands, and what it asks of the viewer."""
    return [
        *(setup.in_home(home.setup) if home.setup else []),
        *(health.in_home(home.health) if May.SEE_HEALTH in home.may else []),
        *self_checks.in_home(home.self_checks),
        *(_figures(home) if May.SEE_VALUE in home.may else []),
        *(targets.in_home(*home.targets) if home.targets else []),
        *(schedule.in_home() if May.EDIT_SCHEDULES in home.may else []),
    ]


def _my_team(home: Home) -> list[Block]:
    return [
        *(adoption.in_home() if home.leads else []),
        *(team_goals.in_home(home.goals) if home.goals else []),
    ]


def _desk(desk: Desk, now: datetime) -> list[Block]:
    return [*home_team.queue(desk.to_answer, desk.groups, now), *_team(desk, now)]


def refused(sentence: str) -> Block:
    """Home of somebody who may not take part: why, and whom to ask."""
    return blocks.home([blocks.words(sentence)])


def _figures(home: Home) -> list[Block]:
    """What the program brings, and the ways to that, to what it costs, and to what customers belong to."""
    ways = [
        (value.TITLE, Action.VALUE),
        (request_report.TITLE, Action.REQUEST_REPORT),
        (use_report.TITLE, Action.USE_REPORT),
        *([(team_week.TITLE, Action.TEAM_WEEK)] if May.SEE_QUEUE in home.may else []),
        *([(mechanisms.TITLE, Action.MECHANISMS)] if May.RUN_MECHANISMS in home.may else []),
    ]
    buttons = [blocks.button(title, action) for title, action in ways]
    return [*value.in_home(home.brought), *blocks.actions(buttons)]


def _greeting(name: str) -> list[Block]:
    return [
        blocks.header(f"Hello {shorten(name, 100)}" if name.strip() else "Hello"),
        *blocks.actions(
            [
                blocks.button("Nominate a customer", Action.NOMINATE, style="primary"),
                blocks.button("Look up advocates", Action.LOOK_UP),
                blocks.button("Request an advocate", Action.REQUEST),
            ]
        ),
    ]


def _ask_function() -> list[Block]:
    text = "*Which part of the company do you work in?* You are asked once, so that you get only what concerns you."
    return [blocks.section(text, blocks.button("Tell us", Action.FUNCTION))]


def _about_you(function: Function, manager: str | None) -> list[Block]:
    led = f", and your manager is {mention(manager)}" if manager else ""
    change = blocks.button("Change", Action.FUNCTION, spoken="Change what is known about you")
    return [blocks.section(f"You work in {function.value}{led}.", change)]


def _needs_a_hand(upkeep: Upkeep) -> list[Block]:
    rows, problems, unknown_people = [], upkeep.problems, upkeep.unknown_people
    if problems:
        text = f":warning: *{count(problems, 'message')}* could not be delivered."
        rows.append(
            blocks.section(text, blocks.button("Show", Action.DEAD_LETTERS, spoken="Show undelivered messages"))
        )
    if unknown_people:
        text = (
            f"Nobody knows what *{count(unknown_people, 'colleague')}* {'works' if unknown_people == 1 else 'work'} in."
        )
        show = blocks.button("Show", Action.UNKNOWN_PEOPLE, spoken="Show people without a function")
        rows.append(blocks.section(text, show))
    return rows


def _team(desk: Desk, now: datetime) -> list[Block]:
    return [
        blocks.divider(),
        *_listed(Part.QUEUE, desk.queue, partial(home_rows.to_review, now=now), "Nothing waits for review.", QUEUE),
        *(_listed(Part.WAITING, desk.waiting, home_rows.to_introduce, "", WAITING) if desk.waiting else []),
        *(_listed(Part.JOURNEYS, desk.journeys, home_rows.on_their_way, "", JOURNEYS) if desk.journeys else []),
    ]


def _listed(part: Part, cards: Sequence[T], draw: Callable[[T], list[Block]], empty: str, most: int) -> list[Block]:
    rows = [block for card in cards[:most] for block in draw(card)]
    return [blocks.header(HEADS[part]), *([*rows, *more(len(cards), most, part)] or [blocks.section(empty)])]


def _mine(mine: Sequence[Card], reader: str, *, few: bool) -> list[Block]:
    nudge = "None yet. Which customer spoke well of us lately? A name and a sentence are enough."
    return [
        blocks.divider(),
        *_listed(Part.MINE, mine, partial(home_rows.my_nomination, reader=reader), nudge, FEW if few else MINE),
    ]


def _foot() -> list[Block]:
    row = [
        blocks.button("Log a use", Action.TOUCH, spoken="Log a use of an advocate"),
        blocks.button("Help", Action.HELP),
        blocks.button("Kept about me", Action.ABOUT_ME, spoken="What is kept about me"),
        blocks.button("Settings", Action.SETTINGS),
    ]
    return [blocks.divider(), *blocks.actions(row)]
