"""What Home reads: each person's own lists and the team's, the same few statements however long they are.

Decides nothing about who may see what.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, select

from domain.advocates import Card as Advocate
from domain.credit import Credit
from domain.launch_plan import Glance as LaunchPlan
from domain.nominations import OPEN, State
from domain.nominations import Card as Nomination
from domain.pulse_overview import Waiting
from domain.requests import Card as Request
from domain.requests import State as RequestState
from domain.self_checks import Part
from domain.setup import Part as Step
from domain.value import Brought
from storage import (
    backers,
    cards,
    credit,
    health_days,
    launch_plan,
    people,
    profiles,
    pulse_asked,
    request_cards,
    resistance,
    setup,
    targets,
    undelivered,
    value_days,
)
from storage.backers import Backers
from storage.guard import GuardedSession
from storage.health_days import Attained
from storage.self_checks import given


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whose Home it is, and what else it shows. `quarter` is the first day of the one that self-checks are about,
    `today` the day on the workspace's calendar; `plan`: with the whole launch plan, else the own part of it."""

    person_id: str
    now: datetime
    upkeep: bool = False
    targets: bool = False
    health: bool = False
    value: bool = False
    setup: bool = False
    parts: Sequence[Part] = ()
    quarter: date | None = None
    today: date | None = None
    plan: bool = False
    conversations: bool = False


@dataclass(frozen=True, slots=True)
class Glance:
    """What one statement finds. None or empty for what was not wanted."""

    manager_slack_id: str | None
    focus: str | None
    leads: bool
    credit: Credit
    pulse: Waiting | None
    problems: int = 0
    unknown_people: int = 0
    targets: tuple[int, date | None] | None = None
    health: tuple[date, Attained] | None = None
    brought: tuple[date, Brought] | None = None
    steps: frozenset[Step] = frozenset()
    checked: frozenset[Part] = frozenset()
    plan: LaunchPlan | None = None
    conversations: int = 0


def glance(session: GuardedSession, wanted: Wanted) -> Glance:
    """All that is one figure or one row. One statement."""
    session.flush()
    own = {f"credit {name}": column for name, column in credit.own_columns(wanted.person_id).items()}
    pulse = {f"pulse {name}": column for name, column in pulse_asked.open_columns(wanted.person_id, wanted.now).items()}
    about = people.about_columns(wanted.person_id) | own | pulse | _of_the_program(wanted) | _of_the_change(wanted)
    row = session.execute(select(*about.values())).one()
    return _seen(dict(zip(about, row, strict=True)), wanted)


def _of_the_program(wanted: Wanted) -> dict[str, ColumnElement[Any]]:
    columns: dict[str, ColumnElement[Any]] = {}
    if wanted.upkeep:
        columns |= {"problems": undelivered.count_column(), "unknown": people.unknown_column()}
    if wanted.targets:
        columns |= targets.glance_columns()
    if wanted.health:
        columns |= health_days.newest_columns()
    if wanted.value:
        columns |= value_days.newest_columns()
    if wanted.setup:
        columns |= {f"step {step.value}": fact for step, fact in setup.facts().items()}
    if wanted.quarter is not None:
        columns |= {f"part {part.value}": given(wanted.person_id, part, wanted.quarter) for part in wanted.parts}
    return columns


def _of_the_change(wanted: Wanted) -> dict[str, ColumnElement[Any]]:
    if wanted.today is None:
        return {}
    columns = launch_plan.glance_columns(wanted.person_id, wanted.today)
    if wanted.conversations:
        columns["conversations"] = resistance.due_column(wanted.person_id, wanted.today)
    return columns


def _seen(found: Mapping[str, Any], wanted: Wanted) -> Glance:
    own = {name: found[f"credit {name}"] or 0 for name in credit.own_columns(wanted.person_id)}
    pulse = {name.removeprefix("pulse "): value for name, value in found.items() if name.startswith("pulse ")}
    return Glance(
        manager_slack_id=found["manager"],
        focus=found["focus"],
        leads=bool(found["leads"]),
        credit=Credit(wanted.person_id, **own),
        pulse=pulse_asked.opened(pulse),
        problems=found.get("problems") or 0,
        unknown_people=found.get("unknown") or 0,
        targets=(found["targets"], found["next target"]) if wanted.targets else None,
        health=health_days.read(found["health day"], found["attained"]) if wanted.health else None,
        brought=value_days.read(found["value day"], found["brought"]) if wanted.value else None,
        steps=frozenset(step for step in Step if found.get(f"step {step.value}")),
        plan=_plan(found, wanted) if wanted.today is not None else None,
        conversations=found.get("conversations") or 0,
        checked=frozenset(part for part in Part if found.get(f"part {part.value}")),
    )


def _plan(found: Mapping[str, Any], wanted: Wanted) -> LaunchPlan:
    whole = launch_plan.progress_in(found) if wanted.plan else None
    return LaunchPlan(whole, found["plan own"] or 0, found["plan own next"])


@dataclass(frozen=True, slots=True)
class Lists:
    """One's own, the newest first; an owner's and the team's, the oldest first."""

    mine: list[Nomination] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)
    to_approve: list[Request] = field(default_factory=list)
    queue: list[Nomination] = field(default_factory=list)
    waiting: list[Nomination] = field(default_factory=list)
    journeys: list[Advocate] = field(default_factory=list)
    to_answer: list[Request] = field(default_factory=list)


def lists(session: GuardedSession, person_id: str, limit: int, *, desk: bool) -> Lists:
    """At most `limit` of each; `desk`: with the team's. Four statements with it, three without."""
    session.flush()
    put_forward = cards.rows_for_home(session, person_id, limit, desk=desk)
    asked_for = request_cards.rows_for_home(session, person_id, limit, desk=desk)
    on_their_way = profiles.rows_in_progress(session, limit) if desk else []
    behind = backers.of(
        session,
        nomination_ids=[
            *(row.Nomination.id for row in put_forward),
            *(row.Advocate.nomination_id for row in on_their_way),
        ],
        request_ids=[row.Request.id for row in asked_for],
    )
    put = sorted(cards.of_rows(put_forward, behind), key=lambda card: (card.created_at, card.id))
    asked = sorted(request_cards.of_rows(asked_for, behind), key=lambda card: (card.created_at, card.id))
    return Lists(
        mine=[card for card in reversed(put) if _backs(card, person_id, behind)][:limit],
        requests=[card for card in reversed(asked) if person_id in card.requester_ids][:limit],
        to_approve=[card for card in asked if _waits_for(card, person_id)][:limit],
        queue=[card for card in put if card.state in OPEN][:limit] if desk else [],
        waiting=[card for card in put if _waits_for_introduction(card)][:limit] if desk else [],
        journeys=profiles.of_rows(session, on_their_way, behind),
        to_answer=[card for card in asked if card.state.is_open][:limit] if desk else [],
    )


def _backs(card: Nomination, person_id: str, behind: Backers) -> bool:
    return card.nominator_id == person_id or any(one.person_id == person_id for one in behind.get(card.id, ()))


def _waits_for(card: Request, owner_id: str) -> bool:
    return card.owner_id == owner_id and card.state is RequestState.AWAITING_OWNER


def _waits_for_introduction(card: Nomination) -> bool:
    asked = card.introduction_due is not None and not card.introduction_made
    return asked and card.state is State.ACCEPTED
