"""The month as leader and champion read it: as a message with a chart, to be forwarded as it is, and as a preview.
Decides no figure."""

from collections.abc import Iterator

from domain.digest import WORDS_LIMIT, Digest
from domain.messages import Rendered
from domain.opportunities import DealKind, Status
from domain.value import Report
from views import blocks, inputs, value
from views.adoption_words import became, share
from views.health_words import TITLES, figure, headline, next_step
from views.ids import Action, Callback
from views.text import Block, line, mention, quote
from views.value_words import CAUTION, amounts, counts, rate

TITLE = "Monthly digest"


def preview(found: Digest) -> Block:
    """What would be sent, with room for covering words above it."""
    words = inputs.text_input(None, most=WORDS_LIMIT, multiline=True)
    content = [
        blocks.header(_title(found)),
        inputs.field("words", "Your words on top", words, hint="Leader and champion read them first.", optional=True),
        *_content(found),
        blocks.context("It comes by itself on the first working day of each month. Charts are in the message only."),
    ]
    return blocks.modal(Callback.DIGEST, TITLE, content, submit="Send it now")


def message(found: Digest, words: str | None, by: str | None) -> Rendered:
    """The message; `words` are those of whoever sent it by hand (`by`, a Slack id)."""
    covering = [blocks.section(f"{mention(by)} says:\n{quote(words)}")] if words and by else []
    row = [blocks.button("Business value", Action.VALUE), blocks.button("Program health", Action.HEALTH)]
    content = [blocks.header(_title(found)), *covering, *_content(found, charts=True), *blocks.actions(row)]
    return blocks.message(f"{_title(found)}. {headline(found.health.health)}.", content)


def _title(found: Digest) -> str:
    return f"Customer advocacy in {found.month.first:%B %Y}"


def _content(found: Digest, *, charts: bool = False) -> Iterator[Block]:
    yield blocks.section("*What it did for the business*")
    yield blocks.section(value.headline(found.value))
    if charts:
        yield from value.chart(found.value)
    yield blocks.section("\n".join(f"• {one}" for one in _deals(found.value)))
    yield blocks.section("\n".join(["*Who took part*", *_took_part(found)]))
    yield blocks.section("\n".join(_stands(found)))
    yield blocks.context(CAUTION)


def _deals(found: Report) -> Iterator[str]:
    """What is known and not left to chance; the window for business value has the rest, with why."""
    influenced, others = found.value.influenced, found.value.others
    yield f"Deals with an advocate: {counts(influenced)}."
    yield f"All deals: {counts(found.value.all)}."
    for words, some in (
        ("Open with an advocate", influenced.amounts[Status.OPEN]),
        ("Renewed with one", influenced.won_by_kind[DealKind.RENEWAL]),
        ("Expanded with one", influenced.won_by_kind[DealKind.EXPANSION]),
    ):
        if some:
            yield f"{words}: {amounts(some)}."
    if influenced.win_rate is not None and others.win_rate is not None:
        yield f"Won of those decided: {rate(influenced)} with an advocate, {rate(others)} without."
    if found.before is not None:
        yield f"In the month before: {counts(found.before.influenced)} with an advocate."


def _took_part(found: Digest) -> Iterator[str]:
    whole = found.adoption.whole
    if whole.now is None or whole.before is None:
        yield "Too few colleagues are known here to tell it."
        return
    yield f"• {share(whole.now, whole.before)}"
    yield from (f"• {one}" for one in became(found.adoption))


def _stands(found: Digest) -> Iterator[str]:
    yield f"*How the program stands today*: {headline(found.health.health)}."
    for measure in found.health.health.drags:
        yield f"• *{TITLES[measure]}*: {figure(measure, found.health.figures)}"
        yield f"   → {next_step(measure, found.health.figures, line)}"
