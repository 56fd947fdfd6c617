"""From a nomination to a published advocate whom colleagues find, and out of sight again; on both databases."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.engine import make_url

from domain.advocates import Card, Consent, ConsentScope, Move, Profile, State, notes_mark
from domain.errors import AlreadyDone, IllegalMove, NotAllowed, RuleError
from domain.nominations import Source
from domain.people import Actor, Role
from steps import advocates, contacts, lookup, nominations, profiles, review
from steps.review import Acceptance
from storage import profiles as profile_rows
from storage import search
from storage.advocates import ConsentRow
from storage.audit import Audit
from storage.guard import GuardedSession
from storage.outbox import Message
from storage.tables import metadata
from tests.patience import owner
from tests.worlds import ADA, World

NO_NOTES = notes_mark(None)
NOTES = "Her board is split, so never mention the Babbage affair."
LISTED = (ConsentScope.LISTED, ConsentScope.CONVERSATIONS)
COMPLETE = Profile(
    title="Chief Engineer",
    industry="Computing",
    country="GB",
    region="Europe",
    languages=("English",),
    products=("Loom",),
    use_cases="Computes Bernoulli numbers without a mistake.",
    quotes="It weaves algebra.",
    activities=("reference call",),
)


@dataclass
class Journey:
    """One customer, on the way to being an advocate."""

    world: World
    id: str
    rep: Actor
    team: Actor
    advocate_id: str = ""

    def do(self, step: Any, actor: Actor, *args: Any, **kwargs: Any) -> Any:
        return self.world.do(self.id, step, actor, self.world.moment(), *args, **kwargs)

    def card(self) -> Card:
        found = self.world.do(self.id, profile_rows.one, self.advocate_id)
        assert isinstance(found, Card)
        return found

    def finds(self, words: str = "bernoulli") -> list[str]:
        return [one.found.contact_name for one in self.do(lookup.look_up, self.rep, words, 0).offers]

    def receipt(self) -> str:
        """That of a form which nobody has sent before."""
        return self.world.moment().new_id()

    def begin(self) -> None:
        nomination_id = self.world.nominate(self.id, self.rep).id
        due = self.world.now.date() + timedelta(days=7)
        self.do(review.accept, self.team, nomination_id, Acceptance("UREP", due))
        self.advocate_id = self.do(advocates.introduced, self.rep, nomination_id, "By phone.").id

    def prepare(self) -> None:
        """Everything that publishing needs."""
        at = self.world.now + timedelta(days=1)
        self.do(advocates.schedule, self.team, self.advocate_id, at, None, "UTEAM", self.receipt())
        self.do(advocates.record_interview, self.team, self.advocate_id, NOTES, held=True, mark=NO_NOTES)
        self.do(profiles.edit_profile, self.team, self.advocate_id, COMPLETE, self.card().version)
        self.do(advocates.record_consent, self.team, self.advocate_id, self.consent(), self.receipt())

    def consent(self, *scopes: ConsentScope) -> Consent:
        return Consent(scopes or LISTED, self.world.now.date(), "By email.")


@pytest.fixture
def journey(world: World) -> Journey:
    workspace_id = world.workspace("T1")
    rep = world.member(workspace_id, "UREP", email="rep@quota.example")
    made = Journey(world, workspace_id, rep, world.member(workspace_id, "UTEAM", Role.TEAM))
    made.begin()
    return made


def test_the_whole_journey(journey: Journey) -> None:
    assert journey.card().state is State.INTRODUCED
    assert (journey.card().introduced_by_slack_id, journey.card().introduction_note) == ("UREP", "By phone.")
    assert journey.finds() == []
    journey.prepare()
    card = journey.card()
    assert (card.state, card.missing, card.profile) == (State.INTERVIEWING, (), COMPLETE)
    assert journey.finds() == [], "nobody is found before they are published"
    published = journey.do(advocates.publish, journey.team, journey.advocate_id)
    assert published.state is State.ACTIVE
    assert published.published_at == published.verified_at == journey.world.now
    assert journey.finds() == journey.finds("") == journey.finds("ADA lovel") == ["Ada Lovelace"]


def test_who_rests_or_retires_is_not_found(journey: Journey) -> None:
    journey.prepare()
    journey.do(advocates.publish, journey.team, journey.advocate_id)
    journey.do(advocates.leave, journey.team, journey.advocate_id, Move.REST)
    assert journey.finds() == journey.finds("") == []
    journey.do(advocates.come_back, journey.team, journey.advocate_id)
    assert journey.finds() == ["Ada Lovelace"]
    journey.do(advocates.leave, journey.team, journey.advocate_id, Move.RETIRE)
    assert journey.finds() == journey.finds("") == []
    journey.do(advocates.come_back, journey.team, journey.advocate_id)
    assert journey.card().state is State.INTERVIEWING
    assert journey.finds() == []


def test_a_changed_profile_is_found_by_its_new_words(journey: Journey) -> None:
    journey.prepare()
    journey.do(advocates.publish, journey.team, journey.advocate_id)
    changed = replace(COMPLETE, use_cases="Weaves silk.")
    journey.do(profiles.edit_profile, journey.team, journey.advocate_id, changed, journey.card().version)
    assert journey.finds("bernoulli") == []
    assert journey.finds("silk") == ["Ada Lovelace"]


def test_a_consent_taken_back_hides_the_advocate(journey: Journey) -> None:
    journey.prepare()
    journey.do(advocates.publish, journey.team, journey.advocate_id)
    only = journey.consent(ConsentScope.CONVERSATIONS)
    journey.do(advocates.record_consent, journey.team, journey.advocate_id, only, journey.receipt())
    assert journey.card().state is State.RESTING
    assert journey.finds() == []
    with pytest.raises(RuleError, match="consent"):
        journey.do(advocates.come_back, journey.team, journey.advocate_id)


def test_an_undecided_transaction_is_not_found_by_anybody(journey: Journey) -> None:
    journey.prepare()
    with journey.world.db.session(journey.id) as session:
        advocates.publish(session, journey.team, journey.world.moment(), journey.advocate_id)
        assert [hit.advocate_id for hit in search.matching(session, search.words_of("bernoulli"), 5)] == [
            journey.advocate_id
        ]
    assert journey.finds() == []


def test_illegal_moves_leave_nothing_behind(journey: Journey) -> None:
    def rows() -> int:
        return len(journey.world.do(journey.id, lambda session: session.scalars(select(Audit.id)).all()))

    before, version, now = rows(), journey.card().version, journey.world.now
    advocate_id = journey.advocate_id
    refused: list[tuple[type[RuleError], Any]] = [
        (IllegalMove, lambda: journey.do(advocates.publish, journey.team, advocate_id)),
        (IllegalMove, lambda: journey.do(advocates.leave, journey.team, advocate_id, Move.REST)),
        (IllegalMove, lambda: journey.do(advocates.come_back, journey.team, advocate_id)),
        (AlreadyDone, lambda: journey.do(advocates.introduced, journey.team, journey.card().nomination_id, None)),
        (RuleError, lambda: journey.do(advocates.schedule, journey.team, advocate_id, now, None, None, "r")),
        (
            RuleError,
            lambda: journey.do(advocates.record_interview, journey.team, advocate_id, NOTES, held=True, mark=NO_NOTES),
        ),
        (AlreadyDone, lambda: journey.do(profiles.edit_profile, journey.team, advocate_id, COMPLETE, version + 1)),
        (NotAllowed, lambda: journey.do(advocates.publish, journey.rep, advocate_id)),
        (NotAllowed, lambda: journey.do(profiles.edit_profile, journey.rep, advocate_id, COMPLETE, version)),
        (
            NotAllowed,
            lambda: journey.do(advocates.record_interview, journey.rep, advocate_id, NOTES, held=True, mark=NO_NOTES),
        ),
        (NotAllowed, lambda: journey.do(contacts.of_advocate, journey.world.member(journey.id, "U9"), advocate_id)),
    ]
    for kind, act in refused:
        with pytest.raises(kind):
            act()
    assert rows() == before
    assert journey.card().state is State.INTRODUCED


def test_publishing_names_all_that_is_missing(journey: Journey) -> None:
    journey.do(
        advocates.schedule, journey.team, journey.advocate_id, journey.world.now + timedelta(days=1), None, None, "r"
    )
    with pytest.raises(RuleError) as refused:
        journey.do(advocates.publish, journey.team, journey.advocate_id)
    for part in ("interview", "language", "use us for", "consent"):
        assert part in refused.value.message


def test_two_who_edit_one_profile_lose_nobody_s_words(journey: Journey) -> None:
    version = journey.card().version
    journey.do(profiles.edit_profile, journey.team, journey.advocate_id, replace(COMPLETE, quotes="First."), version)
    with pytest.raises(AlreadyDone, match="colleague"):
        journey.do(profiles.edit_profile, journey.team, journey.advocate_id, replace(COMPLETE, quotes="2nd."), version)
    assert journey.card().profile.quotes == "First."


def test_two_who_write_notes_lose_nobody_s(journey: Journey) -> None:
    journey.prepare()
    with pytest.raises(AlreadyDone, match="colleague"):
        journey.do(advocates.record_interview, journey.team, journey.advocate_id, "2nd.", held=True, mark=NO_NOTES)
    changed, mark = f"{NOTES} And more.", notes_mark(NOTES)
    journey.do(advocates.record_interview, journey.team, journey.advocate_id, changed, held=True, mark=mark)
    # The same form once more, as Slack delivers it when an answer was lost.
    journey.do(advocates.record_interview, journey.team, journey.advocate_id, changed, held=True, mark=mark)
    shown = journey.world.do(journey.id, profile_rows.one, journey.advocate_id, with_notes=True)
    assert shown.interview.notes == changed


def test_notes_and_contact_details_open_for_whoever_may_see_them(journey: Journey) -> None:
    journey.prepare()
    shown = journey.world.do(journey.id, profile_rows.one, journey.advocate_id, with_notes=True)
    assert shown.interview.notes == NOTES
    assert journey.card().interview is not None
    assert NOTES not in repr(journey.card())
    details = journey.do(contacts.of_advocate, journey.team, journey.advocate_id)
    assert details == ("Ada Lovelace", ADA.company, ADA.email, ADA.phone)


SECRETS = ("ada@engines.example", "7946", "+44 20", "Babbage affair", "rep@quota.example")


def test_no_address_no_number_and_no_notes_stand_in_the_database(journey: Journey) -> None:
    journey.prepare()
    journey.do(advocates.publish, journey.team, journey.advocate_id)
    known = journey.do(nominations.submit, journey.rep, ADA, Source.COMMAND, "view:V2")
    assert isinstance(known, nominations.AlreadyKnown), "what was typed is kept as a draft"
    dumped = dump(journey.world)
    assert "Ada Lovelace" in dumped, "the dump shows what is not sealed"
    assert [secret for secret in SECRETS if secret.casefold() in dumped.casefold()] == []


def dump(world: World) -> str:
    """Every value of every table, and all bytes of an SQLite database's files: nothing is left in free pages."""
    with owner(world.db) as connection:
        rows = [connection.execute(table.select()).all() for table in metadata.sorted_tables]
    url = make_url(world.db.url)
    if url.get_backend_name() != "sqlite":
        return str(rows)
    files = sorted(Path(str(url.database)).parent.glob("everboard.db*"))
    return str(rows) + "".join(file.read_bytes().decode("latin-1") for file in files)


