"""A pulse runs by the calendar: to each person at their own time, reminded, counted, closed, once each."""

from datetime import date, datetime, timedelta
from functools import partial

import pytest

from domain.errors import AlreadyDone, RuleError
from domain.messages import Kind
from domain.moment import Moment
from domain.people import Actor, Function, Role
from domain.pulse_answers import ANSWERED_ELSEWHERE, CALLED_OFF, CLOSED, NOT_ASKED, Given
from domain.pulse_audience import Audience
from domain.pulse_calendar import Cadence
from domain.pulse_overview import Late
from domain.pulse_runs import Plan, State
from domain.time_zones import zone_of
from steps import pulse, pulse_answers, pulse_clock, pulse_members, pulse_plans
from steps.pulse_answers import Sent
from storage.guard import GuardedSession
from storage.outbox import Status
from storage.pulse import Answer, Pulse
from storage.pulse_asked import Participation
from storage.pulse_ballots import Ballot, PulseComment
from storage.pulse_runs import PulseRun
from tests.steps.hall import MONDAY, Hall, slack
from tests.steps.hall import hall as hall  # noqa: PLC0414  # a fixture
from tests.steps.race import ROUNDS, at_once
from tests.worlds import counted

STUCK, WELL = (4, 2, 4, 4, 4), (5, 5, 5, 5, 5)
DAY = timedelta(days=1)


def test_everybody_gets_it_at_ten_on_their_own_clock(hall: Hall) -> None:
    here = hall.people(3)
    ahead = hall.people(2, zone="Asia/Tokyo")  # 18:00 there by now: still today
    behind = hall.people(2, zone="America/New_York")  # ten there is 15:00 in UTC
    hall.plans()
    hall.passes(MONDAY + timedelta(hours=9))
    came = {one.target: one.done_at for one in hall.sent() if one.done_at}
    assert {came[slack(one)] - MONDAY for one in here} == {timedelta(hours=1)}
    assert {came[slack(one)] - MONDAY for one in ahead} == {timedelta()}
    assert {came[slack(one)] - MONDAY for one in behind} == {timedelta(hours=6)}
    assert len(came) == 7
    assert all(one.is_invited for one in hall.asked())


def test_nobody_gets_it_at_the_weekend_on_a_holiday_or_on_leave(hall: Hall) -> None:
    hall.world.now = MONDAY + 4 * DAY  # Friday
    late = hall.people(1, zone="Asia/Auckland")[0]
    resting = hall.people(1, zone="Pacific/Auckland")[0]  # it is Saturday there in a moment
    away = hall.people(1, away_until=date(2026, 3, 9))[0]
    gone = hall.people(1)[0]
    hall.plans()
    hall.runs(hall.world.now + timedelta(minutes=15))
    hall.change([gone], standing="deactivated")
    hall.passes(MONDAY + 10 * DAY)
    came = {one.target: one.done_at for one in hall.sent() if one.done_at}
    assert came[slack(resting)].astimezone(zone_of("Pacific/Auckland")).date() == date(2026, 3, 9)
    assert came[slack(away)].date() == date(2026, 3, 10)
    assert slack(late) in came
    assert slack(gone) not in came


def test_whoever_got_a_nudge_this_week_gets_it_when_the_week_is_over(hall: Hall) -> None:
    people = hall.people(4)
    hall.send(Kind.NUDGE, [slack(people[0])], due_at=MONDAY - 3 * DAY)
    hall.send(Kind.NOTICE, [slack(people[1])])  # counts for nobody's budget
    hall.deliver()
    plan = Plan("Spring", Audience((Function.SALES,)), MONDAY.date())
    seen = hall.do(pulse_plans.preview, hall.leader, plan)
    assert seen.late == Late(1, 0, date(2026, 3, 6))
    hall.plans()
    hall.passes(MONDAY + 8 * DAY)
    came = {one.target: one.done_at.date() for one in hall.sent() if one.done_at}
    assert came == {slack(people[0]): date(2026, 3, 6)} | {slack(one): MONDAY.date() for one in people[1:]}


def test_the_preview_says_who_would_not_get_it_before_it_closes(hall: Hall) -> None:
    # It closes at ten in London. Whoever got something on its first day may have it from ten on, a week later.
    east, here, west = (hall.people(1, zone=zone)[0] for zone in ("Asia/Tokyo", "Europe/London", "America/New_York"))
    hall.send(Kind.NUDGE, [slack(one) for one in (east, here, west)], due_at=MONDAY)
    hall.deliver()
    plan = Plan("Spring", Audience((Function.SALES,)), MONDAY.date())
    assert hall.do(pulse_plans.preview, hall.leader, plan).late == Late(3, 2, date(2026, 3, 9))
    hall.plans()
    hall.passes(MONDAY + 14 * DAY)
    assert {one.target for one in hall.sent() if one.done_at and one.kind == Kind.PULSE} == {slack(east)}


