"""Salesforce through its REST API. Decides how it is asked and what its refusals mean to people; not what is read.

Everything goes to the company's own address, whatever an answer says: the token is for nobody else.
"""

import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from bot.connectors import CrmError, Record
from bot.settings import Environment
from domain.crm import CLOSED, NEEDED, OPTIONAL, WON, Fields, Mark, Thing, cells_of

try:
    import requests
    from simple_salesforce import api, exceptions
    from urllib3.util import Retry
except ImportError:  # an extra: not everybody has a Salesforce
    api = None  # type: ignore[assignment]

TIMEOUT = (10, 120)
"""Seconds to connect and to answer; a query over many records takes Salesforce a while."""

ATTEMPTS = 3
"""Further tries where Salesforce is busy or a connection broke."""

BUSY = (429, 502, 503, 504)

OBJECTS: Mapping[Thing, str] = {
    Thing.ACCOUNTS: "Account",
    Thing.CONTACTS: "Contact",
    Thing.OPPORTUNITIES: "Opportunity",
}
CHANGED = "SystemModstamp"
"""Salesforce's own time of a change: it moves also where a program changes a record, unlike LastModifiedDate."""

REFUSED_WORDS = 300
"""Characters of Salesforce's own words in a sentence of ours."""

_LOST_PLACE = {"INVALID_QUERY_LOCATOR", "QUERY_TIMEOUT"}


class Salesforce:
    """A connector, logged in as the app that an admin of Salesforce has set up for Everboard."""

    name = "Salesforce"

    def __init__(self, url: str, client_id: str, client_secret: str, *, pause: float = 1.0) -> None:
        """`pause` is the first of the growing waits, in seconds, before another try."""
        if api is None:
            raise CrmError(
                "Reading Salesforce needs one more package, which this command installs: "
                f"{sys.executable} -m pip install 'everboard[salesforce]'"
            )
        self._url, self._client_id, self._client_secret, self._pause = url, client_id, client_secret, pause
        self._api: Any = None

    def readable(self, thing: Thing, fields: Fields) -> tuple[Fields, tuple[str, ...]]:
        """What this login may see of the fields. Raises CrmError where a field is missing without which all is."""
        described = self._asked(thing, "restful", f"sobjects/{OBJECTS[thing]}/describe")
        own = {str(one.get("name")) for one in described.get("fields", [])}
        others = {str(one.get("relationshipName")) for one in described.get("fields", [])}
        there = {
            field for field in fields.values() if field in own or (field.partition(".")[0] in others and "." in field)
        }
        missing = [(column, field) for column, field in fields.items() if field not in there]
        for _column, field in missing:
            if field in NEEDED:
                raise CrmError(_no_field(thing, field), everything=False)
        sentences = tuple(
            f"{_no_field(thing, field)} Until then “{column}” is not read."
            for column, field in missing
            if field not in OPTIONAL
        )
        return {column: field for column, field in fields.items() if field in there}, sentences

    def pages(self, thing: Thing, fields: Fields, since: Mark | None) -> Iterator[list[Record]]:
        """Salesforce gives up to 2,000 records at a time. Where it forgot our place, it is asked again from there."""
        yield from self._read(thing, fields, since)

    def deleted(self, thing: Thing, fields: Fields, since: Mark) -> Iterator[list[Record]]:
        """What is in Salesforce's bin, which is emptied after 15 days, or after that is not purged yet."""
        yield from self._read(thing, fields, since, deleted=True)

    def _read(
        self, thing: Thing, fields: Fields, since: Mark | None, *, deleted: bool = False
    ) -> Iterator[list[Record]]:
        last = since
        answer = self._asked(thing, "query", _query(thing, fields, last, deleted=deleted), include_deleted=deleted)
        while True:
            records = [_record(one, fields) for one in answer["records"]]
            if records:
                yield records
                last = records[-1].mark
            if answer["done"]:
                return
            try:
                answer = self._asked(
                    thing, "query_more", answer["nextRecordsUrl"], identifier_is_url=True, include_deleted=deleted
                )
            except _PlaceLostError:
                again = _query(thing, fields, last, deleted=deleted)
                answer = self._asked(thing, "query", again, include_deleted=deleted)

    def tell(self, external_id: str, values: Mapping[str, str]) -> None:
        """Write into an opportunity."""
        self._guarded(Thing.OPPORTUNITIES, lambda: self._login().Opportunity.update(external_id, dict(values)))

    def _asked(self, thing: Thing, method: str, *given: Any, **named: Any) -> Any:
        return self._guarded(thing, lambda: getattr(self._login(), method)(*given, **named))

    def _guarded(self, thing: Thing, ask: Any) -> Any:
        try:
            return ask()
        except exceptions.SalesforceAuthenticationFailed as error:
            raise CrmError(_no_login(error)) from error
        except exceptions.SalesforceError as error:
            raise _meaning(thing, error) from error
        except requests.exceptions.JSONDecodeError as error:
            raise CrmError("Salesforce gave an answer that makes no sense. Is SALESFORCE_URL its address?") from error
        except requests.RequestException as error:
            host = urlsplit(self._url).hostname
            raise CrmError(
                f"Salesforce can't be reached at {host}. Whoever runs Everboard's server checks SALESFORCE_URL and "
                "whether the server may connect to it."
            ) from error
        except (KeyError, IndexError, TypeError, ValueError) as error:
            raise CrmError("Salesforce gave an answer that makes no sense. Is SALESFORCE_URL its address?") from error

    def _login(self) -> Any:
        if self._api is None:
            host = urlsplit(self._url).hostname or ""
            self._api = api.Salesforce(
                consumer_key=self._client_id,
                consumer_secret=self._client_secret,
                domain=host.removesuffix(".salesforce.com"),
                session=_session(self._url, self._pause),
            )
        return self._api


