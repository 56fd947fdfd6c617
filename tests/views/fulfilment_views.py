"""Every view of the team's and the owner's side of requests, with whatever values. Does not decide what is right."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from domain.home_pages import Part
from domain.limits import Limits, OwnLimits
from domain.loads import Load
from domain.offers import Proposal
from domain.protection import Pause, PauseReason
from domain.request_routing import Routing
from domain.vocabulary import Activity
from tests.views import request_samples, samples
from tests.views.reading import Shown
from views import (
    approvals,
    askers,
    blocks,
    fulfilment,
    home_owner,
    home_parts,
    home_team,
    own_limits,
    request_alert,
    routing,
)
from views.text import Block

card, hostile, days = request_samples.cards, samples.hostile, samples.days
obstacles = st.lists(request_samples.obstacles, max_size=3).map(tuple)


def numbered(some: list[Any]) -> list[Any]:
    """As a list from the database is: each with an id of its own."""
    return [replace(one, id=f"{one.id}{at}") for at, one in enumerate(some)]


cards = st.lists(card, min_size=2, max_size=5).map(numbered)
loads = st.lists(st.builds(Load, st.just("01ADVOCATE"), hostile, hostile, request_samples.capacities), max_size=9)


def _offers(some: list[Any]) -> list[Any]:
    return [replace(one, found=replace(one.found, id=f"{one.found.id}{at}")) for at, one in enumerate(some)]


proposals = (
    st.lists(samples.offers, max_size=3)
    .map(_offers)
    .flatmap(lambda some: st.tuples(*(st.builds(Proposal, st.just(one), obstacles) for one in some)))
)


caps, rests = st.none() | st.integers(1, 24), st.none() | st.integers(0, 365)
pauses = st.builds(Pause, st.sampled_from(PauseReason), st.none() | days)


def _part(some: list[Block]) -> Shown:
    return blocks.home(some or [blocks.divider()])


def _accessory(button: Block) -> Shown:
    return blocks.home(blocks.actions([button]))


ABOUT_FULFILMENT: dict[Callable[..., Any], st.SearchStrategy[Shown]] = {
    **{
        view: card.map(view)
        for view in (
            *(request_alert.alert, request_alert.late, request_alert.owner_silent, request_alert.refused),
            *(request_alert.untold, request_alert.asker_left, askers.hand_on),
            *(request_alert.grouped, approvals.reminder, approvals.told),
            *(fulfilment.decline, fulfilment.refuse, fulfilment.stand_in, fulfilment.hand_over),
        )
    },
    approvals.answered: st.builds(approvals.answered, card, st.sampled_from([None, approvals.NOT_YOURS])),
    approvals.ask: st.builds(approvals.ask, card, request_samples.capacities),
    approvals.buttons: card.map(approvals.buttons).map(blocks.actions).map(_part),
    fulfilment.group: cards.map(fulfilment.group),
    fulfilment.propose: st.builds(fulfilment.propose, card, proposals, hostile, samples.maybe, days),
    home_parts.more: st.builds(home_parts.more, st.integers(0, 60), st.integers(0, 20), st.sampled_from(Part)).map(
        _part
    ),
    home_owner.load: st.builds(home_owner.load, loads, days).map(_part),
    home_owner.waiting: st.builds(home_owner.waiting, cards, samples.instants).map(_part),
    home_team.queue: st.builds(home_team.queue, cards, st.lists(cards, max_size=2), samples.instants).map(_part),
    own_limits.form: st.builds(
        own_limits.form,
        *(st.just("01ADVOCATE"), hostile, st.builds(OwnLimits, caps, rests), st.none() | pauses),
        *(st.just(Limits()), request_samples.capacities, days),
    ),
    routing.form: st.dictionaries(st.sampled_from(["*", *Activity]), hostile | st.sampled_from(Routing)).map(
        routing.form
    ),
    request_alert.owner_absent: st.builds(request_alert.owner_absent, card, hostile),
    request_alert.buttons: card.map(request_alert.buttons).map(_part),
    request_alert.digest: st.builds(request_alert.digest, cards, samples.instants),
    request_alert.nothing_to_share: st.builds(request_alert.nothing_to_share),
    request_alert.competing: cards.map(request_alert.competing),
    request_alert.group_button: cards.map(request_alert.group_button).map(_accessory),
}
