"""How what a person types becomes Slack's text: control characters escaped, @names and #channels made references."""

import re

from sandbox.shapes import JSON
from sandbox.world import World

_MENTION = re.compile(r"(?<![\w.])([@#])([\w.\-]+)")


def escape(text: str) -> str:
    """The three characters that mean something in Slack's text, made harmless."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def as_message(text: str, world: World) -> str:
    """The text of a message that a person typed."""
    return _with_references(escape(text), world, labels=False)


def as_command_text(text: str, world: World, *, should_escape: bool) -> str:
    """The text behind a slash command; references are made, with names, only for a command that asks for them."""
    return _with_references(escape(text), world, labels=True) if should_escape else escape(text)


def _with_references(text: str, world: World, *, labels: bool) -> str:
    def reference(match: re.Match[str]) -> str:
        sign, name = match.groups()
        if sign == "@":
            found = next((u for u in world.users.values() if name.lower() in _called(u)), None)
            return _reference("@", found["id"], found["name"], labels) if found else match.group()
        channel = next((c for c in world.channels.values() if c.name == name), None)
        return _reference("#", channel.id, channel.name, True) if channel else match.group()

    return _MENTION.sub(reference, text)


def _called(user: JSON) -> tuple[str, str]:
    return user["name"].lower(), user["profile"]["display_name"].lower()


def _reference(sign: str, reference_id: str, name: str, labels: bool) -> str:
    return f"<{sign}{reference_id}|{name}>" if labels else f"<{sign}{reference_id}>"
