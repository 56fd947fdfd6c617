"""Nudges over a month and a year, by a moved clock: 5 channels, 2,000 people, five time zones, and no rule broken.

The ticker itself runs, at every instant at which it says that something is due, as when the local workspace's calendar
is moved.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from domain.budget import A_CHANNEL, A_PERSON
from domain.clock import Clock
from domain.messages import UNASKED, Kind
from domain.nudge_choice import TOO_EARLY
from domain.nudges import Audience, slots_of
from domain.people import Actor
from domain.pulse import Element
from domain.settings import ChannelRole
from domain.time_zones import EARLIEST, LATEST
from schedules.clock import Ticker
from schedules.jobs import JOBS
from steps import nudge_answers, nudge_library, nudge_plans, onboarding
from storage import people
from storage.guard import GuardedSession
from storage.nudges import SENT, SILENT, Nudge
from storage.outbox import Message
from storage.people import Person
from tests.patience import patient
from tests.steps.floor import Floor, floor_of
from tests.worlds import KEYS, World

ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Auckland", "America/Santiago")
FUNCTIONS = ("sales", "marketing", "customer success", "support")
PLACES = {
    Audience.SALES: "role:sales",
    Audience.MARKETING: "role:marketing",
    Audience.CUSTOMER_SUCCESS: "C0SUCCESS",
    Audience.SUPPORT: "C0SUPPORT",
    Audience.MANAGERS: "C0MANAGERS",
}
IN_USE = {ChannelRole.SALES: "C0SALES", ChannelRole.MARKETING: "C0MARKETING"}
JUST_NUDGES = [job for job in JOBS if job.name == "nudges"]
ENTRIES = {entry.id: entry for entry in nudge_library.shipped()}


class SetClock:
    """Says what it is told."""

    def __init__(self, now: datetime) -> None:
        self.time = now

    def now(self) -> datetime:
        """The calendar's time."""
        return self.time

    def real(self) -> datetime:
        """The same: nothing is measured."""
        return self.time


@dataclass
class Month:
    """A floor full of people, and the ticker that goes through its time."""

    floor: Floor
    ticker: Ticker
    zone_of: dict[str, str]

    async def until(self, start: datetime, end: datetime) -> None:
        """Stop at each instant at which something is due."""
        now = start
        while (due := await self.ticker.next_due(now)) is not None and due <= end:
            now = due
            await self.ticker.tick(now)

    def messages(self) -> list[Message]:
        """What was sent that nobody asked for, in order."""
        kinds = [kind.value for kind in UNASKED]
        return sorted(self.floor.rows(Message, Message.kind.in_(kinds)), key=lambda one: (one.due_at, one.id))


def month(world: World, start: datetime) -> Month:
    """2,000 people in five zones, five channels, each on the clock of another zone, and managers of two hundred."""
    floor = floor_of(world)
    floor.world.now = start
    bosses = floor.people(200, "executive")
    rng = random.Random(5)
    for function in FUNCTIONS:
        for zone in ZONES:
            boss = bosses[rng.randrange(len(bosses))]
            floor.people(90, function, zone, manager_id=boss)
    for (audience, place), zone in zip(PLACES.items(), ZONES, strict=True):
        floor.plan(audience, place, rng.choice(["mon", "tue", "wed", "thu"]), time(9, 30), zone)
    clock: Clock = SetClock(start)
    ticker = Ticker(world.db, clock, random.Random(5).getrandbits, lambda: None, JUST_NUDGES)
    zone_of = {row.slack_user_id: row.time_zone for row in floor.rows(Person) if row.slack_user_id}
    return Month(floor, ticker, zone_of)


def direct_too(made: Month) -> None:
    """Support gets direct messages instead of posts: each on their own clock."""
    made.floor.plan(Audience.SUPPORT, None, "wed", time(10))


