"""What must be true after a run, whatever happened in it: the database, Slack's conversations and what people were
told say the same. Decides nothing; every breach is a sentence, so that a run tells all of them at once.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TypeVar

from sqlalchemy import select

from domain.messages import Kind
from domain.nominations import MOVES, State
from domain.pulse import ELEMENTS
from storage.advocates import Advocate
from storage.audit import Audit
from storage.base import Base
from storage.guard import GuardedSession
from storage.nominations import Contact, Nomination
from storage.outbox import Message, Post, Status
from storage.pulse_asked import Participation
from storage.pulse_ballots import Ballot
from tests.chaos.crowd import Told
from tests.chaos.office import Office

Row = TypeVar("Row", bound=Base)

DOUBLE = 30.0
"""Seconds for which a second copy may stand before its sender takes it away."""

LOOK = 0.5

ENDED = {Status.DELIVERED.value, Status.SUPERSEDED.value}


@dataclass
class Watch:
    """Looks again and again which messages stand twice, and for how long."""

    office: Office
    since: dict[str, float] = field(default_factory=dict)
    longest: dict[str, float] = field(default_factory=dict)

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            self.look()
            await asyncio.sleep(LOOK)

    def look(self) -> None:
        """Note what stands twice at this moment."""
        now = time.monotonic()
        twice = {one for one, places in self.office.standing().items() if len(places) > 1}
        self.since = {one: self.since.get(one, now) for one in twice}
        for one, began in self.since.items():
            self.longest[one] = max(self.longest.get(one, 0.0), now - began)

    def breaches(self) -> list[str]:
        """What stood twice for too long."""
        return [
            f"message {one} stood twice for {seconds:.0f} s"
            for one, seconds in self.longest.items()
            if seconds > DOUBLE
        ]


def rows(office: Office, table: type[Row]) -> list[Row]:
    """All rows of a table."""

    def find(session: GuardedSession) -> list[Row]:
        return list(session.scalars(select(table)))

    found: list[Row] = office.read(find)
    return found


def pending(office: Office) -> int:
    """How many messages are due and not sent, or being sent."""

    def count(session: GuardedSession) -> int:
        going = Message.status == Status.SENDING.value
        due = (Message.status == Status.WAITING.value) & (Message.due_at <= office.now())
        return len(list(session.scalars(select(Message.id).where(going | due))))

    found: int = office.read(count)
    return found


async def settled(office: Office, seconds: float) -> None:
    """Wait until everything that is due has been sent, and what was doubtful is decided."""
    async with asyncio.timeout(seconds):
        while await asyncio.to_thread(pending, office):  # noqa: ASYNC110  # rows in a database ring no bell
            await asyncio.sleep(0.5)


def breaches(office: Office, told: Told) -> list[str]:
    """All that is not as it should be."""
    return [
        *told.surprises,
        *_nominations(office, told),
        *_answers(office, told),
        *_messages(office),
        *_invited(office),
    ]


def _nominations(office: Office, told: Told) -> Iterator[str]:
    contacts = {row.id: row for row in rows(office, Contact)}
    kept = rows(office, Nomination)
    times = Counter(contacts[row.contact_id].name for row in kept)
    yield from (f"{name} was confirmed and stored {times[name]} times" for name in told.nominated if times[name] != 1)
    yield from (f"{name} is stored {number} times" for name, number in times.items() if number > 1)
    yield from (f"{name} was nominated by nobody" for name in times if name not in told.nominating)
    advocates = Counter(row.nomination_id for row in rows(office, Advocate))
    news = [row for row in rows(office, Message) if row.kind == Kind.NOMINATION_NEWS.value]
    states = _states(office)
    for row in kept:
        name = contacts[row.contact_id].name
        accepted = row.state == State.ACCEPTED.value
        if name in told.accepted and not accepted:
            yield f"{name} was told to be accepted and is {row.state}"
        if accepted and name not in told.accepting:
            yield f"{name} was accepted by nobody"
        if advocates[row.id] > accepted:
            yield f"{name} is {row.state} and an advocate already"
        if not _legal(states.get(row.id, [])) or states[row.id][-1] != row.state:
            yield f"{name} went {states.get(row.id)} and is {row.state}"
        thanks = [one for one in news if name in one.text and one.text.startswith("Thank you")]
        if len(thanks) != 1:
            yield f"{name}'s nominator was thanked {len(thanks)} times"


def _states(office: Office) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in sorted(rows(office, Audit), key=lambda one: (one.at, one.id)):
        state = (row.after or {}).get("state")
        if row.subject_type == "nomination" and state is not None:
            found.setdefault(row.subject_id, []).append(str(state))
    return found


def _legal(states: list[str]) -> bool:
    moves = {(before.value, after.value) for (before, _move), after in MOVES.items()}
    return states[:1] == [State.SUBMITTED.value] and all(step in moves for step in pairwise(states))


def _answers(office: Office, told: Told) -> Iterator[str]:
    marked = {row.person_id.removeprefix("P") for row in rows(office, Participation) if row.has_answered}
    yield from (f"{user} was told that they answered, and is not marked" for user in told.answered.keys() - marked)
    yield from (f"{user} is marked and never answered" for user in marked - told.answering)
    ballots = rows(office, Ballot)
    if len(ballots) != len(marked):
        yield f"{len(marked)} are marked as having answered, and there are {len(ballots)} ballots"
    given = Counter("".join(str(getattr(one, element.value)) for element in ELEMENTS) for one in ballots)
    for scores, number in Counter(told.answered.values()).items():
        if given[scores] < number:
            yield f"{number} people answered {scores}, and {given[scores]} ballots say so"


def _messages(office: Office) -> Iterator[str]:
    standing = office.standing()
    kept = {row.id: row for row in rows(office, Message)}
    posts = {row.slot: (row.channel, row.ts) for row in rows(office, Post)}
    yield from (f"message {one} stands in Slack and nowhere else" for one in standing.keys() - kept.keys())
    yield from (f"message {one} stands {len(at)} times" for one, at in standing.items() if len(at) > 1)
    newest: dict[str, Message] = {}
    for row in kept.values():
        later = row.due_at > office.now() and row.status == Status.WAITING.value
        if row.status not in ENDED and not later:
            yield f"{row.kind} {row.id} is {row.status}: {row.problem}"
        if row.lease_owner is not None or row.lease_until is not None:
            yield f"{row.kind} {row.id} is {row.status} and still leased"
        if (
            row.slot is None
            and row.status == Status.DELIVERED.value
            and standing.get(row.id) != [(row.channel, row.ts)]
        ):
            yield f"{row.kind} {row.id} should stand at {row.channel} {row.ts} and stands at {standing.get(row.id)}"
        if row.slot and row.status == Status.DELIVERED.value:
            before = newest.get(row.slot)
            newest[row.slot] = (
                row if before is None or (row.created_at, row.id) > (before.created_at, before.id) else before
            )
    for slot, row in newest.items():
        if standing.get(row.id) != [posts.get(slot)]:
            yield f"{slot} should show {row.id} at {posts.get(slot)}, which stands at {standing.get(row.id)}"
    shown = Counter(kept[one].slot for one in standing if one in kept and kept[one].slot)
    yield from (f"{slot} stands {number} times" for slot, number in shown.items() if number > 1)


def _invited(office: Office) -> Iterator[str]:
    """Everybody who is asked has the pulse, once."""
    bot = office.app.bot_user_id
    ids = {row.id for row in rows(office, Message) if row.kind == Kind.PULSE.value}
    for user in office.asked:
        im = office.sandbox.world.find_im(user, bot)
        messages = [] if im is None else [one for one in im.messages.values() if one.get("metadata")]
        mine = [one for one in messages if one["metadata"]["event_payload"]["id"] in ids]
        if len(mine) != 1:
            yield f"{user} has the pulse {len(mine)} times"
