"""Every table in one place, so that migrations and tests see all of them."""

from storage import (  # noqa: F401  # importing a module registers its tables
    accounts,
    advocates,
    assets,
    audit,
    campaigns,
    credit,
    documents,
    drafts,
    engagements,
    gifts,
    health_days,
    installations,
    nominations,
    nudges,
    occurrences,
    opportunities,
    outbox,
    people,
    pulse,
    pulse_asked,
    pulse_ballots,
    pulse_runs,
    receipts,
    requests,
    saved_searches,
    self_checks,
    settings,
    targets,
    team_goals,
    value_days,
    vocabulary,
    workspaces,
)
from storage.base import Base

metadata = Base.metadata
