"""What a customer has approved and may be used without asking anybody: kinds, scopes, expiry, and what makes sense.

Decides nothing about which advocates fit a query, nor about who may edit.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from hashlib import sha256
from types import MappingProxyType

from domain.advocates import Consent, ConsentScope
from domain.errors import RuleError
from domain.names import clean_line, clean_text, fold
from domain.query import Facet, Query
from domain.reachable import web_address
from domain.vocabulary import Activity

TITLE_LIMIT, WORDS_LIMIT, LINK_LIMIT, PURPOSE_LIMIT = 150, 1000, 2000, 200
"""Characters: a line, a paragraph, the longest address that Slack makes a link of, a line."""

FACET_LIMIT = 100
"""Characters of a product's or language's name."""

MOST_FACETS = 20
"""Products or languages that one piece is about: one about more is about none."""

SOON = timedelta(days=30)
"""How long before something expires the team hears of it: time enough to ask the customer once more."""


class Kind(StrEnum):
    """What was approved; the value is what people read."""

    CASE_STUDY = "case study"
    QUOTE = "quote"
    VIDEO = "video"
    REVIEW = "review"


class Scope(StrEnum):
    """Where it may be used; the value is what people read."""

    PRIVATE = "in private, with one prospect or customer at a time"
    PUBLIC = "in public"


ANSWERS: Mapping[Kind, Activity] = MappingProxyType(
    {
        Kind.CASE_STUDY: Activity.CASE_STUDY,
        Kind.QUOTE: Activity.QUOTE,
        Kind.VIDEO: Activity.VIDEO,
        Kind.REVIEW: Activity.REVIEW,
    }
)
"""Which request each makes unnecessary."""

NEEDS: Mapping[Scope, ConsentScope] = MappingProxyType(
    {Scope.PRIVATE: ConsentScope.CONVERSATIONS, Scope.PUBLIC: ConsentScope.PUBLIC}
)
"""What the customer must have agreed to, beside being found here at all."""

ABOUT: Mapping[Facet, str] = MappingProxyType({Facet.PRODUCT: "products", Facet.LANGUAGE: "languages"})
"""What a piece says of itself, and the field that holds it. All else is as on the advocate's profile."""


@dataclass(frozen=True, slots=True)
class AssetValues:
    """One piece as the team types it. `expires_on` is the last day on which it may be used, None for no end."""

    kind: Kind
    title: str
    link: str | None = None
    words: str | None = None
    products: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    scope: Scope = Scope.PUBLIC
    expires_on: date | None = None


@dataclass(frozen=True, slots=True)
class Approved:
    """One piece as the team works with it; `uses` is how often somebody took it."""

    id: str
    advocate_id: str
    values: AssetValues
    uses: int = 0


@dataclass(frozen=True, slots=True)
class Shelf:
    """All that one advocate has approved and not withdrawn, the newest first, expired pieces too."""

    advocate_id: str
    contact_name: str
    company: str
    today: date
    consent: Consent | None = None
    pieces: tuple[Approved, ...] = ()


@dataclass(frozen=True, slots=True)
class TakenFor:
    """What somebody says a piece was taken for: a deal that was picked or typed, a few words, both or neither."""

    opportunity_id: str | None = None
    opportunity: str | None = None
    purpose: str | None = None
    amount: str | None = None
    close_on: date | None = None
    stage: str | None = None
    crm_id: str | None = None
    company: str | None = None

    @property
    def has_deal(self) -> bool:
        """Whether it was for a deal."""
        return bool(self.opportunity_id or (self.opportunity or "").strip())


CONSENT_ENDED = "The consent on record has ended. Please record first, under Consent, that they agree again."


def kinds_for(activity: Activity | None) -> tuple[Kind, ...]:
    """The kinds that answer a request for this activity, every kind where none is named; empty where none can."""
    return tuple(kind for kind, answered in ANSWERS.items() if activity in (None, answered))


def has_expired(expires_on: date | None, today: date) -> bool:
    """Whether the last day on which it may be used is past."""
    return expires_on is not None and expires_on < today


