"""The journey: what is done, what comes next, and forms that give back what they show."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from domain.advocates import Card, Consent, ConsentScope, Interview, Profile, State, notes_mark
from domain.errors import RuleError
from tests.views.reading import Shown, buttons, field, filled, read
from tests.views.samples import CARD, CONSENT, NOW, PORTRAIT, PROFILE, advocate
from views import advocates as view
from views import portrait
from views.blocks import read_metadata
from views.ids import Action

TODAY = date(2026, 5, 3)
HELD = Interview(at=NOW, held=True, notes="Kind and frank.")
READY = advocate(interview=HELD, missing=())


def _primary(shown: dict[str, object]) -> list[str]:
    return [label for label, button in buttons(shown).items() if button.get("style") == "primary"]


@pytest.mark.parametrize(
    ("changes", "following"),
    [
        ({"state": State.INTRODUCED, "interview": None, "missing": ("the interview",)}, ["Schedule"]),
        ({"missing": ("the interview",)}, ["Notes"]),
        ({"interview": HELD, "missing": ("their title", "the industry")}, ["Edit"]),
        ({"interview": HELD, "consent": None, "missing": ("the customer's consent to be listed",)}, ["Record"]),
        ({"interview": HELD}, ["Publish"]),
        ({"interview": HELD, "state": State.ACTIVE}, []),
    ],
)
def test_the_next_step_stands_out(changes: dict[str, object], following: list[str]) -> None:
    assert _primary(view.journey(advocate(**changes), TODAY)) == following


@pytest.mark.parametrize(
    ("state", "labels"),
    [
        (State.INTRODUCED, {"Reschedule", "Retire"}),
        (State.INTERVIEWING, {"Reschedule", "Publish", "Retire"}),
        (State.ACTIVE, {"Let them rest", "Retire"}),
        (State.RESTING, {"End the rest", "Retire"}),
        (State.RETIRED, {"Begin again"}),
    ],
)
def test_only_legal_moves_are_offered(state: State, labels: set[str]) -> None:
    always = {"Notes", "Edit", "Record", "Contact details", "What they have approved", "Limits and pause"}
    always.add("What they got back")
    assert set(buttons(view.journey(advocate(state=state), TODAY))) - always == labels


def test_the_journey_says_what_was_noted_at_the_introduction() -> None:
    card = advocate(introduced_by_slack_id="U0KIM", introduction_note="Prefers mornings.\nNo calls in May.")
    text = read(view.journey(card, TODAY))
    assert "*Introduction*: done, recorded by <@U0KIM>\n> Prefers mornings.\n> No calls in May." in text


def test_the_journey_says_where_each_step_stands() -> None:
    text = read(view.journey(advocate(missing=("the interview", "their title")), TODAY))
    for part in (
        "Now: *being interviewed*. Put forward by <@U0SAM> and <@U0KIM>.",
        "*Introduction*: done",
        "with <@U0KIM>, <https://meet.example/1|join>",
        "*Next: Conversation*: has it taken place?",
        "*Profile*: still missing: their title",
        "*Consent*: agreed on 20 April 2026 to: colleagues may find them here",
        "*Publish*: not yet",
    ):
        assert part in text


def test_a_consent_that_has_ended_is_the_next_step_and_says_what_follows() -> None:
    card = advocate(state=State.ACTIVE, interview=HELD, consent=replace(CONSENT, until=TODAY - timedelta(days=1)))
    shown = view.journey(card, TODAY)
    assert _primary(shown) == ["Renew"]
    assert "It has ended, so nobody finds them until they agree again. Agreed on 20 April 2026" in read(shown)
    form = view.consent(card, TODAY, TODAY + timedelta(days=365))
    assert "It has ended" in read(form)
    still = view.journey(advocate(state=State.ACTIVE, consent=replace(CONSENT, until=TODAY)), TODAY)
    assert "until 3 May 2026" in read(still)
    assert "It has ended" not in read(still)


def test_retiring_asks_first() -> None:
    assert buttons(view.journey(READY, TODAY))["Retire"]["confirm"]["style"] == "danger"


def test_an_introduction_may_come_with_a_note() -> None:
    typed = filled(view.introduced(CARD))
    assert view.introduced_from(typed) is None
    typed["note"]["note"]["value"] = "Prefers mornings"
    assert view.introduced_from(typed) == "Prefers mornings"


def test_the_interview_comes_back() -> None:
    shown = view.interview(advocate(), now=NOW)
    assert view.interview_from(filled(shown)) == (NOW + timedelta(days=1), "https://meet.example/1", "U0KIM")


@pytest.mark.parametrize(
    ("now", "zone", "suggested"),
    [
        (datetime(2026, 5, 5, 9, tzinfo=UTC), "Europe/Berlin", datetime(2026, 5, 6, 8, tzinfo=UTC)),
        (datetime(2026, 5, 7, 23, tzinfo=UTC), "Asia/Tokyo", datetime(2026, 5, 11, 1, tzinfo=UTC)),
        (datetime(2026, 5, 8, 9, tzinfo=UTC), "America/New_York", datetime(2026, 5, 11, 14, tzinfo=UTC)),
        (datetime(2026, 5, 9, 9, tzinfo=UTC), "Mars/Olympus_Mons", datetime(2026, 5, 11, 10, tzinfo=UTC)),
    ],
)
def test_the_next_working_morning_is_suggested(now: datetime, zone: str, suggested: datetime) -> None:
    first = view.interview(advocate(interview=None), now=now, time_zone=zone)
    assert view.interview_from(filled(first))[0] == suggested


def test_an_interview_needs_a_time() -> None:
    with pytest.raises(RuleError) as refused:
        view.interview_from({})
    assert list(refused.value.fields) == ["at"]


def test_notes_come_back() -> None:
    assert view.notes_from(filled(view.notes(READY))) == ("Kind and frank.", True)
    assert view.notes_from(filled(view.notes(advocate()))) == (None, False)
    meta = read_metadata(view.notes(READY)["private_metadata"])
    assert meta == {"id": READY.id, "mark": notes_mark("Kind and frank.")}


def test_the_profile_comes_back_as_it_was() -> None:
    shown = view.profile(advocate())
    assert read_metadata(shown["private_metadata"]) == {"id": "01ADVOCATE", "version": 3}
    assert field(shown, "country")["element"]["initial_value"] == "Germany"
    assert view.profile_from(filled(shown)) == PROFILE


def test_an_empty_profile_comes_back_empty() -> None:
    assert view.profile_from(filled(view.profile(advocate(profile=Profile())))) == Profile()


def test_country_and_industry_take_their_usual_form() -> None:
    typed = filled(view.profile(advocate()))
    typed["country"]["country"]["value"] = "Deutschland"
    other = {"value": "Underwater basket weaving", "text": {"text": 'Use "Underwater basket weaving"'}}
    typed["industry"]["word"]["selected_option"] = other
    changed = view.profile_from(typed)
    assert (changed.country, changed.region, changed.industry) == ("DE", "EMEA", "Underwater basket weaving")


def test_an_unknown_country_is_refused_at_its_field() -> None:
    typed = filled(view.profile(advocate()))
    typed["country"]["country"]["value"] = "Atlantis"
    with pytest.raises(RuleError) as refused:
        view.profile_from(typed)
    assert list(refused.value.fields) == ["country"]


def test_a_country_typed_freely_is_shown_as_typed() -> None:
    shown = view.profile(advocate(profile=replace(PROFILE, country="Atlantis")))
    assert field(shown, "country")["element"]["initial_value"] == "Atlantis"


def test_consent_comes_back() -> None:
    shown = view.consent(advocate(), date(2026, 5, 3))
    assert view.consent_from(filled(shown)) == CONSENT


def test_consent_needs_to_be_to_something() -> None:
    shown = view.consent(advocate(consent=None), date(2026, 5, 3))
    assert field(shown, "given_on")["element"]["initial_date"] == "2026-05-03"
    with pytest.raises(RuleError) as refused:
        view.consent_from(filled(shown))
    assert list(refused.value.fields) == ["scopes"]


def test_publishing_shows_what_colleagues_will_see() -> None:
    shown = view.publish(READY)
    text = read(shown)
    assert shown["submit"]["text"] == "Publish"
    for part in ("> It just works.", "> 40 % fewer tickets", "Germany (EMEA)", "*Would rather not*\npress"):
        assert part in text


def test_what_is_missing_is_listed_instead() -> None:
    shown = view.publish(advocate(missing=("the interview", "their title")))
    assert "submit" not in shown
    assert "• the interview\n• their title" in read(shown)


def portrait_of(card: Card, *, may_see_contact: bool = False) -> Shown:
    return portrait.portrait(replace(PORTRAIT, card=card, ready=(), may_see_contact=may_see_contact))


def test_a_colleague_sees_the_profile_and_never_the_notes() -> None:
    shown = portrait_of(replace(READY, state=State.ACTIVE))
    text = read(shown)
    assert "Kind and frank." not in text
    assert "<https://acme.example/story|https://acme.example/story>" in text
    assert "• see the wiki" in text
    assert "Checked on 3 May 2026" in text
    assert [*buttons(shown)] == ["Ask for them"]


def test_contact_details_are_a_button_for_whoever_may() -> None:
    shown = portrait_of(READY, may_see_contact=True)
    assert buttons(shown)["Contact details"]["action_id"] == Action.ADVOCATE_CONTACT


def test_a_profile_without_consent_says_so() -> None:
    assert "No consent recorded" in read(portrait_of(advocate(consent=None)))
    public = Consent((ConsentScope.PUBLIC,), date(2026, 1, 2), "signed")
    assert "Agreed on 2 January 2026 to: be named" in read(portrait_of(advocate(consent=public)))
