"""Whom a program could invite: advocates who fit what it seeks, best first, with the reasons for and against each.

Who fits is decided as targets decide it, what a customer can bear in domain.protection.
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from itertools import chain, islice

from domain import permissions
from domain.capacity import used_halves, weight_words
from domain.mechanisms import ASKED_FOR, TERMS, Kind, term_day
from domain.memberships import MOVES, Move, Proposals, Proposed, State
from domain.moment import Moment
from domain.people import Actor
from domain.permissions import Action
from domain.portfolio import FACETS, Criteria, Wanted
from domain.protection import Facts
from domain.query import Facet, shown_value
from domain.targets import from_stored
from domain.vocabulary import Activity
from steps import protection
from steps.mechanisms import running
from steps.memberships import obstacles
from steps.portfolio import Census
from storage import memberships, settings
from storage import portfolio as stored
from storage.documents import facet_word
from storage.guard import GuardedSession
from storage.mechanisms import Mechanism

LOOKED_AT = 200
"""Advocates whose calendar is looked at: those who would do it and are free come first, so that more add nobody."""

SHOWN = 40
"""Advocates proposed at once: more than anybody invites in a sitting."""

BLOCKED = 5
"""Of those who fit and can't be asked so many are shown: to see what stands in the way, and to change it."""


def propose(session: GuardedSession, actor: Actor, moment: Moment, mechanism_id: str) -> Proposals:
    """Who fits and does not belong to it. Twelve statements, however many advocates there are.

    Raises NotAllowed, NotFound, AlreadyDone.
    """
    permissions.check(actor, Action.RUN_MECHANISMS)
    program = running(session, mechanism_id)
    known = settings.load(session)
    census = Census.take(session, moment, known)
    kind, term = Kind(program.kind), term_day(program.starts_on, census.today)
    criteria, activity = from_stored(program.criteria), ASKED_FOR[kind]
    wanted = census.wanted(criteria)
    fitting = set(census.roll.chosen(wanted, available=False)) - _taken(session, program, census.today)
    candidates = list(islice(_best_first(census, wanted, activity, fitting), LOOKED_AT))
    facts = protection.facts_of(session, candidates, known, census.today)
    sought, found = _sought(census, criteria), []
    for advocate_id, name, company, _title in stored.shown(session, candidates):
        one = facts[advocate_id]
        stands = tuple(obstacle.sentence(name) for obstacle in obstacles(program, one, census.today))
        reasons = _reasons(census, sought, activity, advocate_id, one, term if kind in TERMS else None)
        found.append((_order(one, reasons, activity), Proposed(advocate_id, name, company, reasons, stands)))
    found.sort(key=lambda one: one[0])
    ordered = [one for _key, one in found]
    free = [one for one in ordered if not one.obstacles]
    blocked = [one for one in ordered if one.obstacles]
    return Proposals(program.id, program.name, tuple(free[:SHOWN]), tuple(blocked[:BLOCKED]), len(fitting))


def _taken(session: GuardedSession, program: Mechanism, today: date) -> set[str]:
    """Who belongs to it, was invited, or does not want to be asked again yet. A "no" stays until somebody sets it aside
    in the list of its members."""
    return {
        advocate_id
        for advocate_id, (state, again_on) in memberships.standing(session, program.id).items()
        if (state, Move.INVITE) not in MOVES or (state is State.DECLINED and (again_on is None or again_on > today))
    }


def _best_first(census: Census, wanted: Wanted, activity: Activity, fitting: set[str]) -> Iterator[str]:
    """Those who would do it and are free for it, then those who would, then the others, each once."""
    word = facet_word(Facet.ACTIVITY.value, activity.value)
    free = census.roll.chosen(Wanted(wanted.all_of, frozenset({activity})), available=True)
    keen = (one for one in census.roll.ids if word in census.words_of[one])
    everybody = census.roll.chosen(wanted, available=False)
    return (one for one in dict.fromkeys(chain(free, keen, everybody)) if one in fitting)


Sought = Sequence[tuple[str, Sequence[Collection[str]]]]
"""Each value that is sought, as people read it, with the words of the index that stand for it."""


def _sought(census: Census, criteria: Criteria) -> Sought:
    return [
        (shown_value(facet, value), census.wanted({facet: (value,)}).all_of)
        for facet in FACETS
        for value in criteria.get(facet, ())
        if facet is not Facet.ACTIVITY
    ]


def _reasons(
    census: Census, sought: Sought, activity: Activity, advocate_id: str, facts: Facts, term: date | None
) -> tuple[str, ...]:
    """Why this one: what is sought and theirs, that they would do it, when they were asked last, and what is left of
    them on the first day of a `term`."""
    words = set(census.words_of[advocate_id])
    reasons = [said for said, all_of in sought if all(words & {*some} for some in all_of)]
    if facet_word(Facet.ACTIVITY.value, activity.value) in words:
        reasons.append(_would_do(activity))
    reasons.append(_last_asked(facts, census.today))
    if term is not None:
        used, cap = used_halves(facts.uses, facts.limits, term), facts.limits.cap_halves
        reasons.append(f"{weight_words(max(0, cap - used))} of {weight_words(cap)} uses left")
    return tuple(reasons)


def _would_do(activity: Activity) -> str:
    return f"would do: {activity.value}"


def _last_asked(facts: Facts, today: date) -> str:
    last = max((use.on for use in facts.uses if use.on <= today), default=None)
    if last is None:
        return "not asked for a year or more"
    days = (today - last).days
    return {0: "last asked today", 1: "last asked yesterday"}.get(days, f"last asked {days} days ago")


def _order(facts: Facts, reasons: Sequence[str], activity: Activity) -> tuple[int, date]:
    """Those who would do it before the others, and of them those who were left alone for longest."""
    last = max((use.on for use in facts.uses), default=date.min)
    return int(_would_do(activity) not in reasons), last
