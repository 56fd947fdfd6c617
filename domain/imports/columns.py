"""Which columns an imported file may have, what other programs call them, and how each cell is read: one table a kind.

Decides nothing about which of the columns a file has; that is up to `layout`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from domain.assets import TITLE_LIMIT, WORDS_LIMIT
from domain.gifts import WHAT_LIMIT
from domain.imports import cells, deal_cells, program_cells, pulse_cells, use_cells
from domain.imports.cells import Parser
from domain.imports.kinds import (
    AccountRow,
    AdvocateRow,
    AssetRow,
    AttendanceRow,
    ContactRow,
    EngagementRow,
    GiftRow,
    ImportKind,
    MeetingRow,
    MemberRow,
    NominationRow,
    OpportunityRow,
    PersonRow,
    ProgramRow,
    PulseRow,
    Row,
)
from domain.mechanisms import NAME_LIMIT as PROGRAM_LIMIT
from domain.mechanisms import PURPOSE_LIMIT
from domain.meetings import ABOUT_LIMIT


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the field it fills and its names. The first name is the one Everboard recommends."""

    field: str
    names: tuple[str, ...]
    parse: Parser


@dataclass(frozen=True, slots=True)
class Columns:
    """All columns of one kind of file, those without which a line says nothing, and those that must be there although
    a cell of theirs may be empty."""

    row: type[Row]
    required: tuple[str, ...]
    columns: tuple[Column, ...]
    present: tuple[str, ...] = ()


FIRST, LAST = "first_name", "last_name"
"""Fields that are no part of a row: together they are the name where no column holds a whole one."""


def _column(field: str, names: str, parse: Parser) -> Column:
    return Column(field, tuple(name.strip() for name in names.split(",")), parse)


_FIRST_AND_LAST = (
    _column(FIRST, "First name, Given name, Contact: First Name, Contact First Name", cells.name),
    _column(LAST, "Last name, Surname, Family name, Contact: Last Name, Contact Last Name", cells.name),
)

_PEOPLE = Columns(
    PersonRow,
    ("name", "email"),
    (
        _column("name", "Name, Full name, Display name, Employee, Employee name, User, Real name", cells.name),
        *_FIRST_AND_LAST,
        _column(
            "email",
            "Email, Email address, E-mail, Work email, Business email, Mail, User principal name, Username",
            cells.short,
        ),
        _column("function", "Function, Department, Team function, Business function", cells.function),
        _column("title", "Title, Job title, Position, Role title", cells.short),
        _column(
            "manager", "Manager email, Manager's email, Manager, Supervisor email, Supervisor, Reports to", cells.short
        ),
        _column("slack_user_id", "Slack user id, Slack id, Slack member id, Member id", cells.identifier),
        _column("roles", "Roles, Everboard role, Everboard roles, Program role", cells.roles),
        _column(
            "away_until",
            "Away until, On leave until, Out of office until, Absent until, Leave until, Back on, Returns on",
            cells.day,
        ),
    ),
)

_ACCOUNTS = Columns(
    AccountRow,
    ("name",),
    (
        _column("name", "Account name, Name, Company name, Company, Account, Customer, Customer name", cells.name),
        _column(
            "external_id",
            "Account ID, External ID, CRM ID, Record ID, Record ID - Company, Company ID, Account ID 18, ID",
            cells.identifier,
        ),
        _column(
            "domain",
            "Domain, Company domain name, Website, Website URL, Account: Website, URL",
            cells.website,
        ),
        _column("industry", "Industry, Sector, Vertical, Account: Industry, Primary industry", cells.industry),
        _column(
            "country",
            "Country, Billing Country, Country/Region, Billing Country Code, Country code, Shipping Country, "
            "Billing Country (text only), HQ country",
            cells.country,
        ),
        _column("region", "Region, Sales region, Territory region, Business region", cells.identifier),
        _column("segment", "Segment, Customer segment, Account segment, Tier, Company size segment", cells.segment),
        _column("products", "Products, Product, Products owned, Product line, Installed products", cells.entries),
        _column("health", "Health, Account health, Customer health, Health status, RAG", cells.health),
        _column("renewal_on", "Renewal date, Renewal, Next renewal, Contract end date, Contract end", cells.day),
        _column("annual_revenue", "Annual revenue, ARR, Annual recurring revenue, ACV, Revenue", cells.amount),
        _column(
            "owner",
            "Account Owner Email, Owner email, Account owner: Email, Company owner email, CSM email, "
            "Relationship owner, Account Owner, Account Owner: Full Name, Company owner, Owner, Owner name, "
            "Customer success manager",
            cells.short,
        ),
    ),
)

