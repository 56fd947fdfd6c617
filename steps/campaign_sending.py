"""What a campaign says to whom: within everybody's budget, until it ends, and then how it ended.

What it is and when it ends is in domain.campaigns; starting and stopping by hand in steps.campaigns.
"""

from datetime import date, datetime

from domain.budget import A_CHANNEL, A_PERSON, has_room
from domain.campaigns import LISTED, Customer, End, Progress, State, end_of
from domain.messages import UNASKED, Kind
from domain.moment import Moment
from domain.people import Standing
from domain.portfolio import Target
from domain.settings import ChannelRole, Settings
from domain.time_zones import may_speak, zone_of
from steps import unasked
from steps.portfolio import Census, target_of
from steps.progress import TEAM_CHANNEL
from steps.unasked import Ledger
from storage import audit, campaigns, outbox, people, targets
from storage.campaigns import Campaign, CampaignPlace
from storage.guard import GuardedSession
from storage.outbox import TO_CHANNEL_ROLE
from storage.people import Person
from views import campaign_messages as view


def run(session: GuardedSession, moment: Moment, known: Settings) -> bool:
    """Close what is reached or over, and tell those whose week has room again."""
    running = campaigns.unclosed(session)
    if not running:
        return False
    census = Census.take(session, moment, known)
    wanted = {held.row.id: target_of(held) for held in targets.every(session)}
    for one in running:
        row = locked(session, one.id)
        if row is None or row.state == State.CLOSED.value:
            continue
        target = wanted.get(row.target_id)
        end = end_of(row.ends_on, census.measured(target) if target else None, census.today)
        if end is not None:
            close(session, moment, row, end, census, target)
        elif row.state == State.OPEN.value:
            send(session, moment, known, row)
    return False


def locked(session: GuardedSession, campaign_id: str) -> Campaign | None:
    """The row, held until the transaction ends: of two who close it one does."""
    return session.get(Campaign, (session.workspace_id, campaign_id), with_for_update={"key_share": True})


def slot_of(place: CampaignPlace) -> str:
    """The message to one place, which stays current."""
    return f"campaign:{place.campaign_id}:{place.id}"


def can_be_asked(person: Person | None) -> bool:
    """Whether somebody is a full member whom a message reaches."""
    return person is not None and person.standing == Standing.MEMBER.value and bool(person.slack_user_id)


def has_room_for(ledger: Ledger, person: Person, now: datetime) -> bool:
    """Whether this owner can be told now: neither at night, away, in a pulse, nor told enough this week."""
    zone = zone_of(person.time_zone)
    today = now.astimezone(zone).date()
    if not may_speak(zone, now):
        return False
    if person.away_until is not None and person.away_until >= today:
        return False
    target = person.slack_user_id or ""
    spent = ledger.spent(target, person.time_zone)
    return not ledger.has_pulse(target) and has_room(spent, today, UNASKED[Kind.CAMPAIGN], A_PERSON)


def channel_has_room(ledger: Ledger, channel: str, today: date, known: Settings) -> bool:
    """Whether a channel can be posted to now, by whatever name it was posted to this week."""
    roles = [f"{TO_CHANNEL_ROLE}{role.value}" for role in ChannelRole if known.channels.get(role) == channel]
    spent = [one for name in (channel, *roles) for one in ledger.spent(name, known.time_zone)]
    return has_room(spent, today, UNASKED[Kind.CAMPAIGN_POST], A_CHANNEL)


def send(session: GuardedSession, moment: Moment, known: Settings, row: Campaign) -> None:
    """Tell everybody who has not got it and whose week has room; whoever started it hears who is gone."""
    session.flush()
    ledger = unasked.ledger(session, moment)
    gone = []
    for place, person in campaigns.places(session, row.id):
        if place.told_at is not None or place.gone_at is not None:
            continue
        if place.channel:
            _post(session, moment, known, ledger, row, place)
        elif person is None or not can_be_asked(person):
            place.gone_at = moment.now
            gone.append((person.id, person.name) if person else ("", "somebody"))
        elif has_room_for(ledger, person, moment.now):
            _ask(session, moment, row, place, person)
    starter = people.by_ids(session, [row.started_by_id]) if gone and row.started_by_id else []
    if gone:
        to = starter[0].slack_user_id if starter and can_be_asked(starter[0]) else None
        message = view.gone(row.text, [name for _id, name in gone])
        subjects = [person_id for person_id, _name in gone if person_id]
        outbox.put(session, moment, Kind.CAMPAIGN_NEWS, to or TEAM_CHANNEL, message, subjects=subjects)


