"""The end of a pulse: what was answered loses its keys, and everybody concerned is told, once, at one instant."""

import random
from collections.abc import Collection, Iterable

from domain.messages import Kind, Rendered
from domain.moment import Moment
from domain.names import fold
from domain.people import Role
from domain.pulse import PulseResult
from domain.pulse_calendar import next_opening
from domain.pulse_groups import EVERYBODY
from domain.pulse_runs import State
from domain.settings import Settings
from steps import pulse, pulse_plans, pulse_posts
from steps.working_days import working_in
from storage import batches, outbox, people, pulse_asked, pulse_ballots
from storage import pulse as pulse_rows
from storage.database import leave_no_copy
from storage.guard import GuardedSession
from storage.people import Person
from storage.pulse import Pulse
from storage.pulse_ballots import Cast
from storage.pulse_runs import PulseRun
from views import pulse as view

SHUFFLE_BITS = 256


def close(session: GuardedSession, moment: Moment, run: PulseRun, settings: Settings) -> None:
    """Close the pulse and tell what it said; plan the next one where it comes again.

    Deleting who was asked waits for whoever is sending answers at this instant, and nobody gets in afterwards.
    """
    groups = pulse_asked.answered(session, run.id)
    pulse_asked.forget_participation(session, run.id)
    found = _keep(session, moment, run)
    pulse_ballots.forget(session, run.id)
    batches.give_up(session, moment, run.id)
    batches.forget_kind(session, run.id, Kind.PULSE_REMINDER)
    leave_no_copy(session)
    run.state, run.ended_at, run.secret, run.pulse_id, run.counts = State.CLOSED.value, moment.now, None, found.id, {}
    session.flush()
    results = pulse.results(session)
    newest = next(one for one in reversed(results) if one.pulse_id == found.id)
    pulse_posts.ended(session, moment, run, groups, settings)
    _tell_channels(session, moment, run, groups, newest, settings)
    _tell_managers(session, moment, newest)
    _tell_leaders(session, moment, results)
    _plan_next(session, moment, run, settings)


def _keep(session: GuardedSession, moment: Moment, run: PulseRun) -> Pulse:
    """Copy the ballots to answers in random order, and the comments apart from them in another."""
    cast = pulse_ballots.all_of(session, run.id)
    dice = random.Random(moment.random_bits(SHUFFLE_BITS))  # noqa: S311  # seeded by the house's own source of secrets
    found = Pulse(id=moment.new_id(), name=run.name, key=_key(session, run), held_on=run.opens_on)
    found.smallest, found.created_at = run.smallest, moment.now
    session.add(found)
    session.flush()
    pulse_ballots.leave(session, found.id, _shuffled(cast, dice, moment))
    said = _shuffled([one for one in cast if one.comment], dice, moment)
    pulse_ballots.leave_comments(session, found.id, [(one_id, one.group, one.comment) for one_id, one in said])
    return found


def _shuffled(cast: Iterable[Cast], dice: random.Random, moment: Moment) -> list[tuple[str, Cast]]:
    mixed = list(cast)
    dice.shuffle(mixed)
    return [(moment.new_id(), one) for one in mixed]


def _key(session: GuardedSession, run: PulseRun) -> str:
    """The name folded; where a pulse of that name was held on that day already, with the run's id."""
    key = fold(run.name)
    taken = any(one.key == key and one.held_on == run.opens_on for one in pulse_rows.every(session))
    return f"{key} {run.id}" if taken else key


def _tell_channels(
    session: GuardedSession,
    moment: Moment,
    run: PulseRun,
    groups: pulse_posts.Answered,
    newest: PulseResult,
    settings: Settings,
) -> None:
    told = {one.group: one for one in newest.groups if one.team is None and not one.is_all}
    told[EVERYBODY] = next(one for one in newest.groups if one.is_all)
    for channel in pulse_posts.channels(run, groups, settings):
        if channel.group in told:
            message = view.of_channel(newest, told[channel.group])
            outbox.put(session, moment, Kind.PULSE_RESULT, channel.target, message)


def _tell_managers(session: GuardedSession, moment: Moment, newest: PulseResult) -> None:
    teams = [one for one in newest.groups if one.team is not None]
    leading = {one.team for one in teams if one.team is not None}
    for manager in people.by_ids(session, leading):
        theirs = [one for one in teams if one.team == manager.id]
        _tell(session, moment, manager, view.of_team(newest, theirs))


def _tell_leaders(session: GuardedSession, moment: Moment, results: list[PulseResult]) -> None:
    names = pulse.team_names(session, results)
    heard = {one.id: one for role in (Role.LEADER, Role.CHAMPION) for one in people.holders(session, role)}
    for person in heard.values():
        _tell(session, moment, person, view.results(results, names), names)


def _tell(
    session: GuardedSession, moment: Moment, person: Person, message: Rendered, leading: Collection[str] = ()
) -> None:
    """`leading` are the managers after whom the teams in the message are called."""
    if person.slack_user_id:
        subjects = [person.id, *leading]
        outbox.put(session, moment, Kind.PULSE_RESULT, person.slack_user_id, message, subjects=subjects)


def _plan_next(session: GuardedSession, moment: Moment, run: PulseRun, settings: Settings) -> None:
    plan = pulse_plans.plan_of(run)
    again = next_opening(plan.cadence, run.opens_on, run.held, working_in(run.zone))
    if again is None:
        return
    plan = pulse_plans.renamed(plan, again)
    held, planner = run.held + 1, run.planned_by_id
    row = pulse_plans.planned(moment, plan, settings.numbers, settings.time_zone, held=held, planned_by_id=planner)
    session.add(row)
