"""When two spellings are one name, and what typed text may contain.

Keys are for comparing only, never for showing. Whether two different keys are the same person
is decided in `duplicates`; whether an address is valid is decided where it comes in.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from domain.errors import RuleError

BIDI_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""They make text read differently from what is stored; right-to-left text needs none of them."""

INVISIBLE = "\u00ad\u061c\u115f\u1160\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2800\u3164\ufeff\uffa0"
"""Trimmed at both ends with white space: a name of these alone would look empty to everybody."""

LONGEST_MARK_RUN = 30
"""Accents on one letter. Unicode's stream-safe format allows 30, no language needs five, and
normalising thousands of them takes time that grows with the square."""

KEYS_KEPT = 4096
"""Keys of companies that are remembered: deals and contacts name the same few again and again."""

_DROPPED_IN_KEYS = str.maketrans(dict.fromkeys(INVISIBLE))
_LETTERS_WITHOUT_DECOMPOSITION = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŧ": "t"}
)

_ACCENTS = re.compile("[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0640\u064b-\u0652\u0670]")
"""Latin, Greek and Cyrillic accents, Hebrew points, Arabic short vowels. Marks of other scripts
(Indic vowels, Japanese voicing) make a different letter and stay."""

_APOSTROPHES = re.compile("['`´‘’ʼʹ′＇]")
_ASCII_APART = {code: None if chr(code) in "'`" else " " for code in range(128) if not chr(code).isalnum()}
"""The same for text without accents, which is most of it: a look at each letter takes ten times as long."""

_ABBREVIATION = re.compile(r"(?<!\w)\w(?:[./]\s?\w)+(?!\w)")

_LEGAL_FORM_LIST = """
inc, incorporated, corp, corporation, co, company, llc, llp, lp, pllc, pbc, ltd, limited, plc, cic, dac
limited company, private limited, public limited company, private limited company, limited liability company
pty, pte, pvt, sdn bhd, bhd, kk, gk, kabushiki kaisha, godo kaisha, pt tbk, tbk, jsc, pjsc, fzco, fze, fz llc, wll
gmbh, ggmbh, mbh, ag, kg, kgaa, ohg, gbr, ug, ev, eg, ek, se, aktiengesellschaft, haftungsbeschrankt
gesellschaft mit beschrankter haftung, societe anonyme, sociedad anonima, societa per azioni
sa, sas, sasu, sarl, sa rl, eurl, sca, spa, srl, srls, sl, slu, sau, sab, sa de cv, sab de cv, sapi de cv
srl de cv, s de rl de cv, s de rl, ltda, lda, eireli, bv, nv, vof, bvba
ab, aktiebolag, as, asa, aps, oy, oyj, hf, ehf, sia, uab, ou
sp z oo, spolka akcyjna, sro, doo, ood, eood, kft, zrt, nyrt, ao, ooo, oao, zao, pao, ао, ооо, оао, зао, пао, тов, тоо
"""
"""Folded and without dots. "Spa", "as" and "co" are also words; at the end of a company's name they
are far more often a legal form."""

_LEGAL_FORMS = frozenset(tuple(form.split()) for form in re.split("[,\n]", _LEGAL_FORM_LIST) if form)
_LONGEST_FORM = max(map(len, _LEGAL_FORMS))

_UNSPACED_FORMS = re.compile(
    r"(?<=\S)\s*(?:株式会社|合同会社|有限会社|股份有限公司|有限责任公司|有限責任公司|有限公司|주식회사|유한회사|\(株\))$"
)

_TITLE_LIST = """dr drs prof professor mr mrs ms miss mx sir rev herr frau mme mlle monsieur madame sra srta
dott dottssa dipl"""
_TITLES = frozenset(_TITLE_LIST.split())
_MORE_OF_A_TITLE = frozenset({"ing", "med", "jur"})
"""As in "Dr.-Ing."; alone each may be somebody's name."""

AFTER_NAMES = frozenset({"phd", "md", "mba", "esq", "msc", "cpa", "jd", "cissp", "pmp", "dphil"})
GENERATIONS = frozenset({"jr", "sr", "ii", "iii", "iv"})


def _without_what_cannot_be_seen(text: str) -> Iterator[str]:
    marks = 0
    for character in text:
        marks = marks + 1 if unicodedata.combining(character) else 0
        control = unicodedata.category(character) in ("Cc", "Cs") and character not in "\n\t"
        if not control and character not in BIDI_OVERRIDES and marks <= LONGEST_MARK_RUN:
            yield character


def _trimmed(text: str) -> str:
    start, end = 0, len(text)
    while start < end and (text[start].isspace() or text[start] in INVISIBLE):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in INVISIBLE):
        end -= 1
    return text[start:end]


def _is_plain(text: str) -> bool:
    """Whether it is made of ASCII's letters, digits, signs and spaces: most text is, and needs no look at each."""
    return text.isascii() and text.isprintable()


