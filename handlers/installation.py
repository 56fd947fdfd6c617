"""The end of an installation: Everboard was removed, or its token was revoked. Decides nothing about the data."""

import structlog

from handlers.act import Act
from handlers.answering import noted
from handlers.house import House, Installation
from handlers.switchboard import Switchboard
from storage import workspaces

log = structlog.get_logger(__name__)


def register(board: Switchboard, house: House) -> None:
    """Listen to the end."""
    board.event("app_uninstalled")(noted(house, ended))
    board.event("tokens_revoked")(noted(house, ended))


async def ended(act: Act) -> None:
    """Stop serving the workspace; its messages wait and its data stays until Slack takes us back or it is erased.

    Slack may tell of an end late, when Everboard has been installed again: it is asked whether that is so.
    """
    event = act.body["event"]
    if event["type"] == "tokens_revoked" and not (event.get("tokens") or {}).get("bot"):
        return  # somebody's own token, of which Everboard has none
    installation: Installation | None = act.args.context["installation"]
    if installation is None:
        return  # it ended before: Slack tells of it twice, once for the token and once for the app
    if act.house.still_serves is not None and await act.house.still_serves(installation):
        log.info("end of an earlier installation", team=installation.team_id, event_type=event["type"])
        return
    await act.house.db.across(workspaces.disconnect, act.house.moment(), installation.workspace_id)
    log.warning("uninstalled", team=installation.team_id, event_type=event["type"])
    act.house.installations.pop((installation.enterprise_id, installation.team_id), None)
