"""The words that colleagues find advocates by: the lists, and one word's form. Decides nothing about what may change.

Fields bear the names that refusals use. A list's metadata is JSON with its kind and page; a word's also has the word.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from domain.query import Facet
from domain.terms import NAME_LIMIT, Entry, Line, Page
from views import blocks, inputs
from views.ids import Action, Callback
from views.text import Block, count, line

TITLE = "Words we use"

TYPED = 2 * NAME_LIMIT
"""Characters that the field for a name takes: Slack counts some of them twice. What is too long is told."""

SHOWN_SYNONYMS = 8
"""Other names of a word in the list; its form has them all."""

LISTS: Mapping[Facet, str] = MappingProxyType(
    {
        Facet.INDUSTRY: "Industries",
        Facet.PRODUCT: "Products",
        Facet.PERSONA: "Roles in decisions",
        Facet.SEGMENT: "Customer sizes",
        Facet.ACTIVITY: "What advocates are asked for",
        Facet.LANGUAGE: "Languages",
    }
)
"""The lists, by what people call them."""

SINGULAR: Mapping[Facet, str] = MappingProxyType(
    {
        Facet.INDUSTRY: "industry",
        Facet.PRODUCT: "product",
        Facet.PERSONA: "role",
        Facet.SEGMENT: "customer size",
        Facet.ACTIVITY: "activity",
        Facet.LANGUAGE: "language",
    }
)

_FIXED = "These names are fixed. You can say what else people call one, and hide what you never ask for."


def words(found: Page, *, fixed: bool, told: str = "") -> Block:
    """One page of a list. `told`, plain, says what has just been done; names of a `fixed` list stay as they are."""
    content = [
        *([blocks.section(f":white_check_mark: {line(told, 300)}")] if told else []),
        blocks.context("Colleagues find advocates by these words, and by each of a word's other names."),
        *blocks.actions(_top(found.facet, fixed=fixed)),
        *([blocks.context(_FIXED)] if fixed else []),
        *([blocks.section(_alike_in_all(found.alike))] if found.alike else []),
        *[block for one in found.lines for block in _line(found.facet, one)],
        *([] if found.lines else [blocks.section(_empty(found.facet))]),
        *_paging(found.page, found.pages),
    ]
    meta = blocks.metadata({"kind": found.facet.value, "page": found.page})
    return blocks.modal(Callback.WORDS, TITLE, content, meta=meta)


def _top(facet: Facet, *, fixed: bool) -> list[Block]:
    kinds = [inputs.option(label, kind.value) for kind, label in LISTS.items()]
    chosen = {"action_id": Action.WORDS_KIND.value, **inputs.select(kinds, facet.value, "Pick a list")}
    add = blocks.button("Add a word", Action.WORD_ADD, spoken=f"Add a word to: {LISTS[facet]}")
    return [chosen] if fixed else [chosen, add]


def _alike_in_all(number: int) -> str:
    if number == 1:
        return ":warning: *One word looks like another.* If they mean the same, merge them; else say that they differ."
    return f":warning: *{number:,} words look like others.* Merge what means the same; say of the rest that it differs."


def _empty(facet: Facet) -> str:
    return f"There is no {SINGULAR[facet]} yet. What profiles and imported lists name comes in here by itself."


def _line(facet: Facet, one: Line) -> list[Block]:
    name = one.entry.value
    if one.entry.hidden:
        again = blocks.button("Show again", Action.WORD_SHOW, name, spoken=f"Show again: {name}")
        return [blocks.section(f"{line(name)} · hidden · {_bearers(facet, one)}", again)]
    edit = blocks.button("Change", Action.WORD_CHANGE, name, spoken=f"Change {name}")
    row = [f"*{line(name)}* · {_bearers(facet, one)}", *_also(one.entry.synonyms)]
    return [blocks.section("\n".join(row), edit), *_likeness(facet, one)]


def _bearers(facet: Facet, one: Line) -> str:
    parts = [] if facet is Facet.SEGMENT else [count(one.advocates, "advocate")]
    if facet in {Facet.INDUSTRY, Facet.PRODUCT, Facet.SEGMENT}:
        parts.append(count(one.accounts, "account"))
    return ", ".join(parts)


def _also(synonyms: Sequence[str]) -> list[str]:
    if not synonyms:
        return []
    more = len(synonyms) - SHOWN_SYNONYMS
    named = ", ".join(line(said, NAME_LIMIT) for said in synonyms[:SHOWN_SYNONYMS])
    return [f"also: {named}" + (f" and {more} more" if more > 0 else "")]


def _likeness(facet: Facet, one: Line) -> list[Block]:
    if one.like is None:
        return []
    name, like = one.entry.value, one.like
    sure = blocks.confirm(
        "Do they mean the same?",
        f"“{name}” becomes another name for “{like}”. Profiles stay as they are written, and are found by both.",
        "Merge",
        "Keep both",
    )
    pair = json.dumps([name, like], ensure_ascii=False)
    merge = blocks.button("Merge", Action.WORD_MERGE, pair, spoken=f"Merge {name} into {like}", confirm=sure)
    told = blocks.section(f":warning: “{line(name)}” looks like “{line(like)}”.", merge)
    return [told, *blocks.actions([apart(facet, name, like)])]


def apart(facet: Facet, name: str, like: str) -> Block:
    """The button that says of two words which look alike that they differ."""
    value = json.dumps([facet.value, name, like], ensure_ascii=False)
    return blocks.button("They differ", Action.WORD_APART, value, spoken=f"They differ: {name} and {like}")


def apart_of(value: str) -> tuple[Facet, str, str]:
    """The kind and the two words, as that button had them."""
    facet, name, like = blocks.loads(value)
    return Facet(facet), name, like


def _paging(page: int, pages: int) -> list[Block]:
    if pages <= 1:
        return []
    turns = [("Previous", page - 1)] if page > 0 else []
    turns += [("Next", page + 1)] if page + 1 < pages else []
    # Two elements of one block may not share an action id, so that each turn stands in its own block.
    rows = [block for label, at in turns for block in blocks.actions([_turn(label, at)])]
    return [blocks.context(f"Page {page + 1} of {pages}"), *rows]


def _turn(label: str, page: int) -> Block:
    return blocks.button(label, Action.WORDS_PAGE, str(page), spoken=f"{label} page of words")


def add(facet: Facet, page: int) -> Block:
    """A new word."""
    hint = "What profiles and imported lists name comes in by itself."
    content = [inputs.field("name", f"Name of the {SINGULAR[facet]}", inputs.text_input(most=TYPED), hint=hint)]
    meta = blocks.metadata({"kind": facet.value, "page": page})
    return blocks.modal(Callback.WORD_ADD, "Add a word", content, submit="Add", meta=meta)


def change(facet: Facet, entry: Entry, page: int, *, fixed: bool) -> Block:
    """One word: its name, its other names, and what else can be done with it."""
    content = [
        *([blocks.section(f"*{line(entry.value)}*")] if fixed else _name_field(entry)),
        inputs.field(
            "synonyms",
            "Other names",
            inputs.text_input("\n".join(entry.synonyms), multiline=True),
            hint="One a line. Profiles that use one are found by it, so leave those that people have written.",
            optional=True,
        ),
        *([] if fixed else _merge_field()),
        *blocks.actions([_hide_button(entry)]),
    ]
    meta = blocks.metadata({"kind": facet.value, "page": page, "word": entry.value})
    return blocks.modal(Callback.WORD_CHANGE, "Change a word", content, submit="Save", meta=meta)


def _name_field(entry: Entry) -> list[Block]:
    name = inputs.text_input(entry.value, most=TYPED)
    return [inputs.field("name", "Name", name, hint="With another name, the old one becomes one of its other names.")]


def _merge_field() -> list[Block]:
    target = inputs.search(Action.WORD_TARGET, placeholder="Only if both mean the same")
    hint = "This word, with all its names, then becomes another name of the one you pick. Profiles stay as written."
    return [inputs.field("into", "The same as", target, hint=hint, optional=True)]


def _hide_button(entry: Entry) -> Block:
    sure = blocks.confirm(
        "Hide this word?",
        f"“{entry.value}” is no longer offered or understood in look-ups. Profiles keep it. You can show it again.",
        "Hide",
        "Keep",
        danger=True,
    )
    return blocks.button("Hide this word", Action.WORD_HIDE, entry.value, style="danger", confirm=sure)


def hidden(facet: Facet, entry: Entry, page: int) -> Block:
    """A word was hidden: that can be undone here."""
    again = blocks.button("Show it again", Action.WORD_SHOW, entry.value, spoken=f"Show it again: {entry.value}")
    content = [
        blocks.section(f"“{line(entry.value)}” is hidden: it is not offered any more. Profiles keep it."),
        *blocks.actions([again]),
    ]
    meta = blocks.metadata({"kind": facet.value, "page": page})
    return blocks.modal(Callback.WORD_HIDDEN, "Hidden", content, meta=meta)


def shown_again(entry: Entry) -> Block:
    """A word is back in use."""
    return blocks.notice("Back in use", f"“{line(entry.value)}” is offered again.")


def place_of(meta: str | None) -> tuple[Facet, int]:
    """The kind and page that a list or a word's form was opened with."""
    kept = blocks.read_metadata(meta)
    return Facet(kept.get("kind", Facet.INDUSTRY.value)), blocks.whole(kept.get("page", 0))


def word_of(meta: str | None) -> str:
    """The word that a form is about."""
    return str(blocks.read_metadata(meta).get("word", ""))


def pair_of(value: str) -> tuple[str, str]:
    """The word to merge, and the one that is kept, as the button had them."""
    word, into = blocks.loads(value)
    return word, into


def name_from(typed: inputs.Typed) -> str:
    """The name that was typed."""
    return inputs.text_of(typed, "name")


def synonyms_from(typed: inputs.Typed) -> tuple[str, ...]:
    """The other names, a line each as typed."""
    return tuple(inputs.text_of(typed, "synonyms").splitlines())


def target_from(typed: inputs.Typed) -> str | None:
    """The word that this one is the same as, where one was picked."""
    return inputs.choice_of(typed, "into")


def target_options(known: Iterable[str]) -> list[Block]:
    """The words to merge into; the caller has left out the one to be merged."""
    return inputs.options(known)