def test_whoever_nominated_hears_of_each_step(journey: Journey) -> None:
    journey.prepare()
    journey.do(advocates.publish, journey.team, journey.advocate_id)

    def told(session: GuardedSession) -> list[str]:
        query = select(Message.text).where(Message.target == "UREP").order_by(Message.created_at)
        return list(session.scalars(query))

    heard = journey.world.do(journey.id, told)
    assert len(heard) >= 5
    assert len(set(heard)) == len(heard), "no step is told twice"
    assert "thanks to you." in heard[-1]
    assert not [text for text in heard if "<@UREP>" in text], "nobody is spoken of to themselves"


def test_today_is_the_reviewer_s_own_day(journey: Journey) -> None:
    journey.world.now = datetime(2026, 9, 14, 21, tzinfo=UTC)
    auckland = replace(journey.team, time_zone="Pacific/Auckland")
    los_angeles = replace(journey.team, time_zone="America/Los_Angeles")
    tuesday = Consent(LISTED, date(2026, 9, 15), "By phone this morning.")
    with pytest.raises(RuleError, match="still to come"):
        journey.do(advocates.record_consent, los_angeles, journey.advocate_id, tuesday, journey.receipt())
    assert (
        journey.do(advocates.record_consent, auckland, journey.advocate_id, tuesday, journey.receipt()).consent
        == tuesday
    )


