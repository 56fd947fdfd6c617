"""Messages reach Slack once, whatever goes wrong on the way; judged by what people read there."""

import asyncio
import random
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from domain.messages import Kind, Lane
from domain.settings import ChannelRole, channel_key
from schedules import records
from schedules.channels import Channels
from schedules.delivery import Delivery
from storage import delivery as queries
from storage import outbox, outcomes, settings, undelivered
from storage.database import Database
from storage.delivery import LEASE
from storage.guard import GuardedSession
from storage.outbox import Status
from tests.outbox import KEYS, Company
from tests.patience import PATIENCE, owner, patient
from tests.schedules.recorder import Slack, Trouble, serving


@dataclass
class Office:
    """A company with a sender and the Slack it sends to."""

    company: Company
    slack: Slack
    delivery: Delivery

    async def slack_for(self, workspace_id: str) -> AsyncWebClient:
        """The workspace's client."""
        return self.slack.client()

    def sender(self, owner: str) -> Delivery:
        """A further replica."""
        company = self.company
        return Delivery(
            company.db, self.slack_for, company.clock, random.Random(3), pause=company.clock.pause, owner=owner
        )

    def status(self, message_id: str) -> Status:
        """How a message stands."""
        return Status(self.company.row(message_id).status)

    async def in_doubt_and_settled(self) -> None:
        """A minute later, once the lease has run out."""
        self.company.clock.move(LEASE + timedelta(seconds=1))
        await self.delivery.drain()


@pytest.fixture
async def office(sqlite_url: str) -> AsyncIterator[Office]:
    db = patient(sqlite_url, KEYS)
    company = Company(db)
    async with serving(company.clock) as slack:
        made = Office(company, slack, None)  # type: ignore[arg-type]  # the sender needs the office first
        made.delivery = made.sender("one")
        yield made
    db.close()


async def test_a_message_arrives_with_its_delivery_id_and_nothing_unfurls(office: Office) -> None:
    message_id = office.company.put("C1", "Hello")
    await office.delivery.drain()
    (posted,) = office.slack.called("chat.postMessage")
    assert office.slack.texts("C1") == ["Hello"]
    assert posted["metadata"] == {"event_type": "everboard_delivery", "event_payload": {"id": message_id}}
    assert (posted["unfurl_links"], posted["unfurl_media"]) == (False, False)
    assert office.status(message_id) is Status.DELIVERED


async def test_a_message_without_text_gets_one_for_screen_readers(office: Office) -> None:
    office.company.put("C1", "")
    await office.delivery.drain()
    assert office.slack.texts("C1") == ["A message from Everboard"]


async def test_the_conversation_with_a_person_is_noted(office: Office) -> None:
    message_id = office.company.put("U1")
    await office.delivery.drain()
    assert office.company.row(message_id).channel == "DU1"


async def test_a_fan_out_takes_its_time_and_an_alert_passes_it(office: Office) -> None:
    started = office.company.clock.real()
    for number in range(20):
        office.company.put(f"U{number}", "win", Kind.WIN)
    office.company.put("C1", "alert", Kind.NOMINATION_ALERT)
    await office.delivery.drain()
    texts = [arguments["text"] for arguments in office.slack.called("chat.postMessage")]
    assert texts.index("alert") < 4
    assert office.company.clock.real() - started >= timedelta(seconds=5)


async def test_a_quick_calendar_needs_no_pace(office: Office) -> None:
    for number in range(70):
        office.company.put(f"U{number}", "win", Kind.WIN)
    started = office.company.clock.real()
    await office.delivery.drain(paced=False)
    assert len(office.slack.called("chat.postMessage")) == 70
    assert office.company.clock.real() - started < timedelta(seconds=70 / 4)


async def test_a_slot_is_posted_once_and_then_kept_up_to_date(office: Office) -> None:
    office.company.put("C1", "1 endorsement", slot="nomination:1")
    await office.delivery.drain()
    office.company.put("C1", "2 endorsements", slot="nomination:1")
    office.company.put("C1", "accepted", slot="nomination:1")
    await office.delivery.drain()
    assert office.slack.texts("C1") == ["accepted"]
    assert len(office.slack.called("chat.update")) == 1


