"""The request form asks what the activity needs, keeps its fields' names, and says what stands in the way."""

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from domain.capacity import Capacity
from domain.errors import RuleError
from domain.obstacles import Kind, Obstacle
from domain.opportunities import Deal, Status
from domain.request_outcomes import Fate, Happened, Outcome
from domain.request_values import Purpose, RequestValues, check_values
from domain.requests import State
from domain.vocabulary import Activity
from tests.views.reading import buttons, read
from tests.views.request_samples import CARD, NEED_BY, NOW, PREVIEW, VALUES, card
from views import (
    approvals,
    deals,
    fulfilment,
    home_requests,
    outcomes,
    request_alert,
    request_news,
    requests,
    scheduling,
)
from views.request_words import sought
from views.text import Block


def ids(form: Block) -> set[str]:
    return {block["block_id"] for block in form["blocks"] if block["type"] == "input"}


@pytest.mark.parametrize("activity", Activity)
@pytest.mark.parametrize("purpose", Purpose)
def test_every_refusal_finds_its_field(activity: Activity, purpose: Purpose) -> None:
    empty = RequestValues(activity, None, purpose)
    with pytest.raises(RuleError) as refusal:
        check_values(empty, NOW, NOW.date())
    assert set(refusal.value.fields) <= ids(requests.form(empty))
    past = date(2020, 1, 1)
    wrong = replace(empty, need_by=past, deadline=past, event_on=past, slots=(NOW - timedelta(days=9),))
    with pytest.raises(RuleError) as refusal:
        check_values(wrong, NOW, NOW.date())
    assert set(refusal.value.fields) <= ids(requests.form(wrong))


def test_what_was_typed_comes_back() -> None:
    form = requests.form(VALUES, looked_for="banking emea")
    state: dict[str, dict[str, Any]] = {
        "activity": {"request_activity": {"selected_option": {"value": "reference call"}}},
        "need_by": {"request_day": {"selected_date": NEED_BY.isoformat()}},
        "purpose": {"request_purpose": {"selected_option": {"value": "deal"}}},
        "opportunity": {"request_deal": {"selected_option": {"value": "new:Sonnenblick: rollout"}}},
        "slots_2": {"request_day": {"selected_date_time": 1781253000}},
    }
    values = requests.values_from(state, json.loads(form["private_metadata"]))
    assert (values.advocate_id, values.criteria, values.opportunity) == (
        VALUES.advocate_id,
        "banking emea",
        "Sonnenblick: rollout",
    )
    assert (values.need_by, len(values.slots)) == (NEED_BY, 1)


def test_it_says_what_is_left_what_is_in_the_way_and_who_else() -> None:
    text = read(requests.form(VALUES, chosen=PREVIEW))
    assert "1½ of 2 left* around 20 June" in text
    assert "free from 2 June" in text
    assert ":warning: Ada Lovelace was asked for a reference call on 1 June" in text
    assert "the advocacy team then decides" in text
    assert "Ask for them instead" in text
    never = replace(PREVIEW, obstacles=(Obstacle(Kind.REFUSED, "does not want to"),))
    assert "can't be sent for them" in read(requests.form(VALUES, chosen=never))


def test_two_days_are_told_apart() -> None:
    labels = {
        activity: str(requests.form(replace(VALUES, activity=activity))["blocks"])
        for activity in (Activity.REFERENCE_CALL, Activity.CASE_STUDY, Activity.SPEAKER)
    }
    assert "By when do you need them?" in labels[Activity.REFERENCE_CALL]
    assert "By when do you need the customer's part?" in labels[Activity.CASE_STUDY]
    assert "By when do you need their yes?" in labels[Activity.SPEAKER]


def test_two_who_ask_do_so_together() -> None:
    both = card(requester_slack_ids=("U0CAMILLE", "U0DESMOND"))
    assert "<@U0CAMILLE> and <@U0DESMOND> ask for" in request_alert.alert(both).text


def test_a_known_deal_needs_no_amount() -> None:
    known = replace(VALUES, opportunity_id="01DEAL")
    assert "amount" in ids(requests.form(VALUES))
    assert "amount" not in ids(requests.form(known))


def test_deals_are_offered_with_what_tells_them_apart() -> None:
    deal = Deal("01", "Rollout", Status.OPEN, "Acme", 12_345_600, "EUR", "Proposal", date(2026, 9, 1))
    known, typed = deals.options("roll", [deal])
    assert (known["value"], known["description"]["text"]) == (
        "deal:01",
        "Acme · EUR 123,456 · Proposal · closes 1 September 2026",
    )
    assert (typed["value"], typed["text"]["text"]) == ("new:roll", "Use “roll”")
    assert [one["value"] for one in deals.options("Rollout", [deal])] == ["deal:01", "new:Rollout"]  # Acme's, or not
    assert len(deals.options("Rollout", [replace(deal, account=None)])) == 1
    assert deals.options("  ", []) == []


