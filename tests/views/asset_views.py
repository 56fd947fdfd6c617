"""Every view about what customers have approved with whatever values it may be given. Decides not what is right."""

from collections.abc import Callable
from datetime import date
from typing import Any

from hypothesis import strategies as st

from domain.assets import Approved, AssetValues, Kind, Scope, Shelf, TakenFor
from tests.views import samples
from tests.views.reading import Shown
from views import assets, blocks, ready

hostile, maybe, days = samples.hostile, samples.maybe, samples.days

values = st.builds(
    AssetValues,
    st.sampled_from(Kind),
    hostile,
    maybe,
    maybe,
    samples.many,
    samples.many,
    st.sampled_from(Scope),
    st.none() | days,
)
approved = st.builds(Approved, st.just("01ASSET"), st.just("01ADVOCATE"), values, st.integers(0, 10**6))
shelves = st.builds(
    Shelf,
    st.just("01ADVOCATE"),
    hostile,
    hostile,
    st.just(date(2026, 5, 3)),
    st.sampled_from([None, samples.CONSENT]),
    st.lists(approved, max_size=2).map(lambda some: tuple(some * 30)),
)
reasons = st.builds(TakenFor, st.sampled_from([None, "01DEAL"]), maybe, maybe)


def _in_home(found: list[Any]) -> Shown:
    return blocks.home(found or [blocks.divider()])


ABOUT_ASSETS: dict[Callable[..., Any], st.SearchStrategy[Shown]] = {
    assets.shelf: shelves.map(assets.shelf),
    assets.form: st.builds(assets.form, st.none() | approved, st.just("01ADVOCATE")),
    assets.used: st.builds(assets.used, st.just("01USE"), samples.ready_ones, reasons),
    assets.noted: st.builds(assets.noted),
    ready.offered: samples.on_hand.map(lambda found: _in_home(ready.offered(found))),
    ready.pieces: samples.on_hand.map(lambda found: _in_home(ready.pieces(found.ready))),
    ready.answer: samples.on_hand.map(ready.answer),
    ready.ending: st.builds(
        lambda some, has_more: ready.ending([("01ADVOCATE", one) for one in some] * 4, has_more=has_more),
        st.lists(samples.ready_ones, max_size=5),
        st.booleans(),
    ),
}
