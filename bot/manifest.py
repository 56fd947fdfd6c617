"""Slack's app manifest in its variants: Socket Mode or HTTP, with or without steps for workflows.

Decides no name, scope or event: manifest.yml does.
"""

from copy import deepcopy
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from domain.errors import RuleError

Manifest = dict[str, Any]

REDIRECT_PATH = "/slack/oauth_redirect"
"""Where Slack sends back whoever has allowed the app in their workspace, where it is hosted for many."""

EVENTS_PATH = "/slack/events"
"""The one address that Slack calls for events, commands, clicks and options alike."""

RUN = "function_executed"
"""The event that tells of a step's run."""

OWN_MACHINE = {"localhost", "127.0.0.1", "::1"}
"""Hosts for which plain http will do: what is sent there never leaves the machine."""

# A link to the file in the project's root, where people look for it; a wheel holds the text itself.
_FILE = Path(__file__).with_name("manifest.yml")


def load() -> Manifest:
    """The manifest as manifest.yml has it: for Socket Mode. Raises OSError when the installation is damaged."""
    loaded: Manifest = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return loaded


def socket_mode(manifest: Manifest) -> Manifest:
    """A copy for Socket Mode, where Slack calls no address of ours."""
    variant = deepcopy(manifest)
    settings = variant["settings"]
    settings["socket_mode_enabled"] = True
    variant["oauth_config"].pop("redirect_urls", None)
    settings["event_subscriptions"].pop("request_url", None)
    settings["interactivity"].pop("request_url", None)
    settings["interactivity"].pop("message_menu_options_url", None)
    for command in variant["features"]["slash_commands"]:
        command.pop("url", None)
    return variant


def http(manifest: Manifest, url: str) -> Manifest:
    """A copy for HTTP, where Slack calls `url` + /slack/events for everything.

    `url` is the bot's public address, such as https://everboard.example.com, with or without a path before
    /slack/events. Raises RuleError when Slack could not or should not call it.
    """
    address = _base(url) + EVENTS_PATH
    variant = deepcopy(manifest)
    settings = variant["settings"]
    settings["socket_mode_enabled"] = False
    variant["oauth_config"]["redirect_urls"] = [_base(url) + REDIRECT_PATH]
    settings["event_subscriptions"]["request_url"] = address
    settings["interactivity"]["request_url"] = address
    settings["interactivity"]["message_menu_options_url"] = address
    for command in variant["features"]["slash_commands"]:
        command["url"] = address
    return variant


def without_steps(manifest: Manifest) -> Manifest:
    """A copy for a workspace on Slack's free plan, which has no Workflow Builder and takes no app with steps."""
    variant = deepcopy(manifest)
    variant.pop("functions", None)
    settings = variant["settings"]
    settings.pop("function_runtime", None)
    settings["org_deploy_enabled"] = False
    settings["event_subscriptions"]["bot_events"].remove(RUN)
    return variant


def as_yaml(manifest: Manifest) -> str:
    """The manifest as text to paste into Slack, in the file's order."""
    return yaml.safe_dump(manifest, sort_keys=False, allow_unicode=True, width=100)


def _base(url: str) -> str:
    """The address without a slash at its end. Raises RuleError."""
    try:
        parts = urlsplit(url.strip())
        host, _port = parts.hostname, parts.port
    except ValueError as error:
        raise RuleError(f"{url} is not an address that can be called. {_EXAMPLE}") from error
    if not host or any(letter.isspace() for letter in parts.netloc + parts.path):
        raise RuleError(f"{url or 'An empty text'} is not an address that can be called. {_EXAMPLE}")
    if parts.scheme != "https" and not (parts.scheme == "http" and host in OWN_MACHINE):
        raise RuleError(f"Slack calls only addresses that begin with https://, which {url} does not. {_EXAMPLE}")
    if parts.query or parts.fragment or parts.username is not None:
        raise RuleError(f"{url} must have no name, question mark or # in it. {_EXAMPLE}")
    return f"{parts.scheme}://{parts.netloc}{parts.path}".rstrip("/")


_EXAMPLE = "Give the bot's public address, such as https://everboard.example.com."
