"""How a typed line becomes a query. What a term is, is in `terms`; what a query does, in `model`."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from domain.names import fold
from domain.query.model import Facet, Filter, Query, Slip, Term, UnknownFacet, filter_of, placed
from domain.query.terms import Meaning, Vocabularies
from domain.query.tokens import Name, Token, cleaned, tokens

LIMIT = 24
"""Terms of a line that are used: nobody means more, and each costs a walk through the index. A term found in a
vocabulary, a word and each word of a phrase count one."""

LOOKED_AT = 120
"""Words of a line that are looked at, the small ones of sentences among them."""

_AVAILABLE = frozenset({"available now", "available today", "free now", "available"})
_NOW = frozenset({"now", "yes", "today", "true", "immediately", "right now", "y"})

_SMALL_WORD_LIST = """
a about an and any anybody anyone are as at be because by can could do does dont find for from get give has have
hello help hes hey hi how i id im in into is ive know knows let lets like looking me month months my need needs next
not of on one or our please she shes
show so some somebody someone speak talk tell than thanks that the their them there they theyre
this to told us use uses using want wants was we week weeks were what whats when where which who whom whos whose with
without would you your except excluding
customer customers advocate advocates
"""
SMALL_WORDS = frozenset(_SMALL_WORD_LIST.split())
"""Words that make a sentence of a request and ask for nothing. "will", "may" and "it" are missing: they are names
and a department. A line of small words alone is searched for as it stands."""

_BEFORE_US_LIST = """
to for with about tell tells told give gives gave help helps like likes let lets love loves of by on and
"""
_NEGATIONS = frozenset({"not", "without", "except", "excluding"})
"""Before a term that a vocabulary knows they mean what a minus means. Before any other word they are small words, for
whoever looks for "not the usual story" excludes nothing."""

_BEFORE_US = frozenset(_BEFORE_US_LIST.split())
"""After these "us" is ourselves, elsewhere the country."""


@dataclass(slots=True)
class _Found:
    """What has been read so far."""

    terms: dict[tuple[Facet, bool], list[Term]] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)
    phrases: list[str] = field(default_factory=list)
    not_words: list[str] = field(default_factory=list)
    not_phrases: list[str] = field(default_factory=list)
    unknown: list[UnknownFacet] = field(default_factory=list)
    small: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    available_now: bool = False
    used: int = 0


def parse(text: str, vocabularies: Vocabularies) -> Query:
    """What a person looks for. Never raises; takes time in proportion to the text.

    Words that a vocabulary knows become filters, the longest run of words first ("head of IT", "financial services"),
    whatever their case and accents; a slip of the keyboard is mended and told. Of facet and free word the facet wins;
    of two facets that of `terms.PRECEDENCE`. `"in quotes"` and `word:retail` are always text. `industry:retail`,
    `industry: "real estate"`, `role:ciso` name the facet; a minus before anything excludes it, as far as no space
    parts it (`-real-estate`, `-industry:retail`, `-"zero trust"`). A quote without a partner is passed over.
    Nothing typed is lost: each word is in a filter's `said`, a word, a phrase, `unknown`, `passed_over` or `ignored`.
    """
    line = tokens(cleaned(text))
    read = list(islice(line, LOOKED_AT))
    found, place = _Found(), 0
    while place < len(read) and found.used < LIMIT:
        place = _read_one(read, place, vocabularies, found)
    rest = (token.said for token in (*read[place:], *line) if not token.joins)
    return _query(found, (*found.left_out, *rest))


def _read_one(read: Sequence[Token], place: int, vocabularies: Vocabularies, found: _Found) -> int:
    """Read the term that begins at this place; where the next one begins."""
    token = read[place]
    if token.name is not None and token.name != "word":
        return _read_named(read, place, token.name, vocabularies, found)
    if token.quoted or token.name == "word":
        return _read_text(read, place, found)
    return _read_free(read, place, vocabularies, found)


def _segment_end(read: Sequence[Token], place: int) -> int:
    end = place + 1
    while end < len(read) and read[end].segment == read[place].segment:
        end += 1
    return end


def _furthest(read: Sequence[Token], place: int, longest: int) -> int:
    """How far a term that begins here could go."""
    if read[place].quoted:
        return place + 1
    if read[place].excluded:
        return min(_segment_end(read, place), place + longest)
    end = place + 1
    while end < min(len(read), place + longest) and not (
        read[end].name or read[end].excluded or read[end].quoted or read[end].breaks
    ):
        end += 1
    return end


def _keys(span: Sequence[Token]) -> list[str]:
    return [word for token in span for word in token.key.split()]


def _said(span: Sequence[Token]) -> str:
    return " ".join(token.said for token in span)


def _texts(span: Sequence[Token]) -> tuple[str, ...]:
    return tuple(text for token in span for text in token.texts)


def _read_text(read: Sequence[Token], place: int, found: _Found) -> int:
    """A phrase in quotes, or what was called a word."""
    token = read[place]
    if token.name == "word":
        end = _segment_end(read, place)
        _add_words(found, _texts(read[place:end]), excluded=token.excluded)
        return end
    phrase = _fitting(found, token.texts)
    (found.not_phrases if token.excluded else found.phrases).append(" ".join(phrase))
    return place + 1


def _fitting(found: _Found, texts: Sequence[str]) -> Sequence[str]:
    """As many of the words as there is room for; the rest is left out."""
    room = LIMIT - found.used
    found.left_out += texts[room:]
    found.used += len(texts[:room])
    return texts[:room]


def _read_named(read: Sequence[Token], place: int, name: Name, vocabularies: Vocabularies, found: _Found) -> int:
    """A value after its facet's name."""
    token, whole = read[place], _segment_end(read, place)
    found.used += 1
    if name == "available":
        end = min(place + 2, len(read)) if _keys(read[place : place + 2]) == ["right", "now"] else whole
        _set_available(found, read[place:end])
        return end
    for facets in _facets_of(name):
        for end in range(_furthest(read, place, vocabularies.longest), place, -1):
            span = read[place:end]
            if meanings := vocabularies.find(_keys(span), _said(span), facets):
                _add_term(found, span, meanings, explicit=True)
                return end
    span, facets = read[place:whole], frozenset[Facet]().union(*_facets_of(name))
    if meanings := vocabularies.misspelt_value(_keys(span), facets):
        _add_term(found, span, meanings, explicit=True, slip=True)
    else:
        facet = name if isinstance(name, Facet) else Facet.REGION
        near = vocabularies.suggestions(_keys(span), facets)
        found.unknown.append(UnknownFacet(facet, _said(span), near, token.excluded))
    return whole


