"""Meetings of a program: who is told, who came, what members took part in and got back; on both databases."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from domain.errors import AlreadyDone, NotAllowed, NotFound, RuleError
from domain.gifts import Typed
from domain.mechanisms import Kind
from domain.meetings import Count, Listed, Meeting, State, Values
from domain.memberships import Move
from domain.messages import Kind as MessageKind
from domain.participation import Participation, Totals
from domain.people import Actor, Role
from domain.vocabulary import Activity
from steps import gifts, mechanisms, meetings
from storage.audit import Audit
from storage.guard import GuardedSession
from storage.meetings import Attendance
from storage.outbox import Message
from tests.steps.crowd import PLAIN
from tests.steps.crowd import crowd as crowd  # noqa: PLC0414  # a fixture
from tests.steps.desk import Desk
from tests.steps.desk import desk as desk  # noqa: PLC0414  # a fixture
from tests.steps.race import ROUNDS, at_once
from tests.steps.test_mechanisms import answer, begin, change, days_pass, invite, leave, member, opened
from tests.steps.test_mechanisms import values as program_values
from tests.worlds import counted

TOLD = MessageKind.MECHANISM_MEETING


def today(desk: Desk) -> date:
    return desk.crowd.world.now.date()


def group(desk: Desk, *names: str, kind: Kind = Kind.USER_GROUP, **facts: Any) -> str:
    """A program that began a month ago, with these members."""
    made = begin(desk, kind, starts_on=desk.crowd.ago(30), **facts)
    if names:
        invite(desk, made, *names)
    for name in names:
        answer(desk, made, Move.JOIN, name)
    return made


def plan(
    desk: Desk, program: str, days: int = 14, about: str = "What we build next", actor: Actor | None = None
) -> str:
    receipt, on = desk.crowd.world.moment().new_id(), today(desk) + timedelta(days=days)
    found: Listed = desk.crowd.do(meetings.plan, actor or desk.crowd.team, program, Values(on, about), receipt)
    return max(one.id for one in found.meetings if one.on == on)  # ids sort by age


def of(desk: Desk, program: str) -> list[Meeting]:
    found: Listed = desk.crowd.do(meetings.listed, desk.crowd.team, program)
    return list(found.meetings)


def one(desk: Desk, program: str, meeting_id: str) -> Meeting:
    return next(meeting for meeting in of(desk, program) if meeting.id == meeting_id)


def count(desk: Desk, program: str, meeting_id: str, *names: str, all_but: bool = False, **how: Any) -> Listed:
    picked = [member(desk, program, name).id for name in names]
    version = how.pop("version", None) or one(desk, program, meeting_id).version
    actor = how.pop("actor", desk.crowd.team)
    found: Listed = desk.crowd.do(meetings.count, actor, meeting_id, picked, version, all_but=all_but)
    return found


def part(desk: Desk, program: str, name: str = "Ada") -> Participation:
    [found] = [one.part for one in opened(desk, program).members if one.name == name]
    assert found is not None
    return found


def who_came(desk: Desk) -> set[str]:
    def find(session: GuardedSession) -> set[str]:
        return set(session.scalars(select(Attendance.member_id)))

    found: set[str] = desk.crowd.world.do(desk.crowd.id, find)
    return found


def audited(desk: Desk) -> list[str]:
    return [action for action, _reason in desk.actions() if action.startswith("meeting.")]


def change_day(desk: Desk, program: str, meeting_id: str, days: int, about: str = "What we build next") -> None:
    values, version = Values(today(desk) + timedelta(days=days), about), one(desk, program, meeting_id).version
    desk.crowd.do(meetings.change, desk.crowd.team, meeting_id, values, version)


# Planning


def test_a_meeting_is_planned_once_whatever_slack_delivers_twice(desk: Desk) -> None:
    program, values = group(desk), Values(today(desk) + timedelta(days=14), "Roadmap")
    for _delivery in range(2):
        desk.crowd.do(meetings.plan, desk.crowd.team, program, values, "V1")
    assert [(meeting.on, meeting.about, meeting.state) for meeting in of(desk, program)] == [
        (values.on, "Roadmap", State.PLANNED)
    ]
    assert audited(desk) == ["meeting.planned"]


def test_only_team_and_leader_see_to_meetings(desk: Desk) -> None:
    crowd, program = desk.crowd, group(desk, "Ada")
    meeting, values = plan(desk, program, days=0), Values(today(desk), "Roadmap")
    for step, given, named in (
        (meetings.listed, (program,), {}),
        (meetings.begin, (program,), {}),
        (meetings.draft, (meeting,), {}),
        (meetings.plan, (program, values, "V"), {}),
        (meetings.change, (meeting, values, 1), {}),
        (meetings.call_off, (meeting,), {}),
        (meetings.count_form, (meeting,), {}),
        (meetings.suggest, (meeting, "a"), {}),
        (meetings.count, (meeting, [], 1), {"all_but": True}),
    ):
        for outsider in (crowd.rep, desk.owner):
            with pytest.raises(NotAllowed, match="Only the advocacy team or the program leader can run programs"):
                crowd.do(step, outsider, *given, **named)
    leader = crowd.world.member(crowd.id, "ULEAD", Role.LEADER)
    assert crowd.do(meetings.listed, leader, program).meetings


def test_what_is_gone_or_closed_is_told(desk: Desk) -> None:
    crowd, program = desk.crowd, group(desk)
    with pytest.raises(NotFound, match="isn't here any more"):
        crowd.do(meetings.listed, crowd.team, "nothing")
    with pytest.raises(NotFound, match="isn't here any more"):
        crowd.do(meetings.draft, crowd.team, "nothing")
    with pytest.raises(NotFound, match="isn't here any more"):
        crowd.do(meetings.call_off, crowd.team, "nothing")
    crowd.do(mechanisms.stop, crowd.team, program)
    with pytest.raises(AlreadyDone, match="closed already"):
        plan(desk, program)


def test_a_wrong_day_is_told_at_its_field_and_keeps_nothing(desk: Desk) -> None:
    program = group(desk)
    with pytest.raises(RuleError) as refusal:
        plan(desk, program, days=-40)
    assert "begins later" in refusal.value.fields["on"]
    assert of(desk, program) == []


def test_a_colleague_who_was_faster_wins(desk: Desk) -> None:
    crowd, program = desk.crowd, group(desk)
    meeting = plan(desk, program)
    held = one(desk, program, meeting)
    change_day(desk, program, meeting, 20, "First")
    with pytest.raises(AlreadyDone, match="A colleague changed this meeting"):
        crowd.do(meetings.change, crowd.team, meeting, Values(held.on, "Second"), held.version)
    assert one(desk, program, meeting).about == "First"


# Telling


def test_owners_hear_a_week_before_each_in_one_message(desk: Desk) -> None:
    program = group(desk, "Ada", "Grace")
    plan(desk, program)
    days_pass(desk, 6)
    assert desk.heard(desk.owner, TOLD) == []
    days_pass(desk, 1)
    days_pass(desk, 0)
    [said] = desk.heard(desk.owner, TOLD)
    assert said == (
        "There is a meeting of the user group “Board 2027” on 15 September 2026. "
        "Ada of Ada Inc and Grace of Grace Inc belong to it: please make sure they know."
    )
    [told] = desk.team_heard(TOLD)
    assert "1 relationship owner was told." in told


def test_who_has_no_owner_who_could_tell_them_is_named_to_the_team(desk: Desk) -> None:
    program = group(desk, "Ada", "Grace")
    plan(desk, program)
    desk.set_owner(away_until=date(2027, 9, 1))
    days_pass(desk, 7)
    assert desk.heard(desk.owner, TOLD) == []
    [told] = desk.team_heard(TOLD)
    assert "Nobody could tell Ada of Ada Inc and Grace of Grace Inc" in told
    assert "relationship owner was told" not in told


def test_nobody_in_it_yet_is_said(desk: Desk) -> None:
    plan(desk, group(desk), days=3)
    days_pass(desk, 0)
    [told] = desk.team_heard(TOLD)
    assert "Nobody belongs to the program yet." in told


def test_whoever_sees_to_it_is_told_while_they_may(desk: Desk) -> None:
    crowd = desk.crowd
    keeper = crowd.world.member(crowd.id, "UKEEP", Role.TEAM)
    program = group(desk, "Ada", owner_slack_id=keeper.slack_user_id)
    plan(desk, program, days=3)
    days_pass(desk, 0)
    assert len(desk.heard(keeper, TOLD)) == 1
    assert desk.team_heard(TOLD) == []


def test_only_somebody_who_may_can_see_to_a_program(desk: Desk) -> None:
    with pytest.raises(RuleError) as refusal:
        group(desk, owner_slack_id=desk.crowd.rep.slack_user_id)
    assert "Only the advocacy team" in refusal.value.fields["owner"]


def test_who_was_told_hears_that_it_moves_and_once_more_a_week_before(desk: Desk) -> None:
    program = group(desk, "Ada")
    meeting = plan(desk, program, days=5)
    days_pass(desk, 0)
    change_day(desk, program, meeting, 30)
    said = desk.heard(desk.owner, TOLD)
    assert "is moved from 6 September 2026 to 1 October 2026. Ada of Ada Inc belongs to it" in said[1]
    days_pass(desk, 23)
    assert len(desk.heard(desk.owner, TOLD)) == 3
    change_day(desk, program, meeting, 6)
    days_pass(desk, 0)
    assert len(desk.heard(desk.owner, TOLD)) == 4
    change_day(desk, program, meeting, 6, "Another subject")
    assert len(desk.heard(desk.owner, TOLD)) == 4


def test_before_anybody_was_told_a_change_tells_nobody(desk: Desk) -> None:
    program = group(desk, "Ada")
    meeting = plan(desk, program, days=30)
    change_day(desk, program, meeting, 40)
    desk.crowd.do(meetings.call_off, desk.crowd.team, meeting)
    days_pass(desk, 60)
    assert desk.heard(desk.owner, TOLD) == desk.team_heard(TOLD) == []


@pytest.mark.parametrize("how", ["call off", "close"])
def test_what_is_called_off_is_told_to_whoever_knew(desk: Desk, how: str) -> None:
    program = group(desk, "Ada")
    meeting = plan(desk, program, days=5)
    days_pass(desk, 0)
    if how == "close":
        desk.crowd.do(mechanisms.stop, desk.crowd.team, program)
    else:
        desk.crowd.do(meetings.call_off, desk.crowd.team, meeting)
    [_told, said] = desk.heard(desk.owner, TOLD)
    assert said == (
        "The meeting of the user group “Board 2027” on 6 September 2026 is called off. "
        "Please tell Ada of Ada Inc that it does not take place."
    )
    assert one(desk, program, meeting).state is State.CALLED_OFF
    with pytest.raises(AlreadyDone, match="was called off"):
        desk.crowd.do(meetings.call_off, desk.crowd.team, meeting)
    days_pass(desk, 30)
    assert len(desk.heard(desk.owner, TOLD)) == 2
    assert audited(desk) == ["meeting.planned", "meeting.called_off"]


def test_an_invitation_says_when_it_comes_together_next(desk: Desk) -> None:
    program = group(desk)
    plan(desk, program)
    invite(desk, program, "Ada")
    assert "Next meeting: 15 September 2026" in _blocks(desk)


def _blocks(desk: Desk) -> str:
    def find(session: GuardedSession) -> str:
        kind = MessageKind.MECHANISM_INVITATION.value
        return str([row.blocks for row in session.scalars(select(Message).where(Message.kind == kind))])

    found: str = desk.crowd.world.do(desk.crowd.id, find)
    return found


# Counting


def test_the_day_after_somebody_is_asked_who_came_and_the_question_says_so_later(desk: Desk) -> None:
    program = group(desk, "Ada", "Grace")
    meeting = plan(desk, program, days=9)
    with pytest.raises(RuleError, match="still to come"):
        count(desk, program, meeting, "Ada")
    days_pass(desk, 9)
    assert "Who came" not in str(desk.team_heard(TOLD))
    days_pass(desk, 1)
    for _day in range(5):
        days_pass(desk, 1)
    asked = "Who came to the meeting of the user group “Board 2027” on 10 September 2026?"
    assert desk.team_heard(TOLD)[1:] == [asked]
    count(desk, program, meeting, "Ada")
    assert desk.slots(_team(desk), TOLD)[1:] == [
        "1 member came to the meeting of the user group “Board 2027” on 10 September 2026."
    ]
    assert who_came(desk) == {member(desk, program, "Ada").id}
    count(desk, program, meeting, "Ada", "Grace")
    assert "2 members came" in desk.slots(_team(desk), TOLD)[1]
    desk.crowd.do(meetings.call_off, desk.crowd.team, meeting)
    assert "did not take place" in desk.slots(_team(desk), TOLD)[1]
    assert part(desk, program) == Participation()


def _team(desk: Desk) -> Actor:
    return replace(desk.owner, slack_user_id="role:advocacy")


def test_one_that_has_been_is_written_down_without_a_question(desk: Desk) -> None:
    program = group(desk, "Ada")
    meeting = plan(desk, program, days=-3)
    days_pass(desk, 5)
    assert desk.team_heard(TOLD) == desk.heard(desk.owner, TOLD) == []
    count(desk, program, meeting, "Ada")
    assert part(desk, program) == Participation(came=1, held=1)


def test_everybody_but_those_who_are_picked(desk: Desk) -> None:
    program = group(desk, "Ada", "Grace")
    meeting = plan(desk, program, days=0)
    count(desk, program, meeting, "Grace", all_but=True)
    assert who_came(desk) == {member(desk, program, "Ada").id}
    count(desk, program, meeting, all_but=False)
    assert who_came(desk) == set()
    assert [meeting.state for meeting in of(desk, program)] == [State.COUNTED]


def test_members_are_offered_by_name_and_company_and_nobody_else(desk: Desk) -> None:
    crowd = desk.crowd
    crowd.add("Zoë", owner_id=desk.owner.person_id)
    crowd.add("Former", owner_id=desk.owner.person_id)
    crowd.add("Asked", owner_id=desk.owner.person_id)
    program = group(desk, "Ada", "Grace", "Zoë", "Former")
    invite(desk, program, "Asked")
    leave(desk, program, "Former")
    earlier, now = plan(desk, program, days=-3), plan(desk, program, days=0)
    days_pass(desk, 2)
    later = plan(desk, program, days=0)

    def offered(meeting: str, typed: str) -> list[str]:
        found = crowd.do(meetings.suggest, crowd.team, meeting, typed)
        return [somebody.name for somebody in found]

    assert offered(now, "") == ["Ada", "Former", "Grace", "Zoë"]
    assert offered(earlier, "") == ["Ada", "Former", "Grace", "Zoë"]
    assert offered(later, "") == ["Ada", "Grace", "Zoë"]
    assert offered(later, "zoe") == ["Zoë"]
    assert offered(later, "ACE inc") == ["Grace"]
    assert offered(later, "nobody") == []
    with pytest.raises(RuleError) as refusal:
        count(desk, program, later, "Asked")
    assert "does not belong to it any more" in refusal.value.fields["who"]


def test_who_left_since_stays_among_those_who_came(desk: Desk) -> None:
    program = group(desk, "Ada", "Grace")
    meeting = plan(desk, program, days=0)
    count(desk, program, meeting, "Ada", "Grace")
    leave(desk, program, "Grace")
    days_pass(desk, 3)
    found: Count = desk.crowd.do(meetings.count_form, desk.crowd.team, meeting)
    assert ([somebody.name for somebody in found.picked], found.all_but, found.noted) == (["Ada", "Grace"], False, 2)
    count(desk, program, meeting, "Grace")
    assert who_came(desk) == {member(desk, program, "Grace").id}


def test_a_form_that_can_not_show_all_who_came_shows_who_did_not(desk: Desk) -> None:
    crowd, many = desk.crowd, [f"Many {at:03}" for at in range(104)]
    crowd.add_many(dict.fromkeys(many, PLAIN), owner_id=desk.owner.person_id)
    program = group(desk)
    for first in range(0, len(many), 40):
        invite(desk, program, *many[first : first + 40])
    for name in many:
        answer(desk, program, Move.JOIN, name)
    meeting = plan(desk, program, days=0)
    count(desk, program, meeting, *many[:2], all_but=True)
    found: Count = crowd.do(meetings.count_form, crowd.team, meeting)
    assert ([somebody.name for somebody in found.picked], found.all_but, found.noted) == (many[:2], True, 102)


def test_two_who_count_at_once_have_one_winner(desk: Desk) -> None:
    crowd, program = desk.crowd, group(desk, "Ada", "Grace")
    other = crowd.world.member(crowd.id, "UTEAM2", Role.TEAM)
    ids = [member(desk, program, name).id for name in ("Ada", "Grace")]
    for _round in range(ROUNDS):
        meeting = plan(desk, program, days=0)
        version = one(desk, program, meeting).version

        def act(actor: Actor, picked: list[str], meeting: str = meeting, version: int = version) -> Any:
            moment = crowd.world.moment()
            return lambda session: meetings.count(session, actor, moment, meeting, picked, version, all_but=False)

        heard = at_once(crowd.world.db, crowd.id, act(crowd.team, ids[:1]), act(other, ids[1:]))
        assert sorted(type(said).__name__ for said in heard) == ["AlreadyDone", "Listed"]
        [refusal] = [str(said) for said in heard if isinstance(said, AlreadyDone)]
        assert "A colleague changed this meeting" in refusal
        desk.crowd.do(meetings.call_off, crowd.team, meeting)


# Taking part, and getting back


def test_meetings_before_somebody_joined_count_only_if_they_came(desk: Desk) -> None:
    program = group(desk, "Ada")
    before = [plan(desk, program, days=-days) for days in (20, 10)]
    since = [plan(desk, program, days=0), plan(desk, program, days=1)]
    days_pass(desk, 1)
    count(desk, program, before[0])
    count(desk, program, before[1], "Ada")
    count(desk, program, since[0], "Ada")
    count(desk, program, since[1])
    assert part(desk, program) == Participation(came=2, held=3)


def test_what_a_drive_asks_for_counts_since_they_joined_and_a_term_does_not(desk: Desk) -> None:
    crowd = desk.crowd
    drive = group(desk, "Ada", "Grace", kind=Kind.REVIEW_DRIVE)
    crowd.use("Ada", crowd.ago(40), Activity.REVIEW)
    crowd.use("Ada", today(desk), Activity.REVIEW)
    crowd.use("Ada", today(desk), Activity.REVIEW)
    crowd.use("Ada", today(desk), Activity.QUOTE)
    crowd.use("Ada", today(desk), Activity.REVIEW, status="released")
    assert (part(desk, drive).uses, part(desk, drive, "Grace").uses) == (2, 0)
    assert opened(desk, drive).totals == Totals(uses=2, users=1)
    board = group(desk, kind=Kind.ADVISORY_BOARD)
    crowd.add("Term", owner_id=desk.owner.person_id)
    invite(desk, board, "Term")
    answer(desk, board, Move.JOIN, "Term")
    assert part(desk, board, "Term").uses == 0
    assert opened(desk, board).totals == Totals()


def test_what_members_got_back_stands_beside_the_cap(desk: Desk) -> None:
    crowd, program = desk.crowd, group(desk, "Ada", "Grace")
    for name, amount in (("Ada", "50"), ("Ada", "30.50"), ("Grace", "")):
        crowd.do(gifts.give, crowd.team, crowd.ids[name], Typed("A book", today(desk), amount), amount or "V")
    found = opened(desk, program)
    assert (part(desk, program).given, part(desk, program, "Grace").given) == (8050, 0)
    assert found.totals.given == 8050
    assert (found.cap.year, found.cap.units, found.cap.currency) == (2026, 200, "USD")
    with pytest.raises(RuleError, match="are left"):
        crowd.do(gifts.give, crowd.team, crowd.ids["Ada"], Typed("A trip", today(desk), "150"), "V2")
    leave(desk, program)
    assert opened(desk, program).totals.given == 0


def test_the_list_says_when_each_comes_together_next(desk: Desk) -> None:
    first, second = group(desk, "Ada"), group(desk)
    for days in (20, 9, -5):
        plan(desk, first, days=days)
    desk.crowd.do(meetings.call_off, desk.crowd.team, plan(desk, first, days=3))
    listed = desk.crowd.do(mechanisms.listed, desk.crowd.team).programs
    next_on = {program.id: program.next_on for program in listed}
    assert next_on == {first: today(desk) + timedelta(days=9), second: None}


def test_a_program_that_ends_sooner_calls_off_what_comes_after(desk: Desk) -> None:
    program = group(desk, "Ada")
    meeting = plan(desk, program, days=20)
    held = desk.crowd.do(mechanisms.draft, desk.crowd.team, program)
    sooner = program_values(desk, Kind.USER_GROUP, starts_on=held.starts_on, ends_on=today(desk) + timedelta(days=5))
    desk.crowd.do(mechanisms.change, desk.crowd.team, sooner, program, held.version)
    days_pass(desk, 6)
    assert one(desk, program, meeting).state is State.CALLED_OFF


# Figures


def test_one_program_takes_as_many_statements_for_many_members_and_meetings_as_for_few(desk: Desk) -> None:
    crowd, program = desk.crowd, group(desk, "Ada")
    meeting = plan(desk, program, days=0)
    count(desk, program, meeting, "Ada")

    def tally() -> list[int]:
        found = []
        for step, given in (
            (mechanisms.listed, ()),
            (mechanisms.opened, (program,)),
            (meetings.listed, (program,)),
            (meetings.count_form, (meeting,)),
            (meetings.suggest, (meeting, "")),
        ):
            with counted(crowd.world.db) as statements:
                crowd.do(step, crowd.team, *given)
            found.append(len(statements))
        return found

    few = tally()
    names = [f"More {at}" for at in range(30)]
    crowd.add_many(dict.fromkeys(names, PLAIN), owner_id=desk.owner.person_id)
    invite(desk, program, *names)
    for name in names:
        answer(desk, program, Move.JOIN, name)
    for days in range(1, 12):
        other = plan(desk, program, days=-days)
        count(desk, program, other, all_but=True)
    assert tally() == few
    assert max(few) <= 16, few


def test_telling_many_owners_takes_as_many_statements_as_telling_few(desk: Desk) -> None:
    def tell(names: Sequence[str]) -> int:
        program = group(desk, *names)
        plan(desk, program, days=3)
        with counted(desk.crowd.world.db) as statements:
            days_pass(desk, 0)
        return len(statements)

    few = tell(["Ada"])
    names = [f"More {at}" for at in range(20)]
    for at, name in enumerate(names):
        owner = desk.crowd.world.member(desk.crowd.id, f"UO{at}")
        desk.crowd.add(name, owner_id=owner.person_id)
    program = group(desk)
    invite(desk, program, *names)
    for name in names:
        answer(desk, program, Move.JOIN, name, actor=desk.crowd.team)
    plan(desk, program, days=3)
    with counted(desk.crowd.world.db) as statements:
        days_pass(desk, 0)
    assert len(statements) == few
    assert "20 relationship owners were told." in desk.team_heard(TOLD)[-1]


def test_who_did_what_is_on_record(desk: Desk) -> None:
    program = group(desk, "Ada")
    meeting = plan(desk, program, days=0)
    count(desk, program, meeting, "Ada")

    def find(session: GuardedSession) -> list[Any]:
        return [row.after for row in session.scalars(select(Audit).where(Audit.action == "meeting.counted"))]

    [kept] = desk.crowd.world.do(desk.crowd.id, find)
    assert kept == {"state": "counted", "came": [member(desk, program, "Ada").id]}


def test_who_retires_is_not_told_of(desk: Desk) -> None:
    program = group(desk, "Ada", "Grace")
    plan(desk, program, days=8)
    change(desk, "Ada", state="retired")
    days_pass(desk, 1)
    [said] = desk.heard(desk.owner, TOLD)
    assert "Ada" not in said
