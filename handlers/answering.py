"""The one place that turns what went wrong into words. Decides no rule; Act knows where the person is.

A refusal stands at the form's field or comes privately; a database that does not answer asks to try again; anything
else is logged with a reference that the person sees too, and that every line bears which the request logs. Nothing that
somebody typed is lost: a form that could not be saved stays open.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog
from slack_bolt.kwargs_injection.async_args import AsyncArgs

from domain.errors import RuleError
from handlers.act import BUSY, Act
from handlers.house import House
from storage.database import DatabaseBusyError

T = TypeVar("T")
Handler = Callable[[Act], Awaitable[None]]

PATIENCE = (1.0, 5.0, 25.0)
"""Seconds between tries to keep what Slack told us of itself: nobody is waiting, and Slack does not say it again."""

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


async def _answer(handler: Handler, act: Act, reference: str) -> None:
    try:
        await handler(act)
    except RuleError as error:
        await act.refuse(error)
    except DatabaseBusyError:
        log.warning("database busy", act=handler.__qualname__, exc_info=True)
        await act.tell(BUSY)
    except Exception:  # the one place for what nobody foresaw: logged, and answered with its reference
        log.exception("unexpected", act=handler.__qualname__, reference=reference)
        await act.tell(f"Something went wrong on our side (reference {reference}). Please try again.")


async def _note(handler: Handler, act: Act) -> None:
    try:
        await patiently(lambda: handler(act), handler.__qualname__)
    except DatabaseBusyError:
        log.exception("database busy for long", act=handler.__qualname__)
    except Exception:  # one event of many: the next census sets right what this one missed
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
