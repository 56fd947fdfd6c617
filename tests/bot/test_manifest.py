"""The manifest keeps to Slack's limits, in both variants, and asks for no less than its events need."""

import json
from contextlib import suppress
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from bot import manifest
from domain.errors import RuleError

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = ROOT / "../shared/reference" / "manifest.schema.1.0.0.json"

URL = "https://everboard.example.com"

SCOPES_OF_EVENTS: dict[str, set[str]] = {
    "app_home_opened": set(),
    "app_mention": {"app_mentions:read"},
    "app_uninstalled": set(),
    "channel_archive": {"channels:read"},
    "channel_rename": {"channels:read"},
    "channel_unarchive": {"channels:read"},
    "function_executed": set(),
    "group_archive": {"groups:read"},
    "group_rename": {"groups:read"},
    "group_unarchive": {"groups:read"},
    "member_joined_channel": {"channels:read", "groups:read"},
    "member_left_channel": {"channels:read", "groups:read"},
    "message.im": {"im:history"},
    "subteam_members_changed": {"usergroups:read"},
    "team_join": {"users:read"},
    "tokens_revoked": set(),
    "user_change": {"users:read"},
}
"""What Slack's reference says each event requires."""


@pytest.fixture
def loaded() -> manifest.Manifest:
    return manifest.load()


def test_it_is_the_file_in_the_projects_root(loaded: manifest.Manifest) -> None:
    assert loaded == yaml.safe_load((ROOT / "manifest.yml").read_text(encoding="utf-8"))


def test_display_information_keeps_to_slacks_lengths(loaded: manifest.Manifest) -> None:
    shown = loaded["display_information"]
    assert shown["name"] == "Everboard"
    assert len(shown["name"]) <= 35
    assert len(shown["description"]) <= 140
    assert 175 <= len(shown["long_description"]) <= 4000


def test_slash_commands_keep_to_slacks_limits(loaded: manifest.Manifest) -> None:
    commands = loaded["features"]["slash_commands"]
    names = [command["command"] for command in commands]
    assert names == ["/nominate", "/advocates", "/pulse", "/advocacy"]
    assert 1 <= len(commands) <= 50
    for command in commands:
        assert command["command"].startswith("/")
        assert 2 <= len(command["command"]) <= 32
        assert 1 <= len(command["description"]) <= 2000
        assert len(command.get("usage_hint", "")) <= 1000


def test_shortcuts_keep_to_slacks_limits(loaded: manifest.Manifest) -> None:
    shortcuts = loaded["features"]["shortcuts"]
    assert {(shortcut["type"], shortcut["callback_id"]) for shortcut in shortcuts} == {
        ("global", "nominate"),
        ("global", "request"),
        ("message", "nominate_from_message"),
    }
    assert len(shortcuts) <= 10
    for shortcut in shortcuts:
        assert 1 <= len(shortcut["name"]) <= 24
        assert 1 <= len(shortcut["description"]) <= 150


def test_people_can_write_to_the_bot(loaded: manifest.Manifest) -> None:
    home = loaded["features"]["app_home"]
    assert home["home_tab_enabled"]
    assert home["messages_tab_enabled"]
    assert not home["messages_tab_read_only_enabled"]


def test_every_event_has_the_scopes_it_requires(loaded: manifest.Manifest) -> None:
    events = loaded["settings"]["event_subscriptions"]["bot_events"]
    scopes = loaded["oauth_config"]["scopes"]
    certain = set(scopes["bot"]) - set(scopes["bot_optional"])
    assert len(set(events)) == len(events)
    for event in events:
        assert SCOPES_OF_EVENTS[event] <= certain, event


def test_optional_scopes_are_among_the_scopes(loaded: manifest.Manifest) -> None:
    scopes = loaded["oauth_config"]["scopes"]
    assert set(scopes["bot_optional"]) == {"files:write", "channels:history", "groups:history"}
    assert set(scopes["bot_optional"]) <= set(scopes["bot"])
    assert len(set(scopes["bot"])) == len(scopes["bot"])


