"""Credit, badges and the list: by outcome, equals share a place, and who declined keeps it without a name."""

import pytest

from domain.credit import Badge, Credit, badges, ranked, together


def test_parts_become_one() -> None:
    parts = [Credit("A", advocates=2), Credit("B", endorsed=1), Credit("A", activities=3), Credit("A", endorsed=1)]
    assert together(parts) == {"A": Credit("A", 2, 1, 3), "B": Credit("B", 0, 1, 0)}


@pytest.mark.parametrize(
    ("credit", "earned"),
    [
        (Credit("A"), []),
        (Credit("A", advocates=1), [Badge.FIRST]),
        (Credit("A", advocates=4, activities=9), [Badge.FIRST, Badge.SPOKEN]),
        (Credit("A", advocates=5, activities=10), [Badge.FIRST, Badge.FIVE, Badge.SPOKEN, Badge.OFTEN]),
        (Credit("A", advocates=10), [Badge.FIRST, Badge.FIVE, Badge.TEN]),
        (Credit("A", endorsed=2), []),
        (Credit("A", endorsed=3), [Badge.VOICE]),
    ],
)
def test_badges_are_what_was_earned(credit: Credit, earned: list[Badge]) -> None:
    assert badges(credit) == earned


def test_the_list() -> None:
    brought = [
        Credit("D"),  # brought nothing
        Credit("C", endorsed=9),
        Credit("B", advocates=1, activities=2),
        Credit("A", advocates=1, activities=2),
        Credit("E", advocates=2),
        Credit("F", advocates=1, activities=2, endorsed=1),
    ]
    slack_ids = {one: f"U{one}" for one in "ABCDEF"}
    places = ranked(brought, slack_ids, {"F"})
    assert [(one.rank, one.slack_user_id) for one in places] == [
        (1, "UE"),
        (2, None),
        (3, "UA"),
        (3, "UB"),
        (5, "UC"),
    ]
    assert [one.rank for one in ranked(brought, slack_ids, (), most=2)] == [1, 2]


def test_whoever_has_left_slack_is_not_named() -> None:
    assert ranked([Credit("A", advocates=1)], {}, ())[0].slack_user_id is None
