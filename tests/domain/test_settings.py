"""Settings: defaults, bounds, and what is stored."""

import pytest

from domain.errors import RuleError
from domain.settings import DEFAULT_CHANNEL_NAMES, NUMBERS, ChannelRole, Settings, channel_key, check_number


def test_what_nobody_has_set_follows_the_default() -> None:
    found = Settings.of({})
    assert dict(found.numbers) == {key: number.default for key, number in NUMBERS.items()}
    assert set(found.channels.values()) == {None}
    assert set(DEFAULT_CHANNEL_NAMES) == set(ChannelRole)


def test_what_is_stored_outranks_the_default() -> None:
    stored = {"review_goal_days": 3, channel_key(ChannelRole.WINS): "C1", "function_groups": {"S1": "sales"}}
    found = Settings.of({**stored, "of a later version": 7})
    assert found.numbers["review_goal_days"] == 3
    assert found.channels[ChannelRole.WINS] == "C1"
    assert found.function_groups == {"S1": "sales"}


@pytest.mark.parametrize("key", NUMBERS)
def test_each_number_has_bounds_that_hold_its_default(key: str) -> None:
    number = NUMBERS[key]
    assert number.least <= number.default <= number.most
    assert check_number(key, f" {number.least} ") == number.least
    assert check_number(key, str(number.most)) == number.most
    for wrong in (str(number.least - 1), str(number.most + 1), "", "many", "1e3", "7.5", "=cmd()"):
        with pytest.raises(RuleError) as refused:
            check_number(key, wrong)
        assert str(number.most) in refused.value.fields[key]
