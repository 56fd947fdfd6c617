"""*Nominate an advocate* in Workflow Builder: one run of the step, for the person whom the workflow names.

Nobody but the app ends a run: whatever goes wrong ends it with a sentence, which the workflow's builder reads.
"""

from dataclasses import replace

from domain.workflow_steps import STEP, nominator_in, not_a_person, values_in
from handlers.act import Act, StrangeToSlack
from handlers.answering import run_of_a_workflow
from handlers.house import House
from handlers.switchboard import Switchboard
from steps import workflow_steps
from views import workflow_steps as view


def register(board: Switchboard, house: House) -> None:
    """Listen to the step's runs."""
    board.function(STEP)(run_of_a_workflow(house, nominate))


async def nominate(act: Act) -> dict[str, str]:
    """Nominate as the named person. Answers the step's outputs. A run that Slack tells of twice nominates once."""
    event = act.body["event"]
    inputs = event.get("inputs") or {}
    person, values = replace(act, user_id=nominator_in(inputs)), values_in(inputs)
    try:
        run = await person.run(workflow_steps.nominate, values, f"step:{event['function_execution_id']}")
    except StrangeToSlack as error:
        raise not_a_person() from error
    home = view.home_address(act.installation.team_id or act.body.get("team_id") or "", act.body["api_app_id"])
    return view.outputs(run.outcome, run.card, home)
