"""By which words and values each advocate is found. Contact details and interview notes are never among them."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from domain.advocates import Profile, State
from domain.moment import Moment
from domain.query import Facet
from domain.query.places import REGION_NAMES
from domain.regions import country_name, region_of, regions
from domain.settings import Settings
from steps import protection, vocabulary
from storage import assets, documents, profiles
from storage.accounts import Account
from storage.advocates import Advocate
from storage.guard import GuardedSession
from storage.nominations import Contact

AT_A_TIME = 100
"""Documents that one transaction makes anew, so that nobody waits for it."""

ENDED_LATELY = timedelta(days=7)
"""How long after a quote has expired its words are still taken out of the index: nothing ran for a week at most."""

FINDABLE = (State.ACTIVE.value, State.RESTING.value)
"""Nobody is sent to a resting advocate; what they have approved can still be used."""


def refresh(session: GuardedSession, row: Advocate, today: date) -> None:
    """Let the index say what the profile says; only an active advocate is offered."""
    if row.state not in FINDABLE:
        documents.forget(session, row.id)
        return
    contact = session.get_one(Contact, (session.workspace_id, row.contact_id))
    account = session.get(Account, (session.workspace_id, contact.account_id)) if contact.account_id else None
    profile = profiles.profile_of(row)
    segment = account.segment if account else None
    approved = assets.quotes_of(session, [row.id], today).get(row.id, "")
    documents.index(
        session,
        row.id,
        "\n".join(words for _label, words in parts(contact.name, contact.company, profile, approved) if words),
        [(facet.value, value) for facet, value in values(profile, segment)],
        offered=row.state == State.ACTIVE.value,
        free_on=today,
    )


def renew(session: GuardedSession, moment: Moment, settings: Settings) -> bool:
    """Make documents anew that an earlier version made, or that a changed number has outdated. True when more wait."""
    today = moment.now.date()
    old = documents.outdated(session, FINDABLE, AT_A_TIME)
    for advocate_id in assets.quotes_ended(session, today - ENDED_LATELY, today - timedelta(days=1)):
        of_advocate(session, advocate_id, today, settings)
    for advocate_id in old:
        row = session.get_one(Advocate, (session.workspace_id, advocate_id))
        vocabulary.learn(session, None, moment, terms_of(profiles.profile_of(row)))
        refresh(session, row, today)
        session.flush()
        protection.settle(session, row.id, settings, today)
    return len(old) == AT_A_TIME


def of_advocate(session: GuardedSession, advocate_id: str, today: date, settings: Settings) -> None:
    """Let the index say what is known of this advocate now, and from when on they are free."""
    refresh(session, session.get_one(Advocate, (session.workspace_id, advocate_id)), today)
    session.flush()
    protection.settle(session, advocate_id, settings, today)


def parts(name: str, company: str, profile: Profile, approved: str = "") -> list[tuple[str, str]]:
    """What a look-up finds words in, part by part, each with what it is called. `approved` are the words of quotes
    that may be used."""
    place = [country_name(profile.country)] if profile.country else []
    place += [profile.region or "", *_regions_of(profile.country)]
    return [
        ("name", name),
        ("company", company),
        ("role", f"{profile.title or ''} {profile.persona or ''}"),
        ("industry", profile.industry or ""),
        ("region", " ".join(dict.fromkeys(filter(None, place)))),
        ("language", " ".join(profile.languages)),
        ("product", " ".join(profile.products)),
        ("use case", profile.use_cases or ""),
        ("outcome", profile.outcomes or ""),
        ("topic", profile.topics or ""),
        ("quote", profile.quotes or ""),
        ("approved quote", approved),
        ("activity", " ".join(profile.activities)),
    ]


def values(profile: Profile, segment: str | None) -> Iterator[tuple[Facet, str]]:
    """The values of facets that a profile has."""
    yield from terms_of(profile)
    if segment:
        yield Facet.SEGMENT, segment
    yield from places(profile.country, profile.region)


def places(country: str | None, region: str | None) -> Iterator[tuple[Facet, str]]:
    """The values of a place: a country with every region that it lies in, else the region alone."""
    if country:
        yield Facet.COUNTRY, country
        yield from ((Facet.REGION, name) for name in _regions_of(country))
    elif region:
        yield Facet.REGION, region


def terms_of(profile: Profile) -> Iterator[tuple[Facet, str]]:
    """The values that belong to vocabularies: everything but places."""
    single = ((Facet.INDUSTRY, profile.industry), (Facet.PERSONA, profile.persona))
    yield from ((facet, value) for facet, value in single if value)
    yield from ((Facet.PRODUCT, product) for product in profile.products)
    yield from ((Facet.LANGUAGE, language) for language in profile.languages)
    wanted = (activity for activity in profile.activities if activity not in profile.refused_activities)
    yield from ((Facet.ACTIVITY, activity) for activity in wanted)


def region(country: str | None) -> str | None:
    """The business region of a country code."""
    return region_of(country) if country else None


@cache
def _regions_of(country: str | None) -> tuple[str, ...]:
    return tuple(name for name in REGION_NAMES if country in (regions(name) or ())) if country else ()
