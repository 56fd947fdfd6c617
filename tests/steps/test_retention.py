"""What is kept for how long, on both databases: nothing a day too early, nothing of whoever is still of use."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, select

from domain.advocates import State as Advocating
from domain.errors import RuleError
from domain.moment import Moment
from domain.nominations import DeclineReason
from domain.people import Actor, Role, Standing
from domain.privacy import NOBODY
from domain.settings import Settings
from steps import advocates, nominations, retention, review, waiting
from steps import erasing as erase_steps
from storage import audit
from storage.advocates import Advocate, InterviewRow
from storage.audit import Audit
from storage.base import Base
from storage.guard import GuardedSession
from storage.nominations import Contact, Nomination
from storage.people import Person
from storage.pulse import Pulse
from storage.pulse_ballots import PulseComment
from storage.saved_searches import LookUp, SavedSearch
from tests.steps.office import GRACE, Office, office
from tests.worlds import ADA, START

__all__ = ["office"]

DAY = timedelta(days=1)


def night(office: Office, days: int, settings: Settings | None = None) -> int:
    """The night so many days after the start. Answers in how many steps it was done."""

    def run(session: GuardedSession) -> bool:
        moment = office.world.moment()
        later = Moment(START + timedelta(days=days), moment.random_bits)
        return retention.run(session, later, settings or Settings())

    steps = 1
    while office.world.do(office.id, run):
        steps += 1
    return steps


def rows(office: Office, table: type[Base]) -> list[Any]:
    return list(office.world.do(office.id, lambda session: session.scalars(select(table)).all()))


def put(office: Office, *made: Base) -> None:
    office.world.do(office.id, lambda session: session.add_all(made))


def test_what_was_looked_up_goes_after_a_year_and_that_it_was_stays(office: Office) -> None:
    person_id = office.rep.person_id
    ended = SavedSearch(id="s", person_id=person_id, query="ciso", key="ciso", created_at=START, ended_at=START)
    waits = SavedSearch(id="w", person_id=person_id, query="cfo", key="cfo", created_at=START)
    put(office, LookUp(id="l", person_id=person_id, query="ciso", fitted=1, at=START), ended, waits)
    night(office, 364)
    assert [(row.query, row.fitted) for row in rows(office, LookUp)] == [("ciso", 1)]
    assert len(rows(office, SavedSearch)) == 2
    night(office, 366)
    assert [(row.query, row.fitted, row.person_id) for row in rows(office, LookUp)] == [("", 1, person_id)]
    assert [row.id for row in rows(office, SavedSearch)] == ["w"]


def test_comments_of_a_pulse_go_and_the_pulse_stays(office: Office) -> None:
    put(office, Pulse(id="p", name="Spring", key="spring", held_on=START.date(), created_at=START))
    put(office, PulseComment(id="c", pulse_id="p", group_name="Sales", text="More of it"))
    night(office, 730)
    assert len(rows(office, PulseComment)) == 1
    night(office, 732)
    assert rows(office, PulseComment) == []
    assert [row.name for row in rows(office, Pulse)] == ["Spring"]


def test_the_audit_keeps_that_something_was_done_and_forgets_what_it_said(office: Office) -> None:
    def write(session: GuardedSession) -> None:
        about, (before, after) = ("contact", "1"), ({"name": "Ada"}, {"name": "Ida"})
        by, moment = office.rep.person_id, office.world.moment()
        audit.record(session, moment, by, "renamed", about, before=before, after=after, reason="She married")

    office.world.do(office.id, write)
    night(office, 1094)
    assert [row.reason for row in rows(office, Audit)] == ["She married"]
    night(office, 1096)
    kept, note = rows(office, Audit)
    assert (kept.action, kept.actor_id) == ("renamed", office.rep.person_id)
    assert kept.at.date() == START.date()
    assert (kept.before, kept.after, kept.reason) == (None, None, None)
    assert (note.action, note.after) == ("retention.forgotten", {"kind": "audit values", "count": 1})


def test_customers_of_whom_nothing_came_are_forgotten_and_counted_on(office: Office) -> None:
    declined, chosen = office.nominate(), office.nominate(GRACE)
    office.world.do(
        office.id, review.decline, office.reviewer, office.world.moment(), declined, DeclineReason.OTHER, "Later"
    )
    office.accept(chosen)
    withdrawn = office.nominate(replace(ADA, contact_name="Mary Somerville", email="mary@stars.example"))
    office.world.do(office.id, nominations.withdraw, office.rep, office.world.moment(), withdrawn)
    night(office, 91)
    assert {row.name for row in rows(office, Contact)} == {"Ada Lovelace", "Grace Hopper", NOBODY}, "declined, not over"
    later = Moment(START + 92 * DAY, office.world.moment().random_bits)
    office.world.do(office.id, waiting.expire, later, Settings())
    night(office, 93)
    assert sorted(row.name for row in rows(office, Contact)) == ["Grace Hopper", NOBODY, NOBODY]
    gone = [row for row in rows(office, Contact) if row.name == NOBODY]
    assert {(row.email, row.email_digest, row.phone) for row in gone} == {(None, None, None)}
    left = {row.id: row for row in rows(office, Nomination)}
    assert (left[declined].state, left[declined].why, left[declined].decline_reason) == ("expired", "", None)
    assert left[chosen].why == GRACE.why
    assert office.world.nominate(office.id, office.rep, ADA).contact_name == "Ada Lovelace", "nobody forbids that"


@pytest.fixture
def retired(office: Office) -> str:
    """An advocate who has retired, with notes of an interview."""
    nomination_id = office.nominate()
    office.accept(nomination_id)
    moment = office.world.moment()
    began = office.world.do(office.id, advocates.introduced, office.reviewer, moment, nomination_id, "")
    put(office, InterviewRow(id="i", advocate_id=began.id, at=START, notes=b"sealed"))

    def retire(session: GuardedSession) -> None:
        session.get_one(Advocate, (session.workspace_id, began.id)).state = Advocating.RETIRED.value

    office.world.do(office.id, retire)
    return str(began.id)


def test_interview_notes_go_before_the_profile_when_the_setting_says_so(office: Office, retired: str) -> None:
    known = Settings()
    short = replace(known, numbers={**known.numbers, "interview_notes_days": 30})
    night(office, 29, short)
    assert [row.notes for row in rows(office, InterviewRow)] == [b"sealed"]
    night(office, 31, short)
    assert [(row.notes, row.advocate_id) for row in rows(office, InterviewRow)] == [(None, retired)]


def test_a_retired_advocate_is_forgotten_two_years_after_the_last_entry(office: Office, retired: str) -> None:
    def note(session: GuardedSession) -> None:
        later = Moment(START + 100 * DAY, office.world.moment().random_bits)
        audit.record(session, later, None, "advocate.noted", ("advocate", retired))

    office.world.do(office.id, note)
    night(office, 800)
    assert [row.name for row in rows(office, Contact)] == ["Ada Lovelace"]
    night(office, 831)
    assert [row.name for row in rows(office, Contact)] == [NOBODY]
    assert [row.state for row in rows(office, Advocate)] == [Advocating.RETIRED.value]


def test_a_colleague_who_left_is_forgotten_after_a_year_and_their_work_stays(office: Office) -> None:
    left = office.world.member(office.id, "ULEFT", Role.TEAM, real_name="Lee Left", email="lee@us.example")
    office.world.nominate(office.id, left, GRACE)

    def leave(session: GuardedSession) -> None:
        session.get_one(Person, (session.workspace_id, left.person_id)).standing = Standing.DEACTIVATED.value

    office.world.do(office.id, leave)
    night(office, 364)
    assert "Lee Left" in [row.name for row in rows(office, Person)]
    night(office, 366)
    person = next(row for row in rows(office, Person) if row.id == left.person_id)
    assert (person.name, person.email, person.slack_user_id) == (NOBODY, None, None)
    assert [row.nominator_id for row in rows(office, Nomination)] == [left.person_id]
    assert night(office, 367) == 1


def test_a_night_with_many_takes_some_at_a_time(office: Office) -> None:
    made = [LookUp(id=f"{at}", person_id=office.rep.person_id, query="x", fitted=0, at=START) for at in range(401)]
    put(office, *made)
    seen: list[str] = []
    engine = office.world.db.engine
    event.listen(engine, "before_cursor_execute", lambda _c, _u, statement, *_rest: seen.append(statement))
    assert night(office, 400) == 3
    assert {row.query for row in rows(office, LookUp)} == {""}
    assert len(seen) < 100
    [first, *_rest] = [row.after for row in rows(office, Audit) if row.action == "retention.forgotten"]
    assert first == {"kind": "look-ups", "count": 200}


def test_the_list_of_those_not_to_be_contacted_is_kept(office: Office) -> None:
    leader: Actor = office.world.member(office.id, "ULEAD", Role.LEADER)
    office.nominate()
    found = office.world.do(office.id, erase_steps.preview, leader, office.world.moment(), ADA.email)
    office.world.do(office.id, erase_steps.confirm, leader, office.world.moment(), found.subject, ADA.email)
    night(office, 4000)
    with pytest.raises(RuleError, match="can't be nominated"):
        office.world.nominate(office.id, office.rep, ADA)
