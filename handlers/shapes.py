"""What Slack sends, checked for its shape once, before anything reads it. Decides nothing about what it means.

Only what Everboard reads is looked at: Slack adds keys now and then. What does not have this shape is not Slack's, or
of a Slack that nobody here knows yet; it is answered without being acted on.
"""

import json
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

NOT_UNDERSTOOD = "Slack sent something that Everboard doesn't understand. Nothing was changed; please try again."

MOST_BLOCKS = 100
"""A view has no more of them."""


def _written(text: str) -> str:
    """Half of a sign, or a NUL, is in no text of Slack's and cannot be stored. Raises ValueError."""
    if "\x00" in text:
        raise ValueError("a NUL")
    text.encode()
    return text


Text = Annotated[str, AfterValidator(_written)]
Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.\-]{1,64}$")]
MaybeId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.\-]{0,64}$")] | None
"""Slack leaves out what there is not, says null, or says nothing between two quotes."""
Name = Annotated[str, StringConstraints(min_length=1, max_length=255), AfterValidator(_written)]
Trigger = Annotated[str, StringConstraints(pattern=r"^[!-~]{1,255}$")]
Address = Annotated[str, StringConstraints(pattern=r"^https?://[!-~]{1,2000}$")]
MaybeAddress = Address | Literal[""] | None


class Shape(BaseModel):
    """Types are taken as they are: a number is no text."""

    model_config = ConfigDict(strict=True, extra="ignore")


class Team(Shape):
    """A workspace, or an organisation."""

    id: MaybeId = None
    enterprise_id: MaybeId = None


class User(Shape):
    """Who acted."""

    id: Id
    team_id: MaybeId = None


class Words(Shape):
    """The words of an option."""

    text: Text | None = None


class Option(Shape):
    """Something that was chosen."""

    value: Text
    text: Words | None = None


class Element(Shape):
    """What stands in one input, or what was clicked."""

    value: Text | None = None
    selected_option: Option | None = None
    selected_options: list[Option] | None = None
    selected_date: Text | None = None
    selected_time: Text | None = None
    selected_date_time: int | None = None
    selected_user: MaybeId = None
    selected_users: list[Id] | None = None
    selected_conversation: MaybeId = None
    selected_conversations: list[Id] | None = None
    selected_channel: MaybeId = None
    selected_channels: list[Id] | None = None


class Clicked(Element):
    """One action; its name says what was clicked."""

    action_id: Name
    block_id: Name | None = None


class State(Shape):
    """What stands in a view's inputs: block id to action id to element."""

    values: dict[str, dict[str, Element]] | None = None


class BlockOfView(Shape):
    """As much of a block as refusals need."""

    type: Name
    block_id: Name | None = None


class View(Shape):
    """A modal or a Home tab, as it was shown."""

    id: Id
    type: Literal["modal", "home", "workflow_step"]
    callback_id: Text | None = None
    private_metadata: Text | None = None
    hash: Text | None = None
    root_view_id: MaybeId = None
    previous_view_id: MaybeId = None
    app_installed_team_id: MaybeId = None
    blocks: Annotated[list[BlockOfView], Field(max_length=MOST_BLOCKS)] | None = None
    state: State | None = None


class Form(View):
    """A view that was sent or closed; its name says which one it was."""

    callback_id: Text


class Place(Shape):
    """Where a click was."""

    type: Text | None = None
    message_ts: Text | None = None
    channel_id: MaybeId = None


class Channel(Shape):
    """A conversation."""

    id: Id


class Message(Shape):
    """A message on which something was done."""

    ts: Id
    text: Text | None = None
    thread_ts: MaybeId = None


class Execution(Shape):
    """The step of a workflow in which something was done."""

    execution_id: MaybeId = None


class Interaction(Shape):
    """What every interaction says."""

    type: Text
    user: User
    team: Team | None = None
    enterprise: Team | None = None
    view: View | None = None
    container: Place | None = None
    function_data: Execution | None = None
    channel: Channel | None = None
    message: Message | None = None
    response_url: MaybeAddress = None


class Click(Interaction):
    """`block_actions`."""

    actions: Annotated[list[Clicked], Field(min_length=1)]
    trigger_id: Trigger

    @model_validator(mode="after")
    def _is_somewhere(self) -> Self:
        if self.view is None and not self.response_url:
            raise ValueError("neither in a view nor on a message")
        return self


class ReplyAddress(Shape):
    """Where a form that asks for a conversation may answer."""

    response_url: MaybeAddress = None


class Submission(Interaction):
    """`view_submission`, and `view_closed`."""

    view: Form
    response_urls: list[ReplyAddress] | None = None


class Suggestion(Interaction):
    """`block_suggestion`."""

    action_id: Name
    block_id: Text | None = None
    value: Text | None = None


