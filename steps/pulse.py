"""What past pulses say. Decides nothing about what is hidden; that is `domain.pulse`'s."""

from collections import defaultdict

from domain import permissions
from domain.moment import Moment
from domain.names import fold
from domain.people import Actor
from domain.pulse import GroupResult, PulseResult, result_of
from storage import pulse
from storage.guard import GuardedSession


def results(session: GuardedSession) -> list[PulseResult]:
    """What is told of every pulse and each of its groups, the newest last. Two statements, however many answered."""
    groups: defaultdict[str, list[GroupResult]] = defaultdict(list)
    for pulse_id, group, counted in pulse.tallies(session):
        groups[pulse_id].append(result_of(group, counted))
    return [
        PulseResult(one.name, one.held_on, tuple(sorted(groups[one.id], key=lambda group: fold(group.group))))
        for one in pulse.every(session)
    ]


def seen(session: GuardedSession, actor: Actor, _moment: Moment) -> list[PulseResult]:
    """What this person may see of the pulses of every group: all, or nothing. Raises NotAllowed for outsiders."""
    permissions.check(actor, permissions.Action.ANSWER_PULSE)
    return results(session) if permissions.may(actor, permissions.Action.SEE_ALL_PULSES) else []
