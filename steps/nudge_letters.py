"""Deciding on people one by one, and writing it down for many at once: the row that says why, and the message."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import insert

from domain.messages import UNASKED, Kind
from domain.nudge_choice import Choice, Shelf, is_held_out
from domain.nudge_times import Not, Reader, why_not
from domain.nudges import Audience, fill
from steps.nudge_desk import Desk
from storage import letters
from storage.guard import GuardedSession
from storage.letters import AS_ONE, Direct
from storage.nudges import HELD_OUT, SENT, SKIPPED, Nudge
from views import nudges as view


@dataclass
class Decided:
    """What is decided of one person."""

    id: str
    person_id: str
    target: str
    audience: Audience
    reason: Not | None = None
    occasion: str = ""
    plan_id: str | None = None
    track_day: int | None = None
    due_on: date = date.min
    choice: Choice | None = None
    text: str | None = None

    @property
    def outcome(self) -> str:
        """Sent, held out or skipped."""
        if self.reason is Not.HELD_OUT:
            return HELD_OUT
        return SKIPPED if self.reason else SENT


def decide(
    desk: Desk,
    audience: Audience,
    reader: Reader,
    kind: Kind,
    shelf: Shelf,
    history: Sequence[str],
    unwanted: Collection[str] = (),
) -> Decided:
    """What one person gets now, or why nothing. Who is held out is noted with what they would have got.

    Colleagues of one audience with the same history get the same text, so that they can talk of it.
    """
    found = Decided(desk.moment.new_id(), reader.person_id, reader.slack_user_id, audience)
    found.reason = why_not(reader, desk.moment.now, UNASKED[kind], onboarding=kind is Kind.ONBOARDING)
    if found.reason is not None:
        return found
    facts = desk.known(audience).facts(reader.person_id)
    found.choice = shelf.choose(facts, history, audience.value, unwanted)
    if found.choice is None:
        found.reason = Not.NOTHING
    elif is_held_out(desk.seed, reader.person_id):
        found.reason = Not.HELD_OUT
    else:
        found.text = fill(found.choice.entry, facts)
    return found


def keep(session: GuardedSession, desk: Desk, kind: Kind, decided: Sequence[Decided]) -> None:
    """Write down what was decided, and what is sent. Three statements at most."""
    rows = [_row(session, desk, one) for one in decided]
    if rows:
        session.execute(insert(Nudge), rows, execution_options=AS_ONE)
    sent = [one for one in decided if one.outcome == SENT and one.choice and one.text]
    letters.put_many(session, desk.moment, kind, [_letter(desk, one, kind) for one in sent])


def _row(session: GuardedSession, desk: Desk, one: Decided) -> dict[str, object]:
    return {
        "workspace_id": session.workspace_id,
        "id": one.id,
        "occasion": one.occasion,
        "plan_id": one.plan_id,
        "person_id": one.person_id,
        "track_day": one.track_day,
        "audience": one.audience.value,
        "entry_id": one.choice.entry.id if one.choice else None,
        "target": one.target,
        "due_on": one.due_on,
        "outcome": one.outcome,
        "reason": one.reason.value if one.reason else None,
        "why": one.choice.why.stored() if one.choice else {},
        "text": one.text,
        "created_at": desk.moment.now,
    }


def _letter(desk: Desk, one: Decided, kind: Kind) -> Direct:
    assert one.choice is not None  # noqa: S101  # narrows the type; keep() asks
    entry = one.choice.entry
    message = view.nudge(one.text or "", entry.button, one.id, welcome=kind is Kind.ONBOARDING)
    about = desk.known(one.audience).spoken_of(entry.needs, one.person_id)
    return Direct(one.target, message, (one.person_id, *about))
