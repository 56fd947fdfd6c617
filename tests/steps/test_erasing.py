"""Erasing a person, on both databases: nothing of them is left anywhere, figures stay, and they can't come back."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from domain.advocates import Consent, ConsentScope, Profile, notes_mark
from domain.do_not_contact import NEUTRAL
from domain.errors import AlreadyDone, NotAllowed, RuleError
from domain.gifts import Typed
from domain.messages import Kind
from domain.nominations import Source, Values
from domain.people import Actor, Role, Standing
from domain.privacy import NOBODY
from domain.settings import Settings
from steps import advocates, erasing, gifts, nominations, profiles, volunteers
from storage import audit, funnel, outcomes, search, settings
from storage import profiles as stored
from storage.advocates import Advocate
from storage.base import Base
from storage.guard import GuardedSession
from storage.mechanisms import Mechanism, MechanismMember
from storage.outbox import Message, Post, Status
from storage.saved_searches import LookUp, SavedSearch
from tests.patience import owner
from tests.steps.office import GRACE, Office, office
from tests.worlds import ADA, START

__all__ = ["office"]

NAME, EMAIL, PHONE = "Ada Lovelace", "ada@engines.example", "+44 20 7946 0958"
TRACES = ("lovelace", "ada@engines", "7946", "engines.example")
"""What nothing may hold any more, in small letters."""

COMMAND_LINE = Actor("", "", "the command line", roles=frozenset({Role.MEMBER, Role.ADMIN}))


@pytest.fixture
def leader(office: Office) -> Actor:
    return office.world.member(office.id, "ULEAD", Role.LEADER)


def everything(office: Office) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table as it stands in the database, past the guard; what is sealed is opened."""
    sealing = office.world.db.keys.sealer(office.id)
    found: dict[str, list[dict[str, Any]]] = {}
    with owner(office.world.db) as connection:
        for table in Base.metadata.sorted_tables:
            rows = connection.execute(table.select()).mappings()
            found[table.name] = [{key: _opened(sealing, value) for key, value in row.items()} for row in rows]
    return found


def _opened(sealing: Any, value: object) -> object:
    if isinstance(value, bytes):
        try:
            return sealing.open(value)
        except Exception:  # noqa: BLE001  # a digest, which opens for nobody
            return value.hex()
    return value


def traces(office: Office) -> list[str]:
    """Where anything of Ada is left: table, column and what stands there."""
    return [
        f"{table}.{column}: {value}"
        for table, rows in everything(office).items()
        for row in rows
        for column, value in row.items()
        if any(trace in json.dumps(value, default=str, ensure_ascii=False).casefold() for trace in TRACES)
    ]


def deliver(office: Office) -> None:
    """Let all that waits stand in Slack."""

    def write(session: GuardedSession) -> None:
        for row in session.scalars(select(Message).where(Message.status == Status.WAITING.value)):
            row.status, row.done_at, row.channel, row.ts = Status.DELIVERED.value, START, "C1", f"1.{row.id}"
            if row.slot is not None and session.get(Post, (session.workspace_id, row.slot)) is None:
                session.add(Post(slot=row.slot, channel="C1", ts=row.ts, posted_at=START))
                session.flush()
            elif row.slot is not None:
                row.ts = session.get_one(Post, (session.workspace_id, row.slot)).ts

    office.world.do(office.id, write)


def finish(office: Office, steps: int = 200) -> None:
    for _ in range(steps):
        if not office.world.do(office.id, erasing.go_on, office.world.moment(), Settings()):
            return
    raise AssertionError("it never comes to an end")


def erase(office: Office, leader: Actor, who: str = EMAIL) -> None:
    found = office.world.do(office.id, erasing.preview, leader, office.world.moment(), who)
    office.world.do(office.id, erasing.confirm, leader, office.world.moment(), found.subject, who)
    finish(office)


