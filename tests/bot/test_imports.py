"""`everboard import` from the file to the rows, on both databases, and what whoever runs it reads."""

import csv
import json
import sqlite3
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import delete, event, func, select

from bot.import_command import DONE, FAILED, WRONG_USE
from bot.imports import BATCH, LARGE_BATCH, run_import
from domain.advocates import ConsentScope, State
from domain.errors import RuleError
from domain.imports.dates import DayOrder
from domain.imports.kinds import ImportKind
from domain.imports.report import Report, Result
from domain.moment import Moment
from domain.people import Role
from steps.imports.nominations import FEW
from storage import cards, contacts, import_progress, members, profiles, search, settings, workspaces
from storage.accounts import Account
from storage.advocates import Advocate, ConsentRow
from storage.audit import Audit
from storage.database import Database
from storage.guard import GuardedSession
from storage.import_progress import ImportProgress
from storage.nominations import Contact, Nomination
from storage.outbox import Message
from storage.people import Person, RoleGrant
from storage.receipts import Receipt
from storage.sealing import Keys
from tests.bot.importing import (
    NOW,
    PEOPLE,
    Office,
    as_csv,
    counts,
    office,
    reasons,
    rows_of_everything,
    statements_of,
)

__all__ = ["office"]

DEALS = as_csv(
    ("Opportunity ID", "Opportunity Name", "Account Name", "Amount", "Close Date", "Stage", "Type", "Owner email"),
    ("006A", "Acme rollout", "ACME Inc.", "EUR 12.000", "31/12/2026", "Negotiation", "Upsell", "ada@q.example"),
    ("", "Start", "Beta", "$1,200.50", "01/02/2026", "Closed Won", "New Business", "who@q.example"),
    ("", "", "Beta", "", "", "", "", ""),
)


def test_people_get_functions_roles_and_managers(office: Office) -> None:
    report = office.load(ImportKind.PEOPLE, PEOPLE)
    assert counts(report) == {Result.ADDED: 2}
    ada, bob = office.person("Ada"), office.person("Bob")
    assert (ada.function, ada.function_source, ada.manager_id, bob.manager_id) == ("sales", "import", bob.id, None)
    granted = select(RoleGrant.person_id).where(RoleGrant.role == Role.ADMIN.value)
    assert office.see(lambda session: list(session.scalars(granted))) == [bob.id]


def test_somebody_imported_becomes_the_slack_member_with_the_same_address(office: Office) -> None:
    office.load(ImportKind.PEOPLE, PEOPLE)
    member = {"id": "U1", "profile": {"real_name": "Ada Lovelace", "email": "ADA@q.example"}, "tz": "Europe/London"}
    office.do(lambda session: members.keep(session, office.moment(), member).id)
    assert len(office.every(Person)) == 2
    assert office.person("Ada Lovelace").function == "sales"
    assert counts(office.load(ImportKind.PEOPLE, PEOPLE)) == {Result.UNCHANGED: 2}
    assert office.person("Ada Lovelace").slack_user_id == "U1"


@pytest.mark.parametrize("heading", ["Away until", "on leave until", "Out of Office Until"])
def test_who_is_on_leave_is_known_with_the_day_of_their_return(office: Office, heading: str) -> None:
    office.load(ImportKind.PEOPLE, f"Name,Email,{heading}\nAda,ada@q.example,2026-03-20\nBob,bob@q.example,\n")
    assert {row.name: row.away_until for row in office.every(Person)} == {"Ada": date(2026, 3, 20), "Bob": None}


def test_a_user_group_says_more_about_a_function_than_a_file(office: Office) -> None:
    office.load(ImportKind.PEOPLE, PEOPLE)

    def from_group(session: GuardedSession) -> None:
        for person in session.scalars(select(Person)):
            person.function, person.function_source = "support", "group"

    office.do(from_group)
    report = office.load(ImportKind.PEOPLE, PEOPLE)
    assert counts(report) == {Result.UNCHANGED: 2}
    assert report.remarks == {"Slack's user groups say “support”, which counts more than “sales” here.": (2, 3)}


