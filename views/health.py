"""How the program stands, as leader and champion read it, and their self-checks beside it. Decides no figure."""

from collections.abc import Iterator, Sequence

from domain import quarters
from domain.health import ON_COURSE_FROM, STALLING_FROM, Health, Measure, Report
from domain.self_checks import HIGHEST, ROLE_OF, Attribute, Part, Summary
from views import blocks
from views.health_words import TITLES, beside, disagreement, figure, headline, next_step
from views.ids import Action, Callback
from views.text import Block, count, day, line

TITLE = "Program health"
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


def in_home(health: Health) -> list[Block]:
    """The part of Home that says how the program stands, and leads to why."""
    drags = " and ".join(TITLES[one][0].lower() + TITLES[one][1:] for one in health.drags)
    said = f"*{headline(health)}.*" + (f" What holds it back most: {drags}." if drags else "")
    return [blocks.section(said, blocks.button(TITLE, Action.HEALTH))]
