"""Which messages a sender may send now, and what a late answer means; on both databases."""

import random
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime, timedelta
from threading import Barrier

import pytest
from sqlalchemy import event, select

from domain.errors import NotFound
from domain.messages import Kind, Lane, Rendered
from domain.moment import Moment
from storage import delivery, outbox, outcomes, pace, undelivered
from storage.delivery import LEASE, Claimed
from storage.guard import GuardedSession
from storage.outbox import Message, Pace, Post, Status
from tests.outbox import KEYS, START, Company
from tests.patience import patient

ROOM = {Lane.INTERACTIVE: 40, Lane.BULK: 60}
SECOND = timedelta(seconds=1)


@pytest.fixture
def company(database_url: str) -> Iterator[Company]:
    db = patient(database_url, KEYS)
    yield Company(db)
    db.close()


def purge(session: GuardedSession, now: datetime) -> bool:
    """With what was sent kept for seven days."""
    return undelivered.purge(session, now, now - timedelta(days=7))


def claim(company: Company, owner: str = "one", *, paced: bool = True) -> list[Claimed]:
    clock = company.clock
    claimed: list[Claimed] = company.across(delivery.claim, owner, clock.now(), clock.real(), ROOM, paced=paced)
    return claimed


def texts(claimed: list[Claimed]) -> list[str]:
    return [message.text for message in claimed]


@contextmanager
def counted(company: Company) -> Iterator[list[str]]:
    statements: list[str] = []

    def note(*arguments: object) -> None:
        statements.append(str(arguments[2]))

    event.listen(company.db.shared, "before_cursor_execute", note)
    yield statements
    event.remove(company.db.shared, "before_cursor_execute", note)


def post_of(company: Company, slot: str) -> tuple[str, str] | None:
    def read(session: GuardedSession) -> tuple[str, str] | None:
        post = session.get(Post, (session.workspace_id, slot))
        return None if post is None else (post.channel, post.ts)

    found: tuple[str, str] | None = company.do(read)
    return found


def test_urgent_before_bulk_and_oldest_first(company: Company) -> None:
    company.put("U1", "win", Kind.WIN)
    company.put("U2", "older news")
    company.put("U3", "newer news")
    assert texts(claim(company)) == ["older news", "newer news", "win"]


def test_what_is_not_due_waits_for_the_calendar(company: Company) -> None:
    company.put("U1", due_at=START + timedelta(days=1))
    assert claim(company) == []
    company.clock.jump(timedelta(days=1))
    assert texts(claim(company)) == ["Hello"]


def test_a_lease_names_its_owner_and_counts_the_attempt(company: Company) -> None:
    message_id = company.put("U1")
    (claimed,) = claim(company)
    row = company.row(message_id)
    assert (row.status, row.lease_owner, row.attempts) == (Status.SENDING.value, "one", 1)
    assert row.lease_until == company.clock.real() + LEASE == claimed.lease_until
    assert row.started_at == company.clock.now() == claimed.started_at
    assert claim(company, "two") == []


def test_a_workspace_gets_a_second_s_worth_evenly_spaced(company: Company) -> None:
    for number in range(10):
        company.put(f"U{number}")
    first = claim(company)
    gaps = [(message.send_at - company.clock.real()) / SECOND for message in first]
    assert gaps == [0, 0.25, 0.5, 0.75]
    assert claim(company, "two") == []
    company.clock.move(SECOND)
    assert len(claim(company, "two")) == 4


def test_a_conversation_gets_one_a_second(company: Company) -> None:
    for number in range(3):
        company.put("C1", f"{number}")
    company.put("C2", "elsewhere")
    assert texts(claim(company)) == ["0", "elsewhere"]
    company.clock.move(SECOND)
    assert texts(claim(company)) == ["1"]


def test_a_crowded_conversation_does_not_hide_the_others(company: Company) -> None:
    for number in range(30):
        company.put("C1", f"{number}")
    company.put("C2", "elsewhere")
    claim(company)
    company.clock.move(SECOND / 2)
    assert "elsewhere" in texts(claim(company))


def test_workspaces_do_not_share_an_allowance(company: Company) -> None:
    other = company.workspace("T2")
    for number in range(6):
        company.put(f"U{number}")
        company.put(f"U{number}", workspace=other)
    shares = Counter(message.workspace_id for message in claim(company))
    assert shares == {company.workspace_id: 4, other: 4}


def test_an_alert_waits_at_most_a_second_behind_a_fan_out(company: Company) -> None:
    for number in range(200):
        company.put(f"U{number}", "bulk", Kind.WIN)
    claim(company)
    company.clock.move(SECOND / 10)
    company.put("C9", "alert", Kind.NOMINATION_ALERT)
    company.clock.move(SECOND)
    first = claim(company)[0]
    assert (first.text, first.send_at) == ("alert", company.clock.real())


