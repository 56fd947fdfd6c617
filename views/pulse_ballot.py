"""A pulse as the person sees it who is asked: the message, the form, the reminder. Never shows a score in a message.

What is said of confidentiality stands where people read it before they answer. Fields bear the elements' names.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from domain.messages import Rendered
from domain.pulse import ELEMENTS, Element
from domain.pulse_answers import CANT_SAY, COMMENT_LIMIT, Given, check_given, wants_motive
from domain.pulse_statements import MOTIVE_WORDS, SCALE, Motive, statements
from views import blocks, inputs
from views.ids import Action, Callback
from views.text import Block, count, line, moment

TAPS = (Action.PULSE_1, Action.PULSE_2, Action.PULSE_3, Action.PULSE_4, Action.PULSE_5)
"""The five buttons, from the lowest to the highest."""

TITLE = "Pulse"
CANT_SAY_WORDS = "Can’t say"


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of a pulse to whoever is asked."""

    run_id: str
    name: str
    closes_at: datetime
    smallest: int
    backup_days: int


@dataclass(frozen=True, slots=True)
class Asked:
    """A pulse as its form needs it: the group whose statements are asked, how often somebody had sent answers when it
    was opened, and where their messages about it stand (channel, ts)."""

    told: Told
    group: str
    changes: int = 0
    places: tuple[tuple[str, str], ...] = ()


def invitation(told: Told, group: str) -> Rendered:
    """The first of five statements, with a button for each answer."""
    first = statements(group)[ELEMENTS[0]]
    name = line(told.name, 60)
    row = [
        blocks.button(SCALE[score], action, told.run_id, spoken=f"{SCALE[score]}, on a scale to 5")
        for score, action in enumerate(TAPS, 1)
    ]
    content = [
        blocks.section(
            f"*A minute for the pulse “{name}”?* Five statements about customers who speak for us. "
            "How far do you agree with the first?"
        ),
        blocks.section(f"> {first}"),
        *blocks.actions(row),
        blocks.context(f"Open until {moment(told.closes_at)}. {_confidential(told)}"),
    ]
    return blocks.message(f"A minute for the pulse “{name}”? {first}", content)


def _confidential(told: Told) -> str:
    backups = f" Backups from before closing last {count(told.backup_days, 'day')}." if told.backup_days else ""
    return (
        f"Nobody sees your answers: results are shown for groups of {told.smallest} or more. "
        "Until it closes, whoever runs the server and its database could trace answers; then the key is "
        f"destroyed.{backups} People who tell each other what they answered can work out the rest."
    )


def reminder(told: Told) -> Rendered:
    """To somebody who has not answered."""
    said = (
        f"The pulse “{line(told.name, 60)}” is still open for you, until {moment(told.closes_at)}. It takes a minute."
    )
    row = [blocks.button("Take the pulse", Action.PULSE_TAKE, told.run_id, style="primary")]
    return blocks.message(said, [blocks.section(said), *blocks.actions(row)])


def answered(run_id: str, name: str, closes_at: datetime) -> Rendered:
    """What the message says afterwards: that it was answered, and never how."""
    said = f":white_check_mark: Answered: the pulse “{line(name, 60)}”. Thank you."
    row = [blocks.button("Review my answers", Action.PULSE_TAKE, run_id)]
    small = f"You can change your answers until {moment(closes_at)}. Then everybody is told what came of it, at once."
    return blocks.message(said, [blocks.section(said), *blocks.actions(row), blocks.context(small)])


def form(asked: Asked, chosen: dict[Element, str | None], motive: str | None, comment: str) -> Block:
    """All five statements; `chosen` holds the scores (or “can't say”) that are set already."""
    asks = statements(asked.group)
    content = [blocks.context(f"“{line(asked.told.name, 60)}”, open until {moment(asked.told.closes_at)}.")]
    for element in ELEMENTS:
        content.append(_statement(element, asks[element], chosen.get(element)))
        if element is Element.DESIRE and wants_motive(chosen.get(element)):
            content.append(_motive(motive))
    hint = f"Up to {COMMENT_LIMIT:,} characters. Read without a name, beside those of your group."
    box = inputs.text_input(comment, most=COMMENT_LIMIT, multiline=True)
    content += [
        inputs.field("comment", "Anything to add?", box, hint=hint, optional=True),
        blocks.context(_confidential(asked.told)),
    ]
    submit = "Change my answers" if asked.changes else "Send"
    return blocks.modal(Callback.PULSE, TITLE, content, submit=submit, meta=_kept(asked))


def _statement(element: Element, words: str, chosen: str | None) -> Block:
    choices = [*(inputs.option(words, str(score)) for score, words in SCALE.items())]
    choices.append(inputs.option(CANT_SAY_WORDS, CANT_SAY))
    element_block = inputs.radio(choices, chosen)
    if element is not Element.DESIRE:
        return inputs.field(element.value, words, element_block)
    # Whether one more question is asked depends on this answer.
    return {
        **inputs.field(element.value, words, {**element_block, "action_id": Action.PULSE_DESIRE.value}),
        "dispatch_action": True,
    }


def _motive(chosen: str | None) -> Block:
    choices = [inputs.option(words, motive.value) for motive, words in MOTIVE_WORDS.items()]
    label = "What would move you most?"
    return inputs.field("motive", label, inputs.radio(choices, chosen), optional=True)


def _kept(asked: Asked) -> str:
    told = asked.told
    return blocks.metadata(
        {
            "run": told.run_id,
            "name": told.name,
            "closes": int(told.closes_at.timestamp()),
            "smallest": told.smallest,
            "backup": told.backup_days,
            "group": asked.group,
            "changes": asked.changes,
            "places": [list(place) for place in asked.places],
        }
    )


def asked_in(view: Block) -> Asked | None:
    """What a form was made of; None for one that says nothing of it. Whoever sent it is asked again who they are."""
    kept = blocks.read_metadata(view.get("private_metadata"))
    try:
        closes = datetime.fromtimestamp(int(kept["closes"]), UTC)
        told = Told(str(kept["run"]), str(kept["name"]), closes, int(kept["smallest"]), int(kept["backup"]))
        places = tuple((str(channel), str(ts)) for channel, ts in kept.get("places") or ())
        return Asked(told, str(kept["group"]), int(kept["changes"]), places)
    except (KeyError, TypeError, ValueError):
        return None


def chosen_from(typed: inputs.Typed) -> tuple[dict[Element, str | None], str | None, str]:
    """The scores, the motive and the comment that stand in the form."""
    chosen = {element: inputs.choice_of(typed, element.value) for element in ELEMENTS}
    return chosen, inputs.choice_of(typed, "motive"), inputs.text_of(typed, "comment")


def given_from(typed: inputs.Typed) -> Given:
    """The answers in the form. Raises RuleError at those that are missing."""
    return check_given(*chosen_from(typed))


def chosen_before(given: Given | None, first: str | None = None) -> tuple[dict[Element, str | None], str | None, str]:
    """What the form opens with: what was answered before; `first` is what was just tapped for the first statement."""
    scores = given.scores if given else (None,) * len(ELEMENTS)
    said: dict[Element, str | None] = {
        element: None if given is None else CANT_SAY if score is None else str(score)
        for element, score in zip(ELEMENTS, scores, strict=True)
    }
    if first is not None:
        said[ELEMENTS[0]] = first
    motive: Motive | None = given.motive if given else None
    return said, motive.value if motive else None, given.comment if given else ""
