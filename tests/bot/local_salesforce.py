"""A server on this machine that speaks those calls of Salesforce's REST API which Everboard uses, over real sockets.

It keeps records, checks the token and the fields, pages, and fails as Salesforce does where a test says so.
"""

import asyncio
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from aiohttp import BasicAuth, web

CLIENT, SECRET = "everboard-app", "a secret"
BEGIN = datetime(2026, 3, 1, tzinfo=UTC)

FIELDS = {
    "Account": "Id Name SystemModstamp Website Industry BillingCountry AnnualRevenue Health__c OwnerId",
    "Contact": "Id Name SystemModstamp Email Phone Title AccountId",
    "Opportunity": "Id Name SystemModstamp AccountId Amount StageName IsWon IsClosed CloseDate CreatedDate Type "
    "OwnerId Proof__c",
}
RELATIONS = {"OwnerId": "Owner", "AccountId": "Account"}


def stamp(minute: int) -> str:
    """A time as Salesforce writes it, so many minutes after the beginning."""
    return f"{BEGIN + timedelta(minutes=minute):%Y-%m-%dT%H:%M:%S}.000+0000"


@dataclass
class LocalSalesforce:
    """The server's records and what it is told to do wrong. `asked` are the paths and queries that came."""

    page: int = 2
    records: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: {name: [] for name in FIELDS})
    hidden: set[str] = field(default_factory=set)
    fails: list[tuple[int, Any] | None] = field(default_factory=list)
    """Answers that the next queries get instead of records; None lets one pass."""
    expired: set[str] = field(default_factory=set)
    locked: bool = False
    asked: list[str] = field(default_factory=list)
    written: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    rules: dict[str, tuple[int, Any]] = field(default_factory=dict)
    """What writing into a record is answered with, by its id."""
    url: str = ""
    logins: int = 0
    _cursors: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def add(self, name: str, id_: str, minute: int, **values: Any) -> None:
        """A record that was changed so many minutes after the beginning; an earlier one of this id goes."""
        kept = [one for one in self.records[name] if one["Id"] != id_]
        self.records[name] = [*kept, {"Id": id_, "SystemModstamp": stamp(minute), **values}]

    def delete(self, name: str, id_: str, minute: int) -> None:
        """A record goes into the bin, so many minutes after the beginning."""
        [found] = [one for one in self.records[name] if one["Id"] == id_]
        self.add(name, id_, minute, **{**found, "SystemModstamp": stamp(minute), "IsDeleted": True})

    @property
    def queries(self) -> list[str]:
        """What was asked for records that are there."""
        return [one for one in self.asked if one.startswith("SELECT") and "IsDeleted" not in one]

    async def token(self, request: web.Request) -> web.Response:
        self.logins += 1
        given = BasicAuth.decode(request.headers.get("Authorization", "Basic Og=="))
        form = await request.post()
        if (
            self.locked
            or (given.login, given.password) != (CLIENT, SECRET)
            or form["grant_type"] != "client_credentials"
        ):
            words = {"error": "invalid_client", "error_description": "invalid client credentials"}
            return web.json_response(words, status=400)
        return web.json_response({"access_token": f"T{self.logins}", "instance_url": "https://elsewhere.example"})

    def refusal(self, request: web.Request) -> web.Response | None:
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if token != f"T{self.logins}" or token in self.expired:
            return _error(401, "INVALID_SESSION_ID", "Session expired or invalid")
        if self.fails and (failure := self.fails.pop(0)) is not None:
            status, body = failure
            return (
                web.json_response(body, status=status)
                if isinstance(body, list)
                else web.Response(status=status, text=body)
            )
        return None

    async def describe(self, request: web.Request) -> web.Response:
        name = request.match_info["name"]
        fields = [
            {"name": one, "relationshipName": RELATIONS.get(one)}
            for one in FIELDS[name].split()
            if one not in self.hidden
        ]
        return web.json_response({"name": name, "fields": fields})

    async def query(self, request: web.Request) -> web.Response:
        asked = request.query["q"]
        self.asked.append(asked)
        if (refusal := self.refusal(request)) is not None:
            return refusal
        found = re.fullmatch(
            r"SELECT (?P<fields>.+) FROM (?P<name>\w+)"
            r"(?: WHERE \(?SystemModstamp >=? (?P<since>\S+)"
            r"(?: OR \(SystemModstamp = (?P=since) AND Id > '(?P<id>\w+)'\)\))?)?"
            r" ORDER BY SystemModstamp, Id",
            asked.replace("IsDeleted = true AND ", ""),
        )
        if found is None:
            return _error(400, "MALFORMED_QUERY", f"unexpected token in {asked}")
        for one in found["fields"].split(", "):
            if "." not in one and one not in FIELDS[found["name"]].split():
                return _error(400, "INVALID_FIELD", f"No such column '{one}' on entity '{found['name']}'.")
        after = (datetime.fromisoformat(found["since"]) if found["since"] else BEGIN, found["id"] or "")
        ordered = sorted(self.records[found["name"]], key=_place)
        in_bin = "IsDeleted = true" in asked
        if in_bin and not request.path.endswith("/queryAll/"):
            in_bin = False  # a plain query knows nothing of the bin
            ordered = []
        rows = [one for one in ordered if _place(one) > after and bool(one.get("IsDeleted")) == in_bin]
        return self._some([{"attributes": {"type": found["name"]}, **one} for one in rows])

    async def more(self, request: web.Request) -> web.Response:
        self.asked.append(request.path)
        if (refusal := self.refusal(request)) is not None:
            return refusal
        rows = self._cursors.pop(request.match_info["cursor"], None)
        if rows is None:
            return _error(400, "INVALID_QUERY_LOCATOR", "invalid query locator")
        return self._some(rows)

    def forget_places(self) -> None:
        """As after a night, or when somebody asks too many things at once."""
        self._cursors.clear()

    def _some(self, rows: list[dict[str, Any]]) -> web.Response:
        now, later = rows[: self.page], rows[self.page :]
        answer: dict[str, Any] = {"totalSize": len(rows), "done": not later, "records": now}
        if later:
            cursor = f"01g{len(self.asked):05}-{self.page}"
            self._cursors[cursor] = later
            answer["nextRecordsUrl"] = f"/services/data/v59.0/query/{cursor}"
        return web.json_response(answer)

    async def write(self, request: web.Request) -> web.Response:
        if (refusal := self.refusal(request)) is not None:
            return refusal
        id_ = request.match_info["id"]
        if id_ in self.rules:
            status, body = self.rules[id_]
            return web.json_response(body, status=status)
        self.written.append((id_, await request.json()))
        return web.Response(status=204)


