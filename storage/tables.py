"""Every table in one place, so that migrations and tests see all of them."""

from storage import (  # noqa: F401  # importing a module registers its tables
    accounts,
    advocates,
    audit,
    drafts,
    nominations,
    occurrences,
    outbox,
    people,
    receipts,
    search,
    settings,
    workspaces,
)
from storage.base import Base

metadata = Base.metadata
