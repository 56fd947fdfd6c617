"""A pulse as its planner sees it before it starts: the plan, and what it would do. Decides no time.

Fields bear the names that refusals use.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from domain.people import Function
from domain.pulse import SMALLEST_GROUP
from domain.pulse_audience import Audience, Candidate, Resolved
from domain.pulse_calendar import CADENCE_WORDS, LAST_START, SEND_AT, Cadence, Wave
from domain.pulse_overview import Preview
from domain.pulse_runs import LARGEST_MINIMUM, PEOPLE_LIMIT, Plan, check_plan
from domain.time_zones import EARLIEST
from views import blocks, inputs
from views.ids import Callback
from views.text import Block, count, day, in_words, line, moment

ON = "on"
WAVES_SHOWN = 12
"""Times of day named one by one; later ones are told together."""

ZONES_NAMED = 5
"""Places named for one of them."""

NAMES_SHOWN = 10


def form(last: Plan | None, name: str, today: date, smallest: int) -> Block:
    """What a pulse needs, filled in as the last one was, or as most are."""
    audience = last.audience if last else USUAL_AUDIENCE
    functions = [inputs.option(one.value.capitalize(), one.value) for one in Function]
    cadences = [inputs.option(words, cadence.value) for cadence, words in CADENCE_WORDS.items()]
    only = inputs.checkboxes([inputs.option("Everybody who leads people, asked as a manager", ON)], _on(audience))
    content = [
        inputs.field("name", "Name", inputs.text_input(name, most=60), hint="People read it, such as “Autumn”."),
        inputs.field(
            "functions",
            "Functions",
            inputs.multi_select(functions, [one.value for one in audience.functions]),
            optional=True,
        ),
        inputs.field("channels", "Members of channels", inputs.channels(audience.channels), optional=True),
        inputs.field("managers", "Managers", only, optional=True),
        inputs.field(
            "people", "And these people", inputs.people(audience.people), hint=f"Up to {PEOPLE_LIMIT}.", optional=True
        ),
        inputs.field("opens_on", "Day", inputs.day(today)),
        inputs.field(
            "send_at",
            "Time",
            inputs.select(_times(), f"{(last.send_at if last else SEND_AT):%H:%M}"),
            hint="On each person's own clock. Weekends and public holidays are left out.",
        ),
        inputs.field("cadence", "Again", inputs.select(cadences, (last.cadence if last else Cadence.USUAL).value)),
        inputs.field(
            "smallest",
            "Tell nothing of groups under",
            inputs.text_input(str(max(smallest, last.smallest if last else 0)), most=3),
            hint=f"People who answered, {SMALLEST_GROUP} to {LARGEST_MINIMUM}. It can't be changed once it is planned.",
        ),
    ]
    return blocks.modal(Callback.PULSE_PLAN, "Plan a pulse", content, submit="Preview")


USUAL_AUDIENCE = Audience((Function.SALES, Function.MARKETING, Function.CUSTOMER_SUCCESS))
"""Those who meet customers every day."""


def _on(audience: Audience) -> list[str]:
    return [ON] if audience.managers else []


def _times() -> list[Block]:
    hours = range(EARLIEST.hour, LAST_START.hour + 1)
    halves = [time(hour, minute) for hour in hours for minute in (0, 30)]
    return [inputs.option(f"{at:%H:%M}", f"{at:%H:%M}") for at in halves if EARLIEST <= at <= LAST_START]


def plan_from(typed: inputs.Typed, today: date) -> Plan:
    """The plan in the form. Raises RuleError at the fields that are wrong."""
    at = inputs.choice_of(typed, "send_at")
    audience = Audience(
        tuple(Function(value) for value in inputs.choices_of(typed, "functions") if value in set(Function)),
        inputs.channels_of(typed, "channels"),
        ON in inputs.choices_of(typed, "managers"),
        inputs.people_of(typed, "people"),
    )
    return check_plan(
        inputs.text_of(typed, "name"),
        audience,
        inputs.day_of(typed, "opens_on"),
        time.fromisoformat(at) if at else None,
        inputs.choice_of(typed, "cadence"),
        inputs.text_of(typed, "smallest"),
        today,
    )


def preview(seen: Preview) -> Block:
    """Who is asked, who is not and why, how long it takes, and what is promised to people."""
    plan, resolved = seen.plan, seen.resolved
    groups = [f"{line(group, 60)} {people:,}" for group, people in sorted(resolved.groups().items())]
    asked = len(resolved.asked)
    starts = "Starts today" if plan.opens_on <= seen.today else f"Starts on {day(plan.opens_on)}"
    again = f"Comes again on {day(seen.again_on)}." if seen.again_on else "It comes once."
    content = [
        blocks.section(f"*{line(plan.name, 60)}* asks *{count(asked, 'person', 'people')}*: {in_words(groups)}."),
        *_too_small(resolved, plan.smallest),
        blocks.section(
            f"{starts}, at {plan.send_at:%H:%M} on each person's own clock. Reminders go on day 3 and 5 to whoever has "
            f"not answered. It closes {moment(seen.closes_at)}, and then everybody is told what it said. {again}"
        ),
        blocks.section(_finish(seen.waves)),
        *_late(seen),
        *_left_out(resolved),
        blocks.context(
            f"Nothing is told of fewer than {plan.smallest} people, and that stays so. While it is open it can be "
            "paused and called off, and not changed."
        ),
    ]
    submit = "Start" if plan.opens_on <= seen.today else "Schedule"
    return blocks.modal(Callback.PULSE_PREVIEW, "Before it starts", content, submit=submit, meta=_meta(plan))


def _late(seen: Preview) -> list[Block]:
    late = seen.late
    if late is None:
        return []
    got, later = (
        ("1 person has", "That person gets") if late.people == 1 else (f"{late.people:,} people have", "They get")
    )
    told = f"{got} had another message of Everboard's within the week. {later} the pulse later, when the week is over. "
    if late.missing:
        whose = "for that person" if late.people == 1 else f"for {late.missing:,} of them"
        told += f"It will have closed by then {whose}, who would not be asked. "
    from_then = f"Start on {day(late.nobody_from)} or after, and everybody gets it on the same day."
    return [blocks.context(told + from_then)]


def _meta(plan: Plan) -> str:
    kept = plan.stored()
    audience = dict(plan.audience.stored())
    audience.pop("members")  # as many as a channel has; they are looked up again
    return blocks.metadata({**kept, "audience": audience})


def plan_in(view: Block) -> Plan | None:
    """The plan that a preview shows; None where it can't be read."""
    try:
        return Plan.of(blocks.read_metadata(view.get("private_metadata")))
    except (KeyError, ValueError):
        return None


