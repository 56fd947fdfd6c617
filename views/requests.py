"""The form that asks for an advocate, and what answers it: somebody asked already, thank you. Decides no rule.

The blocks bear the names of `RequestValues`' fields and keep them whatever the activity and the purpose, so that Slack
keeps what was typed and a refusal finds its field. The metadata is JSON: "a", the chosen advocate, "q", what was
looked for, and "s", the ids of what exists already and stands in the form.
"""

from collections.abc import Mapping
from typing import Any

from domain.capacity import WEIGHTS, weight_words
from domain.obstacles import Obstacle
from domain.offers import Offer, OnHand
from domain.phrases import A_USE, said
from domain.request_preview import Preview
from domain.request_values import FIELDS, TEXT_LIMIT, Purpose, RequestValues
from domain.requests import Card, State
from domain.vocabulary import Activity
from views import blocks, deals, inputs
from views import request_fields as fields
from views.ids import Action, Callback
from views.ready import offered
from views.request_words import asked_by, purpose, standing, what
from views.text import Block, count, day, line, plain

TITLE = "Request an advocate"

EXISTS = (
    "This exists already, and no customer has to be asked for it. If none of it will do, please send the form again."
)

NOTHING = OnHand()


def form(
    values: RequestValues,
    *,
    looked_for: str = "",
    chosen: Preview | None = None,
    notice: str | None = None,
    ready: OnHand = NOTHING,
    currency: str | None = None,
) -> Block:
    """The form, filled with what is known. `chosen` is None where nobody is chosen, or while it is looked up; `ready`
    is what exists already and makes the request unnecessary. `currency` is the workspace's, once it is known.
    """
    acts = values.advocate_id is not None
    content = [
        *([blocks.words(notice)] if notice else []),
        *_ready(ready),
        *_who(values, chosen),
        *fields.essentials(values, acts=acts),
        *[block for question in FIELDS[values.activity] for block in fields.answer_to(question, values, acts=acts)],
        *fields.purpose(values, currency),
        *([] if acts else [fields.criteria(values)]),
        inputs.field("note", "What else should they know?", fields.text(values.note), optional=True),
    ]
    seen = [one.id for one in ready.ready] or None
    meta = blocks.metadata({"a": values.advocate_id, "q": looked_for, "s": seen})
    return blocks.modal(Callback.REQUEST, TITLE, content, submit="Send", meta=meta)


def _ready(ready: OnHand) -> list[Block]:
    found = offered(ready)
    return [*found, blocks.divider()] if found else []


def _who(values: RequestValues, chosen: Preview | None) -> list[Block]:
    if values.advocate_id is None:
        return []
    if chosen is None:
        return [blocks.section("One moment, looking up when they are free…")]
    other = blocks.button("Somebody else", Action.REQUEST_NOBODY, spoken="Somebody else: say whom you look for instead")
    return [
        blocks.section(f"*{line(chosen.name)}* of {line(chosen.company)}\n{_room(chosen, values.activity)}", other),
        *_in_the_way(chosen),
        *_instead(chosen),
        blocks.divider(),
    ]


def _room(chosen: Preview, activity: Activity) -> str:
    left, cap = weight_words(chosen.capacity.left_halves), weight_words(chosen.capacity.cap_halves)
    around = "" if chosen.day == chosen.today else f" around {said(chosen.day, chosen.today)}"
    weighs = f"{A_USE[activity]} counts as {weight_words(WEIGHTS[activity])}"
    return f"*{left} of {cap} left*{around}, and {weighs} · {_free(chosen)}"


def _free(chosen: Preview) -> str:
    if chosen.next_free is None:
        return "not free within a year"
    return "free now" if chosen.next_free <= chosen.today else f"free from {said(chosen.next_free, chosen.today)}"


def _in_the_way(chosen: Preview) -> list[Block]:
    if not chosen.obstacles:
        return []
    told = "\n".join(f":warning: {_obstacle(one, chosen.name)}" for one in chosen.obstacles)
    if chosen.can_be_sent:
        advice = "You can send it all the same: the advocacy team then decides, and may find somebody else."
    else:
        advice = "So it can't be sent for them. Please pick somebody else."
    return [blocks.section(f"{told}\n{advice}")]