def test_unpaced_claims_take_everything_at_once(company: Company) -> None:
    for number in range(30):
        company.put(f"U{number}", "bulk", Kind.WIN)
    claimed = claim(company, paced=False)
    assert len(claimed) == 30
    assert {message.send_at for message in claimed} == {company.clock.real()}


def test_room_is_kept_by_lane(company: Company) -> None:
    for number in range(3):
        company.put(f"U{number}", "bulk", Kind.WIN)
    company.put("U9", "urgent")
    clock = company.clock
    full = {Lane.INTERACTIVE: 5, Lane.BULK: 1}
    assert texts(company.across(delivery.claim, "one", clock.now(), clock.real(), full)) == ["urgent", "bulk"]


@pytest.mark.parametrize("number", [1, 5, 40])
def test_a_claim_costs_the_same_statements_whatever_is_due(company: Company, number: int) -> None:
    others = [company.workspace(f"T{index}") for index in range(10, 10 + number % 8)]
    for index in range(number):
        for workspace in [company.workspace_id, *others]:
            company.put(f"U{index}", workspace=workspace)
    with counted(company) as statements:
        assert claim(company)
    assert len([statement for statement in statements if not statement.startswith("BEGIN")]) == 8


def test_looking_when_nothing_is_due_is_one_statement(company: Company) -> None:
    with counted(company) as statements:
        assert claim(company) == []
    assert len([statement for statement in statements if not statement.startswith("BEGIN")]) == 1


def test_one_message_of_a_slot_at_a_time_and_the_newest_wins(company: Company) -> None:
    company.put("C1", "first", slot="nomination:1")
    (first,) = claim(company)
    company.put("C1", "second", slot="nomination:1")
    company.put("C1", "third", slot="nomination:1")
    company.clock.move(2 * SECOND)
    assert claim(company) == []
    assert not company.do(outcomes.delivered, company.clock.now(), first.id, "C1", "1.1")
    (third,) = claim(company)
    assert (third.text, third.post) == ("third", ("C1", "1.1"))


def test_a_failed_message_of_a_slot_gives_way_to_a_newer_one(company: Company) -> None:
    old = company.put("C1", "old", slot="s")
    claim(company)
    company.put("C1", "new", slot="s")
    company.do(outcomes.retry, "one", old, company.clock.now(), "it failed")
    assert company.row(old).status == Status.SUPERSEDED.value
    company.clock.move(2 * SECOND)
    assert texts(claim(company)) == ["new"]


def test_updates_leave_at_slack_s_slower_pace_for_them(company: Company) -> None:
    for number in range(3):
        company.put(f"C{number}", slot=f"s{number}")
    for index, message in enumerate(claim(company)):
        company.do(outcomes.delivered, company.clock.now(), message.id, message.target, f"1.{index}")
    company.clock.move(timedelta(seconds=5))
    for number in range(3):
        company.put(f"C{number}", slot=f"s{number}")
    assert len(claim(company)) == 1
    company.clock.move(SECOND)
    assert claim(company) == []
    company.clock.move(SECOND / 2)
    assert len(claim(company)) == 1


def test_delivered_notes_where_it_stands(company: Company) -> None:
    message_id = company.put("U1", slot="s")
    claim(company)
    assert not company.do(outcomes.delivered, company.clock.now(), message_id, "D1", "1.1")
    row = company.row(message_id)
    assert (row.status, row.channel, row.ts, row.lease_owner) == (Status.DELIVERED.value, "D1", "1.1", None)
    assert post_of(company, "s") == ("D1", "1.1")


def test_a_second_copy_is_told_to_delete_itself(company: Company) -> None:
    message_id = company.put("C1")
    claim(company)
    company.do(outcomes.delivered, company.clock.now(), message_id, "C1", "1.1")
    assert not company.do(outcomes.delivered, company.clock.now(), message_id, "C1", "1.1")
    assert company.do(outcomes.delivered, company.clock.now(), message_id, "C1", "1.2")
    assert company.row(message_id).ts == "1.1"


def test_a_late_delivery_counts_although_the_lease_went_to_another(company: Company) -> None:
    message_id = company.put("C1")
    claim(company, "dead")
    company.clock.move(LEASE + SECOND)
    assert company.across(delivery.claim_doubtful, "heir", company.clock.real(), 9)
    assert not company.do(outcomes.delivered, company.clock.now(), message_id, "C1", "1.1")
    company.do(outcomes.retry, "heir", message_id, company.clock.now(), "not found")
    assert company.row(message_id).status == Status.DELIVERED.value


