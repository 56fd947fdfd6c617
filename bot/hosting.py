"""Which workspaces this process serves where any may install the app. Decides when a token is asked for again.

The database has the tokens. What one replica learns (an installation, a removal, a renewed token) the others find
there: at once when a request or a message needs it, else within seconds.
"""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import structlog
from slack_bolt.error import BoltError
from slack_sdk.errors import SlackApiError, SlackTokenRotationError
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.installation_store.models import Bot
from slack_sdk.oauth.installation_store.models import Installation as Granted
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore
from slack_sdk.oauth.token_rotation.async_rotator import AsyncTokenRotator
from slack_sdk.web.async_client import AsyncWebClient

from handlers.house import House, Installation
from schedules.sending import NETWORK
from storage import pace, receipts, workspaces
from storage.database import DatabaseBusyError
from storage.installations import Installations, Place, Token

LOOK = 10.0
"""Seconds between looks at what other replicas have learnt."""

RENEW_BEFORE = 120
"""Minutes before its end at which a token is renewed: Slack gives it for twelve hours."""

RENEWAL = timedelta(minutes=5)
"""One replica renews a token; another one tries when nothing came of it by then."""

AT_ONCE = 4
"""Places asked of Slack at the same time: half of the database's threads stay free for whoever waits."""

REFUSED = {"token_revoked", "account_inactive", "invalid_auth", "not_authed", "token_expired", "app_uninstalled"}
"""What Slack says of a token that will never be good again."""

log = structlog.get_logger(__name__)


