"""The questions of the form that asks for an advocate: what each activity and purpose asks. Decides no rule.

The blocks bear the names of `RequestValues`' fields.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from domain.request_values import FIELDS, LINE_LIMIT, TEXT_LIMIT, Field, Purpose, Question, RequestValues
from domain.vocabulary import Activity
from views import deals, inputs
from views.ids import Action
from views.request_words import DAYS
from views.text import Block

NAMESAKES = "So that no two companies' deals of one name are taken for the same."

SLOTS = ("slots", "slots_2", "slots_3")
"""The blocks of the proposed times; a refusal stands at the first."""

LONG = frozenset({Field.ATTENDEES, Field.AUDIENCE, Field.FORMAT})
PLANNED = frozenset({Field.EVENT_ON})
"""Of the activity's own days, which move the day that capacity is counted on."""


def _acting(block: Block) -> Block:
    """What is chosen here is told at once."""
    return {**block, "dispatch_action": True}


def essentials(values: RequestValues, *, acts: bool) -> list[Block]:
    """What for, and by when. `acts`: somebody is chosen, so that a day is told at once."""
    choices = inputs.options([*Activity])
    activity = {**inputs.select(choices, values.activity.value), "action_id": Action.REQUEST_ACTIVITY.value}
    return [
        _acting(inputs.field("activity", "What do you need them for?", activity)),
        _need_by(values, acts=acts),
    ]


def _need_by(values: RequestValues, *, acts: bool) -> Block:
    """Beside a day of the activity's own it says which of the two it is."""
    asked = {question.field for question in FIELDS[values.activity]}
    if Field.EVENT_ON in asked:
        label, hint = "By when do you need their yes?", "Not later than the day itself."
    elif Field.DEADLINE in asked:
        label, hint = "By when do you need the customer's part?", "The piece itself may be finished later."
    else:
        label, hint = "By when do you need them?", None
    return _day("need_by", label, values.need_by, acts=acts, hint=hint)


def _day(
    name: str, label: str, value: Any, *, acts: bool = False, optional: bool = False, hint: str | None = None
) -> Block:
    element = {**inputs.day(value), "action_id": Action.REQUEST_DAY.value}
    block = inputs.field(name, label, element, optional=optional, hint=hint)
    return _acting(block) if acts else block


def answer_to(question: Question, values: RequestValues, *, acts: bool) -> list[Block]:
    """One of the activity's own questions."""
    name, optional = question.field.value, not question.required
    if question.field is Field.SLOTS:
        return _slots(question, values.slots, acts=acts)
    if question.field in DAYS:
        moves = acts and question.field in PLANNED
        return [_day(name, question.label, getattr(values, name), acts=moves, optional=optional)]
    typed = getattr(values, name)
    element = text(typed) if question.field in LONG else inputs.text_input(typed, most=LINE_LIMIT)
    return [inputs.field(name, question.label, element, hint=question.hint or None, optional=optional)]


def _slots(question: Question, slots: Sequence[datetime], *, acts: bool) -> list[Block]:
    rows = []
    for at, name in enumerate(SLOTS):
        element = {**inputs.instant(slots[at] if at < len(slots) else None), "action_id": Action.REQUEST_DAY.value}
        label = question.label if at == 0 else "Another time"
        hint = "In your own time zone." if at == 0 else None
        block = inputs.field(name, label, element, hint=hint, optional=True)
        rows.append(_acting(block) if acts else block)
    return rows


def text(value: str | None) -> Block:
    """A paragraph."""
    return inputs.text_input(value, multiline=True, most=TEXT_LIMIT)


_PURPOSES = {Purpose.DEAL: "A deal", Purpose.CAMPAIGN: "A campaign", Purpose.OTHER: "Something else"}


def purpose(values: RequestValues, currency: str | None) -> list[Block]:
    """What it is for, and what that asks in turn."""
    choices = [inputs.option(words, value.value) for value, words in _PURPOSES.items()]
    choice = {**inputs.radio(choices, values.purpose.value), "action_id": Action.REQUEST_PURPOSE.value}
    asked = _acting(inputs.field("purpose", "What is it for?", choice))
    if values.purpose is Purpose.DEAL:
        return [asked, *_deal(values, currency)]
    label = "Which campaign?" if values.purpose is Purpose.CAMPAIGN else "What is it for, in a few words?"
    return [asked, inputs.field("purpose_words", label, inputs.text_input(values.purpose_words, most=LINE_LIMIT))]


def _deal(values: RequestValues, currency: str | None) -> list[Block]:
    search = inputs.search(
        Action.REQUEST_DEAL,
        deals.picked(values.opportunity_id, values.opportunity or ""),
        "Start typing its name or CRM id",
        least=1,
    )
    asked = _acting(inputs.field("opportunity", "Which deal?", search))
    if values.opportunity_id:
        return [asked]
    amount = inputs.text_input(values.amount, most=LINE_LIMIT, placeholder="Such as: 120,000 EUR")
    company = inputs.text_input(values.company, most=LINE_LIMIT)
    without = f"Without a currency, it is in {currency}." if currency else None
    return [
        asked,
        inputs.field("company", "With which company?", company, hint=NAMESAKES, optional=True),
        inputs.field("amount", "How much is it worth?", amount, hint=without, optional=True),
        inputs.field("close_on", "When does it close?", inputs.day(values.close_on), optional=True),
        inputs.field("stage", "Its stage", inputs.text_input(values.stage, most=LINE_LIMIT), optional=True),
        inputs.field("crm_id", "Its id in the CRM", inputs.text_input(values.crm_id, most=LINE_LIMIT), optional=True),
    ]


def criteria(values: RequestValues) -> Block:
    """Whom to look for, where nobody is chosen."""
    hint = "Plain words: an industry, a country, a role, a product. To choose somebody yourself: /advocates WORDS."
    return inputs.field("criteria", "Whom do you look for?", text(values.criteria), hint=hint)
