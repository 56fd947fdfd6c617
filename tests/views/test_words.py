"""Fields that offer words: what comes back from them, from forms opened before they were there too."""

from typing import Any

from domain.query import Facet
from domain.terms import Entry, Line, Page
from tests.views.reading import filled
from views import blocks, inputs, vocabulary, words
from views.ids import Callback


def typed(name: str, **state: Any) -> dict[str, dict[str, Any]]:
    return {name: {"word": state}}


def chosen(*pairs: tuple[str, str]) -> list[dict[str, Any]]:
    return [{"value": value, "text": {"type": "plain_text", "text": label}} for value, label in pairs]


def test_a_form_that_was_open_before_still_saves_its_texts() -> None:
    assert words.one_of(typed("industry", value=" Banking "), "industry") == "Banking"
    assert words.many_of(typed("products", value="Core, Edge; Core"), "products") == ("Core", "Edge")
    assert words.one_of({}, "industry") == ""
    assert words.many_of({}, "products") == ()


def test_several_that_were_typed_in_one_are_several_and_a_known_one_stays_whole() -> None:
    state = chosen(("Cloud, hosted", "Cloud, hosted"), ("Core, Edge", 'Use "Core, Edge"'), ("Core", "Core"))
    found = words.many_of(typed("products", selected_options=state), "products")
    assert found == ("Cloud, hosted", "Core", "Edge")


def test_what_is_too_long_for_an_option_stays_a_text_and_comes_back_whole() -> None:
    long = "x" * 200
    for name, element in (("industry", words.one(long)), ("products", words.many(["Core", long]))):
        form = blocks.modal(Callback.PROFILE, "Profile", [inputs.field(name, name, element)])
        assert element["type"] == "plain_text_input"
        state = filled(form)
        assert words.one_of(state, name) == long if name == "industry" else words.many_of(state, name) == ("Core", long)


def test_what_was_typed_is_offered_unless_it_is_a_known_word() -> None:
    assert [option["value"] for option in words.options("bank", ["banking"])] == ["banking", "bank"]
    assert [option["value"] for option in words.options(" BANKING ", ["banking"])] == ["banking"]
    assert words.options("", []) == []
    assert words.options("", ["banking"])[0]["text"]["text"] == "banking"


def test_a_list_says_who_bears_a_word_and_a_screen_reader_which_word_a_button_changes() -> None:
    lines = (
        Line(Entry("helthcare"), 1, 2, "healthcare"),
        Line(Entry("healthcare", tuple(f"name {number}" for number in range(10))), 3, 1),
        Line(Entry("relic", hidden=True)),
    )
    shown = vocabulary.words(Page(Facet.INDUSTRY, lines, 0, 2, 23, 1), fixed=False)
    said = str(shown["blocks"])
    assert "*helthcare* · 1 advocate, 2 accounts" in said
    assert "name 7 and 2 more" in said
    assert "relic · hidden" in said
    spoken = [block["accessory"]["accessibility_label"] for block in shown["blocks"] if "accessory" in block]
    assert spoken == ["Change helthcare", "Merge helthcare into healthcare", "Change healthcare", "Show again: relic"]
    (differ,) = [block["elements"][0] for block in shown["blocks"] if "word_keep_apart" in str(block)]
    assert vocabulary.apart_of(differ["value"]) == (Facet.INDUSTRY, "helthcare", "healthcare")
    merge = next(block["accessory"] for block in shown["blocks"] if "confirm" in block.get("accessory", {}))
    assert vocabulary.pair_of(merge["value"]) == ("helthcare", "healthcare")
    assert "Profiles stay as they are written" in merge["confirm"]["text"]["text"]
    assert vocabulary.place_of(shown["private_metadata"]) == (Facet.INDUSTRY, 0)


def test_an_empty_list_says_how_words_come_in() -> None:
    shown = vocabulary.words(Page(Facet.PRODUCT, (), 0, 1, 0, 0), fixed=False)
    assert "There is no product yet." in str(shown["blocks"])
