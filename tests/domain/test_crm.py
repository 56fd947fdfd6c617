"""Which field is which column, what a record says, and what a CRM is told."""

from datetime import UTC, date, datetime, timedelta

import pytest

from domain.crm import (
    OVERLAP,
    TOLD_LIMIT,
    USUAL,
    Mark,
    Thing,
    Use,
    cells_of,
    check_write_field,
    columns_of,
    fields_of,
    lines_of,
    read_lines,
    since,
    told,
)
from domain.errors import RuleError
from domain.imports.layout import read_header

NOW = datetime(2026, 3, 4, 9, tzinfo=UTC)


@pytest.mark.parametrize("thing", Thing)
def test_the_usual_fields_fill_columns_that_an_import_knows(thing: Thing) -> None:
    assert set(USUAL[thing]) <= set(columns_of(thing))
    assert read_header(thing.kind, list(USUAL[thing])).ignored == ()
    assert read_lines(thing, lines_of(thing, {}), "x") == {}


def test_what_differs_from_the_usual_is_kept_and_a_missing_line_leaves_a_column_out() -> None:
    lines = "account id=Id\nAccount Name = Name\n\nHealth =Health__c\nAccount Owner Email = Account.Owner.Email"
    found = read_lines(Thing.ACCOUNTS, lines, "x")
    assert found == {
        "Domain": "",
        "Industry": "",
        "Country": "",
        "Annual revenue": "",
        "Health": "Health__c",
        "Account Owner Email": "Account.Owner.Email",
    }
    fields = fields_of(Thing.ACCOUNTS, {"accounts": found})
    assert fields == {
        "Account ID": "Id",
        "Account name": "Name",
        "Account Owner Email": "Account.Owner.Email",
        "Health": "Health__c",
    }
    assert read_lines(Thing.ACCOUNTS, lines_of(Thing.ACCOUNTS, {"accounts": found}), "x") == found


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ("Account ID = Id\nAccount name = Name\nMood = Mood__c", "“Mood” is no column; there are: Account name"),
        (
            "Account ID = Id\nAccount name = Name\nHealth = Health FROM User--",
            "“Health FROM User--” is no field's name",
        ),
        ("Account ID = Id\nAccount name = Name\nHealth", "“” is no field's name"),
        ("Account name = Name", "“Account ID” is missing: without it nothing can be told apart."),
        ("", "“Account name” is missing"),
    ],
)
def test_lines_that_are_wrong_are_told_at_their_field(lines: str, words: str) -> None:
    with pytest.raises(RuleError) as refusal:
        read_lines(Thing.ACCOUNTS, lines, "crm_accounts")
    assert words in refusal.value.fields["crm_accounts"]


@pytest.mark.parametrize("name", ["Amount", "Account.Proof__c", "Proof__c; DROP", "x" * 130 + "__c"])
def test_only_a_field_of_the_companys_own_is_written(name: str) -> None:
    with pytest.raises(RuleError, match="a field that your company added"):
        check_write_field(name, "x")
    assert (check_write_field(" Proof__c ", "x"), check_write_field("  ", "x")) == ("Proof__c", "")


def test_a_record_as_cells() -> None:
    record = {
        "Name": "Acme",
        "Amount": 1234.5,
        "Whole": 12000000.0,
        "Third": 0.125,
        "Flag": False,
        "Owner": {"Email": "bob@q.example"},
        "Account": None,
        "IsWon": False,
        "IsClosed": True,
    }
    fields = ("Name", "Amount", "Whole", "Third", "Flag", "Owner.Email", "Account.Name", "Missing", "IsWon")
    assert cells_of(record, fields) == ["Acme", "1234.5", "12000000", "0.1250", "no", "bob@q.example", "", "", "Lost"]
    assert [cells_of({"IsWon": won, "IsClosed": closed}, ["IsWon"])[0] for won, closed in ((1, 1), (0, 1), (0, 0))] == [
        "Won",
        "Lost",
        "Open",
    ]


def test_a_reading_begins_a_little_before_the_last_and_a_cut_one_right_where_it_was() -> None:
    mark = Mark(NOW, "001A")
    assert since(mark, going_on=True) == mark
    assert since(mark, going_on=False) == Mark(NOW - OVERLAP, "")
    assert since(None, going_on=False) is None
    assert timedelta(minutes=1) < OVERLAP


def test_a_crm_is_told_activities_and_days_and_no_name() -> None:
    uses = [Use("case study", date(2026, 3, 4)), Use("reference call", date(2026, 3, 1))]
    assert told(uses) == "2026-03-01 reference call; 2026-03-04 case study"
    assert len(told(uses * 50)) == TOLD_LIMIT
