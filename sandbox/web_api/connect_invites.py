"""conversations.inviteShared and what comes after it. Decides who may; what each step does is in `inviting`."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from sandbox import inviting
from sandbox.channels import Channel
from sandbox.invitation import Invitation
from sandbox.shapes import JSON
from sandbox.web_api.calling import Call, Method, SlackError, invalid_arguments, page
from sandbox.web_api.channel_making import check_name
from sandbox.web_api.destinations import visible
from sandbox.workspace import Workspace

_WRITE = ("conversations.connect:write",)
_MANAGE = ("conversations.connect:manage",)

_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def invite_shared(call: Call) -> JSON:
    """conversations.inviteShared: one person or one address at a time, and an app has to name them."""
    channel = _shareable(call)
    users, emails = call.args.names("user_ids"), call.args.names("emails")
    if not users and not emails:
        raise SlackError("recipients_not_specified")
    if len(emails) > 1:
        raise SlackError("too_many_emails")
    if len(users) > 1 or (users and emails):
        raise invalid_arguments("only one recipient may be invited at a time")
    if emails and not _ADDRESS.fullmatch(emails[0]):
        raise SlackError("invalid_email")
    if users and _stranger(call.ws, users[0]) is None:
        raise SlackError("user_not_found")
    with _refusals():
        to = {"recipient": users[0]} if users else {"email": emails[0]}
        made = inviting.invite(call.ws, channel, call.app.bot_user_id, **to)
    made.limited = call.args.flag("external_limited", default=True)
    return {"invite_id": made.id, "is_legacy_shared_channel": False}


def _shareable(call: Call) -> Channel:
    channel = visible(call, call.args.required("channel"))
    if channel.is_im or channel.is_mpim:
        raise SlackError("invalid_channel_type")
    if channel.is_general:
        raise SlackError("cannot_share_mandatory_channel")
    if channel.is_archived:
        raise SlackError("channel_archived")
    if call.app.bot_user_id not in channel.members:
        raise SlackError("not_in_channel")
    if channel.host and channel.host != call.ws.world.team["id"]:
        raise SlackError("not_owner")
    return channel


def _stranger(ws: Workspace, user: str) -> JSON | None:
    """Somebody of another workspace, whom a channel that is shared already makes known here."""
    person = ws.world.users.get(user)
    return person if person is not None and person["team_id"] != ws.world.team["id"] else None


def accept(call: Call) -> JSON:
    """conversations.acceptSharedInvite: what was sent to the app's own bot."""
    name = call.args.text("channel_name").strip()
    check_name(name)
    invitation = _named(call)
    with _refusals():
        private = call.args.flag("is_private")
        inviting.accept(call.ws, invitation, call.app.bot_user_id, name, is_private=private)
    return {"implicit_approval": False, "channel_id": invitation.channel, "invite_id": invitation.id}


def approve(call: Call) -> JSON:
    """conversations.approveSharedInvite."""
    invitation = _known(call)
    _check_target(call, invitation)
    with _refusals():
        inviting.approve(call.ws, invitation, call.app.bot_user_id)
    return {}


def decline(call: Call) -> JSON:
    """conversations.declineSharedInvite."""
    invitation = _known(call)
    _check_target(call, invitation)
    with _refusals():
        inviting.decline(call.ws, invitation, call.app.bot_user_id)
    return {}


def _check_target(call: Call, invitation: Invitation) -> None:
    """The side that invites says whose acceptance it means."""
    if invitation.host != call.ws.world.team["id"]:
        return
    target = call.args.text("target_team")
    if not target:
        raise SlackError("missing_target_team")
    if target != invitation.guest:
        raise SlackError("approval_not_found")


def _named(call: Call) -> Invitation:
    """By its id, or by the channel that it is for."""
    channel = call.args.text("channel_id")
    if call.args.text("invite_id") or not channel:
        return _known(call)
    mine = [one for one in call.ws.site.invitations.values() if one.channel == channel]
    if not mine:
        raise SlackError("invite_not_found")
    return mine[-1]


def _known(call: Call) -> Invitation:
    found = call.ws.site.invitations.get(call.args.required("invite_id"))
    if found is None:
        raise SlackError("invite_not_found")
    return found


def list_invites(call: Call) -> JSON:
    """conversations.listConnectInvites: those sent or received here that not everybody has approved yet."""
    ws, now = call.ws, call.ws.clock.seconds()
    found = [one for one in ws.site.invitations.values() if one.is_open(now) and _concerns(ws, one)]
    items, metadata = page(call, found, name="count")
    return {"invites": [_listed(ws, one) for one in items], "response_metadata": metadata}


def _concerns(ws: Workspace, invitation: Invitation) -> bool:
    if ws.world.team["id"] in (invitation.host, invitation.guest):
        return True
    return any(inviting.addressed_to(ws, invitation, user) for user in ws.world.users)


def _listed(ws: Workspace, invitation: Invitation) -> JSON:
    host = ws.site.workspaces[invitation.host]
    return {
        "direction": "outgoing" if host is ws else "incoming",
        "status": "sent" if invitation.status == "invited" else "pending_approval",
        "date_last_updated": max(invitation.created, invitation.accepted),
        "invite_type": "channel",
        "invite": inviting.shape(host, invitation),
        "channel": inviting.place(host, invitation),
        **({"acceptances": [inviting.acceptance(ws, invitation)]} if invitation.guest else {}),
    }


@contextmanager
def _refusals() -> Iterator[None]:
    """A step that is refused is Slack's error of that name."""
    try:
        yield
    except inviting.InvitationRefused as refused:
        raise SlackError(str(refused)) from None


METHODS = (
    Method("conversations.inviteShared", invite_shared, _WRITE),
    Method("conversations.acceptSharedInvite", accept, _WRITE),
    Method("conversations.approveSharedInvite", approve, _MANAGE),
    Method("conversations.declineSharedInvite", decline, _MANAGE),
    Method("conversations.listConnectInvites", list_invites, _MANAGE),
)
