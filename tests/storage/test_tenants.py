"""A public function of storage, run for one workspace, does the same whether or not another has look-alike rows.

The functions are found, not listed: a new one whose arguments nobody has given fails here until somebody does.
"""

import importlib
import inspect
import json
import pkgutil
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from typing import Any

import pytest
from sqlalchemy import Boolean, Column, Connection, Date, Integer, LargeBinary, Row, Table, true
from sqlalchemy.types import JSON

import storage
from domain.account_risk import Risk
from domain.adoption_list import Chosen
from domain.advocates import ConsentScope
from domain.crm import Thing
from domain.do_not_contact import Named, Origin
from domain.erasing import Subject, Traits
from domain.health import Measure
from domain.home_pages import Part as HomePart
from domain.messages import Kind, Rendered
from domain.nudge_effect import Did
from domain.people import Role
from domain.pulse_answers import Given
from domain.pulse_runs import State
from domain.request_report import Wanted
from domain.self_checks import Part
from domain.value import Brought, Filters, Period
from domain.vocabulary import Activity
from storage import contacts, engagements, home, letters, pulse_ballots, search, team_week, vocabulary
from storage.accounts import Account
from storage.base import Base, UtcTime
from storage.drafts import Draft
from storage.erasing import Erasure, Reach
from storage.guard import WORKSPACE, GuardedSession
from storage.import_progress import Begun
from storage.mechanisms import Mechanism
from storage.nominations import Contact, Nomination
from storage.sealing import Keys
from tests.patience import owner
from tests.worlds import ADA, KEYS, START, World

pytestmark = pytest.mark.one_login  # row-level security would hide the gaps of the guard

MINE, THEIRS = "mine", "theirs"
LATER = START + timedelta(days=400)

ACROSS = {
    "delivery": "the delivery loop leases messages of all workspaces at once",
    "workspaces": "finds the workspace in the first place",
    "pace.lock": "part of the delivery loop's claim",
    "turns.candidates": "part of the delivery loop's claim",
    "pace.forget": "tidies for all workspaces; a pace says nothing of anybody",
}
"""What runs across workspaces by intention, and why."""

BROUGHT = {"first": "2026-07-01", "last": "2026-09-30", "won_of_all": 3, "won": 2, "open": 1} | {
    "won_amounts": {"EUR": "10"},
    "open_amounts": {},
}

Value = Callable[[GuardedSession, World], object]


def always(value: object) -> Value:
    return lambda _session, _world: value


HOLDING = search.Holding(("quote",), date(2026, 9, 1))

