"""What can be imported, and what one line of each kind says. Decides nothing about how it is written in a file.

None means that the line does not say it: what is stored already then stays as it is.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from domain.advocates import ConsentScope, State
from domain.assets import Kind, Scope
from domain.mechanisms import End
from domain.mechanisms import Kind as ProgramKind
from domain.mechanisms import State as ProgramState
from domain.meetings import State as MeetingState
from domain.memberships import State as MemberState
from domain.opportunities import DealKind
from domain.people import Function, Role
from domain.portfolio import Criteria
from domain.pulse import Element
from domain.vocabulary import Activity


class ImportKind(StrEnum):
    """What a file holds one of in each line; the value is the word on the command line."""

    ACCOUNTS = "accounts"
    PEOPLE = "people"
    CONTACTS = "contacts"
    ADVOCATES = "advocates"
    OPPORTUNITIES = "opportunities"
    NOMINATIONS = "nominations"
    PULSES = "pulses"
    ASSETS = "assets"
    ENGAGEMENTS = "engagements"
    GIFTS = "gifts"
    PROGRAMS = "programs"
    MEMBERS = "members"
    MEETINGS = "meetings"
    ATTENDANCE = "attendance"


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A colleague. `manager` is an address or a name, `away_until` the first day back."""

    line: int
    name: str
    email: str
    function: Function | None = None
    title: str | None = None
    manager: str | None = None
    slack_user_id: str | None = None
    roles: tuple[Role, ...] | None = None
    away_until: date | None = None


class AccountRow(NamedTuple):
    """A customer company. `country` is an ISO code, `owner` an address or a name."""

    line: int
    name: str
    domain: str | None = None
    industry: str | None = None
    country: str | None = None
    region: str | None = None
    segment: str | None = None
    products: tuple[str, ...] | None = None
    health: str | None = None
    renewal_on: date | None = None
    annual_revenue: str | None = None
    owner: str | None = None
    external_id: str | None = None


@dataclass(frozen=True, slots=True)
class ContactRow:
    """A person at a customer, as a CRM knows them."""

    line: int
    contact_name: str
    company: str
    email: str | None = None
    phone: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class AdvocateRow:
    """A customer who speaks for us, or is on the way to it. `nominator` is an address or a name."""

    line: int
    contact_name: str
    company: str
    email: str | None = None
    phone: str | None = None
    title: str | None = None
    persona: str | None = None
    industry: str | None = None
    country: str | None = None
    languages: tuple[str, ...] | None = None
    products: tuple[str, ...] | None = None
    use_cases: str | None = None
    outcomes: str | None = None
    quotes: str | None = None
    topics: str | None = None
    activities: tuple[str, ...] | None = None
    refused_activities: tuple[str, ...] | None = None
    preferred_contact: str | None = None
    links: str | None = None
    state: State | None = None
    interview_on: date | None = None
    consent_on: date | None = None
    consent_scopes: tuple[ConsentScope, ...] | None = None
    consent_how: str | None = None
    consent_until: date | None = None
    verified_on: date | None = None
    nominator: str | None = None


class OpportunityRow(NamedTuple):
    """A deal. Amounts are as they stand in the file, `currency` is a code, a sign that several
    currencies bear, or None, `owner` an address or a name."""

    line: int
    name: str
    external_id: str | None = None
    account: str | None = None
    account_external_id: str | None = None
    amount: str | None = None
    currency: str | None = None
    company_amount: str | None = None
    stage: str | None = None
    status: str | None = None
    close_on: date | None = None
    opened_on: date | None = None
    kind: DealKind | None = None
    owner: str | None = None


@dataclass(frozen=True, slots=True)
class NominationRow:
    """A customer who could be an advocate. `nominator` is an address or a name."""

    line: int
    contact_name: str
    company: str
    why: str
    email: str | None = None
    customer_knows: bool | None = None
    title: str | None = None
    persona: str | None = None
    phone: str | None = None
    industry: str | None = None
    country: str | None = None
    products: tuple[str, ...] | None = None
    use_cases: str | None = None
    activities: tuple[str, ...] | None = None
    relationship: str | None = None
    evidence_link: str | None = None
    nominator: str | None = None
    nominated_on: date | None = None


@dataclass(frozen=True, slots=True)
class PulseRow:
    """One answer in a past assessment. `respondent` is whatever tells people apart; a score of None was not said."""

    line: int
    pulse: str
    held_on: date
    group: str
    respondent: str
    element: Element
    score: int | None = None


@dataclass(frozen=True, slots=True)
class AssetRow:
    """Something that an advocate approved, which may be used without asking them."""

    line: int
    contact_name: str
    company: str
    kind: Kind
    title: str
    link: str | None = None
    words: str | None = None
    scope: Scope | None = None
    products: tuple[str, ...] | None = None
    languages: tuple[str, ...] | None = None
    approved_on: date | None = None
    expires_on: date | None = None
    withdrawn_on: date | None = None


@dataclass(frozen=True, slots=True)
class EngagementRow:
    """A use of an advocate in the past; `came_about` is false where it was approved and then did not happen."""

    line: int
    contact_name: str
    company: str
    activity: Activity
    happened_on: date
    came_about: bool | None = None
    opportunity: str | None = None
    opportunity_external_id: str | None = None
    rating: int | None = None
    words: str | None = None


@dataclass(frozen=True, slots=True)
class GiftRow:
    """Something that an advocate got. The amount is as it stands in the file, `giver` an address or a name."""

    line: int
    contact_name: str
    company: str
    what: str
    given_on: date
    amount: str | None = None
    giver: str | None = None


@dataclass(frozen=True, slots=True)
class ProgramRow:
    """A program that customers belong to. `owner` is an address or a name, `state` where it stands in the file."""

    line: int
    name: str
    kind: ProgramKind
    purpose: str
    size: int
    starts_on: date
    ends_on: date | None = None
    criteria: Criteria | None = None
    owner: str | None = None
    state: ProgramState | None = None
    end: End | None = None
    closed_on: date | None = None


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A customer in a program, or asked into one. `begun_on` is the program's first day, which tells those of one name
    apart; `inviter` and `answerer` are addresses or names."""

    line: int
    program: str
    contact_name: str
    company: str
    begun_on: date | None = None
    state: MemberState | None = None
    invited_on: date | None = None
    inviter: str | None = None
    answered_on: date | None = None
    answerer: str | None = None
    joined_on: date | None = None
    left_on: date | None = None
    again_on: date | None = None
    term_on: date | None = None


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """A meeting of a program."""

    line: int
    program: str
    held_on: date
    about: str
    begun_on: date | None = None
    state: MeetingState | None = None


@dataclass(frozen=True, slots=True)
class AttendanceRow:
    """A customer who was at a meeting of a program. `about` tells two meetings of one day apart."""

    line: int
    program: str
    held_on: date
    contact_name: str
    company: str
    begun_on: date | None = None
    about: str | None = None


Row = (
    AssetRow
    | AttendanceRow
    | MeetingRow
    | MemberRow
    | ProgramRow
    | EngagementRow
    | GiftRow
    | PersonRow
    | AccountRow
    | ContactRow
    | AdvocateRow
    | OpportunityRow
    | NominationRow
    | PulseRow
)
