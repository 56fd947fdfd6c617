"""What pulses say: to whoever may see every group, a chart, each group in words with one next step, and how it was
before; to a channel its own group; to managers their team with something to do. Decides no figure.

Groups too small are named and not shown.
"""

from collections.abc import Mapping, Sequence
from itertools import islice

from domain.messages import Rendered
from domain.names import fold
from domain.phrases import listed
from domain.pulse import ELEMENTS, Barrier, Element, GroupResult, PulseResult, Told, Unblocked
from domain.pulse_groups import EVERYBODY
from domain.pulse_trend import trends
from views import blocks, charts, pulse_trend
from views.pulse_words import TRADEMARK, held_back, means_in_words, own_barriers
from views.text import Block, line, plain

Shown = tuple[str, Told]
"""A group that is not hidden, by the name that people read."""

MOST_GROUPS = 12
"""Bars of one chart, and paragraphs that somebody reads; more groups are told by the report."""

MOST_TEAMS = 20
"""Teams that are told, each in a line."""

MOST_BEFORE = 4
"""Earlier pulses in a group's line: a year of quarters."""

LABEL_LIMIT = 20
"""Characters of a series' name."""

NEXT_STEP: Mapping[Barrier, str] = {
    Element.AWARENESS: "Say why the company wants advocates now, and let their own leader say it.",
    Element.DESIRE: "Ask what would make it worth their while, and show a colleague whose nomination paid off.",
    Element.KNOWLEDGE: "Show them in ten minutes how to nominate and look up, with a customer they know.",
    Element.ABILITY: "Take away what is in the way: do the next nomination together, side by side.",
    Element.REINFORCEMENT: "Thank people by name for what they brought, and tell what became of it.",
    Unblocked.NONE: "Keep going: tell what their work has brought, and ask again next quarter.",
    Unblocked.INCOMPLETE: "Ask again, and say that “can't say” is an answer that helps nobody to help them.",
}
"""One thing to do next, for each place where a group may be stuck."""

COACHING: Mapping[Barrier, str] = {
    Element.AWARENESS: "In your next team meeting, say in your own words why this matters to your team's results.",
    Element.DESIRE: "Ask each of them, one to one, what would have to be true for them to want it. Then only listen.",
    Element.KNOWLEDGE: "Do one nomination together in the next meeting, with a customer one of them met lately.",
    Element.ABILITY: "Ask what stops them in the moment itself, and take one thing off their desk.",
    Element.REINFORCEMENT: "Thank somebody by name this week who brought a customer, and say what came of it.",
    Unblocked.NONE: "Ask who of them could show another team how they do it.",
    Unblocked.INCOMPLETE: "Ask them what the statements left open, and answer it in your next meeting.",
}
"""What a manager can do, for each place where the team may be stuck."""


def results(found: Sequence[PulseResult], names: Mapping[str, str]) -> Rendered:
    """The newest of the pulses, the earlier ones beside it. `found` is not empty, the newest last; `names` are those of
    managers, by id."""
    content = all_results(found, names)
    *_earlier, newest = found
    return blocks.message(f"{line(_title(newest))}. {_in_short(newest)}", [*content, blocks.context(TRADEMARK)])


def all_results(found: Sequence[PulseResult], names: Mapping[str, str]) -> list[Block]:
    """The same as blocks, to stand among others."""
    *earlier, newest = found
    groups = _groups(newest)
    return [
        blocks.header(_title(newest)),
        *_chart([one for one in groups if one[0] != EVERYBODY]),
        *(blocks.section(_in_words(group, told, earlier)) for group, told in groups[:MOST_GROUPS]),
        *pulse_trend.newest(trends(found)),
        *_of_teams(newest, names),
        *_left_out(newest, len(groups)),
    ]


def _title(pulse: PulseResult) -> str:
    return f"Pulse {pulse.name}, {pulse.held_on.day} {pulse.held_on:%B %Y}"


def _groups(pulse: PulseResult) -> list[Shown]:
    return [(one.group, one.told) for one in pulse.groups if one.told is not None and one.team is None]


def _in_short(newest: PulseResult) -> str:
    shown = _groups(newest)
    if not shown:
        return f"In no group did {newest.least} people answer, so nothing is shown."
    return " ".join(f"{line(group, 60)}: {held_back(told)}." for group, told in shown[:MOST_GROUPS])


def _in_words(group: str, told: Told, earlier: Sequence[PulseResult]) -> str:
    return "\n".join(
        [
            f"*{line(group, 60)}* ({told.n} answered): *{held_back(told)}*.",
            f"{means_in_words(told).capitalize()}. {_each(told)}",
            *_before(group, earlier),
            f"→ {NEXT_STEP[told.barrier]}",
        ]
    )


def _each(told: Told) -> str:
    """What holds single people back, or why that is not told."""
    if told.merged == told.n:
        return (
            "What holds each person back is not told: too few differ from the others, and it would show single answers."
        )
    return f"What holds each person back: {own_barriers(told)}."


