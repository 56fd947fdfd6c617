"""`everboard import opportunities` from the file to the rows, on both databases."""

from datetime import date

import pytest
from sqlalchemy import event

from bot.import_command import DONE
from bot.imports import BATCH
from domain.imports.dates import DayOrder
from domain.imports.kinds import ImportKind
from domain.imports.report import Report, Result
from domain.money import HOW, NOT_POSITIVE
from domain.opportunities import DealKind, Status
from steps import opportunities
from steps.imports.opportunities import NO_ACCOUNT, UNKNOWN_ACCOUNT
from storage import settings
from storage.accounts import Account
from storage.audit import Audit
from storage.guard import GuardedSession
from storage.opportunities import Opportunity
from tests.bot.importing import PEOPLE, Office, as_csv, counts, office, reasons

__all__ = ["office"]

SALESFORCE = as_csv(
    (
        "Opportunity ID", "Opportunity Name", "Account Name", "Amount", "Opportunity Currency", "Close Date",
        "Created Date", "Stage", "Type", "Opportunity Owner", "Probability (%)",
    ),
    ("006Dn000004AbCd", "Roll-out", "ACME", "1.234.567,89", "EUR", "31/12/2026", "03/04/2026", "Negotiation/Review",
     "New Business", "Ada", "60"),
    ("006Dn000004AbCe", "Renewal", "Beta", "0,00", "EUR", "01/02/2026", "03/04/2025", "Closed Won", "Renewal", "", ""),
    ("006Dn000004AbCf", "Start", "Gamma AG", "$12k", "", "5/2/2026", "", "Closed - Lost", "Strategic", "", ""),
)  # fmt: skip
HUBSPOT = as_csv(
    (
        "Record ID", "Deal Name", "Associated Company", "Amount", "Amount in company currency", "Currency",
        "Close Date", "Create Date", "Deal Stage", "Deal Type", "Deal owner",
    ),
    ("901", "Roll-out", "Acme Inc.", "", "12000.5", "EUR", "2026-12-31 15:32", "2026-04-03 09:00", "closedwon",
     "existingbusiness", "ada@q.example"),
    ("902", "Start", "", "5000", "5500", "GBP", "", "", "appointmentscheduled", "newbusiness", ""),
)  # fmt: skip


def ready(office: Office) -> None:
    office.load(ImportKind.PEOPLE, PEOPLE)
    office.load(ImportKind.ACCOUNTS, "Account ID,Account name\nA1,Acme Inc.\nB1,Beta\n")


def load(office: Office, *rows: tuple[object, ...]) -> Report:
    return office.load(ImportKind.OPPORTUNITIES, as_csv(*rows))


def deals(office: Office) -> dict[str, Opportunity]:
    found = sorted(office.every(Opportunity), key=lambda deal: deal.id)
    return {deal.external_id or deal.name: deal for deal in found}


def account_id(office: Office, name: str) -> str:
    return next(account.id for account in office.every(Account) if account.name == name)


def test_a_salesforce_report(office: Office) -> None:
    ready(office)
    report = office.load(ImportKind.OPPORTUNITIES, SALESFORCE)
    assert counts(report) == {Result.ADDED: 3}
    assert list(report.sentences()) == [
        "file.csv (UTF-8): 3 opportunities: 3 added.",
        "Dates are read as day/month/year, for example 31/12/2026.",
        "Columns that Everboard does not use: Probability (%).",
        "To know of 1 line that was taken:",
        "  line 4: The type “Strategic” is no new business, renewal or expansion, and counts as new.",
        f"  line 4: {UNKNOWN_ACCOUNT}",
    ]
    rollout, renewal, start = deals(office).values()
    assert (rollout.external_id, rollout.account_id) == ("006Dn000004AbCdIAK", account_id(office, "Acme Inc."))
    assert (rollout.hundredths, rollout.currency, rollout.status) == (123456789, "EUR", Status.OPEN)
    assert (rollout.close_on, rollout.opened_on) == (date(2026, 12, 31), date(2026, 4, 3))
    assert (rollout.stage, rollout.owner_id) == ("Negotiation/Review", office.person("Ada").id)
    assert (renewal.status, renewal.kind, renewal.hundredths) == (Status.WON, DealKind.RENEWAL, 0)
    assert (start.account_id, start.account_name, start.status) == (None, "Gamma AG", Status.LOST)
    assert (start.hundredths, start.currency, start.kind) == (1200000, "USD", DealKind.NEW)


