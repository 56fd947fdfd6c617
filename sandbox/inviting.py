"""Inviting another workspace into a channel: what each step does, and which apps hear of it.

Decides that both sides have to approve, which in Slack is a setting of each of them: the stricter one.
"""

from sandbox.channels import Channel
from sandbox.connect import connect, lists_change
from sandbox.events import send_event
from sandbox.invitation import Invitation
from sandbox.posting import enter
from sandbox.shapes import JSON
from sandbox.workspace import Workspace

# What the other side sees of a person's profile before the two are connected: the name and the pictures.
_SHOWN = (
    *("real_name", "display_name", "real_name_normalized", "display_name_normalized"),
    *("team", "avatar_hash", "email", "is_custom_image", "image_original"),
    *(f"image_{size}" for size in (24, 32, 48, 72, 192, 512, 1024)),
)


class InvitationRefused(ValueError):
    """A step that cannot be done now; the message is Slack's error."""


def invite(ws: Workspace, channel: Channel, inviter: str, *, recipient: str = "", email: str = "") -> Invitation:
    """Send an invitation to a person or bot known here, or to an address. Raises InvitationRefused."""
    if recipient in channel.members:
        raise InvitationRefused("already_in_channel")
    waiting = [one for one in ws.site.invitations.values() if one.channel == channel.id]
    if any(one.is_open(ws.clock.seconds()) for one in waiting):
        raise InvitationRefused("connection_limit_exceeded_pending")
    made = Invitation(
        ws.world.ids.new("I"), ws.world.team["id"], channel.id, inviter, ws.clock.seconds(), recipient, email
    )
    ws.site.invitations[made.id] = made
    guest = ws.site.workspaces.get(ws.world.users[recipient]["team_id"]) if recipient else None
    if guest is not None:
        for app in guest.apps.values():
            if app.bot_user_id == recipient:
                send_event(guest, app, "shared_channel_invite_received", _event(ws, "received", made), origin=ws)
    _lists_change(ws)
    return made


def addressed_to(ws: Workspace, invitation: Invitation, user: str) -> bool:
    """Whether an invitation is for this member of the workspace."""
    person = ws.world.users[user]
    own = person["team_id"] == ws.world.team["id"] != invitation.host
    address = str(person["profile"].get("email", ""))
    return own and (invitation.recipient == user or (bool(address) and invitation.email == address))


def accept(ws: Workspace, invitation: Invitation, user: str, name: str, *, is_private: bool = False) -> None:
    """Take an invitation on for this workspace, which will call the channel `name`. Raises InvitationRefused."""
    if invitation.host == ws.world.team["id"]:
        raise InvitationRefused("invite_from_same_org")
    if invitation.guest:
        raise InvitationRefused("invite_used")
    if invitation.declined_by or ws.clock.seconds() >= invitation.expires:
        raise InvitationRefused("invite_not_found")
    if not addressed_to(ws, invitation, user):
        raise InvitationRefused("email_does_not_match" if invitation.email else "invalid_recipient_team")
    if invitation.channel in ws.world.channels:
        raise InvitationRefused("has_already_connected_to_org")
    if ws.world.find_channel(name) is not None:
        raise InvitationRefused("name_taken")
    invitation.guest, invitation.accepted_by = ws.world.team["id"], user
    invitation.accepted, invitation.name, invitation.is_private = ws.clock.seconds(), name, is_private
    _tell_both(ws, invitation, "accepted", {"approval_required": True, "accepting_user": _person(ws, user)})


def approve(ws: Workspace, invitation: Invitation, user: str) -> None:
    """One side's administrator agrees; with the second one the channel is shared. Raises InvitationRefused."""
    team = _reviewing(ws, invitation)
    if team in invitation.approved:
        raise InvitationRefused("already_approved")
    guest = ws.site.workspaces[invitation.guest]
    if guest.world.find_channel(invitation.name) is not None:
        raise InvitationRefused("invalid_action")
    invitation.approved[team] = user
    if invitation.status == "approved":
        _connect(ws, invitation)
    _tell_both(ws, invitation, "approved", {"approving_team_id": team, "approving_user": _person(ws, user)})


def decline(ws: Workspace, invitation: Invitation, user: str) -> None:
    """One side's administrator says no, and nothing comes of it. Raises InvitationRefused."""
    team = _reviewing(ws, invitation)
    invitation.declined_by = user
    _tell_both(ws, invitation, "declined", {"declining_team_id": team, "declining_user": _person(ws, user)})


