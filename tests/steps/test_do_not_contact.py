"""The do-not-contact list, on both databases: who goes on it and comes off, and that it names nobody."""

import json
from dataclasses import replace

import pytest

from domain.do_not_contact import MOST, NEUTRAL, Entry, Named, Origin
from domain.errors import AlreadyDone, NotAllowed, RuleError
from domain.people import Actor, Role
from steps import do_not_contact as steps
from storage import do_not_contact as stored
from storage.audit import Audit
from tests.steps.office import GRACE, Office, office
from tests.steps.test_erasing import everything
from tests.worlds import ADA, counted

__all__ = ["office"]

GRACES_EMAIL = "grace@compilers.example"


def add(office: Office, who: str, actor: Actor | None = None) -> tuple[list[Entry], int]:
    found: tuple[list[Entry], int] = office.world.do(
        office.id, steps.add, actor or office.reviewer, office.world.moment(), who
    )
    return found


def test_by_address_or_by_name_and_company(office: Office) -> None:
    add(office, "  GRACE@compilers.example ")
    entries, total = add(office, "Ada Lovelace @ Analytical Engines")
    assert total == 2
    assert [(one.has_email, one.has_name, one.origin) for one in entries] == [
        (False, True, Origin.ADDED),
        (True, False, Origin.ADDED),
    ]
    assert {one.added_by for one in entries} == {office.reviewer.slack_user_id}
    for values in (ADA, replace(GRACE, email=GRACES_EMAIL), replace(GRACE, contact_name="G. H.", email=GRACES_EMAIL)):
        with pytest.raises(RuleError) as told:
            office.world.nominate(office.id, office.rep, values)
        assert told.value.message == NEUTRAL
    assert office.world.nominate(office.id, office.rep, GRACE).contact_name == "Grace Hopper", "no address, no match"


def test_the_list_and_the_audit_name_nobody(office: Office) -> None:
    add(office, GRACES_EMAIL)
    add(office, "Ada Lovelace @ Analytical Engines")
    rows = json.dumps([everything(office)["do_not_contact"], everything(office)["audit"]], default=str).casefold()
    assert [trace for trace in ("grace", "compilers", "ada", "lovelace", "engines") if trace in rows] == []


@pytest.mark.parametrize("who", ["", "Ada", "Ada Lovelace", "@", "ada@", "two words@but.no.company"])
def test_what_is_neither_is_said_at_the_field(office: Office, who: str) -> None:
    if who == "two words@but.no.company":
        assert add(office, who)[1] == 1  # a name and a company, as far as anybody can tell
        return
    with pytest.raises(RuleError, match="Whom is it about") as told:
        add(office, who)
    assert set(told.value.fields) == {"who"}


def test_twice_is_once(office: Office) -> None:
    add(office, GRACES_EMAIL)
    with pytest.raises(AlreadyDone, match="on the list already"):
        add(office, GRACES_EMAIL.upper())
    assert office.world.do(office.id, stored.how_many) == 1


def test_lifted_with_a_reason_they_may_be_nominated_again(office: Office) -> None:
    [entry], _total = add(office, GRACES_EMAIL)
    moment, reason = office.world.moment(), "She asked us to"
    with pytest.raises(RuleError, match="Why may they be contacted again"):
        office.world.do(office.id, steps.lift, office.reviewer, moment, entry.id, "  ")
    assert office.world.do(office.id, steps.lift, office.reviewer, moment, entry.id, reason) == ([], 0)
    with pytest.raises(AlreadyDone, match="isn't in force any more"):
        office.world.do(office.id, steps.lift, office.reviewer, moment, entry.id, reason)
    office.world.nominate(office.id, office.rep, replace(GRACE, email=GRACES_EMAIL))
    actions = [(row["action"], row["reason"]) for row in everything(office)[Audit.__tablename__]]
    assert ("do_not_contact.lifted", reason) in actions
    add(office, GRACES_EMAIL)
    assert office.world.do(office.id, stored.how_many) == 1


def test_only_team_leader_and_admin(office: Office) -> None:
    champion = office.world.member(office.id, "UCHAMP", Role.CHAMPION)
    for actor in (office.rep, champion):
        for step, *args in ((steps.seen,), (steps.add, GRACES_EMAIL), (steps.lift, "1", "why")):
            with pytest.raises(NotAllowed, match=r"^Only "):
                office.world.do(office.id, step, actor, office.world.moment(), *args)
    for role in (Role.LEADER, Role.ADMIN):
        actor = office.world.member(office.id, f"U{role.name}", role)
        assert office.world.do(office.id, steps.seen, actor, office.world.moment()) == ([], 0)


def test_a_long_list_shows_its_newest_and_says_how_long_it_is(office: Office) -> None:
    def fill(session: object) -> None:
        for at in range(MOST + 5):
            stored.add(session, office.world.moment(), None, Origin.ADDED, Named(email=f"{at}@x.example"))  # type: ignore[arg-type]

    office.world.do(office.id, fill)
    entries, total = office.world.do(office.id, steps.seen, office.reviewer, office.world.moment())
    assert (len(entries), total) == (MOST, MOST + 5)


def test_many_are_compared_in_two_statements(office: Office) -> None:
    add(office, GRACES_EMAIL)
    some = [Named("a", "b", f"{at}@x.example") for at in range(300)] + [Named("", "", GRACES_EMAIL)]
    with counted(office.world.db) as statements:
        found = office.world.do(office.id, stored.against_any, some)
    assert len([one for one in statements if "FROM do_not_contact" in one or "FROM retired_key" in one]) == 2
    assert found == {Named("", "", GRACES_EMAIL)}
