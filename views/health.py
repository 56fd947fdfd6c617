"""How the program stands, as leader and champion read it, and their self-checks beside it. Decides no figure."""

from collections.abc import Iterator, Sequence
from datetime import date

from domain import quarters
from domain.health import ON_COURSE_FROM, STALLING_FROM, Health, Measure, Report
from domain.messages import Rendered
from domain.self_checks import HIGHEST, ROLE_OF, Attribute, Part, Summary
from views import blocks, charts
from views.health_words import TITLES, beside, disagreement, figure, headline, next_step
from views.ids import Action, Callback
from views.text import Block, count, day, line, shorten

TITLE = "Program health"
FEWEST_DAYS = 2
"""Days of which a line can be drawn."""

BAR = 10
"""Signs of a whole bar."""

HOW = (
    f"Each measure counts the same, up to the value from which it is on course. From {ON_COURSE_FROM} points on the "
    f"program is on course; below {STALLING_FROM} it is failing to launch."
)


def overview(report: Report, parts: Sequence[Part]) -> Block:
    """The verdict, what holds it back, all measures; `parts` are those in which the reader checks themselves."""
    figures, health = report.figures, report.health
    content = [
        blocks.section(f"*{headline(health)}.*{_whole_bar(health)}"),
        blocks.context(f"Counted from {day(figures.first)} to {day(figures.last)}."),
        *(blocks.section(f":warning: {disagreement(one)}") for one in report.disagreements),
        *_drags(report),
        blocks.header("All measures"),
        blocks.section("\n".join(_measure(one, report) for one in Measure)),
        blocks.section("\n".join(f"• {one}" for one in beside(figures))),
        *_ways(parts),
        blocks.context(HOW),
    ]
    return blocks.modal(Callback.HEALTH, TITLE, content)


def _whole_bar(health: Health) -> str:
    return "" if health.points is None else f"\n{bar(health.points / 100)}"


def bar(share: float) -> str:
    """A share of 1 as a bar of text: modals and Home show no charts."""
    filled = int(BAR * share + 1e-9)
    return f"`{'█' * filled}{'░' * (BAR - filled)}`"


def _drags(report: Report) -> Iterator[Block]:
    if not report.health.drags:
        return
    yield blocks.header("What holds it back most")
    for measure in report.health.drags:
        said = f"*{TITLES[measure]}*: {figure(measure, report.figures)}"
        button = blocks.button("Targets", Action.TARGETS) if measure is Measure.COVERAGE else None
        yield blocks.section(f"{said}\n→ {next_step(measure, report.figures, line)}", button)


def _measure(measure: Measure, report: Report) -> str:
    attained = report.health.attained[measure]
    drawn = "" if attained is None else f"{bar(attained)} "
    return f"{drawn}*{TITLES[measure]}*: {figure(measure, report.figures)}"


def _ways(parts: Sequence[Part]) -> Iterator[Block]:
    """A row for each part: buttons of one action cannot stand in one row."""
    for part in parts:
        label = "My self-check" if len(parts) == 1 else f"My self-check as {ROLE_OF[part]}"
        yield from blocks.actions([blocks.button(label, Action.SELF_CHECK, part.value)])
    row = [blocks.button("Self-checks over time", Action.SELF_CHECKS), blocks.button("Who takes part", Action.ADOPTION)]
    row.append(blocks.button("Monthly digest", Action.DIGEST))
    row.append(blocks.button("Send me the chart", Action.HEALTH_SEND))
    yield from blocks.actions(row)


def self_checks(report: Report) -> Block:
    """What both said of themselves, quarter by quarter, beside what is counted."""
    content: list[Block] = []
    for part in Part:
        content += _of_part(part, [one for one in report.trend if one.part is part])
    content += [
        blocks.header("Beside it, the figures"),
        blocks.section("\n".join(_measure(one, report) for one in Measure if one is not Measure.SELF_CHECKS)),
        blocks.section("\n".join(f"• {one}" for one in beside(report.figures))),
        *(blocks.section(f":warning: {disagreement(one)}") for one in report.disagreements),
    ]
    return blocks.modal(Callback.SELF_CHECKS, "Self-checks", content)


def _of_part(part: Part, trend: Sequence[Summary]) -> Iterator[Block]:
    yield blocks.header(f"{ROLE_OF[part]}".capitalize())
    if not trend:
        yield blocks.section("Nobody has answered yet. Everboard asks at the beginning of each quarter.")
        return
    newest = trend[-1]
    answered = f"{count(newest.n, 'person', 'people')} answered"
    yield blocks.section(f"*{quarters.in_words(newest.quarter)}* ({answered}): {newest.mean:.1f} of {HIGHEST}")
    yield blocks.section("\n".join(_over_time(one, trend) for one in newest.means))


def _over_time(attribute: Attribute, trend: Sequence[Summary]) -> str:
    *earlier, newest = [one.means[attribute] for one in trend]
    before = f"; before: {', '.join(f'{mean:.1f}' for mean in earlier)}" if earlier else ""
    return f"{bar(newest / HIGHEST)} {attribute.value.capitalize()}: *{newest:.1f}*{before}"


def message(report: Report, earlier: Sequence[tuple[date, Health]]) -> Rendered:
    """The figures, with a chart of how it went since the first of the earlier days: charts live in messages only."""
    said = headline(report.health)
    content = [
        blocks.header(TITLE),
        blocks.section(f"*{said}.*{_whole_bar(report.health)}"),
        blocks.section("\n".join(_measure(one, report) for one in Measure)),
        *_over_days([*earlier, (report.figures.last, report.health)]),
        blocks.context(HOW),
    ]
    return blocks.message(f"{TITLE}. {said}.", content)


def _over_days(days: Sequence[tuple[date, Health]]) -> list[Block]:
    """A line for each measure that is known on all of these days: a line through a gap would be a guess."""
    if len(days) < FEWEST_DAYS:
        return [blocks.context("It is written down every day; from tomorrow on, a chart shows here how it went.")]
    shown = _spread(days)
    series = {"Points": [one.points for _day, one in shown]}
    series |= {_name(measure): [_hundredths(one.attained[measure]) for _day, one in shown] for measure in Measure}
    known = {name: [value for value in values if value is not None] for name, values in series.items()}
    whole = {name: values for name, values in known.items() if len(values) == len(shown)}
    labels = charts.labels(f"{one.day} {one:%b %Y}" for one, _health in shown)
    return charts.lines("How the program went", "Of 100", labels, whole)


def _spread(days: Sequence[tuple[date, Health]]) -> list[tuple[date, Health]]:
    """As many as a chart holds, evenly chosen, the first and the last among them."""
    most = min(len(days), charts.MOST_BARS)
    return [days[round(at * (len(days) - 1) / (most - 1))] for at in range(most)]


def _hundredths(part: float | None) -> int | None:
    return None if part is None else int(100 * part + 1e-9)


def _name(measure: Measure) -> str:
    return shorten(measure.value.capitalize(), charts.LABEL)


def in_home(standing: tuple[date, Health] | None) -> list[Block]:
    """The part of Home that says how the program stood on the last day that was counted, and leads to why."""
    if standing is None:
        said = "*How the program stands* is counted every morning. The button counts it now."
        return [blocks.section(said, blocks.button(TITLE, Action.HEALTH))]
    counted, health = standing
    drags = " and ".join(TITLES[one][0].lower() + TITLES[one][1:] for one in health.drags)
    said = f"*{headline(health)}.*" + (f" What holds it back most: {drags}." if drags else "")
    said += f" Counted on {day(counted)}."
    return [blocks.section(said, blocks.button(TITLE, Action.HEALTH))]