def test_a_hubspot_export(office: Office) -> None:
    ready(office)
    report = office.load(ImportKind.OPPORTUNITIES, HUBSPOT)
    assert counts(report) == {Result.ADDED: 2}
    assert report.remarks == {NO_ACCOUNT: (3,)}
    first, second = deals(office).values()
    assert (first.hundredths, first.currency) == (1200050, "USD")  # the company's own currency, not the deal's
    assert (first.status, first.kind, first.close_on) == (Status.WON, DealKind.EXPANSION, date(2026, 12, 31))
    assert first.owner_id == office.person("Ada").id
    assert (second.hundredths, second.currency, second.account_id) == (500000, "GBP", None)


def test_a_later_file_says_what_is_true_now(office: Office) -> None:
    ready(office)
    load(office, ("ID", "Deal", "Company", "Stage", "Amount"), (1, "Roll-out", "Acme", "Proposal", "10k"))
    again = load(office, ("ID", "Deal", "Company", "Stage", "Amount"), (1, "Roll-out 2", "Beta", "Closed Won", ""))
    assert counts(again) == {Result.CHANGED: 1}
    (deal,) = office.every(Opportunity)
    assert (deal.name, deal.account_id) == ("Roll-out 2", account_id(office, "Beta"))
    assert (deal.status, deal.hundredths) == (Status.WON, 1000000)
    (change,) = [row for row in office.every(Audit) if row.subject_type == "opportunity"]
    assert (change.action, change.subject_id) == ("opportunity.won", deal.id)
    assert (change.before, change.after) == ({"status": "open"}, {"status": "won"})


def test_the_same_id_twice_in_a_file_is_one_deal_as_the_later_line_says(office: Office) -> None:
    rows = [(1, "Roll-out", "Proposal"), (2, "Other", "Proposal"), ("1", "Roll-out", "Closed Lost")]
    report = load(office, ("ID", "Deal", "Stage"), *rows)
    assert counts(report) == {Result.ADDED: 2, Result.CHANGED: 1}
    assert report.remarks["Is in the file before, too; the later line counts."] == (4,)
    assert {deal.name: deal.status for deal in office.every(Opportunity)} == {"Roll-out": "lost", "Other": "open"}


def test_without_an_id_a_deal_is_known_by_its_name_and_account(office: Office) -> None:
    ready(office)
    header = ("Deal", "Company", "Stage")
    load(office, header, ("Renewal", "Acme", "Proposal"), ("Renewal", "Beta", "Proposal"), ("Renewal", "Gamma", "New"))
    report = load(office, header, ("RENEWAL", "ACME Inc.", "Won"), ("Renewal", "Gamma", "Lost"))
    assert counts(report) == {Result.CHANGED: 2}
    found = {deal.account_id or deal.account_name: deal.status for deal in office.every(Opportunity)}
    acme, beta = account_id(office, "Acme Inc."), account_id(office, "Beta")
    assert found == {acme: "won", beta: "open", "Gamma": "lost"}


@pytest.mark.parametrize("with_ids", [True, False])
def test_deals_of_one_name_at_accounts_that_nobody_knows_are_not_all_read(office: Office, with_ids: bool) -> None:
    lines = [(f"id {at}" if with_ids else "", "Renewal", f"Company {at}") for at in range(4 * BATCH)]
    read: list[object] = []
    load(office, ("ID", "Deal", "Company"), *lines)

    def note(row: object, _context: object) -> None:
        read.append(row)

    event.listen(Opportunity, "load", note)
    try:
        assert counts(load(office, ("ID", "Deal", "Company"), *lines)) == {Result.UNCHANGED: len(lines)}
    finally:
        event.remove(Opportunity, "load", note)
    assert len(read) == len(lines)