def test_people_who_do_not_fit_together_are_refused_or_remarked(office: Office) -> None:
    report = office.load(
        ImportKind.PEOPLE,
        "Name,Email,Manager,Slack ID\n"
        "Ada,ada@q.example,Bob,U1\n"
        "Bob,bob@q.example,ada@q.example,U2\n"
        "Cy,cy@q.example,cy@q.example,\n"
        "Di,di@q.example,nobody@q.example,\n"
        "Ed,not an address,,\n"
        "Flo,flo@q.example,,U1\n",
    )
    assert reasons(report) == [
        "line 6: “not an address” is not an email address",
        "line 7: this Slack account has another address than the one named here",
    ]
    assert report.remarks == {
        "Bob would be their own manager, directly or through others, so the manager is left open.": (3,),
        "Cy would be their own manager, directly or through others, so the manager is left open.": (4,),
        "“nobody@q.example” is no colleague that Everboard knows (or several of that name), "
        "so the manager is left open.": (5,),
    }
    assert office.person("Ada").manager_id == office.person("Bob").id


SALESFORCE = (
    '"Account ID","Account Name","Billing Country","Annual Revenue","Account Owner","Account Owner Email","Industry",'
    '"Website","Type","Health__c","Renewal Date","Product"\r\n'
    '"001A","Müller GmbH & Co. KG","Germany","1,200,000","Ada","ada@q.example","Health Care",'
    '"https://www.mueller.example","Customer","Good","12/31/2026","Signal;Gate"\r\n'
    '"001B","Acme, Inc.","United States","","","","","","Prospect","","3/4/2027",""\r\n'
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_salesforce_export_in_any_encoding(office: Office, encoding: str) -> None:
    office.load(ImportKind.PEOPLE, PEOPLE)
    report = office.load(ImportKind.ACCOUNTS, SALESFORCE.encode(encoding))
    assert counts(report) == {Result.ADDED: 2}
    assert report.ignored_columns == ("Type",)
    acme, mueller = sorted(office.every(Account), key=lambda account: account.name)
    assert mueller.name == "Müller GmbH & Co. KG"
    assert (mueller.key, mueller.domain, mueller.industry) == ("muller", "mueller.example", "healthcare")
    assert (mueller.country, mueller.region, mueller.health) == ("DE", "EMEA", "green")
    assert (mueller.products, mueller.annual_revenue) == (["Signal", "Gate"], "1200000")
    assert mueller.owner_id == office.person("Ada").id
    assert (acme.renewal_on, mueller.renewal_on) == (date(2027, 3, 4), date(2026, 12, 31))
    assert acme.region == "North America"


def test_accounts_are_found_by_id_or_by_name_and_empty_cells_change_nothing(office: Office) -> None:
    office.load(ImportKind.ACCOUNTS, "ID,Name,Industry,Health\n1,Acme Inc.,banking,green\n,Beta,,\n")
    report = office.load(
        ImportKind.ACCOUNTS,
        "ID,Name,Industry,Health\n1,Acme Holding,,red\n2,BETA Ltd.,retail,\n3,Gamma,,\n4,gamma,,\n5,Beta,,\n",
    )
    assert counts(report) == {Result.CHANGED: 2, Result.ADDED: 1, Result.REFUSED: 2}
    assert reasons(report) == [
        "line 5: “gamma” is there already under the id 3; Everboard keeps one account a company",
        "line 6: “Beta” is there already under the id 2; Everboard keeps one account a company",
    ]
    found = {account.name: (account.external_id, account.industry, account.health) for account in office.every(Account)}
    assert found == {
        "Acme Holding": ("1", "banking", "red"),
        "Beta": ("2", "retail", None),
        "Gamma": ("3", None, None),
    }


def test_an_account_takes_over_the_contacts_who_were_there_before_it(office: Office) -> None:
    office.load(ImportKind.NOMINATIONS, "Contact name,Company,Why\nAda,Acme,Loves us\n")
    office.load(ImportKind.ACCOUNTS, "Name\nACME Inc.\n")
    (account,), (contact,) = office.every(Account), office.every(Contact)
    assert contact.account_id == account.id


def test_a_day_that_could_be_two_is_refused_and_the_rest_goes_in(office: Office) -> None:
    report = office.load(ImportKind.ACCOUNTS, "Name,Renewal date\nAcme,03/04/2026\nBeta,2026-04-03\nGamma,\n")
    assert counts(report) == {Result.REFUSED: 1, Result.ADDED: 2}
    assert "line 2: “Renewal date”: “03/04/2026” could be two days" in reasons(report)[0]


def test_whoever_imports_says_how_dates_are_meant_and_reads_it_back(office: Office) -> None:
    path = office.file("Name,Renewal date\nAcme,03/04/2026\nGamma,\n")
    asked = office.command(ImportKind.ACCOUNTS, path)[1].splitlines()
    assert asked[1].startswith("Nothing in this file says which number is the month. Lines with a date such as 03/04/")
    status, out, _error = office.command(ImportKind.ACCOUNTS, path, dates=DayOrder.DAY_FIRST)
    assert (status, out.splitlines()) == (
        DONE,
        [
            "file.csv (UTF-8): 2 accounts: 1 added, 1 unchanged.",
            "Dates are read as day/month/year, as --dates says, for example 03/04/2026.",
        ],
    )
    assert {account.renewal_on for account in office.every(Account)} == {None, date(2026, 4, 3)}
    path = office.file("Name,Renewal date\nAcme,12/31/2026\n")
    status, out, error = office.command(ImportKind.ACCOUNTS, path, dates=DayOrder.DAY_FIRST)
    assert (status, out) == (WRONG_USE, "")
    assert error == "--dates says day-first, but 12/31/2026 is written in another order.\n"


ADVOCATES = as_csv(
    (
        "Contact name", "Company", "Email", "Phone", "Title", "Industry", "Country", "Languages", "Use cases",
        "Activities", "Consent date", "Consent scope", "Verified date", "Nominated by",
    ),
    (
        "Ada King", "Acme", "ada@acme.example", "+1 206 555 0100", "CISO", "health care", "USA", "English",
        "Zero trust", "reference call", "2026-01-02", "listed;public", "2026-02-01", "bob@q.example",
    ),
    ("Cy Dee", "Beta", "", "", "", "", "", "", "", "", "", "", "", ""),
    ("Eve Fox", "Gamma", "", "", "", "", "", "", "", "", "2026-01-02", "", "", ""),
)  # fmt: skip


def test_advocates_are_published_quietly_with_contact_nomination_consent_and_index(office: Office) -> None:
    office.load(ImportKind.PEOPLE, PEOPLE)
    report = office.load(ImportKind.ADVOCATES, ADVOCATES)
    assert counts(report) == {Result.ADDED: 3}
    assert report.remarks == {
        "Not published yet; still missing: their title, the industry, the country, a language, what they use us for, "
        "at least one activity they would do.": (4,)
    }
    ada, cy, eve = office.see(lambda session: profiles.listed(session, Advocate.id.is_not(None)))
    assert (ada.state, cy.state, eve.state) == (State.ACTIVE, State.INTERVIEWING, State.INTERVIEWING)
    assert (ada.profile.industry, ada.profile.country, ada.profile.region) == ("healthcare", "US", "North America")
    assert ada.consent is not None
    assert ada.consent.scopes == (ConsentScope.LISTED, ConsentScope.PUBLIC)
    assert ada.verified_at is not None
    assert ada.verified_at.date() == date(2026, 2, 1)
    nomination = office.see(lambda session: cards.one(session, ada.nomination_id))
    assert (nomination.state, nomination.source, nomination.nominator_name) == ("accepted", "import", "Bob")
    details = office.see(lambda session: contacts.details(session, ada.contact_id))
    assert details == ("Ada King", "Acme", "ada@acme.example", "+1 206 555 0100")
    hits = office.see(lambda session: search.matching(session, search.words_of("healthcare zero"), 5))
    assert [hit.advocate_id for hit in hits] == [ada.id]
    assert office.every(Message) == []


def test_a_file_moves_advocates_on_but_never_back_nor_out_of_their_rest(office: Office) -> None:
    office.load(ImportKind.PEOPLE, PEOPLE)
    office.load(ImportKind.ADVOCATES, ADVOCATES)

    def rest(session: GuardedSession) -> None:
        for advocate in session.scalars(select(Advocate).where(Advocate.state == State.ACTIVE.value)):
            advocate.state = State.RESTING.value

    office.do(rest)
    report = office.load(
        ImportKind.ADVOCATES,
        "Contact name,Company,State\nAda King,Acme,active\nCy Dee,Beta,introduced\nEve Fox,Gamma,active\n",
    )
    assert counts(report) == {Result.UNCHANGED: 2, Result.REFUSED: 1}
    assert report.remarks == {
        "Is resting by now, which a file does not change to “active”.": (2,),
        "Is being interviewed by now, which a file does not change to “introduced”.": (3,),
    }
    assert reasons(report)[0].startswith("line 4: they can't be active yet; still missing: their title")


def test_advocates_who_cannot_be_right_are_refused(office: Office) -> None:
    report = office.load(
        ImportKind.ADVOCATES,
        "Contact name,Company,Email,Activities,Refused,Consent date\n"
        "Ada,Acme,ada@acme.example,,,\n"
        "Ada,Acme,other@acme.example,,,\n"
        "Bea,Acme,,video,video,\n"
        "Cy,Acme,,,,2026-03-05\n",
    )
    assert reasons(report) == [
        "line 3: somebody called Ada at Acme is known already, with another email address",
        "line 4: video is also listed as something they would do.",
        "line 5: the day of the consent, 2026-03-05, is still to come",
    ]
    assert len(office.every(Contact)) == 1


def test_a_consent_comes_with_its_end_else_with_the_usual_one(office: Office) -> None:
    text = "Contact name,Company,Consent date,Consent until\nAda,Acme,2026-01-02,2027-01-01\nBea,Beta,2026-01-02,\n"
    wrong = "Cy,Gamma,,2027-01-01\nDi,Delta,2026-01-02,2026-01-01\n"
    report = office.load(ImportKind.ADVOCATES, text + wrong)
    assert reasons(report) == [
        "line 4: the consent has an end and no date; on which day did they agree?",
        "line 5: Please pick a day behind the one on which they agreed, within ten years of it; or leave it empty.",
    ]
    office.do(lambda session: settings.save(session, office.moment(), None, "consent_days", 365))
    assert counts(office.load(ImportKind.ADVOCATES, text)) == {Result.UNCHANGED: 2}
    office.load(ImportKind.ADVOCATES, "Contact name,Company,Consent date\nEve,Eta,2026-01-02\n")
    ends = [row.ends_on for row in sorted(office.every(ConsentRow), key=lambda row: row.id)]
    assert ends == [date(2027, 1, 1), None, date(2027, 1, 2)]


def test_an_open_nomination_is_accepted_when_its_customer_comes_as_an_advocate(office: Office) -> None:
    office.load(ImportKind.NOMINATIONS, "Contact name,Company,Why\nAda,Acme,Loves us\n")
    office.load(ImportKind.ADVOCATES, "Contact name,Company\nAda,Acme Inc.\n")
    (nomination,) = office.every(Nomination)
    (advocate,) = office.every(Advocate)
    assert (nomination.state, advocate.nomination_id) == ("accepted", nomination.id)


NOMINATIONS = as_csv(
    ("Contact name", "Company", "Email", "Why", "Customer knows", "Nominated by", "Date"),
    ("Ada King", "Acme", "ada@acme.example", "=cmd() <!channel>", "yes", "bob@q.example", "2026-02-20"),
    ("Ada King", "ACME Inc.", "", "Again", "", "", ""),
    ("Cy Dee", "Beta", "", "Loves us", "", "who@q.example", ""),
    ("Eve Fox", "Gamma", "eve at gamma", "Loves us", "", "", ""),
)


NOBODY = (
    "line 4: “who@q.example” is no colleague that Everboard knows (or several of that name); "
    "please import people first, or leave the cell empty"
)


def test_nominations_come_in_and_a_few_are_announced_one_by_one(office: Office) -> None:
    office.load(ImportKind.PEOPLE, PEOPLE)
    report = office.load(ImportKind.NOMINATIONS, NOMINATIONS)
    assert counts(report) == {Result.ADDED: 1, Result.KNOWN: 1, Result.REFUSED: 2}
    assert reasons(report) == [
        NOBODY,
        "line 5: That doesn't look like an email address. Please check it, or leave it empty.",
    ]
    (card,) = office.see(cards.queue)
    assert (card.why, card.nominator_name, card.created_at.date()) == ("=cmd() <!channel>", "Bob", date(2026, 2, 20))
    (message,) = office.every(Message)
    assert (message.kind, message.target) == ("nomination_alert", "role:advocacy")
    assert "<!channel>" not in json.dumps(message.blocks)


def test_a_nomination_that_was_declined_is_not_brought_back_by_its_file(office: Office) -> None:
    text = "Contact name,Company,Why\nAda,Acme,Loves us\n"
    office.load(ImportKind.NOMINATIONS, text)

    def decline(session: GuardedSession) -> None:
        session.scalars(select(Nomination)).one().state = "declined"
        session.execute(delete(Receipt))

    office.do(decline)
    assert counts(office.load(ImportKind.NOMINATIONS, text)) == {Result.UNCHANGED: 1}
    assert [row.state for row in office.every(Nomination)] == ["declined"]


def test_an_old_nomination_comes_with_a_word_on_its_expiry(office: Office) -> None:
    text = "Contact name,Company,Why,Date\nAda,Acme,Loves us,2025-01-01\nBea,Beta,Loves us,2026-03-05\n"
    report = office.load(ImportKind.NOMINATIONS, text)
    assert report.remarks == {"Older than 90 days, so it expires tonight unless somebody accepts it before.": (2,)}
    assert reasons(report) == ["line 3: the day of the nomination, 2026-03-05, is still to come"]


def test_the_alert_of_an_imported_nomination_bears_its_day(office: Office) -> None:
    day = (office.now - timedelta(days=11)).date()
    office.load(ImportKind.NOMINATIONS, f"Contact name,Company,Why,Date\nAda,Acme,Loves us,{day.isoformat()}\n")
    [stored] = office.every(Nomination)
    assert stored.created_at.date() == day
    [alert] = [message for message in office.every(Message) if message.kind == "nomination_alert"]
    assert f"<!date^{int(stored.created_at.timestamp())}^" in str(alert.blocks)


def test_what_was_nominated_today_was_not_nominated_later_than_now(office: Office) -> None:
    office.now = office.now.replace(hour=7)
    day = office.now.date().isoformat()
    office.load(ImportKind.NOMINATIONS, f"Contact name,Company,Why,Date\nAda,Acme,Loves us,{day}\n")
    [stored] = office.every(Nomination)
    assert stored.created_at <= office.now


def test_of_many_nominations_the_team_hears_once(office: Office) -> None:
    many = "\n".join(f"Person {number},Company {number},Loves us" for number in range(2 * BATCH + FEW))
    office.load(ImportKind.NOMINATIONS, f"Contact name,Company,Why\n{many}\n")
    waiting = [message for message in office.every(Message) if message.status == "waiting"]
    assert [message.text for message in waiting] == ["110 imported nominations wait for review."]
    assert waiting[0].kind == "review_digest"


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (ImportKind.PEOPLE, PEOPLE),
        (ImportKind.ACCOUNTS, SALESFORCE),
        (ImportKind.ADVOCATES, ADVOCATES),
        (ImportKind.OPPORTUNITIES, DEALS),
        (ImportKind.NOMINATIONS, NOMINATIONS),
    ],
)
def test_the_same_file_twice_changes_nothing(office: Office, kind: ImportKind, text: str) -> None:
    office.load(ImportKind.PEOPLE, PEOPLE)
    first = office.load(kind, text)
    before = rows_of_everything(office)
    # Receipts are kept for days only; what was imported is known by itself.
    office.do(lambda session: session.execute(delete(Receipt)))
    office.now += timedelta(days=40)
    again = office.load(kind, text)
    assert counts(again).keys() <= {Result.UNCHANGED, Result.KNOWN, Result.REFUSED}
    assert again.refused == first.refused
    after = rows_of_everything(office)
    assert {name for name in before if before[name] != after[name]} - {"Receipt", "Audit"} == set()


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (ImportKind.PEOPLE, PEOPLE),
        (ImportKind.ACCOUNTS, SALESFORCE),
        (ImportKind.ADVOCATES, ADVOCATES),
        (ImportKind.OPPORTUNITIES, DEALS),
        (ImportKind.NOMINATIONS, NOMINATIONS),
    ],
)
def test_a_dry_run_says_the_same_and_writes_nothing(office: Office, kind: ImportKind, text: str) -> None:
    if kind is not ImportKind.PEOPLE:
        office.load(ImportKind.PEOPLE, PEOPLE)
    before = rows_of_everything(office)
    tried = office.load(kind, text, dry_run=True)
    assert rows_of_everything(office) == before
    done = office.load(kind, text)
    assert (tried.counts, tried.refused, tried.remarks) == (done.counts, done.refused, done.remarks)


