"""Pictures in blocks: whether the app may show a file of Slack's, whether Slack could fetch what an address names.

Their shapes are checked in `checks`; the fetching is done before, by `downloads`.
"""

import re
from typing import Any

from sandbox.apps import App
from sandbox.checks import MESSAGE_TEXT, NotTaken, Refusal, kept_attachments, kept_message, kept_view
from sandbox.downloads import IMAGE_URL
from sandbox.files import File
from sandbox.shapes import JSON
from sandbox.sharing import app_sees
from sandbox.workspace import Workspace

PICTURES = frozenset({"image/png", "image/jpeg", "image/gif"})

_KEY = "slack_file"
_ADDRESS = re.compile(r"/files-pri/(\w+)-(\w+)/")

# An attachment's own picture, beside its blocks, is fetched when it is shown: a bad one is no refusal.
_OF_ATTACHMENT = re.compile(r"/attachments/\d+/image_url")


def may_name_picture(text: str) -> bool:
    """Whether JSON in this form can hold a key that names a picture: as it is, or with letters written as escapes."""
    return _KEY in text or IMAGE_URL in text or "\\u" in text


def app_message(ws: Workspace, app: App, blocks: Any, *, pictures: bool = True) -> list[JSON]:
    """`kept_message` for what this app posts. Raises NotTaken.

    `pictures` is false where `may_name_picture` says that there is nothing to look up: most messages pass here so.
    """
    kept = kept_message(blocks)
    if pictures:
        _refuse(ws, app, kept, "/blocks")
    return kept


def app_attachments(ws: Workspace, app: App, attachments: Any) -> list[JSON]:
    """`kept_attachments` for what this app posts. Raises NotTaken, TooManyAttachments, AttachmentsTooLong."""
    kept = kept_attachments(attachments, MESSAGE_TEXT)
    _refuse(ws, app, kept, "/attachments")
    return kept


def app_view(ws: Workspace, app: App, view: Any) -> JSON:
    """`kept_view` for what this app shows. Raises NotTaken."""
    kept = kept_view(view)
    _refuse(ws, app, kept["blocks"], "/view/blocks")
    return kept


def hidden_pictures(ws: Workspace, app: App, value: list[Any] | JSON, at: str) -> list[Refusal]:
    """A refusal for each picture anywhere in `value` that this app may not show; `at` is where `value` stands."""
    found: list[tuple[str, Any]] = []
    _collect(value, at, found)
    return [Refusal(pointer, reason) for pointer, named in found if (reason := _reason(ws, app, pointer, named))]


def _refuse(ws: Workspace, app: App, value: list[Any], at: str) -> None:
    bad = hidden_pictures(ws, app, value, at)
    if bad:
        raise NotTaken(bad)


def _collect(value: list[Any] | JSON, at: str, found: list[tuple[str, Any]]) -> None:
    # A plain walk instead of nested generators: every message passes here.
    for key, item in value.items() if isinstance(value, dict) else enumerate(value):
        if key in (_KEY, IMAGE_URL):
            found.append((f"{at}/{key}", item))
        elif isinstance(item, dict | list):
            _collect(item, f"{at}/{key}", found)


def _reason(ws: Workspace, app: App, pointer: str, named: Any) -> str | None:
    """Why Slack refuses a picture; None where it does not."""
    if pointer.endswith(_KEY):
        return None if _may_show(ws, app, named) else "invalid slack file"
    if _OF_ATTACHMENT.fullmatch(pointer) or not isinstance(named, str):
        return None
    return "downloading image failed" if ws.site.downloads.failed(named) else None


def _may_show(ws: Workspace, app: App, named: Any) -> bool:
    file = _found(ws, named)
    return file is not None and file.mimetype in PICTURES and app_sees(ws, app, file)


def _found(ws: Workspace, named: Any) -> File | None:
    """The file of that id or private address."""
    # Nobody has checked the shape of what stands in an attachment beside its blocks.
    file_id, url = (named.get("id"), named.get("url")) if isinstance(named, dict) else (None, None)
    if isinstance(file_id, str):
        return ws.files.find(file_id)
    if not isinstance(url, str):
        return None
    address = _ADDRESS.match(url.removeprefix(ws.url)) if url.startswith(ws.url) else None
    ours = address is not None and address[1] == ws.world.team["id"]
    return ws.files.find(address[2]) if address is not None and ours else None
