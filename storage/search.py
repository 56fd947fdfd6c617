"""Full-text search over published profiles, with the database's own index. Decides no ranking beyond the engine's.

SQLite: FTS5 over `advocate_document`, kept by triggers. PostgreSQL: a stored tsvector with a GIN index. The text is
folded here (case, accents), so that both engines find the same; the workspace's id is a word of the index that nobody
can type, so that a search costs by its own workspace's size and not by everybody's.
"""

import re
import unicodedata

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint, delete, select, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import ID_LENGTH, Base, Tenant, within
from storage.guard import GuardedSession

MOST_TERMS = 24
"""Words of a query that are used: nobody means more, and each costs a walk through the index."""

LONGEST_WORD = 64
"""Characters of a word that are looked at: PostgreSQL would leave out a word that is too long to index."""


class Document(Tenant, Base):
    """What can be found of one published advocate. No contact details, no interview notes."""

    __tablename__ = "advocate_document"
    __table_args__ = (UniqueConstraint("workspace_id", "advocate_id"), within("advocate_id", "advocate"))

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    workspace_id: Mapped[str] = mapped_column(String(ID_LENGTH), ForeignKey("workspace.id"))
    advocate_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    body: Mapped[str] = mapped_column(Text)


_REMOVE_OLD = (
    "INSERT INTO advocate_search(advocate_search, rowid, workspace_id, body) "
    "VALUES ('delete', old.number, old.workspace_id, old.body);"
)
_ADD_NEW = "INSERT INTO advocate_search(rowid, workspace_id, body) VALUES (new.number, new.workspace_id, new.body);"

SQLITE_INDEX = (
    """CREATE VIRTUAL TABLE advocate_search USING fts5(
        workspace_id, body, content='advocate_document', content_rowid='number', tokenize='unicode61')""",
    f"CREATE TRIGGER advocate_document_added AFTER INSERT ON advocate_document BEGIN {_ADD_NEW} END",
    f"CREATE TRIGGER advocate_document_removed AFTER DELETE ON advocate_document BEGIN {_REMOVE_OLD} END",
    f"CREATE TRIGGER advocate_document_changed AFTER UPDATE ON advocate_document BEGIN {_REMOVE_OLD} {_ADD_NEW} END",
)
POSTGRESQL_INDEX = (
    """ALTER TABLE advocate_document ADD COLUMN document tsvector
        GENERATED ALWAYS AS (array_to_tsvector(ARRAY[':' || workspace_id]) || to_tsvector('simple', body)) STORED""",
    "CREATE INDEX ix_advocate_document_document ON advocate_document USING gin (document)",
)
"""What the first migration adds to the table, one statement each."""

_SQLITE_QUERY = text(
    "SELECT d.advocate_id FROM advocate_search JOIN advocate_document d ON d.number = advocate_search.rowid "
    "WHERE advocate_search MATCH :query AND d.workspace_id = :workspace_id "
    "ORDER BY bm25(advocate_search), d.number LIMIT :most"
)
_POSTGRESQL_QUERY = text(
    "SELECT advocate_id FROM advocate_document WHERE workspace_id = :workspace_id "
    "AND document @@ (CAST(''':' || CAST(:workspace_id AS text) || '''' AS tsquery) && to_tsquery('simple', :query)) "
    "ORDER BY ts_rank(document, to_tsquery('simple', :query)) DESC, number LIMIT :most"
)


def fold(words: str) -> str:
    """Text as the index keeps it: lower case, no accents, words of letters and digits apart by single spaces."""
    plain = unicodedata.normalize("NFKD", words.casefold())
    found = re.findall(r"\w+", "".join(c for c in plain if not unicodedata.combining(c)).replace("_", " "))
    return " ".join(word[:LONGEST_WORD] for word in found)


def terms(words: str) -> tuple[str, ...]:
    """The distinct words of a query, in order. Nothing that either engine could read as an operator survives."""
    return tuple(dict.fromkeys(fold(words).split()))[:MOST_TERMS]


def index(session: GuardedSession, advocate_id: str, words: str) -> None:
    """Make an advocate findable by these words, or change by which."""
    found = session.scalar(select(Document).where(Document.advocate_id == advocate_id))
    if found is None:
        session.add(Document(advocate_id=advocate_id, body=fold(words)))
    else:
        found.body = fold(words)


def forget(session: GuardedSession, advocate_id: str) -> None:
    """Make an advocate impossible to find."""
    session.execute(delete(Document).where(Document.advocate_id == advocate_id))


def matching(session: GuardedSession, wanted: tuple[str, ...], most: int) -> list[str]:
    """Ids of advocates with all these words (each may be the start of one), best first. One statement."""
    if not wanted:
        return []
    session.flush()
    workspace = session.workspace_id
    if session.get_bind().dialect.name == "sqlite":
        words = " AND ".join(f'"{term}"*' for term in wanted)
        query, statement = f'workspace_id : "{workspace}" AND body : ({words})', _SQLITE_QUERY
    else:
        query = " & ".join(f"'{term}':*" for term in wanted)
        statement = _POSTGRESQL_QUERY
    rows = session.execute(statement, {"query": query, "workspace_id": workspace, "most": most})
    return [row.advocate_id for row in rows]
