"""Writes down what came of a send, and when the next try is. Decides nothing about what Slack meant."""

import random
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Concatenate, ParamSpec, TypeVar

import structlog

from domain.clock import Clock
from domain.messages import Kind
from domain.moment import Moment
from domain.people import Role
from domain.settings import ChannelRole
from schedules.answers import PERSON
from schedules.meter import Meter
from storage import delivery, outbox, outcomes, pace, people, undelivered
from storage.database import Database, DatabaseBusyError
from storage.delivery import Claimed
from storage.guard import GuardedSession
from storage.outbox import TO_CHANNEL_ROLE
from views import delivery as view

P = ParamSpec("P")
T = TypeVar("T")

Pause = Callable[[float], Awaitable[object]]
"""Waits for so many seconds."""

GIVE_UP_AFTER = 30
"""Attempts; with the waits below about a day, in which an outage of Slack or of the network is over."""

FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=5), timedelta(hours=1)
"""Between attempts: doubled each time, from the first to the longest."""

NO_TOKEN_WAIT = timedelta(minutes=5)
"""Between tries while a workspace refuses our token: it takes a person to mend that."""

WRITING_WAITS = (1.0, 2.0, 4.0, 8.0)
"""Seconds between tries to write an outcome, together well within the lease: an unwritten one is in doubt."""

BETWEEN_NOTICES = timedelta(days=1)
"""An admin hears of the same channel once a day: more often is noise, and nothing is lost meanwhile."""


