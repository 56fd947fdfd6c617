"""The terms of one facet: what may be changed, what it leads to, and the sentence where it may not."""

from collections.abc import Callable

import pytest

from domain.errors import AlreadyDone, NotFound, RuleError
from domain.glossary import MOST_TERMS, Glossary
from domain.terms import MOST_SYNONYMS, NAME_LIMIT, Entry

USUAL = {"healthcare": ("health care", "hospital"), "retail": ("shops",), "banking": ("bank",)}


def of(*own: Entry, fixed: bool = False) -> Glossary:
    return Glossary.of(USUAL, own, fixed=fixed)


def applied(glossary: Glossary, changed: tuple[Entry, ...]) -> Glossary:
    """The glossary as it is after a change."""
    entries = {**glossary.entries, **{entry.key: entry for entry in changed}}
    return Glossary(entries, glossary.fixed)


def refusal(error: pytest.ExceptionInfo[RuleError]) -> str:
    return f"{','.join(error.value.fields) or '-'}: {error.value.message}"


def test_an_own_entry_takes_the_place_of_the_usual_one() -> None:
    glossary = of(Entry("Healthcare", ("clinic",)), Entry("retail", hidden=True), Entry("space"))
    assert glossary.shown == {"Healthcare": ("clinic",), "banking": ("bank",), "space": ()}
    assert [entry.value for entry in glossary.hidden] == ["retail"]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("Health-Care", "name: “Health-Care” is another name for “healthcare” already."),
        (" RETAIL ", "name: “retail” is there already."),
        ("legacy", "name: “Legacy” is there already, but hidden. Show it again instead."),
        ("!?", "name: A name needs at least one letter or digit."),
        ("", "name: A name needs at least one letter or digit."),
        (
            "x" * (NAME_LIMIT + 1),
            f"name: “{'x' * 20}…” is too long. Please keep this to 75 characters; it has 76 now.",
        ),
    ],
)
def test_what_cannot_be_added(name: str, sentence: str) -> None:
    with pytest.raises(RuleError) as error:
        of(Entry("Legacy", hidden=True)).add(name)
    assert refusal(error) == sentence


def test_a_new_term_is_kept_as_typed() -> None:
    assert of().add("  Space   travel ") == (Entry("Space travel"),)


def test_a_list_is_full_one_day() -> None:
    full = of(*(Entry(f"word {number}") for number in range(MOST_TERMS - len(USUAL))))
    assert full.room == 0
    with pytest.raises(RuleError, match="There are 1,000 already"):
        full.add("one more")


def test_a_renamed_term_keeps_its_old_name_and_can_be_called_so_again() -> None:
    first = of()
    renamed = applied(first, first.rename("healthcare", "Health services"))
    assert renamed.shown["Health services"] == ("health care", "hospital", "healthcare")
    assert "healthcare" not in renamed.shown
    assert renamed.hidden == ()
    back = applied(renamed, renamed.rename("Health services", "healthcare"))
    assert back.shown["healthcare"] == ("health care", "hospital", "Health services")
    assert back.hidden == ()


def test_another_spelling_of_the_name_is_the_same_term() -> None:
    assert of().rename("healthcare", "HealthCare")[0].value == "HealthCare"
    assert len(of().rename("healthcare", "HealthCare")) == 1


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("Banking", "name: “banking” is there already. Merge the two instead."),
        ("shops", "name: “shops” is another name for “retail” already. Merge the two instead."),
        ("Legacy", "name: “Legacy” is there already, but hidden. Show it again instead."),
    ],
)
def test_a_name_that_another_term_bears_is_refused(name: str, sentence: str) -> None:
    with pytest.raises(RuleError) as error:
        of(Entry("Legacy", hidden=True)).rename("healthcare", name)
    assert refusal(error) == sentence


def test_one_of_its_own_other_names_may_become_the_name() -> None:
    kept, gone = of().rename("healthcare", "hospital")
    assert (kept.value, kept.synonyms) == ("hospital", ("health care", "healthcare"))
    assert gone == Entry("healthcare", ("health care", "hospital"), hidden=True, is_usual=True)


def test_other_names_once_each_without_the_name_itself() -> None:
    [entry] = of().set_synonyms("retail", ["stores, Stores;shop floor", "  ", "RETAIL", "e-commerce"])
    assert entry.synonyms == ("stores", "shop floor", "e-commerce")


def test_a_name_with_a_comma_that_was_there_before_stays_whole() -> None:
    glossary = of(Entry("retail", ("food, drinks",)))
    [entry] = glossary.set_synonyms("retail", ["food, drinks", "a, b"])
    assert entry.synonyms == ("food, drinks", "a", "b")


