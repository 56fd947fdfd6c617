"""The columns of files of people: colleagues, and customers on their way to speak for us. Decides no meaning."""

from domain.imports import cells, pulse_cells
from domain.imports.column import FIRST, FIRST_AND_LAST, LAST, Columns, column
from domain.imports.kinds import AdvocateRow, ContactRow, NominationRow, PersonRow, PulseRow

PEOPLE = Columns(
    PersonRow,
    ("name", "email"),
    (
        column("name", "Name, Full name, Display name, Employee, Employee name, User, Real name", cells.name),
        *FIRST_AND_LAST,
        column(
            "email",
            "Email, Email address, E-mail, Work email, Business email, Mail, User principal name, Username",
            cells.short,
        ),
        column("function", "Function, Department, Team function, Business function", cells.function),
        column("title", "Title, Job title, Position, Role title", cells.short),
        column(
            "manager", "Manager email, Manager's email, Manager, Supervisor email, Supervisor, Reports to", cells.short
        ),
        column("slack_user_id", "Slack user id, Slack id, Slack member id, Member id", cells.identifier),
        column("roles", "Roles, Everboard role, Everboard roles, Program role", cells.roles),
        column(
            "away_until",
            "Away until, On leave until, Out of office until, Absent until, Leave until, Back on, Returns on",
            cells.day,
        ),
    ),
)

CONTACT = (
    column(
        "contact_name",
        "Contact name, Name, Full name, Contact: Full Name, Contact: Name, Contact, Advocate, Advocate name",
        cells.name,
    ),
    *FIRST_AND_LAST,
    column(
        "company",
        "Company, Account Name, Company name, Account, Customer, Account: Account Name, Organization, "
        "Associated company, Primary company",
        cells.name,
    ),
    column(
        "email",
        "Email, Contact email, Contact: Email, Email address, Work email, Business email, E-mail",
        cells.short,
    ),
    column("phone", "Phone, Contact phone, Contact: Phone, Phone number, Mobile phone, Mobile", cells.phone),
    column("title", "Title, Job title, Contact: Title, Position", cells.short),
    column("persona", "Persona, Buyer persona, Buying role", cells.short),
    column("industry", "Industry, Sector, Vertical, Account: Industry", cells.industry),
    column(
        "country",
        "Country, Mailing Country, Country/Region, Billing Country, Contact: Mailing Country, Mailing Country Code, "
        "Country code",
        cells.country,
    ),
    column("products", "Products, Product, Products used, Product line", cells.entries),
    column("use_cases", "Use cases, Use case", cells.note),
    column("activities", "Activities, Activity, Accepts, Will do, Willing to do", cells.activities),
    column(
        "nominator",
        "Nominated by, Nominator email, Nominator, Nominated by email, Submitted by, Submitted by email, Referred by",
        cells.short,
    ),
)

CONTACTS = Columns(
    ContactRow,
    ("contact_name", "company"),
    tuple(
        column
        for column in CONTACT
        if column.field in {"contact_name", FIRST, LAST, "company", "email", "phone", "title"}
    ),
)

ADVOCATES = Columns(
    AdvocateRow,
    ("contact_name", "company"),
    (
        *CONTACT,
        column("languages", "Languages, Language, Speaks", cells.entries),
        column("outcomes", "Outcomes, Results, Outcome, Business results", cells.note),
        column("quotes", "Quotes, Quote, Testimonial, Testimonials", cells.note),
        column("topics", "Topics, Topic, Speaks about, Speaking topics", cells.note),
        column("refused_activities", "Refused, Refused activities, Refuses, Will not do, Declines", cells.activities),
        column("preferred_contact", "Preferred contact, Preferred contact method, Best way to reach", cells.short),
        column("links", "Links, Link, Assets, Asset links, Case study link", cells.note),
        column("state", "State, Status, Advocate status, Stage", cells.state),
        column("interview_on", "Interview date, Interviewed on, Interview", cells.day),
        column("consent_on", "Consent date, Consent given on, Consented on, Consent", cells.day),
        column("consent_scopes", "Consent scope, Consent scopes, Consent to, Agreed to", cells.scopes),
        column("consent_how", "Consent how, How consent was given, Consent source, Consent note", cells.note),
        column("consent_until", "Consent until, Consent ends on, Consent expires on, Consent end date", cells.day),
        column("verified_on", "Verified date, Verified, Last verified, Verified on, Last reviewed", cells.day),
    ),
)

NOMINATIONS = Columns(
    NominationRow,
    ("contact_name", "company", "why"),
    (
        *CONTACT,
        column("why", "Why, Reason, Why a good advocate, Description, Comments, Notes, Story", cells.long),
        column("customer_knows", "Customer knows, Does the customer know, Customer informed", cells.yes),
        column("relationship", "Relationship, Relationship to you", cells.short),
        column("evidence_link", "Evidence, Evidence link, Link, Link to evidence, URL", cells.address),
        column("nominated_on", "Date, Nominated on, Nomination date, Created date, Create date", cells.day),
    ),
)

PULSES = Columns(
    PulseRow,
    ("pulse", "held_on", "group", "respondent", "element"),
    (
        column("pulse", "Pulse, Pulse name, Survey, Survey name, Assessment, Wave, Round", pulse_cells.name),
        column("held_on", "Date, Pulse date, Survey date, Assessment date, Held on, Closed on", cells.day),
        column("group", "Group, Team, Department, Function, Segment, Audience", pulse_cells.name),
        column(
            "respondent",
            "Respondent, Respondent ID, Participant, Participant ID, Person, Employee, Employee ID, Response ID, Email",
            pulse_cells.respondent,
        ),
        column("element", "Element, ADKAR element, Dimension, Question, Category", pulse_cells.element),
        column("score", "Score, Answer, Value, Rating, Points, Response", pulse_cells.score),
    ),
    present=("score",),
)
