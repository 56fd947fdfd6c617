"""What an import did, line by line and in sums, in words for whoever ran it. Decides nothing about what is done."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple

from domain.imports.dates import NO_DAYS, DaysRead
from domain.imports.kinds import ImportKind

MOST_SHOWN = 50
"""Refused lines that are printed; a longer list is read in a file, not on a screen."""

LINES_NAMED = 3
"""Lines named behind a remark that is the same for many."""


_ONE = {
    ImportKind.ACCOUNTS: "account",
    ImportKind.PEOPLE: "person",
    ImportKind.CONTACTS: "contact",
    ImportKind.ADVOCATES: "advocate",
    ImportKind.OPPORTUNITIES: "opportunity",
    ImportKind.NOMINATIONS: "nomination",
    ImportKind.PULSES: "answer",
    ImportKind.ASSETS: "asset",
    ImportKind.ENGAGEMENTS: "engagement",
    ImportKind.GIFTS: "gift",
    ImportKind.PROGRAMS: "program",
    ImportKind.MEMBERS: "member",
    ImportKind.MEETINGS: "meeting",
    ImportKind.ATTENDANCE: "attendance",
}

_MANY = {ImportKind.PULSES: "answers", ImportKind.ATTENDANCE: "attendances"}
"""Where a line is not one of what the file is named after."""


class Result(StrEnum):
    """What became of one line."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    KNOWN = "already known"
    UNKNOWN = "not known here"
    REFUSED = "refused"


class Outcome(NamedTuple):
    """What became of one line, why it was refused, and what to know of it."""

    line: int
    result: Result
    reason: str = ""
    remarks: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """The refusal with its line."""
        return f"line {self.line}: {self.reason}"


_WEIGHT = {
    Result.UNCHANGED: 0,
    Result.KNOWN: 1,
    Result.UNKNOWN: 1,
    Result.CHANGED: 2,
    Result.ADDED: 3,
    Result.REFUSED: 4,
}


def together(first: Outcome, second: Outcome) -> Outcome:
    """What became of a line in two passes over the file."""
    stronger = max(first, second, key=lambda outcome: _WEIGHT[outcome.result])
    return Outcome(first.line, stronger.result, stronger.reason, first.remarks + second.remarks)


@dataclass(frozen=True, slots=True)
class Report:
    """An import as a whole. `encoding` is how the file was read, in words."""

    kind: ImportKind
    file: str
    encoding: str
    dry_run: bool
    counts: Mapping[Result, int]
    refused: tuple[Outcome, ...] = ()
    remarks: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    ignored_columns: tuple[str, ...] = ()
    days: DaysRead = NO_DAYS
    went_on_behind: int = 0
    """The last line that an earlier run stored, which was cut; 0 where this run read all."""

    def as_json(self) -> dict[str, Any]:
        """The report as plain values; keys may be added, never renamed."""
        return {
            "kind": self.kind.value,
            "file": self.file,
            "encoding": self.encoding,
            "dry_run": self.dry_run,
            "dates": self.days.order and self.days.order.value,
            "lines": sum(self.counts.values()),
            **{result.name.lower(): self.counts.get(result, 0) for result in Result},
            "refusals": [{"line": one.line, "reason": one.reason} for one in self.refused],
            "remarks": [{"text": text, "lines": list(lines)} for text, lines in self.remarks.items()],
            "ignored_columns": list(self.ignored_columns),
            "went_on_behind": self.went_on_behind,
        }

    def sentences(self) -> Iterator[str]:
        """The report as a person reads it, a line each."""
        yield self._headline()
        if self.went_on_behind:
            yield (
                f"An earlier run was cut. Everything up to line {self.went_on_behind:,} was there already, so this one "
                "went on behind it; what it had refused is named again."
            )
        if self.days.sentence:
            yield self.days.sentence
        if self.ignored_columns:
            yield f"Columns that Everboard does not use: {', '.join(self.ignored_columns)}."
        yield from self._remarked()
        yield from self._refusals()

    def _remarked(self) -> Iterator[str]:
        if not self.remarks:
            return
        lines = len({line for about in self.remarks.values() for line in about})
        yield f"To know of {_counted(lines)} that {'was' if lines == 1 else 'were'} taken:"
        for text, about in self.remarks.items():
            yield f"  {_lines(about)}: {text}"

    def _refusals(self) -> Iterator[str]:
        if not self.refused:
            return
        yield f"{_counted(len(self.refused)).capitalize()} could not be taken:"
        for outcome in self.refused[:MOST_SHOWN]:
            yield f"  {outcome.sentence}"
        if len(self.refused) > MOST_SHOWN:
            yield f"  … and {len(self.refused) - MOST_SHOWN:,} more refused lines; --refused FILE writes them all down."

    def _headline(self) -> str:
        sums = ", ".join(f"{self.counts[result]:,} {result.value}" for result in Result if self.counts.get(result))
        lines = sum(self.counts.values())
        what = _ONE[self.kind] if lines == 1 else _MANY.get(self.kind, self.kind.value)
        read = f"{self.file} ({self.encoding}): {lines:,} {what}"
        tried = " Nothing was written: this was a dry run." if self.dry_run else ""
        return f"{read}: {sums}.{tried}"


def _counted(lines: int) -> str:
    return "1 line" if lines == 1 else f"{lines:,} lines"


def _lines(lines: tuple[int, ...]) -> str:
    if len(lines) == 1:
        return f"line {lines[0]}"
    named = ", ".join(map(str, lines[:LINES_NAMED]))
    more = len(lines) - LINES_NAMED
    return f"lines {named}" + (f" and {more:,} more" if more > 0 else "")


def summed_up(
    kind: ImportKind,
    file: str,
    encoding: str,
    outcomes: Iterable[Outcome],
    ignored: tuple[str, ...],
    *,
    dry_run: bool,
    days: DaysRead = NO_DAYS,
    went_on_behind: int = 0,
) -> Report:
    """The report of these outcomes."""
    counts: dict[Result, int] = {}
    remarks: dict[str, list[int]] = {}
    refused = []
    for outcome in outcomes:
        counts[outcome.result] = counts.get(outcome.result, 0) + 1
        if outcome.result is Result.REFUSED:
            refused.append(outcome)
            continue  # a line that is not there needs no remark
        for remark in outcome.remarks:
            remarks.setdefault(remark, []).append(outcome.line)
    named = {remark: tuple(lines) for remark, lines in remarks.items()}
    in_order = tuple(sorted(refused, key=lambda outcome: outcome.line))
    return Report(kind, file, encoding, dry_run, counts, in_order, named, ignored, days, went_on_behind)