def test_whoever_gets_it_late_is_not_reminded_on_the_same_day(hall: Hall) -> None:
    back = hall.people(1, away_until=date(2026, 3, 4))[0]
    hall.people(2)
    hall.plans()
    hall.passes(MONDAY + 6 * DAY)
    assert [one.done_at.date() for one in hall.sent() if one.target == slack(back) and one.done_at] == [
        date(2026, 3, 5)
    ]
    assert slack(back) not in {one.target for one in hall.sent(Kind.PULSE_REMINDER)}


def test_a_planned_pulse_asks_whoever_is_in_its_channels_when_it_opens(hall: Hall) -> None:
    came, went, stayed, unread = hall.people(4, function="support")
    members = {"C1": (slack(went), slack(stayed)), "C2": (slack(unread),)}
    audience = Audience(channels=("C1", "C2"), members=members)
    run_id = hall.plans(audience=audience, opens_on=(MONDAY + 7 * DAY).date())

    def moves(channel: str, person_id: str, *, joined: bool) -> None:
        hall.world.do(hall.id, pulse_members.moved, hall.world.moment(), channel, slack(person_id), joined=joined)

    moves("C1", came, joined=True)
    moves("C1", went, joined=False)
    moves("C9", went, joined=True)  # none of the pulse's channels
    assert hall.world.do(hall.id, pulse_members.channels) == ("C1", "C2")
    hall.world.do(
        hall.id, pulse_members.counted, hall.world.moment(), {"C1": [slack(came), slack(stayed)], "C9": ["U9"]}
    )
    hall.passes(MONDAY + 8 * DAY)
    assert {one.person_id for one in hall.asked()} == {came, stayed, unread}
    moves("C1", went, joined=True)  # it is open: who is asked is settled
    assert hall.run(run_id).asked == 3
    assert hall.world.do(hall.id, pulse_members.channels) == ()


def test_reminders_go_to_those_who_have_not_answered_and_leave_no_trace(hall: Hall) -> None:
    people = hall.people(6)
    run_id = hall.plans()
    hall.passes(MONDAY + 2 * DAY)
    hall.all_answer(run_id, people[:5], STUCK)
    hall.passes(MONDAY + 6 * DAY)
    reminded = [(one.target, one.done_at - MONDAY) for one in hall.sent(Kind.PULSE_REMINDER) if one.done_at]
    assert reminded == [(slack(people[5]), 3 * DAY + timedelta(hours=1))]  # day 5 is a Saturday: Monday is the end
    hall.passes(MONDAY + 8 * DAY)
    assert hall.sent(Kind.PULSE_REMINDER) == []


def test_it_closes_once_and_everybody_is_told_their_own(hall: Hall) -> None:
    boss = hall.people(1, function="executive")[0]
    people = hall.people(7, manager_id=boss)
    others = hall.people(3, function="marketing")
    run_id = hall.plans(audience=Audience((*SALES_AND_MARKETING,)))
    hall.passes(MONDAY + DAY)
    hall.all_answer(run_id, people, STUCK)
    hall.answers(run_id, slack(others[0]), WELL, comment="More time, please")
    hall.passes(MONDAY + 9 * DAY)
    assert hall.run(run_id).state == State.CLOSED.value
    told = {one.target: one.text for one in hall.sent(Kind.PULSE_RESULT)}
    assert set(told) == {"role:sales", "role:marketing", slack(boss), "ULEADER"}
    assert "Sales: held back first by desire" in told["role:sales"]
    assert "nothing can be shown" in told["role:marketing"]
    assert len(hall.rows(Answer)) == 8
    assert [one.text for one in hall.rows(PulseComment)] == ["More time, please"]
    assert hall.asked() == []
    seen = hall.do(pulse.seen, hall.leader)
    everybody, marketing, sales, *teams = seen.all_results[-1].groups
    assert (everybody.told, marketing.told) == (None, None), "the one of marketing could be worked out from the sum"
    assert sales.told is not None
    assert sales.told.n == 7
    assert [team.told.n for team in teams if team.told is not None] == [7]


SALES_AND_MARKETING = Audience.of({"functions": ["sales", "marketing"]}).functions


def test_a_repeated_pulse_plans_the_next(hall: Hall) -> None:
    hall.people(5)
    hall.plans(name="Spring", cadence=Cadence.USUAL)
    hall.passes(MONDAY + 8 * DAY)
    first, second = sorted(hall.rows(PulseRun), key=lambda run: run.opens_on)
    assert (first.state, second.state, second.held) == ("closed", "planned", 2)
    assert (second.name, second.opens_on) == ("Spring April 2026", date(2026, 4, 2))