def _obstacle(one: Obstacle, name: str) -> str:
    return line(one.sentence(name), 600)


def _instead(chosen: Preview) -> list[Block]:
    if not chosen.alternatives:
        return []
    rows = [_alternative(one) for one in chosen.alternatives]
    return [blocks.context("Others who could do it:"), *rows]


def _alternative(one: Offer) -> Block:
    left = f"{weight_words(one.capacity.left_halves)} of {weight_words(one.capacity.cap_halves)} left"
    name, found = one.found.contact_name, one.found
    role = ", ".join(filter(None, [line(found.profile.title or "", 100), line(found.company)]))
    about = " · ".join(filter(None, [role, line(found.profile.industry or "", 100), left]))
    take = blocks.button(
        "Ask for them instead", Action.REQUEST_INSTEAD, found.id, spoken=f"Ask for them instead: {name}"
    )
    return blocks.section(f"*{line(name)}*, {about}", take, block_id=f"instead-{found.id}")


def values_from(typed: inputs.Typed, meta: Mapping[str, Any]) -> RequestValues:
    """What the form says, as typed; `meta` is its metadata, parsed. Times are in UTC. Nothing is checked."""
    opportunity_id, opportunity = deals.deal_of(typed)
    advocate = meta.get("a")
    texts = (
        "purpose_words",
        "amount",
        "stage",
        "crm_id",
        "company",
        "attendees",
        "format",
        "place",
        "audience",
        "note",
    )
    return RequestValues(
        activity=Activity(inputs.choice_of(typed, "activity") or Activity.REFERENCE_CALL),
        need_by=inputs.day_of(typed, "need_by"),
        purpose=Purpose(inputs.choice_of(typed, "purpose") or Purpose.DEAL),
        advocate_id=advocate,
        criteria=(meta.get("q", "")[:TEXT_LIMIT] if advocate else inputs.text_of(typed, "criteria")) or None,
        opportunity_id=opportunity_id,
        opportunity=opportunity,
        close_on=inputs.day_of(typed, "close_on"),
        slots=tuple(at for name in fields.SLOTS if (at := inputs.instant_of(typed, name)) is not None),
        deadline=inputs.day_of(typed, "deadline"),
        event_on=inputs.day_of(typed, "event_on"),
        **{name: inputs.text_of(typed, name) or None for name in texts},
    )


def join(card: Card, *, is_in_it: bool, reader: str, on_form: bool) -> Block:
    """Somebody asked for the same for this deal: join them? The form below, if it is there, stays as it was typed.

    The metadata is JSON: "r", the request, and "form", whether the form lies below.
    """
    who = "you" if is_in_it else asked_by(card)
    text = (
        f"On {day(card.created_at.date())} {who} asked for *{what(card)}*, for {purpose(card) or 'this deal'}.\n"
        f"{standing(card, reader)}"
    )
    if is_in_it:
        advice = "You hear of each step. If you need something else as well, please change your form."
    else:
        advice = "Join, and you hear of each step as they do: one call for both of you spares the customer."
    content = [blocks.section(text), blocks.context(advice)]
    submit = None if is_in_it else "Join"
    meta = blocks.metadata({"r": card.id, "form": on_form})
    view = blocks.modal(Callback.REQUEST_JOIN, "Asked already", content, submit=submit, meta=meta)
    return {**view, "close": plain("Change mine", 24)} if on_form else view


def joined(card: Card) -> Block:
    """Thank you for joining."""
    return blocks.notice("You joined", f"You are part of the request for *{what(card)}* now, and hear of each step.")


def submitted(card: Card, goal_hours: int) -> Block:
    """Thank you: what happens next, and by when."""
    days = count(goal_hours // 24, "day") if goal_hours % 24 == 0 else count(goal_hours, "hour")
    if card.state is State.APPROVED:
        text = f"Yes: *{what(card)}* is approved, and the time is reserved. How to go on stands in a direct message."
    else:
        text = (
            f"Your request for *{what(card)}* is on its way. {standing(card)}\n"
            f"You get an answer within {days}, in a direct message. Please don't write to the customer before."
        )
    return blocks.notice("Thank you", text)
