"""What a person does. Decides what Slack's client would not let them do; what follows is in `interactions`."""

from sandbox.channels import Channel
from sandbox.interactions import actions, commands, modals
from sandbox.interactions.actions import Place
from sandbox.page_api.asking import Asked, Malformed
from sandbox.page_api.invitations import INVITATION_DEEDS
from sandbox.page_api.rewriting import delete_message, edit
from sandbox.page_api.uploading import shared
from sandbox.posting import enter, go, open_im, person_message, post
from sandbox.reactions import react, reacted, unreact
from sandbox.refusals import Refused
from sandbox.seeding import is_guest
from sandbox.shapes import JSON
from sandbox.sharing import share
from sandbox.typed import as_message
from sandbox.workflow_steps import complaints, start

# No emoji's name is longer.
EMOJI_NAME = 100


async def say(asked: Asked) -> JSON:
    """Post a message as the person, with files of theirs."""
    channel = _writable(asked)
    text = asked.text("text").strip()
    if not text and not asked.values.get("files"):
        raise Refused("There is nothing to send yet.")
    thread_ts = asked.optional("thread_ts")
    if thread_ts is not None and thread_ts not in channel.messages:
        raise Refused("That thread is not there any more.")
    files = shared(asked, channel)
    message = person_message(asked.ws, asked.user, as_message(text, asked.ws.world), thread_ts)
    return {"message": share(asked.ws, channel, message, files) if files else post(asked.ws, channel, message)}


def _writable(asked: Asked) -> Channel:
    channel = asked.channel()
    if channel.is_archived:
        raise Refused("This channel has been archived.")
    if asked.user not in channel.members:
        raise Refused(f"You are not in #{channel.name}. Join it to post.")
    app = asked.ws.app_of_bot(channel.peer_of(asked.user)) if channel.is_im else None
    if app is not None and (app.messages_tab_read_only or not app.messages_tab):
        raise Refused("Sending messages to this app has been turned off.")
    return channel


async def command(asked: Asked) -> JSON:
    """Run a slash command in a conversation."""
    channel = asked.channel()
    if channel.is_archived:
        raise Refused("This channel has been archived.")
    if asked.user not in channel.members:
        raise Refused(f"You are not in #{channel.name}. Join it to use commands.")
    await commands.run_command(asked.ws, asked.user, channel, asked.text("command"), asked.optional("text") or "")
    return {}


async def shortcut(asked: Asked) -> JSON:
    """Pick a shortcut, from the global menu or on a message."""
    app, callback_id = asked.app(), asked.text("callback_id")
    ts = asked.optional("message_ts")
    if ts is None:
        await commands.run_global_shortcut(asked.ws, asked.user, app, callback_id)
        return {}
    channel = asked.channel()
    message = channel.messages.get(ts)
    if message is None or message.get("subtype") == "tombstone":
        raise Refused("That message is not there any more.")
    await commands.run_message_shortcut(asked.ws, asked.user, app, callback_id, (channel, message))
    return {}


async def action(asked: Asked) -> JSON:
    """Click or choose something in a message or view."""
    await actions.act(asked.user, _place(asked), asked.dictionary("action"), asked.state())
    return {}


async def suggest(asked: Asked) -> JSON:
    """Ask the app for options to what was typed."""
    block_id, action_id = asked.text("block_id"), asked.text("action_id")
    place, typed = _place(asked), asked.text("value")
    return await actions.suggest(asked.user, place, block_id=block_id, action_id=action_id, typed=typed)


def _place(asked: Asked) -> Place:
    container = Asked(asked.ws, {**asked.dictionary("container"), "as": asked.user})
    kind = container.text("type")
    if kind == "view":
        return actions.place_in_view(asked.ws, asked.user, container.text("view_id"))
    if kind == "message":
        return actions.place_in_message(asked.ws, asked.user, container.channel(), container.text("message_ts"))
    raise Malformed("`container.type` must be message or view")


async def submit(asked: Asked) -> JSON:
    """Submit the top modal."""
    done = await modals.submit(asked.ws, asked.user, asked.text("view_id"), asked.state())
    answer: JSON = {"result": done.result}
    if done.errors:
        answer["errors"] = done.errors
    if done.view is not None:
        answer["view"] = done.view
    return answer


async def close(asked: Asked) -> JSON:
    """Close the top modal."""
    await modals.close(asked.ws, asked.user, asked.text("view_id"))
    return {}


async def home_opened(asked: Asked) -> JSON:
    """Open the Home or Messages tab of an app."""
    tab = asked.text("tab")
    if tab not in ("home", "messages"):
        raise Malformed("`tab` must be home or messages")
    return {"channel": commands.open_app(asked.ws, asked.user, asked.app(), tab).id}


async def read(asked: Asked) -> JSON:
    """Mark a conversation as read."""
    channel = asked.channel()
    channel.last_read[asked.user] = next(reversed(channel.messages), "0")
    return {}


async def reaction(asked: Asked) -> JSON:
    """Put an emoji on a message, or take one's own off again."""
    channel, name = asked.channel(), asked.text("name")
    message = channel.messages.get(asked.text("message_ts"))
    if message is None or message.get("subtype") == "tombstone" or channel.is_archived:
        raise Refused("You cannot react to this message.")
    if not name or len(name) > EMOJI_NAME:
        raise Malformed("`name` must be the name of an emoji")
    change = unreact if reacted(message, asked.user, name) else react
    change(asked.ws, channel, message, asked.user, name)
    return {}


async def step(asked: Asked) -> JSON:
    """Run an app's step, as a workflow does; how it ends comes as a push."""
    app, callback_id, inputs = asked.app(), asked.text("callback_id"), asked.dictionary("inputs")
    found = next((one for one in app.steps if one.callback_id == callback_id), None)
    if found is None:
        raise Refused(f"{app.name} has no step {callback_id!r}.")
    wrong = complaints(found.inputs, inputs)
    if wrong:
        raise Refused(f"The step cannot start: {'; '.join(wrong)}.")
    return {"execution": start(asked.ws, app, found, asked.user, inputs).frame()}


async def open_direct(asked: Asked) -> JSON:
    """Open the direct message with another user, person or bot."""
    other = asked.text("user")
    if other not in asked.ws.world.users:
        raise Refused("There is nobody of that name.")
    return {"channel": open_im(asked.ws, asked.user, other).id}


async def join(asked: Asked) -> JSON:
    """Join a public channel."""
    channel = asked.channel()
    if channel.kind != "public_channel" or channel.is_archived or is_guest(asked.ws.world.users[asked.user]):
        raise Refused("You cannot join this channel.")
    if asked.user not in channel.members:
        enter(asked.ws, channel, asked.user)
    return {}


async def leave(asked: Asked) -> JSON:
    """Leave a channel."""
    channel = asked.channel()
    if channel.is_im or asked.user not in channel.members:
        raise Refused("You are not in this channel.")
    go(asked.ws, channel, asked.user)
    return {}


DEEDS = {
    "say": say,
    "edit": edit,
    "delete": delete_message,
    "command": command,
    "shortcut": shortcut,
    "action": action,
    "suggest": suggest,
    "submit": submit,
    "close": close,
    "home_opened": home_opened,
    "read": read,
    "reaction": reaction,
    "step": step,
    "open_im": open_direct,
    "join": join,
    "leave": leave,
    **INVITATION_DEEDS,
}
