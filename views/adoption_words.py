"""Who takes part, in words that Slack and the terminal share. Decides no figure."""

from collections.abc import Iterator

from domain.adoption import SMALLEST, Count, Report, Row
from domain.funnel import Funnel, Stage, silent, whole
from domain.phrases import listed
from views import periods
from views.health_words import Named, percent
from views.nomination_words import SOURCE_WORDS
from views.text import count, shorten

NOT_TOLD = f"not told: of fewer than {SMALLEST} people, or through a sum, one could guess who it is"
NOBODY = "Nobody has taken part in these days. Do one nomination together in the next team meeting."
WHAT_COUNTS = (
    "Each person counts once in each column. Taking part is to nominate, to endorse, to look somebody up or request; "
    "invited is who got a nudge."
)


def share(now: Count, before: Count) -> str:
    """How many took part, and how many before."""
    of_all = f"{now.took_part:,} of {count(now.people, 'person', 'people')} took part"
    return f"{of_all} ({percent(now.share)}; before: {before.took_part:,})"


def columns(now: Count, before: Count) -> str:
    """What they did, each beside the period before."""
    pairs = (
        ("invited", now.invited, before.invited),
        ("nominated", now.nominated, before.nominated),
        ("looked up", now.looked_up, before.looked_up),
        ("requested", now.requested, before.requested),
    )
    return ", ".join(f"{name} {new:,} (before: {old:,})" for name, new, old in pairs)


def name_of(row: Row) -> str:
    """The function, as it stands at the beginning of a line."""
    return row.function.value.capitalize() if row.function else "Function not known"


def team_name(row: Row, report: Report, named: Named = str) -> str:
    """Whose team it is."""
    return f"Team of {named(shorten(report.names.get(row.team or '', 'somebody'), 60))}"


def not_told(report: Report) -> Iterator[str]:
    """The functions of which nothing may be told, in one sentence."""
    names = [name_of(row) for row in report.functions if row.now is None]
    if names:
        yield f"{listed(names)}: {NOT_TOLD}."


def became(report: Report) -> Iterator[str]:
    """What became of the nominations of the period, from where they came, and which ways nobody took."""
    rows = report.nominations
    if not rows:
        return
    of_all = whole(rows)
    yield (
        f"What became of {count(of_all.nominated, 'nomination')}: {of_all.accepted:,} accepted, {of_all.introduced:,} "
        f"introduced, {of_all.published:,} published as advocates."
    )
    yield from _took(of_all)
    sources = [(SOURCE_WORDS[row.source], row) for row in rows if row.source is not None]
    came = [f"{words} ({row.nominated:,}, {row.published:,} published)" for words, row in sources]
    yield f"They came {listed(came)}."
    quiet = silent(rows)
    if quiet:
        yield f"None came {listed([SOURCE_WORDS[source] for source in quiet])}."


_STAGE_WORDS = {
    Stage.REVIEW: "to a decision",
    Stage.INTRODUCTION: "to the introduction",
    Stage.PROFILE: "to the profile",
}


def _took(of_all: Funnel) -> Iterator[str]:
    """How long each stage took those that have left it, with their number."""
    told = [(words, of_all.times[stage]) for stage, words in _STAGE_WORDS.items()]
    said = [f"{one.mean:,.1f} days {words} (n = {one.n:,})" for words, one in told if one.mean is not None]
    if said:
        yield f"On average it took {listed(said)}."


def sentences(report: Report) -> Iterator[str]:
    """All of it for a terminal."""
    yield f"{periods.in_words(report.period)}."
    yield from _row("Everybody", report.whole, "")
    for row in report.functions:
        if row.now is None:
            continue
        yield from _row(name_of(row), row, "  ")
        for team in row.teams:
            if team.now is not None:
                yield from _row(team_name(team, report), team, "    ")
        hidden = sum(team.now is None for team in row.teams)
        if hidden:
            yield f"    {count(hidden, 'other team')}: {NOT_TOLD}."
    yield from (f"  {one}" for one in not_told(report))
    if report.whole.now is not None and not report.whole.now.took_part:
        yield NOBODY
    yield from became(report)
    yield WHAT_COUNTS


def _row(name: str, row: Row, indent: str) -> Iterator[str]:
    if row.now is None or row.before is None:
        yield f"{indent}{name}: {NOT_TOLD}."
        return
    yield f"{indent}{name}: {share(row.now, row.before)}."
    yield f"{indent}  {columns(row.now, row.before).capitalize()}."