GIVEN: dict[str, Value] = {
    "session": lambda session, _world: session,
    "moment": lambda _session, world: world.moment(),
    "real": always(LATER),
    "now": always(LATER),
    "before": always(LATER),
    "agreed_before": always(LATER),
    "ends_by": always(date(2027, 9, 1)),
    "after": always(START - timedelta(days=400)),
    "since": always(START - timedelta(days=400)),
    "until": always(LATER),
    "due_at": always(LATER),
    "wait": always(timedelta(seconds=3)),
    "most": always(100),
    "limit": always(40),
    "desk": always(True),
    "thing": always(Thing.ACCOUNTS),
    "said": always("2026-03-01 reference call"),
    "profiles.of_rows.behind": always({}),
    "team_week.read.before": always((START - timedelta(days=400), LATER)),
    "team_week.read.times": always(
        team_week.Times(START - timedelta(days=400), LATER, START, START, timedelta(hours=8), date(2026, 9, 1))
    ),
    "name": always("acme"),
    "account_names": always([MINE, THEIRS]),
    "names": always([MINE, THEIRS, "acme"]),
    "typed": always("ac"),
    "key": always("1"),
    "slot": always("1"),
    "family": always("1"),
    "slots": always(["1", "2"]),
    "keys": always(["1", "2", "acme"]),
    "words": always("acme words"),
    "wanted": always(search.Wanted(((search.Word("word"),),), resting_too=True, holding=HOLDING)),
    "assets.titled.words": always(["word"]),
    "consents": always({"1": None, "2": None}),
    "facet": always("industry"),
    "first": always(date(2026, 9, 1)),
    "last": always(date(2026, 9, 30)),
    "day": always(date(2026, 9, 1)),
    "today": always(date(2026, 9, 1)),
    "kinds": always(["quote", "video"]),
    "demand.requested.states": always(["new", "approved"]),
    "states": always(["active", "resting"]),
    "external_id": always("1"),
    "values": always(ADA),
    "new": lambda session, _world: contacts.candidate(session, ADA),
    "somebody_else": always(False),
    "source": always("command"),
    "email": always("ada@engines.example"),
    "value": always(1),
    "role": always(Role.TEAM),
    "status": always("won"),
    "person_ids": always(["2"]),
    "present": always([]),
    "functions": always({"U1": "marketing"}),
    "member": always({"id": "U1", "profile": {"real_name": "New", "email": "ada@engines.example"}}),
    "members": always([{"id": "U1", "profile": {"real_name": "New", "email": "ada@engines.example"}}]),
    "slack_user_id": always("U1"),
    "slack_user_ids": always(["U1", "U2"]),
    "actor_id": always("1"),
    "action": always("changed"),
    "subject": always("1"),
    "kind": always(Kind.NOMINATION_NEWS),
    "target": always("U1"),
    "message": always(Rendered("Hello", ())),
    "owner": always("owner"),
    "problem": always("a problem"),
    "channel": always("C1"),
    "ts": always("1.1"),
    "scope": always("U1"),
    "used": always(("*", "U1")),
    "updating": always(True),
    "everybody": always(True),
    "outcome": always("done"),
    "job": always("1"),
    "digests": always([b"1", b"2"]),
    "company_keys": always(["acme"]),
    "external_ids": always(["1", "2"]),
    "condition": always(true()),
    "merged": lambda session, _world: session.get_one(Nomination, (session.workspace_id, "1")),
    "kept": lambda session, _world: session.get_one(Nomination, (session.workspace_id, "2")),
    "rows": always([]),
    "import_id": always("1"),
    "counts": always({"accounts": 3}),
    "audit.record.subject": always(("nomination", "1")),
    "credit.brought.first": always(date(2020, 1, 1)),
    "credit.brought.last": always(date(2030, 1, 1)),
    "named": always(False),
    "manager_id": always("2"),
    "year": always(2026),
    "currency": always("EUR"),
    "period": always(Period()),
    "activity": always(Activity.REFERENCE_CALL),
    "use_report.by_activity.now": always(Period()),
    "use_report.by_activity.before": always(Period()),
    "value_days.keep.brought": always(Brought(date(2026, 7, 1), date(2026, 9, 30), 3, 2, 1, {}, {})),
    "health_days.keep.attained": always({Measure.ADOPTION: 0.5}),
    "home_pages.nominations.part": always(HomePart.MINE),
    "home_pages.requests.part": always(HomePart.REQUESTS),
    "offset": always(0),
    "home.glance.wanted": always(
        home.Wanted(
            "1", START, True, True, True, True, True, tuple(Part), date(2026, 9, 1), date(2026, 9, 2), True, True
        )
    ),
    "request_report.each.wanted": always(Wanted()),
    "request_report.behind.wanted": always(Wanted()),
    "outbox.newest_to.kinds": always([Kind.NOMINATION_NEWS]),
    "contacts.rename.contact": lambda session, _world: session.get_one(Contact, (session.workspace_id, "1")),
    "company": always("Acme Inc"),
    "outbox.newest_slot.kind": always(Kind.NOMINATION_ALERT),
    "settings.save.key": always("results_per_page"),
    "receipts.keep.key": always("new"),
    "vocabulary.take_up.new": always([vocabulary.NewTerm("industry", "space", "space")]),
    "undelivered.retry_dead.message_id": always("2"),
    "did": always(Did.LOOKED_UP),
    "letters": always([letters.Direct("U1", Rendered("Hello", ()), ("1",))]),
    "places": always(["UTC"]),
    "audience": always("sales"),
    "occasion": always("1"),
    "what": always("done"),
    "month_ago": always(START - timedelta(days=30)),
    "year_ago": always(START - timedelta(days=400)),
    "skip": always(0),
    "quarter_ago": always(START - timedelta(days=90)),
    "open_states": always(["new"]),
    "nudge_people.histories.first": always("1"),
    "nudge_people.histories.last": always("2"),
    "nudge_people.histories.since": always(date(2026, 1, 1)),
    "nudge_people.unwanted.first": always("1"),
    "nudge_people.unwanted.last": always("2"),
    "letters.sent_since.kinds": always([Kind.NOMINATION_ALERT]),
    "batch": always("1"),
    "turns.candidates.share": always(5),
    "filters": always(Filters()),
    "window": always(180),
    "live": always(True),
    "exports.page.name": always("accounts"),
    "exports.page.after": always(""),
    "imports.add_drafts.kind": always(Account),
    "many.add_rows.kind": always(Account),
    "many.add_rows.rows": always([]),
    "meetings.note_more.attended": always([]),
    "put": always([].append),
    "drafts": always([]),
    "file_key": always("1"),
    "import_progress.note.what": always(Begun("1", 0, 1, ())),
    "zone": always("UTC"),
    "start": always(LATER),
    "end": always(LATER),
    "lock": always(True),
    "whom": always((true(),)),
    "times": always(5),
    "reminded": always(1),
    "told": always({"1": Risk.RED, "2": None}),
    "asked": always([("2", "Sales", None)]),
    "ballots": always(
        [(pulse_ballots.Seat("1", "open", LATER, None, "2", "Sales", None, 0, False), b"3", Given((1, 2, 3, 4, 5)))]
    ),
    "given": always(Given((1, 2, 3, 4, 5))),
    "answers": always([("9", pulse_ballots.Cast("Sales", None, (1, 2, 3, 4, 5), None, ""))]),
    "comments": always([("9", "Sales", "More of it")]),
    "groups": always([f"{MINE} word", f"{THEIRS} word"]),
    "pulse_runs.ended.state": always(State.CLOSED),
    "pulse_ballots.find.keys": always([b"1", b"3"]),
    "pulse_ballots.change.key": always(b"1"),
    "team": always("1"),
    "coach_id": always("1"),
    "chosen": always(Chosen()),
    "days": always(365),
    "resistance.forget.before": always(date(2026, 12, 1)),
    "told_on": always(date(2026, 9, 1)),
    "month": always(date(2026, 9, 1)),
    "team_goals.to_tell.before": always(date(2026, 6, 1)),
    "team_goals.how_many_in.function": always("sales"),
    "quarter": always(date(2026, 9, 1)),
    "part": always("leader"),
    "mechanisms.summary.row": lambda session, _world: session.get_one(Mechanism, (session.workspace_id, "1")),
    "meetings.could_come.on": always(date(2026, 9, 1)),
    "meetings.to_tell.until": always(date(2027, 9, 1)),
    "meetings.to_ask.today": always(date(2027, 9, 1)),
    "listed": always([{"id": "U1", "deleted": True}, {"id": "U9", "deleted": True}]),
    "origin": always(Origin.ERASED),
    "reach": always(Reach(("1",), ("1",), ("1",), ("1",), ("1",), ("2",))),
    "traits": always(Traits(names=(f"{MINE} word", f"{THEIRS} word"), slack_ids=("U2",))),
    "erased.search.table": always("nomination"),
    "blind.digests.text": always("ada@engines.example"),
    "do_not_contact.against.new": always(Named("ada lovelace", "analytical engines", "ada@engines.example")),
    "do_not_contact.add.new": always(Named("ada lovelace", "analytical engines", "ada@engines.example")),
    "do_not_contact.against_any.candidates": always([Named("ada lovelace", "analytical engines", None)]),
    "old": always(Keys.of("another secret of the same house, and long enough")),
    "rekeying.seal_some.table": always(Draft),
    "rekeying.seal_some.after": always(None),
    "erased.naming.table": always("nomination"),
    "subjects": always(["1", "2"]),
    "slack_ids": always(["U1"]),
    "erasing.is_of_customer.row": lambda session, _world: session.get_one(Erasure, (session.workspace_id, "1")),
    "erasing.traits_in.row": lambda session, _world: session.get_one(Erasure, (session.workspace_id, "1")),
    "erasing.by_ids.subject": always(Subject(("1",), ("2",))),
    "erasing.called.subject": always(Subject(("1",), ("2",))),
    "erasing.reach_of.subject": always(Subject(("1",), ("2",))),
    "erasing.traits_of.subject": always(Subject(("1",), ("2",))),
    "erased_counts.has_email.subject": always(Subject(("1",), ("2",))),
    "erased_counts.is_in_slack.subject": always(Subject(("1",), ("2",))),
    "batches.place_of.kind": always(Kind.NOMINATION_ALERT),
}
"""What each parameter gets: by its name, or by module, function and name."""

