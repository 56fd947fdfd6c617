"""Custom steps of workflows: an execution is started, told to its app, and ended by it once. Runs no workflow."""

import secrets
from dataclasses import dataclass, field
from typing import Literal

from sandbox.apps import App, Step
from sandbox.events import send_event
from sandbox.shapes import JSON
from sandbox.workspace import Workspace

# What a parameter of a type must be; other types of Slack's are ids, which are strings.
_TYPES: dict[str, type | tuple[type, ...]] = {
    "boolean": bool,
    "integer": int,
    "number": (int, float),
    "array": list,
    "object": dict,
}


@dataclass
class Execution:
    """One run of a step for a person. `outputs` or `error` are there once it has ended."""

    id: str
    app: App
    step: Step
    user: str
    token: str = field(repr=False)
    status: Literal["running", "completed", "failed"] = "running"
    outputs: JSON = field(default_factory=dict)
    error: str = ""

    def frame(self) -> JSON:
        """The execution as the page shows it."""
        shown = {"id": self.id, "app": self.app.id, "callback_id": self.step.callback_id, "status": self.status}
        return {**shown, "outputs": self.outputs, "error": self.error}


def start(ws: Workspace, app: App, step: Step, user: str, inputs: JSON) -> Execution:
    """Run a step: the app hears of it, with a token of its own. The inputs have been checked."""
    execution = Execution(ws.world.ids.new("Fx"), app, step, user, f"xwfp-{secrets.token_hex(16)}")
    ws.executions[execution.id] = execution
    ws.tokens[execution.token] = app
    now = ws.clock.seconds()
    function = {
        "id": f"Fn{step.callback_id.upper()}",
        "callback_id": step.callback_id,
        "title": step.title,
        "description": step.description,
        "type": "app",
        "input_parameters": list(step.inputs),
        "output_parameters": list(step.outputs),
        "app_id": app.id,
        "date_created": now,
        "date_updated": now,
        "date_deleted": 0,
    }
    event = {
        "type": "function_executed",
        "function": function,
        "inputs": inputs,
        "function_execution_id": execution.id,
        "workflow_execution_id": ws.world.ids.new("Wx"),
        "event_ts": ws.clock.ts(),
        "bot_access_token": execution.token,
    }
    send_event(ws, app, "function_executed", event)
    return execution


def end(ws: Workspace, execution: Execution, *, outputs: JSON | None = None, error: str = "") -> None:
    """Note how an execution ended; its person is told."""
    execution.status = "failed" if error else "completed"
    execution.outputs, execution.error = outputs or {}, error
    ws.stream.to_user(execution.user, {"type": "step", "execution": execution.frame()})


def complaints(parameters: tuple[JSON, ...], given: JSON) -> list[str]:
    """What is wrong with the values of parameters, in sentences."""
    known = {parameter["name"]: parameter for parameter in parameters}
    found = [f"unknown parameter: {name}" for name in given if name not in known]
    for name, parameter in known.items():
        value = given.get(name)
        if value is None:
            if parameter["is_required"]:
                found.append(f"missing required parameter: {name}")
        elif not _fits(parameter["type"], value):
            found.append(f"{name} must be of the type {parameter['type']}")
    return found


def _fits(kind: str, value: object) -> bool:
    if kind != "boolean" and isinstance(value, bool):
        return False
    return isinstance(value, _TYPES.get(kind, str))
