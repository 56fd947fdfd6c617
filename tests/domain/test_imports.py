"""What columns and cells of an imported file mean, in tables of cases."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.advocates import ConsentScope, State
from domain.errors import RuleError
from domain.imports import cells
from domain.imports.cells import Parser, Reading
from domain.imports.columns import COLUMNS
from domain.imports.dates import DayOrder, Days, DaysRead, read_day
from domain.imports.kinds import AccountRow, AdvocateRow, ImportKind, NominationRow, PersonRow
from domain.imports.layout import Layout, Line, Reader, days_at, read_header
from domain.imports.report import MOST_SHOWN, Outcome, Result, summed_up, together
from domain.people import Function, Role

DAY, MONTH = DayOrder.DAY_FIRST, DayOrder.MONTH_FIRST


def layout_of(kind: ImportKind, *headings: str) -> Layout:
    return read_header(kind, headings)


@pytest.mark.parametrize(
    ("kind", "heading", "field"),
    [
        (ImportKind.ACCOUNTS, "Account Name", "name"),
        (ImportKind.ACCOUNTS, "ACCOUNT_NAME", "name"),
        (ImportKind.ACCOUNTS, "  account   name ", "name"),
        (ImportKind.ACCOUNTS, "AccountName", "name"),
        (ImportKind.ACCOUNTS, "Company name", "name"),
        (ImportKind.ACCOUNTS, "Account: Industry", "industry"),
        (ImportKind.ACCOUNTS, "Health__c", "health"),
        (ImportKind.ACCOUNTS, "Billing Country", "country"),
        (ImportKind.ACCOUNTS, "BillingCountryCode", "country"),
        (ImportKind.ACCOUNTS, "Country/Region", "country"),
        (ImportKind.ACCOUNTS, "Company owner", "owner"),
        (ImportKind.ACCOUNTS, "Account Owner Email", "owner"),
        (ImportKind.ACCOUNTS, "Annual Revenue", "annual_revenue"),
        (ImportKind.ACCOUNTS, "Website", "domain"),
        (ImportKind.ACCOUNTS, "Account ID", "external_id"),
        (ImportKind.ACCOUNTS, "Record ID - Company", "external_id"),
        (ImportKind.PEOPLE, "E-Mail", "email"),
        (ImportKind.PEOPLE, "Manager's email", "manager"),
        (ImportKind.PEOPLE, "Department", "function"),
        (ImportKind.ADVOCATES, "Contact: Email", "email"),
        (ImportKind.ADVOCATES, "Contact: Full Name", "contact_name"),
        (ImportKind.NOMINATIONS, "Nominated By", "nominator"),
    ],
)
def test_a_column_is_found_under_the_names_that_people_and_programs_give_it(
    kind: ImportKind, heading: str, field: str
) -> None:
    others = [column.names[0] for column in COLUMNS[kind].columns if column.field in COLUMNS[kind].required]
    wanted = [name for name in others if cells.key(name) != cells.key(heading)]
    found = {one.heading: one.column.field for one in layout_of(kind, heading, *wanted).found}
    assert found[heading] == field


@pytest.mark.parametrize("kind", ImportKind)
def test_no_name_means_two_columns_of_one_kind(kind: ImportKind) -> None:
    owners: dict[str, set[str]] = {}
    for column in COLUMNS[kind].columns:
        for name in column.names:
            owners.setdefault(cells.key(name), set()).add(column.field)
    assert {name: fields for name, fields in owners.items() if len(fields) > 1} == {}


@pytest.mark.parametrize("kind", ImportKind)
def test_every_column_fills_a_field_of_its_row(kind: ImportKind) -> None:
    fields = set(COLUMNS[kind].row.__annotations__) | {"first_name", "last_name"}
    assert {column.field for column in COLUMNS[kind].columns} <= fields
    assert fields - {column.field for column in COLUMNS[kind].columns} <= {"line", "first_name", "last_name"}


@pytest.mark.parametrize(
    ("headings", "words"),
    [
        (("Name", "Email", "name "), "The column “name” is there twice"),
        (("1", "Acme"), "None of the columns is one that Everboard knows: “1” and “Acme”"),
        (("Email", "Title"), "A column is missing: “Name” (it may also be called “Full name”"),
        (("Name", "Title"), "A column is missing: “Email”"),
        (("First name", "Email"), "A column is missing: “Name”"),
    ],
)
def test_a_first_line_that_will_not_do_is_refused_with_a_sentence(headings: tuple[str, ...], words: str) -> None:
    with pytest.raises(RuleError) as refusal:
        read_header(ImportKind.PEOPLE, headings)
    assert words in refusal.value.message


def test_columns_that_everboard_does_not_use_are_named() -> None:
    assert layout_of(ImportKind.ACCOUNTS, "Name", "Fax", "", "Shoe size").ignored == ("Fax", "Shoe size")


def test_a_salesforce_export_of_accounts() -> None:
    facts = {
        "Account ID": "001",
        "Account Name": "Acme Inc.",
        "Billing Country": "",
        "Billing Country Code": "DE",
        "Annual Revenue": "$1,200,000",
        "Account Owner": "Ada L.",
        "Account Owner Email": "ada@q.example",
        "Industry": "Health Care",
        "Website": "https://www.acme.example/de",
        "Type": "Customer",
    }
    layout, row = layout_of(ImportKind.ACCOUNTS, *facts), tuple(facts.values())
    assert layout.ignored == ("Type",)
    assert Reader(layout).read(Line(2, row)).row == AccountRow(
        2,
        "Acme Inc.",
        domain="acme.example",
        industry="healthcare",
        country="DE",
        annual_revenue="1200000",
        owner="ada@q.example",
        external_id="001",
    )


def test_a_hubspot_export_of_companies() -> None:
    layout = layout_of(
        ImportKind.ACCOUNTS,
        "Record ID",
        "Company name",
        "Company owner",
        "Country/Region",
        "Industry",
        "Company Domain Name",
        "Website URL",
    )
    row = (
        Reader(layout)
        .read(Line(9, ("77", "Acme", "Ada Lovelace", "United Kingdom", "BANKING", "", "acme.example")))
        .row
    )
    assert row == AccountRow(
        9,
        "Acme",
        domain="acme.example",
        industry="banking",
        country="GB",
        owner="Ada Lovelace",
        external_id="77",
    )


def test_first_and_last_name_make_a_name_where_there_is_no_whole_one() -> None:
    layout = layout_of(ImportKind.PEOPLE, "Last Name", "First Name", "Email", "Display name")
    assert Reader(layout).read(Line(2, ("Byron", "Ada", "a@q.example", ""))).row == PersonRow(
        2, "Ada Byron", "a@q.example"
    )
    assert Reader(layout).read(Line(3, ("Byron", "Ada", "a@q.example", "Ada L."))).row == PersonRow(
        3, "Ada L.", "a@q.example"
    )
    assert Reader(layout).read(Line(4, ("", "Ada", "a@q.example"))).row == PersonRow(4, "Ada", "a@q.example")


def test_a_person_with_function_roles_and_manager() -> None:
    layout = layout_of(ImportKind.PEOPLE, "Name", "Email", "Function", "Roles", "Manager email")
    row = (
        Reader(layout)
        .read(Line(2, ("Ada", "a@q.example", "Customer Success", "Advocacy team; admin", "b@q.example")))
        .row
    )
    assert row == PersonRow(
        2,
        "Ada",
        "a@q.example",
        Function.CUSTOMER_SUCCESS,
        manager="b@q.example",
        roles=(Role.TEAM, Role.ADMIN),
    )


def test_a_department_that_is_no_function_counts_as_other_and_is_remarked() -> None:
    layout = layout_of(ImportKind.PEOPLE, "Name", "Email", "Department")
    read = Reader(layout).read(Line(2, ("Ada", "a@q.example", "Finance")))
    assert isinstance(read.row, PersonRow)
    assert read.row.function is Function.OTHER
    assert read.remarks == ("“Finance” is none of Everboard's functions and counts as “other”.",)


def test_an_advocate_with_lists_days_and_consent() -> None:
    layout = layout_of(
        ImportKind.ADVOCATES,
        "Contact name",
        "Company",
        "Languages",
        "Activities",
        "State",
        "Consent date",
        "Consent scope",
    )
    texts = ("Ada", "Acme", "English, German", "Case studies; Speaker", "Published", "3 May 2026", "listed; public")
    assert Reader(layout).read(Line(2, texts)).row == AdvocateRow(
        2,
        "Ada",
        "Acme",
        languages=("English", "German"),
        activities=("case study", "event speaker"),
        state=State.ACTIVE,
        consent_on=date(2026, 5, 3),
        consent_scopes=(ConsentScope.LISTED, ConsentScope.PUBLIC),
    )


def test_text_that_looks_like_a_formula_or_a_mention_stays_text() -> None:
    layout = layout_of(ImportKind.NOMINATIONS, "Contact name", "Company", "Why", "Title")
    row = Reader(layout).read(Line(2, ("=cmd()", "+Acme", "<!channel> @here\nline two", "-1"))).row
    assert row == NominationRow(2, "=cmd()", "+Acme", "<!channel> @here\nline two", title="-1")


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (("", "a@q.example", ""), "“Name” is empty."),
        (("Ada", " ", ""), "“Email” is empty."),
        (
            ("Ada", "a@q.example", "captain"),
            "“Roles”: “captain” names “captain”, which isn't one of: advocacy team, program leader",
        ),
        (("A" * 200, "a@q.example", ""), "“Name”: Please keep this to 120 characters; it has 200 now."),
        (("Ada", "a@q.example", "", "x"), "It has 4 cells, but the first line names 3 columns."),
    ],
)
def test_a_line_that_will_not_do_is_refused_with_a_sentence(row: tuple[str, ...], words: str) -> None:
    with pytest.raises(RuleError) as refusal:
        Reader(layout_of(ImportKind.PEOPLE, "Name", "Email", "Roles")).read(Line(2, row))
    assert refusal.value.message.startswith(words)


def test_everything_that_is_wrong_in_a_line_is_said_at_once() -> None:
    layout = layout_of(ImportKind.ACCOUNTS, "Name", "Country", "Health", "Renewal date")
    with pytest.raises(RuleError) as refusal:
        Reader(layout).read(Line(2, ("Acme", "Atlantis", "purple", "soon")))
    assert refusal.value.message == (
        "“Country”: “Atlantis” isn't the name or code of a country that Everboard knows; "
        "“Health”: “purple” isn't one of: green, yellow, red; "
        "“Renewal date”: “soon” isn't a day; write it as 2026-05-31."
    )


def test_what_a_refusal_quotes_is_short_and_harmless() -> None:
    layout = layout_of(ImportKind.ACCOUNTS, "Name", "Health")
    with pytest.raises(RuleError) as refusal:
        Reader(layout).read(Line(2, ("Acme", "\x1b[31m" + "red\n" * 5000)))
    assert len(refusal.value.message) < 150
    assert "\x1b" not in refusal.value.message
    assert "\n" not in refusal.value.message


@pytest.mark.parametrize(
    ("cell", "order", "day"),
    [
        ("2026-05-31", None, date(2026, 5, 31)),
        ("2026/05/31", None, date(2026, 5, 31)),
        ("2026/5/1", None, date(2026, 5, 1)),
        ("20260531", None, date(2026, 5, 31)),
        ("2026-05-31T10:00:00.000Z", None, date(2026, 5, 31)),
        ("31.05.2026", None, date(2026, 5, 31)),
        ("3.5.26", None, date(2026, 5, 3)),
        ("31/05/2026", None, date(2026, 5, 31)),
        ("05/31/2026", None, date(2026, 5, 31)),
        ("5/31/2026 12:00 AM", None, date(2026, 5, 31)),
        ("03/04/2026", DAY, date(2026, 4, 3)),
        ("03/04/2026", MONTH, date(2026, 3, 4)),
        ("05/05/2026", None, date(2026, 5, 5)),
        ("31/05/2026", MONTH, date(2026, 5, 31)),
        ("3 May 2026", None, date(2026, 5, 3)),
        ("3rd may 2026", None, date(2026, 5, 3)),
        ("03-May-26", None, date(2026, 5, 3)),
        ("May 3, 2026", None, date(2026, 5, 3)),
        ("September 30 2026", None, date(2026, 9, 30)),
        ("29.02.2028", None, date(2028, 2, 29)),
    ],
)
def test_a_day_is_read_in_the_common_orders(cell: str, order: DayOrder | None, day: date) -> None:
    assert read_day(cell, order) == day


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("03/04/2026", "could be two days"),
        ("3-4-26", "could be two days"),
        ("31/31/2026", "isn't a day"),
        ("2026-02-30", "isn't a day"),
        ("29.02.2026", "isn't a day"),
        ("3 Foo 2026", "isn't a day"),
        ("tomorrow", "isn't a day"),
        ("=TODAY()", "isn't a day"),
        ("99999999999", "isn't a day"),
    ],
)
def test_what_is_no_day_or_two_is_refused(cell: str, words: str) -> None:
    with pytest.raises(RuleError, match=words):
        read_day(cell, None)


def days_of(*cells: str, told: DayOrder | None = None) -> DaysRead:
    days = Days()
    for cell in cells:
        days.look(cell)
    return days.read(told)


UNCLEAR = (
    "Lines with a date such as 03/04/2026, which could be two days, are refused: import the file again with "
    "--dates day-first or --dates month-first."
)


@pytest.mark.parametrize(
    ("seen", "order", "sentence"),
    [
        (("03/04/2026", "31/12/2026"), DAY, "Dates are read as day/month/year, for example 31/12/2026."),
        (("3-4-2026", "5-31-2026 8:00 AM"), MONTH, "Dates are read as month-day-year, for example 5-31-2026."),
        (("1.2.2026",), DAY, "Dates are read as day.month.year, for example 1.2.2026."),
        (("2026-05-31T10:00", "Acme", ""), DayOrder.ISO, "Dates are read as year-month-day, for example 2026-05-31."),
        (("20260531",), DayOrder.ISO, "Dates are read as year month day, for example 20260531."),
        (("2026-05-31", "31/12/2026"), DAY, "Dates are read as day/month/year, for example 31/12/2026."),
        (("05/05/2026", "3 May 2026", ""), None, ""),
        (("03/04/2026", "2026-05-31"), None, f"Nothing in this file says which number is the month. {UNCLEAR}"),
        (
            ("31/05/2026", "05/31/2026"),
            None,
            "Some dates of this file have the day first (31/05/2026) and some the month (05/31/2026).",
        ),
        (
            ("31/05/2026", "05/31/2026", "03/04/2026"),
            None,
            f"Some dates of this file have the day first (31/05/2026) and some the month (05/31/2026). {UNCLEAR}",
        ),
    ],
)
def test_the_whole_file_decides_which_number_is_the_month_and_says_so(
    seen: tuple[str, ...], order: DayOrder | None, sentence: str
) -> None:
    assert days_of(*seen) == DaysRead(order, sentence)


@pytest.mark.parametrize(
    ("seen", "told", "sentence"),
    [
        (("03/04/2026",), DAY, "Dates are read as day/month/year, as --dates says, for example 03/04/2026."),
        (("3/4/26", "2026-05-31"), MONTH, "Dates are read as month/day/year, as --dates says, for example 3/4/26."),
        (("2026-05-31",), DayOrder.ISO, "Dates are read as year-month-day, as --dates says, for example 2026-05-31."),
        ((), MONTH, ""),
    ],
)  # fmt: skip
def test_whoever_imports_it_may_say_how_dates_are_meant(seen: tuple[str, ...], told: DayOrder, sentence: str) -> None:
    assert days_of(*seen, told=told) == DaysRead(told, sentence)


@pytest.mark.parametrize(
    ("seen", "told"),
    [("31/05/2026", MONTH), ("05/31/2026", DAY), ("03/04/2026", DayOrder.ISO), ("1.2.26", DayOrder.ISO)],
)
def test_a_file_that_contradicts_is_refused(seen: str, told: DayOrder) -> None:
    with pytest.raises(RuleError) as refusal:
        days_of("2026-01-01", seen, told=told)
    assert refusal.value.message == f"--dates says {told.value}, but {seen} is written in another order."


def test_only_columns_of_days_prove_the_order() -> None:
    layout = layout_of(ImportKind.ACCOUNTS, "Name", "Renewal date")
    assert days_at(layout) == (1,)
    assert days_at(layout_of(ImportKind.ACCOUNTS, "Name")) == ()


@given(st.text(max_size=60))
def test_no_cell_makes_reading_a_day_fail_otherwise(cell: str) -> None:
    with suppress(RuleError):
        assert read_day(cell, DAY).year >= 1


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        ("1200000", "1200000"),
        ("1,200,000", "1200000"),
        ("1.200.000", "1200000"),
        ("1'200'000", "1200000"),
        ("1 200 000,50", "1200000.50"),
        ("1,200,000.50", "1200000.50"),
        ("1.200.000,50", "1200000.50"),
        ("1,200", "1200"),
        ("0.125", "0.125"),
        ("12.5", "12.5"),
        ("$1,200", "1200"),
        ("€ 1.200", "EUR 1200"),
        ("1200 €", "EUR 1200"),
        ("USD 1,200,000", "USD 1200000"),
        ("1200 chf", "CHF 1200"),
    ],
)
def test_an_amount_is_read_as_people_write_it(cell: str, amount: str) -> None:
    assert cells.amount(cell, Reading()) == amount


@pytest.mark.parametrize("cell", ["=1+1", "lots", "1-2", "1,2,3.4.5x", "-", "12 dollars"])
def test_what_is_no_amount_is_refused(cell: str) -> None:
    with pytest.raises(RuleError, match="isn't an amount"):
        cells.amount(cell, Reading())


@pytest.mark.parametrize(
    ("parse", "cell", "value"),
    [
        (cells.health, "GOOD", "green"),
        (cells.health, "At-risk", "red"),
        (cells.health, "amber", "yellow"),
        (cells.yes, "Y", True),
        (cells.yes, "TRUE", True),
        (cells.yes, "not yet", False),
        (cells.entries, "a; b;a ;; c", ("a", "b", "c")),
        (cells.entries, "a, b", ("a", "b")),
        (cells.entries, "Signal, Gate; Trail", ("Signal, Gate", "Trail")),
        (cells.website, "HTTPS://www.Acme.example/de?x=1", "acme.example"),
        (cells.website, "acme.example:8080", "acme.example"),
        (cells.country, "U.S.A.", "US"),
        (cells.country, "Deutschland", "DE"),
        (cells.industry, "pharma", "life sciences"),
        (cells.industry, "Underwater basketry", "Underwater basketry"),
        (cells.segment, "SMB", "small business"),
        (cells.segment, "Tier 7", "Tier 7"),
        (cells.scopes, "Be named and quoted in public", (ConsentScope.PUBLIC,)),
        (cells.state, "resting", State.RESTING),
    ],
)
def test_a_cell_is_read_loosely(parse: Parser, cell: str, value: object) -> None:
    assert parse(cell, Reading()) == value


def test_a_list_without_end_is_refused() -> None:
    with pytest.raises(RuleError, match="has 60 entries; a list holds up to 50"):
        cells.entries(";".join(map(str, range(60))), Reading())


@given(st.sampled_from(list(ImportKind)), st.lists(st.text(max_size=80), min_size=1, max_size=30))
def test_no_line_makes_reading_fail_otherwise(kind: ImportKind, texts: list[str]) -> None:
    headings = [column.names[0] for column in COLUMNS[kind].columns]
    row = [texts[at % len(texts)] for at in range(len(headings))]
    with suppress(RuleError):
        assert Reader(read_header(kind, headings)).read(Line(5, row)).row.line == 5


def outcome(line: int, result: Result, *remarks: str, reason: str = "") -> Outcome:
    return Outcome(line, result, reason, remarks)


def test_the_report_counts_names_and_explains() -> None:
    outcomes = [
        outcome(2, Result.ADDED, "Same."),
        outcome(3, Result.ADDED, "Same."),
        outcome(4, Result.UNCHANGED, "Same.", "Own."),
        outcome(5, Result.CHANGED, "Same."),
        outcome(6, Result.REFUSED, reason="“Name” is empty."),
    ]
    report = summed_up(ImportKind.PEOPLE, "people.csv", "UTF-8", outcomes, ("Fax",), dry_run=False)
    assert list(report.sentences()) == [
        "people.csv (UTF-8): 5 people: 2 added, 1 changed, 1 unchanged, 1 refused.",
        "Columns that Everboard does not use: Fax.",
        "To know of 4 lines that were taken:",
        "  lines 2, 3, 4 and 1 more: Same.",
        "  line 4: Own.",
        "1 line could not be taken:",
        "  line 6: “Name” is empty.",
    ]
    assert report.as_json()["refusals"] == [{"line": 6, "reason": "“Name” is empty."}]
    assert report.as_json()["added"] == 2


@pytest.mark.parametrize(("kind", "words"), [(ImportKind.PEOPLE, "1 person"), (ImportKind.ACCOUNTS, "1 account")])
def test_one_line_is_counted_in_the_singular(kind: ImportKind, words: str) -> None:
    report = summed_up(kind, "x.csv", "UTF-8", [outcome(2, Result.ADDED)], (), dry_run=False)
    assert list(report.sentences()) == [f"x.csv (UTF-8): {words}: 1 added."]


def test_a_long_list_of_refusals_is_cut_on_the_screen_and_whole_as_json() -> None:
    outcomes = [outcome(line, Result.REFUSED, reason="No.") for line in range(2, 1002)]
    report = summed_up(ImportKind.PEOPLE, "people.csv", "UTF-8", outcomes, (), dry_run=True)
    printed = list(report.sentences())
    assert len(printed) == MOST_SHOWN + 3
    assert printed[0].endswith("Nothing was written: this was a dry run.")
    assert printed[1] == "1,000 lines could not be taken:"
    assert printed[-1] == "  … and 950 more refused lines; --refused FILE writes them all down."
    assert len(report.as_json()["refusals"]) == 1000


@pytest.mark.parametrize(
    ("first", "second", "result"),
    [
        (Result.ADDED, Result.CHANGED, Result.ADDED),
        (Result.UNCHANGED, Result.CHANGED, Result.CHANGED),
        (Result.REFUSED, Result.UNCHANGED, Result.REFUSED),
        (Result.CHANGED, Result.UNCHANGED, Result.CHANGED),
    ],
)
def test_two_passes_over_a_line_count_once(first: Result, second: Result, result: Result) -> None:
    assert together(outcome(2, first, "a"), outcome(2, second, "b")) == outcome(2, result, "a", "b")


@pytest.mark.parametrize(
    ("parse", "good", "bad", "words"),
    [
        (cells.phone, "+49 (30) 901-820", "call Kim", "isn't a phone number of 6 to 20 digits"),
        (cells.address, "https://acme.example/story", "see wiki", "isn't a web address"),
    ],
)
def test_a_number_or_an_address_is_kept_as_it_stands_or_refused(parse: Parser, good: str, bad: str, words: str) -> None:
    assert parse(f" {good} ", Reading()) == good
    with pytest.raises(RuleError, match=words):
        parse(bad, Reading())
