"""Excel workbooks as people have them: formats, formulas, several sheets, damage, and archives that lie."""

import builtins
import io
import re
import tracemalloc
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from bot.table_files import open_table
from domain.errors import RuleError
from domain.imports.kinds import ImportKind
from domain.imports.layout import Line
from domain.imports.report import Result
from storage.accounts import Account
from storage.opportunities import Opportunity
from tests.bot.importing import Office, office, reasons

__all__ = ["office"]


def book(*rows: tuple[Any, ...], title: str = "Sheet", **sheets: list[tuple[Any, ...]]) -> bytes:
    made = Workbook()
    [first] = made.worksheets
    first.title = title
    for row in rows:
        first.append(row)
    for name, lines in sheets.items():
        other = made.create_sheet(name)
        for row in lines:
            other.append(row)
    return saved(made)


def saved(made: Workbook) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def changed(content: bytes, name: str, pattern: bytes, instead: bytes) -> bytes:
    """The same archive with something in one part of it changed."""
    out, times = io.BytesIO(), 0
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            held = old.read(part)
            if part.filename == name:
                held, times = re.subn(pattern, instead, held, count=1, flags=re.DOTALL)
            new.writestr(part.filename, held)
    assert times == 1
    return out.getvalue()


MORNING = datetime(2027, 1, 31, 8, 30)  # noqa: DTZ001  # sheets know of no time zone
SHEET = "xl/worksheets/sheet1.xml"


def lines_of(tmp_path: Path, content: bytes, sheet: str | None = None) -> list[Line]:
    path = tmp_path / "some.xlsx"
    path.write_bytes(content)
    return list(open_table(path, "accounts", sheet).rows())


def test_accounts_and_deals_come_in_from_a_workbook_as_from_a_file(office: Office) -> None:
    accounts = book(
        ("Account ID", "Account name", "Country", "Renewal date", "Annual revenue", "Health"),
        (1001, "Harbor Mutual", "Germany", date(2027, 1, 31), 1200000.5, "green"),
        (),
        (1002.0, "North Clinic", "Germny", MORNING, 10, None),
        ("1003", "Blue Bank", "France", None, 1.234, None),
    )
    report = office.load(ImportKind.ACCOUNTS, accounts)
    assert reasons(report) == ["line 4: “Country”: “Germny” isn't the name or code of a country that Everboard knows."]
    assert report.encoding == "sheet “Sheet”"
    found = {one.external_id: (one.name, one.renewal_on, one.annual_revenue) for one in office.every(Account)}
    assert found == {
        "1001": ("Harbor Mutual", date(2027, 1, 31), "1200000.5"),
        "1003": ("Blue Bank", None, "1.2340"),
    }
    assert not office.load(ImportKind.ACCOUNTS, accounts).counts.get(Result.ADDED)
    deals = Workbook()
    [sheet] = deals.worksheets
    sheet.append(("Deal ID", "Deal name", "Account ID", "Amount", "Stage", "Close date"))
    sheet.append(("D1", "Rollout", 1001, 1234.5, "Closed Won", date(2026, 12, 5)))
    sheet.append(("D2", "Renewal", 1001, 500, "Negotiation", date(2026, 12, 6)))
    sheet["D2"].number_format = "#,##0.00 [$€-407]"
    sheet["D3"].number_format = "[$CHF] #,##0.00"
    report = office.load(ImportKind.OPPORTUNITIES, saved(deals))
    assert not report.refused
    amounts = {one.external_id: (one.hundredths, one.currency, one.close_on) for one in office.every(Opportunity)}
    assert amounts == {"D1": (123450, "EUR", date(2026, 12, 5)), "D2": (50000, "CHF", date(2026, 12, 6))}


def test_cells_as_a_person_reads_them(tmp_path: Path) -> None:
    content = book(
        ("Name", "Value"),
        ("whole", 3.0),
        ("tiny", 0.00001),
        ("long", 12345678901234),
        ("three digits", 1.234),
        ("yes", True),
        ("no", False),
        ("zero", 0),
        ("moment", MORNING),
        ("typed", "'=1+1"),
        ("error", "#N/A"),
    )
    found = {line.cells[0]: (line.cells[1], line.remarks) for line in lines_of(tmp_path, content)}
    assert found == {
        "whole": ("3", ()),
        "tiny": ("0.00001", ()),
        "long": ("12345678901234", ()),
        "three digits": ("1.2340", ()),
        "yes": ("yes", ()),
        "no": ("no", ()),
        "zero": ("0", ()),
        "moment": ("2027-01-31", ()),
        "typed": ("=1+1", ()),
        "error": ("", ("B11 shows #N/A and was taken for empty.",)),
    }


def test_a_formula_counts_by_its_result_and_without_one_its_line_is_refused(tmp_path: Path) -> None:
    content = book(("Name", "Value"), ("Ada", "=1+1"), ("Bob", "=2+2"), ("Cid", 5))
    calculated = changed(content, SHEET, rb"(<f>1\+1</f><v)[^f]*?(</c>)", rb"\1>2</v>\2")
    ada, bob, cid = lines_of(tmp_path, calculated)
    assert (ada.cells, ada.trouble) == (["Ada", "2"], "")
    assert bob.trouble.startswith("B3 holds a formula whose result is not in the file. Please open the workbook in")
    assert (cid.cells, cid.trouble) == (["Cid", "5"], "")