class Shortcut(Interaction):
    """A global shortcut."""

    callback_id: Name
    trigger_id: Trigger


class MessageShortcut(Shortcut):
    """A shortcut of a message."""

    channel: Channel
    message: Message


class Command(Shape):
    """A slash command; it comes as a form, in which everything is text."""

    command: Name
    text: Text | None = None
    user_id: Id
    team_id: Id
    enterprise_id: MaybeId = None
    channel_id: Id
    trigger_id: Trigger
    response_url: Address


class Profile(Shape):
    """What members say of themselves."""

    real_name: Text | None = None
    title: Text | None = None
    email: Text | None = None


class Member(Shape):
    """A `user` object."""

    id: Id
    team_id: MaybeId = None
    name: Text | None = None
    real_name: Text | None = None
    tz: Annotated[Text, StringConstraints(max_length=64)] | None = None
    profile: Profile | None = None


class Tokens(Shape):
    """Which tokens were revoked."""

    bot: list[Text] | None = None


class Inner(Shape):
    """The message that an edit or a deletion is about."""

    user: MaybeId = None
    thread_ts: MaybeId = None


class Said(Shape):
    """What every event says, and a message's words."""

    type: Text
    user: MaybeId = None
    channel: MaybeId = None
    channel_type: Text | None = None
    subtype: Text | None = None
    bot_id: MaybeId = None
    ts: MaybeId = None
    thread_ts: MaybeId = None
    text: Text | None = None
    message: Inner | None = None
    previous_message: Inner | None = None
    user_team: MaybeId = None
    source_team: MaybeId = None
    tab: Text | None = None
    tokens: Tokens | None = None


class Told(Said):
    """An event of a person in a conversation."""

    user: Id
    channel: Id


class Written(Said):
    """A message; those of apps and of Slack itself name no person."""

    channel: Id
    ts: Id


class Opened(Said):
    """Somebody opened Home."""

    user: Id


class Joined(Shape):
    """An event that describes a member."""

    type: Text
    user: Member


class Other(Shape):
    """Any other event: no more of it is read than its type."""

    type: Text


class Authorization(Shape):
    """For whom an event is."""

    team_id: MaybeId = None
    enterprise_id: MaybeId = None
    user_id: MaybeId = None


class Event(Shape):
    """The envelope of an event; `event` has a shape of its own."""

    type: Text
    team_id: MaybeId = None
    enterprise_id: MaybeId = None
    context_team_id: MaybeId = None
    context_enterprise_id: MaybeId = None
    authorizations: list[Authorization] | None = None
    event: dict[str, Any]


BY_TYPE: dict[str, type[Shape]] = {
    "block_actions": Click,
    "block_suggestion": Suggestion,
    "event_callback": Event,
    "message_action": MessageShortcut,
    "shortcut": Shortcut,
    "view_closed": Submission,
    "view_submission": Submission,
}

OF_EVENT: dict[str, type[Shape]] = {
    "app_home_opened": Opened,
    "app_mention": Written,
    "member_joined_channel": Told,
    "member_left_channel": Told,
    "message": Written,
    "team_join": Joined,
    "tokens_revoked": Said,
    "user_change": Joined,
}


def answer(body: Any) -> str:
    """What is sent back to Slack for what is not understood: a sentence where there is a place for one."""
    match body:
        case {"command": _}:
            return NOT_UNDERSTOOD
        case {"type": "block_suggestion"}:
            return json.dumps({"options": []})
        case {"type": "view_submission", "view": {"blocks": [*blocks]}}:
            inputs = [one for one in blocks if isinstance(one, dict) and one.get("type") == "input"]
            names = [one["block_id"] for one in inputs if isinstance(one.get("block_id"), str)]
            # The form stays open with what was typed.
            return json.dumps({"response_action": "errors", "errors": {names[0]: NOT_UNDERSTOOD}}) if names else ""
        case _:
            return ""


def fault(body: Any) -> str | None:
    """Where a payload does not have its shape, without its values; None where it has."""
    if not isinstance(body, dict):
        return "no object"
    if body.get("type") == "url_verification" or "ssl_check" in body:
        return None
    kind = body.get("type")
    shape = Command if "command" in body else BY_TYPE.get(kind) if isinstance(kind, str) else None
    if shape is None:
        return f"type: {'app_rate_limited' if kind == 'app_rate_limited' else 'unknown'}"
    try:
        shape.model_validate(body)
        if shape is Event:
            _shape_of(body["event"]).model_validate(body["event"])
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False, include_context=False)[0]
        return f"{'.'.join(str(part)[:40] for part in first['loc'])}: {first['type']}"
    return None


def _shape_of(event: dict[str, Any]) -> type[Shape]:
    named = event.get("type")
    return OF_EVENT.get(named, Other) if isinstance(named, str) else Other
