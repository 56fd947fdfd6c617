"""functions.completeSuccess and functions.completeError: how an app ends its step of a workflow."""

from sandbox.posting import open_im, post
from sandbox.shapes import JSON
from sandbox.users import SLACKBOT
from sandbox.web_api.calling import Call, Method, SlackError, invalid_arguments
from sandbox.workflow_steps import Execution, complaints, end


def complete_success(call: Call) -> JSON:
    """functions.completeSuccess; the outputs must be what the manifest says."""
    execution = _running(call)
    outputs = call.args.parsed("outputs")
    if not isinstance(outputs, dict):
        raise invalid_arguments("must provide an object [json-pointer:/outputs]")
    found = complaints(execution.step.outputs, outputs)
    if found:
        raise SlackError("parameter_validation_failed", response_metadata={"messages": found})
    end(call.ws, execution, outputs=outputs)
    return {}


def complete_error(call: Call) -> JSON:
    """functions.completeError; Slackbot tells the person."""
    execution = _running(call)
    error = call.args.required("error")
    end(call.ws, execution, error=error)
    im = open_im(call.ws, execution.user, SLACKBOT)
    text = f"The step “{execution.step.title}” of {execution.app.name} failed: {error}"
    post(call.ws, im, {"type": "message", "user": SLACKBOT, "text": text, "ts": call.ws.clock.ts()})
    return {}


def _running(call: Call) -> Execution:
    execution = call.ws.executions.get(call.args.required("function_execution_id"))
    if execution is None:
        raise SlackError("function_execution_not_found")
    if execution.app.id != call.app.id:
        raise SlackError("access_denied")
    if execution.status != "running":
        raise SlackError("execution_not_in_running_state")
    return execution


METHODS = (
    Method("functions.completeSuccess", complete_success),
    Method("functions.completeError", complete_error),
)
