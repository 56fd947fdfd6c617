"""Rows as a file: nothing in it runs, all of it is counted, and what is left out is said."""

import csv
import io

from views.sheets import MOST, Sheet, said


def _read(sheet: Sheet) -> list[list[str]]:
    return list(csv.reader(io.StringIO(sheet.data.decode("utf-8-sig"))))


def test_no_cell_is_a_formula() -> None:
    sheet = Sheet(("name", "amount"))
    sheet.put(["=1+1", "-5.00"])
    sheet.put(['@x, "y"\nz', ""])
    assert _read(sheet) == [["name", "amount"], ["'=1+1", "-5.00"], ['\'@x, "y"\nz', ""]]


def test_what_is_left_out_is_counted_and_said() -> None:
    sheet = Sheet(("name",), most=2)
    for name in "abc":
        sheet.put([name])
    assert _read(sheet) == [["name"], ["a"], ["b"]]
    assert sheet.count == 3
    assert said(sheet, "deal", "deals") == "3 deals behind the figures, one in each line."
    sheet.count = MOST + 1
    assert "The file has the first 50,000 of them; `everboard report` writes all." in said(sheet, "deal", "deals")
    one = Sheet(("name",))
    assert (
        said(one, "deal", "deals") == "There are no deals behind these figures, so that the file has only its headings."
    )
    one.put(["a"])
    assert said(one, "deal", "deals").startswith("1 deal behind")
