"""Programs and who belongs to them: one winner of two, terms within the cap, the next in line; on both databases."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from domain.advocates import Profile
from domain.errors import AlreadyDone, IllegalMove, NotAllowed, NotFound, RuleError
from domain.mechanisms import Draft, Kind, Listed, Opened, Values
from domain.memberships import Invitation, Invited, Move, Proposals, State
from domain.messages import Kind as MessageKind
from domain.people import Actor, Role
from domain.protection import PauseReason
from domain.query import Facet
from domain.vocabulary import Activity
from steps import mechanism_days, mechanisms, member_proposals, memberships
from storage import settings
from storage.advocates import Advocate
from storage.engagements import Engagement
from storage.guard import GuardedSession
from storage.mechanisms import Mechanism, MechanismMember
from storage.outbox import Message
from tests.steps.crowd import PLAIN
from tests.steps.crowd import crowd as crowd  # noqa: PLC0414  # a fixture
from tests.steps.desk import Desk
from tests.steps.desk import desk as desk  # noqa: PLC0414  # a fixture
from tests.steps.race import ROUNDS, at_once
from tests.worlds import counted

KEEN = replace(PLAIN, activities=(Activity.ADVISORY_BOARD.value,))
INVITATION, NEWS = MessageKind.MECHANISM_INVITATION, MessageKind.MECHANISM_NEWS


def values(desk: Desk, kind: Kind = Kind.ADVISORY_BOARD, **facts: Any) -> Values:
    start = desk.crowd.world.now.date() + timedelta(days=60)
    made = Values(kind.value, "Board 2027", "We ask what to build.", None, "12", start, None, {})
    return replace(made, **facts)


def begin(desk: Desk, kind: Kind = Kind.ADVISORY_BOARD, **facts: Any) -> str:
    receipt = desk.crowd.world.moment().new_id()
    found: str = desk.crowd.do(mechanisms.create, desk.crowd.team, values(desk, kind, **facts), receipt).id
    return found


def opened(desk: Desk, mechanism_id: str) -> Opened:
    found: Opened = desk.crowd.do(mechanisms.opened, desk.crowd.team, mechanism_id)
    return found


def propose(desk: Desk, mechanism_id: str) -> Proposals:
    found: Proposals = desk.crowd.do(member_proposals.propose, desk.crowd.team, mechanism_id)
    return found


def invite(desk: Desk, mechanism_id: str, *names: str, actor: Actor | None = None) -> Invited:
    ids = [desk.crowd.ids[name] for name in names]
    found: Invited = desk.crowd.do(memberships.invite, actor or desk.crowd.team, mechanism_id, ids)
    return found


def member(desk: Desk, mechanism_id: str, name: str = "Ada") -> MechanismMember:
    def find(session: GuardedSession) -> MechanismMember:
        of_it = MechanismMember.mechanism_id == mechanism_id
        query = select(MechanismMember).where(of_it, MechanismMember.advocate_id == desk.crowd.ids[name])
        return session.scalars(query).one()

    found: MechanismMember = desk.crowd.world.do(desk.crowd.id, find)
    return found


def answer(desk: Desk, mechanism_id: str, move: Move, name: str = "Ada", **how: Any) -> Invitation:
    actor = how.pop("actor", desk.owner)
    one = member(desk, mechanism_id, name).id
    found: Invitation = desk.crowd.do(memberships.answer, actor, one, move, **how)
    return found


def leave(desk: Desk, mechanism_id: str, name: str = "Ada") -> None:
    desk.crowd.do(memberships.leave, desk.crowd.team, member(desk, mechanism_id, name).id)


def days_pass(desk: Desk, days: int) -> None:
    desk.crowd.world.now += timedelta(days=days)

    def run(session: GuardedSession) -> bool:
        return mechanism_days.run(session, desk.crowd.world.moment(), settings.load(session))

    while desk.crowd.world.do(desk.crowd.id, run):
        pass


def change(desk: Desk, name: str, **facts: Any) -> None:
    def write(session: GuardedSession) -> None:
        row = session.get_one(Advocate, (session.workspace_id, desk.crowd.ids[name]))
        for key, value in facts.items():
            setattr(row, key, value)

    desk.crowd.world.do(desk.crowd.id, write)


def terms(desk: Desk) -> Sequence[tuple[str, int, str, date]]:
    def find(session: GuardedSession) -> list[tuple[str, int, str, date]]:
        columns = (Engagement.activity, Engagement.halves, Engagement.status, Engagement.happens_on)
        return [tuple(row) for row in session.execute(select(*columns).order_by(Engagement.id))]  # type: ignore[misc]

    found: list[tuple[str, int, str, date]] = desk.crowd.world.do(desk.crowd.id, find)
    return found


def audited(desk: Desk) -> list[str]:
    return [action for action, _reason in desk.actions() if action.startswith(("mechanism.", "protection."))]


# Beginning


def test_a_program_begins_once_whatever_slack_delivers_twice(desk: Desk) -> None:
    crowd = desk.crowd
    first = crowd.do(mechanisms.create, crowd.team, values(desk), "V1")
    again = crowd.do(mechanisms.create, crowd.team, values(desk), "V1")
    assert first.id == again.id
    listed: Listed = crowd.do(mechanisms.listed, crowd.team)
    assert [(one.name, one.size, one.members, one.invited) for one in listed.programs] == [("Board 2027", 12, 0, 0)]
    assert audited(desk) == ["mechanism.created"]


def test_only_team_and_leader_run_programs(desk: Desk) -> None:
    crowd, board = desk.crowd, begin(desk)
    invite(desk, board, "Ada")
    one = member(desk, board).id
    for step, given in (
        (mechanisms.listed, ()),
        (mechanisms.opened, (board,)),
        (mechanisms.begin, ()),
        (mechanisms.draft, (board,)),
        (mechanisms.create, (values(desk), "V")),
        (mechanisms.change, (values(desk), board, 1)),
        (mechanisms.stop, (board,)),
        (member_proposals.propose, (board,)),
        (memberships.invite, (board, [crowd.ids["Grace"]])),
        (memberships.leave, (one,)),
        (memberships.member, (one,)),
    ):
        for outsider in (crowd.rep, desk.owner):
            with pytest.raises(NotAllowed, match="Only the advocacy team or the program leader can run programs"):
                crowd.do(step, outsider, *given)
    with pytest.raises(NotAllowed, match=r"Only .*relationship owner of that account can answer an invitation"):
        crowd.do(memberships.answer, crowd.rep, one, Move.JOIN)
    leader = crowd.world.member(crowd.id, "ULEAD", Role.LEADER)
    assert crowd.do(mechanisms.listed, leader).programs


def test_a_colleague_who_was_faster_wins(desk: Desk) -> None:
    crowd, board = desk.crowd, begin(desk)
    held: Draft = crowd.do(mechanisms.draft, crowd.team, board)
    crowd.do(mechanisms.change, crowd.team, values(desk, name="First"), board, held.version)
    with pytest.raises(AlreadyDone, match="A colleague changed this program"):
        crowd.do(mechanisms.change, crowd.team, values(desk, name="Second"), board, held.version)
    assert opened(desk, board).summary.name == "First"


def test_the_owner_must_be_somebody_here(desk: Desk) -> None:
    desk.set_owner(standing="guest")
    with pytest.raises(RuleError) as refusal:
        begin(desk, owner_slack_id=desk.owner.slack_user_id)
    assert "full member" in refusal.value.fields["owner"]


def test_a_country_nobody_knows_and_a_name_too_long_keep_nothing(desk: Desk) -> None:
    for facts, field in (({"criteria": {Facet.COUNTRY: ("Atlantis",)}}, "country"), ({"name": "n" * 200}, "name")):
        with pytest.raises(RuleError) as refusal:
            begin(desk, **facts)
        assert field in refusal.value.fields
    assert not desk.crowd.do(mechanisms.listed, desk.crowd.team).programs


# Proposing


def test_those_who_would_do_it_come_first_with_why(desk: Desk) -> None:
    crowd = desk.crowd
    crowd.add("Keen", KEEN)
    crowd.add("Rested", KEEN)
    crowd.use("Keen", crowd.ago(200))
    crowd.add("Farmer", Profile(**{**_fields(PLAIN), "industry": "farming"}))
    board = begin(desk, criteria={Facet.INDUSTRY: ("banking",)})
    found = propose(desk, board)
    assert [one.name for one in found.free] == ["Rested", "Keen", "Ada", "Grace"]
    assert found.fitting == 4
    assert found.free[0].reasons == (
        "banking",
        "would do: advisory board",
        "not asked for a year or more",
        "2 of 2 uses left",
    )
    assert "last asked 200 days ago" in found.free[1].reasons


def _fields(profile: Profile) -> dict[str, Any]:
    return {name: getattr(profile, name) for name in Profile.__dataclass_fields__}


def test_whoever_is_used_up_is_shown_with_why_not(desk: Desk) -> None:
    crowd = desk.crowd
    start = crowd.world.now.date() + timedelta(days=60)
    crowd.use("Ada", start + timedelta(days=40))
    found = propose(desk, begin(desk))
    assert [one.name for one in found.free] == ["Grace"]
    [ada] = found.blocked
    assert "gives at most 2 in 90 days" in " ".join(ada.obstacles)
    group = propose(desk, begin(desk, Kind.USER_GROUP))
    assert {one.name for one in group.free} == {"Ada", "Grace"}  # to belong to it is no use by itself


def test_what_is_left_of_somebody_is_told_for_the_day_on_which_the_term_begins(desk: Desk) -> None:
    crowd = desk.crowd
    crowd.use("Ada", crowd.ago(40))
    crowd.use("Grace", crowd.ago(0))
    found = propose(desk, begin(desk))
    [ada], [grace] = found.free, found.blocked
    assert ada.reasons[-2:] == ("last asked 40 days ago", "2 of 2 uses left")  # a hundred days lie between
    assert grace.reasons[-2:] == ("last asked today", "1 of 2 uses left")


def test_who_never_agreed_or_does_not_want_it_is_not_offered(desk: Desk) -> None:
    crowd = desk.crowd
    crowd.add("Silent", scopes=["Colleagues may find them here"])
    change(desk, "Ada", refused_activities=[Activity.ADVISORY_BOARD.value])
    found = propose(desk, begin(desk))
    assert [one.name for one in found.free] == ["Grace"]
    assert {one.name for one in found.blocked} == {"Ada", "Silent"}


def test_who_belongs_to_it_is_not_proposed_and_not_now_comes_back(desk: Desk) -> None:
    board = begin(desk, Kind.COMMUNITY)
    invite(desk, board, "Ada", "Grace")
    assert propose(desk, board).free == ()
    answer(desk, board, Move.PUT_OFF, "Ada")
    answer(desk, board, Move.REFUSE, "Grace")
    assert propose(desk, board).free == ()
    desk.crowd.world.now += timedelta(days=90)
    assert [one.name for one in propose(desk, board).free] == ["Ada"]
    invite(desk, board, "Grace")  # the customer has changed their mind, and somebody says so
    assert State(member(desk, board, "Grace").state) is State.INVITED


# Inviting


def test_the_owner_is_asked_and_their_answer_stands_everywhere(desk: Desk) -> None:
    board = begin(desk)
    assert invite(desk, board, "Ada") == Invited(("Ada",), ())
    [asked] = desk.heard(desk.owner, INVITATION)
    assert asked == "Would Ada of Ada Inc join the customer advisory board “Board 2027”?"
    done = answer(desk, board, Move.JOIN)
    assert done.state is State.MEMBER
    [now] = desk.slots(desk.owner, INVITATION)
    assert "has joined" in now
    [news] = desk.heard(desk.crowd.team, NEWS)
    assert f"has joined the customer advisory board “Board 2027”, says <@{desk.owner.slack_user_id}>." in news
    assert [one.state for one in opened(desk, board).members] == [State.MEMBER]
    assert audited(desk) == ["mechanism.created", "mechanism.invited", "mechanism.join"]


def test_two_who_invite_the_same_customer_at_once_have_one_winner(desk: Desk) -> None:
    crowd = desk.crowd
    other = crowd.world.member(crowd.id, "UTEAM2", Role.TEAM)
    for _round in range(ROUNDS):
        board, ids = begin(desk), [crowd.ids["Ada"]]

        def act(actor: Actor, board: str = board, ids: list[str] = ids) -> Any:
            moment = crowd.world.moment()
            return lambda session: memberships.invite(session, actor, moment, board, ids)

        heard = at_once(crowd.world.db, crowd.id, act(crowd.team), act(other))
        assert sorted(type(one).__name__ for one in heard) == ["Invited", "RuleError"]
        assert [str(one) for one in heard if isinstance(one, RuleError)] == [
            "Somebody was faster: Ada is invited already."
        ]
        crowd.do(mechanisms.stop, crowd.team, board)
    assert len(set(desk.slots(desk.owner, INVITATION))) == 1


def test_one_who_can_not_be_invited_keeps_nobody_else_from_it(desk: Desk) -> None:
    board = begin(desk)
    invite(desk, board, "Ada")
    done = invite(desk, board, "Ada", "Grace")
    assert done == Invited(("Grace",), ("Somebody was faster: Ada is invited already.",))
    with pytest.raises(RuleError, match="Whom do you invite"):
        invite(desk, board)
    with pytest.raises(RuleError, match="isn't here any more"):
        desk.crowd.do(memberships.invite, desk.crowd.team, board, ["nobody"])


@pytest.mark.parametrize("facts", [{"standing": "deactivated"}, {"away_until": date(2027, 9, 1)}])
def test_an_owner_who_has_left_or_is_away_is_not_waited_for(desk: Desk, facts: dict[str, Any]) -> None:
    desk.set_owner(**facts)
    invite(desk, begin(desk), "Ada")
    [told] = desk.team_heard(INVITATION)
    assert "is away or has left: please ask the customer" in told
    assert not desk.heard(desk.owner, INVITATION)


def test_without_an_owner_the_team_asks(desk: Desk) -> None:
    desk.own_all(replace(desk.owner, person_id=""))
    board = begin(desk)
    invite(desk, board, "Ada")
    [told] = desk.team_heard(INVITATION)
    assert "Nobody is the relationship owner" in told
    answer(desk, board, Move.JOIN, actor=desk.crowd.team)
    [now] = desk.slots(replace(desk.owner, slack_user_id="role:advocacy"), INVITATION)
    assert "has joined" in now


# Waiting


def test_a_week_later_the_owner_is_reminded_and_after_another_the_team_sees_to_it(desk: Desk) -> None:
    board = begin(desk)
    invite(desk, board, "Ada")
    days_pass(desk, 6)
    assert len(desk.heard(desk.owner, INVITATION)) == 1
    days_pass(desk, 1)
    days_pass(desk, 0)
    assert desk.heard(desk.owner, INVITATION)[1:] == [
        "Once more: would Ada of Ada Inc join the customer advisory board “Board 2027”?"
    ]
    days_pass(desk, 7)
    [told] = desk.team_heard(INVITATION)
    assert "has not answered for two weeks" in told
    for _day in range(30):
        days_pass(desk, 1)
    assert (len(desk.heard(desk.owner, INVITATION)), len(desk.team_heard(INVITATION))) == (2, 1)
    answer(desk, board, Move.PUT_OFF)
    stands = [
        *desk.slots(desk.owner, INVITATION),
        *desk.slots(replace(desk.owner, slack_user_id="role:advocacy"), INVITATION),
    ]
    assert len(stands) == 3
    assert all("does not join" in one for one in stands)


def test_whoever_leaves_before_they_answer_is_followed_the_next_day(desk: Desk) -> None:
    board = begin(desk)
    invite(desk, board, "Ada")
    desk.set_owner(standing="deactivated")
    days_pass(desk, 1)
    assert len(desk.team_heard(INVITATION)) == 1
    with pytest.raises(NotAllowed, match="deactivated"):
        answer(desk, board, Move.JOIN, actor=replace(desk.owner, standing=type(desk.owner.standing).DEACTIVATED))


def test_a_new_owner_is_asked_and_the_old_one_can_not_answer_any_more(desk: Desk) -> None:
    board = begin(desk)
    invite(desk, board, "Ada")
    heir = desk.crowd.world.member(desk.crowd.id, "UHEIR")
    desk.own_all(heir)
    days_pass(desk, 1)
    assert len(desk.heard(heir, INVITATION)) == 1
    with pytest.raises(NotAllowed, match="Only "):
        answer(desk, board, Move.JOIN)
    assert answer(desk, board, Move.JOIN, actor=heir).state is State.MEMBER


# Answering


def test_two_answers_at_once_have_one_winner(desk: Desk) -> None:
    crowd = desk.crowd
    for _round in range(ROUNDS):
        board = begin(desk, Kind.COMMUNITY)
        invite(desk, board, "Ada")
        one = member(desk, board).id

        def act(actor: Actor, move: Move, one: str = one) -> Any:
            moment = crowd.world.moment()
            return lambda session: memberships.answer(session, actor, moment, one, move)

        heard = at_once(crowd.world.db, crowd.id, act(desk.owner, Move.JOIN), act(crowd.team, Move.REFUSE))
        assert sorted(type(one).__name__ for one in heard) == ["AlreadyDone", "Invitation"]
        [refusal] = [str(one) for one in heard if isinstance(one, AlreadyDone)]
        assert refusal.startswith("Somebody was faster: Ada ")


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"rest_reason": PauseReason.WISH.name}, "asked to be left alone"),
        ({"rest_reason": PauseReason.OTHER.name}, "is paused by the advocacy team"),
        ({"state": "retired"}, "is retired"),
        ({"state": "resting"}, "is resting"),
        ({"refused_activities": [one.value for one in Activity]}, "does not want to be asked"),
    ],
)
@pytest.mark.parametrize("kind", [Kind.ADVISORY_BOARD, Kind.COMMUNITY])
def test_who_paused_or_retired_since_does_not_join(desk: Desk, kind: Kind, facts: dict[str, Any], words: str) -> None:
    board = begin(desk, kind)
    invite(desk, board, "Ada")
    change(desk, "Ada", **facts)
    with pytest.raises(RuleError, match=f"Ada {words}") as refusal:
        answer(desk, board, Move.JOIN)
    assert "The advocacy team can let them join" in str(refusal.value)
    assert State(member(desk, board).state) is State.INVITED
    assert terms(desk) == []
    assert answer(desk, board, Move.PUT_OFF).state is State.DECLINED


def test_capacity_used_up_since_keeps_a_customer_from_a_board_unless_the_team_says_why(desk: Desk) -> None:
    board = begin(desk)
    invite(desk, board, "Ada")
    start = desk.crowd.world.now.date() + timedelta(days=60)
    desk.crowd.use("Ada", start - timedelta(days=40))
    with pytest.raises(RuleError, match="gives at most 2 in 90 days"):
        answer(desk, board, Move.JOIN)
    with pytest.raises(NotAllowed, match="Only "):
        answer(desk, board, Move.JOIN, override="They insist.")
    with pytest.raises(RuleError, match="gives at most 2"):
        answer(desk, board, Move.JOIN, actor=desk.crowd.team)
    answer(desk, board, Move.JOIN, actor=desk.crowd.team, override="They insist.")
    assert ("protection.overridden", "They insist.") in desk.actions()
    assert len(terms(desk)) == 2


def test_nobody_joins_a_program_that_is_closed(desk: Desk) -> None:
    board = begin(desk)
    invite(desk, board, "Ada", "Grace")
    answer(desk, board, Move.JOIN, "Grace")
    desk.crowd.do(mechanisms.stop, desk.crowd.team, board)
    with pytest.raises(AlreadyDone, match="closed by now"):
        answer(desk, board, Move.JOIN)
    with pytest.raises(AlreadyDone, match="closed already"):
        desk.crowd.do(mechanisms.stop, desk.crowd.team, board)
    assert {one.name: one.state for one in opened(desk, board).members} == {"Ada": State.LEFT, "Grace": State.MEMBER}
    assert "is closed: Ada of Ada Inc does not need to be asked any more." in desk.slots(desk.owner, INVITATION)[0]


# Terms


def test_a_board_term_weighs_two_from_the_day_it_begins(desk: Desk) -> None:
    board = begin(desk)
    start = desk.crowd.world.now.date() + timedelta(days=60)
    invite(desk, board, "Ada")
    assert terms(desk) == []
    answer(desk, board, Move.JOIN)
    assert terms(desk) == [("advisory board", 4, "reserved", start)]
    other = begin(desk, name="Second board")
    with pytest.raises(RuleError, match="gives at most 2 in 90 days"):
        invite(desk, other, "Ada")
    days_pass(desk, 59)
    assert terms(desk)[0][2] == "reserved"
    days_pass(desk, 1)
    assert terms(desk)[0][2] == "done"


def test_who_joins_later_begins_that_day(desk: Desk) -> None:
    board = begin(desk, starts_on=desk.crowd.ago(100))
    invite(desk, board, "Ada")
    answer(desk, board, Move.JOIN)
    assert terms(desk) == [("advisory board", 4, "done", desk.crowd.world.now.date())]


def test_a_term_that_has_not_begun_is_given_back_and_a_begun_one_stays(desk: Desk) -> None:
    board = begin(desk)
    invite(desk, board, "Ada")
    answer(desk, board, Move.JOIN)
    leave(desk, board)
    assert [one[2] for one in terms(desk)] == ["released"]
    with pytest.raises(IllegalMove, match="does not belong to it any more"):
        leave(desk, board)
    invite(desk, board, "Ada")
    answer(desk, board, Move.JOIN)
    days_pass(desk, 60)
    leave(desk, board)
    assert [one[2] for one in terms(desk)] == ["released", "done"]


def test_other_programs_cost_nothing_by_themselves(desk: Desk) -> None:
    for kind in set(Kind) - {Kind.ADVISORY_BOARD}:
        board = begin(desk, kind)
        invite(desk, board, "Ada")
        answer(desk, board, Move.JOIN)
    assert terms(desk) == []


def test_two_boards_at_once_do_not_take_the_same_capacity(desk: Desk) -> None:
    crowd = desk.crowd
    for round_ in range(ROUNDS):
        name = crowd.add(f"Racer {round_}", owner_id=desk.owner.person_id) and f"Racer {round_}"
        boards = [begin(desk), begin(desk)]
        for board in boards:
            invite(desk, board, name)
        ones = [member(desk, board, name).id for board in boards]

        def act(one: str) -> Any:
            moment = crowd.world.moment()
            return lambda session: memberships.answer(session, desk.owner, moment, one, Move.JOIN)

        heard = at_once(crowd.world.db, crowd.id, *map(act, ones))
        assert sorted(type(one).__name__ for one in heard) == ["Invitation", "RuleError"]
        assert desk.uses(name) == 1


# Days


def test_a_program_ends_after_its_last_day(desk: Desk) -> None:
    end = desk.crowd.world.now.date() + timedelta(days=70)
    board = begin(desk, ends_on=end)
    days_pass(desk, 70)
    assert opened(desk, board).summary.state.value == "open"
    days_pass(desk, 1)
    assert opened(desk, board).summary.end is not None
    assert "mechanism.closed" in audited(desk)


def test_who_retires_belongs_to_nothing_from_the_next_day_on(desk: Desk) -> None:
    board = begin(desk)
    invite(desk, board, "Ada", "Grace")
    answer(desk, board, Move.JOIN)
    change(desk, "Ada", state="retired")
    days_pass(desk, 1)
    states = {one.name: one.state for one in opened(desk, board).members}
    assert states == {"Ada": State.LEFT, "Grace": State.INVITED}
    assert terms(desk)[0][2] == "released"


def test_what_is_gone_is_told(desk: Desk) -> None:
    with pytest.raises(NotFound, match="isn't here any more"):
        desk.crowd.do(mechanisms.opened, desk.crowd.team, "nothing")
    with pytest.raises(NotFound, match="isn't here any more"):
        desk.crowd.do(memberships.answer, desk.crowd.team, "nothing", Move.JOIN)
    with pytest.raises(NotFound, match="isn't here any more"):
        desk.crowd.do(memberships.member, desk.crowd.team, "nothing")


# Figures


def test_lists_and_proposals_take_as_many_statements_for_many_as_for_few(desk: Desk) -> None:
    crowd = desk.crowd
    board = begin(desk, criteria={Facet.INDUSTRY: ("banking",)})

    def tally() -> list[int]:
        found = []
        for step, given in (
            (mechanisms.listed, ()),
            (mechanisms.opened, (board,)),
            (member_proposals.propose, (board,)),
        ):
            with counted(crowd.world.db) as statements:
                crowd.do(step, crowd.team, *given)
            found.append(len(statements))
        return found

    invite(desk, board, "Ada")
    few = tally()
    crowd.add_many({f"More {at}": KEEN for at in range(60)}, owner_id=desk.owner.person_id)
    for _program in range(10):
        begin(desk)
    invite(desk, board, *[f"More {at}" for at in range(30)])
    assert tally() == few
    assert max(few) <= 20, few


def test_a_quiet_day_takes_few_statements(desk: Desk) -> None:
    board = begin(desk)
    desk.crowd.add_many({f"More {at}": KEEN for at in range(30)}, owner_id=desk.owner.person_id)
    invite(desk, board, *[f"More {at}" for at in range(30)])
    with counted(desk.crowd.world.db) as statements:
        days_pass(desk, 1)
    assert len(statements) <= 12, statements


def test_no_message_holds_an_address(desk: Desk) -> None:
    invite(desk, begin(desk), "Ada")

    def all_of(session: GuardedSession) -> str:
        return str([(one.text, one.blocks) for one in session.scalars(select(Message))])

    assert "@ada" not in desk.crowd.world.do(desk.crowd.id, all_of)
    assert desk.crowd.world.do(desk.crowd.id, lambda session: len(session.scalars(select(Mechanism)).all())) == 1
