"""`everboard export`: what comes out goes in again, nothing is lost, and no cell becomes a formula."""

import csv
import io
import json
import tracemalloc
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import delete, select

from bot import exports
from domain.errors import RuleError
from domain.imports.kinds import ImportKind
from domain.imports.report import Result
from storage.audit import Audit
from storage.campaigns import Campaign
from storage.engagements import Engagement
from storage.exports import EVERY
from storage.guard import GuardedSession
from storage.mechanisms import Mechanism, MechanismMember
from storage.outbox import Message
from storage.self_checks import SelfCheckRow
from storage.targets import TargetRow
from storage.workspaces import Workspace
from tests.bot.importing import NOW, PEOPLE, Office, as_csv, counts, office, reasons, rows_of_everything
from tests.bot.test_portfolio import ACCOUNTS, ADVOCATES
from tests.bot.test_value import deals, use

__all__ = ["office"]

NOMINATIONS = (
    ("Contact name", "Company", "Email", "Why", "Customer knows", "Nominated on"),
    ("Rosa Lindqvist", "Harbor Mutual", "rosa@harbor.example", "=HYPERLINK(1) says she", "yes", "2026-02-03"),
    ("@Grace", "Nobody Yet", "", "Line one\nline two", "no", "2026-02-04"),
)


ONE, OTHER = ADVOCATES[1][0], ADVOCATES[2][0]
COMPANY, OTHERS = ADVOCATES[1][1], ADVOCATES[2][1]
SOUGHT = "industry: Health Care; industry: Oil; gas\ncountry: Germany\npersona: CISO"
BELONGINGS: dict[ImportKind, tuple[tuple[object, ...], ...]] = {
    ImportKind.ASSETS: (
        (
            "Advocate",
            "Company",
            "Kind",
            "Title",
            "Link",
            "Words",
            "Use",
            "Products",
            "Approved on",
            "Expires on",
            "Withdrawn on",
        ),
        (
            ONE,
            COMPANY,
            "Case study",
            "=How they did it",
            "https://a.example/1",
            "",
            "in public",
            "",
            "2025-05-01",
            "2026-12-31",
            "",
        ),
        (
            ONE,
            COMPANY,
            "quote",
            "Their words",
            "",
            "@It is, they say,\n“fine”",
            "in private",
            "Signal; Vault",
            "2025-05-02",
            "",
            "",
        ),
        (
            ONE,
            COMPANY,
            "video",
            "Old one",
            "https://a.example/2",
            "",
            "in public",
            "",
            "2024-01-01",
            "2025-01-01",
            "2025-02-01",
        ),
    ),
    ImportKind.ENGAGEMENTS: (
        ("Advocate", "Company", "Activity", "Date", "Stands", "Opportunity", "Rating", "Words"),
        (ONE, COMPANY, "Reference call", "2025-11-02", "done", "", 5, "-great"),
        (ONE, COMPANY, "Reference call", "2025-11-02", "done", "", 4, ""),
        (OTHER, OTHERS, "case study", "2025-12-02", "released", "", "", ""),
    ),
    ImportKind.GIFTS: (
        ("Advocate", "Company", "What", "Date", "Amount", "Given by"),
        (ONE, COMPANY, "+Coffee", "2025-10-01", "USD 4.50", "ada@q.example"),
        (ONE, COMPANY, "+Coffee", "2025-10-01", "USD 4.50", "ada@q.example"),
        (OTHER, OTHERS, "A note", "2025-10-02", "", ""),
    ),
    ImportKind.PROGRAMS: (
        (
            "Program",
            "Kind",
            "Purpose",
            "Wanted",
            "Begins on",
            "Ends on",
            "Criteria",
            "Owner email",
            "Stands",
            "Ended because",
            "Closed on",
        ),
        (
            "Board",
            "advisory board",
            "=Advises us\\ntwice",
            12,
            "2025-01-01",
            "2027-12-31",
            SOUGHT,
            "ada@q.example",
            "",
            "",
            "",
        ),
        ("Users", "user group", "@Meets", "1,000", "2026-02-01", "", "", "", "open", "", ""),
        ("Users", "user group", "Met before", 5, "2024-02-01", "2025-01-31", "", "", "closed", "over", "2025-02-01"),
    ),
    ImportKind.MEMBERS: (
        (
            "Program",
            "Program begins on",
            "Advocate",
            "Company",
            "Stands",
            "Invited on",
            "Invited by",
            "Answered on",
            "Answered by",
            "Joined on",
            "Left on",
            "Not again before",
            "Term begins on",
        ),
        (
            "Board",
            "",
            ONE,
            COMPANY,
            "joined",
            "2025-01-02",
            "ada@q.example",
            "2025-01-05",
            "bob@q.example",
            "2025-01-05",
            "",
            "",
            "2025-01-05",
        ),
        ("Board", "", OTHER, OTHERS, "declined", "2025-01-02", "", "2025-01-03", "", "", "", "2026-09-01", ""),
        ("Users", "2024-02-01", ONE, COMPANY, "left", "", "", "", "", "2024-02-01", "2025-01-31", "", ""),
        ("Users", "2026-02-01", ONE, COMPANY, "invited", "2026-02-20", "", "", "", "", "", "", ""),
    ),
    ImportKind.MEETINGS: (
        ("Program", "Program begins on", "Date", "About", "Stands"),
        ("Board", "", "2025-03-01", "+Spring", "held"),
        ("Board", "", "2025-03-01", "Dinner", "cancelled"),
        ("Board", "", "2026-06-01", "Summer", ""),
        ("Users", "2024-02-01", "2024-05-01", "First", ""),
    ),
    ImportKind.ATTENDANCE: (
        ("Program", "Program begins on", "Date", "About", "Advocate", "Company"),
        ("Board", "", "2025-03-01", "+Spring", ONE, COMPANY),
        ("Users", "2024-02-01", "2024-05-01", "", ONE, COMPANY),
    ),
}
"""What belongs to advocates, the same thing twice on a day among it."""