IDS = (
    "account",
    "advocate",
    "asset",
    "campaign",
    "contact",
    "engagement",
    "entry",
    "goal",
    "mechanism",
    "meeting",
    "member",
    "message",
    "nomination",
    "nudge",
    "opportunity",
    "owner",
    "person",
    "plan",
    "pulse",
    "request",
    "run",
    "search",
    "target",
    "task",
)
GIVEN |= {f"{name}_id": always("1") for name in IDS} | {f"{name}_ids": always(["1", "2"]) for name in IDS}


def functions() -> dict[str, Callable[..., Any]]:
    """Every public function of storage that takes a session, by module and name."""
    found: dict[str, Callable[..., Any]] = {}
    for module in pkgutil.iter_modules(storage.__path__):
        loaded = importlib.import_module(f"storage.{module.name}")
        for name, function in inspect.getmembers(loaded, inspect.isfunction):
            own = function.__module__ == loaded.__name__ and not name.startswith("_")
            if own and "session" in inspect.signature(function).parameters:
                found[f"{module.name}.{name}"] = function
    return found


FUNCTIONS = functions()
WITHIN = [name for name in FUNCTIONS if not {name, name.split(".", maxsplit=1)[0]} & ACROSS.keys()]

CHOICES: dict[str, tuple[object, ...]] = {
    "nomination.state": ("submitted", "accepted"),
    "nomination.source": ("command", "web"),
    "nomination.merged_into_id": (None, None),
    "nomination.possible_duplicate_of": (None, None),
    "person.standing": ("member", "member"),
    "person.slack_user_id": ("U1", "U2"),
    "person.function": ("sales", None),
    "person.function_source": ("group", None),
    "person.manager_id": (None, "1"),
    "person.time_zone": ("UTC", "UTC"),
    "role_grant.role": (Role.TEAM.value, Role.ADMIN.value),
    "account.key": ("acme", "acme inc"),
    "account.external_id": ("1", "2"),
    "account.risk_told": ("red", None),
    "contact.name_key": ("ada lovelace", "other"),
    "contact.identity": ("ada lovelace", "other"),
    "contact.company_key": ("analytical engines", "acme"),
    "contact.name": ("Ada Lovelace", "Other"),
    "introduction.made_at": (None, None),
    "campaign.state": ("open", "closed"),
    "campaign_place.channel": ("C1", "C2"),
    "mechanism.state": ("open", "closed"),
    "mechanism.kind": ("community", "awards"),
    "mechanism.end": (None, "OVER"),
    "mechanism_member.state": ("invited", "member"),
    "mechanism_meeting.state": ("planned", "counted"),
    "advocate.state": ("active", "interviewing"),
    "draft.person_id": ("1", "2"),
    "consent.scopes": ([ConsentScope.LISTED.value], []),
    "outbox.status": ("sending", "dead"),
    "outbox.lane": ("interactive", "bulk"),
    "outbox.kind": (Kind.NOMINATION_ALERT.value, Kind.NOTICE.value),
    "outbox.lease_owner": ("owner", None),
    "outbox.slot": ("1", "2"),
    "outbox.target": ("U1", "U1"),
    "pace.scope": ("*", "U1"),
    "opportunity.external_id": ("1", "2"),
    "opportunity.status": ("won", "open"),
    "opportunity.kind": ("new", "renewal"),
    "opportunity.key": ("acme", "deal acme"),
    "pulse.key": ("1", "2"),
    "asset.kind": ("quote", "video"),
    "asset.withdrawn_at": (None, None),
    "request.state": ("new", "approved"),
    "request.activity": ("reference call", "video"),
    "request.routing": ("team", "team_owner"),
    "request.deal_fate": (None, "won"),
    "import_progress.refused": ([[2, "it is empty"]], []),
    "crm_reading.thing": ("accounts", "contacts"),
    "engagement.status": tuple(engagements.COUNTING),
    "engagement.activity": ("reference call", "video"),
    "term.facet": ("industry", "product"),
    "nudge_plan.audience": ("sales", "support"),
    "nudge_plan.shifted_from": (None, None),
    "nudge_plan.shifted_to": (None, None),
    "nudge.outcome": ("sent", "skipped"),
    "nudge.occasion": ("1", "2"),
    "nudge_reply.what": ("done", "unwanted"),
    "newcomer.channel": ("C1", "C2"),
    "newcomer.left_at": (None, None),
    "newcomer.welcomed_at": (None, None),
    "outbox.batch": ("1", "2"),
    "value_day.day": (date(2026, 9, 1), date(2026, 9, 2)),
    "value_day.brought": 2 * (BROUGHT,),
    "health_day.day": (date(2026, 9, 1), date(2026, 9, 2)),
    "monthly_thanks.month": (date(2026, 9, 1), date(2026, 8, 1)),
    "health_day.attained": ({"adoption": 0.5}, {}),
    "pulse_run.state": (State.OPEN.value, State.CLOSED.value),
    "ballot.key": (b"1", b"2"),
    "ballot.motive": ("gain", None),
    "self_check.part": ("leader", "champion"),
    "self_check.scores": ([5, 4, 3, 2, 1], [1, 1, 1, 1, 1]),
    "team_goal.team": ("sales", "1"),
    "team_goal.function": ("sales", None),
    "team_goal.state": ("agreed", "closed"),
    "team_goal.quarter": (date(2026, 9, 1), date(2026, 6, 1)),
    "team_goal.wanted": ([3, 2, 1], [1, 1, 1]),
    "team_goal.answer": (None, [1, 1, 1]),
    "team_goal.result": (None, [2, 2, 2]),
    "team_goal.told_in": (None, date(2026, 6, 1)),
    "launch_plan.state": ("running", "ended"),
    "launch_task.phase": ("announce", "promote"),
    "launch_task.part": ("program leader", "manager"),
    "launch_task.function": ("sales", None),
    "launch_task.state": ("open", "done"),
    "resistance_entry.state": ("open", "closed"),
    "resistance_entry.element": ("desire", "ability"),
    "resistance_entry.motive": ("gain", None),
    "do_not_contact.lifted_at": (None, None),
    "do_not_contact.origin": ("erased", "added"),
    "erasure.done_at": (None, START),
    "erasure.subjects": (["1"], []),
    "setting.key": ("results_per_page", "function_groups"),
    "setting.value": (7, {"S1": "sales"}),
}
"""What must be a certain value in the first and the second row; everything else follows from its type."""


