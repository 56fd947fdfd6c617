"""Whatever people typed, however much of it: Slack takes every message and view, and nobody is pinged by it."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.command_text import Draft
from domain.people import GRANTED_ROLES, Actor, Function, Role
from domain.permissions import Action
from domain.settings import NUMBERS, ChannelRole, Settings
from tests.views import samples
from tests.views.reading import Shown, check
from views import advocates, help, home, lookup, news, nominations, review  # noqa: A004  # views.help is a module
from views import people as people_view
from views import settings as settings_view
from views.blocks import loading, message, notice, section
from views.text import escape

patient = settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)
DAY = date(2026, 5, 3)
Draw = Callable[[Any], Shown]

OF_A_NOMINATION: dict[str, Draw] = {
    "alert": review.alert,
    "accept": lambda card: review.accept(card, None, card.nominator_slack_id and "U1", new_account=True, due=DAY),
    "accept known": lambda card: review.accept(card, "U1", None, new_account=False, due=DAY),
    "ask": review.ask,
    "decline": review.decline,
    "merge": review.merge,
    "introduction request": lambda card: review.introduction_request(card, DAY),
    "digest": lambda card: review.review_digest([card] * 60, samples.NOW),
    "answer": nominations.answer,
    "submitted": nominations.submitted,
    "endorsed": nominations.endorsed,
    "already known": lambda card: nominations.already_known(
        card, can_endorse=True, why=card.why, meta=card.why, different_person=True
    ),
    "known to you": lambda card: nominations.already_known(
        card, can_endorse=False, why="", meta="{}", different_person=False
    ),
    "introduced": advocates.introduced,
    "received": news.received,
    "question": news.question,
    "answered": news.answered,
    "accepted": news.accepted,
    "declined": news.declined,
    "reopened": news.reopened,
    "merged": lambda card: news.merged(card, samples.CARD),
    "news of introduction": news.introduced,
    "news of interview": lambda card: news.interview(card, samples.NOW),
    "published": news.published,
    "withdrawn": news.withdrawn,
    "expired": news.expired,
    "win": news.win,
}

OF_AN_ADVOCATE: dict[str, Draw] = {
    "journey": advocates.journey,
    "interview": lambda card: advocates.interview(card, now=samples.NOW),
    "notes": advocates.notes,
    "profile": advocates.profile,
    "consent": lambda card: advocates.consent(card, DAY),
    "publish": advocates.publish,
    "card": lambda card: advocates.card(card, can_see_contact=True),
    "thanks": advocates.thanks_for_introduction,
}


@pytest.mark.parametrize("name", OF_A_NOMINATION)
@given(card=samples.nomination_cards)
@patient
def test_a_nomination_always_fits(name: str, card: Any) -> None:
    check(OF_A_NOMINATION[name](card))


@pytest.mark.parametrize("name", OF_AN_ADVOCATE)
@given(card=samples.advocate_cards)
@patient
def test_an_advocate_always_fits(name: str, card: Any) -> None:
    check(OF_AN_ADVOCATE[name](card))


@given(
    draft=st.one_of(samples.values, st.builds(Draft, *[samples.hostile] * 2, samples.maybe, samples.hostile)),
    meta=st.dictionaries(samples.hostile, samples.hostile, max_size=3),
    details=st.booleans(),
    notice=samples.maybe,
    label=samples.maybe,
)
@patient
def test_the_form_always_fits(
    draft: Any, meta: dict[str, str], details: bool, notice: str | None, label: str | None
) -> None:
    check(nominations.form(draft, source="command", meta=meta, details=details, notice=notice, account_label=label))


@given(
    found=st.lists(samples.found_ones, max_size=10),
    query=samples.hostile,
    understood=samples.many,
    page=st.integers(0, 9),
)
@patient
def test_the_answer_to_a_look_up_always_fits(
    found: Sequence[Any], query: str, understood: tuple[str, ...], page: int
) -> None:
    message = lookup.answer(found, query=query, page=page, pages=10, total=93, understood=understood)
    check(message)
    check(lookup.in_modal(message))


@given(
    mine=st.lists(samples.nomination_cards, max_size=3),
    queue=st.lists(samples.nomination_cards, max_size=3),
    journeys=st.lists(samples.advocate_cards, max_size=2),
    name=samples.hostile,
    now=samples.instants,
)
@patient
def test_home_always_fits(mine: list[Any], queue: list[Any], journeys: list[Any], name: str, now: datetime) -> None:
    check(
        _home(mine, [samples.card(id=f"Q{at}") if at else card for at, card in enumerate(queue)], journeys, name, now)
    )


def _home(mine: list[Any], queue: list[Any], journeys: list[Any], name: str, now: datetime) -> Shown:
    return home.member(
        mine,
        name=name,
        can_review=True,
        queue=queue,
        waiting=queue,
        journeys=journeys,
        function=Function.SALES,
        manager="U0SAM",
        problems=3,
        unknown_people=10_000,
        is_admin=True,
        now=now,
    )


def test_a_full_home_fits() -> None:
    queue = [samples.card(id=f"N{at}", created_at=samples.NOW - timedelta(days=at)) for at in range(500)]
    shown = _home(queue, queue, [samples.ADVOCATE] * 500, "Kim", samples.NOW)
    check(shown)
    assert not isinstance(shown, dict) or "more than fits" not in str(shown)


@given(name=samples.hostile, ids=samples.slack_ids, channel=samples.maybe)
@patient
def test_the_settings_always_fit(name: str, ids: tuple[str, ...], channel: str | None) -> None:
    found = Settings(
        numbers=dict.fromkeys(NUMBERS, 10**9),
        channels=dict.fromkeys(ChannelRole),
        function_groups={name: "sales"},
        role_groups={name: Role.TEAM.value},
    )
    in_use = dict.fromkeys(ChannelRole, channel)
    check(settings_view.overview(found, in_use, dict.fromkeys(GRANTED_ROLES, ids), can_edit=True))
    check(settings_view.numbers(found))
    check(settings_view.channels(found, {}))
    check(settings_view.roles({role: [i for i in ids if i.isalnum()] for role in GRANTED_ROLES}))
    check(settings_view.groups([(f"S{at}", name, name) for at in range(300)], found))
    check(people_view.unknown_people([(identity, name) for identity in ids] * 40))
    check(people_view.about_you(Function.SALES, "U0SAM"))
    problem = SimpleNamespace(id="01", target=name, status="dead", reason=name)
    check(settings_view.problems([problem] * 300))


@given(name=samples.hostile, roles=st.frozensets(st.sampled_from(Role)))
@patient
def test_the_help_always_fits(name: str, roles: frozenset[Role]) -> None:
    actor = Actor("p", "U1", name, roles=roles, function=Function.SALES)
    message = help.help_for(actor, list(Action))
    check(message)
    check(settings_view.in_modal(name, message))


@given(text=samples.hostile)
@patient
def test_the_small_views_always_fit(text: str) -> None:
    check(notice(text, escape(text)))
    check(loading(text))
    check(home.refused(text))
    check(lookup.nothing(text))
    check(lookup.query_form())
    check(review.contact_details(text, text, text, text))
    check(message(escape(text) or "Something.", [section(escape(text))] * 70))
