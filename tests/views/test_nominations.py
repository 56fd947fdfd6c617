"""The form: opens with what is known, keeps what was typed, and gives it back."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.command_text import Draft
from domain.nominations import Values
from domain.vocabulary import Activity
from tests.views.reading import buttons, check, field, filled, read
from tests.views.samples import CARD, card
from views import nominations as view
from views.blocks import read_metadata
from views.ids import Action, Callback

FULL = Values(
    contact_name="Ada Lovelace",
    company="Acme, Inc.",
    why="Runs our EU rollout.\nLoves it.",
    email="ada@acme.example",
    customer_knows=True,
    title="Head of Data",
    persona="economic buyer",
    phone="+49 30 1234",
    industry="banking",
    country="Germany",
    products=("Core", "Edge"),
    use_cases="Fraud detection",
    activities=(Activity.REFERENCE_CALL.value, Activity.CASE_STUDY.value),
    relationship="Her account manager",
    evidence_link="https://acme.example/p1",
    evidence_text="It saved my team!",
)
ESSENTIALS = ["contact_name", "company", "email", "why", "customer_knows"]


def _form(
    values: Draft | Values | None, *, details: bool = False, meta: dict[str, str] | None = None
) -> dict[str, object]:
    return view.form(values, source="command", meta=meta or {}, details=details)


def test_an_empty_form_asks_for_five_things_and_offers_more() -> None:
    shown = _form(None)
    assert shown["callback_id"] == Callback.NOMINATE
    assert list(filled(shown)) == ESSENTIALS
    assert buttons(shown)["Add details"]["action_id"] == Action.SHOW_DETAILS
    assert "Leave this empty if you don't have it." in read(shown)


def test_what_follows_the_command_fills_the_form() -> None:
    shown = _form(Draft("Ada Lovelace", "Acme", "ada@acme.example", "runs our EU rollout"))
    company = field(shown, "company")["element"]
    assert company["action_id"] == Action.COMPANY
    assert company["initial_option"]["text"]["text"] == 'Use "Acme"'
    assert company["initial_option"]["value"] == "new:Acme"
    assert field(shown, "contact_name")["element"]["initial_value"] == "Ada Lovelace"
    assert field(shown, "email")["element"]["initial_value"] == "ada@acme.example"
    assert field(shown, "why")["element"]["initial_value"] == "runs our EU rollout"


def test_details_keep_the_ids_of_the_fields_above_them() -> None:
    folded, unfolded = filled(_form(FULL)), filled(_form(FULL, details=True))
    assert {name: list(unfolded[name]) for name in folded} == {name: list(folded[name]) for name in folded}
    assert "Add details" not in buttons(_form(FULL, details=True))


def test_what_was_filled_in_comes_back() -> None:
    shown = _form(FULL, details=True)
    check(shown)
    assert view.values_from(filled(shown), read_metadata(str(shown["private_metadata"]))) == FULL


def test_unfolding_loses_nothing() -> None:
    """The form as a message shortcut opens it, then with details."""
    evidence = Values("", "", "", evidence_text="It saved my team!")
    first = _form(evidence, meta={"evidence_link": "https://slack.example/p1"})
    meta = read_metadata(str(first["private_metadata"]))
    values = view.values_from(filled(first), meta)
    assert (values.evidence_text, values.evidence_link) == ("It saved my team!", "https://slack.example/p1")
    second = view.form(values, source=meta["source"], meta=meta, details=True)
    again = view.values_from(filled(second), read_metadata(second["private_metadata"]))
    assert again == values
    assert "> It saved my team!" in read(second)


def test_a_link_taken_out_of_the_form_stays_out() -> None:
    shown = _form(FULL, details=True)
    typed = filled(shown)
    typed["evidence_link"]["evidence_link"]["value"] = None
    assert view.values_from(typed, read_metadata(str(shown["private_metadata"]))).evidence_link is None


def test_an_account_comes_back_with_its_id() -> None:
    known = replace(FULL, account_id="01ACME", company="Acme")
    shown = view.form(known, source="home", meta={}, account_label="Acme Corporation")
    values = view.values_from(filled(shown), {})
    assert (values.account_id, values.company) == ("01ACME", "Acme Corporation")


def test_activities_that_are_not_in_the_list_survive() -> None:
    shown = _form(replace(FULL, activities=("podcast",)), details=True)
    assert view.values_from(filled(shown), {}).activities == ("podcast",)


@pytest.mark.parametrize("email", ["not an address", "a@b", "x" * 300 + "@acme.example", "a b@c.example"])
def test_slack_is_not_given_an_address_that_it_would_refuse(email: str) -> None:
    assert "initial_value" not in field(_form(replace(FULL, email=email)), "email")["element"]


words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40).map(str.strip).filter(bool)


@given(name=words, company=words, why=words, knows=st.booleans())
def test_any_text_comes_back_as_it_was(name: str, company: str, why: str, knows: bool) -> None:  # hypothesis draws it
    given_values = Values(name, " ".join(company.split()), why, customer_knows=knows)
    shown = _form(given_values)
    assert view.values_from(filled(shown), {}) == given_values


def test_the_type_ahead_offers_accounts_and_what_was_typed() -> None:
    offered = view.company_options("acm", [("01", "Acme"), ("02", "Acme Labs")])
    assert [option["text"]["text"] for option in offered] == ["Acme", "Acme Labs", 'Use "acm"']
    assert [option["value"] for option in offered] == ["account:01", "account:02", "new:acm"]


def test_the_type_ahead_does_not_offer_a_known_company_as_new() -> None:
    assert [o["value"] for o in view.company_options(" ACME ", [("01", "Acme")])] == ["account:01"]
    assert view.company_options("  ", []) == []


@given(st.text(min_size=1, max_size=3000))
def test_options_always_fit(typed: str) -> None:
    for option in view.company_options(typed, [("01", typed)] * 200):
        assert 0 < len(option["value"]) <= 150
        assert 0 < len(option["text"]["text"]) <= 75
    assert len(view.company_options(typed, [("01", "Acme")] * 200)) <= 100


def test_already_known_offers_to_endorse_with_what_was_typed() -> None:
    shown = view.already_known(CARD, can_endorse=True, why="She is great", meta='{"id":"1"}', different_person=True)
    assert shown["callback_id"] == Callback.DUPLICATE
    assert shown["private_metadata"] == '{"id":"1"}'
    assert shown["submit"]["text"] == "Endorse"
    assert buttons(shown)["No, this is somebody else"]["action_id"] == Action.SOMEONE_ELSE
    assert view.note_from(filled(shown)) == "She is great"


def test_already_known_by_oneself_only_tells() -> None:
    shown = view.already_known(CARD, can_endorse=False, why="", meta="{}", different_person=False)
    assert "submit" not in shown
    assert buttons(shown) == {}
    assert "Your word for them counts already." in read(shown)


def test_thank_you_says_what_happens_next_and_when() -> None:
    assert "within 7 days" in read(view.submitted(CARD))
    assert "Ada Lovelace of Acme" in read(view.endorsed(CARD))


def test_the_answer_shows_the_question() -> None:
    shown = view.answer(card(question="Which products?", answer="The first try"))
    assert "> Which products?" in read(shown)
    assert shown["private_metadata"] == CARD.id
    assert view.answer_from(filled(shown)) == "The first try"


@pytest.mark.parametrize("evidence", ['"\n' * 1500, "x" * 3000, "😀" * 1500, "\\" * 3000])
def test_a_long_message_keeps_its_beginning_and_its_link(evidence: str) -> None:
    shown = _form(
        Values("", "", "", evidence_text=evidence), meta={"evidence_link": "https://slack.example/" + "p" * 400}
    )
    values = view.values_from(filled(shown), read_metadata(str(shown["private_metadata"])))
    assert values.evidence_text is not None
    assert len(values.evidence_text) > 700
    assert evidence.startswith(values.evidence_text.rstrip("…"))
    assert values.evidence_link is not None
