"""The advocacy team's week: a message for its channel, and a preview with room for words. Decides no figure."""

from collections.abc import Iterator
from datetime import datetime

from domain.messages import Rendered
from domain.team_week import WORDS_LIMIT, Done, Waiting, Week
from views import blocks, inputs
from views.ids import Action, Callback
from views.text import Block, age, count, day, mention, quote

TITLE = "The team's week"


def preview(found: Week, now: datetime) -> Block:
    """What would be posted, with room for words above it."""
    words = inputs.text_input(None, most=WORDS_LIMIT, multiline=True)
    content = [
        blocks.header(_title(found)),
        inputs.field("words", "Your words on top", words, hint="The whole channel reads them.", optional=True),
        *_content(found, now),
        blocks.context("It is posted in the team's channel by itself on Mondays, unless there is nothing to say."),
    ]
    return blocks.modal(Callback.TEAM_WEEK, TITLE, content, submit="Post it now")


def message(found: Week, now: datetime, words: str | None, by: str | None) -> Rendered:
    """The message; `words` are those of whoever posted it by hand (`by`, a Slack id)."""
    covering = [blocks.section(f"{mention(by)} says:\n{quote(words)}")] if words and by else []
    row = [blocks.button("How requests go", Action.REQUEST_REPORT), blocks.button("Profiles", Action.LOOK_UP)]
    content = [blocks.header(_title(found)), *covering, *_content(found, now), *blocks.actions(row)]
    return blocks.message(f"{_title(found)}: {', '.join(_waits(found.waiting, now)) or 'nothing waits'}.", content)


def _title(found: Week) -> str:
    first, last = found.period.first, found.period.last
    return f"The team's week, {day(first)} to {day(last)}" if first and last else TITLE


def _content(found: Week, now: datetime) -> Iterator[Block]:
    yield blocks.section("\n".join(["*What was done*", *(f"• {one}" for one in _done(found.done, found.before))]))
    waits = list(_waits(found.waiting, now))
    said = "\n".join(["*What waits*", *(f"• {one}" for one in waits)]) if waits else "*Nothing waits.* Well done."
    yield blocks.section(said)


def _done(done: Done, before: Done) -> Iterator[str]:
    """Each figure with that of the week before."""
    yield f"{count(done.nominated, 'nomination')} came in (the week before: {before.nominated})"
    yield f"{done.accepted} accepted and {done.declined} declined ({before.accepted} and {before.declined})"
    yield f"{count(done.published, 'advocate')} published ({before.published})"
    answered = f"{count(done.requested, 'request')} came in, {done.answered} got an answer"
    soon = f", {done.in_time} of them in time" if done.answered else ""
    yield f"{answered}{soon} ({before.requested} and {before.answered})"
    yield f"{count(done.uses, 'activity', 'activities')} took place ({before.uses})"


def _waits(waiting: Waiting, now: datetime) -> Iterator[str]:
    if waiting.to_review and waiting.oldest_review:
        late = f", {waiting.late_reviews} too long" if waiting.late_reviews else ""
        oldest = age(waiting.oldest_review, now)
        yield f"{count(waiting.to_review, 'nomination')} to review, the oldest for {oldest}{late}"
    if waiting.to_answer and waiting.oldest_request:
        late = f", {waiting.late_requests} too long" if waiting.late_requests else ""
        oldest = age(waiting.oldest_request, now)
        yield f"{count(waiting.to_answer, 'request')} to answer, the oldest for {oldest}{late}"
    for number, one, many in (
        (waiting.to_introduce, "introduction to come", "introductions to come"),
        (waiting.unpublished, "advocate on the way to a profile", "advocates on the way to a profile"),
        (waiting.unverified, "profile to be confirmed", "profiles to be confirmed"),
        (waiting.consents_ended, "consent that has ended", "consents that have ended"),
    ):
        if number:
            yield count(number, one, many)