def test_of_several_sheets_the_one_with_content_or_with_the_kinds_name_is_read(tmp_path: Path) -> None:
    one = ("Name",)
    assert lines_of(tmp_path, book(empty=[one, ("Ada",)])) == [Line(2, ["Ada"])]
    assert lines_of(tmp_path, book(one, ("Notes",), Accounts=[one, ("Ada",)])) == [Line(2, ["Ada"])]
    assert lines_of(tmp_path, book(one, ("Ada",), title="One", Two=[one, ("Bob",)]), "Two") == [Line(2, ["Bob"])]


def test_hidden_sheets_are_read_only_by_name(tmp_path: Path) -> None:
    made = Workbook()
    made.worksheets[0].append(("Name",))
    made.worksheets[0].append(("Ada",))
    other = made.create_sheet("Lists")
    other.append(("Name",))
    other.append(("Bob",))
    other.sheet_state = "hidden"
    assert lines_of(tmp_path, saved(made)) == [Line(2, ["Ada"])]
    assert lines_of(tmp_path, saved(made), "Lists") == [Line(2, ["Bob"])]


def test_a_sheet_that_lies_about_its_size_is_read_whole(tmp_path: Path) -> None:
    content = book(("Name",), ("Ada",), ("Bob",))
    lying = changed(content, SHEET, b'ref="A1:A3"', b'ref="A1"')
    assert [line.cells for line in lines_of(tmp_path, lying)] == [["Ada"], ["Bob"]]


WHOLE = book(("Name",), *((f"Company {at}",) for at in range(2000)))


def _bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as new:
        with zipfile.ZipFile(io.BytesIO(WHOLE)) as old:
            for part in old.infolist():
                if part.filename != "xl/sharedStrings.xml":
                    new.writestr(part.filename, old.read(part))
        with new.open("xl/sharedStrings.xml", "w") as file:
            for _ in range(129):
                file.write(b" " * (1 << 20))
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "sheet", "words"),
    [
        (book(), None, "some.xlsx is empty. Its first line should name the columns."),
        (book(empty=[]), "empty", "The sheet “empty” of some.xlsx is empty."),
        (book(("A",), title="One", Two=[("B",)]), None, "some.xlsx has several sheets: “One”, “Two”. Say which one:"),
        (book(("A",)), "Two", "some.xlsx has no sheet “Two”; it has: “Sheet”."),
        (WHOLE[:-300], None, "some.xlsx is damaged or cut off. Please open it in Excel, save it"),
        (changed(WHOLE, SHEET, b".{500}$", b""), None, "some.xlsx is damaged or cut off."),
        (changed(WHOLE, SHEET, b't="inlineStr"><is>.*?</is>', b't="s"><v>99999</v>'), None, "some.xlsx is damaged"),
        (changed(WHOLE, "xl/workbook.xml", b"^.*$", b"<no"), None, "some.xlsx is damaged or cut off."),
        (
            changed(WHOLE, SHEET, b"^", b'<!DOCTYPE x [<!ENTITY a "aa">]>'),
            None,
            "some.xlsx is larger inside than a workbook can be.",
        ),
        (_bomb(), None, "some.xlsx is larger inside than a workbook can be."),
        (
            changed(WHOLE, SHEET, b'r="2001"', b'r="900000000"'),
            None,
            "some.xlsx has more than 1,048,576 rows, which no sheet can have.",
        ),
        (b"PK\x05\x06" + b"\0" * 18, None, "some.xlsx is no text: line 1 holds a NUL byte."),
        (b"Name\nAda\n", "Two", "some.xlsx is no Excel workbook (.xlsx), so it has no sheet “Two”."),
    ],
    ids=[
        "empty",
        "an empty sheet",
        "several",
        "not there",
        "cut",
        "half a sheet",
        "a text that is not there",
        "no workbook",
        "declared entities",
        "bomb",
        "a row beyond all",
        "empty archive",
        "a sheet of a text",
    ],
)
def test_a_workbook_that_cannot_be_read_is_refused(
    tmp_path: Path, content: bytes, sheet: str | None, words: str
) -> None:
    with pytest.raises(RuleError) as refusal:
        lines_of(tmp_path, content, sheet)
    assert refusal.value.message.startswith(words)


def test_another_archive_is_refused(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("some.csv", "Name\nAda\n")
    with pytest.raises(RuleError, match=r"is no Excel workbook \(\.xlsx\)"):
        lines_of(tmp_path, out.getvalue())


def test_without_the_package_the_command_that_installs_it_is_named(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = builtins.__import__

    def without(name: str, *given: Any, **named: Any) -> Any:
        if name == "openpyxl":
            raise ImportError(name)
        return found(name, *given, **named)

    monkeypatch.setattr(builtins, "__import__", without)
    path = office.file(WHOLE, "some.xlsx")
    status, _out, error = office.command(ImportKind.ACCOUNTS, path)
    assert status == 2
    assert "-m pip install 'everboard[xlsx]'" in error
    assert "or save the sheet as “CSV UTF-8”" in error


def test_a_large_sheet_is_read_row_by_row(tmp_path: Path) -> None:
    made = Workbook(write_only=True)
    sheet = made.create_sheet("One")
    sheet.append(["Name", "Notes"])
    for at in range(6_000):
        sheet.append([f"Company {at}", "words " * 300])
    path = tmp_path / "some.xlsx"
    made.save(path)
    size = zipfile.ZipFile(path).getinfo(SHEET).file_size + 6_000 * 1_800
    assert size > 10_000_000
    tracemalloc.start()
    try:
        assert sum(1 for _ in open_table(path, "accounts").rows()) == 6_000
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 8_000_000
