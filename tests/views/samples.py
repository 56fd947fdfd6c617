"""Cards to draw: friendly ones to read, and hostile ones that nobody may be hurt by."""

from dataclasses import Field, fields, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from domain import advocates, nominations
from domain.advocates import Consent, ConsentScope, Found, Interview, Profile
from domain.capacity import Capacity
from domain.matching import Part
from domain.nominations import Card, Source, State, Word
from domain.offers import Answer, Offer, OnHand, PastUse, Portrait, Ready, Refinement
from domain.query import Facet
from domain.vocabulary import Activity

NOW = datetime(2026, 5, 3, 9, 30, tzinfo=UTC)

CARD = Card(
    id="01NOMINATION",
    state=State.SUBMITTED,
    contact_name="Ada Lovelace",
    company="Acme",
    why="Runs our EU rollout.\nSaid it saved her team.",
    source=Source.COMMAND,
    created_at=NOW - timedelta(days=2),
    customer_knows=True,
    nominator_id="p1",
    nominator_slack_id="U0SAM",
    nominator_name="Sam Rivera",
    nominator_function="sales",
)

PROFILE = Profile(
    title="Head of Data",
    persona="economic buyer",
    industry="banking",
    country="DE",
    region="EMEA",
    languages=("English", "German"),
    products=("Core", "Edge"),
    use_cases="Fraud detection",
    outcomes="40 % fewer tickets",
    quotes="It just works.",
    topics="Data quality",
    activities=("reference call", "case study"),
    refused_activities=("press",),
    preferred_contact="in the morning",
    links="https://acme.example/story\nsee the wiki",
)

CONSENT = Consent((ConsentScope.LISTED, ConsentScope.CONVERSATIONS), date(2026, 4, 20), "by email")

ADVOCATE = advocates.Card(
    id="01ADVOCATE",
    state=advocates.State.INTERVIEWING,
    contact_name="Ada Lovelace",
    company="Acme",
    profile=PROFILE,
    nomination_id=CARD.id,
    nominator_slack_id="U0SAM",
    endorser_slack_ids=("U0KIM",),
    interview=Interview(at=NOW + timedelta(days=1), interviewer_slack_id="U0KIM", link="https://meet.example/1"),
    consent=CONSENT,
    verified_at=NOW,
    version=3,
)

FOUND = Found(
    id=ADVOCATE.id,
    contact_name="Ada Lovelace",
    company="Acme",
    profile=PROFILE,
    consent=CONSENT,
    verified_at=NOW,
    why=("banking", "EMEA"),
)


OFFER = Offer(
    found=FOUND,
    activity=Activity.REFERENCE_CALL,
    capacity=Capacity(left_halves=3, cap_halves=4, used_halves=1, next_free=date(2026, 6, 2)),
    is_free=False,
    next_free=date(2026, 6, 2),
    score=81.5,
    parts=(
        Part("fit", 50, 50, "matches banking and EMEA"),
        Part("capacity", 14.5, 25, "not free now, 1½ of 2 left"),
        Part("unasked", 7, 15, "asked 170 days ago"),
        Part("fresh", 10, 10, "verified today"),
    ),
)

PORTRAIT = Portrait(
    card=replace(ADVOCATE, state=advocates.State.ACTIVE),
    offer=OFFER,
    history=(
        PastUse(date(2026, 6, 12), Activity.CASE_STUDY, is_coming=True),
        PastUse(date(2026, 3, 14), Activity.REFERENCE_CALL, is_own=True),
        PastUse(date(2026, 1, 9), Activity.VIDEO),
    ),
    ready=(
        Ready("case study", "40 % fewer tickets", "https://acme.example/story", id="01STORY", scope="in public"),
        Ready("quote", "Words", None, "Wow", "01QUOTE", "Ada Lovelace, Acme", "in public", date(2026, 12, 31)),
    ),
    today=NOW.date(),
)

ANSWER = Answer(
    offers=(OFFER,),
    query="industry:banking region:EMEA",
    page=0,
    pages=1,
    total=1,
    understood=("industry: banking", "region: EMEA"),
    remarks=(),
    today=NOW.date(),
)


def card(**changes: Any) -> Card:
    """The friendly nomination, changed."""
    return replace(CARD, **changes)


def advocate(**changes: Any) -> advocates.Card:
    """The friendly advocate, changed."""
    return replace(ADVOCATE, **changes)


NASTY = (
    "",
    " ",
    "\n",
    "\u200b",
    "<!channel>",
    "<@U0BOSS> <#C1|x> <https://evil.example|click> <!date^1^{date}|now>",
    "https://evil.example *bold* _it_ ~no~ `code` ```\npre\n```",
    ">>> quoted\n> again\n&gt; and again",
    "=cmd|' /C calc'!A0",
    "\u202egnihtyreve\u2066 \u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627",
    "a\x00b\x08c\r\nd\ud800e",
    "&" * 40_000,
    "<!channel> " * 4000,
    "😀" * 20_000,
    "👩‍👩‍👧‍👦" * 4000,
    "x" * 40_000,
    "\n\n\n" * 10_000 + "end",
    "שלום " * 8000,
    "&amp;" * 37,
)

