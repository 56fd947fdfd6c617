"""What the control API does: faults, rates, administration. Each deed reads its demand and answers what to show."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, cast, get_args

from sandbox.administration import Administration
from sandbox.control_api.asking import Demand, Malformed
from sandbox.delivery.socket_mode import Reason
from sandbox.delivery_faults import Mishap
from sandbox.events import release_held
from sandbox.shapes import JSON
from sandbox.users import SLACKBOT

if TYPE_CHECKING:
    from sandbox.server import Sandbox

_LOG = logging.getLogger("sandbox")

Deed = Callable[["Sandbox", Demand], Awaitable[JSON]]

# What a storm of 429 says, and how long it may last, unless the demand says otherwise.
STORM_CALLS = 20

_STEPS = {"day": timedelta(days=1), "week": timedelta(weeks=1)}


async def state(sandbox: "Sandbox", _demand: Demand) -> JSON:
    """What is set: the clock, the rates and every fault that waits for its call or delivery."""
    due = await _coming(sandbox)
    return {
        "rates": sandbox.rates.on,
        "faults": [asdict(fault) for fault in sandbox.faults.waiting],
        "delivery_faults": [asdict(fault) for fault in sandbox.delivery_faults.waiting],
        "now": sandbox.now().isoformat(),
        "next_due": due.isoformat() if due else None,
        "revoked": [app.id for ws in sandbox.site.workspaces.values() for app in ws.apps.values() if app.revoked],
        "held": sum(len(one) for workspace in sandbox.site.workspaces.values() for one in workspace.held.values()),
    }


async def _coming(sandbox: "Sandbox") -> datetime | None:
    """When the next thing is due; None too where an app does not say, or time has passed it while it was asked: who
    looks at the clock while it moves shall not read an error, nor of a future that is over."""
    try:
        due = await sandbox.calendar.next_due()
    except Exception as error:  # noqa: BLE001  # an app's own, whatever it is: its database may be busy
        _LOG.warning("an app does not say what is next: %s", type(error).__name__)
        return None
    return due if due is not None and due > sandbox.now() else None


async def fail(sandbox: "Sandbox", demand: Demand) -> JSON:
    """The next calls of a method are refused."""
    status = demand.whole("status", 200, 100)
    if status > 599:
        raise Malformed("`status` must be an HTTP status")
    sandbox.faults.refuse(demand.text("method"), demand.text("error"), status=status, times=demand.times())
    return {}


async def limit(sandbox: "Sandbox", demand: Demand) -> JSON:
    """The next calls of a method answer 429."""
    sandbox.faults.limit(demand.text("method"), retry_after=demand.whole("retry_after", 1), times=demand.times())
    return {}


async def storm(sandbox: "Sandbox", demand: Demand) -> JSON:
    """The next calls of every method answer 429."""
    calls = demand.whole("calls", STORM_CALLS, 1)
    sandbox.faults.limit("*", retry_after=demand.whole("retry_after", 1), times=calls)
    return {}


async def delay(sandbox: "Sandbox", demand: Demand) -> JSON:
    """The next calls of a method are answered late."""
    sandbox.faults.delay(demand.text("method"), demand.seconds(), times=demand.times())
    return {}


async def drop(sandbox: "Sandbox", demand: Demand) -> JSON:
    """The next calls of a method lose their connection, before or after they did their work."""
    method, times = demand.text("method"), demand.times()
    if demand.one_of("when", ("before", "after")) == "before":
        sandbox.faults.drop(method, times=times)
    else:
        sandbox.faults.lose(method, times=times)
    return {}


async def deliveries(sandbox: "Sandbox", demand: Demand) -> JSON:
    """The next deliveries of a name meet a mishap."""
    mishap = cast("Mishap", demand.one_of("mishap", get_args(Mishap)))
    seconds = demand.seconds() if mishap == "late" else 0.0
    sandbox.delivery_faults.add(demand.text("name", "*"), mishap, times=demand.times(), seconds=seconds)
    return {}


async def clear(sandbox: "Sandbox", demand: Demand) -> JSON:
    """No more faults, or only the one with this `number` no more; what was held back is sent."""
    if "number" in demand.values:
        number = demand.whole("number", 0, 1)
        if not (sandbox.faults.end(number) or sandbox.delivery_faults.end(number)):
            raise Malformed("`number` must be the number of a fault that waits: this one is over")
    else:
        sandbox.faults.clear()
        sandbox.delivery_faults.clear()
    for workspace in sandbox.site.workspaces.values():
        release_held(workspace)
    return {}


async def rates(sandbox: "Sandbox", demand: Demand) -> JSON:
    """Switch the rate limits."""
    sandbox.rates.on = demand.flag("on")
    return {}


async def revoke(sandbox: "Sandbox", demand: Demand) -> JSON:
    """Take back an app's bot token, or let it work again."""
    workspace = demand.workspace(sandbox.site)
    revoked = demand.flag("revoked") if "revoked" in demand.values else True
    admin = Administration(workspace)
    (admin.revoke if revoked else admin.restore)(demand.app(workspace.apps))
    return {}


