"""Nominating, endorsing, reviewing: once, in the right order, and with one winner; on both databases."""

from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import func, select

from domain.errors import AlreadyDone, IllegalMove, NotAllowed, NotFound, RuleError
from domain.nominations import Card, DeclineReason, Source, State, Values
from domain.people import Actor, Role
from steps import nominations, review
from steps.nominations import AlreadyKnown, Submitted
from steps.review import Acceptance
from storage import cards
from storage.audit import Audit
from storage.guard import GuardedSession
from storage.nominations import Contact, Endorsement, Nomination
from storage.outbox import Message
from storage.receipts import Receipt
from tests.steps.race import ROUNDS, at_once
from tests.worlds import ADA, World, counted

GRACE = Values(contact_name="Grace Hopper", company="Compilers Inc", why="She explains it well.")


@dataclass
class Office:
    """A workspace with two reps and two reviewers."""

    world: World
    id: str
    rep: Actor
    colleague: Actor
    reviewer: Actor
    other: Actor

    def nominate(self, values: Values = ADA) -> str:
        return self.world.nominate(self.id, self.rep, values).id

    def card(self, nomination_id: str) -> Card:
        found = self.world.do(self.id, cards.one, nomination_id)
        assert isinstance(found, Card)
        return found

    def accept(self, nomination_id: str) -> Card:
        moment = self.world.moment()
        how = Acceptance(None, moment.now.date() + timedelta(days=7))
        accepted = self.world.do(self.id, review.accept, self.reviewer, moment, nomination_id, how)
        assert isinstance(accepted, Card)
        return accepted

    def count(self) -> dict[str, int]:
        """How many rows there are of each kind that a step writes."""

        def read(session: GuardedSession) -> dict[str, int]:
            tables = (Audit, Contact, Endorsement, Message, Nomination, Receipt)
            return {table.__name__: session.scalar(select(func.count()).select_from(table)) or 0 for table in tables}

        found: dict[str, int] = self.world.do(self.id, read)
        return found


@pytest.fixture
def office(world: World) -> Office:
    workspace_id = world.workspace("T1")
    reps = [world.member(workspace_id, slack_id) for slack_id in ("UREP", "UREP2")]
    team = [world.member(workspace_id, slack_id, Role.TEAM) for slack_id in ("UTEAM", "UTEAM2")]
    return Office(world, workspace_id, *reps, *team)


def submit(office: Office, actor: Actor, values: Values = ADA, receipt: str = "view:V1") -> Submitted | AlreadyKnown:
    answer = office.world.do(
        office.id, nominations.submit, actor, office.world.moment(), values, Source.COMMAND, receipt
    )
    assert isinstance(answer, Submitted | AlreadyKnown)
    return answer


def test_the_same_receipt_twice_stores_once(office: Office) -> None:
    first = submit(office, office.rep)
    before = office.count()
    again = submit(office, office.rep)
    assert isinstance(first, Submitted)
    assert isinstance(again, Submitted)
    assert again.card.id == first.card.id
    assert office.count() == before


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_the_same_receipt_twice_at_once_stores_once(office: Office, round_: int) -> None:
    acts = [
        partial(
            lambda session, moment: nominations.submit(session, office.rep, moment, ADA, Source.COMMAND, "view:V1"),
            moment=office.world.moment(),
        )
        for _ in range(2)
    ]
    answers = at_once(office.world.db, office.id, *acts)
    assert [type(answer) for answer in answers] == [Submitted, Submitted]
    assert office.count()["Nomination"] == 1


SAME_EMAIL = replace(ADA, contact_name="A. King", company="Byron Holdings")
NO_EMAIL = replace(ADA, email=None)


@pytest.mark.parametrize("second", [ADA, SAME_EMAIL, NO_EMAIL, replace(ADA, contact_name="Lovelace, Ada")])
@pytest.mark.parametrize("round_", range(ROUNDS))
def test_two_who_nominate_the_same_customer_at_once(office: Office, second: Values, round_: int) -> None:
    pairs = [(office.rep, ADA, "view:V1"), (office.colleague, second, "view:V2")]
    acts = [
        partial(
            lambda session, actor, values, receipt, moment: nominations.submit(
                session, actor, moment, values, Source.COMMAND, receipt
            ),
            actor=actor,
            values=values,
            receipt=receipt,
            moment=office.world.moment(),
        )
        for actor, values, receipt in pairs
    ]
    answers = at_once(office.world.db, office.id, *acts)
    assert {type(answer) for answer in answers} == {Submitted, AlreadyKnown}
    counts = office.count()
    assert (counts["Nomination"], counts["Contact"]) == (1, 1)
    known = next(answer for answer in answers if isinstance(answer, AlreadyKnown))
    assert not known.is_own


