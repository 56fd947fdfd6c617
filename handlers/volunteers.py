"""`/join/TEAM`: the page on which a customer puts themselves forward, and its switch in the settings.

Needs no script and sets no cookie, so that there is no session that another page could ride on; a form bears a signed
time instead. Whoever is known already gets the very same answer.
"""

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import structlog
from aiohttp import web

from domain.errors import RuleError
from domain.nominations import LINE_LIMIT, NAME_LIMIT, WHY_LIMIT, Values
from domain.vocabulary import Activity
from domain.volunteers import BYTES, NEEDS_CONSENT, Age, Doorkeeper, age_of
from handlers import settings as settings_handlers
from handlers.act import Act
from handlers.answering import answered
from handlers.house import House, Installation
from handlers.page_files import pages, policy
from handlers.switchboard import Switchboard
from steps import volunteers
from storage.database import DatabaseBusyError
from views import volunteers as view
from views.ids import Action, Callback

BUSY = "We can't take it just now. Please go back and try again in a minute; your words are still there."
TOO_MANY = "Many forms have come from where you are. Please try again in ten minutes."
EXPIRED = "The page had stood open for long. Everything you typed is still here: please look it over and send it again."
TOO_QUICK = "That was quicker than people type. Please look it over, and send it again."

MISSING = {
    "contact_name": "Please tell us your name.",
    "company": "Please tell us your company.",
    "email": "Please give an address at which we can answer you.",
    "why": "Please write a sentence or two.",
    "consent": NEEDS_CONSENT,
}
"""What is said of a field that must not be empty."""

POLICY = {"Content-Security-Policy": policy("join.html", sends=True)}

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the page."""

    name: str
    label: str
    most: int
    needed: bool = True
    hint: str = ""
    kind: str = "text"
    fill: str = ""
    long: bool = False


FIELDS = (
    Field("contact_name", "Your name", NAME_LIMIT, fill="name"),
    Field("company", "Your company", NAME_LIMIT, fill="organization"),
    Field("email", "Your email address", 254, kind="email", fill="email", hint="So that we can answer you."),
    Field("title", "What you do there", LINE_LIMIT, needed=False, fill="organization-title"),
    Field("country", "Your country", LINE_LIMIT, needed=False, fill="country-name"),
    Field("why", "What would you tell others about us?", WHY_LIMIT, long=True),
)

ACTIVITIES = (
    Activity.REFERENCE_CALL,
    Activity.CASE_STUDY,
    Activity.QUOTE,
    Activity.VIDEO,
    Activity.REVIEW,
    Activity.SPEAKER,
    Activity.ADVISORY_BOARD,
)
"""What a customer can imagine without knowing us well."""


def register(board: Switchboard, house: House) -> None:
    """Listen to the switch in the settings."""
    board.action(Action.SETTING_JOIN.value)(answered(house, open_form))
    board.view(Callback.SETTING_JOIN.value)(answered(house, save))


async def open_form(act: Act) -> None:
    """On or off?"""
    await act.args.ack()

    async def make() -> dict[str, Any]:
        return view.form(address_of(act.house, act.installation), is_on=await act.read(volunteers.seen))

    await act.show(view.TITLE, make)


async def save(act: Act) -> None:
    """It was switched."""
    await act.run(volunteers.open_page, is_on=act.typed_as(view.is_on_from))
    await settings_handlers.saved(act)


def address_of(house: House, installation: Installation) -> str | None:
    """Where a workspace's page is, for people outside; None where nobody said under which address we are reached."""
    return f"{house.public_url}/join/{installation.team_id}" if house.public_url else None


