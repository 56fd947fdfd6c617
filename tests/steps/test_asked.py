"""Messages that ask one person for something say what became of it, whoever saw to it; on both databases."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from domain.errors import AlreadyDone
from domain.messages import Kind
from domain.nominations import DeclineReason
from domain.people import Actor
from domain.settings import Settings
from steps import advocates, nominations, review, waiting
from steps.review import Acceptance
from storage.guard import GuardedSession
from storage.nominations import Nomination
from storage.outbox import Message, Status
from tests.steps.office import GRACE, Office, office

__all__ = ["office"]


def messages(office: Office, kind: Kind) -> list[Message]:
    """Of one kind, oldest first."""

    def read(session: GuardedSession) -> list[Message]:
        rows = select(Message).where(Message.kind == kind.value).order_by(Message.created_at, Message.id)
        return list(session.scalars(rows))

    found: list[Message] = office.world.do(office.id, read)
    return found


def offered(message: Message) -> list[str]:
    """The labels of a message's buttons."""
    rows = [block["elements"] for block in message.blocks if block["type"] == "actions"]
    return [button["text"]["text"] for row in rows for button in row]  # type: ignore[attr-defined]  # JSON


def asked(office: Office, question: str = "Since when?") -> str:
    nomination_id = office.nominate()
    office.world.do(office.id, review.ask, office.reviewer, office.world.moment(), nomination_id, question)
    return nomination_id


def test_an_answered_question_is_the_same_message_without_its_button(office: Office) -> None:
    nomination_id = asked(office)
    [question] = messages(office, Kind.QUESTION)
    assert offered(question) == ["Answer"]
    office.world.do(office.id, nominations.answer, office.rep, office.world.moment(), nomination_id, "1843")
    question, now = messages(office, Kind.QUESTION)
    assert (question.status, now.status) == (Status.SUPERSEDED.value, Status.WAITING.value)
    assert (now.slot, now.target) == (question.slot, "UREP")
    assert offered(now) == []
    assert "1843" in str(now.blocks)


def test_a_second_question_is_a_message_of_its_own(office: Office) -> None:
    nomination_id = asked(office)
    office.world.do(office.id, nominations.answer, office.rep, office.world.moment(), nomination_id, "1843")
    office.world.do(office.id, review.ask, office.reviewer, office.world.moment(), nomination_id, "And where?")
    first, answer, second = messages(office, Kind.QUESTION)
    assert first.slot == answer.slot != second.slot
    office.world.do(office.id, nominations.answer, office.rep, office.world.moment(), nomination_id, "London")
    assert messages(office, Kind.QUESTION)[-1].slot == second.slot


@pytest.mark.parametrize("how", ["accepted", "declined", "merged", "withdrawn", "expired"])
def test_a_question_that_nobody_needs_any_more_says_so(office: Office, how: str) -> None:
    nomination_id, other = asked(office), office.nominate(GRACE)
    office.world.now += timedelta(days=100 if how == "expired" else 0)
    moment, due = office.world.moment(), office.world.now.date() + timedelta(days=7)
    actor: Actor = office.reviewer

    def act(session: GuardedSession) -> object:
        match how:
            case "accepted":
                return review.accept(session, actor, moment, nomination_id, Acceptance(None, due))
            case "declined":
                return review.decline(session, actor, moment, nomination_id, DeclineReason.NOT_NOW, None)
            case "merged":
                return review.merge(session, actor, moment, nomination_id, other)
            case "withdrawn":
                return nominations.withdraw(session, office.rep, moment, nomination_id)
            case _:
                return waiting.expire(session, moment, Settings())

    if how == "expired":
        office.world.do(office.id, forget_that_she_knows, nomination_id)
    office.world.do(office.id, act)
    question, closed = messages(office, Kind.QUESTION)
    assert closed.slot == question.slot
    assert offered(closed) == []
    assert how in closed.text
    assert len([one for one in messages(office, Kind.QUESTION) if one.status == Status.WAITING.value]) == 1


def forget_that_she_knows(session: GuardedSession, nomination_id: str) -> None:
    """Only what the customer knows nothing of expires."""
    session.get_one(Nomination, (session.workspace_id, nomination_id)).customer_knows = False


@pytest.mark.parametrize("by", ["owner", "team"])
def test_a_request_for_an_introduction_says_once_it_is_made(office: Office, by: str) -> None:
    nomination_id = office.nominate()
    owner = office.world.member(office.id, "UOWNER")
    due = office.world.now.date() + timedelta(days=7)
    accepted = Acceptance("UOWNER", due)
    office.world.do(office.id, review.accept, office.reviewer, office.world.moment(), nomination_id, accepted)
    [request] = messages(office, Kind.INTRODUCTION)
    assert offered(request) == ["I introduced them", "Contact details"]
    actor = {"owner": owner, "team": office.other}[by]
    office.world.do(office.id, advocates.introduced, actor, office.world.moment(), nomination_id, None)
    request, done = messages(office, Kind.INTRODUCTION)
    assert (done.slot, done.target, offered(done)) == (request.slot, "UOWNER", [])
    assert {"owner": "You recorded it.", "team": "<@UTEAM2> recorded it."}[by] in done.text
    with pytest.raises(AlreadyDone):
        office.world.do(office.id, advocates.introduced, actor, office.world.moment(), nomination_id, None)
    assert len(messages(office, Kind.INTRODUCTION)) == 2


def test_nobody_was_asked_where_the_team_introduces_itself(office: Office) -> None:
    nomination_id = office.nominate()
    office.accept(nomination_id)
    office.world.do(office.id, advocates.introduced, office.reviewer, office.world.moment(), nomination_id, None)
    assert messages(office, Kind.INTRODUCTION) == []