async def test_a_message_that_somebody_deleted_is_posted_anew(office: Office) -> None:
    office.company.put("C1", "old", slot="s")
    await office.delivery.drain()
    office.slack.messages["C1"].clear()
    message_id = office.company.put("C1", "new", slot="s")
    await office.delivery.drain()
    assert office.slack.texts("C1") == ["new"]
    assert office.status(message_id) is Status.DELIVERED


async def test_retry_after_is_honoured(office: Office) -> None:
    office.slack.troubles["chat.postMessage"] = [Trouble("ratelimited", 429, retry_after="30")]
    started = office.company.clock.real()
    message_id = office.company.put("U1")
    await office.delivery.drain()
    assert office.slack.texts("DU1") == ["Hello"]
    assert office.company.clock.real() - started >= timedelta(seconds=30)
    assert office.company.row(message_id).attempts == 1


async def test_a_rate_limited_channel_does_not_hold_up_people(office: Office) -> None:
    office.slack.troubles["chat.postMessage"] = [Trouble("ratelimited", 429, retry_after="3600")]
    busy = office.company.put("C1", "busy")
    await office.delivery.drain()
    office.company.put("U1", "urgent")
    await office.delivery.drain()
    assert office.slack.texts("DU1") == ["urgent"]
    assert office.status(busy) is Status.WAITING


@pytest.mark.parametrize("happens", [False, True])
async def test_a_failing_slack_is_tried_again_and_never_twice(office: Office, happens: bool) -> None:
    office.slack.troubles["chat.postMessage"] = [Trouble(status=500, happens=happens)]
    office.company.put("C1")
    await office.delivery.drain()
    office.company.clock.move(timedelta(seconds=6))
    await office.delivery.drain()
    assert office.slack.texts("C1") == ["Hello"]


async def test_a_slack_that_is_not_there_loses_nothing(office: Office) -> None:
    right, office.slack.url = office.slack.url, "http://127.0.0.1:9"
    message_id = office.company.put("C1")
    await office.delivery.drain()
    assert office.status(message_id) is Status.WAITING
    office.slack.url = right
    office.company.clock.move(timedelta(seconds=6))
    await office.delivery.drain()
    assert office.slack.texts("C1") == ["Hello"]


@pytest.mark.parametrize("happens", [False, True])
@pytest.mark.parametrize("target", ["C1", "U1"])
async def test_a_cut_connection_is_looked_into_before_anything_is_sent_again(
    office: Office, target: str, happens: bool
) -> None:
    office.slack.troubles["chat.postMessage"] = [Trouble(cut=True, happens=happens)]
    message_id = office.company.put(target)
    await office.delivery.drain()
    assert office.status(message_id) is Status.SENDING
    assert office.slack.called("conversations.history") == []
    office.company.put("C1", "somebody else's")
    await office.in_doubt_and_settled()
    conversation = target if target == "C1" else "DU1"
    assert office.slack.texts(conversation).count("Hello") == 1
    assert office.company.row(message_id).channel == conversation
    assert office.company.row(message_id).ts == next(
        message["ts"] for message in office.slack.messages[conversation] if message["text"] == "Hello"
    )


async def test_a_slow_answer_is_in_doubt(office: Office) -> None:
    office.slack.gate = asyncio.Event()
    message_id = office.company.put("C1")
    company = office.company
    hasty = Delivery(
        company.db, office.slack_for, company.clock, random.Random(3), pause=company.clock.pause, timeout=0.3
    )
    await hasty.drain()
    assert office.status(message_id) is Status.SENDING
    office.slack.gate.set()
    office.slack.gate = None
    await office.in_doubt_and_settled()
    assert office.slack.texts("C1") == ["Hello"]


async def test_a_sender_that_died_before_sending_is_replaced(office: Office) -> None:
    office.company.put("C1")
    clock = office.company.clock
    room = dict.fromkeys(Lane, 5)
    office.company.across(queries.claim, "dead", clock.now(), clock.real(), room)
    await office.delivery.drain()
    assert office.slack.texts("C1") == []
    await office.in_doubt_and_settled()
    assert office.slack.texts("C1") == ["Hello"]


async def test_a_sender_that_died_before_noting_it_is_not_repeated(office: Office) -> None:
    choose(office, "CADV")
    message_id = office.company.put("role:advocacy")
    office.slack.gate = asyncio.Event()
    dying = asyncio.create_task(office.sender("dead").drain())
    async with asyncio.timeout(PATIENCE):
        await office.slack.arrived.wait()
        kill(dying, message_id)
        office.slack.gate.set()
        await office.slack.posted.wait()
    assert office.status(message_id) is Status.SENDING
    choose(office, "CGEN")
    await office.in_doubt_and_settled()
    assert office.slack.texts("CADV") == ["Hello"]
    assert office.status(message_id) is Status.DELIVERED