def test_the_http_variant_names_one_address_everywhere(loaded: manifest.Manifest) -> None:
    before = deepcopy(loaded)
    variant = manifest.http(loaded, f"{URL}/")
    address = f"{URL}/slack/events"
    settings = variant["settings"]
    assert settings["socket_mode_enabled"] is False
    assert settings["event_subscriptions"]["request_url"] == address
    assert settings["interactivity"]["request_url"] == address
    assert settings["interactivity"]["message_menu_options_url"] == address
    assert {command["url"] for command in variant["features"]["slash_commands"]} == {address}
    assert loaded == before


def test_without_steps_it_is_one_for_a_free_plan(loaded: manifest.Manifest) -> None:
    variant = manifest.without_steps(loaded)
    assert "functions" not in variant
    assert "function_runtime" not in variant["settings"]
    assert variant["settings"]["org_deploy_enabled"] is False
    events = loaded["settings"]["event_subscriptions"]["bot_events"]
    assert set(events) - set(variant["settings"]["event_subscriptions"]["bot_events"]) == {"function_executed"}


def test_every_step_is_described(loaded: manifest.Manifest) -> None:
    assert loaded["settings"]["org_deploy_enabled"]
    for step in loaded["functions"].values():
        for parameter in (step, *step["input_parameters"].values(), *step["output_parameters"].values()):
            assert parameter["title"]
            assert parameter["description"]


def test_the_variants_lead_to_each_other(loaded: manifest.Manifest) -> None:
    assert manifest.socket_mode(loaded) == loaded
    assert manifest.socket_mode(manifest.http(loaded, URL)) == loaded


@pytest.mark.parametrize(
    ("url", "base"),
    [
        (URL, URL),
        (f" {URL}/ ", URL),
        ("https://example.com:8443/bots/everboard/", "https://example.com:8443/bots/everboard"),
        ("HTTPS://Example.com", "https://Example.com"),
        ("http://localhost:3000", "http://localhost:3000"),
        ("http://127.0.0.1:3000", "http://127.0.0.1:3000"),
        ("http://[::1]:3000", "http://[::1]:3000"),
    ],
)
def test_addresses_that_slack_can_call(loaded: manifest.Manifest, url: str, base: str) -> None:
    variant = manifest.http(loaded, url)
    assert variant["settings"]["interactivity"]["request_url"] == f"{base}/slack/events"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "   ",
        "everboard.example.com",
        "http://everboard.example.com",
        "http://localhost.example.com",
        "ftp://everboard.example.com",
        "https://",
        "https:///slack",
        "https://a b.example.com",
        "https://everboard.example.com:port",
        "https://everboard.example.com:99999",
        "https://[::1",
        "https://me:secret@everboard.example.com",
        "https://everboard.example.com?team=1",
        "https://everboard.example.com/#top",
    ],
)
def test_other_addresses_are_refused_with_a_sentence(loaded: manifest.Manifest, url: str) -> None:
    with pytest.raises(RuleError, match=r"such as https://everboard\.example\.com\."):
        manifest.http(loaded, url)


@given(st.text() | st.text().map("https://{}".format))
def test_whatever_is_typed_gets_a_variant_or_a_refusal(url: str) -> None:
    with suppress(RuleError):
        variant = manifest.http(manifest.load(), url)
        assert variant["settings"]["interactivity"]["request_url"].endswith("/slack/events")


def test_the_printed_manifest_reads_back_and_keeps_its_order(loaded: manifest.Manifest) -> None:
    printed = manifest.as_yaml(loaded)
    assert yaml.safe_load(printed) == loaded
    assert printed.startswith("display_information:\n  name: Everboard\n")


@pytest.mark.parametrize("variant", ["socket mode", "http", "without steps"])
def test_slacks_own_schema_accepts_it(loaded: manifest.Manifest, variant: str) -> None:
    if not SCHEMA.exists():
        pytest.skip("Slack's manifest schema is not beside this checkout")
    schema: dict[str, Any] = json.loads(SCHEMA.read_text(encoding="utf-8"))
    variants = {"http": manifest.http(loaded, URL), "without steps": manifest.without_steps(loaded)}
    checked = variants.get(variant, loaded)
    errors = [f"{error.json_path}: {error.message}" for error in Draft7Validator(schema).iter_errors(checked)]
    assert errors == []