def test_a_known_customer_is_offered_for_endorsement_and_reveals_no_contact_data(office: Office) -> None:
    submit(office, office.rep)
    answer = submit(office, office.colleague, receipt="view:V2")
    assert isinstance(answer, AlreadyKnown)
    assert (answer.is_own, answer.can_differ) == (False, False)
    assert "ada@engines.example" not in repr(answer)
    assert "7946" not in repr(answer)
    assert office.count()["Nomination"] == 1


def test_a_namesake_may_be_somebody_else(office: Office) -> None:
    submit(office, office.rep, NO_EMAIL)
    answer = submit(office, office.colleague, replace(NO_EMAIL, why="Another Ada."), "view:V2")
    assert isinstance(answer, AlreadyKnown)
    assert answer.can_differ
    moment = office.world.moment()
    stored = office.world.do(office.id, nominations.submit_somebody_else, office.colleague, moment, "view:V2")
    assert isinstance(stored, Submitted)
    assert stored.card.possible_duplicate_of == answer.card.id
    counts = office.count()
    assert (counts["Nomination"], counts["Contact"]) == (2, 2)
    again = office.world.do(
        office.id, nominations.submit_somebody_else, office.colleague, office.world.moment(), "view:V2"
    )
    assert again.card.id == stored.card.id
    with pytest.raises(NotFound):
        office.world.do(office.id, nominations.submit_somebody_else, office.rep, office.world.moment(), "view:V2")


def test_a_customer_whose_nomination_was_withdrawn_may_be_nominated_again(office: Office) -> None:
    first = office.nominate()
    office.world.do(office.id, nominations.withdraw, office.rep, office.world.moment(), first)
    second = office.nominate()
    assert second != first
    assert office.count()["Contact"] == 1


def test_an_address_decides_between_two_who_were_known_before(office: Office) -> None:
    """One contact has the address, another the name at this company; both are free to be nominated again."""
    elsewhere = replace(ADA, company="Byron Holdings")
    namesake = replace(ADA, email="another@engines.example")
    for values in (elsewhere, namesake):
        office.world.do(office.id, nominations.withdraw, office.rep, office.world.moment(), office.nominate(values))
    again = office.card(office.nominate(ADA))
    assert again.company == "Byron Holdings"
    assert office.count()["Contact"] == 2


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        (replace(ADA, contact_name=" "), {"contact_name"}),
        (replace(ADA, company="", why=""), {"company", "why"}),
        (replace(ADA, email="not an address"), {"email"}),
        (replace(ADA, country="Atlantis", why="x" * 4000), {"country", "why"}),
    ],
)
def test_what_needs_another_look_is_named_and_leaves_nothing(office: Office, values: Values, fields: set[str]) -> None:
    with pytest.raises(RuleError) as refused:
        submit(office, office.rep, values)
    assert refused.value.fields.keys() == fields
    assert set(office.count().values()) == {0}


def test_an_account_of_another_workspace_is_not_taken(office: Office) -> None:
    card = submit(office, office.rep, replace(ADA, account_id="01ARZ3NDEKTSV4RRFFQ69G5FAV")).card
    assert card.account_id is None
    assert card.company == ADA.company


def selects_and_writes(statements: list[str]) -> list[str]:
    return [statement for statement in statements if not statement.startswith(("BEGIN", "PRAGMA", "SHOW"))]


SUBMIT_COSTS = 14
"""Looked at: the receipt, the settings, the account, who is known, the contact, the nomination as it stands (2).
Written: audit, contact, nomination, receipt, the message that the alert replaces, messages, their subjects."""


def test_a_nomination_costs_the_same_however_many_there_are(office: Office) -> None:
    with counted(office.world.db) as first:
        submit(office, office.rep, receipt="first")
    fill(office, 1000)
    with counted(office.world.db) as later:
        submit(office, office.rep, GRACE, receipt="later")
    assert len(selects_and_writes(first)) == len(selects_and_writes(later)) == SUBMIT_COSTS