def _before(group: str, earlier: Sequence[PulseResult]) -> list[str]:
    """What held the same group back in the pulses before, the oldest first."""
    barriers = [
        f"{one.told.barrier.value} in {pulse.held_on:%B %Y}"
        for pulse in earlier[-MOST_BEFORE:]
        for one in pulse.groups
        if fold(one.group) == fold(group) and one.told is not None and one.team is None
    ]
    return [f"Before: {listed(barriers)}."] if barriers else []


def _of_teams(newest: PulseResult, names: Mapping[str, str]) -> list[Block]:
    """Each manager's team in a line."""
    teams = [one for one in newest.groups if one.team is not None and one.told is not None]
    rows = [f"{_team(one, names)}: {held_back(one.told)}" for one in teams[:MOST_TEAMS] if one.told is not None]
    if len(teams) > MOST_TEAMS:
        rows.append(f"{len(teams) - MOST_TEAMS} more teams are in the report: `everboard report adkar`.")
    return [blocks.section("*By team*\n" + "\n".join(rows))] if rows else []


def _team(one: GroupResult, names: Mapping[str, str]) -> str:
    answered = f" ({one.told.n} answered)" if one.told is not None else ""
    return f"Team of {line(names.get(one.team or '', 'somebody'), 60)} in {line(one.group, 60)}{answered}"


def _left_out(newest: PulseResult, shown: int) -> list[Block]:
    hidden = [line(one.group, 60) for one in newest.groups if one.told is None and one.team is None]
    names = [*hidden[:MOST_GROUPS], *([f"{len(hidden) - MOST_GROUPS} more"] if len(hidden) > MOST_GROUPS else [])]
    why = f"fewer than {newest.least} answered"
    if newest.is_live:
        why += ", or another group's answers could be worked out from theirs"
    told = []
    if hidden:
        told.append(blocks.context(f"Not shown, because {why}: {listed(names)}."))
    teams = sum(one.told is None and one.team is not None for one in newest.groups)
    if teams:
        told.append(blocks.context(f"Teams that are not shown, for the same reason: {teams}."))
    if shown > MOST_GROUPS:
        told.append(blocks.context(f"{shown - MOST_GROUPS} more groups are in the report: `everboard report adkar`."))
    return told


def _chart(shown: Sequence[Shown], title: str = "How each group answered") -> list[Block]:
    """Bars for the groups all of whose means may be shown; a bar for what is hidden would be a guess."""
    names = [element.value.capitalize() for element in ELEMENTS]
    series: dict[str, list[float]] = {}
    for group, told in islice(shown, MOST_GROUPS):
        means = [mean for mean in told.means.values() if mean is not None]
        if len(means) == len(ELEMENTS):
            series.setdefault(plain(group, LABEL_LIMIT)["text"], means)
    return charts.bars(title, "Mean score, 1 to 5", names, series)


def of_channel(newest: PulseResult, group: GroupResult) -> Rendered:
    """What a channel reads of its own group."""
    title, told = _title(newest), group.told
    if told is None:
        return blocks.message(f"{line(title)}: {_hidden(newest)}", [blocks.header(title), *of_group(newest, group)])
    said = f"{line(title)}. {line(group.group, 60)}: {held_back(told)}."
    content = [
        blocks.header(title),
        *_chart([(group.group, told)], f"How {plain(group.group, 30)['text']} answered"),
        *of_group(newest, group),
    ]
    return blocks.message(said, [*content, blocks.context(TRADEMARK)])


def of_group(newest: PulseResult, group: GroupResult) -> list[Block]:
    """One group in words, to stand among others."""
    name = line(group.group, 60)
    if group.told is None:
        return [blocks.section(f"*{name}*: {_hidden(newest)}")]
    return [blocks.section(_in_words(group.group, group.told, []))]


def _hidden(newest: PulseResult) -> str:
    return f"nothing can be shown. It takes {newest.least} answers, so that nobody's can be guessed."


def of_team(newest: PulseResult, teams: Sequence[GroupResult]) -> Rendered:
    """What a manager reads of the team: by function where it has several, with one thing to do."""
    title = f"Your team in the pulse {newest.name}"
    content = [blocks.header(title), *team_results(newest, teams), blocks.context(TRADEMARK)]
    return blocks.message(f"{line(title)}: what holds it back, and what you can do.", content)


def team_results(newest: PulseResult, teams: Sequence[GroupResult]) -> list[Block]:
    """The same as blocks, to stand among others."""
    rows = []
    for one in teams:
        if one.told is None:
            rows.append(blocks.section(f"*Your team in {line(one.group, 60)}*: {_hidden(newest)}"))
            continue
        rows.append(
            blocks.section(
                f"*Your team in {line(one.group, 60)}* ({one.told.n} answered): *{held_back(one.told)}*.\n"
                f"{means_in_words(one.told).capitalize()}.\n→ {COACHING[one.told.barrier]}"
            )
        )
    return rows
