"""What the manifest promises and what the code listens to and calls are the same, in both directions."""

import ast
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import pytest

from bot import manifest
from handlers import listeners
from handlers.house import House
from handlers.switchboard import Switchboard
from views.ids import Action, Callback

ROOT = Path(__file__).resolve().parents[2]
CODE = ("bot", "handlers", "schedules", "steps", "views", "storage")

SCOPES: dict[str, set[str]] = {
    "auth.test": set(),
    "chat.delete": {"chat:write"},
    "chat.getPermalink": set(),
    "chat.postEphemeral": {"chat:write"},
    "chat.postMessage": {"chat:write"},
    "chat.update": {"chat:write"},
    "conversations.history": {"channels:history", "groups:history", "im:history"},
    "conversations.info": {"channels:read", "groups:read"},
    "conversations.list": {"channels:read", "groups:read"},
    "conversations.members": {"channels:read", "groups:read"},
    "conversations.open": {"im:write"},
    "conversations.replies": {"channels:history", "groups:history", "im:history"},
    "files.upload_v2": {"files:write"},  # the SDK's name for announcing a file, sending it and sharing it
    "usergroups.list": {"usergroups:read"},
    "usergroups.users.list": {"usergroups:read"},
    "users.info": {"users:read"},
    "users.list": {"users:read", "users:read.email"},
    "views.open": set(),
    "views.publish": set(),
    "views.push": set(),
    "views.update": set(),
}
"""What Slack's reference says each method requires, for the kinds of conversations that Everboard meets."""

CLIENTS = {"client", "_client", "mine"}
"""What a Slack client is called in the code."""


class Recorder:
    """Stands where the Bolt app does, and writes down what would be listened to."""

    def __init__(self) -> None:
        self.heard: dict[str, set[str]] = {}

    def __getattr__(self, kind: str) -> Callable[[str], Callable[[Any], None]]:
        def named(name: str) -> Callable[[Any], None]:
            there = self.heard.setdefault(kind, set())
            assert name not in there, f"{kind} {name} has two listeners, of which one is never called"
            there.add(name)
            return lambda _listener: None

        return named


@pytest.fixture(scope="module")
def heard() -> dict[str, set[str]]:
    """The names listened to, by kind: command, shortcut, action, options, view, event."""
    recorder = Recorder()
    listeners.announce(cast(Switchboard, recorder), cast(House, None))
    return recorder.heard


@pytest.fixture(scope="module")
def loaded() -> manifest.Manifest:
    return manifest.load()


def test_every_command_has_a_listener(heard: dict[str, set[str]], loaded: manifest.Manifest) -> None:
    assert heard["command"] == {command["command"] for command in loaded["features"]["slash_commands"]}


def test_every_shortcut_has_a_listener(heard: dict[str, set[str]], loaded: manifest.Manifest) -> None:
    assert heard["shortcut"] == {shortcut["callback_id"] for shortcut in loaded["features"]["shortcuts"]}


def test_every_event_has_a_listener(heard: dict[str, set[str]], loaded: manifest.Manifest) -> None:
    subscribed = loaded["settings"]["event_subscriptions"]["bot_events"]
    # Slack names the subscription by the kind of conversation, and sends the event as "message".
    assert heard["event"] == {event.partition(".")[0] for event in subscribed} - {manifest.RUN}


def test_every_step_has_a_listener(heard: dict[str, set[str]], loaded: manifest.Manifest) -> None:
    assert heard["function"] == set(loaded["functions"])
    assert manifest.RUN in loaded["settings"]["event_subscriptions"]["bot_events"]


def test_every_id_of_a_view_has_a_listener(heard: dict[str, set[str]]) -> None:
    elements = heard["action"] | heard["options"]
    assert elements <= {action.value for action in Action}
    assert heard["view"] <= {callback.value for callback in Callback}
    used = set(_attributes_of("Action", "views"))
    assert {action.value for action in Action if action.name in used} <= elements


def test_every_form_that_can_be_sent_has_a_listener(heard: dict[str, set[str]]) -> None:
    sent = set(_callbacks_of_forms())
    assert len(sent) > 10
    assert {Callback[name].value for name in sent} <= heard["view"]


def test_every_method_in_use_has_its_scope(loaded: manifest.Manifest) -> None:
    granted = set(loaded["oauth_config"]["scopes"]["bot"])
    used = set(_methods())
    assert {"chat.postMessage", "views.open", "users.list", "conversations.history"} <= used
    for method in sorted(used):
        assert SCOPES[method] <= granted, method


def test_every_scope_is_of_use(loaded: manifest.Manifest) -> None:
    needed = {scope for method in _methods() for scope in SCOPES[method]}
    # Commands and mentions need one of their own; reading the metadata of messages is a part of reading their history.
    of_their_own = {"commands", "app_mentions:read", "metadata.message:read"}
    assert set(loaded["oauth_config"]["scopes"]["bot"]) == needed | of_their_own


def _trees(*folders: str) -> Iterator[ast.Module]:
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield ast.parse(path.read_text(encoding="utf-8"))


def _methods() -> Iterator[str]:
    """Web API methods that the code calls or hands on, as Slack names them."""
    for tree in _trees(*CODE):
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and _is_client(node.value) and node.attr in _BY_ATTRIBUTE:
                yield _BY_ATTRIBUTE[node.attr]


_BY_ATTRIBUTE = {method.replace(".", "_"): method for method in SCOPES}


def test_no_method_is_called_that_the_table_lacks() -> None:
    own = {"token", "base_url", "session", "timeout", "retry_handlers"}
    called = {
        node.func.attr
        for tree in _trees(*CODE)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and _is_client(node.func.value)
    }
    assert called - own <= _BY_ATTRIBUTE.keys()


def _is_client(node: ast.expr) -> bool:
    return (isinstance(node, ast.Name) and node.id in CLIENTS) or (
        isinstance(node, ast.Attribute) and node.attr in CLIENTS
    )


def _attributes_of(name: str, folder: str) -> Iterator[str]:
    for tree in _trees(folder):
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == name:
                yield node.attr


def _callbacks_of_forms() -> Iterator[str]:
    """Names of the callbacks of modals that have a button to send them."""
    for tree in _trees("views"):
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and any(keyword.arg == "submit" for keyword in node.keywords):
                yield from (arg.attr for arg in node.args if isinstance(arg, ast.Attribute))
