"""Whose an imported line is, among the advocates that are here. Decides nothing else about it."""

from collections.abc import Sequence
from typing import Protocol

from domain.errors import RuleError
from domain.names import company_key, person_key
from storage import imports
from storage.advocates import Advocate
from storage.guard import GuardedSession


class Named(Protocol):
    """A line that names an advocate by name and company."""

    @property
    def contact_name(self) -> str:
        """Their name."""

    @property
    def company(self) -> str:
        """Their company's."""


class Advocates:
    """The advocates that a batch of lines names, found in two statements."""

    def __init__(self, session: GuardedSession, rows: Sequence[Named]) -> None:
        contacts = imports.contacts_like(session, (), {company_key(row.company) for row in rows})
        found = imports.advocates_of(session, {contact.id for contact in contacts})
        self._by_name: dict[tuple[str, str], list[Advocate]] = {}
        for contact in contacts:
            if contact.id in found:
                self._by_name.setdefault((contact.company_key, contact.name_key), []).append(found[contact.id])

    @property
    def ids(self) -> list[str]:
        """All that were found."""
        return [one.id for some in self._by_name.values() for one in some]

    def of(self, row: Named) -> Advocate:
        """The advocate of a line. Raises RuleError for nobody, and for several of one name."""
        found = self._by_name.get((company_key(row.company), person_key(row.contact_name)), [])
        if not found:
            raise RuleError(
                f"{row.contact_name} of {row.company} is no advocate here; import advocates, then this file again"
            )
        if len(found) > 1:
            raise RuleError(f"several advocates of {row.company} are called {row.contact_name}")
        return found[0]
