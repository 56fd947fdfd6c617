"""Which steps of setting up have been taken, by what stands in the tables. Decides nothing about their order."""

from sqlalchemy import ColumnElement, and_, or_, select

from domain.people import Role
from domain.settings import ChannelRole, channel_key
from domain.setup import Part
from storage.accounts import Account
from storage.base import Tenant
from storage.guard import GuardedSession
from storage.nudges import NudgePlan
from storage.outbox import TO_CHANNEL_ROLE, Message, Status
from storage.people import RoleGrant
from storage.pulse import Pulse
from storage.pulse_runs import PulseRun
from storage.settings import Setting
from storage.targets import TargetRow
from storage.vocabulary import Term


def done(session: GuardedSession) -> frozenset[Part]:
    """The steps that were taken. One statement, however much there is."""
    found = facts()
    row = session.execute(select(*found.values())).one()
    return frozenset(part for part, is_done in zip(found, row, strict=True) if is_done)


def facts() -> dict[Part, ColumnElement[bool]]:
    """Whether each step was taken, as a column."""
    return {
        # Somebody chose the team's channel, or an alert has reached the one of the usual name.
        Part.CHANNELS: or_(
            _any(Setting, Setting.key == channel_key(ChannelRole.ADVOCACY)),
            _any(
                Message,
                Message.target == f"{TO_CHANNEL_ROLE}{ChannelRole.ADVOCACY.value}",
                Message.status == Status.DELIVERED.value,
            ),
        ),
        Part.ROLES: and_(
            *(_any(RoleGrant, RoleGrant.role == role.value) for role in (Role.TEAM, Role.CHAMPION)),
        ),
        Part.ACCOUNTS: _any(Account),
        Part.WORDS: _any(Term),
        Part.TARGETS: _any(TargetRow),
        Part.PULSE: or_(_any(PulseRun), _any(Pulse)),
        Part.NUDGES: _any(NudgePlan, NudgePlan.is_on.is_(True)),
    }


def _any(table: type[Tenant], *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return select(table.workspace_id).where(*conditions).exists()
