"""What a person looks for, from the line that was typed. Decides nothing about searching and ranking."""

from domain.query.keys import key_of
from domain.query.model import Facet, Filter, Query, Slip, Term, UnknownFacet, placed, shown_value
from domain.query.reading import LIMIT, parse
from domain.query.refining import Chosen, apart, together
from domain.query.relaxing import relaxations
from domain.query.shortening import shorter
from domain.query.telling import remarks, understood
from domain.query.terms import Meaning, Vocabularies
from domain.query.usual import USUAL, usual_vocabularies
from domain.query.writing import to_text

__all__ = [
    "LIMIT",
    "USUAL",
    "Chosen",
    "Facet",
    "Filter",
    "Meaning",
    "Query",
    "Slip",
    "Term",
    "UnknownFacet",
    "Vocabularies",
    "apart",
    "key_of",
    "parse",
    "placed",
    "relaxations",
    "remarks",
    "shorter",
    "shown_value",
    "to_text",
    "together",
    "understood",
    "usual_vocabularies",
]
