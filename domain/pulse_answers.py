"""What somebody answers to a pulse: five scores, what would move them, a comment. Decides what is kept of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.errors import RuleError
from domain.pulse import ELEMENTS, HIGHEST, HOLDS_BACK, LOWEST, Element, Scores
from domain.pulse_statements import Motive

CANT_SAY = "-"
"""The answer that says nothing; it is an answer all the same."""

COMMENT_LIMIT = 1000
"""Characters of the comment: more than that is a conversation, which nobody could have without a name."""

NO_ANSWER = "Please choose an answer, or “can't say”."

CLOSED = "This pulse has closed, so nothing was changed. /pulse shows what it said."
CALLED_OFF = "This pulse was called off, and what had been answered was deleted."
NOT_ASKED = "Only the people who were asked can answer this pulse, and you are not among them."
ANSWERED_ELSEWHERE = (
    "You have sent other answers meanwhile, from another window. They stay as they are. "
    "To change them, please open your answers anew."
)


@dataclass(frozen=True, slots=True)
class Given:
    """One person's answers. The motive is only kept where Desire is low."""

    scores: Scores
    motive: Motive | None = None
    comment: str = ""


def wants_motive(desire: str | None) -> bool:
    """Whether the form asks what would move somebody who chose this."""
    return desire is not None and desire.isdigit() and int(desire) <= HOLDS_BACK


def check_given(chosen: Mapping[Element, str | None], motive: str | None, comment: str) -> Given:
    """What was chosen in the form, as it is kept. Raises RuleError at elements without an answer, or `comment`."""
    problems = {element.value: NO_ANSWER for element in ELEMENTS if not _is_answer(chosen.get(element))}
    if len(comment) > COMMENT_LIMIT:
        problems["comment"] = f"Please keep it to {COMMENT_LIMIT:,} characters."
    if problems:
        raise RuleError(" ".join(dict.fromkeys(problems.values())), problems)
    first, second, third, fourth, fifth = (_score(chosen[element]) for element in ELEMENTS)
    asked = wants_motive(chosen[Element.DESIRE])
    kept = Motive(motive) if asked and motive in {one.value for one in Motive} else None
    return Given((first, second, third, fourth, fifth), kept, comment.strip())


def _is_answer(chosen: str | None) -> bool:
    return chosen == CANT_SAY or (chosen is not None and chosen in {str(n) for n in range(LOWEST, HIGHEST + 1)})


def _score(chosen: str | None) -> int | None:
    return None if chosen in (CANT_SAY, None) else int(chosen)
