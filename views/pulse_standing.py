"""How a pulse stands, for its planner: how far it is sent, how many have answered, and what can be done. Decides no
figure."""

from collections.abc import Mapping

from domain.pulse_overview import Standing
from domain.pulse_runs import State
from views import blocks
from views.ids import Action, Callback
from views.text import Block, count, line, moment


def standing(seen: Standing, told: str = "") -> Block:
    """How it stands, with what can be done about it."""
    content = [blocks.section(f"{told + chr(10) if told else ''}*{line(seen.name, 60)}*: {_state(seen)}")]
    if seen.state is not State.PLANNED:
        content += [blocks.section(progress_in_words(seen)), blocks.section(_counts(seen.counts))]
        content.append(blocks.context("Nobody sees who has not answered. Numbers are told every few hours."))
    content += blocks.actions(_buttons(seen))
    return blocks.modal(Callback.PULSE_STANDING, "Pulse", content)


def _state(seen: Standing) -> str:
    if seen.state is State.PLANNED:
        return f"planned. The first people get it {moment(seen.opens_at)}; it closes {moment(seen.closes_at)}."
    if seen.state is State.PAUSED:
        return f"*paused*: nothing more is sent. Whoever has it can answer until {moment(seen.closes_at)}."
    return f"open until {moment(seen.closes_at)}."


def progress_in_words(seen: Standing) -> str:
    """How far it is sent, truly: "6,120 of 10,000 sent, about 16 minutes left"."""
    said = f"{seen.sent:,} of {seen.asked:,} sent"
    if seen.failed:
        said += f", {count(seen.failed, 'person', 'people')} could not be reached"
    if seen.done_at is None:
        return f"{said}."
    if seen.state is State.PAUSED:
        return f"{said}, {seen.asked - seen.sent - seen.failed:,} held back."
    minutes = max(1, round((seen.done_at - seen.now).total_seconds() / 60))
    if minutes <= SOON:
        return f"{said}, about {count(minutes, 'minute')} left."
    return f"{said}. The last have it {moment(seen.done_at)}: it comes by each person's own clock."


SOON = 90
"""Minutes up to which the rest is told as such; beyond, people are in other time zones, or it is their weekend."""


def _counts(counts: Mapping[str, int | None]) -> str:
    if not counts:
        return "How many have answered is told from the first morning on."
    rows = [
        f"{line(group, 60)}: {'too few to tell' if told is None else f'{told:,} or more'}"
        for group, told in counts.items()
    ]
    return "*Answers so far*\n" + "\n".join(sorted(rows))


def _buttons(seen: Standing) -> list[Block]:
    ask = blocks.confirm(
        "Call it off?",
        "Nothing more is sent, what was answered is deleted, and there will be no result. This can't be undone.",
        "Call it off",
        danger=True,
    )
    off = blocks.button("Call it off", Action.PULSE_CALL_OFF, seen.run_id, style="danger", confirm=ask)
    again = blocks.button("Look again", Action.PULSE_STANDING, seen.run_id)
    if seen.state is State.PLANNED:
        return [again, off]
    if seen.state is State.PAUSED:
        return [blocks.button("Go on", Action.PULSE_RESUME, seen.run_id, style="primary"), again, off]
    return [blocks.button("Pause", Action.PULSE_PAUSE, seen.run_id), again, off]
