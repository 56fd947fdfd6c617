"""What whoever asks does, as whole steps on both databases: ask, join, take back, tell how it went, log a use."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from domain.advocates import Profile, State
from domain.errors import AlreadyDone, IllegalMove, NotAllowed, RuleError
from domain.messages import Kind
from domain.people import Actor, Standing
from domain.request_outcomes import Fate, Happened, Outcome
from domain.request_routing import Routing
from domain.request_values import Purpose, RequestValues
from domain.requests import Card
from domain.requests import State as Stage
from domain.touches import Logged, Touch
from domain.vocabulary import Activity
from steps import contacts, fulfilment, opportunities, outcomes, request_preview, requests, taking_back, touches
from steps.requests import AlreadyAsked, Submitted
from storage import settings
from storage.advocates import Advocate
from storage.audit import Audit
from storage.engagements import Engagement
from storage.guard import GuardedSession
from storage.opportunities import Opportunity
from storage.outbox import Message
from storage.people import Person
from storage.requests import Follower, Request
from tests.steps.crowd import PLAIN, Crowd, crowd
from tests.steps.race import ROUNDS, at_once
from tests.worlds import counted

__all__ = ["crowd"]

MOST_STATEMENTS = 38
"""Of one sent request, with all that is asked before it and told after it: a bound, whatever the tables hold."""

GUEST = Actor("01GUEST", "UGUEST", "A guest", Standing.GUEST)


def ahead(crowd: Crowd, days: int) -> date:
    return crowd.world.now.date() + timedelta(days=days)


def call(crowd: Crowd, name: str | None = "Ada", **facts: Any) -> RequestValues:
    """A reference call in two weeks for a deal."""
    values = RequestValues(
        Activity.REFERENCE_CALL,
        ahead(crowd, 14),
        advocate_id=crowd.ids[name] if name else None,
        criteria=None if name else "banking emea",
        opportunity="Sonnenblick: rollout",
        attendees="Their CIO",
    )
    return replace(values, **facts)


def send(
    crowd: Crowd, values: RequestValues, actor: Actor | None = None, receipt: str = ""
) -> Submitted | AlreadyAsked:
    receipt = receipt or f"request:{crowd.world.moment().new_id()}"
    done: Submitted | AlreadyAsked = crowd.do(requests.submit, actor or crowd.rep, values, receipt)
    return done


def ask(crowd: Crowd, actor: Actor | None = None, **facts: Any) -> Card:
    done = send(crowd, call(crowd, **facts), actor)
    assert isinstance(done, Submitted), done
    return done.card


def approved(crowd: Crowd, **facts: Any) -> Card:
    """Asked, and approved by the team."""
    asked = ask(crowd, **facts)
    return proposed(crowd, asked.id, ahead(crowd, 14))


def proposed(crowd: Crowd, request_id: str, day: date) -> Card:
    card: Card = crowd.do(fulfilment.propose, crowd.team, request_id, crowd.ids["Ada"], day, None)
    assert card.state is Stage.APPROVED, "nobody looks after Ada, so that the team's proposal is the approval"
    return card


def rows(crowd: Crowd, table: Any, *conditions: Any) -> list[Any]:
    def find(session: GuardedSession) -> list[Any]:
        return list(session.scalars(select(table).where(*conditions).order_by(table.id)))

    found: list[Any] = crowd.world.do(crowd.id, find)
    return found


def news(crowd: Crowd, to: str = "UREP") -> list[tuple[str, bool]]:
    """What somebody's messages say by now, each slot once, oldest first, and whether there are buttons."""
    kinds = [Kind.REQUEST_NEWS.value, Kind.REQUEST_QUESTION.value]
    shown: dict[str, Message] = {}
    for message in rows(crowd, Message, Message.target == to, Message.kind.in_(kinds)):
        shown[message.slot or message.id] = message
    return [(one.text, any(block["type"] == "actions" for block in one.blocks)) for one in shown.values()]


@pytest.fixture
def ada(crowd: Crowd) -> Crowd:
    """Ada, whom nobody looks after."""
    crowd.add("Ada")
    return crowd


