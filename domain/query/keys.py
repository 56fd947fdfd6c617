"""One canonical form for queries that mean the same, however they were typed. Decides nothing about who fits."""

from collections.abc import Iterable, Iterator
from hashlib import sha256

from domain.query.model import PLACES, Query

LONGEST_KEY = 500
"""Characters; a longer key is told apart by a digest at its end."""


def key_of(asked: Query) -> str:
    """The same text for "ciso emea" and "EMEA CISOs", at most LONGEST_KEY long."""
    key = " ".join(_parts(asked))
    if len(key) <= LONGEST_KEY:
        return key
    digest = sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{key[: LONGEST_KEY - len(digest) - 1]} {digest}"


def _parts(asked: Query) -> Iterator[str]:
    yield from sorted(
        f"{'-' if one.excluded else ''}{one.facet}:{_joined(one.values)}"
        for one in asked.filters
        if one.excluded or one.facet not in PLACES
    )
    if asked.countries is not None:
        yield f"where:{_joined(asked.countries)}"
    for sign, words in (("", asked.words), ("-", asked.not_words)):
        yield from (f"{sign}{word}" for word in sorted(set(words)))
    for sign, phrases in (("", asked.phrases), ("-", asked.not_phrases)):
        yield from (f'{sign}"{phrase}"' for phrase in sorted(set(phrases)))
    if asked.available_now:
        yield "available:now"


def _joined(values: Iterable[str]) -> str:
    return ",".join(sorted(values))
