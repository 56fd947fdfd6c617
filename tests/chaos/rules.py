"""Whether the database holds anything that it must not, whatever was sent to Everboard. Decides nothing; every breach
is a sentence.

Looked at past the app's own guard: what its queries would not find is wrong as well.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from enum import StrEnum
from itertools import pairwise
from typing import Any

from sqlalchemy import JSON, Connection, String, Table, select, text

from domain import (
    advocates,
    assets,
    campaigns,
    capacity,
    do_not_contact,
    launch_plan,
    mechanisms,
    meetings,
    memberships,
    messages,
    monthly_thanks,
    nominations,
    nudges,
    opportunities,
    people,
    pulse,
    pulse_runs,
    pulse_statements,
    requests,
    resistance,
    self_checks,
    team_goals,
)
from domain.limits import Limits
from domain.query import Facet
from domain.request_outcomes import Fate
from domain.request_routing import Routing
from domain.request_values import Purpose
from domain.vocabulary import Activity
from storage import engagements, outbox
from storage.database import Database
from storage.tables import metadata
from tests.patience import owner

Row = Mapping[str, Any]

LEGAL: Mapping[str, type[StrEnum] | set[str]] = {
    "advocate.state": advocates.State,
    "answer.motive": pulse_statements.Motive,
    "asset.kind": assets.Kind,
    "asset.scope": {one.name.lower() for one in assets.Scope},
    "ballot.motive": pulse_statements.Motive,
    "campaign.end": campaigns.End,
    "campaign.state": campaigns.State,
    "do_not_contact.origin": do_not_contact.Origin,
    "engagement.activity": Activity,
    "engagement.status": engagements.Status,
    "launch_plan.state": {"running", "ended"},
    "launch_task.function": people.Function,
    "launch_task.part": launch_plan.Part,
    "launch_task.phase": launch_plan.Phase,
    "launch_task.state": launch_plan.State,
    "mechanism.end": {one.name for one in mechanisms.End},
    "mechanism.kind": mechanisms.Kind,
    "mechanism.state": mechanisms.State,
    "mechanism_meeting.state": meetings.State,
    "mechanism_member.state": memberships.State,
    "monthly_thanks.state": monthly_thanks.State,
    "newcomer.audience": nudges.Audience,
    "nomination.nominator_function": people.Function,
    "nomination.source": nominations.Source,
    "nomination.state": nominations.State,
    "nudge.audience": nudges.Audience,
    "nudge_edit.button": nudges.Button,
    "nudge_edit.element": pulse.Element,
    "nudge_edit.motive": pulse_statements.Motive,
    "nudge_plan.audience": nudges.Audience,
    "nudge_plan.day": {"mon", "tue", "wed", "thu", "fri", "sat", "sun"},
    "opportunity.kind": opportunities.DealKind,
    "opportunity.status": opportunities.Status,
    "outbox.kind": messages.Kind,
    "outbox.lane": messages.Lane,
    "outbox.status": outbox.Status,
    "person.function": people.Function,
    "person.standing": people.Standing,
    "pulse_run.state": pulse_runs.State,
    "request.activity": Activity,
    "request.deal_fate": Fate,
    "request.purpose": Purpose,
    "request.requester_function": people.Function,
    "request.routing": Routing,
    "request.state": requests.State,
    "resistance_entry.element": pulse.Element,
    "resistance_entry.motive": pulse_statements.Motive,
    "resistance_entry.state": resistance.State,
    "role_grant.role": people.Role,
    "self_check.part": self_checks.Part,
    "team_goal.function": people.Function,
    "team_goal.state": team_goals.State,
    "term.facet": Facet,
}
"""What may stand in a column that names one of a few things."""

OWN_WORDS = frozenset({"asset_use.purpose", "mechanism.purpose", "pulse_run.audience", "slack_oauth_states.state"})
"""Columns that are called like one of those, and hold what people wrote or several things at once."""

CALLED = frozenset(
    [
        *("state", "kind", "status", "phase", "part", "lane", "audience", "activity", "standing", "facet"),
        *("function", "nominator_function", "requester_function", "element", "motive", "routing", "purpose", "origin"),
    ]
)

NOT_EMPTY = (
    *("account.name", "account.key", "contact.name", "contact.company", "contact.identity"),
    *("asset.title", "gift.what", "mechanism.name", "mechanism_meeting.about", "launch_task.title", "opportunity.name"),
    *("outbox.target", "campaign.text", "target.name", "saved_search.query", "resistance_entry.need"),
    *("term.value", "person.slack_user_id", "consent.how"),
)
"""What every such row has to say."""

MOVES = {
    "nomination": {(before.value, after.value) for (before, _), after in nominations.MOVES.items()},
    "advocate": {(before.value, after.value) for (before, _), after in advocates.MOVES.items()},
    "request": {(before.value, after.value) for (before, _), after in requests.MOVES.items()},
}

EARLIEST, LATEST = 1900, 2200
"""Years of days that can be meant."""

NEVER_IN_TEXT = {chr(code) for code in range(32)} - {"\n", "\r", "\t"} | {"\u202a", "\u202b", "\u202d", "\u202e"}
"""Control characters, and what makes a text read differently from what it is."""

OF_SLACK = frozenset({"invalid_blocks", "invalid_arguments", "msg_too_long", "msg_blocks_too_long", "invalid_metadata"})
"""What Slack says of a message that should not have been written like that."""


def no_row_breaks_a_rule(db: Database) -> list[str]:
    """Every rule that some row breaks, as sentences."""
    with owner(db) as connection:
        found = list(_references(connection))
        tables: dict[str, list[Row]] = {}
        for table in metadata.sorted_tables:
            try:
                tables[table.name] = [dict(row) for row in connection.execute(select(table)).mappings()]
            except (ValueError, LookupError) as unreadable:
                found.append(f"{table.name} holds something that cannot be read: {unreadable}")
        for table in metadata.sorted_tables:
            for row in tables.get(table.name, ()):
                found += _of_row(table, row)
    return [*found, *_caps(tables), *_moves(tables), *_undelivered(tables)]


def undecided() -> set[str]:
    """Columns that look as if they named one of a few things, and of which nothing is said here."""
    named = {f"{table.name}.{column.name}" for table in metadata.sorted_tables for column in table.columns}
    return {name for name in named if name.split(".")[1] in CALLED} - LEGAL.keys() - OWN_WORDS


def _references(connection: Connection) -> Iterator[str]:
    if connection.dialect.name != "sqlite":
        return  # PostgreSQL lets nobody commit one that leads nowhere
    yield from (
        f"a reference leads nowhere: {tuple(row)}" for row in connection.execute(text("pragma foreign_key_check"))
    )
    verdict = connection.execute(text("pragma integrity_check")).scalar()
    if verdict != "ok":
        yield f"the file is damaged: {verdict}"


def _of_row(table: Table, row: Row) -> Iterator[str]:
    where = f"{table.name} {row.get('id', '')}"
    for column in table.columns:
        value, name = row[column.name], f"{table.name}.{column.name}"
        if value is None:
            if not column.nullable:
                yield f"{where}: {column.name} is missing"
            continue
        allowed = LEGAL.get(name)
        if allowed is not None and value not in {str(one) for one in allowed}:
            yield f"{where}: {column.name} is {value!r}"
        if name in NOT_EMPTY and not str(value).strip():
            yield f"{where}: {column.name} says nothing"
        yield from (f"{where}: {column.name} {wrong}" for wrong in _of_value(column.type, value))


def _of_value(kind: Any, value: Any) -> Iterator[str]:
    if isinstance(kind, String) and isinstance(value, str):
        if kind.length is not None and len(value) > kind.length:
            yield f"is longer than {kind.length}: {value[:40]!r}"
        yield from _of_text(value)
    elif isinstance(kind, JSON):
        yield from _of_text(json.dumps(value, ensure_ascii=False), inside=True)
    elif isinstance(value, date | datetime) and not EARLIEST <= value.year <= LATEST:
        yield f"is on {value}"


def _of_text(value: str, *, inside: bool = False) -> Iterator[str]:
    try:
        value.encode()
    except UnicodeEncodeError:
        yield f"cannot be written: {value[:60]!r}"
    if not inside and (wrong := NEVER_IN_TEXT & set(value)):
        yield f"holds {sorted(wrong)!r}: {value[:60]!r}"


def _caps(tables: Mapping[str, list[Row]]) -> Iterator[str]:
    """No advocate is used more than they may be by what was asked for here, unless it says that it was overridden."""
    uses = defaultdict(list)
    for row in tables["engagement"]:
        asked_for = row["request_id"] is not None and not row["over_cap"] and not row["override_reason"]
        if row["status"] in engagements.COUNTING and asked_for:
            use = capacity.Use(
                row["happens_on"], row["halves"], Activity(row["activity"]), request_id=row["request_id"]
            )
            uses[row["advocate_id"]].append(use)
    for advocate_id, found in uses.items():
        if over := capacity.flagged(found, Limits()):
            yield f"advocate {advocate_id} is over the cap: {over}"


def _moves(tables: Mapping[str, list[Row]]) -> Iterator[str]:
    went: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in sorted(tables["audit"], key=lambda one: (one["at"], one["id"])):
        state = (row["after"] or {}).get("state")
        if row["subject_type"] in MOVES and state is not None:
            went[row["subject_type"], row["subject_id"]].append(str(state))
    for (kind, subject_id), states in went.items():
        for before, after in pairwise(states):
            if before != after and (before, after) not in MOVES[kind]:
                yield f"{kind} {subject_id} went from {before} to {after}"


def _undelivered(tables: Mapping[str, list[Row]]) -> Iterator[str]:
    for row in tables["outbox"]:
        if row["problem"] and any(word in row["problem"] for word in OF_SLACK):
            yield f"{row['kind']} {row['id']} is not as Slack takes it: {row['problem']}"
