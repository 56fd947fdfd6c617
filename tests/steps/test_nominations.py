"""Nominating and endorsing: once, whoever else does the same, and at a known cost; on both databases."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from threading import Event

import pytest
from sqlalchemy import event, select

from domain.errors import AlreadyDone, NotAllowed, NotFound, RuleError
from domain.messages import Kind
from domain.nominations import Card, DeclineReason, Source, Values, Word
from domain.people import Actor
from steps import contacts as step_contacts
from steps import nominations, review
from steps.nominations import AlreadyKnown, Submitted
from storage.guard import GuardedSession
from storage.nominations import Contact, Nomination
from storage.outbox import Message, Status
from tests.patience import PATIENCE
from tests.steps.office import GRACE, Office, office
from tests.steps.race import ROUNDS, at_once
from tests.worlds import ADA, counted

__all__ = ["office"]


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


SUBMIT_COSTS = 16
"""Looked at: the receipt, the settings, the account, who must not be contacted and the keys that were replaced, who is
known, the contact, the nomination as it stands (2).
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
    assert card.words == (Word("UREP2", "So do I."),)
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


def test_two_who_endorse_at_once_both_stand_in_the_alert(office: Office) -> None:
    nomination_id, moment = office.nominate(), office.world.moment()
    meets = Event()

    def waits(*arguments: object) -> None:
        statement = str(arguments[2])
        if "FOR UPDATE" in statement or statement.startswith(("UPDATE outbox", "BEGIN IMMEDIATE")):
            meets.set()

    def endorse() -> object:
        return office.world.do(office.id, nominations.endorse, office.other, moment, nomination_id, None)

    with office.world.db.session(office.id) as session, ThreadPoolExecutor(1) as second:
        nominations.endorse(session, office.colleague, office.world.moment(), nomination_id, None)
        session.flush()
        event.listen(office.world.db.engine, "before_cursor_execute", waits)
        endorsing = second.submit(endorse)
        assert meets.wait(PATIENCE)
        session.commit()
        assert isinstance(endorsing.result(10), Card)
    [alert] = office.world.do(office.id, waiting_alerts)
    assert "<@UREP2>" in str(alert.blocks)
    assert "<@UTEAM2>" in str(alert.blocks)


def waiting_alerts(session: GuardedSession) -> list[Message]:
    current = (Message.kind == Kind.NOMINATION_ALERT.value, Message.status == Status.WAITING.value)
    return list(session.scalars(select(Message).where(*current)))


def married(office: Office) -> tuple[str, Card]:
    """Somebody declined, and nominated again under the same address by another name. Answers both."""
    before = office.nominate()
    reason = DeclineReason.NOT_NOW
    office.world.do(office.id, review.decline, office.reviewer, office.world.moment(), before, reason, None)
    again = replace(ADA, contact_name="Ada King", company="Lovelace Estates")
    return before, office.world.nominate(office.id, office.colleague, again)


def test_the_team_says_that_they_are_two_people_and_is_warned_no_more(office: Office) -> None:
    submit(office, office.rep, NO_EMAIL)
    submit(office, office.colleague, replace(NO_EMAIL, why="Another Ada."), "view:V2")
    moment = office.world.moment()
    card = office.world.do(office.id, nominations.submit_somebody_else, office.colleague, moment, "view:V2").card
    apart = partial(office.world.do, office.id, step_contacts.keep_apart)
    with pytest.raises(NotAllowed):
        apart(office.rep, office.world.moment(), card.id)
    assert office.card(card.id).possible_duplicate_of is not None
    assert apart(office.reviewer, office.world.moment(), card.id).possible_duplicate_of is None
    alert = [one for one in messages(office) if one.slot == f"alert:{card.id}"][-1]
    assert "Possibly a duplicate" not in str(alert.blocks)
    with pytest.raises(AlreadyDone):
        apart(office.reviewer, office.world.moment(), card.id)


def test_another_name_for_a_known_address_is_shown_and_not_lost(office: Office) -> None:
    _before, card = married(office)
    assert (card.contact_name, card.company) == (ADA.contact_name, ADA.company)
    assert (card.written_name, card.written_company) == ("Ada King", "Lovelace Estates")
    [alert] = [one for one in messages(office) if one.slot == f"alert:{card.id}"]
    assert "Written as Ada King of Lovelace Estates" in str(alert.blocks)


def test_the_team_may_use_the_name_as_written(office: Office) -> None:
    _before, card = married(office)
    use = partial(office.world.do, office.id, step_contacts.use_as_written)
    with pytest.raises(NotAllowed):
        use(office.rep, office.world.moment(), card.id)
    renamed = use(office.reviewer, office.world.moment(), card.id)
    assert (renamed.contact_name, renamed.company, renamed.written_name) == ("Ada King", "Lovelace Estates", None)
    with pytest.raises(AlreadyDone):
        use(office.reviewer, office.world.moment(), card.id)


def test_a_name_that_is_somebody_elses_stays_theirs(office: Office) -> None:
    _before, card = married(office)
    other = replace(ADA, contact_name="Ada King", company="Lovelace Estates", email=None)
    office.world.nominate(office.id, office.rep, other)
    with pytest.raises(RuleError, match="merge"):
        office.world.do(office.id, step_contacts.use_as_written, office.reviewer, office.world.moment(), card.id)
    assert office.card(card.id).contact_name == ADA.contact_name


def messages(office: Office) -> list[Message]:
    found: list[Message] = office.world.do(office.id, lambda session: list(session.scalars(select(Message))))
    return found


def test_a_number_and_a_link_that_are_none_are_told_at_their_fields(office: Office) -> None:
    with pytest.raises(RuleError) as refused:
        submit(office, office.rep, replace(ADA, phone="ask Kim", evidence_link="see the wiki"))
    assert refused.value.fields.keys() == {"phone", "evidence_link"}
    kept = submit(office, office.rep, replace(ADA, phone=" (030) 901820 ", evidence_link="https://acme.example/x"))
    assert isinstance(kept, Submitted)
    look = partial(office.world.do, office.id, step_contacts.of_nomination, office.reviewer, office.world.moment())
    assert look(kept.card.id)[3] == "(030) 901820"
