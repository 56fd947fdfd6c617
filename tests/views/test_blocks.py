"""The frames: what does not fit is cut where it hurts least, and said."""

from hypothesis import given
from hypothesis import strategies as st

from sandbox import checks
from tests.views.reading import blocks_of, check, read
from tests.views.samples import hostile
from views import blocks, inputs
from views.ids import Callback


@given(st.dictionaries(hostile, hostile, max_size=5))
def test_metadata_fits_or_loses_the_longest(values: dict[str, str]) -> None:
    text = blocks.metadata(values)
    assert len(text) <= 3000
    kept = blocks.read_metadata(text)
    assert all(values[key] == value for key, value in kept.items())


def test_short_metadata_survives_beside_long() -> None:
    assert blocks.read_metadata(blocks.metadata({"id": "1", "evidence": "x" * 4000})) == {"id": "1"}


def test_metadata_of_somebody_else_is_nothing() -> None:
    assert blocks.read_metadata("nonsense {") == {}
    assert blocks.read_metadata("[1]") == {}
    assert blocks.read_metadata(None) == {}


def test_a_message_too_long_loses_from_its_longest_text() -> None:
    message = blocks.message("All.", [blocks.section("short"), *[blocks.section("x" * 3000) for _ in range(5)]])
    assert blocks_of(message)[0]["text"]["text"] == "short"
    assert checks.text_of_blocks(blocks_of(message)) > 5000
    check(message)


def test_a_view_with_too_many_blocks_says_so() -> None:
    view = blocks.modal(Callback.NOTHING, "Many", [blocks.section("x")] * 150)
    assert len(view["blocks"]) == 100
    assert "more than fits" in read(view)
    check(view)


def test_facts_without_a_value_are_left_out() -> None:
    assert blocks.fields([("Title", None), ("Country", "")]) == []
    assert len(blocks.fields([(f"Fact {at}", "yes") for at in range(12)])) == 2


def test_reading_an_empty_form() -> None:
    for name in ("absent", "empty"):
        typed = {"empty": {"empty": {"type": "plain_text_input", "value": None, "selected_option": None}}}
        assert inputs.text_of(typed, name) == ""
        assert inputs.choice_of(typed, name) is None
        assert inputs.label_of(typed, name) == ""
        assert inputs.choices_of(typed, name) == ()
        assert inputs.person_of(typed, name) is None
        assert inputs.people_of(typed, name) == ()
        assert inputs.channel_of(typed, name) is None
        assert inputs.day_of(typed, name) is None
        assert inputs.instant_of(typed, name) is None
        assert inputs.list_of(typed, name) == ()


def test_lists_are_apart_by_commas_semicolons_and_lines() -> None:
    typed = {"products": {"products": {"value": "Core, Edge;Core\n Flow ,,"}}}
    assert inputs.list_of(typed, "products") == ("Core", "Edge", "Flow")
