"""The nudge of the week: once, at its time, to those to whom nothing speaks against it, and with its why."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
from sqlalchemy import select

from domain.messages import RULES, InDoubt, Kind, Lane
from domain.moment import Moment
from domain.nudge_choice import is_held_out, is_silent, why_of
from domain.nudge_times import Not
from domain.nudges import Audience
from domain.pulse import Element
from domain.settings import Settings
from schedules.jobs import nudge
from steps import nudge_plans
from steps.nudge_desk import Desk, plan_of
from steps.nudges import tidy, to_people
from storage.guard import GuardedSession
from storage.nudges import HELD_OUT, SENT, SILENT, SKIPPED, Nudge, NudgePlan, NudgeReply, NudgeWish
from storage.outbox import Message, Status
from storage.people import Person
from tests.patience import PATIENCE
from tests.steps.floor import TUESDAY, Floor
from tests.steps.floor import floor as floor  # noqa: PLC0414  # a fixture
from tests.worlds import counted

WEEK = timedelta(days=7)


def test_a_channel_gets_one_a_week_at_its_time(floor: Floor) -> None:
    floor.plan()
    assert floor.tick(TUESDAY - timedelta(minutes=15)) == []
    (posted,) = floor.tick(TUESDAY)
    assert (posted.target, posted.kind, posted.lane) == ("role:sales", "channel_nudge", "bulk")
    assert floor.tick(TUESDAY + timedelta(minutes=15)) == []
    assert len(floor.tick(TUESDAY + WEEK)) == 1
    texts = {nudge.text for nudge in floor.nudges()}
    assert len(texts) == 2
    assert all(why_of(nudge.why).element is Element.AWARENESS for nudge in floor.nudges())


def test_what_holds_the_group_back_is_spoken_of(floor: Floor) -> None:
    floor.plan()
    floor.pulse("Q1", date(2026, 3, 1), {"Sales": Element.ABILITY, "Marketing": Element.DESIRE})
    floor.tick(TUESDAY)
    (nudge,) = floor.nudges()
    why = why_of(nudge.why)
    assert (why.barrier, why.element, why.pulse, why.used) == (Element.ABILITY, Element.ABILITY, "Q1", 1)


def test_after_a_week_of_downtime_one_comes_and_not_five(floor: Floor) -> None:
    floor.plan()
    assert len(floor.tick(TUESDAY)) == 1
    back = TUESDAY + timedelta(days=35 + 3, hours=2)  # a Friday
    assert len(floor.tick(back)) == 1
    assert floor.tick(back + timedelta(hours=1)) == []
    assert floor.tick(TUESDAY + timedelta(days=42)) == [], "four days after the one that was late"
    assert floor.nudges()[-1].reason == Not.BUDGET.value
    assert len(floor.tick(TUESDAY + timedelta(days=49))) == 1


@pytest.mark.parametrize("late", [timedelta(hours=10), timedelta(hours=19), timedelta(days=4)])
def test_what_was_missed_does_not_come_at_night_or_at_the_weekend(floor: Floor, late: timedelta) -> None:
    floor.plan()
    assert floor.tick(TUESDAY + late) == []
    assert floor.nudges() == []


def test_a_plan_made_later_in_the_week_begins_next_week(floor: Floor) -> None:
    floor.world.now = TUESDAY + timedelta(hours=1)
    floor.plan()
    assert floor.tick(TUESDAY + timedelta(hours=2)) == []
    floor.tick(TUESDAY + WEEK)
    assert [nudge.due_on for nudge in floor.nudges()] == [(TUESDAY + WEEK).date()]


def test_what_still_waits_for_the_channel_is_replaced(floor: Floor) -> None:
    floor.plan()
    (old,) = floor.tick(TUESDAY)
    floor.world.do(floor.id, lambda session: setattr(session.get_one(Message, (floor.id, old.id)), "status", "held"))
    (new,) = floor.tick(TUESDAY + 2 * WEEK)
    assert floor.rows(Message, Message.id == old.id)[0].status == Status.SUPERSEDED.value
    assert new.status == Status.WAITING.value


def test_one_week_in_ten_is_silent_and_says_so(floor: Floor) -> None:
    floor.plan()
    outcomes = []
    for week in range(20):
        floor.tick(TUESDAY + week * WEEK)
        outcomes.append(floor.nudges()[-1].outcome)
    assert outcomes.count(SILENT) in (1, 2, 3)
    (plan,) = floor.rows(NudgePlan)
    expected = [is_silent(floor.id, plan.id, (TUESDAY + week * WEEK).date()) for week in range(20)]
    assert [outcome == SILENT for outcome in outcomes] == expected


def test_people_get_it_by_their_own_clock(floor: Floor) -> None:
    zones = {"UTC": 0, "America/New_York": 5, "Asia/Kolkata": -5.5, "Pacific/Auckland": -13, "Europe/Berlin": -1}
    for zone in zones:
        floor.people(3, zone=zone)
    floor.plan(place=None)
    came: dict[str, list[float]] = {zone: [] for zone in zones}
    zone_of_person = {row.slack_user_id: row.time_zone for row in floor.rows(Person)}
    for quarter in range(-14 * 4, 6 * 4):
        for message in floor.tick(TUESDAY + timedelta(minutes=15 * quarter)):
            came[zone_of_person[message.target]].append(quarter / 4)
    held = {zone_of_person[nudge.target] for nudge in floor.nudges(Nudge.outcome == HELD_OUT)}
    for zone, hours in zones.items():
        assert set(came[zone]) == {hours} or zone in held, zone
        assert len(came[zone]) <= 3


def test_who_would_rather_not_gets_nothing_and_the_leader_sees_how_many(floor: Floor) -> None:
    away, back, out, resting, asked, full, free = (floor.people(1)[0] for _ in range(7))
    floor.change([away], away_until=date(2026, 3, 4))
    floor.change([back], away_until=date(2026, 3, 3))
    _wish(floor, out, opted_out_at=floor.world.now)
    _wish(floor, resting, snoozed_until=date(2026, 3, 4))
    slack = {row.id: row.slack_user_id for row in floor.rows(Person)}
    floor.asks([slack[asked]])
    floor.send(Kind.NUDGE, [slack[full]] * 2)
    floor.plan(place=None)
    targets = {message.target for message in floor.tick(TUESDAY)}
    decided = {nudge.person_id: nudge for nudge in floor.nudges()}
    reasons = {person: decided[person].reason for person in (away, out, resting, asked, full)}
    assert reasons == {
        away: Not.AWAY.value,
        out: Not.OPTED_OUT.value,
        resting: Not.SNOOZED.value,
        asked: Not.PULSE.value,
        full: Not.BUDGET.value,
    }
    expected = {slack[one] for one in (back, free) if not is_held_out(floor.id, one)}
    assert targets == expected
    seen = floor.do(nudge_plans.overview, floor.leader)
    assert dict(seen.refused) == dict.fromkeys(reasons.values(), 1)


def _wish(floor: Floor, person_id: str, **facts: object) -> None:
    row = NudgeWish(person_id=person_id, changed_at=floor.world.now, **facts)
    floor.world.do(floor.id, lambda session: session.add(row))


def test_one_in_ten_gets_none_and_it_is_noted_what_they_would_have_got(floor: Floor) -> None:
    floor.people(200)
    floor.plan(place=None)
    messages = floor.tick(TUESDAY)
    held = floor.nudges(Nudge.outcome == HELD_OUT)
    assert {nudge.person_id for nudge in held} == {
        nudge.person_id for nudge in floor.nudges() if is_held_out(floor.id, nudge.person_id or "")
    }
    assert 8 <= len(held) <= 36
    assert len(messages) + len(held) == 200
    assert all(nudge.entry_id and nudge.reason == Not.HELD_OUT.value for nudge in held)


def test_managers_are_those_who_lead_people(floor: Floor) -> None:
    bosses = floor.people(12, function="product")
    for boss in bosses:
        floor.people(1, manager_id=boss)
    floor.people(5, function="product")
    floor.plan(Audience.MANAGERS, place=None)
    floor.tick(TUESDAY)
    assert {nudge.person_id for nudge in floor.nudges()} == set(bosses)


def test_nobody_gets_more_than_the_budget_from_two_plans_at_once(floor: Floor) -> None:
    bosses = floor.people(40)
    for boss in bosses:
        floor.people(1, function="product", manager_id=boss)
    slack = {row.id: row.slack_user_id for row in floor.rows(Person)}
    floor.send(Kind.NUDGE, [slack[boss] for boss in bosses])
    floor.plan(Audience.MANAGERS, place=None)
    floor.plan(Audience.SALES, place=None)
    targets = [message.target for message in floor.tick(TUESDAY)]
    assert len(targets) == len(set(targets)) > 20


def test_ten_thousand_people_take_as_many_statements_as_ten(floor: Floor) -> None:
    floor.people(10)
    floor.plan(place=None)

    def statements() -> int:
        def act(session: GuardedSession) -> None:
            moment = floor.world.moment()
            (row,) = session.scalars(select(NudgePlan))
            desk = Desk.of(session, moment, Settings())
            to_people(session, desk, plan_of(row), TUESDAY.date(), ["UTC"], most=20_000)

        with counted(floor.world.db) as found:
            floor.world.do(floor.id, act)
        return len([one for one in found if not one.startswith(("SAVEPOINT", "RELEASE"))])

    floor.world.now = TUESDAY
    few = statements()
    floor.people(10_000)
    assert statements() == few < 30
    assert len(floor.rows(Nudge)) == 10_010


def test_a_message_in_doubt_is_dropped() -> None:
    for kind in (Kind.NUDGE, Kind.ONBOARDING, Kind.CHANNEL_NUDGE):
        assert (RULES[kind].lane, RULES[kind].in_doubt) == (Lane.BULK, InDoubt.DROP)


def test_skipped_people_are_forgotten_after_a_month(floor: Floor) -> None:
    person = floor.people(1)[0]
    _wish(floor, person, opted_out_at=floor.world.now)
    floor.plan(place=None)
    floor.tick(TUESDAY)
    assert [nudge.outcome for nudge in floor.nudges()] == [SKIPPED]
    for days, left in ((29, 1), (31, 0)):
        _tidy(floor, days)
        assert len(floor.nudges()) == left


def _tidy(floor: Floor, days: int) -> None:
    floor.world.now = TUESDAY + timedelta(days=days)
    floor.world.do(floor.id, tidy, floor.world.moment())


def test_what_people_were_told_is_forgotten_and_what_they_answered_stays(floor: Floor) -> None:
    floor.people(20)
    floor.plan(place=None)
    floor.plan(Audience.SUPPORT, "C0SUPPORT")
    floor.tick(TUESDAY)
    answered = floor.nudges(Nudge.outcome == SENT, Nudge.person_id.is_not(None))[0]
    reply = NudgeReply(id="R", nudge_id=answered.id, person_id=answered.person_id, entry_id="e", what="unwanted")
    reply.at = TUESDAY
    floor.world.do(floor.id, lambda session: session.add(reply))
    _tidy(floor, 29)
    assert all(nudge.text for nudge in floor.nudges(Nudge.outcome == SENT))
    _tidy(floor, 31)
    assert {bool(nudge.text) for nudge in floor.nudges(Nudge.person_id.is_not(None))} == {False}
    assert all(nudge.text for nudge in floor.nudges(Nudge.person_id.is_(None), Nudge.outcome == SENT))
    _tidy(floor, 401)
    assert [nudge.id for nudge in floor.nudges()] == [answered.id]


def test_two_replicas_at_once_send_it_once(floor: Floor) -> None:
    people = floor.people(60)
    floor.plan()
    floor.plan(Audience.SUPPORT, place=None)
    floor.change(people, function="support")
    floor.world.now = TUESDAY
    moments = [floor.world.moment() for _replica in range(4)]
    ready = Barrier(len(moments))

    def replica(moment: Moment) -> None:
        ready.wait(PATIENCE)
        while floor.world.do(floor.id, lambda session: nudge(session, moment, Settings())):
            pass

    with ThreadPoolExecutor(len(moments)) as replicas:
        list(replicas.map(replica, moments))
    assert len(floor.nudges()) == 61
    targets = [message.target for message in floor.rows(Message)]
    assert len(targets) == len(set(targets)) == len(floor.nudges(Nudge.outcome == SENT))
