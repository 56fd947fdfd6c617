"""The workspace's vocabularies: the usual terms with what the workspace added, renamed or hid, and what profiles say.

Decides how they are put together; who changes them is in steps.vocabulary_editing, and what a query makes of them in
domain.query.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from domain import permissions
from domain.glossary import Glossary
from domain.moment import Moment
from domain.names import clean_line, fold
from domain.near import term_words
from domain.people import Actor
from domain.query import USUAL, Facet, Vocabularies
from domain.terms import NAME_LIMIT, Entry, key_of, phrase_of
from storage import vocabulary as stored
from storage.guard import GuardedSession
from storage.vocabulary import NewTerm, Term

EDITABLE = (Facet.INDUSTRY, Facet.PRODUCT, Facet.PERSONA, Facet.SEGMENT, Facet.ACTIVITY, Facet.LANGUAGE)
"""Countries and regions are the world's, not ours."""

FIXED = frozenset({Facet.ACTIVITY})
"""What an advocate can be asked for is the program's: each has its weight, its form and its consent."""

BUILT = 64
"""Vocabularies that are kept built, one a workspace: the same terms need not be built twice."""

SUGGESTED = 30
"""Terms that are offered while somebody types."""

Row = tuple[str, str, tuple[str, ...], bool, tuple[str, ...]]
"""Facet, value, synonyms, hidden, and the keys of terms that it differs from."""


@dataclass(frozen=True, slots=True)
class Alike:
    """A value that looks like a term which was there before."""

    facet: Facet
    value: str
    like: str


def load(session: GuardedSession) -> Vocabularies:
    """What this workspace calls things. One statement."""
    return _built(rows_of(stored.terms(session)))


def glossaries(session: GuardedSession) -> Mapping[Facet, Glossary]:
    """The same facet by facet, with what is hidden. One statement."""
    return _kept(rows_of(stored.terms(session)))


def rows_of(terms: Iterable[Term]) -> tuple[Row, ...]:
    """What the stored terms say, as values that can be compared."""
    return tuple((row.facet, row.value, tuple(row.synonyms), row.hidden, tuple(row.differs_from)) for row in terms)


@lru_cache(maxsize=BUILT)
def _built(rows: tuple[Row, ...]) -> Vocabularies:
    return Vocabularies({facet: glossary.shown for facet, glossary in _kept(rows).items()})


@lru_cache(maxsize=BUILT)
def _kept(rows: tuple[Row, ...]) -> Mapping[Facet, Glossary]:
    return {facet: glossary_of(facet, rows) for facet in EDITABLE}


def glossary_of(facet: Facet, rows: Iterable[Row]) -> Glossary:
    """One facet's terms."""
    own = (row[1:] for row in rows if row[0] == facet.value)
    entries = (Entry(value, said, hidden, differs_from=apart) for value, said, hidden, apart in own)
    return Glossary.of(USUAL.get(facet, {}), entries, fixed=facet in FIXED)


def learn(session: GuardedSession, actor_id: str | None, moment: Moment, said: Iterable[tuple[Facet, str]]) -> None:
    """Take up the values that a profile or a file uses and nobody knows yet, so that they can be looked for.

    One statement, and one more where something is new. What is hidden stays so; a value too long for a term, and
    values beyond the most that a facet may have, are found by their words alone.
    """
    rows = rows_of(stored.terms(session))
    known, kept = _built(rows), _kept(rows)
    new: dict[tuple[Facet, str], str] = {}
    room = {facet: glossary.room for facet, glossary in kept.items() if facet not in FIXED}
    for facet, value in dict.fromkeys(said):
        name = _as_term(value)
        key = (facet, phrase_of(name))
        if not name or key in new or not room.get(facet) or kept[facet].is_known(name):
            continue
        if not known.find(term_words(name), name, (facet,)):
            new[key] = name
            room[facet] -= 1
    found = (NewTerm(facet.value, name, key_of(name)) for (facet, _phrase), name in new.items())
    stored.take_up(session, moment, actor_id, found)


def _as_term(value: str) -> str:
    name = clean_line(value[: 2 * NAME_LIMIT], 10 * NAME_LIMIT)
    return name if len(value) <= 2 * NAME_LIMIT and len(name) <= NAME_LIMIT and phrase_of(name) else ""


def lookalikes(session: GuardedSession, said: Iterable[tuple[Facet, str]]) -> tuple[Alike, ...]:
    """Those of the values that look like a term which was there before: probably the same. One statement."""
    kept = glossaries(session)
    found = ((facet, value, kept[facet].alike(value)) for facet, value in dict.fromkeys(said) if facet in kept)
    return tuple(Alike(facet, value, like) for facet, value, like in found if like)


def suggest(session: GuardedSession, actor: Actor, _moment: Moment, facet: Facet, typed: str) -> list[str]:
    """Terms for a type-ahead, the likeliest first; all of them, as far as there is room, where nothing is typed."""
    permissions.check(actor, permissions.Action.LOOK_UP)
    known = load(session)
    ranked = sorted(
        (_rank(phrase_of(typed), value, said), fold(value), value) for value, said in known.values[facet].items()
    )
    found = [value for rank, _key, value in ranked if rank < _NO_FIT]
    return (found or list(known.suggestions(term_words(typed), (facet,))))[:SUGGESTED]


_NO_FIT = 5


def _rank(typed: str, value: str, synonyms: Iterable[str]) -> int:
    """0 the term itself, then what is called so otherwise, starts so, has a word that starts so, or another name."""
    name, others = phrase_of(value), [phrase_of(said) for said in synonyms]
    fits = (
        name == typed,
        typed in others,
        name.startswith(typed),
        f" {typed}" in f" {name}",
        any(f" {typed}" in f" {said}" for said in others),
    )
    return fits.index(True) if True in fits else _NO_FIT
