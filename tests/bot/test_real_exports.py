"""Files as real life brings them: misspelt, mixed, cut, huge. Good lines stay, bad ones are named, none doubles."""

import tracemalloc
from datetime import date
from itertools import repeat
from pathlib import Path

import pytest

from bot.csv_files import NO_ENCODING, READ_AS_WINDOWS, open_csv
from domain.errors import RuleError
from domain.imports.dates import DayOrder
from domain.imports.kinds import ImportKind
from domain.imports.report import Result
from storage.accounts import Account
from storage.opportunities import Opportunity
from tests.bot.importing import Office, as_csv, counts, office, reasons, rows_of_everything

__all__ = ["office"]

ACCOUNTS = as_csv(
    ("Account ID", "Account name", "Industry", "Country", "Products", "Renewal date"),
    ("1", "Harbor Mutual", "Insurance", "Germany", "Signal", "2027-01-31"),
    ("2", "North Clinic", "Helthcare", "Germny", "Signal", "2027-01-31"),
    ("3", "Blue Bank", "Banking", "France", "Signall", "2027-01-31"),
    ("4", "Green Grid", "Energy", "Spain", "Signal", "the end of May"),
)

DEALS = as_csv(
    ("Opportunity ID", "Opportunity name", "Account name", "Amount", "Stage", "Close date"),
    ("D1", "Rollout", "Harbor Mutual", "1000", "Negotiation", "31-12-26"),
    ("D2", "Nobody's", "", "500", "Negotiation", "05-01-27"),
    ("D3", "Elsewhere", "Never Heard Of", "500", "Negotiation", "06-01-27"),
    ("D4", "Odd", "Harbor Mutual", "a lot", "Negotiation", "07-01-27"),
    ("D5", "Never", "Harbor Mutual", "500", "Negotiation", "31-02-27"),
)


def test_misspelt_words_are_named_and_the_other_lines_kept(office: Office) -> None:
    report = office.load(ImportKind.ACCOUNTS, ACCOUNTS)
    assert reasons(report) == [
        "line 3: “Country”: “Germny” isn't the name or code of a country that Everboard knows.",
        "line 5: “Renewal date”: “the end of May” isn't a day; write it as 2026-05-31.",
    ]
    assert report.remarks == {"product “Signall” looks like “Signal”; kept as written.": (4,)}
    assert {account.name for account in office.every(Account)} == {"Harbor Mutual", "Blue Bank"}


def test_a_misspelt_industry_is_kept_and_remarked(office: Office) -> None:
    office.load(ImportKind.ACCOUNTS, "Name,Industry\nOne,Healthcare\n")
    report = office.load(ImportKind.ACCOUNTS, "Name,Industry\nTwo,Helthcare\n")
    assert counts(report) == {Result.ADDED: 1}
    [remark] = report.remarks
    assert "“Helthcare” looks like “healthcare”" in remark


def test_deals_without_an_account_and_days_with_two_digits_for_the_year(office: Office) -> None:
    office.load(ImportKind.ACCOUNTS, ACCOUNTS)
    report = office.load(ImportKind.OPPORTUNITIES, DEALS)
    assert report.days.order is DayOrder.DAY_FIRST
    assert [outcome.line for outcome in report.refused] == [5, 6]
    assert "a lot" in report.refused[0].reason
    assert "31-02-27" in report.refused[1].reason
    said = {lines: text for text, lines in report.remarks.items()}
    assert said[3,].startswith("No account is named")
    assert said[4,].endswith("Import accounts, then this file again, to tie them.")
    deals = {deal.external_id: deal for deal in office.every(Opportunity)}
    assert {key: deal.close_on for key, deal in deals.items()} == {
        "D1": date(2026, 12, 31),
        "D2": date(2027, 1, 5),
        "D3": date(2027, 1, 6),
    }


def test_a_second_run_doubles_nothing_and_says_the_same_of_the_bad_lines(office: Office) -> None:
    first = [office.load(ImportKind.ACCOUNTS, ACCOUNTS), office.load(ImportKind.OPPORTUNITIES, DEALS)]
    before = {name: len(rows) for name, rows in rows_of_everything(office).items() if name != "Audit"}
    second = [office.load(ImportKind.ACCOUNTS, ACCOUNTS), office.load(ImportKind.OPPORTUNITIES, DEALS)]
    assert {name: len(rows) for name, rows in rows_of_everything(office).items() if name != "Audit"} == before
    assert [reasons(report) for report in second] == [reasons(report) for report in first]
    assert all(not report.counts.get(Result.ADDED) for report in second)


def test_lines_of_another_encoding_are_read_by_themselves_and_named(office: Office) -> None:
    mixed = "Name,Country\nMüller,DE\n".encode() + "Café,FR\n".encode("latin-1") + b"Pl\x81in,ES\nPlain,ES\n"
    report = office.load(ImportKind.ACCOUNTS, mixed)
    assert (counts(report), report.encoding) == (
        {Result.ADDED: 3, Result.REFUSED: 1},
        "UTF-8, in part Windows-1252",
    )
    assert {account.name for account in office.every(Account)} == {"Müller", "Café", "Plain"}
    assert reasons(report) == [f"line 4: {NO_ENCODING}"]
    assert report.remarks == {READ_AS_WINDOWS: (3,)}
    assert "line 3: Holds letters that are not UTF-8" in "\n".join(report.sentences())


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_mark_at_the_beginning_is_no_part_of_the_first_column(office: Office, encoding: str) -> None:
    report = office.load(ImportKind.ACCOUNTS, "Name,Country\nCafé,FR\n".encode(encoding))
    assert (counts(report), report.ignored_columns) == ({Result.ADDED: 1}, ())
    assert [account.name for account in office.every(Account)] == ["Café"]


def test_a_file_cut_within_a_line_keeps_the_whole_lines(office: Office) -> None:
    whole = "Name,Country,Health\nOne,DE,green\nTwo,FR,red\nThree,ES,green\n"
    office.load(ImportKind.ACCOUNTS, whole[: whole.index("ES,green")])
    assert {account.name for account in office.every(Account)} == {"One", "Two", "Three"}
    report = office.load(ImportKind.ACCOUNTS, whole)  # the complete file then fills in what was cut off
    assert counts(report) == {Result.CHANGED: 1, Result.UNCHANGED: 2}


def test_a_file_cut_within_a_quoted_cell_is_refused_whole(office: Office) -> None:
    with pytest.raises(RuleError, match=r"ends within a quoted cell of line 3\. Is the file complete"):
        office.load(ImportKind.ACCOUNTS, 'Name,Country\nOne,DE\n"Two\nand a half')
    assert office.every(Account) == []


@pytest.mark.parametrize("first", [b"Name,Notes\n", "Näme,Notes\n".encode(), b"N\xe4me,\xc3\xa4\n\xc3\xa4,\n"])
def test_a_huge_file_is_read_in_little_memory(tmp_path: Path, first: bytes) -> None:
    path, lines = tmp_path / "huge.csv", 12_000
    path.write_bytes(first)
    with path.open("a", encoding="utf-8") as file:
        file.writelines(repeat(f"Company,{'words ' * 330}\n", lines))
    assert path.stat().st_size > 20_000_000
    tracemalloc.start()
    try:
        assert sum(1 for _ in open_csv(path).rows()) == lines + first.count(b"\n") - 1
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 6_000_000
