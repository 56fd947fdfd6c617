"""The tokens of workspaces that installed Everboard by themselves, sealed, and the states of installations under way.

Slack's own stores keep them; their tables stand here so that a migration makes them. Decides nothing about a
workspace's data. The stores are the synchronous ones, run in the database's threads like everything else (see
storage.database).
"""

import base64
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

from slack_sdk.oauth.installation_store.models import Bot, Installation
from slack_sdk.oauth.installation_store.sqlalchemy import SQLAlchemyInstallationStore
from slack_sdk.oauth.sqlalchemy_utils import normalize_datetime_for_db
from slack_sdk.oauth.state_store.sqlalchemy import SQLAlchemyOAuthStateStore
from sqlalchemy import ColumnElement, MetaData, Table, Text, delete, select, update

from storage.base import Base
from storage.database import Database
from storage.sealing import Keys, Sealer, WrongKeyError

STATE_SECONDS = 600
"""How long somebody may take to allow Everboard, as long as Slack's own code is good."""

TOKENS = ("bot_token", "bot_refresh_token", "user_token", "user_refresh_token")
"""What is sealed of an installation."""

Kept = TypeVar("Kept", Bot, Installation)


def _own(build: Any, name: str) -> Table:
    """A table of Slack's store among ours. A sealed token is longer than the column that it foresees."""
    table: Table = build(Base.metadata, name)
    for column in table.c:
        if column.name in TOKENS:
            column.type = Text()
    return table


BOTS = _own(SQLAlchemyInstallationStore.build_bots_table, "slack_bots")
INSTALLATIONS = _own(SQLAlchemyInstallationStore.build_installations_table, "slack_installations")
STATES = _own(SQLAlchemyOAuthStateStore.build_oauth_states_table, "slack_oauth_states")


class _Store(SQLAlchemyInstallationStore):
    """Slack's store over our tables."""

    @classmethod
    def build_bots_table(cls, metadata: MetaData, table_name: str) -> Table:  # noqa: ARG003  # Slack's signature
        return BOTS

    @classmethod
    def build_installations_table(cls, metadata: MetaData, table_name: str) -> Table:  # noqa: ARG003  # likewise
        return INSTALLATIONS


class _States(SQLAlchemyOAuthStateStore):
    """Slack's store of states over our table."""

    @classmethod
    def build_oauth_states_table(cls, metadata: MetaData, table_name: str) -> Table:  # noqa: ARG003  # likewise
        return STATES


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is installed: a workspace, or with an empty `team_id` a whole organisation."""

    enterprise_id: str
    team_id: str

    @classmethod
    def of(cls, kept: Bot | Installation) -> "Place":
        """The place of an installation."""
        return cls(kept.enterprise_id or "", "" if kept.is_enterprise_install else kept.team_id or "")


def _purpose(place: Place) -> str:
    """What a place's tokens are sealed for; no workspace's id reads like it."""
    return f"slack {place.enterprise_id} {place.team_id}"


@dataclass(frozen=True, slots=True)
class Token:
    """Which token a place has, without the token: equal ones mean that nothing has changed. UTC without a zone."""

    installed_at: datetime
    ends_at: datetime | None


class Installations:
    """What is installed where. Every method blocks: call it in the database's threads (`Database.outside`)."""

    def __init__(self, db: Database, client_id: str) -> None:
        self._db = db
        self._client_id = client_id
        self._store = _Store(client_id, db.shared)
        self._states = _States(STATE_SECONDS, db.shared)

    def save(self, installation: Installation) -> None:
        """Keep an installation, the newest of its place. Two at once are both kept, and the later one counts."""
        self._store.save(self._sealed(installation))

    def save_bot(self, bot: Bot) -> None:
        """Keep a bot's renewed token."""
        self._store.save_bot(self._sealed(bot))

    def find(self, place: Place) -> Bot | None:
        """The bot of a place, of which there may have been several. Raises WrongKeyError."""
        found = self._store.find_bot(enterprise_id=place.enterprise_id or None, team_id=place.team_id or None)
        return None if found is None else self._opened(found)

    def places(self) -> dict[Place, Token]:
        """Where there is a token, and which."""
        chosen = select(BOTS.c.enterprise_id, BOTS.c.team_id, BOTS.c.installed_at, BOTS.c.bot_token_expires_at)
        with self._db.shared.connect() as connection:
            rows = connection.execute(
                chosen.where(BOTS.c.client_id == self._client_id).order_by(BOTS.c.installed_at)
            ).all()
        return {
            Place(enterprise or "", team or ""): Token(installed_at, ends_at)
            for enterprise, team, installed_at, ends_at in rows
        }

    def delete(self, place: Place, installed_at: float) -> bool:
        """Forget the tokens of a place up to this one. False when a newer installation has come meanwhile."""
        until = normalize_datetime_for_db(datetime.fromtimestamp(installed_at, UTC))
        with self._db.shared.begin() as connection:
            for table in (INSTALLATIONS, BOTS):
                connection.execute(delete(table).where(*self._of(table, place), table.c.installed_at <= until))
            return connection.scalar(select(BOTS.c.id).where(*self._of(BOTS, place)).limit(1)) is None

    def _of(self, table: Table, place: Place) -> tuple[ColumnElement[bool], ...]:
        return (
            table.c.client_id == self._client_id,
            table.c.enterprise_id.is_not_distinct_from(place.enterprise_id or None),
            table.c.team_id.is_not_distinct_from(place.team_id or None),
        )

    def issue_state(self) -> str:
        """A new state for somebody who begins."""
        return self._states.issue()

    def use_state(self, state: str) -> bool:
        """Whether a state was issued here, lately, and is used for the first time."""
        return self._states.consume(state)

    def _sealed(self, kept: Kept) -> Kept:
        return self._with(kept, lambda sealer, token: base64.b64encode(sealer.seal(token)).decode())

    def _opened(self, kept: Kept) -> Kept:
        return self._with(kept, lambda sealer, token: sealer.open(base64.b64decode(token)))

    def _with(self, kept: Kept, change: Any) -> Kept:
        """A copy with its tokens changed; a token moved to another place's row cannot be opened."""
        place = Place.of(kept)
        sealer = self._db.keys.sealer(_purpose(place))
        copy = type(kept)(**kept.to_dict_for_copying())
        for name in TOKENS:
            token = getattr(kept, name, None)
            if token is not None:
                setattr(copy, name, change(sealer, token))
        return copy


def seal_anew(db: Database, old: Keys) -> int:
    """Seal every token anew that opens under the old key alone; in one transaction. Answers how many.

    Raises WrongKeyError for what opens under neither.
    """
    changed = 0
    with db.shared.begin() as connection:
        for table in (BOTS, INSTALLATIONS):
            for row in connection.execute(select(table)).mappings().all():
                team = "" if row.get("is_enterprise_install") else row["team_id"] or ""
                purpose = _purpose(Place(row["enterprise_id"] or "", team))
                present, before = db.keys.sealer(purpose), old.sealer(purpose)
                values = {name: _token_anew(present, before, row[name]) for name in TOKENS if row.get(name)}
                fresh = {name: value for name, value in values.items() if value != row[name]}
                if fresh:
                    connection.execute(update(table).where(table.c.id == row["id"]).values(fresh))
                changed += len(fresh)
    return changed


def _token_anew(present: Sealer, before: Sealer, token: str) -> str:
    try:
        present.open(base64.b64decode(token))
    except WrongKeyError:
        text = before.open(base64.b64decode(token))
        return base64.b64encode(present.seal(text) or b"").decode()
    return token
