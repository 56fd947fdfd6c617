"""The state of one Slack workspace, in memory: people, channels, messages, open views. Decides no permission."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Self

from sandbox.channels import Channel
from sandbox.clock import Ids, real_now
from sandbox.quiet_hours import QuietHours
from sandbox.seeding import seeded_channels, seeded_tour, seeded_usergroups
from sandbox.shapes import JSON
from sandbox.users import SLACKBOT, SeedError, user_shape
from sandbox.view_stacks import ViewStacks

DEFAULT_TEAM = {"id": "T0SANDBOX", "name": "Sandbox", "domain": "sandbox"}


@dataclass
class World:
    """Everything there is in a workspace. Made with `World.from_dict`; changed by what people and apps do."""

    team: JSON
    users: dict[str, JSON]
    usergroups: dict[str, JSON]
    channels: dict[str, Channel]
    role_hints: dict[str, str]
    tour: list[JSON]
    ids: Ids = field(default_factory=Ids)
    quiet_hours: dict[str, QuietHours] = field(default_factory=dict)
    views: ViewStacks = field(init=False)

    def __post_init__(self) -> None:
        self.views = ViewStacks(self.ids, self.team["id"])

    @classmethod
    def from_dict(cls, seed: JSON, *, now: datetime | None = None) -> Self:
        """A workspace from a plain dict with `team`, `users`, `usergroups`, `channels` and `tour`; all may be missing.

        Users, groups and channels may name one another by id or by name; ids may be left out. `now` (aware) only
        dates the seeded messages and users; it defaults to the machine's clock. Raises SeedError naming what is wrong.
        """
        at = now or real_now()
        team = {**DEFAULT_TEAM, **seed.get("team", {})}
        ids = Ids(team["id"])
        named = [{**user, "id": user.get("id") or ids.new("U")} for user in seed.get("users", [])]
        users = _seeded_users(named, team["id"], at)
        hints = {user["id"]: user["role_hint"] for user in named if user.get("role_hint")}
        world = cls(team, users, {}, {}, hints, [], ids)
        world.quiet_hours = {user["id"]: QuietHours.from_seed(user["dnd"]) for user in named if user.get("dnd")}
        user_id = _lookup(users)
        world.usergroups = seeded_usergroups(seed.get("usergroups", []), user_id, ids, team["id"], at)
        world.channels = seeded_channels(seed.get("channels", []), users, user_id, ids, at)
        world.tour = seeded_tour(seed.get("tour", []), user_id, world.channels)
        return world

    def user_id(self, name: str) -> str:
        """The id behind an id or a user name. Raises SeedError when there is nobody."""
        return _lookup(self.users)(name)

    def find_channel(self, name: str) -> Channel | None:
        """A channel by id, or by name with or without `#`. Direct messages have no name."""
        if name in self.channels:
            return self.channels[name]
        plain = name.removeprefix("#")
        return next((c for c in self.channels.values() if not c.is_im and c.name == plain), None)

    def find_im(self, one: str, other: str) -> Channel | None:
        """The direct message between two users, where they have one."""
        pair = {one, other}
        return next((c for c in self.channels.values() if c.is_im and set(c.members) == pair), None)

    def open_im(self, one: str, other: str, created: int) -> Channel:
        """The direct message between two users, made when they have none."""
        found = self.find_im(one, other)
        if found is not None:
            return found
        im = Channel(
            self.ids.new("D"), "", created, is_im=True, is_private=True, members=list(dict.fromkeys((one, other)))
        )
        self.channels[im.id] = im
        return im

    def find_mpim(self, people: Iterable[str]) -> Channel | None:
        """The direct message of these several users, where they have one."""
        all_of_them = set(people)
        return next((c for c in self.channels.values() if c.is_mpim and set(c.members) == all_of_them), None)

    def open_mpim(self, people: Sequence[str], created: int) -> Channel:
        """A direct message of several users, the first of whom opens it."""
        names = "--".join(self.users[one]["name"] for one in people)
        made = Channel(
            self.ids.new("G"),
            f"mpdm-{names}-1",
            created,
            people[0],
            purpose=f"Group messaging with: {' '.join('@' + self.users[one]['name'] for one in people)}",
            is_private=True,
            is_mpim=True,
            members=list(people),
        )
        self.channels[made.id] = made
        return made

    def channels_of(self, user: str) -> Iterable[Channel]:
        """The conversations that the user is in."""
        return (channel for channel in self.channels.values() if user in channel.members)


def _lookup(users: dict[str, JSON]) -> Callable[[str], str]:
    """What finds the id behind an id or a user name; names are read once, for a large seed asks for very many."""
    named = {user["name"]: uid for uid, user in reversed(users.items())}

    def user_id(name: str) -> str:
        plain = name.removeprefix("@")
        if plain not in users and plain not in named:
            raise SeedError(f"there is no user {name!r}")
        return plain if plain in users else named[plain]

    return user_id


def _seeded_users(seeds: list[JSON], team_id: str, at: datetime) -> dict[str, JSON]:
    users: dict[str, JSON] = {}
    for seed in seeds:
        if not seed.get("name"):
            raise SeedError(f"a user needs a name: {seed!r}")
        if seed["id"] in users:
            raise SeedError(f"two users have the id {seed['id']}")
        users[seed["id"]] = user_shape(seed, team_id=team_id, at=at)
    users[SLACKBOT] = user_shape({"id": SLACKBOT, "name": "slackbot", "real_name": "Slackbot"}, team_id=team_id, at=at)
    return users
