"""What a person looks for, from the line that was typed. Decides nothing about searching and ranking."""

from domain.query.model import Facet, Filter, Query, Slip, Term, UnknownFacet, placed, shown_value
from domain.query.reading import LIMIT, parse
from domain.query.relaxing import relaxations
from domain.query.telling import remarks, understood
from domain.query.terms import Meaning, Vocabularies
from domain.query.usual import USUAL, usual_vocabularies
from domain.query.writing import to_text

__all__ = [
    "LIMIT",
    "USUAL",
    "Facet",
    "Filter",
    "Meaning",
    "Query",
    "Slip",
    "Term",
    "UnknownFacet",
    "Vocabularies",
    "parse",
    "placed",
    "relaxations",
    "remarks",
    "shown_value",
    "to_text",
    "understood",
    "usual_vocabularies",
]