def test_ids_are_given_to_those_known_by_name_and_part_those_of_one_name(office: Office) -> None:
    ready(office)
    load(office, ("Deal", "Company"), ("Renewal", "Acme"))
    header = ("ID", "Deal", "Company", "Stage")
    both = load(office, header, ("1", "Renewal", "Acme", "Won"), ("2", "Renewal", "Acme", "Open"))
    assert counts(both) == {Result.CHANGED: 1, Result.ADDED: 1}
    report = load(office, header, ("", "Renewal", "Acme", "Lost"))
    assert reasons(report) == ["line 2: several deals have this name and account; which one is it? Their CRM ids: 1, 2"]
    assert {deal.external_id: deal.status for deal in office.every(Opportunity)} == {"1": "won", "2": "open"}


def test_accounts_that_come_later_are_tied_by_the_same_file(office: Office) -> None:
    text = as_csv(("ID", "Deal", "Account ID", "Account name"), (1, "Roll-out", "A1", "The Acme people"))
    assert office.load(ImportKind.OPPORTUNITIES, text).remarks == {UNKNOWN_ACCOUNT: (2,)}
    ready(office)
    report = office.load(ImportKind.OPPORTUNITIES, text)
    assert (counts(report), report.remarks) == ({Result.CHANGED: 1}, {})
    (deal,) = office.every(Opportunity)
    assert (deal.account_id, deal.account_name) == (account_id(office, "Acme Inc."), None)
    moved = load(office, ("ID", "Deal", "Account name"), (1, "Roll-out", "Elsewhere"))
    assert counts(moved) == {Result.CHANGED: 1}
    (deal,) = office.every(Opportunity)
    assert (deal.account_id, deal.account_name) == (None, "Elsewhere")


def test_a_deal_that_somebody_typed_becomes_the_crms(office: Office) -> None:
    def typed(session: GuardedSession) -> None:
        row = Opportunity(id="1", name="Roll-out", key="roll-out", status="open", source=opportunities.FORM)
        row.created_at = office.moment().now
        session.add(row)

    ready(office)
    office.do(typed)
    load(office, ("ID", "Deal", "Company", "Stage"), ("9", "roll-out", "Acme", "Closed Won"))
    (deal,) = office.every(Opportunity)
    assert (deal.id, deal.external_id, deal.source, deal.status) == ("1", "9", "import", "won")
    assert deal.account_id == account_id(office, "Acme Inc.")


def test_a_crm_that_says_won_beside_the_last_stage(office: Office) -> None:
    load(
        office,
        ("Deal - Title", "Deal - Stage", "Deal - Status"),
        ("One", "Contract", "Won"),
        ("Two", "Contract", "Open"),
        ("Three", "", "Lost"),
    )
    found = {deal.name: (deal.stage, deal.status) for deal in office.every(Opportunity)}
    assert found == {"One": ("Won", "won"), "Two": ("Contract", "open"), "Three": ("Lost", "lost")}


