"""What all imports share: one line's outcome, and colleagues named by address or name. Decides nothing about a kind."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, TypeVar

from domain.errors import RuleError
from domain.imports.cells import shown
from domain.imports.first_lines import FirstLines
from domain.imports.kinds import Row
from domain.imports.report import Outcome, Result
from domain.names import normalise_email
from steps.checks import address
from storage import imports
from storage.database import sealer
from storage.guard import GuardedSession
from storage.imports import Draft
from storage.people import Person

RowT = TypeVar("RowT", bound=Row)


class Times:
    """How often the same thing stands in a file: two coffees on one day are two, and the file again makes none more."""

    def __init__(self) -> None:
        self._lines: dict[object, set[int]] = {}

    def of(self, thing: object, line: int) -> int:
        """Which one of its kind this line is, from 1. A line that is gone through again is the same one."""
        lines = self._lines.setdefault(thing, set())
        lines.add(line)
        return sum(one <= line for one in lines)


@dataclass(frozen=True, slots=True)
class Job:
    """One import: its id, how many lines its file has, in which line each thing stood first, and how often one does."""

    id: str
    lines: int
    first_lines: FirstLines = field(default_factory=FirstLines)
    times: Times = field(default_factory=Times)


class Returning(Protocol):
    """A row that the CRM may delete."""

    gone_at: datetime | None


def each(rows: Sequence[RowT], apply: Callable[[RowT], Outcome]) -> list[Outcome]:
    """What became of each line; one that breaks a rule is refused with its sentences."""
    return [_one(row, apply) for row in rows]


def _one(row: RowT, apply: Callable[[RowT], Outcome]) -> Outcome:
    try:
        return apply(row)
    except RuleError as error:
        return Outcome(row.line, Result.REFUSED, "; ".join(error.fields.values()) or error.message)


def put(target: object, facts: Mapping[str, object]) -> bool:
    """Write what the line says (None says nothing). Answers whether anything is different now."""
    different = {name: value for name, value in facts.items() if value is not None and getattr(target, name) != value}
    for name, value in different.items():
        setattr(target, name, value)
    return bool(different)


def fill(draft: Draft, facts: Mapping[str, object]) -> None:
    """Write what the line says into a new row (None says nothing)."""
    vars(draft).update({name: value for name, value in facts.items() if value is not None})


def brought_back(row: Returning) -> bool:
    """What was deleted in the CRM and is named again is there again. Answers whether that is so."""
    if row.gone_at is None:
        return False
    row.gone_at = None
    return True


def result_of(*, added: bool, changed: bool) -> Result:
    """The result of a line that was accepted."""
    if added:
        return Result.ADDED
    return Result.CHANGED if changed else Result.UNCHANGED


def checked_address(email: str | None) -> str | None:
    """An email address in its normal form. Raises RuleError that shows what stands there instead."""
    if email is None:
        return None
    try:
        return address(email)
    except RuleError:
        raise RuleError(f"“{shown(email)}” is not an email address") from None


def digest_of(session: GuardedSession, email: str | None) -> bytes | None:
    """The keyed digest under which an address is looked up."""
    return sealer(session).digest(normalise_email(email)) if email else None


class Colleagues:
    """The colleagues that a batch of lines names, found in two statements."""

    def __init__(self, session: GuardedSession, named: Iterable[str | None]) -> None:
        texts = {text for text in named if text}
        digests = {text: digest for text in texts if "@" in text and (digest := digest_of(session, text))}
        by_digest = imports.people_by_digest(session, set(digests.values()))
        by_name = imports.people_by_name(session, texts - digests.keys())
        self._found = {text: by_digest[digest] for text, digest in digests.items() if digest in by_digest}
        self._found |= {name: people[0] for name, people in by_name.items() if len(people) == 1}

    def find(self, named: str | None) -> Person | None:
        """The one colleague with this address or name; None for nobody, and for several of one name."""
        return self._found.get(named) if named else None

    def remark(self, named: str | None, loss: str) -> tuple[str, ...]:
        """What to say when a line names somebody who is not here; `loss` ends the sentence."""
        if named is None or named in self._found:
            return ()
        return (f"“{shown(named)}” is no colleague that Everboard knows (or several of that name), so {loss}.",)