def exported(office: Office, name: str, *, as_json: bool = False) -> str:
    out = io.StringIO()
    exports.export(office.db, office.workspace_id, name, as_json=as_json, out=out, moment=office.moment())
    return out.getvalue()


def own(text: str) -> list[str]:
    """Lines but those of nominations that an import of advocates made: it takes them from the profile each time."""
    return [line for line in text.splitlines() if "Imported as an advocate" not in line]


def filled(office: Office) -> None:
    office.load(ImportKind.PEOPLE, PEOPLE)
    office.load(ImportKind.ACCOUNTS, as_csv(*ACCOUNTS))
    office.load(ImportKind.ADVOCATES, as_csv(*ADVOCATES))
    office.load(ImportKind.OPPORTUNITIES, deals())
    office.load(ImportKind.NOMINATIONS, as_csv(*NOMINATIONS))
    use(office, "=cmd()", NOW.date())
    for kind, lines in BELONGINGS.items():
        report = office.load(kind, as_csv(*lines))
        assert not report.refused, report


BEFORE = ("people", "accounts", "advocates", "opportunities")
"""What the others point at."""

OF_PROGRAMS = ("programs", "members", "meetings")
"""The same among what is said of programs."""


@pytest.mark.parametrize("kind", [kind for kind in ImportKind if kind.value in EVERY])
def test_what_comes_out_goes_in_again_without_loss(office: Office, kind: ImportKind) -> None:
    filled(office)
    behind = OF_PROGRAMS if kind.value in {*OF_PROGRAMS, "attendance"} else ()
    whole = {name: exported(office, name) for name in (*BEFORE, *behind, kind.value)}
    other = Office(office.db, "W2".ljust(26, "0"), office.folder, office.random)

    def found(session: Any) -> None:
        session.add(Workspace(id=other.workspace_id, created_at=NOW))

    office.db.run_now(None, found)
    for name, text in whole.items():
        report = other.load(ImportKind(name), text)
        assert not report.refused, report
    assert own(exported(other, kind.value)) == own(whole[kind.value])
    assert whole[kind.value].count("\n") > 2
    before = rows_of_everything(other)
    report = other.load(kind, whole[kind.value])
    assert set(counts(report)) <= {Result.UNCHANGED, Result.KNOWN}, report
    after = rows_of_everything(other)
    assert [name for name in before if before[name] != after[name] and name not in {"Audit", "Receipt"}] == []