class Hosting:
    """The installations of one process. `client_for` makes a client for a token; `arrived` hears of each new one."""

    def __init__(
        self,
        house: House,
        kept: Installations,
        client_for: Callable[[str], AsyncWebClient],
        rotator: AsyncTokenRotator,
        arrived: Callable[[Installation, AsyncWebClient], None],
    ) -> None:
        self.house, self.kept = house, kept
        self._client_for, self._rotator, self._arrived = client_for, rotator, arrived
        self._tokens: dict[Place, Token] = {}
        self._clients: dict[str, AsyncWebClient] = {}
        self._few = asyncio.Semaphore(AT_ONCE)

    async def look(self) -> None:
        """Serve what is installed now, and nothing else. Raises DatabaseBusyError, and WrongKeyError."""
        present = await self.house.db.outside(self.kept.places)
        for place in self._tokens.keys() - present.keys():
            self._leave(place)
        changed = [place for place, token in present.items() if self._tokens.get(place) != token]
        for came in await asyncio.gather(*map(self._come, changed), return_exceptions=True):
            if isinstance(came, NETWORK):
                log.warning("not connected yet", error=type(came).__name__)
            elif came is not None:
                raise came
        for place, token in present.items():
            if token.ends_at is not None and self._ends_soon(token.ends_at):
                await self._renew(place)

    async def run(self, stop: asyncio.Event) -> None:
        """Look again and again until `stop` is set."""
        while not stop.is_set():
            try:
                async with asyncio.timeout(LOOK):
                    await stop.wait()
            except TimeoutError:
                await self._look_again()

    async def _look_again(self) -> None:
        try:
            await self.look()
        except (DatabaseBusyError, *NETWORK) as error:
            log.info("not looked", error=type(error).__name__)
        except Exception:  # one look of many, logged: without the next ones this process would serve old tokens
            log.exception("look failed")

    async def find(self, enterprise_id: str | None, team_id: str | None) -> Installation | None:
        """An installation that another replica may have made a moment ago."""
        if team_id:
            await self._come(Place(enterprise_id or "", team_id))
        if enterprise_id:
            await self._come(Place(enterprise_id, ""))
        return self.house.installed(enterprise_id, team_id)

    async def client_of(self, workspace_id: str) -> AsyncWebClient:
        """A workspace's client. Raises LookupError for one that is not served."""
        if workspace_id not in self._clients:
            await self.look()
        return self._clients[workspace_id]

    async def granted(self, granted: Granted) -> None:
        """Somebody has installed the app: keep the token, then serve the workspace."""
        await self.house.db.outside(self.kept.save, granted)
        await self._come(Place.of(granted))

    async def still_serves(self, installation: Installation) -> bool:
        """Whether Slack takes the present token: an end may be told late, after the app was installed again."""
        place = Place(installation.enterprise_id, installation.team_id)
        try:
            await self._come(place)
        except NETWORK:  # the end is believed for now: the next look asks again
            self._leave(place)
        return self.house.installations.get((place.enterprise_id, place.team_id)) is not None

    def _leave(self, place: Place) -> None:
        gone = self.house.installations.pop((place.enterprise_id, place.team_id), None)
        self._tokens.pop(place, None)
        if gone is not None:
            self._clients.pop(gone.workspace_id, None)

    async def _come(self, place: Place) -> None:
        """Serve a place by its present token, or find out that Slack does not take it any more."""
        async with self._few:
            token = (await self.house.db.outside(self.kept.places)).get(place)
            bot = None if token is None else await self.house.db.outside(self.kept.find, place)
            if token is None or bot is None:
                self._leave(place)
                return
            client = self._client_for(bot.bot_token)
            try:
                who = await client.auth_test()
            except SlackApiError as error:
                await self._not_taken(place, bot, str(error.response.get("error")))
                return
            installation = await self._connected(place, bot, str(who["team"]))
            known = self.house.installations.get((place.enterprise_id, place.team_id))
            self._clients[installation.workspace_id] = client
            self.house.installations[place.enterprise_id, place.team_id] = installation
            self._tokens[place] = token
        if known is None:
            log.info("installed", workspace=installation.workspace_id, team=installation.team_id)
            self._arrived(installation, client)

    async def _not_taken(self, place: Place, bot: Bot, error: str) -> None:
        log.warning("token refused", team=place.team_id, enterprise=place.enterprise_id, error=error)
        if error not in REFUSED or not await self.house.db.outside(self.kept.delete, place, bot.installed_at):
            return
        self._leave(place)
        moment = self.house.moment()
        await self.house.db.across(workspaces.disconnect_team, moment, place.enterprise_id, place.team_id)

    async def _connected(self, place: Place, bot: Bot, name: str) -> Installation:
        shown = (bot.enterprise_name if bot.is_enterprise_install else bot.team_name) or name
        workspace_id = await self.house.db.across(
            workspaces.connect,
            self.house.moment(),
            place.team_id,
            place.enterprise_id,
            shown,
            bot.bot_user_id,
            adopts=False,
        )
        await self.house.db.run(workspace_id, pace.resume, self.house.clock.real())
        return Installation(
            workspace_id, place.team_id, place.enterprise_id, bot.bot_token, bot.bot_user_id, bot.bot_id, shown
        )

    def _ends_soon(self, ends_at: datetime) -> bool:
        return ends_at.replace(tzinfo=UTC) < self.house.clock.real() + timedelta(minutes=RENEW_BEFORE)

    async def _renew(self, place: Place) -> None:
        """Renew a token that is about to end; one replica does."""
        installation = self.house.installations.get((place.enterprise_id, place.team_id))
        bot = await self.house.db.outside(self.kept.find, place)
        if installation is None or bot is None:
            return
        moment = self.house.moment()
        turn = f"renew:{bot.bot_token_expires_at}:{moment.now.timestamp() // RENEWAL.total_seconds():.0f}"
        if not await self.house.db.run(installation.workspace_id, receipts.is_new, moment, turn):
            return
        try:
            renewed = await self._rotator.perform_bot_token_rotation(bot=bot, minutes_before_expiration=RENEW_BEFORE)
        except SlackTokenRotationError as error:
            log.warning("token not renewed", team=place.team_id, error=str(error.api_error.response.get("error")))
            return
        if renewed is not None:
            await self.house.db.outside(self.kept.save_bot, renewed)
            log.info("token renewed", team=place.team_id)
            await self._come(place)


class Store(AsyncInstallationStore):
    """What Bolt's flow hands an installation to."""

    def __init__(self, hosting: Hosting) -> None:
        self._hosting = hosting

    async def async_save(self, installation: Granted) -> None:
        """Keep and serve it. Raises BoltError, which the flow turns into a page."""
        try:
            await self._hosting.granted(installation)
        except (DatabaseBusyError, SlackApiError, *NETWORK) as error:
            log.exception("not installed")
            raise BoltError("not kept") from error


class States(AsyncOAuthStateStore):
    """The states of installations under way, which any replica may have begun."""

    def __init__(self, hosting: Hosting) -> None:
        self._hosting = hosting

    async def async_issue(self, *_args: object, **_options: object) -> str:
        """A new one."""
        return await self._hosting.house.db.outside(self._hosting.kept.issue_state)

    async def async_consume(self, state: str) -> bool:
        """Whether it is one of ours, and used for the first time."""
        return await self._hosting.house.db.outside(self._hosting.kept.use_state, state)
