"""What people and channels have got that they did not ask for, read from the outbox: every kind that counts is there.

Whoever adds a kind of message to domain.messages with a cost has it counted here without doing anything.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.budget import A_WEEK, Spent
from domain.messages import UNASKED, Kind
from domain.moment import Moment
from domain.pulse_audience import Audience, resolve
from domain.pulse_runs import State
from domain.time_zones import zone_of
from storage import letters, pulse_asked, pulse_runs
from storage.guard import GuardedSession

SINCE = A_WEEK + timedelta(days=1)
"""A week of everybody's own calendar lies within it."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """What was sent lately, by its target, and for whom a pulse is open."""

    _sent: Mapping[str, list[tuple[Kind, datetime]]]
    _asked: Collection[str] = frozenset()

    def spent(self, target: str, zone: str) -> tuple[Spent, ...]:
        """What it took of this target's budget, on the days of this zone; what is on its way counts from now on."""
        local = zone_of(zone)
        return tuple(Spent(at.astimezone(local).date(), UNASKED[kind]) for kind, at in self._sent.get(target, ()))

    def has_pulse(self, target: str) -> bool:
        """Whether a pulse is open for this person: they got one, and it has not closed yet."""
        return target in self._asked


def ledger(session: GuardedSession, moment: Moment) -> Ledger:
    """Three statements, however many people there are."""
    sent: defaultdict[str, list[tuple[Kind, datetime]]] = defaultdict(list)
    for target, kind, at in letters.sent_since(session, list(UNASKED), moment.now - SINCE):
        sent[target].append((kind, at))
    return Ledger(sent, _asked(session, moment))


def _asked(session: GuardedSession, moment: Moment) -> set[str]:
    """The Slack ids of those for whom a pulse is open or begins within the week: it takes all their budget."""
    run = pulse_runs.current(session)
    if run is None or run.opens_at - moment.now > A_WEEK:
        return set()
    if run.state != State.PLANNED.value:
        return pulse_asked.open_for(session)
    everybody = pulse_asked.candidates(session)
    return {one.who.slack_user_id for one in resolve(Audience.of(run.audience), everybody, run.closes_at.date()).asked}
