"""What any CRM must be able to do for Everboard. Decides nothing; `salesforce` is the one that is there."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from domain.crm import Fields, Mark, Thing


class CrmError(Exception):
    """The CRM does not do what was asked. The message says to a person why, and who does what about it.

    `everything` is false where other kinds of things may still be read.
    """

    def __init__(self, sentence: str, *, everything: bool = True) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.everything = everything


@dataclass(frozen=True, slots=True)
class Record:
    """One record: how far it marks the reading, its name, and its cells in the order of the fields asked for."""

    mark: Mark
    name: str
    cells: list[str]


class Connector(Protocol):
    """A CRM that can be read from where one left off, and told of deals. Every method may raise CrmError."""

    @property
    def name(self) -> str:
        """As people call it."""

    def readable(self, thing: Thing, fields: Fields) -> tuple[Fields, tuple[str, ...]]:
        """Those of the fields that can be read, and a sentence on each of the others."""

    def pages(self, thing: Thing, fields: Fields, since: Mark | None) -> Iterator[list[Record]]:
        """All records that changed since, the oldest change first, some at a time."""

    def deleted(self, thing: Thing, fields: Fields, since: Mark) -> Iterator[list[Record]]:
        """All records that were deleted since, as far back as the CRM knows, some at a time."""

    def tell(self, external_id: str, values: Mapping[str, str]) -> None:
        """Write into a deal."""