_CONTACT = (
    _column(
        "contact_name",
        "Contact name, Name, Full name, Contact: Full Name, Contact: Name, Contact, Advocate, Advocate name",
        cells.name,
    ),
    *_FIRST_AND_LAST,
    _column(
        "company",
        "Company, Account Name, Company name, Account, Customer, Account: Account Name, Organization, "
        "Associated company, Primary company",
        cells.name,
    ),
    _column(
        "email",
        "Email, Contact email, Contact: Email, Email address, Work email, Business email, E-mail",
        cells.short,
    ),
    _column("phone", "Phone, Contact phone, Contact: Phone, Phone number, Mobile phone, Mobile", cells.phone),
    _column("title", "Title, Job title, Contact: Title, Position", cells.short),
    _column("persona", "Persona, Buyer persona, Buying role", cells.short),
    _column("industry", "Industry, Sector, Vertical, Account: Industry", cells.industry),
    _column(
        "country",
        "Country, Mailing Country, Country/Region, Billing Country, Contact: Mailing Country, Mailing Country Code, "
        "Country code",
        cells.country,
    ),
    _column("products", "Products, Product, Products used, Product line", cells.entries),
    _column("use_cases", "Use cases, Use case", cells.note),
    _column("activities", "Activities, Activity, Accepts, Will do, Willing to do", cells.activities),
    _column(
        "nominator",
        "Nominated by, Nominator email, Nominator, Nominated by email, Submitted by, Submitted by email, Referred by",
        cells.short,
    ),
)

_CONTACTS = Columns(
    ContactRow,
    ("contact_name", "company"),
    tuple(
        column
        for column in _CONTACT
        if column.field in {"contact_name", FIRST, LAST, "company", "email", "phone", "title"}
    ),
)

_ADVOCATES = Columns(
    AdvocateRow,
    ("contact_name", "company"),
    (
        *_CONTACT,
        _column("languages", "Languages, Language, Speaks", cells.entries),
        _column("outcomes", "Outcomes, Results, Outcome, Business results", cells.note),
        _column("quotes", "Quotes, Quote, Testimonial, Testimonials", cells.note),
        _column("topics", "Topics, Topic, Speaks about, Speaking topics", cells.note),
        _column("refused_activities", "Refused, Refused activities, Refuses, Will not do, Declines", cells.activities),
        _column("preferred_contact", "Preferred contact, Preferred contact method, Best way to reach", cells.short),
        _column("links", "Links, Link, Assets, Asset links, Case study link", cells.note),
        _column("state", "State, Status, Advocate status, Stage", cells.state),
        _column("interview_on", "Interview date, Interviewed on, Interview", cells.day),
        _column("consent_on", "Consent date, Consent given on, Consented on, Consent", cells.day),
        _column("consent_scopes", "Consent scope, Consent scopes, Consent to, Agreed to", cells.scopes),
        _column("consent_how", "Consent how, How consent was given, Consent source, Consent note", cells.note),
        _column("consent_until", "Consent until, Consent ends on, Consent expires on, Consent end date", cells.day),
        _column("verified_on", "Verified date, Verified, Last verified, Verified on, Last reviewed", cells.day),
    ),
)

_OPPORTUNITIES = Columns(
    OpportunityRow,
    ("name",),
    (
        _column(
            "name",
            "Opportunity name, Deal name, Name, Opportunity, Deal, Deal title, Deal - Title, Title",
            deal_cells.name,
        ),
        _column(
            "external_id",
            "Opportunity ID, Opportunity ID 18, Record ID, Record ID - Deal, Deal ID, Deal - ID, External ID, CRM ID, "
            "ID",
            deal_cells.deal_id,
        ),
        _column(
            "account",
            "Account name, Account: Account Name, Associated company, Associated company (primary), Primary company, "
            "Company name, Company, Account, Customer, Organization, Deal - Organization",
            deal_cells.name,
        ),
        _column(
            "account_external_id", "Account ID, Associated company IDs, Company ID, Account ID 18", cells.identifier
        ),
        _column(
            "amount",
            "Amount, Opportunity amount, Deal amount, Deal value, Deal - Value, Total contract value, TCV, Value",
            cells.short,
        ),
        _column(
            "currency",
            "Currency, Opportunity currency, Amount currency, Deal currency, Currency ISO code, Currency code, "
            "Deal currency code, Deal - Currency",
            deal_cells.currency,
        ),
        _column("company_amount", "Amount in company currency, Amount (converted)", cells.short),
        _column(
            "stage", "Stage, Deal stage, Deal - Stage, Opportunity stage, Stage name, Sales stage", deal_cells.stage
        ),
        _column("status", "Status, Deal status, Deal - Status", deal_cells.stage),
        _column(
            "close_on",
            "Close date, Closed date, Expected close date, Deal - Expected close date, Closing date, Close",
            cells.day,
        ),
        _column(
            "opened_on", "Created date, Create date, Created on, Created, Deal created, Deal - Deal created", cells.day
        ),
        _column("kind", "Type, Opportunity type, Deal type, Business type", deal_cells.deal_kind),
        _column(
            "owner",
            "Owner email, Opportunity owner email, Opportunity owner: Email, Deal owner email, Opportunity owner, "
            "Opportunity owner: Full Name, Deal owner, Deal - Owner, Owner, Owner name",
            cells.short,
        ),
    ),
)

