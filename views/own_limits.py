"""How often one advocate may be asked, and a pause: the team's form. Decides no bounds. Fields bear refusals' names."""

from collections.abc import Mapping
from datetime import date

from domain.capacity import Capacity, weight_words
from domain.errors import RuleError
from domain.limits import LONGEST_OWN_REST, MOST_OWN_USES, Limits, OwnLimits
from domain.protection import Pause, PauseReason
from views import blocks, inputs
from views.ids import Callback
from views.text import Block, count, day, line

USUAL, NONE = "usual", "none"
_HALVES = "halves-"

_CHOICES = (1, 2, 3, *range(4, 2 * MOST_OWN_USES + 1, 2))
"""In halves: small steps where each one matters, whole uses above."""

_WHY: Mapping[PauseReason, str] = {
    PauseReason.WISH: "They asked to be left alone for now",
    PauseReason.HEALTH: "The account is not well",
    PauseReason.RENEWAL: "A renewal is under way",
    PauseReason.OTHER: "Another reason",
}


def form(
    advocate_id: str, name: str, own: OwnLimits, pause: Pause | None, usual: Limits, now: Capacity, today: date
) -> Block:
    """The limits that hold, with those of everybody beside them, and the pause."""
    content = [
        blocks.section(f"*{line(name)}*: {_left(now, today)}"),
        inputs.field("cap_halves", f"Asked at most, in {usual.window_days} days", inputs.select(*_caps(own, usual))),
        _rest(own, usual),
        inputs.field("pause", "Pause", inputs.radio(_reasons(), _present(pause))),
        inputs.field(
            "until",
            "Until",
            inputs.day(pause.until if pause else None),
            hint="The first day on which they may be asked again; it then ends by itself. Empty: until you end it.",
            optional=True,
        ),
        blocks.context("What has been approved stays. A wish of theirs can't be overridden."),
    ]
    return blocks.modal(Callback.PROTECTION, "Limits and pause", content, submit="Save", meta=advocate_id)


def _left(now: Capacity, today: date) -> str:
    left = f"{weight_words(now.left_halves)} of {weight_words(now.cap_halves)} left"
    if now.next_free is None:
        return f"{left}, not free within a year."
    return f"{left}, free now." if now.next_free <= today else f"{left}, free again from {day(now.next_free)}."


def _caps(own: OwnLimits, usual: Limits) -> tuple[list[Block], str]:
    present = own.cap_halves
    halves = sorted({*_CHOICES, *([present] if present is not None else [])})
    choices = [inputs.option(f"As for everybody: {weight_words(usual.cap_halves)}", USUAL)]
    choices += [inputs.option(weight_words(one), f"{_HALVES}{one}") for one in halves]
    return choices, USUAL if present is None else f"{_HALVES}{present}"


def _rest(own: OwnLimits, usual: Limits) -> Block:
    present = "" if own.rest_days is None else str(own.rest_days)
    hint = f"Empty: {count(usual.rest_days, 'day')}, as for everybody. At most {LONGEST_OWN_REST}."
    return inputs.field(
        "rest_days", "Days of rest after a call or more", inputs.text_input(present, most=10), hint=hint, optional=True
    )


def _reasons() -> list[Block]:
    return [inputs.option("No pause", NONE), *(inputs.option(words, reason.name) for reason, words in _WHY.items())]


def _present(pause: Pause | None) -> str:
    return PauseReason(pause.reason).name if pause else NONE


def own_from(typed: inputs.Typed) -> OwnLimits:
    """The limits that were chosen. Raises RuleError at the days of rest when they are no number."""
    cap, rest = inputs.choice_of(typed, "cap_halves"), inputs.text_of(typed, "rest_days").strip()
    if rest and not (rest.isascii() and rest.isdigit()):
        sentence = f"A whole number of days up to {LONGEST_OWN_REST}, please."
        raise RuleError(sentence, {"rest_days": sentence})
    halves = int(cap.removeprefix(_HALVES)) if cap and cap != USUAL else None
    return OwnLimits(halves, int(rest) if rest else None)


def pause_from(typed: inputs.Typed) -> Pause | None:
    """The pause that was chosen."""
    reason = inputs.choice_of(typed, "pause")
    return Pause(PauseReason[reason], inputs.day_of(typed, "until")) if reason and reason != NONE else None