def _reviewing(ws: Workspace, invitation: Invitation) -> str:
    team = str(ws.world.team["id"])
    if team not in (invitation.host, invitation.guest):
        raise InvitationRefused("approval_not_found" if invitation.guest else "invite_not_found")
    if invitation.status == "invited":
        raise InvitationRefused("approval_not_found")
    if not invitation.is_open(ws.clock.seconds()):
        raise InvitationRefused("approval_inactive")
    return team


def _connect(ws: Workspace, invitation: Invitation) -> None:
    """The guest gets the channel under its own name, and whoever accepted is in it."""
    host, guest = ws.site.workspaces[invitation.host], ws.site.workspaces[invitation.guest]
    channel = host.world.channels[invitation.channel]
    there = Channel(
        channel.id,
        invitation.name,
        host.clock.seconds(),
        invitation.accepted_by,
        is_private=invitation.is_private,
        shared_with=[invitation.host],
    )
    guest.world.channels[channel.id] = there
    channel.shared_with.append(invitation.guest)
    connect(ws.site)
    lists_change(host, channel)
    lists_change(host, channel, "users")
    enter(guest, there, invitation.accepted_by)


def _tell_both(ws: Workspace, invitation: Invitation, what: str, more: JSON) -> None:
    """The apps of both sides that asked to hear of it."""
    host = ws.site.workspaces[invitation.host]
    for team in (invitation.host, invitation.guest):
        side = ws.site.workspaces[team]
        for app in side.apps.values():
            event = {**_event(host, what, invitation), **more, "teams_in_channel": _teams(host, invitation)}
            send_event(side, app, str(event["type"]), event, origin=ws)
    _lists_change(ws)


def _lists_change(ws: Workspace) -> None:
    """Pages look again who is invited: behind an address can be somebody of any workspace."""
    for side in ws.site.workspaces.values():
        side.stream.to_all({"type": "invitations"})


def _event(host: Workspace, what: str, invitation: Invitation) -> JSON:
    return {
        "type": f"shared_channel_invite_{what}",
        "invite": shape(host, invitation),
        "channel": place(host, invitation),
        "event_ts": host.clock.ts(),
    }


def place(host: Workspace, invitation: Invitation) -> JSON:
    """The channel as Slack names it to those who are not in it yet."""
    channel = host.world.channels[invitation.channel]
    return {"id": channel.id, "is_private": channel.is_private, "is_im": False, "name": channel.name}


def shape(host: Workspace, invitation: Invitation) -> JSON:
    """An invitation as Slack shows it; `host` is the workspace that sent it."""
    return {
        "id": invitation.id,
        "date_created": invitation.created,
        "date_invalid": invitation.expires,
        "inviting_team": team_shape(host),
        "inviting_user": _person(host, invitation.inviter),
        **({"recipient_email": invitation.email} if invitation.email else {}),
        **({"recipient_user_id": invitation.recipient} if invitation.recipient else {}),
    }


def team_shape(ws: Workspace) -> JSON:
    """A workspace as Slack shows it to another."""
    began = min((channel.created for channel in ws.world.channels.values()), default=0)
    team = ws.world.team
    return {
        "id": team["id"],
        "name": team["name"],
        "icon": {"image_default": True},
        "is_verified": False,
        "domain": team["domain"],
        "date_created": began,
    }


def _teams(host: Workspace, invitation: Invitation) -> list[JSON]:
    channel = host.world.channels[invitation.channel]
    there = [host.site.workspaces.get(team) for team in (invitation.host, *channel.shared_with)]
    return [team_shape(side) for side in there if side is not None]


def _person(ws: Workspace, user: str) -> JSON:
    person = ws.world.users[user]
    return {
        "id": user,
        "team_id": person["team_id"],
        "name": person["name"],
        "updated": person["updated"],
        "profile": {key: person["profile"][key] for key in _SHOWN if key in person["profile"]},
    }


def acceptance(ws: Workspace, invitation: Invitation) -> JSON:
    """What the other side made of an invitation that it accepted."""
    guest = ws.site.workspaces[invitation.guest]
    return {
        "approval_status": "approved" if invitation.status == "approved" else "pending_approval",
        "date_accepted": invitation.accepted,
        "date_invalid": invitation.expires,
        "date_last_updated": invitation.accepted,
        "accepting_team": team_shape(guest),
        "accepting_user": _person(guest, invitation.accepted_by),
    }
