"""What pulses look like, with whatever names and numbers they may have. Does not decide what is right."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from hypothesis import strategies as st

from domain.messages import Rendered
from domain.people import Function
from domain.pulse import ELEMENTS, GroupResult, PulseResult, Scores, result_of
from domain.pulse_answers import CANT_SAY, COMMENT_LIMIT
from domain.pulse_audience import Asked, Audience, Candidate, Resolved
from domain.pulse_calendar import Cadence, Wave
from domain.pulse_groups import Cell, results
from domain.pulse_overview import Late, Preview, Seen, Standing, Waiting
from domain.pulse_runs import CURRENT, NAME_LIMIT, Plan
from domain.pulse_statements import MANAGERS, Motive, group_of
from domain.pulse_trend import trends
from tests.tallies import tally
from tests.views import samples
from tests.views.reading import Shown
from views import blocks, pulse, pulse_ballot, pulse_overview, pulse_plans, pulse_posts, pulse_standing, pulse_trend
from views.text import Block

NOW = datetime(2026, 9, 1, 10, tzinfo=UTC)

_score = st.none() | st.integers(1, 5)
_scores: st.SearchStrategy[Scores] = st.tuples(_score, _score, _score, _score, _score)
_groups = st.builds(
    lambda name, answers, times: [result_of(f"{name}{at}", tally(answers * times)) for at in range(times * 5)],
    samples.hostile,
    st.lists(_scores, min_size=1, max_size=6),
    st.integers(1, 6),
)
_brought_in = st.builds(PulseResult, samples.hostile, st.just(date(2026, 5, 3)), _groups.map(tuple))
_cells = st.lists(
    st.builds(
        lambda group, team, answers: Cell(group, team, tally(answers)),
        st.sampled_from(["Sales", "Marketing", "Support", MANAGERS]),
        st.sampled_from([None, *(f"manager {number}" for number in range(30))]),
        st.lists(_scores, min_size=1, max_size=9),
    ),
    min_size=1,
    max_size=40,
    unique_by=lambda cell: (cell.group, cell.team),
)
live = st.builds(
    lambda name, cells: PulseResult(name, date(2026, 5, 3), tuple(results(cells, 5)), "P", 5), samples.hostile, _cells
)
pulses = st.lists(_brought_in | live, min_size=1, max_size=6)
_names = samples.hostile.map(lambda name: {f"manager {number}": f"{name}{number}" for number in range(20)})
_teams = live.map(lambda found: (found, [one for one in found.groups if one.team is not None]))

_hostile_name = samples.hostile.map(lambda name: name[:NAME_LIMIT] or "P")
_told = st.builds(
    lambda name, days: pulse_ballot.Told("R" * 26, name, NOW + timedelta(days=7), 5, days),
    _hostile_name,
    st.sampled_from([0, 1, 30]),
)
_group = st.sampled_from([*(group_of(one, as_manager=False) for one in Function), MANAGERS, "Somebody else"])
_form = st.builds(
    lambda told, group, places, changes, chosen, motive, comment: pulse_ballot.form(
        pulse_ballot.Asked(told, group, changes, places), dict(zip(ELEMENTS, chosen, strict=True)), motive, comment
    ),
    _told,
    _group,
    st.sampled_from([(), (("D1", "1.2"), ("D1", "1.3"))]),
    st.integers(0, 3),
    st.tuples(*[st.sampled_from([None, CANT_SAY, "1", "2", "3", "4", "5"])] * 5),
    st.sampled_from([None, *(one.value for one in Motive)]),
    samples.hostile.map(lambda text: text[:COMMENT_LIMIT]),
)

_candidate = samples.hostile.map(lambda name: Candidate("p", "U1", name, Function.SALES, None, "UTC", None))
_plan = st.builds(
    lambda name, people, cadence, managers: Plan(
        name,
        Audience(tuple(Function), ("C0123456789",), managers, tuple(f"U{at:010}" for at in range(people))),
        date(2026, 9, 1),
        time(10),
        cadence,
    ),
    _hostile_name,
    st.sampled_from([0, 1, 100]),
    st.sampled_from(Cadence),
    st.booleans(),
)
_resolved = st.builds(
    lambda who, many, others: Resolved(
        tuple(Asked(one, group, None) for one in who for group in ("Sales", MANAGERS)) * many,
        tuple(others),
        tuple(others),
        tuple("U1" for _ in others),
    ),
    st.lists(_candidate, min_size=1, max_size=4),
    st.sampled_from([1, 40]),
    st.lists(_candidate, max_size=30),
)
_waves = st.integers(0, 30).map(
    lambda zones: [
        Wave(f"Area/Place_{at}", at + 1, NOW + timedelta(hours=at), NOW + timedelta(hours=at, minutes=9), at % 3)
        for at in range(zones)
    ]
)
_preview = st.builds(
    lambda plan, resolved, waves, again, late: Preview(
        plan, resolved, waves, NOW + timedelta(days=7), again, NOW.date(), late
    ),
    _plan,
    _resolved,
    _waves,
    st.sampled_from([None, date(2026, 10, 1)]),
    st.sampled_from([None, Late(1, 0, NOW.date()), Late(1, 1, NOW.date()), Late(9_000, 1_200, NOW.date())]),
)
_standing = st.builds(
    lambda name, state, sent, failed, minutes, counts: Standing(
        "R" * 26,
        name,
        state,
        NOW,
        NOW + timedelta(days=7),
        10_000,
        sent,
        failed,
        None if minutes is None else NOW + timedelta(minutes=minutes),
        counts,
        NOW,
    ),
    _hostile_name,
    st.sampled_from(CURRENT),
    st.integers(0, 10_000),
    st.integers(0, 3),
    st.sampled_from([None, 0, 16, 3000]),
    st.dictionaries(samples.hostile, st.sampled_from([None, 5, 1200]), max_size=9),
)
_waiting = st.builds(Waiting, st.just("R" * 26), _hostile_name, st.just(NOW), st.booleans())
_seen = st.builds(
    lambda waiting, found, names, newest, may_plan, standing: Seen(
        waiting,
        found,
        names,
        newest,
        newest.groups[-1] if newest else None,
        [one for one in newest.groups if one.team is not None][:2] if newest else [],
        may_plan,
        standing,
        has_comments=newest is not None,
    ),
    st.none() | _waiting,
    st.just([]) | pulses,
    _names,
    st.none() | live,
    st.booleans(),
    st.none() | _standing,
)
_said = st.lists(st.tuples(samples.hostile.map(lambda name: name or "G"), samples.hostile), max_size=90)


def _alone(content: list[Block]) -> Rendered:
    return blocks.message("Something.", content)


def _of_groups(found: PulseResult) -> GroupResult:
    return found.groups[-1]


def _drawn(found: list[PulseResult]) -> Rendered:
    return _alone([*pulse_trend.newest(trends(found)), blocks.divider()])


ABOUT_PULSES: dict[Callable[..., Any], st.SearchStrategy[Shown]] = {
    pulse.results: st.builds(pulse.results, pulses, _names),
    pulse.all_results: st.builds(lambda found, names: _alone(pulse.all_results(found, names)), pulses, _names),
    pulse_trend.newest: pulses.map(_drawn),
    pulse_trend.of_group: pulses.map(lambda found: pulse_trend.of_group(next(iter(trends(found)), None))),
    pulse.of_channel: live.map(lambda found: pulse.of_channel(found, _of_groups(found))),
    pulse.of_group: live.map(lambda found: _alone(pulse.of_group(found, found.groups[0]))),
    pulse.of_team: _teams.map(lambda both: pulse.of_team(*both)),
    pulse.team_results: _teams.map(lambda both: _alone(pulse.team_results(*both))),
    pulse_overview.overview: _seen.map(pulse_overview.overview),
    pulse_overview.in_home: _waiting.map(lambda waiting: blocks.home(pulse_overview.in_home(waiting))),
    pulse_overview.comments: _said.map(pulse_overview.comments),
    pulse_ballot.invitation: st.builds(pulse_ballot.invitation, _told, _group),
    pulse_ballot.reminder: _told.map(pulse_ballot.reminder),
    pulse_ballot.answered: _told.map(lambda told: pulse_ballot.answered(told.run_id, told.name, told.closes_at)),
    pulse_ballot.form: _form,
    pulse_posts.open_now: st.builds(
        lambda told, group, answers: pulse_posts.open_now(told.run_id, told.name, NOW, group, answers, 5),
        _told,
        samples.hostile,
        st.sampled_from([None, 5, 1200]),
    ),
    pulse_posts.closed: samples.hostile.map(pulse_posts.closed),
    pulse_posts.called_off: samples.hostile.map(pulse_posts.called_off),
    pulse_posts.nobody_left: samples.hostile.map(pulse_posts.nobody_left),
    pulse_plans.form: st.builds(
        lambda plan, name: pulse_plans.form(plan, name, NOW.date(), 5), st.none() | _plan, _hostile_name
    ),
    pulse_plans.preview: _preview.map(pulse_plans.preview),
    pulse_standing.standing: st.builds(pulse_standing.standing, _standing, st.just("")),
}