_NOMINATIONS = Columns(
    NominationRow,
    ("contact_name", "company", "why"),
    (
        *_CONTACT,
        _column("why", "Why, Reason, Why a good advocate, Description, Comments, Notes, Story", cells.long),
        _column("customer_knows", "Customer knows, Does the customer know, Customer informed", cells.yes),
        _column("relationship", "Relationship, Relationship to you", cells.short),
        _column("evidence_link", "Evidence, Evidence link, Link, Link to evidence, URL", cells.address),
        _column("nominated_on", "Date, Nominated on, Nomination date, Created date, Create date", cells.day),
    ),
)

_PULSES = Columns(
    PulseRow,
    ("pulse", "held_on", "group", "respondent", "element"),
    (
        _column("pulse", "Pulse, Pulse name, Survey, Survey name, Assessment, Wave, Round", pulse_cells.name),
        _column("held_on", "Date, Pulse date, Survey date, Assessment date, Held on, Closed on", cells.day),
        _column("group", "Group, Team, Department, Function, Segment, Audience", pulse_cells.name),
        _column(
            "respondent",
            "Respondent, Respondent ID, Participant, Participant ID, Person, Employee, Employee ID, Response ID, Email",
            pulse_cells.respondent,
        ),
        _column("element", "Element, ADKAR element, Dimension, Question, Category", pulse_cells.element),
        _column("score", "Score, Answer, Value, Rating, Points, Response", pulse_cells.score),
    ),
    present=("score",),
)

_WHOSE = (
    _column("contact_name", "Advocate, Contact name, Advocate name, Name, Contact, Customer contact", cells.name),
    _column("company", "Company, Account name, Account, Customer, Company name", cells.name),
)

_ASSETS = Columns(
    AssetRow,
    ("contact_name", "company", "kind", "title"),
    (
        *_WHOSE,
        _column("kind", "Kind, Asset type, Type, Asset kind", use_cells.kind),
        _column("title", "Title, Asset, Asset name, Asset title", cells.line(TITLE_LIMIT)),
        _column("link", "Link, URL, Asset link, Address", cells.address),
        _column("words", "Words, Text, Quote text", cells.text(WORDS_LIMIT)),
        _column("scope", "Use, May be used, Usage, Public", use_cells.scope),
        _column("products", "Products, Product", cells.entries),
        _column("languages", "Languages, Language", cells.entries),
        _column("approved_on", "Approved on, Approved, Approval date, Date", cells.day),
        _column("expires_on", "Expires on, Expires, Expiry date, Valid until", cells.day),
        _column("withdrawn_on", "Withdrawn on, Withdrawn", cells.day),
    ),
)

_ENGAGEMENTS = Columns(
    EngagementRow,
    ("contact_name", "company", "activity", "happened_on"),
    (
        *_WHOSE,
        _column("activity", "Activity, Type, Engagement, Kind, Activity type", use_cells.activity),
        _column("happened_on", "Date, Happened on, Day, Activity date, Completed on", cells.day),
        _column("came_about", "Stands, Status, State, Outcome", use_cells.came_about),
        _column("opportunity", "Opportunity, Opportunity name, Deal, Deal name", deal_cells.name),
        _column("opportunity_external_id", "Opportunity ID, Deal ID, CRM ID", deal_cells.deal_id),
        _column("rating", "Rating, Score, Stars", use_cells.rating),
        _column("words", "Words, Comment, Comments, Notes, Feedback", cells.note),
    ),
)

