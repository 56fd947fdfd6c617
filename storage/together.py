"""What many people do at the same moment, in one transaction: whoever comes while one is under way is in the next.

A commit costs about the same for one row as for a hundred, and a thousand people answer within the same minute. Nobody
waits for a timer: alone, somebody's act begins at once. Decides nothing about what the acts do; each gets its own
answer, and is committed before it has it.
"""

import asyncio
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from storage.database import Database, DatabaseBusyError
from storage.guard import GuardedSession

Item = TypeVar("Item")
Answer = TypeVar("Answer")

AT_ONCE = 200
"""Acts in one transaction: they take a fraction of the time that anybody may wait for it."""

Act = Callable[[GuardedSession, Sequence[Item]], Sequence[Answer | Exception]]
"""Does all of it in one transaction, and says for each what came of it; what is refused has changed nothing."""


@dataclass(slots=True)
class _Waiting(Generic[Item, Answer]):
    item: Item
    told: "asyncio.Future[Answer]"


class Together:
    """One of it in a process; acts of one workspace and one kind are done together."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._waiting: dict[Hashable, list[_Waiting[Any, Any]]] = {}
        self._at_work: set[asyncio.Task[None]] = set()

    async def run(self, workspace_id: str, act: Act[Item, Answer], item: Item) -> Answer:
        """Do it, with whatever else of its kind waits. Raises what was said of it, or DatabaseBusyError."""
        mine: _Waiting[Item, Answer] = _Waiting(item, asyncio.get_running_loop().create_future())
        queue = self._waiting.get((workspace_id, act))
        if queue is None:
            self._waiting[workspace_id, act] = [mine]
            task = asyncio.create_task(self._work(workspace_id, act))
            self._at_work.add(task)
            task.add_done_callback(self._at_work.discard)
        else:
            queue.append(mine)
        return await mine.told

    async def _work(self, workspace_id: str, act: Act[Any, Any]) -> None:
        queue = self._waiting[workspace_id, act]
        while queue:
            some = queue[:AT_ONCE]
            del queue[:AT_ONCE]
            await self._do(workspace_id, act, some)
        del self._waiting[workspace_id, act]

    async def _do(self, workspace_id: str, act: Act[Any, Any], some: list[_Waiting[Any, Any]]) -> None:
        try:
            answers = await self._db.run(workspace_id, act, [one.item for one in some])
        except Exception as error:  # noqa: BLE001  # told to those whose act it was; nothing was committed
            if len(some) == 1 or isinstance(error, DatabaseBusyError):
                for one in some:
                    _tell(one, error)
                return
            for one in some:  # one of them is at fault, and the others must not suffer for it
                await self._do(workspace_id, act, [one])
            return
        for one, answer in zip(some, answers, strict=True):
            _tell(one, answer)


def _tell(one: _Waiting[Any, Any], answer: object) -> None:
    if one.told.done():  # whoever waited has gone
        return
    if isinstance(answer, Exception):
        one.told.set_exception(answer)
    else:
        one.told.set_result(answer)
