"""`/advocates …`: a look-up, unless its first word asks for something else. Decides nothing more."""

from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType

from handlers import assets, lookup, requests, touches
from handlers.act import Act
from handlers.answering import answered
from handlers.house import House
from handlers.switchboard import Switchboard

FIRST_WORDS: Mapping[str, Callable[[Act, str], Awaitable[None]]] = MappingProxyType(
    {
        assets.COMMAND: assets.open_from_command,
        requests.COMMAND: requests.open_from_command,
        touches.COMMAND: touches.open_from_command,
    }
)
"""What the first word leads to; the words after it are handed on."""


def register(board: Switchboard, house: House) -> None:
    """Listen to the command."""
    board.command("/advocates")(answered(house, command))


async def command(act: Act) -> None:
    """The way that the first word names, else a look-up."""
    first, _, rest = (act.body.get("text") or "").strip().partition(" ")
    way = FIRST_WORDS.get(first.casefold())
    if way is None:
        await lookup.look_up(act)
        return
    await act.args.ack()
    await way(act, rest.strip())