def kill(sender: asyncio.Task[None], message_id: str) -> None:
    """End the sender and what it has begun, as a crash does."""
    for task in asyncio.all_tasks():
        if task is sender or task.get_name() == f"send {message_id}":
            task.cancel()


def choose(office: Office, channel: str) -> None:
    """Somebody chooses the channel for alerts."""
    office.company.do(settings.save, office.company.moment(), None, channel_key(ChannelRole.ADVOCACY), channel)


@pytest.mark.parametrize(
    ("kind", "texts", "status"),
    [(Kind.NOMINATION_ALERT, ["Hello", "Hello"], Status.DELIVERED), (Kind.WIN, ["Hello"], Status.DROPPED)],
)
async def test_where_history_may_not_be_read_the_kind_decides(
    office: Office, kind: Kind, texts: list[str], status: Status
) -> None:
    office.slack.troubles["chat.postMessage"] = [Trouble(cut=True, happens=True)]
    office.slack.always["conversations.history", "C1"] = "missing_scope"
    message_id = office.company.put("C1", kind=kind)
    await office.delivery.drain()
    await office.in_doubt_and_settled()
    assert office.slack.texts("C1") == texts
    assert office.status(message_id) is status


async def test_history_without_metadata_proves_nothing(office: Office) -> None:
    office.slack.scopes = "chat:write,channels:history"
    office.slack.troubles["chat.postMessage"] = [Trouble(cut=True, happens=True)]
    message_id = office.company.put("C1", kind=Kind.WIN)
    await office.delivery.drain()
    await office.in_doubt_and_settled()
    assert office.status(message_id) is Status.DROPPED


async def test_a_look_that_fails_is_repeated_later(office: Office) -> None:
    office.slack.troubles["chat.postMessage"] = [Trouble(cut=True, happens=True)]
    office.slack.troubles["conversations.history"] = [Trouble("ratelimited", 429, retry_after="60")]
    message_id = office.company.put("C1")
    await office.delivery.drain()
    await office.in_doubt_and_settled()
    assert office.status(message_id) is Status.SENDING
    await office.in_doubt_and_settled()
    assert office.slack.texts("C1") == ["Hello"]
    assert office.status(message_id) is Status.DELIVERED


async def test_a_change_in_doubt_is_simply_made_again(office: Office) -> None:
    office.company.put("C1", "old", slot="s")
    await office.delivery.drain()
    office.slack.troubles["chat.update"] = [Trouble(cut=True, happens=False)]
    office.company.put("C1", "new", slot="s")
    await office.delivery.drain()
    assert office.slack.texts("C1") == ["old"]
    await office.in_doubt_and_settled()
    assert office.slack.texts("C1") == ["new"]
    assert office.slack.called("conversations.history") == []


async def test_a_newer_message_waits_until_the_doubt_is_over(office: Office) -> None:
    office.slack.troubles["chat.postMessage"] = [Trouble(cut=True, happens=True)]
    office.company.put("C1", "old", slot="s")
    await office.delivery.drain()
    office.company.put("C1", "new", slot="s")
    await office.delivery.drain()
    assert office.slack.texts("C1") == ["old"]
    await office.in_doubt_and_settled()
    assert office.slack.texts("C1") == ["new"]


async def test_a_sender_that_finds_itself_second_deletes_its_copy(office: Office) -> None:
    message_id = office.company.put("C1")

    def long_pause() -> None:
        """The answer takes longer than the lease, and another replica has looked too early and sent it."""
        office.company.do(queries_deliver, message_id, office)

    office.slack.troubles["chat.postMessage"] = [Trouble(happens=True, meanwhile=long_pause)]
    await office.delivery.drain()
    (kept,) = office.slack.messages["C1"]
    assert kept["ts"] == office.company.row(message_id).ts == "9.9"


def queries_deliver(session: GuardedSession, message_id: str, office: Office) -> None:
    """What another replica did: post its own copy and note it."""
    office.slack.messages["C1"].append({"text": "Hello", "ts": "9.9"})
    outcomes.delivered(session, office.company.clock.now(), message_id, "C1", "9.9")


