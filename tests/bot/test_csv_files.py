"""Files as programs write them are read; files that cannot be trusted are refused with a sentence."""

from pathlib import Path

import pytest

from bot.csv_files import NO_ENCODING, READ_AS_WINDOWS, open_csv
from domain.errors import RuleError
from domain.imports.layout import Line


def rows_of(path: Path) -> list[tuple[int, list[str]]]:
    file = open_csv(path)
    return [(file.header_line, list(file.header)), *((line.number, list(line.cells)) for line in file.rows())]


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
    assert open_csv(path).form == in_words


def test_one_odd_byte_far_down_decides_for_the_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "some.csv"
    path.write_bytes(b"Name\n" + b"Ada\n" * 400_000 + "Zoë\n".encode("cp1252"))
    *_others, last = open_csv(path).rows()
    assert last == Line(400_002, ["Zoë"])


def _joined(*parts: tuple[str, str]) -> bytes:
    return b"".join(text.encode(encoding) for text, encoding in parts)


@pytest.mark.parametrize(
    ("content", "odd"),
    [
        (
            _joined(
                ("Name,City\nZoë,Köln\nMüller,Łódź\n", "utf-8"), ("Café,Nîmes\n", "cp1252"), ("Ada,Åbo\n", "utf-8")
            ),
            {4},
        ),
        (
            _joined(
                ("Name,City\nZoë,Köln\n", "cp1252"), ("Müller,Łódź\n", "utf-8"), ("Café,Nîmes\nAda,Åbo\n", "cp1252")
            ),
            {2, 4, 5},
        ),
        (_joined(("\ufeffName,City\nZoë,Köln\nMüller,Łódź\nCafé,", "utf-8"), ("Nîmes\nAda,Åbo\n", "cp1252")), {4, 5}),
    ],
    ids=["mostly UTF-8", "mostly Windows-1252", "both in one line"],
)
def test_each_line_is_read_in_its_own_encoding_and_odd_ones_are_named(
    tmp_path: Path, content: bytes, odd: set[int]
) -> None:
    path = tmp_path / "some.csv"
    path.write_bytes(content)
    file = open_csv(path)
    lines = list(file.rows())
    assert file.header == ("Name", "City")
    assert [line.cells for line in lines] == [["Zoë", "Köln"], ["Müller", "Łódź"], ["Café", "Nîmes"], ["Ada", "Åbo"]]
    assert {line.number for line in lines if line.remarks} == odd
    assert {remark for line in lines for remark in line.remarks} == {READ_AS_WINDOWS}
    assert file.form == "UTF-8, in part Windows-1252"


def test_an_odd_line_within_a_cell_is_told_of_the_line_that_the_row_begins_in(tmp_path: Path) -> None:
    path = tmp_path / "some.csv"
    path.write_bytes(_joined(('Name,Why\nÖ,"one\n', "utf-8"), ("tüo\n", "cp1252"), ('thrée"\nÄ,x\n', "utf-8")))
    assert list(open_csv(path).rows()) == [Line(2, ["Ö", "one\ntüo\nthrée"], (READ_AS_WINDOWS,)), Line(5, ["Ä", "x"])]


def test_a_line_of_no_encoding_is_its_own_trouble(tmp_path: Path) -> None:
    path = tmp_path / "some.csv"
    path.write_bytes(b"Name\nAda\nB\x81b\nCaf\xe9\n")
    lines = list(open_csv(path).rows())
    assert [(line.number, line.trouble) for line in lines] == [(2, ""), (3, NO_ENCODING), (4, "")]
    assert lines[2].cells == ["Café"]


def test_a_character_on_the_border_of_what_is_read_at_a_time(tmp_path: Path) -> None:
    path = tmp_path / "some.csv"
    path.write_bytes(b"Name\n" + b"x" * ((1 << 20) - 6) + "\nZoë\n".encode() * 3)
    assert open_csv(path).form == "UTF-8"


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
        (b"\xd0\xcf\x11\xe0 and so on", "some.csv is an old Excel workbook, or one with a password. Please save the"),
        (b"N\x81me\nAda\n", "some.csv, line 1: It holds bytes that are neither UTF-8 nor Windows-1252."),
        ("Name\nAda\n".encode("utf-16")[:-1], "some.csv is no proper UTF-16."),
        (b"x" * (5 << 20), "some.csv: line 1 has no end."),
        (b'Name,Why\nAda,"she is', "some.csv ends within a quoted cell of line 2."),
        (b'Name,Why\nAda,"she is\nBob,no\n', "some.csv ends within a quoted cell of line 2."),
        (b'Name,Why\nAda,"' + b"x\n" * 100_000, "some.csv: a cell that begins in line 2 has no end"),
    ],
    ids=[
        "empty",
        "blank",
        "only a mark",
        "NUL",
        "Excel",
        "no encoding",
        "half a letter",
        "no line ends",
        "cut",
        "open quote",
        "endless quote",
    ],
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