def fill(office: Office, number: int) -> None:
    """Many nominations of others, half of them at the companies that are nominated here."""

    def write(session: GuardedSession) -> None:
        now = office.world.now
        for place in range(number):
            company = ("compilers", "other")[place % 2]
            session.add(
                Contact(
                    id=f"c{place}",
                    name=f"Person {place}",
                    name_key=f"person {place}",
                    identity=f"person {place}",
                    company=company,
                    company_key=company,
                    created_at=now,
                )
            )
            facts = {"why": "w", "source": "web", "state": "submitted", "customer_knows": True, "created_at": now}
            session.add(Nomination(id=f"n{place}", contact_id=f"c{place}", nominator_id=office.rep.person_id, **facts))

    office.world.do(office.id, write)


def test_endorsing_counts_once(office: Office) -> None:
    nomination_id = office.nominate()
    endorse = partial(office.world.do, office.id, nominations.endorse)
    card = endorse(office.colleague, office.world.moment(), nomination_id, "So do I.")
    assert card.endorser_slack_ids == ("UREP2",)
    before = office.count()
    for actor in (office.colleague, office.rep):
        with pytest.raises(AlreadyDone):
            endorse(actor, office.world.moment(), nomination_id, None)
    assert office.count() == before


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_endorsing_twice_at_once_counts_once(office: Office, round_: int) -> None:
    nomination_id = office.nominate()
    acts = [
        partial(
            lambda session, moment: nominations.endorse(session, office.colleague, moment, nomination_id, None),
            moment=office.world.moment(),
        )
        for _ in range(2)
    ]
    answers = at_once(office.world.db, office.id, *acts)
    assert {type(answer) for answer in answers} == {Card, AlreadyDone}
    assert office.count()["Endorsement"] == 1


@pytest.mark.parametrize("round_", range(ROUNDS))
@pytest.mark.parametrize("loser", ["accept", "decline", "merge", "withdraw"])
def test_two_who_decide_at_once_have_one_winner_and_one_clear_answer(office: Office, loser: str, round_: int) -> None:
    nomination_id, target = office.nominate(), office.nominate(GRACE)
    due = office.world.now.date() + timedelta(days=7)
    one, two = office.world.moment(), office.world.moment()
    decisions = {
        "accept": lambda session: review.accept(session, office.other, two, nomination_id, Acceptance(None, due)),
        "decline": lambda session: review.decline(
            session, office.other, two, nomination_id, DeclineReason.NOT_NOW, None
        ),
        "merge": lambda session: review.merge(session, office.other, two, nomination_id, target),
        "withdraw": lambda session: nominations.withdraw(session, office.rep, two, nomination_id),
    }
    answers = at_once(
        office.world.db,
        office.id,
        lambda session: review.accept(session, office.reviewer, one, nomination_id, Acceptance("UREP", due)),
        decisions[loser],
    )
    winners = [answer for answer in answers if isinstance(answer, Card)]
    refusals = [answer for answer in answers if isinstance(answer, AlreadyDone | IllegalMove)]
    assert (len(winners), len(refusals)) == (1, 1)
    assert "already" in refusals[0].message or "can't" in refusals[0].message
    assert office.card(nomination_id).state is winners[0].state


def test_two_who_merge_into_each_other_leave_one(office: Office) -> None:
    one, two = office.nominate(), office.nominate(GRACE)
    moments = [office.world.moment() for _ in range(2)]
    at_once(
        office.world.db,
        office.id,
        lambda session: review.merge(session, office.reviewer, moments[0], one, two),
        lambda session: review.merge(session, office.other, moments[1], two, one),
    )
    states = {office.card(nomination_id).state for nomination_id in (one, two)}
    assert State.SUBMITTED in states


def test_taking_one_is_seen_by_the_second(office: Office) -> None:
    nomination_id = office.nominate()
    card = office.world.do(office.id, review.take, office.reviewer, office.world.moment(), nomination_id)
    assert card.reviewer_slack_id == "UTEAM"
    for actor, whose in ((office.other, "Name of UTEAM"), (office.reviewer, "You")):
        with pytest.raises(AlreadyDone, match=whose):
            office.world.do(office.id, review.take, actor, office.world.moment(), nomination_id)


