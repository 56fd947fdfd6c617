"""What the resistance log and the adoption list look like, whatever stands in them. Does not decide what is right."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from domain.adoption_list import PAGE, Chosen, Listed, Row, Which
from domain.people import Function
from domain.pulse import Element
from domain.pulse_statements import Motive
from domain.resistance import MOST_OPEN, Entry, Held, Log, OwnUse, Reader, State, Switch, Talk, counts_of
from tests.views import samples
from tests.views.reading import Shown
from views import about_me, adoption_list, blocks, resistance
from views import resistance_messages as messages

TODAY = date(2026, 9, 7)

_days = st.integers(-60, 180).map(lambda ahead: TODAY + timedelta(days=ahead))
_said = samples.hostile.map(lambda text: text or "Something")
_people = st.sampled_from(["p1", "p2"])
_slack = st.sampled_from([None, "U0SAM"])
_entries = st.builds(
    Entry,
    samples.hostile.map(lambda text: text[:26]),
    _people,
    samples.hostile,
    _slack,
    st.booleans(),
    st.sampled_from(Element),
    st.none() | st.sampled_from(Motive),
    _said,
    st.lists(st.builds(Talk, _days, samples.hostile, _said), max_size=9),
    st.none() | _said,
    st.none() | _days,
    _people,
    samples.hostile,
    _slack,
    st.sampled_from(State),
    _days,
    st.integers(1, 99),
)


def _at_most_open(entries: list[Entry]) -> list[Entry]:
    some = [replace(entry, id=f"{at}{entry.id}"[:26]) for at, entry in enumerate(entries * 15)]
    still = [entry for entry in some if entry.is_open][:MOST_OPEN]
    return [*still, *(entry for entry in some if not entry.is_open)]


_some = st.lists(_entries, max_size=5).map(_at_most_open)
_readers = st.lists(
    st.builds(Reader, _people, _said, st.just("U0SAM")), max_size=2, unique_by=lambda one: one.person_id
)
_switches = st.builds(
    Switch, st.booleans(), st.booleans(), _readers, st.sampled_from([1, 12]), st.sampled_from([0, 1, 30])
)
_logs = st.builds(
    lambda switch, entries, switches: Log(switch, entries, counts_of(entries or (), TODAY), TODAY, "p1", switches),
    _switches,
    st.none() | _some,
    st.booleans(),
)
_rows = st.builds(
    Row, samples.hostile, _slack, st.none() | st.sampled_from(Function), *[st.sampled_from([0, 1, 9999])] * 3
)
_pages = st.builds(
    Listed,
    st.lists(_rows, max_size=4).map(lambda rows: (rows * 5)[:PAGE]),
    st.builds(Chosen, st.sampled_from(Which), st.none() | st.sampled_from(Function), st.sampled_from([0, 1])),
    st.just(TODAY),
    st.just(TODAY),
    st.sampled_from([0, 1, 10_000]),
    st.sampled_from([0, 1]),
)
_held = st.builds(Held, _some, _switches, st.none() | st.builds(OwnUse, *[st.sampled_from([0, 7])] * 3, st.just(365)))

ABOUT_RESISTANCE: dict[Callable[..., Any], st.SearchStrategy[Shown]] = {
    resistance.overview: _logs.map(resistance.overview),
    resistance.in_home: st.sampled_from([0, 1, 9]).map(
        lambda due: blocks.home(resistance.in_home(due) or [blocks.divider()])
    ),
    resistance.on_form: st.builds(resistance.on_form, _switches, st.just("U0SAM")),
    resistance.off_form: _switches.filter(lambda one: one.log or one.listing).map(resistance.off_form),
    resistance.entry_form: st.builds(
        resistance.entry_form, _switches.filter(lambda one: bool(one.readers)), st.none() | _entries, _people
    ),
    resistance.talk_form: _entries.map(resistance.talk_form),
    adoption_list.listed: _pages.map(adoption_list.listed),
    about_me.held: _held.map(about_me.held),
    messages.due: st.sampled_from([1, 5]).map(messages.due),
    messages.named: st.builds(messages.named, _switches, st.just("U0SAM")),
}
