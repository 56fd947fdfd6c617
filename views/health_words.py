"""How the program stands, in words that Slack and the terminal share. Decides no figure.

Names that people typed stand in next steps alone, and go through the `named` that is given.
"""

from collections.abc import Callable, Iterator, Mapping

from domain.health import FEWEST, SCALES, Disagreement, Figures, Health, Measure, Report, Verdict
from domain.health_figures import PULSE_LASTS, WINDOW
from domain.phrases import listed
from domain.pulse import Unblocked
from domain.request_rates import LEAST_REQUESTS
from domain.self_checks import ROLE_OF, Attribute
from domain.targets import NAME_LIMIT
from views.pulse import NEXT_STEP
from views.text import count, day, shorten

DAYS = WINDOW.days

Named = Callable[[str], str]
"""Makes a name that people typed fit to be shown."""

TITLES: Mapping[Measure, str] = {
    Measure.ADOPTION: "Colleagues who take part",
    Measure.PULSE: "What people say in the pulse",
    Measure.COVERAGE: "Advocates against targets",
    Measure.FILL_RATE: "Requests that got an advocate",
    Measure.SELF_CHECKS: "Self-checks of leader and champion",
}

MEANING: Mapping[Verdict, str] = {
    Verdict.ON_COURSE: "The program is on course",
    Verdict.STALLING: "The program is stalling",
    Verdict.FAILING: "The program is failing to launch",
}

TO_BEGIN: Mapping[Measure, str] = {
    Measure.ADOPTION: "not known: tell who works in what (Home lists them, or `everboard import people FILE.csv`).",
    Measure.PULSE: f"no pulse of the last {PULSE_LASTS.days} days has a group that may be shown: plan one "
    "with `/pulse`.",
    Measure.COVERAGE: "there is no target: say which advocates you want with `/advocacy targets`.",
    Measure.FILL_RATE: f"fewer than {LEAST_REQUESTS} requests were decided in {DAYS} days: show colleagues "
    "`/advocates request` with a deal of theirs.",
    Measure.SELF_CHECKS: "nobody has answered this quarter's or the last one's: answer it in Home.",
}
"""What stands for a measure that is not known, and what makes it known."""

ADVICE: Mapping[Attribute, str] = {
    Attribute.BELIEF: "Sit in on one reference call this month, and write down what it changed.",
    Attribute.TIME: "Block two hours a week in the calendar, and agree with your manager what you drop for them.",
    Attribute.SKILL: "Name the one skill that is lacking, and borrow a colleague who has it for a month.",
    Attribute.TENACITY: "Pick the one thing that stalls longest, and put a day for it into your calendar each week.",
    Attribute.AMBITION: "Set a target that is more than today, and tell it to the champion and in the channel.",
    Attribute.OWNERSHIP: "Let the champion open the next meeting about the program, in their own words.",
    Attribute.ENTHUSIASM: "Bring the champion together with one advocate for half an hour; it is catching.",
    Attribute.GOALS: "Write one sentence about advocacy into the champion's goals, with a number and a day.",
    Attribute.INVOLVEMENT: "Ask the champion for one thing besides money: a thank-you, a call, a talk.",
    Attribute.INTEREST: "Send the champion three figures before each month's end, and ask one question about them.",
}


def headline(health: Health) -> str:
    """The verdict, without a full stop."""
    if health.verdict is None:
        known = sum(part is not None for part in health.attained.values())
        said = f"{known} of {len(Measure)} measures are known, {FEWEST} are needed"
        return f"It is too early to tell how the program stands: {said}"
    return f"{MEANING[health.verdict]}: {health.points} of 100 points"


def figure(measure: Measure, figures: Figures) -> str:
    """What a measure says, with what it rests on; for one that is not known, what to do."""
    if figures.values()[measure] is None:
        return TO_BEGIN[measure]
    return _SAID[measure](figures)


def _adoption(figures: Figures) -> str:
    audience = figures.audience
    did = (
        f"{audience.took_part:,} of {audience.people:,} colleagues who meet customers nominated, looked up or requested"
    )
    return f"{did} ({percent(audience.share)}); on course from {percent(SCALES[Measure.ADOPTION].fine)}."


def _pulse(figures: Figures) -> str:
    voice = figures.voice
    if voice is None:
        return TO_BEGIN[Measure.PULSE]
    lowest = f"lowest is {voice.lowest} with {voice.mean:.1f} of 5 ({voice.n:,} answered on {day(voice.held_on)})"
    return f"{lowest}; on course from {SCALES[Measure.PULSE].fine}."


def _coverage(figures: Figures) -> str:
    found = figures.coverage
    if found is None:
        return TO_BEGIN[Measure.COVERAGE]
    share = percent(found.covered / found.wanted)
    said = f"{found.covered:,} of {found.wanted:,} wanted advocates are available ({share})"
    return f"{said}; on course from {percent(SCALES[Measure.COVERAGE].fine)}."


def _fill_rate(figures: Figures) -> str:
    asked = figures.requests
    said = f"{asked.filled:,} of {asked.decided:,} decided requests got an advocate ({percent(asked.fill_rate)})"
    return f"{said}; on course from {percent(SCALES[Measure.FILL_RATE].fine)}."


def _self_checks(figures: Figures) -> str:
    said = [f"{ROLE_OF[who]} {one.mean:.1f} of 5" for who, one in figures.self_checks.items()]
    return f"{listed(said)}; on course from {SCALES[Measure.SELF_CHECKS].fine:g}."


