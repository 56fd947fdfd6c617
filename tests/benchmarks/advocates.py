"""Advocates by the hundred thousand, written past the ORM: the same invented ones for each database and each size.

Decides what a large workspace looks like: industries, places, roles and words as unevenly spread as in life.
"""

import json
import random
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
from psycopg import sql

from domain.advocates import ConsentScope, Profile
from domain.vocabulary import INDUSTRIES, PERSONAS, Activity
from steps import findable
from storage import documents

NOW = datetime(2026, 9, 1, 9, tzinfo=UTC)
COUNTRIES = ("US", "US", "US", "DE", "DE", "GB", "GB", "FR", "NL", "SE", "ES", "IT", "JP", "IN", "AU", "BR", "CA", "CH")
LANGUAGES = ("English", "English", "German", "French", "Spanish", "Japanese")
PRODUCTS = ("Gate", "Vault", "Flow", "Lens", "Beacon")
_WORDS = """zero trust rollout audit migration cloud identity compliance automation ticket backlog dashboard plant
hospital branch warehouse merger retention analytics forecast onboarding self service mobile offline ransomware"""
WORDS = _WORDS.split()
SCOPES = [scope.value for scope in ConsentScope]

TABLES = {
    "contact": "workspace_id id name name_key identity company company_key created_at",
    "nomination": "workspace_id id contact_id source state why customer_knows products activities created_at version",
    "advocate": "workspace_id id contact_id nomination_id state title persona industry country region languages "
    "products use_cases activities refused_activities verified_at published_at created_at version",
    "consent": "workspace_id id advocate_id scopes given_on how recorded_at",
    "advocate_document": "workspace_id advocate_id body facets offered free_on edition",
}
COLUMNS = {table: tuple(names.split()) for table, names in TABLES.items()}
Row = dict[str, Any]


def made(workspace_id: str, number: int) -> Iterator[tuple[str, Row]]:
    """One advocate's rows, in the order in which they depend on one another. The same number is the same advocate."""
    drawn = random.Random(f"{workspace_id}/{number}")
    identity, profile = f"{number:026d}", _profile(drawn)
    own: Row = {"workspace_id": workspace_id, "id": identity, "created_at": NOW - timedelta(days=drawn.randrange(700))}
    name, company = f"Person {number}", f"Company {number % 5000}"
    yield (
        "contact",
        own
        | {
            "name": name,
            "name_key": name.lower(),
            "identity": name.lower(),
            "company": company,
            "company_key": company,
        },
    )
    yield (
        "nomination",
        own
        | {
            "contact_id": identity,
            "source": "import",
            "state": "accepted",
            "why": "",
            "customer_knows": True,
            "products": "[]",
            "activities": "[]",
            "version": 1,
        },
    )
    yield "advocate", own | _advocate(identity, profile, drawn)
    yield (
        "consent",
        own
        | {
            "advocate_id": identity,
            "scopes": json.dumps(SCOPES),
            "given_on": NOW.date(),
            "how": "by email",
            "recorded_at": NOW,
        },
    )
    text = "\n".join(words for _label, words in findable.parts(name, company, profile) if words)
    values = sorted({documents.facet_word(facet.value, value) for facet, value in findable.values(profile, None)})
    yield (
        "advocate_document",
        {
            "workspace_id": workspace_id,
            "advocate_id": identity,
            "body": documents.fold(text),
            "facets": " ".join(values),
            "offered": True,
            "free_on": NOW.date() - timedelta(days=1),
            "edition": documents.EDITION,
        },
    )


def _profile(drawn: random.Random) -> Profile:
    country = drawn.choice(COUNTRIES)
    return Profile(
        title=f"Head of {drawn.choice(WORDS)}",
        persona=drawn.choice(PERSONAS),
        industry=drawn.choice(INDUSTRIES),
        country=country,
        region=findable.region(country),
        languages=(drawn.choice(LANGUAGES),),
        products=tuple(sorted({drawn.choice(PRODUCTS) for _ in range(2)})),
        use_cases=" ".join(drawn.choice(WORDS) for _ in range(30)),
        activities=tuple(drawn.sample([*Activity], 3)),
    )


def _advocate(identity: str, profile: Profile, drawn: random.Random) -> Row:
    lists = ("languages", "products", "activities", "refused_activities")
    single = ("title", "persona", "industry", "country", "region", "use_cases")
    return {
        "contact_id": identity,
        "nomination_id": identity,
        "state": "active",
        "version": 1,
        "verified_at": NOW - timedelta(days=drawn.randrange(300)),
        "published_at": NOW,
        **{name: getattr(profile, name) for name in single},
        **{name: json.dumps(getattr(profile, name)) for name in lists},
    }


def _batches(workspaces: Iterable[tuple[str, int]], size: int = 5000) -> Iterator[dict[str, list[Row]]]:
    batch: dict[str, list[Row]] = {table: [] for table in TABLES}
    for workspace_id, count in workspaces:
        for number in range(count):
            for table, row in made(workspace_id, number):
                batch[table].append(row)
            if len(batch["contact"]) == size:
                yield batch
                batch = {table: [] for table in TABLES}
    yield batch


def fill_sqlite(path: str, workspaces: Sequence[tuple[str, int]]) -> None:
    """Write these workspaces' advocates, and index them at the end: one by one it takes three times as long."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA synchronous=OFF")
    connection.execute("DROP TRIGGER advocate_document_added")
    connection.execute("BEGIN")
    for batch in _batches(workspaces):
        for table, rows in batch.items():
            names = COLUMNS[table]
            marks = ", ".join("?" for _ in names)
            connection.executemany(
                f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})",  # noqa: S608  # our own names
                [tuple(_plain(row[name]) for name in names) for row in rows],
            )
    connection.execute("INSERT INTO advocate_search(advocate_search) VALUES ('rebuild')")
    connection.execute("COMMIT")
    connection.execute("ANALYZE")
    connection.execute(documents.SQLITE_INDEX[1])
    connection.close()


def _plain(value: Any) -> Any:
    return value.replace(tzinfo=None).isoformat(" ") if isinstance(value, datetime) else value


def fill_postgresql(uri: str, workspaces: Sequence[tuple[str, int]]) -> None:
    """Write these workspaces' advocates through COPY."""
    with psycopg.connect(uri) as connection:
        connection.execute("SET session_replication_role = replica")  # foreign keys hold by construction
        for batch in _batches(workspaces):
            for table, rows in batch.items():
                names = COLUMNS[table]
                copy = sql.SQL("COPY {} ({}) FROM STDIN").format(
                    sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, names))
                )
                with connection.cursor().copy(copy) as into:
                    for row in rows:
                        into.write_row([row[name] for name in names])
        connection.commit()
    with psycopg.connect(uri, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")