def test_no_cell_is_a_formula_and_numbers_stay_numbers(office: Office) -> None:
    filled(office)
    for name in EVERY:
        for row in csv.DictReader(io.StringIO(exported(office, name))):
            assert not any(cell.startswith(("=", "@", "+", "-")) for cell in row.values()), row
    [grace] = [
        row for row in csv.DictReader(io.StringIO(exported(office, "nominations"))) if "Grace" in row["Contact name"]
    ]
    assert grace["Contact name"] == "'@Grace"
    amounts = {row["Amount"] for row in csv.DictReader(io.StringIO(exported(office, "opportunities")))}
    assert amounts == {"100.00", "50.25", "7.00"}


def test_json_is_one_list(office: Office) -> None:
    assert json.loads(exported(office, "assets", as_json=True)) == []
    filled(office)
    found = json.loads(exported(office, "engagements", as_json=True))
    assert ("=cmd()", "reference call") in [(row["Opportunity"], row["Activity"]) for row in found]
    assert len(json.loads(exported(office, "advocates", as_json=True))) == len(ADVOCATES) - 1


def test_history_counts_although_it_exceeds_the_cap_and_the_future_is_refused(office: Office) -> None:
    filled(office)
    lines = [(ONE, COMPANY, "reference call", f"2026-02-{day:02}", "done") for day in (1, 2, 3)]
    ahead = (ONE, COMPANY, "reference call", "2027-02-01", "done")
    reserved = (ONE, COMPANY, "reference call", "2026-02-04", "reserved")
    nobody = ("Nobody", COMPANY, "reference call", "2026-02-04", "done")
    report = office.load(
        ImportKind.ENGAGEMENTS,
        as_csv(("Advocate", "Company", "Activity", "Date", "Stands"), *lines, ahead, reserved, nobody),
    )
    assert counts(report) == {Result.ADDED: 3, Result.REFUSED: 3}
    said = "\n".join(reasons(report))
    assert "2027-02-01 is still to come; ask for it with a request" in said
    assert "“Stands”: “reserved” is still to come" in said
    assert f"Nobody of {COMPANY} is no advocate here; import advocates, then this file again" in said
    rows = [one for one in office.every(Engagement) if one.source == "import" and one.happens_on.year == 2026]
    assert [one.over_cap for one in rows] == [True, True, True]


def test_a_piece_without_the_consent_that_its_use_needs_is_refused(office: Office) -> None:
    filled(office)
    office.load(
        ImportKind.ADVOCATES, "Contact name,Company,Consent scope,Consent date\nIda,Calls Only,listed,2026-01-01\n"
    )
    header = ("Advocate", "Company", "Kind", "Title", "Link", "Use")
    report = office.load(
        ImportKind.ASSETS, as_csv(header, ("Ida", "Calls Only", "video", "New", "https://a.example/3", "in public"))
    )
    assert "The consent on record does not say" in reasons(report)[0]
    report = office.load(ImportKind.ASSETS, as_csv(header, (ONE, COMPANY, "video", "New", "", "in public")))
    assert "A video needs a link" in reasons(report)[0]


def lines_of(office: Office, kind: ImportKind, *lines: tuple[object, ...]) -> list[str]:
    return reasons(office.load(kind, as_csv(*lines)))


def test_what_a_file_says_of_programs_is_checked_line_by_line(office: Office) -> None:
    filled(office)
    header = ("Program", "Kind", "Purpose", "Wanted", "Begins on", "Ends on", "Criteria")
    said = "\n".join(
        lines_of(
            office,
            ImportKind.PROGRAMS,
            header,
            ("A", "club", "For all", 5, "2026-01-01", "", ""),
            ("B", "community", "For all", 0, "2026-01-01", "", ""),
            ("C", "community", "", 5, "2026-01-01", "", ""),
            ("D", "community", "For all", 5, "2026-01-01", "2025-01-01", ""),
            ("E", "community", "For all", 5, "2026-01-01", "", "industry healthcare"),
            ("F", "community", "For all", 5, "2026-01-01", "", "activity: singing"),
        )
    )
    assert "line 2: “Kind”: “club” isn't one of: community, customer advisory board" in said
    assert "line 3: “Wanted”: “0” isn't a whole number from 1 to 1,000" in said
    assert "line 4: “Purpose” is empty" in said
    assert "line 5: its last day is before its first" in said
    assert "line 6: “Criteria”: “industry healthcare” says “industry healthcare”; write it as industry:" in said
    assert "line 7: “Criteria”: “activity: singing” names “singing”, which isn't one of: " in said
    assert len(office.every(Mechanism)) == 3