def value_of(column: Column[Any], workspace_id: str, place: int, word: str) -> object:
    """The same in every workspace where rows are found by it, the workspace's word where it is only read."""
    name = f"{column.table.name}.{column.name}"
    if name == "retired_key.key":
        return KEYS.sealer(workspace_id).seal(b"a key of the same house".hex())
    if isinstance(column.type, LargeBinary) and name not in CHOICES and not column.name.endswith("digest"):
        form = json.dumps({"values": {"contact_name": word, "company": word, "why": word}, "source": "web"})
        return KEYS.sealer(workspace_id).seal(form)
    if name in CHOICES:
        return CHOICES[name][place]
    if column.foreign_keys or column.primary_key:
        return START if isinstance(column.type, UtcTime) else str(place + 1)
    by_type: list[tuple[type, object]] = [
        (UtcTime, START),
        (Date, date(2026, 9, 1)),
        (Boolean, True),
        (Integer, 1000),
        (LargeBinary, str(place + 1).encode()),
        (JSON, []),
    ]
    found = [value for kind, value in by_type if isinstance(column.type, kind)]
    # The full-text index is made of the body, so both workspaces can be found by "word".
    return found[0] if found else f"{word} word"[: getattr(column.type, "length", None) or 99]


def fill(world: World, workspace_id: str, word: str) -> None:
    """Two rows in every table of a tenant, which differ from another workspace's by one word."""
    with owner(world.db) as connection:
        for table in Base.metadata.sorted_tables:
            if WORKSPACE in table.c:
                rows = [row_of(table, workspace_id, place, word) for place in (0, 1)]
                connection.execute(table.insert(), rows)


