"""App Home: what concerns the viewer. steps.home decides who sees which part, views.home draws them."""

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError

from domain.errors import RuleError
from handlers import home_pages
from handlers.act import Act, StrangeToSlack
from handlers.answering import answered
from handlers.house import House
from handlers.switchboard import Switchboard
from steps import home
from storage.database import DatabaseBusyError
from views import home as view

log = structlog.get_logger(__name__)


def register(board: Switchboard, house: House) -> None:
    """Listen to the opening of Home."""
    board.event("app_home_opened")(answered(house, opened))


async def opened(act: Act) -> None:
    """Home was opened: draw it afresh. The Messages tab needs nothing."""
    if act.body["event"].get("tab") == "home":
        await publish(act)


async def publish(act: Act) -> None:
    """Draw this person's Home."""
    async with act.house.home_of(act.installation.workspace_id, act.user_id):
        try:
            view_now = view.drawn(await act.read(home.seen), act.user_id, act.house.clock.now())
        except StrangeToSlack:
            return
        except RuleError as refusal:
            view_now = view.refused(refusal.message)
        await act.args.client.views_publish(user_id=act.user_id, view=view_now)


async def redraw(act: Act) -> None:
    """After an act of this person that changed what stands in their Home. The act is done, whatever happens here."""
    try:
        await publish(act)
        await home_pages.redraw(act)
    except (DatabaseBusyError, SlackApiError, aiohttp.ClientError, TimeoutError) as error:
        log.info("home not redrawn", error=type(error).__name__)