def told(office: Office) -> str:
    """A life: Ada is nominated, endorsed, interviewed, published, thanked, written about, and looked up."""
    world, ws = office.world, office.id
    nomination_id = office.nominate()
    world.do(
        ws, nominations.endorse, office.colleague, world.moment(), nomination_id, "Ada Lovelace is great, ask ADA."
    )
    again = replace(ADA, why="ada@engines.example says so")
    world.do(ws, nominations.submit, office.colleague, world.moment(), again, Source.COMMAND, "kept as a draft")
    office.accept(nomination_id)
    moment = world.moment()
    began = world.do(ws, advocates.introduced, office.reviewer, moment, nomination_id, "Ada Lovelace wrote back")
    advocate_id = str(began.id)
    when, link = moment.now + timedelta(days=2), "https://meet.example/lovelace"
    world.do(ws, advocates.schedule, office.reviewer, world.moment(), advocate_id, when, link, "UTEAM", "interview")
    said, mark = "Ada Lovelace said yes", notes_mark(None)
    world.do(ws, advocates.record_interview, office.reviewer, world.moment(), advocate_id, said, held=True, mark=mark)
    profile = Profile(
        title="Chief Engineer Ada Lovelace",
        industry="Computing",
        country="GB",
        languages=("English",),
        use_cases="Lovelace's looms",
        quotes="“Wonderful”, says Ada Lovelace",
        activities=("reference call",),
    )
    version = world.do(ws, stored.one, advocate_id).version
    world.do(ws, profiles.edit_profile, office.reviewer, world.moment(), advocate_id, profile, version)
    consent = Consent((ConsentScope.LISTED,), moment.now.date(), "By mail from ada@engines.example")
    world.do(ws, advocates.record_consent, office.reviewer, world.moment(), advocate_id, consent, "consent")
    world.do(ws, advocates.publish, office.reviewer, world.moment(), advocate_id)
    typed = Typed("A book for Ada Lovelace", moment.now.date(), "25")
    world.do(ws, gifts.give, office.reviewer, world.moment(), advocate_id, typed, "gift")
    world.nominate(ws, office.rep, replace(GRACE, why="A friend of LOVELACE, Ada; call +44 (20) 7946-0958"))

    def write(session: GuardedSession) -> None:
        about = ("nomination", "elsewhere")
        now = world.moment()
        audit.record(session, now, None, "settings.changed", about, before={"note": "was Ada Lovelace"}, reason=EMAIL)
        session.add(LookUp(id=now.new_id(), person_id=office.rep.person_id, query="ada lovelace", fitted=1, at=now.now))
        row = SavedSearch(
            id=now.new_id(), person_id=office.rep.person_id, query="like Ada Lovelace", created_at=now.now
        )
        row.key = "like ada lovelace"
        session.add(row)
        session.add(
            SavedSearch(id=now.new_id(), person_id=office.rep.person_id, query="x", key="x", created_at=now.now)
        )
        settings.save(session, now, None, "function_groups", {"S1": "sales"})

    world.do(ws, write)
    return str(nomination_id)


def test_of_an_erased_customer_nothing_is_left_in_any_table(office: Office, leader: Actor) -> None:
    told(office)
    deliver(office)
    assert len({line.partition(":")[0] for line in traces(office)}) > 15
    erase(office, leader)
    assert traces(office) == []
    left = everything(office)
    assert [row["name"] for row in left["contact"] if row["email_digest"] is None and row["name"] == NOBODY] == [NOBODY]
    assert [row["traits"] for row in left["erasure"]] == [None]
    assert left["advocate_document"] == []


def test_nothing_is_left_in_the_file_of_the_database_either(office: Office, leader: Actor) -> None:
    file = office.world.db.engine.url.database or ""
    if not office.world.db.url.startswith("sqlite"):
        pytest.skip("PostgreSQL's old rows go when it vacuums")
    told(office)
    assert b"Lovelace" in Path(file).read_bytes() + Path(f"{file}-wal").read_bytes()
    erase(office, leader)
    log = Path(f"{file}-wal")
    held = Path(file).read_bytes() + (log.read_bytes() if log.exists() else b"")
    assert [trace for trace in (b"Lovelace", b"lovelace", b"ada@engines") if trace in held] == []