def colleague(crowd: Crowd) -> Actor:
    return crowd.world.member(crowd.id, "UREP2")


def test_a_request_is_stored_with_its_deal_and_told(ada: Crowd) -> None:
    values = call(ada, amount="1.234,56 €", stage="Proposal", note="They compare us.")
    done = send(ada, values)
    assert isinstance(done, Submitted)
    assert (done.card.state, done.card.opportunity, done.goal_hours) == (Stage.NEW, "Sonnenblick: rollout", 72)
    [deal] = rows(ada, Opportunity)
    assert (deal.hundredths, deal.currency, deal.source) == (123456, "EUR", "form")
    [(text, buttons)] = news(ada)
    assert "has arrived" in text
    assert buttons
    [alert] = rows(ada, Message, Message.kind == Kind.REQUEST_ALERT.value)
    assert "asks for a reference call with Ada of Ada Inc" in alert.text
    assert [row.action for row in rows(ada, Audit)][-1] == "request.submitted"


def test_the_same_form_sent_twice_is_one_request(ada: Crowd) -> None:
    first, second = (send(ada, call(ada), receipt="request:V1") for _ in range(2))
    assert isinstance(first, Submitted)
    assert isinstance(second, Submitted)
    assert first.card.id == second.card.id
    assert len(rows(ada, Request)) == 1
    assert len(news(ada)) == 1


def test_what_makes_no_sense_is_told_at_its_fields(ada: Crowd) -> None:
    wrong = call(ada, name=None, need_by=ahead(ada, -1), criteria=None, attendees=None)
    with pytest.raises(RuleError) as refusal:
        send(ada, wrong)
    assert set(refusal.value.fields) == {"need_by", "criteria", "attendees"}
    with pytest.raises(RuleError) as refusal:
        send(ada, call(ada, amount="ten or twenty"))
    assert set(refusal.value.fields) == {"amount"}
    with pytest.raises(NotAllowed):
        send(ada, call(ada), GUEST)
    assert rows(ada, Request) == []


def test_the_day_is_the_askers_own(ada: Crowd) -> None:
    auckland = ada.world.member(ada.id, "UFAR", tz="Pacific/Auckland")
    auckland = replace(auckland, time_zone="Pacific/Auckland")
    night = datetime(2026, 9, 10, 21, tzinfo=UTC)  # the 11th there
    card = ask(ada, auckland, slots=(night,), need_by=date(2026, 9, 11))
    assert card.day == date(2026, 9, 11)


def test_what_the_customer_does_not_want_is_refused_and_the_rest_goes_to_the_team(ada: Crowd) -> None:
    ada.add("Ben", replace(PLAIN, refused_activities=(Activity.REFERENCE_CALL.value,)))
    with pytest.raises(RuleError, match=r"call\. Please look for somebody else"):
        send(ada, call(ada, "Ben"))
    _routing(ada, Routing.SELF_TELLING_OWNER)
    ada.use("Ada", ahead(ada, 10))
    assert ask(ada).state is Stage.NEW, "protection stands against it, so that the team decides"


def test_self_service_approves_whoever_is_free_at_once(ada: Crowd) -> None:
    _routing(ada, Routing.SELF_TELLING_OWNER)
    card = ask(ada)
    assert card.state is Stage.APPROVED
    [(text, buttons)] = news(ada)
    assert "is approved" in text
    assert buttons
    [use] = rows(ada, Engagement)
    assert (use.status, use.happens_on) == ("reserved", ahead(ada, 14))


def _routing(crowd: Crowd, mode: Routing) -> None:
    crowd.world.do(crowd.id, settings.save, crowd.world.moment(), crowd.team.person_id, "routing", {"*": mode.value})


def test_somebody_who_leaves_between_the_look_up_and_the_request(ada: Crowd) -> None:
    for state in (State.RESTING, State.RETIRED):
        _put(ada, state)
        with pytest.raises(RuleError, match="Please look for somebody else") as refusal:
            send(ada, call(ada))
        assert set(refusal.value.fields) == {"advocate"}


