"""Finding advocates, and keeping the index that finds them. Contact details and interview notes are never in it."""

from dataclasses import dataclass, replace

from domain import permissions
from domain.advocates import Found, Profile, State
from domain.moment import Moment
from domain.people import Actor
from domain.regions import country_name, region_of, regions
from storage import documents, profiles, search, settings
from storage.advocates import Advocate
from storage.guard import GuardedSession
from storage.nominations import Contact

MOST = 200
"""Advocates that one look-up ranks: more than anybody pages through."""

REGION_WORDS = (
    "emea",
    "apac",
    "americas",
    "latam",
    "dach",
    "nordics",
    "benelux",
    "europe",
    "asia",
    "africa",
    "oceania",
)
"""Regions that people ask for by name; an advocate is found under each that its country belongs to."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One page of a look-up. `understood` are the words that were searched for."""

    found: tuple[Found, ...]
    query: str
    page: int
    pages: int
    total: int
    understood: tuple[str, ...]


def look_up(session: GuardedSession, actor: Actor, _moment: Moment, query: str, page: int) -> Answer:
    """One page of the advocates that fit, best first; without words, those published last. Six statements."""
    permissions.check(actor, permissions.Action.LOOK_UP)
    wanted = search.terms(query)
    fitting = search.matching(session, search.words_of(query), MOST) if wanted else None
    ids = profiles.newest(session, MOST) if fitting is None else [hit.advocate_id for hit in fitting]
    size = settings.load(session).numbers["results_per_page"]
    pages = max(1, -(-len(ids) // size))
    page = min(max(page, 0), pages - 1)
    found = profiles.found(session, ids[page * size : (page + 1) * size])
    explained = tuple(replace(one, why=why_it_matches(one, wanted)) for one in found)
    return Answer(explained, query, page, pages, len(ids), wanted)


def why_it_matches(one: Found, wanted: tuple[str, ...]) -> tuple[str, ...]:
    """The parts of the profile in which a word of the query stands, in plain words."""
    parts = _parts(one.contact_name, one.company, one.profile)
    return tuple(
        label
        for label, words in parts
        if words and any(word.startswith(term) for term in wanted for word in documents.fold(words).split())
    )


def reindex(session: GuardedSession, row: Advocate) -> None:
    """Let the index say what the profile says; only an active advocate can be found."""
    if row.state != State.ACTIVE.value:
        documents.forget(session, row.id)
        return
    contact = session.get_one(Contact, (session.workspace_id, row.contact_id))
    parts = _parts(contact.name, contact.company, profiles.profile_of(row))
    documents.index(session, row.id, "\n".join(words for _label, words in parts if words))


def forget(session: GuardedSession, row: Advocate) -> None:
    """Make an advocate impossible to find."""
    documents.forget(session, row.id)


def region(country: str | None) -> str | None:
    """The business region of a country code."""
    return region_of(country) if country else None


def _parts(name: str, company: str, profile: Profile) -> list[tuple[str, str]]:
    place = [country_name(profile.country)] if profile.country else []
    place += [profile.region or "", *(word for word in REGION_WORDS if profile.country in (regions(word) or ()))]
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
        ("activity", " ".join(profile.activities)),
    ]
