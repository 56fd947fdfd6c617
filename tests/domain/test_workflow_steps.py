"""The step's inputs, and the sentences about them that whoever built the workflow can act on."""

import pytest

from domain.errors import RuleError
from domain.nominations import NOTE_LIMIT, Values
from domain.workflow_steps import TITLES, complaint, nominator_in, note_of, values_in

GIVEN = {"contact_name": "Ada", "company": "Acme", "why": "Runs our rollout", "nominator": "U0SAM"}


def test_what_is_given_is_what_somebody_would_have_typed() -> None:
    assert values_in(GIVEN) == Values("Ada", "Acme", "Runs our rollout")
    more = {"email": "ada@acme.example", "title": "CTO", "customer_knows": True}
    expected = Values("Ada", "Acme", "Runs our rollout", "ada@acme.example", title="CTO", customer_knows=True)
    assert values_in(GIVEN | more) == expected
    assert values_in(GIVEN | {"email": None, "title": "", "customer_knows": None}) == values_in(GIVEN)
    assert values_in({}) == Values("", "", "")  # what is missing is named with what else is wrong


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"company": 5}, "Company: This has to be text."),
        ({"email": ["a"]}, "Customer's email address: This has to be text."),
        ({"customer_knows": "yes"}, "Does the customer know?: This has to be yes or no."),
    ],
)
def test_an_input_of_another_kind_is_named(changes: dict[str, object], words: str) -> None:
    with pytest.raises(RuleError) as caught:
        values_in(GIVEN | changes)
    assert complaint(caught.value) == words


@pytest.mark.parametrize("nominator", [None, "", 5, "sam", "<@U0SAM>", "U", "u0sam", "U0SAM; drop", "C0SALES"])
def test_who_nominates_is_a_person(nominator: object) -> None:
    with pytest.raises(RuleError) as caught:
        nominator_in(GIVEN | {"nominator": nominator})
    assert complaint(caught.value).startswith("Who nominates: Choose a person of this workspace")


def test_a_person_is_taken() -> None:
    assert nominator_in(GIVEN) == "U0SAM"
    assert nominator_in({"nominator": "W012A3CDE"}) == "W012A3CDE"


def test_every_field_that_is_wrong_is_named_and_a_rule_that_names_none_speaks_for_itself() -> None:
    error = RuleError("Some fields need another look.", {"company": "Which one?", "email": "Check it.", "phone": "No."})
    assert complaint(error) == "Company: Which one? Customer's email address: Check it."
    assert complaint(RuleError("Guests cannot.")) == "Guests cannot."
    assert set(TITLES) == {"contact_name", "company", "why", "nominator", "email", "title", "customer_knows"}


@pytest.mark.parametrize("length", [0, NOTE_LIMIT, NOTE_LIMIT + 1, 3000])
def test_a_long_reason_fits_into_a_note(length: int) -> None:
    note = note_of("x" * length)
    assert len(note) == min(length, NOTE_LIMIT)
    assert note.endswith("…") is (length > NOTE_LIMIT)
