"""Acts of the same moment share a transaction: each gets its own answer, and a bad one harms nobody else."""

import asyncio
from collections.abc import Sequence

import pytest

from domain.errors import RuleError
from domain.moment import Moment
from storage import receipts
from storage.guard import GuardedSession
from storage.receipts import Receipt
from storage.together import AT_ONCE, Together
from tests.worlds import START, World


class Counter:
    """Keeps a row for each number; refuses some, and breaks at others after it has written."""

    def __init__(self) -> None:
        self.transactions: list[int] = []

    def act(self, session: GuardedSession, numbers: Sequence[int]) -> list[int | Exception]:
        self.transactions.append(len(numbers))
        answers: list[int | Exception] = []
        for number in numbers:
            if number % 100 == 7:
                answers.append(RuleError(f"{number} is refused."))
                continue
            receipts.keep(session, Moment(START, lambda _bits: 0), f"number {number}")
            if number < 0:
                session.flush()
                raise ValueError("an act that nobody foresaw")
            answers.append(number * 2)
        return answers


def kept(world: World, workspace_id: str) -> set[str]:
    def look(session: GuardedSession) -> set[str]:
        return {one.key for one in session.query(Receipt)}

    found: set[str] = world.do(workspace_id, look)
    return found


async def test_many_at_once_share_transactions_and_each_has_its_own_answer(world: World) -> None:
    workspace_id, counter = world.workspace("T1"), Counter()
    together = Together(world.db)
    heard = await asyncio.gather(
        *(together.run(workspace_id, counter.act, number) for number in range(500)), return_exceptions=True
    )
    refused = [number for number in range(500) if number % 100 == 7]
    assert [str(heard[number]) for number in refused] == [f"{number} is refused." for number in refused]
    assert all(heard[number] == number * 2 for number in range(500) if number not in refused)
    assert kept(world, workspace_id) == {f"number {number}" for number in range(500) if number not in refused}
    assert len(counter.transactions) <= 2 + 500 // AT_ONCE


async def test_one_that_breaks_is_told_alone_and_the_others_are_kept(world: World) -> None:
    workspace_id, counter = world.workspace("T1"), Counter()
    together = Together(world.db)
    heard = await asyncio.gather(
        *(together.run(workspace_id, counter.act, number) for number in (1, -1, 2)), return_exceptions=True
    )
    assert (heard[0], heard[2]) == (2, 4)
    assert isinstance(heard[1], ValueError)
    assert kept(world, workspace_id) == {"number 1", "number 2"}


async def test_workspaces_do_not_share(world: World) -> None:
    first, second, counter = world.workspace("T1"), world.workspace("T2"), Counter()
    together = Together(world.db)
    await asyncio.gather(together.run(first, counter.act, 1), together.run(second, counter.act, 2))
    assert (kept(world, first), kept(world, second)) == ({"number 1"}, {"number 2"})


async def test_whoever_stops_waiting_harms_nobody(world: World) -> None:
    workspace_id, counter = world.workspace("T1"), Counter()
    together = Together(world.db)
    gone = asyncio.ensure_future(together.run(workspace_id, counter.act, 1))
    stays = asyncio.ensure_future(together.run(workspace_id, counter.act, 2))
    await asyncio.sleep(0)
    gone.cancel()
    assert await stays == 4
    with pytest.raises(asyncio.CancelledError):
        await gone
