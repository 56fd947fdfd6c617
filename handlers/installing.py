"""`/slack/install`: the pages on which a workspace's admin adds Everboard, where it is hosted for many.

Bolt's flow decides who may go on; here is what people read. Nothing needs a script; the one cookie is the flow's own,
which says that whoever comes back from Slack is who went there.
"""

import aiohttp
import structlog
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.oauth.async_callback_options import AsyncFailureArgs, AsyncSuccessArgs
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError

from handlers.house import House
from handlers.page_files import pages, policy
from storage.database import DatabaseBusyError

INSTALL_PATH = "/slack/install"

HTML = "text/html; charset=utf-8"

SORRY = {
    "access_denied": "You did not allow it in Slack, so nothing was installed.",
    "invalid_browser": "Slack's answer belongs to another browser, or cookies are off. Nothing was installed.",
    "invalid_state": "The page had stood open for long, or was used before. Nothing was installed by this click.",
    "missing_code": "Slack's answer was not complete. Nothing was installed.",
    "invalid_code": "Slack did not confirm the installation: its answer was too old, or was used before.",
    "storage_error": "Slack has allowed it, but Everboard could not keep it just now. Please install it once more.",
}
"""What is said of a reason of the flow's, or of Slack's."""

OTHERWISE = "Slack did not install it. Nothing was changed."
BUSY = "Everboard can't reach its data or Slack just now. Nothing was installed; please try again in a minute."

NEXT = (
    "In Slack, make a private channel #advocacy for the team and invite the bot: /invite @Everboard.",
    "Then type /advocacy there: it says what to do next. Slack's workspace admins are the first admins.",
)
"""What somebody does who has just installed it."""

NETWORK = (TimeoutError, OSError, aiohttp.ClientError)

log = structlog.get_logger(__name__)


class InstallPages:
    """The two addresses of an installation: where it begins, and where Slack sends people back to."""

    def __init__(self, flow: AsyncOAuthFlow, house: House) -> None:
        self._flow, self._house = flow, house

    def routes(self) -> list[web.RouteDef]:
        """Where the server sends these requests."""
        return [web.get(INSTALL_PATH, self._begin), web.get(self._flow.redirect_uri_path, self._end)]

    async def _begin(self, request: web.Request) -> web.Response:
        """Say what comes, and lead to Slack with a new state."""
        try:
            answer = await self._flow.handle_installation(await to_bolt_request(request))
        except DatabaseBusyError:
            return await _as_page(_page(503, "Please try again", [BUSY]))
        return await _as_page(answer)

    async def _end(self, request: web.Request) -> web.Response:
        """Keep what was allowed, or say why not."""
        with self._house.at_work():
            try:
                answer = await self._flow.handle_callback(await to_bolt_request(request))
            except (DatabaseBusyError, SlackApiError, *NETWORK) as error:
                log.warning("not installed", error=type(error).__name__)
                answer = _page(503, "Please try again", [BUSY], again=True)
        return await _as_page(answer)


async def installed(args: AsyncSuccessArgs) -> BoltResponse:
    """The page after an installation."""
    name = args.installation.team_name or args.installation.enterprise_name or "your workspace"
    answer = _page(200, f"Everboard is in {name}", NEXT)
    answer.headers["set-cookie"] = [args.settings.state_utils.build_set_cookie_for_deletion()]
    return answer


async def not_installed(args: AsyncFailureArgs) -> BoltResponse:
    """The page after one that did not come about: why, and how to begin again."""
    log.warning("not installed", reason=args.reason if args.reason in SORRY else "refused by Slack")
    words = SORRY.get(args.reason, OTHERWISE)
    return _page(args.suggested_status_code, "Everboard was not installed", [words], again=True)


def invitation(address: str) -> str:
    """The page that leads to Slack."""
    return pages.get_template("install.html").render(title="Add Everboard to Slack", lines=[], address=address)


def _page(status: int, title: str, lines: list[str] | tuple[str, ...], *, again: bool = False) -> BoltResponse:
    body = pages.get_template("install.html").render(title=title, lines=lines, again=INSTALL_PATH if again else None)
    return BoltResponse(status=status, body=body, headers={"Content-Type": HTML})


async def _as_page(answer: BoltResponse) -> web.Response:
    found = await to_aiohttp_response(answer)
    found.headers["Content-Security-Policy"] = policy("install.html")
    return found
