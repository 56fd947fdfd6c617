"""Imported answers of past assessments: a line for each element and respondent, put together to one answer.

A pulse is known by its name and its day; a respondent belongs to one group of it, so that groups never overlap.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from domain.errors import RuleError
from domain.imports.kinds import PulseRow
from domain.imports.report import Outcome
from domain.moment import Moment
from domain.names import fold
from steps.imports.batch import Job, each, put, result_of
from storage import blind, pulse
from storage.guard import GuardedSession
from storage.pulse import Answer, Pulse

EARLIEST_ZONE = timedelta(hours=14)
"""Where the day begins first: until then a date may be today's for somebody."""


@dataclass(slots=True)
class _Batch:
    session: GuardedSession
    moment: Moment
    job: Job
    pulses: dict[tuple[str, date], Pulse]
    groups: dict[tuple[str, str], str]
    digests: dict[int, bytes]
    answers: dict[bytes, Answer]


def keep(session: GuardedSession, moment: Moment, job: Job, rows: Sequence[PulseRow]) -> list[Outcome]:
    """Add the answers of these lines, or fill in what an answer still lacks."""
    found = pulse.with_keys(session, {fold(row.pulse) for row in rows})
    pulses = {(one.key, one.held_on): one for one in found}
    groups = pulse.groups_of(session, [one.id for one in found])
    ways = {row.line: blind.digests(session, _said(row)) for row in rows}
    answers = pulse.answers_of(session, {digest for some in ways.values() for digest in some})
    digests = {line: next((one for one in some if one in answers), some[0]) for line, some in ways.items()}
    named = {(pulse_id, fold(name)): name for pulse_id, name in groups}
    batch = _Batch(session, moment, job, pulses, named, digests, answers)
    return each(rows, lambda row: _keep_one(batch, row))


def _said(row: PulseRow) -> str:
    """The same for the same respondent of the same pulse, and nothing in common between two pulses."""
    return "\0".join(("pulse", fold(row.pulse), row.held_on.isoformat(), fold(row.respondent)))


def _keep_one(batch: _Batch, row: PulseRow) -> Outcome:
    digest = batch.digests[row.line]
    known = batch.answers.get(digest)
    _check(batch, row, digest, known)
    answer = known or _new(batch, row, digest)
    changed = put(answer, {row.element.value: row.score})
    return Outcome(row.line, result_of(added=known is None, changed=changed))


def _check(batch: _Batch, row: PulseRow, digest: bytes, known: Answer | None) -> None:
    if row.held_on > (batch.moment.now + EARLIEST_ZONE).date():
        raise RuleError("this day is still to come; a past pulse is imported with the day on which it was held")
    if known is not None and fold(known.group_name) != fold(row.group):
        raise RuleError(
            f"this respondent is in the group “{known.group_name}” of the same pulse; everybody is in one group only"
        )
    first = batch.job.first_lines.of(f"{digest.hex()} {row.element.value}", row.line)
    if first != row.line and known is not None and getattr(known, row.element.value) != row.score:
        raise RuleError(f"line {first} gives this respondent another score for {row.element.value}")


def _new(batch: _Batch, row: PulseRow, digest: bytes) -> Answer:
    held = _pulse(batch, row)
    group = batch.groups.setdefault((held.id, fold(row.group)), row.group)
    answer = Answer(id=batch.moment.new_id(), pulse_id=held.id, group_name=group, respondent_digest=digest)
    for element in ("awareness", "desire", "knowledge", "ability", "reinforcement"):
        setattr(answer, element, None)
    batch.session.add(answer)
    batch.answers[digest] = answer
    return answer


def _pulse(batch: _Batch, row: PulseRow) -> Pulse:
    known = batch.pulses.get((fold(row.pulse), row.held_on))
    if known is not None:
        return known
    made = Pulse(
        id=batch.moment.new_id(), name=row.pulse, key=fold(row.pulse), held_on=row.held_on, created_at=batch.moment.now
    )
    batch.session.add(made)
    batch.session.flush()  # answers point at it
    batch.pulses[made.key, made.held_on] = made
    return made
