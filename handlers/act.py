"""One act of one person: what came in, who it is, and the ways to answer where that person is. Decides no rule."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any, Concatenate, ParamSpec, TypeVar

import structlog
from slack_bolt.kwargs_injection.async_args import AsyncArgs
from slack_sdk.errors import SlackApiError

from domain.errors import NotAllowed, Outdated, RuleError
from domain.moment import Moment
from domain.people import Actor, Standing
from handlers.house import House, Installation
from storage import members, people
from storage.guard import GuardedSession
from views.blocks import loading, loads, notice
from views.home import refused
from views.text import escape

log = structlog.get_logger(__name__)

P = ParamSpec("P")
T = TypeVar("T")
E = TypeVar("E", bound=Enum)
Step = Callable[Concatenate[GuardedSession, Actor, Moment, P], T]

BUSY = "Everboard can't reach its data just now. Nothing was changed; please try again in a moment."
TITLE = "Everboard"

CLOSED = {"not_found", "view_not_found"}
"""What Slack says of a modal that somebody has closed meanwhile."""

CHANGED = "hash_conflict"
"""What Slack says of a modal that has changed since it had the mark that was given."""

FULL = "push_limit_reached"
"""What Slack says when three modals lie on top of one another."""

TOO_MANY = "Slack shows no more than three windows on top of one another. Please close one, then try again."


MEETING = 1.0
"""Seconds to ask Slack who somebody is while Slack waits for our answer, of its three: the database has the rest."""

OUTDATED = "This is from before something changed, and Everboard can't use it any more. Please open it again."

UNREADABLE = (ValueError, LookupError, TypeError, AttributeError, OverflowError, RecursionError)
"""What reading raises where a value is not what the reader expects: a name that is no choice any more, a day that is
none, something that is no number."""

TOO_LATE = {"expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id", "trigger_expired", "trigger_exchanged"}
"""What Slack says where a window was to be opened more than three seconds after the click, or a second time."""

SLOW = "That took too long for Slack, which lets a window open only within three seconds. Please try once more."

STRANGE = {"user_not_found", "user_not_visible"}
"""What Slack says of somebody whom it does not know, or not here."""

UNKNOWN = "Slack doesn't tell Everboard who you are. Please ask a workspace admin to look into it."

NOT_MET = "Everboard is just getting to know you, and Slack is slow to tell. Please try again in a moment."


class Meta(dict[str, Any]):
    """What a view keeps to itself, by name."""

    @classmethod
    def of(cls, text: str | None) -> "Meta":
        """As views.blocks.metadata wrote it. Raises ValueError, TypeError."""
        return cls(loads(text or "{}"))

    def __missing__(self, name: str) -> Any:
        """Nobody wrote it: it is another version's."""
        raise Outdated(OUTDATED)

    def text(self, name: str) -> str:
        """A text that has to be there. Raises Outdated."""
        found = self[name]
        if not isinstance(found, str):
            raise Outdated(OUTDATED)
        return found

    def number(self, name: str) -> int:
        """A whole number that has to be there. Raises Outdated."""
        found = self[name]
        if not isinstance(found, int):
            raise Outdated(OUTDATED)
        return found


class UnknownPersonError(Exception):
    """Nobody with this Slack account is in the database yet."""


class StrangeToSlack(NotAllowed):
    """Slack does not know the person at all: there is no place in which to say so."""


class NotOpened(RuleError):
    """Slack did not open a window: too late, or the one below was closed meanwhile."""


class NotMetYetError(RuleError):
    """Slack did not say in time who somebody is; it is being asked on."""