def _cleaned(text: str) -> str:
    if _is_plain(text):
        return text.strip()
    lines = "\n".join(text.splitlines())
    return _trimmed(unicodedata.normalize("NFC", "".join(_without_what_cannot_be_seen(lines))))


def _within(text: str, limit: int) -> str:
    if len(text) > limit:
        raise RuleError(f"Please keep this to {limit:,} characters; it has {len(text):,} now.")
    return text


def _on_one_line(text: str) -> str:
    if _is_plain(text):
        return " ".join(text.split())
    return _trimmed(" ".join(_cleaned(text).split()))


def clean_text(text: str, limit: int) -> str:
    """What is stored of text over several lines: NFC, trimmed, line ends as \\n, nothing else collapsed.

    Control characters, halves of characters and bidi overrides are dropped. Raises RuleError
    when more than `limit` characters are left.
    """
    return _within(_cleaned(text), limit)


def clean_line(text: str, limit: int) -> str:
    """The same for one line: every run of white space becomes one space."""
    if text.isascii() and text.isprintable() and len(text) <= limit:  # as most is, a million cells at a time
        return " ".join(text.split())
    return _within(_on_one_line(text), limit)


def normalise_email(text: str) -> str:
    """The form under which two addresses are compared: trimmed, NFC, casefolded on both sides.

    The local part is folded too: no mail provider in use tells ADA@ from ada@. Not a check of validity.
    """
    return unicodedata.normalize("NFC", _cleaned(text).casefold())


def fold(text: str) -> str:
    """Casefolded, without accents, width or ligatures, on one line; punctuation stays.

    Empty only for what is blank: an accent all by itself is kept.
    """
    line = _on_one_line(text)
    if line.isascii():
        return line.lower()
    wide = unicodedata.normalize("NFKD", line.translate(_DROPPED_IN_KEYS).casefold())
    plain = _ACCENTS.sub("", wide).casefold().translate(_LETTERS_WITHOUT_DECOMPOSITION)
    return " ".join(unicodedata.normalize("NFC", plain).split()) or line


def words(folded: str) -> list[str]:
    """The words of folded text: letters, digits and their marks; apostrophes join, the rest parts."""
    if folded.isascii():
        return folded.translate(_ASCII_APART).split()
    joined = _APOSTROPHES.sub("", folded)
    kept = (c if c.isalnum() or unicodedata.category(c).startswith("M") else " " for c in joined)
    return "".join(kept).split()


def _company_words(folded: str) -> list[str]:
    spelled = folded
    if "." in folded or "/" in folded:
        spelled = _ABBREVIATION.sub(lambda match: re.sub(r"[./\s]", "", match[0]), folded)
    return words(spelled.replace("&", " and "))


def _without_legal_forms(tokens: list[str]) -> list[str]:
    for length in range(min(_LONGEST_FORM, len(tokens) - 1), 0, -1):
        name = tokens[:-length]
        if tuple(tokens[-length:]) in _LEGAL_FORMS and name != ["the"]:
            return _without_legal_forms(name[:-1] if name[1:] and name[-1] == "and" else name)
    return tokens


@lru_cache(maxsize=KEYS_KEPT)
def company_key(name: str) -> str:
    """Equal for spellings of one company: "Müller GmbH & Co. KG" and "MULLER" both give "muller".

    Legal forms go at the end only, so that "AG Insurance" keeps its name. Empty only for a name
    in which nothing can be seen.
    """
    folded = fold(name)
    bare = folded if folded.isascii() else _UNSPACED_FORMS.sub("", folded)
    return " ".join(_without_legal_forms(_company_words(bare))) or folded


def is_legal_form(text: str) -> bool:
    """Whether the text is a legal form and nothing else, such as "Inc." or "GmbH & Co. KG"."""
    return bool(words(fold(text))) and company_key(f"x {text}") == "x"


def _turned(folded: str) -> list[str]:
    """The words in speaking order: "Last, First" is turned, "First Last, PhD" is not."""
    parts = [part for part in (words(piece) for piece in re.split("[,،，]", folded)) if part]
    after = [part for part in parts[1:] if all(word in AFTER_NAMES | GENERATIONS for word in part)]
    names = parts[:1] + [part for part in parts[1:] if part not in after]
    if len(names) == 2:
        names.reverse()
    return [word for part in names + after for word in part]


def _without_titles(tokens: list[str]) -> list[str]:
    start = 0
    while start < len(tokens) - 1 and tokens[start] in (_TITLES | _MORE_OF_A_TITLE if start else _TITLES):
        start += 1
    end = len(tokens)
    while end - start > 2 and tokens[end - 1] in AFTER_NAMES:
        end -= 1
    return tokens[start:end]


def person_key(name: str) -> str:
    """Equal for spellings of one person's name: "Dr. José Núñez" and "Nunez, Jose" give "jose nunez".

    Word order is kept but for "Last, First"; Jr., Sr., II and the like stay: they tell father from
    son. Empty only for a name in which nothing can be seen.
    """
    folded = fold(name)
    return " ".join(_without_titles(_turned(folded))) or folded
