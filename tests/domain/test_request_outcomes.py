"""What somebody may say of how it went."""

from datetime import date

import pytest

from domain.errors import RuleError
from domain.request_outcomes import WORDS_LIMIT, Happened, Outcome, check_outcome

TODAY = date(2026, 5, 10)
YES, NO, MOVED = Happened.YES, Happened.NO, Happened.MOVED


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        (Outcome(YES, 5, " Superb \x07"), Outcome(YES, 5, "Superb")),
        (Outcome(YES, 1, moved_to=TODAY), Outcome(YES, 1)),
        (Outcome(NO, 3, "They were ill"), Outcome(NO, None, "They were ill")),
        (Outcome(NO, 9, "", date(2020, 1, 1)), Outcome(NO)),
        (Outcome(MOVED, 4, None, TODAY), Outcome(MOVED, None, None, TODAY)),
    ],
)
def test_only_what_belongs_to_the_answer_is_kept(said: Outcome, kept: Outcome) -> None:
    assert check_outcome(said, TODAY) == kept


@pytest.mark.parametrize(
    ("said", "fields"),
    [
        (Outcome(YES), {"rating"}),
        (Outcome(YES, 0), {"rating"}),
        (Outcome(YES, 6, "x" * (WORDS_LIMIT + 1)), {"rating", "words"}),
        (Outcome(MOVED), {"moved_to"}),
        (Outcome(MOVED, moved_to=date(2026, 5, 9)), {"moved_to"}),
    ],
)
def test_what_is_missing_is_named_at_its_field(said: Outcome, fields: set[str]) -> None:
    with pytest.raises(RuleError) as refused:
        check_outcome(said, TODAY)
    assert set(refused.value.fields) == fields
