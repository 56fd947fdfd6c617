"""Every view about asking for an advocate with whatever values it may be given. Does not decide what is right."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from domain.request_outcomes import Happened
from domain.vocabulary import Activity
from tests.views import request_samples, samples
from tests.views.fulfilment_views import ABOUT_FULFILMENT
from tests.views.reading import Shown
from views import blocks, deals, home_requests, outcomes, request_news, requests, scheduling, touches
from views.text import Block

card, hostile = request_samples.cards, samples.hostile
advocates = st.tuples(st.just("01ADVOCATE"), hostile, hostile)


def offered(options: list[Block]) -> Shown:
    """Options as a person meets them: in a list."""
    if not options:
        return blocks.loading("Nothing is offered")
    once = list({option["value"]: option for option in options}.values())
    chosen = {"type": "static_select", "action_id": "chosen", "options": once}
    return blocks.home([{"type": "actions", "elements": [chosen]}])


def _with_buttons(row: list[Block]) -> Shown:
    return blocks.home(blocks.actions(row)) if row else blocks.loading("Nothing to press")


def _in_home(some: list[Any], now: Any, few: bool) -> Shown:  # drawn by hypothesis in order
    cards = [replace(one, id=f"{one.id}{at}") for at, one in enumerate(some)]
    return blocks.home(home_requests.mine(cards, "U0SAM", now, few=few) or [blocks.divider()])


NEWS = (
    *(
        request_news.approved,
        request_news.cancelled,
        request_news.declined,
        request_news.expired,
        request_news.late,
        request_news.settled,
    ),
    *(request_news.grouped, request_news.handed_over, request_news.joined, request_news.looking_again),
    *(request_news.reopened, request_news.scheduled, request_news.no_longer_yours),
    request_news.inherited,
    request_news.handed_on,
    *(outcomes.ask, outcomes.ask_deal, outcomes.fate_noted, outcomes.noted, outcomes.thank, outcomes.told),
    requests.joined,
)

ABOUT_REQUESTS: dict[Callable[..., Any], st.SearchStrategy[Shown]] = {
    **{view: card.map(view) for view in NEWS},
    request_news.received: st.builds(request_news.received, card, st.sampled_from([72, 5])),
    request_news.ways: card.map(lambda one: _with_buttons(request_news.ways(one))),
    home_requests.mine: st.builds(_in_home, st.lists(card, max_size=6), samples.instants, st.booleans()),
    outcomes.form: st.builds(outcomes.form, card, st.sampled_from(Happened)),
    requests.form: st.builds(
        lambda values, looked_for, chosen, notice, ready: requests.form(
            values, looked_for=looked_for, chosen=chosen, notice=notice, ready=ready
        ),
        request_samples.values,
        hostile,
        st.none() | request_samples.previews,
        samples.maybe,
        samples.on_hand,
    ),
    deals.options: st.builds(deals.options, hostile, st.lists(request_samples.deals, max_size=3)).map(offered),
    requests.join: st.builds(
        lambda one, is_in_it, on_form: requests.join(one, is_in_it=is_in_it, reader="U0SAM", on_form=on_form),
        card,
        st.booleans(),
        st.booleans(),
    ),
    requests.submitted: st.builds(requests.submitted, card, st.sampled_from([72, 5])),
    scheduling.form: st.builds(
        lambda one, can_override: scheduling.form(one, can_override=can_override), card, st.booleans()
    ),
    touches.form: st.builds(touches.form, st.none() | advocates, st.none() | st.sampled_from(Activity), samples.days),
    touches.advocate_options: st.lists(advocates, max_size=3).map(touches.advocate_options).map(offered),
    touches.logged: request_samples.logged.map(touches.logged),
    **ABOUT_FULFILMENT,
}
