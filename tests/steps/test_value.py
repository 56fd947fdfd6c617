"""The report on deals against counting one by one in plain Python, on random programs; and what it withholds."""

import random
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import insert

from domain.errors import NotAllowed, RuleError
from domain.home import Home
from domain.opportunities import DealKind, Status
from domain.people import Role
from domain.value import LEAST, Figures, Filters, Period, Value, check_period
from steps import home, value
from storage import settings
from storage.accounts import Account
from storage.advocates import Advocate
from storage.assets import Asset, AssetUse
from storage.engagements import Engagement
from storage.guard import GuardedSession
from storage.nominations import Contact, Nomination
from storage.opportunities import Opportunity
from tests.worlds import World, counted

WINDOW = 180
TODAY = date(2026, 9, 1)
ACTIVITIES = ("reference call", "site visit", "case study")
INDUSTRIES, REGIONS, COUNTRIES = ("healthcare", "Banking", None), ("EMEA", "APAC", None), ("DE", "JP", None)
PRODUCTS: tuple[list[str], ...] = (["Beacon"], ["Gate", "Beacon"], [], ["Gäte %"])


class Program:
    """A random program: what is in the database, and the same as lists."""

    def __init__(self, world: World, seed: int) -> None:
        self.world, self.rng = world, random.Random(seed)
        self.id = world.workspace(f"T{seed}")
        self.rows: dict[type, list[dict[str, Any]]] = {}
        tables = (Account, Contact, Nomination, Advocate, Opportunity, Engagement, Asset, AssetUse)
        for table in tables:
            self.rows[table] = []
        self._make()

        def write(session: GuardedSession) -> None:
            for table in tables:
                if self.rows[table]:
                    session.execute(insert(table), self.rows[table], execution_options={"render_nulls": True})

        world.do(self.id, write)

    def _make(self) -> None:
        rng, own = self.rng, {"workspace_id": self.id, "created_at": self.world.now}
        for at in range(5):
            facts: dict[str, Any] = {"industry": rng.choice(INDUSTRIES), "region": rng.choice(REGIONS)}
            facts |= {"country": rng.choice(COUNTRIES), "products": rng.choice(PRODUCTS)}
            self.rows[Account].append({**own, "id": f"A{at}", "name": f"Account {at}", "key": f"a{at}", **facts})
        for at in range(4):
            key = f"V{at}"
            names = {"name": key, "name_key": key, "company": key, "company_key": key, "identity": key}
            self.rows[Contact].append({**own, **names, "id": key, "account_id": self._some("A", 5)})
            said = {"source": "web", "state": "accepted", "why": "", "customer_knows": True, "version": 1}
            self.rows[Nomination].append(
                {**own, **said, "id": key, "contact_id": key, "products": [], "activities": []}
            )
            there = {"contact_id": key, "nomination_id": key, "version": 1, "state": "active"}
            self.rows[Advocate].append({**own, "id": key, **there, "languages": [], "products": [], "activities": []})
            asset = {"advocate_id": key, "kind": "quote", "title": key, "approved_at": self.world.now}
            asset |= {"scope": "named", "facets": []}
            self.rows[Asset].append({**own, "id": key, **asset})
        for at in range(rng.choice((0, 1, 40))):
            self.rows[Opportunity].append({**own, "id": f"O{at:02}", **self._deal(at)})
        deals = len(self.rows[Opportunity])
        for at in range(rng.choice((0, 25))):
            used = {
                "advocate_id": self._some("V", 4),
                "activity": rng.choice(ACTIVITIES),
                "halves": 2,
                "source": "touch",
            }
            used |= {"happens_on": self._day(), "status": rng.choice(("done", "done", "reserved", "released"))}
            used |= {"opportunity_id": f"O{rng.randrange(deals):02}" if deals and rng.random() < 0.7 else None}
            self.rows[Engagement].append({**own, "id": f"E{at:02}", "over_cap": False, **used})
            if deals and rng.random() < 0.2:
                taken = {"asset_id": self._some("V", 4), "opportunity_id": f"O{rng.randrange(deals):02}"}
                at_noon = self.world.now.replace(hour=12) - timedelta(days=rng.randrange(400))
                self.rows[AssetUse].append({"workspace_id": self.id, "id": f"U{at:02}", "at": at_noon, **taken})

    def _deal(self, at: int) -> dict[str, Any]:
        rng = self.rng
        close = self._day() if rng.random() < 0.9 else None
        opened = close - timedelta(days=rng.randrange(-5, 200)) if close and rng.random() < 0.8 else None
        account = self._some("A", 5) if rng.random() < 0.8 else None
        amount = rng.choice((None, 0, 12_345, 10**13))
        return {
            "name": f"Deal {at}",
            "key": f"deal {at}",
            "account_id": account,
            "kind": rng.choice(tuple(DealKind)).value,
            "stage": "",
            "status": rng.choice(tuple(Status)).value,
            "hundredths": amount,
            "currency": None if amount is None else rng.choice(("USD", "EUR")),
            "opened_on": opened,
            "close_on": close,
            "source": "file",
        }

    def _some(self, letter: str, many: int) -> str:
        return f"{letter}{self.rng.randrange(many)}"

    def _day(self) -> date:
        return TODAY + timedelta(days=self.rng.randrange(-500, 100))

    def report(self, filters: Filters) -> Value:
        found = self.world.do(self.id, value.read, self.world.moment(), filters)
        assert isinstance(found.value, Value)
        return found.value

    def by_hand(self, filters: Filters) -> dict[str, dict[str, Any]]:
        """The same, deal by deal."""
        deals = [deal for deal in self.rows[Opportunity] if self._counts(deal, filters)]
        touched = {deal["id"] for deal in deals if self._is_influenced(deal, filters)}
        return {
            "all": told(deals),
            "influenced": told([deal for deal in deals if deal["id"] in touched]),
            "others": told([deal for deal in deals if deal["id"] not in touched]),
        }

    def _counts(self, deal: dict[str, Any], filters: Filters) -> bool:
        close, period = deal["close_on"], filters.period
        if period.first and (close is None or close < period.first):
            return False
        if period.last and (close is None or close > period.last):
            return False
        account = next((one for one in self.rows[Account] if one["id"] == deal["account_id"]), {})
        for name, some in (
            ("industry", filters.industries),
            ("region", filters.regions),
            ("country", filters.countries),
        ):
            if some and (account.get(name) or "").lower() not in {one.lower() for one in some}:
                return False
        return not filters.products or any(one in account.get("products", []) for one in filters.products)

    def _is_influenced(self, deal: dict[str, Any], filters: Filters) -> bool:
        ends = TODAY if deal["status"] == "open" or deal["close_on"] is None else deal["close_on"]
        accounts = {one["id"]: one["account_id"] for one in self.rows[Opportunity]}
        homes = {one["id"]: one["account_id"] for one in self.rows[Contact]}
        uses = [(one["opportunity_id"], homes[one["advocate_id"]], one["happens_on"]) for one in self._done(filters)]
        uses += [
            (one["opportunity_id"], None, one["at"].date()) for one in self.rows[AssetUse] if not filters.activities
        ]
        for of_deal, place, day in uses:
            near = 0 <= (ends - day).days <= WINDOW
            same = deal["account_id"] is not None and of_deal and accounts[of_deal] == deal["account_id"]
            own = place is not None and place == deal["account_id"] and deal["kind"] != "new"
            if near and (of_deal == deal["id"] or same or own):
                return True
        return False

    def _done(self, filters: Filters) -> list[dict[str, Any]]:
        done = [one for one in self.rows[Engagement] if one["status"] == "done"]
        return [one for one in done if not filters.activities or one["activity"] in filters.activities]