_SAID: Mapping[Measure, Callable[[Figures], str]] = {
    Measure.ADOPTION: _adoption,
    Measure.PULSE: _pulse,
    Measure.COVERAGE: _coverage,
    Measure.FILL_RATE: _fill_rate,
    Measure.SELF_CHECKS: _self_checks,
}


def next_step(measure: Measure, figures: Figures, named: Named = str) -> str:
    """One thing to do about a measure that holds the program back."""
    return _STEPS[measure](figures, named)


def _about_adoption(figures: Figures, _named: Named) -> str:
    some = [one for one, is_told in figures.functions() if is_told]
    if not some:
        return "Do one nomination side by side with each of them; it takes five minutes."
    low = min(some, key=lambda one: one.share or 0)
    name = low.function.value if low.function else ""
    return (
        f"Begin with {name}: {low.took_part:,} of {count(low.people, 'person', 'people')} took part. Let their manager "
        "do one nomination with them in the next meeting, and see in `/advocacy nudges` that they are reminded."
    )


def _about_pulse(figures: Figures, named: Named) -> str:
    voice = figures.voice
    if voice is None:
        return TO_BEGIN[Measure.PULSE]
    where = f"{voice.lowest} is lowest in {named(shorten(voice.group, 60))}"
    if isinstance(voice.stuck, Unblocked):
        return f"Begin where {where}. {NEXT_STEP[voice.lowest]}"
    return f"They are held back first by {voice.stuck}; {where}. {NEXT_STEP[voice.stuck]}"


def _about_coverage(figures: Figures, named: Named) -> str:
    found = figures.coverage
    if found is None:
        return TO_BEGIN[Measure.COVERAGE]
    lacking = count(found.gap, "advocate")
    target = named(shorten(found.largest, NAME_LIMIT))
    return (
        f"Begin with the target “{target}”, which lacks {lacking}: ask in the channel of those who know such "
        "customers, and name exactly whom you seek."
    )


def _about_requests(figures: Figures, _named: Named) -> str:
    asked = figures.requests
    late = asked.due - asked.in_time
    lost = asked.decided - asked.filled
    if 2 * late > lost:
        return (
            f"{count(late, 'request')} waited longer than the goal: agree who on the advocacy team looks at the queue "
            "each morning, and let reference calls go straight to the relationship owner."
        )
    return (
        f"Look at the {count(lost, 'request')} that ended without an advocate: what they sought in vain is what the "
        "next target in `/advocacy targets` should say."
    )


def _about_self_checks(figures: Figures, _named: Named) -> str:
    if not figures.self_checks:
        return TO_BEGIN[Measure.SELF_CHECKS]
    low = min(figures.self_checks.values(), key=lambda one: one.means[one.weakest])
    return f"Lowest, for the {ROLE_OF[low.part]}: {low.weakest}. {ADVICE[low.weakest]}"


_STEPS: Mapping[Measure, Callable[[Figures, Named], str]] = {
    Measure.ADOPTION: _about_adoption,
    Measure.PULSE: _about_pulse,
    Measure.COVERAGE: _about_coverage,
    Measure.FILL_RATE: _about_requests,
    Measure.SELF_CHECKS: _about_self_checks,
}


def disagreement(one: Disagreement) -> str:
    """That somebody sees it otherwise than the figures, and what to do about it."""
    said = f"The {ROLE_OF[one.who]}'s own view ({round(100 * one.said)} of 100) and the figures"
    said += f" ({round(100 * one.measured)} of 100) are far apart."
    if one.is_rosier:
        return (
            f"{said} Go through the two lowest figures together before the next plan: what do they see that you don't?"
        )
    return f"{said} The program does better than it feels: tell what it has reached, and ask what wears you out."


def beside(figures: Figures) -> Iterator[str]:
    """What else is counted, so that a self-check does not stand alone."""
    asked, nudged = figures.requests, figures.nudged
    rate = f" ({percent(asked.in_time_rate)})" if asked.in_time_rate is not None else ""
    yield (
        f"Answered within the goal: {asked.in_time:,} of {count(asked.due, 'request')}{rate}."
        if asked.due
        else "Answered within the goal: there was no request to answer."
    )
    yield (
        f"Nudges: {nudged.sent:,} sent, {nudged.silent:,} silent on purpose, to see what comes of them, "
        f"{nudged.skipped:,} not sent (budget, leave or a wish)."
    )
    yield f"Nominations: {_nominations(figures)}"


def _nominations(figures: Figures) -> str:
    names = sorted({*figures.nominations, *figures.nominations_before})
    if not names:
        return f"none in {2 * DAYS} days. `/nominate` takes a name and a sentence."
    now, then = figures.nominations, figures.nominations_before
    rows = [f"{name or 'not known'} {now.get(name, 0):,} (before: {then.get(name, 0):,})" for name in names]
    return f"{listed(rows)}."


def percent(share: float | None) -> str:
    """A share of 1 as people read it, rounded down, so that 100% is all."""
    return "not known" if share is None else f"{int(100 * share + 1e-9)}%"


def sentences(report: Report) -> Iterator[str]:
    """All of it for a terminal."""
    figures, health = report.figures, report.health
    yield f"{headline(health)}. Counted from {day(figures.first)} to {day(figures.last)}."
    for one in report.disagreements:
        yield disagreement(one)
    if health.drags:
        yield "What holds it back most:"
    for measure in health.drags:
        yield f"  {TITLES[measure]}: {figure(measure, figures)}"
        yield f"    Next: {next_step(measure, figures)}"
    yield "All measures:"
    for measure in Measure:
        yield f"  {TITLES[measure]}: {figure(measure, figures)}"
    yield "Beside them:"
    yield from (f"  {one}" for one in beside(figures))
