"""Which views are open: each person's stack of modals, and each Home tab. Does not check blocks or triggers."""

from sandbox.clock import Ids
from sandbox.shapes import JSON

# Slack shows at most three modals on top of one another.
STACK_LIMIT = 3

_FROM_APP = ("type", "title", "submit", "close", "blocks", "private_metadata", "callback_id", "external_id")
_FLAGS = ("clear_on_close", "notify_on_close", "submit_disabled")


class ViewStacks:
    """Open modals by person, bottom first, and the Home view of each person and app."""

    def __init__(self, ids: Ids, team_id: str) -> None:
        self._ids = ids
        self._team_id = team_id
        self._stacks: dict[str, list[JSON]] = {}
        self._homes: dict[tuple[str, str], JSON] = {}

    def stack(self, user: str) -> list[JSON]:
        """The person's open modals, the last one on top. A copy: the stack itself changes only through this class."""
        return list(self._stacks.get(user, []))

    def home(self, app_id: str, user: str) -> JSON | None:
        """What the app last published on the person's Home tab."""
        return self._homes.get((app_id, user))

    def find(self, view_id: str) -> tuple[str, JSON] | None:
        """The owner and the view behind an id, open modals and Home tabs alike; None once it is closed."""
        for owner, stack in self._stacks.items():
            for view in stack:
                if view["id"] == view_id:
                    return owner, view
        return next(((user, v) for (_, user), v in self._homes.items() if v["id"] == view_id), None)

    def find_external(self, app_id: str, external_id: str) -> tuple[str, JSON] | None:
        """The owner and the app's own view under an external id."""
        everything = [(user, v) for user, stack in self._stacks.items() for v in stack]
        everything += [(user, v) for (_, user), v in self._homes.items()]
        return next(((u, v) for u, v in everything if v["app_id"] == app_id and v["external_id"] == external_id), None)

    def open(self, user: str, content: JSON, *, app_id: str, bot_id: str) -> JSON:
        """A new stack with this view alone; a stack that was open before is gone, as in Slack."""
        view = self._new(content, app_id, bot_id)
        self._stacks[user] = [view]
        return view

    def push(self, user: str, content: JSON, *, app_id: str, bot_id: str) -> JSON:
        """The view on top of the person's stack. The caller has checked the limit and that a stack is open."""
        view = self._new(content, app_id, bot_id)
        below = self._stacks[user][-1]
        view |= {"previous_view_id": below["id"], "root_view_id": below["root_view_id"]}
        self._stacks[user].append(view)
        return view

    def update(self, view: JSON, content: JSON) -> JSON:
        """The view with other content under the same id, and a new hash."""
        view.update(_content(content))
        view["hash"] = self._hash()
        return view

    def publish(self, user: str, content: JSON, *, app_id: str, bot_id: str) -> JSON:
        """The person's Home tab of an app; its id stays the same from the first time on."""
        known = self._homes.get((app_id, user))
        if known is not None:
            return self.update(known, content)
        view = self._new(content, app_id, bot_id)
        self._homes[app_id, user] = view
        return view

    def close_top(self, user: str) -> JSON | None:
        """Take the top view away and answer it."""
        stack = self._stacks.get(user, [])
        return stack.pop() if stack else None

    def clear(self, user: str) -> list[JSON]:
        """Take every modal of the person away and answer them, top first."""
        return list(reversed(self._stacks.pop(user, [])))

    def _new(self, content: JSON, app_id: str, bot_id: str) -> JSON:
        view_id = self._ids.new("V")
        return {
            "id": view_id,
            "team_id": self._team_id,
            **_content(content),
            "state": {"values": {}},
            "hash": self._hash(),
            "previous_view_id": None,
            "root_view_id": view_id,
            "app_id": app_id,
            "app_installed_team_id": self._team_id,
            "bot_id": bot_id,
        }

    def _hash(self) -> str:
        return f"0.{self._ids.new('h')}"


def _content(content: JSON) -> JSON:
    texts = {"private_metadata": "", "callback_id": "", "external_id": "", "title": None, "submit": None, "close": None}
    given = {name: content[name] for name in _FROM_APP if content.get(name) is not None}
    return {**texts, **given, **{flag: bool(content.get(flag, False)) for flag in _FLAGS}}
