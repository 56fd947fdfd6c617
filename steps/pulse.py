"""What pulses say, and to whom. Decides nothing about what is hidden; that is `domain.pulse`'s and, of a pulse that
people here have answered, `domain.pulse_groups`'s.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from domain import permissions
from domain.moment import Moment
from domain.names import fold
from domain.people import Actor, Function
from domain.permissions import Action
from domain.pulse import GroupResult, PulseResult, result_of
from domain.pulse_groups import Cell
from domain.pulse_groups import results as results_of_groups
from domain.pulse_overview import Seen
from domain.pulse_statements import MANAGERS, group_of
from domain.pulse_trend import Trend, trends
from steps import pulse_plans
from storage import people, pulse, pulse_asked, pulse_ballots
from storage.guard import GuardedSession
from storage.pulse import Pulse


def results(session: GuardedSession) -> list[PulseResult]:
    """What is told of every pulse and each of its groups, the newest last. Two statements where all were brought in,
    else three, however many answered."""
    held = pulse.every(session)
    cells: defaultdict[str, list[Cell]] = defaultdict(list)
    for live in {one.smallest is not None for one in held}:
        for pulse_id, group, team, counted in pulse.tallies(session, live=live):
            cells[pulse_id].append(Cell(group, team, counted))
    return [_result(one, cells[one.id]) for one in held]


def _result(one: Pulse, cells: Sequence[Cell]) -> PulseResult:
    if one.smallest is not None:
        groups = tuple(results_of_groups(cells, one.smallest))
        return PulseResult(one.name, one.held_on, groups, one.id, one.smallest)
    # What was brought in knows no teams, and keeps its exact counts.
    told = [result_of(cell.group, cell.tally) for cell in cells]
    return PulseResult(one.name, one.held_on, tuple(sorted(told, key=lambda group: fold(group.group))), one.id)


def with_motives(session: GuardedSession, found: Sequence[PulseResult]) -> list[PulseResult]:
    """The same with what would move people: of groups that are shown, where enough said so. One statement more."""
    named = pulse.motives(session)
    return [replace(one, motives=_told(one, named.get(one.pulse_id or "", {}))) for one in found]


def _told(one: PulseResult, named: Mapping[str, Mapping[str, int]]) -> dict[str, Mapping[str, int]]:
    shown = {group.group for group in one.groups if group.told is not None and group.team is None}
    return {group: counts for group, counts in named.items() if group in shown and sum(counts.values()) >= one.least}


def team_names(session: GuardedSession, found: Sequence[PulseResult]) -> dict[str, str]:
    """The names of the managers whose teams are in these results, by id. One statement."""
    teams = {group.team for one in found for group in one.groups if group.team is not None}
    return {person.id: person.name for person in people.by_ids(session, teams)} if teams else {}


def seen(session: GuardedSession, actor: Actor, moment: Moment) -> Seen:
    """What this person may see. Raises NotAllowed for outsiders."""
    permissions.check(actor, Action.ANSWER_PULSE)
    may_plan = permissions.may(actor, Action.EDIT_SCHEDULES)
    found = results(session)
    newest = next((one for one in reversed(found) if one.is_live), None)
    sees_all = permissions.may(actor, Action.SEE_ALL_PULSES)
    teams = [group for group in (newest.groups if newest else ()) if group.team == actor.person_id]
    return Seen(
        pulse_asked.waiting(session, actor.person_id, moment.now),
        found if sees_all else [],
        team_names(session, found) if sees_all else {},
        newest,
        _own(newest, actor, is_manager=bool(teams)),
        teams,
        may_plan,
        pulse_plans.standing(session, actor, moment) if may_plan else None,
        has_comments=sees_all and newest is not None,
    )


def _own(newest: PulseResult | None, actor: Actor, *, is_manager: bool) -> GroupResult | None:
    """The group in which this person's answers count, or counted: managers were asked as such where there is that
    group."""
    if newest is None:
        return None
    of_groups = {one.group: one for one in newest.groups if one.team is None and not one.is_all}
    own = group_of(actor.function or Function.OTHER, as_manager=False)
    return (of_groups.get(MANAGERS) if is_manager else None) or of_groups.get(own)


def group_trends(session: GuardedSession, actor: Actor, _moment: Moment) -> list[Trend]:
    """How each group went from pulse to pulse. Raises NotAllowed."""
    permissions.check(actor, Action.SEE_ALL_PULSES)
    return trends(results(session))


def comments(session: GuardedSession, actor: Actor, _moment: Moment) -> list[tuple[str, str]]:
    """What people added to the newest pulse, by group: of groups that are shown, and never of single teams. Raises
    NotAllowed."""
    permissions.check(actor, Action.SEE_ALL_PULSES)
    newest = next((one for one in reversed(results(session)) if one.is_live), None)
    if newest is None or newest.pulse_id is None:
        return []
    shown = [one.group for one in newest.groups if one.told is not None and one.team is None and not one.is_all]
    return pulse_ballots.comments(session, newest.pulse_id, shown)
