"""A term of a facet, what it may be called, and when two names are one. Decides nothing about which terms there are."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from domain.errors import RuleError
from domain.names import clean_line, fold
from domain.near import term_words
from domain.query import Facet

NAME_LIMIT = 75
"""Characters of a term: what Slack shows of an option. More is a sentence, which is found by its words."""

MOST_SYNONYMS = 35
"""Other names of one term: with their line ends they fill one field of a form."""

KEY_LIMIT = 200
"""Characters of a key: folding can make a name longer."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One term: its name, its other names, whether it is out of use, and whether it came with Everboard.

    `differs_from` are the keys of terms that it looks like and was said to differ from.
    """

    value: str
    synonyms: tuple[str, ...] = ()
    hidden: bool = False
    is_usual: bool = False
    differs_from: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Equal for spellings that cannot be two terms."""
        return key_of(self.value)


@dataclass(frozen=True, slots=True)
class Line:
    """A term as a list shows it: how many bear it, and which earlier one it looks like."""

    entry: Entry
    advocates: int = 0
    accounts: int = 0
    like: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a facet's terms; `page` counts from 0. `alike` are those that look like an earlier one, in all."""

    facet: Facet
    lines: tuple[Line, ...]
    page: int
    pages: int
    total: int
    alike: int


def key_of(name: str) -> str:
    """Equal for spellings that cannot be two terms."""
    return fold(name)[:KEY_LIMIT]


def phrase_of(name: str) -> str:
    """A name as look-ups compare it."""
    return " ".join(term_words(name))


def checked_name(typed: str, field: str) -> str:
    """A name as it is kept. Raises RuleError at the field for one that is too long or cannot be looked for."""
    try:
        name = clean_line(typed, NAME_LIMIT)
    except RuleError as error:
        raise refused(field, f"“{typed[:20].strip()}…” is too long. {error.message}") from None
    if not phrase_of(name):
        raise refused(field, "A name needs at least one letter or digit.")
    return name


def each_once(names: Iterable[str], but: Collection[str]) -> tuple[str, ...]:
    """Each name once, however it is spelled, and none of those phrases."""
    by_phrase: dict[str, str] = {}
    for name in names:
        if phrase_of(name) not in but:
            by_phrase.setdefault(phrase_of(name), name)
    return tuple(by_phrase.values())


def apart(typed: Iterable[str], whole: Collection[str]) -> Iterable[str]:
    """Names that were typed one a line, or several in one with commas between; what is in `whole` keeps its commas."""
    for line in typed:
        if line.strip() in whole:
            yield line
        else:
            yield from filter(str.strip, line.replace(";", ",").split(","))


def refused(field: str, sentence: str) -> RuleError:
    """A refusal that stands at its field."""
    return RuleError(sentence, {field: sentence})
