"""The champion's thanks: drafted once, posted by a click, and never naming who declined; on both databases."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from domain.errors import AlreadyDone, NotAllowed, RuleError
from domain.messages import Kind
from domain.monthly_thanks import State, Thanks
from domain.people import Actor, Role
from domain.settings import Settings
from domain.value import Period
from steps import credit, monthly_thanks
from steps.wins import WINS_CHANNEL
from storage.advocates import Advocate
from storage.audit import Audit
from storage.guard import GuardedSession
from storage.nominations import Nomination
from storage.outbox import Message
from storage.people import Person
from tests.steps.crowd import Crowd
from tests.steps.crowd import crowd as crowd  # noqa: PLC0414  # a fixture
from tests.steps.race import ROUNDS, at_once
from tests.worlds import counted

FIRST = datetime(2026, 12, 1, 10, tzinfo=UTC)
"""A Tuesday, the first of a month."""

DAY = timedelta(days=1)
NOVEMBER = date(2026, 11, 1)


@dataclass
class Helm:
    """A program with a champion and a leader, and colleagues who brought customers in November."""

    crowd: Crowd
    leader: Actor
    champion: Actor

    def runs(self, at: datetime = FIRST) -> list[str]:
        """Run the job; answers for whom it made messages."""
        self.crowd.world.now = at
        before = {one.id for one in self.messages(Kind.THANKS_DRAFT)}
        self.crowd.world.do(self.crowd.id, monthly_thanks.draft, self.crowd.world.moment(), Settings())
        return sorted(one.target for one in self.messages(Kind.THANKS_DRAFT) if one.id not in before)

    def messages(self, kind: Kind) -> list[Message]:
        query = select(Message).where(Message.kind == kind.value).order_by(Message.id)
        found: list[Message] = self.crowd.world.do(self.crowd.id, lambda session: list(session.scalars(query)))
        return found

    def brings(self, slack_id: str, name: str, on: datetime = FIRST - 9 * DAY) -> Actor:
        """A colleague whose customer became an advocate that day."""
        rep = self.crowd.world.member(self.crowd.id, slack_id)
        self.crowd.add(name)

        def write(session: GuardedSession) -> None:
            advocate = session.get_one(Advocate, (session.workspace_id, self.crowd.ids[name]))
            advocate.published_at = on
            session.get_one(Nomination, (session.workspace_id, advocate.nomination_id)).nominator_id = rep.person_id

        self.crowd.world.do(self.crowd.id, write)
        return rep

    def post(self, actor: Actor | None = None, words: str | None = None, month: date = NOVEMBER) -> Thanks:
        found: Thanks = self.crowd.do(monthly_thanks.post, actor or self.champion, month, words)
        return found

    def newest(self) -> str:
        return str(self.messages(Kind.THANKS_DRAFT)[-1].text)


@pytest.fixture
def helm(crowd: Crowd) -> Helm:
    leader = crowd.world.member(crowd.id, "ULEADER", Role.LEADER)
    return Helm(crowd, leader, crowd.world.member(crowd.id, "UCHAMP", Role.CHAMPION))


def test_the_champion_gets_the_draft_once_on_the_first_working_day(helm: Helm) -> None:
    helm.brings("UREP", "Ada")
    assert helm.runs(FIRST - DAY) == []
    assert helm.runs() == ["UCHAMP"]
    [made] = helm.messages(Kind.THANKS_DRAFT)
    assert "1 customer became an advocate" in str(made.blocks)
    assert "<@UREP>: 1 advocate" in str(made.blocks)
    assert helm.runs(FIRST + DAY) == []
    assert helm.messages(Kind.THANKS_POST) == []


def test_where_there_is_nobody_to_thank_nothing_is_drafted(helm: Helm) -> None:
    helm.brings("UREP", "Ada", FIRST - 45 * DAY)
    assert helm.runs() == []
    with pytest.raises(RuleError, match="nobody to thank"):
        helm.post()
    assert helm.messages(Kind.THANKS_POST) == []


@pytest.mark.parametrize("facts", [{"standing": "deactivated"}, {"away_until": date(2026, 12, 20)}])
def test_without_a_champion_who_is_here_the_leader_gets_it(helm: Helm, facts: dict[str, Any]) -> None:
    helm.brings("UREP", "Ada")

    def change(session: GuardedSession) -> None:
        row = session.get_one(Person, (session.workspace_id, helm.champion.person_id))
        for key, value in facts.items():
            setattr(row, key, value)

    helm.crowd.world.do(helm.crowd.id, change)
    assert helm.runs() == ["ULEADER"]


def test_a_click_posts_it_under_the_champions_name_and_the_draft_says_so(helm: Helm) -> None:
    helm.brings("UREP", "Ada")
    helm.runs()
    helm.post()
    [posted] = helm.messages(Kind.THANKS_POST)
    assert posted.target == WINS_CHANNEL
    assert posted.text == "<@UCHAMP> says thank you for November 2026."
    assert "In November 2026, 1 customer became an advocate." in str(posted.blocks)
    assert "<@UREP>: 1 advocate" in str(posted.blocks)
    assert helm.newest() == "<@UCHAMP> posted the thanks for November 2026 in the wins channel."
    for act in (lambda: helm.post(helm.leader), lambda: leave_out(helm)):
        with pytest.raises(AlreadyDone, match="are posted already"):
            act()
    assert len(helm.messages(Kind.THANKS_POST)) == 1


def leave_out(helm: Helm, actor: Actor | None = None) -> None:
    helm.crowd.do(monthly_thanks.leave_out, actor or helm.champion, NOVEMBER)


def test_own_words_are_theirs_and_mention_nobody(helm: Helm) -> None:
    helm.brings("UREP", "Ada")
    helm.runs()
    helm.post(words="Well done <!channel> and <@U0STELLAN>!")
    [posted] = helm.messages(Kind.THANKS_POST)
    assert "Well done &lt;!channel&gt; and &lt;@U0STELLAN&gt;!" in str(posted.blocks)
    with pytest.raises(RuleError) as refusal:
        helm.post(words="x" * 1001)
    assert "words" in refusal.value.fields


def test_left_out_it_can_be_posted_after_all(helm: Helm) -> None:
    helm.brings("UREP", "Ada")
    helm.runs()
    leave_out(helm)
    assert helm.newest() == "<@UCHAMP> left the thanks for November 2026 out."
    assert helm.runs(FIRST + DAY) == []
    helm.post(helm.leader)
    assert "<@ULEADER> posted" in helm.newest()


def test_who_declined_since_the_draft_is_not_named(helm: Helm) -> None:
    shy = helm.brings("USHY", "Ada")
    helm.brings("UREP", "Ben")
    helm.runs()
    assert "<@USHY>" in str(helm.messages(Kind.THANKS_DRAFT)[0].blocks)
    helm.crowd.do(credit.name_me, shy, named=False)
    helm.post()
    [posted] = helm.messages(Kind.THANKS_POST)
    assert "<@USHY>" not in str(posted.blocks)
    assert "and 1 colleague more" in str(posted.blocks)


def test_where_nobody_wants_to_be_named_they_are_thanked_all_the_same(helm: Helm) -> None:
    helm.crowd.do(credit.name_me, helm.brings("USHY", "Ada"), named=False)
    helm.runs()
    helm.post()
    [posted] = helm.messages(Kind.THANKS_POST)
    assert "1 colleague, not named here" in str(posted.blocks)


def test_it_can_be_posted_without_a_draft_and_for_the_last_month_alone(helm: Helm) -> None:
    helm.brings("UREP", "Ada")
    helm.crowd.world.now = FIRST + 14 * DAY
    seen: Thanks = helm.crowd.do(monthly_thanks.seen, helm.champion)
    assert (seen.month, seen.state, [place.rank for place in seen.places]) == (NOVEMBER, State.DRAFTED, [1])
    with pytest.raises(RuleError, match="past by now"):
        helm.post(month=date(2026, 10, 1))
    helm.post()
    assert helm.crowd.do(monthly_thanks.seen, helm.leader).state is State.POSTED
    assert helm.runs(FIRST + 3 * DAY) == []


def test_only_leader_and_champion_thank_in_the_programs_name(helm: Helm) -> None:
    helm.brings("UREP", "Ada")
    helm.runs()
    for outsider in (helm.crowd.team, helm.crowd.rep):
        for act in (
            lambda who=outsider: helm.post(who),
            lambda who=outsider: leave_out(helm, who),
            lambda who=outsider: helm.crowd.do(monthly_thanks.seen, who),
        ):
            with pytest.raises(NotAllowed, match=r"Only .*can thank everybody for the month"):
                act()
    assert not helm.crowd.do(credit.seen, helm.crowd.rep, lambda _today: _november()).may_thank
    assert helm.crowd.do(credit.seen, helm.leader, lambda _today: _november()).may_thank


def _november() -> Period:
    return Period(NOVEMBER, date(2026, 11, 30))


def test_of_two_who_post_at_once_one_does(helm: Helm) -> None:
    helm.brings("UREP", "Ada")
    helm.crowd.world.now = FIRST
    for round_ in range(ROUNDS):
        helm.crowd.world.now = FIRST + round_ * 31 * DAY
        month = (helm.crowd.world.now.date().replace(day=1) - DAY).replace(day=1)
        helm.brings("UREP", f"Customer {round_}", helm.crowd.world.now - 9 * DAY)

        def act(actor: Actor, month: date = month) -> Any:
            moment = helm.crowd.world.moment()
            return lambda session: monthly_thanks.post(session, actor, moment, month)

        heard = at_once(helm.crowd.world.db, helm.crowd.id, act(helm.champion), act(helm.leader))
        assert sorted(type(one).__name__ for one in heard) == ["AlreadyDone", "Thanks"]
        assert len(helm.messages(Kind.THANKS_POST)) == round_ + 1


def test_it_takes_as_many_statements_for_many_colleagues_as_for_few(helm: Helm) -> None:
    helm.brings("UREP", "Ada")
    helm.crowd.world.now = FIRST
    with counted(helm.crowd.world.db) as few:
        helm.crowd.do(monthly_thanks.seen, helm.champion)
    for at in range(30):
        helm.brings(f"UREP{at}", f"Customer {at}")
    helm.crowd.world.now = FIRST
    with counted(helm.crowd.world.db) as many:
        seen: Thanks = helm.crowd.do(monthly_thanks.seen, helm.champion)
    assert len(many) == len(few) <= 12, many
    assert (len(seen.places), seen.others, seen.whole.advocates) == (20, 11, 31)


def test_what_was_decided_is_on_record(helm: Helm) -> None:
    helm.brings("UREP", "Ada")
    helm.runs()
    leave_out(helm)
    helm.post()
    audited = select(Audit).where(Audit.action.startswith("thanks."))
    rows = helm.crowd.world.do(helm.crowd.id, lambda session: list(session.scalars(audited)))
    assert [(row.action, row.after["state"]) for row in rows] == [
        ("thanks.leave_out", "left out"),
        ("thanks.post", "posted"),
    ]