def test_a_due_day_may_be_the_reviewer_s_today(journey: Journey) -> None:
    values = replace(ADA, contact_name="Grace Hopper", company="Compilers Inc", email=None)
    nomination_id = journey.world.nominate(journey.id, journey.rep, values).id
    journey.world.now = datetime(2026, 9, 15, 1, tzinfo=UTC)
    monday = Acceptance(None, date(2026, 9, 14))
    with pytest.raises(RuleError, match="passed"):
        journey.do(review.accept, journey.team, nomination_id, monday)
    los_angeles = replace(journey.team, time_zone="America/Los_Angeles")
    assert journey.do(review.accept, los_angeles, nomination_id, monday).introduction_due == date(2026, 9, 14)


def test_a_zone_that_nobody_knows_is_utc(journey: Journey) -> None:
    nowhere = replace(journey.team, time_zone="Mars/Olympus_Mons")
    assert nowhere.today(datetime(2026, 9, 14, 21, tzinfo=UTC)) == date(2026, 9, 14)


def test_a_form_that_slack_delivers_twice_is_done_once(journey: Journey) -> None:
    at, other = journey.world.now + timedelta(days=1), journey.world.now + timedelta(days=2)
    consent = journey.consent()
    for _delivery in range(2):
        journey.do(advocates.schedule, journey.team, journey.advocate_id, at, None, None, "submit:V1")
        journey.do(advocates.record_consent, journey.team, journey.advocate_id, consent, "submit:V2")
    journey.do(advocates.schedule, journey.team, journey.advocate_id, other, None, None, "submit:V3")
    late = journey.do(advocates.schedule, journey.team, journey.advocate_id, at, None, None, "submit:V1")
    assert late.interview.at == other, "a late delivery takes nothing back"

    def count(session: GuardedSession) -> tuple[int, int]:
        told = select(Message.id).where(Message.target == "UREP", Message.text.contains("is arranged"))
        return len(session.scalars(select(ConsentRow.id)).all()), len(session.scalars(told).all())

    assert journey.world.do(journey.id, count) == (1, 2)
