"""Form fields, and what comes back from them: one field, one block, both under the field's own name.

Decides no words. What is read back is only shaped (a text, a choice, a day); whether it is right is the domain's say.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any, TypeVar

from domain.errors import RuleError
from views.text import Block, cut, plain, shorten

OPTIONS = 100
VALUE_LIMIT = 150
TYPED_LIMIT = 3000

EARLIEST, LATEST = 1900, 2100
"""Years that somebody can mean; beyond them is a slip of the finger."""

NOT_MEANT = f"Please choose a day between {EARLIEST} and {LATEST}."

When = TypeVar("When", date, datetime)

Typed = Mapping[str, Mapping[str, Any]]
"""A view's state.values: block id to action id to what Slack says of the element."""


def field(name: str, label: str, element: Block, *, hint: str | None = None, optional: bool = False) -> Block:
    """An input with its label."""
    block: Block = {
        "type": "input",
        "block_id": name,
        "label": plain(label, 2000),
        "element": {"action_id": name, **element},
        "optional": optional,
    }
    if hint:
        block["hint"] = plain(hint, 2000)
    return block


def text_input(
    initial: str | None = None, *, most: int = TYPED_LIMIT, multiline: bool = False, placeholder: str | None = None
) -> Block:
    """A field to type into."""
    element: Block = {"type": "plain_text_input", "multiline": multiline, "max_length": most}
    if initial:
        element["initial_value"] = shorten(initial, most)
    return _hinted(element, placeholder)


def email_input(initial: str | None = None) -> Block:
    """A field for an email address. Slack refuses a form that opens with something else in it."""
    element: Block = {"type": "email_text_input"}
    name, _, domain = (initial or "").partition("@")
    if initial and name and "." in domain.strip(".") and len(initial) <= 254 and not set(initial) & set(" \n\t<>"):
        element["initial_value"] = initial
    return element


def option(text: str, value: str, description: str | None = None) -> Block:
    """One choice, plain."""
    choice: Block = {"text": plain(text, 75), "value": cut_value(value) or "-"}
    if description:
        choice["description"] = plain(description, 75)
    return choice


def cut_value(value: str) -> str:
    """A value that Slack takes, in bytes of either encoding; the domain says when a name was too long."""
    return cut(value, VALUE_LIMIT)


def options(words: Iterable[str]) -> list[Block]:
    """Choices that stand for themselves."""
    return [option(word, word) for word in list(dict.fromkeys(words))[:OPTIONS]]


def radio(choices: Sequence[Block], initial: str | None = None) -> Block:
    """One of a few, all in sight."""
    return _initial({"type": "radio_buttons", "options": list(choices[:10])}, initial)


def select(choices: Sequence[Block], initial: str | None = None, placeholder: str | None = None) -> Block:
    """One of many."""
    return _hinted(_initial({"type": "static_select", "options": list(choices[:OPTIONS])}, initial), placeholder)


def _initial(element: Block, value: str | None) -> Block:
    chosen = [choice for choice in element["options"] if choice["value"] == value]
    return {**element, "initial_option": chosen[0]} if chosen else element


def multi_select(choices: Sequence[Block], initial: Iterable[str] = (), placeholder: str | None = None) -> Block:
    """Any of many."""
    element = {"type": "multi_static_select", "options": list(choices[:OPTIONS])}
    return _hinted(_initials(element, initial), placeholder)


def checkboxes(choices: Sequence[Block], initial: Iterable[str] = ()) -> Block:
    """Any of a few, all in sight."""
    return _initials({"type": "checkboxes", "options": list(choices[:10])}, initial)


def _initials(element: Block, values: Iterable[str]) -> Block:
    wanted = set(values)
    chosen = [choice for choice in element["options"] if choice["value"] in wanted]
    return {**element, "initial_options": chosen} if chosen else element


def search(action: str, initial: Block | None = None, placeholder: str | None = None, *, least: int = 0) -> Block:
    """One of what we suggest while somebody types."""
    element: Block = {"type": "external_select", "action_id": str(action), "min_query_length": least}
    if initial:
        element["initial_option"] = initial
    return _hinted(element, placeholder)


def search_many(
    action: str, initial: Sequence[Block] = (), placeholder: str | None = None, *, most: int = OPTIONS
) -> Block:
    """Any of what we suggest while somebody types."""
    element: Block = {"type": "multi_external_select", "action_id": str(action), "min_query_length": 0}
    element["max_selected_items"] = most
    if initial:
        element["initial_options"] = list(initial)
    return _hinted(element, placeholder)