def test_one_audit_row_says_what_an_import_did(office: Office) -> None:
    many = "\n".join(f"Company {number}" for number in range(LARGE_BATCH + 1))
    office.load(ImportKind.ACCOUNTS, f"Name\n{many}\ncompany 1\n")
    (row,) = [row for row in office.every(Audit) if row.action == "import.accounts"]
    assert row.after == {"added": LARGE_BATCH + 1, "changed": 0, "unchanged": 1, "known": 0, "unknown": 0, "refused": 0}


@pytest.mark.parametrize("dry_run", [True, False])
def test_a_line_that_clashes_does_not_take_its_neighbours_along(office: Office, dry_run: bool) -> None:
    def clash(*given: Any) -> tuple[str, Any]:
        _connection, _cursor, statement, parameters, _context, many = given

        def other(value: Any) -> Any:
            if not isinstance(value, str):
                return value
            return "acme" if value == "beta" else value.replace('"beta"', '"acme"')

        if statement.startswith("INSERT INTO account "):
            rows = [tuple(map(other, row)) for row in (parameters if many else [parameters])]
            parameters = rows if many else rows[0]
        return statement, parameters

    event.listen(office.db.engine, "before_cursor_execute", clash, retval=True)
    try:
        report = office.load(ImportKind.ACCOUNTS, "Name\nAcme\nBeta\nGamma\n", dry_run=dry_run)
    finally:
        event.remove(office.db.engine, "before_cursor_execute", clash)
    assert reasons(report) == [
        "line 3: it clashes with another line or with what somebody is changing at this moment; please import it again"
    ]
    assert counts(report) == {Result.ADDED: 2, Result.REFUSED: 1}
    assert {account.name for account in office.every(Account)} == (set() if dry_run else {"Acme", "Gamma"})


