"""App Home: what concerns the viewer. Decides who sees which part; the parts are drawn in views.home."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError

from domain import permissions
from domain.advocates import Card as Advocate
from domain.credit import Credit
from domain.errors import RuleError
from domain.health import Health
from domain.loads import Load
from domain.moment import Moment
from domain.nominations import Card
from domain.people import Actor
from domain.pulse_overview import Waiting
from domain.requests import Card as Request
from domain.self_checks import Part
from domain.setup import Setup
from handlers.act import Act
from handlers.answering import answered
from handlers.house import House
from handlers.switchboard import Switchboard
from steps import customers, group_offers, health, pulse, self_checks, setup
from steps import people as people_steps
from storage import cards, credit, people, profiles, request_cards, targets, undelivered
from storage.database import DatabaseBusyError
from storage.guard import GuardedSession
from views import home as view
from views.home_parts import READ

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class HomeNow:
    """What one person's Home shows at present."""

    actor: Actor
    mine: list[Card]
    queue: list[Card]
    waiting: list[Card]
    journeys: list[Advocate]
    can_review: bool
    is_admin: bool
    problems: int
    unknown_people: int
    manager_slack_id: str | None
    requests: list[Request]
    to_answer: list[Request]
    to_approve: list[Request]
    loads: tuple[Load, ...]
    targets: tuple[int, date | None] | None
    sees_value: bool
    pulse: Waiting | None
    self_checks: tuple[Part, ...]
    health: tuple[date, Health] | None
    sees_health: bool
    setup: Setup | None
    credit: Credit
    plans: bool
    leads: bool


def register(board: Switchboard, house: House) -> None:
    """Listen to the opening of Home."""
    board.event("app_home_opened")(answered(house, opened))


async def opened(act: Act) -> None:
    """Home was opened: draw it afresh. The Messages tab needs nothing."""
    if act.body["event"].get("tab") == "home":
        await publish(act)


async def publish(act: Act) -> None:
    """Draw this person's Home."""
    async with act.house.home_of(act.installation.workspace_id, act.user_id):
        try:
            view_now = draw(await act.read(home_now), act)
        except RuleError as refusal:
            view_now = view.refused(refusal.message)
        await act.args.client.views_publish(user_id=act.user_id, view=view_now)


async def redraw(act: Act) -> None:
    """After an act of this person that changed what stands in their Home. The act is done, whatever happens here."""
    try:
        await publish(act)
    except (DatabaseBusyError, SlackApiError, aiohttp.ClientError, TimeoutError) as error:
        log.info("home not redrawn", error=type(error).__name__)


def draw(now: HomeNow, act: Act) -> dict[str, Any]:
    """Home as Block Kit."""
    return view.member(
        now.mine,
        reader=act.user_id,
        name=now.actor.name,
        can_review=now.can_review,
        queue=now.queue,
        waiting=now.waiting,
        journeys=now.journeys,
        function=now.actor.function,
        manager=now.manager_slack_id,
        problems=now.problems,
        unknown_people=now.unknown_people,
        is_admin=now.is_admin,
        requests=now.requests,
        to_answer=now.to_answer,
        groups=group_offers.of(now.to_answer),
        to_approve=now.to_approve,
        loads=now.loads,
        targets_now=now.targets,
        sees_value=now.sees_value,
        pulse=now.pulse,
        self_checks_waiting=now.self_checks,
        health_now=now.health,
        sees_health=now.sees_health,
        setup_now=now.setup,
        credit_ever=now.credit,
        plans=now.plans,
        leads=now.leads,
        now=act.house.clock.now(),
    )


def home_now(session: GuardedSession, actor: Actor, moment: Moment) -> HomeNow:
    """All that Home shows, in a fixed number of statements."""
    permissions.check(actor, permissions.Action.NOMINATE)
    can_review = permissions.may(actor, permissions.Action.SEE_QUEUE)
    is_admin = permissions.may(actor, permissions.Action.SEE_DEAD_LETTERS)
    sees_health = permissions.may(actor, permissions.Action.SEE_HEALTH)
    return HomeNow(
        actor=actor,
        mine=cards.mine(session, actor.person_id, READ),
        queue=cards.queue(session, READ) if can_review else [],
        waiting=cards.awaiting_introduction(session, READ) if can_review else [],
        journeys=profiles.in_progress(session, READ) if can_review else [],
        can_review=can_review,
        is_admin=is_admin,
        problems=len(undelivered.problems(session)) if is_admin else 0,
        unknown_people=people.how_many_unknown(session) if is_admin else 0,
        manager_slack_id=people_steps.who_i_am(session, actor, moment)[1],
        requests=request_cards.mine(session, actor.person_id, READ),
        to_answer=request_cards.queue(session, READ) if can_review else [],
        to_approve=request_cards.to_approve(session, actor.person_id, READ),
        loads=customers.loads(session, actor, moment),
        targets=targets.at_a_glance(session) if permissions.may(actor, permissions.Action.SEE_TARGETS) else None,
        sees_value=permissions.may(actor, permissions.Action.SEE_VALUE),
        pulse=pulse.waiting(session, actor, moment),
        self_checks=self_checks.waiting(session, actor, moment),
        health=health.at_a_glance(session) if sees_health else None,
        sees_health=sees_health,
        setup=setup.seen(session, actor, moment),
        credit=credit.own(session, actor.person_id),
        plans=permissions.may(actor, permissions.Action.EDIT_SCHEDULES),
        leads=people.leads_anybody(session, actor.person_id),
    )