async def test_the_chosen_channel_comes_before_the_usual_name(office: Office) -> None:
    office.company.put("role:advocacy", "by name")
    await office.delivery.drain()
    choose(office, "CGEN")
    office.company.put("role:advocacy", "as chosen")
    await office.delivery.drain()
    assert office.slack.texts("CADV") == ["by name"]
    assert office.slack.texts("CGEN") == ["as chosen"]
    assert len(office.slack.called("conversations.list")) == 1


async def test_a_database_that_is_busy_while_the_channel_is_looked_up_delays_the_message(office: Office) -> None:
    company = office.company
    hurried = Database(company.db.url, KEYS, deadline=0.0)
    sender = Delivery(
        company.db,
        office.slack_for,
        company.clock,
        random.Random(3),
        pause=company.clock.pause,
        channels=Channels(hurried),
    )
    message_id = company.put("role:advocacy")
    await sender.drain()
    row = company.row(message_id)
    assert (row.status, row.problem, row.attempts) == (Status.WAITING.value, "The database was busy.", 1)
    company.clock.move(row.due_at - company.clock.now() + timedelta(seconds=1))
    await office.delivery.drain()
    assert office.slack.texts("CADV") == ["Hello"]
    hurried.close()


async def test_a_channel_that_comes_late_is_found(office: Office) -> None:
    office.slack.channels.pop("advocacy")
    message_id = office.company.put("role:advocacy")
    await office.delivery.drain()
    assert office.status(message_id) is Status.HELD
    assert office.company.row(message_id).problem == (
        "I can't find #advocacy. Create it and type `/invite @Everboard` in it (I can't see a private channel before "
        "that), or choose another channel in `/advocacy settings`."
    )
    office.slack.channels["advocacy"] = "CNEW"
    office.company.do(outbox.release_held, office.company.moment())
    await office.delivery.drain()
    assert office.slack.texts("CNEW") == ["Hello"]


@pytest.mark.parametrize(
    ("error", "words"),
    [
        ("not_in_channel", "I'm not a member of <#CADV>. Go to that channel and type `/invite @Everboard` in it"),
        ("is_archived", "<#CADV> is archived. Unarchive it"),
        (
            "channel_not_found",
            "I can't see <#CADV>: it was deleted, or it is private and I'm not a member. If it is there",
        ),
    ],
)
async def test_a_channel_that_needs_a_hand_holds_its_messages_and_tells_the_admins(
    office: Office, error: str, words: str
) -> None:
    office.company.admin("UADM")
    office.slack.always["chat.postMessage", "CADV"] = error
    for number in range(3):
        office.company.put("role:advocacy", f"alert {number}")
    await office.delivery.drain()
    assert {problem.status for problem in office.company.do(undelivered.problems)} == {Status.HELD}
    (told,) = office.slack.texts("DUADM")
    assert words in told
    assert "Nothing is lost" in told
    assert "/advocacy settings" in told
    office.slack.always.clear()
    office.company.do(outbox.release_held, office.company.moment())
    await office.delivery.drain()
    assert office.slack.texts("CADV") == ["alert 0", "alert 1", "alert 2"]


async def test_admins_hear_of_the_same_channel_once_a_day(office: Office) -> None:
    office.company.admin("UADM")
    office.slack.always["chat.postMessage", "CADV"] = "not_in_channel"
    office.company.put("role:advocacy")
    for days in (0, 0, 1):
        office.company.clock.jump(timedelta(days=days))
        office.company.do(outbox.release_held, office.company.moment())
        await office.delivery.drain()
        office.company.clock.move(timedelta(minutes=1))
    assert len(office.slack.texts("DUADM")) == 2


async def test_without_an_admin_the_problem_is_still_listed(office: Office) -> None:
    office.slack.always["chat.postMessage", "CADV"] = "not_in_channel"
    office.company.put("role:advocacy")
    await office.delivery.drain()
    (problem,) = office.company.do(undelivered.problems)
    assert problem.reason.startswith("I'm not a member of <#CADV>.")


