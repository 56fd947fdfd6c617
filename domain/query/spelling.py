"""Which term a misspelt word means. Decides nothing about exact words: those never come here.

People's and companies' names are searched with the same words, so a wrong guess costs more than a missed one.
What is allowed grows with the word, and the tests hold the table of cases.
"""

from collections import Counter
from collections.abc import Collection, Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

from domain.near import SHORTEST_SLIP, TWO_SLIPS, slips_allowed

SHORTEST_TERM = 6
"""Letters of a term that may be misspelt. With five, Indra would be India and Malte would be Malta."""

LOOSEST = 3
"""Slips allowed at most, in a value that was asked for by its facet's name."""

NEAREST = 3
"""Terms that are suggested for one that nobody knows."""

LONGEST = 40
"""Letters of a word that is compared; the longest term has fewer."""

_VOWELS = frozenset("aeiouy")

_OWN_WORD_LIST = """
baking blanking bruni cameron columbia cyrus finish forming framing francis francois germain granada gorman heath hungry
inventor jorden jordon joran libera medial mediate mixing paving properly rental shopping stuffing surname trailer
"""
_WORDS_OF_THEIR_OWN = frozenset(_OWN_WORD_LIST.split())
"""Everyday words and names one slip away from a term: a shopping app is no shipping company."""


def corrections(word: str, terms: Collection[str]) -> tuple[str, ...]:
    """The terms that a free word most likely misspells, all at the same distance; empty when it is its own word.

    One slip from five letters on, two from nine. The first letter is right, and the last, but for two swapped: another
    ending makes another word (France, Frances). Letters are left out, typed twice or swapped; one letter for another
    counts only once, and between consonants from nine letters on: charity is not clarity, nor conference confidence.
    """
    if len(word) < SHORTEST_SLIP or word in _WORDS_OF_THEIR_OWN or not word.isalpha():
        return ()
    return _nearest(word, (term for term in _within(word, terms, 2) if _is_slip(word, term)))


def loose_corrections(word: str, terms: Collection[str]) -> tuple[str, ...]:
    """The same for a value that was asked for by its facet's name, where it can be nothing else: one slip from four
    letters on, two from seven, three from eleven."""
    found = _within(word, terms, LOOSEST)
    return _nearest(word, (term for term in found if OSA.distance(word, term) <= _loosely(min(len(word), len(term)))))


def suggestions(text: str, terms: Collection[str]) -> list[str]:
    """The terms most like an unknown one, best first, as far as any is like it at all."""
    if not text or len(text) > LONGEST:
        return []
    found = process.extract(text, terms, scorer=OSA.normalized_similarity, score_cutoff=0.45, limit=4 * NEAREST)
    return [term for term, _, _ in found]


def _within(word: str, terms: Collection[str], slips: int) -> list[str]:
    if len(word) > LONGEST:
        return []
    return [term for term, _, _ in process.extract(word, terms, scorer=OSA.distance, score_cutoff=slips, limit=None)]


def _nearest(word: str, terms: Iterable[str]) -> tuple[str, ...]:
    by_distance: dict[int, list[str]] = {}
    for term in terms:
        by_distance.setdefault(OSA.distance(word, term), []).append(term)
    return tuple(by_distance[min(by_distance)]) if by_distance else ()


def _loosely(letters: int) -> int:
    return sum(letters >= least for least in (4, 7, 11))


def _is_slip(word: str, term: str) -> bool:
    shorter, slips = min(len(word), len(term)), OSA.distance(word, term)
    if len(term) < SHORTEST_TERM or shorter < SHORTEST_SLIP or slips > slips_allowed(shorter):
        return False
    fewer, more = sorted((Counter(word), Counter(term)), key=Counter.total)
    if fewer == more and word[0] == term[0]:
        return True  # letters swapped, be it the last two
    if word[0] != term[0] or word[-1] != term[-1]:
        return False
    if fewer <= more:
        return True  # letters left out or too many
    return slips == 1 and (shorter >= TWO_SLIPS or _is_one_vowel_for_another(word, term))


def _is_one_vowel_for_another(word: str, term: str) -> bool:
    pairs = zip(word, term, strict=False)
    return len(word) == len(term) and all(_VOWELS.issuperset(pair) for pair in pairs if pair[0] != pair[1])
