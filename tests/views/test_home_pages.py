"""Home's lists as windows: every row has its buttons, and there is a way on and back."""

from dataclasses import replace
from typing import Any

import pytest

from domain.errors import RuleError
from domain.home_pages import ROWS, Page, Part
from tests.views import request_samples
from tests.views.reading import buttons, check, read
from tests.views.samples import ADVOCATE, CARD, NOW, card
from views import home_pages as view


def test_there_is_a_way_on_and_back() -> None:
    first = view.window(Page(Part.QUEUE, 0, [CARD] * ROWS, is_last=False), "U0SAM", NOW)
    assert buttons(first)["Next"]["value"] == "queue:1"
    assert "Back" not in buttons(first)
    last = view.window(Page(Part.QUEUE, 1, [CARD], is_last=True), "U0SAM", NOW)
    assert buttons(last)["Back"]["value"] == "queue:0"
    assert "Next" not in buttons(last)
    assert view.place_in(last) == (Part.QUEUE, 1)
    assert "Accept" in buttons(last)


def test_what_is_empty_by_now_says_so() -> None:
    assert read(view.window(Page(Part.TO_ANSWER, 0, [], is_last=True), "U0SAM", NOW)).splitlines()[-1] == view.EMPTY


@pytest.mark.parametrize(("value", "part", "number"), [("mine", Part.MINE, 0), ("loads:3", Part.LOADS, 3)])
def test_a_button_leads_to_its_place(value: str, part: Part, number: int) -> None:
    assert view.place_of(value) == (part, number)


@pytest.mark.parametrize("value", ["", "payroll", ":", "mine\n:1"])
def test_what_no_button_says_is_refused(value: str) -> None:
    with pytest.raises(RuleError, match="open Home again"):
        view.place_of(value)


@pytest.mark.parametrize("number", ["-1", "x", "9" * 30, "²"])
def test_a_page_that_is_no_number_is_the_first(number: str) -> None:
    assert view.place_of(f"mine:{number}") == (Part.MINE, 0)


ROWS_OF: dict[Part, Any] = {
    Part.MINE: card(id="N1"),
    Part.QUEUE: card(id="N1"),
    Part.WAITING: card(id="N1"),
    Part.JOURNEYS: ADVOCATE,
    Part.REQUESTS: request_samples.CARD,
    Part.TO_APPROVE: request_samples.CARD,
    Part.TO_ANSWER: request_samples.CARD,
}


@pytest.mark.parametrize("part", ROWS_OF)
def test_a_whole_page_fits_in_a_window(part: Part) -> None:
    rows = [replace(ROWS_OF[part], id=f"R{at}") for at in range(ROWS)]
    check(view.window(Page(part, 4, rows, is_last=False), "U0SAM", NOW))
