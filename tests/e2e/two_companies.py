"""Two companies on one server, each with rows in every table that differ in their ids and in one word. Decides nothing.

Whatever finds rows (names, addresses, keys, days) is the same on both sides; whatever is only read bears the side's
word. The ids are the same in every table of one side, so that one of them fits wherever an id is wanted.
"""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, select

from bot.service import Everboard
from domain.people import GRANTED_ROLES, Role
from sandbox.apps import App
from sandbox.workspace import Workspace
from storage.base import Base
from storage.guard import WORKSPACE
from storage.sealed import SEALED
from storage.sealing import Keys
from tests.e2e.hosted import MINE, THEIRS, Hosted, hosting
from tests.patience import owner
from tests.storage.test_tenants import row_of

LEFT_OUT = {"pace", "occurrence", "retired_key"}
"""What keeps time for the delivery loop and the clock, which stand still here, and keys that seal nothing here."""

IDS = {
    "draft.person_id",
    "person.manager_id",
    "team_goal.team",
    "erasure.subjects",
}
"""Columns that hold an id without saying so to the database."""


UNANSWERED = 1
"""Seconds that Bolt waits for an answer: what nobody foresaw gives none, and is not what this is about."""

KNOWN_ADDRESS = "ada@engines.example"
"""By which the first customer of either side is found."""

SEALED_IN = {str(model.__tablename__): names for model, names in SEALED.items()}

LIKE_LIFE: dict[str, dict[str, Any]] = {
    "account": {"country": "GB", "health": "green", "renewal_on": None},
    "advocate": {"country": "GB", "rest_reason": None, "rest_until": None},
    "asset": {"facets": {}, "scope": "public", "expires_on": None},
    "advocate_document": {"facets": ""},
    "campaign": {"end": None},
    "launch_plan": {"template": "a new program"},
    "mechanism": {"criteria": {}},
    "newcomer": {"audience": "sales"},
    "nomination": {"country": "GB"},
    "nudge": {"audience": "sales", "why": {}},
    "nudge_edit": {"element": "desire", "audiences": ["sales"], "motive": "gain", "button": "nominate"},
    "nudge_plan": {"zone": "UTC", "at": "09:30", "day": "tue"},
    "opportunity": {"currency": "EUR"},
    "person": {"function": "sales"},
    "pulse_run": {"zone": "UTC", "send_at": "10:00", "cadence": "usual", "audience": {}, "counts": {}},
    "request": {"purpose": "deal", "details": {}},
    "target": {"criteria": {"industry": ["banking"]}},
}
"""What the code reads as something else than words."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: its word, its Slack team, and who of its people there are rows of."""

    word: str
    team: str
    people: tuple[str, str]

    def id(self, place: int) -> str:
        """The id of its first or second row of any table."""
        return f"01{self.word[0] * 2}{place + 1:022}"


OURS = Side("Hearthside", MINE, ("U0DESMOND", "U0PRIYANKA"))
OTHERS = Side("Quibbleton", THEIRS, ("U0OLGA", "U0OTTO"))

SECRETS = (OTHERS.word.casefold(), "olga other", "otto other", "@other.test", "other corp")
"""What nobody of ours may read: words of every row of theirs, their people's names and addresses, their company's."""


@dataclass
class Two:
    """The server with both, its loops standing still: what people do is all that happens."""

    hosted: Hosted
    ids: dict[str, str]

    def slack(self, side: Side) -> Workspace:
        """A side's Slack workspace."""
        return self.hosted.sandbox.workspace_of(side.team)

    def app(self, side: Side) -> App:
        """The app as a side has it."""
        return self.slack(side).apps[self.hosted.app.id]

    async def settled(self) -> None:
        """Until Slack has told all that happened, and the bot is done with it."""
        await self.hosted.sandbox.settled()
        await self.hosted.everboard.house.finished(60)

    def rows(self, side: Side) -> dict[str, list[str]]:
        """Everything stored for a side, table by table."""
        with owner(self.hosted.everboard.db) as connection:
            return rows_of_side(connection, self.ids[side.team])