def row_of(table: Table, workspace_id: str, place: int, word: str) -> dict[str, object]:
    made = {c.name: value_of(c, workspace_id, place, word) for c in table.c if c.autoincrement is not True}
    return made | {WORKSPACE: workspace_id}


def rows_of(connection: Connection, workspace_id: str) -> dict[str, list[object]]:
    """Everything stored for a workspace, read past the guard."""
    return {
        table.name: sorted(
            (
                plain(dict(row))
                for row in connection.execute(table.select().where(table.c[WORKSPACE] == workspace_id)).mappings()
            ),
            key=str,
        )
        for table in Base.metadata.sorted_tables
        if WORKSPACE in table.c
    }


def plain(value: object) -> Any:
    """What somebody sees of a value, comparable between two databases."""
    value = value._asdict() if isinstance(value, Row) else value
    if isinstance(value, Base):
        return {column.name: plain(getattr(value, column.name)) for column in value.__table__.columns}
    if is_dataclass(value) and not isinstance(value, type):
        return {item.name: plain(getattr(value, item.name)) for item in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items() if key != "number"}
    if isinstance(value, list | tuple | set | frozenset):
        items = [plain(item) for item in value]
        return sorted(items, key=str) if isinstance(value, set | frozenset) else items
    if isinstance(value, bytes):
        return "sealed" if len(value) > 2 else value
    if isinstance(value, Enum | datetime | date | str | int | float | Decimal | None):
        return str(value)
    raise AssertionError(f"say how a {type(value).__name__} compares")


