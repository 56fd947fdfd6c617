"""Whether a customer somebody names is one that is already known.

Works on keys from `names` alone. A match is a question put to the person ("already known, endorse
instead?"), never a refusal: at a doubtful name, asking costs a click and not asking costs a double.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from rapidfuzz.distance import OSA

from domain.given_names import are_one_name, are_two_names
from domain.names import GENERATIONS

SAME_COMPANY = 50
"""What a shared company counts beside a name: less than the same name elsewhere, more than no likeness at all."""

NEAR_NAME = 88
"""Least likeness of two names, of 100, for one person. A slip (a letter wrong, missing, too many, or two
swapped) costs 100 / letters: 88 allows one from nine letters with the space on ("john smith") and two
from seventeen. Below nine letters one slip is too often another person: Wang Li and Wang Lu."""

CONCESSION = 3
"""Taken off for each allowance made: an initial, a nickname, another order, a middle name left out. A short
name thus has room for one slip or for up to four allowances, but not for both."""

SHORTEST_SLIP = 5
"""Letters that a word needs for a slip within it; shorter ones are their own names: Dan and Don, Kim and Tim."""

SHORTEST_SWAP = 4
"""Two letters swapped are a typing slip sooner ("jhon"), hardly ever another name."""

MOST_WORDS = 8
"""Names of more words are compared for equality only: the ways to set them against each other multiply."""


@dataclass(frozen=True, slots=True)
class Known:
    """A contact that a workspace knows: person's key, digest of the normal address, company's key."""

    contact_id: str
    name_key: str
    email_digest: bytes | None
    company_key: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """The one who might be known already."""

    name_key: str
    email_digest: bytes | None
    company_key: str


@dataclass(frozen=True, slots=True)
class Match:
    """Who it is, by what, and how alike the names are, from NEAR_NAME to 100 (equal)."""

    contact_id: str
    why: Literal["email", "name"]
    score: float


def find_duplicate(candidate: Candidate, known: Iterable[Known]) -> Match | None:
    """The contact that the candidate most likely is; None when nobody is near enough.

    The same address decides, whatever the rest; else the same company and the nearest name, and of
    equals the first. Two different addresses tell two near names apart, but not two equal ones.
    """
    best: Match | None = None
    for contact in known:
        if candidate.email_digest and candidate.email_digest == contact.email_digest:
            return Match(contact.contact_id, "email", 100.0)
        score = _score(candidate, contact)
        if score and (best is None or score > best.score):
            best = Match(contact.contact_id, "name", score)
    return best


def _score(candidate: Candidate, contact: Known) -> float:
    if not candidate.company_key or candidate.company_key != contact.company_key:
        return 0.0
    score = likeness(candidate.name_key, contact.name_key)
    addresses_differ = bool(candidate.email_digest and contact.email_digest)
    return 0.0 if addresses_differ and score < 100 else score


def resemblance(one: Candidate, other: Candidate) -> float:
    """How alike two people seem, to put the likeliest first: the name as `likeness` has it, and a shared company."""
    same_company = bool(one.company_key) and one.company_key == other.company_key
    return likeness(one.name_key, other.name_key) + (SAME_COMPANY if same_company else 0)


def likeness(one: str, other: str) -> float:
    """How sure it is that two name keys are one person: NEAR_NAME to 100, or 0. The order does not matter."""
    if not one or not other:
        return 0.0
    if one.replace(" ", "") == other.replace(" ", ""):
        return 100.0
    first, first_generation = _without_generation(one.split())
    second, second_generation = _without_generation(other.split())
    alike_by_birth = first_generation == second_generation  # else father and son
    if not alike_by_birth or min(len(first), len(second)) < 2 or max(len(first), len(second)) > MOST_WORDS:
        return 0.0
    shorter, longer = sorted((first, second), key=len)
    return max(_aligned(*orders) for orders in _orders(shorter, longer))


def _without_generation(words: list[str]) -> tuple[list[str], str]:
    told = len(words) > 2 and words[-1] in GENERATIONS
    return (words[:-1], words[-1]) if told else (words, "")


def _orders(shorter: list[str], longer: list[str]) -> Iterator[tuple[list[str], list[str], int]]:
    """Both as they are, then either with its last word first or its first word last, at a concession."""
    yield shorter, longer, 0
    for turn in (1, -1):
        yield shorter[turn:] + shorter[:turn], longer, 1
        yield shorter, longer[turn:] + longer[:turn], 1


def _aligned(shorter: list[str], longer: list[str], concessions: int) -> float:
    """The best score with the first words set against each other and the rest in order, leaving some out."""
    left_out = len(longer) - len(shorter)
    rows = combinations(longer[1:], len(shorter) - 1)
    scores = (_score_of(list(zip(shorter, [longer[0], *row], strict=True))) for row in rows)
    score = max(scores) - CONCESSION * (left_out + concessions)
    return score if score >= NEAR_NAME else 0.0


def _score_of(pairs: list[tuple[str, str]]) -> float:
    """Likeness of words set against each other, the last of them being last names; 0 for two people."""
    readings = [_reading(one, other, given=place < len(pairs) - 1) for place, (one, other) in enumerate(pairs)]
    read = [reading for reading in readings if reading is not None]
    if len(read) < len(pairs) or all(map(_has_letter_only, pairs)):
        return 0.0
    one, other = (" ".join(words) for words in zip(*((a, b) for a, b, _ in read), strict=True))
    return OSA.normalized_similarity(one, other) * 100 - CONCESSION * sum(cost for _, _, cost in read)


def _reading(one: str, other: str, *, given: bool) -> tuple[str, str, int] | None:
    """The two words as they are to be compared and the concessions made; None for two different names."""
    if one == other:
        return one, other, 0
    if _spelled_out(one) == _spelled_out(other):
        return _spelled_out(one), _spelled_out(one), 1
    if given and (are_one_name(one, other) or _is_initial(one, other) or _is_initial(other, one)):
        shorter = min(one, other, key=len)
        return shorter, shorter, 1
    return (one, other, 0) if _is_slip(one, other, given=given) else None


def _spelled_out(word: str) -> str:
    """With the German and Nordic "ue" for "ü" undone; not in short words: Sue is not Su."""
    return re.sub("(?<=[aou])e", "", word) if len(word) >= SHORTEST_SLIP else word


def _has_letter_only(pair: tuple[str, str]) -> bool:
    return any(len(word) == 1 and _is_cased(word) for word in pair)


def _is_cased(word: str) -> bool:
    return word.upper() != word


def _is_initial(one: str, other: str) -> bool:
    """Scripts without case have none: the one sign of a Chinese name is the name."""
    return len(one) == 1 and _is_cased(one) and other.startswith(one)


def _is_slip(one: str, other: str, *, given: bool) -> bool:
    """One letter wrong, missing, too many or swapped with the next, but not the first, which people get right.

    Nor the last of a first name: it tells Maria from Mario and Daniel from Daniela.
    """
    swapped = sorted(one) == sorted(other)
    long_enough = min(len(one), len(other)) >= (SHORTEST_SWAP if swapped else SHORTEST_SLIP)
    if not long_enough or one[0] != other[0] or OSA.distance(one, other, score_cutoff=1) > 1:
        return False
    return not given or (one[-1] == other[-1] and not are_two_names(one, other))
