"""App Home: what concerns the viewer, most urgent first. Decides no rule; who sees which part is said in the value."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import TypeVar

from domain import advocates
from domain.home import Desk, Home, Upkeep
from domain.nominations import Card, State
from domain.people import Function
from domain.permissions import Action as May
from views import (
    adoption,
    alert,
    blocks,
    credit,
    health,
    home_owner,
    home_requests,
    home_team,
    pulse_overview,
    request_report,
    schedule,
    self_checks,
    setup,
    targets,
    team_goals,
    team_week,
    use_report,
    value,
)
from views.home_parts import more
from views.ids import Action
from views.nomination_words import introduction, nominator, standing, who, who_plain
from views.text import Block, age, count, day, line, mention, shorten

T = TypeVar("T")

MINE, QUEUE, WAITING, JOURNEYS = 8, 6, 3, 3
FEW = 2
"""How many of each are drawn; of one's own FEW, where Home is full of the team's work. Up to two blocks each, and
headings, stay under Slack's 100; the rest is counted."""

WHY_SHOWN = 300
"""Characters of a reason in the queue: enough to recall it, the alert has all of it."""


def drawn(home: Home, reader: str, now: datetime) -> Block:
    """One person's Home; `reader` is their Slack id, `now` aware UTC."""
    is_team = home.desk is not None
    content = [
        *_greeting(home.name),
        *(_about_you(home.function, home.manager_slack_id) if home.function else _ask_function()),
        *(_needs_a_hand(home.upkeep) if home.upkeep else []),
        *_program(home),
        *home_owner.waiting(home.to_approve, now),
        *(home_team.queue(home.desk.to_answer, home.desk.groups, now) if home.desk else []),
        *(_team(home.desk, now) if home.desk else []),
        *home_requests.mine(home.requests, reader, now, few=is_team),
        *home_owner.load(home.loads, now.date()),
        *_mine(home.mine, reader, few=is_team),
        *(credit.in_home(home.credit) if home.credit else []),
        *_foot(),
    ]
    return blocks.home(content)


def _program(home: Home) -> list[Block]:
    """How the program stands, and what it asks of the viewer."""
    return [
        *(setup.in_home(home.setup) if home.setup else []),
        *(pulse_overview.in_home(home.pulse) if home.pulse else []),
        *(health.in_home(home.health) if May.SEE_HEALTH in home.may else []),
        *(adoption.in_home() if home.leads else []),
        *self_checks.in_home(home.self_checks),
        *(team_goals.in_home(home.goals) if home.goals else []),
        *(_figures(home) if May.SEE_VALUE in home.may else []),
        *(targets.in_home(*home.targets) if home.targets else []),
        *(schedule.in_home() if May.EDIT_SCHEDULES in home.may else []),
    ]


def refused(sentence: str) -> Block:
    """Home of somebody who may not take part: why, and whom to ask."""
    return blocks.home([blocks.words(sentence)])


def _figures(home: Home) -> list[Block]:
    """What the program brings, and the ways to that and to what it costs."""
    ways = [
        (value.TITLE, Action.VALUE),
        (request_report.TITLE, Action.REQUEST_REPORT),
        (use_report.TITLE, Action.USE_REPORT),
        *([(team_week.TITLE, Action.TEAM_WEEK)] if May.SEE_QUEUE in home.may else []),
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
        blocks.header("To review"),
        *_listed(desk.queue, QUEUE, lambda card: _to_review(card, now), "Nothing waits for review."),
        *_part("Waiting for an introduction", desk.waiting, WAITING, _to_introduce),
        *_part("On their way to being advocates", desk.journeys, JOURNEYS, _on_their_way),
    ]


def _listed(cards: Sequence[T], most: int, draw: Callable[[T], list[Block]], empty: str) -> list[Block]:
    rows = [block for card in cards[:most] for block in draw(card)]
    return [*rows, *more(len(cards), most)] or [blocks.section(empty)]


def _part(title: str, cards: Sequence[T], most: int, draw: Callable[[T], list[Block]]) -> list[Block]:
    return [blocks.header(title), *_listed(cards, most, draw, "")] if cards else []


def _to_review(card: Card, now: datetime) -> list[Block]:
    late = " :warning: *Too long.*" if card.flagged else ""
    why = line(card.why, WHY_SHOWN)
    text = f"*{who(card)}*, for {age(card.created_at, now)}, by {nominator(card)}.{late}\n{standing(card)}\n{why}"
    return [blocks.section(text), *alert.buttons(card)]


def _to_introduce(card: Card) -> list[Block]:
    record = blocks.button(
        "Record the introduction", Action.INTRODUCED, card.id, spoken=f"Record the introduction: {who_plain(card)}"
    )
    return [blocks.section(f"*{who(card)}*: {introduction(card)}", record)]


def _on_their_way(card: advocates.Card) -> list[Block]:
    lacking = f" Still missing: {line(', '.join(card.missing), 400)}." if card.missing else " Ready to publish."
    opened = blocks.button("Open the journey", Action.JOURNEY, card.id, spoken=f"Open the journey: {who_plain(card)}")
    return [blocks.section(f"*{who(card)}* is {card.state.words}.{lacking}", opened)]


def _mine(mine: Sequence[Card], reader: str, *, few: bool) -> list[Block]:
    nudge = "None yet. Which customer spoke well of us lately? A name and a sentence are enough."
    return [
        blocks.divider(),
        blocks.header("My nominations"),
        *_listed(mine, FEW if few else MINE, partial(_my_nomination, reader=reader), nudge),
    ]


def _my_nomination(card: Card, reader: str) -> list[Block]:
    is_own = card.nominator_slack_id == reader
    when = blocks.context(
        f"{'Put forward' if is_own else 'Put forward by a colleague'} on {day(card.created_at.date())}"
    )
    button = _my_button(card) if is_own else None
    return [blocks.section(f"*{who(card)}*\n{_how_it_stands(card, reader)}", button), when]


def _how_it_stands(card: Card, reader: str) -> str:
    """For whoever put them forward: what comes next, rather than who does it."""
    if card.state is State.SUBMITTED:
        return f"Waiting for review.{_looked_at(card, reader)}"
    if card.state is State.NEEDS_INFO and card.nominator_slack_id == reader:
        return f"*The team has a question:* {line(card.question or '', 600)}"
    return standing(card, reader)


def _looked_at(card: Card, reader: str) -> str:
    if card.reviewer_slack_id is None:
        return ""
    return (
        " You look at it." if card.reviewer_slack_id == reader else f" {mention(card.reviewer_slack_id)} looks at it."
    )


def _my_button(card: Card) -> Block | None:
    if card.state is State.NEEDS_INFO:
        return blocks.button("Answer", Action.ANSWER, card.id, style="primary", spoken=f"Answer: {who_plain(card)}")
    if card.state is State.SUBMITTED:
        sure = blocks.confirm("Take it back?", "The team stops looking at this nomination.", "Take it back", "Keep it")
        return blocks.button(
            "Take it back", Action.WITHDRAW, card.id, spoken=f"Take it back: {who_plain(card)}", confirm=sure
        )
    return None


def _foot() -> list[Block]:
    row = [
        blocks.button("Log a use", Action.TOUCH, spoken="Log a use of an advocate"),
        blocks.button("Help", Action.HELP),
        blocks.button("Settings", Action.SETTINGS),
    ]
    return [blocks.divider(), *blocks.actions(row)]
