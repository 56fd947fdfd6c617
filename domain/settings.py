"""What a program leader can set, with its default, its bounds and its reason. Every number lives here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from enum import StrEnum
from types import MappingProxyType
from typing import Self

from domain.currencies import USUAL_CURRENCY
from domain.errors import RuleError
from domain.gifts import YEARLY_CAP
from domain.limits import AGREEMENT_DAYS, CAP_USES, RENEWAL_PAUSE_DAYS, REST_DAYS, VERIFY_DAYS, WINDOW_DAYS
from domain.numbers import Number
from domain.pulse import SMALLEST_GROUP
from domain.pulse_calendar import OPEN_DAYS
from domain.request_timers import (
    ANSWER_GOAL_HOURS,
    DEAL_QUESTION_DAYS,
    EXPIRY_DAYS,
    OWNER_ESCALATION_HOURS,
    OWNER_REMINDER_HOURS,
)
from domain.retention import KEPT
from domain.value import INFLUENCE_DAYS

CONSENT_DAYS, CONSENT_NOTICE_DAYS = "consent_days", "consent_notice_days"


class ChannelRole(StrEnum):
    """What a channel is for; each role is one channel of the workspace."""

    ADVOCACY = "advocacy"
    WINS = "wins"
    SALES = "sales"
    MARKETING = "marketing"
    CUSTOMER_SUCCESS = "customer_success"


DEFAULT_CHANNEL_NAMES: Mapping[ChannelRole, str] = MappingProxyType(
    {
        ChannelRole.ADVOCACY: "advocacy",
        ChannelRole.WINS: "advocacy-wins",
        ChannelRole.SALES: "sales",
        ChannelRole.MARKETING: "marketing",
        ChannelRole.CUSTOMER_SUCCESS: "customer-success",
    }
)
"""Channels that are taken by name while nobody has chosen others."""

CHANNEL_WORDS: Mapping[ChannelRole, str] = MappingProxyType(
    {
        ChannelRole.ADVOCACY: "Alerts for the advocacy team",
        ChannelRole.WINS: "Wins, for everybody",
        ChannelRole.SALES: "Sales",
        ChannelRole.MARKETING: "Marketing",
        ChannelRole.CUSTOMER_SUCCESS: "Customer success",
    }
)


NUMBERS: Mapping[str, Number] = MappingProxyType(
    {
        "review_goal_days": Number(
            "A nomination is reviewed within", "days", 7, 1, 60, "After a week the nominator thinks nobody cares."
        ),
        "introduction_days": Number(
            "The relationship owner introduces us within", "days", 7, 1, 60, "Enthusiasm cools quickly."
        ),
        "nomination_expiry_days": Number(
            "Nominations that were declined, or that the customer knows nothing of, are kept for",
            "days",
            90,
            7,
            365,
            "The customer may not know of it.",
        ),
        "cap_uses": Number(
            "An advocate is asked at most, in the days below",
            "uses",
            CAP_USES,
            1,
            12,
            "One case study or two calls a quarter is what busy people give gladly.",
        ),
        "cap_window_days": Number(
            "Uses are counted within", "days", WINDOW_DAYS, 30, 365, "A quarter: customers think in quarters."
        ),
        "rest_days": Number(
            "After a call or more, an advocate rests for",
            "days",
            REST_DAYS,
            0,
            180,
            "Nobody likes to be asked again soon.",
        ),
        "renewal_pause_days": Number(
            "Nobody is asked before their renewal for",
            "days",
            RENEWAL_PAUSE_DAYS,
            0,
            180,
            "A favour must not become part of the negotiation.",
        ),
        "verify_days": Number(
            "A profile is checked every",
            "days",
            VERIFY_DAYS,
            30,
            730,
            "People change jobs and minds within half a year.",
        ),
        "agreement_days": Number(
            "What a customer would do and agreed to is checked every",
            "days",
            AGREEMENT_DAYS,
            30,
            730,
            "A yes is remembered for a season.",
        ),
        CONSENT_DAYS: Number(
            "Where nobody says until when, a customer's consent holds for (0: without end)",
            "days",
            0,
            0,
            3650,
            "Some companies promise their customers to ask again.",
        ),
        CONSENT_NOTICE_DAYS: Number(
            "Before a consent ends, the relationship owner is asked",
            "days",
            30,
            1,
            180,
            "Time enough to meet the customer.",
        ),
        "request_goal_hours": Number(
            "A request is answered within",
            "hours",
            ANSWER_GOAL_HOURS,
            4,
            336,
            "A deal waits three days, and hardly a week.",
        ),
        "owner_reminder_hours": Number(
            "A relationship owner is reminded after",
            "hours",
            OWNER_REMINDER_HOURS,
            1,
            168,
            "By then a busy day has passed.",
        ),
        "owner_escalation_hours": Number(
            "Without their answer the advocacy team is told after",
            "hours",
            OWNER_ESCALATION_HOURS,
            2,
            336,
            "One more day is left to the goal.",
        ),
        "request_expiry_days": Number(
            "A request that nobody approved expires after its need-by date by",
            "days",
            EXPIRY_DAYS,
            0,
            30,
            "A weekend may lie between, and a deal slips by a day or two.",
        ),
        "deal_question_days": Number(
            "What became of a deal is asked again after", "days", DEAL_QUESTION_DAYS, 7, 120, "Deals take months."
        ),
        "influence_days": Number(
            "A use of an advocate counts for deals that close within",
            "days",
            INFLUENCE_DAYS,
            30,
            730,
            "As long as most deals take.",
        ),
        "pulse_open_days": Number(
            "A pulse is open for", "days", OPEN_DAYS, 3, 14, "A week has everybody's free half hour in it."
        ),
        "pulse_smallest_group": Number(
            "A pulse tells something of a group from",
            "answers",
            SMALLEST_GROUP,
            SMALLEST_GROUP,
            50,
            "Of fewer, each one's answers could be guessed.",
        ),
        "pulse_backup_days": Number(
            "Backups of the database are kept for",
            "days",
            30,
            0,
            730,
            "People read it before they answer a pulse: so long a backup could tell who answered what.",
        ),
        "gift_cap": Number(
            "A customer gets back, in a calendar year, no more than",
            "of your currency",
            YEARLY_CAP,
            0,
            100_000,
            "Many companies let their people accept little; 0 allows nothing that has a price.",
        ),
        "log_months": Number(
            "What leaders note about what colleagues need is kept for",
            "months",
            12,
            1,
            12,
            "What somebody lacked longer ago says little of them today.",
        ),
        **KEPT,
        "results_per_page": Number("Advocates shown at a time", "results", 5, 3, 10, "What one screen holds."),
    }
)


@dataclass(frozen=True, slots=True)
class Settings:
    """One workspace's settings. Unset channels are None and are then found by their default names."""

    numbers: Mapping[str, int] = field(default_factory=lambda: {key: number.default for key, number in NUMBERS.items()})
    channels: Mapping[ChannelRole, str | None] = field(default_factory=dict)
    function_groups: Mapping[str, str] = field(default_factory=dict)
    role_groups: Mapping[str, str] = field(default_factory=dict)
    routing: Mapping[str, str] = field(default_factory=dict)
    """How requests go, by activity; under "*" for all others. The values are domain.request_routing.Routing's."""
    stage_map: Mapping[str, str] = field(default_factory=dict)
    time_zone: str = "UTC"
    nudges_paused: bool = False
    setup_put_away: bool = False
    """Whether somebody wants to see the guide to setting up no more."""
    join_open: bool = False
    """Whether customers can put themselves forward on a web page."""
    log_on: bool = False
    """Whether leaders keep a log of what single colleagues need."""
    list_on: bool = False
    """Whether they see by name who has taken part."""
    log_readers: Sequence[str] = ()
    """Who reads both: ids of people."""
    currency: str = USUAL_CURRENCY
    """What an amount that names no currency is in (three letters, ISO 4217)."""

    crm_fields: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Where the CRM's fields are others than domain.crm's usual ones: by thing, our column and the CRM's field."""
    crm_write_field: str = ""
    """The CRM's field into which each deal's uses of advocates are written; "" for none: nothing is written then."""

    @classmethod
    def of(cls, stored: Mapping[str, object]) -> Self:
        """Settings from stored values; unknown keys (of a later version) are left alone."""
        numbers = {key: number.default for key, number in NUMBERS.items()}
        numbers |= {key: value for key, value in stored.items() if key in NUMBERS and isinstance(value, int)}
        channels = {role: _text(stored.get(channel_key(role))) for role in ChannelRole}
        plain = {item.name for item in fields(cls)} - {"numbers", "channels"}
        rest = {key: value for key, value in stored.items() if key in plain}
        return cls(numbers=numbers, channels=channels, **rest)  # type: ignore[arg-type]  # written by save() alone


def channel_key(role: ChannelRole) -> str:
    """The key under which a channel's id is stored."""
    return f"channel.{role.value}"


def check_number(key: str, typed: str) -> int:
    """The number somebody typed. Raises RuleError with the bounds when it is not one of the allowed."""
    number = NUMBERS[key]
    try:
        value = int(typed.strip())
    except ValueError:
        value = number.least - 1
    if not number.least <= value <= number.most:
        sentence = f"A whole number of {number.unit} from {number.least} to {number.most}, please."
        raise RuleError(sentence, {key: sentence})
    return value


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None
