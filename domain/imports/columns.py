"""Which columns an imported file may have, what other programs call them, and how each cell is read: one table a kind.

Decides nothing about which of the columns a file has; that is up to `layout`.
"""

from collections.abc import Mapping
from types import MappingProxyType

from domain.imports import company_columns, customer_columns, use_columns
from domain.imports.column import FIRST, LAST, Column, Columns
from domain.imports.kinds import ImportKind

COLUMNS: Mapping[ImportKind, Columns] = MappingProxyType(
    {
        ImportKind.ACCOUNTS: company_columns.ACCOUNTS,
        ImportKind.PEOPLE: customer_columns.PEOPLE,
        ImportKind.CONTACTS: customer_columns.CONTACTS,
        ImportKind.ADVOCATES: customer_columns.ADVOCATES,
        ImportKind.OPPORTUNITIES: company_columns.OPPORTUNITIES,
        ImportKind.NOMINATIONS: customer_columns.NOMINATIONS,
        ImportKind.PULSES: customer_columns.PULSES,
        ImportKind.ASSETS: use_columns.ASSETS,
        ImportKind.ENGAGEMENTS: use_columns.ENGAGEMENTS,
        ImportKind.GIFTS: use_columns.GIFTS,
        ImportKind.PROGRAMS: use_columns.PROGRAMS,
        ImportKind.MEMBERS: use_columns.MEMBERS,
        ImportKind.MEETINGS: use_columns.MEETINGS,
        ImportKind.ATTENDANCE: use_columns.ATTENDANCE,
    }
)

__all__ = ["COLUMNS", "FIRST", "LAST", "Column", "Columns"]