def told(deals: list[dict[str, Any]]) -> dict[str, Any]:
    """Figures of some deals, the plain way."""
    found: dict[str, Any] = {"won_amount": {}, "won_kinds": {}, "timed": {}, "days": {}}
    for status in Status:
        some = [deal for deal in deals if deal["status"] == status.value]
        found[status.value] = len(some)
        timed = [one for one in some if one["opened_on"] and one["close_on"] and one["opened_on"] <= one["close_on"]]
        found["timed"][status] = 0 if status is Status.OPEN else len(timed)
        spans = [(one["close_on"] - one["opened_on"]).days for one in timed]
        found["days"][status] = 0 if status is Status.OPEN else sum(spans)
    for deal in deals:
        if deal["status"] == "won" and deal["hundredths"]:
            amount = Decimal(deal["hundredths"]) / 100
            for place, key in (("won_amount", deal["currency"]), ("won_kinds", (deal["kind"], deal["currency"]))):
                found[place][key] = found[place].get(key, Decimal(0)) + amount
    return found


def as_told(figures: Figures) -> dict[str, Any]:
    kinds = {(k.value, c): a for k, amounts in figures.won_by_kind.items() for c, a in amounts.items()}
    counts = {status.value: figures.counts[status] for status in Status}
    timed = {"timed": dict(figures.timed), "days": dict(figures.days)}
    return {**counts, "won_amount": figures.amounts[Status.WON], "won_kinds": kinds, **timed}


