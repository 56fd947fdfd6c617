"""A crowd with an owner, requests for it, and the acts that follow: for tests of fulfilling. Decides nothing."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from domain.messages import Kind
from domain.people import Actor
from domain.request_routing import EVERY_ACTIVITY, Routing
from domain.request_values import Purpose, RequestValues
from domain.requests import Card
from domain.settings import Settings
from domain.vocabulary import Activity
from steps import fulfilment, request_timers, requests
from steps.progress import TEAM_CHANNEL
from storage import engagements, request_cards, settings
from storage.accounts import Account
from storage.audit import Audit
from storage.guard import GuardedSession
from storage.outbox import Message
from storage.people import Person
from tests.steps.crowd import Crowd

PATIENT = 20
"""Transactions in which time has done what it brings, at the very most."""


@dataclass
class Desk:
    """A crowd with one advocate, whom an owner looks after, and a request for a call in two weeks."""

    crowd: Crowd
    owner: Actor

    @property
    def day(self) -> date:
        """The day that is asked for."""
        return self.crowd.world.now.date() + timedelta(days=14)

    def ask(self, name: str | None = "Ada", actor: Actor | None = None, **facts: Any) -> str:
        """A stored request; answers its id."""
        values = RequestValues(
            Activity.REFERENCE_CALL,
            self.day,
            Purpose.OTHER,
            purpose_words="A tender",
            advocate_id=self.crowd.ids[name] if name else None,
            criteria=None if name else "banking",
            attendees="Their CIO",
        )
        moment = self.crowd.world.moment()
        done = self.crowd.do(
            requests.submit, actor or self.crowd.rep, replace(values, **facts), f"request:{moment.new_id()}"
        )
        assert isinstance(done, requests.Submitted)
        return done.card.id

    def propose(self, request_id: str, name: str = "Ada", override: str | None = None, **facts: Any) -> Card:
        """What the team does."""
        day, actor = facts.get("day", self.day), facts.get("actor", self.crowd.team)
        card = self.crowd.do(fulfilment.propose, actor, request_id, self.crowd.ids[name], day, override)
        assert isinstance(card, Card)
        return card

    def approve(self, request_id: str, actor: Actor | None = None, reason: str | None = None) -> Card:
        """What the owner does."""
        card = self.crowd.do(fulfilment.approve, actor or self.owner, request_id, reason)
        assert isinstance(card, Card)
        return card

    def yes(self, request_id: str) -> Callable[[GuardedSession], Card]:
        """The owner's click, for a thread of its own."""
        moment = self.crowd.world.moment()
        return lambda session: fulfilment.approve(session, self.owner, moment, request_id)

    def card(self, request_id: str) -> Card:
        card = self.crowd.world.do(self.crowd.id, request_cards.one, request_id)
        assert isinstance(card, Card)
        return card

    def route(self, routing: Routing) -> None:
        """Say how requests go."""
        value = {EVERY_ACTIVITY: routing.value}
        self.crowd.world.do(self.crowd.id, settings.save, self.crowd.world.moment(), None, "routing", value)

    def uses(self, name: str = "Ada") -> int:
        """How many uses count of an advocate."""
        found = self.crowd.world.do(self.crowd.id, engagements.uses_of, [self.crowd.ids[name]], date(2020, 1, 1))
        return len(found.get(self.crowd.ids[name], ()))

    def heard(self, person: Actor, kind: Kind) -> list[str]:
        """What somebody is told, oldest first."""

        def read(session: GuardedSession) -> list[str]:
            query = select(Message.text).where(Message.kind == kind.value, Message.target == person.slack_user_id)
            return list(session.scalars(query.order_by(Message.created_at, Message.id)))

        found: list[str] = self.crowd.world.do(self.crowd.id, read)
        return found

    def team_heard(self, kind: Kind) -> list[str]:
        """What the team's channel is told, oldest first."""
        return self.heard(replace(self.owner, slack_user_id=TEAM_CHANNEL), kind)

    def slots(self, person: Actor, kind: Kind) -> list[str]:
        """What stands in Slack for somebody once everything is sent: of each message its last words, oldest first."""

        def read(session: GuardedSession) -> list[str]:
            query = select(Message).where(Message.kind == kind.value, Message.target == person.slack_user_id)
            rows = session.scalars(query.order_by(Message.created_at, Message.id))
            return list({row.slot or row.id: row.text for row in rows}.values())

        found: list[str] = self.crowd.world.do(self.crowd.id, read)
        return found

    def own_all(self, owner: Actor | None = None) -> None:
        """Let somebody look after every account."""
        person_id = (owner or self.owner).person_id

        def write(session: GuardedSession) -> None:
            for account in session.scalars(select(Account)):
                account.owner_id = person_id or None

        self.crowd.world.do(self.crowd.id, write)

    def pass_time(self, **delta: float) -> None:
        """Let time go by, and do what it brings."""
        self.crowd.world.now += timedelta(**delta)
        for _step in range(PATIENT):
            if not self.crowd.world.do(self.crowd.id, self._run):
                return
        raise AssertionError("time never comes to an end")

    def remind(self) -> None:
        """What comes on the morning of a working day."""
        self.crowd.world.do(self.crowd.id, request_timers.digest, self.crowd.world.moment(), Settings())

    def _run(self, session: GuardedSession) -> bool:
        return request_timers.run(session, self.crowd.world.moment(), settings.load(session))

    def set_owner(self, **facts: Any) -> None:
        """Change what is known of the owner."""
        self.set_person(self.owner, **facts)

    def set_person(self, person: Actor, **facts: Any) -> None:
        """Change what is known of somebody."""

        def write(session: GuardedSession) -> None:
            row = session.get_one(Person, (session.workspace_id, person.person_id))
            for name, value in facts.items():
                setattr(row, name, value)

        self.crowd.world.do(self.crowd.id, write)

    def actions(self) -> list[tuple[str, str | None]]:
        """What the audit says, oldest first."""

        def read(session: GuardedSession) -> list[tuple[str, str | None]]:
            rows = session.execute(select(Audit.action, Audit.reason).order_by(Audit.at, Audit.id))
            return [(row.action, row.reason) for row in rows]

        found: list[tuple[str, str | None]] = self.crowd.world.do(self.crowd.id, read)
        return found


@pytest.fixture
def desk(crowd: Crowd) -> Desk:
    owner = crowd.world.member(crowd.id, "UOWNER")
    made = Desk(crowd, owner)
    for name in ("Ada", "Grace"):
        crowd.add(name)

    made.own_all()
    return made