def test_a_message_erased_on_its_way_is_taken_back(company: Company) -> None:
    assert company.do(outcomes.delivered, company.clock.now(), "0" * 26, "C1", "1.1")


def test_an_old_owner_changes_nothing(company: Company) -> None:
    message_id = company.put("C1")
    claimed = claim(company, "dead")
    company.clock.move(LEASE + SECOND)
    company.across(delivery.claim_doubtful, "heir", company.clock.real(), 9)
    company.do(outcomes.retry, "dead", message_id, company.clock.now(), "late")
    company.do(outcomes.dead, company.clock.now(), "dead", message_id, "late")
    company.across(delivery.hand_back, "dead", claimed)
    row = company.row(message_id)
    assert (row.status, row.lease_owner) == (Status.SENDING.value, "heir")


def test_a_lease_runs_out_in_real_time_only(company: Company) -> None:
    company.put("C1")
    claim(company, "dead")
    company.clock.jump(timedelta(days=90))
    assert company.across(delivery.claim_doubtful, "heir", company.clock.real(), 9) == []
    company.clock.move(LEASE + SECOND)
    (found,) = company.across(delivery.claim_doubtful, "heir", company.clock.real(), 9)
    assert found.attempts == 1
    assert company.across(delivery.claim_doubtful, "third", company.clock.real(), 9) == []


def test_handed_back_messages_are_as_before(company: Company) -> None:
    message_id = company.put("C1")
    company.across(delivery.hand_back, "one", claim(company))
    row = company.row(message_id)
    assert (row.status, row.attempts, row.lease_owner) == (Status.WAITING.value, 0, None)


def slow_down(company: Company, target: str, *, everybody: bool = False) -> None:
    wait = timedelta(seconds=30)
    company.do(outcomes.slowed_down, company.clock.real(), target, wait, updating=False, everybody=everybody)


def test_one_conversation_told_to_wait_does_not_stop_the_others(company: Company) -> None:
    company.put("C1", "busy")
    company.put("C2", "elsewhere")
    slow_down(company, "C1")
    assert texts(claim(company)) == ["elsewhere"]
    company.clock.move(timedelta(seconds=30))
    assert texts(claim(company)) == ["busy"]


def test_two_conversations_told_to_wait_mean_the_workspace(company: Company) -> None:
    company.put("C3")
    slow_down(company, "C1")
    slow_down(company, "C2")
    assert claim(company) == []
    company.clock.move(timedelta(seconds=30))
    assert len(claim(company)) == 1


def test_the_pace_slows_after_a_complaint_and_comes_back_slowly(company: Company) -> None:
    slow_down(company, "U1", everybody=True)
    company.clock.move(timedelta(seconds=30))
    assert interval(company) == 500
    message_id = company.put("U1")
    claim(company)
    company.do(outcomes.delivered, company.clock.now(), message_id, "D1", "1.1")
    assert interval(company) == 490
    for _ in range(100):
        company.do(pace.quicken, (pace.WORKSPACE,))
    assert interval(company) == 250


def interval(company: Company) -> int:
    def read(session: GuardedSession) -> int | None:
        return session.scalar(select(Pace.interval_ms).where(Pace.scope == pace.WORKSPACE))

    found = company.across(read)
    assert isinstance(found, int)
    return found


def test_the_slowest_pace_has_a_floor(company: Company) -> None:
    for _ in range(20):
        slow_down(company, "U1", everybody=True)
    assert interval(company) == pace.SLOWEST_MS


def test_a_renewed_token_lets_the_workspace_go_on(company: Company) -> None:
    company.put("U1")
    company.do(pace.pause, pace.WORKSPACE, company.clock.real() + timedelta(minutes=5))
    assert claim(company) == []
    company.do(pace.resume, company.clock.real())
    assert len(claim(company)) == 1


def test_unused_paces_are_forgotten(company: Company) -> None:
    company.put("U1")
    claim(company)
    company.clock.move(timedelta(days=2))
    company.across(pace.forget, company.clock.real())
    assert company.across(lambda session: session.scalars(select(Pace.scope)).all()) == [pace.WORKSPACE]


def test_held_messages_hold_what_is_due_at_the_same_place_and_are_released_together(company: Company) -> None:
    first = company.put("role:advocacy", "first")
    second = company.put("role:advocacy", "second")
    later = company.put("role:advocacy", "later", due_at=START + timedelta(days=3))
    elsewhere = company.put("role:wins", "elsewhere")
    claim(company)
    assert company.do(outcomes.held, company.clock.now(), "one", first, "Not a member.")
    status = {name: company.row(name).status for name in (first, second, later, elsewhere)}
    assert status == {first: "held", second: "held", later: "waiting", elsewhere: "sending"}
    reasons = [(problem.status, problem.reason) for problem in company.do(undelivered.problems)]
    assert reasons == [(Status.HELD, "Not a member.")] * 2
    company.do(outbox.release_held, company.moment())
    company.clock.move(2 * SECOND)
    assert texts(claim(company)) == ["first"]


