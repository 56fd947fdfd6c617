"""What past pulses say. Decides nothing about what is hidden; that is `domain.pulse`'s."""

from collections import defaultdict

from domain.names import fold
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
