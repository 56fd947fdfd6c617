"""Whatever stands in a file, `everboard import` reads it or says why not: good lines are kept, bad ones told by their
number, the same file again doubles nothing, and no row breaks a rule. `CHAOS_SEED=…` repeats a run.

The files are the sample company's, garbled as files get garbled: cut off, joined, saved in another encoding, opened in
a spreadsheet, edited by hand.
"""

import csv
import io
import json
import random
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from openpyxl import Workbook
from sqlalchemy import func, select

from bot import sample
from bot.import_command import DONE, WRONG_USE
from domain.imports.kinds import ImportKind
from storage.tables import metadata
from tests.bot.importing import NOW, Office, office
from tests.chaos.garbling import HUGE, TEXTS
from tests.chaos.rules import no_row_breaks_a_rule
from tests.chaos.scale import SCALE, a_seed
from tests.patience import owner

__all__ = ["office"]

pytestmark = pytest.mark.timeout(SCALE.longest)

Rows = list[list[str]]

OWN_FILES: dict[ImportKind, str] = {
    ImportKind.CONTACTS: (
        "Contact name,Company,Email,Phone,Title\n"
        "Ada Okafor,Harbor Mutual,ada@harbor.example,+44 20 7946 0131,CTO\n"
        "Lea Mbeki,North Clinic,lea@north.example,,CISO\n"
    ),
    ImportKind.ENGAGEMENTS: (
        "Contact name,Company,Activity,Date,Words\n"
        "Dr. Wilhelmina Ashworth-Nair,Alderney Health Partners,reference call,2026-01-12,Went well\n"
        "Dr. Wilhelmina Ashworth-Nair,Alderney Health Partners,case study,2025-06-02,\n"
    ),
    ImportKind.ASSETS: (
        "Contact name,Company,Kind,Title,Link,Words,Use\n"
        "Dr. Wilhelmina Ashworth-Nair,Alderney Health Partners,case study,Zero trust,https://a.example,,public\n"
        "Dr. Wilhelmina Ashworth-Nair,Alderney Health Partners,quote,The same screen,,We stopped arguing.,public\n"
    ),
    ImportKind.GIFTS: (
        "Contact name,Company,What,Date,Amount\n"
        "Dr. Wilhelmina Ashworth-Nair,Alderney Health Partners,A book,2026-01-20,25.00\n"
        "Dr. Wilhelmina Ashworth-Nair,Alderney Health Partners,A letter,2026-01-22,\n"
    ),
    ImportKind.PROGRAMS: (
        "Program,Kind,Purpose,Wanted,Begins on,Ends on,Criteria\n"
        "Board,advisory board,Advises us,12,2025-01-01,,industry: healthcare\n"
        "Users,user group,Meets in spring,40,2025-03-01,2026-12-31,\n"
    ),
    ImportKind.MEMBERS: (
        "Program,Contact name,Company,Stands,Joined on\n"
        "Board,Dr. Wilhelmina Ashworth-Nair,Alderney Health Partners,member,2025-02-01\n"
        "Users,Dr. Wilhelmina Ashworth-Nair,Alderney Health Partners,member,2025-04-01\n"
    ),
    ImportKind.MEETINGS: "Program,Date,About\nBoard,2025-03-01,The plan\nUsers,2025-05-01,News\n",
    ImportKind.ATTENDANCE: (
        "Program,Date,Contact name,Company\n"
        "Board,2025-03-01,Dr. Wilhelmina Ashworth-Nair,Alderney Health Partners\n"
        "Users,2025-05-01,Dr. Wilhelmina Ashworth-Nair,Alderney Health Partners\n"
    ),
}
"""Kinds of which the sample has no file."""

OF_PROGRAMS = (ImportKind.PROGRAMS, ImportKind.MEMBERS, ImportKind.MEETINGS, ImportKind.ATTENDANCE)
"""In the order in which each needs those before it."""

