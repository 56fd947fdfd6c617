"""An advisory board from the first form to its members, as team and relationship owner live it."""

from storage.audit import Audit
from storage.engagements import Engagement
from storage.mechanisms import MechanismMember
from tests.e2e.acts import MARKUP, press
from tests.e2e.conftest import Company
from tests.e2e.mechanism_doors import (
    BOARD,
    answered,
    begun,
    every_mechanism_door_once,
    invited,
    owned_by_desmond,
)

AKIKO = "Akiko Fujinami-Rhodes"


async def test_a_board_is_begun_and_a_customer_joins(over_socket: Company) -> None:
    company = over_socket
    company.read(owned_by_desmond)
    async with (
        company.person("priyanka") as team,
        company.person("desmond") as owner,
        company.person("kaylee") as outsider,
    ):
        await begun(team)
        await press(team, "mechanism", "mechanism_invite_open")
        shown = await team.modal("mechanism_invite", containing=["Would do: advisory board", "of 2 uses left"])
        assert team.text_of(shown).index(AKIKO) < team.text_of(shown).index("Florian Hackenschmied")
        await team.close()
        await invited(team, f"{AKIKO}, Yarrabank Superannuation")
        asked = await owner.message(containing=f"Would {AKIKO} of Yarrabank Superannuation join")
        assert not any(mark in str(asked) for mark in MARKUP)
        await outsider.command("/advocacy", "programs")
        await outsider.modal(containing="Only the advocacy team or the program leader can run programs")
        await answered(owner, AKIKO, "invitation_join")
        await owner.message(containing=f"{AKIKO} of Yarrabank Superannuation has joined")
        await team.message(containing=[f"{AKIKO} of Yarrabank Superannuation has joined", BOARD])
        await team.close()
        await team.click(await team.modal("mechanisms"), "mechanism_open")
        await team.modal("mechanism", containing=["1 of 12 joined", "Member since"])
    assert company.row(MechanismMember).state == "member"
    [term] = company.rows(Engagement, Engagement.source == "program")
    assert (term.halves, term.status) == (4, "reserved")
    actions = {one.action for one in company.rows(Audit, Audit.action.startswith("mechanism."))}
    assert actions == {"mechanism.created", "mechanism.invited", "mechanism.join"}


async def test_wrong_values_stand_at_their_fields_and_nothing_typed_is_lost(over_socket: Company) -> None:
    async with over_socket.person("priyanka") as team:
        await team.command("/advocacy", "programmes")
        await press(team, "mechanisms", "mechanism_new_open")
        await team.modal("mechanism_form")
        wrong = await team.submit({"name": "Board", "purpose": "Advice", "size": "many", "ends_on": "2020-01-01"})
        assert "whole number" in wrong.errors["size"]
        assert "before it begins" in wrong.errors["ends_on"]
        await team.modal("mechanism_form", containing="Board")


async def test_every_door_of_a_program(over_socket: Company) -> None:
    await every_mechanism_door_once(over_socket)