def _too_small(resolved: Resolved, smallest: int) -> list[Block]:
    small = [line(group, 60) for group, people in sorted(resolved.groups().items()) if people < smallest]
    if not small:
        return []
    return [blocks.context(f"Too few for results of their own, counted with everybody: {in_words(small)}.")]


def _finish(waves: Sequence[Wave]) -> str:
    """When people have it, time zones with the same instant together."""
    together: dict[datetime, list[Wave]] = {}
    for one in waves:
        together.setdefault(one.start, []).append(one)
    rows = [_wave(start, some) for start, some in list(together.items())[:WAVES_SHOWN]]
    more, left = len(together) - WAVES_SHOWN, sum(one.left for one in waves)
    told = ["*When people have it*, by your clock", *rows]
    if more > 0:
        told.append(f"and at {count(more, 'later time')}; the last have it {moment(max(w.finish for w in waves))}")
    if left:
        told.append(f"{count(left, 'person', 'people')} get it on the next working day: there is no room that day.")
    return "\n".join(told)


def _wave(start: datetime, some: Sequence[Wave]) -> str:
    places = [line(one.zone.rpartition("/")[2].replace("_", " "), 60) for one in some]
    named = [*places[:ZONES_NAMED], *([f"{len(places) - ZONES_NAMED} more"] if len(places) > ZONES_NAMED else [])]
    last = max(one.finish for one in some)
    until = f", the last {moment(last)}" if last - start > timedelta(minutes=1) else ""
    return f"{moment(start)}: {count(sum(one.people for one in some), 'person', 'people')} ({in_words(named)}){until}"


def _left_out(resolved: Resolved) -> list[Block]:
    rows = []
    if resolved.unknown:
        rows.append(f"Nobody knows what they work in: {_names(resolved.unknown)}. Home says how to mend that.")
    if resolved.away:
        rows.append(f"Away until it is over: {_names(resolved.away)}.")
    if resolved.outside:
        rows.append(f"{count(len(resolved.outside), 'person', 'people')} picked by hand are no full members here.")
    return [blocks.section("*Not asked*\n" + "\n".join(rows))] if rows else []


def _names(people: Sequence[Candidate]) -> str:
    shown = [line(one.name, 60) for one in people[:NAMES_SHOWN]]
    more = len(people) - len(shown)
    return in_words([*shown, *([f"{more} more"] if more > 0 else [])])
