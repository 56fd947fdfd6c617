"""blocks.validate: whether Slack would take blocks, a message or a view. Shows nothing."""

from typing import Any

from sandbox.checks import MESSAGE_TEXT, Refusal, check_attachments, check_message, check_view, text_of_blocks
from sandbox.pictures import hidden_pictures
from sandbox.shapes import JSON
from sandbox.web_api.calling import Call, Method, SlackError

_ONE_OF = ("blocks", "view", "message")


def validate(call: Call) -> JSON:
    """blocks.validate, of exactly one of the three. Pointers count from what was given."""
    given = [name for name in _ONE_OF if name in call.args]
    if len(given) != 1:
        raise _malformed("must provide exactly one of `blocks`, `view`, or `message`")
    [name] = given
    value = _parsed(call, name)
    refusals, root = _CHECKS[name](value)
    # What a picture names is looked up only where the shape is right, as when it is posted.
    refusals = refusals or _hidden(call, name, value)
    if refusals:
        raise SlackError(f"invalid_{name}", errors=[refusal.detail(root) for refusal in refusals])
    return {}


def _hidden(call: Call, name: str, value: Any) -> list[Refusal]:
    return hidden_pictures(call.ws, call.app, value, "" if name == "message" else f"/{name}")


def _parsed(call: Call, name: str) -> Any:
    try:
        return call.args.parsed(name)
    except SlackError:
        raise _malformed(f"`{name}` must be valid JSON") from None


def _malformed(message: str) -> SlackError:
    return SlackError("invalid_arguments", response_metadata={"messages": [message]})


def _blocks(value: Any) -> tuple[list[Refusal], str]:
    refusals = check_message(value)
    if not refusals and text_of_blocks(value) > MESSAGE_TEXT:
        limit = {"type": "max_length", "expected": MESSAGE_TEXT}
        refusals = [Refusal("/blocks", f"all text together must be less than {MESSAGE_TEXT + 1} characters", limit)]
    return refusals, "/blocks"


def _message(value: Any) -> tuple[list[Refusal], str]:
    if not isinstance(value, dict):
        return [Refusal("", "must provide an object", {"type": "type", "expected": "object"})], ""
    attached = value.get("attachments")
    refusals = check_attachments(attached, MESSAGE_TEXT) if attached else []
    if value.get("blocks") is not None:
        refusals = [*_blocks(value["blocks"])[0], *refusals]
    elif not value.get("text") and not attached:
        refusals = [Refusal("", "missing required field: blocks")]
    return refusals, ""


def _view(value: Any) -> tuple[list[Refusal], str]:
    return check_view(value), "/view"


_CHECKS = {"blocks": _blocks, "message": _message, "view": _view}

METHODS = (Method("blocks.validate", validate),)
