"""The leader's overview of nudges and the form of a plan. Decides no time. Fields bear the names that refusals use."""

from collections.abc import Sequence
from datetime import datetime, time

from domain.errors import RuleError
from domain.nudge_choice import Group, Why
from domain.nudge_overview import Overview, Past, Planned
from domain.nudge_times import DAY_WORDS, USUAL_DAY, USUAL_TIME, Plan
from domain.nudges import Audience
from domain.pulse_statements import Motive
from domain.settings import ChannelRole
from domain.time_zones import EARLIEST, LATEST
from views import blocks, inputs
from views.ids import Action, Callback
from views.text import Block, channel, count, escape, in_words, line, moment

TO_ROLE = "role:"
"""Leads a place that is named by what the channel is for."""

ROLE_OF: dict[Audience, ChannelRole] = {
    Audience.SALES: ChannelRole.SALES,
    Audience.MARKETING: ChannelRole.MARKETING,
    Audience.CUSTOMER_SUCCESS: ChannelRole.CUSTOMER_SUCCESS,
}
"""Audiences whose channel is known from the settings."""

MOVED_BY: dict[Motive, str] = {
    Motive.GAIN: "a gain",
    Motive.CONSEQUENCE: "what follows from not doing it",
    Motive.BELONGING: "the people around them",
    Motive.LEADER: "a leader they trust",
    Motive.ALTERNATIVE: "that the other way is worse",
}

IN_CHANNEL, DIRECT = "channel", "direct"
ON = "on"


def overview(seen: Overview, told: str = "") -> Block:
    """Everything at a glance; `told` is what was just done."""
    state = "Nudges are *paused*: none is sent." if seen.is_paused else "Nudges go out as planned below."
    switch = (
        blocks.button("Go on", Action.NUDGES_RESUME, style="primary")
        if seen.is_paused
        else blocks.button("Pause all", Action.NUDGES_PAUSE)
    )
    row = [
        switch,
        blocks.button("Texts", Action.NUDGE_LIBRARY, spoken="The texts of the nudges"),
        blocks.button("Effect", Action.NUDGE_EFFECT, spoken="Effect: what comes of the nudges"),
        blocks.button("For myself", Action.NUDGES_MINE, spoken="What I want of nudges for myself"),
    ]
    content = [
        blocks.section(f"{f':white_check_mark: {escape(told)}' + chr(10) if told else ''}{state}"),
        *blocks.actions(row),
    ]
    for one in seen.planned:
        content += [blocks.divider(), blocks.section(_planned(one)), *blocks.actions(_buttons(one))]
    everything = blocks.button(
        "All of it", Action.NUDGES_SENT, "0", spoken="All of it: each nudge that was sent, and why"
    )
    content += [blocks.divider(), blocks.section("*Sent lately*", everything), *_past(seen.past)]
    content += [blocks.context(words) for words in _small(seen)]
    return blocks.modal(Callback.NUDGES, "Nudges", content)


def _planned(one: Planned) -> str:
    rows = [f"*{one.audience.value.capitalize()}* ({count(one.people, 'person', 'people')}): {_when(one.plan)}"]
    rows.append(_standing(one.group))
    if one.coming:
        rows.append(f"Coming: {_coming(one.coming, one.silent)}")
    if one.text:
        rows.append(f"Now it would be: “{escape(one.text)}”")
    return "\n".join(rows)


def _when(plan: Plan | None) -> str:
    if plan is None:
        return "not set up yet"
    where = "by direct message, on each person's own clock" if plan.place is None else f"in {place_of(plan.place)}"
    zone = "" if plan.place is None else f" ({line(plan.zone, 60)})"
    when = f"{DAY_WORDS[plan.day]}s at {plan.at:%H:%M}{zone} {where}"
    return when if plan.is_on else f"off ({when})"


def place_of(place: str) -> str:
    """Where a plan posts, as people read it."""
    if place.startswith(TO_ROLE):
        return f"the channel for {line(place.removeprefix(TO_ROLE).replace('_', ' '))}"
    return channel(place)


def _standing(group: Group) -> str:
    since = f"pulse {line(group.pulse, 60)}" if group.pulse else "before the first pulse"
    if group.is_free:
        return f"Nothing holds them back ({since}): they are reinforced."
    return f"What holds them back: *{group.element.value}* ({since})."


def _coming(times: Sequence[datetime], silent: Sequence[datetime]) -> str:
    return in_words([f"{moment(at)}{' (silent week)' if at in silent else ''}" for at in times])


def _buttons(one: Planned) -> list[Block]:
    name = one.audience.value
    label = "Set up" if one.plan is None else "Change"
    row = [blocks.button(label, Action.NUDGE_PLAN, name, spoken=f"{label} the nudges for {name}")]
    if one.plan is not None and one.plan.is_on:
        row.append(blocks.button("Run now", Action.NUDGE_RUN, name, spoken=f"Run now: the nudge for {name}"))
    return row


def _past(past: Sequence[Past]) -> list[Block]:
    if not past:
        return [blocks.context("Nothing yet.")]
    return [blocks.section(_sent(one)) for one in past]


