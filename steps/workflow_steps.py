"""A run of the step *Nominate an advocate*: nominated by the same rules as in the form, or endorsed who is known."""

from dataclasses import dataclass

from domain.errors import AlreadyDone
from domain.moment import Moment
from domain.nominations import Card, Source, Values
from domain.people import Actor
from domain.workflow_steps import Outcome, note_of
from steps import nominations
from storage import cards, receipts
from storage.guard import GuardedSession


@dataclass(frozen=True, slots=True)
class Run:
    """What came of it, and the nomination that it is about."""

    outcome: Outcome
    card: Card


def nominate(session: GuardedSession, actor: Actor, moment: Moment, values: Values, receipt: str) -> Run:
    """Store a nomination, or add the actor's word to the one that is known. The same receipt twice does it once.

    Nobody is there to be asked whether it is the same customer: whom the form would have asked about is endorsed, and
    the answer says so. Raises RuleError with the fields that need another look, NotAllowed, Refused.
    """
    if (before := _before(session, receipt)) is not None:
        return before
    result = nominations.submit(session, actor, moment, values, Source.WORKFLOW, receipt, quiet=True)
    if isinstance(result, nominations.Submitted):
        nominations.announce(session, moment, result.card, result.review_days)
        return Run(Outcome.NOMINATED, result.card)
    run = _endorsed(session, actor, moment, result.card, note_of(values.why))
    receipts.keep(session, moment, _of_known(receipt), f"{run.outcome.value}:{run.card.id}")
    return run


def _of_known(receipt: str) -> str:
    return f"{receipt}:known"


def _before(session: GuardedSession, receipt: str) -> Run | None:
    if (done := receipts.outcome_of(session, receipt)) is not None:
        return Run(Outcome.NOMINATED, cards.one(session, done))
    if (known := receipts.outcome_of(session, _of_known(receipt))) is not None:
        outcome, _, nomination_id = known.partition(":")
        return Run(Outcome(outcome), cards.one(session, nomination_id))
    return None


def _endorsed(session: GuardedSession, actor: Actor, moment: Moment, card: Card, note: str) -> Run:
    try:
        return Run(Outcome.ENDORSED, nominations.endorse(session, actor, moment, card.id, note))
    except AlreadyDone:  # their word counts, which is what the workflow wants
        return Run(Outcome.KNOWN, card)
