"""What is held on one person is found wherever it stands, on both databases, and nobody else gets it."""

import json
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import insert

from domain.errors import NotAllowed, RuleError
from domain.people import Actor, Role
from steps import held
from storage.pulse_asked import Participation
from storage.pulse_runs import PulseRun
from tests.patience import owner
from tests.steps.office import GRACE, Office, office
from tests.steps.test_erasing import EMAIL, NAME, PHONE, deliver, everything, leader, told, traces
from tests.storage.test_tenants import row_of
from tests.worlds import ADA

__all__ = ["leader", "office"]

ELSEWHERE = {"advocate_document", "advocate", "draft", "setting"}
"""Tables with traces that are no rows of hers: the search index, which repeats the profile, and a form not sent yet."""


def on(office: Office, actor: Actor, who: str) -> dict[str, Any]:
    found: dict[str, Any] = office.world.do(office.id, held.on, actor, office.world.moment(), who)
    json.dumps(found)
    return found


def test_whatever_stands_of_a_customer_in_any_table_is_in_it(office: Office, leader: Actor) -> None:
    told(office)
    deliver(office)
    found = on(office, leader, EMAIL)
    assert (found["called"], found["is"]) == ("Ada Lovelace, Analytical Engines Ltd", ["customer"])
    [contact] = found["rows"]["contact"]
    assert (contact["name"], contact["email"], contact["phone"]) == (NAME, EMAIL, PHONE)
    assert "email_digest" not in contact
    assert found["rows"]["interview"][0]["notes"] == "Ada Lovelace said yes"
    assert {one["table"] for one in found["mentions"]} >= {"nomination", "look_up", "saved_search", "audit"}
    assert any("Ada Lovelace" in one["text"] for one in found["messages"])
    shown = {*found["rows"], *(one["table"] for one in found["mentions"]), *["outbox"] * bool(found["messages"])}
    assert {line.partition(".")[0] for line in traces(office)} - shown - ELSEWHERE == set()


def test_of_somebody_else_at_the_same_company_nothing_is_in_it(office: Office, leader: Actor) -> None:
    office.nominate()
    other = replace(GRACE, company=ADA.company, email="grace@engines.example", phone="+44 20 7946 1111")
    office.world.nominate(office.id, office.rep, other)
    assert "Grace" not in json.dumps(on(office, leader, EMAIL))


def test_a_colleague_gets_what_they_did_and_not_what_it_was_about(office: Office, leader: Actor) -> None:
    tina = office.world.member(office.id, "UTINA", Role.TEAM, real_name="Tina Berger", email="tina@us.example")
    nomination_id = office.world.nominate(office.id, tina, GRACE).id
    found = on(office, leader, "tina@us.example")
    assert found["is"] == ["colleague"]
    assert found["rows"]["person"][0]["email"] == "tina@us.example"
    [act] = [one for one in found["acts"] if one["as"] == "nominator_id"]
    assert (act["table"], act["id"]) == ("nomination", nomination_id)
    assert GRACE.why not in json.dumps([found["rows"], found["acts"], found["mentions"]])


def test_whether_somebody_answered_a_pulse_is_in_no_part_of_it(office: Office, leader: Actor) -> None:
    rep = office.world.member(office.id, "UREP", real_name="Rita Rep", email="rita@us.example")
    run = row_of(PulseRun.metadata.tables["pulse_run"], office.id, 0, "x") | {"pulse_id": None}
    seat = row_of(Participation.metadata.tables["participation"], office.id, 0, "x") | {"team_id": None}
    with owner(office.world.db) as connection:
        connection.execute(insert(PulseRun).values(run | {"planned_by_id": leader.person_id}))
        connection.execute(insert(Participation).values(seat | {"run_id": run["id"], "person_id": rep.person_id}))
    found = on(office, leader, "rita@us.example")
    assert "participation" not in json.dumps([found["rows"], found["acts"], found["mentions"]])
    assert "nobody can tell whose they are" in found["pulses"]


def test_only_who_may_export_gets_it_and_the_audit_says_so(office: Office, leader: Actor) -> None:
    office.nominate()
    for actor in (office.rep, office.reviewer):
        with pytest.raises(NotAllowed, match="Only the program leader or an Everboard admin can export"):
            on(office, actor, EMAIL)
    with pytest.raises(RuleError, match="holds nobody under that"):
        on(office, leader, "nobody@engines.example")
    on(office, leader, EMAIL)
    [entry] = [row for row in everything(office)["audit"] if row["action"] == "customer.exported"]
    [contact] = everything(office)["contact"]
    assert (entry["actor_id"], entry["subject_id"]) == (leader.person_id, contact["id"])
