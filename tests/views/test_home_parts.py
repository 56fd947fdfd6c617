"""How the rest of a long list is told: counted as far as it was read."""

import pytest

from domain.home import READ
from domain.home_pages import Part
from views.home_parts import more


@pytest.mark.parametrize(
    ("there", "shown", "told"),
    [
        (0, 8, None),
        (8, 8, None),
        (9, 8, "And 1 more."),
        (READ - 1, 8, "And 31 more."),
        (READ, 8, "And more than 31 more."),
    ],
)
def test_what_is_said_of_the_rest(there: int, shown: int, told: str | None) -> None:
    said = [block["text"]["text"] for block in more(there, shown, Part.QUEUE)]
    assert said == ([] if told is None else [told])