def from_settings(settings: Environment) -> Salesforce | None:
    """The connector, where the environment names one. Raises CrmError where its package is missing."""
    url, client_id, secret = settings.salesforce_url, settings.salesforce_client_id, settings.salesforce_client_secret
    if url is None or client_id is None or secret is None:
        return None
    return Salesforce(url, client_id, secret.get_secret_value())


def _session(url: str, pause: float) -> Any:
    """A session that asks only this address, whatever host the library puts before a path, and not for ever."""

    class Session(requests.Session):
        def request(self, method: str, asked: str, *given: Any, **named: Any) -> requests.Response:  # type: ignore[override]
            parts = urlsplit(asked)
            named.setdefault("timeout", TIMEOUT)
            named.setdefault("allow_redirects", False)
            path = f"{parts.path}?{parts.query}" if parts.query else parts.path
            return super().request(method, f"{url}{path}", *given, **named)

    session = Session()
    again = Retry(
        total=ATTEMPTS,
        backoff_factor=pause,
        status_forcelist=BUSY,
        allowed_methods=frozenset({"GET", "POST", "PATCH"}),  # a POST only logs in, and a PATCH says the same again
        raise_on_status=False,
        respect_retry_after_header=pause > 0,
    )
    for scheme in ("https://", "http://"):
        session.mount(scheme, requests.adapters.HTTPAdapter(max_retries=again))
    return session


def _query(thing: Thing, fields: Fields, since: Mark | None, *, deleted: bool = False) -> str:
    wanted = dict.fromkeys(("Id", "Name", CHANGED, *fields.values()))
    if WON in wanted:
        wanted[CLOSED] = None
    conditions = (["IsDeleted = true"] if deleted else []) + _later(since)
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    return f"SELECT {', '.join(wanted)} FROM {OBJECTS[thing]}{where} ORDER BY {CHANGED}, Id"  # noqa: S608  # names alone, checked by domain.crm


def _later(since: Mark | None) -> list[str]:
    if since is None:
        return []
    at = since.changed_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{since.changed_at.microsecond // 1000:03}Z"
    if not since.id.isalnum():
        return [f"{CHANGED} >= {at}"]
    return [f"({CHANGED} > {at} OR ({CHANGED} = {at} AND Id > '{since.id}'))"]


def _record(found: Mapping[str, Any], fields: Fields) -> Record:
    mark = Mark(datetime.fromisoformat(found[CHANGED]), str(found["Id"]))
    return Record(mark, str(found.get("Name") or ""), cells_of(found, fields.values()))


class _PlaceLostError(CrmError):
    """Salesforce does not know any more where the reading was."""


def _no_field(thing: Thing, field: str) -> str:
    return (
        f"Salesforce shows no field {field} of {OBJECTS[thing]} to Everboard's login: a Salesforce admin gives the "
        "login access to it, or another field is named in /advocacy settings, CRM fields."
    )


def _no_login(error: Any) -> str:
    return (
        f"Salesforce refuses the login ({_cut(error.auth_message or error.code)}). Whoever runs Everboard's server "
        "checks SALESFORCE_CLIENT_ID and SALESFORCE_CLIENT_SECRET; a Salesforce admin checks that the connected app is "
        "on, and allows the client credentials flow with a user to run as."
    )


NO_CALLS_LEFT = (
    "Salesforce's allowance of calls is used up. What was read stays, and Everboard goes on from there by itself. If "
    "it happens every day, a Salesforce admin looks at System Overview for what uses them."
)
NO_SESSION = (
    "Salesforce ended Everboard's session and takes no new one. A Salesforce admin checks the connected app and the "
    "user that it runs as."
)
NOT_NOW = "Salesforce does not answer at the moment. What was read stays, and Everboard goes on by itself."


def _meaning(thing: Thing, error: Any) -> CrmError:
    """What a refusal means, and who does what about it."""
    code, words, fields = _said(error.content)
    if code in _LOST_PLACE:
        return _PlaceLostError("Salesforce lost the place of the reading.")
    if code == "REQUEST_LIMIT_EXCEEDED":
        return CrmError(NO_CALLS_LEFT)
    if error.status == 401:
        return CrmError(NO_SESSION)
    if error.status >= 500 or error.status in BUSY:
        return CrmError(NOT_NOW)
    return CrmError(_one_refusal(thing, words, fields), everything=False)


def _one_refusal(thing: Thing, words: str, fields: list[str]) -> str:
    if fields:
        return f"Salesforce refuses {', '.join(fields)}: {_cut(words)}"
    return (
        f"Salesforce refuses this for {OBJECTS[thing]}: {_cut(words)} A Salesforce admin gives Everboard's login "
        "access, or another field is named in /advocacy settings, CRM fields."
    )


def _said(content: Any) -> tuple[str, str, list[str]]:
    """Salesforce's code, its words, and the fields that it names."""
    first = content[0] if isinstance(content, list) and content else content
    if not isinstance(first, Mapping):
        return "", str(first or ""), []
    return (
        str(first.get("errorCode", "")),
        str(first.get("message", "")),
        [str(one) for one in first.get("fields") or []],
    )


def _cut(words: object) -> str:
    text = " ".join(str(words).split())
    text = text if len(text) <= REFUSED_WORDS else f"{text[:REFUSED_WORDS]}…"
    return text if text.endswith((".", "…", ")")) else f"{text}."
