"""How what a person types becomes Slack's text: control characters escaped, @names and #channels made references."""

import re

from sandbox.shapes import JSON
from sandbox.world import World

# Not a person's name: everybody in the channel, or everybody there who is active, or in the whole workspace.
_WIDE = frozenset({"channel", "here", "everyone"})

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
            if name.lower() in _WIDE:
                return f"<!{name.lower()}>"
            return _person_or_group(name.lower(), world, labels) or match.group()
        channel = next((c for c in world.channels.values() if c.name == name), None)
        return _reference("#", channel.id, channel.name, True) if channel else match.group()

    return _MENTION.sub(reference, text)


def _person_or_group(name: str, world: World, labels: bool) -> str | None:
    user = next((u for u in world.users.values() if name in _called(u)), None)
    if user is not None:
        return _reference("@", user["id"], user["name"], labels)
    group = next((g for g in world.usergroups.values() if g["handle"] == name), None)
    return _reference("!subteam^", group["id"], f"@{name}", labels) if group is not None else None


def _called(user: JSON) -> tuple[str, str]:
    return user["name"].lower(), user["profile"]["display_name"].lower()


def _reference(sign: str, reference_id: str, name: str, labels: bool) -> str:
    return f"<{sign}{reference_id}|{name}>" if labels else f"<{sign}{reference_id}>"
