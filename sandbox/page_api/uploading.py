"""A file that a person picks on the page: its bytes come in here, and it is theirs alone until they share it."""

from aiohttp import web

from sandbox.channels import Channel
from sandbox.files import MOST_BYTES, File, file_shape
from sandbox.page_api.asking import Asked, Malformed, queried
from sandbox.refusals import Refused
from sandbox.shapes import JSON
from sandbox.workspace import Workspace

# As Slack's client has it.
MOST_AT_ONCE = 10


async def upload(ws: Workspace, request: web.Request) -> JSON:
    """Keep the body as a file called `name`. Raises Malformed and Refused."""
    asked = queried(ws, request)
    name = asked.text("name").replace("/", "_").strip()
    if not name:
        raise Malformed("`name` must be the name of a file")
    content = b""
    while len(content) <= MOST_BYTES and (chunk := await request.content.readany()):
        content += chunk
    if not content:
        raise Refused(f"{name} is empty.")
    if len(content) > MOST_BYTES:
        raise Refused(f"{name} is larger than {MOST_BYTES // 1024 // 1024} MB, which is the most here.")
    return {"file": shape(ws, ws.files.keep(asked.user, name, content, created=ws.clock.seconds()))}


def shape(ws: Workspace, file: File) -> JSON:
    """A file as Slack shows it."""
    return file_shape(file, ws.url, ws.world.team["id"])


def shared(asked: Asked, channel: Channel) -> list[JSON]:
    """The person's own files named in `files`, from now on to be seen in the channel. Raises Malformed and Refused."""
    named = asked.values.get("files") or []
    if not isinstance(named, list) or not all(isinstance(one, str) for one in named) or len(named) > MOST_AT_ONCE:
        raise Malformed(f"`files` must be a list of up to {MOST_AT_ONCE} ids")
    found = [asked.ws.files.find(one) for one in dict.fromkeys(named)]
    own = [file for file in found if file is not None and file.user == asked.user]
    if len(own) < len(found):
        raise Refused("That file is not there any more.")
    for file in own:
        file.shared += [channel.id] if channel.id not in file.shared else []
    return [shape(asked.ws, file) for file in own]
