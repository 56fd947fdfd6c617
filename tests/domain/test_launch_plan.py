"""The rules of launch plans: templates, moves, reminders, checks."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.errors import NotFound, RuleError
from domain.launch_plan import (
    MOST_FUNCTIONS,
    MOST_TASKS,
    MOVES,
    TITLE_LIMIT,
    WORDS_LIMIT,
    Move,
    Part,
    Phase,
    Progress,
    State,
    Task,
    Template,
    after,
    check_day,
    check_functions,
    check_posting,
    check_room,
    check_version,
    found,
    is_long_late,
    is_to_be_told,
    is_told_beside,
    progress_of,
)
from domain.launch_templates import drafted
from domain.people import Function

MONDAY = date(2026, 9, 7)
SOME = (Function.SALES, Function.CUSTOMER_SUCCESS)

TASK = Task(
    id="T",
    phase=Phase.ANNOUNCE,
    part=Part.LEADER,
    function=None,
    title="Tell",
    planned=MONDAY,
    due=MONDAY,
    owner_id="p",
    owner="Kim",
    owner_slack_id="UKIM",
    owner_is_here=True,
    place=None,
    words=None,
    state=State.OPEN,
    done_on=None,
    version=1,
)


def works(day: date) -> bool:
    return day.weekday() < 5


@pytest.mark.parametrize("template", Template)
def test_a_template_has_every_phase_every_part_and_fits(template: Template) -> None:
    drafts = [*drafted(template, MONDAY, tuple(Function)[:MOST_FUNCTIONS], works)]
    assert {draft.phase for draft in drafts} == set(Phase)
    assert {draft.part for draft in drafts} == set(Part)
    assert len(drafts) <= MOST_TASKS
    assert all(len(draft.title) <= TITLE_LIMIT and len(draft.words or "") <= WORDS_LIMIT for draft in drafts)
    assert all("{" not in draft.title for draft in drafts)


@pytest.mark.parametrize("template", Template)
def test_every_task_lies_on_a_working_day_from_the_first_one_on(template: Template) -> None:
    for ahead in range(7):
        first = MONDAY + timedelta(days=ahead)
        drafts = [*drafted(template, first, SOME, works)]
        assert all(works(draft.due) and draft.due >= first for draft in drafts)
        assert min(draft.due for draft in drafts) <= first + timedelta(days=2)


@pytest.mark.parametrize("template", Template)
def test_what_concerns_each_function_is_there_once_for_each(template: Template) -> None:
    drafts = [*drafted(template, MONDAY, SOME, works)]
    for phase in Phase:
        of_sales = [draft.title for draft in drafts if draft.phase is phase and draft.function is Function.SALES]
        of_success = [d.title for d in drafts if d.phase is phase and d.function is Function.CUSTOMER_SUCCESS]
        assert [title.replace("sales", "customer success") for title in of_sales] == of_success
    assert {draft.function for draft in drafts if draft.part is Part.MANAGER} == set(SOME)
    assert {draft.function for draft in drafts if draft.part is Part.CHAMPION} == {None}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("move", Move)
def test_only_what_the_table_says_is_possible(state: State, move: Move) -> None:
    if (state, move) in MOVES:
        assert after(state, move) is MOVES[state, move]
    else:
        with pytest.raises(RuleError, match=r"\.$"):
            after(state, move)
    assert all(start is not State.POSTED for start, _move in MOVES), "what was posted can't be unsaid"


@pytest.mark.parametrize(
    ("days_from_due", "told_days_from_due", "expected"),
    [
        (-8, None, False),
        (-7, None, True),
        (-1, None, True),  # after a pause: the heads-up comes late, once
        (-6, -7, False),
        (0, -7, True),
        (0, 0, False),
        (1, -7, True),  # the day was a day off
        (1, 0, False),
        (3, 0, True),
        (3, None, True),  # missed all of it: one message
        (4, 3, False),
        (90, 3, False),  # nobody is pressed for ever
        (90, None, True),
    ],
)
def test_an_owner_hears_a_week_before_on_the_day_and_once_when_late(
    days_from_due: int, told_days_from_due: int | None, expected: bool
) -> None:
    told = None if told_days_from_due is None else MONDAY + timedelta(days=told_days_from_due)
    assert is_to_be_told(MONDAY, told, MONDAY + timedelta(days=days_from_due)) is expected


def test_a_task_that_was_moved_is_told_anew_before_its_new_day() -> None:
    told, due = MONDAY, MONDAY + timedelta(days=20)
    assert not is_to_be_told(due, told, due - timedelta(days=8))
    assert is_to_be_told(due, told, due - timedelta(days=7))


def test_what_is_near_is_named_beside_and_what_is_late_for_long_is_reported() -> None:
    assert not is_told_beside(MONDAY, MONDAY - timedelta(days=8))
    assert is_told_beside(MONDAY, MONDAY - timedelta(days=7))
    assert not is_long_late(MONDAY, MONDAY + timedelta(days=2))
    assert is_long_late(MONDAY, MONDAY + timedelta(days=3))


def test_progress_counts_what_is_posted_as_done_and_not_what_was_left_out() -> None:
    late = replace(TASK, due=MONDAY - timedelta(days=1))
    some = [TASK, late, *(replace(TASK, state=state) for state in (State.DONE, State.POSTED, State.LEFT_OUT))]
    assert progress_of(some, MONDAY) == Progress(done=2, total=4, late=1, next_on=late.due)
    assert progress_of([replace(TASK, state=State.LEFT_OUT)], MONDAY) == Progress(0, 0, 0, None)


@pytest.mark.parametrize("days", [None, -1, 367])
def test_a_day_that_is_missing_over_or_too_far_is_refused_at_the_field(days: int | None) -> None:
    with pytest.raises(RuleError) as refusal:
        check_day(None if days is None else MONDAY + timedelta(days=days), MONDAY, "due")
    assert set(refusal.value.fields) == {"due"}


@pytest.mark.parametrize("days", [0, 1, 366])
def test_any_other_day_is_taken(days: int) -> None:
    assert check_day(MONDAY + timedelta(days=days), MONDAY) == MONDAY + timedelta(days=days)


@pytest.mark.parametrize("number", [0, MOST_FUNCTIONS + 1])
def test_too_few_and_too_many_functions_are_refused_at_the_field(number: int) -> None:
    with pytest.raises(RuleError) as refusal:
        check_functions(tuple(Function)[:number])
    assert set(refusal.value.fields) == {"functions"}


def test_words_need_a_channel_and_a_channel_words() -> None:
    check_posting(None, None)
    check_posting("C1", "Hello")
    for place, words, field in (("C1", None, "words"), (None, "Hello", "channel")):
        with pytest.raises(RuleError) as refusal:
            check_posting(place, words)
        assert set(refusal.value.fields) == {field}


def test_a_full_plan_takes_no_more() -> None:
    check_room(MOST_TASKS - 1)
    with pytest.raises(RuleError, match="holds 40 tasks"):
        check_room(MOST_TASKS)


def test_nobody_decides_on_what_they_have_not_seen() -> None:
    check_version(2, 2)
    with pytest.raises(RuleError, match="changed in the meantime"):
        check_version(1, 2)


def test_one_of_them_is_found_and_another_is_not() -> None:
    assert found([TASK], "T") is TASK
    with pytest.raises(NotFound):
        found([TASK], "U")
