"""How an erased person is recognised in texts, and what is left of such a text. Decides nothing about rows.

A person is recognised by what is certain: each email address, each telephone number however its digits are grouped,
the Slack account, and the full name in either order. A name alone can be somebody else's, and a name of one word can
be any word; such a name is only looked for in what is known to be about the person.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from domain.names import fold, person_key, words
from domain.privacy import GONE

SHORTEST_NUMBER = 7
"""Digits of a telephone number below which it could be any figure."""

FEWEST_PLAIN = 4
"""Plain letters by which a database is asked for a text; fewer would fit nearly all of them."""

BETWEEN_WORDS = r"[\s,.\-_]+"
BETWEEN_DIGITS = r"[\s().\-/]*"


@dataclass(frozen=True, slots=True)
class Traits:
    """What a person is recognised by. `names` are looked for everywhere, so they must be theirs alone."""

    names: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    slack_ids: tuple[str, ...] = ()
    _patterns: list[re.Pattern[str]] = field(default_factory=list, init=False, repr=False, compare=False)

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> "Traits":
        """As they were stored by `stored`."""
        return cls(*(tuple(stored.get(name, ())) for name in ("names", "emails", "phones", "slack_ids")))

    def stored(self) -> dict[str, list[str]]:
        """As they are kept, sealed, until the erasure is done."""
        parts = {"names": self.names, "emails": self.emails, "phones": self.phones, "slack_ids": self.slack_ids}
        return {name: list(values) for name, values in parts.items()}

    def without(self, value: Any) -> Any:
        """A text, or a value of JSON, in which nothing of the person is left; the very same where nothing was."""
        if isinstance(value, str):
            return self._cut(value)
        if isinstance(value, Mapping):
            return {self._cut(str(key)): self.without(item) for key, item in value.items()}
        return [self.without(item) for item in value] if isinstance(value, list | tuple) else value

    def name(self, value: Any) -> bool:
        """Whether something of the person is in there."""
        return bool(self.without(value) != value)

    def _cut(self, text: str) -> str:
        if not self._patterns:
            self._patterns.extend(self._made())
        for pattern in self._patterns:
            text = pattern.sub(GONE, text)
        return text

    def _made(self) -> Iterable[re.Pattern[str]]:
        for email in self.emails:
            yield re.compile(rf"(?<![\w.+-]){re.escape(email)}(?![\w-])", re.IGNORECASE)
        for number in map(_digits, self.phones):
            if len(number) >= SHORTEST_NUMBER:
                yield re.compile(rf"(?<!\d)(?:\+|00)?{BETWEEN_DIGITS.join(number)}(?!\d)")
        for slack_id in self.slack_ids:
            yield re.compile(rf"<@{re.escape(slack_id)}(?:\|[^>]*)?>|\b{re.escape(slack_id)}\b")
        for name in self.names:
            for order in _orders(name):
                yield re.compile(rf"(?<!\w)(?<!\w-){BETWEEN_WORDS.join(map(re.escape, order))}(?!-?\w)", re.IGNORECASE)

    def like(self) -> list[str]:
        """Patterns for SQL's LIKE, of which at least one fits every text that names the person."""
        numbers = [number for number in map(_digits, self.phones) if len(number) >= SHORTEST_NUMBER]
        found = ["%".join(number) for number in numbers]
        for text in (*self.emails, *self.slack_ids, *(" ".join(one) for name in self.names for one in _orders(name))):
            found += _loose(text)
        return [f"%{one}%" for one in dict.fromkeys(found)]


def _orders(name: str) -> list[list[str]]:
    """The words of a name in both orders in which people write it: as it is, without accents, without titles."""
    found = []
    for spelled in (name.split(), words(fold(name)), person_key(name).split()):
        found += [spelled, [*spelled[-1:], *spelled[:-1]]]
    return [list(one) for one in dict.fromkeys(tuple(one) for one in found if one)]


def _digits(number: str) -> str:
    return re.sub(r"\D", "", number)


def _loose(text: str) -> list[str]:
    """Plain letters only, since neither database folds the others; for a text of others, as it is and as in JSON."""
    plain = re.findall(r"[A-Za-z0-9]+", text)
    if sum(map(len, plain)) >= FEWEST_PLAIN:
        return ["%".join(plain)]
    parts = text.replace("/", " ").split()
    return ["%".join(parts), "%".join(json.dumps(part)[1:-1] for part in parts)]


def is_telling(name: str) -> bool:
    """Whether a name is so much of one that it can be looked for in texts about other things."""
    return len(person_key(name).split()) > 1


@dataclass(frozen=True, slots=True)
class Subject:
    """Who is erased: the rows of one person, who may be a customer, a colleague, or both."""

    contact_ids: tuple[str, ...] = ()
    person_ids: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.contact_ids or self.person_ids)


@dataclass(frozen=True, slots=True)
class Preview:
    """What an erasure will do, for whoever is about to begin it: how many rows of each kind, by the kind's name.

    `called` is what the person is called, `is_in_slack` whether a colleague still is a member of the workspace.
    """

    called: str
    subject: Subject
    counts: Mapping[str, int]
    has_email: bool
    is_in_slack: bool = False


KINDS: Mapping[str, str] = {
    "contact": "contact with name, address and number",
    "nomination": "nomination",
    "endorsement": "endorsement",
    "advocate": "profile",
    "interview": "interview",
    "consent": "consent",
    "asset": "approved quote, story or video",
    "engagement": "use of theirs",
    "gift": "gift or thank-you",
    "request": "request for them",
    "person": "colleague's record",
    "nominated": "nomination they made",
    "requested": "request they made",
    "look_up": "look-up they made",
    "message": "message in Slack",
    "audit": "entry in the audit",
}
"""What each kind of row is called in a preview, in its order."""
