"""The texts of the nudges as the leader sees, changes and tries them. Decides no text. Fields bear refusals' names."""

from collections.abc import Sequence

from domain.names import fold
from domain.nudges import FACT_WORDS, LONGEST_TEXT, Audience, Button, Entry, Fact
from domain.pulse import ELEMENTS, Element
from domain.pulse_statements import MOTIVE_WORDS, Motive
from views import blocks, inputs
from views.ids import Action, Callback
from views.text import Block, count, escape, in_words

ON = "on"
MOST = 90
"""Texts in one list, within Slack's hundred blocks."""

_BUTTONS: dict[Button, str] = {
    Button.NOMINATE: "Nominate a customer",
    Button.LOOK_UP: "Look up advocates",
    Button.DONE: "I did this",
}

_META_ELEMENT, _META_ID = "element", "id"


def shelf(element: Element, entries: Sequence[Entry]) -> Block:
    """All texts of an element."""
    chosen = {**inputs.select(_elements(), element.value), "action_id": Action.NUDGE_SHELF.value}
    add = blocks.button("Add one", Action.NUDGE_ADD, element.value, spoken=f"Add one for {element.value}")
    content = [
        *blocks.actions([chosen, add]),
        blocks.context(f"{count(len(entries), 'text')}; a group gets those of what holds it back."),
        *(_line(entry) for entry in entries[:MOST]),
    ]
    return blocks.modal(Callback.NUDGE_LIBRARY, "Texts", content, meta=element.value)


def _elements() -> list[Block]:
    return [inputs.option(element.value.capitalize(), element.value) for element in ELEMENTS]


def _line(entry: Entry) -> Block:
    marks = [
        *(["off"] if entry.is_off else []),
        *(["yours"] if entry.is_own else []),
        *(["changed"] if entry.is_changed else []),
        *([f"welcome, day {entry.day}"] if entry.day is not None else []),
        "everybody" if len(entry.audiences) == len(Audience) else in_words([one.value for one in entry.audiences]),
        entry.motive.value,
    ]
    text = f"~{escape(entry.text)}~" if entry.is_off and "\n" not in entry.text else escape(entry.text)
    change = blocks.button("Change", Action.NUDGE_ENTRY, entry.id, spoken=f"Change: {entry.text[:50]}")
    return blocks.section(f"{text}\n_{', '.join(marks)}_", change)


def entry(found: Entry, tried: str = "") -> Block:
    """One text, to change, switch off and try. `tried` is how it would read now."""
    hint = "Empty: the text that comes with Everboard." if not found.is_own else None
    content = [
        *_tried(tried),
        _text(found.text, hint, optional=not found.is_own),
        inputs.field("is_on", "Sent", _switch(is_on=not found.is_off), optional=True),
        *_try_out(found.audiences[0]),
        _facts(),
    ]
    meta = blocks.metadata({_META_ID: found.id, _META_ELEMENT: found.element.value})
    return blocks.modal(Callback.NUDGE_ENTRY, "Text", content, submit="Save", meta=meta)


def new(element: Element, tried: str = "") -> Block:
    """A text to add."""
    content = [
        *_tried(tried),
        _text(None, None, optional=False),
        inputs.field("element", "What it is about", inputs.select(_elements(), element.value)),
        inputs.field("audiences", "For whom", inputs.checkboxes(_audiences())),
        inputs.field("motive", "What moves its readers", inputs.select(_motives(), Motive.GAIN.value)),
        inputs.field("button", "Button", inputs.select(_buttons(), Button.NOMINATE.value)),
        *_try_out(Audience.SALES),
        _facts(),
    ]
    meta = blocks.metadata({_META_ELEMENT: element.value})
    return blocks.modal(Callback.NUDGE_ENTRY, "A new text", content, submit="Add", meta=meta)


def _text(initial: str | None, hint: str | None, *, optional: bool) -> Block:
    element = inputs.text_input(initial, most=LONGEST_TEXT, multiline=True)
    return inputs.field("text", "Text", element, hint=hint, optional=optional)


def _tried(tried: str) -> list[Block]:
    return [blocks.section(tried), blocks.divider()] if tried else []


def _try_out(audience: Audience) -> list[Block]:
    return blocks.actions(
        [blocks.button("Try it", Action.NUDGE_PREVIEW, audience.value, spoken="Try it: show how it would read")]
    )


def _facts() -> Block:
    rows = [f"`{{{fact.value}}}` {FACT_WORDS[fact]}" for fact in Fact]
    return blocks.section("*Facts you can name.* A text is only sent while they are true.\n" + "\n".join(rows))


def _switch(*, is_on: bool) -> Block:
    return inputs.checkboxes([inputs.option("On", ON)], [ON] if is_on else [])


def _audiences() -> list[Block]:
    return [inputs.option(one.value.capitalize(), one.value) for one in Audience]


def _motives() -> list[Block]:
    return [inputs.option(words, motive.value) for motive, words in MOTIVE_WORDS.items()]


def _buttons() -> list[Block]:
    return [inputs.option(words, button.value) for button, words in _BUTTONS.items()]


def reads(text: str, lacks: str) -> str:
    """How a text would read now, and what has to be true first."""
    return f"*So it would read now*\n{escape(text)}" if not lacks else f"{escape(text)}\n:warning: {escape(lacks)}"


def refused(why: str) -> str:
    """Why a text cannot be tried."""
    return f":warning: {escape(why)}"


def element_of(view: Block) -> Element:
    """Which element the list or form is about."""
    meta = view.get("private_metadata") or ""
    plain = fold(meta)
    return Element(plain) if plain in ELEMENTS else Element(blocks.read_metadata(meta)[_META_ELEMENT])


def id_of(view: Block) -> str | None:
    """Which text a form is about; None for a new one."""
    found = blocks.read_metadata(view.get("private_metadata")).get(_META_ID)
    return str(found) if found else None


Changed = tuple[str, bool]
"""The text, and whether it is off."""


def changed_from(typed: inputs.Typed) -> Changed:
    """What was typed for a text that is there."""
    return inputs.text_of(typed, "text"), ON not in inputs.choices_of(typed, "is_on")


Added = tuple[str, Element, list[Audience], Motive, Button]


def added_from(typed: inputs.Typed) -> Added:
    """What was typed for a new one."""
    return (
        inputs.text_of(typed, "text"),
        Element(inputs.choice_of(typed, "element") or Element.AWARENESS),
        [Audience(one) for one in inputs.choices_of(typed, "audiences")],
        Motive(inputs.choice_of(typed, "motive") or Motive.GAIN),
        Button(inputs.choice_of(typed, "button") or Button.DONE),
    )