COME_AGAIN = {"audit", "import_progress", "outbox", "outbox_subject", "receipt"}
"""Tables in which a second run may leave traces of itself."""

DAY = re.compile(r"[+-]\d{1,4}d")

MOST_LINES = 12
"""Lines of the sample that are taken: what is wrong with one of them shows among a dozen."""


def good(kind: ImportKind) -> Rows:
    """A file with which nothing is wrong."""
    path = sample.FOLDER / f"{kind.value}.csv"
    text = OWN_FILES[kind] if kind in OWN_FILES else path.read_text(encoding="utf-8")
    dated = DAY.sub(lambda days: (NOW + timedelta(days=int(days[0][:-1]))).date().isoformat(), text)
    most = None if kind is ImportKind.PEOPLE else MOST_LINES + 1  # all of them are named in other files
    return [*csv.reader(io.StringIO(dated))][:most]


def written(rows: Rows, separator: str = ",") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows(rows)
    return out.getvalue().encode("utf-8", "surrogatepass")


def book(rows: Rows) -> bytes:
    made, out = Workbook(), io.BytesIO()
    for row in rows:
        made.worksheets[0].append([cell if "\x00" not in cell else "" for cell in row])
    made.save(out)
    return out.getvalue()


def some_cell(rng: random.Random, rows: Rows, first: int = 0) -> Rows:
    """One cell, of this column or a later one, says something else; the first line stays."""
    found = [[*row] for row in rows]
    row = rng.choice([one for one in found[1:] if len(one) > first] or found)
    bad = [text for text in TEXTS if "\x00" not in text and "\ud800" not in text and "\udfff" not in text]
    row[rng.randrange(first, len(row))] = rng.choice(
        [*bad, HUGE * 4, "31.02.2026", "1.234,56 €", "=1+1", "@SUM(A1)", "-"]
    )
    return found


def shape(rng: random.Random, rows: Rows) -> Rows:
    """Lines and columns are not where they were."""
    found = [[*row] for row in rows]
    at, other = rng.randrange(len(found)), rng.randrange(len(found))
    match rng.randrange(7):
        case 0:
            found.insert(at, [*found[0]])
        case 1:
            found = [[row[0] if row else "", *row] for row in found]
        case 2:
            found[at] = found[at][: rng.randrange(len(found[at]) + 1)]
        case 3:
            found[at] = [*found[at], "more", "and more"]
        case 4:
            found.insert(at, [])
        case 5:
            found.append([*found[other]])
        case _:
            found[at], found[other] = found[other], found[at]
    return found


def damaged(rng: random.Random, content: bytes) -> bytes:
    """Bytes are not what they were."""
    found = bytearray(content)
    for _ in range(rng.choice((1, 1, 3, 20))):
        at = rng.randrange(len(found))
        match rng.randrange(6):
            case 0:
                del found[at:]
                return bytes(found)
            case 1:
                found[at] ^= 1 << rng.randrange(8)
            case 2:
                found[at:at] = rng.choice((b'"', b"\x00", b"\r", b"\n\n", b";", b"\t", b"\xff\xfe", b"\xef\xbb\xbf"))
            case 3:
                del found[at : at + rng.randrange(1, 30)]
            case 4:
                found[at:at] = found[at : at + 200]
            case _:
                found[at] = rng.randrange(256)
        if not found:
            break
    return bytes(found)


def garbled(rng: random.Random, rows: Rows) -> bytes:
    """One file of those that people have."""
    for _ in range(rng.choice((0, 1, 1, 2))):
        rows = some_cell(rng, rows) if rng.random() < 0.5 else shape(rng, rows)
    ways: tuple[Callable[[], bytes], ...] = (
        lambda: written(rows, rng.choice(",;\t|:")),
        lambda: (
            written(rows).decode("utf-8", "replace").encode(rng.choice(("utf-16", "cp1252", "utf-8-sig")), "replace")
        ),
        lambda: damaged(rng, written(rows)),
        lambda: damaged(rng, written(rows)),
        lambda: damaged(rng, book(rows)),
        lambda: book(rows),
        lambda: json.dumps([dict(zip(rows[0], row, strict=False)) for row in rows[1:]]).encode(),
        lambda: b"sep=;\r\n" + written(rows, ";").replace(b"\n", rng.choice((b"\r", b"\r\n", b"\n\n"))),
    )
    return rng.choice(ways)()


