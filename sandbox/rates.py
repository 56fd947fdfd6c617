"""How many calls Slack takes in a while: by tier, method, app and workspace, and for posts by channel.

Decides only whether a call is too much. Counted on the monotonic clock: moving the calendar refills nothing.
"""

import math
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Allowance:
    """So many calls in any stretch of so many seconds."""

    calls: int
    seconds: float


# Slack's tiers are "1+", "20+", "50+" and "100+" a minute with small bursts; the sandbox takes the lower end. Tier 1
# tolerates a burst of three.
TIERS = {
    1: Allowance(3, 180.0),
    2: Allowance(20, 60.0),
    3: Allowance(50, 60.0),
    4: Allowance(100, 60.0),
}

# "Hundreds a minute", says Slack.
GENEROUS = Allowance(600, 60.0)

# About one message a second and channel, in small bursts; several hundred a minute in the whole workspace.
CHANNEL_POSTS = Allowance(4, 4.0)
WORKSPACE_POSTS = Allowance(20, 4.0)

# As each method's page says. Tables that SDKs keep are older in places: one has `apps.connections.open` in tier 1,
# `users.conversations` in tier 2 and what answers invitations in tier 1.
TIER_OF = {
    "api.test": 4,
    "apps.connections.open": 3,
    "blocks.validate": 4,
    "bots.info": 3,
    "chat.delete": 3,
    "chat.deleteScheduledMessage": 3,
    "chat.postEphemeral": 4,
    "chat.scheduleMessage": 3,
    "chat.scheduledMessages.list": 3,
    "chat.update": 3,
    "conversations.acceptSharedInvite": 2,
    "conversations.approveSharedInvite": 3,
    "conversations.archive": 2,
    "conversations.create": 2,
    "conversations.declineSharedInvite": 3,
    "conversations.history": 3,
    "conversations.info": 3,
    "conversations.invite": 3,
    "conversations.inviteShared": 2,
    "conversations.join": 3,
    "conversations.list": 2,
    "conversations.listConnectInvites": 1,
    "conversations.members": 4,
    "conversations.open": 3,
    "conversations.replies": 3,
    "dnd.info": 3,
    "dnd.teamInfo": 2,
    "files.completeUploadExternal": 4,
    "files.getUploadURLExternal": 4,
    "files.info": 4,
    "functions.completeError": 3,
    "functions.completeSuccess": 3,
    "reactions.add": 3,
    "reactions.get": 3,
    "team.info": 3,
    "usergroups.list": 2,
    "usergroups.users.list": 2,
    "users.conversations": 3,
    "users.info": 4,
    "users.list": 2,
    "users.lookupByEmail": 3,
    "users.profile.get": 4,
    "views.open": 4,
    "views.publish": 4,
    "views.push": 4,
    "views.update": 4,
}

POSTING = "chat.postMessage"

# So many events an hour are sent to an app from one workspace; the rest is lost, and the app is told.
EVENTS = Allowance(30_000, 3600.0)


# What is nearer than so many seconds is the same instant: sums of seconds are not exact, and whoever waits as long as
# Retry-After says shall not be too early by a rounding.
GRAIN = 1e-6


class TooMany(Exception):
    """One call too many; `retry_after` says in whole seconds when to come back."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"too many calls, again in {retry_after} s")
        self.retry_after = retry_after


@dataclass
class _Window:
    allowance: Allowance
    taken: deque[float] = field(default_factory=deque)

    def wait(self, now: float) -> float:
        """Seconds until a call fits; 0 when one does."""
        while self.taken and self._left(now) <= GRAIN:
            self.taken.popleft()
        return 0.0 if len(self.taken) < self.allowance.calls else self._left(now)

    def _left(self, now: float) -> float:
        """Seconds until the oldest call counts no more."""
        return self.taken[0] + self.allowance.seconds - now


class Rates:
    """The allowances of one workspace. `on` switches them; off is the default, so that tests need not wait."""

    def __init__(self, on: bool, monotonic: Callable[[], float]) -> None:
        """`monotonic` gives seconds that never go back."""
        self.on = on
        self.events = EVENTS
        self._monotonic = monotonic
        self._own: dict[str, Allowance] = {}
        self._windows: dict[tuple[str, ...], _Window] = {}

    def allow(self, method: str, calls: int, seconds: float = 60.0) -> None:
        """Another allowance for one method, such as the one history a minute of some distributed apps."""
        self._own[method] = Allowance(calls, seconds)
        self._windows = {key: window for key, window in self._windows.items() if key[0] != method}

    def take(self, method: str, app: str, channel: str = "") -> None:
        """Count a call of an app; refused ones do not count. Raises TooMany."""
        if not self.on:
            return
        now = self._monotonic()
        windows = [self._window(key, allowance) for key, allowance in self._keys(method, app, channel)]
        wait = max(window.wait(now) for window in windows)
        if wait > 0:
            raise TooMany(max(1, math.ceil(wait - GRAIN)))
        for window in windows:
            window.taken.append(now)

    def takes_event(self, app: str) -> bool:
        """Count an event on its way to an app; false for one too many, which is not sent."""
        window = self._window(("events", app), self.events)
        now = self._monotonic()
        if self.on and window.wait(now) > 0:
            return False
        if self.on:
            window.taken.append(now)
        return True

    def _keys(self, method: str, app: str, channel: str) -> Iterator[tuple[tuple[str, ...], Allowance]]:
        if method in self._own:
            yield (method, app), self._own[method]
        elif method == POSTING:
            yield (method, app, channel), CHANNEL_POSTS
            yield (method, app), WORKSPACE_POSTS
        else:
            yield (method, app), TIERS[TIER_OF[method]] if method in TIER_OF else GENEROUS

    def _window(self, key: tuple[str, ...], allowance: Allowance) -> _Window:
        return self._windows.setdefault(key, _Window(allowance))

    @contextmanager
    def lifted(self) -> Iterator[None]:
        """No limits for a while, such as while the calendar is moved; what they were before holds again after."""
        before, self.on = self.on, False
        try:
            yield
        finally:
            self.on = before
