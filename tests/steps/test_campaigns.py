"""Campaigns: who is told, within which budget, who wins, and when one ends; on both databases."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from domain.campaigns import Plan, Preview, Progress
from domain.errors import AlreadyDone, NotAllowed, RuleError
from domain.messages import Kind, Rendered
from domain.people import Actor, Role
from domain.query import Facet
from domain.targets import Values
from steps import campaign_sending, campaigns, targets
from storage import outbox, settings
from storage.accounts import Account
from storage.campaigns import Campaign
from storage.guard import GuardedSession
from storage.outbox import Message
from storage.people import Person
from storage.targets import TargetRow
from tests.steps.crowd import Crowd
from tests.steps.crowd import crowd as crowd  # noqa: PLC0414  # a fixture
from tests.steps.race import ROUNDS, at_once
from tests.worlds import counted

DUE = date(2026, 12, 31)


@pytest.fixture
def owner(crowd: Crowd) -> Actor:
    return crowd.world.member(crowd.id, "UOWNER")


@pytest.fixture
def target(crowd: Crowd, owner: Actor) -> str:
    """One banker is wanted, and this owner has a bank without an advocate."""
    leader = crowd.world.member(crowd.id, "ULEAD", Role.LEADER)
    crowd.do(targets.save, leader, Values("Bankers", "1", DUE, None, {Facet.INDUSTRY: ("banking",)}), None, 0)
    account(crowd, "First Bank", owner, industry="banking")
    account(crowd, "Some Farm", owner, industry="farming")
    found: str = crowd.world.do(crowd.id, lambda session: session.scalar(select(TargetRow.id)))
    return found


def account(crowd: Crowd, name: str, owner: Actor | None, **facts: Any) -> None:
    def write(session: GuardedSession) -> None:
        moment = crowd.world.moment()
        row = Account(id=moment.new_id(), name=name, key=name.casefold(), products=[], created_at=moment.now, **facts)
        row.owner_id = owner.person_id if owner else None
        session.add(row)

    crowd.world.do(crowd.id, write)


def plan(crowd: Crowd, target: str, *channels: str) -> Plan:
    made: Plan = crowd.do(campaigns.begin, crowd.team, target)
    return replace(made, channels=channels)


def start(crowd: Crowd, target: str, *channels: str) -> Progress:
    found: Progress = crowd.do(campaigns.start, crowd.team, plan(crowd, target, *channels))
    return found


def time_passes(crowd: Crowd, days: int = 0) -> None:
    crowd.world.now += timedelta(days=days)

    def run(session: GuardedSession) -> None:
        campaign_sending.run(session, crowd.world.moment(), settings.load(session))

    crowd.world.do(crowd.id, run)


def told(crowd: Crowd, *kinds: Kind) -> list[tuple[str, str]]:
    """Target and text of what was written, in order."""

    def find(session: GuardedSession) -> list[tuple[str, str]]:
        query = select(Message.target, Message.text).where(Message.kind.in_(kinds)).order_by(Message.id)
        return [(row.target, row.text) for row in session.execute(query)]

    found: list[tuple[str, str]] = crowd.world.do(crowd.id, find)
    return found


def row(crowd: Crowd) -> Campaign:
    found: Campaign = crowd.world.do(crowd.id, lambda session: session.scalars(select(Campaign)).one())
    return found


def test_a_preview_says_who_gets_it_and_sends_nothing(crowd: Crowd, target: str) -> None:
    account(crowd, "Nobody's Bank", None, industry="banking")
    shown: Preview = crowd.do(campaigns.preview, crowd.team, plan(crowd, target, "C1"))
    assert [(one.channel, one.owner, one.accounts, one.now) for one in shown.recipients] == [
        ("C1", None, 0, True),
        (None, "UOWNER", 1, True),
    ]
    assert shown.unowned == 1
    assert not told(crowd, Kind.CAMPAIGN, Kind.CAMPAIGN_POST)


def test_only_the_team_may_start_one(crowd: Crowd, target: str) -> None:
    with pytest.raises(NotAllowed, match="Only "):
        crowd.do(campaigns.begin, crowd.rep, target)
    with pytest.raises(NotAllowed, match="Only "):
        crowd.do(campaigns.start, crowd.rep, Plan(target, "Please", (), DUE))


def test_one_runs_a_target_at_a_time(crowd: Crowd, target: str) -> None:
    same = plan(crowd, target)
    shown = start(crowd, target)
    with pytest.raises(AlreadyDone, match="runs already"):
        crowd.do(campaigns.start, crowd.team, same)
    crowd.do(campaigns.stop, crowd.team, shown.id)
    with pytest.raises(AlreadyDone, match="closed already"):
        crowd.do(campaigns.stop, crowd.team, shown.id)
    assert start(crowd, target).id != shown.id


def test_whoever_has_had_enough_this_week_is_told_later(crowd: Crowd, target: str) -> None:
    def spend(session: GuardedSession) -> None:
        for _message in range(2):
            outbox.put(session, crowd.world.moment(), Kind.NUDGE, "UOWNER", Rendered("A nudge", ()))

    crowd.world.do(crowd.id, spend)
    assert (shown := start(crowd, target)).waiting == 1
    assert shown.told == 0
    time_passes(crowd, 3)
    assert not told(crowd, Kind.CAMPAIGN)
    time_passes(crowd, 5)
    time_passes(crowd, 1)
    assert [to for to, _text in told(crowd, Kind.CAMPAIGN)] == ["UOWNER"]


def test_nobody_is_told_at_night(crowd: Crowd, target: str, owner: Actor) -> None:
    def move(session: GuardedSession) -> None:
        session.get_one(Person, (session.workspace_id, owner.person_id)).time_zone = "Etc/GMT-12"

    crowd.world.now = crowd.world.now.replace(hour=12)  # midnight there
    crowd.world.do(crowd.id, move)
    assert start(crowd, target).waiting == 1
    assert not told(crowd, Kind.CAMPAIGN)
    crowd.world.now = crowd.world.now.replace(hour=20)
    time_passes(crowd)
    assert [to for to, _text in told(crowd, Kind.CAMPAIGN)] == ["UOWNER"]


def test_paused_it_tells_nobody(crowd: Crowd, target: str, owner: Actor) -> None:
    away(crowd, owner, crowd.world.now.date())
    shown = start(crowd, target)
    crowd.do(campaigns.pause, crowd.team, shown.id, paused=True)
    time_passes(crowd, 2)
    assert not told(crowd, Kind.CAMPAIGN)
    crowd.do(campaigns.pause, crowd.team, shown.id, paused=False)
    assert len(told(crowd, Kind.CAMPAIGN)) == 1


def away(crowd: Crowd, owner: Actor, until: date) -> None:
    change = update(Person).where(Person.id == owner.person_id).values(away_until=until)
    crowd.world.do(crowd.id, lambda session: session.execute(change))


def test_an_owner_who_has_left_is_told_to_whoever_started_it(crowd: Crowd, target: str, owner: Actor) -> None:
    away(crowd, owner, crowd.world.now.date())
    start(crowd, target, "C1")
    change = update(Person).where(Person.id == owner.person_id).values(standing="deactivated")
    crowd.world.do(crowd.id, lambda session: session.execute(change))
    time_passes(crowd, 1)
    time_passes(crowd, 1)
    [(to, text)] = told(crowd, Kind.CAMPAIGN_NEWS)
    assert to == crowd.team.slack_user_id
    assert "Name of UOWNER" in text
    assert len(told(crowd, Kind.CAMPAIGN_POST)) == 1


def test_it_ends_when_the_target_is_met_and_says_so_once(crowd: Crowd, target: str) -> None:
    start(crowd, target)
    crowd.add("Banker")
    time_passes(crowd)
    time_passes(crowd)
    assert row(crowd).end == "reached"
    assert [to for to, _text in told(crowd, Kind.CAMPAIGN_NEWS)] == [crowd.team.slack_user_id, "role:advocacy"]
    with pytest.raises(RuleError, match="is met"):
        crowd.do(campaigns.begin, crowd.team, target)


def test_it_ends_after_its_last_day_and_with_its_target(crowd: Crowd, target: str) -> None:
    start(crowd, target)
    time_passes(crowd, 30)
    assert row(crowd).end is None
    time_passes(crowd, 1)
    assert row(crowd).end == "over"


def test_it_ends_with_its_target(crowd: Crowd, target: str) -> None:
    start(crowd, target)
    leader = crowd.world.member(crowd.id, "ULEAD", Role.LEADER)
    crowd.do(targets.delete, leader, target)
    time_passes(crowd)
    assert row(crowd).end == "dropped"


def test_it_must_reach_somebody(crowd: Crowd, target: str, owner: Actor) -> None:
    change = update(Account).values(owner_id=None)
    crowd.world.do(crowd.id, lambda session: session.execute(change))
    with pytest.raises(RuleError, match="Nobody would get it"):
        crowd.do(campaigns.preview, crowd.team, plan(crowd, target))
    with pytest.raises(RuleError, match="Nobody would get it"):
        start(crowd, target)
    assert not crowd.world.do(crowd.id, lambda session: session.scalars(select(Campaign)).all())


def test_of_two_who_start_at_once_one_does(crowd: Crowd, target: str) -> None:
    for _round in range(ROUNDS):
        wanted, moments = plan(crowd, target), [crowd.world.moment() for _person in range(2)]
        acts = [lambda session, at=at: campaigns.start(session, crowd.team, at, wanted) for at in moments]  # noqa: B023
        done = at_once(crowd.world.db, crowd.id, *acts)
        assert sorted(type(one).__name__ for one in done) == ["AlreadyDone", "Progress"], done
        [shown] = [one for one in done if isinstance(one, Progress)]
        crowd.do(campaigns.stop, crowd.team, shown.id)


def test_as_many_statements_for_many_owners(crowd: Crowd, target: str) -> None:
    for number in range(12):
        member = crowd.world.member(crowd.id, f"UMORE{number}")
        account(crowd, f"Bank {number}", member, industry="banking")
    wanted = plan(crowd, target)
    with counted(crowd.world.db) as ran:
        shown: Preview = crowd.do(campaigns.preview, crowd.team, wanted)
    assert len(shown.recipients) == 13
    assert len(ran) < 20, ran
