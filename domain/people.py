"""Who the people are: functions, roles and standing. Decides nothing about what they may do."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from domain.time_zones import zone_of


class Function(StrEnum):
    """What part of the company somebody works in."""

    SALES = "sales"
    MARKETING = "marketing"
    CUSTOMER_SUCCESS = "customer success"
    SUPPORT = "support"
    PRODUCT = "product"
    SERVICES = "services"
    EXECUTIVE = "executive"
    OTHER = "other"


class Role(StrEnum):
    """What somebody is in the program. Every full member of the workspace is also a MEMBER.

    OWNER and MANAGER are relations (of an account, of people); they are granted by those
    facts, never by hand.
    """

    MEMBER = "member"
    OWNER = "relationship owner"
    MANAGER = "manager"
    TEAM = "advocacy team"
    LEADER = "program leader"
    CHAMPION = "executive champion"
    CHANGE_PARTNER = "change partner"
    ADMIN = "admin"


GRANTED_ROLES = (Role.TEAM, Role.LEADER, Role.CHAMPION, Role.CHANGE_PARTNER, Role.ADMIN)
"""Roles that a person is given, by hand or through a user group."""


class Standing(StrEnum):
    """What Slack says this account is; only a full member ever sees a customer's data."""

    MEMBER = "member"
    GUEST = "guest"
    STRANGER = "stranger"  # from another organisation, through Slack Connect
    DEACTIVATED = "deactivated"
    BOT = "bot"


@dataclass(frozen=True, slots=True)
class Actor:
    """The person who acts, as the rules see them."""

    person_id: str
    slack_user_id: str
    name: str
    standing: Standing = Standing.MEMBER
    roles: frozenset[Role] = field(default_factory=frozenset)
    function: Function | None = None
    time_zone: str = "UTC"

    def today(self, now: datetime) -> date:
        """Which day it is for this person, who says "today" in Auckland when it is still yesterday in UTC."""
        return self.local(now).date()

    def local(self, instant: datetime) -> datetime:
        """The same instant in this person's time zone."""
        return instant.astimezone(zone_of(self.time_zone))
