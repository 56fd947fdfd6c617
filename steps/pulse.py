"""What past pulses say. Decides nothing about what is hidden; that is `domain.pulse`'s."""

from collections import defaultdict

from domain.pulse import PulseResult, Scores, result_of
from storage import pulse
from storage.guard import GuardedSession


def results(session: GuardedSession) -> list[PulseResult]:
    """What is told of every pulse and each of its groups, the newest last. Two statements, however many answered."""
    answers: defaultdict[str, defaultdict[str, dict[Scores, int]]] = defaultdict(lambda: defaultdict(dict))
    for pulse_id, group, scores, times in pulse.counted(session):
        answers[pulse_id][group][scores] = times
    return [
        PulseResult(
            one.name,
            one.held_on,
            tuple(result_of(group, given) for group, given in sorted(answers[one.id].items())),
        )
        for one in pulse.every(session)
    ]
