"""What time brings for requests: reminders, escalations, expiry, questions, another owner; on both databases."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from domain.errors import RuleError
from domain.messages import Kind
from domain.people import Actor
from domain.request_outcomes import Happened, Outcome
from domain.request_routing import Routing
from domain.requests import State
from steps import outcomes
from storage.guard import GuardedSession
from storage.outbox import Message
from tests.steps.crowd import crowd
from tests.steps.desk import Desk, desk
from tests.worlds import counted

__all__ = ["crowd", "desk"]

MANY = 30
"""Requests that wait, of which nothing is due: they must not cost a statement each."""


def test_an_owner_is_reminded_once_after_a_day_and_the_team_is_told_after_two(desk: Desk) -> None:
    request_id = desk.ask()
    desk.propose(request_id)
    desk.pass_time(hours=23)
    assert len(desk.slots(desk.owner, Kind.APPROVAL)) == 1
    desk.pass_time(hours=1)
    desk.pass_time(hours=1)
    _question, reminder = desk.slots(desk.owner, Kind.APPROVAL)
    assert "still waits for your word" in reminder
    assert desk.team_heard(Kind.REQUEST_ESCALATION) == []
    desk.pass_time(hours=23)
    desk.pass_time(hours=1)
    [told] = desk.team_heard(Kind.REQUEST_ESCALATION)
    assert "has not answered" in told
    desk.approve(request_id)
    assert all("Approved" in text for text in desk.slots(desk.owner, Kind.APPROVAL)), "the reminder says so too"


def test_nobody_is_woken_by_a_reminder_or_a_question(desk: Desk) -> None:
    assert desk.crowd.world.now.hour == 9, "in UTC; six in the evening in Tokyo"
    desk.set_owner(time_zone="Asia/Tokyo")
    request_id = desk.ask()
    desk.propose(request_id)
    desk.pass_time(hours=26)  # eight in the evening in Tokyo
    assert len(desk.slots(desk.owner, Kind.APPROVAL)) == 1
    desk.pass_time(hours=9)  # five in the morning
    assert len(desk.slots(desk.owner, Kind.APPROVAL)) == 1
    desk.pass_time(hours=1)
    assert len(desk.slots(desk.owner, Kind.APPROVAL)) == 2
    desk.approve(request_id)
    desk.set_person(desk.crowd.rep, time_zone="America/New_York")
    desk.pass_time(days=13)
    assert desk.crowd.world.now.hour == 21, "or what follows tells nothing"
    desk.pass_time(hours=12)  # nine in the morning here, and five in the morning there
    assert desk.heard(desk.crowd.rep, Kind.REQUEST_QUESTION) == []
    desk.pass_time(hours=1)
    assert len(desk.heard(desk.crowd.rep, Kind.REQUEST_QUESTION)) == 1
    desk.pass_time(hours=1)
    assert len(desk.heard(desk.crowd.rep, Kind.REQUEST_QUESTION)) == 1


def test_whoever_waits_for_three_days_is_called_late_once(desk: Desk) -> None:
    request_id = desk.ask()
    desk.pass_time(hours=71)
    assert not desk.card(request_id).late
    desk.pass_time(hours=1)
    desk.pass_time(hours=24)
    assert desk.card(request_id).late
    [told] = desk.team_heard(Kind.REQUEST_ESCALATION)
    assert "has waited too long" in told
    [said] = [one for one in desk.heard(desk.crowd.rep, Kind.REQUEST_NEWS) if "longer than we promise" in one]
    assert "The advocacy team has been reminded" in said
    desk.remind()
    assert desk.team_heard(Kind.REVIEW_DIGEST) == ["1 request waits for an answer longer than promised."]
    desk.propose(request_id)
    desk.approve(request_id)
    desk.remind()
    assert len(desk.team_heard(Kind.REVIEW_DIGEST)) == 1, "silent when none waits too long"


def test_a_request_expires_three_days_after_its_need_by_date(desk: Desk) -> None:
    request_id = desk.ask()
    desk.propose(request_id)
    desk.pass_time(days=17)
    assert desk.card(request_id).state is State.AWAITING_OWNER
    desk.pass_time(days=1)
    assert desk.card(request_id).state is State.EXPIRED
    assert "has expired" in desk.heard(desk.crowd.rep, Kind.REQUEST_NEWS)[-1]
    assert "Expired" in desk.slots(desk.owner, Kind.APPROVAL)[0]
    with pytest.raises(RuleError):
        desk.approve(request_id)


@pytest.mark.parametrize("how", ["deactivated", "away"])
def test_an_owner_who_cannot_be_asked_any_more_is_stood_in_for_by_the_team(desk: Desk, how: str) -> None:
    request_id = desk.ask()
    desk.propose(request_id)
    away = {"away_until": desk.crowd.world.now.date() + timedelta(days=9)}
    desk.set_owner(**(away if how == "away" else {"standing": "deactivated"}))
    desk.pass_time(hours=1)
    desk.pass_time(hours=1)
    [told] = desk.team_heard(Kind.REQUEST_ESCALATION)
    assert "The team can answer in the owner's place" in told
    assert desk.approve(request_id, desk.crowd.team, "They are away").state is State.APPROVED


def test_an_account_that_changes_hands_takes_the_question_along(desk: Desk) -> None:
    request_id = desk.ask()
    desk.propose(request_id)
    after = desk.crowd.world.member(desk.crowd.id, "UNEXT")
    desk.own_all(after)
    desk.pass_time(hours=25)
    assert "A colleague looks after this customer now" in desk.slots(desk.owner, Kind.APPROVAL)[0]
    [question] = desk.slots(after, Kind.APPROVAL)
    assert question.startswith("May we ask Ada"), "and no reminder yet: they have just been asked"
    assert desk.approve(request_id, after).state is State.APPROVED


def test_an_account_without_an_owner_any_more_is_the_teams(desk: Desk) -> None:
    request_id = desk.ask()
    desk.propose(request_id)
    desk.own_all(Actor("", "", ""))
    desk.pass_time(hours=1)
    desk.pass_time(hours=1)
    assert len(desk.team_heard(Kind.REQUEST_ESCALATION)) == 1
    assert desk.card(request_id).owner_slack_id is None
    assert desk.approve(request_id, desk.crowd.team, "Nobody looks after them").state is State.APPROVED


def test_the_day_after_somebody_is_asked_how_it_went_and_the_owner_to_say_thanks(desk: Desk) -> None:
    desk.route(Routing.SELF_TELLING_OWNER)
    request_id = desk.ask()
    desk.pass_time(days=14)
    assert desk.heard(desk.crowd.rep, Kind.REQUEST_QUESTION) == []
    desk.pass_time(days=1)
    desk.pass_time(days=1)
    assert len(desk.heard(desk.crowd.rep, Kind.REQUEST_QUESTION)) == 1
    desk.crowd.do(outcomes.tell, desk.crowd.rep, request_id, Outcome(Happened.YES, 5))
    desk.pass_time(hours=1)
    desk.pass_time(hours=1)
    assert len(desk.heard(desk.owner, Kind.THANKS)) == 1


def test_old_news_loses_its_buttons_though_its_words_are_forgotten_by_then(desk: Desk) -> None:
    request_id = desk.ask()
    desk.propose(request_id)
    desk.approve(request_id)

    def forget(session: GuardedSession) -> None:
        for row in session.scalars(select(Message)):
            row.text, row.blocks = "", []

    desk.crowd.world.do(desk.crowd.id, forget)
    for _day in range(2):
        desk.pass_time(days=8)
    news = desk.slots(desk.crowd.rep, Kind.REQUEST_NEWS)[-1]
    assert news.startswith("A reference call with Ada")
    assert "Approved" in news


def test_requests_of_which_nothing_is_due_cost_no_statement_each(desk: Desk) -> None:
    for _number in range(MANY):
        desk.ask()
    with counted(desk.crowd.world.db) as statements:
        desk.pass_time(hours=1)
    assert len(statements) < 10, statements


def test_who_does_not_say_how_it_went_is_asked_three_times_and_then_the_team_hears_of_it(desk: Desk) -> None:
    request_id = desk.ask()
    desk.propose(request_id)
    desk.approve(request_id)
    for _day in range(40):
        desk.pass_time(days=1)
    questions = [text for text in desk.slots(desk.crowd.rep, Kind.REQUEST_QUESTION) if "take place" in text]
    assert len(questions) == 3
    [told] = [text for text in desk.team_heard(Kind.REQUEST_ESCALATION) if "has not said whether" in text]
    assert "reference call with Ada" in told
    desk.crowd.do(outcomes.tell, desk.crowd.team, request_id, Outcome(Happened.YES, 4))
    assert desk.card(request_id).state is State.COMPLETED
