"""What comes of the nudges, counted from what people did. The arithmetic is in domain.nudge_effect."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime, timedelta

from domain import permissions
from domain.moment import Moment
from domain.nudge_effect import AFTER, Compared, Did, Effect, came_after, compare
from domain.nudges import FUNCTION_OF, Audience
from domain.people import Actor
from storage import nudge_effect
from storage.guard import GuardedSession
from storage.nudge_effect import Deed

LOOKED_BACK = timedelta(days=364)
"""A year of whole weeks: what came of older texts and other people says little of today."""


def effect(session: GuardedSession, actor: Actor, moment: Moment) -> Effect:
    """What came of the last year's nudges whose seven days are over. Raises NotAllowed. Seven statements."""
    permissions.check(actor, permissions.Action.EDIT_SCHEDULES)
    since, until = moment.now - LOOKED_BACK, moment.now - AFTER
    deeds = {did: nudge_effect.deeds(session, did, since) for did in Did}
    return Effect(_channels(session, since, until, deeds), _people(session, since, until, deeds))


def _channels(
    session: GuardedSession, since: datetime, until: datetime, deeds: Mapping[Did, list[Deed]]
) -> Mapping[Did, Compared]:
    weeks = nudge_effect.weeks(session, since, until)
    leading = nudge_effect.leading(session)
    found = {}
    for did in Did:
        times = {audience: _times_of(audience, deeds[did], leading) for audience in Audience}
        sides: dict[bool, list[float]] = {True: [], False: []}
        for audience, sent, at in weeks:
            sides[sent].append(came_after(times[Audience(audience)], at))
        found[did] = compare(sides[True], sides[False])
    return found


def _times_of(audience: Audience, deeds: list[Deed], leading: set[str]) -> list[datetime]:
    """When people of this audience did something."""
    function = FUNCTION_OF.get(audience)
    if function is None:
        return [deed.at for deed in deeds if deed.person_id in leading]
    return [deed.at for deed in deeds if deed.function == function.value]


def _people(
    session: GuardedSession, since: datetime, until: datetime, deeds: Mapping[Did, list[Deed]]
) -> Mapping[Did, Compared]:
    """Each person is one: what they did after an occasion, on average of theirs."""
    people = nudge_effect.people(session, since, until)
    occasions = nudge_effect.occasions(session, since, until)
    found = {}
    for did in Did:
        times: defaultdict[str, list[datetime]] = defaultdict(list)
        for deed in deeds[did]:
            times[deed.person_id].append(deed.at)
        came: defaultdict[str, int] = defaultdict(int)
        for person_id, at in occasions:
            came[person_id] += came_after(times.get(person_id, []), at)
        sides: dict[bool, list[float]] = {True: [], False: []}
        for person_id, (sent, many) in people.items():
            sides[sent].append(came[person_id] / many)
        found[did] = compare(sides[True], sides[False])
    return found
