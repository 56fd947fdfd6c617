"""The words that colleagues find advocates by, kept in Slack. The rules are in steps.vocabulary_editing."""

from typing import Any

from domain import permissions
from domain.moment import Moment
from domain.people import Actor
from domain.query import Facet
from handlers import advocates
from handlers.act import Act
from handlers.answering import Handler, answered
from handlers.house import House
from handlers.switchboard import Switchboard
from steps import vocabulary
from steps import vocabulary_editing as editing
from storage.guard import GuardedSession
from views import vocabulary as view
from views.blocks import whole
from views.ids import Action, Callback


def register(board: Switchboard, house: House) -> None:
    """Listen to the lists, to one word's form, and to what is typed there."""
    clicks: dict[Action, Handler] = {
        Action.WORDS: open_words,
        Action.WORDS_KIND: choose_kind,
        Action.WORDS_PAGE: turn_page,
        Action.WORD_ADD: open_add,
        Action.WORD_CHANGE: open_change,
        Action.WORD_HIDE: hide,
        Action.WORD_SHOW: show_again,
        Action.WORD_MERGE: merge,
        Action.WORD_APART: keep_apart,
    }
    for action, handler in clicks.items():
        board.action(action.value)(answered(house, handler))
    board.options(Action.WORD_TARGET.value)(answered(house, suggest_targets))
    board.view(Callback.WORD_ADD.value)(answered(house, add))
    board.view(Callback.WORD_CHANGE.value)(answered(house, change))


async def open_words(act: Act) -> None:
    """The first list."""
    await act.args.ack()
    await act.show(view.TITLE, lambda: _words(act, Facet.INDUSTRY, 0))


async def _words(act: Act, facet: Facet, page: int, told: str = "") -> dict[str, Any]:
    found = await act.read(editing.overview, facet, page)
    return view.words(found, fixed=facet in vocabulary.FIXED, told=told)


def _place(act: Act) -> tuple[Facet, int]:
    return act.kept_as(view.place_of)


async def choose_kind(act: Act) -> None:
    """Another list."""
    await act.args.ack()
    await act.update(act.view_id, await _words(act, act.choice_as(Facet), 0))


async def turn_page(act: Act) -> None:
    """Another page of the same list."""
    await act.args.ack()
    facet, _page = _place(act)
    await act.update(act.view_id, await _words(act, facet, act.value_as(whole)))


async def open_add(act: Act) -> None:
    """A new word."""
    await act.args.ack()
    facet, page = _place(act)

    async def make() -> dict[str, Any]:
        await act.read(_may_edit)
        return view.add(facet, page)

    await act.show("Add a word", make)


def _may_edit(_session: GuardedSession, actor: Actor, _moment: Moment) -> None:
    permissions.check(actor, permissions.Action.EDIT_SETTINGS)


async def open_change(act: Act) -> None:
    """One word's form."""
    await act.args.ack()
    facet, page = _place(act)

    async def make() -> dict[str, Any]:
        entry = await act.read(editing.entry, facet, act.value)
        return view.change(facet, entry, page, fixed=facet in vocabulary.FIXED)

    await act.show("Change a word", make)


async def suggest_targets(act: Act) -> None:
    """The other words of the list, by what is typed."""
    meta = act.view.get("private_metadata")
    facet, _page = view.place_of(meta)
    found = await act.read(_targets, facet, act.body.get("value") or "")
    await act.args.ack(options=view.target_options(word for word in found if word != view.word_of(meta)))


def _targets(session: GuardedSession, actor: Actor, moment: Moment, facet: Facet, typed: str) -> list[str]:
    permissions.check(actor, permissions.Action.EDIT_SETTINGS)
    return vocabulary.suggest(session, actor, moment, facet, typed)


async def add(act: Act) -> None:
    """A word was added."""
    facet, _page = _place(act)
    entry = await act.run(editing.add, facet, act.typed_as(view.name_from))
    await _close(act, f"“{entry.value}” is in the list now.")


async def change(act: Act) -> None:
    """A word's names were changed, or it is the same as another."""
    facet, _page = _place(act)
    word, into = act.kept_as(view.word_of), act.typed_as(view.target_from)
    if into is not None:
        await act.run(editing.merge, facet, word, into)
        told = _merged(word, into)
    else:
        typed = (act.typed_as(view.name_from), act.typed_as(view.synonyms_from))
        told = f"“{(await act.run(editing.change, facet, word, *typed)).value}” is saved."
    await _close(act, told)


def _merged(word: str, into: str) -> str:
    return f"“{word}” is another name for “{into}” now. To undo it, take it off there, then show it again."


async def merge(act: Act) -> None:
    """Two that look alike are one."""
    await act.args.ack()
    facet, page = _place(act)
    word, into = act.value_as(view.pair_of)
    await act.run(editing.merge, facet, word, into)
    await act.update(act.view_id, await _words(act, facet, page, _merged(word, into)))


async def keep_apart(act: Act) -> None:
    """Two that look alike differ: said in the list, or in the journey of an advocate who bears one."""
    await act.args.ack()
    facet, word, other = act.value_as(view.apart_of)
    await act.run(editing.keep_apart, facet, word, other)
    if act.view.get("callback_id") == Callback.JOURNEY.value:
        await advocates.redraw_journey(act)
        return
    page = _place(act)[1]
    await act.update(act.view_id, await _words(act, facet, page, f"“{word}” and “{other}” are two words."))


async def hide(act: Act) -> None:
    """A word is not offered any more (the button has asked whether they are sure)."""
    await act.args.ack()
    facet, page = _place(act)
    entry = await act.run(editing.hide, facet, act.value)
    await act.update(act.view_id, view.hidden(facet, entry, page))
    await _redraw_below(act)


async def show_again(act: Act) -> None:
    """A hidden word is back: from the list, or at once after hiding it."""
    await act.args.ack()
    facet, page = _place(act)
    entry = await act.run(editing.show_again, facet, act.value)
    if act.view.get("callback_id") == Callback.WORDS.value:
        await act.update(act.view_id, await _words(act, facet, page, f"“{entry.value}” is offered again."))
        return
    await act.update(act.view_id, view.shown_again(entry))
    await _redraw_below(act)


async def _close(act: Act, told: str) -> None:
    """Close the form; the list below shows what changed, and is read before, so that nobody sees the old one."""
    below = act.view.get("previous_view_id")
    shown = await _words(act, *_place(act), told) if below else None
    await act.args.ack()
    if below and shown:
        await act.update(below, shown)


async def _redraw_below(act: Act) -> None:
    """The list under a window that stays shows what changed."""
    below = act.view.get("previous_view_id")
    if below:
        await act.update(below, await _words(act, *_place(act)))