def _put(crowd: Crowd, state: State) -> None:
    def change(session: GuardedSession) -> None:
        session.get_one(Advocate, (session.workspace_id, crowd.ids["Ada"])).state = state.value

    crowd.world.do(crowd.id, change)


def test_the_same_for_the_same_deal_is_joined(ada: Crowd) -> None:
    first = ask(ada)
    other = colleague(ada)
    again = send(ada, call(ada, name=None, opportunity=" sonnenblick:  ROLLOUT "), other)
    assert isinstance(again, AlreadyAsked)
    assert (again.card.id, again.is_in_it) == (first.id, False)
    joined = ada.do(requests.join, other, first.id)
    assert joined.requester_ids == (ada.rep.person_id, other.person_id)
    with pytest.raises(AlreadyDone):
        ada.do(requests.join, other, first.id)
    mine = send(ada, call(ada))
    assert isinstance(mine, AlreadyAsked)
    assert mine.is_in_it
    proposed(ada, first.id, ahead(ada, 14))
    assert [text.split(" ")[1] for text, _buttons in news(ada, "UREP2")] == ["joined", "Yes:"]
    assert isinstance(send(ada, call(ada, activity=Activity.CASE_STUDY, deadline=ahead(ada, 40))), Submitted)


def test_of_two_who_ask_for_the_same_deal_at_once_one_is_offered_to_join(ada: Crowd) -> None:
    other = colleague(ada)
    for at in range(ROUNDS):
        ada.world.do(ada.id, _deal, f"Deal {at}", ada)
        values = call(ada, name=None, opportunity=f"Deal {at}")
        asks = [_asks(ada, actor, values, f"request:{at}{actor.slack_user_id}") for actor in (ada.rep, other)]
        done = at_once(ada.world.db, ada.id, *asks)
        assert sorted(type(one).__name__ for one in done) == ["AlreadyAsked", "Submitted"], done


def _deal(session: GuardedSession, name: str, crowd: Crowd) -> None:
    opportunities.ensure(session, crowd.rep, crowd.world.moment(), call(crowd, opportunity=name))


def _asks(crowd: Crowd, actor: Actor, values: RequestValues, receipt: str) -> Callable[[GuardedSession], object]:
    moment = crowd.world.moment()
    return lambda session: requests.submit(session, actor, moment, values, receipt)


def test_taking_back_frees_what_was_reserved(ada: Crowd) -> None:
    card = approved(ada)
    with pytest.raises(NotAllowed):
        ada.do(taking_back.take_back, colleague(ada), card.id)
    ada.do(taking_back.take_back, ada.rep, card.id)
    [use] = rows(ada, Engagement)
    assert use.status == "released"
    assert news(ada)[-1] == ("You took back the request for a reference call with Ada of Ada Inc.", False)
    assert not any(buttons for _text, buttons in news(ada))
    with pytest.raises(AlreadyDone, match="cancelled already"):
        ada.do(taking_back.take_back, ada.rep, card.id)
    with pytest.raises(RuleError, match="Please ask afresh"):
        ada.do(requests.join, colleague(ada), card.id)


def test_where_somebody_joined_the_request_is_theirs_once_the_first_asker_takes_it_back(ada: Crowd) -> None:
    card = approved(ada)
    other = colleague(ada)
    ada.do(requests.join, other, card.id)
    left = ada.do(taking_back.take_back, ada.rep, card.id)
    assert (left.state, left.requester_ids) == (Stage.APPROVED, (other.person_id,))
    [use] = rows(ada, Engagement)
    assert (use.status, use.person_id) == ("reserved", other.person_id)
    assert rows(ada, Follower) == []
    assert "You took back your part in the request" in news(ada)[-1][0]
    assert not any(buttons for _text, buttons in news(ada))
    words, buttons = news(ada, "UREP2")[-1]
    assert "which you joined, is yours now" in words
    assert buttons
    with pytest.raises(NotAllowed):
        ada.do(taking_back.take_back, ada.rep, card.id)
    with pytest.raises(NotAllowed):
        ada.do(contacts.of_advocate, ada.rep, ada.ids["Ada"])
    ada.do(taking_back.take_back, other, card.id)
    assert rows(ada, Engagement)[0].status == "released"


