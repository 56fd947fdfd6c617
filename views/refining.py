"""The form that asks whom somebody looks for: a line to type, and lists that write themselves into it.

Decides nothing about what fits; the line and the lists mean the same.
"""

from collections.abc import Mapping
from types import MappingProxyType

from domain.offers import Refinement
from domain.query import Chosen, Facet, together
from views import blocks, inputs
from views.ids import Callback
from views.text import Block

LINE_LIMIT = 3000
"""Characters of the line, the most that Slack's field takes."""

LABELS: Mapping[Facet, str] = MappingProxyType(
    {
        Facet.INDUSTRY: "Industry",
        Facet.PRODUCT: "Product they use",
        Facet.PERSONA: "Role in decisions",
        Facet.SEGMENT: "Size of the company",
        Facet.ACTIVITY: "What they would do",
        Facet.LANGUAGE: "Language",
        Facet.REGION: "Region",
    }
)


def query_form(found: Refinement, meta: Mapping[str, str]) -> Block:
    """What are you looking for? `meta` says where the answer goes."""
    element = inputs.text_input(found.line, most=LINE_LIMIT, placeholder='Such as: healthcare ciso emea "zero trust"')
    hint = "Any words, a phrase in quotes, -word for what it must not be, available:now for those who are free."
    content = [
        inputs.field("query", "Who are you looking for?", element, hint=hint, optional=True),
        *[_list(facet, label, found) for facet, label in LABELS.items() if found.choices.get(facet)],
    ]
    return blocks.modal(
        Callback.LOOK_UP, "Look up advocates", content, submit="Look up", meta=blocks.metadata(meta) if meta else ""
    )


def _list(facet: Facet, label: str, found: Refinement) -> Block:
    choices = inputs.options(found.choices[facet])
    element = inputs.multi_select(choices, found.chosen.get(facet, ()), "Any")
    return inputs.field(facet.value, label, element, optional=True)


def query_from(typed: inputs.Typed) -> str:
    """The line, with what was chosen from the lists written into it."""
    chosen: Chosen = {facet: values for facet in LABELS if (values := inputs.choices_of(typed, facet.value))}
    return together(inputs.text_of(typed, "query"), chosen)
