"""Invitations to share a channel, as people see them: who may accept one, and who may approve it."""

from collections.abc import Callable

from aiohttp import web

from sandbox import inviting
from sandbox.invitation import Invitation
from sandbox.page_api.asking import Asked, queried
from sandbox.refusals import Refused
from sandbox.shapes import JSON
from sandbox.web_api.calling import SlackError
from sandbox.web_api.channel_making import check_name
from sandbox.workspace import Workspace

_IN_WORDS = {
    "name_taken": "There is a channel of that name already. Choose another one.",
    "already_approved": "Your workspace has approved this already.",
    "invite_used": "Somebody has accepted this already.",
}

GONE = "This invitation is not open any more."


def invitations(ws: Workspace, request: web.Request) -> JSON:
    """Those that this person can do something about, or waits for."""
    asked = queried(ws, request)
    found = [one for one in ws.site.invitations.values() if one.is_open(ws.clock.seconds())]
    return {"invitations": [_shown(asked, one) for one in found if _concerns(asked, one)]}


def _concerns(asked: Asked, one: Invitation) -> bool:
    own = asked.ws.world.team["id"] in (one.host, one.guest)
    return inviting.addressed_to(asked.ws, one, asked.user) or (own and _is_admin(asked))


def _shown(asked: Asked, one: Invitation) -> JSON:
    host = asked.ws.site.workspaces[one.host]
    guest = asked.ws.site.workspaces.get(one.guest)
    return {
        "id": one.id,
        "from": host.world.team["name"],
        "to": guest.world.team["name"] if guest else one.email or host.world.users[one.recipient]["name"],
        "inviter": host.world.users[one.inviter]["real_name"],
        "channel": host.world.channels[one.channel].name,
        "status": one.status,
        "may_accept": not one.guest and inviting.addressed_to(asked.ws, one, asked.user),
        "may_approve": one.status == "accepted" and _is_admin(asked) and asked.ws.world.team["id"] not in one.approved,
    }


def _is_admin(asked: Asked) -> bool:
    person = asked.ws.world.users[asked.user]
    return bool(person["is_admin"] or person["is_owner"])


def _named(asked: Asked) -> Invitation:
    found = asked.ws.site.invitations.get(asked.text("invitation"))
    if found is None or not _concerns(asked, found):
        raise Refused(GONE)
    return found


async def accept_invitation(asked: Asked) -> JSON:
    """Take a channel on, under a name of this workspace's own."""
    name = asked.text("name").strip().removeprefix("#")
    try:
        check_name(name)
    except SlackError:
        raise Refused("Channel names have up to 80 small letters, digits, hyphens and underscores.") from None
    private = bool(asked.values.get("is_private"))
    return _done(lambda: inviting.accept(asked.ws, _named(asked), asked.user, name, is_private=private))


async def approve_invitation(asked: Asked) -> JSON:
    """An administrator agrees for their workspace."""
    return _done(lambda: inviting.approve(asked.ws, _reviewed(asked), asked.user))


async def decline_invitation(asked: Asked) -> JSON:
    """An administrator refuses for their workspace."""
    return _done(lambda: inviting.decline(asked.ws, _reviewed(asked), asked.user))


def _reviewed(asked: Asked) -> Invitation:
    if not _is_admin(asked):
        raise Refused("Only an administrator can decide whether a channel is shared.")
    return _named(asked)


def _done(step: Callable[[], None]) -> JSON:
    try:
        step()
    except inviting.InvitationRefused as refused:
        raise Refused(_IN_WORDS.get(str(refused), GONE)) from None
    return {}


INVITATION_DEEDS = {
    "accept_invitation": accept_invitation,
    "approve_invitation": approve_invitation,
    "decline_invitation": decline_invitation,
}