def is_covered(scope: Scope, consent: Consent | None, today: date) -> bool:
    """Whether the customer's newest consent allows this use today: to be found here, and what the use needs."""
    return consent is not None and all(consent.covers(one, today) for one in (ConsentScope.LISTED, NEEDS[scope]))


def check_asset(typed: AssetValues, today: date) -> AssetValues:
    """The same, cleaned. Raises RuleError whose `fields` name each answer that is missing or makes no sense."""
    wrong: dict[str, str] = {}
    cleaned = replace(
        typed,
        title=_text(wrong, "title", typed.title, TITLE_LIMIT, is_line=True) or "",
        words=_text(wrong, "words", typed.words, WORDS_LIMIT),
        link=_link(wrong, typed.link),
        products=_facets(wrong, "products", typed.products),
        languages=_facets(wrong, "languages", typed.languages),
    )
    for field, sentence in _missing(cleaned, typed, today):
        wrong.setdefault(field, sentence)
    if wrong:
        raise RuleError("Some fields need another look.", wrong)
    return cleaned


def check_covered(scope: Scope, consent: Consent | None, today: date) -> None:
    """Raises RuleError, at the field, where the customer has not agreed to such a use, or not until today."""
    if consent is not None and consent.has_ended(today):
        raise RuleError(CONSENT_ENDED, {"scope": CONSENT_ENDED})
    if not is_covered(scope, consent, today):
        needed = ConsentScope.LISTED if consent is None or ConsentScope.LISTED not in consent.scopes else NEEDS[scope]
        sentence = f"The consent on record does not say “{needed.value}”. Please record that first, under Consent."
        raise RuleError(sentence, {"scope": sentence})


def _missing(cleaned: AssetValues, typed: AssetValues, today: date) -> Iterator[tuple[str, str]]:
    if not cleaned.title:
        yield "title", "What is it called? A few words by which colleagues recognise it."
    if cleaned.kind is Kind.QUOTE and not cleaned.words:
        yield "words", "What did they say? A quote needs its words, exactly as approved."
    if cleaned.kind is not Kind.QUOTE and not (typed.link or "").strip():
        yield "link", f"Where is it? A {cleaned.kind} needs a link, so that colleagues can use it."
    if has_expired(cleaned.expires_on, today):
        yield "expires_on", "That day is past. Pick a later one, or none if it may be used without end."


def _text(wrong: dict[str, str], field: str, typed: str | None, limit: int, *, is_line: bool = False) -> str | None:
    try:
        return (clean_line if is_line else clean_text)(typed or "", limit) or None
    except RuleError as error:
        wrong[field] = error.message
        return None


def _link(wrong: dict[str, str], typed: str | None) -> str | None:
    written = _text(wrong, "link", typed, LINK_LIMIT, is_line=True)
    try:
        return web_address(written) if written else None
    except RuleError:
        wrong["link"] = "That doesn't look like a web address: it begins with https:// or http://."
        return None


def _facets(wrong: dict[str, str], field: str, typed: tuple[str, ...]) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(name for one in typed if (name := _text(wrong, field, one, FACET_LIMIT, is_line=True))))
    if len(found) > MOST_FACETS:
        wrong[field] = f"At most {MOST_FACETS}, please. A piece about everything can be left without any."
    return found


def closeness(
    about: Mapping[Facet, tuple[str, ...]], asked: Query, terms: Mapping[Facet, Mapping[str, tuple[str, ...]]]
) -> int | None:
    """How many of the filters a piece answers by what it says of itself; None where it is about something else.

    `terms` says what else each value is called. A customer uses three products, and the piece is about one: it is no
    answer to a question for the others.
    """
    answered = 0
    for one in asked.filters:
        own = {fold(value) for value in about.get(one.facet, ())}
        if not own:
            continue
        known = terms.get(one.facet, {})
        names = {fold(name) for value in one.values for name in (value, *known.get(value, ()))}
        if bool(own & names) is one.excluded:
            return None
        answered += not one.excluded
    return answered


def mark(values: AssetValues) -> str:
    """What a form remembers of what it was opened with, to tell whether somebody has changed it since."""
    return sha256(repr(values).encode()).hexdigest()[:16]
