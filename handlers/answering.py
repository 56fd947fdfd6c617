"""The one place that turns what went wrong into words. Decides no rule; Act knows where the person is.

A refusal stands at the form's field or comes privately; a database that does not answer asks to try again; anything
else is logged with a reference that the person sees too, and that every line bears which the request logs. Nothing that
somebody typed is lost: a form that could not be saved stays open.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog
from aiohttp import ClientError
from slack_bolt.kwargs_injection.async_args import AsyncArgs
from slack_sdk.errors import SlackApiError

from domain.errors import RuleError
from domain.workflow_steps import complaint
from handlers.act import BUSY, Act
from handlers.house import House
from storage.database import DatabaseBusyError

T = TypeVar("T")
Handler = Callable[[Act], Awaitable[None]]
Run = Callable[[Act], Awaitable[dict[str, str]]]

PATIENCE = (1.0, 5.0, 25.0)
"""Seconds between tries to keep what Slack told us of itself: nobody is waiting, and Slack does not say it again."""

OVER = "execution_not_in_running_state"
"""What Slack says of a run that was ended before: by an earlier delivery of the same, or because it took too long."""

PASSING = {"ratelimited", "rate_limited", "internal_error", "fatal_error", "service_unavailable", "request_timeout"}
"""What Slack says of itself, not of what it was asked."""

INTERNAL = 500
"""The least status of a server that fails by itself."""

SLACK_BUSY = "Slack isn't taking Everboard's answers just now. Please try again in a moment."

UNREACHABLE = (ClientError, TimeoutError, OSError)
"""Slack did not answer, or not in time."""

log = structlog.get_logger(__name__)


def answered(house: House, handler: Handler) -> Callable[[AsyncArgs], Awaitable[None]]:
    """The Bolt listener for what a person did, with an answer for whatever goes wrong."""

    async def listener(args: AsyncArgs) -> None:
        reference = house.moment().new_id()[-6:]
        with house.at_work(), structlog.contextvars.bound_contextvars(reference=reference):
            await _answer(handler, Act.of(args, house), reference)

    listener.__name__ = handler.__qualname__
    return listener


def noted(house: House, handler: Handler) -> Callable[[AsyncArgs], Awaitable[None]]:
    """The Bolt listener for what happened in Slack by itself: nobody is told, and it is tried again."""

    async def listener(args: AsyncArgs) -> None:
        with house.at_work(), structlog.contextvars.bound_contextvars(reference=house.moment().new_id()[-6:]):
            await _note(handler, Act.of(args, house))

    listener.__name__ = handler.__qualname__
    return listener


def run_of_a_workflow(house: House, run: Run) -> Callable[[AsyncArgs], Awaitable[None]]:
    """The Bolt listener for a run of one of our steps: it ends with what `run` hands on, or with why it can't be done.

    Slack is told that we have it only when it is ended: what a process that dies has begun, Slack tells another.
    """

    async def listener(args: AsyncArgs) -> None:
        reference = house.moment().new_id()[-6:]
        with house.at_work(), structlog.contextvars.bound_contextvars(reference=reference):
            await _end(run, Act.of(args, house), reference)
            await args.ack()

    listener.__name__ = run.__qualname__
    return listener


async def _end(run: Run, act: Act, reference: str) -> None:
    args = act.args
    try:
        outputs = await _run(run, act)
    except RuleError as error:
        await _told(args.fail(complaint(error)))
    except DatabaseBusyError:
        log.exception("database busy for long", act=run.__qualname__)
        await _told(args.fail(BUSY))
    except Exception:  # as in _answer
        log.exception("unexpected", act=run.__qualname__, reference=reference)
        await _told(args.fail(f"Something went wrong on our side (reference {reference}). Please try again."))
    else:
        await _told(args.complete(outputs))


async def _run(run: Run, act: Act) -> dict[str, str]:
    try:
        return await run(act)
    except DatabaseBusyError:
        await act.args.ack()  # the rest takes longer than Slack waits
        return await patiently(lambda: run(act), run.__qualname__)


async def _told(answer: Awaitable[object]) -> None:
    try:
        await answer
    except SlackApiError as error:
        if error.response.get("error") != OVER:
            raise
        log.info("the run was over")


async def _answer(handler: Handler, act: Act, reference: str) -> None:
    try:
        await handler(act)
    except RuleError as error:
        await _said(act, act.refuse(error))
    except DatabaseBusyError:
        log.warning("database busy", act=handler.__qualname__, exc_info=True)
        await _said(act, act.tell(BUSY))
    except Exception as error:  # the one place for what nobody foresaw: logged, and answered with its reference
        if trouble := _of_slack(error):
            log.warning("slack is busy or out of reach", act=handler.__qualname__, error=trouble)
            await _said(act, act.tell(SLACK_BUSY))
        else:
            log.exception("unexpected", act=handler.__qualname__, reference=reference)
            await _said(act, act.tell(f"Something went wrong on our side (reference {reference}). Please try again."))


def _of_slack(error: Exception) -> str | None:
    """Slack's own trouble, which passes: too much at once, an error of its own, no answer in time. None for others."""
    if isinstance(error, SlackApiError):
        said, status = str(error.response.get("error")), getattr(error.response, "status_code", 200)
        return said if said in PASSING or status >= INTERNAL else None
    return type(error).__name__ if isinstance(error, UNREACHABLE) else None


async def _said(act: Act, telling: Awaitable[None]) -> None:
    """Say it, if Slack lets us: what went wrong may have been Slack, and there is nobody else to tell."""
    try:
        await telling
    except (SlackApiError, *UNREACHABLE) as error:
        log.warning("could not say so", error=type(error).__name__)
    if act.args.ack.response is None:
        await act.args.ack()


async def _note(handler: Handler, act: Act) -> None:
    try:
        await patiently(lambda: handler(act), handler.__qualname__)
    except RuleError as error:  # such as somebody who is no member: an event asks for no answer
        log.info("passed over", act=handler.__qualname__, why=type(error).__name__)
    except DatabaseBusyError:
        log.exception("database busy for long", act=handler.__qualname__)
    except Exception as error:  # one event of many: the next census sets right what this one missed
        if trouble := _of_slack(error):
            log.warning("slack is busy or out of reach", act=handler.__qualname__, error=trouble)
        else:
            log.exception("unexpected", act=handler.__qualname__)


async def patiently(work: Callable[[], Awaitable[T]], name: str) -> T:
    """Do something for which nobody waits, again while the database is busy. Raises DatabaseBusyError in the end."""
    for wait in PATIENCE:
        try:
            return await work()
        except DatabaseBusyError:
            log.info("busy, trying again", act=name, seconds=wait)
            await asyncio.sleep(wait)
    return await work()
