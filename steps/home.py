"""What one person's Home shows, in a few statements however large the program is. Decides who sees which part."""

from dataclasses import replace

from domain import permissions
from domain.health import judged
from domain.home import READ, Desk, Home, Upkeep
from domain.home_focus import open_to
from domain.moment import Moment
from domain.people import Actor
from domain.permissions import Action
from domain.quarters import quarter_of
from domain.self_checks import parts_of
from domain.settings import Settings
from domain.setup import Setup
from domain.time_zones import zone_of
from steps import customers, group_offers, team_goals
from storage import home, settings
from storage.guard import GuardedSession
from storage.home import Glance, Lists, Wanted


def seen(session: GuardedSession, actor: Actor, moment: Moment) -> Home:
    """All of it. Raises NotAllowed for whoever may not take part."""
    permissions.check(actor, Action.NOMINATE)
    may = frozenset(action for action in Action if permissions.may(actor, action))
    known = settings.load(session)
    wanted = _wanted(actor, may, moment, known)
    glance = home.glance(session, wanted)
    lists = home.lists(session, actor.person_id, READ, desk=Action.SEE_QUEUE in may)
    loads = customers.loads(session, actor, moment)
    parts = open_to(may, looks_after=bool(loads or lists.to_approve), leads=glance.leads)
    return Home(
        name=actor.name,
        parts=parts,
        focus=next((part for part in parts if part.value == glance.focus), None),
        function=actor.function,
        manager_slack_id=glance.manager_slack_id,
        may=may,
        mine=lists.mine,
        requests=lists.requests,
        to_approve=lists.to_approve,
        loads=loads,
        pulse=glance.pulse,
        self_checks=tuple(part for part in wanted.parts if part not in glance.checked),
        goals=team_goals.in_home(session, actor, moment),
        plan=replace(glance.plan, plans=Action.EDIT_PLAN in may) if glance.plan else None,
        conversations=glance.conversations,
        credit=glance.credit,
        leads=glance.leads,
        desk=_desk(lists) if Action.SEE_QUEUE in may else None,
        upkeep=Upkeep(glance.problems, glance.unknown_people) if wanted.upkeep else None,
        targets=glance.targets,
        health=(glance.health[0], judged(glance.health[1])) if glance.health else None,
        brought=glance.brought,
        setup=_setup(glance, known) if Action.EDIT_SETTINGS in may else None,
    )


def _wanted(actor: Actor, may: frozenset[Action], moment: Moment, known: Settings) -> Wanted:
    today = moment.now.astimezone(zone_of(known.time_zone)).date()
    return Wanted(
        actor.person_id,
        moment.now,
        upkeep=Action.SEE_DEAD_LETTERS in may,
        targets=Action.SEE_TARGETS in may,
        health=Action.SEE_HEALTH in may,
        value=Action.SEE_VALUE in may,
        setup=Action.EDIT_SETTINGS in may and not known.setup_put_away,
        parts=parts_of(actor) if Action.ANSWER_SELF_CHECK in may else (),
        quarter=quarter_of(today),
        today=today,
        plan=Action.SEE_PLAN in may,
        conversations=known.log_on and actor.person_id in known.log_readers and Action.SEE_RESISTANCE_NAMES in may,
    )


def _desk(lists: Lists) -> Desk:
    return Desk(lists.queue, lists.waiting, lists.journeys, lists.to_answer, group_offers.of(lists.to_answer))


def _setup(glance: Glance, known: Settings) -> Setup:
    return Setup(frozenset(), put_away=True) if known.setup_put_away else Setup(glance.steps)
