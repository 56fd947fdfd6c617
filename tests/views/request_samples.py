"""Requests to draw: a friendly one to read, and hostile ones that nobody may be hurt by."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from domain.capacity import Capacity
from domain.limits import Limits
from domain.money import Money
from domain.obstacles import Kind, Obstacle
from domain.opportunities import Deal, DealKind, Status
from domain.request_outcomes import Fate, Happened, Outcome
from domain.request_preview import Preview
from domain.request_routing import Routing
from domain.request_values import Field, Purpose, RequestValues
from domain.requests import Card, State
from domain.touches import Logged
from domain.vocabulary import Activity
from tests.views import samples
from tests.views.samples import days, hostile, instants, maybe, slack_id, slack_ids

NOW = samples.NOW
NEED_BY = date(2026, 6, 20)
SLOT = datetime(2026, 6, 12, 8, 30, tzinfo=UTC)

CARD = Card(
    id="01REQUEST",
    state=State.NEW,
    activity=Activity.REFERENCE_CALL,
    need_by=NEED_BY,
    created_at=NOW - timedelta(days=1),
    requester_ids=("p1",),
    requester_slack_ids=("U0SAM",),
    requester_name="Sam Rivera",
    advocate_id="01ADVOCATE",
    advocate_name="Ada Lovelace",
    company="Acme",
    contact_id="01CONTACT",
    criteria="banking emea",
    why="They compare us with two others.",
    opportunity_id="01DEAL",
    opportunity="Sonnenblick: rollout",
    worth=Money(Decimal("120000.50"), "EUR"),
    closes_on=date(2026, 9, 30),
    details=(("attendees", "Their CISO and two architects"), ("slots", SLOT.isoformat())),
    day=SLOT.date(),
)

VALUES = RequestValues(Activity.REFERENCE_CALL, NEED_BY, advocate_id="01ADVOCATE", opportunity="Sonnenblick: rollout")

PREVIEW = Preview(
    advocate_id="01ADVOCATE",
    name="Ada Lovelace",
    company="Acme",
    capacity=Capacity(3, 4, 1, NEED_BY),
    day=NEED_BY,
    today=NOW.date(),
    next_free=date(2026, 6, 2),
    obstacles=(Obstacle(Kind.REST, "was asked for a reference call on 1 June; free again from 1 July"),),
    alternatives=(samples.OFFER,),
)


def card(**changes: Any) -> Card:
    """The friendly request, changed."""
    return replace(CARD, **changes)


_DAYS = {Field.DEADLINE.value, Field.EVENT_ON.value}
_TEXTS = [field.value for field in Field if field.value not in _DAYS and field is not Field.SLOTS]
details = st.fixed_dictionaries(
    dict.fromkeys(_TEXTS, hostile)
    | {name: days.map(date.isoformat) for name in _DAYS}
    | {"slots": st.lists(instants, max_size=5).map(lambda some: "\n".join(one.isoformat() for one in some))}
).map(lambda said: tuple(said.items()))
outcomes = st.builds(Outcome, st.sampled_from(Happened), st.none() | st.integers(1, 5), maybe, st.none() | days)

_KNOWN: dict[str, st.SearchStrategy[Any]] = {
    "id": st.just("01REQUEST"),
    "state": st.sampled_from(State),
    "activity": st.sampled_from(Activity),
    "need_by": days,
    "created_at": instants,
    "requester_ids": st.just(("p1",)),
    "requester_slack_ids": slack_ids,
    "routing": st.sampled_from(Routing),
    "advocate_id": st.none() | st.just("01ADVOCATE"),
    "facets": st.just(frozenset()),
    "worth": st.none() | st.just(Money(Decimal("-1234567890123.5"), "KWD")),
    "closes_on": st.none() | days,
    "details": details,
    "owner_slack_id": slack_id,
    "owner_asked_at": st.none() | instants,
    "taken_by_slack_id": slack_id,
    "answered_at": st.none() | instants,
    "scheduled_for": st.none() | instants,
    "day": st.none() | days,
    "outcome": st.none() | outcomes,
    "fate": st.none() | st.sampled_from(Fate),
    "late": st.booleans(),
    "in_the_way": st.lists(st.sampled_from(Kind), unique=True).map(tuple),
    "version": st.just(1),
}
cards: st.SearchStrategy[Card] = st.fixed_dictionaries(
    {item.name: _KNOWN.get(item.name, maybe) for item in fields(Card)}
).map(lambda values: Card(**values))

_TYPED: dict[str, st.SearchStrategy[Any]] = {
    "activity": st.sampled_from(Activity),
    "purpose": st.sampled_from(Purpose),
    "advocate_id": st.none() | st.just("01ADVOCATE"),
    "opportunity_id": st.none() | st.just("01DEAL"),
    "slots": st.lists(instants, max_size=3).map(tuple),
} | {name: st.none() | days for name in ("need_by", "close_on", "deadline", "event_on")}
values: st.SearchStrategy[RequestValues] = st.fixed_dictionaries(
    {item.name: _TYPED.get(item.name, maybe) for item in fields(RequestValues)}
).map(lambda typed: RequestValues(**typed))

halves = st.integers(0, 9)
capacities = st.builds(Capacity, halves, halves, halves, st.none() | days)
obstacles = st.builds(Obstacle, st.sampled_from(Kind), hostile, st.none() | days, st.booleans())
previews: st.SearchStrategy[Preview] = st.builds(
    Preview,
    st.just("01ADVOCATE"),
    hostile,
    hostile,
    capacities,
    days,
    days,
    st.none() | days,
    st.lists(obstacles, max_size=4).map(tuple),
    st.lists(samples.offers, max_size=3).map(
        lambda some: tuple(replace(one, found=replace(one.found, id=f"0{at}")) for at, one in enumerate(some))
    ),
)
deals = st.builds(
    Deal,
    st.just("01DEAL"),
    hostile,
    st.sampled_from(Status),
    maybe,
    st.none() | st.integers(0, 10**17),
    st.sampled_from([None, "EUR", "JPY"]),
    hostile,
    st.none() | days,
    st.sampled_from(DealKind),
    maybe,
)
logged = st.builds(
    Logged,
    hostile,
    st.sampled_from(Activity),
    days,
    capacities,
    st.just(Limits()),
    st.none() | days,
    days,
    st.booleans(),
)
