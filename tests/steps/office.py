"""A workspace in which people nominate and review."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from domain.nominations import Card, Values
from domain.people import Actor, Role
from steps import review
from steps.review import Acceptance
from storage import cards
from storage.audit import Audit
from storage.guard import GuardedSession
from storage.nominations import Contact, Endorsement, Nomination
from storage.outbox import Message
from storage.receipts import Receipt
from tests.worlds import ADA, World

GRACE = Values(contact_name="Grace Hopper", company="Compilers Inc", why="She explains it well.")


@dataclass
class Office:
    """A workspace with two reps and two reviewers."""

    world: World
    id: str
    rep: Actor
    colleague: Actor
    reviewer: Actor
    other: Actor

    def nominate(self, values: Values = ADA) -> str:
        return self.world.nominate(self.id, self.rep, values).id

    def card(self, nomination_id: str) -> Card:
        found = self.world.do(self.id, cards.one, nomination_id)
        assert isinstance(found, Card)
        return found

    def accept(self, nomination_id: str) -> Card:
        moment = self.world.moment()
        how = Acceptance(None, moment.now.date() + timedelta(days=7))
        accepted = self.world.do(self.id, review.accept, self.reviewer, moment, nomination_id, how)
        assert isinstance(accepted, Card)
        return accepted

    def count(self) -> dict[str, int]:
        """How many rows there are of each kind that a step writes."""

        def read(session: GuardedSession) -> dict[str, int]:
            tables = (Audit, Contact, Endorsement, Message, Nomination, Receipt)
            return {table.__name__: session.scalar(select(func.count()).select_from(table)) or 0 for table in tables}

        found: dict[str, int] = self.world.do(self.id, read)
        return found


@pytest.fixture
def office(world: World) -> Office:
    workspace_id = world.workspace("T1")
    reps = [world.member(workspace_id, slack_id) for slack_id in ("UREP", "UREP2")]
    team = [world.member(workspace_id, slack_id, Role.TEAM) for slack_id in ("UTEAM", "UTEAM2")]
    return Office(world, workspace_id, *reps, *team)