def test_the_workspaces_own_reading_of_stages_counts(office: Office) -> None:
    office.do(lambda session: settings.save(session, office.moment(), None, "stage_map", {"handed over": "won"}))
    load(office, ("Deal", "Stage"), ("One", "Handed Over"), ("Two", "Closed Won"))
    assert {deal.status for deal in office.every(Opportunity)} == {"won"}


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"Deal": ""}, "line 2: “Deal” is empty."),
        ({"Deal": "x" * 300}, "line 2: “Deal”: Please keep this to 255 characters; it has 300 now."),
        ({"Amount": "lots"}, f"line 2: the amount “lots” won't do: {HOW}"),
        ({"Amount": "-5"}, f"line 2: the amount “-5” won't do: {NOT_POSITIVE}"),
        (
            {"Amount": "EUR 5", "Currency": "USD"},
            "line 2: the amount is in EUR, but the currency beside it is USD",
        ),
        ({"Currency": "gold"}, "line 2: “Currency”: “gold” isn't the code of a currency, such as EUR."),
        ({"Close date": "soon"}, "line 2: “Close date”: “soon” isn't a day; write it as 2026-05-31."),
        (
            {"Company": "", "Stage": "", "Amount": "", "Close date": "", "Deal": "Confidential Information"},
            "line 2: it says nothing but a name; is it the end of a report? A deal has an account, a stage or a day",
        ),
    ],
)  # fmt: skip
def test_a_line_that_will_not_do_is_refused_and_the_others_kept(
    office: Office, cells: dict[str, str], reason: str
) -> None:
    fine = {"Deal": "Roll-out", "Company": "Acme", "Stage": "Won", "Amount": "5", "Currency": "", "Close date": ""}
    report = load(office, tuple(fine), tuple((fine | cells).values()), tuple((fine | {"Deal": "Fine"}).values()))
    assert reasons(report) == [reason]
    assert [deal.name for deal in office.every(Opportunity)] == ["Fine"]


@pytest.mark.parametrize(("own", "amount", "beside", "company_amount", "read"), [
    ("EUR", "5", "", "", "EUR"), ("EUR", "", "", "7", "EUR"), ("EUR", "5", "USD", "", "USD"),
    ("AUD", "5", "$", "", "AUD"), ("EUR", "5", "$", "", "USD"), ("AUD", "$5", "", "", "AUD"),
    ("SEK", "5", "kr", "", "SEK"),
])  # fmt: skip
def test_money_without_a_currency_is_in_the_workspaces(
    office: Office, own: str, amount: str, beside: str, company_amount: str, read: str
) -> None:
    office.do(lambda session: settings.save(session, office.moment(), None, "currency", own))
    header = ("Deal", "Company", "Amount", "Currency", "Amount in company currency")
    assert reasons(load(office, header, ("Roll-out", "Acme", amount, beside, company_amount))) == []
    (deal,) = office.every(Opportunity)
    assert deal.currency == read


def test_a_currency_that_could_be_several_countries_is_asked_for(office: Office) -> None:
    report = load(office, ("Deal", "Company", "Amount", "Currency"), ("Roll-out", "Acme", "5", "kr"))
    assert reasons(report) == ["line 2: the currency “kr” isn't the code of a currency, such as EUR"]


def test_days_that_could_be_two_are_asked_for(office: Office) -> None:
    path = office.file(as_csv(("Deal", "Close date", "Stage"), ("One", "03/04/2026", "Won"), ("Two", "", "Won")))
    asked = office.command(ImportKind.OPPORTUNITIES, path)[1].splitlines()
    assert asked[0] == "file.csv (UTF-8): 2 opportunities: 1 added, 1 refused."
    assert asked[1] == (
        "Nothing in this file says which number is the month. Lines with a date such as 03/04/2026, which could be two "
        "days, are refused: import the file again with --dates day-first or --dates month-first."
    )
    assert office.command(ImportKind.OPPORTUNITIES, path, dates=DayOrder.MONTH_FIRST)[0] == DONE
    assert deals(office)["One"].close_on == date(2026, 3, 4)


def test_of_hostile_text_nothing_but_text_is_kept(office: Office) -> None:
    name = "=cmd() <!channel> 😀 \u202eolleh %_"
    load(office, ("Deal", "Company", "Stage"), (name, "<@U1>", "*Won*"))
    (deal,) = office.every(Opportunity)
    assert (deal.name, deal.account_name) == ("=cmd() <!channel> 😀 olleh %_", "<@U1>")
    assert deal.status == Status.WON