def arguments(name: str, session: GuardedSession, world: World) -> tuple[list[object], dict[str, object]]:
    positional, named = [], {}
    for parameter in inspect.signature(FUNCTIONS[name]).parameters.values():
        optional = parameter.kind is parameter.VAR_KEYWORD or parameter.default is not parameter.empty
        given = GIVEN.get(f"{name}.{parameter.name}") or (None if optional else GIVEN.get(parameter.name))
        if optional and given is None:
            continue
        assert given is not None, f"give {parameter.name} of storage.{name} a value in GIVEN"
        if parameter.kind is parameter.KEYWORD_ONLY:
            named[parameter.name] = given(session, world)
        else:
            positional.append(given(session, world))
    return positional, named


@dataclass
class Seen:
    """What came of a function: its answer or its error, its own workspace's rows and the other's, all plain."""

    answer: object
    own: dict[str, list[object]]
    other: dict[str, list[object]]


def run(world: World, name: str, workspace_id: str, other_id: str) -> Seen:
    """Run a function in a transaction that is looked at and rolled back. Time and ids are the same every time."""
    world.now, world.rng = START, random.Random(7)
    with world.db.session(workspace_id) as session:
        positional, named = arguments(name, session, world)
        answer = plain(FUNCTIONS[name](*positional, **named))
        session.flush()
        connection = session.connection()
        return Seen(answer, rows_of(connection, workspace_id), rows_of(connection, other_id))


def test_every_function_does_the_same_whether_or_not_another_workspace_has_look_alike_rows(world: World) -> None:
    mine, theirs = world.workspace("T1"), world.workspace("T2")
    fill(world, mine, MINE)
    alone = {name: run(world, name, mine, theirs) for name in WITHIN}
    fill(world, theirs, THEIRS)
    with owner(world.db) as connection:
        their_rows = rows_of(connection, theirs)
    assert all(len(rows) == 2 for rows in their_rows.values())
    together = {name: run(world, name, mine, theirs) for name in WITHIN}
    assert {name for name in WITHIN if together[name].other != their_rows} == set()
    assert {name: together[name].answer for name in WITHIN if together[name].answer != alone[name].answer} == {}
    assert {name for name in WITHIN if together[name].own != alone[name].own} == set()
    assert THEIRS not in str([(seen.answer, seen.own) for seen in together.values()])


def test_functions_that_run_across_workspaces_are_few_and_named() -> None:
    known = set(FUNCTIONS) | {name.split(".", maxsplit=1)[0] for name in FUNCTIONS}
    assert ACROSS.keys() <= known
