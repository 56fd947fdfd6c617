"""Where a name or a company ends in a line that somebody typed.

Knows how names are built; knows nothing of the command's separators between name, company and
reason, which are `command_text`'s.
"""

import re
from collections.abc import Sequence

from domain.names import AFTER_NAMES, GENERATIONS, fold, is_legal_form
from domain.names import words as words_of
from domain.nominations import NAME_LIMIT

MOST_WORDS = 8
"""In a name or a company; more is prose."""

ROOM_FOR_SMALL_WORDS = 3
"""Up to three words are taken as they are ("Acme cloud services"). From four on, a small letter after
a capital one begins the reason ("Acme runs the rollout")."""

LONGEST_LEGAL_FORM = 5
"""Words, as typed: "S. de R.L. de C.V."."""

COMMA = re.compile(r"(?<!\d)[,،，、]|[,،，、](?!\d)")
_WORD = re.compile(r"\S+")
_SENTENCE_END = re.compile(r"(?<=[^\W\d_]{4})[.!?](?=\s)|。")
_OPENING = re.compile(r"\s[(（]")

_JOB_LIST = """ceo cfo cio ciso coo cto cmo cro cpo vp svp evp chief head director manager lead leader officer
president founder owner partner engineer architect developer analyst administrator admin consultant specialist
coordinator executive buyer responsible"""
_JOB_WORDS = frozenset(_JOB_LIST.split())

_PROSE_LIST = """because since who whose which she they we i is are was were has have had runs ran leads led loves
loved likes uses used would could can will wants wanted knows gave gives wrote writes said says told spoke speaks
helped helps just really very always great happy our"""
_PROSE_WORDS = frozenset(_PROSE_LIST.split())
"""In small letters they begin a reason even where nothing parts it from the name. "he" is missing:
it is a surname too."""

_CONNECTOR_LIST = """of and & the de del della der den des di da das do dos du la las le les los van von vom zu zur
und et y e en bin ibn al el ter ten af av och og"""
_CONNECTORS = frozenset(_CONNECTOR_LIST.split())
"""Small words inside names: Bank of America, Anna van der Berg."""


def starts_small(text: str) -> bool:
    """Whether the first letter is a small one; scripts without case never start small."""
    return next((character.islower() for character in text if character.isalnum()), False)


def is_job(text: str) -> bool:
    """Whether the text names a position, such as "VP of Engineering"."""
    found = words_of(fold(text))
    return len(found) <= MOST_WORDS and not _JOB_WORDS.isdisjoint(found)


def is_capitalised(text: str) -> bool:
    """Whether every word may be part of a name by its first letter."""
    return all(word in _CONNECTORS or not starts_small(word) for word in text.split())


def begins_as_prose(text: str) -> bool:
    """Whether the first word could not begin a name."""
    first = text.split(maxsplit=1)[:1]
    return bool(first) and _bare(first[0]).casefold() in _PROSE_WORDS


def is_too_long(text: str) -> bool:
    """Whether nobody and no company is called that."""
    return len(text) > NAME_LIMIT or len(text.split(maxsplit=MOST_WORDS)) > MOST_WORDS


def _bare(word: str) -> str:
    return word.strip(".,;:!?()[]\"'“”")


def _is_prose_at(found: Sequence[str], place: int) -> bool:
    word = _bare(found[place])
    if word in _PROSE_WORDS:
        return True
    if len(found) <= ROOM_FOR_SMALL_WORDS or starts_small(found[0]) or not starts_small(word):
        return False
    return word not in _CONNECTORS and found[place - 1] not in _CONNECTORS


def _sentence_ends_before(found: Sequence[str], place: int) -> bool:
    ends = place > 1 and found[place - 1].endswith(".") and is_legal_form(found[place - 1])
    return ends and not (found[place] in _CONNECTORS or is_legal_form(found[place]))


def _prose_start(text: str) -> int:
    """Where prose begins in a run of words that begins with a name: a place in the text, or its end."""
    matches = list(_WORD.finditer(text))
    found = [match[0] for match in matches]
    for place in range(1, len(found)):
        if _is_prose_at(found, place) or _sentence_ends_before(found, place):
            start = place
            while start > 1 and found[start - 1] in _CONNECTORS:
                start -= 1
            return matches[start].start()
    return len(text)


def _parts(text: str) -> list[tuple[int, int]]:
    """Start and end of each part between commas."""
    commas = [(match.start(), match.end()) for match in COMMA.finditer(text)]
    starts = [0, *(end for _, end in commas)]
    return list(zip(starts, [*(start for start, _ in commas), len(text)], strict=True))


def _is_after_name(part: str) -> bool:
    found = words_of(fold(part).replace(".", ""))
    return bool(found) and all(word in AFTER_NAMES | GENERATIONS for word in found)


def _is_first_name(last: str, part: str) -> bool:
    """Whether "part" after a comma is the first name that belongs to the last name before it."""
    if is_job(part) or begins_as_prose(part) or not 1 <= len(part.split()) <= ROOM_FOR_SMALL_WORDS:
        return False
    one_small_word = starts_small(last) and len(last.split()) == 1 and len(part.split()) == 1
    return one_small_word or not starts_small(part)


def person_end(text: str) -> tuple[int, bool]:
    """Where the person's name ends in text that begins with one, and whether prose follows.

    A position after the name ("Ada Lovelace, CTO") is not prose. (0, True) when no name begins here.
    """
    (_, end), *others = _parts(text)
    start = _prose_start(text[:end])
    if begins_as_prose(text) or is_too_long(text[:start]):
        return 0, True
    if start < end:
        return start, True
    for place, (begin, finish) in enumerate(others):
        part = text[begin:finish]
        if not (_is_after_name(part) or (place == 0 and _is_first_name(text[:end], part))):
            break
        end = finish
    return end, bool(text[end:].strip()) and not is_job(text[end:])


def _legal_form_length(part: str) -> int:
    """Characters of the legal form with which the part begins; 0 for none.

    A short one in small letters is a word of the reason when more follows: "Acme, as she runs…".
    """
    found = list(_WORD.finditer(part))
    for count in range(min(LONGEST_LEGAL_FORM, len(found)), 0, -1):
        end = found[count - 1].end()
        text = part[:end].strip()
        sure = count == len(found) or not text.islower() or len(_bare(text)) > 2
        if sure and is_legal_form(text):
            return end
    return 0


def _partners_end(text: str, parts: Sequence[tuple[int, int]]) -> int:
    """End of a firm named after its partners ("Smith, Jones & Partners"); 0 when it is none."""
    for begin, end in parts[1:5]:
        part = text[begin:end]
        if not is_capitalised(part) or is_too_long(part):
            return 0
        if "&" in part.split():
            return end
    return 0


def company_end(text: str) -> int:
    """Where the company's name ends in text (one line) that begins with one; 0 when none does.

    Legal forms and partners' names stay with it although commas stand between.
    """
    limit = len(text)
    for opening in _OPENING.finditer(text):
        inside = text[opening.end() :]
        if starts_small(inside) or is_job(inside.partition(")")[0]):
            limit = opening.start()
            break
    sentence = _SENTENCE_END.search(text, 0, limit)
    parts = _parts(text[: sentence.start() if sentence else limit])
    end = _prose_start(text[: parts[0][1]])
    if end == parts[0][1]:
        end = _partners_end(text, parts) or end
        for begin, finish in parts:
            if begin > end:
                length = _legal_form_length(text[begin:finish])
                end = begin + length if length else end
                if not length or begin + length < finish:
                    break
    return 0 if is_too_long(text[:end]) else end