def _post(
    session: GuardedSession, moment: Moment, known: Settings, ledger: Ledger, row: Campaign, place: CampaignPlace
) -> None:
    today = moment.now.astimezone(zone_of(known.time_zone)).date()
    if place.channel and channel_has_room(ledger, place.channel, today, known):
        place.told_at = moment.now
        message = view.post(row.id, row.text, row.ends_on)
        outbox.put(session, moment, Kind.CAMPAIGN_POST, place.channel, message, slot=slot_of(place))


def _ask(session: GuardedSession, moment: Moment, row: Campaign, place: CampaignPlace, person: Person) -> None:
    free = campaigns.still_free(session, place.account_ids, person.id)
    if not free:  # all of them have an advocate or another owner by now
        session.delete(place)
        return
    place.told_at = moment.now
    some = [Customer(*one) for one in free[:LISTED]]
    message = view.ask(row.id, row.text, row.ends_on, some, len(free))
    subjects = [person.id]
    target = person.slack_user_id or ""
    outbox.put(session, moment, Kind.CAMPAIGN, target, message, subjects=subjects, slot=slot_of(place))


def close(
    session: GuardedSession, moment: Moment, row: Campaign, end: End, census: Census, target: Target | None
) -> None:
    """End it: what waits is taken back, what stands says so, and starter and team hear the result once."""
    row.state, row.end, row.closed_at = State.CLOSED.value, end.value, moment.now
    placed = campaigns.places(session, row.id)
    by_slot = {slot_of(place): place.channel or (person.slack_user_id if person else None) for place, person in placed}
    campaigns.withdraw(session, moment, by_slot)
    for slot in sorted(outbox.posted(session, list(by_slot))):
        if to := by_slot[slot]:
            outbox.put(session, moment, Kind.CAMPAIGN_NEWS, to, view.closed(row.text), slot=slot)
    found = progress_of(session, row, census, target)
    starter = people.by_ids(session, [row.started_by_id]) if row.started_by_id else []
    heard = [one.slack_user_id for one in starter if can_be_asked(one) and one.slack_user_id]
    for to in (*heard, TEAM_CHANNEL):
        outbox.put(session, moment, Kind.CAMPAIGN_NEWS, to, view.result(found), subjects=[one.id for one in starter])
    audit.record(session, moment, None, "campaign.closed", ("campaign", row.id), after={"end": end.value})


def progress_of(session: GuardedSession, row: Campaign, census: Census, target: Target | None) -> Progress:
    """What it has brought, by the nominations that came through its buttons. Six statements."""
    placed = campaigns.places(session, row.id)
    starter = people.by_ids(session, [row.started_by_id]) if row.started_by_id else []
    wanted = census.wanted(target.criteria) if target else None
    there = set(census.roll.chosen(wanted, available=True)) if wanted else set()
    return Progress(
        id=row.id,
        name=target.name if target else "a target that was deleted",
        state=State(row.state),
        end=End(row.end) if row.end else None,
        text=row.text,
        starter=starter[0].slack_user_id if starter else None,
        ends_on=row.ends_on,
        expected=row.expected,
        nominations=campaigns.nominations(session, row.id),
        counting=len(there & campaigns.advocates(session, row.id)),
        available=len(there),
        count=target.count if target else 0,
        told=sum(place.told_at is not None for place, _person in placed),
        waiting=sum(place.told_at is None and place.gone_at is None for place, _person in placed),
        gone=tuple(person.name for place, person in placed if place.gone_at is not None and person),
        stuck=tuple(campaigns.stuck(session, [slot_of(place) for place, _person in placed])),
    )
