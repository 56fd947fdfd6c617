"""What a typed line falls into: words, quoted phrases, minus signs, names of facets. Decides nothing about meanings.

Takes time in proportion to the line.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Literal

from domain.names import clean_text, fold
from domain.names import words as words_of
from domain.near import term_words
from domain.query.model import Facet
from domain.query.spelling import corrections

Name = Facet | Literal["place", "word", "available"]
"""What may stand before a colon: a facet, or "word:" for a word that is to be no facet, or "available:now"."""

_NAME_LIST: Mapping[Name, str] = MappingProxyType(
    {
        Facet.INDUSTRY: "industry industries vertical verticals sector sectors branche",
        Facet.PRODUCT: "product products module modules solution",
        Facet.PERSONA: "persona personas role roles title job position",
        Facet.SEGMENT: "segment segments size tier",
        Facet.ACTIVITY: "activity activities type",
        Facet.LANGUAGE: "language languages lang speaks speaking",
        Facet.COUNTRY: "country countries nation",
        Facet.REGION: "region regions geo area territory market",
        "place": "place location where",
        "word": "word text",
        "available": "available availability free",
    }
)
FACET_NAMES: Mapping[str, Name] = MappingProxyType(
    {word: name for name, said in _NAME_LIST.items() for word in said.split()}
)
_LONG_NAMES = frozenset(name for name in FACET_NAMES if len(name) >= 6)

_SPELLED = str.maketrans(dict.fromkeys("“”„‟«»〝〞＂❝❞″", '"') | {"：": ":"})
"""Every double quote is one, whatever the keyboard made of it."""

_DASHES = "−–—‐‑－﹣-"
_APOSTROPHES = "'’‘`´ʼ＇"
_JOINERS = "&/＆／"
_BREAK = re.compile(r"[,;|()\[\]{}<>!?\n，、；（）。]")
"""Over one of these no term goes on: "retail, banking" is not retail banking."""

_PIECE = re.compile(rf'(?P<minus>[{_DASHES}]*+)(?:"(?P<quoted>[^"]*)"|(?P<bare>[^\s"]++))')
_NAMED = re.compile(rf"(?P<minus>[{_DASHES}]*+)(?P<name>[^\W\d_]++)\s*+:\s*+(?=[^\s:/])")
_NOTHING = re.compile(rf'\s++|[{_DASHES}]++|"')
_INITIALS = re.compile(r"(?<!\w)[^\W\d_](?:\.[^\W\d_])++\.?(?!\w)")


@dataclass(frozen=True)
class Token:
    """One word of a line, or one quoted phrase.

    `texts` are the words to search for ("O'Brien" is two), `said` is as typed, `name` what stood before the colon, at
    the first word of its value. What no space or comma parts is one `segment`; `breaks` where a term can't go on from
    the token before; `joins` for "&" and "/", which may stand for "and".
    """

    said: str
    texts: tuple[str, ...]
    segment: int
    name: Name | None = None
    excluded: bool = False
    quoted: bool = False
    breaks: bool = False
    joins: bool = False

    @cached_property
    def key(self) -> str:
        """The word or phrase for comparing with terms."""
        if self.joins:
            return "and"
        return " ".join(term_words(self.said)) if self.quoted else "".join(words_of(fold(self.said)))


def cleaned(text: str) -> str:
    """The line as it is read: nothing in it that cannot be seen."""
    return clean_text(text, 4 * len(text)).translate(_SPELLED)  # composing can make a text longer, never so much


def tokens(line: str) -> Iterator[Token]:
    """The tokens of a cleaned line, in order."""
    place, segment, breaks = 0, 0, True
    while place < len(line):
        name, excluded, start = _name_at(line, place)
        piece = _PIECE.match(line, start)
        if piece is None:
            nothing = _NOTHING.match(line, place)
            place = nothing.end() if nothing else start + 1
            continue
        place = piece.end()
        excluded = excluded or bool(piece["minus"])
        if piece["quoted"] is not None:
            segment, breaks = segment + 1, True
            yield from _phrase(piece["quoted"], segment, name, excluded=excluded)
            continue
        for number, part in enumerate(_BREAK.split(piece["bare"])):
            segment, breaks = segment + 1, breaks or number > 0
            for token in _words(part, segment, name, excluded=excluded, breaks=breaks):
                yield token
                breaks = False


def _name_at(line: str, place: int) -> tuple[Name | None, bool, int]:
    """The facet named here, whether a minus stands before it, and where its value begins."""
    found = _NAMED.match(line, place)
    word = "".join(words_of(fold(found["name"]))) if found else ""
    name = FACET_NAMES.get(word)
    if name is None and len(word) >= 6:
        name = next((FACET_NAMES[near] for near in corrections(word, _LONG_NAMES)), None)
    if found is None or name is None:
        return None, False, place
    return name, bool(found["minus"]), found.end()


def _phrase(text: str, segment: int, name: Name | None, *, excluded: bool) -> Iterator[Token]:
    texts = tuple(word for run in _runs(text) for word in _texts(run))
    if texts:
        yield Token(" ".join(text.split()), texts, segment, name, excluded=excluded, quoted=True, breaks=True)


def _words(part: str, segment: int, name: Name | None, *, excluded: bool, breaks: bool) -> Iterator[Token]:
    for run in _runs(_INITIALS.sub(lambda initials: initials[0].replace(".", ""), part)):
        joins = run in _JOINERS
        texts = () if joins else _texts(run)
        if texts or joins:
            yield Token(run, texts, segment, name, excluded=excluded, breaks=breaks, joins=joins)
            name, breaks = None, False


def _runs(text: str) -> Iterator[str]:
    """Words with the apostrophes within, and each joiner by itself."""
    start = 0
    for place, character in enumerate(text):
        if not (_is_of_a_word(character) or character in _APOSTROPHES):
            if place > start:
                yield text[start:place].strip(_APOSTROPHES)
            if character in _JOINERS:
                yield character
            start = place + 1
    if start < len(text):
        yield text[start:].strip(_APOSTROPHES)


def _texts(run: str) -> tuple[str, ...]:
    """The words of a run as the index has them: parted at apostrophes; marks without a letter are none."""
    folded = unicodedata.normalize("NFC", run.casefold())
    parts = "".join(character if _is_of_a_word(character) else " " for character in folded).split()
    return tuple(part for part in parts if any(map(str.isalnum, part)))


def _is_of_a_word(character: str) -> bool:
    return character.isalnum() or unicodedata.category(character).startswith("M")
