"""One act of one person: what came in, who it is, and the ways to answer where that person is. Decides no rule."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Concatenate, ParamSpec, TypeVar

from slack_bolt.kwargs_injection.async_args import AsyncArgs
from slack_sdk.errors import SlackApiError

from domain.errors import RuleError
from domain.moment import Moment
from domain.people import Actor, Standing
from handlers.house import House, Installation
from storage import members, people
from storage.guard import GuardedSession
from views.blocks import loading, notice
from views.home import refused
from views.text import escape

P = ParamSpec("P")
T = TypeVar("T")
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

NOT_MET = "Everboard is just getting to know you, and Slack is slow to tell. Please try again in a moment."


class UnknownPersonError(Exception):
    """Nobody with this Slack account is in the database yet."""


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
    def typed(self) -> dict[str, Any]:
        """What stands in the view's inputs."""
        values: dict[str, Any] = (self.view.get("state") or {}).get("values") or {}
        return values

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
        answer = await self.args.client.users_info(user=self.user_id)
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
            if error.response.get("error") == FULL:
                raise RuleError(TOO_MANY) from error
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
