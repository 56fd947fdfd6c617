"""Who is in the channels of a pulse that is planned: kept true until it opens, for a plan may wait for months."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from domain.moment import Moment
from domain.pulse_audience import Audience
from domain.pulse_runs import State
from storage import pulse_runs
from storage.guard import GuardedSession
from storage.pulse_runs import PulseRun


def channels(session: GuardedSession) -> tuple[str, ...]:
    """The channels whose members a planned pulse will ask; none where none is planned. One statement."""
    run = pulse_runs.current(session)
    return Audience.of(run.audience).channels if run is not None and run.state == State.PLANNED.value else ()


def counted(session: GuardedSession, _moment: Moment, members: Mapping[str, Sequence[str]]) -> None:
    """Keep who is in these channels (Slack ids). A channel that Slack would not tell of is not among them, and stays
    as it was."""
    run = _planned(session)
    if run is not None:
        audience = Audience.of(run.audience)
        found = {channel: tuple(sorted(members[channel])) for channel in audience.channels if channel in members}
        run.audience = replace(audience, members={**audience.members, **found}).stored()


def moved(session: GuardedSession, _moment: Moment, channel: str, slack_id: str, *, joined: bool) -> None:
    """Somebody joined a channel, or left it. One statement where no planned pulse asks its members."""
    if channel not in channels(session):
        return
    run = _planned(session)
    if run is not None:
        run.audience = Audience.of(run.audience).moved(channel, slack_id, joined=joined).stored()


def _planned(session: GuardedSession) -> PulseRun | None:
    """The planned pulse, locked against opening meanwhile: then who is asked is settled."""
    found = pulse_runs.current(session)
    run = pulse_runs.by_id(session, found.id, lock=True) if found is not None else None
    return run if run is not None and run.state == State.PLANNED.value else None