def test_whom_a_file_names_in_programs_must_be_there_and_their_days_make_sense(office: Office) -> None:
    filled(office)
    header = ("Program", "Advocate", "Company", "Joined on", "Left on", "Term begins on")
    said = lines_of(
        office,
        ImportKind.MEMBERS,
        header,
        ("Nowhere", ONE, COMPANY, "", "", ""),
        ("Users", ONE, COMPANY, "", "", ""),
        ("Board", "Nobody", COMPANY, "", "", ""),
        ("Board", ONE, COMPANY, "2027-01-01", "", ""),
        ("Board", ONE, COMPANY, "2026-01-01", "2025-01-01", ""),
    )
    assert said == [
        "line 2: the program “Nowhere” is not here; import programs, then this file again",
        "line 3: several programs are called “Users”; say in “Program begins on” which one it is",
        f"line 4: Nobody of {COMPANY} is no advocate here; import advocates, then this file again",
        "line 5: 2027-01-01, the day on which the customer joined, is still to come",
        "line 6: the customer left before they joined",
    ]
    said = lines_of(
        office,
        ImportKind.ATTENDANCE,
        ("Program", "Date", "About", "Advocate", "Company"),
        ("Board", "2025-03-02", "", ONE, COMPANY),
        ("Board", "2025-03-01", "", ONE, COMPANY),
        ("Board", "2025-03-01", "Dinner", ONE, COMPANY),
        ("Board", "2026-06-01", "Summer", ONE, COMPANY),
    )
    assert said == [
        "line 2: “Board” has no such meeting on 2025-03-02; import meetings, then this file again",
        "line 3: “Board” has several meetings on that day; say in “About” which one it is",
        "line 4: this meeting was called off here, so nobody can have been there",
        "line 5: 2026-06-01 is still to come, so nobody can have been there",
    ]


def test_a_file_changes_no_standing_and_writes_to_nobody(office: Office) -> None:
    filled(office)
    before = len(office.every(Message))
    report = office.load(
        ImportKind.MEMBERS, as_csv(("Program", "Advocate", "Company", "Stands"), ("Board", ONE, COMPANY, "left"))
    )
    assert report.remarks == {"Is member here, which a file does not change to “left”.": (2,)}
    report = office.load(
        ImportKind.PROGRAMS,
        as_csv(
            ("Program", "Kind", "Purpose", "Wanted", "Begins on", "Stands"),
            ("Board", "advisory board", "Advises", 12, "2025-01-01", "closed"),
        ),
    )
    assert report.remarks == {"Is open here, which a file does not change to “closed”.": (2,)}
    assert {row.state for row in office.every(Mechanism) if row.name == "Board"} == {"open"}
    assert len(office.every(Message)) == before


def test_a_term_counts_once_whichever_file_comes_first(office: Office) -> None:
    filled(office)
    terms = select(Engagement).where(Engagement.activity == "advisory board")
    header = ("Advocate", "Company", "Activity", "Date", "Stands")
    office.load(ImportKind.ENGAGEMENTS, as_csv(header, (ONE, COMPANY, "advisory board", "2025-01-05", "done")))
    assert len(office.see(lambda session: session.scalars(terms).all())) == 1
    office.load(ImportKind.ENGAGEMENTS, as_csv(header, (OTHER, OTHERS, "advisory board", "2026-02-02", "done")))
    members = ("Program", "Advocate", "Company", "Stands", "Term begins on")
    office.do(lambda session: session.execute(delete(MechanismMember).where(MechanismMember.state == "declined")))
    office.load(ImportKind.MEMBERS, as_csv(members, ("Board", OTHER, OTHERS, "member", "2026-02-02")))
    assert len(office.see(lambda session: session.scalars(terms).all())) == 2


