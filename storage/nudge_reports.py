"""What was sent, to how many, and what people did then: counted for the leader's overview. Decides nothing."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from storage.guard import GuardedSession
from storage.nudge_people import DONE
from storage.nudges import SENT, SILENT, SKIPPED, Nudge, NudgeReply


@dataclass(frozen=True, slots=True)
class Row:
    """Nudges of one day and text: `place` is the channel, None for direct messages to so many people."""

    at: datetime
    audience: str
    place: str | None
    people: int
    outcome: str
    text: str | None
    why: dict[str, object]
    did: int


def past(session: GuardedSession, most: int, skip: int = 0) -> list[Row]:
    """What was sent last, and silent weeks, the newest first; direct messages of one text and day are one. Three
    statements."""
    shown = (
        select(
            func.max(Nudge.id).label("id"),
            func.max(Nudge.created_at).label("at"),
            func.count(Nudge.person_id).label("people"),
        )
        .where(Nudge.outcome.in_([SENT, SILENT]))
        .group_by(Nudge.due_on, Nudge.audience, Nudge.entry_id, Nudge.outcome, Nudge.person_id.is_(None))
        .order_by(func.max(Nudge.created_at).desc(), func.max(Nudge.id).desc())
        .limit(most)
        .offset(skip)
    )
    found = session.execute(shown).all()
    rows = {row.id: row for row in session.scalars(select(Nudge).where(Nudge.id.in_([one.id for one in found])))}
    did = _did(session, [rows[one.id] for one in found])
    return [
        Row(
            row.created_at,
            row.audience,
            None if row.person_id else row.target,
            one.people,
            row.outcome,
            row.text,
            row.why,
            did.get((row.entry_id, row.due_on, row.person_id is None), 0),
        )
        for one in found
        for row in [rows[one.id]]
    ]


def _did(session: GuardedSession, rows: list[Nudge]) -> dict[tuple[object, ...], int]:
    """How many said that they did it, by text, day, and whether it stood in a channel."""
    in_channel = Nudge.person_id.is_(None)
    query = (
        select(Nudge.entry_id, Nudge.due_on, in_channel.label("in_channel"), func.count().label("many"))
        .join(NudgeReply, NudgeReply.nudge_id == Nudge.id)
        .where(NudgeReply.what == DONE, Nudge.due_on.in_({row.due_on for row in rows}))
        .group_by(Nudge.entry_id, Nudge.due_on, in_channel)
    )
    return {(row.entry_id, row.due_on, bool(row.in_channel)): row.many for row in session.execute(query)}


def refused(session: GuardedSession, since: datetime) -> tuple[tuple[str, int], ...]:
    """How many people got nothing since then, by reason, the commonest first. One statement."""
    query = (
        select(Nudge.reason, func.count(Nudge.person_id.distinct()).label("many"))
        .where(Nudge.outcome == SKIPPED, Nudge.person_id.is_not(None), Nudge.created_at >= since)
        .group_by(Nudge.reason)
    )
    found = [(row.reason or "", row.many) for row in session.execute(query)]
    return tuple(sorted(found, key=lambda one: (-one[1], one[0])))