class Records:
    """The outcomes of one sender, written under its leases. Every method raises DatabaseBusyError in the end."""

    def __init__(
        self,
        db: Database,
        clock: Clock,
        rng: random.Random,
        *,
        owner: str,
        pause: Pause,
        wake: Callable[[], None],
        meter: Meter,
    ) -> None:
        self.owner, self._meter = owner, meter
        self._db, self._clock, self._rng, self._pause, self._wake = db, clock, rng, pause, wake

    async def delivered(self, message: Claimed, channel: str, ts: str) -> bool:
        """It stands in Slack. True when it stands there twice, and this copy must go."""
        return await self._write(message, outcomes.delivered, self._clock.now(), message.id, channel, ts)

    async def later(self, message: Claimed, problem: str) -> None:
        """It surely was not sent: try again after a while that grows, or give up."""
        wait = backoff(message.attempts, self._rng.random())
        await self._retry(message, self._clock.now() + wait, problem)

    async def again(self, message: Claimed, problem: str) -> None:
        """It is known not to be in Slack: try again now, or give up."""
        await self._retry(message, self._clock.now(), problem)

    async def too_fast(self, message: Claimed, wait: timedelta) -> None:
        """Slack asked for a rest: that conversation, method or workspace gets it, and a slower pace."""
        await self._write(message, _slow_down, self.owner, self._clock.now(), self._clock.real(), message, wait)

    async def not_connected(self, message: Claimed, problem: str) -> None:
        """The whole workspace refuses us: all its messages wait, none is lost."""
        await self._write(message, _rest, self.owner, self._clock.now(), self._clock.real(), message, problem)

    async def held(self, message: Claimed, trouble: view.Trouble, place: str) -> None:
        """Its channel needs a hand: what is meant for it waits, and admins hear of it."""
        moment = Moment(self._clock.now(), self._rng.getrandbits)
        await self._write(message, _hold, self.owner, moment, message, trouble, place)
        self._wake()

    async def dead(self, message: Claimed, problem: str) -> None:
        """It can never be delivered."""
        await self._write(message, outcomes.dead, self._clock.now(), self.owner, message.id, problem)

    async def dropped(self, message: Claimed, problem: str) -> None:
        """It may have been delivered, and is better missed than seen twice."""
        await self._write(message, outcomes.dropped, self._clock.now(), self.owner, message.id, problem)

    async def gone(self, message: Claimed) -> None:
        """What it should change is not in Slack any more: it is posted anew."""
        await self._write(message, outcomes.post_is_gone, self.owner, message.id, self._clock.now())

    async def doubtful(self, message: Claimed, problem: str, until: datetime | None = None) -> bool:
        """Slack may have it: it is looked for at `until` (real time), or when the lease has run out.

        False when somebody else has taken it over meanwhile.
        """
        due = until or message.lease_until
        return await self._write(message, outcomes.doubtful_until, self.owner, message.id, due, problem)

    async def changed_late(self, message: Claimed) -> None:
        """Its change may have come after a newer one, and hide it."""
        await self._write(message, outcomes.changed_late, self._clock.now(), message.id)
        self._wake()

    async def going_to(self, message: Claimed, channel: str) -> None:
        """Where it is about to be sent."""
        await self._write(message, outcomes.going_to, self.owner, message.id, channel)

    async def hand_back(self, messages: list[Claimed]) -> None:
        """They were never begun: somebody else may send them."""
        await self._db.across(delivery.hand_back, self.owner, messages)

    async def _retry(self, message: Claimed, due_at: datetime, problem: str) -> None:
        if message.attempts >= GIVE_UP_AFTER:
            await self.dead(message, f"Given up after {message.attempts} attempts. {problem}")
            return
        await self._write(message, outcomes.retry, self.owner, message.id, due_at, problem)

    async def _write(
        self,
        message: Claimed,
        function: Callable[Concatenate[GuardedSession, P], T],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        if outcome := _OUTCOMES.get(function.__name__):
            self._meter.sent(message.kind.value, outcome)
        for wait in WRITING_WAITS:
            try:
                return await self._db.run(message.workspace_id, function, *args, **kwargs)
            except DatabaseBusyError:
                log(message).warning("outcome not written yet", outcome=function.__name__)
                await self._pause(wait)
        return await self._db.run(message.workspace_id, function, *args, **kwargs)


_OUTCOMES = {
    outcomes.delivered.__name__: "delivered",
    outcomes.retry.__name__: "tried_again",
    outcomes.dead.__name__: "given_up",
    outcomes.dropped.__name__: "dropped",
    outcomes.doubtful_until.__name__: "in_doubt",
    "_slow_down": "too_fast",
    "_rest": "not_connected",
    "_hold": "held",
}
"""What each way to write an outcome down counts as."""


def backoff(attempts: int, chance: float) -> timedelta:
    """How long to wait after so many attempts; `chance` (0 to 1) spreads those that failed together."""
    longest = min(FIRST_WAIT * (1 << min(attempts - 1, 20)), LONGEST_WAIT)
    return longest / 2 + longest / 2 * chance


def log(message: Claimed) -> structlog.typing.FilteringBoundLogger:
    """A log that says which message, and never what it says or to whom."""
    logger: structlog.typing.FilteringBoundLogger = structlog.get_logger("delivery")
    return logger.bind(message=message.id, workspace=message.workspace_id, kind=message.kind.value)


def _slow_down(
    session: GuardedSession, owner: str, now: datetime, real: datetime, message: Claimed, wait: timedelta
) -> None:
    outcomes.slowed_down(
        session,
        real,
        message.target,
        wait,
        updating=message.post is not None,
        everybody=message.target.startswith(PERSON),
    )
    outcomes.not_its_fault(session, owner, message.id, now, "Slack asked for a slower pace.")


def _rest(session: GuardedSession, owner: str, now: datetime, real: datetime, message: Claimed, problem: str) -> None:
    pace.pause(session, pace.WORKSPACE, real + NO_TOKEN_WAIT)
    outcomes.not_its_fault(session, owner, message.id, now + NO_TOKEN_WAIT, problem)


def _hold(
    session: GuardedSession, owner: str, moment: Moment, message: Claimed, trouble: view.Trouble, place: str
) -> None:
    if not outcomes.held(session, moment.now, owner, message.id, view.reason(trouble, place)):
        return
    about = f"channel:{message.target}"
    if undelivered.told_since(session, moment.now - BETWEEN_NOTICES, about):
        return
    notice = view.notice(trouble, place, _role(message.target))
    for admin in people.holders(session, Role.ADMIN):
        if admin.slack_user_id is not None:
            outbox.put(session, moment, Kind.NOTICE, admin.slack_user_id, notice, subjects=[about])


def _role(target: str) -> ChannelRole | None:
    return ChannelRole(target.removeprefix(TO_CHANNEL_ROLE)) if target.startswith(TO_CHANNEL_ROLE) else None