FILTERS = (
    Filters(),
    Filters(Period(date(2025, 10, 1), date(2026, 3, 31))),
    Filters(Period(date(2027, 1, 1), None)),
    Filters(industries=("HEALTHCARE",)),
    Filters(Period(None, TODAY), regions=("emea",), countries=("DE", "jp")),
    Filters(products=("Beacon",)),
    Filters(products=("Gäte %",), activities=("site visit", "case study")),
    Filters(activities=("reference call",)),
)


@pytest.mark.parametrize("seed", range(12))
def test_the_report_is_what_counting_by_hand_gives(world: World, seed: int) -> None:
    program = Program(world, seed)
    for filters in FILTERS:
        found, expected = program.report(filters), program.by_hand(filters)
        assert as_told(found.all) == expected["all"], filters
        assert as_told(found.influenced) == expected["influenced"], filters
        assert as_told(found.others) == expected["others"], filters
        rows: list[Any] = []
        program.world.do(program.id, value.rows, program.world.moment(), filters, rows.append)
        assert sum(row.influenced for row in rows) == sum(found.influenced.counts.values())
        assert len(rows) == sum(found.all.counts.values())


def test_rates_of_few_are_withheld_and_currencies_never_added() -> None:
    figures = Figures()
    figures.counts[Status.WON], figures.counts[Status.LOST] = 4, LEAST - 5
    assert figures.win_rate is None
    figures.counts[Status.LOST] += 1
    assert figures.win_rate == 0.4
    assert figures.cycle_days(Status.WON) is None


def test_a_period_that_ends_before_it_begins_is_refused_and_the_one_before_is_as_long() -> None:
    with pytest.raises(RuleError, match="before it begins"):
        check_period(TODAY, TODAY - timedelta(days=1))
    for day in (date(1, 1, 1), date(9999, 12, 31)):
        with pytest.raises(RuleError, match="from 1900 to 2199"):
            check_period(day, None)
        with pytest.raises(RuleError, match="from 1900 to 2199"):
            check_period(None, day)
    quarter = check_period(date(2026, 4, 1), date(2026, 6, 30))
    assert quarter.before() == Period(date(2025, 12, 31), date(2026, 3, 31))
    assert check_period(None, TODAY).before() is None


def test_three_statements_however_many_deals_and_only_for_those_who_may(world: World) -> None:
    program = Program(world, 3)
    with counted(world.db) as statements:
        program.world.do(program.id, value.read, world.moment(), FILTERS[1])
    assert len([one for one in statements if one.lstrip().upper().startswith("SELECT")]) == 3
    rep, champion = world.member(program.id, "UREP"), world.member(program.id, "UCHAMPION", Role.CHAMPION)
    with pytest.raises(NotAllowed, match="can see what advocacy does for the business"):
        world.do(program.id, value.seen, rep, world.moment(), Filters())
    report, _industries = world.do(program.id, value.seen, champion, world.moment(), Filters())
    assert report.before is None


def test_home_tells_what_the_quarter_had_brought_when_it_was_last_counted(world: World) -> None:
    program = Program(world, 20)  # has won and open deals with an advocate in the quarter
    world.now = datetime(2026, 9, 1, 6, tzinfo=UTC)
    champion = world.member(program.id, "UCHAMPION", Role.CHAMPION)

    def shown() -> Home:
        found: Home = world.do(program.id, home.seen, champion, world.moment())
        return found

    assert shown().brought is None
    known = world.do(program.id, settings.load)
    world.do(program.id, value.keep, world.moment(), known)
    quarter = Period(date(2026, 7, 1), date(2026, 9, 30))
    expected = program.report(Filters(quarter))
    counted_on, brought = shown().brought or pytest.fail("nothing was kept")
    assert counted_on == TODAY
    assert (brought.first, brought.last) == (quarter.first, quarter.last)
    assert brought.won_of_all == expected.all.counts[Status.WON] == 4
    assert (brought.won, brought.open) == tuple(expected.influenced.counts[one] for one in (Status.WON, Status.OPEN))
    assert brought.won_amounts == expected.influenced.amounts[Status.WON]
    assert brought.open_amounts == expected.influenced.amounts[Status.OPEN]
    world.do(program.id, value.keep, world.moment(), known)
    world.now += timedelta(days=1)
    world.do(program.id, value.keep, world.moment(), known)
    assert (shown().brought or (None,))[0] == TODAY + timedelta(days=1)
