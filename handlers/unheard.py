"""What nobody listens to: a button, a form or a command of an Everboard that was another version. Decides nothing.

Without an answer Slack shows people a warning sign, and counts events as failed.
"""

import structlog
from slack_bolt.kwargs_injection.async_args import AsyncArgs

from domain.errors import RuleError
from handlers.act import OUTDATED, Act
from handlers.answering import answered
from handlers.house import House
from handlers.switchboard import Kind, Switchboard

log = structlog.get_logger(__name__)


def register(board: Switchboard, house: House) -> None:
    """Listen to everything else."""
    for kind in (Kind.ACTION, Kind.COMMAND, Kind.SHORTCUT, Kind.VIEW):
        board.otherwise(kind)(answered(house, outdated))
    board.otherwise(Kind.CLOSED)(_closed)
    board.otherwise(Kind.OPTIONS)(_nothing_offered)
    board.otherwise(Kind.EVENT)(_passed_by)


async def outdated(act: Act) -> None:
    """Say that it is out of date, where the person is."""
    log.warning("nobody listens", kind=act.body.get("type") or "command")
    if act.body.get("type") != "view_submission":
        await act.args.ack()
    raise RuleError(OUTDATED)


async def _closed(args: AsyncArgs) -> None:
    """Somebody closed a window: nothing asks for that, and nothing follows from it."""
    await args.ack()


async def _nothing_offered(args: AsyncArgs) -> None:
    log.warning("nobody listens", kind="block_suggestion")
    await args.ack(options=[])


async def _passed_by(args: AsyncArgs) -> None:
    log.warning("nobody listens", kind="event")
    await args.ack()
