"""The columns of files of what advocates approved, did, got and belong to. Decides no meaning."""

from domain.assets import TITLE_LIMIT, WORDS_LIMIT
from domain.gifts import WHAT_LIMIT
from domain.imports import cells, deal_cells, program_cells, use_cells
from domain.imports.column import Columns, column
from domain.imports.kinds import AssetRow, AttendanceRow, EngagementRow, GiftRow, MeetingRow, MemberRow, ProgramRow
from domain.mechanisms import NAME_LIMIT as PROGRAM_LIMIT
from domain.mechanisms import PURPOSE_LIMIT
from domain.meetings import ABOUT_LIMIT

WHOSE = (
    column("contact_name", "Advocate, Contact name, Advocate name, Name, Contact, Customer contact", cells.name),
    column("company", "Company, Account name, Account, Customer, Company name", cells.name),
)

ASSETS = Columns(
    AssetRow,
    ("contact_name", "company", "kind", "title"),
    (
        *WHOSE,
        column("kind", "Kind, Asset type, Type, Asset kind", use_cells.kind),
        column("title", "Title, Asset, Asset name, Asset title", cells.line(TITLE_LIMIT)),
        column("link", "Link, URL, Asset link, Address", cells.address),
        column("words", "Words, Text, Quote text", cells.text(WORDS_LIMIT)),
        column("scope", "Use, May be used, Usage, Public", use_cells.scope),
        column("products", "Products, Product", cells.entries),
        column("languages", "Languages, Language", cells.entries),
        column("approved_on", "Approved on, Approved, Approval date, Date", cells.day),
        column("expires_on", "Expires on, Expires, Expiry date, Valid until", cells.day),
        column("withdrawn_on", "Withdrawn on, Withdrawn", cells.day),
    ),
)

ENGAGEMENTS = Columns(
    EngagementRow,
    ("contact_name", "company", "activity", "happened_on"),
    (
        *WHOSE,
        column("activity", "Activity, Type, Engagement, Kind, Activity type", use_cells.activity),
        column("happened_on", "Date, Happened on, Day, Activity date, Completed on", cells.day),
        column("came_about", "Stands, Status, State, Outcome", use_cells.came_about),
        column("opportunity", "Opportunity, Opportunity name, Deal, Deal name", deal_cells.name),
        column("opportunity_external_id", "Opportunity ID, Deal ID, CRM ID", deal_cells.deal_id),
        column("rating", "Rating, Score, Stars", use_cells.rating),
        column("words", "Words, Comment, Comments, Notes, Feedback", cells.note),
    ),
)

GIFTS = Columns(
    GiftRow,
    ("contact_name", "company", "what", "given_on"),
    (
        *WHOSE,
        column("what", "What, Gift, Description, Item", cells.line(WHAT_LIMIT)),
        column("given_on", "Date, Given on, Day, Sent on", cells.day),
        column("amount", "Amount, Value, Price, Cost", cells.short),
        column("giver", "Given by, Giver, Sent by, From", cells.short),
    ),
)

PROGRAMS = Columns(
    ProgramRow,
    ("name", "kind", "purpose", "size", "starts_on"),
    (
        column("name", "Program, Program name, Name, Programme, Title", cells.line(PROGRAM_LIMIT)),
        column("kind", "Kind, Program type, Type, Program kind", program_cells.kind),
        column("purpose", "Purpose, What it is for, Description, Goal", cells.text(PURPOSE_LIMIT)),
        column("size", "Wanted, Size, Customers wanted, Members wanted, Seats", program_cells.size),
        column("starts_on", "Begins on, Starts on, Start date, First day, Start", cells.day),
        column("ends_on", "Ends on, End date, Last day, End", cells.day),
        column("criteria", "Criteria, Who is sought, Sought", program_cells.criteria),
        column("owner", "Owner email, Owner, Program owner, Run by, Owner name", cells.short),
        column("state", "Stands, Status, State", program_cells.state),
        column("end", "Ended because, Why closed, Close reason", program_cells.end),
        column("closed_on", "Closed on, Date closed, Closed date", cells.day),
    ),
)

OF_PROGRAM = (
    column("program", "Program, Program name, Programme", cells.line(PROGRAM_LIMIT)),
    column("begun_on", "Program begins on, Program start date, Program starts on, Program first day", cells.day),
)

MEMBERS = Columns(
    MemberRow,
    ("program", "contact_name", "company"),
    (
        *OF_PROGRAM,
        *WHOSE,
        column("state", "Stands, Status, State, Membership status", program_cells.member_state),
        column("invited_on", "Invited on, Invitation date, Invited", cells.day),
        column("inviter", "Invited by, Inviter, Inviter email, Invited by email", cells.short),
        column("answered_on", "Answered on, Answer date, Answered", cells.day),
        column("answerer", "Answered by, Answered by email", cells.short),
        column("joined_on", "Joined on, Member since, Join date, Joined", cells.day),
        column("left_on", "Left on, Member until, Leave date, Left", cells.day),
        column("again_on", "Not again before, Ask again on, Invite again on", cells.day),
        column("term_on", "Term begins on, Term start date, Term on, Term starts on", cells.day),
    ),
)

MEETINGS = Columns(
    MeetingRow,
    ("program", "held_on", "about"),
    (
        *OF_PROGRAM,
        column("held_on", "Date, Held on, Meeting date, Day", cells.day),
        column("about", "About, Topic, Subject, Title, Agenda", cells.line(ABOUT_LIMIT)),
        column("state", "Stands, Status, State", program_cells.meeting_state),
    ),
)

ATTENDANCE = Columns(
    AttendanceRow,
    ("program", "held_on", "contact_name", "company"),
    (
        *OF_PROGRAM,
        *WHOSE,
        column("held_on", "Date, Held on, Meeting date, Day", cells.day),
        column("about", "About, Topic, Subject, Title, Agenda", cells.line(ABOUT_LIMIT)),
    ),
)
