"""A run of the step *Nominate an advocate*: once, by the rules of nominating; on both databases."""

from dataclasses import replace
from functools import partial

import pytest

from domain.do_not_contact import Refused
from domain.errors import NotAllowed, RuleError
from domain.messages import Kind
from domain.nominations import Source, Values
from domain.people import Actor, Standing
from domain.workflow_steps import Outcome
from steps import do_not_contact, workflow_steps
from steps.workflow_steps import Run
from storage.drafts import Draft
from storage.outbox import Message
from tests.steps.office import Office, office
from tests.steps.race import ROUNDS, at_once
from tests.worlds import ADA

__all__ = ["office"]


def run(office: Office, actor: Actor, values: Values = ADA, receipt: str = "step:Fx1") -> Run:
    done = office.world.do(office.id, workflow_steps.nominate, actor, office.world.moment(), values, receipt)
    assert isinstance(done, Run)
    return done


def messages(office: Office) -> list[str]:
    """What is waiting to be sent, by its kind."""
    return sorted(office.world.do(office.id, lambda session: [row.kind for row in session.query(Message)]))


def test_a_new_customer_is_nominated_and_the_team_and_the_nominator_hear_of_it(office: Office) -> None:
    done = run(office, office.rep)
    assert done.outcome is Outcome.NOMINATED
    assert (done.card.source, done.card.nominator_id) == (Source.WORKFLOW, office.rep.person_id)
    assert messages(office) == sorted([Kind.NOMINATION_ALERT.value, Kind.NOMINATION_NEWS.value])


@pytest.mark.parametrize("again", [Outcome.NOMINATED, Outcome.ENDORSED, Outcome.KNOWN])
def test_the_same_run_told_twice_does_it_once_and_says_the_same(office: Office, again: Outcome) -> None:
    if again is Outcome.ENDORSED:
        office.nominate()
    elif again is Outcome.KNOWN:
        run(office, office.colleague, receipt="step:Fx0")
    first = run(office, office.colleague)
    before, waiting = office.count(), messages(office)
    second = run(office, office.colleague)
    assert (first.outcome, second.outcome, first.card.id) == (again, again, second.card.id)
    assert (office.count(), messages(office)) == (before, waiting)


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_the_same_run_told_twice_at_once_does_it_once(office: Office, round_: int) -> None:
    moments = [office.world.moment() for _ in range(2)]
    acts = [
        partial(
            lambda session, moment: workflow_steps.nominate(session, office.rep, moment, ADA, "step:Fx1"), moment=at
        )
        for at in moments
    ]
    answers = at_once(office.world.db, office.id, *acts)
    assert [getattr(answer, "outcome", answer) for answer in answers] == [Outcome.NOMINATED, Outcome.NOMINATED]
    assert office.count()["Nomination"] == 1
    assert messages(office) == sorted([Kind.NOMINATION_ALERT.value, Kind.NOMINATION_NEWS.value])


NEARLY = replace(ADA, contact_name="Lovelace, Ada", email=None)


@pytest.mark.parametrize("values", [ADA, NEARLY, replace(ADA, why="x" * 3000)])
def test_whom_a_colleague_nominated_is_endorsed(office: Office, values: Values) -> None:
    nomination_id = office.nominate()
    done = run(office, office.colleague, values)
    assert (done.outcome, done.card.id) == (Outcome.ENDORSED, nomination_id)
    assert office.card(nomination_id).endorser_slack_ids == (office.colleague.slack_user_id,)
    assert office.count()["Nomination"] == 1
    assert run(office, office.colleague, values, "step:Fx2").outcome is Outcome.KNOWN
    assert run(office, office.rep, values, "step:Fx3").outcome is Outcome.KNOWN
    assert office.count()["Endorsement"] == 1
    assert office.world.do(office.id, lambda session: session.query(Draft).all()) == []


def test_what_is_wrong_is_named_and_nothing_is_stored(office: Office) -> None:
    before = office.count()
    with pytest.raises(RuleError) as caught:
        run(office, office.rep, Values(" ", "", "", email="nonsense"))
    assert set(caught.value.fields) == {"contact_name", "company", "why", "email"}
    with pytest.raises(NotAllowed):
        run(office, replace(office.rep, standing=Standing.GUEST))
    assert office.count() == before


def test_who_must_not_be_contacted_is_not_nominated(office: Office) -> None:
    office.world.do(office.id, do_not_contact.add, office.reviewer, office.world.moment(), ADA.email)
    before = office.count()
    with pytest.raises(Refused):
        run(office, office.rep)
    assert office.count() == before
