"""Files that apps and people upload: a place for the bytes, the bytes, who may see them. Posts nothing."""

import mimetypes
import secrets
from dataclasses import dataclass, field

from sandbox.apps import App
from sandbox.clock import Ids
from sandbox.shapes import JSON

# Slack's own figure is a gigabyte; nobody wants to keep that in memory here.
MOST_BYTES = 32 * 1024 * 1024


@dataclass
class File:
    """One file of `user`. `content` is None until it is uploaded, `shared` are the channels that show it.

    `given_to` are the apps, by id, whose forms it was put into.
    """

    id: str
    user: str
    app: App | None
    name: str
    size: int
    created: int
    secret: str = field(repr=False)
    alt_txt: str = ""
    title: str = ""
    content: bytes | None = field(default=None, repr=False)
    complete: bool = False
    shared: list[str] = field(default_factory=list)
    given_to: set[str] = field(default_factory=set)

    @property
    def mimetype(self) -> str:
        """What kind of file its name says it is."""
        return mimetypes.guess_type(self.name)[0] or "application/octet-stream"


class Files:
    """The files of one workspace."""

    def __init__(self, ids: Ids) -> None:
        self._ids = ids
        self._files: dict[str, File] = {}

    def announce(self, app: App, name: str, size: int, *, created: int, alt_txt: str = "") -> File:
        """A file that an app is going to upload."""
        secret = secrets.token_urlsafe(24)
        made = File(self._ids.new("F"), app.bot_user_id, app, name, size, created, secret, alt_txt, title=name)
        self._files[made.id] = made
        return made

    def keep(self, user: str, name: str, content: bytes, *, created: int) -> File:
        """A file of a person, whole at once; nobody else sees it until it is shared."""
        made = File(self._ids.new("F"), user, None, name, len(content), created, secrets.token_urlsafe(24), title=name)
        made.content, made.complete = content, True
        self._files[made.id] = made
        return made

    def find(self, file_id: str) -> File | None:
        """A file by its id."""
        return self._files.get(file_id)

    def awaiting(self, secret: str) -> File | None:
        """The file whose bytes are to come to this secret address; once they have, to none."""
        found = (one for one in self._files.values() if one.secret == secret and one.content is None)
        return next(found, None)


def file_shape(file: File, url: str, team_id: str) -> JSON:
    """A file as Slack shows it. `url` is the server's."""
    private = f"{url}/files-pri/{team_id}-{file.id}/{file.name}"
    kind = file.name.rpartition(".")[2].lower() if "." in file.name else "binary"
    shape = {
        "id": file.id,
        "created": file.created,
        "timestamp": file.created,
        "name": file.name,
        "title": file.title,
        "mimetype": file.mimetype,
        "filetype": kind,
        "pretty_type": kind.upper(),
        "user": file.user,
        "user_team": team_id,
        "editable": False,
        "size": file.size,
        "mode": "hosted",
        "is_external": False,
        "external_type": "",
        "is_public": bool(file.shared),
        "public_url_shared": False,
        "display_as_bot": False,
        "username": "",
        "url_private": private,
        "url_private_download": private,
        "permalink": private,
    }
    return {**shape, "alt_txt": file.alt_txt} if file.alt_txt else shape
