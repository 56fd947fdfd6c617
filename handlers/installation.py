"""The end of an installation: Everboard was removed, or its token was revoked. Decides nothing about the data."""

import structlog
from slack_bolt.async_app import AsyncApp

from handlers.act import Act, answered
from handlers.house import House

log = structlog.get_logger(__name__)


def register(app: AsyncApp, house: House) -> None:
    """Listen to the end."""
    app.event("app_uninstalled")(answered(house, ended))
    app.event("tokens_revoked")(answered(house, ended))


async def ended(act: Act) -> None:
    """Stop serving the workspace; its messages wait and its data stays until somebody installs again or erases it."""
    log.warning("uninstalled", team=act.installation.team_id, event_type=act.body["event"]["type"])
    act.house.installations.pop((act.installation.enterprise_id, act.installation.team_id), None)
