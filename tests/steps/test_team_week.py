"""The team's week is counted by the workspace's calendar, posted once, and not where there is nothing to say."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from domain.errors import NotAllowed, RuleError
from domain.messages import Kind
from domain.settings import Settings
from domain.team_week import Done, Week
from steps import team_week
from storage.audit import Audit
from storage.outbox import Message
from storage.requests import Request
from tests.steps.crowd import PLAIN, Crowd, crowd
from tests.steps.test_requests import ask
from tests.worlds import ADA, counted

__all__ = ["crowd"]

MONDAY = datetime(2026, 11, 23, 9, 20, tzinfo=UTC)
DAY = timedelta(days=1)


def week(crowd: Crowd, at: datetime = MONDAY, known: Settings | None = None) -> Week:
    crowd.world.now = at
    found: Week = crowd.world.do(crowd.id, team_week.read, crowd.world.moment(), known or Settings())
    return found


def posts(crowd: Crowd) -> list[Message]:
    query = select(Message).where(Message.kind == Kind.TEAM_WEEK.value).order_by(Message.id)
    found: list[Message] = crowd.world.do(crowd.id, lambda session: list(session.scalars(query)))
    return found


def answered(crowd: Crowd, request_id: str, hours: int) -> None:
    def write(session: Any) -> None:
        row = session.get_one(Request, (crowd.id, request_id))
        row.answered_at, row.state = row.opened_at + timedelta(hours=hours), "approved"

    crowd.world.do(crowd.id, write)


def test_each_figure_belongs_to_its_week(crowd: Crowd) -> None:
    crowd.world.now = MONDAY - 10 * DAY
    crowd.add("Eve")
    crowd.world.nominate(crowd.id, crowd.rep)
    crowd.world.now = MONDAY - 5 * DAY
    crowd.add("Ada")
    crowd.world.nominate(crowd.id, crowd.rep, replace(ADA, contact_name="Grace Hopper", company="Other", email=None))
    soon, late, _open = (ask(crowd, opportunity=f"Deal {at}").id for at in range(3))
    answered(crowd, soon, 2)
    answered(crowd, late, 80)
    crowd.use("Ada", (MONDAY - DAY).date())
    crowd.use("Ada", MONDAY.date())
    found = week(crowd)
    assert found.done == Done(nominated=2, published=1, requested=3, answered=2, in_time=1, uses=1)
    assert found.before == Done(nominated=2, published=1)
    assert found.waiting.to_review == 2
    assert found.waiting.oldest_review
    assert found.waiting.oldest_review.replace(microsecond=0) == MONDAY - 10 * DAY
    assert (found.waiting.late_reviews, found.waiting.to_answer) == (1, 1)


def test_the_week_ends_where_the_workspace_is(crowd: Crowd) -> None:
    crowd.world.now = datetime(2026, 11, 22, 16, 0, tzinfo=UTC)  # Monday already in Tokyo
    crowd.world.nominate(crowd.id, crowd.rep)
    assert week(crowd).done.nominated == 1
    assert week(crowd, known=Settings(time_zone="Asia/Tokyo")).done.nominated == 0


def test_profiles_nobody_confirms_are_counted(crowd: Crowd) -> None:
    crowd.world.now = MONDAY - 400 * DAY
    crowd.add("Ada")
    assert week(crowd).waiting.unverified == 1


def test_where_there_is_nothing_to_say_nothing_is_said(crowd: Crowd) -> None:
    crowd.world.now = MONDAY
    crowd.world.do(crowd.id, team_week.send_weekly, crowd.world.moment(), Settings())
    assert posts(crowd) == []
    crowd.world.now = MONDAY - 3 * DAY
    crowd.world.nominate(crowd.id, crowd.rep)
    crowd.world.now = MONDAY
    crowd.world.do(crowd.id, team_week.send_weekly, crowd.world.moment(), Settings())
    [post] = posts(crowd)
    assert "1 nomination to review, the oldest for 3 days" in post.text


def test_posted_by_hand_it_bears_the_words(crowd: Crowd) -> None:
    crowd.world.now = MONDAY
    crowd.do(team_week.send_now, crowd.team, "Thanks <!channel>, all of you!")
    [post] = posts(crowd)
    assert "Thanks &lt;!channel&gt;, all of you!" in str(post.blocks)
    audited = select(Audit).where(Audit.action == "team_week.sent")
    assert len(crowd.world.do(crowd.id, lambda session: list(session.scalars(audited)))) == 1
    with pytest.raises(RuleError):
        crowd.do(team_week.send_now, crowd.team, "x" * 1001)
    with pytest.raises(NotAllowed):
        crowd.do(team_week.send_now, crowd.rep, "")
    with pytest.raises(NotAllowed):
        crowd.do(team_week.seen, crowd.rep)


def test_it_takes_two_statements_however_much_happened(crowd: Crowd) -> None:
    crowd.world.now = MONDAY - 3 * DAY
    crowd.add_many({"Ada": PLAIN} | {f"Customer {at}": PLAIN for at in range(40)})
    for at in range(6):
        ask(crowd, advocate_id=crowd.ids[f"Customer {at}"], opportunity=f"Deal {at}")
    crowd.world.now = MONDAY

    def read(session: Any) -> int:
        with counted(crowd.world.db) as statements:
            team_week.read(session, crowd.world.moment(), Settings())
        return len(statements)

    assert crowd.world.do(crowd.id, read) == 2