def test_whoever_joined_leaves_alone_and_ends_it_for_nobody(ada: Crowd) -> None:
    card = approved(ada)
    other = colleague(ada)
    ada.do(requests.join, other, card.id)
    left = ada.do(taking_back.take_back, other, card.id)
    assert (left.state, left.requester_ids) == (Stage.APPROVED, (ada.rep.person_id,))
    assert "You took back your part in the request" in news(ada, "UREP2")[-1][0]
    assert news(ada)[-1][1], "whoever asked first keeps the buttons"
    assert [row.action for row in rows(ada, Audit)].count("request.left") == 1


def test_a_request_ends_with_its_asker_where_those_who_joined_are_gone(ada: Crowd) -> None:
    card = approved(ada)
    other = colleague(ada)
    ada.do(requests.join, other, card.id)
    ada.world.do(ada.id, _leave_the_company, other)
    assert ada.do(taking_back.take_back, ada.rep, card.id).state is Stage.CANCELLED


def _leave_the_company(session: GuardedSession, person: Actor) -> None:
    session.execute(update(Person).where(Person.id == person.person_id).values(standing=Standing.DEACTIVATED.value))


def test_only_the_newest_message_has_buttons(ada: Crowd) -> None:
    card = approved(ada)
    ada.do(fulfilment.schedule, ada.rep, card.id, ada.world.now + timedelta(days=9))
    assert [buttons for _text, buttons in news(ada)] == [False, False, True]


def test_contact_details_are_for_whoever_was_approved(ada: Crowd) -> None:
    card = ask(ada)
    with pytest.raises(NotAllowed):
        ada.do(contacts.of_advocate, ada.rep, ada.ids["Ada"])
    proposed(ada, card.id, ahead(ada, 14))
    assert ada.do(contacts.of_advocate, ada.rep, ada.ids["Ada"])[0] == "Ada"
    with pytest.raises(NotAllowed):
        ada.do(contacts.of_advocate, colleague(ada), ada.ids["Ada"])
    ada.do(taking_back.take_back, ada.rep, card.id)
    with pytest.raises(NotAllowed):
        ada.do(contacts.of_advocate, ada.rep, ada.ids["Ada"])


def test_it_took_place(ada: Crowd) -> None:
    card = approved(ada)
    with pytest.raises(RuleError) as refusal:
        ada.do(outcomes.tell, ada.rep, card.id, Outcome(Happened.YES))
    assert set(refusal.value.fields) == {"rating"}
    done = ada.do(outcomes.tell, ada.rep, card.id, Outcome(Happened.YES, 5, "She was great."))
    assert done.state is Stage.COMPLETED
    [use] = rows(ada, Engagement)
    assert (use.status, use.rating, use.words) == ("done", 5, "She was great.")
    assert news(ada)[-1] == (
        "Thank you, noted: a reference call with Ada of Ada Inc took place, and went 5 of 5.",
        False,
    )
    with pytest.raises((AlreadyDone, IllegalMove)):
        ada.do(outcomes.tell, ada.rep, card.id, Outcome(Happened.NO))


def test_it_did_not_take_place(ada: Crowd) -> None:
    card = approved(ada)
    other = colleague(ada)
    ada.do(requests.join, other, card.id)
    done = ada.do(outcomes.tell, ada.rep, card.id, Outcome(Happened.NO, words="They had a fire."))
    assert done.state is Stage.CANCELLED
    assert [use.status for use in rows(ada, Engagement)] == ["released"]
    assert "was taken back" in news(ada, "UREP2")[-1][0]


