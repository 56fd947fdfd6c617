"""Which advocates fit a query, by the database's own index. Decides no ranking beyond the engine's.

No text of a query is ever read as an operator: what is typed is folded to letters and digits, and bound.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import text

from storage.documents import facet_word, fold
from storage.guard import GuardedSession

MOST_TERMS = 24
"""Words of a query that are used: nobody means more, and each costs a walk through the index."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the profile starts so."""

    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """These words stand in the profile one after the other."""

    text: str


@dataclass(frozen=True, slots=True)
class Value:
    """The profile has this value of a facet."""

    facet: str
    value: str


Term = Word | Phrase | Value


@dataclass(frozen=True, slots=True)
class Holding:
    """They have approved something of one of these kinds that may be used on this day."""

    kinds: tuple[str, ...]
    on: date


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to find: of each of `all_of` at least one, nothing of `none_of`, free by `free_by` where that is given."""

    all_of: tuple[tuple[Term, ...], ...] = ()
    none_of: tuple[Term, ...] = ()
    free_by: date | None = None
    resting_too: bool = False
    holding: Holding | None = None


LOOKED_AT = 2000
"""Of those that fit, so many of the newest are ranked by their words: to weigh a hundred thousand takes seconds, and
whoever asks for what nearly all have is helped by any of them."""


@dataclass(frozen=True, slots=True)
class Hit:
    """An advocate that fits, with the engine's own score of the words: more is better, 0 without words."""

    advocate_id: str
    score: float


def terms(words: str) -> tuple[str, ...]:
    """The distinct words of a query, in order. Nothing that either engine could read as an operator survives."""
    return tuple(dict.fromkeys(fold(words).split()))[:MOST_TERMS]


def words_of(query: str) -> Wanted:
    """A query in which every word must be found."""
    return Wanted(tuple((Word(term),) for term in terms(query)))


def matching(session: GuardedSession, wanted: Wanted, most: int) -> list[Hit]:
    """Advocates that fit, best first by the engine's own measure, the newest first without words. One statement.

    What has neither letter nor digit asks for nothing.
    """
    session.flush()
    words, values = statement(session, wanted, most)
    return [Hit(row.advocate_id, float(row.score)) for row in session.execute(text(words), values)]


def statement(session: GuardedSession, wanted: Wanted, most: int) -> tuple[str, dict[str, Any]]:
    """The one statement that finds them, and what is bound to it."""
    need = tuple(filter(None, map(_with_letters, wanted.all_of)))
    wanted = replace(wanted, all_of=need, none_of=_with_letters(wanted.none_of))
    make = _sqlite if session.get_bind().dialect.name == "sqlite" else _postgresql
    words, values = make(session.workspace_id, wanted)
    return words, {**values, "workspace_id": session.workspace_id, "most": most}


def fits(wanted: Wanted, body: str, facets: str) -> bool:
    """Whether one document fits, whatever the day: the same as `matching` finds, without asking the index.

    `body` and `facets` are as storage.documents keeps them.
    """
    words, values = f" {body} ", set(facets.split(" "))
    need = filter(None, map(_with_letters, wanted.all_of))
    return all(any(_stands(term, words, values) for term in some) for some in need) and not any(
        _stands(term, words, values) for term in _with_letters(wanted.none_of)
    )


def _stands(term: Term, words: str, values: set[str]) -> bool:
    match term:
        case Value():
            return facet_word(term.facet, term.value) in values
        case Phrase():
            return f" {fold(term.text)} " in words
        case Word():
            return f" {fold(term.text)}" in words


def _with_letters(some: tuple[Term, ...]) -> tuple[Term, ...]:
    return tuple(term for term in some if fold(term.value if isinstance(term, Value) else term.text))


