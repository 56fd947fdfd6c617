"""What a launch plan looks like, whatever stands in it. Does not decide what is right."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from domain.launch_plan import MOST_TASKS, Glance, Goals, Part, Phase, Plan, Progress, State, Task, Template
from domain.people import Function
from tests.views import samples
from tests.views.reading import Shown
from views import blocks, launch_plan
from views import launch_plan_messages as messages

TODAY = date(2026, 9, 7)

_days = st.integers(-60, 366).map(lambda ahead: TODAY + timedelta(days=ahead))
_words = st.none() | samples.hostile.filter(bool)
_tasks = st.builds(
    Task,
    samples.hostile.map(lambda text: text[:26]),
    st.sampled_from(Phase),
    st.sampled_from(Part),
    st.none() | st.sampled_from(Function),
    samples.hostile.map(lambda text: text or "Something"),
    _days,
    _days,
    st.sampled_from(["p1", "p2"]),
    samples.hostile,
    st.sampled_from([None, "U0SAM"]),
    st.booleans(),
    st.sampled_from([None, "C0SALES", "role:sales"]),
    _words,
    st.sampled_from(State),
    st.none() | _days,
    st.integers(1, 99),
)
_some = st.lists(_tasks, max_size=6).map(
    lambda tasks: [replace(task, id=f"{at}{task.id}"[:26]) for at, task in enumerate(tasks * 7)][:MOST_TASKS]
)
_plans = st.builds(
    Plan,
    st.sampled_from([None, "PLAN"]),
    st.none() | st.sampled_from(Template),
    st.none() | _days,
    _some,
    st.just(TODAY),
    st.just("p1"),
    is_whole=st.booleans(),
    plans=st.booleans(),
    goals=st.none() | st.builds(Goals, st.sampled_from([0, 3]), st.sampled_from([0, 2])),
)
_progress = st.builds(Progress, st.integers(0, 40), st.integers(0, 40), st.integers(0, 40), st.none() | _days)
glances = st.builds(Glance, st.none() | _progress, st.sampled_from([0, 2]), st.none() | _days, plans=st.booleans())


def _row(task: Task) -> Shown:
    return blocks.home(blocks.actions(launch_plan.buttons(task, plans=True)))


ABOUT_LAUNCH: dict[Callable[..., Any], st.SearchStrategy[Shown]] = {
    launch_plan.overview: _plans.map(launch_plan.overview),
    launch_plan.in_home: glances.map(lambda one: blocks.home(launch_plan.in_home(one) or [blocks.divider()])),
    launch_plan.buttons: _tasks.map(_row),
    launch_plan.begin_form: _days.map(launch_plan.begin_form),
    launch_plan.task_form: st.builds(launch_plan.task_form, st.just(TODAY), st.none() | _tasks),
    launch_plan.day_form: st.builds(launch_plan.day_form, st.just(TODAY), _tasks),
    messages.tasks: st.builds(messages.tasks, _some, st.just(TODAY)),
    messages.late: st.builds(messages.late, _some.filter(bool), st.just(TODAY)),
    messages.post: st.builds(messages.post, samples.hostile.filter(bool), st.sampled_from([None, "U0SAM"])),
    messages.all_done: _progress.map(messages.all_done),
}
