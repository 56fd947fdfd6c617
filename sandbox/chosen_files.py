"""The files in a form: what Slack's client refuses about them, and what of them reaches the app. Keeps no bytes."""

from typing import Any

from sandbox.connect import home_of
from sandbox.files import File, file_shape
from sandbox.inputs import Values
from sandbox.shapes import JSON
from sandbox.workspace import Workspace

# Slack's own figures: what a field takes that does not say `max_files`, and how large each file may be.
MOST_FILES = 10
FILE_BYTES = 10 * 1024 * 1024

GONE = "That file is not there any more."


def take_files(ws: Workspace, user: str, view: JSON, values: Values) -> dict[str, str]:
    """What Slack's client says at fields for files, by block_id; when it is nothing, `values` show the files as Slack.

    The app then sees those files.
    """
    complaints: dict[str, str] = {}
    for block in view["blocks"]:
        element = block.get("element", {})
        if element.get("type") != "file_input":
            continue
        state = values[block["block_id"]][element["action_id"]]
        files = _own(ws, user, state.get("files") or [])
        complaint = GONE if files is None else _complaint(element, files)
        if complaint is not None:
            complaints[block["block_id"]] = complaint
            continue
        state["files"] = [file_shape(file, ws.url, home_of(ws, user).world.team["id"]) for file in files or []]
        for file in files or []:
            file.given_to.add(view["app_id"])
    return complaints


def _own(ws: Workspace, user: str, given: Any) -> list[File] | None:
    """The person's own files behind what the page names; None where one of them is not theirs."""
    if not isinstance(given, list):
        return None
    theirs = home_of(ws, user).files
    found = [theirs.find(str(one.get("id"))) if isinstance(one, dict) else None for one in given]
    own = [file for file in found if file is not None and file.user == user]
    return own if len(own) == len(given) else None


def _complaint(element: JSON, files: list[File]) -> str | None:
    most = element.get("max_files", MOST_FILES)
    if len(files) > most:
        return f"No more than {most} {'file' if most == 1 else 'files'} here."
    endings = [f".{kind.lower()}" for kind in element.get("filetypes", [])]
    if endings and not all(file.name.lower().endswith(tuple(endings)) for file in files):
        return f"Only these kinds of file fit here: {', '.join(element['filetypes'])}."
    large = next((file.name for file in files if file.size > FILE_BYTES), None)
    return f"{large} is larger than {FILE_BYTES // 1024 // 1024} MB." if large else None
