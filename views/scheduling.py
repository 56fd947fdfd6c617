"""The form that sets the time of what was approved. Decides no rule; times are in the zone of whoever picks them."""

from datetime import UTC, datetime

from domain.obstacles import REASON_LIMIT
from domain.request_values import Field
from domain.requests import Card
from views import blocks, inputs
from views.ids import Callback
from views.request_words import what, when
from views.text import Block, day, line, moment


def form(card: Card, *, can_override: bool) -> Block:
    """When is it? Opens with the time agreed, else the first one proposed."""
    proposed = _proposed(card)
    said = f"Proposed: {', '.join(moment(slot) for slot in proposed)}. " if proposed else ""
    at = card.scheduled_for or next(iter(proposed), None)
    reason = inputs.text_input(multiline=True, most=REASON_LIMIT)
    hint = "Only needed where another day would be too much for the customer. It is kept in the audit."
    override = inputs.field("reason", "Why all the same?", reason, hint=hint, optional=True)
    content = [
        blocks.section(f"*{what(card)}*, reserved for {when(card)}, needed by {day(card.need_by)}."),
        inputs.field("at", "When is it?", inputs.instant(at), hint="In your own time zone."),
        blocks.context(f"{said}{line(card.advocate_name or 'The customer')} is reserved for the new day instead."),
        *([override] if can_override else []),
    ]
    return blocks.modal(Callback.REQUEST_SCHEDULE, "Set the time", content, submit="Save", meta=card.id)


def _proposed(card: Card) -> list[datetime]:
    slots = dict(card.details).get(Field.SLOTS.value, "")
    return [datetime.fromisoformat(slot).astimezone(UTC) for slot in slots.splitlines()]


def schedule_from(typed: inputs.Typed) -> tuple[datetime | None, str | None]:
    """The instant, and the reason of an exception."""
    return inputs.instant_of(typed, "at"), inputs.text_of(typed, "reason").strip() or None