@dataclass(slots=True)
class Act:
    """What a listener gets: the payload, the acting person's id, and ways to run a step and to answer."""

    args: AsyncArgs
    house: House
    installation: Installation
    user_id: str
    shown: str | None = None
    """The modal that this act has opened and not filled yet."""
    mark: str | None = None
    """Slack's mark of the modal as this act opened it; another one once it has changed."""
    seen_at: int = 0
    """The instant, by the house's windows, as of which this act knows what it draws."""

    @classmethod
    def of(cls, args: AsyncArgs, house: House) -> "Act":
        """The act behind a Bolt request."""
        installation: Installation = args.context["installation"]
        return cls(args, house, installation, args.context.user_id or "")

    @property
    def body(self) -> dict[str, Any]:
        """Slack's payload."""
        return self.args.body

    @property
    def action(self) -> dict[str, Any]:
        """The clicked element."""
        return self.args.action or {}

    @property
    def view(self) -> dict[str, Any]:
        """The submitted or clicked view."""
        view: dict[str, Any] = self.body.get("view") or {}
        return view

    @property
    def view_id(self) -> str:
        """The id of the window that was submitted or clicked in. Raises Outdated outside of any."""
        return self._held(self.view.get("id"))

    @property
    def typed(self) -> dict[str, Any]:
        """What stands in the view's inputs."""
        values: dict[str, Any] = (self.view.get("state") or {}).get("values") or {}
        return values

    @property
    def value(self) -> str:
        """What the clicked button holds. Raises Outdated where it holds nothing."""
        return self._held(self.action.get("value"))

    @property
    def choice(self) -> str:
        """What was chosen in the menu that was used. Raises Outdated."""
        return self._held((self.action.get("selected_option") or {}).get("value"))

    @property
    def kept(self) -> str:
        """What the view keeps to itself. Raises Outdated where it keeps nothing."""
        return self._held(self.view.get("private_metadata"))

    @property
    def meta(self) -> Meta:
        """The same where it is written as names and values; a name that is missing raises Outdated."""
        return self.read_as(Meta.of, self.view.get("private_metadata"))

    def value_as(self, read: Callable[[str], T]) -> T:
        """What the clicked button holds, through the reader beside its writer. Raises Outdated."""
        return self.read_as(read, self.value)

    def choice_as(self, read: Callable[[str], T]) -> T:
        """The same of what was chosen in a menu."""
        return self.read_as(read, self.choice)

    def choice_named(self, kind: type[E]) -> E:
        """What was chosen in a menu whose options bear the names of a few things. Raises Outdated."""
        return self.named(kind, self.choice)

    def named(self, kind: type[E], name: str) -> E:
        """The one of that name. Raises Outdated."""
        return self.read_as(lambda _name: kind[_name], name)

    def kept_as(self, read: Callable[[Any], T]) -> T:
        """The same of what the view keeps to itself, which may be nothing."""
        return self.read_as(read, self.view.get("private_metadata"))

    def typed_as(self, read: Callable[Concatenate[Any, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The same of what stands in the form."""
        return self.read_as(read, self.typed, *args, **kwargs)

    def view_as(self, read: Callable[Concatenate[Any, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The same of the whole view."""
        return self.read_as(read, self.view, *args, **kwargs)

    @staticmethod
    def read_as(read: Callable[Concatenate[Any, P], T], held: Any, *args: P.args, **kwargs: P.kwargs) -> T:
        """What Slack hands back as it was written, by an Everboard that may be an older one. Raises Outdated."""
        try:
            return read(held, *args, **kwargs)
        except UNREADABLE as error:
            # Not the error's own words: they may be somebody's.
            name = getattr(read, "__qualname__", str(read))
            log.warning("not readable any more", reader=name, error=type(error).__name__)
            raise Outdated(OUTDATED) from error

    @staticmethod
    def _held(value: str | None) -> str:
        if not value:
            raise Outdated(OUTDATED)
        return value

    @property
    def is_stranger(self) -> bool:
        """Whether Slack says that this person belongs to another organisation's workspace."""
        team = (self.body.get("user") or {}).get("team_id") or self.body.get("user_team")
        return bool(team) and team != self.installation.team_id and not self.installation.enterprise_id

    async def run(self, step: Step[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a step as this person in one transaction, then ring for the delivery loop."""
        moment = self.house.moment()
        try:
            result = await self.house.db.run(self.installation.workspace_id, self._as_actor, step, moment, args, kwargs)
        except UnknownPersonError:
            await self._meet()
            result = await self.house.db.run(self.installation.workspace_id, self._as_actor, step, moment, args, kwargs)
        self.seen_at = self.house.windows.now()
        self.house.wake()
        return result

    async def read(self, step: Step[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a step that only reads."""
        self.seen_at = self.house.windows.now()
        moment = self.house.moment()
        try:
            return await self.house.db.read(self.installation.workspace_id, self._as_actor, step, moment, args, kwargs)
        except UnknownPersonError:
            await self._meet()
            return await self.house.db.read(self.installation.workspace_id, self._as_actor, step, moment, args, kwargs)

    def _as_actor(
        self,
        session: GuardedSession,
        step: Callable[..., T],
        moment: Moment,
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> T:
        if self.is_stranger:
            actor = Actor("", self.user_id, "", Standing.STRANGER)
        else:
            found = people.actor_of(session, self.user_id)
            if found is None:
                raise UnknownPersonError(self.user_id)
            actor = found
        return step(session, actor, moment, *args, **kwargs)

    async def _meet(self) -> None:
        """Get to know this person, in time for an answer that Slack waits for. Raises NotMetYetError."""
        meeting = self.house.aside(self._get_to_know())
        waits = self.body.get("type") != "event_callback" and not self._is_answered
        try:
            await asyncio.wait_for(asyncio.shield(meeting), MEETING if waits else None)
        except TimeoutError:
            if not meeting.done():
                raise NotMetYetError(NOT_MET) from None
            raise

    async def _get_to_know(self) -> None:
        try:
            answer = await self.args.client.users_info(user=self.user_id)
        except SlackApiError as error:
            if error.response.get("error") in STRANGE:
                raise StrangeToSlack(UNKNOWN) from error
            raise
        member, moment = self.installation.judged(answer["user"]), self.house.moment()
        await self.house.db.run(self.installation.workspace_id, members.keep, moment, member)

    async def open(self, view: dict[str, Any]) -> str:
        """Open a modal, or push one where a modal is open already. Answers its id.

        Raises RuleError where there is no room for one more, SlackApiError.
        """
        push = self.view.get("type") == "modal"
        client, trigger = self.args.client, self.body["trigger_id"]
        try:
            answer = await (client.views_push if push else client.views_open)(trigger_id=trigger, view=view)
        except SlackApiError as error:
            refusal = error.response.get("error")
            if refusal == FULL:
                raise RuleError(TOO_MANY) from error
            if refusal in TOO_LATE | CLOSED:
                raise NotOpened(SLOW) from error
            raise
        view_id: str = answer["view"]["id"]
        self.mark = answer["view"].get("hash")
        return view_id

    async def show(self, title: str, make: Callable[[], Awaitable[dict[str, Any]]]) -> None:
        """Open a modal at once, since a trigger lives 3 s, and fill it when its content is there.

        What goes wrong meanwhile is told in that modal.
        """
        self.shown = await self.open(loading(title))
        await self.update(self.shown, await make())

    async def update(self, view_id: str, view: dict[str, Any], mark: str | None = None) -> None:
        """Put another view in the place of one that is open; somebody who closed it already misses nothing.

        Not where it already shows what was read later; with a `mark` only while the view is as it was then: what has
        changed since knows more than this act.
        """
        async with self.house.windows.drawing(view_id, self.seen_at or self.house.windows.now()) as is_newest:
            if not is_newest:
                return
            try:
                await self.args.client.views_update(view_id=view_id, view=view, hash=mark)
            except SlackApiError as error:
                if error.response.get("error") not in CLOSED | ({CHANGED} if mark else set()):
                    raise

    async def refuse(self, error: RuleError) -> None:
        """Say what a rule has to say: at the form's fields where it names them, else to the person."""
        blocks = {block.get("block_id") for block in self.view.get("blocks") or []}
        fields = {name: words for name, words in error.fields.items() if name in blocks}
        if fields and self.body.get("type") == "view_submission" and not self._is_answered:
            await self.args.ack(response_action="errors", errors=fields)
        else:
            await self.tell(error.message)

    async def tell(self, sentence: str) -> None:
        """Tell this person something privately, wherever they are."""
        words = escape(sentence)
        match self.body.get("type"):
            case "view_submission":
                await self._tell_in_form(sentence)
            case "block_suggestion":
                await self.args.ack(options=[])  # a list has no room for a sentence; sending the form has
            case "event_callback" if self.body["event"]["type"] == "app_home_opened":
                await self.args.client.views_publish(user_id=self.user_id, view=refused(sentence))
            case _ if self.shown is not None:
                await self.update(self.shown, notice(TITLE, words))
            case "block_actions" if self.view:
                await self._tell_on_top(words)
            case _ if self.args.context.response_url:
                await self.args.respond(text=words, response_type="ephemeral", replace_original=False)
            case _:
                await self.args.client.chat_postMessage(channel=self.user_id, text=words)

    async def _tell_in_form(self, sentence: str) -> None:
        """At the form's first field; a form without any becomes a notice. One that was answered has closed."""
        if self._is_answered:
            return
        blocks: list[dict[str, Any]] = self.view.get("blocks") or []
        first = next((block["block_id"] for block in blocks if block["type"] == "input"), None)
        if first is None:
            await self.args.ack(response_action="update", view=notice(TITLE, escape(sentence)))
        else:
            await self.args.ack(response_action="errors", errors={first: sentence})

    async def _tell_on_top(self, words: str) -> None:
        try:
            await self.open(notice(TITLE, words))
        except (RuleError, SlackApiError):  # no room, the trigger is used up, or the window below was closed
            await self.args.client.chat_postMessage(channel=self.user_id, text=words)

    @property
    def _is_answered(self) -> bool:
        return self.args.ack.response is not None