def start(session: GuardedSession, leader: Actor, moment: Moment, plan: Plan) -> str:
    return pulse_plans.start(session, leader, moment, plan)


def test_two_leaders_start_one_pulse(hall: Hall) -> None:
    hall.people(5)
    for number in range(ROUNDS):
        first, second = hall.world.moment(), hall.world.moment()
        plan = Plan(f"Round {number}", Audience((*SALES_AND_MARKETING,)), MONDAY.date())
        acts = [partial(start, leader=hall.leader, moment=moment, plan=plan) for moment in (first, second)]
        heard = at_once(hall.world.db, hall.id, *acts)
        assert sorted(type(one).__name__ for one in heard) == ["AlreadyDone", "str"]
        run_id = next(one for one in heard if isinstance(one, str))
        hall.do(pulse_plans.call_off, hall.leader, run_id)


def test_answers_can_be_changed_until_it_closes_and_an_older_form_changes_nothing(hall: Hall) -> None:
    person, other, outsider = slack(hall.people(1)[0]), slack(hall.people(1)[0]), hall.people(1, function="support")[0]
    run_id = hall.plans()
    hall.passes(MONDAY + DAY)
    hall.answers(run_id, person, STUCK)
    hall.answers(run_id, person, STUCK)  # a double tap
    hall.answers(run_id, other, WELL)
    form = hall.world.do(hall.id, pulse_answers.form, person, hall.world.moment(), run_id)
    assert (form.before.scores, form.changes) == (STUCK, 1)
    hall.answers(run_id, person, WELL, seen=1)
    with pytest.raises(RuleError, match=ANSWERED_ELSEWHERE[:30]):
        hall.answers(run_id, person, STUCK, seen=1)
    with pytest.raises(RuleError) as refused:
        hall.answers(run_id, slack(outsider), STUCK)
    assert refused.value.message == NOT_ASKED
    hall.world.now = hall.run(run_id).closes_at
    with pytest.raises(RuleError) as refused:
        hall.answers(run_id, other, STUCK, seen=1)
    assert refused.value.message == CLOSED
    hall.runs(hall.world.now)
    with pytest.raises(RuleError) as refused:
        hall.answers(run_id, other, STUCK, seen=1)
    assert refused.value.message == CLOSED
    assert {tuple(getattr(one, name) for name in NAMES) for one in hall.rows(Answer)} == {WELL}


NAMES = ("awareness", "desire", "knowledge", "ability", "reinforcement")


def test_submitting_at_the_instant_of_closing_counts_or_is_refused(hall: Hall) -> None:
    people, sent = hall.people(5), 0
    for number in range(ROUNDS):
        hall.world.now = MONDAY + number * 28 * DAY
        run_id = hall.plans(name=f"Round {number}")
        hall.passes(hall.world.now + DAY)
        hall.all_answer(run_id, people[:4], WELL)
        closes = hall.run(run_id).closes_at
        before, after = hall.world.moment(), Moment(closes, hall.world.rng.getrandbits)

        def late(session: GuardedSession, moment: Moment = before, run_id: str = run_id) -> object:
            (told,) = pulse_answers.submit(session, [Sent(slack(people[4]), run_id, 0, Given(STUCK), moment.now)])
            return told

        def close(session: GuardedSession, moment: Moment = after) -> bool:
            return pulse_clock.begin(session, moment)

        heard, _closed = at_once(hall.world.db, hall.id, late, close)
        assert isinstance(heard, datetime) or str(heard) == CLOSED, heard
        sent += isinstance(heard, datetime)
        assert len(hall.rows(Answer, Answer.desire == STUCK[1])) == sent
        assert len(hall.rows(Answer)) == 4 * (number + 1) + sent


def test_paused_nothing_leaves_and_over_night_it_waits_for_the_morning(hall: Hall) -> None:
    hall.people(4)
    run_id = hall.plans()
    hall.runs(MONDAY + timedelta(hours=1))
    hall.do(pulse_plans.pause, hall.leader, run_id, paused=True)
    hall.passes(MONDAY + timedelta(hours=13))
    assert {one.status for one in hall.sent()} == {Status.PAUSED.value}
    standing = hall.do(pulse_plans.standing, hall.leader)
    assert (standing.state, standing.sent, standing.asked) == (State.PAUSED, 0, 4)
    hall.do(pulse_plans.pause, hall.leader, run_id, paused=False)
    hall.passes(MONDAY + timedelta(hours=23))
    assert {one.status for one in hall.sent()} == {Status.WAITING.value}
    hall.passes(MONDAY + timedelta(hours=26))
    assert {one.done_at - MONDAY for one in hall.sent() if one.done_at} == {timedelta(hours=25)}


