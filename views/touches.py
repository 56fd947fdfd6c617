"""The form that logs a use of an advocate outside of the bot, and its answer. Decides no rule."""

from collections.abc import Sequence
from datetime import date

from domain.capacity import WEIGHTS, weight_words
from domain.phrases import A_USE, said
from domain.request_outcomes import WORDS_LIMIT
from domain.touches import Logged, Touch
from domain.vocabulary import Activity
from views import blocks, deals, inputs
from views.ids import Action, Callback
from views.request_words import capital
from views.text import Block, line

TITLE = "Log a use"


def form(advocate: tuple[str, str, str] | None, activity: Activity | None, today: date, words_typed: str = "") -> Block:
    """Who, for what, and when; `advocate` is an id, a name and a company.

    `words_typed` came with the command; where they name nobody, or several, the form says so.
    """
    chosen = advocate_options([advocate])[0] if advocate else None
    who = inputs.search(Action.TOUCH_ADVOCATE, chosen, "Start typing the name or the company", least=1)
    uses = inputs.select(inputs.options([*Activity]), activity.value if activity else None, "Pick one")
    deal = inputs.search(Action.REQUEST_DEAL, None, "Start typing its name or CRM id", least=1)
    words = inputs.text_input(multiline=True, most=WORDS_LIMIT)
    content = [
        blocks.context("For what happened without a request: a call you set up yourself, a talk, a quote by email."),
        *_unclear(advocate, words_typed),
        inputs.field("advocate", "Which advocate?", who),
        inputs.field("activity", "For what?", uses),
        inputs.field("on", "On what day?", inputs.day(today), hint="Today or before."),
        inputs.field("opportunity", "For which deal?", deal, optional=True),
        inputs.field("words", "How did it go?", words, optional=True),
    ]
    return blocks.modal(Callback.TOUCH, TITLE, content, submit="Log it")


def _unclear(advocate: tuple[str, str, str] | None, words_typed: str) -> list[Block]:
    if advocate or not words_typed.strip():
        return []
    told = (
        f"“{line(words_typed, 100)}” does not say which advocate it was. Please pick one: a part of the name will do."
    )
    return [blocks.section(told)]


def advocate_options(found: Sequence[tuple[str, str, str]]) -> list[Block]:
    """What the type-ahead offers."""
    return [inputs.option(name, advocate_id, company) for advocate_id, name, company in found[: inputs.OPTIONS]]


def touch_from(typed: inputs.Typed) -> Touch:
    """What was logged, not checked."""
    opportunity_id, opportunity = deals.deal_of(typed)
    return Touch(
        advocate_id=inputs.choice_of(typed, "advocate"),
        activity=Activity(inputs.choice_of(typed, "activity") or Activity.REFERENCE_CALL),
        on=inputs.day_of(typed, "on"),
        words=inputs.text_of(typed, "words") or None,
        opportunity_id=opportunity_id,
        opportunity=opportunity,
    )


def logged(one: Logged) -> Block:
    """What it did to what is left of the advocate."""
    weight = weight_words(WEIGHTS[one.activity])
    left, cap = weight_words(one.capacity.left_halves), weight_words(one.capacity.cap_halves)
    text = (
        f"Noted: {A_USE[one.activity]} with *{line(one.name)}* on {said(one.on, one.today)}. "
        f"It counts as {weight}; *{left} of {cap}* are left now."
    )
    return blocks.notice("Thank you", f"{text}\n{_consequence(one)}")


def _not_for_this(one: Logged) -> str:
    """Their limits may leave room where their consent or a wish of theirs does not."""
    other = one.capacity.next_free
    if other is None:
        return "Nothing more can be asked of them within a year."
    when = "now" if other <= one.today else f"from {said(other, one.today)}"
    return f"{capital(A_USE[one.activity])} can't be asked of them: their profile says why. Other things can, {when}."


def _consequence(one: Logged) -> str:
    if one.next_free is None:
        free = _not_for_this(one)
    elif one.next_free <= one.today:
        free = "They can be asked again now."
    else:
        free = f"New requests wait until {said(one.next_free, one.today)}."
    if not one.is_over:
        return free
    most = f"{weight_words(one.limits.cap_halves)} in {one.limits.window_days} days"
    rest = f"with {one.limits.rest_days} days of rest in between"
    return f":warning: That is more than we ask of anybody ({most}, {rest}), so it is flagged. {free}"
