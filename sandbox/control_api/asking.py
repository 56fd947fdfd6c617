"""How a demand on the control API is read. Decides what is malformed, nothing else."""

from typing import Any

from aiohttp import web

from sandbox.apps import App
from sandbox.shapes import JSON
from sandbox.site import Site
from sandbox.strict_json import parse
from sandbox.workspace import Workspace


class Malformed(Exception):
    """A demand that cannot be understood; answered with 400 and this sentence."""


class Demand:
    """The values of one demand. Every reader raises Malformed with a sentence that names the value."""

    def __init__(self, values: JSON) -> None:
        self.values = values

    def text(self, name: str, default: str | None = None) -> str:
        """A string; it must be there unless there is a default."""
        value = self.values.get(name, default)
        if not isinstance(value, str) or not value:
            raise Malformed(f"`{name}` must be a string")
        return value

    def one_of(self, name: str, allowed: tuple[str, ...], default: str | None = None) -> str:
        """One of a few words."""
        value = self.text(name, default)
        if value not in allowed:
            raise Malformed(f"`{name}` must be one of: {', '.join(allowed)}")
        return value

    def whole(self, name: str, default: int, least: int = 0) -> int:
        """A whole number."""
        value = self.values.get(name, default)
        if not isinstance(value, int) or isinstance(value, bool) or value < least:
            raise Malformed(f"`{name}` must be a whole number of at least {least}")
        return value

    def times(self) -> int | None:
        """How often; `null` means until it is cleared."""
        return None if "times" in self.values and self.values["times"] is None else self.whole("times", 1, 1)

    def seconds(self, name: str = "seconds") -> float:
        """A time to wait, up to a minute: nobody shall wait longer by mistake."""
        value = self.values.get(name)
        if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value <= 60:
            raise Malformed(f"`{name}` must be a number from 0 to 60")
        return float(value)

    def flag(self, name: str) -> bool:
        """True or false."""
        value = self.values.get(name)
        if not isinstance(value, bool):
            raise Malformed(f"`{name}` must be true or false")
        return value

    def workspace(self, site: Site) -> Workspace:
        """The workspace that `team` names; the first one when it names none."""
        found = site.workspaces.get(self.text("team", next(iter(site.workspaces))))
        if found is None:
            raise Malformed("`team` must be the id of a workspace")
        return found

    def app(self, apps: dict[str, App]) -> App:
        """The app that is meant; with only one it need not be named."""
        if "app" not in self.values and len(apps) == 1:
            return next(iter(apps.values()))
        found = apps.get(self.text("app"))
        if found is None:
            raise Malformed("`app` must be the id of an app in this workspace")
        return found


async def demanded(request: web.Request) -> Demand:
    """The demand in a JSON body; no body is an empty one."""
    try:
        values: Any = parse(await request.text() or "{}")
    except ValueError:
        raise Malformed("the body must be JSON") from None
    if not isinstance(values, dict):
        raise Malformed("the body must be a JSON object")
    return Demand(values)