@pytest.mark.slow
@pytest.mark.parametrize("dry_run", [True, False])
def test_a_database_that_does_not_answer_is_said_plainly(tmp_path: Path, sqlite_url: str, dry_run: bool) -> None:
    db = Database(sqlite_url, Keys.of("k" * 32))
    office = Office(db, db.run_now(None, workspaces.only, Moment(NOW, Random(3).getrandbits)), tmp_path)
    path = office.file("Name\nAcme\n")
    with sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        status, out, error = office.command(ImportKind.ACCOUNTS, path, dry_run=dry_run)
        other.execute("ROLLBACK")
    other.close()
    assert (status, out) == (FAILED, "")
    assert error.startswith("The database did not answer. What was stored stays;")
    assert office.command(ImportKind.ACCOUNTS, path)[0] == DONE
    db.close()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "file.csv is empty."),
        ("Name,Country\n", "file.csv has a first line and nothing below it"),
        ("Name,Name\nAcme,Acme\n", "The column “Name” is there twice."),
        ("1,2\nAcme,DE\n", "None of the columns is one that Everboard knows"),
        ("Country\nDE\n", "A column is missing: “Account name”"),
        ("Name\n" + "Fine\n" * 200 + '"cut off', "file.csv ends within a quoted cell of line 202."),
    ],
)
def test_a_file_that_will_not_do_is_refused_before_anything_is_written(office: Office, text: str, words: str) -> None:
    with pytest.raises(RuleError) as refusal:
        office.load(ImportKind.ACCOUNTS, text)
    assert refusal.value.message.startswith(words)
    assert office.every(Account) == []
    status, out, error = office.command(ImportKind.ACCOUNTS, office.file(text))
    assert (status, out) == (WRONG_USE, "")
    assert error == f"{refusal.value.message}\n"


