"""`everboard report portfolio`, from imported files to one JSON document and to words, on both databases."""

import io
import json
from datetime import date
from random import Random
from typing import Any

from bot import reports
from domain.imports.kinds import ImportKind
from domain.moment import Moment
from domain.people import Actor, Role
from domain.query import Facet
from domain.targets import Values
from steps import targets
from tests.bot.importing import PEOPLE, Office, as_csv, office

__all__ = ["office"]

ACCOUNTS = (
    ("Account name", "Industry", "Billing country", "Segment", "Health", "Products"),
    ("Harbor Mutual", "Insurance", "Germany", "Enterprise", "green", "Gate"),
    ("Alderney Health", "Healthcare", "United Kingdom", "Enterprise", "red", ""),
    ("Nobody Yet", "Retail", "Japan", "SMB", "green", ""),
)
ADVOCATES = (
    (
        "Contact name",
        "Company",
        "Title",
        "Persona",
        "Country",
        "Industry",
        "Languages",
        "Use cases",
        "Activities",
        "Consent scope",
        "Consent date",
        "Consent how",
        "State",
        "Verified on",
    ),
    (
        "Ada Okafor",
        "Harbor Mutual",
        "VP",
        "CIO",
        "Germany",
        "Insurance",
        "English",
        "Rollout",
        "reference call",
        "listed; conversations; public",
        "2026-01-05",
        "email",
        "active",
        "2026-02-01",
    ),
    (
        "Bea Lind",
        "Alderney Health",
        "CISO",
        "CISO",
        "United Kingdom",
        "Healthcare",
        "English",
        "Zero trust",
        "case study",
        "listed; conversations; public",
        "2026-01-05",
        "email",
        "active",
        "2026-02-01",
    ),
)


def told(office: Office, *, as_json: bool = True) -> Any:
    out = io.StringIO()
    reports.supply_and_targets(office.db, office.workspace_id, office.moment(), as_json=as_json, out=out)
    return json.loads(out.getvalue()) if as_json else out.getvalue()


def wants(office: Office, count: int, **criteria: tuple[str, ...]) -> None:
    who = Actor(office.person("Bob").id, "UBOB", "Bob", roles=frozenset({Role.LEADER}))
    values = Values("", str(count), date(2026, 6, 30), None, {Facet(key): some for key, some in criteria.items()})
    office.do(lambda session: targets.save(session, who, Moment(office.now, Random(9).getrandbits), values, None, 0))


def test_supply_and_targets_stand_in_one_document(office: Office) -> None:
    for kind, text in (
        (ImportKind.PEOPLE, PEOPLE),
        (ImportKind.ACCOUNTS, as_csv(*ACCOUNTS)),
        (ImportKind.ADVOCATES, as_csv(*ADVOCATES)),
    ):
        assert office.load(kind, text).refused == ()
    wants(office, 3, industry=("insurance", "healthcare"))
    found = told(office)
    assert {"supply", "targets"} <= found.keys()
    assert found["targets"] == [
        {
            "name": "insurance or healthcare",
            "criteria": {"industry": ["insurance", "healthcare"]},
            "count": 3,
            "active": 2,
            "available": 1,
            "gap": 2,
            "due": "2026-06-30",
        }
    ]
    rows = {(row["facet"], row["value"]): row for row in found["supply"]}
    assert rows["industry", "insurance"] == {
        "facet": "industry",
        "value": "insurance",
        "accounts": 1,
        "active": 1,
        "available": 1,
    }
    figures = {key: (row["accounts"], row["active"], row["available"]) for key, row in rows.items()}
    assert figures["industry", "healthcare"] == (1, 1, 0)
    assert figures["industry", "retail"] == (1, 0, 0)
    assert figures["country", "Germany"] == (1, 1, 1)
    assert figures["region", "EMEA"] == (2, 2, 1)
    assert figures["segment", "enterprise"] == (2, 2, 1)
    assert figures["persona", "CISO"] == (1, 1, 0)
    assert figures["activity", "reference call"] == (1, 1, 1)
    assert figures["product", "Gate"][0] == 1
    words = told(office, as_json=False)
    assert "insurance or healthcare: 1 of 3 available, 2 missing, due 30 June 2026." in words
    assert "  Germany: 1 of 1 available; 1 customers" in words


def test_an_empty_workspace_has_an_empty_report(office: Office) -> None:
    found = told(office)
    assert (found["supply"], found["targets"]) == ([], [])
    assert told(office, as_json=False) == "0 advocates are active, 0 of them available today.\n"