def person(initial: str | None = None, placeholder: str | None = None) -> Block:
    """A colleague."""
    element: Block = {"type": "users_select"}
    return _hinted({**element, "initial_user": initial} if initial else element, placeholder)


def people(initial: Sequence[str] = (), placeholder: str | None = None) -> Block:
    """Colleagues."""
    element: Block = {"type": "multi_users_select"}
    return _hinted({**element, "initial_users": list(initial[:OPTIONS])} if initial else element, placeholder)


def day(initial: date | None = None) -> Block:
    """A day."""
    return {"type": "datepicker", "initial_date": initial.isoformat()} if initial else {"type": "datepicker"}


def instant(initial: datetime | None = None) -> Block:
    """A day and a time, in the time zone of whoever picks it."""
    element: Block = {"type": "datetimepicker"}
    return {**element, "initial_date_time": int(initial.timestamp())} if initial else element


def channel(initial: str | None = None) -> Block:
    """A channel that belongs to this workspace, public or private."""
    element: Block = {
        "type": "conversations_select",
        "filter": {"include": ["public", "private"], "exclude_bot_users": True},
    }
    return {**element, "initial_conversation": initial} if initial else element


def channels(initial: Sequence[str] = ()) -> Block:
    """Channels that belong to this workspace, public or private."""
    element: Block = {
        "type": "multi_conversations_select",
        "filter": {"include": ["public", "private"], "exclude_bot_users": True},
    }
    return {**element, "initial_conversations": list(initial[:OPTIONS])} if initial else element


def _hinted(element: Block, placeholder: str | None) -> Block:
    return {**element, "placeholder": plain(placeholder, 150)} if placeholder else element


def has(typed: Typed, name: str) -> bool:
    """Whether the form had this field."""
    return name in typed


def _element(typed: Typed, name: str) -> Mapping[str, Any]:
    return next(iter(typed.get(name, {}).values()), {})


def text_of(typed: Typed, name: str) -> str:
    """What stands in a text field, "" for nothing."""
    return _element(typed, name).get("value") or ""


def choice_of(typed: Typed, name: str) -> str | None:
    """The value of what was chosen."""
    return (_element(typed, name).get("selected_option") or {}).get("value")


def label_of(typed: Typed, name: str) -> str:
    """The words of what was chosen."""
    return ((_element(typed, name).get("selected_option") or {}).get("text") or {}).get("text") or ""


def choices_of(typed: Typed, name: str) -> tuple[str, ...]:
    """The values of all that was chosen."""
    return tuple(choice["value"] for choice in _element(typed, name).get("selected_options") or ())


def labelled_choices_of(typed: Typed, name: str) -> tuple[tuple[str, str], ...]:
    """The value and the words of all that was chosen."""
    chosen = _element(typed, name).get("selected_options") or ()
    return tuple((choice["value"], (choice.get("text") or {}).get("text") or "") for choice in chosen)


def person_of(typed: Typed, name: str) -> str | None:
    """The Slack id of the colleague chosen."""
    return _element(typed, name).get("selected_user") or None


def people_of(typed: Typed, name: str) -> tuple[str, ...]:
    """The Slack ids of the colleagues chosen."""
    return tuple(_element(typed, name).get("selected_users") or ())


def channel_of(typed: Typed, name: str) -> str | None:
    """The id of the channel chosen."""
    return _element(typed, name).get("selected_conversation") or None


def channels_of(typed: Typed, name: str) -> tuple[str, ...]:
    """The ids of the channels chosen."""
    return tuple(_element(typed, name).get("selected_conversations") or ())


def day_of(typed: Typed, name: str) -> date | None:
    """The day chosen."""
    chosen = _element(typed, name).get("selected_date")
    return _meant(name, date.fromisoformat(chosen)) if chosen else None


def instant_of(typed: Typed, name: str) -> datetime | None:
    """The instant chosen, aware and in UTC."""
    chosen = _element(typed, name).get("selected_date_time")
    return _meant(name, datetime.fromtimestamp(int(chosen), UTC)) if chosen else None


def _meant(name: str, when: When) -> When:
    """A day with which it can be reckoned. Raises RuleError."""
    if not EARLIEST <= when.year <= LATEST:
        raise RuleError(NOT_MEANT, {name: NOT_MEANT})
    return when


def list_of(typed: Typed, name: str) -> tuple[str, ...]:
    """What was typed one after the other, apart by commas, semicolons or new lines."""
    return tuple(dict.fromkeys(row.strip() for row in apart(text_of(typed, name)) if row.strip()))


def apart(text: str) -> list[str]:
    """The parts between commas, semicolons and new lines."""
    return text.replace(";", ",").replace("\n", ",").split(",")
