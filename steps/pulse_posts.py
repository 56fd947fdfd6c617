"""What channels read of a pulse while it is open: that it is, and about how many have answered.

The channel of a function hears of its own people; another channel that was chosen hears of everybody, for its members
are part of several groups. One post each, kept up to date.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.messages import Kind
from domain.moment import Moment
from domain.pulse_audience import Audience
from domain.pulse_groups import EVERYBODY
from domain.pulse_runs import State, count_told, may_count
from domain.pulse_statements import CHANNEL_OF_GROUP
from domain.settings import Settings
from storage import outbox, pulse_asked
from storage.guard import GuardedSession
from storage.outbox import TO_CHANNEL_ROLE
from storage.pulse_runs import PulseRun
from views import pulse_posts as view

Answered = Mapping[str, tuple[int, int]]
"""How many of each group have answered, and how many were asked."""


@dataclass(frozen=True, slots=True)
class Channel:
    """Where is posted, and of which group."""

    target: str
    group: str


def channels(run: PulseRun, groups: Answered, settings: Settings) -> list[Channel]:
    """The channels that hear of this pulse."""
    of_groups = {group: role for group, role in CHANNEL_OF_GROUP.items() if group in groups}
    found = [Channel(f"{TO_CHANNEL_ROLE}{role.value}", group) for group, role in of_groups.items()]
    taken = {settings.channels.get(role) for role in of_groups.values()}
    return [*found, *(Channel(one, EVERYBODY) for one in Audience.of(run.audience).channels if one not in taken)]


def count(session: GuardedSession, moment: Moment, run: PulseRun, settings: Settings) -> None:
    """Post it, or tell the new numbers, at most every four hours; a post whose number stands is left alone."""
    if not may_count(run.counted_at, moment.now):
        return
    groups = pulse_asked.answered(session, run.id)
    is_first = run.counted_at is None
    everybody = sum(answers for answers, _asked in groups.values())
    told = {group: count_told(answers, run.smallest) for group, (answers, _asked) in groups.items()}
    told[EVERYBODY] = count_told(everybody, run.smallest)
    for channel in channels(run, groups, settings):
        if is_first or told[channel.group] != run.counts.get(channel.group):
            message = view.open_now(run.id, run.name, run.closes_at, channel.group, told[channel.group], run.smallest)
            outbox.put(session, moment, Kind.PULSE_POST, channel.target, message, slot=slot(run, channel))
    run.counts, run.counted_at = dict(told), moment.now


def slot(run: PulseRun, channel: Channel) -> str:
    """The post of a pulse in a channel."""
    return f"pulse:{run.id}:{channel.target}"


def ended(session: GuardedSession, moment: Moment, run: PulseRun, groups: Answered, settings: Settings) -> None:
    """Say in each post that it is over; one that was never posted stays unsaid."""
    said = view.called_off(run.name) if run.state == State.CALLED_OFF.value else view.closed(run.name)
    there = {slot(run, channel): channel for channel in channels(run, groups, settings)}
    for name in sorted(outbox.posted(session, list(there))):
        outbox.put(session, moment, Kind.PULSE_POST, there[name].target, said, slot=name)