@pytest.mark.parametrize("error", ["user_not_found", "cannot_dm_bot", "account_inactive", "channel_not_found"])
async def test_a_reader_who_is_gone_ends_the_message_quietly(office: Office, error: str) -> None:
    office.company.admin("UADM")
    office.slack.always["chat.postMessage", "U1"] = error
    message_id = office.company.put("U1")
    await office.delivery.drain()
    assert office.status(message_id) is Status.DEAD
    assert office.company.do(undelivered.problems)[0].reason == f"Slack refused it: {error}."
    assert office.slack.texts("DUADM") == []


@pytest.mark.parametrize("error", ["token_revoked", "invalid_auth", "account_inactive"])
async def test_a_refused_token_lets_everything_wait(office: Office, error: str) -> None:
    office.slack.troubles["chat.postMessage"] = [Trouble(error)]
    office.slack.troubles["auth.test"] = [Trouble(error)]
    ids = [office.company.put("U1"), office.company.put("U2")]
    await office.delivery.drain()
    office.company.clock.move(records.NO_TOKEN_WAIT)
    await office.delivery.drain()
    assert [office.status(message_id) for message_id in ids] == [Status.DELIVERED] * 2


async def test_a_workspace_that_is_not_connected_waits(office: Office) -> None:
    async def nobody(workspace_id: str) -> AsyncWebClient:
        raise LookupError(workspace_id)

    company = office.company
    message_id = company.put("U1")
    await Delivery(company.db, nobody, company.clock, random.Random(3), pause=company.clock.pause).drain()
    assert office.status(message_id) is Status.WAITING
    assert company.row(message_id).attempts == 0


async def test_what_slack_will_never_take_is_given_up_at_once(office: Office) -> None:
    office.slack.always["chat.postMessage", "C1"] = "invalid_blocks"
    message_id = office.company.put("C1")
    await office.delivery.drain()
    assert office.status(message_id) is Status.DEAD
    assert len(office.slack.called("chat.postMessage")) == 1


async def test_an_unknown_refusal_is_tried_for_about_a_day(office: Office) -> None:
    office.slack.always["chat.postMessage", "C1"] = "something_new"
    message_id = office.company.put("C1")
    started = office.company.clock.now()
    while office.status(message_id) is Status.WAITING:
        office.company.clock.move(max(office.company.row(message_id).due_at - office.company.clock.now(), timedelta(0)))
        await office.delivery.drain()
    assert office.status(message_id) is Status.DEAD
    assert timedelta(hours=12) < office.company.clock.now() - started < timedelta(hours=24)
    assert len(office.slack.called("chat.postMessage")) == records.GIVE_UP_AFTER


@pytest.mark.parametrize(("chance", "seconds"), [(0.0, [2.5, 5, 10]), (1.0, [5, 10, 20])])
def test_waits_double_and_are_spread(chance: float, seconds: list[float]) -> None:
    assert [records.backoff(attempts, chance).total_seconds() for attempts in (1, 2, 3)] == seconds
    assert records.backoff(29, 1.0) == records.LONGEST_WAIT


async def test_the_sdk_s_own_retries_are_off(office: Office) -> None:
    office.slack.troubles["chat.postMessage"] = [Trouble(cut=True, happens=True)]
    office.company.put("C1")
    await office.delivery.drain()
    assert len(office.slack.called("chat.postMessage")) == 1


async def test_two_replicas_send_each_message_once(postgresql_url: str) -> None:
    db = patient(postgresql_url, KEYS)
    company = Company(db)
    async with serving(company.clock) as slack:
        office = Office(company, slack, None)  # type: ignore[arg-type]  # two senders of its own
        for number in range(12):
            company.put(f"U{number}", f"{number}", Kind.WIN if number % 2 else Kind.QUESTION)
        async with asyncio.timeout(PATIENCE):
            await asyncio.gather(office.sender("a").drain(), office.sender("b").drain())
        assert sorted(arguments["text"] for arguments in slack.called("chat.postMessage")) == sorted(
            str(number) for number in range(12)
        )
    db.close()


async def test_the_loop_sends_what_is_rung_for_and_stops_when_told(office: Office) -> None:
    company, stop, resting = office.company, asyncio.Event(), asyncio.Event()

    async def forever(seconds: float) -> None:
        resting.set()
        await asyncio.Event().wait()

    loop = Delivery(company.db, office.slack_for, company.clock, random.Random(3), pause=forever)
    running = asyncio.create_task(loop.run(stop))
    async with asyncio.timeout(PATIENCE):
        await resting.wait()
        company.put("C1")
        loop.wake()
        await office.slack.posted.wait()
        stop.set()
        await running
    assert office.slack.texts("C1") == ["Hello"]