def actors(made: Month, condition: object, many: int) -> list[Actor]:
    """Some people who can act, from all zones."""
    found_rows = made.floor.rows(Person, condition)
    rows = found_rows[:: max(1, len(found_rows) // many)][:many]

    def find(session: GuardedSession) -> list[Actor]:
        return [actor for row in rows if (actor := people.actor_of(session, row.slack_user_id or "")) is not None]

    found: list[Actor] = made.floor.world.do(made.floor.id, find)
    return found


def check_times(made: Month) -> None:
    """Each came between six and eight on its reader's clock, on a working day."""
    plans = dict(zip(PLACES.values(), ZONES, strict=True))
    for message in made.messages():
        zone = made.zone_of.get(message.target) or plans.get(message.target) or ""
        local = message.due_at.astimezone(ZoneInfo(zone))
        assert EARLIEST <= local.time() < LATEST, (message.target, local)
        assert local.weekday() < 5, (message.target, local)


def check_budgets(made: Month) -> None:
    """No seven days in a row hold more than the budget."""
    plans = dict(zip(PLACES.values(), ZONES, strict=True))
    days: defaultdict[str, list[tuple[date, int]]] = defaultdict(list)
    for message in made.messages():
        zone = made.zone_of.get(message.target) or plans.get(message.target) or ""
        days[message.target].append((message.due_at.astimezone(ZoneInfo(zone)).date(), UNASKED[Kind(message.kind)]))
    for target, came in days.items():
        most = A_PERSON if target in made.zone_of else A_CHANNEL
        for first, _cost in came:
            week = sum(cost for day, cost in came if first <= day < first + timedelta(days=7))
            assert week <= most, (target, came)


def check_rounds(made: Month) -> None:
    """Nothing came twice to anybody before everything else of its element had; all of it can always be said here."""
    sent: defaultdict[str, list[str]] = defaultdict(list)
    for nudge in sorted(made.floor.nudges(Nudge.outcome == SENT), key=lambda one: (one.created_at, one.id)):
        entry = ENTRIES[nudge.entry_id or ""]
        if entry.day is None:
            sent[f"{nudge.target} {entry.element} {nudge.audience}"].append(entry.id)
    for key, came in sent.items():
        _target, element, audience = key.split(" ", 2)
        pool = {
            entry.id
            for entry in ENTRIES.values()
            if entry.element == element and audience in entry.audiences and entry.day is None and not entry.needs
        }
        for at, entry_id in enumerate(came):
            if entry_id in came[:at]:
                assert pool <= set(came[:at]), (key, came)


def check_texts(made: Month) -> None:
    """No place was left empty, and nothing of how it is done was said to a group that does not know why."""
    for nudge in made.floor.nudges(Nudge.outcome == SENT):
        assert nudge.text
        assert slots_of(nudge.text) == []
        if nudge.why["barrier"] in (Element.AWARENESS, Element.DESIRE):
            assert ENTRIES[nudge.entry_id or ""].element not in TOO_EARLY


def check_all(made: Month) -> None:
    """Every rule."""
    check_times(made)
    check_budgets(made)
    check_rounds(made)
    check_texts(made)


@pytest.fixture
def world(sqlite_url: str) -> Iterator[World]:
    """One engine: the rules are the same, and the statements are tried on both elsewhere."""
    db = patient(sqlite_url, KEYS)
    yield World(db)
    db.close()


async def test_a_month_of_five_channels_and_two_thousand_people(world: World) -> None:
    start = datetime(2026, 9, 6, 0, tzinfo=UTC)  # New Zealand and Chile change their clocks within the month
    made = month(world, start)
    new = actors(made, Person.function == "sales", 40)
    for actor in new:
        made.floor.do(onboarding.joined, actor, "C0SALES", IN_USE)
    await made.until(start, start + timedelta(days=10))
    for actor in new[:5]:
        made.floor.do(onboarding.left, actor, "C0SALES")
    made.floor.pulse("Q3", date(2026, 9, 16), {"Sales": Element.DESIRE, "Marketing": Element.ABILITY})
    await made.until(start + timedelta(days=10), start + timedelta(days=28))

    check_all(made)
    posts = Counter(nudge.target for nudge in made.floor.nudges(Nudge.person_id.is_(None)))
    assert posts == dict.fromkeys(PLACES.values(), 4)
    outcomes = Counter(nudge.outcome for nudge in made.floor.nudges(Nudge.person_id.is_(None)))
    assert set(outcomes) <= {SENT, SILENT}
    texts = [
        (nudge.target, nudge.entry_id) for nudge in made.floor.nudges(Nudge.person_id.is_(None), Nudge.outcome == SENT)
    ]
    assert len(texts) == len(set(texts)), "each is new to its channel"
    tracks = Counter(nudge.person_id for nudge in made.floor.nudges(Nudge.track_day.is_not(None)))
    assert {tracks[actor.person_id] for actor in new[5:]} == {4}
    assert {tracks[actor.person_id] for actor in new[:5]} == {2}
    heard = {
        ENTRIES[n.entry_id or ""].element
        for n in made.floor.nudges(Nudge.target == "role:marketing", Nudge.outcome == SENT)
    }
    assert heard == {Element.AWARENESS, Element.ABILITY}


@pytest.mark.slow
@pytest.mark.timeout(600)  # under three minutes where nothing else runs
async def test_a_year_with_direct_messages_leave_and_pulses(world: World) -> None:
    """Over both clock changes of each zone; with people who stop, rest, are away, join and are asked in pulses."""
    start = datetime(2026, 1, 4, 0, tzinfo=UTC)
    made = month(world, start)
    direct_too(made)
    floor, rng = made.floor, random.Random(9)
    barriers = list(Element)
    now = start
    for quarter in range(4):
        for week in range(13):
            if week == 5:
                asked = [slack for slack in made.zone_of if rng.random() < 0.5]
                floor.world.now = now
                floor.asks(asked)
                floor.send(Kind.PULSE, asked, due_at=now + timedelta(days=8, hours=15))  # planned a week ahead
            if week == 8:
                floor.asks_no_more()
            if week == 7:
                floor.pulse(
                    f"Q{quarter}",
                    now.date(),
                    {name.capitalize(): rng.choice(barriers) for name in (*FUNCTIONS, "Managers")},
                )
            _live(made, rng, now)
            await made.until(now, now + timedelta(days=7))
            now += timedelta(days=7)
    check_year(made)


def _live(made: Month, rng: random.Random, now: datetime) -> None:
    """What people do in a week."""
    made.floor.world.now = now
    somebody = made.floor.rows(Person, Person.function == "support")
    made.floor.change([rng.choice(somebody).id for _ in range(5)], away_until=now.date() + timedelta(days=10))
    for actor in actors(made, Person.id == rng.choice(somebody).id, 1):
        made.floor.do(rng.choice([nudge_answers.stop, nudge_answers.snooze, nudge_answers.again]), actor)
        made.floor.do(onboarding.joined, actor, "C0SUCCESS", IN_USE)


def check_year(made: Month) -> None:
    """Every rule, and what a pulse asks for: none while it is open. Its own time of day is not ours."""
    pulses = [message for message in made.messages() if message.kind == Kind.PULSE.value]
    assert pulses
    check_budgets(made)
    check_rounds(made)
    check_texts(made)
    asked = defaultdict(list)
    for pulse in pulses:
        asked[pulse.target].append(pulse.due_at)
    for message in made.messages():
        if message.kind != Kind.PULSE.value:
            assert not any(at <= message.due_at < at + timedelta(days=7) for at in asked[message.target])
    posts = made.floor.nudges(Nudge.person_id.is_(None))
    assert {nudge.target for nudge in posts} == set(PLACES.values()) - {"C0SUPPORT"}
    silent = Counter(nudge.target for nudge in posts if nudge.outcome == SILENT)
    assert all(4 <= many <= 7 for many in silent.values())
    overview = made.floor.do(nudge_plans.overview, made.floor.leader)
    assert overview.past