def interrupted_after(lines: int) -> Callable[[int, int], None]:
    def progress(done: int, _of: int) -> None:
        if done > lines:
            raise KeyboardInterrupt

    return progress


@pytest.mark.parametrize("kind", [ImportKind.ACCOUNTS, ImportKind.PEOPLE])
def test_an_import_that_is_cut_goes_on_where_it_stopped(
    office: Office, monkeypatch: pytest.MonkeyPatch, kind: ImportKind
) -> None:
    monkeypatch.setattr("bot.imports.BATCH", 10)
    monkeypatch.setattr("bot.imports.LARGE_BATCH", 10)
    lines = [f"P{number:03},p{number}@q.example,{'nonsense' if number == 5 else ''}" for number in range(100)]
    header = "Name,Email,Roles" if kind is ImportKind.PEOPLE else "Name,Website,Health"
    path = office.file("\n".join([header, *lines]))

    def run(progress: Callable[[int, int], None] | None = None) -> Report:
        return run_import(office.db, office.workspace_id, kind, path, moment_source=office.moment, progress=progress)

    with pytest.raises(KeyboardInterrupt):
        run(interrupted_after(55))
    table = Account if kind is ImportKind.ACCOUNTS else Person
    assert 55 <= len(office.every(table)) < 99
    again = run()
    assert again.went_on_behind == 41  # four batches of ten lines, behind the first
    assert [one.line for one in again.refused] == [7]
    assert counts(again)[Result.ADDED] < 50
    assert len(office.every(table)) == 99
    assert any("An earlier run was cut. Everything up to line 41" in said for said in again.sentences())
    [row] = [one for one in office.every(Audit) if one.action == f"import.{kind.value}"]
    assert isinstance(row.after, dict)
    assert row.after["added"] == 99
    assert run().went_on_behind == 0
    assert office.every(ImportProgress) == []