def sent(past: Sequence[Past], page: int, *, more: bool) -> Block:
    """A page of all that was sent, each with its why."""
    row = [
        *([blocks.button("Newer", Action.NUDGES_SENT_NEWER, f"{page - 1}")] if page else []),
        *([blocks.button("Older", Action.NUDGES_SENT_OLDER, f"{page + 1}")] if more else []),
    ]
    return blocks.modal(Callback.NUDGES_SENT, "What was sent", [*_past(past), *blocks.actions(row)])


def _sent(one: Past) -> str:
    where = place_of(one.place) if one.place else count(one.people, "person", "people")
    head = f"{moment(one.at)}, {one.audience.value}, {where}"
    if one.is_silent:
        return f"{head}: a silent week, to see what comes without."
    did = f" {count(one.did, 'person', 'people')} did it." if one.did else ""
    why = f"\n_Why: {why_words(one.why)}_" if one.why else ""
    text = f"“{escape(one.text)}”" if one.text else "(what it said is not kept for so long)"
    return f"{head}: {text}{did}{why}"


def why_words(why: Why) -> str:
    """Why this one was sent, in a sentence."""
    since = f"pulse {line(why.pulse, 60)}" if why.pulse else "there is no pulse yet"
    held = "nothing holds this group back" if why.is_free else f"{why.barrier.value} holds this group back"
    other = "" if why.element is why.barrier else f", and no text of that is left, so {why.element.value}"
    return f"{held} ({since}){other}; moved by {MOVED_BY[why.motive]}; text {why.used} of {why.size} in this round."


def _small(seen: Overview) -> list[str]:
    rows = []
    if seen.refused:
        told = in_words([f"{many:,} {line(reason)}" for reason, many in seen.refused])
        rows.append(f"Who got none in the last seven days, and why: {told}.")
    if seen.newcomers:
        rows.append(f"Being welcomed at the moment: {count(seen.newcomers, 'newcomer')}.")
    rows.append("Whoever joins one of these channels is welcomed by four direct messages in three weeks.")
    rows.append("Nobody gets more than two messages a week that they did not ask for, and a channel no more than one.")
    return rows


def form(audience: Audience, plan: Plan | None, zone: str, people: int) -> Block:
    """When and where an audience gets its nudge of the week."""
    direct = plan is not None and plan.is_direct
    place = plan.place if plan is not None and plan.place and not plan.place.startswith(TO_ROLE) else None
    known = ROLE_OF.get(audience)
    hint = f"Empty: the channel for {audience.value} in Settings." if known else "Everboard has to be a member there."
    ways = [
        inputs.option("A post in a channel", IN_CHANNEL),
        inputs.option(f"A direct message to each of {count(people, 'person', 'people')}", DIRECT),
    ]
    shown = plan.zone if plan else zone
    content = [
        inputs.field("is_on", "Nudges", _switch(is_on=plan is None or plan.is_on), optional=True),
        inputs.field("way", "How", inputs.radio(ways, DIRECT if direct else IN_CHANNEL)),
        inputs.field("channel", "Channel", inputs.channel(place), hint=hint, optional=True),
        inputs.field("day", "Day", inputs.select(_days(), plan.day if plan else USUAL_DAY)),
        inputs.field("at", "Time", inputs.select(_times(), f"{plan.at if plan else USUAL_TIME:%H:%M}")),
        inputs.field(
            "zone",
            "On the clock of",
            inputs.search(Action.TIME_ZONE, inputs.option(shown, shown)),
            hint="Direct messages come by each person's own clock.",
        ),
        blocks.context(
            "One person in ten gets no direct messages, and one week in ten no post: so the effect is seen."
        ),
    ]
    title = f"Nudges: {audience.value}"
    return blocks.modal(Callback.NUDGE_PLAN, title, content, submit="Save", meta=audience.value)


def _switch(*, is_on: bool) -> Block:
    return inputs.checkboxes([inputs.option("On", ON)], [ON] if is_on else [])


def _days() -> list[Block]:
    return [inputs.option(words, day) for day, words in DAY_WORDS.items()]


def _times() -> list[Block]:
    halves = (f"{hour:02}:{minute:02}" for hour in range(EARLIEST.hour, LATEST.hour) for minute in (0, 30))
    return [inputs.option(at, at) for at in halves]


Chosen = tuple[str | None, str, time | None, str | None, bool]
"""The place, the day, the time, the zone, and whether it is on."""


def chosen_from(typed: inputs.Typed, audience: Audience) -> Chosen:
    """What was chosen. Raises RuleError at `channel` where one is needed."""
    place: str | None = None
    if inputs.choice_of(typed, "way") != DIRECT:
        role = ROLE_OF.get(audience)
        place = inputs.channel_of(typed, "channel") or (f"{TO_ROLE}{role.value}" if role else None)
        if place is None:
            raise RuleError("Please choose a channel.", {"channel": "Please choose a channel."})
    at = inputs.choice_of(typed, "at")
    return (
        place,
        inputs.choice_of(typed, "day") or "",
        time.fromisoformat(at) if at else None,
        inputs.choice_of(typed, "zone"),
        ON in inputs.choices_of(typed, "is_on"),
    )