def test_called_off_leaves_nothing(hall: Hall) -> None:
    people = hall.people(5)
    run_id = hall.plans()
    hall.passes(MONDAY + DAY)
    hall.all_answer(run_id, people, STUCK)
    hall.do(pulse_plans.call_off, hall.leader, run_id)
    assert hall.rows(PulseRun)[0].secret is None

    def ballots(session: GuardedSession) -> int:
        return session.query(Ballot).count() + session.query(Participation).count()

    assert hall.world.do(hall.id, ballots) == 0
    with pytest.raises(RuleError) as refused:
        hall.answers(run_id, slack(people[0]), STUCK)
    assert refused.value.message == CALLED_OFF
    hall.passes(MONDAY + 9 * DAY)
    assert hall.rows(Pulse) == []
    assert hall.sent(Kind.PULSE_RESULT) == []


def test_a_channel_hears_of_answers_in_steps_and_not_too_often(hall: Hall) -> None:
    people = hall.people(14)
    run_id = hall.plans()
    hall.passes(MONDAY + timedelta(hours=2))
    hall.all_answer(run_id, people[:4], STUCK)
    hall.passes(MONDAY + timedelta(hours=5))
    hall.all_answer(run_id, people[4:13], STUCK)
    hall.passes(MONDAY + timedelta(hours=10))
    told = [(one.created_at - MONDAY, str(one.blocks)) for one in hall.sent(Kind.PULSE_POST)]
    assert ["Fewer than 5" in text or "At least 10" in text for _at, text in told] == [True, True]
    assert told[1][0] - told[0][0] >= timedelta(hours=4)


def test_an_audience_of_nobody_is_refused_and_one_that_left_is_told_to_its_planner(hall: Hall) -> None:
    with pytest.raises(RuleError, match="That is nobody"):
        hall.plans()
    people = hall.people(5)
    hall.world.now = MONDAY - DAY
    hall.plans(opens_on=MONDAY.date())
    with pytest.raises(AlreadyDone, match="is planned"):
        hall.plans(name="Another")
    hall.change(people, standing="deactivated")
    hall.passes(MONDAY + timedelta(hours=2))
    (run,) = hall.rows(PulseRun)
    assert run.state == State.CALLED_OFF.value
    assert [one.target for one in hall.sent(Kind.NOTICE)] == ["ULEADER"]


def test_down_for_a_week_it_closes_and_reminds_nobody_twice(hall: Hall) -> None:
    people = hall.people(6)
    run_id = hall.plans()
    hall.passes(MONDAY + timedelta(hours=2))
    hall.runs(MONDAY + 4 * DAY + timedelta(hours=3))  # Friday: the reminder of Thursday was missed
    hall.deliver()
    assert len(hall.sent(Kind.PULSE_REMINDER)) == 6
    hall.runs(MONDAY + 30 * DAY)
    assert hall.run(run_id).state == State.CLOSED.value
    assert len(hall.sent()) == len(people), "nobody is asked twice"


def test_rows_are_written_in_a_constant_number_of_statements_a_thousand(hall: Hall) -> None:
    def statements(people: int) -> int:
        hall.people(people)
        run_id = hall.plans(name=f"{people}")
        with counted(hall.world.db) as made:
            hall.runs(hall.world.now + timedelta(hours=1))
        assert len([one for one in hall.asked() if one.is_invited]) >= people
        hall.do(pulse_plans.call_off, hall.leader, run_id)
        hall.world.now = MONDAY
        return len(made)

    few, many = statements(100), statements(2900)
    assert many - few <= 3 * 14


def test_managers_are_asked_as_managers(hall: Hall) -> None:
    boss = hall.people(1, function="sales")[0]
    hall.people(6, manager_id=boss)
    hall.plans(audience=Audience((*SALES_AND_MARKETING,), managers=True))
    hall.passes(MONDAY + timedelta(hours=2))
    groups = {one.person_id: one.group_name for one in hall.asked()}
    assert groups[boss] == "Managers"
    assert sorted(groups.values()).count("Sales") == 6


def test_everybody_reads_their_own_group_and_only_leaders_all(hall: Hall) -> None:
    people = hall.people(6)
    run_id = hall.plans()
    hall.passes(MONDAY + DAY)
    rep = hall.world.member(hall.id, slack(people[0]))
    waiting = hall.do(pulse.seen, rep).waiting
    assert (waiting.run_id, waiting.has_answered) == (run_id, False)
    hall.all_answer(run_id, people, STUCK)
    hall.passes(MONDAY + 8 * DAY)
    hall.change([people[0]], function="sales")
    seen = hall.do(pulse.seen, hall.world.member(hall.id, slack(people[0])))
    assert (seen.waiting, seen.all_results, seen.standing) == (None, [], None)
    assert seen.own is not None
    assert seen.own.told is not None
    champion = hall.world.member(hall.id, "UCHAMPION", Role.CHAMPION)
    assert hall.do(pulse.seen, champion).all_results
