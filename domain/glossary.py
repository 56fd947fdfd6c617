"""The terms of one facet as a program leader keeps them: what may be added, renamed, merged and hidden.

Decides nothing about who may do it, nor what a look-up makes of a term. Profiles stay as they are written: whatever
they call a thing stays among the term's other names, by which they are found.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from domain.errors import AlreadyDone, NotFound, RuleError
from domain.near import near_duplicates
from domain.terms import MOST_SYNONYMS, Entry, apart, checked_name, each_once, key_of, phrase_of, refused

MOST_TERMS = 1000
"""Terms of one facet: each look-up knows all of them, and nobody picks from a longer list."""


@dataclass(frozen=True)
class Glossary:
    """One facet's terms by their keys: those that came with Everboard, then the workspace's own as they came in.

    Each change answers the entries as they are to be kept, the one that it is about first; the same entry again when
    nothing changes. With `fixed` names nothing but other names and hiding can be changed.
    """

    entries: Mapping[str, Entry]
    fixed: bool = False

    @classmethod
    def of(cls, usual: Mapping[str, Sequence[str]], own: Iterable[Entry], *, fixed: bool = False) -> "Glossary":
        """The usual terms, each replaced by the workspace's own entry of the same key where there is one."""
        entries = {key_of(value): Entry(value, tuple(said), is_usual=True) for value, said in usual.items()}
        for entry in own:
            before = entries.get(entry.key)
            entries[entry.key] = replace(entry, is_usual=before is not None and before.is_usual)
        return cls(entries, fixed)

    @cached_property
    def shown(self) -> dict[str, tuple[str, ...]]:
        """The terms in use with their other names."""
        return {one.value: one.synonyms for one in self.entries.values() if not one.hidden}

    @cached_property
    def hidden(self) -> tuple[Entry, ...]:
        """Terms out of use which are not just another's other name by now."""
        out = (one for one in self.entries.values() if one.hidden)
        return tuple(one for one in out if phrase_of(one.value) not in self._synonyms)

    @cached_property
    def _synonyms(self) -> frozenset[str]:
        return frozenset(phrase_of(said) for one in self.entries.values() for said in one.synonyms)

    @cached_property
    def _claims(self) -> dict[str, Entry]:
        """Which term in use a phrase means; a term's name goes before another's other name."""
        found: dict[str, Entry] = {}
        used = [one for one in self.entries.values() if not one.hidden]
        for one in used:
            found.setdefault(phrase_of(one.value), one)
        for one in used:
            for said in one.synonyms:
                found.setdefault(phrase_of(said), one)
        return found

    def meant(self, name: str) -> Entry | None:
        """The term in use that bears this name, or the hidden one of exactly this name."""
        return self._claims.get(phrase_of(name)) or self.entries.get(key_of(name))

    def is_known(self, name: str) -> bool:
        """Whether this is a name of a term, be it in use or hidden."""
        return self.meant(name) is not None or phrase_of(name) in self._synonyms

    @property
    def room(self) -> int:
        """How many terms can be added."""
        return max(0, MOST_TERMS - len(self.shown))

    def alike(self, name: str) -> str | None:
        """The earlier term that an own one in use looks like, and was not said to differ from; None for what came with
        Everboard, and for no term."""
        own = self.entries.get(key_of(name))
        if own is None or own.hidden or own.is_usual:
            return None
        near = near_duplicates(own.value, self._before(own))
        return near[0] if near else None

    @cached_property
    def all_alike(self) -> dict[str, str]:
        """The keys of all own terms that look like an earlier one, each with that one."""
        found = ((one.key, self.alike(one.value)) for one in self.entries.values())
        return {key: like for key, like in found if like}

    def _before(self, own: Entry) -> Iterator[str]:
        for one in self.entries.values():
            if one is own:
                return
            if not one.hidden and one.key not in own.differs_from:
                yield one.value

    def add(self, typed: str) -> tuple[Entry, ...]:
        """Take a new term in. Raises RuleError at `name`."""
        self._check_open()
        name = checked_name(typed, "name")
        known = self.meant(name)
        if known is not None:
            raise refused("name", _known(name, known))
        if not self.room:
            raise refused("name", f"There are {MOST_TERMS:,} already. Please merge or hide some first.")
        return (Entry(name),)

    def change(self, value: str, name: str, synonyms: Iterable[str]) -> tuple[Entry, ...]:
        """Give a term these other names and, where it differs, this name; its old one stays among the others.

        Raises RuleError at `name` and `synonyms`, NotFound.
        """
        was = self.used(value)
        new = was.value if self.fixed else checked_name(name, "name")
        is_renamed = key_of(new) != was.key
        if is_renamed:
            self._check_free(new, was)
        said = self._other_names(new, synonyms, was)
        if is_renamed and phrase_of(was.value) not in {phrase_of(new), *map(phrase_of, said)}:
            said = (*said, was.value)
        kept = replace(was, value=new, synonyms=said)
        if not is_renamed:
            return (kept,)
        taken = self.entries.get(kept.key)
        return replace(kept, is_usual=taken is not None and taken.is_usual), replace(was, hidden=True)

    def rename(self, value: str, name: str) -> tuple[Entry, ...]:
        """Give a term another name; profiles that bear the old one are found by it still."""
        self._check_open()
        return self.change(value, name, self.used(value).synonyms)

    def set_synonyms(self, value: str, synonyms: Iterable[str]) -> tuple[Entry, ...]:
        """Say what else a term is called. Raises RuleError at `synonyms`, naming the term that claims one."""
        return self.change(value, value, synonyms)

    def hide(self, value: str) -> tuple[Entry, ...]:
        """Take a term out of use: it is neither offered nor recognised; profiles keep it. Raises AlreadyDone."""
        known = self.entries.get(key_of(value))
        if known is not None and known.hidden:
            raise AlreadyDone(f"“{value}” is hidden already.")
        return (replace(self.used(value), hidden=True),)

    def show_again(self, value: str) -> tuple[Entry, ...]:
        """Take a hidden term back into use, with those of its other names that nobody has claimed since.

        Raises AlreadyDone, RuleError when the name itself means another term by now.
        """
        known = self.entries.get(key_of(value))
        if known is None:
            raise _gone(value)
        if not known.hidden:
            raise AlreadyDone(f"“{known.value}” is in use already.")
        other = self._claims.get(phrase_of(known.value))
        if other is not None:
            raise RuleError(
                f"“{known.value}” is another name for “{other.value}” now. Take it off there first, then show it again."
            )
        free = tuple(said for said in known.synonyms if phrase_of(said) not in self._claims)
        return (replace(known, hidden=False, synonyms=free),)

    def merge(self, value: str, into: str) -> tuple[Entry, ...]:
        """Make a term, with all its names, another name of the one that is kept. Raises RuleError at `into`."""
        self._check_open()
        gone, kept = self.used(value), self.used(into)
        if gone is kept:
            raise refused("into", f"“{gone.value}” can't be merged with itself. Please pick another one.")
        said = each_once((*kept.synonyms, gone.value, *gone.synonyms), {phrase_of(kept.value)})
        if len(said) > MOST_SYNONYMS:
            sentence = f"“{kept.value}” would get {len(said)} other names; {MOST_SYNONYMS} is the most."
            raise refused("into", f"{sentence} Please take some off first.")
        return replace(kept, synonyms=said), replace(gone, hidden=True)

    def keep_apart(self, value: str, other: str) -> tuple[Entry, ...]:
        """Say that a term is not the one it looks like: nobody is told so again. Raises AlreadyDone, NotFound."""
        one, two = self.used(value), self.used(other)
        if two.key in one.differs_from:
            raise AlreadyDone(f"“{one.value}” and “{two.value}” are kept apart already.")
        return (replace(one, differs_from=(*one.differs_from, two.key)),)

    def used(self, value: str) -> Entry:
        """The term in use of this name. Raises NotFound."""
        known = self.entries.get(key_of(value))
        if known is None or known.hidden:
            raise _gone(value)
        return known

    def _check_open(self) -> None:
        if self.fixed:
            raise RuleError(
                "What advocates can be asked for is fixed, since each has its own weight and needs its own consent. "
                "You can hide one, or say what else people call it."
            )

    def _check_free(self, name: str, own: Entry) -> None:
        known = self.meant(name)
        if known is not None and known is not own:
            raise refused("name", f"{_known(name, known)}{'' if known.hidden else ' Merge the two instead.'}")

    def _other_names(self, name: str, typed: Iterable[str], own: Entry) -> tuple[str, ...]:
        said = (checked_name(one, "synonyms") for one in apart(typed, own.synonyms))
        names = each_once(said, {phrase_of(name)})
        if len(names) > MOST_SYNONYMS:
            raise refused("synonyms", f"Please keep it to {MOST_SYNONYMS} other names; these are {len(names)}.")
        before = set(map(phrase_of, own.synonyms))
        for one in names:
            other = self._claims.get(phrase_of(one))
            if other is not None and other is not own and phrase_of(one) not in before:
                raise refused("synonyms", f"{_known(one, other)} Take it off there first, or merge the two.")
        return names


def _known(name: str, known: Entry) -> str:
    if known.hidden:
        return f"“{known.value}” is there already, but hidden. Show it again instead."
    if phrase_of(known.value) == phrase_of(name):
        return f"“{known.value}” is there already."
    return f"“{name}” is another name for “{known.value}” already."


def _gone(value: str) -> NotFound:
    return NotFound(f"“{value}” is not in this list any more. Please open the list again.")