def _place(record: dict[str, Any]) -> tuple[datetime, str]:
    return datetime.fromisoformat(record["SystemModstamp"]), record["Id"]


def _error(status: int, code: str, words: str) -> web.Response:
    return web.json_response([{"errorCode": code, "message": words}], status=status)


LIMIT = (403, [{"errorCode": "REQUEST_LIMIT_EXCEEDED", "message": "TotalRequests Limit exceeded."}])
BUSY = (503, "Service Unavailable")


@contextmanager
def running() -> Iterator[LocalSalesforce]:
    """The server in a thread of its own: whoever asks it waits for its answers."""
    local, loop = LocalSalesforce(), asyncio.new_event_loop()
    application = web.Application()
    base = "/services/data/v59.0"
    application.add_routes(
        [
            web.post("/services/oauth2/token", local.token),
            web.get(f"{base}/sobjects/{{name}}/describe", local.describe),
            web.get(f"{base}/query/", local.query),
            web.get(f"{base}/queryAll/", local.query),
            web.get(f"{base}/queryAll/{{cursor}}", local.more),
            web.get(f"{base}/query/{{cursor}}", local.more),
            web.patch(f"{base}/sobjects/Opportunity/{{id}}", local.write),
        ]
    )
    runner = web.AppRunner(application)

    async def start() -> None:
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        [(host, port)] = runner.addresses
        local.url = f"http://{host}:{port}"

    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        asyncio.run_coroutine_threadsafe(start(), loop).result(10)
        yield local
    finally:
        asyncio.run_coroutine_threadsafe(runner.cleanup(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()