def cut_after(pages: int) -> Callable[[int], None]:
    """As when somebody presses Ctrl-C after so many pages."""
    left = [pages]

    def advance(_rows: int) -> None:
        left[0] -= 1
        if not left[0]:
            raise KeyboardInterrupt

    return advance


@pytest.mark.parametrize("as_json", [False, True])
def test_an_export_into_a_file_goes_on_where_it_was_cut(
    office: Office, monkeypatch: pytest.MonkeyPatch, as_json: bool
) -> None:
    office.load(ImportKind.ACCOUNTS, "Name\n" + "".join(f"Company {number}\n" for number in range(25)))
    whole = exported(office, "accounts", as_json=as_json)
    monkeypatch.setattr(exports, "AT_A_TIME", 10)
    path = office.folder / "accounts.out"

    def into(name: str = "accounts", progress: Callable[[int], None] | None = None) -> tuple[int, int]:
        return exports.export_to(
            office.db, office.workspace_id, name, path, as_json=as_json, moment=office.moment(), progress=progress
        )

    with pytest.raises(KeyboardInterrupt):
        into(progress=cut_after(2))
    part = path.with_name("accounts.out.part")
    assert not path.exists()
    with part.open("ab") as file:
        file.write(b"half a line")  # what came to the disk after the last note
    assert into() == (25, 20)
    assert path.read_text(encoding="utf-8") == whole
    assert [one.name for one in office.folder.glob("accounts.out*")] == ["accounts.out"]
    with pytest.raises(KeyboardInterrupt):
        into(progress=cut_after(1))
    assert into("people") == (0, 0)  # something else begins anew
    assert {one.action for one in office.every(Audit)} >= {"export.accounts", "export.people"}


def test_memory_does_not_grow_with_the_rows(office: Office) -> None:
    office.load(ImportKind.ACCOUNTS, "Name\n" + "".join(f"Company {number}\n" for number in range(6000)))
    path = office.folder / "accounts.csv"
    tracemalloc.start()
    try:
        exports.export_to(office.db, office.workspace_id, "accounts", path, as_json=False, moment=office.moment())
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert path.read_text(encoding="utf-8").count("\n") == 6001
    assert peak < 12_000_000


def test_targets_campaigns_self_checks_and_pulses_come_out_too(office: Office) -> None:
    office.load(ImportKind.PEOPLE, PEOPLE)
    ada = office.person("Ada").id
    quarter, new = date(2026, 1, 1), office.moment().new_id

    def made(session: GuardedSession) -> None:
        target = TargetRow(id=new(), name="Health", criteria={"industry": ["healthcare"]}, count=5, due_on=quarter)
        target.owner_id, target.created_at = ada, office.now
        session.add(target)
        session.flush()
        campaign = Campaign(id=new(), target_id=target.id, state="open", text="=Who?", expected=3, ends_on=quarter)
        campaign.started_by_id, campaign.created_at = ada, office.now
        check = SelfCheckRow(id=new(), person_id=ada, part="leader", quarter=quarter, scores=[1, 2, 3, 4, 5])
        check.answered_at = office.now
        session.add_all([campaign, check])

    office.do(made)
    [target] = csv.DictReader(io.StringIO(exported(office, "targets")))
    assert (target["Criteria"], target["Wanted"], target["Owner email"]) == (
        "industry: healthcare",
        "5",
        "ada@q.example",
    )
    [campaign] = csv.DictReader(io.StringIO(exported(office, "campaigns")))
    assert (campaign["Target"], campaign["Text"], campaign["Stands"]) == ("Health", "'=Who?", "open")
    [check] = json.loads(exported(office, "self-checks", as_json=True))
    assert (check["Email"], check["Belief in advocacy"], check["Ambition"]) == ("ada@q.example", "1", "5")
    assert check["Enthusiasm"] == ""
    assert exported(office, "pulses-held") == ""


def test_an_unknown_kind_is_refused_by_name(office: Office) -> None:
    with pytest.raises(RuleError, match="There is no pulses to export; there are: accounts"):
        exported(office, "pulses")
