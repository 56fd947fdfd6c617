"""What Home's lists look like in their windows, with whatever people typed. Does not decide what is right."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from domain.home_pages import Page, Part
from tests.views import request_samples, samples
from tests.views.fulfilment_views import loads
from tests.views.reading import Shown
from views import blocks, home_owner, home_pages, home_requests, home_rows, home_team, sheets
from views.ids import Action
from views.text import Block

nomination, advocate, request = samples.nomination_cards, samples.advocate_cards, request_samples.cards
reader = st.sampled_from(["U0SAM", "<!channel>"])


def _several(cards: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Rows of one list, none of them twice."""
    return st.lists(cards, max_size=3).map(lambda some: [replace(one, id=f"R{at}") for at, one in enumerate(some)])


rows_of: dict[Part, st.SearchStrategy[Any]] = {
    Part.MINE: _several(nomination),
    Part.QUEUE: _several(nomination),
    Part.WAITING: _several(nomination),
    Part.JOURNEYS: _several(advocate),
    Part.REQUESTS: _several(request),
    Part.TO_APPROVE: _several(request),
    Part.TO_ANSWER: _several(request),
    Part.LOADS: loads,
}
pages = st.sampled_from(Part).flatmap(
    lambda part: st.builds(Page, st.just(part), st.sampled_from([0, 7]), rows_of[part], st.booleans())
)


def _part(some: list[Block]) -> Shown:
    return blocks.home(some)


ABOUT_HOME: dict[Callable[..., Any], st.SearchStrategy[Shown]] = {
    home_pages.window: st.builds(home_pages.window, pages, reader, samples.instants),
    home_rows.to_review: st.builds(home_rows.to_review, nomination, samples.instants).map(_part),
    home_rows.to_introduce: nomination.map(home_rows.to_introduce).map(_part),
    home_rows.on_their_way: advocate.map(home_rows.on_their_way).map(_part),
    home_rows.my_nomination: st.builds(home_rows.my_nomination, nomination, reader).map(_part),
    home_requests.one: st.builds(home_requests.one, request, reader, samples.instants).map(_part),
    home_owner.question: st.builds(home_owner.question, request, samples.instants).map(_part),
    home_team.request: st.builds(home_team.request, request, samples.instants).map(_part),
    sheets.ways: st.just(sheets.ways("Send me the chart", Action.VALUE_SEND, Action.VALUE_FILE)).map(_part),
}
