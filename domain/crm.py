"""What is asked of a CRM, which of its fields means what here, and what it is told. Decides nothing about how.

A CRM knows more than Everboard needs: companies and deals come in, people only where somebody nominated them.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from domain.errors import RuleError
from domain.imports.cells import digits
from domain.imports.columns import COLUMNS
from domain.imports.kinds import ImportKind
from domain.imports.layout import heading_key

OVERLAP = timedelta(minutes=5)
"""How far a reading goes back behind the last: what somebody was saving then bears an earlier time than its end."""

FIELD_LIMIT = 120
"""Characters of a field's name, those of what it belongs to among them; Salesforce allows 40 each."""

WON = "IsWon"
"""The field that says, with `CLOSED`, what a stage of the company's own means."""

CLOSED = "IsClosed"

_FIELD = re.compile(r"[A-Za-z][A-Za-z0-9_]*(\.[A-Za-z][A-Za-z0-9_]*){0,3}")
"""A field's technical name; nothing else may get into a query."""


class Thing(StrEnum):
    """What is read, in the order of reading: deals and people point at companies."""

    ACCOUNTS = "accounts"
    CONTACTS = "contacts"
    OPPORTUNITIES = "opportunities"

    @property
    def kind(self) -> ImportKind:
        """As which file it comes in."""
        return ImportKind(self.value)


Fields = Mapping[str, str]
"""The CRM's field for each of our columns, by the name that Everboard recommends for the column."""

USUAL: Mapping[Thing, Fields] = MappingProxyType(
    {
        Thing.ACCOUNTS: MappingProxyType(
            {
                "Account ID": "Id",
                "Account name": "Name",
                "Domain": "Website",
                "Industry": "Industry",
                "Country": "BillingCountry",
                "Annual revenue": "AnnualRevenue",
                "Account Owner Email": "Owner.Email",
            }
        ),
        Thing.CONTACTS: MappingProxyType(
            {
                "Contact name": "Name",
                "Company": "Account.Name",
                "Email": "Email",
                "Phone": "Phone",
                "Title": "Title",
            }
        ),
        Thing.OPPORTUNITIES: MappingProxyType(
            {
                "Opportunity ID": "Id",
                "Opportunity name": "Name",
                "Account ID": "AccountId",
                "Account name": "Account.Name",
                "Amount": "Amount",
                "Currency": "CurrencyIsoCode",
                "Stage": "StageName",
                "Status": WON,
                "Close date": "CloseDate",
                "Created date": "CreatedDate",
                "Type": "Type",
                "Owner email": "Owner.Email",
            }
        ),
    }
)

OPTIONAL = frozenset({"CurrencyIsoCode"})
"""Usual fields that only some companies have: one with a single currency has none of its own."""

NEEDED = frozenset({"Id", "Name"})
"""Without these a record says nothing."""


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """How far something has been read: the time of the last record's change, and its id among those of one time."""

    changed_at: datetime
    id: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A record that could not be taken, and why."""

    thing: Thing
    id: str
    name: str
    reason: str


def fields_of(thing: Thing, changed: Mapping[str, Mapping[str, str]]) -> Fields:
    """Which field each column is read from; "" in what was changed leaves a column out."""
    return {column: field for column, field in {**USUAL[thing], **changed.get(thing.value, {})}.items() if field}


def columns_of(thing: Thing) -> tuple[str, ...]:
    """The columns that can be filled, by the names that Everboard recommends."""
    return tuple(
        column.names[0] for column in COLUMNS[thing.kind].columns if column.field not in {"first_name", "last_name"}
    )


def lines_of(thing: Thing, changed: Mapping[str, Mapping[str, str]]) -> str:
    """The fields as they are edited: a line a column."""
    now = fields_of(thing, changed)
    return "\n".join(f"{column} = {field}" for column, field in now.items())


def read_lines(thing: Thing, typed: str, where: str) -> dict[str, str]:
    """What differs from the usual fields in lines such as "Health = Health__c". A usual column that is not in them is
    left out.

    Raises RuleError at the field `where` with all that is wrong.
    """
    known = {heading_key(name): name for name in columns_of(thing)}
    found: dict[str, str] = {}
    wrong: list[str] = []
    for line in filter(str.strip, typed.splitlines()):
        column, _, field = (part.strip() for part in line.partition("="))
        name = known.get(heading_key(column))
        if name is None:
            wrong.append(f"“{column[:60]}” is no column; there are: {', '.join(columns_of(thing))}.")
        elif not is_field(field):
            wrong.append(f"“{field[:60]}” is no field's name, such as Health__c.")
        else:
            found[name] = field
    wrong += [
        f"“{column}” is missing: without it nothing can be told apart." for column in _needed(thing) - found.keys()
    ]
    if wrong:
        sentence = " ".join(wrong)
        raise RuleError(sentence, {where: sentence})
    usual = USUAL[thing]
    return {
        column: found.get(column, "") for column in (*usual, *found) if found.get(column, "") != usual.get(column, "")
    }


def _needed(thing: Thing) -> set[str]:
    return {column for column, field in USUAL[thing].items() if field in NEEDED}


def is_field(name: str) -> bool:
    """Whether this can be a field's technical name."""
    return len(name) <= FIELD_LIMIT and _FIELD.fullmatch(name) is not None


def check_write_field(name: str, where: str) -> str:
    """The field that deals are written back to; "" for none. Raises RuleError at the field `where`."""
    typed = name.strip()
    if typed and (not is_field(typed) or not typed.endswith("__c") or "." in typed):
        sentence = "Please name a field that your company added for this, such as Customer_proof__c, or leave it empty."
        raise RuleError(sentence, {where: sentence})
    return typed


def cells_of(record: Mapping[str, object], fields: Iterable[str]) -> list[str]:
    """A record's values as cells of a file."""
    return [_cell(record, field) for field in fields]


def _cell(record: Mapping[str, object], field: str) -> str:
    if field == WON:
        return _status(record)
    value: object = record
    for part in field.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return digits(value) if isinstance(value, float) else str(value)


def _status(record: Mapping[str, object]) -> str:
    if record.get(WON):
        return "Won"
    return "Lost" if record.get(CLOSED) else "Open"


def since(mark: Mark | None, *, going_on: bool) -> Mark | None:
    """From where to read: where a reading was cut, it goes on right there; else a little before the last one's end."""
    if mark is None or going_on:
        return mark
    return Mark(mark.changed_at - OVERLAP, "")


@dataclass(frozen=True, slots=True)
class Use:
    """One use of an advocate for a deal: what it was, and its day."""

    activity: str
    happened_on: date


def told(uses: Sequence[Use]) -> str:
    """What a CRM is told of a deal: no customer's name, for whoever may see the deal may not know them."""
    ordered = sorted(uses, key=lambda use: (use.happened_on, use.activity))
    return "; ".join(f"{use.happened_on.isoformat()} {use.activity}" for use in ordered)[:TOLD_LIMIT]


TOLD_LIMIT = 255
"""Characters that every text field of a CRM holds."""