def test_another_file_or_another_way_of_reading_it_begins_anew(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.imports.LARGE_BATCH", 2)
    path = office.file("Name,Renewal date\n" + "".join(f"Company {number},2026-05-31\n" for number in range(20)))
    with pytest.raises(KeyboardInterrupt):
        run_import(
            office.db,
            office.workspace_id,
            ImportKind.ACCOUNTS,
            path,
            moment_source=office.moment,
            progress=interrupted_after(12),
        )
    options = {"dry_run": True}, {"dates": DayOrder.ISO}
    for option in options:
        report = run_import(
            office.db,
            office.workspace_id,
            ImportKind.ACCOUNTS,
            path,
            moment_source=office.moment,
            **option,
        )
        assert (report.went_on_behind, sum(report.counts.values())) == (0, 20)
    office.do(lambda session: import_progress.forget(session, office.now + timedelta(days=8)))
    assert office.every(ImportProgress) == []


def test_the_command_prints_the_report_and_answers_with_its_status(office: Office) -> None:
    path = office.file("Name,Country,Fax\nAcme,Germany,1\nBeta,Atlantis,2\n")
    status, out, error = office.command(ImportKind.ACCOUNTS, path)
    assert (status, error) == (DONE, "")
    assert out.splitlines() == [
        "file.csv (UTF-8): 2 accounts: 1 added, 1 refused.",
        "Columns that Everboard does not use: Fax.",
        "1 line could not be taken:",
        "  line 3: “Country”: “Atlantis” isn't the name or code of a country that Everboard knows.",
    ]
    assert office.command(ImportKind.ACCOUNTS, path, strict=True)[0] == FAILED


def test_json_is_one_document_and_nothing_else(office: Office) -> None:
    status, out, error = office.command(ImportKind.ACCOUNTS, office.file("Name\nAcme\n"), as_json=True, dry_run=True)
    assert (status, error) == (DONE, "")
    assert json.loads(out) == {
        "kind": "accounts", "file": "file.csv", "encoding": "UTF-8", "dry_run": True, "dates": None, "lines": 1,
        "added": 1, "changed": 0, "unchanged": 0, "known": 0, "unknown": 0, "refused": 0, "refusals": [],
        "remarks": [], "ignored_columns": [], "went_on_behind": 0,
    }  # fmt: skip


def test_all_refused_lines_can_be_written_to_a_file_without_formulas(office: Office) -> None:
    lines = "\n".join(f"Company {number},=cmd()" for number in range(60))
    target = office.folder / "refused.csv"
    office.command(ImportKind.ACCOUNTS, office.file(f"Name,Health\n{lines}\n"), refused_to=target)
    with target.open(encoding="utf-8-sig", newline="") as file:
        written = list(csv.reader(file))
    assert written[:2] == [["Line", "Reason"], ["2", "“Health”: “=cmd()” isn't one of: green, yellow, red."]]
    assert len(written) == 61
    missing = office.folder / "nowhere" / "refused.csv"
    assert office.command(ImportKind.ACCOUNTS, office.folder / "file.csv", refused_to=missing)[0] == WRONG_USE


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "header", "row", "most"),
    [
        (ImportKind.PEOPLE, "Name,Email,Function,Manager", "Person {0},p{0}@q.example,sales,p0@q.example", 1),
        (ImportKind.ACCOUNTS, "ID,Name,Owner email", "{0},Company {0},ada@q.example", 1),
        (ImportKind.CONTACTS, "Contact name,Company,Email", "P {0},C {0},p{0}@c.example", 1),
        (ImportKind.ADVOCATES, "Contact name,Company,Email,Consent date", "P {0},C {0},p{0}@c.example,2026-01-01", 3),
        (ImportKind.OPPORTUNITIES, "Opportunity ID,Deal name,Company,Owner,Stage", "{0},D {0},C {0},Ada,Won", 1),
        (ImportKind.NOMINATIONS, "Contact name,Company,Email,Why", "P {0},C {0},p{0}@c.example,Loves us", 25),
    ],
)
def test_a_line_costs_the_same_in_a_short_and_in_a_long_file(
    office: Office, kind: ImportKind, header: str, row: str, most: int
) -> None:
    office.load(ImportKind.PEOPLE, PEOPLE)

    def file_of(first: int, lines: int) -> str:
        return "\n".join([header, *(row.format(number) for number in range(first, first + lines))])

    short = statements_of(office, kind, file_of(0, BATCH))
    long = statements_of(office, kind, file_of(BATCH, 3 * BATCH))
    assert long <= 3 * short * 1.1
    assert long <= most * 3 * BATCH