def test_what_reports_count_stays(office: Office, leader: Actor) -> None:
    told(office)
    since, until = START - timedelta(days=1), START + timedelta(days=90)
    before = office.world.do(office.id, funnel.by_source, since, until)
    rows = {table: len(found) for table, found in everything(office).items()}
    erase(office, leader)
    assert office.world.do(office.id, funnel.by_source, since, until) == before
    now = {table: len(found) for table, found in everything(office).items()}
    counted = ("contact", "nomination", "endorsement", "advocate", "introduction", "gift", "look_up", "account")
    assert {table: now[table] for table in counted} == {table: rows[table] for table in counted}


def standing(office: Office) -> dict[str, tuple[str, str]]:
    """What was put last into each slot that stands in Slack: its kind and its words."""

    def read(session: GuardedSession) -> dict[str, tuple[str, str]]:
        there = set(session.scalars(select(Post.slot)))
        rows = session.scalars(select(Message).order_by(Message.created_at, Message.id))
        return {row.slot: (row.kind, row.text) for row in rows if row.slot in there}

    found: dict[str, tuple[str, str]] = office.world.do(office.id, read)
    return found


def test_every_message_about_a_customer_is_changed_where_it_stands(office: Office, leader: Actor) -> None:
    nomination_id = told(office)
    deliver(office)
    erase(office, leader)
    changed = standing(office)
    assert changed[f"alert:{nomination_id}"] == ("erasure", "Removed on request.")
    own = [words for slot, words in changed.items() if slot.startswith("erased:")]
    assert len(own) >= 5
    assert set(own) == {("erasure", "Removed on request.")}
    grace = next(slot for slot in changed if slot.startswith("alert:") and slot != f"alert:{nomination_id}")
    assert changed[grace][0] == Kind.NOMINATION_ALERT.value  # it quoted a friend's name, and works on without
    assert "Grace Hopper" in changed[grace][1]


def test_what_was_still_to_be_sent_is_never_sent(office: Office, leader: Actor) -> None:
    office.nominate()
    erase(office, leader)
    rows = everything(office)["outbox"]
    assert [row for row in rows if row["kind"] != "erasure"] == []
    assert rows == []  # nothing stood in Slack, so nothing is to be changed


def test_a_message_that_is_just_being_sent_is_changed_after_it_has_arrived(office: Office, leader: Actor) -> None:
    office.nominate()

    def send(session: GuardedSession) -> list[str]:
        rows = session.scalars(select(Message)).all()
        for row in rows:
            row.status, row.lease_owner, row.lease_until = Status.SENDING.value, "sender", START + timedelta(days=1)
        return [row.id for row in rows]

    sending = office.world.do(office.id, send)
    erase(office, leader)
    assert traces(office) == []
    for message_id in sending:
        office.world.do(office.id, outcomes.delivered, office.world.now, message_id, "C1", f"1.{message_id}")
    changed = standing(office)
    assert len(changed) == len(sending)
    assert set(changed.values()) == {("erasure", "Removed on request.")}


def refused(office: Office, actor: Actor, values: Values, source: Source = Source.COMMAND) -> str:
    moment = office.world.moment()
    with pytest.raises(RuleError) as stopped:
        office.world.do(office.id, nominations.submit, actor, moment, values, source, moment.new_id())
    return stopped.value.message


