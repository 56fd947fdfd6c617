"""What can be found of each advocate, as the database's own full-text index keeps it. Decides no query.

SQLite: FTS5 over `advocate_document`, kept by triggers. PostgreSQL: a stored tsvector with a GIN index. The text is
folded here (case, accents), so that both engines find the same. The workspace's id and the values of facets are words
of the index that nobody can type, so that a search costs by its own workspace's size and not by everybody's, and a
filter is one more word rather than a walk through the rows.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable
from datetime import date

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, delete, or_, select, text, update
from sqlalchemy.orm import Mapped, mapped_column

from storage.advocates import Advocate
from storage.base import ID_LENGTH, Base, Tenant, within
from storage.guard import GuardedSession

LONGEST_WORD = 64
"""Characters of a word that are looked at: PostgreSQL would leave out a word that is too long to index."""

LONGEST_VALUE = 200
"""Characters of a facet's value that are looked at, for the same reason."""

MARK = "\ue000"
"""Stands in every facet's word: both engines keep it, and `fold` takes it out of whatever is typed."""

EDITION = 2
"""Of what stands in a document. Raise it when that changes: older documents are then made anew."""


class Document(Tenant, Base):
    """What can be found of one advocate. No contact details, no interview notes.

    `offered` is false while nobody may be sent to them; what they have approved can then still be found.
    `free_on` is the first day on which one more use of weight 1 would not be too much, as far as known.
    """

    __tablename__ = "advocate_document"
    __table_args__ = (
        UniqueConstraint("workspace_id", "advocate_id"),
        within("advocate_id", "advocate"),
        Index(None, "workspace_id", "edition"),
    )

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    workspace_id: Mapped[str] = mapped_column(String(ID_LENGTH), ForeignKey("workspace.id"))
    advocate_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    body: Mapped[str] = mapped_column(Text)
    facets: Mapped[str] = mapped_column(Text, server_default="")
    offered: Mapped[bool] = mapped_column(server_default=text("true"))
    free_on: Mapped[date | None]
    edition: Mapped[int] = mapped_column(server_default="0")


_REMOVE_OLD = (
    "INSERT INTO advocate_search(advocate_search, rowid, workspace_id, facets, body) "
    "VALUES ('delete', old.number, old.workspace_id, old.facets, old.body);"
)
_ADD_NEW = (
    "INSERT INTO advocate_search(rowid, workspace_id, facets, body) "
    "VALUES (new.number, new.workspace_id, new.facets, new.body);"
)

SQLITE_INDEX = (
    """CREATE VIRTUAL TABLE advocate_search USING fts5(
        workspace_id, facets, body, content='advocate_document', content_rowid='number', tokenize='unicode61')""",
    f"CREATE TRIGGER advocate_document_added AFTER INSERT ON advocate_document BEGIN {_ADD_NEW} END",
    f"CREATE TRIGGER advocate_document_removed AFTER DELETE ON advocate_document BEGIN {_REMOVE_OLD} END",
    f"""CREATE TRIGGER advocate_document_changed AFTER UPDATE OF workspace_id, facets, body ON advocate_document
        BEGIN {_REMOVE_OLD} {_ADD_NEW} END""",
)
POSTGRESQL_INDEX = (
    """ALTER TABLE advocate_document ADD COLUMN document tsvector
        GENERATED ALWAYS AS (array_to_tsvector(ARRAY[':' || workspace_id])
        || array_to_tsvector(string_to_array(facets, ' ')) || to_tsvector('simple', body)) STORED""",
    "CREATE INDEX ix_advocate_document_document ON advocate_document USING gin (document)",
)
"""What a migration adds to the table, one statement each."""


def fold(words: str) -> str:
    """Text as the index keeps it: lower case, no accents, words of letters and digits apart by single spaces."""
    plain = unicodedata.normalize("NFKD", words.casefold())
    found = re.findall(r"\w+", "".join(c for c in plain if not unicodedata.combining(c)).replace("_", " "))
    return " ".join(word[:LONGEST_WORD] for word in found)


def facet_word(facet: str, value: str) -> str:
    """The index's word for a value of a facet."""
    return f"{MARK}{facet}{MARK}{fold(value[:LONGEST_VALUE]).replace(' ', MARK)}"


def index(
    session: GuardedSession,
    advocate_id: str,
    words: str,
    values: Iterable[tuple[str, str]] = (),
    *,
    offered: bool = True,
    free_on: date | None = None,
) -> None:
    """Make an advocate findable by these words and values of facets, or change by which."""
    row = session.scalar(select(Document).where(Document.advocate_id == advocate_id))
    if row is None:
        row = Document(advocate_id=advocate_id)
        session.add(row)
    row.body, row.offered, row.free_on, row.edition = fold(words), offered, free_on, EDITION
    row.facets = " ".join(sorted({facet_word(facet, value) for facet, value in values}))


def forget(session: GuardedSession, advocate_id: str) -> None:
    """Make an advocate impossible to find."""
    session.execute(delete(Document).where(Document.advocate_id == advocate_id))


def outdated(session: GuardedSession, states: Collection[str], most: int) -> list[str]:
    """Ids of advocates in one of these states whose document is of an earlier edition, or missing. One statement."""
    current = select(Document.advocate_id).where(Document.edition == EDITION)
    old = select(Advocate.id).where(Advocate.state.in_(states), Advocate.id.not_in(current))
    return list(session.scalars(old.order_by(Advocate.id).limit(most)))


def outdate(session: GuardedSession) -> None:
    """Have every document of the workspace made anew, little by little."""
    session.execute(update(Document).values(edition=0).execution_options(synchronize_session=False))


def free_from(session: GuardedSession, advocate_id: str, day: date | None) -> None:
    """Note from which day on an advocate is free again; None for not at all as far as can be seen."""
    session.execute(
        update(Document)
        .where(Document.advocate_id == advocate_id)
        .values(free_on=day)
        .execution_options(synchronize_session="fetch")
    )


def freed(session: GuardedSession, since: date, until: date, most: int) -> list[str]:
    """Offered advocates who are free again from one of these days on, or whose pause ended then, the latest first.

    One statement.
    """
    ended = or_(Document.free_on.between(since, until), Advocate.rest_until.between(since, until))
    query = (
        select(Document.advocate_id)
        .join(Advocate, Advocate.id == Document.advocate_id)
        .where(Document.offered, ended)
        .order_by(Document.free_on.desc().nulls_last(), Document.number.desc())
    )
    return list(session.scalars(query.limit(most)))
