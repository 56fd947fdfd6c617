"""One act of one person: what came in, who it is, and the ways to answer. Decides no rule.

`answered` is the one place that turns what went wrong into words, wherever the person is: a refusal stands at
the form's field or comes privately; a busy database asks to try again; anything else is logged with a reference
that the person sees too. Nothing that somebody typed is lost: a form that could not be saved stays open.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Concatenate, ParamSpec, TypeVar

import structlog
from slack_bolt.kwargs_injection.async_args import AsyncArgs
from slack_sdk.errors import SlackApiError

from domain.errors import RuleError
from domain.moment import Moment
from domain.people import Actor, Standing
from handlers.house import House, Installation
from storage import people
from storage.database import DatabaseBusyError
from storage.guard import GuardedSession
from views.blocks import loading, notice
from views.text import escape

P = ParamSpec("P")
T = TypeVar("T")
Step = Callable[Concatenate[GuardedSession, Actor, Moment, P], T]

BUSY = "Everboard couldn't save that just now. Nothing was changed; please try again in a moment."
TITLE = "Everboard"

log = structlog.get_logger(__name__)


class UnknownPersonError(Exception):
    """Nobody with this Slack account is in the database yet."""


@dataclass(slots=True)
class Act:
    """What a listener gets: the payload, the acting person's id, and ways to run a step and to answer."""

    args: AsyncArgs
    house: House
    installation: Installation
    user_id: str

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
        self.house.wake()
        return result

    async def read(self, step: Step[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a step that only reads."""
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
        answer = await self.args.client.users_info(user=self.user_id)
        member: dict[str, Any] = answer["user"]
        moment = self.house.moment()
        await self.house.db.run(self.installation.workspace_id, people.keep_member, moment, member)

    async def open(self, view: dict[str, Any]) -> str:
        """Open a modal, or push one where a modal is open already. Answers its id."""
        push = self.view.get("type") == "modal"
        client, trigger = self.args.client, self.body["trigger_id"]
        answer = await (client.views_push if push else client.views_open)(trigger_id=trigger, view=view)
        view_id: str = answer["view"]["id"]
        return view_id

    async def show(self, title: str, make: Callable[[], Awaitable[dict[str, Any]]]) -> None:
        """Open a modal at once, since a trigger lives 3 s, and fill it when its content is there."""
        view_id = await self.open(loading(title))
        try:
            view = await make()
        except RuleError as error:
            view = notice(title, escape(error.message))
        except DatabaseBusyError:
            view = notice(title, BUSY)
        await self.update(view_id, view)

    async def update(self, view_id: str, view: dict[str, Any]) -> None:
        """Put another view in the place of one that is open; somebody who closed it already misses nothing."""
        try:
            await self.args.client.views_update(view_id=view_id, view=view)
        except SlackApiError as error:
            if error.response.get("error") != "not_found":
                raise

    async def tell(self, sentence: str) -> None:
        """Tell this person something privately, wherever they are."""
        if self.body.get("type") == "view_submission":
            await self.args.ack(response_action="errors", errors={self._first_input(): sentence})
        elif self.body.get("type") == "block_actions" and self.view:
            await self.open(notice(TITLE, escape(sentence)))
        elif self.args.context.response_url:
            await self.args.respond(text=escape(sentence), response_type="ephemeral", replace_original=False)
        else:
            await self.args.client.chat_postMessage(channel=self.user_id, text=escape(sentence))

    def _first_input(self) -> str:
        blocks: list[dict[str, Any]] = self.view.get("blocks") or []
        inputs = (block["block_id"] for block in blocks if block["type"] == "input")
        return next(inputs, "")


Handler = Callable[[Act], Awaitable[None]]


def answered(house: House, handler: Handler) -> Callable[[AsyncArgs], Awaitable[None]]:
    """The Bolt listener for a handler, with an answer for whatever goes wrong."""

    async def listener(args: AsyncArgs) -> None:
        act = Act.of(args, house)
        try:
            await handler(act)
        except RuleError as error:
            await _refused(act, error)
        except DatabaseBusyError:
            log.warning("database busy", act=handler.__qualname__, exc_info=True)
            await _say(act, BUSY)
        except Exception:  # the one place for what nobody foresaw: logged, and answered with its reference
            reference = house.moment().new_id()[-6:]
            log.exception("unexpected", act=handler.__qualname__, reference=reference)
            await _say(act, f"Something went wrong on our side (reference {reference}). Please try again.")

    listener.__name__ = handler.__qualname__
    return listener


async def _refused(act: Act, error: RuleError) -> None:
    blocks = {block.get("block_id") for block in act.view.get("blocks") or []}
    fields = {name: words for name, words in error.fields.items() if name in blocks}
    if fields and act.body.get("type") == "view_submission":
        await act.args.ack(response_action="errors", errors=fields)
    else:
        await _say(act, error.message)


async def _say(act: Act, sentence: str) -> None:
    """Tell the person; a form without any input becomes a notice, since there is no field to say it at."""
    if act.body.get("type") == "view_submission" and not act._first_input():
        await act.args.ack(response_action="update", view=notice(TITLE, escape(sentence)))
    else:
        await act.tell(sentence)