def _facets_of(name: Name) -> tuple[frozenset[Facet], ...]:
    """Where a value is looked for: for a country among regions too, for people mix them up."""
    country, region = frozenset({Facet.COUNTRY}), frozenset({Facet.REGION})
    if name == "place":
        return (country | region,)
    if name in (Facet.COUNTRY, Facet.REGION):
        return (country, region) if name is Facet.COUNTRY else (region, country)
    return (frozenset({Facet(name)}),)


def _set_available(found: _Found, span: Sequence[Token]) -> None:
    if " ".join(_keys(span)) in _NOW and not span[0].excluded:
        found.available_now = True
    else:
        found.unknown.append(UnknownFacet(None, _said(span), ("now",), span[0].excluded))


def _read_free(read: Sequence[Token], place: int, vocabularies: Vocabularies, found: _Found) -> int:
    """A word without a facet's name: the longest term that begins here, exact before misspelt, else the word."""
    token = read[place]
    if token.joins:
        return place + 1
    if token.key in _NEGATIONS and not token.excluded and (end := _read_negated(read, place, vocabularies, found)):
        return end
    for end in range(_furthest(read, place, vocabularies.longest), place, -1):
        span = read[place:end]
        if read[end - 1].joins or (end == place + 1 and _is_ourselves(read, place)):
            continue
        if " ".join(_keys(span)) in _AVAILABLE and not token.excluded:
            found.available_now, found.used = True, found.used + 1
            return end
        exact = vocabularies.find(_keys(span), _said(span))
        meanings = exact or _misspelt(span, vocabularies)
        if meanings:
            found.used += 1
            _add_term(found, span, meanings, slip=not exact)
            return end
    if token.key in SMALL_WORDS and not token.excluded:
        found.small.append(token.said)
    else:
        _add_words(found, token.texts, excluded=token.excluded)
    return place + 1


def _read_negated(read: Sequence[Token], place: int, vocabularies: Vocabularies, found: _Found) -> int | None:
    """The longest term right after "not", excluded as by a minus; None where no vocabulary knows one."""
    first = place + 1
    if first >= len(read) or read[first].name or read[first].excluded or read[first].quoted or read[first].breaks:
        return None
    for end in range(_furthest(read, first, vocabularies.longest), first, -1):
        span = [replace(token, excluded=True) for token in read[first:end]]
        meanings = () if read[end - 1].joins else vocabularies.find(_keys(span), _said(span))
        if meanings:
            found.used += 1
            found.small.append(read[place].said)
            _add_term(found, span, meanings)
            return end
    return None


def _misspelt(span: Sequence[Token], vocabularies: Vocabularies) -> tuple[Meaning, ...]:
    if any(token.joins for token in span) or (len(span) == 1 and span[0].key in SMALL_WORDS):
        return ()
    return vocabularies.misspelt(_keys(span))


def _is_ourselves(read: Sequence[Token], place: int) -> bool:
    return read[place].said == "us" and place > 0 and read[place - 1].key in _BEFORE_US


def _add_words(found: _Found, texts: Sequence[str], *, excluded: bool) -> None:
    (found.not_words if excluded else found.words).extend(_fitting(found, texts))


def _add_term(
    found: _Found, span: Sequence[Token], meanings: Sequence[Meaning], *, explicit: bool = False, slip: bool = False
) -> None:
    first, *others = meanings
    excluded, said = span[0].excluded, _said(span)
    mended = Slip(said, first.facet, first.value, _texts(span), excluded) if slip else None
    also = tuple(meaning.facet for meaning in others if meaning.facet is not first.facet)
    found.terms.setdefault((first.facet, excluded), []).append(Term(first.value, said, explicit, mended, also))


def _query(found: _Found, ignored: tuple[str, ...]) -> Query:
    filters = placed(_filters(found))
    words, small = found.words, found.small
    asked = filters or words or found.phrases or found.not_words or found.not_phrases or found.available_now
    if not asked and not found.unknown:
        words, small = [word for said in small for word in fold(said).split()], []
    return Query(
        filters=filters,
        words=tuple(dict.fromkeys(words)),
        phrases=tuple(dict.fromkeys(found.phrases)),
        not_words=tuple(dict.fromkeys(found.not_words)),
        available_now=found.available_now,
        slips=tuple(term.slip for one in filters for term in one.terms if term.slip),
        ignored=ignored,
        unknown=tuple(found.unknown),
        not_phrases=tuple(dict.fromkeys(found.not_phrases)),
        passed_over=tuple(small),
    )


def _filters(found: _Found) -> list[Filter]:
    return [filter_of(facet, terms, excluded=excluded) for (facet, excluded), terms in found.terms.items()]
