"""The library as the program leader makes it their own: switch a text off, say it otherwise, add one, try it out."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain import permissions
from domain.errors import NotFound, RuleError
from domain.moment import Moment
from domain.names import clean_text
from domain.nudges import FACT_WORDS, LONGEST_TEXT, Audience, Button, Entry, fill, needs_of, wanting
from domain.people import Actor
from domain.permissions import Action
from domain.phrases import listed
from domain.pulse import Element
from domain.pulse_statements import Motive
from steps.nudge_facts import Known, program
from steps.nudge_library import library, shipped
from storage import audit, nudges
from storage.guard import GuardedSession
from storage.nudges import NudgeEdit

MOST_OWN = 60
"""Texts that may be added: as many as fit into the list beside those that come with Everboard."""

OWN = "own-"
"""Leads the id of an added text; those that come with Everboard begin otherwise."""


@dataclass(frozen=True, slots=True)
class Tried:
    """How a text would read now. `lacks` says what has to be true first, "" when it could be sent."""

    text: str
    lacks: str = ""


def check(_session: GuardedSession, actor: Actor, _moment: Moment) -> None:
    """Raises NotAllowed for whoever may not change the texts."""
    permissions.check(actor, Action.EDIT_SCHEDULES)


def shelf(session: GuardedSession, actor: Actor, _moment: Moment, element: Element) -> list[Entry]:
    """All texts of an element, the leader's own first. Raises NotAllowed."""
    permissions.check(actor, Action.EDIT_SCHEDULES)
    found = [entry for entry in library(session) if entry.element is element]
    return sorted(found, key=lambda entry: (not entry.is_own, entry.day is not None, entry.day or 0))


def one(session: GuardedSession, actor: Actor, _moment: Moment, entry_id: str) -> Entry:
    """One text. Raises NotAllowed, NotFound."""
    permissions.check(actor, Action.EDIT_SCHEDULES)
    found = next((entry for entry in library(session) if entry.id == entry_id), None)
    if found is None:
        raise NotFound("That text is not there any more.")
    return found


def change(session: GuardedSession, actor: Actor, moment: Moment, entry_id: str, text: str, *, is_off: bool) -> None:
    """Say it otherwise, or switch it off or on. The text it came with comes back when nothing is typed.

    Raises RuleError at `text` for a text that cannot be a nudge, NotAllowed, NotFound.
    """
    before = one(session, actor, moment, entry_id)
    typed = _cleaned(text)
    if typed or before.is_own:
        needs_of(typed)
    came = next((entry.text for entry in shipped() if entry.id == entry_id), None)
    row = session.get(NudgeEdit, (session.workspace_id, entry_id))
    if row is None:
        row = NudgeEdit(entry_id=entry_id, is_own=False, audiences=[])
        session.add(row)
    row.text = None if typed in ("", came) else typed
    row.is_off, row.changed_by_id, row.changed_at = is_off, actor.person_id, moment.now
    said = {"text": before.text, "is_off": before.is_off}
    after: dict[str, object] = {"text": row.text or came, "is_off": is_off}
    if said != after:
        audit.record(
            session,
            moment,
            actor.person_id,
            "nudges.text_changed",
            ("workspace", session.workspace_id),
            before={"id": entry_id, **said},
            after={"id": entry_id, **after},
        )


def add(
    session: GuardedSession,
    actor: Actor,
    moment: Moment,
    text: str,
    element: Element,
    audiences: Sequence[Audience],
    motive: Motive,
    button: Button,
) -> Entry:
    """Add a text of one's own. Raises RuleError at `text` or `audiences`, NotAllowed."""
    permissions.check(actor, Action.EDIT_SCHEDULES)
    typed = _cleaned(text)
    needs_of(typed)
    if not audiences:
        raise RuleError("Please choose for whom it is.", {"audiences": "Please choose for whom it is."})
    own = [row for row in nudges.edits(session) if row.is_own]
    if len(own) >= MOST_OWN:
        sentence = f"There are {MOST_OWN} texts of yours already. Please change one of them instead."
        raise RuleError(sentence, {"text": sentence})
    if typed in {row.text for row in own}:
        raise RuleError("You have this text already.", {"text": "You have this text already."})
    entry_id = f"{OWN}{moment.new_id().lower()}"
    row = NudgeEdit(entry_id=entry_id, is_own=True, text=typed, element=element.value, motive=motive.value)
    row.audiences, row.button, row.is_off = [one.value for one in audiences], button.value, False
    row.changed_by_id, row.changed_at = actor.person_id, moment.now
    session.add(row)
    session.flush()
    audit.record(
        session,
        moment,
        actor.person_id,
        "nudges.text_added",
        ("workspace", session.workspace_id),
        after={"id": entry_id, "text": typed},
    )
    return one(session, actor, moment, entry_id)


def attempt(session: GuardedSession, actor: Actor, moment: Moment, text: str, audience: Audience) -> Tried:
    """How a text would read for this audience now. Raises RuleError at `text`, NotAllowed."""
    permissions.check(actor, Action.EDIT_SCHEDULES)
    typed = _cleaned(text)
    entry = Entry("", Element.AWARENESS, (audience,), Motive.GAIN, typed, Button.DONE, needs_of(typed))
    facts = Known.of(program(session, moment), audience).facts()
    missing = [FACT_WORDS[fact] for fact in wanting(entry, facts)]
    if missing:
        return Tried(typed, f"It is not sent before there is {listed(missing)}.")
    return Tried(fill(entry, facts))


def _cleaned(text: str) -> str:
    return clean_text(text, 2 * LONGEST_TEXT).strip()
