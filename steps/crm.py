"""Reading a CRM, step by step: where to go on, what came of it, who hears of trouble, and what the CRM is told.

What a record becomes is decided by the imports; the CRM itself is spoken to outside of any transaction.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain import crm, permissions
from domain.crm import Fields, Mark, Refused, Thing, Use
from domain.errors import RuleError
from domain.messages import Kind, Rendered
from domain.moment import Moment
from domain.people import Actor, Role
from domain.settings import Settings
from storage import audit, outbox, people, settings
from storage import crm as stored
from storage.guard import GuardedSession
from views import crm as view

TOLD = (Role.ADMIN, Role.LEADER)
"""Who can act: the first on the server and the login, the second on fields and records."""

KEPT = 200
"""Refused records that are kept for `everboard crm status`."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What one reading asks for: fields, where to begin, and into which field it writes ("" for none)."""

    fields: Mapping[Thing, Fields]
    since: Mapping[Thing, Mark | None]
    write_field: str


@dataclass(frozen=True, slots=True)
class ToTell:
    """What the CRM is to be told of a deal."""

    opportunity_id: str
    external_id: str
    name: str
    said: str


def plan(session: GuardedSession) -> Plan:
    """What to read. Two statements."""
    known, done = settings.load(session), stored.readings(session)
    begin = {
        thing: crm.since(done[thing].mark, going_on=not done[thing].is_whole) if thing in done else None
        for thing in Thing
    }
    return Plan({thing: crm.fields_of(thing, known.crm_fields) for thing in Thing}, begin, known.crm_write_field)


def page_taken(session: GuardedSession, thing: Thing, mark: Mark) -> None:
    """Everything up to this record is stored: a reading that is cut goes on from here."""
    row = stored.reading(session, thing)
    row.changed_at, row.record_id, row.is_whole = mark.changed_at, mark.id, False


def finished(session: GuardedSession, moment: Moment, thing: Thing, refused: Sequence[Refused]) -> None:
    """Nothing more waits. Whoever can act hears of records that could not be taken, once of each."""
    row = stored.reading(session, thing)
    known = {(one[0], one[2]) for one in row.refused or []}
    fresh = [one for one in refused if (one.id, one.reason) not in known]
    # What was refused before and does not come again has not changed there: it is still refused.
    again = {one.id for one in refused}
    kept = [one for one in row.refused or [] if one[0] not in again]
    row.is_whole, row.read_at, row.trouble = True, moment.now, None
    row.refused = [*([one.id, one.name, one.reason] for one in refused), *kept][:KEPT]
    if fresh:
        _tell(session, moment, view.refused(fresh))


def taken(session: GuardedSession, thing: Thing, ids: Sequence[str]) -> None:
    """These records came in: they are no longer among the refused."""
    row = stored.reading(session, thing)
    if row.refused and (left := [one for one in row.refused if one[0] not in set(ids)]) != row.refused:
        row.refused = left


def failed(session: GuardedSession, moment: Moment, thing: Thing, name: str, sentence: str) -> None:
    """It could not be read. Whoever can act hears of it once, until it worked again."""
    row = stored.reading(session, thing)
    if row.trouble != sentence:
        row.trouble = sentence
        _tell(session, moment, view.trouble(name, sentence))


def _tell(session: GuardedSession, moment: Moment, message: Rendered) -> None:
    found = {one.slack_user_id for role in TOLD for one in people.holders(session, role) if one.slack_user_id}
    for person in sorted(found):
        outbox.put(session, moment, Kind.NOTICE, person, message)


def to_tell(session: GuardedSession) -> list[ToTell]:
    """What the CRM does not know yet of the deals' uses. Two statements."""
    known = stored.told(session)
    by_deal: dict[str, list[stored.DealUse]] = {}
    for use in stored.uses(session):
        by_deal.setdefault(use.opportunity_id, []).append(use)
    found = [
        ToTell(some[0].opportunity_id, some[0].external_id, some[0].name, _said(some)) for some in by_deal.values()
    ]
    return [one for one in found if known.get(one.opportunity_id) != one.said]


def _said(uses: Sequence[stored.DealUse]) -> str:
    return crm.told([Use(use.activity, use.happened_on) for use in uses])


def was_told(session: GuardedSession, moment: Moment, what: ToTell) -> None:
    """The CRM has taken it."""
    stored.note_told(session, what.opportunity_id, what.said, moment.now)
    audit.record(session, moment, None, "crm.told", ("opportunity", what.opportunity_id), after={"said": what.said})


def seen(session: GuardedSession, actor: Actor, _moment: Moment) -> Settings:
    """The settings, for whoever may change them."""
    permissions.check(actor, permissions.Action.EDIT_SETTINGS)
    return settings.load(session)


def set_fields(
    session: GuardedSession, actor: Actor, moment: Moment, typed: Mapping[Thing, str], write_field: str
) -> None:
    """Say which of the CRM's fields means what, and into which one deals' uses are written. What is read by other
    fields from now on is read from the beginning. Raises RuleError at each field that is wrong."""
    permissions.check(actor, permissions.Action.EDIT_SETTINGS)
    wrong: dict[str, str] = {}
    chosen: dict[str, dict[str, str]] = {}
    for thing, lines in typed.items():
        try:
            chosen[thing.value] = crm.read_lines(thing, lines, view.field_of(thing))
        except RuleError as error:
            wrong |= error.fields
    try:
        into = crm.check_write_field(write_field, view.WRITE_FIELD)
    except RuleError as error:
        wrong |= error.fields
    if wrong:
        raise RuleError("Some fields are not right.", wrong)
    _save(session, actor, moment, chosen, into)


def _save(
    session: GuardedSession, actor: Actor, moment: Moment, chosen: Mapping[str, Mapping[str, str]], into: str
) -> None:
    known = settings.load(session)
    before: dict[str, object] = {"crm_fields": known.crm_fields, "crm_write_field": known.crm_write_field}
    after: dict[str, object] = {
        "crm_fields": {key: some for key, some in chosen.items() if some},
        "crm_write_field": into,
    }
    for thing in Thing:
        if crm.fields_of(thing, known.crm_fields) != crm.fields_of(thing, chosen):
            row = stored.reading(session, thing)
            row.changed_at, row.record_id, row.is_whole = None, None, True
    changed = {key: value for key, value in after.items() if before[key] != value}
    for key, value in changed.items():
        settings.save(session, moment, actor.person_id, key, value)
    if changed:
        subject = ("workspace", session.workspace_id)
        was = {key: before[key] for key in changed}
        audit.record(session, moment, actor.person_id, "settings.changed", subject, before=was, after=changed)
