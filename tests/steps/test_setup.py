"""The guide to setting up: each step is ticked off by what is there, on both databases."""

from collections.abc import Callable
from datetime import date

import pytest

from domain.errors import NotAllowed
from domain.messages import Kind, Rendered
from domain.people import Role
from domain.settings import ChannelRole, channel_key
from domain.setup import Part, Setup
from steps import setup
from storage import outbox, settings
from storage.accounts import Account
from storage.guard import GuardedSession
from storage.nudges import NudgePlan
from storage.outbox import TO_CHANNEL_ROLE, Message, Status
from storage.pulse import Pulse
from storage.targets import TargetRow
from storage.vocabulary import Term
from tests.worlds import World, counted


def channel_chosen(session: GuardedSession, world: World) -> None:
    settings.save(session, world.moment(), None, channel_key(ChannelRole.ADVOCACY), "C1")


def alert_came(session: GuardedSession, world: World) -> None:
    target = f"{TO_CHANNEL_ROLE}{ChannelRole.ADVOCACY.value}"
    key = outbox.put(session, world.moment(), Kind.NOMINATION_ALERT, target, Rendered("Alert", ()))
    session.flush()
    session.get_one(Message, (session.workspace_id, key)).status = Status.DELIVERED.value


def account(session: GuardedSession, world: World) -> None:
    session.add(Account(id=world.moment().new_id(), name="Acme", key="acme", created_at=world.now))


def word(session: GuardedSession, world: World) -> None:
    session.add(Term(id=world.moment().new_id(), facet="industry", value="Rail", key="rail", created_at=world.now))


def target(session: GuardedSession, world: World) -> None:
    row = TargetRow(id=world.moment().new_id(), name="Rail", criteria={}, count=3, due_on=world.now.date())
    row.created_at = world.now
    session.add(row)


def pulse(session: GuardedSession, world: World) -> None:
    row = Pulse(id=world.moment().new_id(), name="First", key="first", held_on=date(2026, 1, 1))
    row.created_at = world.now
    session.add(row)


def nudges(session: GuardedSession, world: World) -> None:
    when = {"day": "mon", "at": "10:00", "zone": "UTC", "since": world.now}
    session.add(NudgePlan(id=world.moment().new_id(), audience="sales", is_on=True, **when))


FACTS: list[tuple[Part, Callable[[GuardedSession, World], None]]] = [
    (Part.CHANNELS, channel_chosen),
    (Part.CHANNELS, alert_came),
    (Part.ACCOUNTS, account),
    (Part.WORDS, word),
    (Part.TARGETS, target),
    (Part.PULSE, pulse),
    (Part.NUDGES, nudges),
]


@pytest.mark.parametrize(("part", "fact"), FACTS)
def test_each_step_is_done_by_its_fact_alone(
    world: World, part: Part, fact: Callable[[GuardedSession, World], None]
) -> None:
    workspace, other = world.workspace("T1"), world.workspace("T2")
    leader, theirs = world.member(workspace, "ULEADER", Role.LEADER), world.member(other, "UADMIN", Role.ADMIN)
    assert world.do(workspace, setup.seen, leader, world.moment()) == Setup(frozenset())
    world.do(workspace, fact, world)
    assert world.do(workspace, setup.seen, leader, world.moment()) == Setup(frozenset({part}))
    assert world.do(other, setup.seen, theirs, world.moment()) == Setup(frozenset())


def test_roles_are_done_with_a_team_and_a_champion(world: World) -> None:
    workspace = world.workspace("T1")
    leader = world.member(workspace, "ULEADER", Role.LEADER)
    for role, done in ((Role.TEAM, False), (Role.CHAMPION, True)):
        world.member(workspace, f"U{role.name}", role)
        found = world.do(workspace, setup.seen, leader, world.moment())
        assert found is not None
        assert (Part.ROLES in found.done) is done
    assert found.following is Part.CHANNELS


def test_all_in_one_statement_put_away_and_brought_back(world: World) -> None:
    workspace = world.workspace("T1")
    admin, rep = world.member(workspace, "UADMIN", Role.ADMIN), world.member(workspace, "UREP")

    def look(session: GuardedSession) -> int:
        with counted(world.db) as statements:
            setup.seen(session, admin, world.moment())
        return len(statements)

    assert world.do(workspace, look) == 2
    assert world.do(workspace, setup.seen, rep, world.moment()) is None
    for shown in (False, True):
        with pytest.raises(NotAllowed, match=r"^Only .* can change settings"):
            world.do(workspace, lambda session, shown=shown: setup.show(session, rep, world.moment(), shown=shown))
        assert (
            world.do(workspace, lambda s, shown=shown: setup.show(s, admin, world.moment(), shown=shown)).is_shown
            is shown
        )
        found = world.do(workspace, setup.seen, admin, world.moment())
        assert found is not None
        assert found.is_shown is shown


def test_nothing_left_is_nothing_shown() -> None:
    assert not Setup(frozenset(Part)).is_shown
    assert Setup(frozenset(Part)).following is None
    assert Setup(frozenset(Part) - {Part.WORDS}).following is Part.WORDS