def tables() -> list[Table]:
    """Every table with rows of a company's."""
    return [table for table in Base.metadata.sorted_tables if WORKSPACE in table.c]


def rows_of_side(connection: Connection, workspace_id: str) -> dict[str, list[str]]:
    """Everything stored for a side, table by table, as it stands in the database."""
    return {
        table.name: sorted(map(str, connection.execute(select(table).where(table.c[WORKSPACE] == workspace_id))))
        for table in tables()
    }


@asynccontextmanager
async def two_companies(database_url: str) -> AsyncIterator[Two]:
    """Both installed, nobody's loop running, and their tables filled."""
    async with hosting(database_url) as hosted:
        await hosted.install(OURS.team, OURS.people[1])
        await hosted.install(OTHERS.team, OTHERS.people[0])
        await hosted.sandbox.settled()
        await hosted.everboard.house.finished(10)
        await stand_still(hosted.everboard)
        two = Two(hosted, {side.team: hosted.workspace(side.team).id for side in (OURS, OTHERS)})
        with owner(hosted.everboard.db) as connection:
            for side in (OURS, OTHERS):
                fill(connection, two.ids[side.team], side, hosted.everboard.db.keys)
        yield two


async def stand_still(everboard: Everboard) -> None:
    """End the loops that send and keep time; requests are answered as before."""
    everboard._stop.set()
    everboard.delivery.wake()
    await asyncio.gather(*everboard._tasks)
    assert everboard.bolt is not None
    for listener in everboard.bolt._async_listeners:
        listener.ack_timeout = UNANSWERED


def fill(connection: Connection, workspace_id: str, side: Side, keys: Keys) -> None:
    """Two rows in every table in the place of what was there; the first person has every role."""
    for table in reversed(tables()):
        connection.execute(table.delete().where(table.c[WORKSPACE] == workspace_id))
    for table in tables():
        if table.name not in LEFT_OUT:
            rows = [made(table, workspace_id, side, place, keys) for place in (0, 1)]
            connection.execute(table.insert(), rows)
    granted = Base.metadata.tables["role_grant"]
    more = [role.value for role in GRANTED_ROLES if role not in (Role.TEAM, Role.ADMIN)]
    connection.execute(
        granted.insert(), [{WORKSPACE: workspace_id, "person_id": side.id(0), "role": role} for role in more]
    )


def made(table: Table, workspace_id: str, side: Side, place: int, keys: Keys) -> dict[str, Any]:
    """A row of a side's, sealed with the keys that the server has."""
    row = row_of(table, workspace_id, place, side.word)
    for column in table.c:
        points = column.primary_key or column.foreign_keys or f"{table.name}.{column.name}" in IDS
        if points and column.name in row and column.name != WORKSPACE:
            row[column.name] = _own(side, row[column.name])
    sealer = keys.sealer(workspace_id)
    for name in SEALED_IN.get(table.name, ()):
        row[name] = sealer.seal(_text_of(table.name, name, side))
    row |= {name: value for name, value in LIKE_LIFE.get(table.name, {}).items() if name in row}
    if table.name == "person":
        row["slack_user_id"] = side.people[place]
    if table.name == "contact":
        row["name"] = f"Ada {side.word}"
    if "email_digest" in row and place == 0:
        row["email_digest"] = sealer.digest(KNOWN_ADDRESS)
    return row


def _text_of(table: str, column: str, side: Side) -> str:
    """What is sealed: an address, a form, a key, or words."""
    if column == "email":
        return f"ada@{side.word.casefold()}.example"
    if table == "draft":
        values = dict.fromkeys(("contact_name", "company", "why"), side.word)
        return json.dumps({"values": values, "source": "command"})
    return b"a secret of the pulse".hex() if column == "secret" else f"{side.word} said so"


def _own(side: Side, value: Any) -> Any:
    if isinstance(value, list):
        return [_own(side, item) for item in value]
    return side.id(int(value) - 1) if value in ("1", "2") else value
