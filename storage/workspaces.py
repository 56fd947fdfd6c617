"""Which workspaces there are. Decides nothing about their people."""

from datetime import datetime, timedelta

from sqlalchemy import Select, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from domain.moment import Moment
from storage.base import ID_LENGTH, Base

KEPT = timedelta(days=30)
"""How long a workspace's data stays after Everboard was removed: long enough to notice a mistake and come back."""

GONE = "gone-"
"""Leads the team id of a workspace whose rows are being erased, so that a new installation begins afresh."""


class Workspace(Base):
    """A tenant: one Slack workspace. `team_id` is empty until Slack connects (an import may come first)."""

    __tablename__ = "workspace"
    __table_args__ = (UniqueConstraint("enterprise_id", "team_id"),)

    across = True

    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True)
    team_id: Mapped[str | None] = mapped_column(String(32))
    enterprise_id: Mapped[str] = mapped_column(String(32), default="")
    name: Mapped[str] = mapped_column(String(255), default="")
    bot_user_id: Mapped[str | None] = mapped_column(String(32))
    created_at: Mapped[datetime]
    disconnected_at: Mapped[datetime | None]


def connect(
    session: Session,
    moment: Moment,
    team_id: str,
    enterprise_id: str,
    name: str,
    bot_user_id: str,
    *,
    adopts: bool = True,
) -> str:
    """The workspace of a Slack team, made or adopted on its first connection. Answers its id.

    One that an import made before Slack was connected belongs to the only workspace there is. Where strangers install,
    nobody `adopts` it: it may be somebody else's. Waits for whoever connects the same, and not for transactions under
    way in it: each row of theirs refers to the workspace, and one that stands still would let nobody start.
    """
    known = select(Workspace).where(Workspace.team_id == team_id, Workspace.enterprise_id == enterprise_id)
    found = session.scalar(known.with_for_update(key_share=True))
    if found is None and adopts:
        orphan = select(Workspace).where(Workspace.team_id.is_(None))
        found = session.scalar(orphan.with_for_update(key_share=True))
    if found is None:
        found = Workspace(id=moment.new_id(), created_at=moment.now)
        session.add(found)
    found.team_id, found.enterprise_id = team_id, enterprise_id
    found.name, found.bot_user_id = name, bot_user_id
    found.disconnected_at = None
    return found.id


def disconnect(session: Session, moment: Moment, workspace_id: str) -> None:
    """Slack has removed Everboard from this workspace: nothing is done there until it is connected again."""
    found = session.get_one(Workspace, workspace_id)
    found.disconnected_at = found.disconnected_at or moment.now


def disconnect_team(session: Session, moment: Moment, enterprise_id: str, team_id: str) -> None:
    """The same for the workspace of a Slack team, if there is one, and since when it is so stays as it was."""
    found = session.scalar(
        select(Workspace).where(Workspace.team_id == team_id, Workspace.enterprise_id == enterprise_id)
    )
    if found is not None and found.disconnected_at is None:
        found.disconnected_at = moment.now


def letting_go() -> Select[str]:
    """The ids of workspaces that Slack has disconnected, for a condition: nothing is sent there."""
    return select(Workspace.id).where(Workspace.disconnected_at.is_not(None))


def lapsed(session: Session, now: datetime) -> list[str]:
    """The ids of workspaces whose data is to be erased: disconnected for so long, or begun to be erased."""
    ended = Workspace.disconnected_at <= now - KEPT
    return list(session.scalars(select(Workspace.id).where(ended).order_by(Workspace.id)))


def give_up(session: Session, now: datetime, workspace_id: str) -> bool:
    """Let nobody come back to a workspace any more. False when it has come back meanwhile."""
    found = session.scalar(select(Workspace).where(Workspace.id == workspace_id).with_for_update())
    if found is None or found.disconnected_at is None or found.disconnected_at > now - KEPT:
        return False
    found.team_id = f"{GONE}{workspace_id}"
    return True


def only(session: Session, moment: Moment) -> str:
    """The id of the only workspace, made when there is none. Raises LookupError when there are several."""
    ids = session.scalars(select(Workspace.id).limit(2)).all()
    if len(ids) > 1:
        raise LookupError("there are several workspaces; say which with --workspace")
    if ids:
        return ids[0]
    made = Workspace(id=moment.new_id(), created_at=moment.now)
    session.add(made)
    return made.id


def named(session: Session, name: str) -> str | None:
    """The id of the workspace with this Slack team id, name or own id. Raises LookupError where several bear the name.

    Ids go before names: a name is whatever the people of a workspace call it, be it another's id.
    """
    by_id = session.scalar(select(Workspace.id).where((Workspace.team_id == name) | (Workspace.id == name)))
    if by_id is not None:
        return by_id
    found = session.execute(
        select(Workspace.id, Workspace.team_id).where(Workspace.name == name).order_by(Workspace.team_id)
    ).all()
    if len(found) > 1:
        teams = ", ".join(row.team_id or row.id for row in found)
        raise LookupError(f"--workspace: several workspaces are called {name}; say which by its Slack team id: {teams}")
    return found[0].id if found else None


def all_there_are(session: Session) -> list[str]:
    """The ids of all workspaces, those too that Slack has not connected or has disconnected."""
    return list(session.scalars(select(Workspace.id).order_by(Workspace.id)))


def every(session: Session) -> list[str]:
    """The ids of all workspaces that Slack has connected, and has not disconnected since."""
    connected = (Workspace.team_id.is_not(None), Workspace.disconnected_at.is_(None))
    return list(session.scalars(select(Workspace.id).where(*connected).order_by(Workspace.id)))