def test_question_and_answer(office: Office) -> None:
    nomination_id = office.nominate()
    asked = office.world.do(office.id, review.ask, office.reviewer, office.world.moment(), nomination_id, "Since when?")
    assert (asked.state, asked.question) == (State.NEEDS_INFO, "Since when?")
    with pytest.raises(NotAllowed):
        office.world.do(office.id, nominations.answer, office.colleague, office.world.moment(), nomination_id, "1843")
    answered = office.world.do(office.id, nominations.answer, office.rep, office.world.moment(), nomination_id, "1843")
    assert (answered.state, answered.answer) == (State.SUBMITTED, "1843")
    with pytest.raises(IllegalMove):
        office.world.do(office.id, nominations.answer, office.rep, office.world.moment(), nomination_id, "Again")


def test_merging_hands_over_whoever_backed_it_each_once(office: Office) -> None:
    kept = office.nominate()
    merged = office.world.nominate(office.id, office.colleague, GRACE).id
    third = office.world.member(office.id, "UREP3")
    for nomination_id in (kept, merged):
        office.world.do(office.id, nominations.endorse, third, office.world.moment(), nomination_id, None)
    office.world.do(office.id, nominations.endorse, office.rep, office.world.moment(), merged, None)
    card = office.world.do(office.id, review.merge, office.reviewer, office.world.moment(), merged, kept)
    assert (card.state, card.merged_into) == (State.MERGED, kept)
    assert office.card(kept).endorser_slack_ids == ("UREP3", "UREP2")


def test_a_decline_can_be_taken_back(office: Office) -> None:
    nomination_id = office.nominate()
    declined = office.world.do(
        office.id,
        review.decline,
        office.reviewer,
        office.world.moment(),
        nomination_id,
        DeclineReason.NOT_NOW,
        "Next year.",
    )
    assert declined.decline_reason == "The timing is wrong for this customer. Next year."
    reopened = office.world.do(office.id, review.reopen, office.reviewer, office.world.moment(), nomination_id)
    assert (reopened.state, reopened.decline_reason, reopened.decided_by_slack_id) == (State.SUBMITTED, None, None)


def test_reopening_a_customer_who_was_nominated_again_meanwhile_is_refused_in_words(office: Office) -> None:
    nomination_id = office.nominate()
    office.world.do(
        office.id, review.decline, office.reviewer, office.world.moment(), nomination_id, DeclineReason.NOT_NOW, None
    )
    office.nominate()
    with pytest.raises(AlreadyDone, match="nominated again"):
        office.world.do(office.id, review.reopen, office.reviewer, office.world.moment(), nomination_id)


@pytest.mark.parametrize(
    "act",
    [
        lambda office, one: nominations.withdraw(one, office.rep, office.world.moment(), "x"),
        lambda office, one: nominations.endorse(one, office.rep, office.world.moment(), "x", None),
        lambda office, one: review.take(one, office.reviewer, office.world.moment(), "x"),
    ],
)
def test_what_is_not_there_is_not_found(office: Office, act: object) -> None:
    with pytest.raises(NotFound):
        office.world.do(office.id, lambda session: act(office, session))  # type: ignore[operator]  # a lambda above


def test_illegal_moves_leave_nothing_behind(office: Office) -> None:
    nomination_id, other = office.nominate(), office.nominate(GRACE)
    office.accept(nomination_id)
    before = office.count()
    moment, due = office.world.moment(), office.world.now.date()
    refused = [
        lambda session: review.accept(session, office.other, moment, nomination_id, Acceptance(None, due)),
        lambda session: review.accept(session, office.other, moment, other, Acceptance(None, due - timedelta(days=1))),
        lambda session: review.accept(session, office.other, moment, other, Acceptance("UNOBODY", due)),
        lambda session: review.accept(session, office.rep, moment, other, Acceptance(None, due)),
        lambda session: review.decline(session, office.rep, moment, other, DeclineReason.OTHER, None),
        lambda session: review.merge(session, office.other, moment, nomination_id, other),
        lambda session: review.merge(session, office.other, moment, other, other),
        lambda session: review.ask(session, office.other, moment, nomination_id, "Why?"),
        lambda session: review.ask(session, office.other, moment, other, "  "),
        lambda session: review.reopen(session, office.other, moment, other),
        lambda session: nominations.withdraw(session, office.rep, moment, nomination_id),
        lambda session: nominations.withdraw(session, office.colleague, moment, other),
    ]
    for act in refused:
        with pytest.raises(RuleError) as refusal:
            office.world.do(office.id, act)
        assert refusal.value.message.endswith((".", "?"))
    assert office.count() == before
    assert office.card(nomination_id).state is State.ACCEPTED
    assert office.card(other).state is State.SUBMITTED
