"""The key changes: everything opens under the new one, everybody is recognised, however often it is cut off."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from slack_sdk.oauth.installation_store.models import Bot
from sqlalchemy import LargeBinary, select

from bot.rekeying import UNDER_WAY, check_key, seal_all
from bot.settings import Environment, SettingsError
from domain.errors import RuleError
from domain.imports.kinds import ImportKind
from domain.people import Role
from steps import erasing
from storage import contacts, drafts
from storage.base import Base
from storage.blind import RetiredKey
from storage.database import Database
from storage.do_not_contact import DoNotContact
from storage.erasing import by_address
from storage.installations import Installations, Place
from storage.nominations import Contact
from storage.pulse import Answer
from storage.sealed import BLIND, DIGESTS, OTHERS, SEALED
from storage.sealing import Keys, WrongKeyError
from tests.bot.importing import Office as Importing
from tests.bot.importing import as_csv
from tests.databases import variables
from tests.patience import patient
from tests.steps.office import GRACE, Office, office
from tests.worlds import ADA, KEYS, SECRET, World

__all__ = ["office"]

NEW_SECRET = "a new secret of the house, and long enough for it"
NEW, NEWEST = Keys.of(NEW_SECRET), Keys.of(NEW_SECRET[::-1])

PULSE = as_csv(
    ("pulse", "date", "group", "respondent", "element", "score"),
    ("Spring", "2026-02-01", "Sales", "rita@us.example", "awareness", "4"),
)


def test_every_binary_column_says_what_becomes_of_it_when_the_key_changes() -> None:
    held = {
        (table.name, column.name)
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, LargeBinary)
    }
    lists: list[Any] = [SEALED, DIGESTS, BLIND, OTHERS]
    said = {(kind.__tablename__, name) for found in lists for kind, names in found.items() for name in names}
    assert said == held


OPENED: list[Database] = []
"""Databases that a test has opened beside its own."""


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    yield
    while OPENED:
        OPENED.pop().close()


@pytest.fixture
def filled(office: Office, tmp_path: Any) -> Office:
    """A workspace with something in every column that is sealed or a digest."""
    world, ws = office.world, office.id
    leader = world.member(ws, "ULEAD", Role.LEADER, email="lena@us.example")
    office.nominate()
    found = world.do(ws, erasing.preview, leader, world.moment(), ADA.email)
    world.do(ws, erasing.confirm, leader, world.moment(), found.subject, ADA.email)
    world.nominate(ws, office.rep, replace(GRACE, email="grace@compilers.example", phone="+1 202 555 0100"))
    world.do(ws, drafts.keep, world.moment(), "draft", office.rep.person_id, GRACE, "command")
    Importing(world.db, ws, tmp_path).load(ImportKind.PULSES, PULSE)
    return office


def under(office: Office, keys: Keys) -> Office:
    """The same database with another key."""
    db = patient(office.world.db.url, keys)
    OPENED.append(db)
    return replace(office, world=World(db, office.world.now, office.world.rng))


def rekeyed(office: Office, keys: Keys, old: Keys, done: Callable[[], None] = lambda: None) -> Office:
    changed = under(office, keys)
    seal_all(changed.world.db, old, changed.world.moment, done)
    return changed


def rows(office: Office, table: type[Base]) -> list[Any]:
    return list(office.world.do(office.id, lambda session: session.scalars(select(table)).all()))


def opened(office: Office) -> list[str]:
    """All that is sealed, opened."""
    sealing = office.world.db.keys.sealer(office.id)
    values = [getattr(row, name) for table, names in SEALED.items() for row in rows(office, table) for name in names]
    return sorted(sealing.open(value) or "" for value in values if table_is_not_the_keys(value, office))


def table_is_not_the_keys(value: bytes | None, office: Office) -> bool:
    return value is not None and value not in [row.key for row in rows(office, RetiredKey)]


def refused(office: Office, email: str | None = ADA.email) -> bool:
    """Whether the erased customer still can't be nominated."""
    moment = office.world.moment()
    try:
        office.world.nominate(office.id, office.rep, replace(ADA, email=email, why=moment.new_id()))
    except RuleError as error:
        return "can't be nominated" in error.message
    return False