def _sqlite(workspace_id: str, wanted: Wanted) -> tuple[str, dict[str, Any]]:
    def any_of(some: tuple[Term, ...]) -> str:
        return f"({' OR '.join(map(_sqlite_term, some))})"

    need = [f'workspace_id : "{workspace_id}"', *map(any_of, wanted.all_of)]
    query = f"({' AND '.join(need)})"
    values: dict[str, Any] = {"query": f"{query} NOT {any_of(wanted.none_of)}" if wanted.none_of else query}
    where = "" if wanted.resting_too else " AND d.offered"
    if wanted.free_by is not None:
        values["free_by"] = wanted.free_by.isoformat()
        where += " AND d.free_on <= :free_by"
    where += _holding(wanted.holding, values, date.isoformat)
    # What else is asked of the row is seen after the index only, so that then all that it finds is looked at.
    values["looked_at"] = LOOKED_AT if wanted.free_by is None and wanted.holding is None else -1
    statement = (
        "SELECT d.advocate_id, found.score FROM ("  # noqa: S608  # all values are bound
        "SELECT rowid AS number, -bm25(advocate_search, 0.0, 0.0, 1.0) AS score FROM advocate_search "
        "WHERE advocate_search MATCH :query ORDER BY rowid DESC LIMIT :looked_at"
        ") found JOIN advocate_document d ON d.number = found.number "
        f"WHERE d.workspace_id = :workspace_id{where} ORDER BY found.score DESC, d.number DESC LIMIT :most"
    )
    return statement, values


def _holding(held: Holding | None, values: dict[str, Any], as_day: Callable[[date], Any]) -> str:
    """The condition, and what is bound to it."""
    if held is None:
        return ""
    kinds = {f"kind{at}": kind for at, kind in enumerate(held.kinds)}
    values |= {**kinds, "held_on": as_day(held.on)}
    named = ", ".join(f":{name}" for name in kinds)
    return (
        " AND EXISTS (SELECT 1 FROM asset a WHERE a.workspace_id = :workspace_id AND a.advocate_id = d.advocate_id "  # noqa: S608  # all values are bound
        f"AND a.kind IN ({named}) AND a.withdrawn_at IS NULL AND (a.expires_on IS NULL OR a.expires_on >= :held_on))"
    )


def _sqlite_term(term: Term) -> str:
    match term:
        case Value():
            return f'facets : "{facet_word(term.facet, term.value)}"'
        case Phrase():
            return f'body : "{fold(term.text)}"'
        case Word():
            return f'body : "{fold(term.text)}"*'


def _postgresql(workspace_id: str, wanted: Wanted) -> tuple[str, dict[str, Any]]:
    values: dict[str, Any] = {"workspace_word": f"':{workspace_id}'"}

    def bound(term: Term) -> str:
        name = f"term{len(values)}"
        values[name] = _postgresql_term(term)
        return f"CAST(:{name} AS tsquery)" if isinstance(term, Value) else f"to_tsquery('simple', :{name})"

    need = [[bound(term) for term in some] for some in wanted.all_of]
    ranked = [term for some in need for term in some if term.startswith("to_")]
    score = f"ts_rank(found.document, {' || '.join(ranked)})" if ranked else "0.0"
    tests = ["CAST(:workspace_word AS tsquery)", *(f"({' || '.join(some)})" for some in need)]
    tests += [f"!! {bound(term)}" for term in wanted.none_of]
    where = "" if wanted.resting_too else " AND d.offered"
    if wanted.free_by is not None:
        values["free_by"] = wanted.free_by
        where += " AND d.free_on <= :free_by"
    where += _holding(wanted.holding, values, lambda day: day)
    values["looked_at"] = LOOKED_AT
    statement = (
        f"SELECT found.advocate_id, {score} AS score FROM ("  # noqa: S608  # all values are bound
        "SELECT d.advocate_id, d.number, d.document FROM advocate_found d "
        f"WHERE d.workspace_id = :workspace_id AND d.document @@ ({' && '.join(tests)}){where} "
        # The sum keeps PostgreSQL from walking through the whole table in this order, in hope of early matches.
        "ORDER BY d.number + 0 DESC LIMIT :looked_at"
        ") found ORDER BY score DESC, found.number DESC LIMIT :most"
    )
    return statement, values


def _postgresql_term(term: Term) -> str:
    if isinstance(term, Value):
        return f"'{facet_word(term.facet, term.value)}'"
    words = " <-> ".join(f"'{word}'" for word in fold(term.text).split())
    return f"{words}:*" if isinstance(term, Word) else words
