"""Campaigns by hand: written, looked at, started, paused, stopped; and nominating through one.

Decides the order of the steps; the rules are in domain.campaigns, what is sent in steps.campaign_sending.
"""

from collections import defaultdict
from dataclasses import replace

from domain import permissions
from domain.campaigns import (
    End,
    Plan,
    Preview,
    Progress,
    Recipient,
    State,
    account_criteria,
    check_plan,
    check_someone,
    draft,
)
from domain.errors import AlreadyDone, NotFound, RuleError
from domain.moment import Moment
from domain.nominations import Source, Values
from domain.people import Actor
from domain.portfolio import Criteria, Measured, Target
from steps import nominations, unasked
from steps.campaign_sending import can_be_asked, channel_has_room, close, has_room_for, locked, progress_of, send
from steps.nominations import AlreadyKnown, Submitted
from steps.portfolio import Census, account_values, target_of
from steps.targets import GONE
from storage import audit, campaigns, settings, targets
from storage import portfolio as stored
from storage.campaigns import Campaign, CampaignNomination, CampaignPlace, Free
from storage.documents import facet_word
from storage.guard import GuardedSession
from storage.people import Person
from storage.targets import TargetRow

RUNS = "A campaign for this target runs already. Open it from the list of targets."
MET = "This target is met, so there is nobody to look for."
ENDED = "This campaign is closed already."


def begin(session: GuardedSession, actor: Actor, moment: Moment, target_id: str) -> Plan:
    """A campaign's form for a gap. Raises NotAllowed, NotFound, AlreadyDone, RuleError."""
    census, target = _gap(session, actor, moment, target_id)
    return draft(target, census.today)


def _gap(session: GuardedSession, actor: Actor, moment: Moment, target_id: str) -> tuple[Census, Measured]:
    permissions.check(actor, permissions.Action.RUN_CAMPAIGNS)
    target = _target(session, target_id)
    if target is None:
        raise NotFound(GONE)
    newest = campaigns.newest_of(session, target_id)
    if newest is not None and newest.state != State.CLOSED.value:
        raise AlreadyDone(RUNS)
    census = Census.take(session, moment, settings.load(session))
    measured = census.measured(target)
    if measured.gap == 0:
        raise RuleError(MET)
    return census, measured


def _target(session: GuardedSession, target_id: str) -> Target | None:
    return next((target_of(held) for held in targets.every(session) if held.row.id == target_id), None)


def preview(session: GuardedSession, actor: Actor, moment: Moment, plan: Plan) -> Preview:
    """Who would get it, and whether now. Raises RuleError at the fields, NotAllowed, NotFound, AlreadyDone."""
    census, target = _gap(session, actor, moment, plan.target_id)
    plan, known = check_plan(plan, census.today), settings.load(session)
    owned, unowned = _fitting(session, census, target.target.criteria)
    ledger = unasked.ledger(session, moment)
    found = [
        Recipient(channel, None, 0, channel_has_room(ledger, channel, census.today, known)) for channel in plan.channels
    ]
    for owner, account_ids in owned:
        found.append(Recipient(None, owner.slack_user_id, len(account_ids), has_room_for(ledger, owner, moment.now)))
    check_someone(found)
    return Preview(plan, target, tuple(found), unowned)


def _fitting(session: GuardedSession, census: Census, criteria: Criteria) -> tuple[list[tuple[Person, list[str]]], int]:
    """Customers that fit and have no advocate, by the owner who can be asked; and the number of the others."""
    all_of = census.wanted(account_criteria(criteria)).all_of
    words = {
        row.id: {facet_word(facet.value, value) for facet, value in account_values(row)}
        for row in stored.accounts(session)
    }
    free = [
        one for one in campaigns.without_advocate(session) if all(words[one.account_id] & {*some} for some in all_of)
    ]
    return _by_owner(free)


def _by_owner(free: list[Free]) -> tuple[list[tuple[Person, list[str]]], int]:
    owners: dict[str, Person] = {}
    accounts: defaultdict[str, list[str]] = defaultdict(list)
    for one in free:
        if one.owner is not None and can_be_asked(one.owner):
            owners[one.owner.id] = one.owner
            accounts[one.owner.id].append(one.account_id)
    found = sorted(owners.values(), key=lambda owner: (owner.name, owner.id))
    unowned = len(free) - sum(map(len, accounts.values()))
    return [(owner, accounts[owner.id]) for owner in found], unowned