def test_nominating_them_again_is_refused_and_only_the_team_hears_why(office: Office, leader: Actor) -> None:
    told(office)
    erase(office, leader)
    without = replace(ADA, email=None, phone=None)
    for values in (ADA, replace(ADA, email="ADA@Engines.example", contact_name="A. L."), without):
        assert refused(office, office.rep, values) == NEUTRAL
        assert "do-not-contact list: erased on request, since 1 September 2026" in refused(
            office, office.reviewer, values
        )
    namesake = replace(ADA, email="other.ada@engines.example")
    assert office.world.nominate(office.id, office.rep, namesake).contact_name == NAME
    assert len([row for row in everything(office)["nomination"] if row["state"] == "submitted"]) == 2


def test_a_form_that_was_held_back_cannot_be_sent_after_all(office: Office, leader: Actor) -> None:
    office.nominate()
    near = replace(ADA, email=None, contact_name="Ada Lovelace")
    moment = office.world.moment()
    office.world.do(office.id, nominations.submit, office.colleague, moment, near, Source.COMMAND, "held")
    erase(office, leader)
    with pytest.raises(RuleError, match="isn't here any more"):
        office.world.do(office.id, nominations.submit_somebody_else, office.colleague, office.world.moment(), "held")


def test_the_page_tells_a_stranger_nothing_and_the_team_no_name(office: Office, leader: Actor) -> None:
    office.nominate()
    erase(office, leader)
    for _ in range(2):  # the same form twice is told once
        office.world.do(office.id, volunteers.volunteer, office.world.moment(), ADA, "join:1")
    texts = [row["text"] for row in everything(office)["outbox"]]
    assert texts == ["Somebody on the do-not-contact list has volunteered on the web page."]
    assert traces(office) == []


def test_an_interrupted_erasure_goes_on(office: Office, leader: Actor) -> None:
    told(office)
    deliver(office)
    found = office.world.do(office.id, erasing.preview, leader, office.world.moment(), EMAIL)
    office.world.do(office.id, erasing.confirm, leader, office.world.moment(), found.subject, EMAIL)
    assert refused(office, office.rep, ADA) == NEUTRAL  # from the first transaction on
    for _ in range(7):
        office.world.do(office.id, erasing.go_on, office.world.moment())
    with pytest.raises(AlreadyDone):
        office.world.do(office.id, erasing.confirm, leader, office.world.moment(), found.subject, EMAIL)
    finish(office)
    assert traces(office) == []
    erasures = everything(office)["erasure"]
    assert [bool(row["done_at"]) for row in erasures] == [True]


def test_the_audit_says_that_somebody_was_erased_and_not_who(office: Office, leader: Actor) -> None:
    told(office)
    erase(office, leader)
    rows = [row for row in everything(office)["audit"] if row["action"] == "customer.erased"]
    assert [(row["actor_id"], row["subject_type"], row["before"], row["after"]) for row in rows] == [
        (leader.person_id, "erasure", None, None)
    ]


def test_only_leader_and_admin_and_only_who_types_it_again(office: Office, leader: Actor) -> None:
    office.nominate()
    moment = office.world.moment()
    for actor in (office.rep, office.reviewer):
        with pytest.raises(NotAllowed, match="Only the program leader or an Everboard admin can erase"):
            office.world.do(office.id, erasing.preview, actor, moment, EMAIL)
    found = office.world.do(office.id, erasing.preview, leader, moment, EMAIL)
    for typed in ("", "yes", "grace@compilers.example"):
        with pytest.raises(RuleError, match="isn't what you looked for"):
            office.world.do(office.id, erasing.confirm, leader, moment, found.subject, typed)
    assert len(traces(office)) > 3
    with pytest.raises(RuleError, match="holds nobody under that"):
        office.world.do(office.id, erasing.preview, leader, moment, "nobody@engines.example")
    with pytest.raises(RuleError, match="an email address, or a name and a company"):
        office.world.do(office.id, erasing.preview, leader, moment, "Ada")


