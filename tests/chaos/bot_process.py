"""The bot as `everboard serve` runs it, in a process of its own and by a calendar that the test chose.

It ends when whoever started it does: nothing is left running when a test is cut off.
"""

import asyncio
import os
import sys
from datetime import timedelta
from threading import Thread

from bot import logs
from bot.clock import SystemClock, real_time
from bot.data import prepare
from bot.service import Everboard
from bot.settings import Service, read

AHEAD = "CHAOS_CALENDAR_AHEAD"
"""Seconds that the calendar is ahead of the machine's clock; mostly negative."""


def main() -> None:
    """Serve until killed."""
    Thread(target=_end_with_the_test, daemon=True).start()
    settings = read(Service)
    logs.configure("INFO", as_json=True)
    prepare(settings)
    asyncio.run(_serve(settings, timedelta(seconds=float(os.environ[AHEAD]))))


def _end_with_the_test() -> None:
    sys.stdin.buffer.read()
    os._exit(1)


async def _serve(settings: Service, ahead: timedelta) -> None:
    everboard = Everboard(settings, SystemClock(lambda: real_time() + ahead))
    await everboard.start()
    await asyncio.Event().wait()


if __name__ == "__main__":
    main()
