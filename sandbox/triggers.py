"""Which trigger ids are still good: three seconds, once, for one app and one person. Does not open anything itself."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from sandbox.clock import Ids

# Slack's own figure. Counted on the monotonic clock: moving the calendar must not age a click.
LIFETIME_SECONDS = 3.0

# So many are remembered, so that an old one is told from an invented one; a long demo must not grow without end.
REMEMBERED = 10_000


@dataclass
class _Trigger:
    app_id: str
    user: str
    made: float
    used: bool = False


class TriggerRefused(ValueError):
    """A trigger that opens nothing; the message is Slack's error."""


class Triggers:
    """The trigger ids that were sent to apps. `monotonic` gives seconds that never go back."""

    def __init__(self, ids: Ids, monotonic: Callable[[], float], lifetime: float = LIFETIME_SECONDS) -> None:
        self._ids = ids
        self._monotonic = monotonic
        self._lifetime = lifetime
        self._issued: dict[str, _Trigger] = {}

    def issue(self, app_id: str, user: str) -> str:
        """A new trigger id for what this person just did with this app."""
        trigger_id = f"{self._ids.new('')}.{secrets.randbelow(10**12)}.{secrets.token_hex(16)}"
        self._issued[trigger_id] = _Trigger(app_id, user, self._monotonic())
        if len(self._issued) > REMEMBERED:
            del self._issued[next(iter(self._issued))]
        return trigger_id

    def exchange(self, trigger_id: str, app_id: str) -> str:
        """The person whom the trigger stands for; it is used up now. Raises TriggerRefused."""
        trigger = self._issued.get(trigger_id)
        if trigger is None or trigger.app_id != app_id:
            raise TriggerRefused("invalid_trigger_id")
        if trigger.used:
            raise TriggerRefused("exchanged_trigger_id")
        if self._monotonic() - trigger.made > self._lifetime:
            raise TriggerRefused("expired_trigger_id")
        trigger.used = True
        return trigger.user
