"""Every public view with whatever values it may be given, hostile ones too. Does not decide what is right."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from hypothesis import strategies as st

import views
from domain.command_text import Draft
from domain.home import Desk, Home, Upkeep
from domain.home_focus import Focus
from domain.messages import Rendered
from domain.offers import Awaited
from domain.opportunities import Status
from domain.people import GRANTED_ROLES, Actor, Function, Role
from domain.permissions import Action
from domain.settings import NUMBERS, ChannelRole, Settings
from domain.stages import StageReading
from domain.terms import Entry, Line, Page
from domain.vocabulary import Activity
from tests.views import samples
from tests.views.account_risk_views import ABOUT_ACCOUNT_RISK
from tests.views.asset_views import ABOUT_ASSETS
from tests.views.campaign_views import ABOUT_CAMPAIGNS
from tests.views.credit_views import ABOUT_CREDIT, brought
from tests.views.crm_views import ABOUT_CRM
from tests.views.digest_views import ABOUT_DIGEST
from tests.views.erasing_views import ABOUT_ERASING
from tests.views.freshness_views import ABOUT_FRESHNESS
from tests.views.gift_views import ABOUT_GIFTS
from tests.views.goal_views import ABOUT_GOALS
from tests.views.goal_views import overviews as goal_overviews
from tests.views.health_views import ABOUT_HEALTH, parts, standings
from tests.views.home_views import ABOUT_HOME
from tests.views.launch_views import ABOUT_LAUNCH
from tests.views.launch_views import glances as launch_glances
from tests.views.mechanism_views import ABOUT_MECHANISMS
from tests.views.meeting_views import ABOUT_MEETINGS
from tests.views.nudge_views import ABOUT_NUDGES
from tests.views.pulse_views import ABOUT_PULSES
from tests.views.reading import Shown
from tests.views.request_report_views import ABOUT_REQUEST_REPORT
from tests.views.request_views import ABOUT_REQUESTS
from tests.views.resistance_views import ABOUT_RESISTANCE
from tests.views.schedule_views import ABOUT_SCHEDULE
from tests.views.setup_views import ABOUT_SETUP, setups
from tests.views.target_views import ABOUT_TARGETS
from tests.views.team_week_views import ABOUT_TEAM_WEEK
from tests.views.thanks_views import ABOUT_THANKS
from tests.views.use_report_views import ABOUT_USE
from tests.views.value_views import ABOUT_VALUE
from tests.views.volunteer_views import ABOUT_VOLUNTEERS
from views import (
    advocates,
    alert,
    blocks,
    channels,
    conversation,
    currencies,
    delivery,
    help,  # noqa: A004  # views.help is a module
    home,
    imports,
    inputs,
    lookup,
    news,
    nominations,
    people,
    portrait,
    profile,
    refining,
    review,
    roles,
    searches,
    stages,
    time_zone,
    undelivered,
    vocabulary,
    words,
)
from views import settings as settings_view
from views.ids import Callback
from views.text import Block, escape

View = Callable[..., Any]

PARTS = {"blocks", "inputs", "request_fields", "text"}
"""What views are made of; `test_blocks.py` and `test_text.py` try it, the form of a request its fields."""

DAY = date(2026, 5, 3)


def public_views() -> Iterator[View]:
    """Every public function of `views` that makes a message, a view, or blocks or options for one."""
    for module in pkgutil.iter_modules(views.__path__):
        if module.name in PARTS:
            continue
        for name, found in vars(importlib.import_module(f"views.{module.name}")).items():
            here = inspect.isfunction(found) and found.__module__ == f"views.{module.name}"
            if here and not name.startswith("_") and _is_shown(inspect.signature(found).return_annotation):
                yield found


def _is_shown(kind: object) -> bool:
    return kind in (Rendered, Block, list[Block])


def name_of(view: View) -> str:
    """Such as `review.accept`."""
    return f"{view.__module__.removeprefix('views.')}.{view.__name__}"


def offered(options: Sequence[Block]) -> Shown:
    """Options as a person meets them: in a list."""
    if not options:
        return blocks.loading("Nothing is offered")
    chosen = {"type": "static_select", "action_id": "chosen", "options": [*options]}
    return blocks.home([{"type": "actions", "elements": [chosen]}])


def offered_button(button: Block) -> Shown:
    """A button as a person meets it: in a row."""
    return blocks.home(blocks.actions([button]))


nomination = samples.nomination_cards
advocate = samples.advocate_cards
hostile, maybe = samples.hostile, samples.maybe
owner = st.sampled_from([None, "U0SAM"])
drafts = st.one_of(st.none(), samples.values, st.builds(Draft, hostile, hostile, maybe, hostile))
names_in_settings = hostile.map(
    lambda name: Settings(
        numbers=dict.fromkeys(NUMBERS, 10**9),
        channels=dict.fromkeys(ChannelRole),
        function_groups={name: "sales"},
        role_groups={name: Role.TEAM.value},
    )
)
channels_in_use = maybe.map(lambda channel: dict.fromkeys(ChannelRole, channel))
holders = samples.slack_ids.map(lambda ids: dict.fromkeys(GRANTED_ROLES, ids))
risks = st.lists(st.sampled_from(channels.Risk), unique=True)
actors = st.builds(
    lambda name, roles: Actor("p", "U1", name, roles=roles, function=Function.SALES),
    hostile,
    st.frozensets(st.sampled_from(Role)),
)
helped = st.builds(help.help_for, actors, st.just(list(Action)))
answers = samples.answers.map(lookup.answer)


def _distinct(cards: Sequence[Any]) -> list[Any]:
    """The same cards, each with an id of its own, as those in one list have."""
    return [replace(card, id=f"{card.id}{at}") for at, card in enumerate(cards)]


desks = st.builds(
    Desk,
    st.lists(nomination, max_size=3).map(_distinct),
    st.lists(nomination, max_size=3).map(_distinct),
    st.lists(advocate, max_size=2).map(_distinct),
)
all_of_home = st.builds(
    Home,
    name=hostile,
    function=st.sampled_from([None, Function.SALES]),
    manager_slack_id=owner,
    parts=st.lists(st.sampled_from(Focus), unique=True),
    focus=st.sampled_from([None, *Focus]),
    may=st.frozensets(st.sampled_from(Action)),
    mine=st.lists(nomination, max_size=3),
    self_checks=st.lists(parts, unique=True),
    goals=st.none() | goal_overviews,
    plan=st.none() | launch_glances,
    conversations=st.sampled_from([0, 2]),
    credit=st.none() | brought,
    leads=st.booleans(),
    desk=st.none() | desks,
    upkeep=st.none() | st.builds(Upkeep, st.integers(0, 3), st.sampled_from([0, 10_000])),
    targets=st.sampled_from([None, (0, None), (3, DAY)]),
    health=st.none() | standings,
    setup=st.none() | setups,
)
homes = st.builds(home.drawn, all_of_home, st.sampled_from(["U0SAM", "<!channel>"]), samples.instants)
full_home = _distinct([samples.card(created_at=samples.NOW - timedelta(days=at)) for at in range(500)])


facets = st.sampled_from(list(vocabulary.LISTS))
names_kept = hostile.map(lambda name: name[:150])
"""As long as the table takes."""
entries = st.builds(Entry, names_kept, samples.many, st.booleans())
pairs_alike = st.lists(st.tuples(facets, hostile, hostile), max_size=8)
word_lists = st.builds(
    Page,
    facets,
    st.lists(
        st.builds(Line, entries, st.integers(0, 10**6), st.integers(0, 1), st.none() | names_kept), max_size=3
    ).map(lambda lines: tuple(lines * 7)[:20]),
    st.sampled_from([0, 1, 2]),
    st.sampled_from([1, 3]),
    st.integers(0, 50),
    st.sampled_from([0, 1, 1000]),
)


def _problems(text: str) -> Shown:
    return undelivered.problems([SimpleNamespace(id="01", target=text, status="dead", reason=text)] * 300)


def _in_a_form(element: Block) -> Block:
    return blocks.modal(Callback.PROFILE, "Form", [inputs.field("word", "Word", element)], submit="Save")


DRAWN: dict[View, st.SearchStrategy[Shown]] = {
    advocates.journey: st.builds(advocates.journey, advocate, pairs_alike),
    advocates.introduced: nomination.map(advocates.introduced),
    advocates.thanks_for_introduction: advocate.map(advocates.thanks_for_introduction),
    advocates.interview: st.builds(advocates.interview, advocate, now=samples.instants),
    advocates.notes: advocate.map(advocates.notes),
    advocates.consent: st.builds(advocates.consent, advocate, st.just(DAY)),
    advocates.publish: advocate.map(advocates.publish),
    alert.alert: nomination.map(alert.alert),
    alert.details: nomination.map(lambda card: blocks.home(alert.details(card))),
    alert.buttons: nomination.map(lambda card: blocks.home(alert.buttons(card))),
    conversation.short_help: st.builds(conversation.short_help),
    conversation.way_to_nominate: hostile.map(conversation.way_to_nominate),
    delivery.notice: st.builds(
        delivery.notice,
        st.sampled_from(sorted(delivery.PLACES, key=str)),
        st.sampled_from(["<#C0GENERAL>", "#advocacy"]),
        st.none() | st.sampled_from(ChannelRole),
    ),
    help.help_for: helped,
    home.drawn: homes,
    home.refused: hostile.map(home.refused),
    imports.nominations_waiting: st.integers(0, 10**6).map(imports.nominations_waiting),
    lookup.answer: answers,
    lookup.in_modal: answers.map(lookup.in_modal),
    news.received: nomination.map(news.received),
    news.question: nomination.map(news.question),
    news.answered: nomination.map(news.answered),
    news.question_closed: nomination.map(news.question_closed),
    news.accepted: st.builds(news.accepted, nomination, owner),
    news.declined: st.builds(news.declined, nomination, owner),
    news.reopened: st.builds(news.reopened, nomination, owner),
    news.merged: st.builds(news.merged, nomination, nomination),
    news.introduced: nomination.map(news.introduced),
    news.interview: st.builds(news.interview, nomination, samples.instants),
    news.published: st.builds(news.published, nomination, owner),
    news.expired: st.builds(news.expired, nomination, owner),
    news.win: nomination.map(news.win),
    news.took_place: st.builds(news.took_place, nomination, st.sampled_from(Activity)),
    nominations.form: st.builds(
        nominations.form,
        drafts,
        source=st.just("command"),
        meta=st.dictionaries(hostile, hostile, max_size=3),
        details=st.booleans(),
        notice=maybe,
        account_label=maybe,
    ),
    nominations.company_options: st.builds(
        nominations.company_options, hostile, st.lists(st.tuples(st.just("01ACCOUNT"), hostile), max_size=3)
    ).map(offered),
    nominations.already_known: st.builds(
        nominations.already_known,
        nomination,
        can_endorse=st.booleans(),
        why=hostile,
        meta=hostile,
        different_person=st.booleans(),
    ),
    nominations.submitted: nomination.map(nominations.submitted),
    nominations.answer_sent: nomination.map(nominations.answer_sent),
    nominations.endorsed: nomination.map(nominations.endorsed),
    nominations.answer: nomination.map(nominations.answer),
    people.about_you: st.builds(people.about_you, st.none() | st.sampled_from(Function), owner),
    people.unknown_people: st.lists(st.tuples(st.just("U0SAM"), hostile), max_size=3).map(
        lambda some: people.unknown_people(some * 40)
    ),
    profile.profile: st.builds(profile.profile, advocate),
    portrait.portrait: samples.portraits.map(portrait.portrait),
    profile.ask_for: samples.carried.map(lambda line: offered_button(profile.ask_for("01ADVOCATE", line, line))),
    profile.preview: advocate.map(lambda card: blocks.home(profile.preview(card))),
    refining.query_form: st.builds(
        refining.query_form, samples.refinements, st.dictionaries(st.just("url"), samples.carried)
    ),
    review.accept: st.builds(review.accept, nomination, owner, owner, new_account=st.booleans(), due=st.just(DAY)),
    review.ask: nomination.map(review.ask),
    review.decline: nomination.map(review.decline),
    review.merge: nomination.map(review.merge),
    review.kept: nomination.map(review.kept),
    review.merge_options: st.lists(nomination, max_size=3).map(_distinct).map(review.merge_options).map(offered),
    review.contact_details: st.builds(review.contact_details, hostile, hostile, maybe, maybe),
    review.introduction_made: nomination.map(review.introduction_made),
    review.introduction_request: st.builds(review.introduction_request, nomination, st.just(DAY)),
    review.review_digest: nomination.map(lambda card: review.review_digest([card] * 60, samples.NOW)),
    searches.somebody_fits: st.builds(searches.somebody_fits, samples.found_ones, samples.carried, samples.many),
    searches.waiting_for: st.lists(st.builds(Awaited, st.just("01ID"), hostile, samples.many), max_size=3).map(
        lambda some: searches.waiting_for(some * 40)
    ),
    settings_view.overview: st.builds(
        settings_view.overview,
        names_in_settings,
        channels_in_use,
        holders,
        can_edit=st.booleans(),
        risks=risks,
        troubles=st.dictionaries(st.sampled_from(ChannelRole), st.sampled_from(sorted(delivery.PLACES, key=str))),
    ),
    settings_view.numbers: names_in_settings.map(settings_view.numbers),
    settings_view.kept: names_in_settings.map(settings_view.kept),
    channels.channels: st.builds(channels.channels, names_in_settings, channels_in_use, risks),
    roles.roles: st.sampled_from([(), ("U0SAM", "W0KIM")]).map(
        lambda ids: roles.roles(dict.fromkeys(GRANTED_ROLES, ids))
    ),
    roles.groups: st.builds(
        lambda name, found: roles.groups([(f"S{at}", name, name) for at in range(300)], found),
        hostile,
        names_in_settings,
    ),
    vocabulary.words: st.builds(vocabulary.words, word_lists, fixed=st.booleans(), told=hostile),
    vocabulary.apart: st.builds(vocabulary.apart, facets, hostile, hostile).map(
        lambda one: blocks.home(blocks.actions([one]))
    ),
    vocabulary.add: st.builds(vocabulary.add, facets, st.integers(0, 50)),
    vocabulary.change: st.builds(vocabulary.change, facets, entries, st.integers(0, 50), fixed=st.booleans()),
    vocabulary.hidden: st.builds(vocabulary.hidden, facets, entries, st.integers(0, 50)),
    vocabulary.shown_again: entries.map(vocabulary.shown_again),
    vocabulary.target_options: samples.many.map(vocabulary.target_options).map(offered),
    channels.warned: risks.map(lambda some: blocks.home(channels.warned(some) or [blocks.divider()])),
    words.one: maybe.map(words.one).map(_in_a_form),
    words.many: samples.many.map(words.many).map(_in_a_form),
    words.options: st.builds(words.options, hostile, samples.many).map(offered),
    words.likenesses: pairs_alike.map(lambda pairs: blocks.home(words.likenesses(pairs))),
    currencies.in_short: hostile.map(currencies.in_short).map(blocks.section).map(lambda one: blocks.home([one])),
    currencies.form: hostile.map(currencies.form),
    time_zone.time_zone: hostile.map(time_zone.time_zone),
    time_zone.zone_options: st.lists(hostile, max_size=3).map(time_zone.zone_options).map(offered),
    undelivered.problems: hostile.map(_problems),
    stages.form: st.builds(
        lambda name, status: stages.form(
            [StageReading(f"{name}{at}", f"{at}{name}"[:100], status, at) for at in range(99)]
        ),
        hostile,
        st.sampled_from(Status),
    ),
    settings_view.in_modal: st.builds(settings_view.in_modal, hostile, helped),
}

DRAWN |= (
    ABOUT_REQUESTS
    | ABOUT_REQUEST_REPORT
    | ABOUT_USE
    | ABOUT_SETUP
    | ABOUT_GIFTS
    | ABOUT_SCHEDULE
    | ABOUT_CREDIT
    | ABOUT_CRM
    | ABOUT_ASSETS
    | ABOUT_PULSES
    | ABOUT_NUDGES
    | ABOUT_TARGETS
    | ABOUT_CAMPAIGNS
    | ABOUT_MECHANISMS
    | ABOUT_MEETINGS
    | ABOUT_THANKS
    | ABOUT_VALUE
    | ABOUT_ACCOUNT_RISK
    | ABOUT_DIGEST
    | ABOUT_TEAM_WEEK
    | ABOUT_FRESHNESS
    | ABOUT_VOLUNTEERS
    | ABOUT_HEALTH
    | ABOUT_HOME
    | ABOUT_GOALS
    | ABOUT_LAUNCH
    | ABOUT_RESISTANCE
    | ABOUT_ERASING
)

BUILT: dict[str, st.SearchStrategy[Shown]] = {
    "a notice": hostile.map(lambda text: blocks.notice(text, escape(text))),
    "while it loads": hostile.map(blocks.loading),
    "a message": hostile.map(
        lambda text: blocks.message(escape(text) or "Something.", [blocks.section(escape(text))] * 70)
    ),
}
"""What any view may be made of that is whole by itself."""
