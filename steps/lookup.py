"""Finding advocates: what was understood, who fits best, and who could be asked when. Decides no rule of its own."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from domain import permissions, query
from domain.advocates import ConsentScope, Found, Profile, State
from domain.capacity import WEIGHTS, capacity, used_halves
from domain.matching import Candidate, Fit, Ranked, rank
from domain.moment import Moment
from domain.offers import Answer, Offer, Refinement
from domain.people import Actor
from domain.phrases import listed
from domain.protection import Facts, activity_to_show, is_free, next_day, standing
from domain.query import Facet, Filter, Query, Vocabularies
from domain.query.places import REGION_NAMES
from domain.settings import Settings
from domain.vocabulary import Activity
from steps import findable, protection, querying, vocabulary
from storage import assets, documents, profiles, saved_searches, search, settings
from storage.guard import GuardedSession
from storage.saved_searches import LookUp

MOST = 100
"""Advocates that one look-up ranks: twenty pages, more than anybody turns, and what a look-up costs grows with it."""

LONGEST_LINE = 1800
"""Characters of a query's line as JSON: a button's value holds 2,000, and says more than the query."""

CHOSEN = (Facet.INDUSTRY, Facet.PRODUCT, Facet.PERSONA, Facet.SEGMENT, Facet.ACTIVITY, Facet.LANGUAGE, Facet.REGION)
"""What can be chosen from lists; of countries there are too many for one."""

CHOICES = 100
"""Choices that one list of Slack's holds."""


@dataclass(frozen=True, slots=True)
class Fitting:
    """Who fits a query, best first, with what decides about each. `relaxed` is what was left out of it, in words."""

    query: Query
    ranked: Sequence[Ranked] = ()
    facts: Mapping[str, Facts] = field(default_factory=dict)
    relaxed: str | None = None