def start(session: GuardedSession, actor: Actor, moment: Moment, plan: Plan) -> Progress:
    """Start it, and tell those whose week has room. Of two who start at once one does, the other is told.

    Raises RuleError, NotAllowed, NotFound, AlreadyDone.
    """
    permissions.check(actor, permissions.Action.RUN_CAMPAIGNS)
    session.get(TargetRow, (session.workspace_id, plan.target_id), with_for_update={"key_share": True})
    census, target = _gap(session, actor, moment, plan.target_id)
    plan = check_plan(plan, census.today)
    owned, _unowned = _fitting(session, census, target.target.criteria)
    row = Campaign(
        id=moment.new_id(),
        target_id=plan.target_id,
        state=State.OPEN.value,
        text=plan.text,
        expected=target.gap,
        ends_on=plan.ends_on,
        started_by_id=actor.person_id,
        created_at=moment.now,
    )
    session.add(row)
    session.flush()
    own = {"campaign_id": row.id}
    placed = [CampaignPlace(id=moment.new_id(), channel=channel, account_ids=[], **own) for channel in plan.channels]
    placed += [CampaignPlace(id=moment.new_id(), owner_id=owner.id, account_ids=ids, **own) for owner, ids in owned]
    if not placed:
        check_someone([])
    session.add_all(placed)
    after = {"target": plan.target_id, "gap": target.gap, "places": len(placed)}
    audit.record(session, moment, actor.person_id, "campaign.started", ("campaign", row.id), after=after)
    send(session, moment, settings.load(session), row)
    return _shown(session, actor, row, census, target.target)


def _shown(session: GuardedSession, actor: Actor, row: Campaign, census: Census, target: Target | None) -> Progress:
    found = progress_of(session, row, census, target)
    return replace(found, may_run=permissions.may(actor, permissions.Action.RUN_CAMPAIGNS))


def progress(session: GuardedSession, actor: Actor, moment: Moment, campaign_id: str) -> Progress:
    """What a campaign has brought, for whoever may see targets. Raises NotAllowed, NotFound."""
    permissions.check(actor, permissions.Action.SEE_TARGETS)
    row = session.get(Campaign, (session.workspace_id, campaign_id))
    if row is None:
        raise NotFound("This campaign isn't here any more.")
    census = Census.take(session, moment, settings.load(session))
    return _shown(session, actor, row, census, _target(session, row.target_id))


def pause(session: GuardedSession, actor: Actor, moment: Moment, campaign_id: str, *, paused: bool) -> Progress:
    """Tell nobody else for now, or go on; to do it twice is no error. Raises NotAllowed, NotFound, AlreadyDone."""
    row = _running(session, actor, campaign_id)
    after = State.PAUSED if paused else State.OPEN
    if row.state != after.value:
        before, row.state = row.state, after.value
        what = "campaign.paused" if paused else "campaign.resumed"
        audit.record(
            session,
            moment,
            actor.person_id,
            what,
            ("campaign", row.id),
            before={"state": before},
            after={"state": row.state},
        )
        if not paused:
            send(session, moment, settings.load(session), row)
    return progress(session, actor, moment, campaign_id)


def stop(session: GuardedSession, actor: Actor, moment: Moment, campaign_id: str) -> Progress:
    """End it by hand. Raises NotAllowed, NotFound, AlreadyDone."""
    row = _running(session, actor, campaign_id)
    census = Census.take(session, moment, settings.load(session))
    target = _target(session, row.target_id)
    close(session, moment, row, End.STOPPED, census, target)
    audit.record(session, moment, actor.person_id, "campaign.stopped", ("campaign", row.id))
    return _shown(session, actor, row, census, target)


def _running(session: GuardedSession, actor: Actor, campaign_id: str) -> Campaign:
    permissions.check(actor, permissions.Action.RUN_CAMPAIGNS)
    row = locked(session, campaign_id)
    if row is None:
        raise NotFound("This campaign isn't here any more.")
    if row.state == State.CLOSED.value:
        raise AlreadyDone(ENDED)
    return row


def nominate(
    session: GuardedSession,
    actor: Actor,
    moment: Moment,
    values: Values,
    receipt: str,
    campaign_id: str,
) -> Submitted | AlreadyKnown:
    """A nomination through a campaign's button, which remembers it. Raises as steps.nominations.submit does."""
    done = nominations.submit(session, actor, moment, values, Source.CAMPAIGN, receipt)
    _remember(session, done, campaign_id)
    return done


def nominate_somebody_else(
    session: GuardedSession, actor: Actor, moment: Moment, key: str, campaign_id: str
) -> Submitted | AlreadyKnown:
    """The form that was held back for a namesake, after all. Raises NotFound."""
    done = nominations.submit_somebody_else(session, actor, moment, key)
    _remember(session, done, campaign_id)
    return done


def _remember(session: GuardedSession, done: Submitted | AlreadyKnown, campaign_id: str) -> None:
    """Once a nomination, whatever Slack delivers twice; a campaign that is closed by now brought it all the same."""
    if not isinstance(done, Submitted) or session.get(Campaign, (session.workspace_id, campaign_id)) is None:
        return
    if session.get(CampaignNomination, (session.workspace_id, done.card.id)) is None:
        session.add(CampaignNomination(nomination_id=done.card.id, campaign_id=campaign_id))