async def test_the_loop_looks_by_itself_about_every_second(office: Office) -> None:
    company, stop = office.company, asyncio.Event()
    pauses: list[float] = []

    async def counted(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 3:
            company.put("C1")
        await asyncio.sleep(0)

    loop = Delivery(company.db, office.slack_for, company.clock, random.Random(3), pause=counted)
    running = asyncio.create_task(loop.run(stop))
    async with asyncio.timeout(PATIENCE):
        await office.slack.posted.wait()
        stop.set()
        await running
    assert pauses[:3] == [1.0] * 3


async def test_a_stopping_loop_finishes_one_and_hands_back_the_rest(office: Office) -> None:
    company, stop = office.company, asyncio.Event()
    ids = [company.put("U1"), company.put("U2")]
    may_go_on = asyncio.Event()

    async def held_up(seconds: float) -> None:
        await may_go_on.wait()

    office.slack.gate = asyncio.Event()
    loop = Delivery(company.db, office.slack_for, company.clock, random.Random(3), pause=held_up)
    running = asyncio.create_task(loop.run(stop))
    async with asyncio.timeout(PATIENCE):
        await office.slack.arrived.wait()
        stop.set()
        may_go_on.set()
        office.slack.gate.set()
        await running
    assert [office.status(message_id) for message_id in ids] == [Status.DELIVERED, Status.WAITING]
    assert company.row(ids[1]).attempts == 0


@pytest.mark.slow
async def test_a_loop_whose_round_fails_goes_on(office: Office) -> None:
    company, stop = office.company, asyncio.Event()
    looks = 0

    async def mended_in_time(seconds: float) -> None:
        nonlocal looks
        looks += 1
        if looks == 2:
            rename(company, "set_aside", "outbox")
        await asyncio.sleep(0)

    company.put("C1")
    rename(company, "outbox", "set_aside")
    loop = Delivery(company.db, office.slack_for, company.clock, random.Random(3), pause=mended_in_time)
    running = asyncio.create_task(loop.run(stop))
    async with asyncio.timeout(PATIENCE):
        await office.slack.posted.wait()
        stop.set()
        await running
    assert office.slack.texts("C1") == ["Hello"]


def rename(company: Company, table: str, name: str) -> None:
    """An operator's mistake, and its mending."""
    with owner(company.db) as connection:
        connection.exec_driver_sql(f"ALTER TABLE {table} RENAME TO {name}")


@pytest.mark.parametrize(
    ("error", "texts", "status"),
    [
        ("message_not_found", ["old"], Status.DROPPED),  # deleted by somebody in the same moment
        ("cant_update_message", [], Status.DROPPED),
        ("edit_window_closed", [], Status.DROPPED),
    ],
)
async def test_what_speaks_of_an_erased_person_is_changed_or_deleted_and_never_posted_anew(
    office: Office, error: str, texts: list[str], status: Status
) -> None:
    office.company.put("C1", "old", slot="s")
    await office.delivery.drain()
    office.slack.troubles["chat.update"] = [Trouble(error)]
    message_id = office.company.put("C1", "Removed on request.", Kind.ERASURE, slot="s")
    await office.delivery.drain()
    assert office.slack.texts("C1") == texts
    assert office.status(message_id) is status
    assert len(office.slack.called("chat.postMessage")) == 1


async def test_what_can_neither_be_changed_nor_deleted_waits_for_a_hand(office: Office) -> None:
    office.company.put("C1", "old", slot="s")
    await office.delivery.drain()
    office.slack.troubles["chat.update"] = [Trouble("cant_update_message")]
    office.slack.troubles["chat.delete"] = [Trouble("cant_delete_message")]
    message_id = office.company.put("C1", "Removed on request.", Kind.ERASURE, slot="s")
    await office.delivery.drain()
    assert office.status(message_id) is Status.DEAD
    assert "Please delete it by hand" in str(office.company.row(message_id).problem)


async def test_an_erasure_without_a_message_to_change_posts_nothing(office: Office) -> None:
    message_id = office.company.put("C1", "Removed on request.", Kind.ERASURE, slot="never posted")
    await office.delivery.drain()
    assert office.slack.called("chat.postMessage") == []
    assert office.status(message_id) is Status.DROPPED
