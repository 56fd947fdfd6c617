"""A sender that stood still for longer than its lease, and whose call reached Slack all the same.

Another replica has looked meanwhile and done the work: what the late one did is taken back.
"""

import pytest

from storage import outbox, outcomes
from storage.guard import GuardedSession
from storage.outbox import Message, Status
from tests.schedules.recorder import Trouble
from tests.schedules.test_delivery import Office, office, queries_deliver

__all__ = ["office"]


async def test_a_copy_whose_answer_never_came_is_taken_back(office: Office) -> None:
    message_id = office.company.put("C1")

    def taken_over() -> None:
        office.company.do(queries_deliver, message_id, office)

    office.slack.troubles["chat.postMessage"] = [Trouble(cut=True, happens=True, meanwhile=taken_over)]
    await office.delivery.drain()
    (kept,) = office.slack.messages["C1"]
    assert kept["ts"] == office.company.row(message_id).ts == "9.9"


async def test_a_copy_that_came_before_the_message_was_sent_again_is_the_message(office: Office) -> None:
    message_id = office.company.put("C1")

    def looked_too_early() -> None:
        office.company.do(put_back, message_id)

    office.slack.troubles["chat.postMessage"] = [Trouble(cut=True, happens=True, meanwhile=looked_too_early)]
    await office.delivery.drain()
    (kept,) = office.slack.messages["C1"]
    assert kept["ts"] == office.company.row(message_id).ts
    assert office.status(message_id) is Status.DELIVERED


@pytest.mark.parametrize("cut", [False, True])
@pytest.mark.parametrize("ended", [Status.DELIVERED, Status.SUPERSEDED])
async def test_a_change_that_comes_late_does_not_hide_a_newer_one(office: Office, ended: Status, cut: bool) -> None:
    company = office.company
    company.put("C1", "first", slot="s")
    await office.delivery.drain()
    late = company.put("C1", "second", slot="s")

    def passed_by() -> None:
        """The other replica made the change, or left it out, and then made the newest one."""
        newest = company.put("C1", "third", slot="s")
        company.do(passed, late, newest, ended)

    office.slack.troubles["chat.update"] = [Trouble(cut=cut, happens=True, meanwhile=passed_by)]
    await office.delivery.drain()
    assert office.slack.texts("C1") == ["third"]
    assert {row.status for row in company.do(every)} == {Status.DELIVERED.value, ended.value}


async def test_a_late_change_that_nothing_has_passed_costs_nothing_more(office: Office) -> None:
    office.company.put("C1", "first", slot="s")
    await office.delivery.drain()
    late = office.company.put("C1", "second", slot="s")

    def taken_over() -> None:
        row = office.company.row(late)
        office.company.do(outcomes.delivered, office.company.clock.now(), row.id, *office.company.do(place))

    office.slack.troubles["chat.update"] = [Trouble(happens=True, meanwhile=taken_over)]
    await office.delivery.drain()
    assert office.slack.texts("C1") == ["second"]
    assert len(office.slack.called("chat.update")) == 1


def place(session: GuardedSession) -> tuple[str, str]:
    """Where the message of the slot stands."""
    post = session.get(outbox.Post, (session.workspace_id, "s"))
    assert post is not None
    return post.channel, post.ts


def put_back(session: GuardedSession, message_id: str) -> None:
    """What a settler does that has not found it."""
    row = mine(session, message_id)
    row.status, row.lease_owner, row.lease_until = Status.WAITING.value, None, None


def passed(session: GuardedSession, late: str, newest: str, ended: Status) -> None:
    """What stands in the database after the other replica has been at it, and in Slack as well."""
    channel, ts = place(session)
    row = mine(session, late)
    row.status, row.lease_owner, row.lease_until = ended.value, None, None
    row.channel, row.ts = (channel, ts) if ended is Status.DELIVERED else (None, None)
    outcomes.delivered(session, row.due_at, newest, channel, ts)


def mine(session: GuardedSession, message_id: str) -> Message:
    """The row as the database has it now."""
    row = session.get(Message, (session.workspace_id, message_id))
    assert row is not None
    return row


def every(session: GuardedSession) -> list[Message]:
    """All messages."""
    return list(session.query(Message))
