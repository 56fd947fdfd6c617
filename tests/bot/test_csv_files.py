"""Files as programs write them are read; files that cannot be trusted are refused with a sentence."""

from pathlib import Path

import pytest

from bot.csv_files import open_csv
from domain.errors import RuleError


def rows_of(path: Path) -> list[tuple[int, list[str]]]:
    file = open_csv(path)
    return [(file.header_line, list(file.header)), *file.rows()]


@pytest.mark.parametrize(
    ("content", "in_words"),
    [
        ("Name,City\nZoë,Köln\n".encode(), "UTF-8"),
        ("\ufeffName,City\nZoë,Köln\n".encode(), "UTF-8"),
        ("Name,City\r\nZoë,Köln\r\n".encode("cp1252"), "Windows-1252"),
        ("Name;City\nZoë;Köln".encode(), "UTF-8"),
        ("Name\tCity\nZoë\tKöln\n".encode("utf-16"), "UTF-16"),
        ("sep=;\nName;City\nZoë;Köln\n".encode(), "UTF-8"),
        ("\nName|City\n\n , \n".replace(" , ", " | ").encode() + "Zoë|Köln\n".encode(), "UTF-8"),
        ('"Name","City"\r"Zoë","Köln"\r'.encode(), "UTF-8"),
    ],
    ids=["plain", "mark", "windows", "semicolon", "utf-16", "hint", "bar and blank lines", "old Mac"],
)
def test_the_usual_encodings_and_separators(tmp_path: Path, content: bytes, in_words: str) -> None:
    path = tmp_path / "some.csv"
    path.write_bytes(content)
    assert [cells for _line, cells in rows_of(path)] == [["Name", "City"], ["Zoë", "Köln"]]
    assert open_csv(path).encoding_words == in_words


def test_one_odd_byte_far_down_decides_for_the_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "some.csv"
    path.write_bytes(b"Name\n" + b"Ada\n" * 400_000 + "Zoë\n".encode("cp1252"))
    *_others, (line, cells) = open_csv(path).rows()
    assert (line, cells) == (400_002, ["Zoë"])


def test_a_character_on_the_border_of_what_is_read_at_a_time(tmp_path: Path) -> None:
    path = tmp_path / "some.csv"
    path.write_bytes(b"Name\n" + b"x" * ((1 << 20) - 6) + "\nZoë\n".encode() * 3)
    assert open_csv(path).encoding_words == "UTF-8"


def test_line_numbers_are_those_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "some.csv"
    path.write_text('\nName,Why\n"Ada","one\ntwo, ""three"""\n\nBob,"a;b"\n', encoding="utf-8", newline="")
    assert rows_of(path) == [(2, ["Name", "Why"]), (3, ["Ada", 'one\ntwo, "three"']), (6, ["Bob", "a;b"])]


def test_the_separator_is_not_looked_for_within_quotes(tmp_path: Path) -> None:
    path = tmp_path / "some.csv"
    path.write_text('"a;b;c;d",Name\n1,2\n', encoding="utf-8")
    assert rows_of(path)[0] == (1, ["a;b;c;d", "Name"])


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "some.csv is empty. Its first line should name the columns."),
        (b"\n \n,,\n", "some.csv is empty."),
        (b"\xef\xbb\xbf", "some.csv is empty."),
        (b"Name\nAda\nB\x00b\n", "some.csv is no text: line 3 holds a NUL byte."),
        (b"PK\x03\x04 and so on", "some.csv is an Excel workbook or a zip archive. Please save the sheet as"),
        (b"Name\n\x81\x8d\x8f\n", "some.csv is neither UTF-8 nor Windows-1252."),
        (b'Name,Why\nAda,"she is', "some.csv ends within a quoted cell of line 2."),
        (b'Name,Why\nAda,"she is\nBob,no\n', "some.csv ends within a quoted cell of line 2."),
        (b'Name,Why\nAda,"' + b"x\n" * 100_000, "some.csv: a cell that begins in line 2 has no end"),
    ],
    ids=["empty", "blank", "only a mark", "NUL", "Excel", "no encoding", "cut", "open quote", "endless quote"],
)
def test_a_file_that_cannot_be_trusted_is_refused(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "some.csv"
    path.write_bytes(content)
    with pytest.raises(RuleError) as refusal:
        rows_of(path)
    assert refusal.value.message.startswith(words)


def test_what_is_not_there_or_no_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match=r"There is no file .*missing\.csv"):
        open_csv(tmp_path / "missing.csv")
    with pytest.raises(RuleError, match="is a folder, not a file"):
        open_csv(tmp_path)
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(RuleError, match="can't be read: not a directory"):
        open_csv(tmp_path / "file" / "below.csv")
