"""A workflow nominates a customer, from the run of the step to the team's alert, and hears how it ended."""

from typing import Any

import pytest

from bot import manifest
from domain.workflow_steps import STEP, TITLES
from sandbox.delivery.exchange import Delivery
from sandbox.person import Person
from sandbox.workflow_steps import Execution
from storage.nominations import Contact, Endorsement, Nomination
from tests.e2e.acts import nominated
from tests.e2e.conftest import Company

INPUTS = {
    "contact_name": "Ada Okafor",
    "company": "Harbor Mutual",
    "why": "It saved her team a week each month.",
    "nominator": "U0DESMOND",
}


async def ended(where: Company, builder: Person, **inputs: Any) -> Execution:
    """A run of the step, once it is over."""
    begun = await builder.run_step(STEP, **{**INPUTS, **inputs})
    execution = where.sandbox.workspace.executions[begun["id"]]
    await where.until(lambda: execution.status != "running")
    return execution


async def test_a_workflow_nominates_and_everybody_hears_of_it(company: Company) -> None:
    async with (
        company.person("kaylee") as builder,
        company.person("desmond") as rep,
        company.person("priyanka") as team,
    ):
        run = await ended(company, builder, email="Ada@Harbor.example", title="COO", customer_knows=True)
        assert (run.status, run.error) == ("completed", "")
        row = company.row(Nomination, Nomination.source == "workflow")
        assert (row.customer_knows, row.title, row.state) == (True, "COO", "submitted")
        message = (
            "Ada Okafor of Harbor Mutual is nominated. The advocacy team looks at it; you hear from Everboard what "
            "becomes of it."
        )
        home = f"slack://app?team=T0QUORVANE&id={company.app.id}&tab=home"
        assert run.outputs == {"nomination_id": row.id, "status": "nominated", "message": message, "link": home}
        await rep.message(containing="Thank you for putting Ada Okafor")
        alert = await team.message("advocacy", containing=["Ada Okafor", "in a workflow", "saved her team a week"])
        assert "ada@harbor" not in str(alert).casefold()


async def test_whom_a_colleague_nominated_is_endorsed_and_known_the_next_time(over_socket: Company) -> None:
    async with over_socket.person("kaylee") as builder:
        await nominated(builder, "Ada Okafor")
        first, second = await ended(over_socket, builder), await ended(over_socket, builder)
        own = await ended(over_socket, builder, nominator="U0KAYLEE")
    [row] = over_socket.rows(
        Nomination, Nomination.contact_id == over_socket.row(Contact, Contact.name == "Ada Okafor").id
    )
    assert [run.outputs["status"] for run in (first, second, own)] == ["endorsed", "known", "known"]
    assert {run.outputs["nomination_id"] for run in (first, second, own)} == {row.id}
    assert len(over_socket.rows(Endorsement, Endorsement.nomination_id == row.id)) == 1


@pytest.mark.parametrize(
    ("inputs", "words"),
    [
        ({"email": "ada at harbor"}, "Customer's email address: That doesn't look like an email address."),
        ({"company": " ", "why": " "}, "Company: Which company are they with? Why they would be a good advocate: Say"),
        ({"contact_name": "x" * 5000}, "Customer's name: "),
        ({"nominator": "somebody"}, "Who nominates: Choose a person of this workspace"),
        ({"nominator": "U0NOBODY"}, "Who nominates: Choose a person of this workspace"),
    ],
)
async def test_what_is_wrong_is_said_to_whoever_runs_it(
    over_socket: Company, inputs: dict[str, Any], words: str
) -> None:
    before = len(over_socket.rows(Nomination))
    async with over_socket.person("kaylee") as builder:
        run = await ended(over_socket, builder, **inputs)
        assert run.status == "failed"
        assert run.error.startswith(words)
    assert len(over_socket.rows(Nomination)) == before


async def test_guests_do_not_nominate_through_a_workflow_either(over_socket: Company) -> None:
    over_socket.sandbox.admin.change_user("U0DESMOND", is_restricted=True)
    await over_socket.sandbox.settled()
    async with over_socket.person("kaylee") as builder:
        run = await ended(over_socket, builder)
    assert run.status == "failed"
    assert run.error.startswith("Guests cannot see customer data")
    assert over_socket.rows(Contact, Contact.name == "Ada Okafor") == []


async def test_who_must_not_be_contacted_is_not_nominated_and_the_reason_is_kept(over_socket: Company) -> None:
    async with over_socket.person("priyanka") as team, over_socket.person("kaylee") as builder:
        await team.command("/advocacy", "do-not-contact")
        await team.click(await team.modal("do_not_contact"), "do_not_contact_add_open")
        await team.modal("do_not_contact_add")
        await team.submit({"who": "ada@harbor.example"})
        run = await ended(over_socket, builder, email="ada@harbor.example")
        told = await ended(over_socket, builder, email="ada@harbor.example", nominator="U0PRIYANKA")
    assert run.status == told.status == "failed"
    assert "do-not-contact" not in run.error  # the reason is for the team alone
    assert "do-not-contact list" in told.error
    assert over_socket.rows(Contact, Contact.name == "Ada Okafor") == []


async def test_slack_may_tell_of_a_run_twice(company: Company) -> None:
    async with company.person("kaylee") as builder:
        run = await ended(company, builder)
        await company.sandbox.settled()
        told = [one.detail["payload"] for one in company.sandbox.calls.named("function_executed")]
        assert len(told) == 1
        workspace = company.sandbox.workspace
        await workspace.deliver(company.app, Delivery("events_api", told[0], retry=1, retry_reason="timeout"))
        await company.everboard.house.finished(10)
    assert run.status == "completed"
    assert len(company.rows(Nomination, Nomination.source == "workflow")) == 1
    [again] = [one for one in company.sandbox.calls.named("functions.completeSuccess") if not one.ok]
    assert again.error == "execution_not_in_running_state"


def test_the_manifest_names_the_inputs_as_the_sentences_do() -> None:
    declared = manifest.load()["functions"][STEP]["input_parameters"]
    assert {name: one["title"] for name, one in declared.items()} == dict(TITLES)
