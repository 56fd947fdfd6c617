"""`everboard export`: what comes out goes in again, nothing is lost, and no cell becomes a formula."""

import csv
import io
import json
from typing import Any

import pytest

from bot import exports
from domain.errors import RuleError
from domain.imports.kinds import ImportKind
from storage.exports import EVERY
from storage.workspaces import Workspace
from tests.bot.importing import NOW, PEOPLE, Office, as_csv, office
from tests.bot.test_portfolio import ACCOUNTS, ADVOCATES
from tests.bot.test_value import deals, use

__all__ = ["office"]

NOMINATIONS = (
    ("Contact name", "Company", "Email", "Why", "Customer knows", "Nominated on"),
    ("Rosa Lindqvist", "Harbor Mutual", "rosa@harbor.example", "=HYPERLINK(1) says she", "yes", "2026-02-03"),
    ("@Grace", "Nobody Yet", "", "Line one\nline two", "no", "2026-02-04"),
)


def exported(office: Office, name: str, *, as_json: bool = False) -> str:
    out = io.StringIO()
    exports.export(office.db, office.workspace_id, name, as_json=as_json, out=out)
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


@pytest.mark.parametrize("kind", [kind for kind in ImportKind if kind.value in EVERY])
def test_what_comes_out_goes_in_again_without_loss(office: Office, kind: ImportKind) -> None:
    filled(office)
    whole = {name: exported(office, name) for name in ("people", "accounts", "advocates", kind.value)}
    other = Office(office.db, "W2".ljust(26, "0"), office.folder, office.random)

    def found(session: Any) -> None:
        session.add(Workspace(id=other.workspace_id, created_at=NOW))

    office.db.run_now(None, found)
    for name, text in whole.items():
        report = other.load(ImportKind(name), text)
        assert not report.refused, report
    assert own(exported(other, kind.value)) == own(whole[kind.value])
    assert whole[kind.value].count("\n") > 2


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
    assert [(row["Opportunity"], row["Activity"]) for row in found] == [("=cmd()", "reference call")]
    assert len(json.loads(exported(office, "advocates", as_json=True))) == len(ADVOCATES) - 1


def test_an_unknown_kind_is_refused_by_name(office: Office) -> None:
    with pytest.raises(RuleError, match="There is no pulses to export; there are: accounts"):
        exported(office, "pulses")
