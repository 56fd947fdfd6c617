"""How the program stands: `/advocacy health`, and the self-checks over time. The figures are domain.health's."""

from domain.health import Report
from domain.moment import Moment
from domain.people import Actor
from domain.self_checks import Part, parts_of
from handlers.act import Act
from handlers.answering import answered
from handlers.house import House
from handlers.switchboard import Switchboard
from steps import health
from storage.guard import GuardedSession
from views import health as view
from views.ids import Action
from views.text import Block

COMMAND = frozenset({"health", "program", "programme"})
"""Words after `/advocacy` that lead here."""


def register(board: Switchboard, house: House) -> None:
    """Listen to the ways to the figures."""
    board.action(Action.HEALTH.value)(answered(house, open_health))
    board.action(Action.HEALTH_SEND.value)(answered(house, send))
    board.action(Action.SELF_CHECKS.value)(answered(house, open_self_checks))


async def open_health(act: Act) -> None:
    """The verdict, and what holds the program back."""
    if not act.body.get("command"):
        await act.args.ack()
    await act.show(view.TITLE, lambda: drawn(act))


async def drawn(act: Act) -> Block:
    """The window as it is now."""
    return view.overview(*await act.read(_seen))


def _seen(session: GuardedSession, actor: Actor, moment: Moment) -> tuple[Report, tuple[Part, ...]]:
    return health.seen(session, actor, moment), parts_of(actor)


async def send(act: Act) -> None:
    """The figures with a chart of the last year, as a direct message."""
    await act.args.ack()
    await act.run(health.send)
    await act.tell("You get it as a direct message from Everboard.")


async def open_self_checks(act: Act) -> None:
    """What leader and champion said of themselves, quarter by quarter."""
    await act.args.ack()

    async def make() -> Block:
        return view.self_checks(await act.read(health.checks_seen))

    await act.show("Self-checks", make)
