"""What waits too long is flagged, reminded of, and expires at last; on both databases."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from domain.nominations import DeclineReason, Source
from domain.people import Role
from domain.settings import Settings
from steps import nominations, review, waiting
from storage import cards
from storage.audit import Audit
from storage.guard import GuardedSession
from storage.outbox import Message
from tests.worlds import ADA, World, counted

UNAWARE = replace(ADA, customer_knows=False)
WEEK, QUARTER = timedelta(days=7), timedelta(days=90)


def messages(session: GuardedSession, kind: str) -> list[Message]:
    return list(session.scalars(select(Message).where(Message.kind == kind).order_by(Message.id)))


def test_what_came_in_a_large_file_is_not_posted_one_by_one(world: World) -> None:
    workspace_id = world.workspace("T1")
    rep = world.member(workspace_id, "UREP")
    world.do(workspace_id, nominations.submit, rep, world.moment(), ADA, Source.IMPORT, "line 7", quiet=True)
    world.now += WEEK + timedelta(hours=1)
    world.do(workspace_id, waiting.digest, world.moment(), Settings())
    assert world.do(workspace_id, messages, "nomination_alert") == []
    assert len(world.do(workspace_id, messages, "review_digest")) == 1


def settle(world: World) -> tuple[str, str]:
    """A workspace in which one nomination waits; answers both ids."""
    workspace_id = world.workspace("T1")
    rep = world.member(workspace_id, "UREP")
    world.member(workspace_id, "UTEAM", Role.TEAM)
    return workspace_id, world.nominate(workspace_id, rep, UNAWARE).id


def test_nothing_is_said_of_what_is_not_late(world: World) -> None:
    workspace_id, nomination_id = settle(world)
    world.now += WEEK
    assert world.do(workspace_id, waiting.digest, world.moment(), Settings()) is False
    world.now -= timedelta(minutes=1)
    assert not world.do(workspace_id, waiting.expire, world.moment(), Settings())
    assert world.do(workspace_id, cards.one, nomination_id).state == "submitted"


def test_what_waits_longer_than_the_goal_is_flagged_and_named_in_the_digest(world: World) -> None:
    workspace_id, nomination_id = settle(world)
    world.now += WEEK + timedelta(hours=1)
    world.do(workspace_id, waiting.digest, world.moment(), Settings())
    [digest] = world.do(workspace_id, messages, "review_digest")
    assert digest.target == "role:advocacy"
    assert "Ada Lovelace" in str(digest.blocks)
    assert world.do(workspace_id, cards.one, nomination_id).flagged
    alerts = world.do(workspace_id, messages, "nomination_alert")
    assert [alert.status for alert in alerts] == ["superseded", "waiting"]


def test_the_goal_is_what_the_leader_has_set(world: World) -> None:
    workspace_id, _nomination_id = settle(world)
    world.now += WEEK + timedelta(hours=1)
    patient = Settings.of({"review_goal_days": 30})
    world.do(workspace_id, waiting.digest, world.moment(), patient)
    assert world.do(workspace_id, messages, "review_digest") == []


def test_after_a_quarter_an_open_nomination_expires_and_the_nominator_hears_why(world: World) -> None:
    workspace_id, nomination_id = settle(world)
    world.now += QUARTER + timedelta(hours=1)
    assert world.do(workspace_id, waiting.expire, world.moment(), Settings()) is False
    card = world.do(workspace_id, cards.one, nomination_id)
    assert card.state == "expired"
    news = world.do(workspace_id, messages, "nomination_news")[-1]
    assert news.target == "UREP"
    assert "expired" in news.text
    audit = world.do(workspace_id, lambda session: session.scalars(select(Audit).order_by(Audit.id)).all()[-1])
    assert (audit.action, audit.actor_id, audit.after) == ("nomination.expire", None, {"state": "expired"})
    assert not world.do(workspace_id, waiting.expire, world.moment(), Settings())
    assert len(world.do(workspace_id, messages, "nomination_news")) == 2


def test_a_digest_of_many_costs_what_a_digest_of_few_does(world: World) -> None:
    workspace_id = world.workspace("T1")
    rep = world.member(workspace_id, "UREP")
    costs = []
    for many in (2, 20):
        for place in range(many):
            values = replace(ADA, contact_name=f"Customer {many} {place}", company=f"Company {place}", email=None)
            line = f"line {many} {place}"
            world.do(workspace_id, nominations.submit, rep, world.moment(), values, Source.IMPORT, line, quiet=True)
        world.now += WEEK + timedelta(hours=1)
        with counted(world.db) as statements:
            world.do(workspace_id, waiting.digest, world.moment(), Settings())
        costs.append(len(statements))
    assert costs[1] <= costs[0] + 1
    queue = world.do(workspace_id, cards.queue)
    assert len(queue) == 22
    assert all(card.flagged for card in queue)


def test_of_a_customer_who_knows_the_nomination_stays(world: World) -> None:
    workspace_id = world.workspace("T1")
    nomination_id = world.nominate(workspace_id, world.member(workspace_id, "UREP"), ADA).id
    world.now += 2 * QUARTER
    world.do(workspace_id, waiting.expire, world.moment(), Settings())
    assert world.do(workspace_id, cards.one, nomination_id).state == "submitted"


def test_a_declined_nomination_expires_a_quarter_later_without_a_further_word(world: World) -> None:
    workspace_id, nomination_id = settle(world)
    reviewer = world.member(workspace_id, "UTEAM", Role.TEAM)
    why = DeclineReason.NOT_NOW
    world.do(workspace_id, review.decline, reviewer, world.moment(), nomination_id, why, None)
    heard = len(world.do(workspace_id, messages, "nomination_news"))
    world.now += QUARTER - timedelta(hours=1)
    world.do(workspace_id, waiting.expire, world.moment(), Settings())
    assert world.do(workspace_id, cards.one, nomination_id).state == "declined"
    world.now += timedelta(hours=2)
    world.do(workspace_id, waiting.expire, world.moment(), Settings())
    assert world.do(workspace_id, cards.one, nomination_id).state == "expired"
    assert len(world.do(workspace_id, messages, "nomination_news")) == heard
