"""Quorvane, the invented company that people try Everboard with: its Slack workspace, and its data, imported.

Cells of the sample's files may hold a number of days from today, such as -30d, so that the sample never grows old.
That is the sample's own; an import of other files knows nothing of it.
"""

import csv
import re
import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import select

from bot.imports import run_import
from domain.assets import AssetValues, Kind, Scope
from domain.errors import RuleError
from domain.imports.kinds import ImportKind
from domain.moment import Moment
from steps import assets, health
from storage import settings
from storage.advocates import Advocate
from storage.database import Database
from storage.guard import GuardedSession
from storage.nominations import Contact

FOLDER = Path(__file__).with_name("sample")

ORDER = (
    ImportKind.PEOPLE,
    ImportKind.ACCOUNTS,
    ImportKind.ADVOCATES,
    ImportKind.OPPORTUNITIES,
    ImportKind.NOMINATIONS,
    ImportKind.PULSES,
)
"""Each names what came before it: accounts their owners, advocates and deals their accounts."""

_DAYS_FROM_TODAY = re.compile(r"[+-]\d{1,4}d")


REP = "U0DESMOND"
"""Whom the demo begins as: a rep who has not nominated anybody yet."""


class SampleError(Exception):
    """The sample does not fit the import: a mistake in a file of ours; the message is the import's report."""


def load(db: Database, workspace_id: str, moment: Moment) -> None:
    """Import the sample company into a workspace without data. Raises SampleError when a line is refused."""
    with tempfile.TemporaryDirectory(prefix="everboard-sample-") as folder:
        for kind in ORDER:
            path = Path(folder) / f"{kind.value}.csv"
            _write_dated(FOLDER / path.name, path, moment.now.date())
            report = run_import(db, workspace_id, kind, path, moment_source=lambda: moment)
            if report.refused:
                raise SampleError(f"{path.name}: {report.refused[0].sentence}")
    db.run_now(workspace_id, _keep_assets, moment)
    db.run_now(workspace_id, lambda session: health.keep(session, moment, settings.load(session)))


def _keep_assets(session: GuardedSession, moment: Moment) -> None:
    """What the advocates have approved; no import knows of it, for a file can't tell what a customer agreed to."""
    contacts = session.execute(select(Contact.name, Advocate.id).join(Advocate, Advocate.contact_id == Contact.id))
    ids = {row.name: row.id for row in contacts}
    today = moment.now.date()
    with (FOLDER / "assets.csv").open(encoding="utf-8", newline="") as file:
        for cells in csv.DictReader(file):
            try:
                assets.keep(session, moment, ids[cells["Contact name"]], _asset(cells, today), today, None)
            except (KeyError, ValueError, RuleError) as error:
                raise SampleError(f"assets.csv: {cells['Title']}: {error}") from error


def _asset(cells: dict[str, str], today: date) -> AssetValues:
    return AssetValues(
        kind=Kind(cells["Kind"]),
        title=cells["Title"],
        link=cells["Link"] or None,
        words=cells["Words"] or None,
        products=tuple(filter(None, [cells["Products"]])),
        languages=tuple(filter(None, [cells["Languages"]])),
        scope=Scope[cells["Use"].upper()],
        expires_on=date.fromisoformat(_dated(cells["Last day"], today)) if cells["Last day"] else None,
    )


def _write_dated(source: Path, target: Path, today: date) -> None:
    with source.open(encoding="utf-8", newline="") as read, target.open("w", encoding="utf-8", newline="") as write:
        csv.writer(write).writerows([_dated(cell, today) for cell in row] for row in csv.reader(read))


def _dated(cell: str, today: date) -> str:
    if not _DAYS_FROM_TODAY.fullmatch(cell):
        return cell
    return (today + timedelta(days=int(cell[:-1]))).isoformat()


def slack_world() -> dict[str, Any]:
    """The same people as a seed for the sandbox: `team`, `users`, `usergroups`, `channels` with first messages."""
    world: dict[str, Any] = yaml.safe_load((FOLDER / "workspace.yml").read_text(encoding="utf-8"))
    people = _people()
    members, others = world.pop("members"), world.pop("others")
    world["users"] = [*(_user(person, members[_handle(person)]) for person in people), *others]
    for group in world["usergroups"]:
        group.setdefault("users", _handles_in(people, group["handle"]))
    return world


def _people() -> list[dict[str, str]]:
    with (FOLDER / "people.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _handle(person: dict[str, str]) -> str:
    return person["Email"].partition("@")[0]


def _user(person: dict[str, str], in_slack: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": person["Slack user id"],
        "name": _handle(person),
        "real_name": person["Name"],
        "email": person["Email"],
        "title": person["Title"],
        **in_slack,
    }


def _handles_in(people: list[dict[str, str]], group: str) -> list[str]:
    """A user group bears the name of the function whose people it holds."""
    return [_handle(person) for person in people if person["Function"] == group.replace("-", " ")]
