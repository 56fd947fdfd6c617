"""Whatever people ask for, approve, take back and move, and whenever: no advocate is ever over the cap by a request,
unless the audit says that somebody overrode the protection, and why. Through the real steps, on SQLite."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from shutil import copyfile
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from domain.capacity import Use, flagged
from domain.errors import RuleError
from domain.limits import Limits
from domain.people import Role
from domain.request_outcomes import Happened, Outcome
from domain.request_routing import Routing
from domain.requests import DeclineReason, OwnerReason
from domain.vocabulary import Activity
from steps import fulfilment, outcomes, taking_back
from storage.audit import Audit
from storage.engagements import COUNTING, Engagement
from storage.guard import GuardedSession
from storage.requests import Request
from tests.patience import patient
from tests.steps.crowd import Crowd
from tests.steps.desk import Desk
from tests.worlds import KEYS, START, World

NAMES = ("Ada", "Grace")
REASON = "They offered it"

which = st.integers(0, 5)
ahead = st.integers(0, 130)
reasons = st.sampled_from([None, None, REASON])
activities = st.sampled_from([Activity.REFERENCE_CALL, Activity.CASE_STUDY])
brought = st.tuples(st.just("bring"), st.just("Ada"), st.integers(1, 60))
approved = st.tuples(st.just("approve"), which)
others = st.one_of(
    st.tuples(st.just("ask"), st.sampled_from([*NAMES, None]), st.integers(1, 130), activities),
    st.tuples(st.just("route"), st.sampled_from(Routing)),
    st.tuples(st.just("propose"), which, st.sampled_from(NAMES), ahead, reasons),
    st.tuples(st.just("schedule"), which, ahead, reasons),
    st.tuples(st.just("tell"), which, st.sampled_from(Happened), ahead),
    st.tuples(st.sampled_from(["refuse", "cancel", "look_again", "decline", "reopen"]), which),
    st.tuples(st.just("wait"), st.integers(1, 50)),
)
acts = st.one_of(brought, approved, approved, others, others)
"""Several at a time are under way for one of the two, so that the last slot is often fought for."""


@pytest.fixture(scope="module")
def seeded(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Desk]:
    """A file with two advocates, their owner, a rep and somebody of the team in it, to copy from."""
    path = tmp_path_factory.mktemp("cap") / "seeded.db"
    copyfile(sqlite_template, path)
    world = World(patient(f"sqlite:///{path}", KEYS))
    workspace_id = world.workspace("T1")
    rep, team = world.member(workspace_id, "UREP"), world.member(workspace_id, "UTEAM", Role.TEAM)
    desk = Desk(Crowd(world, workspace_id, rep, team), world.member(workspace_id, "UOWNER"))
    for name in NAMES:
        desk.crowd.add(name)
    desk.own_all()
    world.db.close()
    return path, desk


@pytest.mark.slow
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(begun=st.lists(brought, min_size=3, max_size=5), story=st.lists(acts, min_size=10, max_size=30))
def test_no_request_ever_goes_over_the_cap_without_an_override(
    seeded: tuple[Path, Desk], tmp_path: Path, begun: list[tuple[Any, ...]], story: list[tuple[Any, ...]]
) -> None:
    path, desk = seeded
    copyfile(path, tmp_path / "story.db")
    db = patient(f"sqlite:///{tmp_path / 'story.db'}", KEYS)
    try:
        desk.crowd.world.db, desk.crowd.world.now = db, START
        for one in (*begun, *story):
            try:
                ACTS[one[0]](desk, *one[1:])
            except RuleError:
                continue
            desk.crowd.world.do(desk.crowd.id, check_protection)
    finally:
        db.close()


def check_protection(session: GuardedSession) -> None:
    """What was not overridden fits beside all else that was not; what was overridden is in the audit."""
    overridden = session.scalars(select(Audit).where(Audit.action == "protection.overridden"))
    audited = {(row.after or {}).get("request"): row.reason for row in overridden}
    rows = list(session.scalars(select(Engagement).where(Engagement.status.in_(COUNTING))))
    for row in rows:
        assert not row.over_cap or audited.get(row.request_id) == REASON
    for advocate_id in {row.advocate_id for row in rows}:
        uses = [as_use(row) for row in rows if row.advocate_id == advocate_id and not row.over_cap]
        assert flagged(uses, Limits()) == ()


def as_use(row: Engagement) -> Use:
    return Use(row.happens_on, row.halves, Activity(row.activity), request_id=row.request_id)


def on(desk: Desk, days: int) -> date:
    return desk.crowd.world.now.date() + timedelta(days=days)


def pick(desk: Desk, at: int) -> str:
    """One of the requests that there are. Raises RuleError where there is none yet."""

    def read(session: GuardedSession) -> list[str]:
        return list(session.scalars(select(Request.id).order_by(Request.created_at, Request.id)))

    found = desk.crowd.world.do(desk.crowd.id, read)
    if not found:
        raise RuleError("Nobody has asked yet.")
    return str(found[at % len(found)])


def ask(desk: Desk, name: str | None, days: int, activity: Activity) -> None:
    more: dict[str, Any] = {}
    if activity is Activity.CASE_STUDY:
        more = {"attendees": None, "deadline": on(desk, days)}
    desk.ask(name, activity=activity, need_by=on(desk, days), **more)


def bring(desk: Desk, name: str, days: int) -> None:
    """As far as the owner's question."""
    desk.propose(desk.ask(name, need_by=on(desk, days)), name, day=on(desk, days))


def propose(desk: Desk, at: int, name: str, days: int, reason: str | None) -> None:
    desk.propose(pick(desk, at), name, reason, day=on(desk, days))


def schedule(desk: Desk, at: int, days: int, reason: str | None) -> None:
    when = datetime.combine(on(desk, days), time(15), UTC)
    desk.crowd.do(fulfilment.schedule, desk.crowd.team, pick(desk, at), when, reason)


def tell(desk: Desk, at: int, happened: Happened, days: int) -> None:
    moved_to = on(desk, days) if happened is Happened.MOVED else None
    outcome = replace(Outcome(happened, 4 if happened is Happened.YES else None), moved_to=moved_to)
    desk.crowd.do(outcomes.tell, desk.crowd.rep, pick(desk, at), outcome)


ACTS: dict[str, Any] = {
    "ask": ask,
    "route": lambda desk, routing: desk.route(routing),
    "bring": bring,
    "propose": propose,
    "approve": lambda desk, at: desk.approve(pick(desk, at)),
    "schedule": schedule,
    "tell": tell,
    "refuse": lambda desk, at: desk.crowd.do(fulfilment.refuse, desk.owner, pick(desk, at), OwnerReason.TIMING, None),
    "cancel": lambda desk, at: desk.crowd.do(taking_back.take_back, desk.crowd.rep, pick(desk, at)),
    "look_again": lambda desk, at: desk.crowd.do(fulfilment.look_again, desk.crowd.team, pick(desk, at)),
    "decline": lambda desk, at: desk.crowd.do(
        fulfilment.decline, desk.crowd.team, pick(desk, at), DeclineReason.OTHER, None
    ),
    "reopen": lambda desk, at: desk.crowd.do(fulfilment.reopen, desk.crowd.team, pick(desk, at)),
    "wait": lambda desk, days: desk.pass_time(days=days),
}
