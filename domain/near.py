"""When two terms of a vocabulary are likely one: "helthcare" beside "healthcare". Decides nothing for anybody:
what it finds is a question to whoever edits the list.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz.distance import OSA

from domain.names import fold, words

SHORTEST_SLIP = 5
"""Letters below which one other letter makes another word: CIO and CTO, bank and tank."""

TWO_SLIPS = 9
"""Letters from which two slips are still the same word: "manufcturng"."""

SPELLINGS = 8192
"""Terms whose forms are kept: a list is compared with itself, each term with each other."""

_JOINING = frozenset({"and", "or", "of", "the", "for"})


def term_words(text: str) -> tuple[str, ...]:
    """The words of a term as vocabularies compare them: folded, "&" and "/" read as "and"."""
    spelled = fold(text).replace("&", " and ").replace("/", " and ")
    return tuple(words(spelled)) or tuple(words(fold(text)))


def slips_allowed(letters: int) -> int:
    """Letters wrong, missing, too many or swapped that a word of so many letters may have and still be itself."""
    if letters < SHORTEST_SLIP:
        return 0
    return 2 if letters >= TWO_SLIPS else 1


def singular(word: str) -> str:
    """The word without the English plural's ending; a word that has none stays."""
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def near_duplicates(value: str, known: Iterable[str]) -> tuple[str, ...]:
    """Those of `known` that are probably the same term as `value`, in their order; never `value` itself.

    The same but for case, accents, spaces, punctuation, word order, "and", or a plural; or with one slip from five
    letters on, two from nine. Other digits are always another term: "Office 2016" and "Office 2019".
    """
    own = _spelling(value)
    return tuple(dict.fromkeys(other for other in known if other != value and own.is_near(_spelling(other))))


class _Spelling:
    """One term in the forms in which it is compared."""

    def __init__(self, text: str) -> None:
        said = term_words(text)
        self.stems = [singular(word) for word in said if word not in _JOINING] or list(said)
        self.joined = "".join(self.stems)
        self.together = singular("".join(said))
        self.digits = sorted(run for word in said for run in re.findall(r"\d+", word))
        self.ordered = sorted(self.stems)

    def is_near(self, other: "_Spelling") -> bool:
        if self.digits != other.digits or not self.joined or not other.joined:
            return False
        if self.joined == other.joined or self.together == other.together or self.ordered == other.ordered:
            return True
        return self._has_a_slip_of(other)

    def _has_a_slip_of(self, other: "_Spelling") -> bool:
        """Word by word where both have as many, so that "head of IT" is not "head of HR"; else as one word."""
        if len(self.stems) != len(other.stems):
            return _is_slip(self.joined, other.joined)
        return all(map(_is_slip, self.ordered, other.ordered))


_spelling = lru_cache(maxsize=SPELLINGS)(_Spelling)


def _is_slip(one: str, two: str) -> bool:
    allowed = slips_allowed(min(len(one), len(two)))
    if abs(len(one) - len(two)) > allowed:
        return False
    return OSA.distance(one, two, score_cutoff=allowed) <= allowed