@pytest.mark.slow
def test_five_thousand_lines(office: Office) -> None:
    office.load(ImportKind.PEOPLE, PEOPLE)
    rows = "\n".join(f"{number},Company {number},banking,DE,ada@q.example" for number in range(5000))
    statements = statements_of(office, ImportKind.ACCOUNTS, f"ID,Name,Industry,Country,Owner email\n{rows}")
    assert statements <= 5000
    assert office.see(lambda session: session.scalar(select(func.count()).select_from(Account))) == 5000


def test_an_advocate_whose_name_is_written_otherwise_is_taken_for_them_and_remarked(office: Office) -> None:
    head = ("Name", "Company", "Email", "Title")
    office.load(ImportKind.ADVOCATES, as_csv(head, ("Ada Okafor", "Harbor Mutual", "ada@h.example", "VP")))
    report = office.load(
        ImportKind.ADVOCATES,
        as_csv(
            head,
            ("ada okafor", "Harbor Mutual Inc.", "ada@h.example", "VP"),
            ("Adaeze Okafor-Li", "Harbor Mutual", "ADA@h.example", "CIO"),
        ),
    )
    sentence = "That email address is known as Ada Okafor's of Harbor Mutual, so it is taken for them."
    assert report.remarks == {sentence: (3,)}
    assert [contact.name for contact in office.every(Contact)] == ["Ada Okafor"]
    assert [advocate.title for advocate in office.every(Advocate)] == ["CIO"]
