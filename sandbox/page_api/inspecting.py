"""What the inspector shows: the calls so far, each with what was checked. Judges anew nothing but blocks and views."""

import json
from collections.abc import Iterator
from typing import Any

from aiohttp import web

from sandbox.calls import CallRecord
from sandbox.checks import Refusal, check_message, check_view
from sandbox.page_api.asking import Malformed, queried
from sandbox.refusals import Refused
from sandbox.shapes import JSON
from sandbox.workspace import Workspace

# What is checked of each call of the Web API, in this order, and the errors that say that it did not pass.
_STAGES: tuple[tuple[str, frozenset[str]], ...] = (
    ("Method", frozenset({"unknown_method"})),
    ("Body", frozenset({"invalid_post_type", "invalid_form_data", "invalid_json", "json_not_object"})),
    (
        "Token",
        frozenset(
            {"not_authed", "invalid_auth", "token_revoked", "token_expired", "account_inactive"}
            | {"not_allowed_token_type", "team_access_not_granted", "no_permission"}
        ),
    ),
    ("Rate limit", frozenset({"ratelimited", "rate_limited"})),
    ("Scopes", frozenset({"missing_scope"})),
)
_RULES = "Arguments and rules"


def calls(ws: Workspace, request: web.Request) -> JSON:
    """The calls that are still known, oldest first, each without its detail."""
    queried(ws, request)
    return {"calls": [record.frame() for record in ws.calls]}


def call(ws: Workspace, request: web.Request) -> JSON:
    """One call in full, with what was checked."""
    number = queried(ws, request).text("number")
    if not number.isdecimal():
        raise Malformed("`number` must be a whole number")
    record = next((one for one in ws.calls if one.number == int(number)), None)
    if record is None:
        raise Refused("That call is forgotten: only the last ones are kept.")
    return {"call": {**record.frame(), "detail": record.detail}, "checks": list(checks_of(record))}


def checks_of(record: CallRecord) -> Iterator[JSON]:
    """Each check as `{"name", "ok"}`, `ok` being null for one that was not reached; a failed one says more."""
    if "fault" in record.detail:
        yield {"name": "Fault", "ok": False, "code": record.error, "message": "This call was made to fail on demand."}
    elif record.direction == "in":
        yield from _stages(record)
    else:
        message = {} if record.ok else {"code": record.detail.get("reason"), "message": record.error}
        yield {"name": "Acknowledged in time", "ok": record.ok, **message}
    for name, refusals in _shown(record):
        yield from ({"name": name, "ok": False, **refusal.detail("")} for refusal in refusals)
        if not refusals:
            yield {"name": name, "ok": True}


def _stages(record: CallRecord) -> Iterator[JSON]:
    failed = False
    for name, errors in _STAGES:
        wrong = record.error in errors
        yield _stage(name, None if failed else not wrong, record)
        failed = failed or wrong
    yield _stage(_RULES, None if failed else record.ok, record)


def _stage(name: str, ok: bool | None, record: CallRecord) -> JSON:
    if ok is not False:
        return {"name": name, "ok": ok}
    answer = record.detail.get("answer", {})
    told = answer.get("response_metadata", {}).get("messages") or []
    needed = [f"needed: {answer['needed']}"] if "needed" in answer else []
    message = "; ".join([*map(str, told), *needed])
    return {"name": name, "ok": False, "code": record.error, "message": message}


def _shown(record: CallRecord) -> Iterator[tuple[str, list[Refusal]]]:
    """What the call wanted to show, and what Slack would not take about it."""
    given = record.detail.get("arguments") or record.detail.get("body") or record.detail.get("ack") or {}
    if not isinstance(given, dict):
        return
    if given.get("blocks"):
        yield "Blocks", check_message(_read(given["blocks"]))
    if given.get("view"):
        yield "View", check_view(_read(given["view"]))


def _read(value: Any) -> Any:
    """Blocks and views come as JSON in a form, or as they are."""
    try:
        return json.loads(value) if isinstance(value, str) else value
    except ValueError:
        return None
