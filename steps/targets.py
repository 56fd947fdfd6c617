"""Targets, kept in Slack, and what the demand suggests. What makes sense is in domain.targets."""

from dataclasses import replace
from datetime import timedelta

from domain import permissions, query
from domain.errors import AlreadyDone, NotFound, RuleError
from domain.messages import Kind
from domain.moment import Moment
from domain.people import Actor
from domain.portfolio import FACETS, Criteria
from domain.query import Facet, Query, Vocabularies
from domain.requests import OPEN, State
from domain.targets import (
    DEMAND_DAYS,
    MOST_TARGETS,
    Draft,
    Overview,
    Tally,
    Values,
    as_stored,
    checked,
    from_stored,
)
from steps import portfolio, vocabulary
from steps.checks import colleague, country_of
from storage import audit, campaigns, demand, outbox, targets
from storage.guard import GuardedSession
from storage.people import Person
from storage.targets import TargetRow
from views import portfolio as view

UNFILLED = tuple(sorted(state.value for state in (*OPEN, State.DECLINED, State.EXPIRED)))
"""Requests that nobody was found for, or not yet."""

GONE = "This target isn't here any more. Please open the list again."


def overview(session: GuardedSession, actor: Actor, moment: Moment) -> Overview:
    """Everything about targets. Twelve statements, however many advocates and targets there are."""
    found = portfolio.seen(session, actor, moment)
    tally = _demand(session, moment, vocabulary.load(session))
    suggested = tally.suggestions(one.target.criteria for one in found.targets)
    may_edit, may_run = (
        permissions.may(actor, one) for one in (permissions.Action.EDIT_TARGETS, permissions.Action.RUN_CAMPAIGNS)
    )
    running = {one.target_id: one.id for one in campaigns.unclosed(session)}
    return Overview(found, suggested, may_edit, running, may_run)


def _demand(session: GuardedSession, moment: Moment, terms: Vocabularies) -> Tally:
    since, tally = moment.now - timedelta(days=DEMAND_DAYS), Tally()
    for line, people_count in demand.looked_up(session, since):
        tally.add(criteria_of(query.parse(line, terms)), looked_up=people_count)
    for line, people_count in demand.awaited(session):
        tally.add(criteria_of(query.parse(line, terms)), awaited=people_count)
    for line, activity, number in demand.requested(session, since, UNFILLED):
        asked = criteria_of(query.parse(line, terms))
        if asked:
            tally.add({**asked, Facet.ACTIVITY: (activity,)}, requested=number)
    return tally


def criteria_of(asked: Query) -> Criteria:
    """What of a query a target can name: its facets, and neither words nor what must not be."""
    found = {one.facet: tuple(sorted(one.values)) for one in asked.filters if not one.excluded and one.facet in FACETS}
    return {facet: found[facet] for facet in FACETS if facet in found}


def draft(session: GuardedSession, actor: Actor, _moment: Moment, target_id: str) -> Draft:
    """One target, for its form. Raises NotAllowed, NotFound."""
    permissions.check(actor, permissions.Action.EDIT_TARGETS)
    row = _here(session, target_id)
    owner = session.get(Person, (session.workspace_id, row.owner_id)) if row.owner_id else None
    slack_id = owner.slack_user_id if owner else None
    criteria = from_stored(row.criteria)
    return Draft(criteria, row.name, row.count, row.due_on, slack_id, row.id, row.version)


def begin(_session: GuardedSession, actor: Actor, _moment: Moment, criteria: Criteria) -> Draft:
    """A new target's form, with what is known of it. Raises NotAllowed."""
    permissions.check(actor, permissions.Action.EDIT_TARGETS)
    return Draft(criteria, owner_slack_id=actor.slack_user_id)


def save(
    session: GuardedSession, actor: Actor, moment: Moment, values: Values, target_id: str | None, version: int
) -> None:
    """Keep a target, new or changed.

    Raises RuleError at the fields, AlreadyDone when a colleague changed it since the form was opened, NotFound.
    """
    permissions.check(actor, permissions.Action.EDIT_TARGETS)
    row = _here(session, target_id) if target_id else None
    if row is not None and row.version != version:
        raise AlreadyDone("A colleague changed this target in the meantime. Please open it again.")
    values = replace(values, criteria=with_codes(values.criteria))
    kept = checked(values, actor.today(moment.now), row.due_on if row else None)
    owner = colleague(session, values.owner_slack_id, "owner") if values.owner_slack_id else None
    before = _said(row) if row else None
    if row is None:
        if targets.how_many(session) >= MOST_TARGETS:
            raise RuleError(f"There are {MOST_TARGETS} targets already. Please delete one that is over.")
        row = TargetRow(id=moment.new_id(), created_by_id=actor.person_id, created_at=moment.now)
        session.add(row)
    row.name, row.count, row.due_on = kept.name, kept.count, kept.due_on
    row.criteria, row.owner_id = as_stored(kept.criteria), owner.id if owner else None
    what = "target.changed" if before else "target.created"
    audit.record(session, moment, actor.person_id, what, ("target", row.id), before=before, after=_said(row))


def with_codes(criteria: Criteria) -> Criteria:
    """Criteria as typed, with countries by their codes. Raises RuleError at the field for a word that is none."""
    try:
        codes = tuple(country_of(name) for name in criteria.get(Facet.COUNTRY, ()))
    except RuleError as error:
        raise RuleError(error.message, {Facet.COUNTRY.value: error.message}) from None
    return {**criteria, Facet.COUNTRY: codes}


def delete(session: GuardedSession, actor: Actor, moment: Moment, target_id: str) -> None:
    """The company does not want this any more; to delete it twice is no error."""
    permissions.check(actor, permissions.Action.EDIT_TARGETS)
    row = session.get(TargetRow, (session.workspace_id, target_id))
    if row is None or row.ended_at is not None:
        return
    row.ended_at = moment.now
    audit.record(session, moment, actor.person_id, "target.deleted", ("target", row.id), before=_said(row))


def _here(session: GuardedSession, target_id: str) -> TargetRow:
    row = session.get(TargetRow, (session.workspace_id, target_id), with_for_update=True)
    if row is None or row.ended_at is not None:
        raise NotFound(GONE)
    return row


def criteria_behind(session: GuardedSession, actor: Actor, _moment: Moment, target_id: str) -> Criteria:
    """Whom a target seeks, for whoever may see it. Raises NotFound."""
    permissions.check(actor, permissions.Action.SEE_TARGETS)
    row = session.get(TargetRow, (session.workspace_id, target_id))
    if row is None or row.ended_at is not None:
        raise NotFound(GONE)
    return from_stored(row.criteria)


def _said(row: TargetRow) -> dict[str, object]:
    return {
        "name": row.name,
        "criteria": row.criteria,
        "count": row.count,
        "due": row.due_on.isoformat(),
        "owner": row.owner_id,
    }


def send_chart(session: GuardedSession, actor: Actor, moment: Moment) -> None:
    """Send whoever asks the figures as a chart and a table, as a direct message: charts live in messages only."""
    found = portfolio.seen(session, actor, moment)
    subjects = [actor.person_id]
    outbox.put(session, moment, Kind.PORTFOLIO, actor.slack_user_id, view.message(found), subjects=subjects)
