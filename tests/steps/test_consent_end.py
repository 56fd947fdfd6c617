"""A consent with an end: the owner is asked before it, nobody finds the customer after it, and a new yes brings them
back."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from domain.advocates import Consent, ConsentScope
from domain.assets import AssetValues, Scope
from domain.assets import Kind as Piece
from domain.errors import NotAllowed, RuleError
from domain.messages import Kind
from domain.moment import Moment
from domain.people import Actor
from domain.protection import check
from domain.settings import CONSENT_DAYS, CONSENT_NOTICE_DAYS, Settings
from domain.vocabulary import Activity
from steps import advocates, assets, freshness, protection, team_week
from storage import settings
from storage.advocates import ConsentRow
from storage.audit import Audit
from storage.guard import GuardedSession
from storage.outbox import Message
from tests.steps.crowd import Crowd
from tests.steps.crowd import crowd as crowd  # noqa: PLC0414  # a fixture
from tests.steps.test_freshness import Desk
from tests.steps.test_freshness import desk as desk  # noqa: PLC0414  # a fixture
from tests.worlds import START

LAST = START.date() + timedelta(days=30)
FRESH = START + timedelta(days=20)
"""When the profile was checked last: nothing but its consent is to be asked about."""


def ends(desk: Desk, *advocate_ids: str, on: date | None = LAST) -> None:
    def write(session: GuardedSession) -> None:
        for row in session.scalars(select(ConsentRow).where(ConsentRow.advocate_id.in_(advocate_ids))):
            row.ends_on = on

    desk.crowd.world.do(desk.crowd.id, write)


def told(desk: Desk, day: timedelta) -> list[Message]:
    moment = Moment(START + day, desk.crowd.world.rng.getrandbits)
    desk.crowd.world.do(desk.crowd.id, freshness.tell_team, moment, Settings())
    return desk.messages(Kind.PROFILE_DIGEST)


def renew(desk: Desk, actor: Actor, advocate_id: str, until: date | None = None, receipt: str = "1") -> None:
    given = Consent((), desk.crowd.world.now.date(), "On the phone.", until)
    desk.crowd.do(freshness.renewed, actor, advocate_id, given, receipt)


def test_the_owner_is_asked_thirty_days_before_in_the_same_message_as_about_others(desk: Desk) -> None:
    ada, bea = desk.add("Ada", "Bea", checked=FRESH)
    desk.add("Cleo")
    ends(desk, ada)
    ends(desk, bea, on=LAST + timedelta(days=1))
    (sent,) = desk.runs()
    shown = str(sent.blocks)
    assert "2 customers of yours" in sent.text
    assert "What they agreed to ends on" in shown
    assert "check_consent_open" in shown
    assert "Ada" in shown
    assert "Cleo" in shown
    assert "Bea" not in shown, "a day too early"


def test_how_long_before_is_a_setting(desk: Desk) -> None:
    (ada,) = desk.add("Ada", checked=FRESH)
    ends(desk, ada)
    moment = desk.crowd.world.moment()
    desk.crowd.world.do(desk.crowd.id, freshness.ask, moment, Settings.of({CONSENT_NOTICE_DAYS: 7}))
    assert desk.messages(Kind.PROFILE_CHECK) == []


def test_a_profile_that_is_to_be_checked_whole_is_asked_both_of(desk: Desk) -> None:
    (ada,) = desk.add("Ada")
    ends(desk, ada)
    (sent,) = desk.runs()
    assert "check_confirm" in str(sent.blocks)
    assert "check_consent_open" in str(sent.blocks)
    desk.crowd.world.now = desk.now
    desk.crowd.do(freshness.confirm, desk.owner, ada)
    still = str(desk.messages(Kind.PROFILE_CHECK)[-1].blocks)
    assert "check_confirm" not in still
    assert "check_consent_open" in still, "the consent is still to be renewed"


def test_on_its_last_day_it_holds_and_on_the_next_nobody_finds_them(desk: Desk) -> None:
    crowd = desk.crowd
    (ada,) = desk.add("Ada", checked=FRESH)
    ends(desk, ada)
    crowd.world.now = datetime.combine(LAST, datetime.min.time(), START.tzinfo) + timedelta(hours=9)
    assert crowd.finds("banking") == ["Ada"]
    crowd.world.now += timedelta(days=1)
    assert crowd.finds("banking") == []
    today = crowd.world.now.date()

    def obstacle(session: GuardedSession) -> str:
        facts = protection.of_one(session, ada, settings.load(session), today)
        return " ".join(one.sentence("Ada") for one in check(facts, Activity.FEEDBACK, today, today))

    assert "Ada had agreed until" in crowd.world.do(crowd.id, obstacle)


def test_what_they_approved_is_not_used_behind_the_end(desk: Desk) -> None:
    crowd = desk.crowd
    (ada,) = desk.add("Ada", checked=FRESH)
    piece = AssetValues(Piece.VIDEO, "How", link="https://a.example", scope=Scope.PUBLIC)
    ends(desk, ada)
    crowd.do(assets.add, crowd.team, ada, piece, "1")
    crowd.world.now += timedelta(days=31)
    with pytest.raises(RuleError, match="has ended"):
        crowd.do(assets.add, crowd.team, ada, piece, "2")


def test_after_the_end_it_is_the_teams_and_stands_in_its_week(desk: Desk) -> None:
    ada, _bea = desk.add("Ada", "Bea", checked=FRESH)
    ends(desk, ada)
    assert told(desk, timedelta(days=30)) == []
    (digest,) = told(desk, timedelta(days=31))
    assert "their consent ended on" in str(digest.blocks)
    assert "so nobody finds them" in str(digest.blocks)
    assert "Bea" not in str(digest.blocks)
    moment = Moment(START + timedelta(days=31), desk.crowd.world.rng.getrandbits)
    week = desk.crowd.world.do(desk.crowd.id, team_week.read, moment, Settings())
    assert week.waiting.consents_ended == 1


def test_one_yes_of_the_owner_brings_them_back_with_what_they_had_agreed_to(desk: Desk) -> None:
    crowd = desk.crowd
    (ada,) = desk.add("Ada", checked=FRESH)
    ends(desk, ada)
    crowd.world.now = START + timedelta(days=40)
    assert crowd.finds("banking") == []
    renew(desk, desk.owner, ada, until=crowd.world.now.date() + timedelta(days=365))
    renew(desk, desk.owner, ada, until=crowd.world.now.date() + timedelta(days=9))  # the same form once more
    assert crowd.finds("banking") == ["Ada"]
    query = select(ConsentRow).where(ConsentRow.advocate_id == ada).order_by(ConsentRow.recorded_at)
    old, new = crowd.world.do(crowd.id, lambda session: session.scalars(query).all())
    assert old.ends_on == LAST, "what was agreed to before stays as proof"
    assert (new.scopes, new.ends_on) == (old.scopes, crowd.world.now.date() + timedelta(days=365))
    assert new.recorded_by_id == desk.owner.person_id
    written = select(Audit).where(Audit.action == "advocate.consent_renewed")
    assert len(crowd.world.do(crowd.id, lambda session: session.scalars(written).all())) == 1
    assert desk.runs(timedelta(days=41)) == [], "there is nothing left to ask"


def test_who_else_may_say_so_and_what_makes_no_sense(desk: Desk) -> None:
    (ada,) = desk.add("Ada", checked=FRESH)
    ends(desk, ada)
    with pytest.raises(NotAllowed):
        renew(desk, desk.crowd.rep, ada)
    with pytest.raises(RuleError) as refused:
        renew(desk, desk.owner, ada, until=START.date())
    assert list(refused.value.fields) == ["until"]
    renew(desk, desk.crowd.team, ada, until=None)
    assert desk.runs() == []


def test_the_form_opens_with_the_usual_length_and_the_team_may_say_another(crowd: Crowd, desk: Desk) -> None:
    (ada,) = desk.add("Ada", checked=FRESH)
    crowd.world.do(crowd.id, settings.save, crowd.world.moment(), None, CONSENT_DAYS, 365)
    _name, stands, today, usual = crowd.do(freshness.consent, desk.owner, ada)
    assert (stands.until, usual) == (None, today + timedelta(days=365))
    given = Consent((ConsentScope.LISTED,), today, "By email.", today + timedelta(days=5))
    card = crowd.do(advocates.record_consent, crowd.team, ada, given, "9")
    assert card.consent == given
    crowd.world.now += timedelta(days=6)
    assert crowd.finds("banking") == []
    again = Consent((ConsentScope.LISTED,), crowd.world.now.date(), "By email.")
    crowd.do(advocates.record_consent, crowd.team, ada, again, "10")
    assert crowd.finds("banking") == ["Ada"]
