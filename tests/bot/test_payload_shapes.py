"""What Slack sends passes; what it never sends is answered with a sentence where there is a place for one."""

import json
from typing import Any

import pytest

from handlers import shapes

JSON = dict[str, Any]

USER = {"id": "U0SAM", "team_id": "T0TEAM"}
VIEW = {
    "id": "V0FORM",
    "type": "modal",
    "callback_id": "nominate",
    "private_metadata": "",
    "blocks": [{"type": "section"}, {"type": "input", "block_id": "contact_name"}],
    "state": {"values": {"contact_name": {"contact_name": {"type": "plain_text_input", "value": None}}}},
}
SENT: JSON = {"type": "view_submission", "user": USER, "team": {"id": "T0TEAM"}, "view": VIEW}
CLICK: JSON = {
    "type": "block_actions",
    "user": USER,
    "view": VIEW,
    "trigger_id": "1.2.c",
    "actions": [{"action_id": "nominate_open"}],
}
COMMAND: JSON = {
    "command": "/nominate",
    "text": "Ada",
    "user_id": "U0SAM",
    "team_id": "T0TEAM",
    "channel_id": "C0GENERAL",
    "trigger_id": "1.2.c",
    "response_url": "https://hooks.slack.com/commands/1",
}
MESSAGE: JSON = {"type": "message", "user": "U0SAM", "channel": "D0SAM", "ts": "1.2", "text": "Hello"}


def event(inner: JSON) -> JSON:
    return {"type": "event_callback", "team_id": "T0TEAM", "event": inner}


@pytest.mark.parametrize(
    "body",
    [
        SENT,
        CLICK,
        COMMAND,
        event(MESSAGE),
        event({"type": "message", "subtype": "message_deleted", "channel": "D0SAM", "ts": "1.2", "user": None}),
        event({"type": "something_new", "user": {"whatever": [1]}}),
        {**CLICK, "something_new": {"deep": [None]}},
        {"type": "url_verification", "challenge": "c"},
        {"ssl_check": "1", "token": "t"},
    ],
)
def test_what_slack_sends_passes(body: JSON) -> None:
    assert shapes.fault(body) is None


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ([], "no object"),
        ({}, "type"),
        ({"type": 7}, "type"),
        ({"type": "app_rate_limited"}, "type"),
        ({**SENT, "user": None}, "user"),
        ({**SENT, "view": 3}, "view"),
        ({**SENT, "view": {**VIEW, "private_metadata": "\x00"}}, "view.private_metadata"),
        ({**SENT, "view": {**VIEW, "private_metadata": "\ud800"}}, "view.private_metadata"),
        ({**CLICK, "actions": []}, "actions"),
        ({**CLICK, "actions": [{"action_id": "a", "value": 5}]}, "actions.0.value"),
        ({**CLICK, "trigger_id": None}, "trigger_id"),
        ({**CLICK, "view": None}, ": value_error"),
        ({**COMMAND, "response_url": "file:///etc/passwd"}, "response_url"),
        (event({**MESSAGE, "channel": ["C"]}), "channel"),
        (event({"type": ["message"]}), "type"),
    ],
)
def test_what_it_never_sends_is_told_by_its_place_and_never_by_its_value(body: Any, place: str) -> None:
    found = shapes.fault(body)
    assert found is not None
    assert found.startswith(place)


def test_a_form_stays_open_with_what_was_typed() -> None:
    answer = json.loads(shapes.answer({**SENT, "user": None}))
    assert answer == {"response_action": "errors", "errors": {"contact_name": shapes.NOT_UNDERSTOOD}}


def test_a_command_gets_a_sentence_and_a_search_an_empty_list() -> None:
    assert shapes.answer({"command": []}) == shapes.NOT_UNDERSTOOD
    assert json.loads(shapes.answer({"type": "block_suggestion"})) == {"options": []}
    assert shapes.answer(event(MESSAGE)) == ""
    assert shapes.answer([]) == ""