def test_the_preview_counts_what_there_is(office: Office, leader: Actor) -> None:
    told(office)
    deliver(office)
    found = office.world.do(
        office.id, erasing.preview, leader, office.world.moment(), "Ada Lovelace @ Analytical Engines"
    )
    assert found.called == "Ada Lovelace, Analytical Engines Ltd"
    assert found.counts["message"] >= 5
    assert found.counts["audit"] >= 5
    few = {kind: number for kind, number in found.counts.items() if kind not in ("message", "audit")}
    assert few == {
        "contact": 1,
        "nomination": 1,
        "endorsement": 1,
        "advocate": 1,
        "interview": 1,
        "consent": 1,
        "gift": 1,
    }


def test_they_belong_to_no_program_any_more(office: Office, leader: Actor) -> None:
    told(office)
    moment = office.world.moment()

    def invite(session: GuardedSession) -> None:
        [advocate] = session.scalars(select(Advocate)).all()
        for kind, state in (("community", "member"), ("user group", "invited"), ("awards", "declined")):
            program = Mechanism(id=moment.new_id(), kind=kind, name=kind, purpose="", state="open", size=9, criteria={})
            program.starts_on, program.created_at = START.date(), moment.now
            session.add(program)
            session.flush()
            row = MechanismMember(id=moment.new_id(), mechanism_id=program.id, advocate_id=advocate.id, state=state)
            row.invited_at, row.asked_on = moment.now, START.date()
            session.add(row)

    office.world.do(office.id, invite)
    erase(office, leader)
    rows = office.world.do(office.id, lambda session: [row.state for row in session.scalars(select(MechanismMember))])
    assert sorted(rows) == ["declined", "left", "left"]


def test_a_name_that_somebody_else_bears_stays_where_it_may_mean_them(office: Office, leader: Actor) -> None:
    office.nominate()
    other = replace(ADA, company="Other Engines", email="ada@other.example", phone=None, why="Ada Lovelace is keen")
    office.world.nominate(office.id, office.rep, other)
    erase(office, leader)
    kept = [row for row in everything(office)["nomination"] if row["why"]]
    assert [row["why"] for row in kept] == ["Ada Lovelace is keen"]
    assert refused(office, office.rep, ADA) == NEUTRAL


def test_an_erased_customer_is_found_by_nobody(office: Office, leader: Actor) -> None:
    told(office)
    words = ["lovelace", "wonderful", "looms"]
    assert all(_finds(office, one) for one in words)
    erase(office, leader)
    assert not any(_finds(office, one) for one in words)


def _finds(office: Office, words: str) -> list[Any]:
    return list(office.world.do(office.id, search.matching, search.words_of(words), 10))


def test_a_colleague_is_erased_and_what_they_did_stays(office: Office, leader: Actor) -> None:
    world, ws = office.world, office.id
    tina = world.member(ws, "UTINA", Role.TEAM, real_name="Tina Berger", email="tina@us.example")
    nomination_id = world.nominate(ws, tina, GRACE).id
    world.nominate(ws, office.rep, replace(ADA, why="Tina Berger and <@UTINA> know her: tina@us.example"))
    deliver(office)
    erase(office, leader, "tina@us.example")
    deliver(office)
    finish(office)
    left = json.dumps(everything(office), default=str, ensure_ascii=False)
    assert [trace for trace in ("Tina", "tina@us", "UTINA") if trace in left] == []
    card = office.card(nomination_id)
    assert (card.contact_name, card.nominator_name) == ("Grace Hopper", NOBODY)
    why = [row["why"] for row in everything(office)["nomination"] if "know her" in row["why"]]
    assert why == ["[removed] and [removed] know her: [removed]"]
    person = next(row for row in everything(office)["person"] if row["name"] == NOBODY)
    assert (person["standing"], person["slack_user_id"], person["email"]) == (Standing.DEACTIVATED.value, None, None)
    assert everything(office)["do_not_contact"] == []
    alert = standing(office)[f"alert:{nomination_id}"]
    assert alert[0] == Kind.NOMINATION_ALERT.value  # it works on, without the name
    assert "Grace Hopper" in alert[1]