@pytest.mark.parametrize(
    ("state", "ways"),
    [
        (State.NEW, ["Take it back"]),
        (State.AWAITING_OWNER, ["Take it back"]),
        (State.APPROVED, ["Contact details", "Set the time", "Take it back"]),
        (State.COMPLETED, []),
        (State.DECLINED, []),
        (State.EXPIRED, []),
    ],
)
def test_home_offers_what_can_be_done(state: State, ways: list[str]) -> None:
    rows = home_requests.mine([card(state=state)], "U0SAM", NOW, few=False)
    assert list(buttons({"blocks": rows})) == ways


def test_home_asks_how_it_went_once_the_day_is_over() -> None:
    rows = home_requests.mine(
        [card(state=State.SCHEDULED, scheduled_for=NOW - timedelta(hours=2))], "U0SAM", NOW, few=True
    )
    assert next(iter(buttons({"blocks": rows}))) == "How did it go?"
    assert "Next: tell how it went." in read({"blocks": rows})


def test_home_says_how_many_more() -> None:
    some = [card(id=f"R{at}") for at in range(20)]
    assert "And 18 more." in read({"blocks": home_requests.mine(some, "U0SAM", NOW, few=True)})
    assert home_requests.mine([], "U0SAM", NOW, few=True) == []


def test_the_times_that_were_proposed_are_at_hand() -> None:
    form = scheduling.form(card(state=State.APPROVED), can_override=False)
    at = next(block["element"] for block in form["blocks"] if block.get("block_id") == "at")
    assert at["initial_date_time"] == 1781253000
    assert "reason" not in ids(form)
    assert "reason" in ids(scheduling.form(CARD, can_override=True))


def test_the_outcome_asks_what_belongs_to_the_answer() -> None:
    assert ids(outcomes.form(CARD)) == {"happened", "rating", "words"}
    assert ids(outcomes.form(CARD, Happened.NO)) == {"happened", "words"}
    assert ids(outcomes.form(CARD, Happened.MOVED)) == {"happened", "moved_to"}
    told = outcomes.noted(card(state=State.COMPLETED, outcome=Outcome(Happened.YES, 4)))
    assert told.text == "Thank you, noted: a reference call with Ada Lovelace of Acme took place, and went 4 of 5."
    assert outcomes.fate_noted(card(fate=Fate.WON)).text == "Thank you, noted about Sonnenblick: rollout: won."


def test_the_yes_says_when_and_leads_on() -> None:
    message = request_news.approved(card(state=State.APPROVED))
    assert "is approved for 12 June 2026. That time is reserved for you." in message.text
    assert list(buttons({"blocks": message.blocks})) == ["Contact details", "Set the time", "Take it back"]


def test_whoever_asked_already_is_named_to_the_reader() -> None:
    text = read(requests.join(CARD, is_in_it=False, reader="U0KIM", on_form=True))
    assert "<@U0SAM> asked for *a reference call with Ada Lovelace of Acme*, for Sonnenblick: rollout." in text
    assert "you asked for" in read(requests.join(CARD, is_in_it=True, reader="U0SAM", on_form=False))


@pytest.mark.parametrize(
    ("criteria", "read_as"),
    [
        ("industry:banking country:CL", "industry: banking, country: Chile"),
        ('persona:"head of IT" -region:EMEA zero trust', "persona: head of IT, not region: EMEA, zero trust"),
        ("Somebody in retail who knows us: any role", "Somebody in retail who knows us: any role"),
        ("country:Nowhere", "country: Nowhere"),
        ("<!channel> industry:<@U1>", "&lt;!channel&gt; industry: &lt;@U1&gt;"),
    ],
)
def test_whom_somebody_looks_for_is_read_without_the_signs_of_a_query(criteria: str, read_as: str) -> None:
    assert sought(criteria) == read_as


def test_who_decides_reads_what_the_deal_is_worth_and_when_it_closes() -> None:
    whole = "Sonnenblick: rollout · EUR 120,000.50 · closes on 30 September 2026"
    waits = card(state=State.AWAITING_OWNER)
    for shown in (
        request_alert.alert(waits).blocks,
        approvals.ask(waits, Capacity(1, 4, 3, None)).blocks,
        fulfilment.propose(waits, [], "", None, NEED_BY)["blocks"],
    ):
        assert whole in read({"blocks": list(shown)})
    bare = request_alert.alert(card(worth=None, closes_on=None))
    assert "rollout\n" in read({"blocks": list(bare.blocks)})