def test_it_was_moved(ada: Crowd) -> None:
    card = approved(ada)
    with pytest.raises(RuleError) as refusal:
        ada.do(outcomes.tell, ada.rep, card.id, Outcome(Happened.MOVED, moved_to=ahead(ada, -1)))
    assert set(refusal.value.fields) == {"moved_to"}
    moved = ada.do(outcomes.tell, ada.rep, card.id, Outcome(Happened.MOVED, moved_to=ahead(ada, 30)))
    assert (moved.state, moved.day) == (Stage.SCHEDULED, ahead(ada, 30))
    assert [use.happens_on for use in rows(ada, Engagement)] == [ahead(ada, 30)]


@pytest.mark.parametrize(("fate", "status"), [(Fate.WON, "won"), (Fate.LOST, "lost"), (Fate.OPEN, "open")])
def test_what_became_of_a_typed_deal_is_believed(ada: Crowd, fate: Fate, status: str) -> None:
    card = approved(ada)
    ada.do(outcomes.tell, ada.rep, card.id, Outcome(Happened.YES, 4))
    told = ada.do(outcomes.tell_fate, ada.rep, card.id, fate)
    assert told.fate is fate
    [deal] = rows(ada, Opportunity)
    assert deal.status == status
    with pytest.raises(NotAllowed):
        ada.do(outcomes.tell_fate, colleague(ada), card.id, fate)


def test_a_deal_of_the_crm_stays_as_the_crm_says(ada: Crowd) -> None:
    card = approved(ada)

    def imported(session: GuardedSession) -> None:
        deal = session.scalars(select(Opportunity)).one()
        deal.source = "import"

    ada.world.do(ada.id, imported)
    ada.do(outcomes.tell, ada.rep, card.id, Outcome(Happened.YES, 4))
    assert ada.do(outcomes.tell_fate, ada.rep, card.id, Fate.WON).fate is Fate.WON
    assert [deal.status for deal in rows(ada, Opportunity)] == ["open"]


def touch(crowd: Crowd, days: int = -1, receipt: str = "", **facts: Any) -> Logged:
    logged: Logged = crowd.do(
        touches.log,
        crowd.rep,
        replace(Touch(crowd.ids["Ada"], Activity.REFERENCE_CALL, ahead(crowd, days)), **facts),
        receipt or f"touch:{crowd.world.moment().new_id()}",
    )
    return logged


def test_a_touch_counts_once_and_blocks_what_is_near(ada: Crowd) -> None:
    first, again = (touch(ada, receipt="touch:V1", words="A call I set up.") for _ in range(2))
    assert first == again
    assert (first.is_over, first.capacity.left_halves, first.next_free) == (False, 2, ahead(ada, 29))
    [use] = rows(ada, Engagement)
    assert (use.source, use.status, use.words, use.over_cap) == ("touch", "done", "A call I set up.", False)
    found = ada.do(request_preview.preview, ada.rep, call(ada, need_by=ahead(ada, 5)), "")
    assert "was asked for a reference call" in found.obstacles[0].words


def test_a_touch_beyond_the_cap_is_true_all_the_same(ada: Crowd) -> None:
    touch(ada, -60)
    touch(ada, -20)
    third = touch(ada, -1, opportunity="Sonnenblick: rollout")
    assert third.is_over
    assert third.capacity.left_halves == 0
    assert third.next_free is not None
    assert third.next_free > ahead(ada, 28)
    assert [use.over_cap for use in rows(ada, Engagement)] == [False, False, True]
    assert [deal.name for deal in rows(ada, Opportunity)] == ["Sonnenblick: rollout"]
    card = ask(ada)
    with pytest.raises(RuleError, match="gives at most 2 in 90 days"):
        ada.do(fulfilment.propose, ada.team, card.id, ada.ids["Ada"], ahead(ada, 14), None)


def test_a_touch_that_makes_no_sense(ada: Crowd) -> None:
    for days, facts, field in (
        (1, {}, "on"),
        (-800, {}, "on"),
        (-1, {"advocate_id": None}, "advocate"),
        (-1, {"words": "x" * 5000}, "words"),
        (-1, {"advocate_id": "01NOBODY"}, "advocate"),
    ):
        with pytest.raises(RuleError) as refusal:
            touch(ada, days, **facts)
        assert set(refusal.value.fields) == {field}
    with pytest.raises(NotAllowed):
        ada.do(touches.log, GUEST, Touch(ada.ids["Ada"], Activity.QUOTE, ahead(ada, -1)), "touch:V2")