_GIFTS = Columns(
    GiftRow,
    ("contact_name", "company", "what", "given_on"),
    (
        *_WHOSE,
        _column("what", "What, Gift, Description, Item", cells.line(WHAT_LIMIT)),
        _column("given_on", "Date, Given on, Day, Sent on", cells.day),
        _column("amount", "Amount, Value, Price, Cost", cells.short),
        _column("giver", "Given by, Giver, Sent by, From", cells.short),
    ),
)

_PROGRAMS = Columns(
    ProgramRow,
    ("name", "kind", "purpose", "size", "starts_on"),
    (
        _column("name", "Program, Program name, Name, Programme, Title", cells.line(PROGRAM_LIMIT)),
        _column("kind", "Kind, Program type, Type, Program kind", program_cells.kind),
        _column("purpose", "Purpose, What it is for, Description, Goal", cells.text(PURPOSE_LIMIT)),
        _column("size", "Wanted, Size, Customers wanted, Members wanted, Seats", program_cells.size),
        _column("starts_on", "Begins on, Starts on, Start date, First day, Start", cells.day),
        _column("ends_on", "Ends on, End date, Last day, End", cells.day),
        _column("criteria", "Criteria, Who is sought, Sought", program_cells.criteria),
        _column("owner", "Owner email, Owner, Program owner, Run by, Owner name", cells.short),
        _column("state", "Stands, Status, State", program_cells.state),
        _column("end", "Ended because, Why closed, Close reason", program_cells.end),
        _column("closed_on", "Closed on, Date closed, Closed date", cells.day),
    ),
)

_OF_PROGRAM = (
    _column("program", "Program, Program name, Programme", cells.line(PROGRAM_LIMIT)),
    _column("begun_on", "Program begins on, Program start date, Program starts on, Program first day", cells.day),
)

_MEMBERS = Columns(
    MemberRow,
    ("program", "contact_name", "company"),
    (
        *_OF_PROGRAM,
        *_WHOSE,
        _column("state", "Stands, Status, State, Membership status", program_cells.member_state),
        _column("invited_on", "Invited on, Invitation date, Invited", cells.day),
        _column("inviter", "Invited by, Inviter, Inviter email, Invited by email", cells.short),
        _column("answered_on", "Answered on, Answer date, Answered", cells.day),
        _column("answerer", "Answered by, Answered by email", cells.short),
        _column("joined_on", "Joined on, Member since, Join date, Joined", cells.day),
        _column("left_on", "Left on, Member until, Leave date, Left", cells.day),
        _column("again_on", "Not again before, Ask again on, Invite again on", cells.day),
        _column("term_on", "Term begins on, Term start date, Term on, Term starts on", cells.day),
    ),
)

_MEETINGS = Columns(
    MeetingRow,
    ("program", "held_on", "about"),
    (
        *_OF_PROGRAM,
        _column("held_on", "Date, Held on, Meeting date, Day", cells.day),
        _column("about", "About, Topic, Subject, Title, Agenda", cells.line(ABOUT_LIMIT)),
        _column("state", "Stands, Status, State", program_cells.meeting_state),
    ),
)

_ATTENDANCE = Columns(
    AttendanceRow,
    ("program", "held_on", "contact_name", "company"),
    (
        *_OF_PROGRAM,
        *_WHOSE,
        _column("held_on", "Date, Held on, Meeting date, Day", cells.day),
        _column("about", "About, Topic, Subject, Title, Agenda", cells.line(ABOUT_LIMIT)),
    ),
)

COLUMNS: Mapping[ImportKind, Columns] = MappingProxyType(
    {
        ImportKind.ACCOUNTS: _ACCOUNTS,
        ImportKind.PEOPLE: _PEOPLE,
        ImportKind.CONTACTS: _CONTACTS,
        ImportKind.ADVOCATES: _ADVOCATES,
        ImportKind.OPPORTUNITIES: _OPPORTUNITIES,
        ImportKind.NOMINATIONS: _NOMINATIONS,
        ImportKind.PULSES: _PULSES,
        ImportKind.ASSETS: _ASSETS,
        ImportKind.ENGAGEMENTS: _ENGAGEMENTS,
        ImportKind.GIFTS: _GIFTS,
        ImportKind.PROGRAMS: _PROGRAMS,
        ImportKind.MEMBERS: _MEMBERS,
        ImportKind.MEETINGS: _MEETINGS,
        ImportKind.ATTENDANCE: _ATTENDANCE,
    }
)