async def uninstall(sandbox: "Sandbox", demand: Demand) -> JSON:
    """Remove an app."""
    workspace = demand.workspace(sandbox.site)
    Administration(workspace).uninstall(demand.app(workspace.apps))
    return {}


async def archive(sandbox: "Sandbox", demand: Demand) -> JSON:
    """Close a channel, or open it again."""
    channel, workspace = demand.text("channel"), demand.workspace(sandbox.site)
    if workspace.world.find_channel(channel) is None:
        raise Malformed("`channel` must be the id or name of a channel")
    archived = demand.flag("archived") if "archived" in demand.values else True
    admin = Administration(workspace)
    (admin.archive if archived else admin.unarchive)(channel)
    return {}


async def deactivate(sandbox: "Sandbox", demand: Demand) -> JSON:
    """Deactivate a person, or let them in again."""
    workspace = demand.workspace(sandbox.site)
    user = workspace.world.users.get(demand.text("user"))
    if user is None or user["is_bot"] or user["id"] == SLACKBOT:
        raise Malformed("`user` must be the id of a person")
    deleted = demand.flag("deleted") if "deleted" in demand.values else True
    Administration(workspace).change_user(user["id"], deleted=deleted)
    return {}


async def disconnect(sandbox: "Sandbox", demand: Demand) -> JSON:
    """Tell an app's Socket Mode connections to go."""
    reason = cast("Reason", demand.one_of("reason", get_args(Reason), "refresh_requested"))
    await sandbox.disconnect(demand.app(sandbox.workspace.apps), reason)
    return {}


async def clock(sandbox: "Sandbox", demand: Demand) -> JSON:
    """Move the calendar: to an instant, by a day or a week, or to the next due thing."""
    try:
        if "to" in demand.values:
            moved = await sandbox.calendar.to(datetime.fromisoformat(demand.text("to")))
        elif demand.one_of("by", ("day", "week", "next")) == "next":
            moved = await sandbox.calendar.to_next()
        else:
            moved = await sandbox.calendar.by(_STEPS[demand.text("by")])
    except (ValueError, OverflowError) as error:
        raise Malformed(str(error)) from None
    return {"now": moved.end.isoformat(), "ticks": [tick.isoformat() for tick in moved.ticks]}


DEEDS: dict[str, Deed] = {
    "state": state,
    "fail": fail,
    "limit": limit,
    "storm": storm,
    "delay": delay,
    "drop": drop,
    "deliveries": deliveries,
    "clear": clear,
    "rates": rates,
    "revoke": revoke,
    "uninstall": uninstall,
    "archive": archive,
    "deactivate": deactivate,
    "disconnect": disconnect,
    "clock": clock,
}