def test_the_words_of_the_command_name_whom_and_what(ada: Crowd) -> None:
    ada.add("Adalbert Stifter")
    opening = ada.do(touches.opening, ada.rep, "case study adalbert")
    assert opening.advocate == (ada.ids["Adalbert Stifter"], "Adalbert Stifter", "Adalbert Stifter Inc")
    assert opening.activity is Activity.CASE_STUDY
    assert ada.do(touches.opening, ada.rep, "ada").advocate is None, "two are called that"
    assert ada.do(touches.opening, ada.rep, "").advocate is None
    _put(ada, State.RETIRED)
    assert [name for _id, name, _company in ada.do(touches.suggest, ada.rep, "")] == ["Adalbert Stifter"]


def test_the_form_says_what_is_left_and_who_is_free_instead(ada: Crowd) -> None:
    ada.add_many({"Ben": PLAIN, "Cleo": replace(PLAIN, industry="retail"), "Dora": PLAIN})
    ada.use("Dora", ahead(ada, 13))
    ada.use("Ada", ahead(ada, -5))
    found = ada.do(request_preview.preview, ada.rep, call(ada), "banking")
    assert (found.name, found.company, found.day) == ("Ada", "Ada Inc", ahead(ada, 14))
    assert (found.capacity.left_halves, found.next_free) == (2, ahead(ada, 25))
    assert [one.can_be_overridden for one in found.obstacles] == [True]
    assert [one.found.contact_name for one in found.alternatives] == ["Ben"]
    alike = ada.do(request_preview.preview, ada.rep, call(ada), "")
    assert [one.found.contact_name for one in alike.alternatives] == ["Ben"]
    assert ada.do(request_preview.preview, ada.rep, call(ada, None), "banking") is None
    with pytest.raises(NotAllowed):
        ada.do(request_preview.preview, GUEST, call(ada), "")


def test_a_deal_that_is_gone_is_said_at_its_field(ada: Crowd) -> None:
    with pytest.raises(RuleError) as refusal:
        send(ada, call(ada, opportunity_id="01NOBODY"))
    assert refusal.value.fields == {"opportunity": opportunities.GONE}


def test_asking_for_something_else_than_a_deal(ada: Crowd) -> None:
    card = ask(ada, purpose=Purpose.CAMPAIGN, purpose_words="Spring campaign")
    assert (card.purpose, card.opportunity) == ("Spring campaign", None)
    assert rows(ada, Opportunity) == []


@pytest.mark.parametrize("step", ["submit", "preview"])
def test_it_takes_the_same_statements_whatever_the_tables_hold(ada: Crowd, step: str) -> None:
    ada.add_many({f"One {at}": PLAIN for at in range(5)})

    def cost(at: int) -> int:
        values = call(ada, opportunity=f"Deal {at}")
        with counted(ada.world.db) as statements:
            if step == "submit":
                assert isinstance(send(ada, values), Submitted)
            else:
                assert ada.do(request_preview.preview, ada.rep, values, "banking emea") is not None
        return len(statements)

    for name in ("One", "Two"):  # who competes with nobody costs a little less
        send(ada, call(ada, opportunity=name))
    few = cost(0)
    ada.add_many({f"Another {at}": Profile(industry="banking", country="DE", region="EMEA") for at in range(150)})
    for at in range(1, 6):
        send(ada, call(ada, opportunity=f"Deal {at}"))
    assert cost(6) == few
    assert few <= MOST_STATEMENTS


def test_where_nobody_else_has_the_one_thing_asked_for_somebody_of_the_kind_is_offered(ada: Crowd) -> None:
    ada.add_many({"Ben": PLAIN, "Cid": replace(PLAIN, industry="aerospace")})
    found = ada.do(request_preview.preview, ada.rep, call(ada), '"ada inc"')
    assert [one.found.contact_name for one in found.alternatives] == ["Ben"]
