"""The fields of a form that say which kind of advocate is sought, and what was picked in them. Decides no criteria."""

from collections.abc import Iterable, Mapping, Sequence

from domain.portfolio import Criteria
from domain.query import Facet, shown_value
from domain.query.places import REGION_NAMES
from domain.vocabulary import Activity
from views import blocks, inputs, words
from views.text import Block

HEADINGS: Mapping[Facet, str] = {
    Facet.INDUSTRY: "Industry",
    Facet.REGION: "Region",
    Facet.COUNTRY: "Country",
    Facet.PRODUCT: "Product",
    Facet.PERSONA: "Role in decisions",
    Facet.SEGMENT: "Size of the company",
    Facet.ACTIVITY: "What they would do",
    Facet.LANGUAGE: "Language",
}


def fields(criteria: Criteria, *, but: Iterable[Facet] = ()) -> list[Block]:
    """One field for each facet but those left out, with what is held, and what they mean together."""
    left_out = {*but}
    made = {
        Facet.INDUSTRY: ("industry", words.many(criteria.get(Facet.INDUSTRY, ()))),
        Facet.REGION: ("region", _some(REGION_NAMES, criteria.get(Facet.REGION, ()))),
        Facet.COUNTRY: ("country", _countries(criteria.get(Facet.COUNTRY, ()))),
        Facet.PRODUCT: ("products", words.many(criteria.get(Facet.PRODUCT, ()))),
        Facet.PERSONA: ("persona", words.many(criteria.get(Facet.PERSONA, ()))),
        Facet.SEGMENT: ("segment", words.many(criteria.get(Facet.SEGMENT, ()))),
        Facet.ACTIVITY: ("activity", _some(list(Activity), criteria.get(Facet.ACTIVITY, ()))),
        Facet.LANGUAGE: ("languages", words.many(criteria.get(Facet.LANGUAGE, ()))),
    }
    said = "Who is sought? Of each list any one of what you pick is enough; leave empty what doesn't matter."
    labels = {**HEADINGS, Facet.COUNTRY: "Countries"}
    shown = [
        inputs.field(name, labels[facet], element, optional=True)
        for facet, (name, element) in made.items()
        if facet not in left_out
    ]
    return [blocks.context(said), *shown]


def _some(offered: Iterable[str], held: Sequence[str]) -> Block:
    """What is held comes first, so that no list is too long for it."""
    return inputs.multi_select(inputs.options([*held, *map(str, offered)]), held, "Any")


def _countries(held: Sequence[str]) -> Block:
    names = ", ".join(shown_value(Facet.COUNTRY, code) for code in held)
    return inputs.text_input(names or None, most=1000, placeholder="Such as: Germany, France")


def criteria_of(typed: inputs.Typed) -> Criteria:
    """What was picked. Countries are as typed, for the rules to read."""
    return {
        Facet.INDUSTRY: words.many_of(typed, "industry"),
        Facet.REGION: inputs.choices_of(typed, "region"),
        Facet.COUNTRY: inputs.list_of(typed, "country"),
        Facet.PRODUCT: words.many_of(typed, "products"),
        Facet.PERSONA: words.many_of(typed, "persona"),
        Facet.SEGMENT: words.many_of(typed, "segment"),
        Facet.ACTIVITY: inputs.choices_of(typed, "activity"),
        Facet.LANGUAGE: words.many_of(typed, "languages"),
    }
