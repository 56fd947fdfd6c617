"""The resistance log and the adoption list on both databases: switched on, written, read by those named, forgotten."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import select, text

from domain.adoption_list import PAGE, Chosen, Listed, Which
from domain.errors import NotAllowed, RuleError
from domain.home import Home
from domain.messages import Kind
from domain.moment import Moment
from domain.people import Actor, Function, Role, Standing
from domain.pulse import Element
from domain.pulse_statements import Motive
from domain.resistance import MOST_OPEN, Entry, Log, State
from steps import about_me, adoption_list, conversations, home, resistance
from steps.settings import set_numbers
from storage import people, settings
from storage.audit import Audit
from storage.guard import GuardedSession
from storage.outbox import Message
from storage.people import Person
from storage.resistance import ResistanceEntry, ResistanceTalk
from storage.saved_searches import LookUp
from tests.patience import owner
from tests.steps.race import ROUNDS, at_once
from tests.worlds import World, counted

FIRST = date(2026, 9, 1)
NINE = datetime(2026, 9, 1, 9, 12, tzinfo=UTC)
SECRET_WORDS = "a quieter hour on Thursdays"


@dataclass
class Office:
    """Two leaders, a champion, a change partner and two reps; one leader is named as reader."""

    world: World
    id: str
    leader: Actor
    second: Actor
    champion: Actor
    partner: Actor
    rep: Actor
    other: Actor

    def do(self, step: Any, actor: Actor, *args: Any) -> Any:
        return self.world.do(self.id, step, actor, self.world.moment(), *args)

    def on(self, *readers: str, log: bool = True, listing: bool = True, by: Actor | None = None) -> None:
        said = resistance.On(log, listing, readers or ("ULEADER",), understood=True)
        self.do(resistance.switch_on, by or self.leader, said)

    def write(
        self, about: str | None = "UREP", entry: Entry | None = None, by: Actor | None = None, **other: Any
    ) -> None:
        usual = {
            "element": Element.DESIRE,
            "motive": Motive.GAIN,
            "need": SECRET_WORDS,
            "next_step": "",
            "next_on": None,
        }
        said = conversations.Written(person=about, **{**usual, "coach_id": None, **other})
        self.do(conversations.save, by or self.leader, said, entry.id if entry else None, entry.version if entry else 0)

    def log(self, actor: Actor | None = None) -> Log:
        found: Log = self.do(resistance.seen, actor or self.leader)
        return found

    def entry(self) -> Entry:
        [found] = self.log().entries or ()
        return found

    def note(
        self, words: str = "We had coffee.", *, step: str = "", on: date | None = None, closes: bool = False
    ) -> None:
        now = self.entry()
        said = conversations.Talked(words, step, on, closes)
        self.do(conversations.note, self.leader, now.id, now.version, said)

    def page(self, chosen: Chosen = Chosen(), by: Actor | None = None) -> Listed:  # noqa: B008  # it is frozen
        found: Listed = self.do(adoption_list.page, by or self.leader, chosen)
        return found

    def run(self, step: Any, days: float) -> list[Message]:
        """Let a job run so many days after the first one; answers what it put into the outbox."""
        before = {one.id for one in self.messages()}
        self.world.now = NINE + timedelta(days=days)
        moment = Moment(self.world.now, self.world.rng.getrandbits)
        self.world.do(self.id, lambda session: step(session, moment, settings.load(session)))
        return [one for one in self.messages() if one.id not in before]

    def messages(self) -> list[Message]:
        query = select(Message).order_by(Message.created_at, Message.id)
        found: list[Message] = self.world.do(self.id, lambda session: list(session.scalars(query)))
        return found

    def trail(self, *, beginning: str = "") -> list[Audit]:
        query = select(Audit).where(Audit.action.startswith(beginning)).order_by(Audit.at, Audit.id)
        found: list[Audit] = self.world.do(self.id, lambda session: list(session.scalars(query)))
        return found

    def rows(self, table: type) -> int:
        return len(self.world.do(self.id, lambda session: list(session.scalars(select(table)))))

    def person(self, actor: Actor, **values: object) -> None:
        def change(session: GuardedSession) -> None:
            row = session.get_one(Person, (session.workspace_id, actor.person_id))
            for name, value in values.items():
                setattr(row, name, value)

        self.world.do(self.id, change)


@pytest.fixture
def office(world: World) -> Office:
    workspace = world.workspace("T1")
    leader, second = (world.member(workspace, name, Role.LEADER) for name in ("ULEADER", "ULEADER2"))
    champion = world.member(workspace, "UCHAMP", Role.CHAMPION)
    partner = world.member(workspace, "UPARTNER", Role.CHANGE_PARTNER)
    rep, other = world.member(workspace, "UREP"), world.member(workspace, "UREP2")
    return Office(world, workspace, leader, second, champion, partner, rep, other)


def test_it_is_off_and_holds_nothing_until_the_leader_has_agreed_to_its_notice(office: Office) -> None:
    assert (office.log().switch.log, office.log().switch.listing, office.log().entries) == (False, False, None)
    office.on(log=False)
    with pytest.raises(RuleError, match="switched off"):
        office.write()
    office.do(resistance.switch_off, office.leader, resistance.Off(log=False, listing=True, keep=False))
    for said, name in (
        (resistance.On(True, True, ("ULEADER",), understood=False), "understood"),
        (resistance.On(False, False, ("ULEADER",), understood=True), "what"),
        (resistance.On(True, True, (), understood=True), "readers"),
        (resistance.On(True, True, ("UREP",), understood=True), "readers"),
        (resistance.On(True, True, ("ULEADER", "UPARTNER"), understood=True), "readers"),
    ):
        with pytest.raises(RuleError) as refusal:
            office.do(resistance.switch_on, office.leader, said)
        assert set(refusal.value.fields) == {name}
    assert not office.log().switch.log
    with pytest.raises(RuleError, match="switched off"):
        office.page()
    assert office.rows(ResistanceEntry) == 0


def test_only_the_leader_switches_and_only_those_named_read_names(office: Office) -> None:
    for actor in (office.champion, office.partner, office.rep):
        with pytest.raises(NotAllowed, match=r"^Only "):
            office.on(by=actor)
        with pytest.raises(NotAllowed, match=r"^Only "):
            office.do(resistance.switching, actor)
        with pytest.raises(NotAllowed, match=r"^Only "):
            office.do(resistance.switch_off, actor, resistance.Off(True, True, keep=False))
    office.on()
    office.write()
    entry = office.entry()
    for actor in (office.second, office.champion, office.partner):
        found = office.log(actor)
        assert found.entries is None, "numbers without names"
        assert (found.counts.elements[Element.DESIRE], found.counts.motives[Motive.GAIN]) == (1, 1)
    with pytest.raises(NotAllowed, match=r"^Only "):
        office.log(office.rep)
    acts: list[tuple[Any, tuple[Any, ...]]] = [
        (conversations.form, (entry.id,)),
        (conversations.one, (entry.id,)),
        (conversations.close, (entry.id, entry.version)),
        (conversations.reopen, (entry.id, entry.version)),
        (conversations.remove, (entry.id, entry.version)),
        (conversations.note, (entry.id, entry.version, conversations.Talked("Words", "", None, closes=False))),
        (adoption_list.page, (Chosen(),)),
    ]
    for actor in (office.second, office.champion, office.partner, office.rep):
        for act, args in acts:
            with pytest.raises(NotAllowed, match=r"^Only "):
                office.do(act, actor, *args)
        with pytest.raises(NotAllowed, match=r"^Only "):
            office.write("UREP2", by=actor)
    assert office.entry() == entry


def test_a_leader_who_was_named_hears_of_it_and_one_who_lost_the_role_reads_no_more(office: Office) -> None:
    office.on("ULEADER", "UCHAMP")
    [told] = office.messages()
    assert (told.target, "has named you as one who reads" in told.text) == ("UCHAMP", True)
    office.on("ULEADER", "UCHAMP")
    assert len(office.messages()) == 1, "told once"
    office.write()
    assert office.log(office.champion).entries
    office.world.do(office.id, lambda session: people.set_holders(session, Role.CHAMPION, []))
    demoted = replace(office.champion, roles=frozenset({Role.MEMBER}))
    with pytest.raises(NotAllowed, match=r"^Only "):
        office.log(demoted)
    assert [one.name for one in office.log().switch.readers] == ["Name of ULEADER"]


def test_what_is_written_is_sealed_and_in_neither_audit_nor_messages(office: Office) -> None:
    office.on()
    office.write(next_step=f"Offer {SECRET_WORDS}", next_on=FIRST + timedelta(days=1))
    office.note(f"Tried {SECRET_WORDS}", step=f"Again {SECRET_WORDS}", on=FIRST + timedelta(days=1))
    office.run(conversations.remind, 1)
    with owner(office.world.db) as connection:
        for table in ("resistance_entry", "resistance_talk", "audit", "outbox", "outbox_subject"):
            stored = str(connection.execute(text(f"select * from {table}")).fetchall())  # noqa: S608  # our own
            assert "Thursdays" not in stored, table
            if table.startswith("outbox"):
                assert "UREP" not in stored, table
                assert office.rep.person_id not in stored, table
    assert office.entry().need == SECRET_WORDS
    assert office.entry().talks[0].words == f"Tried {SECRET_WORDS}"


def test_each_look_is_written_down(office: Office) -> None:
    office.on()
    office.write()
    before = len(office.trail(beginning="resistance.seen"))
    office.log()
    office.log(office.partner)
    [look] = office.trail(beginning="resistance.seen")[before:]
    assert (look.actor_id, look.after) == (office.leader.person_id, {"entries": 1})
    office.page(Chosen(Which.EVERYBODY, Function.SALES))
    [look] = office.trail(beginning="adoption_list.seen")
    assert look.after == {"which": "everybody", "function": "sales", "page": 0}
    assert [one.action for one in office.trail(beginning="resistance.on")] == ["resistance.on"]


def test_what_a_form_lacks_is_said_at_its_field_and_nothing_is_kept(office: Office) -> None:
    office.on("ULEADER", "UCHAMP")
    for about, values, name in (
        (None, {}, "person"),
        ("UNOBODY", {}, "person"),
        ("ULEADER", {}, "person"),
        ("UREP", {"need": " "}, "need"),
        ("UREP", {"need": "x" * 501}, "need"),
        ("UREP", {"need": "Too lazy for it"}, "need"),
        ("UREP", {"next_step": "Talk", "next_on": None}, "next_on"),
        ("UREP", {"next_on": FIRST}, "next_step"),
        ("UREP", {"next_step": "Talk", "next_on": FIRST - timedelta(days=1)}, "next_on"),
        ("UREP", {"next_step": "So stubborn", "next_on": FIRST}, "next_step"),
        ("UREP", {"coach_id": office.second.person_id}, "coach"),
    ):
        with pytest.raises(RuleError) as refusal:
            office.write(about, **values)
        assert set(refusal.value.fields) == {name}
    assert office.rows(ResistanceEntry) == 0
    office.write()
    with pytest.raises(RuleError) as refusal:
        office.write()
    assert set(refusal.value.fields) == {"person"}, "one open entry a colleague"
    with pytest.raises(RuleError) as refusal:
        office.note(" ")
    assert set(refusal.value.fields) == {"words"}
    assert office.rows(ResistanceTalk) == 0


def test_two_who_think_of_the_same_colleague_write_one_entry(office: Office) -> None:
    office.on("ULEADER", "UCHAMP")
    said = conversations.Written("UREP", Element.ABILITY, None, "Time.", "", None, None)
    for _round in range(ROUNDS):
        acts = [
            partial(conversations.save, actor=who, moment=office.world.moment(), said=said, entry_id=None, version=0)
            for who in (office.leader, office.champion)
        ]
        heard = [one for one in at_once(office.world.db, office.id, *acts) if one is not None]
        assert [str(one) for one in heard] == [
            "There is an open entry about this colleague already. Please note it there."
        ]
        now = office.entry()
        office.do(conversations.remove, office.leader, now.id, now.version)


def test_changed_talked_about_closed_opened_again_and_deleted(office: Office) -> None:
    office.on()
    office.write()
    first = office.entry()
    office.write(None, first, element=Element.ABILITY, motive=None, need="Time in the week.")
    with pytest.raises(RuleError, match="changed in the meantime"):
        office.write(None, first)
    changed = office.entry()
    assert (changed.element, changed.motive, changed.need) == (Element.ABILITY, None, "Time in the week.")
    office.note("We found Thursdays.", step="See how it went", on=FIRST + timedelta(days=7))
    noted = office.entry()
    assert [(talk.words, talk.by) for talk in noted.talks] == [("We found Thursdays.", "Name of ULEADER")]
    assert (noted.next_step, noted.next_on) == ("See how it went", FIRST + timedelta(days=7))
    office.note("It works.", closes=True)
    closed = office.entry()
    assert (closed.state, closed.next_step, closed.next_on, len(closed.talks)) == (State.CLOSED, None, None, 2)
    with pytest.raises(RuleError, match="closed"):
        office.note("More")
    office.do(conversations.reopen, office.leader, closed.id, closed.version)
    office.do(conversations.close, office.leader, closed.id, office.entry().version)
    office.write()
    with pytest.raises(RuleError, match="newer open entry"):
        office.do(conversations.reopen, office.leader, closed.id, closed.version + 2)
    for one in office.log().entries or ():
        office.do(conversations.remove, office.leader, one.id, one.version)
    assert (office.rows(ResistanceEntry), office.rows(ResistanceTalk)) == (0, 0)
    assert [one.action for one in office.trail(beginning="resistance") if one.action != "resistance.seen"] == [
        "resistance.on",
        "resistance.added",
        "resistance.changed",
        "resistance.noted",
        "resistance.noted",
        "resistance.reopened",
        "resistance.closed",
        "resistance.added",
        "resistance.deleted",
        "resistance.deleted",
    ]


def test_a_coach_is_reminded_on_the_day_and_once_more_by_number_alone(office: Office) -> None:
    office.on("ULEADER", "UCHAMP")
    office.write(next_step="Coffee", next_on=FIRST + timedelta(days=2), coach_id=office.champion.person_id)
    office.write("UREP2", next_step="Lunch", next_on=FIRST + timedelta(days=2), coach_id=office.champion.person_id)
    assert office.run(conversations.remind, 1) == []
    [told] = office.run(conversations.remind, 2)
    assert (told.kind, told.target) == (Kind.CONVERSATION.value, "UCHAMP")
    assert told.text == "2 conversations that you planned are for today or late."
    assert office.run(conversations.remind, 2) == []
    assert office.run(conversations.remind, 4) == []
    assert len(office.run(conversations.remind, 5)) == 1
    assert office.run(conversations.remind, 30) == []


def test_nobody_is_reminded_while_it_is_off_away_or_no_longer_a_reader(office: Office) -> None:
    office.on("ULEADER", "UCHAMP")
    office.write(next_step="Coffee", next_on=FIRST, coach_id=office.champion.person_id)
    office.person(office.champion, away_until=FIRST + timedelta(days=3))
    assert office.run(conversations.remind, 1) == []
    assert [one.target for one in office.run(conversations.remind, 4)] == ["UCHAMP"]
    now = office.entry()
    office.write(None, now, next_step="Coffee", next_on=FIRST + timedelta(days=9), coach_id=office.champion.person_id)
    office.on("ULEADER")
    assert [one.target for one in office.run(conversations.remind, 9)] == ["ULEADER"], "another reader hears of it"
    office.do(resistance.switch_off, office.leader, resistance.Off(log=True, listing=False, keep=True))
    assert office.run(conversations.remind, 12) == []


def test_switching_off_deletes_the_entries_or_keeps_them_closed(office: Office) -> None:
    office.on()
    office.write()
    with pytest.raises(RuleError) as refusal:
        office.do(resistance.switch_off, office.leader, resistance.Off(log=False, listing=False, keep=True))
    assert set(refusal.value.fields) == {"what"}
    assert office.do(resistance.switch_off, office.leader, resistance.Off(log=True, listing=False, keep=True)) == 0
    found = office.log()
    assert (found.entries, found.switch.entries, found.counts.due) == (None, 1, 0)
    assert found.switch.listing
    with pytest.raises(RuleError, match="switched off"):
        office.do(conversations.form, office.leader, None)
    office.on()
    assert office.entry().need == SECRET_WORDS
    assert office.do(resistance.switch_off, office.leader, resistance.Off(log=True, listing=True, keep=False)) == 1
    assert office.rows(ResistanceEntry) == 0
    assert office.trail(beginning="resistance.off")[-1].after == {"log_on": False, "list_on": False, "deleted": 1}


def test_what_is_old_enough_is_deleted_also_while_it_is_off(office: Office) -> None:
    office.on()
    office.write()
    office.note("Coffee.")
    office.run(conversations.forget, 364)
    assert office.rows(ResistanceEntry) == 1
    office.do(resistance.switch_off, office.leader, resistance.Off(log=True, listing=True, keep=True))
    office.run(conversations.forget, 366)
    assert (office.rows(ResistanceEntry), office.rows(ResistanceTalk)) == (0, 0)
    [forgotten] = office.trail(beginning="resistance.forgotten")
    assert forgotten.actor_id is None


def test_the_leader_may_keep_it_for_less_and_never_for_longer(office: Office) -> None:
    office.on()
    office.write()
    with pytest.raises(RuleError):
        office.do(set_numbers, office.leader, {"log_months": "13"})
    office.do(set_numbers, office.leader, {"log_months": "1"})
    office.run(conversations.forget, 32)
    assert office.rows(ResistanceEntry) == 0


def test_everybody_reads_what_is_held_on_them_and_nothing_else(office: Office) -> None:
    office.on()
    office.write()
    office.write("UREP2", need="Something quite different.")
    office.world.nominate(office.id, office.rep)
    held = office.do(about_me.held, office.rep)
    assert [entry.need for entry in held.entries] == [SECRET_WORDS]
    assert (held.listed.nominated, held.listed.looked_up, held.listed.requested) == (1, 0, 0)
    assert office.do(about_me.held, office.leader).entries == []
    office.do(resistance.switch_off, office.leader, resistance.Off(log=True, listing=True, keep=True))
    held = office.do(about_me.held, office.rep)
    assert ([entry.need for entry in held.entries], held.listed) == ([SECRET_WORDS], None)
    with pytest.raises(NotAllowed, match="Guests"):
        office.do(about_me.held, replace(office.rep, standing=Standing.GUEST))


def test_the_list_says_by_name_who_has_taken_part_and_who_not_yet(office: Office) -> None:
    office.on()
    office.person(office.rep, function="sales")
    office.world.nominate(office.id, office.rep)

    def look_up(session: GuardedSession) -> None:
        moment = office.world.moment()
        old = moment.now - timedelta(days=400)
        for actor, at in ((office.rep, moment.now), (office.other, old)):
            session.add(LookUp(id=moment.new_id(), person_id=actor.person_id, at=at, query="q", fitted=0))

    office.world.do(office.id, look_up)
    took = office.page(Chosen(Which.TOOK_PART))
    assert [(one.name, one.function, one.nominated, one.looked_up, one.requested) for one in took.rows] == [
        ("Name of UREP", Function.SALES, 1, 1, 0)
    ]
    not_yet = office.page()
    assert "Name of UREP2" in [one.name for one in not_yet.rows], "what is over a year ago counts no more"
    assert (not_yet.people, not_yet.took_part) == (6, 1)
    assert [one.name for one in office.page(Chosen(Which.EVERYBODY, Function.SALES)).rows] == ["Name of UREP"]
    assert len(office.page(Chosen(Which.EVERYBODY)).rows) == 6
    office.person(office.rep, standing="deactivated")
    assert office.page(Chosen(Which.TOOK_PART)).rows == []


def test_a_page_costs_the_same_however_many_people_there_are(office: Office) -> None:
    office.on()

    def cost(chosen: Chosen) -> int:
        with counted(office.world.db) as statements:
            office.page(chosen)
        return len(statements)

    few = cost(Chosen(Which.EVERYBODY))
    for at in range(PAGE + 4):
        office.world.member(office.id, f"UMORE{at:02}")
    assert cost(Chosen(Which.EVERYBODY)) == few
    names = [one.name for page in range(2) for one in office.page(Chosen(Which.EVERYBODY, page=page)).rows]
    assert (len(names), names) == (PAGE + 10, sorted(names))


def test_the_log_is_read_in_the_same_statements_however_many_entries_there_are(office: Office) -> None:
    office.on()

    def cost() -> int:
        with counted(office.world.db) as statements:
            office.log()
        return len([one for one in statements if "resistance_" in one])

    office.write()
    office.note("Coffee.")
    few = cost()
    for at in range(10):
        office.world.member(office.id, f"UMORE{at:02}")
        office.write(f"UMORE{at:02}")
    assert cost() == few == 3


def test_a_full_log_takes_no_more(office: Office) -> None:
    office.on()
    for at in range(MOST_OPEN):
        office.world.member(office.id, f"UMORE{at:02}")
        office.write(f"UMORE{at:02}")
    with pytest.raises(RuleError, match="holds 40 open entries"):
        office.write("UREP2")


def test_home_says_how_many_conversations_are_due_to_their_coach_alone(office: Office) -> None:
    def due(actor: Actor) -> int:
        found: Home = office.do(home.seen, actor)
        return found.conversations

    office.on("ULEADER", "UCHAMP")
    office.write(next_step="Coffee", next_on=FIRST)
    assert [due(actor) for actor in (office.leader, office.champion, office.rep)] == [1, 0, 0]
    office.do(resistance.switch_off, office.leader, resistance.Off(log=True, listing=False, keep=True))
    assert due(office.leader) == 0