def look_up(session: GuardedSession, actor: Actor, moment: Moment, typed: str, page: int) -> Answer:
    """One page of the advocates that fit, best first. Seven statements where somebody fits, whatever the size.

    Where nobody does, the query is asked again without one part at a time, one statement each, and one more tells
    whether the asker waits for it.
    """
    permissions.check(actor, permissions.Action.LOOK_UP)
    today, known, terms = actor.today(moment.now), settings.load(session), vocabulary.load(session)
    asked = carried(query.parse(typed, terms), terms)
    fitting = find(session, asked, terms, known, today)
    ranked, relaxed = fitting.ranked, fitting.relaxed
    size = known.numbers["results_per_page"]
    pages = max(1, -(-len(ranked) // size))
    page = min(max(page, 0), pages - 1)
    return Answer(
        offers=offers(session, fitting, ranked[page * size : (page + 1) * size], today),
        query=query.to_text(asked, terms),
        page=page,
        pages=pages,
        total=len(ranked),
        understood=query.understood(asked),
        remarks=query.remarks(asked),
        relaxed=relaxed,
        today=today,
        is_awaited=(not ranked or relaxed is not None) and _is_awaited(session, actor, asked),
    )


def _is_awaited(session: GuardedSession, actor: Actor, asked: Query) -> bool:
    row = saved_searches.by_key(session, actor.person_id, query.key_of(asked))
    return row is not None and row.ended_at is None


def carried(asked: Query, terms: Vocabularies) -> Query:
    """As much of a query as a button can carry to the next page; the rest is told as left out."""
    while _weight(query.to_text(asked, terms)) > LONGEST_LINE:
        asked = query.shorter(asked)
    return asked


def _weight(line: str) -> int:
    """Characters of a line within a button's value, as Slack counts them."""
    written = json.dumps(line, ensure_ascii=False)
    return len(written.encode("utf-16-le", "surrogatepass")) // 2


def refine(session: GuardedSession, actor: Actor, _moment: Moment, line: str) -> Refinement:
    """A query taken apart for the form. One statement."""
    permissions.check(actor, permissions.Action.LOOK_UP)
    terms = vocabulary.load(session)
    choices = {facet: tuple(sorted(terms.values.get(facet, ()), key=str.casefold)[:CHOICES]) for facet in CHOSEN}
    choices[Facet.REGION] = REGION_NAMES[:CHOICES]
    rest, chosen = query.apart(query.parse(line, terms), terms, choices)
    return Refinement(rest, chosen, {facet: values for facet, values in choices.items() if values})


def find(session: GuardedSession, asked: Query, terms: Vocabularies, known: Settings, today: date) -> Fitting:
    """Who fits, best first; where nobody does, who fits the query without one part of it."""
    found = fitting(session, asked, terms, known, today)
    if found.ranked:
        return found
    for words, wider in query.relaxations(asked):
        found = fitting(session, wider, terms, known, today)
        if found.ranked:
            return replace(found, relaxed=words)
    return Fitting(asked)


def fitting(session: GuardedSession, asked: Query, terms: Vocabularies, known: Settings, today: date) -> Fitting:
    """Those who fit exactly, best first. Four statements, or one where the index knows nobody."""
    hits = search.matching(session, querying.wanted(asked, terms, today), MOST)
    if not hits:
        return Fitting(asked)
    facts = protection.facts_of(session, [hit.advocate_id for hit in hits], known, today)
    activity = activity_of(asked)
    matched = tuple(one.shown for one in asked.filters if not one.excluded)
    in_words = bool(asked.words or asked.phrases)
    candidates = [
        _candidate(hit, facts[hit.advocate_id], activity, Fit(hit.score if in_words else None, matched), today)
        for hit in hits
        if hit.advocate_id in facts and is_offered(facts[hit.advocate_id], today)
    ]
    if asked.available_now:
        candidates = [one for one in candidates if one.is_free]
    return Fitting(asked, rank(candidates, today), facts)


def is_offered(facts: Facts, today: date) -> bool:
    """Whether colleagues may come across this advocate at all: active, listed, and not unverified for too long."""
    listed = facts.consent is not None and facts.consent.covers(ConsentScope.LISTED, today)
    fresh = facts.verified_on is not None and (today - facts.verified_on).days < 2 * facts.limits.verify_days
    return facts.state is State.ACTIVE and listed and fresh


def activity_of(asked: Query) -> Activity | None:
    """The activity that a query names, if it names just one."""
    named = [value for one in asked.filters if one.facet is Facet.ACTIVITY and not one.excluded for value in one.values]
    return Activity(named[0]) if len(named) == 1 and named[0] in set(Activity) else None


def _candidate(hit: search.Hit, facts: Facts, activity: Activity | None, fit: Fit, today: date) -> Candidate:
    wanted = activity or Activity.REFERENCE_CALL
    used = used_halves(facts.uses, facts.limits, today)  # and no next free day: that is for the few shown
    return Candidate(
        id=hit.advocate_id,
        left_halves=max(0, facts.limits.cap_halves - used),
        cap_halves=facts.limits.cap_halves,
        is_free=is_free(facts, wanted, today, today),
        last_asked=max((use.on for use in facts.uses if use.on <= today), default=None),
        verified_on=facts.verified_on,
        verify_days=facts.limits.verify_days,
        fit=fit,
    )


def offers(
    session: GuardedSession, found: Fitting, some: Sequence[Ranked], today: date, activity: Activity | None = None
) -> tuple[Offer, ...]:
    """The profiles of some of those who fit, in that order. One statement, and one more where words were asked for."""
    consents = {one.id: found.facts[one.id].consent for one in some}
    shown = {one.id: one for one in profiles.found(session, consents)}
    in_words = bool(found.query.words or found.query.phrases)
    quotes = assets.quotes_of(session, list(shown), today) if in_words else {}
    there = [(shown[one.id], one) for one in some if one.id in shown]
    whys = {one.id: why_it_matches(one, found.query, quotes.get(one.id, "")) for one, _ranked in there}
    return tuple(
        _offer(replace(one, why=whys[one.id]), found.facts[one.id], ranked, found.query, today, activity)
        for one, ranked in there
    )


def _offer(found: Found, facts: Facts, ranked: Ranked, used: Query, today: date, activity: Activity | None) -> Offer:
    activity = activity or activity_of(used) or activity_to_show(found.profile.activities)
    return Offer(
        found=found,
        activity=activity,
        capacity=capacity(facts.uses, facts.limits, today, WEIGHTS[activity]),
        is_free=is_free(facts, activity, today, today),
        next_free=next_day(facts, activity, today),
        score=ranked.score,
        parts=ranked.parts,
        obstacle=next((one.sentence(found.contact_name) for one in standing(facts, activity, today)), ""),
    )


def why_it_matches(one: Found, used: Query, approved: str = "") -> tuple[str, ...]:
    """What of the query this profile answers, and in which of its parts the words stand, in plain words."""
    facets = [_answered(part, one.profile) for part in used.filters if not part.excluded]
    words = [*used.words, *(word for phrase in used.phrases for word in phrase.split())]
    starts = [documents.fold(word) for word in words]
    places = [
        label
        for label, text in findable.parts(one.contact_name, one.company, one.profile, approved)
        if text and any(word.startswith(start) for start in starts for word in documents.fold(text).split())
    ]
    in_words = [f"your words in {listed(places)}"] if places else []
    return tuple(dict.fromkeys([*facets, *in_words]))


def _answered(part: Filter, profile: Profile) -> str:
    """Which of several values of a filter a profile has, as far as the profile itself says it."""
    if part.countries and profile.country in part.countries:
        return query.shown_value(Facet.COUNTRY, profile.country or "")
    has = {documents.fold(value) for facet, value in findable.terms_of(profile) if facet is part.facet}
    said = [query.shown_value(part.facet, term.value) for term in part.terms if documents.fold(term.value) in has]
    return " and ".join(dict.fromkeys(said)) or part.shown


def note(session: GuardedSession, actor: Actor, moment: Moment, answer: Answer) -> None:
    """Remember what was looked for and how many fitted: what nobody fits is what the program lacks."""
    fitted = 0 if answer.relaxed else answer.total
    session.add(LookUp(id=moment.new_id(), person_id=actor.person_id, query=answer.query, fitted=fitted, at=moment.now))


__all__ = [
    "Answer",
    "Fitting",
    "Offer",
    "activity_of",
    "carried",
    "find",
    "fitting",
    "is_offered",
    "look_up",
    "note",
    "offers",
    "refine",
    "why_it_matches",
]
