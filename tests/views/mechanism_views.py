"""What programs look like, with whatever words and numbers they may have. Does not decide what is right."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import strategies as st

from domain.mechanisms import NAME_LIMIT, PURPOSE_LIMIT, Draft, End, Kind, Listed, Opened, State, Summary
from domain.memberships import Invitation, Invited, Member, Proposals, Proposed
from domain.memberships import State as MemberState
from domain.participation import Cap, Participation, Totals
from domain.query import Facet
from tests.views import meeting_views, samples
from tests.views.reading import Shown
from views import blocks, invitations, mechanisms, members, memberships

DAY = date(2026, 5, 3)
_day = st.none() | st.just(DAY)
_names = samples.hostile.map(lambda text: text[:NAME_LIMIT])
_purposes = samples.hostile.map(lambda text: text[:PURPOSE_LIMIT])
_slack = st.sampled_from([None, "U0SAM"])
_criteria = st.dictionaries(
    st.sampled_from([Facet.INDUSTRY, Facet.COUNTRY, Facet.REGION]), samples.many, max_size=3
).map(lambda found: {facet: tuple(some) for facet, some in found.items()})
_summaries = st.builds(
    Summary,
    st.just("M" * 26),
    st.sampled_from(Kind),
    _names,
    _purposes,
    st.sampled_from(State),
    st.integers(1, 1000),
    st.just(DAY),
    _day,
    _slack,
    st.integers(0, 2000),
    st.integers(0, 99),
    st.sampled_from([None, *End]),
    _day,
)
_parts = st.none() | st.builds(
    Participation, st.integers(0, 99), st.integers(0, 999), st.integers(0, 99), st.integers(0, 10**8)
)
_members = st.builds(
    Member,
    st.just("N" * 26),
    st.just("A" * 26),
    samples.hostile,
    samples.hostile,
    st.sampled_from(MemberState),
    _slack,
    st.just(DAY),
    st.booleans(),
    _day,
    _day,
    st.booleans(),
    _parts,
)


def _each(members: list[Member]) -> tuple[Member, ...]:
    """Twenty of them, each under its own id."""
    return tuple(replace(one, id=f"{at}") for at, one in enumerate((members * 20)[:20]))


_opened = st.builds(
    Opened,
    _summaries,
    _criteria,
    st.one_of(st.lists(_members, max_size=1).map(tuple), st.lists(_members, max_size=3).map(_each)),
    st.sampled_from([0, 1]),
    st.sampled_from([1, 2, 50]),
    st.just(DAY),
    st.builds(Cap, st.just(2026), st.sampled_from([0, 200]), st.sampled_from(["EUR", "KWD"])),
    st.builds(Totals, st.integers(0, 10**6), st.integers(0, 999), st.integers(0, 10**9)),
    st.lists(meeting_views.some_meetings, max_size=3).map(tuple),
)
_proposed = st.builds(
    Proposed,
    st.just("A" * 26),
    samples.hostile,
    samples.hostile,
    st.lists(samples.hostile, max_size=6).map(tuple),
    st.lists(samples.hostile, max_size=3).map(tuple),
)
_many_proposed = st.lists(_proposed, max_size=3).map(
    lambda some: tuple(
        Proposed(f"{one.advocate_id}{at}", one.name, one.company, one.reasons) for at, one in enumerate(some * 14)
    )
)
_proposals = st.builds(
    Proposals,
    st.just("M" * 26),
    _names,
    _many_proposed,
    st.lists(_proposed, max_size=5).map(tuple),
    st.integers(0, 10**6),
)
_invitations = st.builds(
    Invitation,
    st.just("N" * 26),
    st.just("M" * 26),
    _names,
    st.sampled_from([kind.value for kind in Kind]),
    _purposes,
    samples.hostile,
    samples.hostile,
    st.sampled_from(MemberState),
    _slack,
    st.booleans(),
    st.just(DAY),
    _day,
    _slack,
    _day,
    st.booleans(),
    _day,
)
_drafts = st.builds(
    Draft,
    st.sampled_from(Kind),
    _names,
    _purposes,
    _slack,
    st.sampled_from([None, 12]),
    _day,
    _day,
    _criteria,
    st.sampled_from([None, "M" * 26]),
)


ABOUT_MECHANISMS: dict[Callable[..., Any], st.SearchStrategy[Shown]] = {
    mechanisms.listed: st.builds(
        Listed, st.lists(_summaries, max_size=3).map(lambda some: tuple(some * 20)), st.just(DAY)
    ).map(mechanisms.listed),
    mechanisms.opened: _opened.map(mechanisms.opened),
    members.row: st.builds(lambda one, found: blocks.home(members.row(one, found)), _members, _opened),
    mechanisms.form: _drafts.map(mechanisms.form),
    memberships.proposals: _proposals.map(memberships.proposals),
    memberships.invited: st.builds(
        Invited,
        st.lists(samples.hostile, min_size=1, max_size=40).map(tuple),
        st.lists(samples.hostile, max_size=40).map(tuple),
    ).map(memberships.invited),
    memberships.answer: _members.map(memberships.answer),
    invitations.to_owner: _invitations.map(invitations.to_owner),
    invitations.to_team: st.builds(invitations.to_team, _invitations, owner_is_there=st.booleans()),
    invitations.answered: _invitations.map(invitations.answered),
}