def test_another_name_that_is_taken_is_refused_with_whose_it_is() -> None:
    with pytest.raises(RuleError) as error:
        of().set_synonyms("retail", ["Hospital"])
    assert refusal(error) == (
        "synonyms: “Hospital” is another name for “healthcare” already. Take it off there first, or merge the two."
    )
    with pytest.raises(RuleError) as error:
        of().set_synonyms("retail", ["banking"])
    assert refusal(error) == "synonyms: “banking” is there already. Take it off there first, or merge the two."


def test_what_two_usual_terms_shared_before_may_stay() -> None:
    glossary = Glossary.of({"one": ("same",), "two": ("same",)}, ())
    assert glossary.set_synonyms("two", ["same", "more"])[0].synonyms == ("same", "more")


def test_too_many_other_names() -> None:
    with pytest.raises(RuleError, match="Please keep it to 35 other names; these are 36"):
        of().set_synonyms("retail", [f"shop {number}" for number in range(MOST_SYNONYMS + 1)])


def test_merging_gives_all_names_to_the_one_that_is_kept() -> None:
    glossary = of(Entry("helthcare", ("clinics",)))
    merged = applied(glossary, glossary.merge("helthcare", "healthcare"))
    assert merged.shown["healthcare"] == ("health care", "hospital", "helthcare", "clinics")
    assert "helthcare" not in merged.shown
    assert merged.hidden == ()
    assert merged.is_known("Helthcare")
    with pytest.raises(RuleError, match="“helthcare” is another name for “healthcare” now"):
        merged.show_again("helthcare")
    freed = applied(merged, merged.set_synonyms("healthcare", ["hospital"]))
    assert [entry.value for entry in freed.hidden] == ["helthcare"]
    assert applied(freed, freed.show_again("helthcare")).shown["helthcare"] == ("clinics",)


def test_what_cannot_be_merged() -> None:
    with pytest.raises(RuleError, match="can't be merged with itself"):
        of().merge("retail", "Retail")
    with pytest.raises(NotFound, match="“nowhere” is not in this list any more"):
        of().merge("retail", "nowhere")
    many = of(Entry("much", tuple(f"name {number}" for number in range(MOST_SYNONYMS))))
    with pytest.raises(RuleError, match="“retail” would get 37 other names; 35 is the most"):
        many.merge("much", "retail")


def test_hidden_and_shown_again() -> None:
    glossary = of()
    hidden = applied(glossary, glossary.hide("retail"))
    assert "retail" not in hidden.shown
    assert hidden.is_known("retail")
    assert hidden.is_known("shops")
    with pytest.raises(AlreadyDone, match="hidden already"):
        hidden.hide("retail")
    with pytest.raises(AlreadyDone, match="in use already"):
        hidden.show_again("banking")
    taken = applied(hidden, hidden.set_synonyms("banking", ["shops"]))
    assert applied(taken, taken.show_again("retail")).shown["retail"] == ()


def test_names_that_are_fixed_can_only_get_other_names_or_be_hidden() -> None:
    fixed = of(fixed=True)
    refusals: tuple[Callable[[], object], ...] = (
        lambda: fixed.add("x"),
        lambda: fixed.rename("retail", "x"),
        lambda: fixed.merge("retail", "banking"),
    )
    for refused in refusals:
        with pytest.raises(RuleError, match="is fixed"):
            refused()
    assert fixed.change("retail", "x", ["stores"])[0] == Entry("retail", ("stores",), is_usual=True)
    assert fixed.hide("retail")[0].hidden


def test_what_was_said_to_differ_is_not_told_again() -> None:
    glossary = of(Entry("helthcare"), Entry("heathcare"))
    assert glossary.all_alike == {"helthcare": "healthcare", "heathcare": "healthcare"}
    glossary = applied(glossary, glossary.keep_apart("Helthcare", "healthcare"))
    assert glossary.all_alike == {"heathcare": "healthcare"}
    with pytest.raises(AlreadyDone, match="kept apart already"):
        glossary.keep_apart("helthcare", "healthcare")
    with pytest.raises(NotFound):
        glossary.keep_apart("helthcare", "nowhere")
    with pytest.raises(NotFound):
        glossary.keep_apart("nowhere", "healthcare")
    renamed = applied(glossary, glossary.rename("helthcare", "healthcares"))
    assert renamed.all_alike["healthcares"] == "heathcare"  # said of the term, whatever it is called
    glossary = applied(glossary, glossary.keep_apart("heathcare", "healthcare"))
    assert glossary.all_alike == {"heathcare": "helthcare"}  # what stood behind it is told now


def test_only_the_later_own_term_is_said_to_look_like_the_earlier() -> None:
    glossary = of(Entry("helthcare"), Entry("Shield"), Entry("Sheild"), Entry("retale", hidden=True))
    assert glossary.all_alike == {"helthcare": "healthcare", "sheild": "Shield"}