def test_dead_messages_are_listed_with_reasons_and_tried_again(company: Company) -> None:
    message_id = company.put("U1")
    claim(company)
    company.do(outcomes.dead, company.clock.now(), "one", message_id, "Slack refused it: user_not_found.")
    (problem,) = company.do(undelivered.problems)
    assert (problem.id, problem.status, problem.attempts) == (message_id, Status.DEAD, 1)
    assert problem.reason == "Slack refused it: user_not_found."
    company.do(undelivered.retry_dead, company.moment(), message_id)
    assert company.do(undelivered.problems) == []
    company.clock.move(SECOND)
    assert claim(company)[0].attempts == 1
    with pytest.raises(NotFound):
        company.do(undelivered.retry_dead, company.moment(), message_id)


def test_problems_of_another_workspace_are_not_shown(company: Company) -> None:
    other = company.workspace("T2")
    message_id = company.put("U1", workspace=other)
    claim(company)
    company.do(outcomes.dead, company.clock.now(), "one", message_id, "no", workspace=other)
    assert company.do(undelivered.problems) == []
    assert len(company.do(undelivered.problems, workspace=other)) == 1


def test_a_delivered_body_goes_after_a_week_and_its_place_stays(company: Company) -> None:
    message_id = company.put("C1", "Ada said yes")
    claim(company)
    company.do(outcomes.delivered, company.clock.now(), message_id, "C1", "1.1")
    company.do(purge, company.clock.now() + timedelta(days=6))
    assert company.row(message_id).text == "Ada said yes"
    assert not company.do(purge, company.clock.now() + timedelta(days=8))
    row = company.row(message_id)
    assert (row.text, row.blocks, row.channel, row.ts) == ("", [], "C1", "1.1")


def test_replaced_and_given_up_messages_go_in_time(company: Company) -> None:
    replaced = company.put("C1", slot="s")
    company.put("C1", slot="s")
    dead = company.put("U1")
    claim(company)
    company.do(outcomes.dead, company.clock.now(), "one", dead, "no")
    company.do(purge, company.clock.now() + timedelta(days=8))
    assert replaced not in every_id(company)
    assert dead in every_id(company)
    company.do(purge, company.clock.now() + timedelta(days=31))
    assert dead not in every_id(company)


def every_id(company: Company) -> list[str]:
    return list(company.across(lambda session: session.scalars(select(Message.id)).all()))


def test_the_purge_goes_in_steps(company: Company) -> None:
    def fill(session: GuardedSession) -> None:
        moment = Moment(START, random.Random(1).getrandbits)
        for _ in range(undelivered.AT_A_TIME + 1):
            outbox.put(session, moment, Kind.WIN, "C1", Rendered("x"))
        session.flush()
        for row in session.scalars(select(Message)):
            row.status, row.done_at = Status.DROPPED.value, START

    company.do(fill)
    later = START + timedelta(days=9)
    assert company.do(purge, later)
    assert not company.do(purge, later)
    assert every_id(company) == []


def test_senders_at_once_never_claim_the_same_message(postgresql_url: str) -> None:
    db = patient(postgresql_url, KEYS)
    company = Company(db)
    workspaces = [company.workspace(f"T{number}") for number in range(2, 6)]
    for number in range(40):
        for workspace in workspaces:
            company.put(f"U{number}", workspace=workspace)
    barrier = Barrier(4)

    def work(owner: str) -> list[str]:
        barrier.wait()
        found = [claim(company, owner, paced=number % 2 == 0) for number in range(8)]
        return [message.id for claimed in found for message in claimed]

    with ThreadPoolExecutor(4) as threads:
        claimed = [message for part in threads.map(work, "abcd") for message in part]
    assert len(claimed) > 40, "they did work"
    # Whoever looked at the same moment as another may have gone away with nothing: the rest is still there.
    while rest := claim(company, "e", paced=False):
        claimed += [message.id for message in rest]
    db.close()
    assert len(claimed) == len(set(claimed)) == 160


def test_two_senders_share_one_allowance(postgresql_url: str) -> None:
    db = patient(postgresql_url, KEYS)
    company = Company(db)
    for number in range(40):
        company.put(f"U{number}")
    barrier = Barrier(4)

    def work(owner: str) -> int:
        barrier.wait()
        return sum(len(claim(company, owner)) for _ in range(4))

    with ThreadPoolExecutor(4) as threads:
        assert sum(threads.map(work, "abcd")) == 4
    db.close()
