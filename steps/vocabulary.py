"""The workspace's vocabularies: the usual terms with what the workspace added, renamed or hid, and what profiles say.

Decides how they are put together; what a query makes of them is in domain.query.
"""

from collections.abc import Iterable
from functools import lru_cache

from domain.moment import Moment
from domain.names import clean_line, fold
from domain.near import term_words
from domain.query import USUAL, Facet, Vocabularies
from storage import vocabulary as stored
from storage.guard import GuardedSession
from storage.vocabulary import Term

EDITABLE = (Facet.INDUSTRY, Facet.PRODUCT, Facet.PERSONA, Facet.SEGMENT, Facet.ACTIVITY, Facet.LANGUAGE)
"""Countries and regions are the world's, not ours."""

VALUE_LIMIT, SYNONYM_LIMIT, MOST_SYNONYMS = 100, 60, 20
BUILT = 64
"""Vocabularies that are kept built, one a workspace: the same terms need not be built twice."""

Row = tuple[str, str, tuple[str, ...], bool]
"""Facet, value, synonyms, hidden."""


def load(session: GuardedSession) -> Vocabularies:
    """What this workspace calls things. One statement."""
    rows = [(row.facet, row.value, tuple(row.synonyms), row.hidden) for row in stored.terms(session)]
    return _built(tuple(rows))


@lru_cache(maxsize=BUILT)
def _built(rows: tuple[Row, ...]) -> Vocabularies:
    values = {facet: dict(USUAL.get(facet, {})) for facet in EDITABLE}
    for name, value, synonyms, hidden in rows:
        terms = values[Facet(name)]
        before = next((own for own in terms if fold(own) == fold(value)), None)
        usual = terms.pop(before) if before is not None else ()
        if not hidden:
            terms[value] = tuple(dict.fromkeys((*synonyms, *usual)))
    return Vocabularies(values)


def learn(session: GuardedSession, actor_id: str | None, moment: Moment, said: Iterable[tuple[Facet, str]]) -> None:
    """Take up the values that a profile or a file uses and nobody knows yet, so that they can be looked for.

    One statement, and one more where something is new.
    """
    known, added = load(session), set[tuple[Facet, str]]()
    for facet, value in dict.fromkeys(said):
        name = clean_line(value[:VALUE_LIMIT], VALUE_LIMIT)
        new = (facet, fold(name))
        if name and new not in added and not known.find(term_words(name), name, (facet,)):
            added.add(new)
            _add(session, actor_id, moment, facet, name)


def _add(session: GuardedSession, actor_id: str | None, moment: Moment, facet: Facet, value: str) -> Term:
    row = Term(id=moment.new_id(), facet=facet.value, value=value, key=fold(value), created_at=moment.now)
    row.synonyms, row.created_by_id = [], actor_id
    session.add(row)
    session.flush()
    return row