class JoinPage:
    """Answers the page's requests."""

    def __init__(self, house: House, secret: bytes) -> None:
        """`secret` signs the forms' times; all replicas need the same."""
        self._house = house
        self._secret = secret
        self._doorkeeper = Doorkeeper()

    def routes(self) -> list[web.RouteDef]:
        """Where the page is."""
        return [web.get("/join/{team}", self.show), web.post("/join/{team}", self.take)]

    async def show(self, request: web.Request) -> web.Response:
        """The empty form; 404 where there is no such page."""
        return self._drawn(await self._installation(request), {})

    async def _installation(self, request: web.Request) -> Installation:
        team = request.match_info["team"]
        found = next((one for one in self._house.installations.values() if one.team_id == team), None)
        try:
            is_open = found is not None and await self._house.db.read(found.workspace_id, volunteers.is_open)
        except DatabaseBusyError:
            raise web.HTTPServiceUnavailable(text=f"{BUSY}\n") from None
        if found is None or not is_open:
            raise web.HTTPNotFound(text="There is no such page.\n")
        return found

    async def take(self, request: web.Request) -> web.Response:
        """What a customer sent: stored, or shown again with what needs another look."""
        installation = await self._installation(request)
        if (request.content_length or 0) > BYTES:
            raise web.HTTPRequestEntityTooLarge(max_size=BYTES, actual_size=request.content_length or 0)
        if not self._doorkeeper.lets_in(request.remote or "", self._house.clock.real()):
            return self._page(installation, 429, state="wait", message=TOO_MANY)
        typed = await request.post()
        said = {key: value for key, value in typed.items() if isinstance(value, str)}
        chosen = [value for value in typed.getall("activities", []) if isinstance(value, str)]
        if said.get("website"):  # a field that people do not see
            return self._page(installation, 200, state="thanks")
        if (problem := self._aged(installation, said.get("token", ""))) is not None:
            return self._drawn(installation, said, chosen, {"contact_name": problem}, status=400)
        return await self._keep(installation, said, chosen)

    async def _keep(self, installation: Installation, said: Mapping[str, str], chosen: list[str]) -> web.Response:
        errors = {name: words for name, words in MISSING.items() if not said.get(name, "").strip()}
        if errors:
            return self._drawn(installation, said, chosen, errors, status=422)
        receipt = f"join:{hashlib.sha256(said.get('token', '').encode()).hexdigest()}"
        try:
            values = _values(said, chosen)
            moment = self._house.moment()
            await self._house.db.run(installation.workspace_id, volunteers.volunteer, moment, values, receipt)
        except RuleError as error:
            return self._drawn(installation, said, chosen, error.fields or {"why": error.message}, status=422)
        except DatabaseBusyError:
            log.warning("database busy", page="join")
            return self._page(installation, 503, state="wait", message=BUSY)
        self._house.wake()
        return self._page(installation, 200, state="thanks")

    def _drawn(
        self,
        installation: Installation,
        said: Mapping[str, str],
        chosen: list[str] | None = None,
        errors: Mapping[str, str] | None = None,
        status: int = 200,
    ) -> web.Response:
        """The form, with what was typed and what is wrong with it, in the order of the fields."""
        names = [*(one.name for one in FIELDS), "consent"]
        wrong = {name: (errors or {})[name] for name in names if name in (errors or {})}
        form: dict[str, Any] = {
            "fields": FIELDS,
            "activities": [one.value for one in ACTIVITIES],
            "chosen": chosen or [],
        }
        token = said.get("token") if status == 422 else None
        form |= {"typed": said, "errors": wrong, "consented": bool(said.get("consent"))}
        return self._page(installation, status, state="form", token=token or self._token(installation), **form)

    def _page(self, installation: Installation, status: int, **given: Any) -> web.Response:
        title = "Thank you" if given["state"] == "thanks" else f"Speak for {installation.name}"
        text = pages.get_template("join.html").render(title=title, name=installation.name, **given)
        return web.Response(text=text, status=status, content_type="text/html", headers=POLICY)

    def _token(self, installation: Installation) -> str:
        made_at = f"{int(self._house.clock.real().timestamp())}-{secrets.token_hex(8)}"
        return f"{made_at}.{self._signed(installation, made_at)}"

    def _signed(self, installation: Installation, made_at: str) -> str:
        return hmac.new(self._secret, f"{installation.team_id}\0{made_at}".encode(), hashlib.sha256).hexdigest()

    def _aged(self, installation: Installation, token: str) -> str | None:
        """What speaks against the form's time; None for nothing."""
        made_at, _, signature = token.partition(".")
        if not hmac.compare_digest(signature.encode(), self._signed(installation, made_at).encode()):
            return EXPIRED
        then = datetime.fromtimestamp(int(made_at.partition("-")[0]), UTC)
        return {Age.TOO_QUICK: TOO_QUICK, Age.TOO_OLD: EXPIRED, Age.FINE: None}[age_of(then, self._house.clock.real())]


def _values(said: Mapping[str, str], chosen: list[str]) -> Values:
    known = {one.value for one in ACTIVITIES}
    return Values(
        contact_name=said.get("contact_name", ""),
        company=said.get("company", ""),
        why=said.get("why", ""),
        email=said.get("email") or None,
        title=said.get("title") or None,
        country=said.get("country") or None,
        customer_knows=True,
        activities=tuple(one for one in chosen if one in known),
    )
