"""How a question of the page is read: who asks, with which values. Decides what is malformed, nothing else."""

from typing import Any

from aiohttp import web

from sandbox.apps import App
from sandbox.channels import Channel
from sandbox.connect import is_elsewhere
from sandbox.inputs import Values
from sandbox.posting import may_see
from sandbox.refusals import Refused
from sandbox.seeding import is_person
from sandbox.shapes import JSON
from sandbox.strict_json import parse
from sandbox.workspace import Workspace


class Malformed(Exception):
    """A question that cannot be understood; answered with 400 and this sentence."""


class Asked:
    """One question: its values and the person who asks. Raises Malformed and Refused as it is read."""

    def __init__(self, ws: Workspace, values: JSON) -> None:
        self.ws = ws
        self.values = values
        self.user = self._person()

    def _person(self) -> str:
        user = self.ws.world.users.get(self.text("as"))
        if user is None or not is_person(user):
            raise Malformed("`as` must be the id of a person in this workspace")
        if is_elsewhere(self.ws, user):
            raise Refused("This person belongs to another workspace, and acts there.")
        if user["deleted"]:
            raise Refused("This account has been deactivated.")
        return str(user["id"])

    def text(self, name: str) -> str:
        """A string that must be there."""
        value = self.values.get(name)
        if not isinstance(value, str):
            raise Malformed(f"`{name}` must be a string")
        return value

    def optional(self, name: str) -> str | None:
        """A string that may be missing."""
        return self.text(name) if self.values.get(name) is not None else None

    def dictionary(self, name: str) -> JSON:
        """An object that must be there."""
        value = self.values.get(name)
        if not isinstance(value, dict):
            raise Malformed(f"`{name}` must be an object")
        return value

    def state(self) -> Values:
        """`state.values`: what the page's inputs hold; empty when the page does not say."""
        state = self.values.get("state") or {}
        values = state.get("values") if isinstance(state, dict) else None
        if values is None:
            return {}
        if not isinstance(values, dict) or not all(isinstance(block, dict) for block in values.values()):
            raise Malformed("`state.values` must be an object of objects")
        return values

    def channel(self, name: str = "channel") -> Channel:
        """A conversation that the person sees."""
        channel = self.ws.world.channels.get(self.text(name))
        if channel is None or not may_see(self.ws, self.user, channel):
            raise Refused("There is no such conversation, or you are not in it.")
        return channel

    def app(self) -> App:
        """An installed app."""
        app = self.ws.apps.get(self.text("app"))
        if app is None:
            raise Refused("There is no such app in this workspace.")
        return app


async def posted(ws: Workspace, request: web.Request) -> Asked:
    """The question in a JSON body."""
    try:
        values: Any = parse(await request.text())
    except ValueError:
        raise Malformed("the body must be JSON") from None
    if not isinstance(values, dict):
        raise Malformed("the body must be a JSON object")
    return Asked(ws, values)


def queried(ws: Workspace, request: web.Request) -> Asked:
    """The question in a query string."""
    return Asked(ws, dict(request.query))