def counted(office: Office) -> dict[str, int]:
    """Rows of each table."""
    with owner(office.db) as connection:
        tables = [table for table in metadata.sorted_tables if table.name not in COME_AGAIN]
        return {table.name: connection.scalar(select(func.count()).select_from(table)) or 0 for table in tables}


def imported(office: Office, kind: ImportKind, content: bytes) -> None:
    """Import twice: a sentence or a report each time, and the second time adds no row."""
    path = office.file(content, "file.csv")
    status, out, error = office.command(kind, path, as_json=True)
    assert status in (DONE, WRONG_USE)
    if status == WRONG_USE:
        assert error.strip()
        assert "Traceback" not in error
        return
    report = json.loads(out)
    assert all(line["line"] > 0 and line["reason"] for line in report["refusals"])
    before = counted(office)
    status, _out, error = office.command(kind, path)
    assert status == DONE, error
    again = {name: number for name, number in counted(office).items() if number != before[name]}
    assert again == {}, "the same file again added rows"


@pytest.mark.parametrize("kind", [*ImportKind], ids=lambda one: one.value)
def test_garbled_files_are_read_or_refused_and_double_nothing(office: Office, kind: ImportKind) -> None:
    rng = random.Random(f"{a_seed()}{kind}")
    needed = OF_PROGRAMS[: OF_PROGRAMS.index(kind)] if kind in OF_PROGRAMS else ()
    for first in (ImportKind.PEOPLE, ImportKind.ACCOUNTS, ImportKind.ADVOCATES, *needed):
        if kind in OWN_FILES:
            assert office.command(first, office.file(written(good(first))))[0] == DONE
    for number in range(SCALE.files):
        content = garbled(rng, good(kind))
        try:
            imported(office, kind, content)
            breaches = no_row_breaks_a_rule(office.db) if number % 10 == 0 else []
            assert breaches == []
        except BaseException:
            print(f"garbled file {number}: {content[:1500]!r}")  # noqa: T201  # what failed
            raise
    assert no_row_breaks_a_rule(office.db) == []


@pytest.mark.parametrize("kind", [ImportKind.ACCOUNTS, ImportKind.OPPORTUNITIES, ImportKind.NOMINATIONS])
def test_one_bad_cell_refuses_its_own_line_at_most(office: Office, kind: ImportKind) -> None:
    rng = random.Random(f"{a_seed()}{kind}")
    for first in (ImportKind.PEOPLE, ImportKind.ACCOUNTS):
        if first is not kind:
            assert office.command(first, office.file(written(good(first))))[0] == DONE
    rows = good(kind)
    for _ in range(SCALE.files):
        # Who it is about stays: two lines about the same one are another matter.
        changed = some_cell(rng, rows, first=3)
        [at] = [number for number, row in enumerate(rows) if row != changed[number]] or [0]
        report = office.load(kind, written(changed))
        assert sum(report.counts.values()) == len(rows) - 1
        begins = 1 + sum("".join(row).count("\n") + 1 for row in changed[:at])
        assert {one.line for one in report.refused} <= {begins}, [one.sentence for one in report.refused]


def test_the_files_that_are_garbled_are_good_ones(office: Office) -> None:
    order = [ImportKind.PEOPLE, ImportKind.ACCOUNTS, ImportKind.ADVOCATES]
    for kind in [*order, *(one for one in ImportKind if one not in order)]:
        report = office.load(kind, written(good(kind)))
        assert not report.refused, [one.sentence for one in report.refused]
