"""What a request must say, by activity, and what makes no sense."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from domain.errors import RuleError
from domain.request_values import (
    FIELDS,
    LINE_LIMIT,
    MOST_SLOTS,
    TEXT_LIMIT,
    Field,
    Purpose,
    RequestValues,
    check_values,
    planned_day,
)
from domain.vocabulary import Activity

TODAY = date(2026, 5, 10)
NOW = datetime(2026, 5, 10, 9, tzinfo=UTC)
NEED_BY = date(2026, 6, 1)
PARIS = timezone(timedelta(hours=2))
SLOT = datetime(2026, 5, 20, 15, tzinfo=PARIS)
CALL = RequestValues(
    Activity.REFERENCE_CALL, NEED_BY, advocate_id="a1", opportunity="Globex renewal", attendees="Their CISO"
)
TALK = RequestValues(
    Activity.SPEAKER,
    NEED_BY,
    Purpose.CAMPAIGN,
    "Autumn tour",
    criteria="a CISO in healthcare",
    event_on=date(2026, 6, 20),
    place="Vienna",
    audience="200 hospital managers",
)

REQUIRED = {
    "reference call": {"attendees"},
    "group reference call": {"attendees"},
    "site visit": {"attendees"},
    "case study": {"deadline"},
    "quote or logo": {"format"},
    "video": {"deadline"},
    "public review": set(),
    "event speaker": {"event_on", "place", "audience"},
    "analyst briefing": {"audience"},
    "press": {"audience"},
    "advisory board": set(),
    "referral": {"audience"},
    "beta or product feedback": {"format"},
    "investor or executive meeting": {"attendees"},
}


def refused(values: RequestValues) -> dict[str, str]:
    with pytest.raises(RuleError) as error:
        check_values(values, NOW, TODAY)
    return error.value.fields


@pytest.mark.parametrize("values", [CALL, replace(CALL, slots=(SLOT,)), TALK])
def test_what_makes_sense_is_kept(values: RequestValues) -> None:
    assert check_values(values, NOW, TODAY) == values


@pytest.mark.parametrize("activity", Activity)
def test_what_each_activity_must_know(activity: Activity) -> None:
    bare = RequestValues(activity, NEED_BY, Purpose.OTHER, "The board wants it", criteria="anybody in retail")
    needed = REQUIRED[activity.value]
    assert {question.field.value for question in FIELDS[activity] if question.required} == needed
    if needed:
        assert set(refused(bare)) == needed
    else:
        assert check_values(bare, NOW, TODAY) == bare


def test_every_field_is_asked_by_some_activity_and_named_once_in_each() -> None:
    assert {question.field for asked in FIELDS.values() for question in asked} == set(Field)
    assert all(len({one.field for one in asked}) == len(asked) for asked in FIELDS.values())
    assert {field.value for field in Field} <= set(RequestValues.__dataclass_fields__)


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        (replace(CALL, need_by=None), "need_by", "By when do you need somebody?"),
        (replace(CALL, need_by=date(2026, 5, 9)), "need_by", "9 May is past. Today or later, please."),
        (
            replace(CALL, need_by=date(2027, 5, 11)),
            "need_by",
            "That is more than a year away. Nobody can promise a customer's time for so long.",
        ),
        (
            replace(CALL, advocate_id=None, criteria=" \u2066 "),
            "criteria",
            "Say whom you look for: an industry, a country, a role, a product.",
        ),
        (replace(CALL, opportunity="  "), "opportunity", "Which deal is it for? Its name is enough."),
        (replace(TALK, purpose_words=None), "purpose_words", "What is it for? A few words are enough."),
        (replace(CALL, attendees=None), "attendees", "Please answer this: Who takes part on the other side?"),
        (replace(TALK, event_on=date(2026, 5, 1)), "event_on", "1 May is past. Today or later, please."),
        (
            replace(TALK, event_on=date(2026, 5, 31)),
            "event_on",
            "That is before 1 June, by which you need somebody. Which one is right?",
        ),
        (
            replace(CALL, activity=Activity.CASE_STUDY, deadline=date(2027, 5, 11)),
            "deadline",
            "That is more than a year away. Nobody can promise a customer's time for so long.",
        ),
        (
            replace(CALL, slots=(SLOT, NOW)),
            "slots",
            "10 May, 09:00 is past. Times that are still to come, please.",
        ),
        (
            replace(CALL, slots=(datetime(2026, 6, 2, 0, 30, tzinfo=PARIS),)),
            "slots",
            "2 June, 00:30 is after the day by which you need somebody.",
        ),
        (
            replace(CALL, slots=tuple(SLOT + timedelta(hours=number) for number in range(MOST_SLOTS + 1))),
            "slots",
            "Up to 5 times, please.",
        ),
    ],
)
def test_what_makes_no_sense_is_said_at_its_field(values: RequestValues, field: str, sentence: str) -> None:
    assert refused(values) == {field: sentence}


def test_the_ends_of_what_is_possible() -> None:
    for day in (TODAY, TODAY + timedelta(days=365)):
        assert check_values(replace(CALL, need_by=day), NOW, TODAY).need_by == day
    same_day = replace(TALK, event_on=NEED_BY)
    assert check_values(same_day, NOW, TODAY) == same_day
    last = datetime(2026, 6, 1, 23, 59, tzinfo=PARIS)
    assert check_values(replace(CALL, slots=(last,)), NOW, TODAY).slots == (last,)


def test_everything_wrong_is_said_at_once() -> None:
    bad = replace(TALK, need_by=None, criteria="", purpose_words="x" * (LINE_LIMIT + 1), place="", audience="")
    assert set(refused(bad)) == {"need_by", "criteria", "purpose_words", "place", "audience"}
    assert str(LINE_LIMIT) in refused(bad)["purpose_words"]
    assert str(f"{TEXT_LIMIT:,}") in refused(replace(CALL, note="x" * (TEXT_LIMIT + 1)))["note"]


def test_answers_to_another_activity_or_purpose_are_left_out() -> None:
    both = replace(TALK, attendees="left over", slots=(NOW,), opportunity="left over", amount="1", close_on=TODAY)
    assert check_values(both, NOW, TODAY) == TALK
    assert check_values(replace(CALL, purpose_words="left over", event_on=date(2000, 1, 1)), NOW, TODAY) == CALL


def test_slots_come_in_order_and_once_and_text_is_cleaned() -> None:
    later = SLOT + timedelta(days=1)
    typed = replace(CALL, slots=(later, SLOT, SLOT.astimezone(UTC)), attendees=" Their\nCISO\x07 ", stage=" a \n b ")
    found = check_values(typed, NOW, TODAY)
    assert found.slots == (SLOT, later)
    assert (found.attendees, found.stage) == ("Their\nCISO", "a b")


def test_a_slot_without_a_zone_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="zone"):
        check_values(replace(CALL, slots=(datetime(2026, 5, 20, 15),)), NOW, TODAY)  # noqa: DTZ001  # that is the case


def test_the_day_that_counts_until_one_is_agreed() -> None:
    assert planned_day(CALL) == NEED_BY
    assert planned_day(replace(CALL, slots=(SLOT + timedelta(days=1), SLOT))) == date(2026, 5, 20)
    assert planned_day(TALK) == date(2026, 6, 20)
    assert planned_day(replace(CALL, need_by=None)) is None