ALL_MARKUP = "<!channel> & <@U0BOSS> *bold* <https://evil.example|click> > `code`\n> quoted"
"""All that must not be taken for our own, in one text that comes often: a few tries must find a missing escape."""

hostile = st.one_of(st.just(ALL_MARKUP), st.sampled_from(NASTY), st.text(max_size=80))
maybe = st.one_of(st.none(), hostile)
many = st.lists(hostile, max_size=4).map(tuple) | st.just(("<!here>" * 30,) * 60)
slack_id = st.one_of(st.none(), st.sampled_from(["U0SAM", "W0KIM", "<!channel>", "U" * 400]))
slack_ids = st.lists(st.sampled_from(["U0SAM", "W0KIM", "<!here>"]), max_size=3).map(tuple) | st.just(("U0SAM",) * 150)
instants = st.datetimes(datetime(1999, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  # bounds are naive
days = st.dates(date(1999, 1, 1), date(2090, 1, 1))

_BY_TYPE: dict[Any, st.SearchStrategy[Any]] = {
    str: hostile,
    str | None: maybe,
    bool: st.booleans(),
    datetime: instants,
    datetime | None: st.none() | instants,
    date | None: st.none() | days,
    tuple[str, ...]: many,
    int: st.integers(0, 10**6),
}


def _built(of: type[Any], **known: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Any value of a dataclass, by its fields' names and types."""
    chosen = {item.name: known[item.name] if item.name in known else _by_type(item) for item in fields(of)}
    return st.fixed_dictionaries(chosen).map(lambda values: of(**values))


def _by_type(item: Field[Any]) -> st.SearchStrategy[Any]:
    if item.name.endswith("_slack_id"):
        return slack_id
    return _BY_TYPE[item.type]


ids = st.just("01ID")
nomination_cards: st.SearchStrategy[Card] = _built(
    Card,
    id=ids,
    state=st.sampled_from(State),
    source=st.sampled_from(Source),
    endorser_slack_ids=slack_ids,
    words=st.lists(st.builds(Word, slack_ids.map(lambda ids: (*ids, "U0SAM")[0]), hostile), max_size=9).map(tuple),
    advocate_id=st.none() | ids,
)
profiles: st.SearchStrategy[Profile] = _built(Profile)
consents = st.builds(Consent, st.lists(st.sampled_from(ConsentScope), unique=True).map(tuple), days, hostile)
interviews = st.builds(Interview, instants, slack_id, maybe, st.booleans(), maybe)
advocate_cards: st.SearchStrategy[advocates.Card] = _built(
    advocates.Card,
    id=ids,
    state=st.sampled_from(advocates.State),
    profile=profiles,
    interview=st.none() | interviews,
    consent=st.none() | consents,
    endorser_slack_ids=slack_ids,
)
found_ones: st.SearchStrategy[Found] = _built(Found, id=ids, profile=profiles, consent=st.none() | consents)
_parts = st.builds(Part, st.sampled_from(["fit", "fresh"]), st.floats(0, 50), st.just(50.0), hostile)
offers: st.SearchStrategy[Offer] = st.builds(
    Offer,
    found_ones,
    st.sampled_from(Activity),
    st.builds(Capacity, st.integers(0, 48), st.integers(0, 48), st.integers(0, 48), st.none() | days),
    st.booleans(),
    st.none() | days,
    st.floats(0, 100),
    st.lists(_parts, max_size=4).map(tuple),
    hostile,
)
carried = hostile.map(lambda line: line[:300])
"""The line of a query, as short as buttons can carry it."""

answers: st.SearchStrategy[Answer] = st.builds(
    Answer,
    st.lists(offers, max_size=10).map(tuple),
    carried,
    st.integers(0, 9),
    st.just(10),
    st.just(93),
    many,
    many,
    maybe,
    days,
    st.booleans(),
)
past_uses = st.builds(PastUse, days, st.sampled_from(Activity), st.booleans(), st.booleans())
ready_ones = st.builds(Ready, hostile, hostile, maybe, maybe, st.just("01ASSET"), hostile, hostile, st.none() | days)
on_hand = st.builds(OnHand, st.lists(ready_ones, max_size=8).map(tuple), maybe)
portraits: st.SearchStrategy[Portrait] = st.builds(
    Portrait,
    advocate_cards,
    offers,
    st.lists(past_uses, max_size=5).map(tuple),
    st.lists(ready_ones, max_size=9).map(tuple),
    st.booleans(),
    days,
    st.booleans(),
)
refinements = st.builds(
    Refinement,
    hostile,
    st.dictionaries(st.sampled_from(Facet), many.filter(bool), max_size=3),
    st.dictionaries(st.sampled_from(Facet), many.filter(bool), max_size=8),
)
values: st.SearchStrategy[nominations.Values] = _built(nominations.Values)
