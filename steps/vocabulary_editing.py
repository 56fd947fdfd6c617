"""Editing the workspace's vocabularies: who may, what each change writes, and the list to work from.

What may be changed is decided in domain.glossary. Profiles and accounts stay as they are written.
"""

from collections.abc import Callable, Iterable, Mapping

from sqlalchemy.exc import IntegrityError

from domain import permissions
from domain.errors import AlreadyDone
from domain.glossary import Glossary
from domain.moment import Moment
from domain.people import Actor
from domain.query import Facet
from domain.terms import Entry, Line, Page
from steps.vocabulary import glossaries, glossary_of, rows_of
from storage import audit
from storage import vocabulary as stored
from storage.guard import GuardedSession
from storage.vocabulary import Term

PER_PAGE = 20
"""Terms that one page of the list shows."""


def overview(session: GuardedSession, actor: Actor, _moment: Moment, facet: Facet, page: int = 0) -> Page:
    """One page of a facet's terms: first those that look like an earlier one, then by name, hidden ones last.

    Three statements: the terms, and who bears which. Raises NotAllowed.
    """
    permissions.check(actor, permissions.Action.EDIT_SETTINGS)
    glossary = glossaries(session)[facet]
    advocates = _by_term(glossary, stored.borne_by_advocates(session, facet.value))
    accounts = _by_term(glossary, stored.borne_by_accounts(session, facet.value))
    likes = glossary.all_alike
    entries = [entry for entry in glossary.entries.values() if not entry.hidden or entry in glossary.hidden]
    entries.sort(key=lambda entry: (entry.hidden, entry.key not in likes, entry.key))
    pages = max(1, -(-len(entries) // PER_PAGE))
    page = min(max(page, 0), pages - 1)
    lines = tuple(
        Line(entry, advocates.get(entry.key, 0), accounts.get(entry.key, 0), likes.get(entry.key))
        for entry in entries[page * PER_PAGE : (page + 1) * PER_PAGE]
    )
    return Page(facet, lines, page, pages, len(entries), len(likes))


def _by_term(glossary: Glossary, borne: Mapping[str, int]) -> dict[str, int]:
    """Counts by the key of the term that each written value means."""
    counts: dict[str, int] = {}
    for value, number in borne.items():
        entry = glossary.meant(value)
        if entry is not None:
            counts[entry.key] = counts.get(entry.key, 0) + number
    return counts


def entry(session: GuardedSession, actor: Actor, _moment: Moment, facet: Facet, value: str) -> Entry:
    """One term, for whoever may change it. Raises NotFound, NotAllowed."""
    permissions.check(actor, permissions.Action.EDIT_SETTINGS)
    return glossaries(session)[facet].used(value)


def add(session: GuardedSession, actor: Actor, moment: Moment, facet: Facet, name: str) -> Entry:
    """Take a term in that no profile says yet. Raises RuleError at `name`."""
    return _changed(session, actor, moment, facet, "term.added", lambda glossary: glossary.add(name))


def rename(session: GuardedSession, actor: Actor, moment: Moment, facet: Facet, value: str, name: str) -> Entry:
    """Call a term otherwise; its old name stays another name. Raises RuleError at `name`, NotFound."""
    return _changed(session, actor, moment, facet, "term.changed", lambda glossary: glossary.rename(value, name))


def set_synonyms(
    session: GuardedSession, actor: Actor, moment: Moment, facet: Facet, value: str, synonyms: Iterable[str]
) -> Entry:
    """Say what else a term is called. Raises RuleError at `synonyms`, naming the term that claims one; NotFound."""
    said = tuple(synonyms)
    return _changed(session, actor, moment, facet, "term.changed", lambda glossary: glossary.set_synonyms(value, said))


def change(
    session: GuardedSession,
    actor: Actor,
    moment: Moment,
    facet: Facet,
    value: str,
    name: str,
    synonyms: Iterable[str],
) -> Entry:
    """Both at once, as a form has them."""
    said = tuple(synonyms)
    return _changed(session, actor, moment, facet, "term.changed", lambda glossary: glossary.change(value, name, said))


def hide(session: GuardedSession, actor: Actor, moment: Moment, facet: Facet, value: str) -> Entry:
    """Take a term out of use; profiles keep it. Raises AlreadyDone, NotFound."""
    return _changed(session, actor, moment, facet, "term.hidden", lambda glossary: glossary.hide(value))


def show_again(session: GuardedSession, actor: Actor, moment: Moment, facet: Facet, value: str) -> Entry:
    """Take a hidden term back into use. Raises AlreadyDone, NotFound, RuleError when it means another by now."""
    return _changed(session, actor, moment, facet, "term.shown", lambda glossary: glossary.show_again(value))


def merge(session: GuardedSession, actor: Actor, moment: Moment, facet: Facet, value: str, into: str) -> Entry:
    """Make a term another name of the one that is kept, which finds its profiles at once. Answers the kept one."""
    return _changed(session, actor, moment, facet, "term.merged", lambda glossary: glossary.merge(value, into))


def keep_apart(session: GuardedSession, actor: Actor, moment: Moment, facet: Facet, value: str, other: str) -> Entry:
    """Say that two terms which look alike differ, so that nobody is told so again. Raises AlreadyDone, NotFound."""
    permissions.check(actor, permissions.Action.KEEP_APART)
    return _put_down(
        session, actor, moment, facet, "term.kept_apart", lambda glossary: glossary.keep_apart(value, other)
    )


def _changed(
    session: GuardedSession,
    actor: Actor,
    moment: Moment,
    facet: Facet,
    what: str,
    decide: Callable[[Glossary], tuple[Entry, ...]],
) -> Entry:
    permissions.check(actor, permissions.Action.EDIT_SETTINGS)
    return _put_down(session, actor, moment, facet, what, decide)


def _put_down(
    session: GuardedSession,
    actor: Actor,
    moment: Moment,
    facet: Facet,
    what: str,
    decide: Callable[[Glossary], tuple[Entry, ...]],
) -> Entry:
    rows = stored.terms_to_change(session, facet.value)
    glossary = glossary_of(facet, rows_of(rows))
    by_key = {row.key: row for row in rows}
    entries = decide(glossary)
    try:
        with session.begin_nested():
            for one in entries:
                if one != glossary.entries.get(one.key):
                    _put(session, actor, moment, facet, what, one, glossary.entries.get(one.key), by_key.get(one.key))
    except IntegrityError:
        raise AlreadyDone("A colleague is changing this list at the same moment. Please try again.") from None
    return entries[0]


def _put(
    session: GuardedSession,
    actor: Actor,
    moment: Moment,
    facet: Facet,
    what: str,
    entry: Entry,
    before: Entry | None,
    row: Term | None,
) -> None:
    if row is None:
        row = Term(id=moment.new_id(), facet=facet.value, key=entry.key, created_at=moment.now)
        row.created_by_id = actor.person_id
        session.add(row)
    row.value, row.synonyms, row.hidden = entry.value, list(entry.synonyms), entry.hidden
    row.differs_from = list(entry.differs_from)
    session.flush()
    told_before = _told(facet, before) if before else None
    audit.record(
        session, moment, actor.person_id, what, ("term", row.id), before=told_before, after=_told(facet, entry)
    )


def _told(facet: Facet, entry: Entry) -> dict[str, object]:
    told: dict[str, object] = {"facet": facet.value, "value": entry.value, "synonyms": list(entry.synonyms)}
    apart = {"differs_from": list(entry.differs_from)} if entry.differs_from else {}
    return told | {"hidden": entry.hidden} | apart