def test_everything_opens_and_everybody_is_recognised(filled: Office, tmp_path: Any) -> None:
    before, counts = opened(filled), {table: len(rows(filled, table)) for table in (Contact, Answer, DoNotContact)}
    assert len(before) >= 5
    for keys, old in ((NEW, KEYS), (NEWEST, NEW)):
        filled = rekeyed(filled, keys, old)
        assert opened(filled) == before
        found = filled.world.do(filled.id, by_address, "Grace@compilers.example")
        assert len(found.contact_ids) == 1
        assert filled.world.do(filled.id, by_address, "lena@us.example").person_ids
        assert refused(filled)
        assert refused(filled, None)
        Importing(filled.world.db, filled.id, tmp_path).load(ImportKind.PULSES, PULSE)
        assert {table: len(rows(filled, table)) for table in counts} == counts
        assert filled.world.do(filled.id, contacts.digest_of, "grace@compilers.example") in [
            row.email_digest for row in rows(filled, Contact)
        ]
    for keys in (KEYS, NEW):
        with pytest.raises(WrongKeyError):
            opened(under(filled, keys))


def test_who_has_the_old_key_can_tell_nobody_on_the_list(filled: Office) -> None:
    before = {(row.email_digest, row.name_digest) for row in rows(filled, DoNotContact)}
    now = {(row.email_digest, row.name_digest) for row in rows(rekeyed(filled, NEW, KEYS), DoNotContact)}
    assert len(now) == len(before) == 1
    assert not {digest for pair in now for digest in pair} & {digest for pair in before for digest in pair}


class Cut(Exception):  # not an error of anybody's
    """The power goes."""


def test_wherever_it_is_cut_off_it_goes_on(filled: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.rekeying.AT_A_TIME", 2)
    before, steps = opened(filled), 0
    while True:
        left = iter(range(steps))

        def cut(left: Any = left) -> None:
            if next(left, None) is None:
                raise Cut

        try:
            done = rekeyed(filled, NEW, KEYS, cut)
        except Cut:
            steps += 1
            continue
        break
    assert steps > 8
    assert opened(done) == before
    assert len(rows(done, RetiredKey)) == 1
    assert refused(done)


def environment(office: Office, secret: str, monkeypatch: pytest.MonkeyPatch) -> Environment:
    monkeypatch.setenv("EVERBOARD_SECRET_KEY", secret)
    for name, value in variables(office.world.db.url).items():
        monkeypatch.setenv(name, value)
    return Environment()  # type: ignore[call-arg]  # the values come from the environment


def test_the_bot_does_not_start_in_the_middle_of_it_nor_with_a_wrong_key(
    filled: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    check_key(environment(filled, SECRET, monkeypatch))
    with pytest.raises(WrongKeyError):
        check_key(environment(filled, NEW_SECRET, monkeypatch))

    def cut() -> None:
        raise Cut

    with pytest.raises(Cut):
        rekeyed(filled, NEW, KEYS, cut)
    with pytest.raises(SettingsError, match="run everboard rekey again") as told:
        check_key(environment(filled, NEW_SECRET, monkeypatch))
    assert str(told.value) == UNDER_WAY
    with pytest.raises(WrongKeyError):
        check_key(environment(filled, SECRET, monkeypatch))
    rekeyed(filled, NEW, KEYS)
    check_key(environment(filled, NEW_SECRET, monkeypatch))


def test_a_key_that_is_neither_stops_it_and_loses_nothing(filled: Office) -> None:
    before = opened(filled)
    with pytest.raises(WrongKeyError):
        rekeyed(filled, NEW, Keys.of("some other secret that never sealed a thing"))
    assert opened(filled) == before


def test_tokens_get_the_new_seal(database_url: str) -> None:
    first, second = patient(database_url, KEYS), patient(database_url, NEW)
    bot = Bot(app_id="A1", team_id="T1", bot_token="xoxb-1", bot_id="B1", bot_user_id="U1", installed_at=1.0)
    Installations(first, "client").save_bot(bot)
    for _again in range(2):
        seal_all(second, KEYS, World(second).moment, lambda: None)
        found = Installations(second, "client").find(Place("", "T1"))
        assert found is not None
        assert found.bot_token == "xoxb-1"
    with pytest.raises(WrongKeyError):
        Installations(first, "client").find(Place("", "T1"))
    first.close()
    second.close()
